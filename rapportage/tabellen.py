"""Uitkomsten → tables and charts; the page and the printed report show the same ones. Pure, no Django.

Each table carries its denominator; a percentage is of *beantwoord* and never stands without its number. What the uitkomsten say
is left out in public (`onderdrukking.openbaar`) is a dash, and a note says why.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

from rapportage.document import Grafiek, Tabel
from rapportage.grafieken import BREEDTE, Deel, Groep, gestapeld, procent
from rapportage.kwantoren import Band, bereik_in_woorden, van
from rapportage.onderdrukking import DREMPEL, NOOT, te_drukken
from rapportage.uitkomst import GESPREKKEN, Normtelling, Normuitkomst, Steekproef, Telling, Vraaguitkomst

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
    """A row of a count: what is counted, by code and in words, and per group how many dossiers, of how many (if a share).

    `verborgen` says per group whether that is left out; a `noemer` that is left out is None, and there is no share.
    """

    code: str
    kop: str
    aantallen: Sequence[int]
    noemers: Sequence[int | None] = ()
    verborgen: Sequence[bool] = ()

    @property
    def cellen(self) -> tuple[str | int, ...]:
        noemers = self.noemers or [None] * len(self.aantallen)
        verborgen = self.verborgen or [False] * len(self.aantallen)
        return tuple(
            STREEP if weg else x if n is None else met_aandeel(x, n)
            for x, n, weg in zip(self.aantallen, noemers, verborgen, strict=True)
        )


def _rij(code: str, kop: str, tellingen: Sequence[Telling | Normtelling], lees, noemer: str = "") -> Rij:
    """A row over these tellingen, with what they leave out; `noemer` names the number that a share is taken of."""
    noemers = [None if noemer in t.verborgen else getattr(t, noemer) for t in tellingen] if noemer else []
    return Rij(code, kop, [lees(t) for t in tellingen], noemers, [code in t.verborgen for t in tellingen])


def _van(telling: Telling | Normtelling, x: str, n: str) -> str:
    """ "6 van 13" of two fields of a telling, or a dash."""
    if {x, n} & telling.verborgen or not getattr(telling, n):
        return STREEP
    return van(getattr(telling, x), getattr(telling, n))


def _van_rij(uitkomst: Vraaguitkomst | Normuitkomst, kop: str, x: str, n: str) -> tuple[str, ...]:
    """A row of a table with a row per question or norm: a dash for the groups when one of them is small."""
    getoond = te_drukken(uitkomst).tellingen
    return kop, *(_van(t, x, n) if t in getoond else STREEP for t in uitkomst.tellingen)


def _noot(noot: str, rijen: Sequence[Rij]) -> str:
    return f"{noot} {NOOT}".strip() if any(any(rij.verborgen) for rij in rijen) else noot


def gemeenten(n: int) -> str:
    return f"{n} gemeente" if n == 1 else f"{n} gemeenten"


def met_aandeel(x: int, n: int) -> str:
    """ "6 (46%)", a dash when there is nothing to take a share of."""
    return f"{x} ({procent(x, n)}%)" if n else STREEP


def afronding(reeksen: Iterable[tuple[Sequence[int], int]]) -> str:
    """What is to be said where percentages do not add up. Each is rounded by itself, so that the same number of the same
    denominator is the same percentage wherever it stands, in a table, a chart or the text."""
    if all(sum(procent(x, n) for x in delen) == 100 for delen, n in reeksen if n):
        return ""
    return " Door afronding tellen de percentages niet overal op tot 100."


def opsomming(delen: Sequence[str]) -> str:
    """ "a, b en c"."""
    return " en ".join(filter(None, [", ".join(delen[:-1]), *delen[-1:]]))


def hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def kleine_letter(naam: str) -> str:
    """A name within a sentence or a title: a lower-case beginning, unless it is an abbreviation."""
    return naam if naam[:2].isupper() else naam[:1].lower() + naam[1:]


# --- Questions ----------------------------------------------------------------------------------------------------


def _rijkop(vraag: Vraaguitkomst, naam: str) -> str:
    if naam == "niet_vastgelegd" and vraag.eenheid == GESPREKKEN:
        return "Zonder antwoord"
    return RIJKOPPEN[naam]


def titel(vraag: Vraaguitkomst) -> str:
    """What stands above its table and chart; where interviews were counted that is said here too."""
    return f"{vraag.code} {vraag.tekst}" + (" (gesprekken)" if vraag.eenheid == GESPREKKEN else "")


def noemer(vraag: Vraaguitkomst, telling: Telling | None = None) -> str:
    """Unit and denominator in words, of all dossiers or of one group."""
    telling = telling or vraag.alle
    if telling.verborgen:
        return "" if "gevraagd" in telling.verborgen else f"Gesteld aan {gemeenten(telling.gevraagd)}."
    if vraag.eenheid == GESPREKKEN:
        gesprek = "gesprek" if telling.gevraagd == 1 else "gesprekken"
        delen = [f"Gesteld in {telling.gevraagd} {gesprek}, beantwoord in {telling.beantwoord}"]
    else:
        delen = [f"Gesteld aan {gemeenten(telling.gevraagd)}, beantwoord door {telling.beantwoord}"]
    rest = [
        f"{_rijkop(vraag, naam).lower()} {getattr(telling, naam)}"
        for naam in ("weet_niet", "nvt", "niet_vastgelegd")
        if getattr(telling, naam)
    ]
    zin = "; ".join(delen + [", ".join(rest)] * bool(rest)) + "."
    if vraag.voorwaarde:
        zin += f" Alleen gesteld na ‘{vraag.voorwaarde.naam}’ op {vraag.voorwaarde.vraag}."
    return zin


def vraagrijen(vraag: Vraaguitkomst) -> tuple[list[Rij], list[Rij]]:
    """The answers of a closed question, and the denominators of any."""
    antwoorden = [
        _rij(
            keuze.code,
            hoofdletter(keuze.naam),
            vraag.tellingen,
            lambda t, code=keuze.code: t.per_keuze[code],
            "beantwoord",
        )
        for keuze in vraag.keuzes
    ]
    noemers = [_rij(naam, _rijkop(vraag, naam), vraag.tellingen, attrgetter(naam)) for naam in RIJKOPPEN]
    return antwoorden, [rij for rij in noemers if _toont(rij, "beantwoord", "gevraagd")]


def _toont(rij: Rij, *altijd: str) -> bool:
    """Whether a row of denominators is shown: a row that is there only when it has something would tell what is left out."""
    return rij.code in altijd or any(rij.aantallen) or any(rij.verborgen)


def vraagtabel(vraag: Vraaguitkomst) -> Tabel:
    """One closed question: answers down, groups across, the denominators below; other kinds of question only the latter."""
    vraag = te_drukken(vraag)
    antwoorden, noemers = vraagrijen(vraag)
    return Tabel(
        titel(vraag),
        ("Antwoord", *(telling.groep.naam for telling in vraag.tellingen)),
        [(rij.kop, *rij.cellen) for rij in antwoorden + noemers],
        noot=_noot(noemer(vraag) + _percentages(vraag) + _niet_gesplitst(vraag), antwoorden + noemers),
    )


def _percentages(vraag: Vraaguitkomst) -> str:
    if not vraag.is_gesloten or not vraag.alle.beantwoord or vraag.alle.verborgen:
        return ""
    getoond = [t for t in vraag.tellingen if not t.verborgen]
    return " Percentages van beantwoord." + afronding((list(t.per_keuze.values()), t.beantwoord) for t in getoond)


def _niet_gesplitst(vraag: Vraaguitkomst) -> str:
    if not vraag.alleen_totaal or vraag.alle.verborgen:
        return ""
    return f" Niet naar groep: een van de groepen telt hier minder dan {DREMPEL} gemeenten."


def zonder_cijfers(vragen: Sequence[Vraaguitkomst]) -> str:
    """In a sentence the questions that so few could answer that nothing of it is published; empty when there are none."""
    if not vragen:
        return ""
    codes, een = opsomming([vraag.code for vraag in vragen]), len(vragen) == 1
    return (
        f"{codes} {'is' if een else 'zijn'} aan minder dan {DREMPEL} gemeenten gesteld, of door zo weinig beantwoord; "
        f"wat zij antwoordden staat daarom niet in dit rapport."
    )


def vraaggrafiek(vraag: Vraaguitkomst, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per group with its answers, as far as they are all shown; None when there is nothing for a bar, or too much."""
    vraag = te_drukken(vraag)
    if (
        not vraag.is_gesloten
        or vraag.alle.verborgen
        or not vraag.alle.beantwoord
        or len(vraag.keuzes) > MAX_STAVEN_DELEN
    ):
        return None
    groepen = [
        Groep(t.groep.naam, [Deel(hoofdletter(keuze.naam), t.per_keuze[keuze.code]) for keuze in vraag.keuzes])
        for t in vraag.tellingen
        if not t.verborgen
    ]
    grafiek = gestapeld(titel(vraag), groepen, kenmerk=kenmerk(vraag.code), eenheid="antwoorden", breedte=breedte)
    return replace(grafiek, tabel=vraagtabel(vraag))


