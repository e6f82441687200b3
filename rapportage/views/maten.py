"""From a figure to the dossiers under it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage.forms import MaatForm
from rapportage.queries import maatdossiers as queries_maatdossiers
from rapportage.queries.bewoording import conceptzin
from rapportage.uitspraken.ontleden import kaal
from rapportage.views.rapport import haal_ronde
from regio.rechten import Recht, recht_vereist


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def maat_dossiers(request, slug):
    """The dossiers that carry `?maat=…` and those of the same denominator that do not; without a maat, the form that asks for one."""
    ronde = haal_ronde(slug)
    zoek = MaatForm(request.GET if "maat" in request.GET else None)
    geteld = queries_maatdossiers.maatdossiers(ronde, zoek.cleaned_data["maat"]) if zoek.is_valid() else None
    context = {"ronde": ronde, "zoek": zoek, "geteld": geteld}
    if geteld and not geteld.meting.bezwaar:
        context["zin"] = kaal(conceptzin(ronde, geteld.maat).met_getal)
    return render(request, "rapportage/maat_dossiers.html", context)
