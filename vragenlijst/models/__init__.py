"""The inspection: what is asked (instrument), where and by whom (veldwerk), what was said, and what it amounts to (oordeel)."""

from vragenlijst.models.instrument import (
    Aandachtspunt,
    Actorgroep,
    Bewijssoort,
    Instrument,
    Keuze,
    Onderdeel,
    Vergelijkbaarheid,
    Vraag,
)
from vragenlijst.models.loting import Lot, Trekking
from vragenlijst.models.oordeel import Beoordeling, Bevinding, Bewijsstuk, Opmerking, Uitzondering
from vragenlijst.models.veldwerk import (
    Antwoord,
    Antwoordversie,
    Dossier,
    Gesprekspartner,
    Gespreksverslag,
    Intentie,
    Interview,
    Opvolging,
    Ronde,
)

__all__ = [
    "Aandachtspunt",
    "Actorgroep",
    "Antwoord",
    "Antwoordversie",
    "Beoordeling",
    "Bevinding",
    "Bewijssoort",
    "Bewijsstuk",
    "Dossier",
    "Gesprekspartner",
    "Gespreksverslag",
    "Instrument",
    "Intentie",
    "Interview",
    "Keuze",
    "Lot",
    "Onderdeel",
    "Opmerking",
    "Opvolging",
    "Ronde",
    "Trekking",
    "Uitzondering",
    "Vergelijkbaarheid",
    "Vraag",
]
