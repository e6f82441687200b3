"""How far dossiers are, counted for many at once."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils import timezone

from vragenlijst import queries, routing
from vragenlijst.models import Aandachtspunt, Beoordeling, Bevinding, Dossier, Interview, Vraag

GEPLAND, VERVALLEN = Interview.Status.GEPLAND, Interview.Status.VERVALLEN


@dataclass(frozen=True)
class Werk:
    """A dossier with its counts. All counts are over this one dossier."""

    dossier: Dossier
    gesprekken: tuple[Interview, ...]  # all, also those that fell through
    bevindingen: int  # settled, asked, and not to be looked at again
    te_herzien: int  # settled and asked, with an answer under them that changed
    gevraagd: int  # questions asked, given the findings so far; not those that need no answer and have none
    beoordeeld: int  # judged, and not to be looked at again
    oordelen_te_herzien: int  # judged, with a finding or a document under it that changed
    normen: int

    @property
    def lopend(self) -> list[Interview]:
        """The interviews that did not fall through."""
        return [i for i in self.gesprekken if i.status != VERVALLEN]

    @property
    def interviews(self) -> int:
        return len(self.lopend)

    @property
    def interviews_gehouden(self) -> int:
        return sum(i.status != GEPLAND for i in self.lopend)

    def met_status(self, status: str) -> int:
        """The number of interviews in this status."""
        return sum(i.status == status for i in self.gesprekken)

    @property
    def volgende(self) -> Interview | None:
        """The planned interview that comes first; one without a date comes last."""
        gepland = [i for i in self.gesprekken if i.status == GEPLAND]
        vandaag = timezone.localdate()
        return min(gepland, key=lambda i: (i.datum is None, i.datum or vandaag, i.pk), default=None)


def van_dossiers(dossiers: list[Dossier]) -> list[Werk]:
    """Counts for these dossiers, in six queries however many there are."""
    instrumenten = {dossier.ronde.instrument_id for dossier in dossiers}
    interviews: dict[int, list[Interview]] = defaultdict(list)
    for interview in Interview.objects.filter(dossier__in=dossiers).select_related("actorgroep"):
        interviews[interview.dossier_id].append(interview)
    bevindingen: dict[int, list[tuple]] = defaultdict(list)
    rijen = Bevinding.objects.filter(dossier__in=dossiers).order_by()
    for dossier_id, *bevinding in rijen.values_list("dossier", "vraag__code", "keuze__code", "te_herzien"):
        bevindingen[dossier_id].append(bevinding)
    beoordeeld = Counter(
        Beoordeling.objects.filter(dossier__in=dossiers).order_by().values_list("dossier", "te_herzien")
    )
    normen = Counter(
        Aandachtspunt.objects.filter(onderdeel__instrument__in=instrumenten)
        .order_by()
        .values_list("onderdeel__instrument", flat=True)
    )
    voorwaarden = queries.voorwaarden_per_instrument(instrumenten)
    vrij: dict[int, set[str]] = defaultdict(set)
    niet_verplicht = Vraag.objects.filter(onderdeel__instrument__in=instrumenten, verplicht=False).order_by()
    for instrument, code in niet_verplicht.values_list("onderdeel__instrument", "code"):
        vrij[instrument].add(code)
    return [
        _werk(
            dossier,
            interviews[dossier.pk],
            bevindingen[dossier.pk],
            (beoordeeld[dossier.pk, False], beoordeeld[dossier.pk, True]),
            normen[dossier.ronde.instrument_id],
            voorwaarden[dossier.ronde.instrument_id],
            vrij[dossier.ronde.instrument_id],
        )
        for dossier in dossiers
    ]


def _werk(
    dossier, interviews, bevindingen, oordelen: tuple[int, int], normen: int, voorwaarden, vrij: set[str]
) -> Werk:
    gevraagd = routing.gevraagd(voorwaarden, {code: keuze for code, keuze, _ in bevindingen if keuze})
    tellend = [te_herzien for code, _, te_herzien in bevindingen if code in gevraagd]
    return Werk(
        dossier=dossier,
        gesprekken=tuple(interviews),
        bevindingen=tellend.count(False),
        te_herzien=tellend.count(True),
        gevraagd=len(gevraagd - (vrij - {code for code, _, _ in bevindingen})),
        beoordeeld=oordelen[0],
        oordelen_te_herzien=oordelen[1],
        normen=normen,
    )
