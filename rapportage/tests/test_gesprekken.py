"""Interviews counted instead of dossiers: by domein and actorgroep, by the routing of each interview, down to the interviews."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rapportage.queries import gesprekken as queries_gesprekken
from rapportage.queries.maten import metingen
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, maak_vraag, schrijver, vind
from rapportage.uitkomst import Selectie
from rapportage.uitspraken.maat import lees
from vragenlijst.models import Actorgroep, Antwoord, Interview, Vraag

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    gemaakt = maak_ronde(maak_instrument())
    for volgorde, (code, domein) in enumerate([("cwi", "CWI/UWV"), ("uwv", "CWI/UWV"), ("sz", "Gemeente")]):
        Actorgroep.objects.create(
            instrument=gemaakt.instrument, code=code, naam=code.upper(), domein=domein, volgorde=volgorde
        )
    return gemaakt


def gesprek(dossier, groep, status="gehouden", **antwoorden):
    actor = Actorgroep.objects.get(code=groep)
    interview = Interview.objects.create(dossier=dossier, actorgroep=actor, datum=date(2008, 3, 3), status=status)
    for code, keuze in antwoorden.items():
        vraag = Vraag.objects.get(code=code.replace("_", "."))
        Antwoord.objects.create(
            interview=interview, vraag=vraag, keuze=vraag.keuzes.get(code=keuze), gewijzigd_door=schrijver()
        )
    return interview


@pytest.fixture
def gehouden(ronde):
    """Two municipalities; the third interview said nee and keeps a stray answer to the follow-up; the last was not held."""
    een, twee = maak_dossier(ronde), maak_dossier(ronde, "niet-voortrekker")
    vind(een, "P1.1", "ja")
    return [
        gesprek(een, "cwi", P1_1="ja", P1_1a="ja"),
        gesprek(een, "uwv", P1_1="ja", P1_1a="nee"),
        gesprek(een, "sz", P1_1="nee", P1_1a="ja"),
        gesprek(twee, "cwi", P1_1="weet-niet"),
        gesprek(twee, "sz"),
        gesprek(twee, "uwv", "gepland", P1_1="ja"),
    ]


def geteld(ronde, per="domein", groepen=()):
    return queries_gesprekken.gesprekken(
        ronde, queries_gesprekken.gespreksindelingen(ronde)[per], Selectie(tuple(groepen))
    )


def test_naar_domein(ronde, gehouden):
    uit = geteld(ronde)
    assert [(groep.naam, n) for groep, n in uit.per_groep] == [("CWI/UWV", 3), ("Gemeente", 2), ("Alle gesprekken", 5)]
    vraag = uit.vraag("P1.1")
    assert [(t.gevraagd, t.beantwoord, t.weet_niet, t.niet_vastgelegd) for t in vraag.tellingen] == [
        (3, 2, 1, 0),
        (2, 1, 0, 1),
        (5, 3, 1, 1),
    ]
    assert [t.per_keuze["ja"] for t in vraag.tellingen] == [2, 0, 2]


def test_een_vervolgvraag_telt_waar_het_gesprek_er_zelf_toe_leidde(ronde, gehouden):
    alle = geteld(ronde).vraag("P1.1a").alle
    assert (alle.gevraagd, alle.beantwoord, alle.per_keuze) == (2, 2, {"ja": 1, "intentie": 0, "nee": 1})


def test_ook_onder_een_voorwaarde_die_zelf_vervalt(ronde):
    """P1.1b hangs on P1.1a, which hangs on P1.1: who said nee there was asked neither, whatever is left stored."""
    boven = Vraag.objects.get(code="P1.1a")
    maak_vraag(boven.onderdeel, "P1.1b", "Is het plan vastgesteld?", 9, voorwaarde=boven.keuzes.get(code="ja"))
    dossier = maak_dossier(ronde)
    gesprek(dossier, "cwi", P1_1="ja", P1_1a="ja", P1_1b="nee")
    gesprek(dossier, "uwv", P1_1="nee", P1_1a="ja", P1_1b="nee")
    alle = geteld(ronde).vraag("P1.1b").alle
    assert (alle.gevraagd, alle.per_keuze["nee"]) == (1, 1)


def test_naar_actorgroep_in_een_selectie(ronde, gehouden):
    uit = geteld(ronde, "actorgroep", [("rol", "voortrekker")])
    assert [(groep.code, n) for groep, n in uit.per_groep] == [("cwi", 1), ("uwv", 1), ("sz", 1), ("alle", 3)]
    assert [t.per_keuze["ja"] for t in uit.vraag("P1.1").tellingen] == [1, 1, 0, 2]


def test_hetzelfde_als_een_maat_in_gesprekken(ronde, gehouden):
    """The page and a sentence bound to it count alike."""
    maat = lees("P1.1=ja gesproken=cwi-uwv eenheid=gesprekken")
    gemeten = metingen(ronde, [maat])[maat]
    assert (gemeten.x, gemeten.n) == (2, 2)


def test_de_pagina_zegt_dat_het_gesprekken_zijn_en_leidt_ernaar(client, analist, ronde, gehouden):
    client.force_login(analist)
    pagina = client.get(reverse("gesprekken", args=[ronde.slug]) + "?rol=voortrekker").content.decode()
    assert "Hier zijn gesprekken geteld, geen gemeenten." in pagina
    assert "Gesteld in 3 gesprekken, beantwoord in 3." in pagina
    assert "gemeenten, beantwoord door" not in pagina
    links = re.findall(r'<td class="getal"><a href="([^"]+)#gevonden">(\d+)', pagina)
    assert len(links) >= 10
    for link, aantal in links:
        assert len(client.get(unescape(link)).context["regels"]) == int(aantal), link


@pytest.mark.parametrize(("query", "code"), [("?vraag=P9", 404), ("?vraag=P1.1&antwoord=x&groep=y", 200)])
def test_een_getal_dat_er_niet_is(client, analist, ronde, gehouden, query, code):
    client.force_login(analist)
    antwoord = client.get(reverse("gesprekken", args=[ronde.slug]) + query)
    assert antwoord.status_code == code
    assert "regels" not in (antwoord.context or {})


def test_evenveel_queries(ronde, gehouden):
    aantallen = []
    for erbij in (0, 6):
        for _ in range(erbij):
            gesprek(maak_dossier(ronde), "cwi", P1_1="ja")
        with CaptureQueriesContext(connection) as meting:
            geteld(ronde)
        aantallen.append(len(meting))
    assert aantallen[0] == aantallen[1] <= 7
