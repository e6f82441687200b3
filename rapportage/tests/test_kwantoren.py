"""Kwantoren: one word per number, by example and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.kwantoren import BANDEN, Band, bereik, bereik_in_woorden, van, woord

DERTIEN = ["geen", "een enkele", "enkele", "enkele", "een minderheid", "een minderheid", "ongeveer de helft"]
DERTIEN += ["ongeveer de helft", "een meerderheid", "een meerderheid", "de meeste", "de meeste", "vrijwel alle", "alle"]
RANG = {band.woord: rang for rang, band in enumerate(BANDEN)}


def test_elk_aantal_van_dertien():
    assert [woord(x, 13) for x in range(14)] == DERTIEN


@pytest.mark.parametrize(
    ("x", "n", "verwacht"),
    [
        (0, 1, "geen"),
        (1, 1, "alle"),
        (1, 2, "een enkele"),
        (2, 2, "alle"),
        (2, 3, "een meerderheid"),
        (1, 4, "een enkele"),
        (2, 4, "ongeveer de helft"),
        (3, 4, "de meeste"),
        (2, 5, "een minderheid"),
        (3, 5, "een meerderheid"),
        (3, 7, "ongeveer de helft"),
        (4, 7, "ongeveer de helft"),
        (8, 9, "de meeste"),
        (5, 20, "enkele"),
        (6, 24, "een minderheid"),
        (18, 20, "vrijwel alle"),
        (100, 443, "een minderheid"),
        (442, 443, "vrijwel alle"),
    ],
)
def test_kleine_en_grote_aantallen(x, n, verwacht):
    assert woord(x, n) == verwacht


@pytest.mark.parametrize(("x", "n"), [(0, 0), (-1, 3), (4, 3)])
def test_zonder_noemer_geen_woord(x, n):
    with pytest.raises(ValueError, match="Geen kwantor"):
        woord(x, n)


def test_onbekend_woord():
    with pytest.raises(KeyError):
        bereik("een hele hoop", 13)


def test_bereik_van_dertien():
    assert bereik("enkele", 13) == range(2, 4)
    assert bereik("ongeveer de helft", 13) == range(6, 8)
    assert not bereik("vrijwel alle", 4)


def test_gedrukte_tabel():
    assert [bereik_in_woorden(band) for band in BANDEN] == [
        "0",
        "precies 1",
        "2 tot en met 5, en ten hoogste 25%",
        "meer dan enkele, en ten hoogste 40%",
        "meer dan 40% en minder dan 60%",
        "ten minste 60% en minder dan 75%",
        "ten minste 75% en minder dan 90%",
        "ten minste 90% en minder dan 100%",
        "100%",
    ]


def test_van():
    assert van(6, 13) == "6 van 13"


@given(st.integers(1, 600))
def test_ieder_aantal_heeft_precies_een_woord_zonder_overlap(n):
    bereiken = [bereik(band.woord, n) for band in BANDEN]
    assert sorted(x for claim in bereiken for x in claim) == list(range(n + 1))
    for band, claim in zip(BANDEN, bereiken, strict=True):
        assert {woord(x, n) for x in claim} <= {band.woord}


@given(st.integers(1, 600).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_meer_gemeenten_geeft_nooit_een_zwakker_woord(paar):
    x, n = paar
    assert RANG[woord(x, n)] <= RANG[woord(x + 1, n)]


banden = st.lists(
    st.builds(Band, st.uuids().map(str), st.integers(0, 100), st.booleans(), st.one_of(st.none(), st.integers(0, 50))),
    max_size=6,
).map(lambda lijst: (*lijst, Band("alle")))


@given(banden, st.integers(1, 100))
def test_ook_bij_een_andere_tabel(tabel, n):
    """The rules hold by construction, so a beheerder cannot break them with another table."""
    assert sorted(x for band in tabel for x in bereik(band.woord, n, tabel)) == list(range(n + 1))
