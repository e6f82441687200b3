"""Maps of municipalities from the boundaries that are known. Without boundaries there is no map, and nothing else is different."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString, mark_safe

from regio.kaart import Gebied, teken
from regio.models import Gemeente, Grens, Regio

# Of which region the map of a municipality is: the first that it is in with others.
OMGEVING = (Regio.Soort.RPA, Regio.Soort.ARBEIDSMARKTREGIO, Regio.Soort.COROP, Regio.Soort.PROVINCIE)


@dataclass(frozen=True)
class Kaart:
    svg: SafeString
    bijschrift: str


def kaart_van_regio(regio: Regio, gemeenten: QuerySet[Gemeente], datum: date) -> Kaart | None:
    return _kaart(gemeenten, datum, f"Kaart van {regio}")


def kaart_van_gemeente(gemeente: Gemeente, vandaag: date) -> Kaart | None:
    """The municipality among the others of its region, as it was on its last day when it is no more."""
    datum = vandaag if gemeente.geldig_tot is None else min(vandaag, gemeente.geldig_tot - timedelta(days=1))
    datum = max(datum, gemeente.geldig_van)
    regios = {lid.regio.soort: lid.regio for lid in gemeente.lidmaatschappen.op(datum).select_related("regio")}
    gemeenten = Gemeente.objects.op(datum).filter(fictief=gemeente.fictief)
    for regio in (regios[soort] for soort in OMGEVING if soort in regios):
        leden = gemeenten.filter(pk__in=regio.lidmaatschappen.op(datum).values("gemeente"))
        if leden.filter(grenzen__geldig_van__lte=datum).exclude(pk=gemeente.pk).exists():
            titel = f"Kaart van {gemeente} in {regio} ({regio.get_soort_display()})"
            return _kaart(leden, datum, titel, gemeente)
    return _kaart(gemeenten.filter(pk=gemeente.pk), datum, f"Kaart van {gemeente}", gemeente)


def _kaart(gemeenten: QuerySet[Gemeente], datum: date, titel: str, nadruk: Gemeente | None = None) -> Kaart | None:
    """Two queries. None when no boundary is known, or not that of `nadruk`."""
    geldig = (
        Grens.objects.filter(gemeente=OuterRef("pk"), geldig_van__lte=datum).order_by("-geldig_van").values("pk")[:1]
    )
    gekozen = list(gemeenten.annotate(grens=Subquery(geldig)).order_by("zoeknaam"))
    grenzen = Grens.objects.in_bulk([gemeente.grens for gemeente in gekozen if gemeente.grens])
    met = [gemeente for gemeente in gekozen if gemeente.grens]
    if not met or (nadruk and nadruk not in met):
        return None
    zonder = [gemeente.naam for gemeente in gekozen if not gemeente.grens]
    namen = ", ".join(gemeente.naam for gemeente in met)
    svg = teken(
        [Gebied(gemeente.naam, grenzen[gemeente.grens].vlakken, gemeente == nadruk) for gemeente in met],
        titel,
        f"Op de kaart: {namen}.",
        "kaart",
    )
    oudste = min(grens.geldig_van for grens in grenzen.values())
    bijschrift = f"{titel}, {datum:%d-%m-%Y}. Grenzen vanaf {oudste:%d-%m-%Y}, vereenvoudigd."
    if zonder:
        bijschrift += f" Zonder bekende grens, en daarom niet op de kaart: {', '.join(zonder)}."
    return Kaart(mark_safe(svg), bijschrift)  # noqa: S308 (regio.kaart escapes names)
