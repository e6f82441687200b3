"""The text of a passage. Each write is one transaction."""

from django.db import transaction

from rapportage.actions.rapport import eis_bewerkbaar
from rapportage.models import Passage
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict


@transaction.atomic
def passage_opslaan(passage: Passage, tekst: str, versie: int, wie: Gebruiker) -> Passage:
    """Save the text of a passage. `versie` is the one the writer had before them.

    Raises Conflict with what stands there now when somebody else saved in between; nothing is written then.
    """
    vers = (
        Passage.objects.select_for_update(of=("self",)).select_related("gewijzigd_door", "rapport").get(pk=passage.pk)
    )
    eis_bewerkbaar(vers.rapport)
    if vers.tekst == tekst:
        return vers
    if vers.versie != versie:
        raise Conflict(vers)
    oud, vers.tekst = vers.tekst, tekst
    vers.versie += 1
    vers.gewijzigd_door = wie
    vers.save(update_fields=["tekst", "versie", "gewijzigd_door", "gewijzigd_op"])
    leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={"Tekst": [oud, tekst]})
    return vers
