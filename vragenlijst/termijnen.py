"""Dates as people speak of them: how far off one is, and the last day of "najaar 2010". Pure, no Django."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DICHTBIJ = 60  # days within which a number of days says more than a date
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
# The month that a part of a year ends with.
DELEN = {
    "begin": 3, "voorjaar": 5, "lente": 5, "medio": 6, "midden": 6, "zomer": 8, "najaar": 11, "herfst": 11, "eind": 12,
}  # fmt: skip


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


def laatste_dag_van(tekst: str) -> date | None:
    """The last day of a period as it is named: 2010, maart 2010, najaar 2010, begin 2010, 2e kwartaal 2010; else None."""
    gevonden = re.fullmatch(
        r"(?:(?:([1-4])e (kwartaal|helft)|(?:het )?([a-z]+)) (?:van )?)?([0-9]{4})", tekst.casefold()
    )
    if not gevonden:
        return None
    nummer, soort, woord, jaar = gevonden.groups()
    if soort == "helft" and int(nummer) > 2:
        return None
    if soort:
        maand = int(nummer) * (3 if soort == "kwartaal" else 6)
    elif woord:
        maand = MAANDEN.index(woord) + 1 if woord in MAANDEN else DELEN.get(woord)
    else:
        maand = 12
    return date(int(jaar), maand, monthrange(int(jaar), maand)[1]) if maand and 1900 <= int(jaar) <= 2100 else None
