"""The analist's pages on a development: two rounds compared, one question or norm of them, and what became of intentions."""

from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rapportage import scherm, scherm_trend, tabellen_trend, trendtekst
from rapportage.export import csv
from rapportage.export.ontwikkeling import KOLOMMEN, rijen
from rapportage.forms.trend import Lotfilter, Paarfilter, TrendForm
from rapportage.queries import trend as queries_trend
from rapportage.trend import Ontwikkeling
from rapportage.uitkomst import ALLE
from rapportage.weergave_trend import GEMEENTEN, Trendweergave
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.models import Ronde

PER_PAGINA = 50


def _ronde(slug: str) -> Ronde:
    return get_object_or_404(Ronde.objects.select_related("instrument", "vorige__instrument"), slug=slug)


def _rondes(ronde: Ronde) -> list[Ronde]:
    """Those to compare with, the one that it follows first."""
    return sorted(queries_trend.eerdere_rondes(ronde), key=lambda ander: ander != ronde.vorige)


def _basis(request, ronde: Ronde, rondes: list[Ronde]) -> dict:
    """What all pages of a development share: the choices, and the comparison."""
    form = TrendForm(request.GET, ronde=ronde, rondes=rondes)
    weergave = form.weergave
    vergeleken = queries_trend.ontwikkeling(ronde, weergave.toen, weergave.indeling, naar_nu=weergave.naar_nu)
    return {
        "ronde": ronde,
        "form": form,
        "weergave": weergave,
        "vergeleken": vergeleken,
        "rondenamen": trendtekst.rondenamen(vergeleken),
        "kring": trendtekst.kring(vergeleken),
        "voetnoten": trendtekst.noten_met_namen(vergeleken),
    }


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def ontwikkeling(request, slug):
    """Everything that can be compared with an earlier round."""
    ronde = _ronde(slug)
    rondes = _rondes(ronde)
    if not rondes:
        return render(request, "rapportage/ontwikkeling.html", {"ronde": ronde})
    context = _basis(request, ronde, rondes)
    vergeleken, weergave = context["vergeleken"], context["weergave"]
    context["onderdelen"] = scherm_trend.onderdelen(vergeleken, weergave)
    context["lot"] = queries_trend.lot_van_intenties(ronde).telling if weergave.toen == ronde.vorige else None
    return render(request, "rapportage/ontwikkeling.html", context)


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def ontwikkeling_vraag(request, slug, code):
    """One question or norm: who went from which answer to which, and the dossiers of each."""
    ronde = _ronde(slug)
    rondes = _rondes(ronde)
    if not rondes:
        raise Http404("Er is geen eerdere ronde.")
    context = _basis(request, ronde, rondes)
    vergeleken, weergave = context["vergeleken"], context["weergave"]
    try:
        regel = vergeleken.regel(code)
    except KeyError as fout:
        raise Http404("Deze vraag is er niet.") from fout
    codes = [ander.code for ander in vergeleken.regels if ander.is_norm == regel.is_norm]
    context |= {
        "regel": regel,
        "terug": weergave.overzicht,
        "buren": scherm.buren(codes, code, weergave.regel),
    }
    if regel.vergelijkbaar:
        context |= _vergelijking(request, ronde, vergeleken, regel, weergave, context["rondenamen"])
    return render(request, "rapportage/ontwikkeling_vraag.html", context)


def _vergelijking(request, ronde: Ronde, vergeleken: Ontwikkeling, regel, weergave: Trendweergave, namen) -> dict:
    """The figures of one question that can be compared, and the pairs that were asked for."""
    filters = Paarfilter(request.GET, vergeleken=vergeleken, regel=regel, namen=namen)
    groep = filters.gekozen("groep") or ALLE.code
    plek = [groep.code for groep in vergeleken.groepen].index(groep)
    alle = queries_trend.paarregels(vergeleken, regel, ronde)
    gekozen = list(filters.kies(alle))
    pagina = Paginator(gekozen, PER_PAGINA).get_page(request.GET.get("pagina"))
    figuur, tabel = scherm_trend.verdeling(regel, vergeleken)
    return {
        "filters": filters,
        "groep": vergeleken.groepen[plek],
        "telling": regel.per_groep[plek],
        "matrix": scherm_trend.matrix(regel, regel.per_groep[plek], groep, weergave),
        "noot": trendtekst.noot_bij_regel(regel, weergave.toen.naam),
        "figuur": figuur,
        "tabel": tabel,
        "aantal": len(gekozen),
        "pagina": pagina,
        "paren": [(paar, regel.naam(paar.van), regel.naam(paar.naar)) for paar in pagina],
        "totaal": len(alle),
        "alles": weergave.regel(regel.code, GEMEENTEN),
        "anker": "beoordelingen" if regel.is_norm else "bevindingen",
    }


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def ontwikkeling_intenties(request, slug):
    """What became of the intentions of the round before: of those marked, and of the answer *intentie* (V08/01, Vervolg)."""
    ronde = _ronde(slug)
    if not ronde.vorige:
        return render(request, "rapportage/ontwikkeling_intenties.html", {"ronde": ronde})
    context = _basis(request, ronde, _rondes(ronde))
    lot = queries_trend.lot_van_intenties(ronde)
    form = Lotfilter(request.GET)
    pagina = Paginator(list(form.kies(lot)), PER_PAGINA).get_page(request.GET.get("pagina"))
    context |= {
        "terug": context["weergave"].overzicht,
        "lot": lot.telling,
        "lotform": form,
        "gevallen": pagina,
        "pagina": pagina,
        "tabel": scherm.tabel(tabel, voet=1)
        if (tabel := tabellen_trend.lottabel(lot.telling, ronde.vorige.naam))
        else None,
        "antwoorden": scherm_trend.intenties(context["vergeleken"], context["weergave"]),
    }
    return render(request, "rapportage/ontwikkeling_intenties.html", context)


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def ontwikkeling_csv(request, slug):
    """The comparison as it is shown, as a file; who downloaded it is recorded."""
    ronde = _ronde(slug)
    rondes = _rondes(ronde)
    if not rondes:
        raise Http404("Er is geen eerdere ronde.")
    context = _basis(request, ronde, rondes)
    if context["form"].errors:  # no file over another choice than was asked
        raise Http404("Deze keuze is er niet.")
    vergeleken = context["vergeleken"]
    leg_vast(ronde, Gebeurtenis.Soort.UITVOER, request.user, naar="ontwikkeling")
    naam = f"ontwikkeling-{vergeleken.toen.slug}-{vergeleken.nu.slug}.csv"
    return StreamingHttpResponse(
        csv.stroom(KOLOMMEN, rijen(vergeleken)),
        content_type=csv.MEDIATYPE,
        headers={"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "private, no-store"},
    )
