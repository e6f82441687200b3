"""What others say of the draft, and what is done with it. Each write is one transaction."""

from django.db import transaction
from django.utils import timezone

from rapportage.actions.rapport import eis_bewerkbaar
from rapportage.models import Rapport, Wederhoorreactie
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict, Geweigerd


@transaction.atomic
def reactie_vastleggen(reactie: Wederhoorreactie, wie: Gebruiker) -> Wederhoorreactie:
    """Store what a party said. Raises Geweigerd when the report is not in wederhoor."""
    rapport = _op_slot(reactie.rapport_id)
    if rapport.status != Rapport.Status.WEDERHOOR:
        raise Geweigerd([f"Het rapport is nu ‘{rapport.get_status_display().lower()}’ en niet in wederhoor."])
    reactie.save(force_insert=True)
    leg_vast(reactie, Gebeurtenis.Soort.GEMAAKT, wie)
    return reactie


@transaction.atomic
def reactie_besluiten(
    reactie: Wederhoorreactie, besluit: str, motivering: str, versie: int, wie: Gebruiker
) -> Wederhoorreactie:
    """Say what is done with a reaction and why; may be said again until the report is vastgesteld, also back in concept.

    Raises Conflict with the reaction as it stands when somebody decided since `versie`, and Geweigerd when the text stands firm.
    """
    eis_bewerkbaar(_op_slot(reactie.rapport_id))
    vers = Wederhoorreactie.objects.select_for_update(of=("self",)).get(pk=reactie.pk)
    if vers.versie != versie:
        raise Conflict(vers)
    oud = [vers.get_besluit_display(), vers.motivering]
    vers.besluit, vers.motivering, vers.versie = besluit, motivering.strip(), versie + 1
    vers.behandeld_door, vers.behandeld_op = wie, timezone.now()
    vers.save(update_fields=["besluit", "motivering", "versie", "behandeld_door", "behandeld_op"])
    leg_vast(
        vers,
        Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        wijzigingen={"Besluit": [oud[0], vers.get_besluit_display()], "Motivering": [oud[1], vers.motivering]},
    )
    return vers


def _op_slot(rapport: int) -> Rapport:
    """The report, locked, so that it is not vastgesteld meanwhile."""
    return Rapport.objects.select_for_update(of=("self",)).get(pk=rapport)
