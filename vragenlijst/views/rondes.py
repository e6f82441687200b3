"""Rounds: the list, one round with its progress and its status, making and changing one."""

from copy import copy
from datetime import date

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio.gebeurtenissen import verschil
from regio.queries import geschiedenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.actions import rondebeheer as actions_rondes
from vragenlijst.forms.rondes import RondeForm, RondeLopendForm
from vragenlijst.models import Dossier, Ronde
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.views.stappen import knoppen, neem_stap

OPENGEKLAPT = 15  # dossiers; of more, the list of what is still missing is folded
OP_EEN_PAGINA = 100  # dossiers; of more, the page of the progress has the list
SLUG_BEZET = RondeForm.Meta.error_messages["slug"]["unique"]


def haal_ronde(slug: str) -> Ronde:
    return get_object_or_404(Ronde.objects.select_related("instrument", "vorige"), slug=slug)


@require_safe
@recht_vereist(Recht.RONDE_ZIEN)
def rondes(request):
    return render(request, "vragenlijst/rondes/rondes.html", {"rondes": queries_rondes.rondes_met_aantallen()})


@require_safe
@recht_vereist(Recht.RONDE_ZIEN)
def ronde(request, slug: str):
    return _toon(request, haal_ronde(slug))


def _toon(request, ronde: Ronde, stapform=None):
    stand = queries_rondes.rondestand(ronde)
    return render(
        request,
        "vragenlijst/rondes/ronde.html",
        {
            "ronde": ronde,
            "stand": stand,
            "aandacht": _aandacht(request, ronde, [werk.dossier for werk in stand.dossiers]),
            "te_veel": len(stand.dossiers) > OP_EEN_PAGINA,
            "veel": len(stand.dossiers) > OPENGEKLAPT,
            "statussen": Dossier.Status.labels,
            "knoppen": knoppen(ronde, request.user, stapform),
            "form": stapform,
            "geschiedenis": geschiedenis(ronde),
        },
        status=200 if stapform is None else 422,
    )


def _aandacht(request, ronde: Ronde, dossiers: list[Dossier]) -> list[tuple[str, str]]:
    """(sentence, address) of what to look at again, for who can mend it."""
    if not request.user.heeft(Recht.RONDE_BEHEREN):
        return []
    gevonden = queries_rondes.aandacht(ronde, dossiers)
    return [(punt.zin, reverse(punt.waar, args=[ronde.slug])) for punt in gevonden]


@require_POST
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_status(request, slug: str):
    ronde = haal_ronde(slug)
    if form := neem_stap(request, ronde):
        return _toon(request, ronde, form)
    return redirect(ronde)


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_nieuw(request):
    form = RondeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ronde = actions_rondes.ronde_maken(form.save(commit=False), request.user)
        except IntegrityError:  # two at once: the other one was first
            form.add_error("slug", SLUG_BEZET)
        else:
            messages.success(request, f"De ronde {ronde} is gemaakt. Kies nu de gemeenten.")
            for punt in queries_rondes.aandacht(ronde, []):
                messages.warning(request, punt.zin)
            return redirect("ronde_gemeenten", ronde.slug)
    return render(
        request,
        "vragenlijst/rondes/ronde_form.html",
        {"form": form, "ronde": None, "verschillen": []},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_wijzigen(request, slug: str):
    """Everything while in concept, name and period while open, nothing once closed."""
    ronde = haal_ronde(slug)
    if ronde.status == Ronde.Status.GESLOTEN:
        messages.warning(request, "Deze ronde is gesloten en staat vast. Heropen haar om iets te wijzigen.")
        return redirect(ronde)
    form = _wijzigform(request.POST if request.method == "POST" else None, ronde)
    verschillen = []
    if request.method == "POST" and form.is_valid():
        velden = [naam for naam in form.changed_data if naam in form.Meta.fields]
        try:
            ronde = actions_rondes.ronde_wijzigen(
                form.instance, velden, gezien=form.cleaned_data["gezien"], wijzigingen=verschil(form), wie=request.user
            )
        except Conflict as conflict:
            ronde, gepost = conflict.opgeslagen, form
            verschillen = _verschillen(ronde, gepost)
            # The next click is meant: it is sent with what stands there now in view.
            form = _wijzigform({**request.POST.dict(), "gezien": queries_rondes.stempel(ronde)}, ronde)
        except Geweigerd as weigering:
            form.add_error(None, weigering.redenen)
        except IntegrityError:
            form.add_error("slug", SLUG_BEZET)
        if not verschillen and not form.errors:
            messages.success(request, "De wijziging is opgeslagen.")
            return redirect(ronde)
    return render(
        request,
        "vragenlijst/rondes/ronde_form.html",
        {"form": form, "ronde": ronde, "verschillen": verschillen},
        status=422 if form.errors else 409 if verschillen else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_verwijderen(request, slug: str):
    """Asks first, and says what goes with it."""
    ronde = haal_ronde(slug)
    if request.method == "POST":
        try:
            actions_rondes.ronde_verwijderen(ronde, request.user)
        except Geweigerd as weigering:
            messages.error(request, " ".join(weigering.redenen))
            return redirect("rondes" if not Ronde.objects.filter(pk=ronde.pk).exists() else ronde)
        messages.success(request, f"De ronde {ronde} is verwijderd.")
        return redirect("rondes")
    return render(
        request,
        "vragenlijst/rondes/ronde_verwijderen.html",
        {
            "ronde": ronde,
            "bezwaren": actions_rondes.bezwaren_verwijderen(ronde),
            "dossiers": queries_rondes.dossiers_van(ronde),
        },
    )


def _wijzigform(gegevens, ronde: Ronde):
    soort = RondeForm if ronde.status == Ronde.Status.CONCEPT else RondeLopendForm
    return soort(gegevens, instance=copy(ronde))  # a form writes on its instance; the page keeps the round as it is


def _verschillen(opgeslagen: Ronde, form) -> list[tuple[str, str, str]]:
    """Per field what stands there now and what was sent, where these differ."""
    paren = [
        (form.fields[naam].label, _leesbaar(getattr(opgeslagen, naam)), _leesbaar(form.cleaned_data[naam]))
        for naam in form.Meta.fields
    ]
    return [paar for paar in paren if paar[1] != paar[2]]


def _leesbaar(waarde) -> str:
    return f"{waarde:%d-%m-%Y}" if isinstance(waarde, date) else str(waarde or "geen")
