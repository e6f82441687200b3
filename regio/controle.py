"""A rule that the data must keep, as one question to the whole database. Each room has its own in `controles.py`; the room on top
collects them (`inspectie.controle`). See docs/besluiten/0052-controleer.md.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Overtreding:
    """One place where a rule does not hold: what is wrong, and the address of the page where it is mended."""

    wat: str
    adres: str = ""


@dataclass(frozen=True)
class Controle:
    """`zoek` does a fixed number of queries; where it must read files or count everything again the rule is `zwaar`."""

    code: str
    regel: str  # the rule as a sentence: how it should be
    hersteller: str  # who can mend it
    zoek: Callable[[], Iterable[Overtreding]]
    zwaar: bool = False


def overlappend(perioden: Iterable[tuple]) -> Iterator[tuple[tuple, tuple]]:
    """Of rows (what, from, until, …) in order of what and from: each that begins before an earlier one of the same has ended."""
    lopend: tuple | None = None
    for rij in perioden:
        if lopend and lopend[0] == rij[0]:
            if lopend[2] is None or rij[1] < lopend[2]:
                yield lopend, rij
            lopend = max(lopend, rij, key=lambda een: een[2] or date.max)
        else:
            lopend = rij
