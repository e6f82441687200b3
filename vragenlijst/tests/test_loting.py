"""The drawing itself: which numbers per stratum, who is drawn, and that it can be done again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.loting import gelijk, loot, lot, naar_rato, volgorde

CODES = [f"{nummer:04}" for nummer in range(1, 61)]
ZADEN = st.from_regex(r"[0-9A-Za-z-]{1,40}", fullmatch=True)
STRATA = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["a", "b", "c", "d"]), min_size=1)


def test_a_lot_by_hand():
    """printf 'juni-2010:0363' | sha256sum, on a command line."""
    assert lot("juni-2010", "0363") == "e571c175daef2cf3f72faf99bf868190be2508602e5cdea6447c288e229541e5"


@pytest.mark.parametrize(
    ("omvang", "totaal", "minimum", "verwacht"),
    [
        # 10 × 50/100 = 5; 10 × 30/100 = 3; 10 × 20/100 = 2.
        ({"a": 50, "b": 30, "c": 20}, 10, 0, {"a": 5, "b": 3, "c": 2}),
        # 7 × 50/100 = 3,5; 2,1; 1,4: after 3, 2, 1 the one left goes to the remainder ,5.
        ({"a": 50, "b": 30, "c": 20}, 7, 0, {"a": 4, "b": 2, "c": 1}),
        # 4 × 98/100 = 3,92; 0,04; 0,04: all to the large one.
        ({"a": 98, "b": 1, "c": 1}, 4, 0, {"a": 4, "b": 0, "c": 0}),
        # With one of each at least: b and c get theirs, a what is left.
        ({"a": 98, "b": 1, "c": 1}, 4, 1, {"a": 2, "b": 1, "c": 1}),
        # Three equal remainders of 1/3 for one place: the first by name of those equally large.
        ({"a": 10, "b": 10, "c": 10}, 4, 0, {"a": 2, "b": 1, "c": 1}),
        # 3 × 6/10 = 1,8 and 3 × 4/10 = 1,2.
        ({"a": 6, "b": 4}, 3, 1, {"a": 2, "b": 1}),
        ({"a": 2, "b": 0}, 2, 1, {"a": 2}),
    ],
)
def test_naar_rato_by_hand(omvang, totaal, minimum, verwacht):
    assert naar_rato(omvang, totaal, minimum) == verwacht


@pytest.mark.parametrize(("totaal", "minimum"), [(7, 0), (1, 1), (-1, 0)])
def test_what_cannot_be_spread_is_refused(totaal, minimum):
    with pytest.raises(ValueError, match=str(totaal)):
        naar_rato({"a": 3, "b": 2, "c": 1}, totaal, minimum)


def test_gelijk_takes_all_of_a_small_stratum():
    assert gelijk({"a": 10, "b": 2}, 3) == {"a": 3, "b": 2}


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 60), min_size=1, max_size=12), st.data())
def test_naar_rato_adds_up_and_never_takes_more_than_there_are(omvang, data):
    minimum = data.draw(st.integers(0, 1))
    totaal = data.draw(st.integers(minimum * len(omvang), sum(omvang.values())))
    aantallen = naar_rato(omvang, totaal, minimum)
    assert sum(aantallen.values()) == totaal
    assert all(minimum <= aantallen[stratum] <= n for stratum, n in omvang.items())
    if minimum == 0:  # nobody is more than one away from their exact share
        samen = sum(omvang.values())
        assert all(abs(aantallen[stratum] * samen - totaal * n) < samen for stratum, n in omvang.items())


@given(STRATA, ZADEN, st.data())
def test_a_drawing(strata, zaad, data):
    omvang = Counter(strata.values())
    aantallen = {stratum: data.draw(st.integers(0, n)) for stratum, n in omvang.items()}
    geloot = loot(strata, aantallen, zaad)
    for stratum, (getrokken, reserve) in geloot.items():
        assert len(getrokken) == aantallen[stratum]
        assert Counter(getrokken + reserve) == Counter(code for code, in_ in strata.items() if in_ == stratum)
    omgekeerd = dict(reversed(strata.items()))
    assert loot(omgekeerd, aantallen, zaad) == geloot, "the order in which they are given says nothing"


@given(STRATA, ZADEN, st.data())
def test_who_is_left_out_moves_nobody_else(strata, zaad, data):
    weg = data.draw(st.sampled_from(sorted(strata)))
    zonder = [code for code in volgorde(strata, zaad) if code != weg]
    assert volgorde(set(strata) - {weg}, zaad) == zonder


def test_more_than_there_are_is_refused():
    with pytest.raises(ValueError, match="a"):
        loot({"0001": "a"}, {"a": 2}, "zaad")


def test_another_seed_is_another_drawing():
    assert len({tuple(volgorde(CODES, f"zaad-{nummer}")) for nummer in range(200)}) == 200


def test_everybody_has_the_same_chance():
    """6 of 60, 3,000 times: 300 each is to be expected, with a standard deviation of 16.4; none is further off than 5 of those."""
    telling = Counter(code for nummer in range(3000) for code in volgorde(CODES, str(nummer))[:6])
    assert sum(telling.values()) == 18_000
    assert all(218 <= telling[code] <= 382 for code in CODES)
