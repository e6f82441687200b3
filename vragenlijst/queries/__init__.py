"""Reads over several models. Frozen dataclasses out, a fixed number of queries whatever the number of rows."""

from vragenlijst.queries.dossiers import (
    Bron,
    Driehoek,
    Normbeeld,
    Voortgang,
    antwoorden_van,
    driehoeken,
    inhoud_van,
    normbeelden,
    onderdelen_met_vragen,
    over_te_nemen,
    themavoorstellen,
    voortgang,
    voorwaarden_per_instrument,
    voorwaarden_van,
    voorwaarden_van_ronde,
    vragen_van,
)

__all__ = [
    "Bron",
    "Driehoek",
    "Normbeeld",
    "Voortgang",
    "antwoorden_van",
    "driehoeken",
    "inhoud_van",
    "normbeelden",
    "onderdelen_met_vragen",
    "over_te_nemen",
    "themavoorstellen",
    "voortgang",
    "voorwaarden_per_instrument",
    "voorwaarden_van",
    "voorwaarden_van_ronde",
    "vragen_van",
]
