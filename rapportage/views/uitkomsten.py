"""The analist's pages of uitkomsten: all of a round, and one question or norm down to its dossiers."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rapportage import actions, queries, scherm
from rapportage.actions.themas import STAAN_VAST
from rapportage.forms import ThemaForm
from rapportage.forms.weergave import Normfilter, Vraagfilter, WeergaveForm
from rapportage.indelingen import ROL, indelingen
from rapportage.models import BEWERKBAAR, Rapport
from rapportage.queries import dossiers as queries_dossiers
from rapportage.queries import themas as queries_themas
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Aandachtspunt, Ronde, Vraag

PER_PAGINA = 50  # answers or judgements, each with its text


def ronde_van(slug: str) -> Ronde:
    return get_object_or_404(Ronde.objects.select_related("instrument", "vorige"), slug=slug)


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def uitkomsten(request, slug):
    """Everything that was counted in a round."""
    ronde = ronde_van(slug)
    form = WeergaveForm(request.GET, slug=slug, indelingen=indelingen(ronde))
    weergave = form.weergave
    geteld = queries.uitkomsten(ronde, weergave.indeling, weergave.selectie)
    context = {
        "ronde": ronde,
        "form": form,
        "uitkomsten": geteld,
        "onderdelen": scherm.onderdelen(geteld, weergave),
        "kruis": weergave.kruistabel(),
        "gesprekken": replace(weergave, indeling=ROL).gesprekken(),
        "steekproef": scherm.steekproef(queries.steekproef(ronde, weergave.selectie)),
    }
    return render(request, "rapportage/uitkomsten.html", context)


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def uitkomst_norm(request, slug, code):
    """One norm: its counts and the judgement of each dossier."""
    ronde = ronde_van(slug)
    norm = get_object_or_404(
        Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument_id).select_related("onderdeel"), code=code
    )
    context = _basis(request, ronde, norm, "norm")
    weergave = context["weergave"]
    regels = queries_dossiers.normregels(ronde, norm, weergave.indeling, weergave.selectie)
    filters = Normfilter(request.GET, weergave=weergave, uitkomst=context["uitkomst"].norm)
    gekozen = filters.kies(regels)
    pagina = Paginator(gekozen, PER_PAGINA).get_page(request.GET.get("pagina"))
    context |= {"norm": norm, "filters": filters, "regels": gekozen, "pagina": pagina, "totaal": len(regels)}
    context["voegtoe"] = _voegtoe(request, filters)
    return render(request, "rapportage/uitkomst_norm.html", context)


def _basis(request, ronde: Ronde, ding: Vraag | Aandachtspunt, soort: str) -> dict:
    """What the page of a question and that of a norm share: the count of it, how it is looked at, and its neighbours."""
    form = WeergaveForm(request.GET, slug=ronde.slug, indelingen=indelingen(ronde))
    weergave = form.weergave
    geteld = queries.uitkomsten(ronde, weergave.indeling, weergave.selectie)
    lijst = [
        uitkomst.code
        for onderdeel in geteld.onderdelen
        for uitkomst in (onderdeel.vragen if soort == "vraag" else onderdeel.normen)
    ]
    uitkomst = getattr(scherm, soort)(getattr(geteld, soort)(ding.code), weergave)
    return {
        "ronde": ronde,
        "form": form,
        "weergave": weergave,
        "uitkomsten": geteld,
        "uitkomst": uitkomst,
        "terug": weergave.uitkomsten(uitkomst.anker),
        "kruis": weergave.kruistabel(ding.code, weergave.indeling.code),
        "buren": scherm.buren(lijst, ding.code, getattr(weergave, soort)),
    }


def _voegtoe(request, filters: Vraagfilter | Normfilter) -> str:
    return filters.voegtoe if request.user.heeft(Recht.RAPPORT_SCHRIJVEN) else ""


# --- One question and its themes ----------------------------------------------------------------------------------


def vraag_van(ronde: Ronde, code: str) -> Vraag:
    vragen = Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id)
    return get_object_or_404(vragen.select_related("onderdeel", "voorwaarde__vraag"), code=code)


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def uitkomst_vraag(request, slug, code):
    """One question: its counts, and per dossier the finding, what was said, and the themes in it."""
    ronde = ronde_van(slug)
    vraag = vraag_van(ronde, code)
    if request.method == "POST" and not request.user.heeft(Recht.RAPPORT_SCHRIJVEN):
        raise PermissionDenied
    context = _vraagcontext(request, ronde, vraag)
    context["staan_vast"] = themas_staan_vast(ronde)
    context["codeert"] = request.user.heeft(Recht.RAPPORT_SCHRIJVEN) and not context["staan_vast"]
    gestuurd = request.POST if request.method == "POST" else None
    form = ThemaForm(gestuurd, regels=_op_pagina(request, context), boom=context["boom"], wie=request.user)
    botsing = None
    if form.is_valid():
        botsing = _themas_opslaan(request, ronde, vraag, form)
        if not botsing and not form.errors:
            return redirect(request.get_full_path())
    if botsing:
        form = form.met_nieuwe_teksten()
    context |= {"themaform": form, "botsing": botsing, "gewijzigd": _van_wie(botsing, context["alle"])}
    return render(request, "rapportage/uitkomst_vraag.html", context, status=409 if botsing else 200)


def themas_staan_vast(ronde: Ronde) -> str:
    """Why the themes of this round cannot be changed now; empty when they can."""
    vast = Rapport.objects.filter(ronde=ronde).exclude(status__in=BEWERKBAAR).exists()
    return STAAN_VAST if vast else ""


def _vraagcontext(request, ronde: Ronde, vraag: Vraag) -> dict:
    """What is shown of a question beside its check boxes."""
    context = _basis(request, ronde, vraag, "vraag")
    weergave = context["weergave"]
    boom = queries_themas.boom(ronde, vraag)
    alle = queries_dossiers.dossierregels(ronde, vraag, weergave.indeling, weergave.selectie)
    takken = queries_themas.takken({thema.pk: thema.ouder_id for thema, _ in boom})
    filters = Vraagfilter(request.GET, weergave=weergave, uitkomst=context["uitkomst"].vraag, takken=takken)
    regels = filters.kies(alle)
    return context | {
        "vraag": vraag,
        "filters": filters,
        "voegtoe": _voegtoe(request, filters),
        "totaal": len(alle),
        "alle": alle,
        "regels": regels,
        "pagina": Paginator([regel for regel in regels if regel.telt], PER_PAGINA).get_page(request.GET.get("pagina")),
        "zonder": [regel for regel in regels if not regel.telt],
        "boom": boom,
        "voorgesteld": queries_dossiers.themavoorstellen(alle),
    }


def _op_pagina(request, context: dict) -> list[queries_dossiers.Dossierregel]:
    """The answers to show; of what was sent those that its writer had before them, wherever they would stand by now."""
    gezien = {deel.partition(":")[0] for deel in request.POST.get("gezien", "").split(";")}
    gelezen = [regel for regel in context["alle"] if regel.telt and str(regel.bevinding.pk) in gezien]
    return gelezen or list(context["pagina"].object_list)


def _themas_opslaan(request, ronde: Ronde, vraag: Vraag, form: ThemaForm) -> Conflict | None:
    """Save what was ticked; an objection ends up in the form, a text that was changed meanwhile is returned."""
    try:
        gemaakt = actions.themas_opslaan(ronde, vraag, **form.keuze, wie=request.user)
    except Conflict as botsing:
        return botsing
    except Geweigerd as weigering:
        form.add_error("nieuw", str(weigering))
        return None
    erbij = f" Thema '{gemaakt}' is toegevoegd." if gemaakt else ""
    messages.success(request, f"Opgeslagen om {timezone.localtime():%H:%M}.{erbij}")
    return None


def _van_wie(botsing: Conflict | None, regels: list[queries_dossiers.Dossierregel]):
    """The municipality whose finding was changed meanwhile."""
    return next((r.dossier.gemeente for r in regels if botsing and r.bevinding == botsing.opgeslagen), None)
