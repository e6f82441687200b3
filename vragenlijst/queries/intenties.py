"""Intentions: those heard in a dossier, and those of the previous round that it follows up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from regio.models import Gemeente
from regio.queries import opvolgers_per_gemeente
from vragenlijst import queries, routing
from vragenlijst.models import Antwoord, Dossier, Intentie, Interview, Opvolging, Ronde, Vraag


@dataclass(frozen=True)
class Gehoord:
    """An intention on an answer of this dossier. `telt`: its interview was held, and asked that question."""

    intentie: Intentie
    telt: bool

    @property
    def antwoord(self) -> Antwoord:
        return self.intentie.antwoord

    @property
    def interview(self) -> Interview:
        return self.intentie.antwoord.interview


@dataclass(frozen=True)
class Punt:
    """An intention of the previous round, with what this dossier says became of it."""

    intentie: Intentie
    opvolging: Opvolging | None

    @property
    def open(self) -> bool:
        return self.opvolging is None

    @property
    def antwoord(self) -> Antwoord:
        return self.intentie.antwoord

    @property
    def vraag(self) -> Vraag:
        return self.intentie.antwoord.vraag

    @property
    def bron(self) -> Interview:
        """The interview of the previous round in which it was said."""
        return self.intentie.antwoord.interview


def van_dossier(dossier: Dossier) -> list[Gehoord]:
    """The intentions marked in this dossier, by actor group and question. Three queries."""
    intenties = list(_met_bron(Intentie.objects.filter(antwoord__interview__dossier=dossier)))
    tellend = _tellend(intenties)
    return [Gehoord(intentie, intentie.pk in tellend) for intentie in intenties]


def uit_vorige_ronde(dossier: Dossier) -> list[Punt]:
    """What this dossier is to follow up: the intentions of the previous round in its municipality or those that it followed."""
    return punten_per_dossier([dossier])[dossier.pk]


def open_intenties_per_dossier(dossiers: Iterable[Dossier]) -> dict[int, int]:
    """The number of intentions of the previous round of which it is not yet said what became of them, by pk of the dossier.

    Every dossier that was asked for is in it. The number of queries depends on the number of rounds only.
    """
    return {pk: sum(punt.open for punt in punten) for pk, punten in punten_per_dossier(dossiers).items()}


def punten_per_dossier(dossiers: Iterable[Dossier]) -> dict[int, list[Punt]]:
    """For each of these dossiers, by pk, what it is to follow up.

    An intention goes to every municipality that holds the territory of its own on the new round's peildatum: after a split to
    each of the successors. Only what counts goes along: an answer of a held interview, to a question that was asked there.
    """
    dossiers = list(dossiers)
    rondes = Ronde.objects.in_bulk({dossier.ronde_id for dossier in dossiers})
    vorige = {ronde.vorige_id for ronde in rondes.values() if ronde.vorige_id}
    per_ronde = defaultdict(list)
    for intentie in _tellende(vorige):
        per_ronde[intentie.antwoord.interview.dossier.ronde_id].append(intentie)
    naar = {ronde.pk: _bestemming(ronde, per_ronde[ronde.vorige_id]) for ronde in rondes.values()}
    opvolgingen = {
        (opvolging.dossier_id, opvolging.intentie_id): opvolging
        for opvolging in Opvolging.objects.filter(dossier__in=dossiers).select_related("gewijzigd_door")
    }
    return {
        dossier.pk: [
            Punt(intentie, opvolgingen.get((dossier.pk, intentie.pk)))
            for intentie in naar[dossier.ronde_id][dossier.gemeente_id]
        ]
        for dossier in dossiers
    }


def tellende_intenties(ronde: Ronde) -> list[Intentie]:
    """The intentions heard in this round that count."""
    return _tellende({ronde.pk})


def _bestemming(ronde: Ronde, intenties: list[Intentie]) -> dict[int, list[Intentie]]:
    """The intentions by pk of the municipality that follows them up in this round."""
    per_gemeente = defaultdict(list)
    gemeenten: set[Gemeente] = {intentie.antwoord.interview.dossier.gemeente for intentie in intenties}
    opvolgers = opvolgers_per_gemeente(gemeenten, ronde.peildatum) if gemeenten else {}
    for intentie in intenties:
        for gemeente in opvolgers[intentie.antwoord.interview.dossier.gemeente_id]:
            per_gemeente[gemeente].append(intentie)
    return per_gemeente


def _met_bron(intenties: QuerySet[Intentie]) -> QuerySet[Intentie]:
    return intenties.select_related(
        "gewijzigd_door",
        "antwoord__vraag__onderdeel",
        "antwoord__keuze",
        "antwoord__gemeente",
        "antwoord__interview__actorgroep",
        "antwoord__interview__dossier__gemeente",
        "antwoord__interview__dossier__ronde",
    ).order_by(
        "antwoord__interview__dossier__gemeente__zoeknaam",
        "antwoord__interview__actorgroep__volgorde",
        "antwoord__interview__pk",
        "antwoord__vraag__onderdeel__volgorde",
        "antwoord__vraag__volgorde",
    )


def _tellende(rondes: set[int]) -> list[Intentie]:
    """The intentions of these rounds that count."""
    if not rondes:
        return []
    intenties = list(_met_bron(Intentie.objects.filter(antwoord__interview__dossier__ronde__in=rondes)))
    tellend = _tellend(intenties)
    return [intentie for intentie in intenties if intentie.pk in tellend]


def _tellend(intenties: list[Intentie]) -> set[int]:
    """Which of these count, by pk: their answer is there still, in a held interview that asked the question."""
    if not intenties:
        return set()
    interviews = {intentie.antwoord.interview for intentie in intenties}
    gehouden = set(Interview.objects.tellend().filter(pk__in=[i.pk for i in interviews]).values_list("pk", flat=True))
    keuzes = defaultdict(dict)
    gegeven = Antwoord.objects.filter(interview__in=gehouden, keuze__isnull=False)
    for interview, vraag, keuze in gegeven.values_list("interview", "vraag__code", "keuze__code"):
        keuzes[interview][vraag] = keuze
    voorwaarden = queries.voorwaarden_per_instrument({i.dossier.ronde.instrument_id for i in interviews})
    gevraagd = {
        i.pk: routing.gevraagd(voorwaarden[i.dossier.ronde.instrument_id], keuzes[i.pk])
        for i in interviews
        if i.pk in gehouden
    }
    return {
        intentie.pk
        for intentie in intenties
        if not intentie.antwoord.is_leeg
        and intentie.antwoord.vraag.code in gevraagd.get(intentie.antwoord.interview_id, ())
    }
