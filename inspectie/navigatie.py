"""The main menu: one table of entry, address and the rights that show it."""

from typing import NamedTuple

from django.urls import reverse

from regio.rechten import Recht, rechten_van


class Ingang(NamedTuple):
    naam: str
    url: str
    rechten: tuple[Recht, ...]


INGANGEN = (
    Ingang("Mijn werk", "mijn_werk", (Recht.DOSSIER_BEHANDELEN,)),
    Ingang("Rondes", "rondes", (Recht.RONDE_ZIEN,)),
    Ingang("Gemeenten", "gemeenten", (Recht.REFERENTIE_ZIEN,)),
    Ingang("Regio's", "regios", (Recht.REFERENTIE_ZIEN,)),
    Ingang("Instrument", "instrumenten", (Recht.INSTRUMENT_ZIEN,)),
    Ingang("Gebruikers", "gebruikers", (Recht.GEBRUIKERS_BEHEREN,)),
    Ingang("Logboek", "logboek", (Recht.LOGBOEK_ZIEN,)),
    Ingang("Controle", "controle", (Recht.LOGBOEK_ZIEN,)),
)


class Menupunt(NamedTuple):
    naam: str
    adres: str
    hier: bool


def hoofdmenu(request) -> list[Menupunt]:
    """The entries this person may open; `hier` marks the one whose address the current page is under."""
    rechten = rechten_van(getattr(request, "user", None))
    punten = [(ingang.naam, reverse(ingang.url)) for ingang in INGANGEN if rechten & set(ingang.rechten)]
    return [Menupunt(naam, adres, request.path.startswith(adres)) for naam, adres in punten]


def startpagina(gebruiker) -> str:
    """Where someone begins their day: the first entry of their menu."""
    rechten = rechten_van(gebruiker)
    return next(reverse(ingang.url) for ingang in INGANGEN if rechten & set(ingang.rechten))
