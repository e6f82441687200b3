"""Editing a concept instrument: making one, its parts, its steps. Reading it is in `views/instrument.py`."""

from copy import copy

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.actions import instrumenten as acties
from vragenlijst.actions.instrumentdelen import (
    OMHOOG,
    OMLAAG,
    OUDER,
    VERWIJDERD,
    bezwaren_verwijderen,
    deel_opslaan,
    deel_verplaatsen,
    deel_verwijderen,
)
from vragenlijst.forms.instrument import FORMULIEREN, BestandForm, GegevensForm, InstrumentNieuwForm
from vragenlijst.models import Aandachtspunt, Instrument, Keuze, Onderdeel, Vraag
from vragenlijst.queries import instrument as queries_instrument
from vragenlijst.views.instrument import haal_instrument, toon_instrument
from vragenlijst.views.stappen import neem_stap

LANGS = {"instrument": "instrument", "onderdeel": "onderdeel__instrument", "vraag": "vraag__onderdeel__instrument"}
FORMULIER = "vragenlijst/instrument/formulier.html"


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def instrument_nieuw(request):
    form = InstrumentNieuwForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(acties.instrument_maken(form.save(commit=False), request.user))
        except Geweigerd as weigering:
            form.add_error("code", weigering.redenen)
    return _toon_form(request, form, "Nieuw instrument", reverse("instrumenten"), knop="Maak het instrument")


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def instrument_inlezen(request):
    form = BestandForm(request.POST, request.FILES) if request.method == "POST" else BestandForm()
    if request.method == "POST" and form.is_valid():
        try:
            instrument = acties.instrument_inlezen(form.gegeven, request.user)
        except Geweigerd as weigering:
            form.add_error("bestand", weigering.redenen)
        else:
            messages.success(request, f"{instrument} is ingelezen als concept.")
            return redirect(instrument)
    return _toon_form(request, form, "Instrument inlezen", reverse("instrumenten"), knop="Lees in", met_bestand=True)


@require_POST
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def instrument_status(request, code: str, versie: int):
    instrument = haal_instrument(code, versie)
    if form := neem_stap(request, instrument):
        return toon_instrument(request, instrument, form)
    return redirect(instrument)


