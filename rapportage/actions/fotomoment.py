"""Freezing a round: called by the step that closes it, in its transaction."""

from django.db.models import Max

from rapportage.actions.kwantoren import neem_banden_over
from rapportage.canoniek import canoniek, sha256
from rapportage.models import Fotomoment
from rapportage.queries.fotomoment import inhoud_van
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.models import Ronde
from vragenlijst.overgangen import Overgang


def maak_fotomoment(ronde: Ronde, stap: Overgang | None, wie: Gebruiker, reden: str = "") -> Fotomoment:
    """Keep what this round amounts to, as its next version."""
    neem_banden_over(ronde)
    inhoud = canoniek(inhoud_van(ronde))
    versie = (ronde.fotomomenten.aggregate(hoogste=Max("versie"))["hoogste"] or 0) + 1
    fotomoment = Fotomoment.objects.create(
        ronde=ronde, versie=versie, inhoud=inhoud, sha256=sha256(inhoud), gemaakt_door=wie
    )
    leg_vast(fotomoment, Gebeurtenis.Soort.GEMAAKT, wie, wijzigingen={"SHA-256": [None, fotomoment.sha256]})
    return fotomoment
