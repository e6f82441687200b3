"""Regions by kind, and the municipalities in them on a date."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from regio import actions, kaarten, queries
from regio.forms.gemeenten import DatumFormulier
from regio.forms.regios import RegioFormulier, RegioNieuwFormulier
from regio.models import Regio
from regio.rechten import Recht, recht_vereist
from regio.views.formulierpagina import met_datum, opslaan, toon_formulier

LIJST = {"lijst_naam": "Regio's", "lijst_adres": "regios"}


@recht_vereist(Recht.REFERENTIE_ZIEN)
@require_safe
def regios(request):
    form, datum = _datum(request)
    context = {
        "form": form,
        "datum": datum,
        "groepen": queries.regios_met_aantal(datum),
        "peildata": queries.veranderdata(),
    }
    return render(request, "regio/regios.html", context)


@recht_vereist(Recht.REFERENTIE_ZIEN)
@require_safe
def regio(request, pk):
    regio = get_object_or_404(Regio, pk=pk)
    form, datum = _datum(request)
    leden = queries.zoek_gemeenten(datum, regio=regio)
    rijen = queries.gemeenterijen(leden, datum)
    tellend = [rij for rij in rijen if rij.fictief == regio.fictief]
    mag_wijzigen = request.user.heeft(Recht.REFERENTIE_BEHEREN)
    context = {
        "regio": regio,
        "form": form,
        "datum": datum,
        "rijen": rijen,
        "kaart": kaarten.kaart_van_regio(regio, leden.filter(fictief=regio.fictief), datum),
        "aantal": len(tellend),
        "inwoners": sum(rij.inwoners for rij in tellend if rij.inwoners is not None),
        "onbekend": sum(rij.inwoners is None for rij in tellend),
        "peildata": queries.veranderdata(),
        "geschiedenis": queries.geschiedenis(regio) if mag_wijzigen else [],
    }
    return render(request, "regio/regio.html", context)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def regio_nieuw(request):
    form = RegioNieuwFormulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and opslaan(form, lambda: actions.bewaar(form, request.user)):
        messages.success(request, f"{form.instance} is toegevoegd. Gemeenten worden lid via hun eigen pagina.")
        return redirect(form.instance)
    return toon_formulier(request, form, titel="Regio toevoegen", terug=reverse("regios"), **LIJST)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def regio_wijzigen(request, pk):
    regio = get_object_or_404(Regio, pk=pk)
    form = RegioFormulier(request.POST if request.method == "POST" else None, instance=regio)
    if request.method == "POST" and opslaan(form, lambda: actions.bewaar(form, request.user)):
        messages.success(request, f"{regio} is opgeslagen.")
        return redirect(regio)
    huidig = Regio.objects.get(pk=regio.pk)
    return toon_formulier(request, form, titel=f"{huidig} wijzigen", terug=huidig, **LIJST)


def _datum(request):
    """The date that was asked for, else that of the newest change in the table."""
    bijgewerkt = queries.bijgewerkt_tot()
    form = DatumFormulier(met_datum(request.GET, bijgewerkt))
    return form, form.cleaned_data["datum"] if form.is_valid() else bijgewerkt
