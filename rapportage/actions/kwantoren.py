"""Writes on band tables: the beheerder's standard, the copy that a round gets, and changes to either."""

from collections.abc import Sequence

from django.db import transaction

from rapportage.kwantoren import Band, bereik_in_woorden, gebreken
from rapportage.models import Kwantorband
from rapportage.queries.kwantoren import banden_van, bandenzegel, bevroren
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict, Geweigerd, op_slot
from vragenlijst.models import Ronde


def neem_banden_over(ronde: Ronde, stap=None, wie: Gebruiker | None = None, reden: str = "") -> None:
    """Give this round its own copy of the standard, as it is opened; a round that has a table keeps it."""
    if not Kwantorband.objects.filter(ronde=ronde).exists():
        _schrijf(ronde, banden_van(ronde))


@transaction.atomic
def banden_opslaan(ronde: Ronde | None, banden: Sequence[Band], gezien: str, wie: Gebruiker) -> None:
    """Replace the table of this round, or the standard when there is none.

    `gezien` is the seal of the table that the writer had before them. Raises Geweigerd when the round's table stands firm or the new one
    cannot be used, and Conflict when somebody else changed it since.
    """
    if ronde is not None:
        ronde = op_slot(ronde)
        if bevroren(ronde):
            raise Geweigerd([f"{ronde} heeft een fotomoment: haar hoeveelheidswoorden staan vast."])
    else:
        list(Kwantorband.objects.select_for_update(of=("self",)).filter(ronde=None))
    if fouten := gebreken(banden):
        raise Geweigerd([zin for _, zin in fouten])
    oud = banden_van(ronde)
    if oud == tuple(banden):
        return
    if bandenzegel(oud) != gezien:
        raise Conflict(oud)
    Kwantorband.objects.filter(ronde=ronde).delete()
    eerste = _schrijf(ronde, banden)
    leg_vast(
        ronde or eerste,
        Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        wijzigingen={"Hoeveelheidswoorden": [_leesbaar(oud), _leesbaar(banden)]},
    )


def _schrijf(ronde: Ronde | None, banden: Sequence[Band]) -> Kwantorband:
    return Kwantorband.objects.bulk_create(
        Kwantorband(
            ronde=ronde,
            volgorde=plaats,
            woord=band.woord,
            aandeel=band.aandeel,
            tot_en_met=band.tot_en_met,
            hoogstens=band.hoogstens,
        )
        for plaats, band in enumerate(banden, start=1)
    )[0]


def _leesbaar(banden: Sequence[Band]) -> str:
    return "; ".join(f"{band.woord}: {bereik_in_woorden(band, banden)}" for band in banden)
