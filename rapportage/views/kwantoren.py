"""The words for quantities: the beheerder's standard, and the table of a round until it stands firm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rapportage.actions_kwantoren import banden_opslaan
from rapportage.forms.kwantoren import Bandenform
from rapportage.kwantoren import bereik_in_woorden
from rapportage.queries_kwantoren import banden_van, bandenzegel, bevroren
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Ronde
from vragenlijst.views.rondes import haal_ronde


@recht_vereist(Recht.RONDE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def kwantoren(request):
    """The standard that a round copies when it is opened."""
    return _bewerk(request, None, "kwantoren")


@recht_vereist(Recht.RONDE_ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def ronde_kwantoren(request, slug):
    """The table of one round: to read for the analist, to change for the beheerder until there is a fotomoment."""
    ronde = haal_ronde(slug)
    if request.user.heeft(Recht.RONDE_BEHEREN) and not bevroren(ronde):
        return _bewerk(request, ronde, "ronde_kwantoren", slug)
    if request.method == "POST":
        if not request.user.heeft(Recht.RONDE_BEHEREN):
            raise PermissionDenied
        messages.warning(request, "Deze ronde heeft een fotomoment: haar hoeveelheidswoorden staan vast.")
    return _toon(request, ronde, None)


def _bewerk(request, ronde: Ronde | None, *terug: str):
    form = Bandenform(request.POST if request.method == "POST" else None, banden_van(ronde))
    gezien, weigering, conflict = request.POST.get("gezien", ""), "", False
    if form.is_valid():
        try:
            banden_opslaan(ronde, form.banden, gezien, request.user)
            messages.success(request, "De hoeveelheidswoorden zijn opgeslagen.")
            return redirect(*terug)
        except Geweigerd as fout:
            weigering = str(fout)
        except Conflict:
            conflict = True
    return _toon(request, ronde, form, weigering, conflict)


def _toon(request, ronde: Ronde | None, form: Bandenform | None, weigering: str = "", conflict: bool = False):
    banden = banden_van(ronde)
    fouten = form.fouten if form and form.gebonden else []
    context = {
        "ronde": ronde,
        "form": form,
        "fouten": fouten,
        "weigering": weigering,
        "conflict": conflict,
        "zegel": bandenzegel(banden),
        "bevroren": bevroren(ronde),
        "banden": [(band.woord, bereik_in_woorden(band, banden)) for band in banden],
    }
    status = 409 if conflict else 422 if fouten or weigering else 200
    return render(request, "rapportage/kwantoren.html", context, status=status)
