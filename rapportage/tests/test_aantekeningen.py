"""Aantekeningen: written, ticked off, counted; and the text that stands typed beside them is not lost."""

import pytest
from django.urls import reverse

from rapportage import actions
from rapportage.models import Aantekening, Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis

pytestmark = pytest.mark.django_db


@pytest.fixture
def passage(client, analist):
    ronde = maak_ronde(maak_instrument())
    vind(maak_dossier(ronde), "P1.1", "ja")
    client.force_login(analist)
    return actions.maak_rapport(Rapport.voor(ronde), analist).passages.get(plaats="vervolg")


@pytest.fixture
def stuur(client, passage):
    def stuur(tekst=None, **knop):
        velden = {"tekst": passage.tekst if tekst is None else tekst, "versie": 1} | knop
        return client.post(passage.get_absolute_url(), velden)

    return stuur


NOTITIE = {"aantekening": "1", "aantekening-tekst": "Klopt dit nog?", "aantekening-fragment": "dezelfde vragen"}


def test_van_schrijven_tot_afgehandeld(client, stuur, passage, analist):
    rapport = reverse("rapport", args=[passage.rapport.ronde.slug])
    assert stuur(**NOTITIE).status_code == 302
    aantekening = Aantekening.objects.get()
    assert (aantekening.passage, aantekening.door, aantekening.fragment) == (passage, analist, "dezelfde vragen")
    assert "1 open" in client.get(rapport).content.decode()
    assert "Klopt dit nog?" in client.get(passage.get_absolute_url()).content.decode()

    for _ in range(2):
        assert stuur(afgehandeld=aantekening.pk).status_code == 302
    aantekening.refresh_from_db()
    assert aantekening.afgehandeld_door == analist
    assert "1 open" not in client.get(rapport).content.decode()
    pagina = client.get(passage.get_absolute_url()).content.decode()
    assert "afgehandeld door Anna Jansen" in pagina
    assert [rij.soort for rij in Gebeurtenis.objects.van(aantekening)] == ["gewijzigd", "gemaakt"]


def test_wat_nog_niet_is_opgeslagen_blijft_staan(stuur, passage):
    antwoord = stuur("Nog niet *opgeslagen*.", **NOTITIE)
    assert antwoord.status_code == 200
    assert antwoord.context["form"]["tekst"].value() == "Nog niet *opgeslagen*."
    assert Aantekening.objects.count() == 1
    passage.refresh_from_db()
    assert passage.versie == 1


def test_een_lege_aantekening(stuur):
    antwoord = stuur("Getypt.", **NOTITIE | {"aantekening-tekst": " "})
    assert antwoord.context["aantekeningform"].errors.keys() == {"tekst"}
    assert antwoord.context["aantekeningform"]["fragment"].value() == "dezelfde vragen"
    assert antwoord.context["form"]["tekst"].value() == "Getypt."


@pytest.mark.parametrize("pk", ["x", "0", "9" * 30, "²"])
def test_een_aantekening_die_er_niet_is(stuur, pk):
    assert stuur(afgehandeld=pk).status_code == 404


def test_niet_meer_bij_een_vastgesteld_rapport(stuur, passage):
    Rapport.objects.update(status=Rapport.Status.VASTGESTELD)
    stuur(**NOTITIE)
    assert not Aantekening.objects.exists()
