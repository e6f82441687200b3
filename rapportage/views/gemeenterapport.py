"""The gemeenterapport as a file, from the page of its dossier."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from rapportage import gemeenterapport as document
from rapportage.drukpers import NietGedrukt
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from regio.rechten import recht_vereist
from vragenlijst.views.dossier import DOSSIERRECHTEN, haal_dossier


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def gemeenterapport(request, pk: int):
    """The report for one municipality; what cannot be printed is said on the page of the dossier."""
    dossier = haal_dossier(request, pk)
    try:
        inhoud = document.pdf_van_dossier(dossier)
    except NietGedrukt as weigering:
        messages.error(request, str(weigering))
        return redirect(dossier)
    leg_vast(dossier, Gebeurtenis.Soort.UITVOER, request.user, naar="gemeenterapport", dossier_id=dossier.pk)
    naam = document.bestandsnaam(dossier)
    return HttpResponse(
        inhoud,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "private, no-store"},
    )
