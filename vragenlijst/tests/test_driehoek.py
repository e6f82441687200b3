"""What several actors' answers amount to (design 4.4): a table worked by hand, and properties over any set of voices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.driehoek import (
    AANVULLEND,
    EEN_BRON,
    EENSLUIDEND,
    NIET_GEVRAAGD,
    TEGENGESTELD,
    Beeld,
    Stem,
    beeld,
    motivatie_nodig,
)
from vragenlijst.inhoud import Inhoud


def zegt(keuze="", **velden):
    return Stem(Inhoud(keuze=keuze, **velden))


def weet_niet(keuze="weet-niet"):
    return Stem(Inhoud(keuze=keuze), zegt_iets=False)


@pytest.mark.parametrize(
    ("stemmen", "stand", "voorstel"),
    [
        ([], NIET_GEVRAAGD, None),
        ([zegt("ja")], EEN_BRON, Inhoud(keuze="ja")),
        ([zegt("ja"), zegt("ja"), zegt("ja")], EENSLUIDEND, Inhoud(keuze="ja")),
        ([zegt("ja"), zegt("nee")], TEGENGESTELD, None),
        # One against many is still a contradiction: voices are not counted.
        ([zegt("ja"), zegt("ja"), zegt("ja"), zegt("nee")], TEGENGESTELD, None),
        # Who does not know does not contradict who does.
        ([zegt("ja"), weet_niet()], EEN_BRON, Inhoud(keuze="ja")),
        ([weet_niet(), zegt("nee"), zegt("nee"), weet_niet("nvt")], EENSLUIDEND, Inhoud(keuze="nee")),
        # Only when nobody knows is that itself the answer.
        ([weet_niet()], EEN_BRON, Inhoud(keuze="weet-niet")),
        ([weet_niet(), weet_niet()], EENSLUIDEND, Inhoud(keuze="weet-niet")),
        ([weet_niet("weet-niet"), weet_niet("nvt")], AANVULLEND, None),
        # Nothing but a note is no answer.
        ([zegt("", toelichting="overgeslagen"), zegt("ja")], EEN_BRON, Inhoud(keuze="ja")),
        ([zegt("", citaat="geen idee")], NIET_GEVRAAGD, None),
        # The proposal is the answer alone, without anybody's note or quote.
        ([zegt("ja", toelichting="sinds 2006", citaat="zeker")], EEN_BRON, Inhoud(keuze="ja")),
        ([zegt(gemeente="0363"), zegt(gemeente="0363")], EENSLUIDEND, Inhoud(gemeente="0363")),
        ([zegt(gemeente="0363"), zegt(gemeente="0599")], TEGENGESTELD, None),
    ],
)
def test_gesloten_vraag(stemmen, stand, voorstel):
    assert beeld(stemmen, gesloten=True) == Beeld(stand, voorstel)


@pytest.mark.parametrize(
    ("stemmen", "stand", "voorstel"),
    [
        ([zegt(tekst="Jaarlijks overleg")], EEN_BRON, Inhoud(tekst="Jaarlijks overleg")),
        # The same words in other capitals and spacing agree; the first wording is proposed.
        (
            [zegt(tekst="Jaarlijks overleg"), zegt(tekst="jaarlijks  overleg")],
            EENSLUIDEND,
            Inhoud(tekst="Jaarlijks overleg"),
        ),
        # Other words may or may not contradict: that is for a person to say.
        ([zegt(tekst="Jaarlijks overleg"), zegt(tekst="Wij spreken elkaar zelden")], AANVULLEND, None),
        (
            [zegt(rijen=(("CWI", "stages"),)), zegt(rijen=(("UWV", "scholing"),))],
            AANVULLEND,
            None,
        ),
        ([zegt(rijen=(("CWI", "stages"),))], EEN_BRON, Inhoud(rijen=(("CWI", "stages"),))),
        # An open question has the same ways out as a closed one.
        ([weet_niet(), zegt(tekst="Jaarlijks overleg")], EEN_BRON, Inhoud(tekst="Jaarlijks overleg")),
        ([weet_niet("nvt"), weet_niet("nvt")], EENSLUIDEND, Inhoud(keuze="nvt")),
        # What is kept apart from an answer makes no difference between two.
        ([zegt(tekst="a", thema="x"), zegt(tekst="a", intentie="y")], EENSLUIDEND, Inhoud(tekst="a")),
    ],
)
def test_open_vraag(stemmen, stand, voorstel):
    assert beeld(stemmen, gesloten=False) == Beeld(stand, voorstel)


@pytest.mark.parametrize(
    ("stand", "voorstel", "gekozen", "nodig"),
    [
        (EENSLUIDEND, "ja", "ja", False),
        (EENSLUIDEND, "ja", "nee", True),
        (EEN_BRON, "ja", "ja", False),
        (EEN_BRON, "ja", "nee", True),
        (TEGENGESTELD, None, "ja", True),
        (NIET_GEVRAAGD, None, "ja", True),
        (AANVULLEND, None, "ja", False),
    ],
)
def test_wanneer_een_motivatie_nodig_is(stand, voorstel, gekozen, nodig):
    gezien = Beeld(stand, Inhoud(keuze=voorstel) if voorstel else None)

    assert motivatie_nodig(gezien, Inhoud(keuze=gekozen)) is nodig


def test_een_voorstel_anders_gespeld_vraagt_geen_motivatie():
    gezien = Beeld(EEN_BRON, Inhoud(tekst="jaarlijks overleg"))

    assert not motivatie_nodig(gezien, Inhoud(tekst="Jaarlijks overleg"))
    assert motivatie_nodig(gezien, Inhoud(tekst="Jaarlijks overleg, en een nieuwsbrief"))


STEMMEN = st.lists(
    st.one_of(
        st.sampled_from(["", "ja", "nee"]).map(zegt),
        st.sampled_from(["weet-niet", "nvt"]).map(weet_niet),
        st.sampled_from(["plan", "PLAN ", "geen"]).map(lambda tekst: zegt(tekst=tekst)),
        st.just(zegt("", toelichting="genoteerd")),
    ),
    max_size=6,
)


@given(STEMMEN, st.booleans(), st.randoms(use_true_random=False))
def test_de_volgorde_van_de_stemmen_telt_niet(stemmen, gesloten, toeval):
    """Only the wording of the proposal may follow the first speaker; what it says may not."""
    geschud = list(stemmen)
    toeval.shuffle(geschud)
    een, ander = beeld(stemmen, gesloten), beeld(geschud, gesloten)

    assert een.stand == ander.stand
    assert (een.voorstel and een.voorstel.waarde) == (ander.voorstel and ander.voorstel.waarde)


@given(STEMMEN, st.booleans())
def test_een_lege_stem_verandert_niets(stemmen, gesloten):
    assert beeld([*stemmen, zegt("", citaat="…")], gesloten) == beeld(stemmen, gesloten)


@given(STEMMEN, st.booleans())
def test_wie_het_niet_weet_verandert_niets_aan_wie_het_wel_weet(stemmen, gesloten):
    if any(stem.zegt_iets and stem.inhoud.waarde for stem in stemmen):
        assert beeld([weet_niet(), *stemmen], gesloten) == beeld(stemmen, gesloten)


@given(STEMMEN, st.booleans())
def test_een_voorstel_is_er_precies_als_het_over_te_nemen_is(stemmen, gesloten):
    gezien = beeld(stemmen, gesloten)

    assert (gezien.voorstel is not None) == gezien.over_te_nemen
    assert (gezien.stand == TEGENGESTELD) <= gesloten
    iemand_weet_het = any(stem.zegt_iets and stem.inhoud.waarde for stem in stemmen)
    assert (gezien.stand == AANVULLEND) <= (not gesloten or not iemand_weet_het)
