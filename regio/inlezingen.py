"""Imports through the browser: a file is taken, looked at, and carried out exactly as it was shown.

Nothing is kept between looking and carrying out but the file itself. The plan is made again each time, against the table as it is
then; the page sends the stamp of the plan that it showed, and a plan with another stamp is not carried out.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from regio import actions, queries
from regio.actions import GEMAAKT, GEWIJZIGD, Geweigerd
from regio.bijwerken import Bijwerking, Stand, plan_gemeenten, plan_herindelingen
from regio.gebeurtenissen import leg_vast
from regio.geojson import lees_grenzen
from regio.grensplan import plan_grenzen
from regio.inlezen import Probleem, lees_gemeenten, lees_herindelingen, lees_regios
from regio.models import Gebruiker, Inlezing
from regio.regioplan import plan_regios
from regio.tabelbestand import lees_tabelbestand
from regio.verschil import Groep, als_gegevens, verschil
from regio.vertellen import VERWIJDERD

Soort = Inlezing.Soort


class Veranderd(Exception):
    """Nothing was changed: the plan is not the one that was shown any more."""


@dataclass(frozen=True)
class Bekeken:
    """What a file would do now. With `problemen` nothing; `te_bevestigen` are problems that somebody may know better of."""

    plan: Bijwerking
    groepen: list[Groep]
    problemen: list[Probleem]
    te_bevestigen: list[Probleem]
    herkend: str = ""

    @property
    def stempel(self) -> str:
        return self.plan.stempel


def bekijk(soort: str, inhoud: bytes, peildatum: date | None, stand: Stand | None = None) -> Bekeken:
    """Read a file and plan it against the table as it is now, or against `stand`."""
    stand = stand or queries.stand()
    rijen, problemen = LEZERS[soort](inhoud, peildatum)
    if problemen:
        return Bekeken(Bijwerking(""), [], problemen, [])
    plan = PLANNERS[soort](rijen, stand, peildatum, False)
    te_bevestigen = [probleem for probleem in plan.problemen if probleem.te_bevestigen]
    if te_bevestigen:
        plan = PLANNERS[soort](rijen, stand, peildatum, True)
    herkend = (
        f"GeoJSON, coördinaten in {rijen.stelsel}" if soort == Soort.GRENZEN else lees_tabelbestand(inhoud).herkend
    )
    return Bekeken(plan, verschil(plan, stand), plan.problemen, te_bevestigen, herkend)


LEZERS: dict[str, Callable] = {
    Soort.GEMEENTEN: lambda inhoud, peildatum: lees_gemeenten(inhoud, peildatum),
    Soort.HERINDELINGEN: lambda inhoud, _: lees_herindelingen(inhoud),
    Soort.REGIOS: lambda inhoud, _: lees_regios(inhoud),
    Soort.GRENZEN: lees_grenzen,
}
PLANNERS: dict[str, Callable] = {
    Soort.GEMEENTEN: lambda lijst, stand, _, toch: plan_gemeenten(lijst, stand, toch=toch),
    Soort.HERINDELINGEN: lambda regels, stand, *_: plan_herindelingen(regels, stand),
    Soort.REGIOS: lambda regels, stand, *_: plan_regios(regels, stand),
    Soort.GRENZEN: lambda grenzen, stand, peildatum, _: plan_grenzen(grenzen, stand, peildatum),
}


@transaction.atomic
def neem_aan(soort: str, bestandsnaam: str, inhoud: bytes, peildatum: date | None, wie: Gebruiker) -> Inlezing:
    """Keep a file that has no problems. Raises Geweigerd with what is wrong with it, and keeps nothing."""
    bekeken = bekijk(soort, inhoud, peildatum)
    if bekeken.problemen:
        raise Geweigerd(bekeken.problemen)
    inlezing = Inlezing.objects.create(
        soort=soort,
        peildatum=peildatum,
        bestandsnaam=bestandsnaam[:200],
        herkend=bekeken.herkend[:200],
        inhoud=inhoud,
        sha256=hashlib.sha256(inhoud).hexdigest(),
        door=wie,
    )
    leg_vast(inlezing, GEMAAKT, wie, reden=inlezing.get_soort_display().lower())
    return inlezing


@transaction.atomic
def voer_uit(inlezing: Inlezing, stempel: str, wie: Gebruiker, *, bevestigd: bool = False) -> Bekeken:
    """Carry out what was shown under this stamp. Raises Veranderd when it would now do something else, Geweigerd when it does not
    fit the table any more, or needs a confirmation that was not given. Of an inlezing that was carried out already: Veranderd."""
    inlezing = Inlezing.objects.select_for_update().get(pk=inlezing.pk)
    if inlezing.uitgevoerd_op:
        raise Veranderd
    bekeken = bekijk(inlezing.soort, bytes(inlezing.inhoud), inlezing.peildatum, actions.stand_op_slot())
    if bekeken.problemen:
        raise Geweigerd(bekeken.problemen)
    if bekeken.stempel != stempel:
        raise Veranderd
    if bekeken.te_bevestigen and not bevestigd:
        raise Geweigerd(bekeken.te_bevestigen)
    actions.voer_plan_uit(bekeken.plan, wie)
    inlezing.uitgevoerd_op, inlezing.uitgevoerd_door = timezone.now(), wie
    inlezing.verschil = als_gegevens(bekeken.groepen)
    inlezing.save(update_fields=["uitgevoerd_op", "uitgevoerd_door", "verschil"])
    telling = {groep.titel: [0, len(groep.regels)] for groep in bekeken.groepen}
    leg_vast(inlezing, GEWIJZIGD, wie, reden=inlezing.get_soort_display().lower(), wijzigingen=telling)
    return bekeken


@transaction.atomic
def gooi_weg(inlezing: Inlezing, wie: Gebruiker) -> bool:
    """Throw away a file that was not carried out; False when it was, in the meantime."""
    inlezing = Inlezing.objects.select_for_update().get(pk=inlezing.pk)
    if inlezing.uitgevoerd_op:
        return False
    leg_vast(inlezing, GEWIJZIGD, wie, reden=VERWIJDERD)
    inlezing.delete()
    return True
