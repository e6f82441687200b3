"""Where a municipality takes part, told by the rooms above: this room keeps municipalities, but may not know of rounds.

A room that looks at municipalities says so once, in its `AppConfig.ready`:

    deelname.meld_aan(peildagen=…, deelnames=…)

`peildagen` gives, by pk of the municipality, the days on which somebody looks at it, so that an import can say (and refuse) that it
changes what held on such a day. `deelnames` gives what one person may see of one municipality's part in rounds.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from regio.bijwerken import Peildag
from regio.models import Gebruiker, Gemeente


@dataclass(frozen=True)
class Deelname:
    """A municipality in one round; an address is empty where this person may not go."""

    ronde: str
    peildatum: date
    rondeadres: str
    rol: str
    status: str
    statusnaam: str
    dossieradres: str


@dataclass(frozen=True)
class _Bron:
    peildagen: Callable[[], dict[int, tuple[Peildag, ...]]]
    deelnames: Callable[[Gemeente, Gebruiker], list[Deelname]]


_bronnen: list[_Bron] = []


def meld_aan(*, peildagen, deelnames) -> None:
    bron = _Bron(peildagen, deelnames)
    if bron not in _bronnen:
        _bronnen.append(bron)


def peildagen() -> dict[int, tuple[Peildag, ...]]:
    alle = defaultdict(tuple)
    for bron in _bronnen:
        for pk, dagen in bron.peildagen().items():
            alle[pk] += dagen
    return alle


def deelnames(gemeente: Gemeente, gebruiker: Gebruiker) -> list[Deelname]:
    """The newest round first."""
    alle = [deel for bron in _bronnen for deel in bron.deelnames(gemeente, gebruiker)]
    return sorted(alle, key=lambda deel: deel.peildatum, reverse=True)
