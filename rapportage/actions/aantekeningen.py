"""What analists note for each other at a passage. Each write is one transaction."""

from django.db import transaction
from django.utils import timezone

from rapportage.actions.rapport import eis_bewerkbaar
from rapportage.models import Aantekening, Passage
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker


@transaction.atomic
def aantekening_maken(passage: Passage, tekst: str, fragment: str, wie: Gebruiker) -> Aantekening:
    """Raises Geweigerd when the text of the report is settled."""
    eis_bewerkbaar(passage.rapport)
    aantekening = Aantekening.objects.create(passage=passage, tekst=tekst, fragment=fragment, door=wie)
    leg_vast(aantekening, Gebeurtenis.Soort.GEMAAKT, wie)
    return aantekening


@transaction.atomic
def aantekening_afhandelen(aantekening: Aantekening, wie: Gebruiker) -> Aantekening:
    """Tick it off; once: who was first stays named."""
    vers = Aantekening.objects.select_for_update().get(pk=aantekening.pk)
    if vers.afgehandeld_op is None:
        vers.afgehandeld_door, vers.afgehandeld_op = wie, timezone.now()
        vers.save(update_fields=["afgehandeld_door", "afgehandeld_op"])
        leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, naar="afgehandeld")
    return vers
