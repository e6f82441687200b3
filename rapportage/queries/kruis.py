"""Laying two questions, norms or indelingen across each other. Counted in SQL, in one query."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from rapportage.indelingen import dossiers, waarde
from rapportage.kruising import GROEP, NORM, TOTAAL, VRAAG, As, Kruistabel
from rapportage.queries.tellingen import OORDELEN
from rapportage.tabellen import hoofdletter
from rapportage.uitkomst import Indeling, Optie, Selectie
from vragenlijst.models import Aandachtspunt, Beoordeling, Bevinding, Dossier, Keuze, Ronde, Vraag


def assen(ronde: Ronde, indelingen: Mapping[str, Indeling]) -> dict[str, As]:
    """All that can be laid across each other in this round, by code: groups, closed questions, norms. Three queries."""
    uit = {
        code: As(code, indeling.naam, GROEP, [Optie(groep.code, groep.naam) for groep in indeling.groepen])
        for code, indeling in indelingen.items()
    }
    vragen = Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id, soort=Vraag.Soort.KEUZE)
    for vraag in vragen.order_by("onderdeel__volgorde", "volgorde").prefetch_related("keuzes"):
        inhoud = [keuze for keuze in vraag.keuzes.all() if keuze.soort == Keuze.Soort.INHOUD]
        uit[vraag.code] = As(
            vraag.code, vraag.tekst, VRAAG, [Optie(keuze.code, hoofdletter(keuze.naam)) for keuze in inhoud]
        )
    oordelen = [oordeel for oordeel in OORDELEN if oordeel.inhoudelijk]
    for norm in Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument_id):
        uit[norm.code] = As(norm.code, norm.kort, NORM, oordelen)
    return uit


def _stand(ronde: Ronde, as_: As, indelingen: Mapping[str, Indeling]):
    """An expression: what a dossier is on this side."""
    if as_.soort == GROEP:
        return waarde(ronde, indelingen[as_.code])
    if as_.soort == VRAAG:
        eigen = Bevinding.objects.filter(dossier=OuterRef("pk"), vraag__code=as_.code, vervallen=False)
        return Subquery(eigen.order_by().values("keuze__code")[:1])
    eigen = Beoordeling.objects.filter(dossier=OuterRef("pk"), aandachtspunt__code=as_.code)
    return Subquery(eigen.order_by().values("oordeel")[:1])


def _code(as_: As, gevonden, indelingen: Mapping[str, Indeling]) -> str:
    """The code on this side of what was found; empty when it says nothing."""
    if as_.soort == GROEP:
        return indelingen[as_.code].code_van(gevonden)
    return gevonden if gevonden in {optie.code for optie in as_.opties} else ""


def _met_stand(ronde, rij: As, kolom: As, indelingen, selectie: Selectie) -> QuerySet[Dossier]:
    return dossiers(ronde, selectie, indelingen).annotate(
        rijstand=_stand(ronde, rij, indelingen), kolomstand=_stand(ronde, kolom, indelingen)
    )


def kruistabel(ronde: Ronde, rij: As, kolom: As, indelingen: Mapping[str, Indeling], selectie: Selectie) -> Kruistabel:
    """How many dossiers of the selection are what on both sides."""
    rijen = _met_stand(ronde, rij, kolom, indelingen, selectie).order_by()
    aantallen: dict[tuple[str, str], int] = {}
    for gevonden in rijen.values("rijstand", "kolomstand").annotate(n=Count("pk")):
        plek = _code(rij, gevonden["rijstand"], indelingen), _code(kolom, gevonden["kolomstand"], indelingen)
        aantallen[plek] = aantallen.get(plek, 0) + gevonden["n"]
    return Kruistabel(rij, kolom, aantallen)


@dataclass(frozen=True)
class Kruisregel:
    """A dossier of a cell, and what it is on both sides."""

    dossier: Dossier
    rij: str
    kolom: str


def kruisregels(
    ronde: Ronde, kruis: Kruistabel, indelingen: Mapping[str, Indeling], selectie: Selectie, rij: str, kolom: str
) -> list[Kruisregel]:
    """The dossiers behind a cell, a row or a column of the table, in the order of the municipalities' names."""
    gevonden = _met_stand(ronde, kruis.rij, kruis.kolom, indelingen, selectie)
    gevonden = gevonden.select_related("gemeente").order_by("gemeente__zoeknaam")
    uit = []
    for dossier in gevonden:
        plek = _code(kruis.rij, dossier.rijstand, indelingen), _code(kruis.kolom, dossier.kolomstand, indelingen)
        if all(plek) and rij in (TOTAAL, plek[0]) and kolom in (TOTAAL, plek[1]):
            uit.append(Kruisregel(dossier, *plek))
    return uit
