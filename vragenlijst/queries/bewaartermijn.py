"""What personal data rounds still hold, and until when. A fixed number of queries, whatever the number of rounds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from vragenlijst.bewaartermijn import GEWIST, WISVELDEN, Begin, Termijn, Wisveld, van_boven
from vragenlijst.models import Beoordeling, Bevinding, Bewijsstuk, Dossier, Gesprekspartner, Interview, Ronde

NIET_GESLOTEN = "De ronde is nog niet gesloten."
# Per model that holds them: the way to its round, and which of its rows.
MODELLEN = {
    Gesprekspartner: ("interview__dossier__ronde", Q()),
    Interview: ("dossier__ronde", Q()),
    Bewijsstuk: ("dossier__ronde", Q(persoonsgegevens=True)),
}


@dataclass(frozen=True)
class Telling:
    """How many values of one kind of field there are to wipe."""

    wisveld: Wisveld
    aantal: int

    def __str__(self):
        return f"{self.aantal} {self.wisveld.een if self.aantal == 1 else self.wisveld.meer}"


@dataclass(frozen=True)
class Bewaring:
    """A round, its term, and what would go: one Telling per kind of field."""

    ronde: Ronde
    termijn: Termijn
    eigen_termijn: bool
    tellingen: tuple[Telling, ...]

    @property
    def aantal(self) -> int:
        return sum(telling.aantal for telling in self.tellingen)

    def is_te_wissen(self, vandaag: date) -> bool:
        """Whether there is something to wipe, and it may go today."""
        return self.aantal > 0 and self.termijn.is_verlopen(vandaag)


@dataclass(frozen=True)
class Blijft:
    """What a wipe leaves as it is."""

    dossiers: int
    bevindingen: int
    beoordelingen: int
    gesprekspartners: int
    bewijsstukken: int


def bewaringen(rondes: Iterable[Ronde] | None = None) -> list[Bewaring]:
    """Every round (or these), the newest first."""
    rondes = list(Ronde.objects.all() if rondes is None else rondes)
    begin = {ronde.pk: _niet_gesloten(ronde) for ronde in rondes} | van_boven(
        ronde for ronde in rondes if ronde.status == Ronde.Status.GESLOTEN
    )
    tellingen = _tellingen(rondes)
    return [
        Bewaring(
            ronde, Termijn(begin[ronde.pk], maanden_van(ronde)), ronde.bewaartermijn is not None, tellingen[ronde.pk]
        )
        for ronde in rondes
    ]


def bewaring(ronde: Ronde) -> Bewaring:
    return bewaringen([ronde])[0]


def maanden_van(ronde: Ronde) -> int:
    return settings.BEWAARTERMIJN_MAANDEN if ronde.bewaartermijn is None else ronde.bewaartermijn


def blijft(ronde: Ronde) -> Blijft:
    return Blijft(
        dossiers=Dossier.objects.filter(ronde=ronde).count(),
        bevindingen=Bevinding.objects.filter(dossier__ronde=ronde).count(),
        beoordelingen=Beoordeling.objects.filter(dossier__ronde=ronde).count(),
        gesprekspartners=Gesprekspartner.objects.filter(interview__dossier__ronde=ronde).count(),
        bewijsstukken=Bewijsstuk.objects.filter(dossier__ronde=ronde).count(),
    )


def rijen(model, ronde: Ronde) -> QuerySet:
    """The rows of this model in this round that can hold something to wipe."""
    weg, welke = MODELLEN[model]
    return model.objects.filter(welke, **{weg: ronde})


def gevuld(veld: str) -> Q:
    """Rows in which this field still says something."""
    return ~Q(**{f"{veld}__in": ["", GEWIST]})


def _niet_gesloten(ronde: Ronde) -> Begin:
    return Begin(
        None, NIET_GESLOTEN if ronde.status != Ronde.Status.GESLOTEN else "Niet bekend wanneer zij is gesloten."
    )


def _tellingen(rondes: list[Ronde]) -> dict[int, tuple[Telling, ...]]:
    per_ronde: dict[int, dict[Wisveld, int]] = defaultdict(dict)
    for model, (weg, welke) in MODELLEN.items():
        velden = {wis.veld: wis for wis in WISVELDEN if wis.model == model.__name__}
        geteld = model.objects.filter(welke, **{f"{weg}__in": rondes}).order_by().values_list(weg)
        for ronde, *aantallen in geteld.annotate(
            **{f"aantal_{veld}": Count("pk", filter=gevuld(veld)) for veld in velden}
        ):
            per_ronde[ronde] |= dict(zip(velden.values(), aantallen, strict=True))
    return {ronde.pk: tuple(Telling(wis, per_ronde[ronde.pk].get(wis, 0)) for wis in WISVELDEN) for ronde in rondes}
