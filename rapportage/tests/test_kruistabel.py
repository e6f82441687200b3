"""Two things across each other: what is in a cell, what is left out, and that each figure leads to its dossiers."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rapportage import kruising
from rapportage.indelingen import indelingen
from rapportage.queries import kruis as queries_kruis
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.uitkomst import ALLES, Selectie

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    return maak_ronde(maak_instrument())


@pytest.fixture
def dossiers(ronde):
    """P1.1 and its follow-up P1.1a, N2, and the rol of seven dossiers."""
    stand = [
        ("voortrekker", "ja", "ja", "voldoet"),
        ("voortrekker", "ja", "nee", "voldoet"),
        ("voortrekker", "ja", "nee", "voldoet_niet"),
        ("voortrekker", "nee", "", "voldoet_niet"),
        ("niet-voortrekker", "ja", "weet-niet", "niet_te_beoordelen"),
        ("niet-voortrekker", "weet-niet", "", ""),
        ("niet-voortrekker", "", "", "voldoet_deels"),
    ]
    gemaakt = []
    for rol, hoofd, vervolg, oordeel in stand:
        dossier = maak_dossier(ronde, rol)
        for code, keuze in (("P1.1", hoofd), ("P1.1a", vervolg)):
            if keuze:
                vind(dossier, code, keuze)
        if oordeel:
            beoordeel(dossier, "N2", oordeel)
        gemaakt.append(dossier)
    return gemaakt


def kruis(ronde, rij, kolom, selectie=ALLES):
    bekend = indelingen(ronde)
    assen = queries_kruis.assen(ronde, bekend)
    return queries_kruis.kruistabel(ronde, assen[rij], assen[kolom], bekend, selectie)


def cellen(tabel):
    return {plek: n for plek, n in tabel.aantallen.items() if all(plek)}


def test_vraag_tegen_vraag(ronde, dossiers):
    tabel = kruis(ronde, "P1.1", "P1.1a")
    assert cellen(tabel) == {("ja", "ja"): 1, ("ja", "nee"): 2}
    assert (tabel.n(), tabel.n(rij="ja"), tabel.n(kolom="nee"), tabel.gekozen) == (3, 3, 2, 7)
    assert tabel.noot == (
        "Van 7 gemeenten staan er 3 in de tabel; 2 zonder inhoudelijk antwoord op P1.1; "
        "4 zonder inhoudelijk antwoord op P1.1a (waarvan 2 op beide). Percentages van de rij."
    )


def test_groep_tegen_norm(ronde, dossiers):
    tabel = kruis(ronde, "rol", "N2")
    assert cellen(tabel) == {
        ("voortrekker", "voldoet"): 2,
        ("voortrekker", "voldoet_niet"): 2,
        ("niet-voortrekker", "voldoet_deels"): 1,
    }
    assert tabel.noot == "Van 7 gemeenten staan er 5 in de tabel; 2 zonder oordeel op N2. Percentages van de rij."
    getekend = kruising.tabel(tabel)
    assert getekend.kolommen == ("Rol", "Voldoet", "Voldoet deels", "Voldoet niet", "Totaal")
    assert getekend.rijen == [
        ("Voortrekkers", "2 (50%)", "0 (0%)", "2 (50%)", 4),
        ("Niet-voortrekkers", "0 (0%)", "1 (100%)", "0 (0%)", 1),
        ("Alle gemeenten", "2 (40%)", "1 (20%)", "2 (40%)", 5),
    ]


def test_norm_tegen_vraag_in_een_selectie(ronde, dossiers):
    tabel = kruis(ronde, "N2", "P1.1", Selectie((("rol", "voortrekker"),)))
    assert cellen(tabel) == {("voldoet", "ja"): 2, ("voldoet_niet", "ja"): 1, ("voldoet_niet", "nee"): 1}


def test_vervallen_bevinding_staat_niet_in_de_tabel(ronde, dossiers):
    vind(dossiers[3], "P1.1a", "ja", vervallen=True)
    assert kruis(ronde, "P1.1", "P1.1a").n("nee", "ja") == 0


def test_elke_cel_leidt_naar_haar_dossiers(client, analist, ronde, dossiers):
    client.force_login(analist)
    adres = reverse("kruistabel", args=[ronde.slug])
    for query in ("?rij=P1.1&kolom=N2", "?rij=rol&kolom=P1.1", "?rij=N2&kolom=rol&rol=voortrekker"):
        pagina = client.get(adres + query).content.decode()
        links = re.findall(r'<td class="getal"><a href="([^"]+)#dossiers">(\d+)', pagina)
        assert len(links) >= 5
        for link, aantal in links:
            assert len(client.get(unescape(link)).context["regels"]) == int(aantal), link


def test_bij_een_cel_staat_waar_het_vandaan_komt(client, analist, ronde, dossiers):
    client.force_login(analist)
    pagina = client.get(reverse("kruistabel", args=[ronde.slug]) + "?rij=P1.1&kolom=N2&r=nee&k=voldoet_niet")
    assert [regel.dossier for regel in pagina.context["regels"]] == [dossiers[3]]
    tekst = pagina.content.decode()
    assert f'href="/dossiers/{dossiers[3].pk}/bevindingen/#P1.1">Nee' in tekst
    assert f'href="/dossiers/{dossiers[3].pk}/beoordelingen/#N2">Voldoet niet' in tekst
    assert '<h2 id="dossiers">P1.1: Nee en N2: Voldoet niet</h2>' in tekst


@pytest.mark.parametrize(
    ("query", "zin"),
    [
        ("", "Kies wat u wilt kruisen"),
        ("?rij=P1.1&kolom=P1.1", "Kies iets anders dan per rij."),
        ("?rij=P1.1&kolom=P9.9", "Deze keuze bestaat niet (meer)."),
        ("?rij=P1.2&kolom=P1.1", "Deze keuze bestaat niet (meer)."),  # an open question divides nothing
    ],
)
def test_wat_niet_te_kruisen_is(client, analist, ronde, dossiers, query, zin):
    client.force_login(analist)
    antwoord = client.get(reverse("kruistabel", args=[ronde.slug]) + query)
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()
    assert "kruis" not in antwoord.context


def test_een_query_hoeveel_dossiers_ook(ronde, dossiers):
    aantallen = []
    for erbij in (0, 10):
        for _ in range(erbij):
            vind(maak_dossier(ronde), "P1.1", "ja")
        with CaptureQueriesContext(connection) as meting:
            kruis(ronde, "P1.1", "rol")
        aantallen.append(len(meting))
    assert aantallen == [5, 5]


def test_boven_de_kolommen_staat_waarop_zij_antwoorden(client, analist, ronde, dossiers):
    client.force_login(analist)
    html = client.get(reverse("kruistabel", args=[ronde.slug]), {"rij": "rol", "kolom": "P1.1"}).content.decode()
    assert '<th scope="colgroup" colspan="3">P1.1 Wordt er samengewerkt?</th>' in html


def test_vijftig_dossiers_van_een_cel_op_een_pagina(client, analist, ronde):
    for _ in range(51):
        vind(maak_dossier(ronde), "P1.1", "ja")
    client.force_login(analist)
    adres = f"{reverse('kruistabel', args=[ronde.slug])}?rij=rol&kolom=P1.1&r=voortrekker&k=ja"
    eerste, tweede = client.get(adres), client.get(f"{adres}&pagina=2")
    assert [len(antwoord.context["regels"]) for antwoord in (eerste, tweede)] == [50, 1]
    assert "k=ja&amp;pagina=2" in eerste.content.decode()
