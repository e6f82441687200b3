"""History as it is read: a Gebeurtenis as a Dutch sentence. Writing history is `regio.gebeurtenissen`.

    vertel(gebeurtenis)  →  Verhaal: "Henk Brouwer wijzigde gemeente Duinrade: inwoners 39.600 → 39.605"

What is told is decided by who asks: `met_inhoud=False` leaves out what was changed and why, for who may know that something
happened but not what (the beheerder and the contents of a dossier).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps

from regio.gebeurtenissen import BACKUP
from regio.models import Gebeurtenis, Gebruiker
from regio.waarden import leesbaar

HET_SYSTEEM = "Het systeem"
VERWIJDERD = "verwijderd"  # what a row says in `naar`, or as its only `reden`, of a thing that is gone
GEHEIM = "•••"
# What somebody did, and what stands behind the thing it was done to.
DAADWOORDEN = {
    Gebeurtenis.Soort.GEMAAKT: ("voegde", "toe"),
    Gebeurtenis.Soort.GEWIJZIGD: ("wijzigde", ""),
    Gebeurtenis.Soort.INGELOGD: ("logde in", ""),
    Gebeurtenis.Soort.UITVOER: ("downloadde", ""),
    Gebeurtenis.Soort.INZAGE: ("zag persoonsgegevens in van", ""),
    Gebeurtenis.Soort.GEWIST: ("wiste de persoonsgegevens van", ""),
}


@dataclass(frozen=True)
class Verhaal:
    """One row of history, ready to be shown: "{wie} {daad} {soort} {naam} {staart}: {wijzigingen}"."""

    wanneer: datetime
    wie: str
    daad: str
    soort: str
    naam: str
    staart: str
    wijzigingen: tuple[str, ...]
    reden: str

    @property
    def kern(self) -> str:
        """The sentence without the changes and the reason."""
        return " ".join(filter(None, (self.wie, self.daad, self.soort, self.naam, self.staart)))

    def __str__(self):
        return f"{self.kern}: {'; '.join(self.wijzigingen)}" if self.wijzigingen else self.kern


def vertel(
    gebeurtenis: Gebeurtenis, *, soort: str | None = None, naam: str | None = None, met_inhoud: bool = True
) -> Verhaal:
    """The row as a sentence. `soort` and `naam` stand for the thing's own when those should not, or not so, be told.

    Fetch the rows with `select_related("wie")`: telling costs no query.
    """
    daad, staart = _daad(gebeurtenis, met_inhoud=met_inhoud)
    soort = soortnaam(gebeurtenis.ding_soort) if soort is None else soort
    naam = gebeurtenis.ding_naam if naam is None else naam
    if gebeurtenis.soort == Gebeurtenis.Soort.INGELOGD:
        soort = naam = ""
    return Verhaal(
        wanneer=gebeurtenis.wanneer,
        wie=naam_van_wie(gebeurtenis.wie),
        daad=daad,
        soort=soort,
        naam=naam,
        staart=staart,
        wijzigingen=tuple(wijzigingen(gebeurtenis)) if met_inhoud else (),
        reden=gebeurtenis.reden if met_inhoud and gebeurtenis.reden != VERWIJDERD else "",
    )


def wijzigingen(gebeurtenis: Gebeurtenis) -> list[str]:
    """What was changed, each as a few words: "inwoners 39.600 → 39.605"."""
    return [_wijziging(wat, *paar) for wat, paar in gebeurtenis.wijzigingen.items()]


def naam_van_wie(wie: Gebruiker | None) -> str:
    return HET_SYSTEEM if wie is None else str(wie)


def soortnaam(ding_soort: str) -> str:
    """What this kind of thing is called; rooms above this one are found by Django's own list of models."""
    return _soortnamen().get(ding_soort, ding_soort)


@cache
def _soortnamen() -> dict[str, str]:
    return {model._meta.model_name: str(model._meta.verbose_name) for model in apps.get_models()}


def _daad(gebeurtenis: Gebeurtenis, *, met_inhoud: bool) -> tuple[str, str]:
    van, naar = gebeurtenis.van_naam, gebeurtenis.naar_naam
    if gebeurtenis.ding_soort == BACKUP:
        return ("zette", "terug") if naar else ("maakte", "")
    if gebeurtenis.ding_soort == "inlezing" and gebeurtenis.reden != VERWIJDERD:
        return ("voerde", "uit") if gebeurtenis.soort == Gebeurtenis.Soort.GEWIJZIGD else ("controleerde", "")
    if VERWIJDERD in (naar, gebeurtenis.reden):
        return "verwijderde", ""
    if gebeurtenis.soort == Gebeurtenis.Soort.STATUS:
        if not met_inhoud or not naar:
            return "wijzigde de status van", ""
        return "bracht", f"van {van} naar {naar}" if van else f"naar {naar}"
    if gebeurtenis.soort == Gebeurtenis.Soort.UITVOER and naar:
        return "downloadde", f"als {naar}"
    return DAADWOORDEN.get(gebeurtenis.soort, (gebeurtenis.get_soort_display(), ""))


def _wijziging(wat: str, oud, nieuw) -> str:
    wat = " ".join(_klein(deel) if i == 0 else f"({deel})" for i, deel in enumerate(reversed(wat.split(": "))))
    if GEHEIM in (oud, nieuw):
        return f"{wat} vervangen"
    return f"{wat} {leesbaar(oud)} → {leesbaar(nieuw)}"


def _klein(label: str) -> str:
    """A label as it stands inside a sentence: "Naam" → "naam", but "CBS-code" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
