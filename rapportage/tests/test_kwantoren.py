"""Kwantoren: one word per number, by example and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.kwantoren import BANDEN, Band, bereik, bereik_in_woorden, gebreken, op_volgorde, van, woord

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


@given(banden, st.integers(1, 100).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_ook_bij_een_andere_tabel_nooit_een_zwakker_woord(tabel, paar):
    rang = {band.woord: plaats for plaats, band in enumerate(tabel)}
    x, n = paar
    assert rang[woord(x, n, tabel)] <= rang[woord(x + 1, n, tabel)]


# --- A table that the beheerder types -------------------------------------------------------------------------------

GEEN, ALLE = Band("geen", hoogstens=0), Band("alle")
HELFT = Band("de helft of minder", aandeel=50)


def test_de_tabel_van_het_huis_heeft_geen_gebreken():
    assert gebreken(BANDEN) == []
    assert op_volgorde(reversed(BANDEN)) == BANDEN


@pytest.mark.parametrize(
    ("tabel", "plaats", "woorden"),
    [
        ([], 0, "ten minste twee"),
        ([ALLE], 0, "ten minste twee"),
        ([GEEN, Band("Enkele", 30), ALLE], 1, "kleine letters"),
        ([GEEN, Band("3 of meer", 30), ALLE], 1, "kleine letters"),
        ([GEEN, HELFT, Band("de helft of minder", 70), ALLE], 2, "staat er al"),
        ([GEEN, Band("enkele", 101), ALLE], 1, "tussen 0 en 100"),
        ([HELFT, ALLE], 0, "voor geen enkel dossier"),
        ([GEEN, HELFT], 1, "voor alle dossiers"),
        ([GEEN, Band("alle", tot_en_met=False)], 1, "voor alle dossiers"),
        # 3 of 3 would be called "enkele"
        ([GEEN, Band("enkele", hoogstens=5), ALLE], 1, "omvat nu ook 1 van 1"),
        ([GEEN, ALLE], 1, "Ook 1 van 2 heet nu ‘alle’"),
        ([GEEN, HELFT, ALLE], 2, "Ook 2 van 3 heet nu ‘alle’"),
        ([GEEN, HELFT, Band("een kwart", 25), ALLE], 2, "Geen enkel aantal"),
    ],
)
def test_een_onbruikbare_tabel_zegt_waar(tabel, plaats, woorden):
    [(gevonden, zin), *_] = gebreken(tabel)
    assert gevonden == plaats
    assert woorden in zin


grenzen = st.lists(
    st.builds(Band, st.sampled_from("abcdefg"), st.integers(0, 100), st.booleans(), st.none() | st.integers(0, 9)),
    max_size=5,
    unique_by=lambda band: band.woord,
)


@given(grenzen.map(lambda midden: op_volgorde([GEEN, *midden, ALLE])), st.integers(1, 300))
def test_een_tabel_zonder_gebreken_zegt_niets_verkeerds(tabel, n):
    """Nobody and everybody have words of their own, each word is sometimes said, and what is printed of it is not empty."""
    if gebreken(tabel):
        return
    assert bereik("geen", n, tabel) == range(1)
    assert bereik("alle", n, tabel) == range(n, n + 1)
    assert all(bereik_in_woorden(band, tabel) for band in tabel)


def test_gedrukte_tabel_van_een_ander():
    tabel = (GEEN, Band("enkele", 99, hoogstens=2), Band("een kwart", 25), Band("veel", 75, hoogstens=9), ALLE)
    assert [bereik_in_woorden(band, tabel) for band in tabel] == [
        "0",
        "1 tot en met 2, en ten hoogste 99%",
        "meer dan enkele, en ten hoogste 25%",
        "meer dan 25%, ten hoogste 9, en ten hoogste 75%",
        "100%",
    ]
