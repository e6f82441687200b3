"""Municipalities through time: search, look, and the beheerder's changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from regio import actions, deelname, kaarten, queries
from regio.forms.gemeenten import (
    GemeenteFormulier,
    GemeenteNieuwFormulier,
    GemeenteZoekFormulier,
    KenmerkenFormulier,
    LidmaatschapEindeFormulier,
    LidmaatschapFormulier,
)
from regio.models import Gemeente, Kenmerken, Lidmaatschap
from regio.rechten import Recht, recht_vereist
from regio.views.formulierpagina import met_datum, opslaan, toon_formulier

PER_PAGINA = 25
LIJST = {"lijst_naam": "Gemeenten", "lijst_adres": "gemeenten"}


@recht_vereist(Recht.REFERENTIE_ZIEN)
@require_safe
def gemeenten(request):
    bijgewerkt = queries.bijgewerkt_tot()
    begin = min(bijgewerkt, timezone.localdate())  # a list of next year is there to see, not to begin with
    form = GemeenteZoekFormulier(met_datum(request.GET, begin))
    geldig = form.is_valid()
    zoek = form.cleaned_data if geldig else {}
    datum = zoek.get("datum") or begin
    gevonden = queries.zoek_gemeenten(
        datum,
        tekst=zoek.get("q", ""),
        provincie=zoek.get("provincie"),
        klasse=zoek.get("klasse"),
        voortrekker={"ja": True, "nee": False}.get(zoek.get("voortrekker")),
    )
    if not geldig:
        gevonden = gevonden.none()  # a search that cannot be read finds nothing: everything would look like its answer
    pagina = Paginator(gevonden, PER_PAGINA).get_page(request.GET.get("pagina"))
    fictief = gevonden.filter(fictief=True).count()
    context = {
        "form": form,
        "echt": pagina.paginator.count - fictief,
        "fictief": fictief,
        "pagina": pagina,
        "rijen": queries.gemeenterijen(pagina.object_list, datum),
        "datum": datum,
        "bijgewerkt": bijgewerkt,
        "peildata": queries.veranderdata(),
        "geldig": geldig,
        "andere_dag": queries.op_een_andere_dag(zoek.get("q", ""), datum),
        "gezocht": any(zoek.get(naam) not in (None, "") for naam in ("q", "provincie", "klasse", "voortrekker")),
    }
    return render(request, "regio/gemeenten.html", context)


@recht_vereist(Recht.REFERENTIE_ZIEN)
@require_safe
def gemeente(request, code):
    gemeente = get_object_or_404(Gemeente, code=code)
    mag_wijzigen = request.user.heeft(Recht.REFERENTIE_BEHEREN)
    voorlijn, nalijn = queries.lijn(gemeente)
    context = {
        "gemeente": gemeente,
        "kenmerken": gemeente.kenmerken.order_by("-geldig_van"),
        "lidmaatschappen": gemeente.lidmaatschappen.select_related("regio").order_by("regio__soort", "geldig_van"),
        "voorgangers": [stap for stap in voorlijn if stap.nieuw_id == gemeente.pk],
        "opvolgers": [stap for stap in nalijn if stap.oud_id == gemeente.pk],
        "lijn": [*voorlijn, *nalijn],
        "kaart": kaarten.kaart_van_gemeente(gemeente, timezone.localdate()),
        "deelnames": deelname.deelnames(gemeente, request.user),
        "geschiedenis": queries.geschiedenis(gemeente) if mag_wijzigen else [],
    }
    return render(request, "regio/gemeente.html", context)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def gemeente_nieuw(request):
    form = GemeenteNieuwFormulier(_data(request))
    if request.method == "POST" and opslaan(form, lambda: actions.bewaar(form, request.user)):
        messages.success(request, f"{form.instance} is toegevoegd. Vul nu de kenmerken en de provincie in.")
        return redirect(form.instance)
    return toon_formulier(request, form, titel="Gemeente toevoegen", terug=reverse("gemeenten"), **LIJST)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def gemeente_wijzigen(request, code):
    gemeente = get_object_or_404(Gemeente, code=code)
    form = GemeenteFormulier(_data(request), instance=gemeente)
    if request.method == "POST" and opslaan(form, lambda: actions.bewaar(form, request.user)):
        messages.success(request, f"{gemeente} is opgeslagen.")
        return redirect(gemeente)
    huidig = Gemeente.objects.get(pk=gemeente.pk)
    return toon_formulier(request, form, titel=f"{huidig} wijzigen", terug=huidig, **LIJST)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def kenmerken_nieuw(request, code):
    gemeente = get_object_or_404(Gemeente, code=code)
    huidig = gemeente.kenmerken.filter(geldig_tot=None).order_by("geldig_van").last()
    # What seldom changes starts as it is: a new number of inhabitants does not end a voortrekker by accident.
    initial = {"randstad": huidig.randstad, "voortrekker": huidig.voortrekker} if huidig else {}
    form = KenmerkenFormulier(
        _data(request), instance=Kenmerken(gemeente=gemeente, **initial), initial=initial, drager=gemeente
    )
    uitleg = huidig and (
        f"Nu gelden de kenmerken vanaf {huidig.geldig_van:%d-%m-%Y}. Begint de nieuwe periode later, dan eindigen die vanzelf op "
        "haar begindatum."
    )
    titel = f"Kenmerken van {gemeente} toevoegen"
    return _onderdeel(request, form, gemeente, titel, "De kenmerken zijn toegevoegd.", uitleg=uitleg or "")


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def kenmerken_wijzigen(request, code, pk):
    gemeente = get_object_or_404(Gemeente, code=code)
    kenmerken = get_object_or_404(gemeente.kenmerken, pk=pk)
    form = KenmerkenFormulier(_data(request), instance=kenmerken, drager=gemeente)
    return _onderdeel(request, form, gemeente, f"Kenmerken van {gemeente} wijzigen", "De kenmerken zijn opgeslagen.")


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def lidmaatschap_nieuw(request, code):
    gemeente = get_object_or_404(Gemeente, code=code)
    form = LidmaatschapFormulier(_data(request), instance=Lidmaatschap(gemeente=gemeente), drager=gemeente)
    return _onderdeel(
        request, form, gemeente, f"Lidmaatschap van {gemeente} toevoegen", "Het lidmaatschap is toegevoegd."
    )


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def lidmaatschap_beeindigen(request, code, pk):
    gemeente = get_object_or_404(Gemeente, code=code)
    lid = get_object_or_404(gemeente.lidmaatschappen.select_related("regio"), pk=pk)
    form = LidmaatschapEindeFormulier(_data(request), instance=lid, drager=gemeente)
    titel = f"Lidmaatschap van {gemeente} van {lid.regio} beëindigen"
    return _onderdeel(request, form, gemeente, titel, f"Het lidmaatschap van {lid.regio} is beëindigd.", "Beëindigen")


def _onderdeel(request, form, gemeente: Gemeente, titel: str, bericht: str, knop: str = "Opslaan", uitleg: str = ""):
    """A form about something that belongs to a municipality: its version and its history are the municipality's."""
    if request.method == "POST" and opslaan(form, lambda: actions.bewaar(form, request.user, gemeente)):
        messages.success(request, bericht)
        return redirect(gemeente)
    return toon_formulier(request, form, titel=titel, terug=gemeente, knop=knop, uitleg=uitleg, **LIJST)


def _data(request):
    return request.POST if request.method == "POST" else None
