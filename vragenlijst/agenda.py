"""Appointments as an iCalendar file (RFC 5545). Pure, no Django.

Only what an appointment needs: one VEVENT each, times in UTC so that no VTIMEZONE has to travel along, a day without times
when the start is not known yet. Texts are escaped (par. 3.3.11), lines folded at 75 octets (par. 3.1) and ended by CRLF.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MAAKSEL = "-//Monitor regionale samenwerking//Interviews//NL"
HIER = ZoneInfo("Europe/Amsterdam")
OCTETTEN = 75  # of a line, without its end


@dataclass(frozen=True)
class Afspraak:
    """One appointment. `duur` is in minutes; `volgnummer` rises with every change, so that a calendar takes the newest."""

    uid: str
    volgnummer: int
    datum: date
    aanvang: time | None
    duur: int
    titel: str
    plaats: str = ""
    omschrijving: str = ""
    adres: str = ""
    vervallen: bool = False


def kalender(afspraken: Iterable[Afspraak], gemaakt: datetime) -> str:
    """The text of the file; `gemaakt` is a moment with its zone. An empty list gives an empty, valid calendar."""
    regels = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAAKSEL}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for afspraak in afspraken:
        regels += _gebeurtenis(afspraak, gemaakt)
    regels.append("END:VCALENDAR")
    return "".join(f"{stuk}\r\n" for regel in regels for stuk in vouw(regel))


def _gebeurtenis(afspraak: Afspraak, gemaakt: datetime) -> list[str]:
    regels = [
        "BEGIN:VEVENT",
        f"UID:{tekst(afspraak.uid)}",
        f"DTSTAMP:{_in_utc(gemaakt)}",
        *_wanneer(afspraak),
        f"SUMMARY:{tekst(afspraak.titel)}",
        f"SEQUENCE:{afspraak.volgnummer}",
        f"STATUS:{'CANCELLED' if afspraak.vervallen else 'CONFIRMED'}",
    ]
    if afspraak.plaats:
        regels.append(f"LOCATION:{tekst(afspraak.plaats)}")
    if afspraak.omschrijving:
        regels.append(f"DESCRIPTION:{tekst(afspraak.omschrijving)}")
    if afspraak.adres:
        regels.append(f"URL:{afspraak.adres}")
    return [*regels, "END:VEVENT"]


def _wanneer(afspraak: Afspraak) -> list[str]:
    if afspraak.aanvang is None:
        morgen = afspraak.datum + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{afspraak.datum:%Y%m%d}", f"DTEND;VALUE=DATE:{morgen:%Y%m%d}"]
    # In UTC before adding: an appointment that lasts over the changing of the clocks takes as long as it says.
    begin = datetime.combine(afspraak.datum, afspraak.aanvang, HIER).astimezone(UTC)
    return [f"DTSTART:{_in_utc(begin)}", f"DTEND:{_in_utc(begin + timedelta(minutes=afspraak.duur))}"]


def _in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def tekst(waarde: str) -> str:
    """`waarde` as a TEXT value. Line ends become \\n; other control characters may not stand in one and are left out."""
    waarde = waarde.replace("\r\n", "\n").replace("\r", "\n")
    waarde = waarde.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(teken for teken in waarde if teken == "\t" or (teken >= " " and teken != "\x7f"))


def vouw(regel: str) -> Iterator[str]:
    """The pieces of one content line: each at most 75 octets of UTF-8, all but the first beginning with a space.

    A character is never cut in two.
    """
    stuk, lengte = "", 0
    for teken in regel:
        octetten = len(teken.encode())
        if lengte + octetten > OCTETTEN:
            yield stuk
            stuk, lengte = " ", 1
        stuk += teken
        lengte += octetten
    yield stuk
