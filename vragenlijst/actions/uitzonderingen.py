"""Setting aside what a dossier lacks and cannot get, with the reason; and taking that back."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import bezwaar_tegen
from vragenlijst.actions.status import dossier_op_slot
from vragenlijst.models import Dossier, Uitzondering
from vragenlijst.werkvoorraad.leemten import leemten_van


@transaction.atomic
def zet_apart(dossier: Dossier, sleutels: Collection[str], reden: str, *, wie: Gebruiker) -> int:
    """Say of each of these leemten why it cannot be filled; returns of how many that was new.

    Raises ValidationError keyed by field when nothing was chosen, no reason given, or something chosen is not missing (any more);
    Geweigerd when the contents of the dossier stand firm.
    """
    slot = dossier_op_slot(dossier)
    if not slot.mag_bewerken(wie):
        raise PermissionDenied
    if bezwaar := bezwaar_tegen(reden):
        raise ValidationError({"reden": bezwaar})
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf op waarom het niet kan."})
    leemten = {leemte.sleutel: leemte for leemte in leemten_van(slot)}
    if not sleutels or set(sleutels) - leemten.keys():
        raise ValidationError({"leemten": "Kies wat ontbreekt en niet meer kan komen."})
    nieuw = [leemten[sleutel] for sleutel in sleutels if leemten[sleutel].open]
    for leemte in nieuw:
        uitzondering, gemaakt = Uitzondering.objects.update_or_create(
            dossier=slot,
            sleutel=leemte.sleutel,
            defaults={"wat": leemte.zin, "vragen": list(leemte.vragen), "reden": reden.strip(), "door": wie},
        )
        soort = Gebeurtenis.Soort.GEMAAKT if gemaakt else Gebeurtenis.Soort.GEWIJZIGD
        leg_vast(uitzondering, soort, wie, reden=reden.strip(), dossier_id=slot.pk)
    return len(nieuw)


@transaction.atomic
def haal_terug(uitzondering: Uitzondering, *, wie: Gebruiker) -> None:
    """What was set aside is to be done after all. The history keeps that it was, and why."""
    slot = dossier_op_slot(uitzondering.dossier)
    if not slot.mag_bewerken(wie):
        raise PermissionDenied
    vers = Uitzondering.objects.select_for_update().filter(pk=uitzondering.pk).first()
    if vers is None:  # sent twice
        return
    leg_vast(vers, Gebeurtenis.Soort.STATUS, wie, naar="teruggehaald", dossier_id=slot.pk)
    vers.delete()