@require_POST
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def instrument_versie(request, code: str, versie: int):
    """The next version, as a copy of this one."""
    instrument = haal_instrument(code, versie)
    try:
        nieuw = acties.nieuwe_versie(instrument, request.user)
    except Geweigerd as weigering:
        messages.error(request, " ".join(weigering.redenen))
        return redirect(instrument)
    messages.success(request, f"Versie {nieuw.versie} is gemaakt als kopie van versie {instrument.versie}.")
    return redirect(nieuw)


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def instrument_verwijderen(request, code: str, versie: int):
    instrument = haal_instrument(code, versie)
    if not instrument.is_concept:
        return _staat_vast(request, instrument)
    if request.method == "POST":
        try:
            acties.concept_verwijderen(instrument, request.user)
        except Geweigerd as weigering:
            messages.error(request, " ".join(weigering.redenen))
            return redirect(instrument)
        messages.success(request, f"Het concept {instrument} is verwijderd.")
        return redirect("instrumenten")
    context = {
        "instrument": instrument,
        "ding": instrument,
        "naam": str(instrument),
        "bezwaren": [],
        "terug": instrument.get_absolute_url(),
    }
    return render(request, "vragenlijst/instrument/verwijderen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def instrument_gegevens(request, code: str, versie: int):
    instrument = haal_instrument(code, versie)
    if not instrument.is_concept:
        return _staat_vast(request, instrument)
    form = _maak_form(request, GegevensForm, copy(instrument), instrument)
    return _bewerk(request, form, instrument, "Naam en bron", instrument.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def deel_nieuw(request, code: str, versie: int, soort: str, ouder: int):
    """A new part below `ouder`: an onderdeel, a question, or the instrument itself."""
    instrument, formsoort = haal_instrument(code, versie), _formsoort(soort)
    if not instrument.is_concept:
        return _staat_vast(request, instrument)
    model = formsoort.Meta.model
    ding = model(**{OUDER[model]: _haal_ouder(instrument, OUDER[model], ouder)})
    form = _maak_form(request, formsoort, ding, instrument)
    naam = model._meta.verbose_name
    return _bewerk(request, form, instrument, f"{naam.capitalize()} toevoegen", _plek(instrument, ding))


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def deel_wijzigen(request, code: str, versie: int, soort: str, pk: int):
    instrument, formsoort = haal_instrument(code, versie), _formsoort(soort)
    if not instrument.is_concept:
        return _staat_vast(request, instrument)
    ding = _haal_deel(instrument, soort, pk)
    form = _maak_form(request, formsoort, copy(ding), instrument)
    return _bewerk(
        request, form, instrument, f"{ding._meta.verbose_name.capitalize()} {ding.code}", _plek(instrument, ding)
    )


@require_POST
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def deel_verplaatst(request, code: str, versie: int, soort: str, pk: int):
    instrument = haal_instrument(code, versie)
    if not instrument.is_concept:
        return _staat_vast(request, instrument)
    ding = _haal_deel(instrument, soort, pk)
    richting = OMHOOG if request.POST.get("richting") == OMHOOG else OMLAAG
    try:
        if not deel_verplaatsen(ding, richting, instrument, request.user):
            messages.info(request, f"{ding.code} kan niet verder {richting}.")
    except Geweigerd as weigering:
        messages.error(request, " ".join(weigering.redenen))
    return redirect(_plek(instrument, ding))


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.INSTRUMENT_BEHEREN)
def deel_verwijderd(request, code: str, versie: int, soort: str, pk: int):
    """Asks first, and says what hangs on it."""
    instrument = haal_instrument(code, versie)
    if not instrument.is_concept:
        return _staat_vast(request, instrument)
    ding = _haal_deel(instrument, soort, pk)
    naam, terug = f"{ding._meta.verbose_name} {ding.code}", _plek(instrument, ding)
    if request.method == "POST":
        try:
            deel_verwijderen(ding, instrument, request.user)
        except Geweigerd as weigering:
            messages.error(request, " ".join(weigering.redenen))
            return redirect(terug)
        messages.success(request, f"{capfirst(naam)} is verwijderd.")
        return redirect(instrument if not isinstance(ding, Keuze) else terug)
    context = {
        "instrument": instrument,
        "ding": ding,
        "naam": naam,
        "bezwaren": bezwaren_verwijderen(ding),
        "terug": terug,
    }
    return render(request, "vragenlijst/instrument/verwijderen.html", context)


def _formsoort(soort: str):
    if soort not in FORMULIEREN:
        raise Http404
    return FORMULIEREN[soort]


def _haal_ouder(instrument: Instrument, soort: str, pk: int):
    if soort == "instrument":
        return instrument
    if soort == "onderdeel":
        return get_object_or_404(Onderdeel, instrument=instrument, pk=pk)
    return get_object_or_404(Vraag, onderdeel__instrument=instrument, pk=pk, soort=Vraag.Soort.KEUZE)


def _haal_deel(instrument: Instrument, soort: str, pk: int):
    model = _formsoort(soort).Meta.model
    delen = model.objects.filter(**{LANGS[OUDER[model]]: instrument})
    return get_object_or_404(delen.filter(soort=Keuze.Soort.INHOUD) if model is Keuze else delen, pk=pk)


def _maak_form(request, formsoort, ding, instrument: Instrument):
    gepost = request.POST if request.method == "POST" else None
    return formsoort(gepost, instance=ding, instrument=instrument, vorige=queries_instrument.vorige_versie(instrument))


def _plek(instrument: Instrument, ding) -> str:
    """Where the part stands on the page of the instrument; a choice stands at its question."""
    ding = ding.vraag if isinstance(ding, Keuze) else ding
    if not ding.code and hasattr(ding, "onderdeel"):
        ding = ding.onderdeel
    return f"{instrument.get_absolute_url()}#{queries_instrument.anker(ding._meta.model_name, ding.code)}"


def _bewerk(request, form, instrument: Instrument, titel: str, terug: str):
    """Save what was posted, or show the form: with what is wrong at its field, or beside what another wrote meanwhile."""
    verschillen = None
    if request.method == "POST" and form.is_valid():
        try:
            ding = deel_opslaan(form, instrument, request.user)
        except Geweigerd as weigering:
            if not form.errors:
                messages.error(request, " ".join(weigering.redenen))
                return redirect(instrument)
        except Conflict as conflict:
            if conflict.opgeslagen is None:
                messages.error(request, VERWIJDERD)
                return redirect(instrument)
            verschillen = form.naast_elkaar(conflict.opgeslagen)
        else:
            messages.success(request, "Opgeslagen.")
            _waarschuw(request, ding, instrument)
            return redirect(instrument if isinstance(ding, Instrument) else _plek(instrument, ding))
    return _toon_form(request, form, titel, terug, instrument=instrument, verschillen=verschillen)


def _waarschuw(request, ding, instrument: Instrument) -> None:
    """Say it now, where it is mended, when what was saved is no longer what it says to be."""
    ding = ding.vraag if isinstance(ding, Keuze) else ding
    if isinstance(ding, Vraag | Aandachtspunt):
        for bezwaar in queries_instrument.tegen_vorige(ding, instrument):
            messages.warning(request, str(bezwaar))


def _toon_form(
    request, form, titel: str, terug: str, *, knop="Opslaan", instrument=None, verschillen=None, met_bestand=False
):
    context = {
        "form": form,
        "titel": titel,
        "terug": terug,
        "knop": knop,
        "instrument": instrument,
        "verschillen": verschillen,
        "met_bestand": met_bestand,
    }
    return render(request, FORMULIER, context, status=422 if form.errors else 409 if verschillen is not None else 200)


def _staat_vast(request, instrument: Instrument):
    messages.warning(request, f"{instrument} is {instrument.get_status_display().lower()} en verandert niet meer.")
    return redirect(instrument)
