"""Pairing dossiers of two rounds, and the matrix of who went where. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage import trend
from rapportage.trend import Koppeling, Noot, Nootsoort, Overgang, Paar, koppel, noten, overgangen

INHOUD = ("ja", "intentie", "nee")
gemeenten = st.integers(1, 12)
rondes = st.dictionaries(st.integers(100, 130), gemeenten, max_size=14)
bestemmingen = st.dictionaries(st.integers(1, 6), st.one_of(st.none(), st.integers(7, 12)), max_size=6)
codes = st.sampled_from([*INHOUD, *trend.REST, trend.VERSCHILT])
paarstanden = st.lists(st.tuples(codes, codes), max_size=40)


# --- Pairs ------------------------------------------------------------------------------------------------------------


def test_zoals_toen_alleen_wie_in_beide_rondes_zit():
    """Then municipalities 1, 2 and 3 (dossiers 11 to 13), now 2, 3 and 4 (22 to 24)."""
    assert koppel({11: 1, 12: 2, 13: 3}, {22: 2, 23: 3, 24: 4}) == Koppeling(
        (Paar(2, (12,), (22,)), Paar(3, (13,), (23,))), nieuw=(24,), verdwenen=(11,)
    )


def test_naar_de_indeling_van_nu_gaan_voorgangers_mee():
    """1 and 2 became 5; 3 became 6, which is not in the later round; 4 ended without a successor."""
    samen = koppel({11: 1, 12: 2, 13: 3, 14: 4}, {25: 5}, {1: 5, 2: 5, 3: 6, 4: None})
    assert samen == Koppeling((Paar(5, (11, 12), (25,)),), nieuw=(), verdwenen=(13, 14))


def test_zoals_toen_verdwijnt_wie_is_opgegaan():
    assert koppel({11: 1, 12: 2}, {25: 5}) == Koppeling((), nieuw=(25,), verdwenen=(11, 12))


@given(rondes, rondes, bestemmingen)
def test_elk_dossier_is_precies_eenmaal_ergens(toen, nu, bestemming):
    for kaart in (None, bestemming):
        samen = koppel(toen, nu, kaart)
        assert sorted([d for p in samen.paren for d in p.toen] + list(samen.verdwenen)) == sorted(toen)
        assert sorted([d for p in samen.paren for d in p.nu] + list(samen.nieuw)) == sorted(nu)


@given(rondes, rondes, bestemmingen)
def test_omgekeerd_koppelen_wisselt_toen_en_nu(toen, nu, bestemming):
    heen, terug = koppel(toen, nu, bestemming), koppel(nu, toen, bestemming)
    assert [(p.gemeente, p.toen, p.nu) for p in heen.paren] == [(p.gemeente, p.nu, p.toen) for p in terug.paren]
    assert (heen.nieuw, heen.verdwenen) == (terug.verdwenen, terug.nieuw)


# --- Footnotes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toen", "nu", "bestemming", "gingen_over", "verwacht"),
    [
        # 1 and 2 merged into 5, both were visited
        ({11: 1, 12: 2}, {25: 5}, {1: 5, 2: 5}, [(1, 5), (2, 5)], [("samengevoegd", 5, (1, 2))]),
        # the same, but 2 was not visited then
        (
            {11: 1},
            {25: 5},
            {1: 5, 2: 5},
            [(1, 5), (2, 5)],
            [("opgevolgd", 5, (1,)), ("deels_onderzocht", 5, (2,))],
        ),
        # 1 went into 3, which was there already; 1 was not visited
        ({13: 3}, {23: 3}, {1: 3}, [(1, 3)], [("deels_onderzocht", 3, (1,))]),
        # 1 was split over 5 and 6, 5 is designated
        ({11: 1}, {25: 5}, {1: 5}, [(1, 5), (1, 6)], [("opgevolgd", 5, (1,)), ("gesplitst", 1, (5, 6))]),
        # 1 was split over 5 and 6, and these merged into 7: no split any more
        ({11: 1}, {27: 7}, {1: 7, 5: 7, 6: 7}, [(1, 5), (1, 6), (5, 7, False, False), (6, 7, False, False)],
         [("opgevolgd", 7, (1,))]),
        # 1 ended without a designated successor
        ({11: 1}, {25: 5}, {1: None}, [], [("zonder_opvolger", 1, ())]),
        # 1 gave a part to 2 and is still there
        ({11: 1}, {21: 1}, {}, [(1, 2, True)], [("grens", 1, (2,))]),
        # nothing of what happened is in the comparison
        ({11: 1}, {21: 1}, {8: 9}, [(8, 9), (6, 7, True)], []),
    ],
)  # fmt: skip
def test_voetnoten_naar_de_indeling_van_nu(toen, nu, bestemming, gingen_over, verwacht):
    gevonden = noten(koppel(toen, nu, bestemming), toen, [Overgang(*o) for o in gingen_over], bestemming)
    assert list(gevonden) == [Noot(Nootsoort(soort), wie, andere) for soort, wie, andere in verwacht]


def test_zoals_toen_is_een_gegroeide_gemeente_een_voetnoot_waard():
    toen, nu = {11: 1, 13: 3}, {23: 3}
    assert noten(koppel(toen, nu), toen, [Overgang(1, 3), Overgang(2, 3), Overgang(8, 9)]) == (
        Noot(Nootsoort.GEGROEID, 3, (1, 2)),
    )


# --- The matrix -------------------------------------------------------------------------------------------------------


def test_wie_ging_van_nee_via_intentie_naar_ja():
    """Nine pairs: two from nee to ja, one nee to intentie, one ja to nee, two stay ja, two say nothing once, one verschilt."""
    tabel = overgangen(
        [
            ("nee", "ja"), ("nee", "ja"), ("nee", "intentie"), ("ja", "nee"), ("ja", "ja"), ("ja", "ja"),
            ("ja", "weet_niet"), ("niet_gevraagd", "ja"), ("verschilt", "ja"),
        ],
        INHOUD,
    )  # fmt: skip
    assert (tabel.totaal, tabel.beide, tabel.uitgesloten) == (8, 6, 1)
    assert (tabel.toen("ja"), tabel.nu("ja")) == (3, 4)
    assert (tabel.vooruit, tabel.terug, tabel.gelijk) == (3, 1, 2)
    assert (tabel.rij("ja"), tabel.kolom("ja")) == (4, 5)
    assert tabel.codes == ("ja", "intentie", "nee", "weet_niet", "niet_gevraagd")


def test_een_vraag_zonder_rangorde_heeft_geen_richting():
    tabel = overgangen(
        [("faciliterend", "visiegericht"), ("faciliterend", "faciliterend")], ("faciliterend", "visiegericht")
    )
    assert not tabel.heeft_richting
    assert (tabel.vooruit, tabel.terug, tabel.gelijk, tabel.beide) == (0, 0, 1, 2)


@pytest.mark.parametrize(
    ("standen", "verwacht"),
    [(["ja"], "ja"), (["ja", "ja"], "ja"), (["ja", "nee"], "verschilt"), (["ja", "weet_niet"], "verschilt")],
)
def test_voorgangers_die_verschillen(standen, verwacht):
    assert trend.stand(standen) == verwacht


@given(paarstanden)
def test_rijen_en_kolommen_tellen_op(standen):
    tabel = overgangen(standen, INHOUD)
    assert tabel.totaal + tabel.uitgesloten == len(standen)
    assert (
        sum(tabel.rij(code) for code in tabel.codes) == sum(tabel.kolom(code) for code in tabel.codes) == tabel.totaal
    )
    assert sum(tabel.van_naar(van, naar) for van in tabel.codes for naar in tabel.codes) == tabel.totaal
    assert sum(map(tabel.toen, INHOUD)) == sum(map(tabel.nu, INHOUD)) == tabel.beide
    assert tabel.vooruit + tabel.terug + tabel.gelijk == tabel.beide


@given(paarstanden)
def test_rondes_omgewisseld_is_de_tabel_gespiegeld(standen):
    heen = overgangen(standen, INHOUD)
    terug = overgangen([(nu, toen) for toen, nu in standen], INHOUD)
    assert all(heen.van_naar(a, b) == terug.van_naar(b, a) for a in heen.codes for b in heen.codes)
    assert (heen.vooruit, heen.terug, heen.uitgesloten) == (terug.terug, terug.vooruit, terug.uitgesloten)


@given(rondes, st.data())
def test_een_ronde_met_zichzelf_staat_op_de_diagonaal(ronde, data):
    antwoord = {dossier: data.draw(codes.filter(lambda c: c != trend.VERSCHILT)) for dossier in ronde}
    samen = koppel(ronde, ronde)
    assert not samen.nieuw
    assert not samen.verdwenen
    tabel = overgangen(
        [(trend.stand(antwoord[d] for d in p.toen), trend.stand(antwoord[d] for d in p.nu)) for p in samen.paren],
        INHOUD,
    )
    assert all(van == naar for van, naar in tabel.aantallen)


@pytest.mark.parametrize(
    ("stappen", "verwacht"),
    [([], "gelijk"), (["gelijk", "herformuleerd"], "herformuleerd"), (["nieuw", "gelijk"], "nieuw")],
)
def test_over_meer_versies_telt_de_zwaarste_stap(stappen, verwacht):
    assert trend.vergelijkbaarheid(stappen) == verwacht
