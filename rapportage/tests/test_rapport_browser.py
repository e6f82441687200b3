"""In a browser, with a real press: a report goes through wederhoor to vastgesteld; what is downloaded has the hash that is shown."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from conftest import WACHTWOORD
from rapportage import actions
from rapportage.models import Fotomoment, Rapport, Uitgave

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rapport(gesloten, analist):
    rapport = actions.maak_rapport(Rapport.voor(gesloten.ronde), analist)
    rapport.passages.update(tekst="De cijfers staan in de tabel.")
    return rapport


def test_van_concept_tot_vastgesteld(rapport, page, live_server):
    page.goto(f"{live_server.url}{rapport.get_absolute_url()}")
    page.get_by_label("Gebruikersnaam").fill("analist")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen").click()

    page.locator("summary", has_text="Leg voor in wederhoor").click()
    page.get_by_role("button", name="Leg voor in wederhoor").click()
    page.get_by_role("link", name="geen reacties").click()
    page.get_by_label("Partij").fill("UWV")
    page.get_by_label("Ontvangen op").fill("10-06-2008")
    page.get_by_label("Soort").select_option("feitelijk")
    page.get_by_label("Reactie", exact=True).fill("Het aantal klopt niet.")
    page.get_by_role("button", name="Vastleggen").click()

    # Not before there is a decision.
    page.get_by_role("link", name="Rapport").first.click()
    assert page.get_by_text("1 reactie uit het wederhoor zonder besluit.").count() == 1
    page.get_by_role("link", name="1 reactie, 1 zonder besluit").click()
    page.get_by_role("link", name="UWV").click()
    page.get_by_label("Besluit").select_option("niet")
    page.get_by_label("Motivering").fill("De bevinding is getoetst.")
    page.get_by_role("button", name="Besluit vastleggen").click()

    page.get_by_role("link", name="Rapport").first.click()
    page.locator("summary", has_text="Stel het rapport vast").click()
    page.get_by_role("button", name="Stel het rapport vast").click()
    page.get_by_role("heading", name="Uitgaven").wait_for()

    getoond = page.locator(".uitgaven .zegel").inner_text()
    with page.expect_download() as bezig:
        page.get_by_role("link", name="Versie 1 (PDF)").click()
    inhoud = bezig.value.path().read_bytes()
    assert hashlib.sha256(inhoud).hexdigest() == getoond == Uitgave.objects.get().sha256
    bladen = PdfReader(io.BytesIO(inhoud)).pages
    tekst = " ".join(" ".join(blad.extract_text() for blad in bladen).split())
    assert Fotomoment.objects.get().sha256 in tekst
    assert "De bevinding is getoetst." in tekst
    assert "versie 1, status vastgesteld" in tekst