def themarijen(vraag: Vraaguitkomst) -> list[Rij]:
    """The themes that were found, the most frequent first, each before those that fall under it."""
    groepen = [telling.groep.code for telling in vraag.tellingen]
    return [
        Rij(
            str(t.nummer),
            f"{'– ' * t.diepte}{t.naam}",
            t.aantallen,
            verborgen=[groep in t.verborgen for groep in groepen],
        )
        for t in vraag.gevonden_themas
    ]


def thematabel(vraag: Vraaguitkomst) -> Tabel | None:
    """The themes in the findings on a question; None when no finding has one."""
    vraag = te_drukken(vraag)
    rijen = themarijen(vraag)
    if not rijen:
        return None
    return Tabel(
        f"Thema’s bij {vraag.code} {vraag.tekst}",
        ("Thema", *(telling.groep.naam for telling in vraag.tellingen)),
        [(rij.kop, *rij.cellen) for rij in rijen],
        noot=_noot(
            f"{_bevindingen(vraag)} Bij één gemeente kan meer dan één thema spelen."
            + (" Een thema telt mee wat eronder valt." if any(t.diepte for t in vraag.gevonden_themas) else "")
            + _niet_gesplitst(vraag),
            rijen,
        ),
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
        [_van_rij(vraag, f"{vraag.code} {vraag.tekst}", "beantwoord", "gevraagd") for vraag in vragen],
        noot=NOOT if any(vraag.alleen_totaal for vraag in vragen) else "",
    )


