"""What must hold of people, municipalities and regions, and is not held by a constraint of the database alone."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from regio.controle import Controle, Overtreding, overlappend
from regio.models import Gebruiker, Gemeente, Herindeling, Kenmerken, Lidmaatschap, Regio
from regio.rechten import Rol

BEHEERDER = "de beheerder"
# Of the others a municipality may have several: it works together in more than one way, and can have two UWV offices.
EEN_TEGELIJK = (Regio.Soort.PROVINCIE, Regio.Soort.COROP, Regio.Soort.RPA)


def _gemeente(code: str) -> str:
    return reverse("gemeente", args=[code])


def dubbel_lid() -> Iterator[Overtreding]:
    rijen = Lidmaatschap.objects.order_by("gemeente", "regio__soort", "regio", "geldig_van").values_list(
        "gemeente", "regio__soort", "regio", "geldig_van", "geldig_tot", "regio__naam", "gemeente__naam", "gemeente__code"
    )  # fmt: skip
    perioden = sorted(
        (((gemeente, soort, 0 if soort in EEN_TEGELIJK else regio), van, *rest) for gemeente, soort, regio, van, *rest in rijen),
        key=lambda rij: (rij[0], rij[1]),
    )  # fmt: skip
    for een, twee in overlappend(perioden):
        *_, regio, naam, code = twee
        waar = regio if een[3] == regio else f"{een[3]} en {regio}"
        yield Overtreding(f"{naam} is vanaf {twee[1]:%d-%m-%Y} tegelijk twee keer lid: {waar}.", _gemeente(code))


def dubbele_kenmerken() -> Iterator[Overtreding]:
    rijen = Kenmerken.objects.order_by("gemeente", "geldig_van")
    velden = ("gemeente", "geldig_van", "geldig_tot", "gemeente__naam", "gemeente__code")
    for _, (_, van, _, naam, code) in overlappend(rijen.values_list(*velden)):
        yield Overtreding(f"{naam} heeft vanaf {van:%d-%m-%Y} twee reeksen kenmerken tegelijk.", _gemeente(code))


def zonder_opvolger() -> Iterator[Overtreding]:
    opvolger = Herindeling.objects.filter(oud=OuterRef("pk"), datum=OuterRef("geldig_tot"), hoofdopvolger=True)
    for gemeente in Gemeente.objects.exclude(geldig_tot=None).exclude(Exists(opvolger)):
        yield Overtreding(f"{gemeente} is opgeheven per {gemeente.geldig_tot:%d-%m-%Y} en heeft geen opvolger.", _gemeente(gemeente.code))  # fmt: skip


def opvolger_bestaat_niet() -> Iterator[Overtreding]:
    buiten = Q(nieuw__geldig_van__gt=F("datum")) | Q(nieuw__geldig_tot__lte=F("datum"))
    for h in Herindeling.objects.filter(buiten).select_related("oud", "nieuw"):
        yield Overtreding(f"{h.oud} gaat op {h.datum:%d-%m-%Y} over in {h.nieuw}, dat er dan niet is.", _gemeente(h.oud.code))  # fmt: skip


def lid_buiten_bestaan() -> Iterator[Overtreding]:
    buiten = Q(geldig_van__lt=F("gemeente__geldig_van")) | Q(gemeente__geldig_tot__isnull=False) & (
        Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("gemeente__geldig_tot"))
    )
    for lid in Lidmaatschap.objects.filter(buiten).select_related("gemeente", "regio"):
        yield Overtreding(f"{lid.gemeente} is lid van {lid.regio} terwijl de gemeente niet bestaat.", _gemeente(lid.gemeente.code))  # fmt: skip


def geen_beheerder() -> Iterator[Overtreding]:
    gebruikers = Gebruiker.objects.order_by()
    if gebruikers.exists() and not gebruikers.filter(rol=Rol.BEHEERDER, is_active=True).exists():
        yield Overtreding("Er is geen beheerder die kan inloggen. Maak er een met manage.py createsuperuser.")


CONTROLES = (
    Controle("lid-dubbel", "Een gemeente ligt op een dag in één provincie, één COROP-gebied en één RPA-gebied, en is nergens twee keer lid.", BEHEERDER, dubbel_lid),
    Controle("kenmerken-dubbel", "Van een gemeente geldt op een dag één reeks kenmerken.", BEHEERDER, dubbele_kenmerken),
    Controle("zonder-opvolger", "Een opgeheven gemeente heeft een opvolger.", BEHEERDER, zonder_opvolger),
    Controle("opvolger-bestaat-niet", "Een opvolger bestaat op de dag van de herindeling.", BEHEERDER, opvolger_bestaat_niet),
    Controle("lid-buiten-bestaan", "Een lidmaatschap ligt binnen het bestaan van de gemeente.", BEHEERDER, lid_buiten_bestaan),
    Controle("geen-beheerder", "Er is een beheerder die kan inloggen.", BEHEERDER, geen_beheerder),
)  # fmt: skip
