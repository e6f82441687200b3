"""For the beheerder: whether the data keep their rules, when the last backup was made, and the logboek as a file."""

from datetime import timedelta

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspectie.controle import CONTROLES, controleer
from rapportage.export import csv
from regio import logboek
from regio.forms.logboek import LogboekFormulier
from regio.gebeurtenissen import BACKUP, LOGBOEK, Geheel, leg_vast
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist

HOOGSTENS = 50  # of one rule on the page; the command names all
VERS = timedelta(days=2)  # a nightly backup that is older was missed
BACKUPS = 10


@recht_vereist(Recht.LOGBOEK_ZIEN)
@require_safe
def controle(request):
    """Every rule that does not hold, with where it is mended. `alles` also reads documents, fotomomenten and editions again."""
    alles = request.GET.get("alles") == "ja"
    uitslagen = [uitslag for uitslag in controleer(ook_zwaar=alles) if uitslag.overtredingen]
    gemaakt = Gebeurtenis.objects.filter(ding_soort=BACKUP, naar="")
    laatste = gemaakt.first()
    context = {
        "alles": alles,
        "uitslagen": [
            {
                "controle": uitslag.controle,
                "overtredingen": uitslag.overtredingen[:HOOGSTENS],
                "meer": max(0, len(uitslag.overtredingen) - HOOGSTENS),
            }
            for uitslag in uitslagen
        ],
        "aantal": sum(len(uitslag.overtredingen) for uitslag in uitslagen),
        "gehouden": [
            regel for regel in CONTROLES if (alles or not regel.zwaar) and regel not in [u.controle for u in uitslagen]
        ],
        "overgeslagen": [regel for regel in CONTROLES if regel.zwaar and not alles],
        "laatste": laatste,
        "oud": laatste is not None and timezone.now() - laatste.wanneer > VERS,
        "backups": Gebeurtenis.objects.filter(ding_soort=BACKUP)[:BACKUPS],
    }
    return render(request, "inspectie/controle.html", context)


@recht_vereist(Recht.LOGBOEK_ZIEN)
@require_safe
def logboek_csv(request):
    """Exactly the rows that the page shows with these filters, the newest first; that it was downloaded is a row as well."""
    form = LogboekFormulier(request.GET)
    if not form.is_valid():  # no file over other rows than were asked
        raise Http404("Dit bestand is er niet.")
    rijen, _ = logboek.tot_en_met(logboek.zoek(**form.cleaned_data), request.GET.get("stand", ""))
    leg_vast(Geheel(LOGBOEK, f"({form.omschreven()})"), Gebeurtenis.Soort.UITVOER, request.user, naar="csv")
    return StreamingHttpResponse(
        csv.stroom(logboek.KOLOMMEN, logboek.als_rijen(rijen)),
        content_type=csv.MEDIATYPE,
        headers={
            "Content-Disposition": f'attachment; filename="logboek-{timezone.localdate():%Y-%m-%d}.csv"',
            "Cache-Control": "private, no-store",
        },
    )
