"""Judgements, on the evidence that the norm names (design 4.5)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import bezwaar_tegen
from vragenlijst.actions.bewijs import controleer_bewijs
from vragenlijst.actions.fouten import Conflict
from vragenlijst.actions.status import dossier_op_slot
from vragenlijst.models import (
    Aandachtspunt,
    Beoordeling,
    Bewijsstuk,
    Dossier,
)


@transaction.atomic
def beoordelen(
    dossier: Dossier,
    aandachtspunt: Aandachtspunt,
    oordeel: str,
    *,
    motivering: str,
    bewijsstuk: Bewijsstuk | None = None,
    bewijsplaats: str = "",
    versie: int,
    wie: Gebruiker,
) -> Beoordeling:
    """Judge one norm. *Voldoet* on a norm that names its evidence takes a document of that kind (design 4.5).

    Raises ValidationError keyed by field, Conflict when someone judged it in the meantime.
    """
    slot = dossier_op_slot(dossier)
    beoordeling = Beoordeling.objects.filter(dossier=slot, aandachtspunt=aandachtspunt).first()
    if versie != (beoordeling.versie if beoordeling else 0):
        raise Conflict(beoordeling)
    if aandachtspunt.onderdeel.instrument_id != slot.ronde.instrument_id:
        raise ValidationError("Dit aandachtspunt hoort niet bij dit dossier.")
    for veld, tekst in (("motivering", motivering), ("bewijsplaats", bewijsplaats)):
        if bezwaar := bezwaar_tegen(tekst):
            raise ValidationError({veld: bezwaar})
    if not motivering.strip():
        raise ValidationError({"motivering": "Motiveer het oordeel."})
    if bewijsstuk is not None:
        controleer_bewijs(slot, aandachtspunt, bewijsstuk)
        if bewijsstuk.opvolger and (beoordeling is None or beoordeling.bewijsstuk_id != bewijsstuk.pk):
            raise ValidationError({"bewijsstuk": f"Dit stuk is vervangen door '{bewijsstuk.opvolger}'. Kies dat stuk."})
    if oordeel == Beoordeling.Oordeel.VOLDOET and aandachtspunt.vraagt_bewijs and bewijsstuk is None:
        raise ValidationError(
            {
                "bewijsstuk": f"Deze norm vraagt zelf om bewijs ({aandachtspunt.bewijs}). Kies het stuk, of maak het oordeel "
                "'voldoet deels': het is dan alleen verklaard."
            }
        )
    nieuw = beoordeling is None
    oud = "" if nieuw else beoordeling.oordeel
    beoordeling = beoordeling or Beoordeling(dossier=slot, aandachtspunt=aandachtspunt)
    beoordeling.oordeel, beoordeling.motivering = oordeel, motivering.strip()
    beoordeling.bewijs_vereist = aandachtspunt.vraagt_bewijs
    beoordeling.bewijsstuk, beoordeling.bewijsplaats = bewijsstuk, bewijsplaats.strip()
    beoordeling.te_herzien = False
    beoordeling.versie = versie + 1
    beoordeling.gewijzigd_door = wie
    beoordeling.full_clean()
    beoordeling.save()
    leg_vast(
        beoordeling,
        Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        van=oud,
        naar=oordeel,
        reden=motivering.strip(),
        dossier_id=slot.pk,
    )
    return beoordeling
