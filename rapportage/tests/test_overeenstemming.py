"""Cohen's kappa: the worked example, what does not exist, and what must hold of any two coders."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.overeenstemming import GEEN_SPREIDING, NIETS_DUBBEL, Overeenstemming, cohen, vergelijk


def paren(beide, alleen_een, alleen_ander, geen):
    return (
        [(True, True)] * beide + [(True, False)] * alleen_een + [(False, True)] * alleen_ander + [(False, False)] * geen
    )


def test_met_de_hand_uitgewerkt():
    """50 judgements. They agree on 20 + 15 = 35: po = 0.7. One says yes 25 times, the other 30: by chance both yes 0.5 x 0.6 and
    both no 0.5 x 0.4: pe = 0.3 + 0.2 = 0.5. Kappa = (0.7 - 0.5) / 0.5 = 0.4."""
    assert cohen(paren(20, 5, 10, 15)) == Overeenstemming(50, 35, Fraction(2, 5))


@pytest.mark.parametrize(
    ("oordelen", "kappa"),
    [
        (paren(3, 0, 0, 2), Fraction(1)),
        (paren(1, 1, 1, 1), Fraction(0)),
        (paren(0, 1, 1, 0), Fraction(-1)),
        (paren(2, 1, 0, 0), Fraction(0)),  # one of them always says yes: no better than chance, whatever the other does
        ([("a", "a"), ("b", "b"), ("c", "a")], Fraction(1, 2)),  # po 2/3, pe (1x2 + 1x1)/9 = 1/3
    ],
)
def test_andere_voorbeelden(oordelen, kappa):
    assert cohen(oordelen).kappa == kappa


@pytest.mark.parametrize(
    ("oordelen", "uitkomst"),
    [
        ([], Overeenstemming(0, 0, None, NIETS_DUBBEL)),
        (paren(4, 0, 0, 0), Overeenstemming(4, 4, None, GEEN_SPREIDING)),
        (paren(0, 0, 0, 1), Overeenstemming(1, 1, None, GEEN_SPREIDING)),
    ],
)
def test_wat_niet_bestaat_wordt_gezegd(oordelen, uitkomst):
    assert cohen(oordelen) == uitkomst


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30))
def test_wat_altijd_geldt(oordelen):
    uitkomst = cohen(oordelen)
    assert uitkomst == cohen([(ander, een) for een, ander in oordelen])
    assert (uitkomst.kappa is None) == bool(uitkomst.waarom)
    if uitkomst.kappa is not None:
        assert -1 <= uitkomst.kappa <= 1
        assert (uitkomst.kappa == 1) == (uitkomst.gelijk == uitkomst.n)


def test_alleen_dubbel_gecodeerde_antwoorden_tellen():
    """A coded 1, 2 and 3; B 2, 3 and 4. On 2 and 3 and themes 7 and 8: (ja, ja), (nee, nee); (ja, nee), (nee, ja)."""
    (een,) = vergelijk({"A": {1: {7}, 2: {7}, 3: {7}}, "B": {2: {7}, 3: {8}, 4: {8}}}, [7, 8])
    assert (een.eerste, een.tweede, een.antwoorden) == ("A", "B", 2)
    assert (een.samen.n, een.samen.gelijk, een.samen.kappa) == (4, 2, 0)
    assert een.per_thema[7] == Overeenstemming(2, 1, Fraction(0))


def test_drie_codeurs_geven_drie_paren():
    gegeven = {wie: {1: {7}} for wie in "ABC"}
    assert [(v.eerste, v.tweede) for v in vergelijk(gegeven, [7])] == [("A", "B"), ("A", "C"), ("B", "C")]
