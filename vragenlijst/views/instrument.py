"""The instrument as it is read: questionnaire and norms, what is wrong with it, what it covers, and how it looks when filled in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from regio.queries import geschiedenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.forms.interview import onderdeel_form
from vragenlijst.instrumentbestand import schrijf
from vragenlijst.instrumentlader import uit_database
from vragenlijst.instrumentverschil import GELIJK, verschillen
from vragenlijst.models import Instrument
from vragenlijst.queries import instrument as queries_instrument
from vragenlijst.queries import onderdelen_met_vragen
from vragenlijst.views.stappen import knoppen


def haal_instrument(code: str, versie: int) -> Instrument:
    return get_object_or_404(Instrument, code=code, versie=versie)


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrumenten(request):
    lijst = queries_instrument.instrumenten_met_aantallen()
    return render(request, "vragenlijst/instrument/instrumenten.html", {"instrumenten": lijst})


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrument(request, code: str, versie: int):
    return toon_instrument(request, haal_instrument(code, versie))


def toon_instrument(request, instrument: Instrument, stapform=None):
    delen = queries_instrument.delen(instrument)
    beheert = request.user.heeft(Recht.INSTRUMENT_BEHEREN)
    return render(
        request,
        "vragenlijst/instrument/instrument.html",
        {
            "instrument": instrument,
            "hier": "instrument",
            "delen": delen,
            "leemten": [norm for deel in delen for norm in deel.normen if norm.is_leemte],
            "actorgroepen": instrument.actorgroepen.all(),
            "bewijssoorten": instrument.bewijssoorten.all(),
            "te_bewerken": beheert and instrument.is_concept,
            "is_laatste": beheert and queries_instrument.is_laatste(instrument),
            "knoppen": knoppen(instrument, request.user, stapform) if beheert else [],
            "form": stapform,
            "geschiedenis": geschiedenis(instrument) if beheert else [],
        },
        status=200 if stapform is None else 422,
    )


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrument_controle(request, code: str, versie: int):
    instrument = haal_instrument(code, versie)
    adres = queries_instrument.adres_van(instrument)
    bezwaren = [(bezwaar, adres(bezwaar)) for bezwaar in queries_instrument.controle(instrument)]
    context = {
        "instrument": instrument,
        "hier": "controle",
        "fouten": [paar for paar in bezwaren if paar[0].blokkeert],
        "opmerkingen": [paar for paar in bezwaren if not paar[0].blokkeert],
    }
    return render(request, "vragenlijst/instrument/controle.html", context)


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrument_dekking(request, code: str, versie: int):
    """The questions against the norms, per onderdeel."""
    instrument = haal_instrument(code, versie)
    context = {"instrument": instrument, "hier": "dekking", "roosters": queries_instrument.roosters(instrument)}
    return render(request, "vragenlijst/instrument/dekking.html", context)


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrument_verschil(request, code: str, versie: int):
    instrument = haal_instrument(code, versie)
    vorige = queries_instrument.vorige_versie(instrument)
    alle = verschillen(uit_database(vorige), uit_database(instrument)) if vorige else []
    context = {
        "instrument": instrument,
        "hier": "verschil",
        "vorige": vorige,
        "anders": [v for v in alle if v.stand != GELIJK or v.heet not in ("", "gelijk")],
        "aantal_gelijk": sum(v.stand == GELIJK and v.heet in ("", "gelijk") for v in alle),
    }
    return render(request, "vragenlijst/instrument/verschil.html", context)


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrument_voorbeeld(request, code: str, versie: int):
    """All of it as it is filled in, on one page so that routing works across its parts; nothing can be saved."""
    instrument = haal_instrument(code, versie)
    onderdelen = onderdelen_met_vragen(instrument)
    delen = [(deel, onderdeel_form(onderdelen, deel, {}).vraagvelden({})) for deel in onderdelen]
    context = {"instrument": instrument, "hier": "voorbeeld", "delen": delen}
    return render(request, "vragenlijst/instrument/voorbeeld.html", context)


@require_safe
@recht_vereist(Recht.INSTRUMENT_ZIEN)
def instrument_bestand(request, code: str, versie: int):
    instrument = haal_instrument(code, versie)
    antwoord = HttpResponse(schrijf(uit_database(instrument)), content_type="application/json; charset=utf-8")
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{instrument.code}-{instrument.versie}.json"'
    return antwoord
