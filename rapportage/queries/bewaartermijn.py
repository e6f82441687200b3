"""When the term for personal data of a round begins: with the end of its wederhoor (design 4.10)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max
from django.utils import timezone

from rapportage.models import Rapport
from regio.models import Gebeurtenis
from vragenlijst.bewaartermijn import Begin
from vragenlijst.models import Ronde

LOOPT_NOG = "Het rapport is nog niet vastgesteld: het wederhoor kan nog komen of loopt nog."
NA_WEDERHOOR = "het einde van het wederhoor"
NA_SLUITEN = "het sluiten van de ronde (er is geen rapport)"


def begin_van_de_termijn(rondes: Iterable[Ronde]) -> dict[int, Begin]:
    """Of these closed rounds. Without a report there is no wederhoor to wait for: then the term runs from the closing.

    A round that was closed again after the wederhoor counts from that later day. Two queries.
    """
    nummers = [ronde.pk for ronde in rondes]
    rapporten = {rapport.ronde_id: rapport for rapport in Rapport.objects.filter(ronde__in=nummers)}
    gesloten = dict(
        Gebeurtenis.objects.filter(ding_soort="ronde", ding_id__in=nummers, naar=Ronde.Status.GESLOTEN)
        .order_by()
        .values_list("ding_id")
        .annotate(Max("wanneer"))
    )
    return {pk: _begin(rapporten.get(pk), timezone.localdate(gesloten[pk])) for pk in nummers if pk in gesloten}


def _begin(rapport: Rapport | None, gesloten: date) -> Begin:
    if rapport is None:
        return Begin(gesloten, NA_SLUITEN)
    if rapport.te_bewerken:
        return Begin(None, LOOPT_NOG)
    if rapport.wederhoor_tot is None or rapport.wederhoor_tot < gesloten:
        return Begin(gesloten, "het sluiten van de ronde, later dan het wederhoor")
    return Begin(rapport.wederhoor_tot, NA_WEDERHOOR)
