"""Uitkomsten → tables, charts and CSV; the page and the printed report show the same ones. Pure, no Django.

Each table carries its denominator; a percentage is of *beantwoord* and never stands without its number.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapportage.document import Grafiek, Tabel
from rapportage.grafieken import BREEDTE, Deel, Groep, gestapeld
from rapportage.kwantoren import Band, bereik_in_woorden, van
from rapportage.uitkomst import Normuitkomst, Steekproef, Telling, Uitkomsten, Vraaguitkomst

MAX_STAVEN_DELEN = 6  # more parts than a reader can tell apart in a bar
STREEP = "–"
RIJKOPPEN = {
    "beantwoord": "Beantwoord",
    "weet_niet": "Weet niet",
    "nvt": "Niet van toepassing",
    "niet_vastgelegd": "Nog niet vastgelegd",
    "gevraagd": "Gevraagd",
}
NORMKOPPEN = {
    "beoordeeld": "Beoordeeld",
    "niet_te_beoordelen": "Niet te beoordelen",
    "nog_niet": "Nog niet beoordeeld",
    "dossiers": "Onderzocht",
}


@dataclass(frozen=True)
class Rij:
    """A row of a count: what is counted, by code and in words, and per group how many dossiers, of how many (if a share)."""

    code: str
    kop: str
    aantallen: Sequence[int]
    noemers: Sequence[int] = ()

    @property
    def cellen(self) -> tuple[str | int, ...]:
        if not self.noemers:
            return tuple(self.aantallen)
        return tuple(met_aandeel(x, n) for x, n in zip(self.aantallen, self.noemers, strict=True))


def gemeenten(n: int) -> str:
    return f"{n} gemeente" if n == 1 else f"{n} gemeenten"


def met_aandeel(x: int, n: int) -> str:
    """ "6 (46%)", a dash when there is nothing to take a share of. Rounded half up, in integers."""
    return f"{x} ({(200 * x + n) // (2 * n)}%)" if n else STREEP


def opsomming(delen: Sequence[str]) -> str:
    """ "a, b en c"."""
    return " en ".join(filter(None, [", ".join(delen[:-1]), *delen[-1:]]))


def hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def kleine_letter(naam: str) -> str:
    """A name within a sentence or a title: a lower-case beginning, unless it is an abbreviation."""
    return naam if naam[:2].isupper() else naam[:1].lower() + naam[1:]


# --- Questions ----------------------------------------------------------------------------------------------------


def noemer(vraag: Vraaguitkomst, telling: Telling | None = None) -> str:
    """Unit and denominator in words, of all dossiers or of one group."""
    telling = telling or vraag.alle
    delen = [f"Gesteld aan {gemeenten(telling.gevraagd)}, beantwoord door {telling.beantwoord}"]
    rest = [
        f"{RIJKOPPEN[naam].lower()} {getattr(telling, naam)}"
        for naam in ("weet_niet", "nvt", "niet_vastgelegd")
        if getattr(telling, naam)
    ]
    zin = "; ".join(delen + [", ".join(rest)] * bool(rest)) + "."
    if vraag.voorwaarde:
        zin += f" Alleen gesteld na ‘{vraag.voorwaarde.naam}’ op {vraag.voorwaarde.vraag}."
    return zin


def vraagrijen(vraag: Vraaguitkomst) -> tuple[list[Rij], list[Rij]]:
    """The answers of a closed question, and the denominators of any."""
    beantwoord = [telling.beantwoord for telling in vraag.tellingen]
    antwoorden = [
        Rij(keuze.code, hoofdletter(keuze.naam), [t.per_keuze[keuze.code] for t in vraag.tellingen], beantwoord)
        for keuze in vraag.keuzes
    ]
    noemers = [Rij(naam, kop, [getattr(t, naam) for t in vraag.tellingen]) for naam, kop in RIJKOPPEN.items()]
    return antwoorden, [rij for rij in noemers if rij.code in ("beantwoord", "gevraagd") or any(rij.aantallen)]


def vraagtabel(vraag: Vraaguitkomst) -> Tabel:
    """One closed question: answers down, groups across, the denominators below; other kinds of question only the latter."""
    antwoorden, noemers = vraagrijen(vraag)
    return Tabel(
        f"{vraag.code} {vraag.tekst}",
        ("Antwoord", *(telling.groep.naam for telling in vraag.tellingen)),
        [(rij.kop, *rij.cellen) for rij in antwoorden + noemers],
        noot=noemer(vraag) + (" Percentages van beantwoord." if vraag.is_gesloten and vraag.alle.beantwoord else ""),
    )


def vraaggrafiek(vraag: Vraaguitkomst, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per group with its answers; None when nobody answered or the answers are too many for a bar."""
    if not vraag.is_gesloten or not vraag.alle.beantwoord or len(vraag.keuzes) > MAX_STAVEN_DELEN:
        return None
    groepen = [
        Groep(t.groep.naam, [Deel(hoofdletter(keuze.naam), t.per_keuze[keuze.code]) for keuze in vraag.keuzes])
        for t in vraag.tellingen
    ]
    grafiek = gestapeld(
        f"{vraag.code} {vraag.tekst}", groepen, kenmerk=kenmerk(vraag.code), eenheid="antwoorden", breedte=breedte
    )
    return replace(grafiek, tabel=vraagtabel(vraag))


