"""How far a round is: for who keeps it and for who will write about it."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapportage.forms.voortgang import Voortgangsfilter
from rapportage.onderdrukking import DREMPEL
from rapportage.queries.voortgang import voortgang
from regio.rechten import Recht, recht_vereist
from vragenlijst.models import Dossier
from vragenlijst.views.rondes import haal_ronde

PER_PAGINA = 50


@require_safe
@recht_vereist(Recht.RONDE_ZIEN)
def ronde_voortgang(request, slug: str):
    ronde = haal_ronde(slug)
    stand = voortgang(ronde, timezone.localdate())
    form = Voortgangsfilter(request.GET, voortgang=stand)
    pagina = Paginator(form.gevonden(), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "ronde": ronde,
        "stand": stand,
        "form": form,
        "pagina": pagina,
        "gefilterd": any(form.cleaned_data.values()),
        "statussen": Dossier.Status.labels,
        "drempel": DREMPEL,
    }
    return render(request, "rapportage/voortgang.html", context)
