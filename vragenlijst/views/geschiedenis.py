"""The history of a dossier: who did what, when and why, for who may read the dossier."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regio.rechten import recht_vereist
from vragenlijst.forms.geschiedenis import GeschiedenisForm
from vragenlijst.queries import geschiedenis as queries_geschiedenis
from vragenlijst.views.dossier import DOSSIERRECHTEN, haal_dossier

PER_PAGINA = 50


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def dossier_geschiedenis(request, pk: int):
    dossier = haal_dossier(request, pk)
    form = GeschiedenisForm(request.GET, mensen=queries_geschiedenis.mensen(dossier))
    gevonden = queries_geschiedenis.gebeurtenissen(dossier, form.zoekvraag())
    pagina = Paginator(gevonden, PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(
        request,
        "vragenlijst/dossier_geschiedenis.html",
        {
            "dossier": dossier,
            "form": form,
            "pagina": pagina,
            "dagen": queries_geschiedenis.per_dag(dossier, pagina.object_list),
            "gezocht": any(request.GET.get(naam) for naam in form.fields),
        },
    )
