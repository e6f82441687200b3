"""Quantifiers: which word x of n may be called, and which numbers a word claims. Pure, no Django (design 4.9).

A band admits a number of dossiers up to a share of n, up to a fixed number, or both. The word of x of n is that of the first
band that admits x; since every band that admits a number admits all smaller ones too, each x has exactly one word, words do
not overlap, and a larger number never gets a weaker word, whatever the table holds.
"""

from collections.abc import Sequence
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
    if band.hoogstens == 0:
        return "0"
    if band.hoogstens == 1:
        return "precies 1"
    vorige = banden[banden.index(band) - 1]
    if band.aandeel == 100 and band.tot_en_met:
        return "100%"
    boven = f"{'ten hoogste' if band.tot_en_met else 'minder dan'} {band.aandeel}%"
    if band.hoogstens is not None:
        return f"{vorige.hoogstens + 1} tot en met {band.hoogstens}, en {boven}"
    if vorige.hoogstens is not None:
        return f"meer dan {vorige.woord}, en {boven}"
    return f"{'meer dan' if vorige.tot_en_met else 'ten minste'} {vorige.aandeel}% en {boven}"


def van(x: int, n: int) -> str:
    """ "6 van 13": what always stands beside the word."""
    return f"{x} van {n}"
