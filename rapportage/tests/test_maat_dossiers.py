"""The page behind a claim: the dossiers for and against, with what was found there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rapportage.models import Codering, Passage, Rapport, Thema
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from vragenlijst.models import Vraag

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    """Verzonnendorp 1 says ja and meets N2, 2 says ja, 3 says nee, 4 does not know."""
    ronde = maak_ronde(maak_instrument())
    for nr, keuze in enumerate(("ja", "ja", "nee", "weet-niet")):
        dossier = maak_dossier(ronde)
        bevinding = vind(dossier, "P1.1", keuze)
        if nr == 0:
            beoordeel(dossier, "N2", "voldoet")
            thema = Thema.objects.create(ronde=ronde, vraag=Vraag.objects.get(code="P1.1"), naam="Samen sterk")
            Codering.objects.create(thema=thema, bevinding=bevinding)
    return ronde


def pagina(client, ronde, maat):
    return client.get(reverse("maat_dossiers", args=[ronde.slug]), {"maat": maat})


def namen(regels):
    return [regel.dossier.gemeente.naam for regel in regels]


def test_de_gemeenten_voor_en_tegen_met_hun_antwoorden(client, analist, ronde):
    client.force_login(analist)
    antwoord = pagina(client, ronde, "P1.1=ja van=N2!=voldoet&P1.1=ja|nee")
    geteld = antwoord.context["geteld"]
    assert (namen(geteld.voor), namen(geteld.tegen)) == (["Verzonnendorp 2"], ["Verzonnendorp 3"])
    antwoord = pagina(client, ronde, "P1.1=ja&P1.1=thema:samen-sterk van=dossiers")
    geteld = antwoord.context["geteld"]
    assert namen(geteld.voor) == ["Verzonnendorp 1"]
    assert namen(geteld.tegen) == ["Verzonnendorp 2", "Verzonnendorp 3", "Verzonnendorp 4"]
    html = antwoord.content.decode()
    assert "Samen sterk" in html
    assert f'href="/dossiers/{geteld.voor[0].dossier.pk}/bevindingen/#P1.1"' in html
    html = pagina(client, ronde, "N2=voldoet").content.decode()
    assert f'href="/dossiers/{geteld.voor[0].dossier.pk}/beoordelingen/#N2"' in html


@pytest.mark.parametrize(
    ("maat", "zin"),
    [("P1.1", "&#x27;P1.1&#x27; is geen maat"), ("P9=ja", "De vraag of norm P9 bestaat niet in deze ronde.")],
)
def test_een_maat_die_niet_kan_wordt_uitgelegd(client, analist, ronde, maat, zin):
    client.force_login(analist)
    antwoord = pagina(client, ronde, maat)
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()


def test_het_aantal_vragen_aan_de_database_hangt_niet_van_de_dossiers_af(client, analist, ronde):
    client.force_login(analist)

    def vragen() -> int:
        with CaptureQueriesContext(connection) as gesteld:
            pagina(client, ronde, "P1.1=ja van=dossiers")
        return len(gesteld)

    vragen()
    eerst = vragen()
    for _ in range(12):
        vind(maak_dossier(ronde), "P1.1", "ja")
    assert vragen() == eerst


def test_gebonden_woorden_leiden_vanaf_de_passage_hierheen(client, analist, ronde):
    rapport = Rapport.objects.create(ronde=ronde, titel="Proef", nummer="V08/01", datum=ronde.periode_tot)
    passage = Passage.objects.create(
        rapport=rapport, plaats="vervolg", tekst="[Alle gemeenten]{P1.1=ja rol=voortrekker}"
    )
    client.force_login(analist)
    html = client.get(passage.get_absolute_url()).content.decode()
    assert 'href="/rondes/proefronde/maten/?maat=P1.1%3Dja+rol%3Dvoortrekker"' in html


def test_vijftig_op_een_pagina_eerst_wie_eraan_voldoet(client, analist, ronde):
    """52 say ja and one nee: fifty, then the last two and the one that does not; the headings keep the whole number."""
    for _ in range(50):
        vind(maak_dossier(ronde), "P1.1", "ja")
    client.force_login(analist)
    eerste = pagina(client, ronde, "P1.1=ja")
    assert (len(eerste.context["voor"]), len(eerste.context["tegen"])) == (50, 0)
    assert "Voldoet eraan (52 gemeenten)" in eerste.content.decode()
    assert "Voldoet er niet aan" not in eerste.content.decode()
    tweede = client.get(reverse("maat_dossiers", args=[ronde.slug]), {"maat": "P1.1=ja", "pagina": "2"})
    assert (len(tweede.context["voor"]), len(tweede.context["tegen"])) == (2, 1)
    assert "maat=P1.1%3Dja&amp;pagina=1" in tweede.content.decode()
