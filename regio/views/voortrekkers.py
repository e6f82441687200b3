"""Marking many municipalities as voortrekker at once: paste, look, save."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from regio import actions, queries
from regio.forms.lijst import VoortrekkersFormulier
from regio.rechten import Recht, recht_vereist


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def voortrekkers(request):
    """Nothing is saved but what the page has shown: a list or a date that changed since is shown again first."""
    form = VoortrekkersFormulier(request.POST if request.method == "POST" else None)
    lijst = None
    if request.method == "POST" and form.is_valid():
        vanaf = form.cleaned_data["vanaf"]
        lijst = queries.lees_voortrekkers(form.cleaned_data["lijst"], vanaf)
        if request.POST.get("actie") == "opslaan" and lijst.nieuw and form.cleaned_data["gezien"] == lijst.stempel:
            gedaan = actions.maak_voortrekkers([gemeente.code for gemeente in lijst.nieuw], vanaf, request.user)
            wat = "1 gemeente is" if len(gedaan) == 1 else f"{len(gedaan)} gemeenten zijn"
            messages.success(request, f"{wat} voortrekker vanaf {vanaf:%d-%m-%Y}.")
            vraag = urlencode({"voortrekker": "ja", "datum": f"{vanaf:%d-%m-%Y}"})
            return redirect(f"{reverse('gemeenten')}?{vraag}")
        form.data = form.data.copy()
        form.data["gezien"] = lijst.stempel
    return render(request, "regio/voortrekkers.html", {"form": form, "lijst": lijst})
