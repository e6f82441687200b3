"""Conclusions that nothing binds, beside the finding that is about the same as far as words can tell. Pure, no Django.

Two sentences are about the same when they share words that few other sentences have; it is then pointed out when the quantity or what
is counted has changed on the way ("in de meeste gevallen" → "in de meeste plannen"). It is a hint for a reader, not a proof.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from rapportage.kwantoren import Band
from rapportage.uitspraken import eenheden, lezen
from rapportage.uitspraken.claims import Melder
from rapportage.uitspraken.lezen import BEVINDINGEN, CONCLUSIES, ONTWIKKELING, Tekst
from rapportage.uitspraken.meting import WAARSCHUWING, Melding
from rapportage.uitspraken.woorden import Hoeveelheid, hoeveelheden

STAM = 9  # letters: 'beschikbaar' and 'beschikbaarheid' are one word here
# How much alike two sentences are at least: with the same quantity in both, less tells that one comes from the other.
GELIJKENIS, MET_ZELFDE_WOORD = 0.45, 0.2
GEDEELD = 2  # words, at least
VOORBEELD = 20  # municipalities on which two quantities are compared when nothing says how many there are
# Words that say nothing of what a sentence is about, quantities among them; those that are common in a text weigh little by themselves.
GEWOON = frozenset(
    [
        "aan",
        "als",
        "bij",
        "dat",
        "deze",
        "die",
        "dit",
        "door",
        "een",
        "een",
        "er",
        "gaan",
        "gaat",
        "geen",
        "heeft",
        "hebben",
        "het",
        "hier",
        "hun",
        "iets",
        "in",
        "is",
        "kan",
        "kunnen",
        "maar",
        "meer",
        "men",
        "met",
        "moet",
        "moeten",
        "naar",
        "niet",
        "nog",
        "of",
        "om",
        "onder",
        "ook",
        "op",
        "over",
        "overal",
        "per",
        "sprake",
        "te",
        "tot",
        "tussen",
        "uit",
        "van",
        "vanuit",
        "veel",
        "voor",
        "vooral",
        "waar",
        "waarbij",
        "waarin",
        "wat",
        "wel",
        "werd",
        "wordt",
        "worden",
        "zal",
        "zelf",
        "zich",
        "zijn",
        "zij",
        "zo",
        "zoals",
        "alle",
        "enkele",
        "aantal",
        "meeste",
        "meestal",
        "vaak",
        "veelal",
        "soms",
        "helft",
        "iwi",
        "blijkt",
        "gemeente",
        "gemeenten",
        "inspectie",
        "onderzochte",
    ]
)


@dataclass(frozen=True)
class Zin:
    tekst: Tekst
    begin: int
    woorden: frozenset[str]
    hoeveelheden: tuple[tuple[Hoeveelheid, str], ...]  # each with what it counts
    fragment: str


def verschuivingen(teksten: Sequence[Tekst], banden: Sequence[Band]) -> Iterator[tuple[Tekst, Melding]]:
    """Where an unbound conclusion says another quantity, or counts something else, than the finding it seems to come from."""
    bevindingen = [
        zin
        for tekst in teksten
        if tekst.plaats in (BEVINDINGEN, ONTWIKKELING)
        for zin in _zinnen(tekst, lezen.lopend(tekst.tekst), banden)
    ]
    conclusies = [
        zin
        for tekst in teksten
        if tekst.plaats == CONCLUSIES
        for zin in _zinnen(tekst, lezen.zonder_gebonden(tekst.tekst), banden)
    ]
    komt_voor = Counter(woord for zin in (*bevindingen, *conclusies) for woord in zin.woorden)
    aantal = len(bevindingen) + len(conclusies)
    gewicht = {woord: log((aantal + 1) / n) for woord, n in komt_voor.items()}
    met_aantal = [zin for zin in bevindingen if zin.hoeveelheden]
    for conclusie in conclusies:
        bron = max(met_aantal, key=lambda b: _gelijkenis(conclusie, b, gewicht), default=None)
        if conclusie.hoeveelheden and bron:
            zelfde = conclusie.hoeveelheden[0][0].tekst.casefold() == bron.hoeveelheden[0][0].tekst.casefold()
            if _gelijkenis(conclusie, bron, gewicht) >= (MET_ZELFDE_WOORD if zelfde else GELIJKENIS):
                yield from _verschil(conclusie, bron, tuple(banden))


def _zinnen(tekst: Tekst, gelezen: str, banden: Sequence[Band]) -> Iterator[Zin]:
    for begin, eind in lezen.zinnen(gelezen):
        zin = gelezen[begin:eind]
        gevonden = [(h, eenheden.wat_na(zin, h.eind)) for h in hoeveelheden(zin, banden)]
        woorden = {woord[:STAM] for woord in re.findall(r"[^\W\d_]{3,}", zin.casefold()) if woord not in GEWOON}
        tellend = tuple((h, wat) for h, wat in gevonden if h.soort == "woord" and (h.ook_los or wat))
        yield Zin(tekst, begin, frozenset(woorden), tellend, " ".join(zin.split()))


def _gelijkenis(een: Zin, ander: Zin, gewicht: dict[str, float]) -> float:
    """Between 0 (nothing in common) and 1, by the words they share, a rare one counting for more."""
    samen = een.woorden & ander.woorden
    if len(samen) < GEDEELD:
        return 0

    def som(woorden) -> float:
        return sum(gewicht[woord] for woord in woorden)

    return som(samen) / min(som(een.woorden), som(ander.woorden))


def _verschil(conclusie: Zin, bron: Zin, banden: tuple[Band, ...]) -> Iterator[tuple[Tekst, Melding]]:
    h, wat = conclusie.hoeveelheden[0]
    toen, toen_wat = bron.hoeveelheden[0]
    stond = " ".join(bron.tekst.tekst[bron.begin + toen.begin : bron.begin + toen.eind].split())
    if not toen.omvat(VOORBEELD, banden) <= h.omvat(VOORBEELD, banden):
        zin = f"De conclusie zegt ‘{h.tekst}’; een bevinding die over hetzelfde lijkt te gaan, zegt ‘{stond}’: ‘{_kort(bron)}’"
    elif wat and toen_wat and wat != toen_wat:
        zin = (
            f"De conclusie telt {wat}; een bevinding die over hetzelfde lijkt te gaan, telt {toen_wat}: ‘{_kort(bron)}’"
        )
    else:
        return
    plek = conclusie.begin + h.begin
    yield conclusie.tekst, Melder(conclusie.tekst)("verschuiving", WAARSCHUWING, plek, plek + len(h.tekst), zin)


def _kort(zin: Zin) -> str:
    return zin.fragment if len(zin.fragment) <= 120 else f"{zin.fragment[:117].rsplit(' ', 1)[0]} …"
