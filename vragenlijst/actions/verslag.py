"""The gespreksverslag, the gesprekspartner's word on it, and who looked at their names (design 4.10)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import bezwaar_tegen
from vragenlijst import verslag
from vragenlijst.models import Gespreksverslag, Interview
from vragenlijst.queries.verslag import verslag_van

MAX_DOOR, MAX_CORRECTIES = 200, 20_000


@dataclass(frozen=True)
class Akkoord:
    """That somebody agreed to a verslag: when, and who."""

    datum: date
    door: str


def maak_verslag(interview: Interview, wie: Gebruiker) -> Gespreksverslag:
    """Keep what the answers say now as the next verslag. Called by `zet_status`, within its transaction and its lock."""
    nummer = interview.verslagen.count() + 1
    inhoud = verslag_van(interview, nummer).als_json()
    gemaakt = Gespreksverslag.objects.create(
        interview=interview, nummer=nummer, inhoud=inhoud, sha256=verslag.kenmerk(inhoud), gemaakt_door=wie
    )
    leg_vast(
        gemaakt,
        Gebeurtenis.Soort.GEMAAKT,
        wie,
        wijzigingen={"Kenmerk (SHA-256)": [None, gemaakt.sha256]},
        dossier_id=interview.dossier_id,
    )
    return gemaakt


def controleer_akkoord(interview: Interview, akkoord: Akkoord | None) -> None:
    """ValidationError, keyed by field, when this is not the word of somebody on the verslag that lies before them."""
    if akkoord is None:
        raise ValidationError({"datum": "Vul in wanneer het akkoord is gegeven.", "door": "Vul in wie akkoord gaf."})
    bezwaren = {}
    voorgelegd = interview.verslagen.order_by("-nummer").first()
    sinds = timezone.localdate(voorgelegd.gemaakt_op) if voorgelegd else None
    if akkoord.datum > timezone.localdate():
        bezwaren["datum"] = f"De datum {akkoord.datum:%d-%m-%Y} ligt in de toekomst."
    elif sinds and akkoord.datum < sinds:
        bezwaren["datum"] = f"Het verslag is van {sinds:%d-%m-%Y}: het akkoord kan niet van eerder zijn."
    if not akkoord.door.strip():
        bezwaren["door"] = "Vul in wie akkoord gaf."
    elif bezwaar := _bezwaar_tegen_tekst(akkoord.door, MAX_DOOR):
        bezwaren["door"] = bezwaar
    if bezwaren:
        raise ValidationError(bezwaren)


def controleer_correcties(correcties: str) -> None:
    if bezwaar := _bezwaar_tegen_tekst(correcties, MAX_CORRECTIES):
        raise ValidationError({"correcties": bezwaar})


def _bezwaar_tegen_tekst(tekst: str, hoogstens: int) -> str | None:
    if len(tekst) > hoogstens:
        return f"Deze tekst telt {len(tekst)} tekens; er passen er {hoogstens}. Kort de tekst in."
    return bezwaar_tegen(tekst)


def leg_inzage_vast(interview: Interview, wie: Gebruiker) -> None:
    """Record that this person was shown the names in this interview: once a day, not once a click.

    For every page or file that shows a gesprekspartner; only when there was something to show.
    """
    vandaag = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    eerder = Gebeurtenis.objects.van(interview).filter(
        soort=Gebeurtenis.Soort.INZAGE, wie=wie, wanneer__gte=vandaag, dossier_id=interview.dossier_id
    )
    if not eerder.exists():
        leg_vast(interview, Gebeurtenis.Soort.INZAGE, wie, dossier_id=interview.dossier_id)
