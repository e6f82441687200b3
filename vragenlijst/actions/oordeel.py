"""Judgements, and the evidence under them (design 4.5)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import bezwaar_tegen
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
        _controleer_bewijs(slot, aandachtspunt, bewijsstuk)
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


@transaction.atomic
def bewijsstuk_opslaan(bewijsstuk: Bewijsstuk, wie: Gebruiker, *, wijzigingen: dict | None = None) -> Bewijsstuk:
    """Store a document on its dossier. Raises ValidationError when a judgement rests on it that it would no longer carry."""
    slot = dossier_op_slot(bewijsstuk.dossier)
    nieuw = bewijsstuk.pk is None
    rustend = () if nieuw else bewijsstuk.beoordelingen.select_related("aandachtspunt")
    for beoordeling in rustend:
        try:
            _controleer_bewijs(slot, beoordeling.aandachtspunt, bewijsstuk)
        except ValidationError as fout:
            raise ValidationError(
                f"Het oordeel over {beoordeling.aandachtspunt.code} rust op dit stuk. {' '.join(fout.messages)} "
                "Pas eerst dat oordeel aan."
            ) from fout
    bewijsstuk.save()
    soort = Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD
    leg_vast(bewijsstuk, soort, wie, wijzigingen=wijzigingen, dossier_id=slot.pk)
    return bewijsstuk


def _controleer_bewijs(dossier: Dossier, aandachtspunt: Aandachtspunt, bewijsstuk: Bewijsstuk) -> None:
    if bewijsstuk.dossier_id != dossier.pk:
        raise ValidationError({"bewijsstuk": "Dit stuk hoort bij een ander dossier."})
    if aandachtspunt.vraagt_bewijs and not aandachtspunt.bewijssoorten.filter(pk=bewijsstuk.soort_id).exists():
        raise ValidationError(
            {
                "bewijsstuk": f"Een {bewijsstuk.soort.naam.lower()} is niet het bewijs dat deze norm vraagt ({aandachtspunt.bewijs})."
            }
        )
    if aandachtspunt.akkoord_door and bewijsstuk.akkoord_op is None:
        raise ValidationError(
            {
                "bewijsstuk": f"Bij dit stuk is nog niet vastgelegd wanneer het akkoord is gegeven ({aandachtspunt.akkoord_door})."
            }
        )
