"""The municipalities of the previous round as they go on in this one: the same, merged, split, or without a known successor."""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from regio import queries as queries_regio
from regio.models import Gemeente
from vragenlijst.models import Dossier, Ronde
from vragenlijst.queries.rondes import Kandidaat, kandidaten


class Hoe(Enum):
    ZELF = "zelf"
    HOOFD = "hoofd"  # the designated successor
    DEEL = "deel"  # another municipality that took a part of it


@dataclass(frozen=True)
class Oorsprong:
    """A municipality of the previous round, and how it leads to one of now."""

    gemeente: Gemeente
    rol: str
    hoe: Hoe


@dataclass(frozen=True)
class Voortzetting:
    """A municipality of now, with those of the previous round that it goes on from."""

    kandidaat: Kandidaat
    oorsprongen: tuple[Oorsprong, ...]

    @property
    def voorgesteld(self) -> bool:
        """Who only took a part of another is for the beheerder to choose."""
        return any(oorsprong.hoe != Hoe.DEEL for oorsprong in self.oorsprongen)

    @property
    def zinnen(self) -> list[str]:
        """What it goes on from, in words; the same municipality comes first."""
        per_hoe = {hoe: [o.gemeente for o in self.oorsprongen if o.hoe == hoe] for hoe in Hoe}
        zinnen = ["zelfde gemeente"] if per_hoe[Hoe.ZELF] else []
        if opgegaan := per_hoe[Hoe.HOOFD]:
            zinnen.append(f"opvolger van {_opsomming(opgegaan)}")
        if deel := per_hoe[Hoe.DEEL]:
            zinnen.append(f"kreeg een deel van {_opsomming(deel)}")
        return zinnen

    @property
    def andere_rol(self) -> str:
        """The role that all of them had in the previous round, when that is not the one of now."""
        rollen = {oorsprong.rol for oorsprong in self.oorsprongen}
        return rollen.pop() if len(rollen) == 1 and self.kandidaat.rol not in rollen else ""


def _opsomming(gemeenten: list[Gemeente]) -> str:
    namen = [f"{g} (opgeheven per {g.geldig_tot:%d-%m-%Y})" if g.geldig_tot else str(g) for g in gemeenten]
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"


@dataclass(frozen=True)
class Voortzettingen:
    rijen: tuple[Voortzetting, ...]  # by name
    zonder: tuple[Gemeente, ...]  # of which no successor is known on the peildatum

    @property
    def te_kiezen(self) -> list[Voortzetting]:
        return [rij for rij in self.rijen if not rij.kandidaat.in_ronde]

    @property
    def in_ronde(self) -> list[Voortzetting]:
        return [rij for rij in self.rijen if rij.kandidaat.in_ronde]


def voortzettingen(ronde: Ronde) -> Voortzettingen:
    """A fixed number of queries. Nothing of the previous round is left out: each of its municipalities is in a row, or in `zonder`."""
    gekend = {kandidaat.gemeente.pk: kandidaat for kandidaat in kandidaten(ronde).values()}
    vorige = list(
        Dossier.objects.filter(ronde=ronde.vorige_id).select_related("gemeente").order_by("gemeente__zoeknaam")
    )
    opvolgers = queries_regio.opvolgers_per_gemeente([d.gemeente for d in vorige], ronde.peildatum)
    hoofd = queries_regio.hoofdopvolgers(ronde.peildatum)
    oorsprongen: dict[int, list[Oorsprong]] = defaultdict(list)
    zonder = []
    for dossier in vorige:
        oud = dossier.gemeente
        verder = [pk for pk in opvolgers[oud.pk] if pk in gekend]
        if not verder:
            zonder.append(oud)
        for pk in verder:
            hoe = Hoe.ZELF if pk == oud.pk else Hoe.HOOFD if pk == hoofd.get(oud.pk) else Hoe.DEEL
            oorsprongen[pk].append(Oorsprong(oud, dossier.rol, hoe))
    rijen = [Voortzetting(gekend[pk], tuple(oorsprongen[pk])) for pk in gekend if pk in oorsprongen]
    return Voortzettingen(tuple(rijen), tuple(zonder))
