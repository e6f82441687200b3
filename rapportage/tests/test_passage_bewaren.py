"""Saving a passage by itself as JSON: once per key, both texts when somebody was first, and what stands beside the text."""

import json
import uuid

import pytest

from conftest import maak_gebruiker
from rapportage import actions
from rapportage.models import Passageversie, Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.rechten import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def passage(analist):
    ronde = maak_ronde(maak_instrument())
    vind(maak_dossier(ronde), "P1.1", "ja")
    return actions.maak_rapport(Rapport.voor(ronde), analist).passages.get(plaats="vervolg")


@pytest.fixture
def zend(client, passage, analist):
    client.force_login(analist)

    def zend(tekst="Tekst.", **velden):
        bericht = {"sleutel": str(uuid.uuid4()), "vraag": "tekst", "versie": 1, "inhoud": {"tekst": tekst}, **velden}
        return rauw(json.dumps(bericht))

    def rauw(lading, **koppen):
        adres = f"{passage.get_absolute_url()}bewaren/"
        return client.post(
            adres, lading, content_type="application/json", headers={"accept": "application/json"} | koppen
        )

    zend.rauw = rauw
    return zend


def test_opgeslagen(zend, passage, analist):
    antwoord = zend("Eerst dit.\r\n\r\nDan dat.\n")
    assert (antwoord.status_code, antwoord.json()["versie"]) == (200, 2)
    passage.refresh_from_db()
    assert (passage.tekst, passage.versie, passage.gewijzigd_door) == ("Eerst dit.\n\nDan dat.", 2, analist)


def test_dezelfde_sleutel_komt_een_keer_aan(zend, passage):
    """The acknowledgement got lost and a colleague went on: the repeat is still that one change, and what follows finds out."""
    sleutel = str(uuid.uuid4())
    for _ in range(2):
        assert zend("Van mij.", sleutel=sleutel).json()["versie"] == 2
    collega = maak_gebruiker("analist2", Rol.ANALIST, "Ben Bos")
    actions.passage_opslaan(passage, "Verder door Ben.", 2, collega)
    assert zend("Van mij.", sleutel=sleutel).json()["versie"] == 2
    assert zend("Van mij, en meer.", versie=2).status_code == 409
    passage.refresh_from_db()
    assert passage.tekst == "Verder door Ben."
    assert Passageversie.objects.filter(passage=passage).count() == 3


def test_wie_te_laat_is_krijgt_beide_teksten_en_hun_verschil(zend, passage):
    collega = maak_gebruiker("analist2", Rol.ANALIST, "Ben Bos")
    actions.passage_opslaan(passage, "De meeste gemeenten doen mee.", 1, collega)
    antwoord = zend("Alle gemeenten doen mee.")
    assert antwoord.status_code == 409
    opgeslagen = antwoord.json()["opgeslagen"]
    assert (opgeslagen["versie"], opgeslagen["wie"]) == (2, "Ben Bos")
    assert opgeslagen["inhoud"] == {"tekst": "De meeste gemeenten doen mee."}
    assert opgeslagen["verschil"] == [["weg", "De meeste "], ["nieuw", "Alle "], ["gelijk", "gemeenten doen mee."]]
    passage.refresh_from_db()
    assert passage.tekst == "De meeste gemeenten doen mee."


def test_wat_een_ander_typte_komt_niet_op_mijn_naam(zend, passage):
    bericht = {"sleutel": str(uuid.uuid4()), "vraag": "tekst", "versie": 1, "inhoud": {"tekst": "X"}}
    assert zend.rauw(json.dumps(bericht), **{"x-gebruiker": "999999"}).status_code == 401
    passage.refresh_from_db()
    assert passage.versie == 1


@pytest.mark.parametrize(
    ("velden", "status"),
    [
        ({"vraag": "V1.3"}, 422),
        ({"inhoud": {"keuze": "ja"}}, 422),
        ({"inhoud": {"tekst": 3}}, 422),
        ({"versie": "1"}, 422),
        ({"sleutel": "x"}, 422),
        ({"meer": 1}, 422),
        ({"inhoud": {"tekst": "a\x00b"}}, 422),
        ({"inhoud": {"tekst": "a" * 100_001}}, 422),
        ({"inhoud": {"tekst": "a" * 500_000}}, 413),
    ],
)
def test_wat_niet_is_afgesproken(zend, passage, velden, status):
    antwoord = zend(**velden)
    assert antwoord.status_code == status
    assert antwoord.json()["fout"].endswith(".")
    passage.refresh_from_db()
    assert passage.versie == 1


def test_vastgesteld_staat_vast(zend):
    Rapport.objects.update(status=Rapport.Status.VASTGESTELD)
    antwoord = zend()
    assert (antwoord.status_code, antwoord.json()["fout"]) == (
        423, "Het rapport is vastgesteld: de tekst staat vast."
    )  # fmt: skip


def test_meekijken_met_wat_nog_niet_is_opgeslagen(client, zend, passage):
    antwoord = client.post(f"{passage.get_absolute_url()}meekijken/", {"tekst": "Het **CWI**.[^1]\n\n[^1]: Een noot."})
    deel = antwoord.content.decode()
    assert "<strong>CWI</strong>" in deel
    assert "Centrum voor Werk en Inkomen" in deel
    assert "Een noot." in deel
    assert "<html" not in deel
    passage.refresh_from_db()
    assert passage.versie == 1


def test_het_bureau_bewaart_vanzelf_en_een_voorstel_niet(client, zend, passage):
    bureau = client.get(passage.get_absolute_url())
    assert "data-bewaren" in bureau.content.decode()
    assert bureau.headers["X-Gebruiker"]
    voorstel = client.get(passage.get_absolute_url() + "?concept=1").content.decode()
    assert "data-bewaren" not in voorstel
    assert 'data-bewaak="altijd"' in voorstel
