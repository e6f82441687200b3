"""Routing (design 4.3): by hand over the source's own chain, and by property over arbitrary questionnaires."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.routing import gevraagd

# The chain of Bijlage 2, question 1.3 and further.
KETEN = {
    "V1.1": None,
    "V1.3": None,
    "V1.4": ("V1.3", "ja"),
    "V1.5": ("V1.3", "ja"),
    "V1.7": ("V1.4", "ja"),
    "V1.7a": ("V1.7", "ja"),
    "V1.7b": ("V1.7", "nee"),
    "V1.7c": ("V1.7", "nee"),
    "V1.7d": ("V1.7c", "ja"),
}


@pytest.mark.parametrize(
    ("keuzes", "open_vragen"),
    [
        ({}, "V1.1 V1.3"),
        ({"V1.3": "nee"}, "V1.1 V1.3"),
        ({"V1.3": "weet-niet"}, "V1.1 V1.3"),
        ({"V1.3": "ja"}, "V1.1 V1.3 V1.4 V1.5"),
        ({"V1.3": "ja", "V1.4": "nee"}, "V1.1 V1.3 V1.4 V1.5"),
        ({"V1.3": "ja", "V1.4": "ja"}, "V1.1 V1.3 V1.4 V1.5 V1.7"),
        ({"V1.3": "ja", "V1.4": "ja", "V1.7": "ja"}, "V1.1 V1.3 V1.4 V1.5 V1.7 V1.7a"),
        ({"V1.3": "ja", "V1.4": "ja", "V1.7": "nee"}, "V1.1 V1.3 V1.4 V1.5 V1.7 V1.7b V1.7c"),
        (
            {"V1.3": "ja", "V1.4": "ja", "V1.7": "nee", "V1.7c": "ja"},
            "V1.1 V1.3 V1.4 V1.5 V1.7 V1.7b V1.7c V1.7d",
        ),
        # The first link breaks: everything behind it closes, whatever is stored there.
        ({"V1.3": "nee", "V1.4": "ja", "V1.7": "nee", "V1.7c": "ja"}, "V1.1 V1.3"),
        # A choice at a question that nothing hangs on opens nothing.
        ({"V1.1": "ja"}, "V1.1 V1.3"),
    ],
)
def test_de_keten_van_bijlage_2(keuzes, open_vragen):
    assert gevraagd(KETEN, keuzes) == frozenset(open_vragen.split())


@pytest.mark.parametrize(
    "voorwaarden",
    [
        pytest.param({"a": ("a", "ja")}, id="op zichzelf"),
        pytest.param({"a": ("b", "ja"), "b": ("a", "ja")}, id="op elkaar"),
        pytest.param({"a": ("b", "ja"), "b": ("c", "ja"), "c": ("b", "ja")}, id="achter een kring"),
        pytest.param({"a": ("weg", "ja")}, id="op een vraag die er niet is"),
    ],
)
def test_wat_nergens_op_rust_wordt_niet_gevraagd(voorwaarden):
    ja_op_alles = dict.fromkeys([*voorwaarden, "weg"], "ja")

    assert gevraagd(voorwaarden, ja_op_alles) == frozenset()


CODES = st.sampled_from("abcdefgh")
KEUZES = st.sampled_from(["ja", "nee", "weet-niet"])
VRAGENLIJSTEN = st.dictionaries(CODES, st.none() | st.tuples(CODES, KEUZES))
ANTWOORDEN = st.dictionaries(CODES, KEUZES)


@given(VRAGENLIJSTEN, ANTWOORDEN)
def test_nooit_een_open_vraag_onder_een_dichte(voorwaarden, keuzes):
    open_vragen = gevraagd(voorwaarden, keuzes)

    assert open_vragen <= voorwaarden.keys()
    for code in open_vragen:
        voorwaarde = voorwaarden[code]
        assert voorwaarde is None or (voorwaarde[0] in open_vragen and keuzes[voorwaarde[0]] == voorwaarde[1])


@given(VRAGENLIJSTEN, ANTWOORDEN)
def test_wat_open_kan_is_open(voorwaarden, keuzes):
    """The other way round: a question that is left out has a condition, and that condition does not hold."""
    open_vragen = gevraagd(voorwaarden, keuzes)

    for code in voorwaarden.keys() - open_vragen:
        vraag, keuze = voorwaarden[code]
        assert vraag not in open_vragen or keuzes.get(vraag) != keuze


@given(VRAGENLIJSTEN, ANTWOORDEN, st.randoms(use_true_random=False))
def test_de_volgorde_van_de_vragen_doet_er_niet_toe(voorwaarden, keuzes, toeval):
    codes = list(voorwaarden)
    toeval.shuffle(codes)

    assert gevraagd({code: voorwaarden[code] for code in codes}, keuzes) == gevraagd(voorwaarden, keuzes)


@given(VRAGENLIJSTEN, ANTWOORDEN, KEUZES)
def test_een_antwoord_op_een_dichte_vraag_verandert_niets(voorwaarden, keuzes, keuze):
    open_vragen = gevraagd(voorwaarden, keuzes)

    for code in voorwaarden.keys() - open_vragen:
        assert gevraagd(voorwaarden, {**keuzes, code: keuze}) == open_vragen
