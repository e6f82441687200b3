"""The text of a passage. Each write is one transaction."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from rapportage.actions.rapport import eis_bewerkbaar
from rapportage.models import Passage, Passageversie
from rapportage.queries.maten import metingen
from rapportage.uitspraken.claims import LANGST_TEKST
from rapportage.uitspraken.maat import Maat, Onleesbaar, lees
from rapportage.uitspraken_opslaan import onthoud_uitspraken
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict

ZITTING = timedelta(minutes=30)  # saves of one person with shorter pauses are one sitting: one row in the logboek


@dataclass(frozen=True)
class Bewaard:
    """A text that is in the database, and the version that it became; not always the one that stands there now."""

    passage: Passage
    versie: int


@transaction.atomic
def passage_opslaan(passage: Passage, tekst: str, versie: int, wie: Gebruiker, sleutel: UUID | None = None) -> Bewaard:
    """The one way to save the text of a passage.

    `versie` is the one the writer had before them; `sleutel` is made by the client, and the same text under the same key is stored
    once however often it is sent. Raises Conflict with what stands there now when somebody else saved in between, and Geweigerd
    when the text is settled; nothing is written then.
    """
    # The report too: it is not vastgesteld between this look at its status and the text.
    vers = (
        Passage.objects.select_for_update(of=("self", "rapport"))
        .select_related("gewijzigd_door", "rapport__ronde")
        .get(pk=passage.pk)
    )
    eerder = Passageversie.objects.filter(sleutel=sleutel).first() if sleutel else None
    if eerder and (eerder.passage_id, eerder.tekst) == (vers.pk, tekst):
        return Bewaard(vers, eerder.versie)
    eis_bewerkbaar(vers.rapport)
    if vers.tekst == tekst:
        return Bewaard(vers, vers.versie)
    if vers.versie != versie:
        raise Conflict(vers)
    vorige = vers.versies.last()
    vers.tekst = tekst
    vers.versie += 1
    vers.gewijzigd_door = wie
    vers.save(update_fields=["tekst", "versie", "gewijzigd_door", "gewijzigd_op"])
    # A key that comes back with another text (a page restored from the browser's memory) is another change.
    nieuw = uuid4() if eerder or sleutel is None else sleutel
    Passageversie.objects.create(passage=vers, versie=vers.versie, tekst=tekst, sleutel=nieuw, wie=wie)
    onthoud_uitspraken(vers)
    if vorige is None or vorige.wie != wie or vorige.versie == 1 or timezone.now() - vorige.wanneer > ZITTING:
        leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={"Versie": [versie, vers.versie]})
    return Bewaard(vers, vers.versie)


@transaction.atomic
def zin_toevoegen(passage: Passage, zin: str, wie: Gebruiker) -> Bewaard:
    """Put a sentence below the text of a passage as it is now. Raises Geweigerd when the text is settled."""
    vers = Passage.objects.select_for_update(of=("self",)).get(pk=passage.pk)
    return passage_opslaan(vers, f"{vers.tekst}\n\n{zin}".strip(), vers.versie, wie)


@transaction.atomic
def uitspraak_herbekeken(passage: Passage, tekst: str, maat: Maat, wie: Gebruiker) -> int:
    """Somebody looked at a claim whose data have changed: remember what it is measured at now. Returns how many rows that were."""
    eis_bewerkbaar(passage.rapport)
    meting = metingen(passage.rapport.ronde, [maat])[maat]
    rijen = [
        uitspraak
        for uitspraak in passage.uitspraken.select_for_update().filter(tekst=tekst[:LANGST_TEKST])
        if _zelfde(uitspraak.maat, maat)
    ]
    for uitspraak in rijen:
        was = f"{uitspraak.x} van {uitspraak.n}"
        uitspraak.x, uitspraak.n, uitspraak.gelezen_op = meting.x, meting.n, timezone.now()
        uitspraak.save(update_fields=["x", "n", "gelezen_op"])
        leg_vast(uitspraak, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={"Opnieuw bekeken": [was, str(meting)]})
    return len(rijen)


def _zelfde(geschreven: str, maat: Maat) -> bool:
    try:
        return lees(geschreven) == maat
    except Onleesbaar:
        return False
