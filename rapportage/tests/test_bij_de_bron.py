"""What the inspector noted where it was heard, as the analist finds it back: no answer, and a proposed theme."""

import pytest
from django.urls import reverse

from rapportage.queries import dossiers as queries_dossiers
from rapportage.queries import uitkomsten
from vragenlijst.actions import neem_eensluidende_over
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def stemmen(veldwerk):
    """V3.1 in two municipalities: "Via school." and two who do not know in the one, "Via banen." in the other."""
    ander = maak_dossier(veldwerk.ronde, maak_gemeente("9902", "Tweedam"), veldwerk.inspecteur, status="in_uitvoering")
    gesprekken = [
        (veldwerk.dossier, {"tekst": "Via school.", "thema": "Jeugd"}),
        (veldwerk.dossier, {"keuze": "weet-niet", "thema": "Jeugd"}),
        (ander, {"tekst": "Via banen.", "thema": "Jeugd"}),
        (ander, {"tekst": "Via banen.", "thema": "Banen"}),
    ]
    for dossier, inhoud in gesprekken:
        interview = maak_interview(dossier)
        veldwerk.antwoord("V3.1", interview, **inhoud)
        veldwerk.houd(interview)
    gepland = maak_interview(ander)
    veldwerk.antwoord("V3.1", gepland, tekst="Nog niet gehouden.", thema="Telt niet")
    return veldwerk


def test_de_analist_ziet_wat_inspecteurs_voorstelden(client, stemmen, analist):
    regels = queries_dossiers.dossierregels(stemmen.ronde, stemmen.vraag("V3.1"))
    assert queries_dossiers.themavoorstellen(regels) == [("Jeugd", 2), ("Banen", 1)]
    client.force_login(analist)
    html = client.get(reverse("uitkomst_vraag", args=[stemmen.ronde.slug, "V3.1"])).content.decode()
    assert 'Jeugd <span class="klein">bij 2 gemeenten</span>' in html
    assert 'Banen <span class="klein">bij 1 gemeente</span>' in html
    assert "Telt niet" not in html


def test_geen_antwoord_op_een_open_vraag_telt_als_geen_antwoord(veldwerk):
    """Four municipalities: one answered, one does not know, for one it is no question, and one was not asked yet."""
    for nr, inhoud in enumerate(({"tekst": "Via school."}, {"keuze": "weet-niet"}, {"keuze": "nvt"})):
        gemeente = maak_gemeente(f"991{nr}", f"Dam {nr}")
        dossier = maak_dossier(veldwerk.ronde, gemeente, veldwerk.inspecteur, status="in_uitvoering")
        interview = maak_interview(dossier)
        veldwerk.antwoord("V3.1", interview, **inhoud)
        veldwerk.houd(interview)
        neem_eensluidende_over(dossier, veldwerk.inspecteur)
    alle = uitkomsten(veldwerk.ronde).vraag("V3.1").alle
    assert (alle.gevraagd, alle.beantwoord, alle.weet_niet, alle.nvt, alle.niet_vastgelegd) == (4, 1, 1, 1, 1)
