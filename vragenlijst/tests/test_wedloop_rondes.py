"""Two beheerders at the same moment: each race shown to happen with the locks off, and not with them on (see test_wedloop)."""

import pytest

from regio.models import Gebeurtenis
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.actions.rondebeheer import Wens, gemeenten_toevoegen, ronde_wijzigen, toewijzen
from vragenlijst.bezetting import Bezetting
from vragenlijst.models import Dossier, Ronde
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_instrument, maak_ronde
from vragenlijst.tests.test_wedloop import op_postgresql, slot, tegelijk  # noqa: F401 - fixtures

pytestmark = [op_postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ronde(db):
    return maak_ronde(maak_instrument())


def test_two_assign_the_same_dossier(ronde, inspecteur, collega, beheerder, slot, tegelijk):  # noqa: F811
    dossier = maak_dossier(ronde, maak_gemeente(), None)

    def wijs_toe(mens):
        return lambda: toewijzen(ronde, {dossier.pk: Wens(Bezetting(), Bezetting(mens.pk))}, beheerder)

    een, ander = tegelijk(wijs_toe(inspecteur), wijs_toe(collega), na=(queries_rondes, "inspecteurs"))

    dossier.refresh_from_db()
    if not slot:  # both were told that it was saved; one of them was not
        assert (een, ander) == (1, 1)
        assert Gebeurtenis.objects.van(dossier).count() == 2
        return
    assert een == 1
    assert isinstance(ander, Conflict)
    assert dossier.inspecteur == inspecteur


def test_two_change_the_same_round(ronde, beheerder, slot, tegelijk):  # noqa: F811
    gezien = queries_rondes.stempel(ronde)

    def wijzig(naam):
        eigen = Ronde.objects.get(pk=ronde.pk)
        eigen.naam = naam
        return lambda: ronde_wijzigen(eigen, ["naam"], gezien=gezien, wijzigingen={}, wie=beheerder)

    een, ander = tegelijk(wijzig("Van de een"), wijzig("Van de ander"), na=(queries_rondes, "stempel"))

    ronde.refresh_from_db()
    assert isinstance(een, Ronde)
    assert isinstance(ander, Conflict) == slot
    assert ronde.naam == "Van de een"


def test_two_add_the_same_municipality(ronde, beheerder, slot, tegelijk):  # noqa: F811
    maak_gemeente()

    def voeg_toe():
        return gemeenten_toevoegen(ronde, {"9901": "voortrekker"}, beheerder)

    een, ander = tegelijk(voeg_toe, voeg_toe, na=(queries_rondes, "kandidaten"))

    assert Dossier.objects.count() == 1
    # with the lock the second finds it there; without, the first is stopped only at the writing
    assert isinstance(ander if slot else een, Geweigerd)
