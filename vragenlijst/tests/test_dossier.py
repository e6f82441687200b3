"""Mijn werk and the dossier: the one next step, the steps in its status, evidence, and who sees what."""

import pytest
from django.urls import reverse


def test_aanbieden_kan_pas_als_niets_meer_ontbreekt(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    response = client.post(reverse("dossier_status", args=[veldwerk.dossier.pk]), {"naar": "ter_toetsing"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Het interview met Sociale zaken is nog gepland" in html
    assert "Vraag V2.5 heeft nog geen bevinding." in html
    assert "Aandachtspunt A2.4 is nog niet beoordeeld." in html
    veldwerk.dossier.refresh_from_db()
    assert veldwerk.dossier.status == "in_uitvoering"


@pytest.mark.parametrize(
    ("persona", "status"),
    [("inspecteur", 200), ("collega", 200), ("analist", 200), ("vreemde", 404), ("beheerder", 403)],
)
@pytest.mark.parametrize("naam", ["dossier", "dossier_geschiedenis", "bevindingen", "beoordelingen"])
def test_wie_een_dossier_leest(client, request, veldwerk, persona, status, naam):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse(naam, args=[veldwerk.dossier.pk])).status_code == status
