"""The pages of regions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regio.models import Gebeurtenis, Gemeente, Kenmerken, Lidmaatschap, Regio

D2008 = date(2008, 1, 1)


def inhoud(response) -> str:
    return response.content.decode()


@pytest.fixture
def als_beheerder(client, beheerder):
    client.force_login(beheerder)
    return client


@pytest.fixture
def provincie(gemeente):
    return Regio.objects.get(code="PV27")


@pytest.mark.usefixtures("referentie")
def test_overzicht_met_de_gemeenten_van_een_dag(client, inspecteur):
    client.force_login(inspecteur)
    groepen = client.get(reverse("regios"), {"datum": "1-1-2008"}).context["groepen"]
    aantallen = {soort.value: (len(regios), sum(regio.aantal for regio in regios)) for soort, regios in groepen}
    assert aantallen["provincie"] == (12, 443)
    assert aantallen["corop"] == (40, 443)
    assert aantallen["rpa"] == (34, 443)
    assert aantallen["plusregio"] == (7, 104)
    assert aantallen["arbeidsmarktregio"] == (30, 0)  # they did not exist yet
    assert aantallen["samenwerking"] == (0, 0)


def test_een_regio_op_een_dag(client, inspecteur, provincie):
    client.force_login(inspecteur)
    Lidmaatschap.objects.update(geldig_tot=date(2010, 1, 1))
    erin = client.get(provincie.get_absolute_url(), {"datum": "31-12-2009"})
    assert [rij.naam for rij in erin.context["rijen"]] == ["Amsterdam"]
    assert "747.090" in inhoud(erin)
    eruit = client.get(provincie.get_absolute_url(), {"datum": "1-1-2010"})
    assert "Geen gemeenten op deze dag" in inhoud(eruit)


def test_een_fictieve_gemeente_telt_niet_in_een_echte_regio(client, inspecteur, provincie):
    fictief = Gemeente.objects.create(code="F001", naam="Vlietmonde", fictief=True, geldig_van=D2008)
    Kenmerken.objects.create(gemeente=fictief, geldig_van=D2008, inwoners=30_000, inwoners_peildatum=D2008)
    Lidmaatschap.objects.create(gemeente=fictief, regio=provincie, geldig_van=D2008)
    client.force_login(inspecteur)
    response = client.get(provincie.get_absolute_url())
    assert len(response.context["rijen"]) == 2
    assert (response.context["aantal"], response.context["inwoners"]) == (1, 747_090)
    [_, regios] = client.get(reverse("regios")).context["groepen"][0]
    assert [regio.aantal for regio in regios] == [1]


def test_onbekende_inwoners_worden_genoemd_niet_als_nul_geteld(client, inspecteur, provincie):
    onbekend = Gemeente.objects.create(code="0001", naam="Ergens", geldig_van=D2008)
    Lidmaatschap.objects.create(gemeente=onbekend, regio=provincie, geldig_van=D2008)
    client.force_login(inspecteur)
    assert "zonder 1 gemeente waarvan het aantal onbekend is" in inhoud(client.get(provincie.get_absolute_url()))


def test_een_regio_maken_en_hernoemen(als_beheerder, beheerder):
    gegevens = {"soort": "samenwerking", "naam": "RPA Groot-Amsterdam", "code": "rpa-groot-amsterdam"}
    response = als_beheerder.post(reverse("regio_nieuw"), gegevens)
    regio = Regio.objects.get()
    assert response.url == regio.get_absolute_url()
    assert als_beheerder.post(f"{response.url}wijzigen/", {"naam": "Platform Zuidas", "versie": 1}).status_code == 302
    regio.refresh_from_db()
    assert (regio.naam, regio.zoeknaam, regio.versie) == ("Platform Zuidas", "platform zuidas", 2)
    assert [regel.soort for regel in Gebeurtenis.objects.van(regio)] == ["gewijzigd", "gemaakt"]


def test_dezelfde_code_twee_keer(als_beheerder, provincie):
    gegevens = {"soort": "provincie", "naam": "Nog eens", "code": "PV27"}
    response = als_beheerder.post(reverse("regio_nieuw"), gegevens)
    assert "Er is al een regio van deze soort met deze code." in inhoud(response)
    assert als_beheerder.post(reverse("regio_nieuw"), gegevens | {"soort": "corop"}).status_code == 302


def test_een_verouderde_regio(als_beheerder, provincie):
    Regio.objects.update(versie=3, naam="Holland boven het IJ")
    response = als_beheerder.post(f"{provincie.get_absolute_url()}wijzigen/", {"naam": "Noord", "versie": 1})
    assert response.status_code == 409
    assert response.context["verouderd"] == [("Naam", "Holland boven het IJ", "Noord")]


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_een_onbekende_regio_is_404(als_beheerder, pk):
    assert als_beheerder.get(f"/regios/{pk}/").status_code == 404
    assert als_beheerder.get(f"/regios/{pk}/wijzigen/").status_code == 404


def test_aantal_queries_hangt_niet_van_het_aantal_rijen_af(client, inspecteur, provincie):
    client.force_login(inspecteur)

    def tel(adres):
        with CaptureQueriesContext(connection) as gevangen:
            assert client.get(adres).status_code == 200
        return len(gevangen)

    adressen = (reverse("regios"), provincie.get_absolute_url())
    eerst = [tel(adres) for adres in adressen]
    for nummer in range(21):
        regio = Regio.objects.create(soort="corop", code=f"CR{nummer:02}", naam=f"Gebied {nummer}")
        gemeente = Gemeente.objects.create(code=f"{nummer:04}", naam=f"Plaats {nummer}", geldig_van=D2008)
        for gebied in (regio, provincie):
            Lidmaatschap.objects.create(gemeente=gemeente, regio=gebied, geldig_van=D2008)
    assert [tel(adres) for adres in adressen] == eerst
