"""From a claim back to the dossiers that carry it and those that do not, with what was found in each. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from rapportage.queries.maten import dossiers_bij, metingen
from rapportage.uitspraken.maat import GESPREKKEN, Maat
from rapportage.uitspraken.meting import Meting
from vragenlijst.models import Beoordeling, Bevinding, Dossier, Interview, Ronde


@dataclass(frozen=True)
class Cel:
    """What was found in a dossier on one question or norm, and where that is to be read; `bevinding` or `oordeel`, or neither."""

    code: str
    adres: str
    bevinding: Bevinding | None = None
    oordeel: str = ""


@dataclass(frozen=True)
class Maatregel:
    """A dossier of a claim; the interviews in it that count, when those are what is counted."""

    dossier: Dossier
    cellen: tuple[Cel, ...]
    interviews: tuple[Interview, ...] = ()


@dataclass(frozen=True)
class Maatdossiers:
    """A claim's meting with the dossiers for and against; when areas are counted, these are the dossiers that lie in them."""

    maat: Maat
    meting: Meting
    codes: tuple[str, ...]
    voor: list[Maatregel]
    tegen: list[Maatregel]


def maatdossiers(ronde: Ronde, maat: Maat) -> Maatdossiers:
    if maat.ronde:
        ronde = Ronde.objects.filter(slug=maat.ronde).first() or ronde
    meting = metingen(ronde, [maat])[maat]
    if meting.bezwaar:
        return Maatdossiers(maat, meting, (), [], [])
    voor, tegen = dossiers_bij(ronde, maat)
    gesprekken: dict[bool, dict[int, list[Interview]]] = {True: defaultdict(list), False: defaultdict(list)}
    if maat.eenheid == GESPREKKEN:
        gehouden = Interview.objects.filter(pk__in=voor | tegen).select_related("actorgroep").order_by("datum", "pk")
        for interview in gehouden:
            gesprekken[interview.pk in voor][interview.dossier_id].append(interview)
        voor, tegen = gesprekken[True].keys(), gesprekken[False].keys()
    codes = tuple(sorted(maat.codes))
    dossiers = {
        d.pk: d
        for d in Dossier.objects.filter(pk__in={*voor, *tegen})
        .select_related("gemeente", "ronde")
        .order_by("gemeente__zoeknaam")
    }
    cellen = _cellen(dossiers, codes)

    def regels(wie: Iterable[int], kant: bool) -> list[Maatregel]:
        return [
            Maatregel(dossier, tuple(cellen[pk, code] for code in codes), tuple(gesprekken[kant][pk]))
            for pk, dossier in dossiers.items()
            if pk in wie
        ]

    return Maatdossiers(maat, meting, codes, regels(voor, True), regels(tegen, False))


def _cellen(dossiers: dict[int, Dossier], codes: tuple[str, ...]) -> dict[tuple[int, str], Cel]:
    """What was found in each dossier on each of these; an empty cell where nothing is."""
    cellen = {
        (pk, code): Cel(code, reverse("bevindingen", args=[pk]) + f"#{code}") for pk in dossiers for code in codes
    }
    bevindingen = Bevinding.objects.filter(dossier__in=dossiers, vraag__code__in=codes, vervallen=False)
    for bevinding in bevindingen.select_related("vraag", "keuze", "gemeente").prefetch_related("themas"):
        sleutel = bevinding.dossier_id, bevinding.vraag.code
        cellen[sleutel] = Cel(bevinding.vraag.code, cellen[sleutel].adres, bevinding)
    for beoordeling in Beoordeling.objects.filter(dossier__in=dossiers, aandachtspunt__code__in=codes).select_related(
        "aandachtspunt"
    ):
        code = beoordeling.aandachtspunt.code
        adres = reverse("beoordelingen", args=[beoordeling.dossier_id]) + f"#{code}"
        cellen[beoordeling.dossier_id, code] = Cel(code, adres, oordeel=beoordeling.get_oordeel_display())
    return cellen