def themarijen(vraag: Vraaguitkomst) -> list[Rij]:
    """The themes that were found, the most frequent first, each before those that fall under it."""
    return [Rij(str(t.nummer), f"{'– ' * t.diepte}{t.naam}", t.aantallen) for t in vraag.gevonden_themas]


def thematabel(vraag: Vraaguitkomst) -> Tabel | None:
    """The themes in the findings on a question; None when no finding has one."""
    rijen = themarijen(vraag)
    if not rijen:
        return None
    return Tabel(
        f"Thema’s bij {vraag.code} {vraag.tekst}",
        ("Thema", *(telling.groep.naam for telling in vraag.tellingen)),
        [(rij.kop, *rij.cellen) for rij in rijen],
        noot=f"{_bevindingen(vraag)} Bij één gemeente kan meer dan één thema spelen."
        + (" Een thema telt mee wat eronder valt." if any(t.diepte for t in vraag.gevonden_themas) else ""),
    )


def _bevindingen(vraag: Vraaguitkomst) -> str:
    """The denominator of themes: a closed question that nobody could answer may still have a finding that explains why."""
    if not vraag.is_gesloten:
        return noemer(vraag)
    return f"Thema’s in de bevinding en haar toelichting, bij {van(vraag.alle.bevindingen, vraag.alle.gevraagd)} gemeenten vastgelegd."


def opentabel(vragen: Sequence[Vraaguitkomst]) -> Tabel | None:
    """By how many municipalities the questions without fixed answers were answered, of how many asked."""
    if not vragen:
        return None
    return Tabel(
        "Vragen zonder vaste antwoorden: beantwoord, van het aantal gemeenten waaraan de vraag is gesteld",
        ("Vraag", *(telling.groep.naam for telling in vragen[0].tellingen)),
        [
            (f"{v.code} {v.tekst}", *(van(t.beantwoord, t.gevraagd) if t.gevraagd else STREEP for t in v.tellingen))
            for v in vragen
        ],
    )


def kenmerk(code: str) -> str:
    """An id for a chart or an anchor, from a code."""
    return "v-" + "".join(teken if teken.isalnum() else "-" for teken in code.lower())


# --- Norms --------------------------------------------------------------------------------------------------------


def normrijen(norm: Normuitkomst) -> tuple[list[Rij], list[Rij]]:
    """The judgements that say something, and the denominators."""
    beoordeeld = [telling.beoordeeld for telling in norm.tellingen]
    oordelen: list[Rij] = []
    for oordeel in norm.oordelen:
        if oordeel.inhoudelijk:
            aantallen = [t.per_oordeel[oordeel.code] for t in norm.tellingen]
            oordelen.append(Rij(oordeel.code, oordeel.naam, aantallen, beoordeeld))
        if oordeel.code == "voldoet_deels" and norm.bewijs:
            verklaard = [t.alleen_verklaard for t in norm.tellingen]
            oordelen.append(Rij("alleen_verklaard", "waarvan alleen verklaard", verklaard))
    noemers = [Rij(naam, kop, [getattr(t, naam) for t in norm.tellingen]) for naam, kop in NORMKOPPEN.items()]
    return oordelen, [rij for rij in noemers if rij.code in ("beoordeeld", "dossiers") or any(rij.aantallen)]


