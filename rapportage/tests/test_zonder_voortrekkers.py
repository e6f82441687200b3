"""A round that knows no voortrekkers is not divided by that role; one that does, is, as before."""

import re

import pytest
from django.conf import settings

from rapportage.onderdrukking import openbaar
from rapportage.queries import steekproef, uitkomsten
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.uitkomst import Selectie

pytestmark = pytest.mark.django_db


def codes(gevonden) -> list[str]:
    return [groep.code for groep in gevonden.groepen]


def test_zonder_voortrekkers_is_er_geen_verdeling():
    ronde = maak_ronde(maak_instrument())
    maak_dossier(ronde, "niet-voortrekker")
    maak_dossier(ronde, "niet-voortrekker")
    assert codes(uitkomsten(ronde)) == codes(steekproef(ronde)) == ["alle"]
    assert uitkomsten(ronde).dossiers == (2,)

    gekozen = Selectie(groepen=(("rol", "niet-voortrekker"),))
    assert codes(uitkomsten(ronde, selectie=gekozen)) == ["niet-voortrekker", "alle"]

    maak_dossier(ronde, "voortrekker")
    assert codes(uitkomsten(ronde)) == codes(steekproef(ronde)) == ["voortrekker", "niet-voortrekker", "alle"]


def test_ook_zonder_verdeling_blijft_een_kleine_kring_verborgen():
    """Three municipalities answer P1.1, one of them its follow-up; one is judged. Of that one nothing is published."""
    ronde = maak_ronde(maak_instrument())
    dossiers = [maak_dossier(ronde, "niet-voortrekker") for _ in range(3)]
    for dossier, keuze in zip(dossiers, ("ja", "nee", "nee"), strict=True):
        vind(dossier, "P1.1", keuze)
    vind(dossiers[0], "P1.1a", "nee")
    beoordeel(dossiers[0], "N2", "voldoet")
    publiek = openbaar(uitkomsten(ronde))
    vragen = {vraag.code: vraag.alle for deel in publiek.onderdelen for vraag in deel.vragen}
    normen = {norm.code: norm.alle for deel in publiek.onderdelen for norm in deel.normen}
    assert not vragen["P1.1"].verborgen
    assert {"beantwoord", "nee"} <= vragen["P1.1a"].verborgen
    assert "voldoet" in normen["N2"].verborgen


def test_geen_scherm_of_rapport_noemt_de_eerste_monitor():
    """What is said of any round stands in the templates: no code and no group of the questionnaire of V08/01."""
    woorden = re.compile(r"voortrekker|\b[VA][1-9]\.\d|arbeidsmarkt|\bCWI\b", re.IGNORECASE)
    schermen = sorted((settings.BASE_DIR / "templates" / "rapportage").rglob("*.html"))
    assert len(schermen) > 40
    assert [pad.name for pad in schermen if woorden.search(pad.read_text())] == []
