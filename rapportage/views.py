"""The analist's pages: uitkomsten of a round, one question down to its dossiers, and the report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from rapportage import actions, opmaak, queries, samenstellen, scherm
from rapportage.drukpers import NietGedrukt
from rapportage.forms import PassageForm, RapportForm, ThemaForm, met_versie
from rapportage.models import Passage, Rapport, Thema
from regio.gebeurtenissen import leg_vast, verschil
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Ronde, Vraag

MET_THEMAS = (Vraag.Soort.OPEN, Vraag.Soort.AFSPRAKEN)


def _ronde(slug: str) -> Ronde:
    return get_object_or_404(Ronde.objects.select_related("instrument"), slug=slug)


def _opgeslagen() -> str:
    return f"Opgeslagen om {timezone.localtime():%H:%M}."


# --- Uitkomsten -----------------------------------------------------------------------------------------------------


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def uitkomsten(request, slug):
    """Everything that was counted in a round."""
    ronde = _ronde(slug)
    geteld = queries.uitkomsten(ronde)
    context = {
        "ronde": ronde,
        "uitkomsten": geteld,
        "onderdelen": scherm.onderdelen(geteld),
        "steekproef": scherm.steekproef(queries.steekproef(ronde)),
    }
    return render(request, "rapportage/uitkomsten.html", context)


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def uitkomst_vraag(request, slug, code):
    """One question: its counts, the finding of each dossier, and the themes of an open one."""
    ronde = _ronde(slug)
    vragen = Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id).select_related(
        "onderdeel", "voorwaarde__vraag"
    )
    vraag = get_object_or_404(vragen, code=code)
    if request.method == "POST" and (vraag.soort not in MET_THEMAS or not request.user.heeft(Recht.RAPPORT_SCHRIJVEN)):
        raise PermissionDenied
    if request.method == "POST" and "verwijder" in request.POST:
        return _thema_verwijderen(request, ronde, vraag)
    regels = queries.dossierregels(ronde, vraag)
    form, botsing = None, None
    if vraag.soort in MET_THEMAS:
        themas = list(Thema.objects.filter(ronde=ronde, vraag=vraag).annotate(aantal=Count("bevindingen")))
        form = ThemaForm(request.POST or None, regels=regels, themas=themas)
        if form.is_valid():
            try:
                gemaakt = actions.themas_opslaan(ronde, vraag, **form.keuze, wie=request.user)
            except Conflict as fout:
                form, botsing = form.met_nieuwe_teksten(), fout
            except Geweigerd as weigering:
                form.add_error("nieuw", str(weigering))
            else:
                messages.success(request, _opgeslagen() + (f" Thema '{gemaakt}' is toegevoegd." if gemaakt else ""))
                return redirect("uitkomst_vraag", slug, code)
    context = {
        "ronde": ronde,
        "vraag": vraag,
        "regels": [regel for regel in regels if form is None or not regel.telt],
        "form": form,
        "ongebruikt": [thema for thema in form.themas if not thema.aantal] if form else [],
        "botsing": botsing,
        "gewijzigd": next((r.dossier.gemeente for r in regels if botsing and r.bevinding == botsing.opgeslagen), None),
        "uitkomst": scherm.vraag(queries.uitkomsten(ronde).vraag(code)),
    }
    return render(request, "rapportage/uitkomst_vraag.html", context, status=409 if botsing else 200)


def _thema_verwijderen(request, ronde, vraag):
    nummer = request.POST["verwijder"]
    thema = get_object_or_404(Thema, ronde=ronde, vraag=vraag, pk=int(nummer) if nummer.isdecimal() else 0)
    try:
        actions.thema_verwijderen(thema, request.user)
        messages.success(request, f"Thema '{thema}' is verwijderd.")
    except Geweigerd as weigering:
        messages.error(request, str(weigering))
    return redirect("uitkomst_vraag", ronde.slug, vraag.code)


# --- The report -------------------------------------------------------------------------------------------------------


def _rapport(slug: str) -> Rapport:
    return get_object_or_404(Rapport.objects.select_related("ronde__instrument"), ronde__slug=slug)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def rapport(request, slug):
    """The report of a round with its passages; without one, the form that makes it."""
    ronde = _ronde(slug)
    bestaand = Rapport.objects.filter(ronde=ronde).select_related("ronde").first()
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
    opgeslagen = conflict or (Rapport.objects.filter(pk=bestaand.pk).first() if bestaand else None)
    context = {
        "ronde": ronde,
        "rapport": opgeslagen,
        "passages": bestaand.passages.select_related("onderdeel", "gewijzigd_door", "rapport__ronde")
        if bestaand
        else [],
        "form": form,
        "conflict": conflict,
    }
    return render(request, "rapportage/rapport.html", context, status=409 if conflict else 200)


def _bewaar_rapport(request, form: RapportForm, *, nieuw: bool) -> None:
    if nieuw:
        actions.maak_rapport(form.save(commit=False), request.user)
        messages.success(request, "Het rapport is gemaakt, met een concepttekst uit de uitkomsten.")
    else:
        actions.gegevens_opslaan(form.instance, form.cleaned_data["versie"], verschil(form), request.user)
        messages.success(request, _opgeslagen())


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request, slug, pk):
    """Edit one passage, with its rendering beneath; a stale save shows both texts."""
    vindplaats = Passage.objects.select_related("rapport__ronde", "onderdeel", "gewijzigd_door")
    gekozen = get_object_or_404(vindplaats, rapport__ronde__slug=slug, pk=pk)
    form = PassageForm(request.POST or None, initial={"tekst": gekozen.tekst, "versie": gekozen.versie})
    conflict = None
    if form.is_valid() and "voorbeeld" not in request.POST:
        try:
            actions.passage_opslaan(gekozen, form.cleaned_data["tekst"], form.cleaned_data["versie"], request.user)
            messages.success(request, _opgeslagen())
            return redirect(gekozen)
        except Geweigerd as weigering:
            form.add_error(None, str(weigering))
        except Conflict as botsing:
            form, conflict = met_versie(form, botsing.opgeslagen.versie), botsing.opgeslagen
    tekst = form["tekst"].value() or ""
    context = {
        "ronde": gekozen.rapport.ronde,
        "passage": gekozen,
        "form": form,
        "conflict": conflict,
        "onopgeslagen": form.is_bound,
        "voorbeeld": mark_safe(opmaak.scherm(tekst, kop=3)),  # noqa: S308 (cleaned by opmaak)
    }
    return render(request, "rapportage/passage.html", context, status=409 if conflict else 200)


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_safe
def rapport_pdf(request, slug):
    """The report as PDF, made from the text and the data of this moment; what cannot be printed is said on the report's page."""
    gekozen = _rapport(slug)
    try:
        inhoud = samenstellen.pdf_van_rapport(gekozen)
    except NietGedrukt as weigering:
        messages.error(request, str(weigering))
        return redirect("rapport", slug)
    leg_vast(gekozen, Gebeurtenis.Soort.UITVOER, request.user, naar="pdf")
    naam = samenstellen.bestandsnaam(gekozen)
    return HttpResponse(
        inhoud, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )
