"""The logboek: who did what, when, for the beheerder."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regio import logboek
from regio.forms.logboek import LogboekFormulier
from regio.rechten import Recht, recht_vereist

PER_PAGINA = 50


@recht_vereist(Recht.LOGBOEK_ZIEN)
@require_safe
def logboek_zien(request):
    form = LogboekFormulier(request.GET)
    geldig = form.is_valid()
    gevonden = logboek.zoek(**form.cleaned_data) if geldig else logboek.zoek().none()
    gevonden, laatste = logboek.tot_en_met(gevonden, request.GET.get("stand", ""))
    request.GET = request.GET.copy()
    request.GET["stand"] = laatste  # the links to other pages and to the file speak of the same rows
    pagina = Paginator(gevonden, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "geldig": geldig,
        "gezocht": any(form.cleaned_data.values()),
        "pagina": pagina,
        "regels": logboek.regels(pagina.object_list),
    }
    return render(request, "regio/logboek.html", context)
