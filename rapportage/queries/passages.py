"""What a passage has been: its earlier texts, and what changed between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from rapportage.models import Passage, Passageversie, Rapport
from regio.models import Gebruiker
from vragenlijst.tekstverschil import Stuk, stukken

PAUZE = timedelta(minutes=10)  # somebody who stopped longer than this began anew
LANG = timedelta(minutes=30)  # and so did who went on longer than this
VEEL_WEG = 200  # characters gone at once: the text before is worth showing by itself


def passages_van(rapport: Rapport) -> QuerySet[Passage]:
    """The passages in the order of the report, each with its number of open aantekeningen (`open_aantekeningen`)."""
    nog_open = Count("aantekeningen", filter=Q(aantekeningen__afgehandeld_op=None))
    return rapport.passages.select_related("onderdeel", "gewijzigd_door", "rapport__ronde").annotate(
        open_aantekeningen=nog_open
    )


@dataclass(frozen=True)
class Eerdere:
    """A text that a passage has had, or has, and what was changed in it since the one before."""

    nummer: int
    tekst: str
    wie: Gebruiker | None
    wanneer: datetime
    verschil: Sequence[Stuk]
    is_huidig: bool


def versies_van(passage: Passage) -> list[Eerdere]:
    """The texts of this passage, the latest first. It is saved while somebody types: a sitting is one text, its last."""
    getoond = list(_zittingen(list(passage.versies.select_related("wie"))))
    vorige = [None, *getoond[:-1]]
    return [
        Eerdere(
            nummer=rij.versie,
            tekst=rij.tekst,
            wie=rij.wie,
            wanneer=rij.wanneer,
            verschil=stukken(eerder.tekst, rij.tekst) if eerder else (),
            is_huidig=rij.versie == passage.versie,
        )
        for eerder, rij in zip(vorige, getoond, strict=True)
    ][::-1]


def _zittingen(rijen: list[Passageversie]) -> Iterator[Passageversie]:
    """The versions to show: the first, the last of every sitting, and each that lost much of its text right after."""
    begin = None
    for rij, volgende in zip(rijen, [*rijen[1:], None], strict=True):
        begin = begin or rij
        samen = (
            volgende
            and rij.versie > 1
            and volgende.wie_id == rij.wie_id
            and volgende.wanneer - rij.wanneer <= PAUZE
            and volgende.wanneer - begin.wanneer <= LANG
            and len(rij.tekst) - len(volgende.tekst) < VEEL_WEG
        )
        if not samen:
            yield rij
            begin = None
