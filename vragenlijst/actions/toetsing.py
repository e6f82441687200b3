"""Toetsing: what the toetser notes on a dossier, and what its inspector does with each note (design 4.6, 4.7).

A note is placed, dealt with, reopened and withdrawn by adding to its history; nothing of the conversation is ever overwritten.
`gezien` is the number of rows of history that the writer had before them: the version of a note.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Recht
from regio.tekst import bezwaar_tegen
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.actions.status import dossier_op_slot
from vragenlijst.models import Aandachtspunt, Dossier, Opmerking, Ronde, Vraag

OPEN, AFGEHANDELD, INGETROKKEN = "open", "afgehandeld", "ingetrokken"


@transaction.atomic
def opmerking_plaatsen(
    dossier: Dossier,
    tekst: str,
    *,
    wie: Gebruiker,
    vraag: Vraag | None = None,
    aandachtspunt: Aandachtspunt | None = None,
) -> Opmerking:
    """Note something on a question, on a norm, or on the dossier as a whole (neither of them).

    The same open note sent twice is one note. Raises PermissionDenied for who is not the toetser of this dossier, Geweigerd when it
    does not lie ter toetsing.
    """
    slot = _te_toetsen(dossier, wie)
    tekst = _gevuld("tekst", tekst, "Schrijf op wat u opmerkt.")
    for ding in filter(None, (vraag, aandachtspunt)):
        if ding.onderdeel.instrument_id != slot.ronde.instrument_id:
            raise ValidationError("Deze vraag of norm hoort niet bij dit dossier.")
    over = {"vraag": vraag, "aandachtspunt": aandachtspunt, "tekst": tekst, "door": wie}
    if dubbel := slot.opmerkingen.filter(**over, afgehandeld_op=None).first():
        return dubbel
    opmerking = Opmerking.objects.create(dossier=slot, **over)
    leg_vast(opmerking, Gebeurtenis.Soort.GEMAAKT, wie, reden=tekst, dossier_id=slot.pk)
    return opmerking


@transaction.atomic
def opmerking_afhandelen(opmerking: Opmerking, reactie: str, *, gezien: int, wie: Gebruiker) -> Opmerking:
    """Say what was done with a note, and close it. Raises Conflict when it went on in the meantime."""
    slot = dossier_op_slot(opmerking.dossier)
    if not (slot.is_van(wie) and wie.heeft(Recht.DOSSIER_BEHANDELEN)):
        raise PermissionDenied
    reactie = _gevuld("reactie", reactie, "Schrijf op wat u met de opmerking hebt gedaan.")
    vers = Opmerking.objects.select_for_update().get(pk=opmerking.pk)
    if (vers.afgehandeld_door_id, vers.reactie) == (wie.pk, reactie):
        return vers
    if vers.afgehandeld_op or gezien != _stand(vers):
        raise Conflict(vers)
    return _sluit(vers, wie, AFGEHANDELD, reactie)


@transaction.atomic
def opmerking_heropenen(opmerking: Opmerking, reden: str, *, gezien: int, wie: Gebruiker) -> Opmerking:
    """Open a note again that was not dealt with well enough, and say why. What was answered stays in its history."""
    slot = _te_toetsen(opmerking.dossier, wie)
    reden = _gevuld("reden", reden, "Schrijf op wat er nog ontbreekt.")
    vers = Opmerking.objects.select_for_update().get(pk=opmerking.pk)
    if vers.afgehandeld_op is None and _laatste(vers) == (wie.pk, OPEN, reden):
        return vers
    if vers.afgehandeld_op is None or gezien != _stand(vers):
        raise Conflict(vers)
    van = _laatste(vers)[1] or AFGEHANDELD
    vers.afgehandeld_door = vers.afgehandeld_op = None
    vers.save(update_fields=["afgehandeld_door", "afgehandeld_op"])
    leg_vast(vers, Gebeurtenis.Soort.STATUS, wie, van=van, naar=OPEN, reden=reden, dossier_id=slot.pk)
    return vers


@transaction.atomic
def opmerking_intrekken(opmerking: Opmerking, *, gezien: int, wie: Gebruiker) -> Opmerking:
    """Close a note that proved unnecessary, so that the dossier need not go back for it. It stays readable."""
    _te_toetsen(opmerking.dossier, wie)
    vers = Opmerking.objects.select_for_update().get(pk=opmerking.pk)
    if vers.afgehandeld_op is not None and _laatste(vers)[:2] == (wie.pk, INGETROKKEN):
        return vers
    if vers.afgehandeld_op is not None or gezien != _stand(vers):
        raise Conflict(vers)
    return _sluit(vers, wie, INGETROKKEN, vers.reactie)


def _te_toetsen(dossier: Dossier, wie: Gebruiker) -> Dossier:
    """The dossier, locked, if it lies ter toetsing with this person."""
    slot = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if slot.toetser_id != wie.pk or not wie.heeft(Recht.DOSSIER_BEHANDELEN):
        raise PermissionDenied
    if slot.status != Dossier.Status.TER_TOETSING or slot.ronde.status != Ronde.Status.OPEN:
        raise Geweigerd(
            [f"Dit dossier is {slot.get_status_display().lower()}: opmerkingen maakt u terwijl het ter toetsing ligt."]
        )
    return slot


def _gevuld(veld: str, tekst: str, anders: str) -> str:
    if bezwaar := bezwaar_tegen(tekst):
        raise ValidationError({veld: bezwaar})
    if not tekst.strip():
        raise ValidationError({veld: anders})
    return tekst.strip()


def _stand(opmerking: Opmerking) -> int:
    return Gebeurtenis.objects.van(opmerking).count()


def _laatste(opmerking: Opmerking) -> tuple[int | None, str, str]:
    """(who, to what, why) of the last row of its history."""
    rij = Gebeurtenis.objects.van(opmerking).order_by("pk").last()
    return (rij.wie_id, rij.naar, rij.reden) if rij else (None, "", "")


def _sluit(opmerking: Opmerking, wie: Gebruiker, hoe: str, reactie: str) -> Opmerking:
    opmerking.reactie = reactie
    opmerking.afgehandeld_door, opmerking.afgehandeld_op = wie, timezone.now()
    opmerking.save(update_fields=["reactie", "afgehandeld_door", "afgehandeld_op"])
    leg_vast(
        opmerking,
        Gebeurtenis.Soort.STATUS,
        wie,
        van=OPEN,
        naar=hoe,
        reden=reactie if hoe == AFGEHANDELD else "",
        dossier_id=opmerking.dossier_id,
    )
    return opmerking
