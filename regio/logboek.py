"""The logboek: all history, for who keeps watch over the system without seeing what dossiers say.

Of what the beheerder keeps themselves (`OPEN`) everything is told. Of a row that belongs to a dossier: who, when, what kind of
thing, and which dossier. Of anything else from the rooms above: who, when, what kind of thing. The search looks no further than
what is told: a hit would tell it all the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from regio.models import Gebeurtenis
from regio.vertellen import Verhaal, soortnaam, vertel

OPEN = frozenset({"gemeente", "regio", "herindeling", "gebruiker", "ronde", "instrument"})
MET_NAAM = OPEN | {"rapport"}
SYSTEEM = "systeem"


@dataclass(frozen=True)
class Logregel:
    verhaal: Verhaal
    adres: str  # of the thing's own page; empty when there is none for the beheerder


def soorten() -> list[tuple[str, str]]:
    """The kinds of things that history is about, by the name that people give them."""
    gevonden = Gebeurtenis.objects.order_by().values_list("ding_soort", flat=True).distinct()
    return sorted(((soort, soortnaam(soort)) for soort in gevonden), key=lambda paar: paar[1])


def zoek(
    *, wie: str = "", soort: str = "", ding: str = "", van: date | None = None, tot: date | None = None, q: str = ""
) -> QuerySet[Gebeurtenis]:
    """The rows, newest first. `wie` is the number of a person, or SYSTEEM; `tot` is the last day."""
    rijen = Gebeurtenis.objects.select_related("wie")
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


def _begin(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))


def regels(gebeurtenissen: Iterable[Gebeurtenis]) -> list[Logregel]:
    """These rows as they may be told. One query for the dossiers, one for each kind of thing that has a page."""
    gebeurtenissen = list(gebeurtenissen)
    dossiers = _dossiernamen({g.dossier_id for g in gebeurtenissen if g.dossier_id is not None})
    adressen = _adressen(gebeurtenissen)
    return [Logregel(_verhaal(g, dossiers), adressen.get((g.ding_soort, g.ding_id), "")) for g in gebeurtenissen]


def _verhaal(gebeurtenis: Gebeurtenis, dossiers: dict[int, str]) -> Verhaal:
    soort = gebeurtenis.ding_soort
    if soort in OPEN:
        return vertel(gebeurtenis)
    if gebeurtenis.dossier_id is not None:
        dossier = f"dossier {dossiers.get(gebeurtenis.dossier_id, gebeurtenis.dossier_id)}"
        if soort == "dossier":
            return vertel(gebeurtenis, soort=dossier, naam="", met_inhoud=False)
        return vertel(gebeurtenis, soort=f"een {soortnaam(soort)}", naam=f"in {dossier}", met_inhoud=False)
    if soort in MET_NAAM:
        return vertel(gebeurtenis, met_inhoud=False)
    return vertel(gebeurtenis, soort=f"een {soortnaam(soort)}", naam="", met_inhoud=False)


def _dossiernamen(nummers: set[int]) -> dict[int, str]:
    """What history itself calls these dossiers: this room does not know them, and some are gone."""
    rijen = Gebeurtenis.objects.filter(ding_soort="dossier", ding_id__in=nummers).order_by("pk")
    return dict(rijen.values_list("ding_id", "ding_naam"))


def _adressen(gebeurtenissen: list[Gebeurtenis]) -> dict[tuple[str, int], str]:
    nummers = defaultdict(set)
    for gebeurtenis in gebeurtenissen:
        if gebeurtenis.ding_soort in OPEN:
            nummers[gebeurtenis.ding_soort].add(gebeurtenis.ding_id)
    modellen = {model._meta.model_name: model for model in apps.get_models()}
    return {
        (soort, pk): ding.get_absolute_url()
        for soort, pks in nummers.items()
        if hasattr(modellen.get(soort), "get_absolute_url")
        for pk, ding in modellen[soort]._default_manager.in_bulk(pks).items()
    }
