"""What a step in the status of a report brings about: its terms, and its editions."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from rapportage import samenstellen
from rapportage.canoniek import canoniek, sha256
from rapportage.drukpers import NietGedrukt
from rapportage.models import Rapport, Uitgave
from rapportage.queries import fotomoment as queries_fotomoment
from rapportage.queries.status import WEDERHOOR, openbaar_vanaf
from rapportage.queries.uitgave import gegevens_van
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Geweigerd
from vragenlijst.overgangen import Overgang


def begin_wederhoor(rapport: Rapport, stap: Overgang, wie: Gebruiker, reden: str) -> None:
    """Two weeks from today; the analist may change it."""
    rapport.wederhoor_tot = timezone.localdate() + WEDERHOOR
    rapport.save(update_fields=["wederhoor_tot"])


def geef_uit(rapport: Rapport, stap: Overgang, wie: Gebruiker, reden: str) -> Uitgave:
    """Print the report once and for all, and keep what it was printed from.

    Raises Geweigerd with a sentence when it cannot be printed; then nothing has happened.
    """
    foto = queries_fotomoment.laatste(rapport.ronde)
    versie = (rapport.uitgaven.aggregate(hoogste=Max("versie"))["hoogste"] or 0) + 1
    try:
        pdf = samenstellen.definitieve_pdf(rapport)
    except NietGedrukt as fout:
        raise Geweigerd([str(fout)]) from fout
    uitgave = Uitgave.objects.create(
        rapport=rapport,
        versie=versie,
        fotomoment=foto,
        pdf=pdf,
        sha256=sha256(pdf),
        gegevens=canoniek(gegevens_van(rapport, foto)),
        sjabloon=samenstellen.sjabloonzegel(),
        erratum=rapport.erratum,
        gemaakt_door=wie,
    )
    leg_vast(uitgave, Gebeurtenis.Soort.GEMAAKT, wie, wijzigingen={"SHA-256": [None, uitgave.sha256]})
    return uitgave


def bied_aan(rapport: Rapport, stap: Overgang, wie: Gebruiker, reden: str) -> None:
    rapport.aangeboden_op = timezone.localdate()
    rapport.save(update_fields=["aangeboden_op"])


def maak_openbaar(rapport: Rapport, stap: Overgang, wie: Gebruiker, reden: str) -> None:
    """Raises Geweigerd within four weeks at the minister, unless the reason says that the minister made it public."""
    vandaag, vanaf = timezone.localdate(), openbaar_vanaf(rapport)
    if vanaf and vandaag < vanaf and "minister" not in reden.lower():
        raise Geweigerd(
            [
                f"Het rapport ligt tot {date_format(vanaf, 'j F Y')} bij de minister. Eerder kan alleen als de minister het "
                "zelf openbaar heeft gemaakt; zeg dat dan in de reden."
            ]
        )
    rapport.openbaar_op = vandaag
    rapport.save(update_fields=["openbaar_op"])


def heropen(rapport: Rapport, stap: Overgang, wie: Gebruiker, reden: str) -> None:
    """Back to concept. From a fixed text this begins an erratum: with an empty list of changes, and its own dates."""
    if stap.van == Rapport.Status.WEDERHOOR:
        return
    rapport.erratum, rapport.wederhoor_tot, rapport.aangeboden_op, rapport.openbaar_op = "", None, None, None
    rapport.save(update_fields=["erratum", "wederhoor_tot", "aangeboden_op", "openbaar_op"])


@transaction.atomic
def uitgave_opslaan(rapport: Rapport, velden: list[str], wijzigingen: dict, wie: Gebruiker) -> None:
    """Save what the next edition is to hold: term, verantwoording, list of changes, as they stand on `rapport`."""
    vers = Rapport.objects.select_for_update(of=("self",)).get(pk=rapport.pk)
    if not vers.te_bewerken:
        raise Geweigerd([f"Het rapport is {vers.get_status_display().lower()}: het staat vast."])
    if velden:
        rapport.save(update_fields=velden)
        leg_vast(rapport, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen=wijzigingen)
