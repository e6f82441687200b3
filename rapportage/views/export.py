"""The data of a round as files, for the analist."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage import indelingen, queries
from rapportage.export.bestanden import BESTANDEN
from rapportage.forms.weergave import WeergaveForm
from rapportage.models import Rapport
from rapportage.onderdrukking import DREMPEL
from rapportage.queries.status import openbare_uitgave
from rapportage.views.uitkomsten import ronde_van
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.models import Ronde


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def gegevens(request, slug):
    """What can be downloaded of a round, over the same choice of dossiers as the uitkomsten."""
    ronde = ronde_van(slug)
    form = _weergaveform(request, ronde)
    weergave = form.weergave
    rapport = Rapport.objects.filter(ronde=ronde).first()
    regels = [(bestand, weergave.gegevens(bestand.naam)) for bestand in BESTANDEN.values()]
    context = {
        "ronde": ronde,
        "form": form,
        "filters": None,
        "uitkomsten": queries.uitkomsten(ronde, weergave.indeling, weergave.selectie),
        "intern": [regel for regel in regels if not regel[0].openbaar],
        "openbaar": [regel for regel in regels if regel[0].openbaar],
        "drempel": DREMPEL,
        "rapport": rapport,
        "openbare_uitgave": openbare_uitgave(rapport) if rapport else None,
    }
    return render(request, "rapportage/gegevens.html", context)


def _weergaveform(request, ronde: Ronde) -> WeergaveForm:
    return WeergaveForm(request.GET, slug=ronde.slug, indelingen=indelingen.indelingen(ronde))


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def gegevens_bestand(request, slug, naam):
    """One file; who downloaded which, over which choice of dossiers, is recorded."""
    ronde = ronde_van(slug)
    bestand = BESTANDEN.get(naam)
    form = _weergaveform(request, ronde)
    if bestand is None or form.errors:  # no file over another choice than was asked
        raise Http404("Dit bestand is er niet.")
    leg_vast(
        ronde, Gebeurtenis.Soort.UITVOER, request.user, naar=naam,
        wijzigingen={} if bestand.openbaar else form.weergave.omschreven(),
    )  # fmt: skip
    return StreamingHttpResponse(
        bestand.maak(ronde, form.weergave),
        content_type=bestand.mediatype,
        headers={
            "Content-Disposition": f'attachment; filename="{bestand.naam_voor(ronde)}"',
            "Cache-Control": "private, no-store",
        },
    )
