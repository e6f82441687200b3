"""The PDF of the report: at once when it is short, otherwise made in the background, with a page that says how far it is."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from rapportage import drukker, drukkerij, samenstellen
from rapportage.drukpers import NietGedrukt
from rapportage.models import Rapport
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist

# Characters of HTML; measured: some 60,000 per second of printing. What takes longer is not for a browser to wait for.
KORT = 300_000
STAPPEN = (  # until which step of the press each lasts
    (0, "Wachten op een vrije drukpers"),
    (4, "Tekst, tabellen en figuren lezen"),
    (5, "Bladzijden opmaken"),
    (7, "PDF schrijven"),
)
SLEUTEL = re.compile(r"[0-9a-f]{64}")


def _rapport(slug: str) -> Rapport:
    return get_object_or_404(Rapport.objects.select_related("ronde__instrument"), ronde__slug=slug)


def voor_wie(rapport: Rapport) -> str:
    """Whose order it is: another report's page does not show it."""
    return f"rapport van {rapport.ronde.slug}"


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_safe
def rapport_pdf(request, slug):
    """The report as PDF, made from the text and the data of this moment; what cannot be printed is said on the report's page.

    A report that stands firm is given as it was printed then.
    """
    gekozen = _rapport(slug)
    try:
        if not gekozen.te_bewerken:
            return _download(request, gekozen, samenstellen.pdf_van_rapport(gekozen))
        drukwerk = samenstellen.drukwerk_van(gekozen)
        if len(drukwerk.html) > KORT:
            return redirect("rapport_drukken", slug, drukkerij.bestel(drukwerk, voor_wie(gekozen)))
        return _download(request, gekozen, drukker.druk_af(drukwerk))
    except NietGedrukt as weigering:
        messages.error(request, str(weigering))
        return redirect("rapport", slug)


def _download(request, rapport: Rapport, inhoud: bytes) -> HttpResponse:
    leg_vast(rapport, Gebeurtenis.Soort.UITVOER, request.user, naar="pdf")
    naam = samenstellen.bestandsnaam(rapport)
    return HttpResponse(
        inhoud, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_safe
def rapport_drukken(request, slug, sleutel):
    """How far an order is; the page looks again by itself until there is a PDF or a reason why not."""
    rapport = _rapport(slug)
    stand = _stand(rapport, sleutel)
    nu = next(plek for plek, (tot, _) in enumerate(STAPPEN) if stand.stap <= tot)
    context = {
        "ronde": rapport.ronde,
        "rapport": rapport,
        "stand": stand,
        "stappen": [(zin, _hoever(plek, nu, stand)) for plek, (_, zin) in enumerate(STAPPEN)],
        "download": reverse("gedrukt_pdf", args=[slug, sleutel]),
    }
    return render(request, "rapportage/drukken.html", context)


def _hoever(plek: int, nu: int, stand: drukkerij.Stand) -> str:
    if stand.klaar or plek < nu:
        return "gedaan"
    return "bezig" if plek == nu and stand.bezig else "nog niet"


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_safe
def gedrukt_pdf(request, slug, sleutel):
    """What was printed in the background; before it is ready, the page that says how far it is."""
    rapport = _rapport(slug)
    if not _stand(rapport, sleutel).klaar:
        return redirect("rapport_drukken", slug, sleutel)
    return _download(request, rapport, drukkerij.pdf_van(sleutel))


def _stand(rapport: Rapport, sleutel: str) -> drukkerij.Stand:
    """404 for what is no order, or that of another report: the key is in an address, and names a folder."""
    stand = (
        SLEUTEL.fullmatch(sleutel) and drukkerij.is_voor(sleutel, voor_wie(rapport)) and drukkerij.stand_van(sleutel)
    )
    if not stand:
        raise Http404("Deze opdracht is er niet (meer).")
    return stand