def normtabel(norm: Normuitkomst) -> Tabel:
    """One norm: judgements down, groups across, the denominators below."""
    oordelen, noemers = normrijen(norm)
    alle = norm.alle
    noot = f"Beoordeeld bij {van(alle.beoordeeld, alle.dossiers)} gemeenten"
    if alle.niet_te_beoordelen:
        noot += f"; niet te beoordelen bij {alle.niet_te_beoordelen}"
    return Tabel(
        f"{norm.code} {norm.kort}",
        ("Oordeel", *(telling.groep.naam for telling in norm.tellingen)),
        [(rij.kop, *rij.cellen) for rij in oordelen + noemers],
        noot=noot + ("." if not alle.beoordeeld else ". Percentages van beoordeeld."),
    )


def normengrafiek(normen: Sequence[Normuitkomst], titel: str, kenmerk: str, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per norm over all dossiers judged, with a table of the judgements; None when nothing is judged yet."""
    if not any(norm.alle.beoordeeld for norm in normen):
        return None
    staven = [
        Groep(
            f"{norm.code} {norm.kort}",
            [Deel(o.naam, norm.alle.per_oordeel[o.code]) for o in norm.oordelen if o.inhoudelijk],
        )
        for norm in normen
    ]
    return replace(gestapeld(titel, staven, kenmerk=kenmerk, breedte=breedte), tabel=_oordelen(normen, titel))


def _oordelen(normen: Sequence[Normuitkomst], titel: str) -> Tabel:
    oordelen = [oordeel for oordeel in normen[0].oordelen if oordeel.inhoudelijk]
    noemers = [naam for naam in ("niet_te_beoordelen", "nog_niet") if any(getattr(n.alle, naam) for n in normen)]
    rijen = [
        (
            f"{norm.code} {norm.kort}",
            *(norm.alle.per_oordeel[oordeel.code] for oordeel in oordelen),
            *(getattr(norm.alle, naam) for naam in noemers),
        )
        for norm in normen
    ]
    verklaard = [f"{norm.code} {norm.alle.alleen_verklaard}" for norm in normen if norm.alle.alleen_verklaard]
    noot = "Aantallen gemeenten; n in de figuur is het aantal beoordeelde."
    if verklaard:
        noot += f" Van ‘voldoet deels’ alleen verklaard, zonder het gevraagde stuk: {', '.join(verklaard)}."
    koppen = [*(oordeel.naam for oordeel in oordelen), *(NORMKOPPEN[naam] for naam in noemers)]
    return Tabel(titel, ("Aandachtspunt", *koppen), rijen, noot)


def voldoettabel(normen: Sequence[Normuitkomst]) -> Tabel | None:
    """For each norm how many of the judged dossiers meet it, by group."""
    if not any(norm.alle.beoordeeld for norm in normen):
        return None
    buiten = any(norm.alle.niet_te_beoordelen for norm in normen)
    return Tabel(
        "Aantal gemeenten dat voldoet, van het aantal beoordeelde",
        ("Aandachtspunt", *(telling.groep.naam for telling in normen[0].tellingen)),
        [
            (
                f"{norm.code} {norm.kort}",
                *(van(t.voldoet, t.beoordeeld) if t.beoordeeld else STREEP for t in norm.tellingen),
            )
            for norm in normen
        ],
        noot="Gemeenten waar het aandachtspunt niet te beoordelen is, tellen niet als beoordeeld." if buiten else "",
    )


# --- The sample and the words -------------------------------------------------------------------------------------


def steekproeftabel(steekproef: Steekproef, verdelingen: Sequence[str]) -> Tabel:
    """The municipalities by role and the named characteristics."""
    regels = [regel for naam in verdelingen for regel in steekproef.verdeling(naam).regels]
    namen = ["rol", *(naam.lower() for naam in verdelingen)]
    return Tabel(
        f"Onderzochte gemeenten naar {opsomming(namen)}",
        ("Kenmerk", *(groep.naam for groep in steekproef.groepen)),
        [(hoofdletter(label), *aantallen) for label, aantallen in regels] + [("Alle gemeenten", *steekproef.dossiers)],
        noot="Rol, inwonertal en ligging zoals op de peildatum van de ronde.",
    )


def gesprekkentabel(steekproef: Steekproef) -> Tabel | None:
    """Interviews by domain: the one table whose unit is not the municipality, so it says so."""
    if not steekproef.gesprekken:
        return None
    return Tabel(
        "Gehouden interviews naar domein",
        ("Domein", "Interviews", "Gemeenten"),
        [(g.domein, g.interviews, g.gemeenten) for g in steekproef.gesprekken]
        + [("Alle domeinen", steekproef.interviews, STREEP)],
        noot="Interviews: aantal gehouden interviews. Gemeenten: aantal gemeenten waar die zijn gehouden.",
    )


def bandentabel(banden: Sequence[Band]) -> Tabel:
    """The quantifiers of the report and what each claims."""
    return Tabel(
        "Hoeveelheidswoorden in dit rapport",
        ("Woord", "Aantal of aandeel van de gemeenten met een antwoord"),
        [(hoofdletter(band.woord), bereik_in_woorden(band, banden)) for band in banden],
        breedtes=(35, 65),
    )


# --- CSV ----------------------------------------------------------------------------------------------------------

KOLOMMEN = (
    "ronde", "onderdeel", "soort", "code", "tekst", "groep", "antwoord", "aantal",
    "gevraagd", "beantwoord", "weet_niet", "niet_van_toepassing", "niet_te_beoordelen", "nog_niet_vastgelegd",
)  # fmt: skip
GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r")


def onschadelijk(cel: str | int) -> str | int:
    """A cell that a spreadsheet would execute is made text; what is stored stays as it was (design 8.11)."""
    return f"'{cel}" if isinstance(cel, str) and cel.startswith(GEVAARLIJK) else cel


def csv_van(uitkomsten: Uitkomsten) -> bytes:
    """All counts in one long table, a line per question or norm, group and answer; `aantal` is of dossiers. UTF-8.

    In every line gevraagd is the sum of the columns behind it: a share is of beantwoord, which for a norm is beoordeeld.
    """
    uit = io.StringIO()
    schrijver = csv.writer(uit, lineterminator="\r\n")
    schrijver.writerow(KOLOMMEN)
    for onderdeel in uitkomsten.onderdelen:
        plaats = (uitkomsten.ronde, onderdeel.titel)
        for regel in (*_vraagregels(onderdeel.vragen), *_normregels(onderdeel.normen)):
            schrijver.writerow([onschadelijk(cel) for cel in (*plaats, *regel)])
    return uit.getvalue().encode()


def _vraagregels(vragen: Sequence[Vraaguitkomst]):
    for vraag in vragen:
        for plek, t in enumerate(vraag.tellingen):
            noemers = (t.gevraagd, t.beantwoord, t.weet_niet, t.nvt, 0, t.niet_vastgelegd)
            kop = (vraag.code, vraag.tekst, t.groep.naam)
            for keuze in vraag.keuzes:
                yield "vraag", *kop, keuze.naam, t.per_keuze[keuze.code], *noemers
            if not vraag.is_gesloten:
                yield "vraag", *kop, "(beantwoord)", t.beantwoord, *noemers
            for thema in vraag.gevonden_themas:
                yield "thema", *kop, " > ".join((*thema.pad, thema.naam)), thema.aantallen[plek], *noemers


def _normregels(normen: Sequence[Normuitkomst]):
    for norm in normen:
        for t in norm.tellingen:
            noemers = (t.dossiers, t.beoordeeld, 0, 0, t.niet_te_beoordelen, t.nog_niet)
            kop = (norm.code, norm.tekst, t.groep.naam)
            for oordeel in norm.oordelen:
                yield "aandachtspunt", *kop, oordeel.naam, t.per_oordeel[oordeel.code], *noemers
            yield "aandachtspunt", *kop, "waarvan alleen verklaard", t.alleen_verklaard, *noemers
