"""Quantifiers: which word x of n may be called, and which numbers a word claims. Pure, no Django (design 4.9).

A band admits a number of dossiers up to a share of n, up to a fixed number, or both. The word of x of n is that of the first
band that admits x; since every band that admits a number admits all smaller ones too, each x has exactly one word, words do
not overlap, and a larger number never gets a weaker word, whatever the table holds.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """`hoogstens` is a number of dossiers, `aandeel` a percentage of n that is reached or, without `tot_en_met`, not reached."""

    woord: str
    aandeel: int = 100
    tot_en_met: bool = True
    hoogstens: int | None = None

    def grens(self, n: int) -> int:
        """The largest x of n that this band admits; -1 when it admits none."""
        honderdsten = self.aandeel * n
        grens = honderdsten // 100 if self.tot_en_met else -(-honderdsten // 100) - 1
        return grens if self.hoogstens is None else min(grens, self.hoogstens)


# One exception to "by share": *een enkele* and *enkele* are also numbers in ordinary Dutch, so a hundred of 443 is a minority
# and never "enkele". The bounds of *ongeveer de helft* are wide enough for 3 of 7 and narrow enough to leave out 5 of 13.
BANDEN = (
    Band("geen", hoogstens=0),
    Band("een enkele", aandeel=100, tot_en_met=False, hoogstens=1),
    Band("enkele", aandeel=25, hoogstens=5),
    Band("een minderheid", aandeel=40),
    Band("ongeveer de helft", aandeel=60, tot_en_met=False),
    Band("een meerderheid", aandeel=75, tot_en_met=False),
    Band("de meeste", aandeel=90, tot_en_met=False),
    Band("vrijwel alle", aandeel=100, tot_en_met=False),
    Band("alle"),
)


def woord(x: int, n: int, banden: Sequence[Band] = BANDEN) -> str:
    """The word for x of n dossiers. Raises ValueError when n is 0 or x is not a part of it: then there is no word."""
    if not 0 <= x <= n or n == 0:
        raise ValueError(f"Geen kwantor voor {x} van {n}.")
    return next(band.woord for band in banden if x <= band.grens(n))


def bereik(woord: str, n: int, banden: Sequence[Band] = BANDEN) -> range:
    """The numbers of n dossiers that `woord` claims, empty when no number of n gets that word. KeyError for no word of ours."""
    vanaf = 0
    for band in banden:
        tot = max(vanaf, band.grens(n) + 1)
        if band.woord == woord:
            return range(vanaf, tot)
        vanaf = tot
    raise KeyError(woord)


def bereik_in_woorden(band: Band, banden: Sequence[Band] = BANDEN) -> str:
    """What a band claims, for the printed table: "meer dan 40% en minder dan 60%"."""
    plaats = banden.index(band)
    vorige = banden[plaats - 1] if plaats else None
    if band.hoogstens == 0:
        return "0"
    if plaats == len(banden) - 1:
        return "100%"
    boven = "" if band.aandeel == 100 else f"{'ten hoogste' if band.tot_en_met else 'minder dan'} {band.aandeel}%"
    if vorige is None:
        onder = "" if band.hoogstens is None else f"ten hoogste {band.hoogstens}"
    elif vorige.hoogstens is None:
        onder = f"{'meer dan' if vorige.tot_en_met else 'ten minste'} {vorige.aandeel}%"
        if band.hoogstens is None:
            return f"{onder} en {boven or 'minder dan 100%'}"
        onder += f", ten hoogste {band.hoogstens}"
    elif band.hoogstens is None:
        onder = f"meer dan {vorige.woord}"
    elif band.hoogstens == vorige.hoogstens + 1:
        onder = f"precies {band.hoogstens}"
    else:
        onder = f"{vorige.hoogstens + 1} tot en met {band.hoogstens}"
    return ", en ".join(filter(None, [onder, boven])) or "minder dan 100%"


MEEST = 200  # the largest n that a table is tried on
WOORD = re.compile(r"[a-zà-ÿ]+(?:[ '-][a-zà-ÿ]+)*")


def op_volgorde(banden: Iterable[Band]) -> tuple[Band, ...]:
    """The bands from few to all: by what they admit of many, and of few."""
    return tuple(sorted(banden, key=lambda band: (band.grens(100_000), band.grens(100), band.grens(10))))


def gebreken(banden: Sequence[Band]) -> list[tuple[int, str]]:
    """What is wrong with a band table in order: the place of the row and a Dutch sentence; empty when it can be used.

    A table without faults has a word of its own for nobody and for everybody, and no word that nothing is ever called.
    """
    if len(banden) < 2:
        return [(0, "Geef ten minste twee woorden: een voor geen enkel dossier en een voor alle.")]
    gevonden = []
    for plaats, band in enumerate(banden):
        if not WOORD.fullmatch(band.woord):
            gevonden.append((plaats, "Schrijf het woord met kleine letters, zonder cijfers of tekens."))
        elif band.woord in {ander.woord for ander in banden[:plaats]}:
            gevonden.append((plaats, f"Het woord ‘{band.woord}’ staat er al."))
        if not 0 <= band.aandeel <= 100:
            gevonden.append((plaats, "Een aandeel ligt tussen 0 en 100%."))
    return gevonden or _gebreken_in_grenzen(banden)


def _gebreken_in_grenzen(banden: Sequence[Band]) -> list[tuple[int, str]]:
    if any(banden[0].grens(n) != 0 for n in range(1, MEEST + 1)):
        return [(0, f"Het eerste woord (‘{banden[0].woord}’) is voor geen enkel dossier: vul bij het aantal 0 in.")]
    laatste = banden[-1]
    if laatste.aandeel != 100 or not laatste.tot_en_met or laatste.hoogstens is not None:
        zin = f"Het laatste woord (‘{laatste.woord}’) is voor alle dossiers: kies tot en met 100%, zonder aantal."
        return [(len(banden) - 1, zin)]
    gevonden = []
    for plaats, band in enumerate(banden[1:-1], start=1):
        vol = next((n for n in range(1, MEEST + 1) if band.grens(n) >= n), None)
        if vol:
            zin = (
                f"‘{band.woord}’ omvat nu ook {vol} van {vol}, en daarvoor is ‘{laatste.woord}’: kies minder dan 100%."
            )
            gevonden.append((plaats, zin))
        elif not any(bereik(band.woord, n, banden) for n in range(1, MEEST + 1)):
            gevonden.append(
                (plaats, f"Geen enkel aantal wordt nog ‘{band.woord}’: de woorden ervoor omvatten alles al.")
            )
    te_veel = next((n for n in range(2, MEEST + 1) if len(bereik(laatste.woord, n, banden)) > 1), None)
    if te_veel and not gevonden:
        zin = f"Ook {te_veel - 1} van {te_veel} heet nu ‘{laatste.woord}’: geef wat minder dan 100% is een ander woord."
        gevonden.append((len(banden) - 1, zin))
    return gevonden


def van(x: int, n: int) -> str:
    """ "6 van 13": what always stands beside the word."""
    return f"{x} van {n}"
