"""What the page of a municipality says of its part in rounds: to each what they may know."""

import pytest

from regio.deelname import deelnames, peildagen


@pytest.mark.parametrize(
    ("wie", "rondeadres", "dossier"),
    [("inspecteur", False, True), ("collega", False, True), ("analist", True, True), ("beheerder", True, False)],
)
def test_wie_wat_ziet(veldwerk, request, wie, rondeadres, dossier):
    [deel] = deelnames(veldwerk.dossier.gemeente, request.getfixturevalue(wie))
    assert (deel.ronde, deel.rol) == ("Proefronde", "voortrekker")
    assert deel.rondeadres == ("/rondes/proefronde/" if rondeadres else "")
    assert deel.dossieradres == (veldwerk.dossier.get_absolute_url() if dossier else "")


def test_een_vreemde_ziet_niets(veldwerk, vreemde, client):
    assert deelnames(veldwerk.dossier.gemeente, vreemde) == []
    client.force_login(vreemde)
    assert "Proefronde" not in client.get(veldwerk.dossier.gemeente.get_absolute_url()).content.decode()


def test_peildagen(veldwerk):
    [dag] = peildagen()[veldwerk.dossier.gemeente_id]
    assert (dag.dag, dag.naam, dag.vast) == (veldwerk.ronde.peildatum, "ronde Proefronde", False)
