"""Which word a number of this round may be called: its own band table, else the standard."""

from collections.abc import Sequence
from dataclasses import asdict

from rapportage.canoniek import canoniek, sha256
from rapportage.kwantoren import BANDEN, Band
from rapportage.models import Fotomoment, Kwantorband
from vragenlijst.models import Ronde


def banden_van(ronde: Ronde | None) -> tuple[Band, ...]:
    """The table of this round, else the beheerder's standard, else the one that the system comes with. One query."""
    rijen = Kwantorband.objects.filter(ronde=None)
    if ronde is not None:
        rijen = rijen | Kwantorband.objects.filter(ronde=ronde)
    rijen = list(rijen.order_by("volgorde"))
    eigen = [rij for rij in rijen if rij.ronde_id is not None] or rijen
    return tuple(Band(rij.woord, rij.aandeel, rij.tot_en_met, rij.hoogstens) for rij in eigen) or BANDEN


def bandenzegel(banden: Sequence[Band]) -> str:
    """What tells one table from another."""
    return sha256(canoniek([asdict(band) for band in banden]))


def bevroren(ronde: Ronde | None) -> bool:
    """Whether this round's table stands firm: once a fotomoment was made with it."""
    return ronde is not None and Fotomoment.objects.filter(ronde=ronde).exists()
