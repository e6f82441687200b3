"""The gespreksverslag as a file, for the dossier's own inspectors to send to whom they spoke."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from rapportage import gespreksverslag
from rapportage.drukpers import NietGedrukt
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import leg_inzage_vast
from vragenlijst.views.interview import haal_eigen_interview


@require_safe
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def verslag_pdf(request, pk: int, nummer: int):
    """One verslag of an interview; its names make it personal data, so the download and the look are recorded."""
    interview = haal_eigen_interview(request, pk)
    verslag = get_object_or_404(interview.verslagen, nummer=nummer)
    verslag.interview = interview  # with its dossier and all, as it was fetched
    try:
        inhoud = gespreksverslag.pdf_van_verslag(verslag)
    except NietGedrukt as weigering:
        messages.error(request, str(weigering))
        return redirect(interview)
    with transaction.atomic():
        leg_vast(verslag, Gebeurtenis.Soort.UITVOER, request.user, naar="pdf", dossier_id=interview.dossier_id)
        if interview.gesprekspartners.exists():
            leg_inzage_vast(interview, request.user)
    naam = gespreksverslag.bestandsnaam(verslag)
    return HttpResponse(
        inhoud,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "private, no-store"},
    )
