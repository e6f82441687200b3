"""The words for quantities: the beheerder's standard, and the table of a round until it stands firm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rapportage.actions.kwantoren import banden_opslaan
from rapportage.forms.kwantoren import Bandenform
from rapportage.kwantoren import Band, bereik_in_woorden
from rapportage.queries.kwantoren import banden_van, bandenzegel, bevroren
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
    begin, van = _begin(request.GET.get("van", ""), ronde)
    form = Bandenform(request.POST if request.method == "POST" else None, begin)
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
    return _toon(request, ronde, form, weigering, conflict, van)


def _begin(van: str, ronde: Ronde | None) -> tuple[tuple[Band, ...], str]:
    """(the table to start from, whose it is): that of the round itself, or the standard or that of the round before when asked."""
    if ronde is not None and van == "standaard":
        return banden_van(None), "de standaard"
    if ronde is not None and ronde.vorige and van == "vorige":
        return banden_van(ronde.vorige), f"de tabel van {ronde.vorige}"
    return banden_van(ronde), ""


def _toon(
    request, ronde: Ronde | None, form: Bandenform | None, weigering: str = "", conflict: bool = False, van: str = ""
):
    banden = banden_van(ronde)
    fouten = form.fouten if form and form.gebonden else []
    context = {
        "ronde": ronde,
        "form": form,
        "fouten": fouten,
        "weigering": weigering,
        "conflict": conflict,
        "van": van,
        "zegel": bandenzegel(banden),
        "bevroren": bevroren(ronde),
        "banden": [(band.woord, bereik_in_woorden(band, banden)) for band in banden],
    }
    status = 409 if conflict else 422 if fouten or weigering else 200
    return render(request, "rapportage/kwantoren.html", context, status=status)
