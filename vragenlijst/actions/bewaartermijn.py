"""The term for personal data of a round, and wiping them when it is over. Irreversible: see docs/besluiten/0049-bewaartermijn.md."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst import opslag
from vragenlijst.actions.fouten import Geweigerd
from vragenlijst.bewaartermijn import GEWIST
from vragenlijst.models import Bewijsstuk, Gesprekspartner, Interview, Ronde
from vragenlijst.queries.bewaartermijn import Bewaring, bewaring, gevuld, maanden_van, rijen


@transaction.atomic
def zet_bewaartermijn(ronde: Ronde, maanden: int | None, wie: Gebruiker, *, reden: str) -> None:
    """Give this round a term of its own in months, or (None) that of the installation again."""
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if slot.bewaartermijn == maanden:
        return
    oud, slot.bewaartermijn = maanden_van(slot), maanden
    slot.save(update_fields=["bewaartermijn"])
    wijzigingen = {"Bewaartermijn in maanden": [oud, maanden_van(slot)]}
    leg_vast(slot, Gebeurtenis.Soort.GEWIJZIGD, wie, reden=reden, wijzigingen=wijzigingen)


@transaction.atomic
def wis_persoonsgegevens(ronde: Ronde, wie: Gebruiker | None, *, vandaag: date) -> Bewaring:
    """Replace the personal data of this round, and say what there was. `wie` is None for the nightly command.

    Raises Geweigerd while the term runs, and when there is nothing (left) to wipe. The files go from the disk after the commit; one
    that a crash leaves behind has no row any more, and goes with `manage.py opruimen`.
    """
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    was = bewaring(slot)
    if bezwaar := waarom_niet(was, vandaag):
        raise Geweigerd([bezwaar])
    nu = timezone.now()
    rijen(Gesprekspartner, slot).filter(gevuld("naam")).update(naam=GEWIST, functie="", organisatie="")
    for veld in ("geaccordeerd_door", "correcties"):
        rijen(Interview, slot).filter(gevuld(veld)).update(**{veld: GEWIST})
    _wis_bestanden(slot, nu)
    slot.gewist_op = nu
    slot.save(update_fields=["gewist_op"])
    leg_vast(
        slot,
        Gebeurtenis.Soort.GEWIST,
        wie,
        wijzigingen={
            telling.wisveld.meer.capitalize(): [telling.aantal, 0] for telling in was.tellingen if telling.aantal
        },
    )
    return was


def waarom_niet(was: Bewaring, vandaag: date) -> str:
    """Why this round cannot be wiped now; empty when it can."""
    if was.termijn.verloopt is None:
        return f"De termijn loopt nog niet. {was.termijn.begin.waarom}"
    if not was.termijn.is_verlopen(vandaag):
        return f"De termijn loopt tot {was.termijn.verloopt:%d-%m-%Y}. Daarna kunnen de persoonsgegevens worden gewist."
    if not was.aantal:
        return "Er is in deze ronde niets (meer) te wissen."
    return ""


def _wis_bestanden(ronde: Ronde, nu) -> None:
    """Mark the rows, and let the files go once that is certain."""
    stukken = rijen(Bewijsstuk, ronde).filter(gevuld("bestand")).select_for_update(of=("self",))
    namen = list(stukken.values_list("bestand", flat=True))
    rijen(Bewijsstuk, ronde).filter(bestand__in=namen).update(bestand="", bestandsnaam="", gewist_op=nu)
    transaction.on_commit(lambda: opslag.verwijder_namen(namen))
