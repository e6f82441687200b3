"""The notes of the toetser, each with what was said about it since."""

from collections import defaultdict
from dataclasses import dataclass

from regio.models import Gebeurtenis
from vragenlijst.models import Bevinding, Dossier, Opmerking
from vragenlijst.queries.dossiers import Driehoek, Normbeeld, driehoeken, normbeelden
from vragenlijst.werkvoorraad import Leemte, leemten_van


@dataclass(frozen=True)
class Bespreking:
    """One note of the toetser and its history, oldest first; the first row is the placing of the note itself."""

    opmerking: Opmerking
    geschiedenis: tuple[Gebeurtenis, ...]

    @property
    def open(self) -> bool:
        return self.opmerking.afgehandeld_op is None

    @property
    def stand(self) -> str:
        """open, heropend, afgehandeld or ingetrokken: as the badge says it."""
        if self.open:
            return "heropend" if self.vervolg else "open"
        return self.geschiedenis[-1].naar if self.vervolg else "afgehandeld"

    @property
    def vervolg(self) -> tuple[Gebeurtenis, ...]:
        """What followed on the note."""
        return self.geschiedenis[1:]

    @property
    def gezien(self) -> int:
        """The version of the note, as the actions take it."""
        return len(self.geschiedenis)

    @property
    def code(self) -> str:
        """The question or the norm that it is about; empty for the dossier as a whole."""
        ding = self.opmerking.vraag or self.opmerking.aandachtspunt
        return ding.code if ding else ""


def besprekingen(dossier: Dossier) -> list[Bespreking]:
    """Every note on this dossier in the order in which they were placed. Two queries."""
    geschiedenis = defaultdict(list)
    rijen = Gebeurtenis.objects.filter(dossier_id=dossier.pk, ding_soort="opmerking")
    for rij in rijen.select_related("wie").order_by("pk"):
        geschiedenis[rij.ding_id].append(rij)
    opmerkingen = dossier.opmerkingen.select_related("vraag", "aandachtspunt", "door", "afgehandeld_door")
    return [Bespreking(opmerking, tuple(geschiedenis[opmerking.pk])) for opmerking in opmerkingen]


@dataclass(frozen=True)
class Nazien:
    """What a toetser does well to look at first: where something was weighed, or is missing."""

    onenig: list[Driehoek]  # findings on which the actors did not say the same
    verklaard: list[Normbeeld]  # judgements on words alone, where the norm demands a document
    leemten: list[Leemte]  # set aside with a reason

    def __bool__(self):
        return bool(self.onenig or self.verklaard or self.leemten)


def na_te_zien(dossier: Dossier) -> Nazien:
    """A fixed number of queries."""
    return Nazien(
        onenig=[
            regel
            for regel in driehoeken(dossier)
            if regel.gevraagd and regel.bevinding and regel.bevinding.stand == Bevinding.Stand.TEGENGESTELD
        ],
        verklaard=[beeld for beeld in normbeelden(dossier) if beeld.beoordeling and beeld.beoordeling.alleen_verklaard],
        leemten=[leemte for leemte in leemten_van(dossier) if not leemte.open],
    )


def per_code(alle: list[Bespreking]) -> dict[str, list[Bespreking]]:
    """The notes by code of their question or norm; under "" those on the dossier as a whole."""
    verdeeld = defaultdict(list)
    for bespreking in alle:
        verdeeld[bespreking.code].append(bespreking)
    return verdeeld
