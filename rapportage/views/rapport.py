"""The report of a round: making it, its title page, and the PDF."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rapportage import actions, queries
from rapportage.forms import RapportForm, met_versie
from rapportage.models import Rapport
from rapportage.queries import status as queries_status
from rapportage.queries.tafel import overzicht_van
from regio.gebeurtenissen import verschil
from regio.queries import geschiedenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Ronde
from vragenlijst.views.stappen import knoppen


def haal_ronde(slug: str) -> Ronde:
    return get_object_or_404(Ronde.objects.select_related("instrument"), slug=slug)


def opgeslagen_om() -> str:
    return f"Opgeslagen om {timezone.localtime():%H:%M}."


def _rapport(slug: str) -> Rapport:
    return get_object_or_404(Rapport.objects.select_related("ronde__instrument"), ronde__slug=slug)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def rapport(request, slug):
    """The report of a round with its passages; without one, the form that makes it."""
    ronde = haal_ronde(slug)
    bestaand = Rapport.objects.filter(ronde=ronde).select_related("ronde__instrument").first()
    form = RapportForm(request.POST or None, instance=bestaand or Rapport.voor(ronde))
    conflict = None
    if form.is_valid():
        try:
            _bewaar_rapport(request, form, nieuw=bestaand is None)
            return redirect("rapport", slug)
        except Geweigerd as weigering:
            form.add_error(None, str(weigering))
        except Conflict as botsing:
            form, conflict = met_versie(form, botsing.opgeslagen.versie), botsing.opgeslagen
    return toon_rapport(request, ronde, form=form, conflict=conflict)


def toon_rapport(request, ronde: Ronde, *, form=None, conflict=None, stapform=None):
    """The page, with a form as it was filled in and a step as it was refused, if any."""
    opgeslagen = Rapport.objects.filter(ronde=ronde).select_related("ronde__instrument", "ronde__vorige").first()
    leeg = RapportForm(instance=opgeslagen or Rapport.voor(ronde))
    context = {
        "ronde": ronde,
        "rapport": opgeslagen,
        "overzicht": overzicht_van(opgeslagen) if opgeslagen else None,
        "form": form or leeg,
        "conflict": conflict,
        "bezwaren": [] if opgeslagen else queries.bezwaren_tegen_rapport(ronde),
        "knoppen": knoppen(opgeslagen, request.user, stapform) if opgeslagen else [],
        "stand": queries_status.stand(opgeslagen) if opgeslagen else None,
        "geschiedenis": geschiedenis(opgeslagen) if opgeslagen else [],
    }
    status = 409 if conflict else 422 if stapform else 200
    return render(request, "rapportage/rapport.html", context, status=status)


def _bewaar_rapport(request, form: RapportForm, *, nieuw: bool) -> None:
    if nieuw:
        actions.maak_rapport(form.save(commit=False), request.user)
        messages.success(request, "Het rapport is gemaakt, met een concepttekst uit de uitkomsten.")
    else:
        actions.gegevens_opslaan(form.instance, form.cleaned_data["versie"], verschil(form), request.user)
        messages.success(request, opgeslagen_om())
