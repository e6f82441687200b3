"""Mijn werk and the dossier: the one next step, the steps in its status, evidence, and who sees what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vragenlijst.actions import beoordelen, neem_eensluidende_over
from vragenlijst.models import Bewijsstuk, Dossier
from vragenlijst.tests.factories import maak_bewijsstuk, maak_dossier, maak_gemeente, maak_interview


def volgende(client) -> str:
    """The next step that Mijn werk offers for the only dossier there."""
    [(_, stap)] = client.get(reverse("mijn_werk")).context["eigen"]
    return stap.tekst if stap else ""


def test_mijn_werk_wijst_steeds_de_volgende_stap(client, veldwerk, inspecteur, collega):
    client.force_login(inspecteur)
    assert volgende(client).startswith("Werk uit: interview Sociale zaken (05-02-2008)")
    for code, inhoud in {
        "V1.3": {"keuze": "nee"},
        "V2.4": {"rijen": (("CWI", "x"),)},
        "V2.5": {"keuze": "nee"},
        "V3.1": {"tekst": "x"},
    }.items():
        veldwerk.antwoord(code, **inhoud)
    veldwerk.houd()
    assert volgende(client) == "Stel bevindingen vast: nog 4"
    neem_eensluidende_over(veldwerk.dossier, inspecteur)
    assert volgende(client) == "Beoordeel aandachtspunten: nog 2"
    for code in ("A1.2", "A2.4"):
        beoordelen(
            veldwerk.dossier,
            veldwerk.norm(code),
            "voldoet_niet",
            motivering="Niets gebleken.",
            versie=0,
            wie=inspecteur,
        )
    assert volgende(client) == "Bied ter toetsing aan"
    client.post(reverse("dossier_status", args=[veldwerk.dossier.pk]), {"naar": "ter_toetsing"})
    assert volgende(client) == ""
    client.force_login(collega)
    [(werk, stap)] = client.get(reverse("mijn_werk")).context["toetsen"]
    assert (werk.dossier, stap.tekst) == (veldwerk.dossier, "Toets het dossier")
    client.post(reverse("dossier_status", args=[veldwerk.dossier.pk]), {"naar": "vastgesteld"})
    veldwerk.dossier.refresh_from_db()
    assert veldwerk.dossier.status == "vastgesteld"


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


def test_geschiedenis_is_leesbaar(client, veldwerk, inspecteur):
    veldwerk.houd()
    client.force_login(inspecteur)
    html = client.get(reverse("dossier_geschiedenis", args=[veldwerk.dossier.pk])).content.decode()
    assert "gepland → gehouden, door Ina de Vries" in html
    assert "gepland → in uitvoering, door Ina de Vries" in html


def test_aantal_queries_van_mijn_werk_groeit_niet(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    aantallen = []
    for eerste, laatste in ((10, 12), (12, 32)):
        for nr in range(eerste, laatste):
            dossier = maak_dossier(
                veldwerk.ronde, maak_gemeente(f"98{nr}", f"Dorp {nr}"), inspecteur, status=Dossier.Status.IN_UITVOERING
            )
            maak_interview(dossier)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("mijn_werk"))
        aantallen.append(len(queries))
    assert aantallen[0] == aantallen[1]
