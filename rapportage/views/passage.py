"""The desk of one passage: its text, how it will be printed, and what is to be said of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from rapportage import actions, opmaak, queries
from rapportage.forms import PassageForm, met_versie
from rapportage.models import Passage
from rapportage.views.rapport import opgeslagen_om
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request, slug, pk):
    """Edit one passage, with its rendering beneath; a stale save shows both texts.

    `?concept=1` puts a fresh draft in the form and `?versie=N` a text from before; either is stored only when it is saved.
    """
    vindplaats = Passage.objects.select_related("rapport__ronde__instrument", "onderdeel", "gewijzigd_door")
    gekozen = get_object_or_404(vindplaats, rapport__ronde__slug=slug, pk=pk)
    eerdere = queries.eerdere_teksten(gekozen)
    voorstel, tekst = _voorstel(request, gekozen, eerdere)
    form = PassageForm(request.POST or None, initial={"tekst": tekst, "versie": gekozen.versie})
    conflict = None
    if form.is_valid() and "voorbeeld" not in request.POST:
        try:
            actions.passage_opslaan(gekozen, form.cleaned_data["tekst"], form.cleaned_data["versie"], request.user)
            messages.success(request, opgeslagen_om())
            return redirect(gekozen)
        except Geweigerd as weigering:
            form.add_error(None, str(weigering))
        except Conflict as botsing:
            form, conflict = met_versie(form, botsing.opgeslagen.versie), botsing.opgeslagen
    context = {
        "ronde": gekozen.rapport.ronde,
        "passage": gekozen,
        "form": form,
        "conflict": conflict,
        "voorstel": voorstel,
        "eerdere": eerdere,
        "onopgeslagen": form.is_bound or bool(voorstel),
        "voorbeeld": mark_safe(opmaak.scherm(form["tekst"].value() or "", kop=3)),  # noqa: S308 (cleaned by opmaak)
    }
    return render(request, "rapportage/passage.html", context, status=409 if conflict else 200)


def _voorstel(request, passage: Passage, eerdere: list[queries.Eerdere]) -> tuple[str, str]:
    """What the text in the form is, when it is not the one that is stored, and that text."""
    if request.method == "POST" or not passage.rapport.te_bewerken:
        return "", passage.tekst
    if "concept" in request.GET:
        return "een nieuwe concepttekst, uit de uitkomsten van dit moment", actions.concept_van(passage)
    if "versie" in request.GET:
        oud = next((eerder for eerder in eerdere if str(eerder.nummer) == request.GET["versie"]), None)
        if oud is None:
            raise Http404("Deze versie is er niet.")
        return f"de tekst die er stond tot {date_format(timezone.localtime(oud.tot), 'j F Y H:i')}", oud.tekst
    return "", passage.tekst
