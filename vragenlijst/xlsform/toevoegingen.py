"""Three sheets of our own that a workbook may have beside those of XLSForm, so that it can be a whole instrument. Pure, no Django.

    actorgroepen      code, naam, domein
    bewijssoorten     code, naam
    aandachtspunten   code, onderdeel, kort, tekst, bewijs, akkoord_door, bewijssoorten, vragen

`vragen` are names in the survey. Programs that know XLSForm only leave these sheets alone. What is not there, is added in the browser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vragenlijst.xlsform.blad import Blad, Rij, lees_blad, lijst_van, zoek_blad
from vragenlijst.xlsform.keuzelijsten import ingekort, slak, uniek
from vragenlijst.xlsform.melding import Ernst, Melding

BLADEN = {
    "actorgroepen": ("code", "naam", "domein"),
    "bewijssoorten": ("code", "naam"),
    "aandachtspunten": ("code", "onderdeel", "kort", "tekst", "bewijs", "akkoord_door", "bewijssoorten", "vragen"),
}
EEN_GROEP = {"code": "gesprekspartners", "naam": "Gesprekspartners", "domein": "Gesprekspartners"}


@dataclass
class Onderdeel:
    code: str
    titel: str
    vragen: list[dict] = field(default_factory=list)


@dataclass
class Toevoegingen:
    actorgroepen: list[dict] = field(default_factory=list)
    bewijssoorten: list[dict] = field(default_factory=list)
    normen: dict[str, list[dict]] = field(default_factory=dict)  # by code of the onderdeel
    meldingen: list[Melding] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)


def lees_toevoegingen(bladen: dict, codes: Mapping[str, list[str]], onderdelen: Sequence[Onderdeel]) -> Toevoegingen:
    """`codes` has the codes of each question by its name in the form."""
    toe = Toevoegingen()
    gelezen = {naam: lees_blad(*(zoek_blad(bladen, naam) or (naam, []))) for naam in BLADEN}
    toe.actorgroepen = _benoemd(gelezen["actorgroepen"], toe, "domein")
    toe.bewijssoorten = _benoemd(gelezen["bewijssoorten"], toe)
    _normen(gelezen["aandachtspunten"], toe, codes, onderdelen)
    if not toe.actorgroepen:
        toe.actorgroepen = [EEN_GROEP]
        zin = "een XLSForm zegt niet met wie er wordt gesproken; er is één actorgroep gemaakt, ‘Gesprekspartners’."
        toe.meldingen.append(Melding(Ernst.ANDERS, "actorgroepen", 0, "", zin))
    if not any(toe.normen.values()):
        zin = "er is geen aandachtspunt; zonder aandachtspunten wordt er niets beoordeeld. Ze kunnen bij het concept worden toegevoegd."
        toe.meldingen.append(Melding(Ernst.ANDERS, "aandachtspunten", 0, "", zin))
    for naam, blad in gelezen.items():
        for kolom in blad.kolommen:
            if kolom not in BLADEN[naam]:
                toe.meldingen.append(
                    Melding(Ernst.NIET, blad.naam, blad.koprij, kolom, "deze kolom wordt niet gelezen.")
                )
    return toe


def _benoemd(blad: Blad, toe: Toevoegingen, *ook: str) -> list[dict]:
    dingen: dict[str, dict] = {}
    for rij in blad.rijen:
        if not rij["naam"]:
            toe.fouten.append(f"Blad {blad.naam}, rij {rij.nummer}: de kolom naam is leeg.")
            continue
        code = uniek(slak(rij["code"] or rij["naam"]) or "groep", dingen, 40)
        dingen[code] = {"code": code, "naam": ingekort(rij["naam"], 80)}
        dingen[code] |= {veld: ingekort(rij[veld] or rij["naam"], 80) for veld in ook}
    return list(dingen.values())


def _normen(blad: Blad, toe: Toevoegingen, codes: Mapping[str, list[str]], onderdelen: Sequence[Onderdeel]) -> None:
    soorten = {soort["naam"].casefold(): soort["code"] for soort in toe.bewijssoorten}
    soorten |= {soort["code"]: soort["code"] for soort in toe.bewijssoorten}
    for rij in blad.rijen:
        norm, fouten = _norm(rij, codes, soorten)
        onderdeel = _onderdeel(rij, norm, onderdelen)
        if not onderdeel:
            fouten.append("noem het onderdeel (titel of nummer), of een vraag waarover het gaat.")
        toe.fouten += [f"Blad {blad.naam}, rij {rij.nummer}: {fout}" for fout in fouten]
        reeks = toe.normen.setdefault(onderdeel, [])
        norm["code"] = rij["code"] or f"A{onderdeel}.{len(reeks) + 1}"
        reeks.append(norm)


def _norm(rij: Rij, codes, soorten: Mapping[str, str]) -> tuple[dict, list[str]]:
    tekst = rij["tekst"] or rij["kort"]
    fouten = [] if tekst else ["de kolom tekst is leeg."]
    namen, stukken = list(lijst_van(rij["vragen"])), _stukken(rij["bewijssoorten"])
    fouten += [
        f"de vraag ‘{naam}’ staat niet in het formulier, of is niet overgenomen." for naam in namen if naam not in codes
    ]
    fouten += [
        f"de bewijssoort ‘{stuk}’ staat niet op het blad bewijssoorten."
        for stuk in stukken
        if stuk.casefold() not in soorten
    ]
    gevonden = {code for naam in namen for code in codes.get(naam, ())}
    norm = {
        "code": "",
        "kort": ingekort(rij["kort"] or tekst, 120),
        "tekst": tekst,
        "bewijs": ingekort(rij["bewijs"] or ", ".join(stukken), 200),
        "akkoord_door": ingekort(rij["akkoord_door"], 120),
        "bewijssoorten": sorted({soorten[s.casefold()] for s in stukken if s.casefold() in soorten}),
        "vragen": sorted(gevonden),
    }
    return norm, fouten


def _stukken(cel: str) -> list[str]:
    """Names of documents may have spaces in them, so only these marks divide."""
    for teken in ";|\n":
        cel = cel.replace(teken, ",")
    return [stuk.strip() for stuk in cel.split(",") if stuk.strip()]


def _onderdeel(rij: Rij, norm: dict, onderdelen: Sequence[Onderdeel]) -> str:
    """By its title or number; when nothing is said, that of the first question that the norm is about."""
    genoemd = rij["onderdeel"].casefold()
    for onderdeel in onderdelen:
        if genoemd and genoemd in (onderdeel.code, onderdeel.titel.casefold()):
            return onderdeel.code
        if not genoemd and any(vraag["code"] in norm["vragen"] for vraag in onderdeel.vragen):
            return onderdeel.code
    return ""
