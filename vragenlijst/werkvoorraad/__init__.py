"""Mijn werk: what each dossier has, what it lacks, and the one next step. Fixed numbers of queries for all dossiers together."""

from vragenlijst.werkvoorraad.dekking import Dekking, dekkingen
from vragenlijst.werkvoorraad.leemten import Leemte, leemten, leemten_van
from vragenlijst.werkvoorraad.regels import Groep, Regel, regels, van_gebruiker
from vragenlijst.werkvoorraad.stand import Werk, van_dossiers
from vragenlijst.werkvoorraad.stappen import Stap, stap, termijn

__all__ = [
    "Dekking",
    "Groep",
    "Leemte",
    "Regel",
    "Stap",
    "Werk",
    "dekkingen",
    "leemten",
    "leemten_van",
    "regels",
    "stap",
    "termijn",
    "van_dossiers",
    "van_gebruiker",
]
