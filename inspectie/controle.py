"""All rules that the data must keep, from every room, and what does not keep them."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapportage import controles as van_rapportage
from regio import controles as van_regio
from regio.controle import Controle, Overtreding
from vragenlijst import controles as van_vragenlijst

CONTROLES: tuple[Controle, ...] = (*van_regio.CONTROLES, *van_vragenlijst.CONTROLES, *van_rapportage.CONTROLES)


@dataclass(frozen=True)
class Uitslag:
    controle: Controle
    overtredingen: list[Overtreding]


def controleer(*, ook_zwaar: bool = True) -> Iterator[Uitslag]:
    """Each rule with where it does not hold; without `ook_zwaar` only those that ask no more than the database."""
    for controle in CONTROLES:
        if ook_zwaar or not controle.zwaar:
            yield Uitslag(controle, list(controle.zoek()))
