"""Marking many municipalities as voortrekker at once."""

from datetime import date

import pytest

from regio import actions
from regio.models import Gebeurtenis, Gemeente, Kenmerken

ADRES = "/gemeenten/voortrekkers/"
D2008, D2009, D2010 = (date(jaar, 1, 1) for jaar in (2008, 2009, 2010))


@pytest.fixture
def als_beheerder(client, beheerder):
    client.force_login(beheerder)
    return client


@pytest.fixture(autouse=True)
def drie(db):
    """Aadorp has one open period, Beestad is a voortrekker already, of Ceedam nothing is known; Deeveen ended in 2009."""
    aa, bee, _, dee = (
        Gemeente.objects.create(code=f"900{i}", naam=naam, geldig_van=D2008)
        for i, naam in enumerate(("Aadorp", "Beestad", "Ceedam", "Deeveen"))
    )
    Gemeente.objects.filter(pk=dee.pk).update(geldig_tot=D2009)
    Kenmerken.objects.create(gemeente=aa, geldig_van=D2008, inwoners=12_000, inwoners_peildatum=D2008, randstad=True)
    Kenmerken.objects.create(gemeente=bee, geldig_van=D2008, voortrekker=True)


def perioden(naam: str) -> list[tuple]:
    velden = ("geldig_van", "geldig_tot", "inwoners", "randstad", "voortrekker")
    return list(Kenmerken.objects.filter(gemeente__naam=naam).order_by("geldig_van").values_list(*velden))


def bekijk(client, lijst="Aadorp\n9001\nCeedam\nDeeveen\nNergens", vanaf="1 januari 2009"):
    return client.post(ADRES, {"lijst": lijst, "vanaf": vanaf, "actie": "bekijk"})


def opslaan(client, eerst, **anders):
    velden = {naam: eerst.context["form"][naam].value() for naam in ("lijst", "vanaf", "gezien")}
    return client.post(ADRES, {**velden, "actie": "opslaan", **anders})


def test_eerst_zien_wat_er_is_herkend(als_beheerder):
    response = bekijk(als_beheerder)
    lijst = response.context["lijst"]
    assert [(gemeente.naam, al) for gemeente, al in lijst.gemeenten] == [
        ("Aadorp", False),
        ("Beestad", True),
        ("Ceedam", False),
    ]
    assert lijst.zinnen == ("Niet herkend: ‘Deeveen’, ‘Nergens’.",)
    assert "Maak deze 2 gemeenten voortrekker" in response.content.decode()
    assert not Gebeurtenis.objects.exists()


def test_opslaan_knipt_de_periode_en_laat_de_rest_zoals_hij_was(als_beheerder, beheerder):
    response = opslaan(als_beheerder, bekijk(als_beheerder))
    assert response.url == "/gemeenten/?voortrekker=ja&datum=01-01-2009"
    assert perioden("Aadorp") == [
        (D2008, D2009, 12_000, True, False),
        (D2009, None, 12_000, True, True),
    ]
    assert perioden("Beestad") == [(D2008, None, None, None, True)]
    assert perioden("Ceedam") == [(D2009, None, None, None, True)]
    rijen = Gebeurtenis.objects.order_by("pk")
    assert [(rij.ding_naam, rij.wie) for rij in rijen] == [("Aadorp", beheerder), ("Ceedam", beheerder)]
    assert rijen[0].wijzigingen == {"Voortrekkersgemeente vanaf 01-01-2009": [False, True]}
    assert list(Gemeente.objects.order_by("code").values_list("versie", flat=True)) == [2, 1, 2, 1]
    gevonden = als_beheerder.get(response.url).context["rijen"]
    assert [rij.naam for rij in gevonden] == ["Aadorp", "Beestad", "Ceedam"]


def test_ook_latere_perioden(beheerder):
    Kenmerken.objects.update(geldig_tot=D2010)
    Kenmerken.objects.create(gemeente=Gemeente.objects.get(naam="Aadorp"), geldig_van=D2010, inwoners=13_000)
    actions.maak_voortrekkers(["9000"], D2008, beheerder)
    assert perioden("Aadorp") == [
        (D2008, D2010, 12_000, True, True),
        (D2010, None, 13_000, None, True),
    ]


@pytest.mark.parametrize("anders", [{"lijst": "Ceedam"}, {"vanaf": "1-1-2010"}, {"gezien": ""}])
def test_wat_niet_is_getoond_wordt_niet_opgeslagen(als_beheerder, anders):
    response = opslaan(als_beheerder, bekijk(als_beheerder), **anders)
    assert response.status_code == 200
    assert not Gebeurtenis.objects.exists()
    assert opslaan(als_beheerder, response).status_code == 302  # having been shown, it is meant


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"lijst": ""}, "lijst"),
        ({"lijst": "a\x00"}, "lijst"),
        ({"lijst": "x" * 20_001}, "lijst"),
        ({"vanaf": "31-2-2009"}, "vanaf"),
    ],
)
def test_wat_niet_kan(als_beheerder, velden, veld):
    response = als_beheerder.post(ADRES, {"lijst": "Aadorp", "vanaf": "1-1-2009", "actie": "opslaan", **velden})
    assert list(response.context["form"].errors) == [veld]
    assert response.context["lijst"] is None


def test_twee_keer_is_een_keer(als_beheerder):
    eerst = bekijk(als_beheerder)
    opslaan(als_beheerder, eerst)
    assert opslaan(als_beheerder, eerst).status_code == 200
    assert Gebeurtenis.objects.count() == 2


def test_het_filter_andere(als_beheerder):
    response = als_beheerder.get("/gemeenten/", {"voortrekker": "nee", "datum": "1-1-2008"})
    assert [rij.naam for rij in response.context["rijen"]] == ["Aadorp", "Ceedam", "Deeveen"]
