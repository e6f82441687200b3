"""One count as a file: the table (CSV) and the chart (SVG) of a question, a norm, a cross-table or of interviews.

Over the choice of the page it was asked on, and no other: a choice that is not there gives no file. Who downloaded what is recorded.
"""

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from rapportage import kruising, queries, tabellen, telbestanden
from rapportage.document import Grafiek
from rapportage.export.csv import MEDIATYPE
from rapportage.forms.weergave import GesprekForm, KruisForm, WeergaveForm
from rapportage.indelingen import indelingen
from rapportage.queries import gesprekken as queries_gesprekken
from rapportage.queries import kruis as queries_kruis
from rapportage.uitkomst import Groep
from rapportage.views.uitkomsten import ronde_van
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.models import Ronde

CSV, SVG = "csv", "svg"


def _gelezen(form: WeergaveForm) -> WeergaveForm:
    if form.errors:
        raise Http404("Deze keuze is er niet.")
    return form


def _keuze(form: WeergaveForm, gekozen: list[Groep]) -> str:
    return telbestanden.keuze_in_woorden(gekozen, form.selectie.alleen_vastgesteld)


def _antwoord(request, ronde: Ronde, naam: str, soort: str, form: WeergaveForm, csv: bytes, grafiek: Grafiek | None):
    """The file of this soort; there is none of another soort, nor a chart of what cannot be drawn."""
    if soort not in (CSV, SVG) or (soort == SVG and grafiek is None):
        raise Http404("Dit bestand is er niet.")
    inhoud = csv if soort == CSV else telbestanden.svg(grafiek)
    bestand = f"{slugify(naam.replace('.', '-'))}.{soort}"
    leg_vast(ronde, Gebeurtenis.Soort.UITVOER, request.user, naar=bestand[:40], wijzigingen=form.weergave.omschreven())
    return HttpResponse(
        inhoud,
        content_type=MEDIATYPE if soort == CSV else "image/svg+xml",
        headers={
            "Content-Disposition": f'attachment; filename="{ronde.slug}-{bestand}"',
            "Cache-Control": "private, no-store",
        },
    )


def _zoek(lees, code: str):
    try:
        return lees(code)
    except KeyError as fout:
        raise Http404("Dit staat niet in dit instrument.") from fout


def _geteld(request, ronde: Ronde):
    """How it is looked at, and the outcomes of the round looked at so."""
    form = _gelezen(WeergaveForm(request.GET, slug=ronde.slug, indelingen=indelingen(ronde)))
    return form, queries.uitkomsten(ronde, form.weergave.indeling, form.selectie)


def _vraagbestand(request, ronde: Ronde, geteld, code: str, soort: str, form: WeergaveForm, naam: str = "{}"):
    vraag = _zoek(geteld.vraag, code)
    csv = telbestanden.vraag_csv(vraag, ronde.naam, _keuze(form, geteld.gekozen))
    return _antwoord(request, ronde, naam.format(code), soort, form, csv, tabellen.vraaggrafiek(vraag))


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def uitkomst_vraag_bestand(request, slug, code, soort):
    ronde = ronde_van(slug)
    form, geteld = _geteld(request, ronde)
    return _vraagbestand(request, ronde, geteld, code, soort, form)


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def uitkomst_norm_bestand(request, slug, code, soort):
    ronde = ronde_van(slug)
    form, geteld = _geteld(request, ronde)
    norm = _zoek(geteld.norm, code)
    csv = telbestanden.norm_csv(norm, ronde.naam, _keuze(form, geteld.gekozen))
    return _antwoord(request, ronde, code, soort, form, csv, tabellen.normgrafiek(norm))


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def gesprekken_bestand(request, slug, code, soort):
    ronde = ronde_van(slug)
    actoren = queries_gesprekken.gespreksindelingen(ronde)
    form = _gelezen(GesprekForm(request.GET, slug=slug, indelingen=indelingen(ronde), actoren=actoren))
    geteld = queries_gesprekken.gesprekken(ronde, form.weergave.indeling, form.selectie)
    return _vraagbestand(request, ronde, geteld, code, soort, form, "gesprekken-{}")


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def kruistabel_bestand(request, slug, rij, kolom, soort):
    ronde = ronde_van(slug)
    bekend = indelingen(ronde)
    keuze = request.GET.copy()
    keuze["rij"], keuze["kolom"] = rij, kolom
    form = _gelezen(KruisForm(keuze, slug=slug, indelingen=bekend, assen=queries_kruis.assen(ronde, bekend)))
    kruis = queries_kruis.kruistabel(ronde, *form.gekozen, bekend, form.selectie)
    gekozen = [bekend[code].groep(groep) for code, groep in form.selectie.groepen]
    csv = telbestanden.kruis_csv(kruis, ronde.naam, _keuze(form, gekozen))
    naam = f"{kruis.rij.code}-naar-{kruis.kolom.code}"
    return _antwoord(request, ronde, naam, soort, form, csv, kruising.grafiek(kruis))
