"""Fotomomenten of a round: the versions with their seals, what changed between them, and the text itself."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rapportage.models import Fotomoment
from rapportage.queries import fotomoment as queries_fotomoment
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.views.rondes import haal_ronde


@recht_vereist(Recht.RONDE_ZIEN)
@require_safe
def fotomomenten(request, slug):
    """Who may not read dossiers sees that something differs, and where, but not what it says."""
    ronde = haal_ronde(slug)
    context = {"ronde": ronde, "versies": queries_fotomoment.versies(ronde)}
    return render(request, "rapportage/fotomomenten.html", context)


@recht_vereist(Recht.DOSSIERS_LEZEN)
@require_safe
def fotomoment_bestand(request, slug, versie):
    """The sealed text, byte for byte."""
    fotomoment = get_object_or_404(Fotomoment.objects.select_related("ronde"), ronde__slug=slug, versie=versie)
    leg_vast(fotomoment, Gebeurtenis.Soort.UITVOER, request.user, naar="json")
    naam = f"fotomoment-{fotomoment.ronde.slug}-{fotomoment.versie}.json"
    return HttpResponse(
        fotomoment.inhoud.encode(),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{naam}"'},
    )
