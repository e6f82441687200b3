"""The logboek: all history, for who keeps watch over the system without seeing what dossiers say.

Of what the beheerder keeps themselves (`OPEN`) everything is told. Of a row that belongs to a dossier: who, when, what kind of
thing, and which dossier. Of anything else from the rooms above: who, when, what kind of thing. The search looks no further than
what is told: a hit would tell it all the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.apps import apps
from django.db.models import BinaryField, JSONField, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from regio.gebeurtenissen import BACKUP, INZAGEVERZOEK, LOGBOEK
from regio.models import Gebeurtenis
from regio.vertellen import Verhaal, soortnaam, vertel

OPEN = frozenset(
    {"gemeente", "regio", "herindeling", "inlezing", "gebruiker", "ronde", "instrument", BACKUP, LOGBOEK, INZAGEVERZOEK}
)
MET_NAAM = OPEN | {"rapport"}
# What the logboek can be asked all about: what a beheerder points at.
TE_VOLGEN = frozenset({"gemeente", "regio", "gebruiker", "ronde", "instrument", "dossier"})
SYSTEEM = "systeem"
KOLOMMEN = ("wanneer", "door", "wat", "waaraan", "gebeurtenis", "wijzigingen", "reden")  # of the file
PER_KEER = 1000


@dataclass(frozen=True)
class Logregel:
    verhaal: Verhaal
    adres: str  # of the thing's own page; of a dossier, all about it here; empty when there is neither


@dataclass(frozen=True)
class Ding:
    """One thing that the logboek is asked about, as it stands in the address: "gemeente-12"."""

    soort: str
    nummer: int

    @classmethod
    def uit(cls, tekst: str) -> "Ding | None":
        """None when this names nothing that can be asked about."""
        soort, _, nummer = tekst.partition("-")
        if soort in TE_VOLGEN and nummer.isascii() and nummer.isdigit() and len(nummer) < 19:
            return cls(soort, int(nummer))
        return None

    def __str__(self):
        """By the name that it has, or that history remembers when it is gone: "gemeente Duinrade"."""
        ding = _modellen()[self.soort]._default_manager.filter(pk=self.nummer).first()
        eerder = Gebeurtenis.objects.filter(ding_soort=self.soort, ding_id=self.nummer)
        naam = str(ding) if ding else eerder.values_list("ding_naam", flat=True).first() or self.nummer
        return f"{soortnaam(self.soort)} {naam}"

    @property
    def adres(self) -> str:
        return f"{reverse('logboek')}?over={self.soort}-{self.nummer}"

    def van(self, rijen: QuerySet[Gebeurtenis]) -> QuerySet[Gebeurtenis]:
        """Of these rows those about it; about a dossier are also those about what is in it."""
        eigen = Q(ding_soort=self.soort, ding_id=self.nummer)
        return rijen.filter(eigen | Q(dossier_id=self.nummer) if self.soort == "dossier" else eigen)


def soorten() -> list[tuple[str, str]]:
    """The kinds of things that history is about, by the name that people give them."""
    gevonden = Gebeurtenis.objects.order_by().values_list("ding_soort", flat=True).distinct()
    return sorted(((soort, soortnaam(soort)) for soort in gevonden), key=lambda paar: paar[1])


def zoek(
    *,
    over: Ding | None = None,
    wie: str = "",
    soort: str = "",
    ding: str = "",
    van: date | None = None,
    tot: date | None = None,
    q: str = "",
) -> QuerySet[Gebeurtenis]:
    """The rows, newest first. `wie` is the number of a person, or SYSTEEM; `tot` is the last day."""
    rijen = Gebeurtenis.objects.select_related("wie")
    if over:
        rijen = over.van(rijen)
    if wie:
        rijen = rijen.filter(wie=None) if wie == SYSTEEM else rijen.filter(wie=wie)
    if soort:
        rijen = rijen.filter(soort=soort)
    if ding:
        rijen = rijen.filter(ding_soort=ding)
    if van:
        rijen = rijen.filter(wanneer__gte=_begin(van))
    if tot:
        rijen = rijen.filter(wanneer__lt=_begin(tot + timedelta(days=1)))
    if q:
        dossiers = Gebeurtenis.objects.filter(ding_soort="dossier", ding_naam__icontains=q).order_by().values("ding_id")
        rijen = rijen.filter(
            Q(ding_soort__in=MET_NAAM, ding_naam__icontains=q)
            | Q(ding_soort__in=OPEN, reden__icontains=q)
            | Q(dossier_id__in=dossiers)
        )
    return rijen


def tot_en_met(rijen: QuerySet[Gebeurtenis], nummer: str) -> tuple[QuerySet[Gebeurtenis], int]:
    """These rows as they were when row `nummer` was the last, and that number; that of now when it is none. So that what is added
    while somebody reads on, or downloads, does not move the rows from page to page.
    """
    laatste = int(nummer) if nummer.isascii() and nummer.isdigit() and len(nummer) < 19 else None
    if laatste is None:
        laatste = Gebeurtenis.objects.aggregate(laatste=Max("pk"))["laatste"] or 0
    return rijen.filter(pk__lte=laatste), laatste


def als_rijen(rijen: QuerySet[Gebeurtenis]) -> Iterator[tuple[str, ...]]:
    """All of these rows for a file, told no further than on the page; a few queries per thousand."""
    stroom = rijen.iterator(chunk_size=PER_KEER)
    while gebeurtenissen := list(islice(stroom, PER_KEER)):
        for gebeurtenis, regel in zip(gebeurtenissen, regels(gebeurtenissen), strict=True):
            verhaal = regel.verhaal
            yield (
                timezone.localtime(verhaal.wanneer).strftime("%d-%m-%Y %H:%M:%S"),
                verhaal.wie,
                gebeurtenis.get_soort_display(),
                soortnaam(gebeurtenis.ding_soort),
                verhaal.kern,
                "; ".join(verhaal.wijzigingen),
                verhaal.reden,
            )


def _begin(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))


def regels(gebeurtenissen: Iterable[Gebeurtenis]) -> list[Logregel]:
    """These rows as they may be told. One query for the dossiers, one for each kind of thing that has a page."""
    gebeurtenissen = list(gebeurtenissen)
    dossiers = _dossiernamen({g.dossier_id for g in gebeurtenissen if g.dossier_id is not None})
    adressen = _adressen(gebeurtenissen)
    return [Logregel(_verhaal(g, dossiers), _adres(g, adressen)) for g in gebeurtenissen]


def _adres(gebeurtenis: Gebeurtenis, adressen: dict[tuple[str, int], str]) -> str:
    if gebeurtenis.ding_soort not in OPEN and gebeurtenis.dossier_id is not None:
        return Ding("dossier", gebeurtenis.dossier_id).adres
    return adressen.get((gebeurtenis.ding_soort, gebeurtenis.ding_id), "")


def _verhaal(gebeurtenis: Gebeurtenis, dossiers: dict[int, str]) -> Verhaal:
    soort = gebeurtenis.ding_soort
    if soort in OPEN:
        return vertel(gebeurtenis)
    if gebeurtenis.dossier_id is not None:
        dossier = str(dossiers.get(gebeurtenis.dossier_id, gebeurtenis.dossier_id))
        wat = "dossier" if soort == "dossier" else f"een {soortnaam(soort)} in dossier"
        return vertel(gebeurtenis, soort=wat, naam=dossier, met_inhoud=False)
    if soort in MET_NAAM:
        return vertel(gebeurtenis, met_inhoud=False)
    return vertel(gebeurtenis, soort=f"een {soortnaam(soort)}", naam="", met_inhoud=False)


def _dossiernamen(nummers: set[int]) -> dict[int, str]:
    """What history itself calls these dossiers: this room does not know them, and some are gone."""
    rijen = Gebeurtenis.objects.filter(ding_soort="dossier", ding_id__in=nummers).order_by("pk")
    return dict(rijen.values_list("ding_id", "ding_naam"))


def _modellen() -> dict[str, type]:
    return {model._meta.model_name: model for model in apps.get_models()}


def _adressen(gebeurtenissen: list[Gebeurtenis]) -> dict[tuple[str, int], str]:
    nummers = defaultdict(set)
    for gebeurtenis in gebeurtenissen:
        if gebeurtenis.ding_soort in OPEN:
            nummers[gebeurtenis.ding_soort].add(gebeurtenis.ding_id)
    modellen = _modellen()
    return {
        (soort, pk): ding.get_absolute_url()
        for soort, pks in nummers.items()
        if hasattr(modellen.get(soort), "get_absolute_url")
        for pk, ding in modellen[soort]._default_manager.defer(*_zware_velden(modellen[soort])).in_bulk(pks).items()
    }


def _zware_velden(model: type) -> list[str]:
    """What a row carries along that no address is made of, such as a whole file."""
    return [veld.name for veld in model._meta.concrete_fields if isinstance(veld, BinaryField | JSONField)]
