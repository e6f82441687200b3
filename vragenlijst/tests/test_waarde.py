"""Numbers and dates: how they are typed, and the one form in which they are kept."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.models import Vraag
from vragenlijst.waarde import MAX_DECIMALEN, Getalregel, als_datum, als_getal, lees_getal, schrijf_getal

UREN = Getalregel("uren", 1, Decimal(0), Decimal(40))


@pytest.mark.parametrize(
    ("tekst", "regel", "bewaard"),
    [
        ("12", Getalregel(), "12"),
        (" 012 ", Getalregel(), "12"),
        ("1.250", Getalregel(), "1250"),
        ("1 250 000", Getalregel(), "1250000"),
        ("-3", Getalregel(), "-3"),
        ("−3", Getalregel(), "-3"),
        ("-0", Getalregel(), "0"),
        ("12,50", Getalregel(decimalen=2), "12,5"),
        ("1.250,5", Getalregel(decimalen=1), "1250,5"),
        ("40,0", UREN, "40"),
        ("12,5 uren", UREN, "12,5"),
        ("12,5Uren", UREN, "12,5"),
        ("100,00", Getalregel(decimalen=2), "100"),
        ("0,0", Getalregel(decimalen=1), "0"),
    ],
)
def test_een_getal_staat_er_maar_op_een_manier(tekst, regel, bewaard):
    assert lees_getal(tekst, regel) == bewaard


@pytest.mark.parametrize(
    ("tekst", "regel", "zin"),
    [
        ("twaalf", Getalregel(), "‘twaalf’ is geen getal. Schrijf het in cijfers, bijvoorbeeld 1250."),
        ("12.5", Getalregel(decimalen=1), "‘12.5’ is geen getal. Schrijf het in cijfers, bijvoorbeeld 1250,5."),
        (
            "1.250",
            Getalregel(decimalen=2),
            "Bedoelt u 1250 of 1,250? Schrijf geen punt, en een komma voor de decimalen.",
        ),
        ("12,5", Getalregel(), "Schrijf een heel getal."),
        ("12,55", UREN, "Schrijf hoogstens 1 cijfer achter de komma."),
        ("-1", UREN, "Het getal is hier ten minste 0 en ten hoogste 40."),
        ("40,1", UREN, "Het getal is hier ten minste 0 en ten hoogste 40."),
        ("1000000000000", Getalregel(), "Het getal is te groot: er passen 12 cijfers voor de komma."),
        ("uren", UREN, "‘uren’ is geen getal. Schrijf het in cijfers, bijvoorbeeld 1250,5."),
        ("1e3", Getalregel(), "‘1e3’ is geen getal. Schrijf het in cijfers, bijvoorbeeld 1250."),
        ("١٢", Getalregel(), "‘١٢’ is geen getal. Schrijf het in cijfers, bijvoorbeeld 1250."),
    ],
)
def test_wat_geen_getal_is_of_hier_niet_past(tekst, regel, zin):
    with pytest.raises(ValueError, match=f"^{re.escape(zin)}$"):
        lees_getal(tekst, regel)


@given(st.decimals(-(10**11), 10**11, places=MAX_DECIMALEN))
def test_heen_en_terug(getal):
    """What is kept is read back as the same number, and kept again as the same characters."""
    bewaard = schrijf_getal(getal)
    assert als_getal(bewaard) == getal
    assert lees_getal(bewaard, Getalregel(decimalen=MAX_DECIMALEN)) == bewaard


@given(st.text(max_size=20))
def test_geen_enkele_tekst_doet_struikelen(tekst):
    try:
        bewaard = lees_getal(tekst, UREN)
    except ValueError:
        return
    assert 0 <= als_getal(bewaard) <= 40


def test_de_hulp_zegt_wat_er_past():
    assert Getalregel().in_woorden == "Een heel getal."
    assert UREN.in_woorden == "Een getal met hoogstens 1 cijfer achter de komma (uren), ten minste 0 en ten hoogste 40."
    assert (
        Getalregel("euro", MAX_DECIMALEN, Decimal("0.5")).in_woorden
        == "Een getal, zo nodig met een komma (euro), ten minste 0,5."
    )


def test_een_regel_die_niet_kan():
    assert Getalregel(minimum=Decimal(3), maximum=Decimal(2)).bezwaren() == ["het minste is meer dan het meeste."]
    assert Getalregel(minimum=Decimal("0.5")).bezwaren() == [
        "een grens heeft meer cijfers achter de komma dan het antwoord mag hebben."
    ]
    assert UREN.bezwaren() == []


def test_een_datum():
    vraag = Vraag(soort=Vraag.Soort.DATUM)
    assert vraag.lees("1 maart 2009") == vraag.lees("1-3-2009") == "01-03-2009"
    assert als_datum("01-03-2009") == date(2009, 3, 1)
    with pytest.raises(ValueError, match="februari 2009 heeft 28 dagen"):
        vraag.lees("30-02-2009")
