"""Writes of the analist. Each is one transaction with its history row."""

from rapportage.actions.aantekeningen import aantekening_afhandelen, aantekening_maken
from rapportage.actions.afwijkingen import terzijde_leggen, weer_melden
from rapportage.actions.passages import passage_opslaan, uitspraak_herbekeken, zin_toevoegen
from rapportage.actions.rapport import concept_van, gegevens_opslaan, maak_rapport
from rapportage.actions.themas import thema_verwijderen, thema_wijzigen, themas_opslaan

__all__ = [
    "aantekening_afhandelen",
    "aantekening_maken",
    "concept_van",
    "gegevens_opslaan",
    "maak_rapport",
    "passage_opslaan",
    "terzijde_leggen",
    "thema_verwijderen",
    "thema_wijzigen",
    "themas_opslaan",
    "uitspraak_herbekeken",
    "weer_melden",
    "zin_toevoegen",
]
