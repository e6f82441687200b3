"""Wederhoor: what parties say of the draft, and what is done with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from rapportage.actions import wederhoor as actions_wederhoor
from rapportage.forms.status import BesluitForm, ReactieForm
from rapportage.models import Rapport, Wederhoorreactie
from rapportage.views.status import haal_rapport
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wederhoor(request, slug):
    """All reactions, and the form that adds one."""
    rapport = haal_rapport(slug)
    nieuw = Wederhoorreactie(rapport=rapport)
    form = ReactieForm(request.POST or None, instance=nieuw, rapport=rapport)
    if form.is_valid():
        try:
            actions_wederhoor.reactie_vastleggen(form.save(commit=False), request.user)
            messages.success(request, "De reactie is vastgelegd.")
            return redirect("wederhoor", slug)
        except Geweigerd as weigering:
            form.add_error(None, str(weigering))
    context = {
        "ronde": rapport.ronde,
        "rapport": rapport,
        "reacties": rapport.reacties.select_related("passage__onderdeel", "behandeld_door"),
        "form": form,
        "loopt": rapport.status == Rapport.Status.WEDERHOOR,
    }
    return render(request, "rapportage/wederhoor.html", context, status=422 if form.errors else 200)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wederhoorreactie(request, slug, pk):
    """Decide on one reaction."""
    rapport = haal_rapport(slug)
    reactie = get_object_or_404(rapport.reacties.select_related("passage__onderdeel", "behandeld_door"), pk=pk)
    form, conflict = BesluitForm(request.POST or None, reactie=reactie), None
    if form.is_valid():
        try:
            actions_wederhoor.reactie_besluiten(reactie, **form.cleaned_data, wie=request.user)
            messages.success(request, "Het besluit is vastgelegd.")
            return redirect("wederhoor", slug)
        except Geweigerd as weigering:
            form.add_error(None, str(weigering))
        except Conflict as botsing:
            conflict = botsing.opgeslagen
            form = BesluitForm({**request.POST.dict(), "versie": conflict.versie}, reactie=reactie)
    context = {
        "ronde": rapport.ronde,
        "rapport": rapport,
        "reactie": reactie,
        "form": form,
        "conflict": conflict,
        "loopt": rapport.te_bewerken,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "rapportage/wederhoorreactie.html", context, status=status)
