"""From a figure to the dossiers under it."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage.forms import MaatForm
from rapportage.queries import maatdossiers as queries_maatdossiers
from rapportage.queries.bewoording import conceptzin
from rapportage.uitspraken.ontleden import kaal
from rapportage.views.rapport import haal_ronde
from regio.rechten import Recht, recht_vereist

PER_PAGINA = 50


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def maat_dossiers(request, slug):
    """The dossiers that carry `?maat=…` and those of the same denominator that do not; without a maat, the form that asks for one."""
    ronde = haal_ronde(slug)
    zoek = MaatForm(request.GET or None, ronde=ronde)
    geteld = queries_maatdossiers.maatdossiers(ronde, zoek.cleaned_data["maat"]) if zoek.is_valid() else None
    context = {"ronde": ronde, "zoek": MaatForm(ronde=ronde) if geteld else zoek, "geteld": geteld}
    if geteld:
        concept = conceptzin(ronde, geteld.maat)
        regels = [(kant, regel) for kant in ("voor", "tegen") for regel in getattr(geteld, kant)]
        pagina = Paginator(regels, PER_PAGINA).get_page(request.GET.get("pagina"))
        context |= {
            "woorden": concept.woorden,
            "zin": kaal(concept.met_getal),
            "pagina": pagina,
            **{kant: [regel for deze, regel in pagina if deze == kant] for kant in ("voor", "tegen")},
        }
    return render(request, "rapportage/maat_dossiers.html", context)
