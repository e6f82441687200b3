"""What each group of actors said: interviews counted, not municipalities."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage import scherm
from rapportage.forms.weergave import GesprekForm
from rapportage.indelingen import indelingen
from rapportage.queries import gesprekken as queries_gesprekken
from rapportage.views.uitkomsten import PER_PAGINA, ronde_van, vraag_van
from regio.rechten import Recht, recht_vereist


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def gesprekken(request, slug):
    """The counts of a round by group of actors, and the interviews behind one figure when that is asked."""
    ronde = ronde_van(slug)
    actoren = queries_gesprekken.gespreksindelingen(ronde)
    form = GesprekForm(request.GET, slug=slug, indelingen=indelingen(ronde), actoren=actoren)
    weergave = form.weergave
    geteld = queries_gesprekken.gesprekken(ronde, weergave.indeling, weergave.selectie)
    context = {
        "ronde": ronde,
        "form": form,
        "geteld": geteld,
        "onderdelen": scherm.gespreksonderdelen(geteld, weergave),
        "alles": weergave.gesprekken(),
    }
    if code := request.GET.get("vraag"):
        vraag = vraag_van(ronde, code)
        antwoord, groep = request.GET.get("antwoord", ""), request.GET.get("groep", "")
        if naam := scherm.gespreksfiguur(geteld.vraag(code), antwoord, groep):
            regels = queries_gesprekken.gespreksregels(
                ronde, vraag, weergave.indeling, weergave.selectie, antwoord, groep
            )
            pagina = Paginator(list(regels), PER_PAGINA).get_page(request.GET.get("pagina"))
            context |= {"vraag": vraag, "figuur": naam, "regels": pagina, "pagina": pagina}
    return render(request, "rapportage/gesprekken.html", context)
