"""Flags on a text that the analist sets aside, with the reason that is printed. Each write is one transaction."""

from django.db import IntegrityError, transaction

from rapportage.actions.rapport import eis_bewerkbaar
from rapportage.models import Afwijking, Passage
from rapportage.uitspraken.meting import Melding
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.vertellen import VERWIJDERD
from vragenlijst.actions import Geweigerd

LANGST = Afwijking._meta.get_field("fragment").max_length


@transaction.atomic
def terzijde_leggen(passage: Passage, melding: Melding, reden: str, wie: Gebruiker) -> Afwijking:
    """Raises Geweigerd when it was set aside already, or the text of the report is settled."""
    eis_bewerkbaar(passage.rapport)
    try:
        with transaction.atomic():
            afwijking = Afwijking.objects.create(
                rapport=passage.rapport,
                passage=passage,
                soort=melding.soort,
                fragment=melding.fragment[:LANGST],
                reden=reden,
                door=wie,
            )
    except IntegrityError as fout:
        raise Geweigerd(["Deze melding is al met een reden terzijde gelegd."]) from fout
    leg_vast(afwijking, Gebeurtenis.Soort.GEMAAKT, wie, reden=reden)
    return afwijking


@transaction.atomic
def weer_melden(afwijking: Afwijking, wie: Gebruiker) -> None:
    """Undo setting it aside."""
    eis_bewerkbaar(afwijking.rapport)
    leg_vast(afwijking, Gebeurtenis.Soort.GEWIJZIGD, wie, reden=VERWIJDERD)
    afwijking.delete()
