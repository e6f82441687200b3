"""Taking in what an XLSForm was read as."""

from django.db import transaction

from regio.models import Gebruiker
from vragenlijst.actions.instrumenten import instrument_inlezen, laatste_versie
from vragenlijst.instrumentgegeven import Instrumentgegeven, Normgegeven, Vraaggegeven, met_stappen
from vragenlijst.instrumentlader import uit_database
from vragenlijst.models import Instrument
from vragenlijst.xlsform.vertaling import Vertaling


@transaction.atomic
def formulier_inlezen(gegeven: Instrumentgegeven, wie: Gebruiker | None, verslag: dict) -> Instrument:
    """The form as a concept version, with `verslag` of what did not stay as it was (`verslag_van`). Raises Geweigerd as `instrument_inlezen` does.

    Its codes are given in order, so the V1.2 of a later form may well be another question: only what asks or demands the same in
    the same words, with the same answers, is compared with the version before.
    """
    vorige = laatste_versie(gegeven.code)
    if vorige is not None:
        was = uit_database(vorige)
        eerder = {ding.code: _kern(ding) for ding in (*was.vragen, *was.aandachtspunten)}
        gegeven = met_stappen(gegeven, lambda d: d.vergelijkbaarheid if eerder.get(d.code) == _kern(d) else "nieuw")
    instrument = instrument_inlezen(gegeven, wie)
    instrument.inleesverslag = verslag
    instrument.save(update_fields=["inleesverslag"])
    return instrument


def verslag_van(vertaling: Vertaling, bestandsnaam: str) -> dict:
    """What `Instrument.inleesverslag` keeps of a translation."""
    meldingen = [
        [str(ernst), melding.plaats, melding.tekst] for ernst, groep in vertaling.per_ernst() for melding in groep
    ]
    return {"bestand": bestandsnaam, "meldingen": meldingen}


def _kern(ding: Vraaggegeven | Normgegeven) -> tuple:
    if isinstance(ding, Normgegeven):
        return (ding.tekst,)
    return ding.tekst, ding.soort, ding.keuzes
