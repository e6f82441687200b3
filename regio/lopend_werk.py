"""What somebody still has to do, told by the rooms above: this room keeps people, but may not know what they work on.

A room that gives people work says so once, in its `AppConfig.ready`:

    lopend_werk.meld_aan(queries_rondes.lopend_werk)

with a function that takes a Gebruiker and gives a list of Lopend. See docs/besluiten/0014-lopend-werk.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from regio.models import Gebruiker


@dataclass(frozen=True)
class Lopend:
    """Work of one person in one place: `wat` are counts in words, `adres` is where it can be handed to somebody else."""

    waar: str
    adres: str
    wat: tuple[str, ...]

    def __str__(self):
        return f"{self.waar}: {', '.join(self.wat)}"


_bronnen: list[Callable[[Gebruiker], list[Lopend]]] = []


def meld_aan(bron: Callable[[Gebruiker], list[Lopend]]) -> None:
    if bron not in _bronnen:
        _bronnen.append(bron)


def lopend_werk(gebruiker: Gebruiker) -> list[Lopend]:
    """Everything that still hangs on this person, in the order in which the rooms told it."""
    return [werk for bron in _bronnen for werk in bron(gebruiker)]
