"""What of the uitkomsten is shown on a page: charts and tables in the form that templates can walk through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from rapportage import kruising, tabellen
from rapportage.document import Grafiek, Tabel
from rapportage.kruising import Kruistabel
from rapportage.kwantoren import van
from rapportage.maten_bij import maat_van_cel, van_thema
from rapportage.overeenstemming import Overeenstemming, Vergelijking
from rapportage.tabellen import STREEP, Rij
from rapportage.uitkomst import (
    GESPREKKEN,
    Gespreksuitkomsten,
    Groep,
    Normuitkomst,
    Onderdeeluitkomst,
    Steekproef,
    Uitkomsten,
    Vraaguitkomst,
)
from rapportage.weergave import Doel, Weergave

BREEDTE = 440  # narrow enough to be read on a phone, where a picture shrinks with its letters
NAAST_ELKAAR = 6  # more groups than fit beside each other stand below each other
GEVONDEN = "gevonden"  # the heading above the interviews behind one figure
DOSSIERS = "dossiers"  # the heading above the dossiers of a question or norm


@dataclass(frozen=True)
class Cel:
    """`adres` leads to the dossiers behind the figure, `voegtoe` to the sentence in the report that says it."""

    tekst: str
    getal: bool = True
    adres: str = ""
    voegtoe: str = ""
    wat: str = ""  # what the figure is of, for who hears the page


@dataclass(frozen=True)
class Schermtabel:
    """A table cell by cell; the last rows of a count are its denominators and go in the foot."""

    bijschrift: str
    koppen: list[tuple[str, bool]]
    rijen: list[tuple[str, list[Cel]]]
    voet: list[tuple[str, list[Cel]]]
    noot: str
    boven: str = ""  # what the columns between the first and the last are answers to

    @property
    def breed(self) -> bool:
        """Too wide for a phone, where it becomes a list of cards."""
        return len(self.koppen) > 4


@dataclass(frozen=True)
class Schermvraag:
    """`kort` is the outcome in one line; `adres` is the page of the question, `csv` and `svg` are its table and chart as files."""

    vraag: Vraaguitkomst
    anker: str
    adres: str
    kort: str
    figuur: SafeString
    tabel: Schermtabel
    spreiding: Schermtabel | None
    themas: Schermtabel | None
    csv: str
    svg: str


@dataclass(frozen=True)
class Schermnorm:
    norm: Normuitkomst
    anker: str
    adres: str
    kort: str
    figuur: SafeString
    tabel: Schermtabel
    csv: str
    svg: str


@dataclass(frozen=True)
class Schermonderdeel:
    onderdeel: Onderdeeluitkomst
    anker: str
    vragen: list[Schermvraag]
    normen: list[Schermnorm]
    normenfiguur: SafeString


def tabel(bron: Tabel, voet: int = 0) -> Schermtabel:
    """A printed table on a page; `voet` is the number of rows at the end that go in the foot."""
    getallen = bron.getalkolommen
    rijen = [
        (str(rij[0]), [Cel(str(cel), plek in getallen) for plek, cel in enumerate(rij[1:], start=1)])
        for rij in bron.rijen
    ]
    grens = len(rijen) - voet
    koppen = [(kop, plek in getallen) for plek, kop in enumerate(bron.kolommen)]
    return Schermtabel(bron.bijschrift, koppen, rijen[:grens], rijen[grens:], bron.noot)


def _telling(
    bron: Tabel, groepen: Sequence[Groep], rijen: Sequence[Rij], voet: Sequence[Rij], doel: Doel, naar_rapport: Doel
) -> Schermtabel:
    """A count of which each figure leads to its dossiers; where there are none there is nothing to see."""

    def regel(rij: Rij) -> tuple[str, list[Cel]]:
        cellen = zip(rij.cellen, rij.aantallen, groepen, strict=True)
        return rij.kop, [
            Cel(
                str(tekst),
                adres=doel(rij.code, groep.code) if n else "",
                voegtoe=naar_rapport(rij.code, groep.code) if n else "",
                wat=f"{rij.kop}, {groep.naam}",
            )
            for tekst, n, groep in cellen
        ]

    koppen = [(kop, plek > 0) for plek, kop in enumerate(bron.kolommen)]
    naast = Schermtabel(bron.bijschrift, koppen, list(map(regel, rijen)), list(map(regel, voet)), bron.noot)
    return naast if len(groepen) <= NAAST_ELKAAR else _gekanteld(naast, "Groep")


def _gekanteld(bron: Schermtabel, kop: str) -> Schermtabel:
    """The same table with the groups below each other, for more of them than fit beside each other; the last is the total."""
    regels = bron.rijen + bron.voet
    rijen = [(naam, [cellen[plek] for _, cellen in regels]) for plek, (naam, _) in enumerate(bron.koppen[1:])]
    koppen = [(kop, False), *((naam, True) for naam, _ in regels)]
    return Schermtabel(bron.bijschrift, koppen, rijen[:-1], rijen[-1:], bron.noot)


def figuur(grafiek: Grafiek | None) -> SafeString:
    """The picture itself. `grafieken` escapes every text in it, so it may stand in the page as it is."""
    return mark_safe(grafiek.svg) if grafiek else mark_safe("")  # noqa: S308


def vraag(uitkomst: Vraaguitkomst, weergave: Weergave) -> Schermvraag:
    groepen = [telling.groep for telling in uitkomst.tellingen]
    naar = partial(weergave.vraag, uitkomst.code, DOSSIERS)
    themas, spreiding = tabellen.thematabel(uitkomst), tabellen.spreidingstabel(uitkomst)
    namen = {str(thema.nummer): thema.naam for thema in uitkomst.themas}
    return Schermvraag(
        uitkomst,
        tabellen.kenmerk(uitkomst.code),
        weergave.vraag(uitkomst.code),
        _kort(uitkomst),
        figuur(tabellen.vraaggrafiek(uitkomst, BREEDTE)),
        _telling(
            tabellen.vraagtabel(uitkomst),
            groepen,
            *tabellen.vraagrijen(uitkomst),
            lambda antwoord, groep: naar(antwoord=antwoord, groep=groep),
            partial(weergave.voegtoe, uitkomst.code),
        ),
        tabel(spreiding, voet=1) if spreiding else None,
        _telling(
            replace(themas, bijschrift=f"Thema’s bij {uitkomst.code}"),
            groepen,
            tabellen.themarijen(uitkomst),
            (),
            lambda thema, groep: naar(thema=thema, groep=groep),
            lambda thema, groep: weergave.voegtoe(uitkomst.code, van_thema(namen[thema]), groep),
        )
        if themas
        else None,
        weergave.bestand("uitkomst_vraag", uitkomst.code, "csv"),
        weergave.bestand("uitkomst_vraag", uitkomst.code, "svg"),
    )


def _kort(uitkomst: Vraaguitkomst) -> str:
    """The outcome over all dossiers in one line."""
    alle = uitkomst.alle
    if not alle.gevraagd:
        return "niet gevraagd"
    if not uitkomst.is_gesloten or not alle.beantwoord:
        themas = len(uitkomst.gevonden_themas)
        erbij = f", {themas} thema{'' if themas == 1 else '’s'}" if themas else ""
        return f"{van(alle.beantwoord, alle.gevraagd)} beantwoord{erbij}"
    delen = [
        f"{tabellen.hoofdletter(k.naam)} {alle.per_keuze[k.code]}" for k in uitkomst.keuzes if alle.per_keuze[k.code]
    ]
    return f"{' · '.join(delen)} (van {alle.beantwoord})"


def norm(uitkomst: Normuitkomst, weergave: Weergave) -> Schermnorm:
    alle = uitkomst.alle
    naar = partial(weergave.norm, uitkomst.code, DOSSIERS)
    return Schermnorm(
        uitkomst,
        tabellen.kenmerk(uitkomst.code),
        weergave.norm(uitkomst.code),
        f"Voldoet {van(alle.voldoet, alle.beoordeeld)}" if alle.beoordeeld else "niet beoordeeld",
        figuur(tabellen.normgrafiek(uitkomst, BREEDTE)),
        _telling(
            tabellen.normtabel(uitkomst),
            [telling.groep for telling in uitkomst.tellingen],
            *tabellen.normrijen(uitkomst),
            lambda oordeel, groep: naar(oordeel=oordeel, groep=groep),
            partial(weergave.voegtoe, uitkomst.code),
        ),
        weergave.bestand("uitkomst_norm", uitkomst.code, "csv"),
        weergave.bestand("uitkomst_norm", uitkomst.code, "svg"),
    )


def onderdelen(uitkomsten: Uitkomsten, weergave: Weergave) -> list[Schermonderdeel]:
    return [
        Schermonderdeel(
            onderdeel,
            tabellen.kenmerk(f"onderdeel-{onderdeel.code}"),
            [vraag(uitkomst, weergave) for uitkomst in onderdeel.vragen],
            [norm(uitkomst, weergave) for uitkomst in onderdeel.normen],
            figuur(
                tabellen.normengrafiek(
                    onderdeel.normen,
                    f"Oordelen over {onderdeel.titel_aandachtspunten}",
                    tabellen.kenmerk(f"normen-{onderdeel.code}"),
                    BREEDTE,
                )
            ),
        )
        for onderdeel in uitkomsten.onderdelen
    ]


def steekproef(bron: Steekproef) -> list[Schermtabel]:
    """The sample as the analist sees it, with the provinces that a public report leaves out."""
    namen = [verdeling.naam for verdeling in bron.verdelingen]
    gesprekken = tabellen.gesprekkentabel(bron)
    return [tabel(tabellen.steekproeftabel(bron, namen), voet=1), *([tabel(gesprekken, voet=1)] if gesprekken else [])]


@dataclass(frozen=True)
class Buren:
    """The pages before and after one of a row, as (code, address); None at an end."""

    vorige: tuple[str, str] | None
    volgende: tuple[str, str] | None


def buren(codes: Sequence[str], code: str, adres) -> Buren:
    plek = codes.index(code)
    stap = [(ander, adres(ander)) for ander in codes]
    return Buren(stap[plek - 1] if plek else None, stap[plek + 1] if plek + 1 < len(stap) else None)


@dataclass(frozen=True)
class Schermvergelijking:
    """Two coders: over how many answers, what they agree on in words, and the same per theme."""

    namen: str
    antwoorden: int
    samen: str
    tabel: Schermtabel | None


def vergelijkingen(bron: Sequence[Vergelijking], boom) -> list[Schermvergelijking]:
    return [
        Schermvergelijking(
            f"{een.eerste} en {een.tweede}",
            een.antwoorden,
            kappa_in_woorden(een.samen),
            tabel(_per_thema(een, boom)) if een.antwoorden else None,
        )
        for een in bron
    ]


def _per_thema(vergelijking: Vergelijking, boom) -> Tabel:
    rijen = [
        (f"{'– ' * len(pad)}{thema}", van(bij.gelijk, bij.n), _kappa(bij) or STREEP)
        for thema, pad in boom
        for bij in [vergelijking.per_thema[thema.pk]]
    ]
    return Tabel(
        f"Overeenstemming per thema tussen {vergelijking.eerste} en {vergelijking.tweede}",
        ("Thema", "Zelfde oordeel", "Kappa"),
        rijen,
        noot=f"{STREEP} bij kappa: beiden gaven dit thema aan elk antwoord, of beiden aan geen; dan bestaat kappa niet.",
    )


def _kappa(bij: Overeenstemming) -> str:
    return "" if bij.kappa is None else f"{float(bij.kappa):.2f}".replace("-", "−").replace(".", ",")


def kappa_in_woorden(bij: Overeenstemming) -> str:
    gelijk = f"Hetzelfde oordeel in {van(bij.gelijk, bij.n)} gevallen. " if bij.n else ""
    return gelijk + (f"Cohens kappa is {_kappa(bij)}." if bij.kappa is not None else bij.waarom)


# --- Two things across each other ---------------------------------------------------------------------------------


def kruistabel(kruis: Kruistabel, weergave: Weergave) -> Schermtabel:
    """Each figure leads to the dossiers of its cell."""
    bron = kruising.tabel(kruis)
    kolommen = [*(optie.code for optie in kruis.kolommen), kruising.TOTAAL]
    codes = [*(optie.code for optie in kruis.rijen), kruising.TOTAAL]

    def zin(rij: str, kolom: str) -> str:
        if kruising.TOTAAL in (rij, kolom):  # who says nothing on the other side is no part of the table, but of a maat
            return ""
        return weergave.toevoegen(maat_van_cel((kruis.rij.code, rij), (kruis.kolom.code, kolom), weergave.selectie))

    def regel(code: str, rij) -> tuple[str, list[Cel]]:
        return str(rij[0]), [
            Cel(
                str(tekst),
                adres=weergave.kruistabel(kruis.rij.code, kruis.kolom.code, DOSSIERS, r=code, k=kolom)
                if kruis.n(code, kolom)
                else "",
                voegtoe=zin(code, kolom) if kruis.n(code, kolom) else "",
                wat=celnaam(kruis, code, kolom),
            )
            for kolom, tekst in zip(kolommen, rij[1:], strict=True)
        ]

    rijen = [regel(code, rij) for code, rij in zip(codes, bron.rijen, strict=True)]
    koppen = [(kop, plek > 0) for plek, kop in enumerate(bron.kolommen)]
    return Schermtabel(bron.bijschrift, koppen, rijen[:-1], rijen[-1:], bron.noot, boven=kruis.kolom.titel)


def celnaam(kruis: Kruistabel, rij: str, kolom: str) -> str:
    """What the dossiers of a cell have in common."""
    delen = [
        f"{as_.code if as_.soort != kruising.GROEP else as_.naam}: {optie.naam}"
        for as_, code in ((kruis.rij, rij), (kruis.kolom, kolom))
        for optie in as_.opties
        if optie.code == code
    ]
    return " en ".join(delen) or "Alle gemeenten in de tabel"


@dataclass(frozen=True)
class Schermkruisregel:
    """A dossier of a cell, and per side what it is and where that stands (empty for a group)."""

    dossier: object
    zijden: list[tuple[str, str, str]]


def kruisregels(kruis: Kruistabel, regels) -> list[Schermkruisregel]:
    namen = {as_.code: {optie.code: optie.naam for optie in as_.opties} for as_ in (kruis.rij, kruis.kolom)}
    pagina = {kruising.VRAAG: "bevindingen", kruising.NORM: "beoordelingen"}

    def zijde(as_, code: str, dossier) -> tuple[str, str, str]:
        adres = f"{reverse(pagina[as_.soort], args=[dossier.pk])}#{as_.code}" if as_.soort in pagina else ""
        return as_.titel, namen[as_.code][code], adres

    return [
        Schermkruisregel(
            regel.dossier,
            [zijde(kruis.rij, regel.rij, regel.dossier), zijde(kruis.kolom, regel.kolom, regel.dossier)],
        )
        for regel in regels
    ]


# --- Interviews ---------------------------------------------------------------------------------------------------


def gespreksonderdelen(bron: Gespreksuitkomsten, weergave: Weergave) -> list[Schermonderdeel]:
    """Each figure leads to the interviews behind it."""
    return [
        Schermonderdeel(
            onderdeel,
            tabellen.kenmerk(f"onderdeel-{onderdeel.code}"),
            [_gespreksvraag(uitkomst, weergave) for uitkomst in onderdeel.vragen],
            [],
            figuur(None),
        )
        for onderdeel in bron.onderdelen
    ]


def _gespreksvraag(uitkomst: Vraaguitkomst, weergave: Weergave) -> Schermvraag:
    return Schermvraag(
        uitkomst,
        tabellen.kenmerk(uitkomst.code),
        "",
        _kort(uitkomst),
        figuur(tabellen.vraaggrafiek(uitkomst, BREEDTE)),
        _telling(
            tabellen.vraagtabel(uitkomst),
            [telling.groep for telling in uitkomst.tellingen],
            *tabellen.vraagrijen(uitkomst),
            lambda antwoord, groep: weergave.gesprekken(GEVONDEN, vraag=uitkomst.code, antwoord=antwoord, groep=groep),
            partial(weergave.voegtoe, uitkomst.code, eenheid=GESPREKKEN),
        ),
        None,
        None,
        weergave.bestand("gesprekken", uitkomst.code, "csv"),
        weergave.bestand("gesprekken", uitkomst.code, "svg"),
    )


def gespreksfiguur(uitkomst: Vraaguitkomst, antwoord: str, groep: str) -> str | None:
    """What the interviews behind one figure have in common, in words; None when there is no such figure."""
    koppen = {rij.code: rij.kop for rijen in tabellen.vraagrijen(uitkomst) for rij in rijen}
    groepen = {telling.groep.code: telling.groep.naam for telling in uitkomst.tellingen}
    if antwoord not in koppen or groep not in groepen:
        return None
    return f"{uitkomst.code}: {koppen[antwoord].lower()}, {groepen[groep]}"
