"""How far off a date is, in words. Pure, no Django."""

from dataclasses import dataclass
from datetime import date

DICHTBIJ = 60  # days within which a number of days says more than a date


@dataclass(frozen=True)
class Termijn:
    """What is to be done by the end of `datum`, seen from `vandaag`."""

    waarvoor: str
    datum: date
    vandaag: date

    @property
    def te_laat(self) -> bool:
        return self.datum < self.vandaag

    @property
    def tekst(self) -> str:
        return in_woorden(self.datum, self.vandaag)


def in_woorden(datum: date, vandaag: date) -> str:
    """'vandaag', 'morgen', 'over 5 dagen', '3 dagen te laat'; far away the date itself."""
    dagen = (datum - vandaag).days
    if dagen < -DICHTBIJ:
        return f"te laat sinds {datum:%d-%m-%Y}"
    if dagen < 0:
        return "1 dag te laat" if dagen == -1 else f"{-dagen} dagen te laat"
    if dagen <= 1:
        return ("vandaag", "morgen")[dagen]
    return f"over {dagen} dagen" if dagen <= DICHTBIJ else f"uiterlijk {datum:%d-%m-%Y}"
