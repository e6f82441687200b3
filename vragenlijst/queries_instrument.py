"""Reads of the instrument, for its own pages. A fixed number of queries, however many questions and norms it has."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from vragenlijst.models import Aandachtspunt, Instrument, Keuze, Onderdeel, Vraag
from vragenlijst.queries import onderdelen_met_vragen


def instrumenten_met_aantallen() -> QuerySet[Instrument]:
    """Every version with `aantal_vragen`, `aantal_normen` and `aantal_rondes`."""
    return Instrument.objects.annotate(
        aantal_vragen=Count("onderdelen__vragen", distinct=True),
        aantal_normen=Count("onderdelen__aandachtspunten", distinct=True),
        aantal_rondes=Count("rondes", distinct=True),
    )


@dataclass(frozen=True)
class Vraagbeeld:
    """A question; `geeft_over` are the codes of the norms that it informs."""

    vraag: Vraag
    keuzes: tuple[Keuze, ...]
    geeft_over: tuple[str, ...]

    @property
    def voorwaarde(self) -> str:
        """In words: 'alleen bij V1.3 = ja'."""
        keuze = self.vraag.voorwaarde
        return f"alleen bij {keuze.vraag.code} = {keuze.naam.lower()}" if keuze else ""


@dataclass(frozen=True)
class Normdeel:
    """A norm with the evidence it demands and the questions that inform it."""

    norm: Aandachtspunt
    bewijssoorten: tuple[str, ...]
    vragen: tuple[str, ...]

    @property
    def is_leemte(self) -> bool:
        """No question informs it: the questionnaire itself yields nothing to judge it on."""
        return not self.vragen


@dataclass(frozen=True)
class Deel:
    onderdeel: Onderdeel
    vragen: tuple[Vraagbeeld, ...]
    normen: tuple[Normdeel, ...]


def delen(instrument: Instrument) -> list[Deel]:
    """The parts of the instrument in order, each with its questions and its norms."""
    onderdelen = onderdelen_met_vragen(instrument)
    volgorde = {vraag.pk: plaats for plaats, vraag in enumerate(v for o in onderdelen for v in o.vragen.all())}
    normen: dict[int, list[Normdeel]] = defaultdict(list)
    over: dict[int, list[str]] = defaultdict(list)
    alle = Aandachtspunt.objects.filter(onderdeel__instrument=instrument).prefetch_related("bewijssoorten", "vragen")
    for norm in alle:
        vragen = sorted(norm.vragen.all(), key=lambda vraag: volgorde[vraag.pk])
        for vraag in vragen:
            over[vraag.pk].append(norm.code)
        normen[norm.onderdeel_id].append(
            Normdeel(
                norm,
                bewijssoorten=tuple(soort.naam for soort in norm.bewijssoorten.all()),
                vragen=tuple(vraag.code for vraag in vragen),
            )
        )
    return [
        Deel(
            onderdeel,
            vragen=tuple(
                Vraagbeeld(vraag, tuple(vraag.keuzes.all()), tuple(over[vraag.pk])) for vraag in onderdeel.vragen.all()
            ),
            normen=tuple(normen[onderdeel.pk]),
        )
        for onderdeel in onderdelen
    ]
