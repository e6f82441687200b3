"""Writes on an instrument as a whole: new, from a file, the next version, and removing a concept. One transaction each, with history."""

from django.db import IntegrityError, transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.vertellen import VERWIJDERD
from vragenlijst.actions.fouten import Geweigerd
from vragenlijst.instrumentgegeven import Instrumentgegeven, met_stappen
from vragenlijst.instrumentlader import maak_leeg, uit_database, vul
from vragenlijst.models import Instrument


@transaction.atomic
def instrument_inlezen(bestand: Instrumentgegeven, wie: Gebruiker | None) -> Instrument:
    """The instrument of this file (`instrumentbestand.lees`) as a new concept version, whatever the file calls its status.

    It gets the version of the file when that comes after those that are there, else the next one. A question or norm that the
    version before does not have is new, whatever the file says. Raises Geweigerd while there is a concept of this code already.
    """
    vorige = laatste_versie(bestand.code)
    if vorige is not None and vorige.status == Instrument.Status.CONCEPT:
        raise Geweigerd([f"{vorige} is nog een concept. Stel dat eerst vast, of verwijder het."])
    instrument = Instrument(code=bestand.code, versie=max(bestand.versie, vorige.versie + 1 if vorige else 1))
    try:
        with transaction.atomic():
            vul(instrument, _naast(bestand, uit_database(vorige)) if vorige else bestand)
    except IntegrityError as fout:
        raise Geweigerd(["Iemand anders heeft tegelijk een versie van dit instrument gemaakt."]) from fout
    leg_vast(instrument, Gebeurtenis.Soort.GEMAAKT, wie)
    return instrument


@transaction.atomic
def instrument_maken(instrument: Instrument, wie: Gebruiker) -> Instrument:
    """An empty first version."""
    bezet = f"Er is al een instrument met de code {instrument.code}. Maak daarvan een nieuwe versie."
    if laatste_versie(instrument.code) is not None:
        raise Geweigerd([bezet])
    instrument.versie = 1
    try:
        with transaction.atomic():
            instrument.save()
    except IntegrityError as fout:
        raise Geweigerd([bezet]) from fout
    leg_vast(instrument, Gebeurtenis.Soort.GEMAAKT, wie)
    return instrument


@transaction.atomic
def nieuwe_versie(instrument: Instrument, wie: Gebruiker) -> Instrument:
    """The next version as a concept, in all the same as this one, which is the last. Raises Geweigerd when it is not."""
    laatste = laatste_versie(instrument.code)
    if laatste is None or laatste.pk != instrument.pk:
        raise Geweigerd([f"Er is al een latere versie: {laatste}."])
    # What a version says of the one before, it says of that one alone.
    return instrument_inlezen(met_stappen(uit_database(instrument), lambda _: "gelijk"), wie)


@transaction.atomic
def concept_verwijderen(instrument: Instrument, wie: Gebruiker) -> None:
    """Remove a concept with all that is in it. Raises Geweigerd when it is no concept any more, or a round names it."""
    slot = Instrument.objects.select_for_update(of=("self",)).filter(pk=instrument.pk).first()
    if slot is None:
        raise Geweigerd(["Dit concept is al verwijderd."])
    if not slot.is_concept:
        raise Geweigerd([f"{slot} is {slot.get_status_display().lower()} en kan niet worden verwijderd."])
    if slot.rondes.exists():
        raise Geweigerd(["Er is een ronde die dit concept noemt. Kies daar eerst een andere versie."])
    leg_vast(slot, Gebeurtenis.Soort.STATUS, wie, van=slot.status, naar=VERWIJDERD)
    maak_leeg(slot)
    slot.delete()


def laatste_versie(code: str) -> Instrument | None:
    return Instrument.objects.filter(code=code).order_by("-versie").first()


def _naast(bestand: Instrumentgegeven, vorige: Instrumentgegeven) -> Instrumentgegeven:
    """With every question and norm new that the version before does not have."""
    bekend = {(type(ding), ding.code) for ding in (*vorige.vragen, *vorige.aandachtspunten)}
    return met_stappen(bestand, lambda d: d.vergelijkbaarheid if (type(d), d.code) in bekend else "nieuw")
