"""How far two people who coded the same answers agree, beyond what chance would give: Cohen's kappa. Pure, no Django.

    kappa = (po - pe) / (1 - pe)

po is the share of judgements on which they agree; pe the share on which they would agree by chance, if each kept giving every
judgement as often as they did (J. Cohen, A coefficient of agreement for nominal scales, 1960). 1 is full agreement, 0 no more
than chance, below 0 less than chance.

A theme is in an answer or not: one judgement. An answer takes part when both gave it at least one theme: of who gave it none
nobody knows whether they read it.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as Verzameling
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

NIETS_DUBBEL = "Geen antwoord is door beiden gecodeerd: er is niets te vergelijken."
GEEN_SPREIDING = "Beiden gaven telkens hetzelfde oordeel: dan is kappa niet te berekenen."


@dataclass(frozen=True)
class Overeenstemming:
    """`n` judgements, the same on `gelijk` of them; `kappa` is None where it does not exist, and `waarom` says why."""

    n: int
    gelijk: int
    kappa: Fraction | None
    waarom: str = ""


def cohen(paren: Iterable[tuple[Hashable, Hashable]]) -> Overeenstemming:
    """Of judgements by two people, pair by pair on the same thing."""
    telling = Counter(paren)
    n = telling.total()
    if not n:
        return Overeenstemming(0, 0, None, NIETS_DUBBEL)
    gelijk = sum(aantal for (een, ander), aantal in telling.items() if een == ander)
    eerste: Counter = Counter()
    tweede: Counter = Counter()
    for (een, ander), aantal in telling.items():
        eerste[een] += aantal
        tweede[ander] += aantal
    toeval = sum(Fraction(eerste[oordeel] * tweede[oordeel], n * n) for oordeel in eerste)
    if toeval == 1:
        return Overeenstemming(n, gelijk, None, GEEN_SPREIDING)
    return Overeenstemming(n, gelijk, (Fraction(gelijk, n) - toeval) / (1 - toeval))


@dataclass(frozen=True)
class Vergelijking:
    """Two coders on one question: the answers that both coded, all judgements on them together, and per theme."""

    eerste: Hashable
    tweede: Hashable
    antwoorden: int
    samen: Overeenstemming
    per_thema: Mapping[int, Overeenstemming]


Codering = Mapping[int, Verzameling[int]]  # per answer the themes that one person gave it


def vergelijk(codeurs: Mapping[Hashable, Codering], themas: Sequence[int]) -> list[Vergelijking]:
    """Every two coders of a question, in the order in which they are given."""
    uit = []
    for een, ander in combinations(codeurs, 2):
        hier, daar = codeurs[een], codeurs[ander]
        dubbel = [antwoord for antwoord in hier if hier[antwoord] and daar.get(antwoord)]
        oordelen = {
            thema: [(thema in hier[antwoord], thema in daar[antwoord]) for antwoord in dubbel] for thema in themas
        }
        uit.append(
            Vergelijking(
                een,
                ander,
                len(dubbel),
                cohen(paar for paren in oordelen.values() for paar in paren),
                {thema: cohen(paren) for thema, paren in oordelen.items()},
            )
        )
    return uit
