"""How long personal data of a round are kept (design 4.10): until the wederhoor has ended, and some months after that.

`WISVELDEN` is the one list of what goes then. What stays: counts, findings, judgements, the seal of the round, and who of the
inspectorate did what. See docs/besluiten/0049-bewaartermijn.md.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

GEWIST = "gewist"


@dataclass(frozen=True)
class Wisveld:
    """A field that goes: of which model, what stands in it in words (one, more), and what comes in its place."""

    model: str
    veld: str
    een: str
    meer: str
    wordt: str

    def __str__(self):
        return f"{self.model}.{self.veld}"


WISVELDEN = (
    Wisveld("Gesprekspartner", "naam", "naam van een gesprekspartner", "namen van gesprekspartners", GEWIST),
    Wisveld("Gesprekspartner", "functie", "functie van een gesprekspartner", "functies van gesprekspartners", ""),
    Wisveld(
        "Gesprekspartner", "organisatie", "organisatie van een gesprekspartner", "organisaties van gesprekspartners", ""
    ),
    Wisveld(
        "Interview",
        "geaccordeerd_door",
        "naam bij een akkoord op een verslag",
        "namen bij een akkoord op een verslag",
        GEWIST,
    ),
    Wisveld("Interview", "correcties", "correctie op een verslag", "correcties op verslagen", GEWIST),
    # Of documents, only those that say of themselves that they hold personal data.
    Wisveld("Bewijsstuk", "bestand", "bestand met persoonsgegevens", "bestanden met persoonsgegevens", ""),
    Wisveld("Bewijsstuk", "bestandsnaam", "naam van zo'n bestand", "namen van die bestanden", ""),
)


@dataclass(frozen=True)
class Begin:
    """The day from which the term runs, or, while it does not run yet, the sentence that says why."""

    dag: date | None
    waarom: str


@dataclass(frozen=True)
class Termijn:
    begin: Begin
    maanden: int

    @property
    def verloopt(self) -> date | None:
        """The first day on which the data may go; None while the term does not run yet."""
        return maanden_later(self.begin.dag, self.maanden) if self.begin.dag else None

    def is_verlopen(self, vandaag: date) -> bool:
        return self.verloopt is not None and self.verloopt <= vandaag


def maanden_later(dag: date, maanden: int) -> date:
    """The same day so many months later; the last of the month where it has no such day (31 January + 1 = 28 February)."""
    jaar, maand = divmod(dag.month - 1 + maanden, 12)
    jaar, maand = dag.year + jaar, maand + 1
    return date(jaar, maand, min(dag.day, monthrange(jaar, maand)[1]))


# --- When the term begins is told by the room above: reports, and so the wederhoor, are not known here ---------------

_bronnen: list[Callable[[Iterable[Any]], dict[int, Begin]]] = []


def meld_begin(bron: Callable[[Iterable[Any]], dict[int, Begin]]) -> None:
    """For a room above this one, in its `AppConfig.ready`: from rounds to when their term begins, for those it knows of."""
    if bron not in _bronnen:
        _bronnen.append(bron)


def van_boven(rondes: Iterable[Any]) -> dict[int, Begin]:
    """By the number of the round; a round that no room speaks of is not in it."""
    rondes = list(rondes)
    return {pk: begin for bron in _bronnen for pk, begin in bron(rondes).items()}
