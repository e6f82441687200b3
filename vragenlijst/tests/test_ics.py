"""Appointments as an iCalendar file: worked out by hand after RFC 5545, and by property with a parser of the test's own."""

import re
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.agenda import Afspraak, kalender, tekst, vouw

GEMAAKT = datetime(2008, 1, 15, 9, 30, tzinfo=UTC)


def afspraak(**velden) -> Afspraak:
    return Afspraak(
        **{
            "uid": "interview-12@monitor",
            "volgnummer": 3,
            "datum": date(2008, 2, 5),
            "aanvang": time(10, 0),
            "duur": 90,
            "titel": "Interview CWI, Proefdam",
            **velden,
        }
    )


def lees(ics: str) -> list[dict[str, str]]:
    """The events of a calendar: unfolded, by name of the property, texts unescaped. Refuses what RFC 5545 refuses."""
    assert ics.endswith("\r\n")
    regels = ics.removesuffix("\r\n").split("\r\n")
    assert not any(re.search(r"[\r\n]", regel) for regel in regels)
    assert all(len(regel.encode()) <= 75 for regel in regels)
    heel: list[str] = []
    for regel in regels:
        if regel.startswith(" "):
            heel[-1] += regel[1:]
        else:
            heel.append(regel)
    assert (heel[0], heel[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    gebeurtenissen: list[dict[str, str]] = []
    for regel in heel:
        if regel == "BEGIN:VEVENT":
            gebeurtenissen.append({})
        elif gebeurtenissen and not regel.startswith("END:"):
            naam, waarde = regel.split(":", 1)
            assert naam not in gebeurtenissen[-1], f"{naam} staat er tweemaal"
            gebeurtenissen[-1][naam] = ontsnap(waarde)
    return gebeurtenissen


def ontsnap(waarde: str) -> str:
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,nN])*", waarde), waarde
    return re.sub(r"\\(.)", lambda gevonden: {"n": "\n", "N": "\n"}.get(gevonden[1], gevonden[1]), waarde)


def test_een_afspraak_regel_voor_regel():
    """In February Amsterdam is one hour ahead of UTC: 10:00 there is 09:00Z, and 90 minutes later 10:30Z."""
    ics = kalender([afspraak(plaats="Stadhuis, kamer 2.14", adres="https://monitor.nl/interviews/12/")], GEMAAKT)
    assert ics.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Monitor regionale samenwerking//Interviews//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:interview-12@monitor",
        "DTSTAMP:20080115T093000Z",
        "DTSTART:20080205T090000Z",
        "DTEND:20080205T103000Z",
        "SUMMARY:Interview CWI\\, Proefdam",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "LOCATION:Stadhuis\\, kamer 2.14",
        "URL:https://monitor.nl/interviews/12/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("datum", "aanvang", "duur", "begin", "einde"),
    [
        (date(2008, 7, 1), time(9, 15), 60, "20080701T071500Z", "20080701T081500Z"),  # summer: two hours ahead
        (date(2008, 2, 5), time(0, 30), 30, "20080204T233000Z", "20080205T000000Z"),  # the day before, in UTC
        # The night of 30 March 2008: from 01:30 (+1) two hours on, over the hour that the clocks skip.
        (date(2008, 3, 30), time(1, 30), 120, "20080330T003000Z", "20080330T023000Z"),
    ],
)
def test_tijden_in_utc(datum, aanvang, duur, begin, einde):
    [gelezen] = lees(kalender([afspraak(datum=datum, aanvang=aanvang, duur=duur)], GEMAAKT))
    assert (gelezen["DTSTART"], gelezen["DTEND"]) == (begin, einde)


def test_zonder_aanvang_is_het_de_hele_dag():
    [gelezen] = lees(kalender([afspraak(datum=date(2008, 2, 29), aanvang=None)], GEMAAKT))
    assert (gelezen["DTSTART;VALUE=DATE"], gelezen["DTEND;VALUE=DATE"]) == ("20080229", "20080301")


def test_vervallen_haalt_haar_uit_de_agenda():
    [gelezen] = lees(kalender([afspraak(vervallen=True)], GEMAAKT))
    assert gelezen["STATUS"] == "CANCELLED"


def test_lege_agenda():
    assert lees(kalender([], GEMAAKT)) == []


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [
        ("a;b,c", "a\\;b\\,c"),
        ("C:\\map", "C:\\\\map"),
        ("een\ntwee\r\ndrie\rvier", "een\\ntwee\\ndrie\\nvier"),
        ("\\n", "\\\\n"),  # a backslash and an n: no line end
        ("bel\x07 en \x7f", "bel en "),
        ("END:VEVENT\r\nBEGIN:VEVENT", "END:VEVENT\\nBEGIN:VEVENT"),
    ],
)
def test_tekst_wordt_ontdaan_van_betekenis(waarde, verwacht):
    assert tekst(waarde) == verwacht


def test_vouwen_op_75_octetten():
    """`LOCATION:` is 9 octets; 66 more fill the line. The next begins with a space and takes 74."""
    assert list(vouw("LOCATION:" + "x" * 66)) == ["LOCATION:" + "x" * 66]
    assert list(vouw("LOCATION:" + "x" * 67)) == ["LOCATION:" + "x" * 66, " x"]
    assert list(vouw("x" * 75 + "y" * 75)) == ["x" * 75, " " + "y" * 74, " y"]
    # An é takes two octets and is not cut in two: 74 + 2 > 75.
    assert list(vouw("x" * 74 + "é")) == ["x" * 74, " é"]


teksten = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=300)


@given(titel=teksten, plaats=teksten, omschrijving=teksten)
def test_wat_erin_gaat_komt_eruit(titel, plaats, omschrijving):
    [gelezen] = lees(kalender([afspraak(titel=titel, plaats=plaats, omschrijving=omschrijving)], GEMAAKT))
    assert gelezen["SUMMARY"] == titel
    assert gelezen.get("LOCATION", "") == plaats
    assert gelezen.get("DESCRIPTION", "") == omschrijving


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_geen_tekst_breekt_uit_zijn_regel(waarde):
    """Whatever stands in a field, also what forms refuse: one event with one title, and no line too long."""
    [gelezen] = lees(kalender([afspraak(titel=waarde)], GEMAAKT))
    assert gelezen["UID"] == "interview-12@monitor"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=500))
def test_gevouwen_en_weer_ontvouwen(regel):
    stukken = list(vouw(regel))
    assert stukken[0] + "".join(stuk.removeprefix(" ") for stuk in stukken[1:]) == regel
    assert all(stuk.startswith(" ") for stuk in stukken[1:])
    assert all(0 < len(stuk.encode()) <= 75 for stuk in stukken)
