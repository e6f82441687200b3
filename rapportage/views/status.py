"""The way of a report from draft to public: its steps, its terms and its editions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapportage import samenstellen
from rapportage.actions import uitgave as actions_uitgave
from rapportage.forms.status import UitgaveForm
from rapportage.models import Rapport, Uitgave
from rapportage.views.rapport import opgeslagen_om, toon_rapport
from regio.gebeurtenissen import leg_vast, verschil
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Geweigerd
from vragenlijst.bezwaren import bezwaren
from vragenlijst.views.stappen import neem_stap


def haal_rapport(slug: str) -> Rapport:
    return get_object_or_404(Rapport.objects.select_related("ronde__instrument", "ronde__vorige"), ronde__slug=slug)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_POST
def rapport_status(request, slug):
    """Take a step; refused, the report's page says why."""
    rapport = haal_rapport(slug)
    if request.POST.get("naar") == Rapport.Status.VASTGESTELD and not bezwaren(rapport, Rapport.Status.VASTGESTELD):
        samenstellen.druk_vooraf(rapport)
    if form := neem_stap(request, rapport):
        return toon_rapport(request, rapport.ronde, stapform=form)
    return redirect("rapport", slug)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def rapport_uitgeven(request, slug):
    """Term, list of changes and annexe of the edition to come."""
    rapport = haal_rapport(slug)
    if not rapport.te_bewerken:
        messages.warning(request, "Het rapport staat vast. Begin een erratum om er iets aan te wijzigen.")
        return redirect("rapport", slug)
    form = UitgaveForm(request.POST or None, instance=rapport)
    if form.is_valid():
        try:
            actions_uitgave.uitgave_opslaan(form.instance, form.changed_data, verschil(form), request.user)
            messages.success(request, opgeslagen_om())
            return redirect("rapport", slug)
        except Geweigerd as weigering:
            form.add_error(None, str(weigering))
    context = {"ronde": rapport.ronde, "rapport": rapport, "form": form}
    return render(request, "rapportage/uitgeven.html", context, status=422 if form.errors else 200)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_safe
def uitgave_pdf(request, slug, versie):
    """An edition, byte for byte as it was vastgesteld."""
    uitgave = get_object_or_404(
        Uitgave.objects.select_related("rapport__ronde"), rapport__ronde__slug=slug, versie=versie
    )
    leg_vast(uitgave, Gebeurtenis.Soort.UITVOER, request.user, naar="pdf")
    naam = samenstellen.bestandsnaam(uitgave.rapport, uitgave.versie)
    return HttpResponse(
        bytes(uitgave.pdf),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{naam}"'},
    )
