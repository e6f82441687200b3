"""Charts as SVG text: a stacked bar per group, and a trend over rounds.

Pure functions: the same figures give the same characters. Only presentation attributes, so that the picture shows under a
content security policy without inline styles, and only shapes that WeasyPrint draws, so that it can be printed too. Every
part carries its own number and its own pattern: the chart can be read in black and white, and by who sees no colour.
Nothing is said by the picture alone: every chart comes with the table of its figures and with a description.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from .document import Grafiek, Tabel

BREEDTE = 600
LETTER = 13
KLEIN, KLEINST = 12, 11
INKT, ZACHT, LIJN = "#15243a", "#4a5a70", "#b8c4d3"
LETTERTYPE = "Fira Sans, Fira Sans Ext, sans-serif"


@dataclass(frozen=True)
class Vlak:
    """How one part is drawn; `inkt` has a contrast of at least 4.5 : 1 on `kleur`."""

    kleur: str
    inkt: str
    patroon: str = ""


# From dark to light, so that the order is also one of grey values; the last two, patterned, are for "weet niet" and
# "niet van toepassing", and no answer is ever white.
VLAKKEN = (
    Vlak("#154273", "#ffffff"),
    Vlak("#8fb4dc", "#0b2038", "schuin"),
    Vlak("#d3e2f2", "#0b2038"),
    Vlak("#f0c36b", "#2b1d00", "stip"),
    Vlak("#e4e7eb", "#1d2733", "terug"),
    Vlak("#f7f8fa", "#1d2733", "raster"),
)
# The text of a patterned part stands on a plain plate, so its contrast is that of the colour.
PATRONEN = {
    "schuin": '<path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" stroke="{lijn}" stroke-width="1"/>',
    "terug": '<path d="M0 0L8 8M-2 6L2 10M6 -2L10 2" stroke="{lijn}" stroke-width="1"/>',
    "stip": '<circle cx="4" cy="4" r="1.1" fill="{lijn}"/>',
    "raster": '<path d="M0 4H8M4 0V8" stroke="{lijn}" stroke-width="0.6"/>',
}
PATROONLIJN = {"schuin": "#5f8dbf", "terug": "#9aa5b3", "stip": "#a8761a", "raster": "#aab4c0"}


@dataclass(frozen=True)
class Deel:
    label: str
    n: int


@dataclass(frozen=True)
class Groep:
    """One bar: a group and the parts in which it falls apart; every group of a chart has the same parts."""

    label: str
    delen: Sequence[Deel]

    @property
    def n(self) -> int:
        return sum(deel.n for deel in self.delen)


@dataclass(frozen=True)
class Meting:
    """A point of a trend: `teller` of `noemer` in one round; a noemer of 0 is a gap, not a zero."""

    label: str
    teller: int
    noemer: int


@dataclass(frozen=True)
class Reeks:
    label: str
    metingen: Sequence[Meting]


def gestapeld(
    titel: str,
    groepen: Sequence[Groep],
    *,
    kenmerk: str,
    eenheid: str = "gemeenten",
    breedte: int = BREEDTE,
) -> Grafiek:
    """One horizontal bar of full width per group, divided by share, with the counts in it.

    `kenmerk` makes the ids in the picture unique on its page. A group without members gets an empty bar that says so.
    Raises ValueError when groups differ in their parts or there are more parts than the palette can tell apart.
    """
    labels = [deel.label for deel in groepen[0].delen] if groepen else []
    if any([deel.label for deel in groep.delen] != labels for groep in groepen):
        raise ValueError(f"Grafiek '{titel}': alle groepen moeten dezelfde delen hebben.")
    if len(labels) > len(VLAKKEN):
        raise ValueError(f"Grafiek '{titel}': meer dan {len(VLAKKEN)} delen zijn niet te onderscheiden.")
    if any(deel.n < 0 for groep in groepen for deel in groep.delen):
        raise ValueError(f"Grafiek '{titel}': een aantal kan niet negatief zijn.")
    vlakken = _vlakken(labels)
    stukken, y = _legenda(labels, vlakken, kenmerk, breedte)
    hoog = 30
    for groep in groepen:
        kop = _regels(f"{groep.label} (n = {_getal(groep.n)})", breedte, LETTER)
        for regel in kop:
            y += 17
            stukken.append(_tekst(0, y, regel, gewicht=600))
        y += 7
        stukken += _staaf(groep, vlakken, kenmerk, y, hoog, breedte, eenheid)
        y += hoog + 9
    if groepen:
        stukken += _as(y - 3, breedte)
        y += 16
    beschrijving = " ".join(_zin(groep, eenheid) for groep in groepen)
    svg = _svg(kenmerk, titel, beschrijving, breedte, y + 2, _patronen(vlakken, kenmerk) + stukken)
    return Grafiek(titel, svg, f"{titel}. {beschrijving}", _tabel_van(titel, groepen, labels))


def trend(
    titel: str,
    reeksen: Sequence[Reeks],
    *,
    kenmerk: str,
    breedte: int = BREEDTE,
    hoogte: int = 260,
) -> Grafiek:
    """A line per series over the rounds, as shares from 0 to 100%; every point carries its figure, every line its name.

    Raises ValueError when series differ in their rounds or there are more than four.
    """
    rondes = [meting.label for meting in reeksen[0].metingen] if reeksen else []
    if any([meting.label for meting in reeks.metingen] != rondes for reeks in reeksen):
        raise ValueError(f"Grafiek '{titel}': alle reeksen moeten dezelfde rondes hebben.")
    if len(reeksen) > len(MERKEN):
        raise ValueError(f"Grafiek '{titel}': meer dan {len(MERKEN)} lijnen zijn niet te onderscheiden.")
    links, boven = 44, 24
    stukken, y = [], 0
    for nummer, reeks in enumerate(reeksen):
        kleur, streep, merk = MERKEN[nummer]
        y += 18
        stukken.append(_lijn(0, y - 4, 30, y - 4, kleur, 2, streep))
        stukken.append(merk(15, y - 4, kleur))
        stukken.append(_tekst(38, y, reeks.label))
    boven += y
    onder = boven + hoogte
    for deel in range(0, 101, 25):
        hoog = onder - hoogte * deel / 100
        stukken.append(_lijn(links, hoog, breedte, hoog, LIJN if deel else ZACHT, 1))
        stukken.append(_tekst(links - 8, hoog + 4, f"{deel}%", kleur=ZACHT, maat=KLEIN, anker="end"))
    stap = (breedte - links) / max(len(rondes), 1)
    plek = [links + stap * (nummer + 0.5) for nummer in range(len(rondes))]
    lager = onder
    for x, ronde in zip(plek, rondes, strict=True):
        for regel_nummer, regel in enumerate(_regels(ronde, stap - 8, KLEIN)):
            stukken.append(_tekst(x, onder + 22 + 15 * regel_nummer, regel, maat=KLEIN, anker="middle"))
            lager = max(lager, onder + 22 + 15 * regel_nummer)
    stukken += _punten_en_lijnen(reeksen, plek, boven, onder)
    beschrijving = " ".join(
        f"{reeks.label}: "
        + ", ".join(
            f"{meting.label} {meting.teller} van {meting.noemer}"
            if meting.noemer
            else f"{meting.label} geen waarneming"
            for meting in reeks.metingen
        )
        + "."
        for reeks in reeksen
    )
    svg = _svg(kenmerk, titel, beschrijving, breedte, lager + 8, stukken)
    rijen = [
        (reeks.label, *(_met_aandeel(meting.teller, meting.noemer) for meting in reeks.metingen)) for reeks in reeksen
    ]
    tabel = Tabel(f"Cijfers bij: {titel}", ("Reeks", *rondes), rijen)
    return Grafiek(titel, svg, f"{titel}. {beschrijving}", tabel)


# Bars


def _vlakken(labels: Sequence[str]) -> list[Vlak]:
    """Answers take the strong colours in order; "weet niet" and the like always take the last two."""
    antwoorden, rest = list(VLAKKEN[:4]), list(VLAKKEN[4:])
    uit = []
    for label in labels:
        zonder_antwoord = re.match(
            r"(weet niet|niet van toepassing|n\.v\.t\.|niet |nog niet |onbekend|vervallen)", label, re.I
        )
        eerst, dan = (rest, antwoorden) if zonder_antwoord else (antwoorden, rest)
        uit.append((eerst or dan).pop(0))
    return uit


def _staaf(groep, vlakken, kenmerk, y, hoog, breedte, eenheid) -> list[str]:
    if not groep.n:
        leeg = f'<rect x="0.5" y="{y + 0.5}" width="{breedte - 1}" height="{hoog - 1}" fill="#ffffff" stroke="{LIJN}"/>'
        return [leeg, _tekst(12, y + 20, f"geen {eenheid}", kleur=ZACHT)]
    stukken, cumulatief = [], 0
    for vlak, deel in zip(vlakken, groep.delen, strict=True):
        if not deel.n:
            continue
        links = breedte * cumulatief / groep.n
        cumulatief += deel.n
        wijd = breedte * cumulatief / groep.n - links
        # A white seam keeps neighbours apart in print; a sliver keeps its whole width.
        naad = 1.5 if wijd > 4 and cumulatief < groep.n else 0
        stukken.append(_rechthoek(links, y, wijd - naad, hoog, vlak, kenmerk))
        stukken += _opschrift(deel, groep.n, vlak, links + (wijd - naad) / 2, wijd - naad, y, hoog)
    return stukken


def _opschrift(deel: Deel, n: int, vlak: Vlak, midden: float, wijd: float, y: int, hoog: int) -> list[str]:
    """Number and share in a part: on one line, else on two, else only the number, else nothing."""
    aantal, aandeel = _getal(deel.n), f"({procent(deel.n, n)}%)"
    mogelijk = (([f"{aantal} {aandeel}"], LETTER), ([aantal, aandeel], KLEINST), ([aantal], LETTER))
    for regels, maat in mogelijk:
        ruimte = max(_wijdte(regel, maat) for regel in regels) + (10 if len(regels) == 1 else 6)
        if ruimte > wijd:
            continue
        rand = 6 if len(regels) == 1 else 2
        stukken = []
        if vlak.patroon:
            stukken.append(
                f'<rect x="{_g(midden - ruimte / 2 + 1)}" y="{y + rand}" width="{_g(ruimte - 2)}" height="{hoog - 2 * rand}"'
                f' rx="2" fill="{vlak.kleur}"/>'
            )
        eerste = y + 20 if len(regels) == 1 else y + 13
        return stukken + [
            _tekst(midden, eerste + 12 * nummer, regel, kleur=vlak.inkt, maat=maat, anker="middle")
            for nummer, regel in enumerate(regels)
        ]
    return []


def _rechthoek(x, y, wijd, hoog, vlak, kenmerk) -> str:
    maten = f'x="{_g(x)}" y="{_g(y)}" width="{_g(wijd)}" height="{_g(hoog)}"'
    vorm = f'<rect {maten} fill="{vlak.kleur}"/>'
    if vlak.patroon:
        vorm += f'<rect {maten} fill="url(#{kenmerk}-{vlak.patroon})"/>'
    if vlak in VLAKKEN[2:]:
        # Light parts need an edge against the white of the page.
        rand = f'x="{_g(x + 0.5)}" y="{_g(y + 0.5)}" width="{_g(max(wijd - 1, 0.2))}" height="{_g(hoog - 1)}"'
        vorm += f'<rect {rand} fill="none" stroke="#7f93ab" stroke-width="1"/>'
    return vorm


def _legenda(labels, vlakken, kenmerk, breedte) -> tuple[list[str], int]:
    """The key, in the order of the parts, as many to a line as fit; returns it and where it ends."""
    stukken, x, y = [], 0, 0
    for label, vlak in zip(labels, vlakken, strict=True):
        regels = _regels(label, breedte - 24, LETTER)
        wijd = 22 + max(_wijdte(regel, LETTER) for regel in regels) + 20
        if x and x + wijd - 20 > breedte:
            x, y = 0, y + 22
        stukken.append(_rechthoek(x, y, 14, 14, vlak, kenmerk))
        for nummer, regel in enumerate(regels):
            y += 17 if nummer else 0
            stukken.append(_tekst(x + 22, y + 12, regel))
        x += wijd
    return stukken, y + 22 if labels else 0


def _as(y, breedte) -> list[str]:
    stukken = []
    for deel in range(0, 101, 25):
        x = min(max(breedte * deel / 100, 0.5), breedte - 0.5)
        anker = {0: "start", 100: "end"}.get(deel, "middle")
        stukken.append(_lijn(x, y, x, y + 4, ZACHT, 1))
        stukken.append(_tekst(breedte * deel / 100, y + 16, f"{deel}%", kleur=ZACHT, maat=KLEIN, anker=anker))
    return stukken


def _patronen(vlakken, kenmerk) -> list[str]:
    namen = sorted({vlak.patroon for vlak in vlakken if vlak.patroon})
    if not namen:
        return []
    vormen = "".join(
        f'<pattern id="{kenmerk}-{naam}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f"{PATRONEN[naam].format(lijn=PATROONLIJN[naam])}</pattern>"
        for naam in namen
    )
    return [f"<defs>{vormen}</defs>"]


def _zin(groep: Groep, eenheid: str) -> str:
    if not groep.n:
        return f"{groep.label}: geen {eenheid}."
    delen = ", ".join(f"{deel.label} {_getal(deel.n)}" for deel in groep.delen)
    return f"{groep.label} (n = {_getal(groep.n)}): {delen}."


def _tabel_van(titel, groepen, labels) -> Tabel:
    rijen = [
        (groep.label, *(_met_aandeel(deel.n, groep.n) for deel in groep.delen), _getal(groep.n)) for groep in groepen
    ]
    return Tabel(f"Cijfers bij: {titel}", ("Groep", *labels, "Totaal"), rijen)


# Lines


def _punten_en_lijnen(reeksen, plek, boven, onder) -> list[str]:
    """The lines, over them the figures on their plates, and over those the points; points that coincide share a figure."""
    lijnen, cijfers, merken = [], [], []
    bezet: list[tuple[float, float]] = []
    gezegd = set()
    for (kleur, streep, merk), reeks in zip(MERKEN, reeksen, strict=False):
        punten = [
            (x, onder - (onder - boven) * meting.teller / meting.noemer, meting) if meting.noemer else None
            for x, meting in zip(plek, reeks.metingen, strict=True)
        ]
        for begin, eind in pairwise(punten):
            if begin and eind:
                lijnen.append(_lijn(begin[0], begin[1], eind[0], eind[1], kleur, 2, streep))
        for x, y, meting in filter(None, punten):
            merken.append(merk(x, y, kleur))
            tekst = _aandeel(meting.teller, meting.noemer)
            if (x, y, tekst) not in gezegd:
                gezegd.add((x, y, tekst))
                cijfers += _cijfer(x, _vrije_hoogte(x, y, bezet, boven, onder), tekst)
    return lijnen + cijfers + merken


def _rond(x, y, kleur):
    return f'<circle cx="{_g(x)}" cy="{_g(y)}" r="4.5" fill="{kleur}"/>'


def _vierkant(x, y, kleur):
    return (
        f'<rect x="{_g(x - 4)}" y="{_g(y - 4)}" width="8" height="8" fill="#ffffff" stroke="{kleur}" stroke-width="2"/>'
    )


def _driehoek(x, y, kleur):
    return f'<path d="M{_g(x)} {_g(y - 5.5)}L{_g(x + 5.5)} {_g(y + 4.5)}H{_g(x - 5.5)}Z" fill="{kleur}"/>'


def _ruit(x, y, kleur):
    vorm = f"M{_g(x)} {_g(y - 5.5)}L{_g(x + 5.5)} {_g(y)}L{_g(x)} {_g(y + 5.5)}L{_g(x - 5.5)} {_g(y)}Z"
    return f'<path d="{vorm}" fill="#ffffff" stroke="{kleur}" stroke-width="2"/>'


MERKEN: tuple[tuple[str, str, Callable[[float, float, str], str]], ...] = (
    ("#154273", "", _rond),
    ("#9a5b00", "7 4", _vierkant),
    ("#3f7cba", "2 3", _driehoek),
    ("#4a5a70", "10 3 2 3", _ruit),
)


def _vrije_hoogte(x, y, bezet, boven, onder) -> float:
    """The baseline for the figure of a point: above or below it, as near as no other figure of that round stands."""
    for hoog in (y - 10, y + 20, y - 26, y + 36, y - 42, y + 52):
        vrij = all(abs(hoog - ander) >= 15 for andere_x, ander in bezet if andere_x == x)
        if vrij and boven - 12 <= hoog <= onder - 4:
            break
    bezet.append((x, hoog))
    return hoog


def _cijfer(x, y, tekst) -> list[str]:
    """A figure on a white plate, so that no line runs through it."""
    wijd = _wijdte(tekst, KLEIN) + 4
    plaat = f'<rect x="{_g(x - wijd / 2)}" y="{_g(y - 11)}" width="{_g(wijd)}" height="14" fill="#ffffff"/>'
    return [plaat, _tekst(x, y, tekst, maat=KLEIN, anker="middle")]


# Pieces of SVG


def _svg(kenmerk, titel, beschrijving, breedte, hoogte, stukken) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_g(breedte)} {_g(hoogte)}" width="{_g(breedte)}"'
        f' height="{_g(hoogte)}" role="img" aria-labelledby="{kenmerk}-titel {kenmerk}-beschrijving"'
        f' font-family="{LETTERTYPE}" font-size="{LETTER}">'
        f'<title id="{kenmerk}-titel">{escape(titel)}</title>'
        f'<desc id="{kenmerk}-beschrijving">{escape(beschrijving)}</desc>{"".join(stukken)}</svg>'
    )


def _tekst(x, y, tekst, *, kleur=INKT, maat=LETTER, anker="start", gewicht=400) -> str:
    extra = "" if anker == "start" else f' text-anchor="{anker}"'
    extra += "" if gewicht == 400 else f' font-weight="{gewicht}"'
    extra += "" if maat == LETTER else f' font-size="{maat}"'
    return f'<text x="{_g(x)}" y="{_g(y)}" fill="{kleur}"{extra}>{escape(tekst)}</text>'


def _lijn(x1, y1, x2, y2, kleur, dik, streep="") -> str:
    streep = f' stroke-dasharray="{streep}"' if streep else ""
    return (
        f'<line x1="{_g(x1)}" y1="{_g(y1)}" x2="{_g(x2)}" y2="{_g(y2)}" stroke="{kleur}" stroke-width="{dik}"{streep}/>'
    )


def _g(getal: float) -> str:
    """A coordinate in at most two decimals, the same on every machine."""
    tekst = f"{getal:.2f}".rstrip("0").rstrip(".")
    return "0" if tekst == "-0" else tekst


def _wijdte(tekst: str, maat: float) -> float:
    """About how wide Fira Sans sets a text: good enough to choose between two labels or to break a line."""
    smal = sum(teken in "iljtfr.,:;'’‘()|I! " for teken in tekst)
    breed = sum(teken in "mwMWOGQD%" for teken in tekst)
    return maat * (0.56 * len(tekst) - 0.24 * smal + 0.24 * breed)


def _regels(tekst: str, wijd: float, maat: float) -> list[str]:
    """The text in lines of at most `wijd`; a word that is too long by itself is cut."""
    regels = [""]
    for woord in tekst.split():
        while _wijdte(woord, maat) > wijd and len(woord) > 2:
            past = next(n for n in range(len(woord) - 1, 0, -1) if n == 1 or _wijdte(woord[:n] + "-", maat) <= wijd)
            regels[-1:] = [*filter(None, regels[-1:]), woord[:past] + "-", ""]
            woord = woord[past:]
        proef = f"{regels[-1]} {woord}".strip()
        if _wijdte(proef, maat) <= wijd or not regels[-1]:
            regels[-1] = proef
        else:
            regels.append(woord)
    return [regel for regel in regels if regel] or [""]


# Figures


def _getal(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def procent(teller: int, noemer: int) -> int:
    """Rounded half up, in integers: 1 van 8 is 13%, on every machine."""
    return (200 * teller + noemer) // (2 * noemer)


def _aandeel(teller: int, noemer: int) -> str:
    return f"{procent(teller, noemer)}% ({_getal(teller)}/{_getal(noemer)})"


def _met_aandeel(teller: int, noemer: int) -> str:
    return f"{_getal(teller)} ({procent(teller, noemer)}%)" if noemer else "–"
