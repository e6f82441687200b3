"""Status: the one door (design 4.6)."""

from collections import defaultdict
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Recht
from regio.tekst import bezwaar_tegen
from vragenlijst.actions.fouten import Geweigerd
from vragenlijst.actions.herzien import NIET_TELLEND, herzie, sprekend
from vragenlijst.actions.verslag import Akkoord, controleer_akkoord, controleer_correcties, maak_verslag
from vragenlijst.bezwaren import bezwaren
from vragenlijst.models import (
    Dossier,
    Instrument,
    Interview,
)
from vragenlijst.overgangen import Overgang, Wie, overgangen


@transaction.atomic
def zet_status(
    ding: models.Model,
    naar: str,
    wie: Gebruiker,
    *,
    reden: str = "",
    akkoord: Akkoord | None = None,
    correcties: str | None = None,
):
    """Bring an Instrument, Ronde, Dossier, Interview or Rapport to status `naar`; the only place that assigns `.status`.

    `akkoord` is asked where an interview becomes geaccordeerd; `correcties` is what the gesprekspartner wants changed, None to
    leave what was noted before. Raises PermissionDenied when it is not this person's to do, Geweigerd with what stands in the
    way, and ValidationError keyed by field when akkoord or correcties are not right.
    """
    soort = ding._meta.model_name
    vers = op_slot(ding)
    stappen = overgangen(soort, vers.status, naar)
    if not stappen:
        raise Geweigerd([f"{vers} is nu '{vers.get_status_display().lower()}': deze stap kan niet (meer)."])
    stap = next((stap for stap in stappen if mag_zetten(vers, stap, wie)), None)
    if stap is None:
        raise PermissionDenied
    if weigeringen := _weigeringen(vers, stap, reden):
        raise Geweigerd(weigeringen)
    vers.status = naar
    velden, wijzigingen = ["status"], {}
    if soort == "dossier":
        vers.vastgesteld_op = timezone.now() if naar == Dossier.Status.VASTGESTELD else None
        velden.append("vastgesteld_op")
    if soort == "interview":
        wijzigingen = _zet_akkoord(vers, akkoord, correcties)
        velden += ["geaccordeerd_op", "geaccordeerd_door", "correcties"]
    vers.save(update_fields=velden)
    leg_vast(
        vers,
        Gebeurtenis.Soort.STATUS,
        wie,
        van=stap.van,
        naar=stap.naar,
        reden=reden.strip(),
        wijzigingen=wijzigingen,
        dossier_id=_dossier_id(vers),
    )
    if soort == "interview" and naar == Interview.Status.TER_ACCORDERING:
        maak_verslag(vers, wie)
    if soort == "interview" and (stap.van in NIET_TELLEND) != (stap.naar in NIET_TELLEND):
        herzie(vers.dossier, sprekend(vers))
    for gevolg in _gevolgen[soort, naar]:
        gevolg(vers, stap, wie, reden.strip())
    for veld in velden:
        setattr(ding, veld, getattr(vers, veld))
    return ding


_gevolgen: dict[tuple[str, str], list[Callable[[models.Model, Overgang, Gebruiker, str], None]]] = defaultdict(list)


def meld_gevolg(soort: str, naar: str, gevolg: Callable[[models.Model, Overgang, Gebruiker, str], None]) -> None:
    """For a room above this one, in its `AppConfig.ready`: what must happen in the same transaction as this step."""
    if gevolg not in _gevolgen[soort, naar]:
        _gevolgen[soort, naar].append(gevolg)


def _zet_akkoord(interview: Interview, akkoord: Akkoord | None, correcties: str | None) -> dict[str, list]:
    """Put approval and corrections on the interview. Returns what history may tell of it: no names, and no words of theirs."""
    wijzigingen = {}
    if interview.status == Interview.Status.GEACCORDEERD:
        controleer_akkoord(interview, akkoord)
        wijzigingen["Akkoord gegeven op"] = [None, akkoord.datum.isoformat()]
    else:
        akkoord = None
    interview.geaccordeerd_op = akkoord.datum if akkoord else None
    interview.geaccordeerd_door = akkoord.door.strip() if akkoord else ""
    if correcties is not None and correcties.strip() != interview.correcties:
        controleer_correcties(correcties)
        interview.correcties = correcties.strip()
        wijzigingen["Correcties"] = [None, "vastgelegd" if interview.correcties else "verwijderd"]
    return wijzigingen


def _weigeringen(ding: models.Model, stap: Overgang, reden: str) -> list[str]:
    """What stands in the way, and what is wrong with the reason that was given."""
    weigeringen = bezwaren(ding, stap.naar)
    if stap.met_reden and not reden.strip():
        weigeringen.append("Geef een reden op.")
    if teken := bezwaar_tegen(reden):
        weigeringen.append(teken)
    return weigeringen


def mag_zetten(ding: models.Model, stap: Overgang, wie: Gebruiker) -> bool:
    """Whether this step is this person's to take."""
    if stap.wie is Wie.BEHEERDER:
        return wie.heeft(Recht.INSTRUMENT_BEHEREN if isinstance(ding, Instrument) else Recht.RONDE_BEHEREN)
    if stap.wie is Wie.ANALIST:
        return wie.heeft(Recht.RAPPORT_SCHRIJVEN)
    dossier = ding if isinstance(ding, Dossier) else ding.dossier
    if not wie.heeft(Recht.DOSSIER_BEHANDELEN):
        return False
    return dossier.toetser_id == wie.pk if stap.wie is Wie.TOETSER else dossier.is_van(wie)


def op_slot(ding: models.Model):
    """This thing, read again and locked after what it hangs in: dossier before interview, round before dossier and rapport (besluit
    0007)."""
    boven = {"interview": "dossier", "dossier": "ronde", "rapport": "ronde"}.get(ding._meta.model_name)
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
