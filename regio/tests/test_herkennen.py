"""A pasted list of municipalities: what is recognised, and what is handed back."""

from hypothesis import given
from hypothesis import strategies as st

from regio.herkennen import Bekend, als_code, herken

GEMEENTEN = [
    Bekend("0014", "Groningen"),
    Bekend("0373", "Bergen (NH.)"),
    Bekend("0518", "'s-Gravenhage", "Den Haag"),
    Bekend("0893", "Bergen (L.)"),
    Bekend("1900", "Súdwest-Fryslân"),
    Bekend("0164", "Hengelo (O.)"),
]


def test_namen_en_codes_ieder_op_een_regel():
    herkend = herken("Groningen\n518\nGM0893\n\n  Sudwest Fryslan \nDen Haag\n", GEMEENTEN)
    assert herkend.codes == ("0014", "0518", "0893", "1900")  # Den Haag is 0518 again
    assert herkend.onbekend == ()


def test_naam_en_code_samen_uit_een_rekenblad():
    assert herken("0518\t's-Gravenhage\nGroningen (0014)\n0164 Hengelo", GEMEENTEN).codes == ("0518", "0014", "0164")
    assert herken("0014 Hengelo", GEMEENTEN).onbekend == ("0014 Hengelo",)  # they contradict each other


def test_een_naam_zonder_toevoeging_als_er_maar_een_is():
    assert herken("Hengelo\nBergen (L.)", GEMEENTEN).codes == ("0164", "0893")


def test_wat_niet_klopt_komt_terug():
    herkend = herken("Bergen\nAtlantis\n9999\nAtlantis", GEMEENTEN)
    assert herkend.codes == ()
    assert herkend.onbekend == ("Atlantis", "9999")
    assert herkend.dubbelzinnig == (("Bergen", ("Bergen (L.)", "Bergen (NH.)")),)
    assert herkend.zinnen == [
        "‘Bergen’ kan zijn: Bergen (L.), Bergen (NH.). Schrijf de hele naam of de code.",
        "Niet herkend: ‘Atlantis’, ‘9999’.",
    ]


@given(st.text(max_size=60))
def test_elke_tekst_wordt_gelezen(tekst):
    assert set(herken(tekst, GEMEENTEN).codes) <= {gemeente.code for gemeente in GEMEENTEN}


def test_code_met_en_zonder_nullen():
    assert [als_code(c) for c in ("518", "gm0518", "14", "F004", "Ede")] == ["0518", "0518", "0014", "F004", "EDE"]
