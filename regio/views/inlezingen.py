"""Importing reference data: upload, look at the difference, confirm."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio import inlezingen
from regio.actions import Geweigerd
from regio.bestandsoorten import BESTANDSOORTEN
from regio.forms.inlezing import BevestigFormulier, InlezingFormulier
from regio.models import Inlezing
from regio.rechten import Recht, recht_vereist

TOON = 100  # problems; who has more of them has the wrong file
EERDER = 20


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def importeren(request):
    """Only a file without problems is kept; otherwise the page says what is wrong with it."""
    form = InlezingFormulier(*((request.POST, request.FILES) if request.method == "POST" else ()))
    problemen, bestandsnaam = [], ""
    if request.method == "POST" and form.is_valid():
        velden = form.cleaned_data
        bestandsnaam = velden["bestand"].name
        try:
            return redirect(
                inlezingen.neem_aan(
                    velden["soort"], bestandsnaam, velden["bestand"].read(), velden["peildatum"], request.user
                )
            )
        except Geweigerd as geweigerd:
            problemen = geweigerd.problemen
    context = {
        "form": form,
        "bestandsnaam": bestandsnaam,
        "problemen": problemen[:TOON],
        "nog_meer": max(0, len(problemen) - TOON),
        "bestandsoorten": BESTANDSOORTEN.values(),
        "eerder": Inlezing.objects.defer("inhoud", "verschil").select_related("door", "uitgevoerd_door")[:EERDER],
    }
    return render(request, "regio/importeren.html", context, status=422 if problemen else 200)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def inlezing(request, pk):
    """What the file would do now, or what it did. A POST carries out what was shown; 409 with the new difference when that changed."""
    inlezing = get_object_or_404(Inlezing.objects.select_related("door", "uitgevoerd_door"), pk=pk)
    veranderd = niet_bevestigd = False
    if request.method == "POST":
        try:
            inlezingen.voer_uit(
                inlezing, request.POST.get("stempel", ""), request.user, bevestigd="klopt" in request.POST
            )
        except inlezingen.Veranderd:
            inlezing.refresh_from_db()
            veranderd = True
        except Geweigerd as geweigerd:
            veranderd = niet_bevestigd = all(probleem.te_bevestigen for probleem in geweigerd.problemen)
            veranderd = not niet_bevestigd
        else:
            messages.success(request, f"{inlezing} is ingelezen.")
            return redirect(inlezing)
    context = {"inlezing": inlezing, "veranderd": veranderd, "niet_bevestigd": niet_bevestigd}
    if inlezing.uitgevoerd_op:
        context["groepen"] = inlezing.verschil
        return render(request, "regio/inlezing_klaar.html", context, status=409 if veranderd else 200)
    bekeken = inlezingen.bekijk(inlezing.soort, bytes(inlezing.inhoud), inlezing.peildatum)
    context |= {
        "bekeken": bekeken,
        "groepen": bekeken.groepen,
        "problemen": bekeken.problemen[:TOON],
        "form": BevestigFormulier(initial={"stempel": bekeken.stempel}, vraagt_klopt=bool(bekeken.te_bevestigen)),
    }
    return render(request, "regio/inlezing.html", context, status=409 if veranderd else 422 if niet_bevestigd else 200)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_POST
def inlezing_weg(request, pk):
    inlezing = get_object_or_404(Inlezing, pk=pk)
    if inlezingen.gooi_weg(inlezing, request.user):
        messages.success(request, f"{inlezing} is weggegooid; er is niets ingelezen.")
        return redirect("importeren")
    messages.error(request, f"{inlezing} is intussen ingelezen en blijft daarom bewaard.")
    return redirect(inlezing)


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_safe
def inlezing_bestand(request, pk):
    """The file as it was uploaded."""
    inlezing = get_object_or_404(Inlezing, pk=pk)
    return _bijlage(bytes(inlezing.inhoud), inlezing.bestandsnaam, "application/octet-stream")


@recht_vereist(Recht.REFERENTIE_BEHEREN)
@require_safe
def importvoorbeeld_bestand(request, soort):
    if soort not in BESTANDSOORTEN:
        raise Http404
    gevraagd = BESTANDSOORTEN[soort]
    return _bijlage(gevraagd.voorbeeld.encode(), gevraagd.bestandsnaam, "application/octet-stream")


def _bijlage(inhoud: bytes, naam: str, mediatype: str) -> HttpResponse:
    return HttpResponse(
        inhoud,
        content_type=mediatype,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=naam),
            "Cache-Control": "no-store",
        },
    )
