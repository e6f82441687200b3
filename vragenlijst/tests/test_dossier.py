"""Mijn werk and the dossier: the one next step, the steps in its status, evidence, and who sees what."""

import pytest
from django.urls import reverse

from vragenlijst.models import Bewijsstuk
from vragenlijst.tests.factories import maak_bewijsstuk, maak_dossier, maak_gemeente


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


def test_bewijsstuk_vastleggen_en_wijzigen(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    soort = veldwerk.instrument.bewijssoorten.get(code="analyse")
    invoer = {"soort": soort.pk, "titel": "Analyse 2007", "datum": "06-11-2007", "akkoord_door": "college"}
    assert client.post(reverse("bewijsstuk_nieuw", args=[veldwerk.dossier.pk]), invoer).status_code == 302
    stuk = Bewijsstuk.objects.get()
    assert (stuk.dossier, stuk.datum.isoformat()) == (veldwerk.dossier, "2007-11-06")
    adres = reverse("bewijsstuk", args=[veldwerk.dossier.pk, stuk.pk])
    client.post(adres, invoer | {"titel": "Analyse 2007, tweede druk"})
    stuk.refresh_from_db()
    assert stuk.titel == "Analyse 2007, tweede druk"


def test_bewijsstuk_van_een_ander_dossier_is_er_niet(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    ander = maak_dossier(veldwerk.ronde, maak_gemeente("9905", "Anderdam"), inspecteur)
    stuk = maak_bewijsstuk(ander)
    assert client.get(reverse("bewijsstuk", args=[veldwerk.dossier.pk, stuk.pk])).status_code == 404