def spreidingstabel(vraag: Vraaguitkomst) -> Tabel | None:
    """For the analist: what the numbers or dates come to, per group; None for another kind of question, or without answers."""
    if not vraag.spreidingen or not vraag.spreidingen[-1].aantal:
        return None
    kolommen, lees = SPREIDING[vraag.soort]
    return Tabel(
        f"{'Getallen' if vraag.soort == 'getal' else 'Datums'} bij {vraag.code} {_met_eenheid(vraag)}",
        ("Groep", "Gemeenten", *kolommen),
        [
            (telling.groep.naam, s.aantal, *(getattr(s, naam) or "–" for naam in lees))
            for telling, s in zip(vraag.tellingen, vraag.spreidingen, strict=True)
        ],
    )


def getallentabellen(vragen: Sequence[Vraaguitkomst]) -> Iterator[Tabel]:
    """For the report: what the numbers and dates of all municipalities come to. Not by group, and without the lowest and the
    highest: those are one municipality's. Nothing of fewer than `DREMPEL`.
    """
    for soort, titel_, kolommen in (
        ("getal", "Getallen", ("Mediaan", "Gemiddelde")),
        ("datum", "Datums", ("Mediaan",)),
    ):
        samen = [(vraag, vraag.spreidingen[-1]) for vraag in vragen if vraag.soort == soort and vraag.spreidingen]
        rijen = [
            (f"{vraag.code} {_met_eenheid(vraag)}", s.aantal, *(s.mediaan, s.gemiddelde)[: len(kolommen)])
            for vraag, s in samen
            if s.aantal >= DREMPEL and not vraag.alle.verborgen
        ]
        if rijen:
            yield Tabel(
                f"{titel_}, van alle gemeenten samen", ("Vraag", "Gemeenten", *kolommen), rijen, noot=MEDIAAN[soort]
            )


def _met_eenheid(vraag: Vraaguitkomst) -> str:
    return f"{vraag.tekst} ({vraag.meeteenheid})" if vraag.meeteenheid else vraag.tekst


MEDIAAN = {
    "getal": "De mediaan is het middelste getal: de helft van de gemeenten zit eronder, de helft erboven.",
    "datum": "De mediaan is de middelste datum: de helft van de gemeenten zit ervoor, de helft erna.",
}
SPREIDING = {
    "getal": (("Laagste", "Mediaan", "Gemiddelde", "Hoogste"), ("laagste", "mediaan", "gemiddelde", "hoogste")),
    "datum": (("Eerste", "Mediaan", "Laatste"), ("laagste", "mediaan", "hoogste")),
}


def kenmerk(code: str) -> str:
    """An id for a chart or an anchor, from a code."""
    return "v-" + "".join(teken if teken.isalnum() else "-" for teken in code.lower())


# --- Norms --------------------------------------------------------------------------------------------------------


def normrijen(norm: Normuitkomst) -> tuple[list[Rij], list[Rij]]:
    """The judgements that say something, and the denominators."""
    oordelen: list[Rij] = []
    for oordeel in norm.oordelen:
        if oordeel.inhoudelijk:
            lees = partial(_oordeel, code=oordeel.code)
            oordelen.append(_rij(oordeel.code, oordeel.naam, norm.tellingen, lees, "beoordeeld"))
        if oordeel.code == "voldoet_deels" and norm.bewijs:
            verklaard = attrgetter("alleen_verklaard")
            oordelen.append(_rij("alleen_verklaard", "waarvan alleen verklaard", norm.tellingen, verklaard))
    noemers = [_rij(naam, kop, norm.tellingen, attrgetter(naam)) for naam, kop in NORMKOPPEN.items()]
    return oordelen, [rij for rij in noemers if _toont(rij, "beoordeeld", "dossiers")]


