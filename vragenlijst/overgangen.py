"""Status: one table per thing of what may follow what, by whom, and whether a reason is asked. Pure, no Django.

`vragenlijst.actions.zet_status` is the only door that applies them; `docs/statussen.md` is generated from here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Wie(StrEnum):
    EIGEN = "de inspecteur van het dossier"
    TOETSER = "de toetser"
    BEHEERDER = "de beheerder"
    ANALIST = "de analist"


@dataclass(frozen=True)
class Overgang:
    van: str
    naar: str
    doe: str  # what the button says
    wie: Wie
    met_reden: bool = False


def _tabel(*rijen: tuple) -> tuple[Overgang, ...]:
    return tuple(Overgang(*rij) for rij in rijen)


OVERGANGEN: dict[str, tuple[Overgang, ...]] = {
    "interview": _tabel(
        ("gepland", "gehouden", "Markeer als gehouden", Wie.EIGEN),
        ("gepland", "vervallen", "Laat vervallen", Wie.EIGEN, True),
        ("vervallen", "gepland", "Plan opnieuw", Wie.EIGEN, True),
        ("gehouden", "ter_accordering", "Leg ter accordering voor", Wie.EIGEN),
        ("gehouden", "gepland", "Toch nog niet gehouden", Wie.EIGEN, True),
        ("ter_accordering", "geaccordeerd", "Leg het akkoord vast", Wie.EIGEN),
        ("ter_accordering", "gehouden", "Neem terug voor correctie", Wie.EIGEN, True),
        ("geaccordeerd", "gehouden", "Heropen", Wie.EIGEN, True),
    ),
    "dossier": _tabel(
        ("gepland", "in_uitvoering", "Begin de uitvoering", Wie.EIGEN),
        ("in_uitvoering", "ter_toetsing", "Bied ter toetsing aan", Wie.EIGEN),
        ("ter_toetsing", "vastgesteld", "Stel vast", Wie.TOETSER),
        ("ter_toetsing", "in_uitvoering", "Geef terug", Wie.TOETSER, True),
        ("ter_toetsing", "in_uitvoering", "Neem terug", Wie.EIGEN, True),  # as long as the toetser has not decided
        ("vastgesteld", "in_uitvoering", "Heropen", Wie.TOETSER, True),
    ),
    "instrument": _tabel(
        ("concept", "vastgesteld", "Stel het instrument vast", Wie.BEHEERDER),
        ("vastgesteld", "vervallen", "Laat vervallen", Wie.BEHEERDER, True),
        ("vervallen", "vastgesteld", "Neem weer in gebruik", Wie.BEHEERDER, True),
    ),
    "ronde": _tabel(
        ("concept", "open", "Open de ronde", Wie.BEHEERDER),
        ("open", "gesloten", "Sluit de ronde", Wie.BEHEERDER),
        ("gesloten", "open", "Heropen de ronde", Wie.BEHEERDER, True),
    ),
    "rapport": _tabel(
        ("concept", "wederhoor", "Leg voor in wederhoor", Wie.ANALIST),
        ("wederhoor", "vastgesteld", "Stel het rapport vast", Wie.ANALIST),
        ("wederhoor", "concept", "Terug naar concept", Wie.ANALIST, True),
        ("vastgesteld", "aangeboden", "Bied aan de minister aan", Wie.ANALIST),
        ("vastgesteld", "concept", "Begin een erratum", Wie.ANALIST, True),
        ("aangeboden", "openbaar", "Markeer als openbaar", Wie.ANALIST),
        ("aangeboden", "concept", "Begin een erratum", Wie.ANALIST, True),
        ("openbaar", "concept", "Begin een erratum", Wie.ANALIST, True),
    ),
}


def overgangen(ding: str, van: str, naar: str) -> tuple[Overgang, ...]:
    """The transitions of this kind of thing from one status to another: one for each who may take it, none when it cannot be."""
    return tuple(o for o in OVERGANGEN[ding] if (o.van, o.naar) == (van, naar))


def mogelijk(ding: str, van: str) -> tuple[Overgang, ...]:
    """What may follow this status, in the order of the table."""
    return tuple(o for o in OVERGANGEN[ding] if o.van == van)
