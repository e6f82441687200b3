"""The instrument as an inspector reads it: questionnaire and norms. Nothing is changed here."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from regio.rechten import Recht, recht_vereist
from vragenlijst import queries_instrument
from vragenlijst.models import Instrument


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrumenten(request):
    lijst = queries_instrument.instrumenten_met_aantallen()
    return render(request, "vragenlijst/instrument/instrumenten.html", {"instrumenten": lijst})


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrument(request, code: str, versie: int):
    instrument = get_object_or_404(Instrument, code=code, versie=versie)
    delen = queries_instrument.delen(instrument)
    return render(
        request,
        "vragenlijst/instrument/instrument.html",
        {
            "instrument": instrument,
            "delen": delen,
            "leemten": [norm for deel in delen for norm in deel.normen if norm.is_leemte],
            "actorgroepen": instrument.actorgroepen.all(),
        },
    )