def _oordeel(telling: Normtelling, code: str) -> int:
    return telling.per_oordeel[code]


def normtabel(norm: Normuitkomst) -> Tabel:
    """One norm: judgements down, groups across, the denominators below."""
    oordelen, noemers = normrijen(norm)
    alle = norm.alle
    noot = f"Beoordeeld bij {van(alle.beoordeeld, alle.dossiers)} gemeenten"
    if alle.verborgen:
        noot = f"Onderzocht bij {gemeenten(alle.dossiers)}"
    elif alle.niet_te_beoordelen:
        noot += f"; niet te beoordelen bij {alle.niet_te_beoordelen}"
    return Tabel(
        f"{norm.code} {norm.kort}",
        ("Oordeel", *(telling.groep.naam for telling in norm.tellingen)),
        [(rij.kop, *rij.cellen) for rij in oordelen + noemers],
        noot=_noot(
            noot + ("." if not alle.beoordeeld or alle.verborgen else f". Percentages van beoordeeld.{_scheef(norm)}"),
            oordelen + noemers,
        ),
    )


def _scheef(norm: Normuitkomst) -> str:
    inhoud = [oordeel.code for oordeel in norm.oordelen if oordeel.inhoudelijk]
    return afronding(
        ([t.per_oordeel[code] for code in inhoud], t.beoordeeld) for t in norm.tellingen if not t.verborgen
    )


def normgrafiek(norm: Normuitkomst, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per group with its judgements; None when there are none."""
    if norm.alle.verborgen or not norm.alle.beoordeeld:
        return None
    oordelen = [oordeel for oordeel in norm.oordelen if oordeel.inhoudelijk]
    groepen = [
        Groep(t.groep.naam, [Deel(oordeel.naam, t.per_oordeel[oordeel.code]) for oordeel in oordelen])
        for t in norm.tellingen
        if not t.verborgen
    ]
    grafiek = gestapeld(f"{norm.code} {norm.kort}", groepen, kenmerk=kenmerk(norm.code), breedte=breedte)
    return replace(grafiek, tabel=normtabel(norm))


def normengrafiek(normen: Sequence[Normuitkomst], titel: str, kenmerk: str, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per norm over all dossiers judged, with a table of the judgements; None when nothing is judged yet."""
    weg = [norm.code for norm in normen if norm.alle.verborgen]
    normen = [norm for norm in normen if not norm.alle.verborgen]
    if not any(norm.alle.beoordeeld for norm in normen):
        return None
    staven = [
        Groep(
            f"{norm.code} {norm.kort}",
            [Deel(o.naam, norm.alle.per_oordeel[o.code]) for o in norm.oordelen if o.inhoudelijk],
        )
        for norm in normen
    ]
    return replace(gestapeld(titel, staven, kenmerk=kenmerk, breedte=breedte), tabel=_oordelen(normen, titel, weg))


def _oordelen(normen: Sequence[Normuitkomst], titel: str, weg: Sequence[str]) -> Tabel:
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
    if weg:
        noot += f" Niet opgenomen, bij minder dan {DREMPEL} gemeenten te beoordelen: {opsomming(weg)}."
    koppen = [*(oordeel.naam for oordeel in oordelen), *(NORMKOPPEN[naam] for naam in noemers)]
    return Tabel(titel, ("Aandachtspunt", *koppen), rijen, noot)


def voldoettabel(normen: Sequence[Normuitkomst]) -> Tabel | None:
    """For each norm how many of the judged dossiers meet it, by group."""
    normen = [norm for norm in normen if not norm.alle.verborgen]
    if not any(norm.alle.beoordeeld for norm in normen):
        return None
    noten = [
        "Gemeenten waar het aandachtspunt niet te beoordelen is, tellen niet als beoordeeld."
        if any(norm.alle.niet_te_beoordelen for norm in normen)
        else "",
        NOOT if any(norm.alleen_totaal for norm in normen) else "",
    ]
    return Tabel(
        "Aantal gemeenten dat voldoet, van het aantal beoordeelde",
        ("Aandachtspunt", *(telling.groep.naam for telling in normen[0].tellingen)),
        [_van_rij(norm, f"{norm.code} {norm.kort}", "voldoet", "beoordeeld") for norm in normen],
        noot=" ".join(filter(None, noten)),
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
