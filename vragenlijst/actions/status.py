"""Status: the one door (design 4.6)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Recht
from regio.tekst import bezwaar_tegen
from vragenlijst.actions.fouten import Geweigerd
from vragenlijst.actions.herzien import NIET_TELLEND, herzie, sprekend
from vragenlijst.bezwaren import bezwaren
from vragenlijst.models import (
    Dossier,
    Interview,
)
from vragenlijst.overgangen import Overgang, Wie, overgang


@transaction.atomic
def zet_status(ding: models.Model, naar: str, wie: Gebruiker, *, reden: str = "", datum: date | None = None):
    """Bring a Ronde, Dossier or Interview to status `naar`; the only place that assigns `.status`.

    `datum` is the date of approval where that is asked (default today). Raises PermissionDenied when it is not this person's
    to do, and Geweigerd with what stands in the way.
    """
    soort = ding._meta.model_name
    vers = op_slot(ding)
    stap = overgang(soort, vers.status, naar)
    if stap is None:
        raise Geweigerd([f"{vers} is nu '{vers.get_status_display().lower()}': deze stap kan niet (meer)."])
    if not mag_zetten(vers, stap, wie):
        raise PermissionDenied
    if weigeringen := _weigeringen(vers, stap, reden, datum):
        raise Geweigerd(weigeringen)
    vers.status = naar
    velden = ["status"]
    if soort == "dossier":
        vers.vastgesteld_op = timezone.now() if naar == Dossier.Status.VASTGESTELD else None
        velden.append("vastgesteld_op")
    if soort == "interview":
        vers.geaccordeerd_op = (datum or timezone.localdate()) if naar == Interview.Status.GEACCORDEERD else None
        velden.append("geaccordeerd_op")
    vers.save(update_fields=velden)
    leg_vast(
        vers,
        Gebeurtenis.Soort.STATUS,
        wie,
        van=stap.van,
        naar=stap.naar,
        reden=reden.strip(),
        dossier_id=_dossier_id(vers),
    )
    if soort == "interview" and (stap.van in NIET_TELLEND) != (stap.naar in NIET_TELLEND):
        herzie(vers.dossier, sprekend(vers))
    for veld in velden:
        setattr(ding, veld, getattr(vers, veld))
    return ding


def _weigeringen(ding: models.Model, stap: Overgang, reden: str, datum: date | None) -> list[str]:
    """What stands in the way, and what is wrong with the reason and the date that were given."""
    weigeringen = bezwaren(ding, stap.naar)
    if stap.met_reden and not reden.strip():
        weigeringen.append("Geef een reden op.")
    if datum is not None and datum > timezone.localdate():
        weigeringen.append(f"De datum {datum:%d-%m-%Y} ligt in de toekomst.")
    if teken := bezwaar_tegen(reden):
        weigeringen.append(teken)
    return weigeringen


def mag_zetten(ding: models.Model, stap: Overgang, wie: Gebruiker) -> bool:
    """Whether this step is this person's to take."""
    if stap.wie is Wie.BEHEERDER:
        return wie.heeft(Recht.RONDE_BEHEREN)
    if stap.wie is Wie.ANALIST:
        return wie.heeft(Recht.RAPPORT_SCHRIJVEN)
    dossier = ding if isinstance(ding, Dossier) else ding.dossier
    if not wie.heeft(Recht.DOSSIER_BEHANDELEN):
        return False
    return dossier.toetser_id == wie.pk if stap.wie is Wie.TOETSER else dossier.is_van(wie)


def op_slot(ding: models.Model):
    """This thing, read again and locked after what it hangs in: dossier before interview, round before dossier (besluit 0007)."""
    boven = {"interview": "dossier", "dossier": "ronde"}.get(ding._meta.model_name)
    if boven is not None:
        veld = ding._meta.get_field(boven)
        veld.related_model.objects.select_for_update().get(pk=getattr(ding, veld.attname))
    return type(ding).objects.select_for_update().get(pk=ding.pk)


def _dossier_id(ding: models.Model) -> int | None:
    return ding.pk if isinstance(ding, Dossier) else getattr(ding, "dossier_id", None)


def dossier_op_slot(dossier: Dossier) -> Dossier:
    """The dossier, locked for this transaction; Geweigerd when its contents stand firm."""
    slot = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not slot.te_bewerken:
        raise Geweigerd([f"Dit dossier is {slot.get_status_display().lower()}: de inhoud staat vast."])
    return slot
