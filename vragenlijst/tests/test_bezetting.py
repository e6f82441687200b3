"""The rules of who works on a dossier, by example and by property."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst import bezetting
from vragenlijst.bezetting import Bezetting, Situatie, bezwaren, verdeel
from vragenlijst.models import Dossier

INA, COR, VERA = 1, 2, 3


def test_a_seating_survives_the_form():
    assert str(Bezetting(12, None, 7)) == "12-0-7"
    assert Bezetting.lees("12-0-7") == Bezetting(12, None, 7)


@pytest.mark.parametrize("tekst", ["", "1-2", "1-2-3-4", "a-b-c"])
def test_something_else_is_not_a_seating(tekst):
    with pytest.raises(ValueError):  # noqa: PT011 - int's own message
        Bezetting.lees(tekst)


@pytest.mark.parametrize(
    ("gewenst", "plaats", "zin"),
    [
        (Bezetting(INA, INA, COR), "tweede_inspecteur", bezetting.ANDERE_TWEEDE),
        (Bezetting(INA, None, INA), "toetser", bezetting.ANDERE_TOETSER),
        (Bezetting(INA, COR, COR), "toetser", bezetting.ANDERE_TOETSER),
    ],
)
def test_three_places_are_three_people(gewenst, plaats, zin):
    assert bezwaren(Situatie(Bezetting()), gewenst) == {plaats: zin}


def test_the_sentences_are_those_of_the_database():
    van_de_database = {grens.violation_error_message for grens in Dossier._meta.constraints}
    assert {bezetting.ANDERE_TWEEDE, bezetting.ANDERE_TOETSER} <= van_de_database


def test_who_worked_on_it_cannot_become_its_toetser():
    situatie = Situatie(Bezetting(INA, None, COR), gewerkt=frozenset({VERA}))
    assert bezwaren(situatie, Bezetting(INA, None, VERA)) == {"toetser": bezetting.ZELF_GEWERKT}
    assert bezwaren(situatie, Bezetting(INA, VERA, COR)) == {}


def test_an_open_round_keeps_its_inspectors():
    staat = Bezetting(INA, None, COR)
    assert bezwaren(Situatie(staat), Bezetting(None, None, COR)) == {}
    assert bezwaren(Situatie(staat, in_open_ronde=True), Bezetting(None, None, COR)) == {
        "inspecteur": bezetting.NIET_LEEG
    }


def test_what_is_being_reviewed_keeps_a_toetser():
    situatie = Situatie(Bezetting(INA, None, COR), in_open_ronde=True, ter_toetsing=True)
    assert bezwaren(situatie, Bezetting(INA, None, None)) == {"toetser": bezetting.TOETSER_NODIG}
    assert bezwaren(situatie, Bezetting(INA, None, VERA)) == {}


def test_what_is_settled_stands_firm():
    situatie = Situatie(Bezetting(INA, None, COR), in_open_ronde=True, vastgesteld=True)
    assert bezwaren(situatie, Bezetting(INA, None, COR)) == {}
    assert bezwaren(situatie, Bezetting(VERA, None, COR)) == {"inspecteur": bezetting.STAAT_VAST}
    assert bezwaren(situatie, Bezetting(INA, None, VERA)) == {"toetser": bezetting.STAAT_VAST}


def test_a_toetser_who_left_can_be_replaced_even_then():
    situatie = Situatie(Bezetting(INA, None, COR), in_open_ronde=True, vastgesteld=True, weg=frozenset({COR}))
    assert bezwaren(situatie, Bezetting(INA, None, VERA)) == {}
    assert bezwaren(situatie, Bezetting(INA, None, None)) == {"toetser": bezetting.TOETSER_NODIG}
    assert bezwaren(situatie, Bezetting(VERA, None, COR)) == {"inspecteur": bezetting.STAAT_VAST}


def test_spread_by_hand():
    """Four dossiers, three people: Ina first and last, and the reviewers go round as well."""
    leeg = {10: Bezetting(), 11: Bezetting(), 12: Bezetting(), 13: Bezetting()}
    gevonden = verdeel(leeg, [INA, COR, VERA])
    assert [b.inspecteur for b in gevonden.values()] == [INA, COR, VERA, INA]
    assert all(b.tweede_inspecteur is None for b in gevonden.values())
    assert sorted(Counter(b.toetser for b in gevonden.values()).values()) == [1, 1, 2]


def test_work_is_passed_on_along_a_chain():
    """Only Ina can review 12 and 13, so Ina gives 11 to Cor and Cor gives 10 to Vera: two, one, one."""
    gevonden = verdeel(
        {10: Bezetting(), 11: Bezetting(), 12: Bezetting(), 13: Bezetting()},
        [COR, INA, VERA],
        uitgesloten={10: {INA}, 11: {VERA}, 12: {COR, VERA}, 13: {COR, VERA}},
        plaatsen=["toetser"],
    )
    assert [b.toetser for b in gevonden.values()] == [VERA, COR, INA, INA]


def test_who_has_much_already_gets_less():
    """Ina leads two already, so the two empty ones go to Cor and Vera."""
    dossiers = {10: Bezetting(INA), 11: Bezetting(INA), 12: Bezetting(), 13: Bezetting()}
    gevonden = verdeel(dossiers, [INA, COR, VERA], plaatsen=["inspecteur"])
    assert [b.inspecteur for b in gevonden.values()] == [INA, INA, COR, VERA]


def test_nobody_left_stays_empty():
    assert verdeel({10: Bezetting(INA)}, [INA]) == {10: Bezetting(INA)}
    assert verdeel({10: Bezetting(INA)}, [INA, COR], uitgesloten={10: {COR}}) == {10: Bezetting(INA)}


plaats = st.one_of(st.none(), st.integers(1, 6))


@given(st.integers(1, 6), st.integers(0, 40))
def test_shares_differ_by_at_most_one(mensen, dossiers):
    gevonden = verdeel({d: Bezetting() for d in range(dossiers)}, range(1, mensen + 1))
    aantallen = [Counter(b.inspecteur for b in gevonden.values())[m] for m in range(1, mensen + 1)]
    assert max(aantallen) - min(aantallen) <= 1
    toetsers = [Counter(b.toetser for b in gevonden.values())[m] for m in range(1, mensen + 1)]
    assert max(toetsers) - min(toetsers) <= 1


@given(st.dictionaries(st.integers(1, 30), st.builds(Bezetting, plaats, plaats, plaats)), st.sets(st.integers(1, 6)))
def test_what_is_filled_in_stays_and_nobody_sits_twice(dossiers, mensen):
    gevonden = verdeel(dossiers, sorted(mensen), plaatsen=bezetting.PLAATSEN)
    assert gevonden.keys() == dossiers.keys()
    for dossier, na in gevonden.items():
        voor = dossiers[dossier]
        for naam in na.verschilt_in(voor):
            assert getattr(voor, naam) is None
            assert getattr(na, naam) in mensen
            anderen = [getattr(na, ander) for ander in bezetting.PLAATSEN if ander != naam]
            assert getattr(na, naam) not in anderen
