"""Looking back on a round: themes, the band table and the sealed fotomoment, and the report."""

from rapportage.models.fotomoment import Fotomoment, Kwantorband
from rapportage.models.rapport import (
    BEWERKBAAR,
    Aantekening,
    Afwijking,
    Passage,
    Passageversie,
    Rapport,
    Uitgave,
    Uitspraak,
    Wederhoorreactie,
)
from rapportage.models.themas import Codering, Thema

__all__ = [
    "BEWERKBAAR",
    "Aantekening",
    "Afwijking",
    "Codering",
    "Fotomoment",
    "Kwantorband",
    "Passage",
    "Passageversie",
    "Rapport",
    "Thema",
    "Uitgave",
    "Uitspraak",
    "Wederhoorreactie",
]
