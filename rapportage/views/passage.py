"""The desk of one passage: its text, how it will be printed, and what is to be said of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapportage import actions, opmaak
from rapportage.afkortingen import afkortingen_in
from rapportage.forms import MAX_PASSAGE, AantekeningForm, BindForm, PassageForm, met_tekst, met_versie
from rapportage.models import Passage
from rapportage.queries import maatkeuzes
from rapportage.queries import passages as queries_passages
from rapportage.queries.tafel import afwijkingen_van, tafel_van
from rapportage.views.handelingen import handeling_in
from rapportage.views.rapport import opgeslagen_om
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.tekstverschil import stukken


def haal_passage(slug: str, pk: int) -> Passage:
    vindplaats = Passage.objects.select_related("rapport__ronde__instrument", "onderdeel", "gewijzigd_door")
    return get_object_or_404(vindplaats, rapport__ronde__slug=slug, pk=pk)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request, slug, pk):
    """The text with what stands beside it; a stale save shows both texts.

    `?concept=1` puts a fresh draft in the form and `?versie=N` a text from before; either is stored only when it is saved. A button
    with a name does something else than saving (`handelingen`), and leaves the text in the form as it was typed.
    """
    gekozen = haal_passage(slug, pk)
    if request.method != "POST":
        voorstel, tekst = _voorstel(request, gekozen)
        form = PassageForm(initial={"tekst": tekst, "versie": gekozen.versie})
        return _bureau(request, gekozen, form, voorstel=voorstel)
    form = PassageForm(request.POST)
    if doe := handeling_in(request.POST):
        return _handel(request, gekozen, form, doe)
    if form.is_valid():
        try:
            actions.passage_opslaan(gekozen, form.cleaned_data["tekst"], form.cleaned_data["versie"], request.user)
            messages.success(request, opgeslagen_om())
            return redirect(gekozen)
        except Geweigerd as weigering:
            form.add_error(None, str(weigering))
        except Conflict as botsing:
            nu = botsing.opgeslagen
            verschil = stukken(nu.tekst, form.cleaned_data["tekst"])
            return _bureau(request, gekozen, met_versie(form, nu.versie), conflict=nu, verschil=verschil)
    return _bureau(request, gekozen, form)


def _handel(request, gekozen: Passage, form: PassageForm, doe):
    """Do it, and back to the desk: to the stored text, or to what was typed and is not stored yet."""
    tekst = form["tekst"].value() or ""
    try:
        toon = doe(request, gekozen, tekst)
    except Geweigerd as weigering:
        toon = {}
        messages.error(request, str(weigering))
    is_opgeslagen = tekst.strip() == gekozen.tekst.strip()
    if not toon and is_opgeslagen:
        return redirect(gekozen)
    if "tekst" in toon:
        form = met_tekst(form, toon.pop("tekst"))
    elif is_opgeslagen:
        # Not the text was refused but what was asked of it: that goes on saving itself.
        form = PassageForm(initial={"tekst": gekozen.tekst, "versie": gekozen.versie})
    return _bureau(request, gekozen, form, **toon)


def _bureau(request, gekozen: Passage, form: PassageForm, **toon):
    tekst = form["tekst"].value() or ""
    keuzes = maatkeuzes.tellingen_van(gekozen.rapport.ronde), maatkeuzes.groepen_van(gekozen.rapport.ronde)
    context = {
        "form": form,
        "conflict": None,
        "verschil": (),
        "voorstel": "",
        "onopgeslagen": form.is_bound or bool(toon.get("voorstel")),
        "aantekeningen": gekozen.aantekeningen.select_related("door", "afgehandeld_door"),
        "aantekeningform": AantekeningForm(),
        "bindform": BindForm(*keuzes),
        "maatvoorbeeld": maatkeuzes.voorbeeld(*keuzes),
        "afwijkingen": afwijkingen_van(gekozen),
        **_meekijken(gekozen, tekst),
        **toon,
    }
    response = render(request, "rapportage/passage.html", context, status=409 if context["conflict"] else 200)
    if request.method == "GET":
        # The service worker keeps this page, for this person alone (templates/inspectie/dienst.js).
        response.headers["X-Gebruiker"] = str(request.user.pk)
    return response


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_POST
def passage_meekijken(request, slug, pk):
    """What stands beside the text, for the text as it is typed now; a fragment, and nothing is stored."""
    tekst = PassageForm(request.POST)["tekst"].value() or ""
    return render(request, "rapportage/_meekijken.html", _meekijken(haal_passage(slug, pk), tekst[:MAX_PASSAGE]))


def _meekijken(gekozen: Passage, tekst: str) -> dict:
    """How this text will be printed, and what is to be said of it."""
    ronde = gekozen.rapport.ronde

    def adres(maat: str) -> str:
        return f"{reverse('maat_dossiers', args=[ronde.slug])}?{urlencode({'maat': maat})}"

    tafel = tafel_van(gekozen, tekst)
    return {
        "passage": gekozen,
        "ronde": ronde,
        "voorbeeld": mark_safe(opmaak.scherm(tekst, kop=3, adres=adres)),  # noqa: S308 (cleaned by opmaak)
        "afkortingen": afkortingen_in(tekst),
        "onbekend": sorted({r.melding.fragment for r in tafel.meldingen if r.melding.soort == "afkorting"}),
        "tafel": tafel,
    }


def _voorstel(request, passage: Passage) -> tuple[str, str]:
    """What the text in the form is, when it is not the one that is stored, and that text."""
    if not passage.rapport.te_bewerken:
        return "", passage.tekst
    if "concept" in request.GET:
        return "een nieuwe concepttekst, uit de uitkomsten van dit moment", actions.concept_van(passage)
    if nummer := request.GET.get("versie"):
        oud = passage.versies.filter(versie=nummer).first() if nummer.isdecimal() and len(nummer) < 10 else None
        if oud is None:
            raise Http404("Deze versie is er niet.")
        return f"de tekst van {date_format(timezone.localtime(oud.wanneer), 'j F Y H:i')}", oud.tekst
    return "", passage.tekst


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_safe
def passage_versies(request, slug, pk):
    """The texts that this passage has had, and what was changed from one to the next."""
    gekozen = haal_passage(slug, pk)
    context = {"passage": gekozen, "ronde": gekozen.rapport.ronde, "versies": queries_passages.versies_van(gekozen)}
    return render(request, "rapportage/passage_versies.html", context)
