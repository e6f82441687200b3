"""What an answer says: when it is empty, what counts as its value, and that storing it loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.inhoud import Inhoud

INHOUDEN = st.builds(
    Inhoud,
    keuze=st.sampled_from(["", "ja", "nee"]),
    tekst=st.text(max_size=30),
    gemeente=st.sampled_from(["", "0363"]),
    rijen=st.lists(st.tuples(st.text(max_size=10), st.text(max_size=10)), max_size=3).map(tuple),
    toelichting=st.text(max_size=30),
    citaat=st.text(max_size=30),
)


@pytest.mark.parametrize(
    ("inhoud", "leeg", "waarde"),
    [
        (Inhoud(), True, ()),
        (Inhoud(keuze="ja"), False, ("ja", "", "", ())),
        (Inhoud(tekst="  Een  Plan\n"), False, ("", "een plan", "", ())),
        (Inhoud(gemeente="0363"), False, ("", "", "0363", ())),
        (Inhoud(rijen=(("CWI", "Leert  werken"),)), False, ("", "", "", (("cwi", "leert werken"),))),
        # A note or a quote is kept, but is not an answer.
        (Inhoud(toelichting="later nagevraagd"), False, ()),
        (Inhoud(citaat="wij doen dat al jaren"), False, ()),
    ],
)
def test_leeg_en_waarde(inhoud, leeg, waarde):
    assert inhoud.is_leeg is leeg
    assert inhoud.waarde == waarde


@pytest.mark.parametrize(
    ("een", "ander", "zelfde"),
    [
        (Inhoud(tekst="Ja, elk kwartaal"), Inhoud(tekst="ja,  elk\nkwartaal "), True),
        (Inhoud(tekst="Straße"), Inhoud(tekst="STRASSE"), True),
        (Inhoud(tekst="één plan"), Inhoud(tekst="een plan"), False),
        (Inhoud(keuze="ja", toelichting="kort"), Inhoud(keuze="ja", citaat="o ja"), True),
        (Inhoud(rijen=(("CWI", "a"), ("UWV", "b"))), Inhoud(rijen=(("UWV", "b"), ("CWI", "a"))), False),
    ],
)
def test_wanneer_twee_antwoorden_hetzelfde_zeggen(een, ander, zelfde):
    assert (een.waarde == ander.waarde) is zelfde


def test_json_heeft_alleen_wat_is_ingevuld():
    assert Inhoud().als_json() == {}
    assert Inhoud(keuze="ja", rijen=(("CWI", "stage"),), citaat="mooi").als_json() == {
        "keuze": "ja",
        "rijen": [["CWI", "stage"]],
        "citaat": "mooi",
    }


@given(INHOUDEN)
def test_bewaren_en_teruglezen_verliest_niets(inhoud):
    assert Inhoud.van_json(inhoud.als_json()) == inhoud


@given(INHOUDEN)
def test_wat_leeg_is_heeft_geen_waarde(inhoud):
    assert not (inhoud.is_leeg and inhoud.waarde)
    assert inhoud.is_leeg == (inhoud.als_json() == {})
