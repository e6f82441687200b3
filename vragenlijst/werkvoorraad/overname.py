"""Work that was handed over: whose it was, told to who has it now until they begin on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.models import Dossier

DAGEN = 21  # after so long it is no news any more
PLAATSEN = ("inspecteur", "tweede inspecteur", "toetser")  # as the history of a dossier names them


@dataclass(frozen=True)
class Overname:
    van: str
    wanneer: datetime

    @property
    def tekst(self) -> str:
        return f"Overgenomen van {self.van} op {date_format(timezone.localtime(self.wanneer), 'j F')}"


def overnames(dossiers: Iterable[Dossier], gebruiker: Gebruiker) -> dict[int, Overname]:
    """By dossier, as long as this person has done nothing in it since. Two queries."""
    pks = [dossier.pk for dossier in dossiers]
    regels = Gebeurtenis.objects.filter(
        ding_soort="dossier",
        soort=Gebeurtenis.Soort.GEWIJZIGD,
        ding_id__in=pks,
        wanneer__gte=timezone.now() - timedelta(days=DAGEN),
    ).order_by("pk")
    gevonden: dict[int, tuple[int, Overname]] = {}
    for pk, dossier, wanneer, wijzigingen in regels.values_list("pk", "ding_id", "wanneer", "wijzigingen"):
        for plaats in PLAATSEN:
            oud, nieuw = wijzigingen.get(plaats) or (None, None)
            if oud and nieuw == str(gebruiker):
                gevonden[dossier] = pk, Overname(oud, wanneer)
    gedaan = dict(
        Gebeurtenis.objects.filter(wie=gebruiker, dossier_id__in=list(gevonden))
        .order_by()
        .values_list("dossier_id")
        .annotate(Max("pk"))
    )
    return {dossier: overname for dossier, (pk, overname) in gevonden.items() if gedaan.get(dossier, 0) < pk}
