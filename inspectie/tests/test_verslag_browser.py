"""A verslag in a real browser: laid before somebody, taken back, corrected with a reason, approved, and read back in the history."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from inspectie.tests.axe import axe, bekijk, log_in, past
from vragenlijst.actions import Akkoord, zet_status
from vragenlijst.models import Antwoordversie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gehouden(veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee", citaat="Daar zijn wij nog niet aan toe.")
    veldwerk.antwoord("V3.1", tekst="Wij overleggen elk kwartaal met de partijen in de regio.")
    veldwerk.houd()
    return veldwerk.interview


@pytest.mark.pdf
def test_from_verslag_to_approval(page, live_server, client, inspecteur, gehouden):
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + gehouden.get_absolute_url())
    page.locator("summary", has_text="Leg ter accordering voor").click()
    page.get_by_role("button", name="Leg ter accordering voor").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Verslag 1 (pdf)").click()
    assert download.value.suggested_filename == "gespreksverslag-1-proefdam-sociale-zaken-2008-02-05.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")

    # They want something else: back, without a reason first.
    page.get_by_text("Neem terug voor correctie").first.click()
    terugnemen = page.locator("details", has=page.get_by_role("button", name="Neem terug voor correctie"))
    terugnemen.get_by_label("Correcties van de gesprekspartner").fill("V3.1: elke maand.")
    page.get_by_role("button", name="Neem terug voor correctie").click()
    page.get_by_role("link", name="Geef een reden op.").click()
    expect(page.get_by_label("Reden")).to_be_focused()
    page.keyboard.type("De gesprekspartner corrigeert een antwoord.")
    page.get_by_role("button", name="Neem terug voor correctie").click()
    expect(page.get_by_text("De status is nu: gehouden.")).to_be_visible()

    # The change waits on the device for its reason, and says so.
    page.goto(live_server.url + reverse("interview_onderdeel", args=[gehouden.pk, "3"]))
    page.get_by_label("Tekst van vraag V3.1?").fill("Wij overleggen elke maand met de partijen in de regio.")
    stand = page.locator("[data-bewaarstand]")
    expect(stand).to_contain_text("geef eerst de reden van de wijziging")
    assert Antwoordversie.objects.filter(versie=2).count() == 0
    axe(page)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_label("Reden van de wijziging", exact=True)).to_be_focused()
    page.reload()
    expect(page.get_by_label("Tekst van vraag V3.1?")).to_have_value(re.compile("elke maand"))
    page.get_by_label("Reden van de wijziging", exact=True).fill("Correctie van de gesprekspartner.")
    page.keyboard.press("Tab")
    expect(stand).to_contain_text("Opgeslagen om")
    assert Antwoordversie.objects.get(versie=2).reden == "Correctie van de gesprekspartner."

    page.goto(live_server.url + gehouden.get_absolute_url())
    page.locator("summary", has_text="Leg ter accordering voor").click()
    page.get_by_role("button", name="Leg ter accordering voor").click()
    page.get_by_label("Akkoord gegeven op").fill(f"{timezone.localdate():%d-%m-%Y}")
    expect(page.get_by_label("Akkoord gegeven door")).to_have_value("P. de Boer")
    axe(page)
    page.get_by_role("button", name="Leg het akkoord vast").click()
    expect(page.get_by_text("De status is nu: geaccordeerd.")).to_be_visible()

    page.goto(live_server.url + reverse("dossier_geschiedenis", args=[gehouden.dossier_id]))
    page.get_by_label("Wat", exact=True).select_option(label="Antwoorden na een verslag")
    page.get_by_role("button", name="Tonen").click()
    regel = page.locator(".tijdlijn > li")
    expect(regel).to_have_count(1)
    expect(regel.locator("del")).to_contain_text("elk kwartaal")
    expect(regel.locator("ins")).to_contain_text("elke maand")
    expect(regel).to_contain_text("Correctie van de gesprekspartner.")


def test_every_page_on_a_laptop_and_on_a_phone(page, live_server, client, inspecteur, veldwerk, gehouden):
    zet_status(gehouden, "ter_accordering", inspecteur)
    log_in(page, live_server, inspecteur, client)
    bekijk(page, live_server.url + gehouden.get_absolute_url())
    zet_status(gehouden, "gehouden", inspecteur, reden="correctie", correcties="V3.1: per maand.")
    bekijk(page, live_server.url + reverse("interview_onderdeel", args=[gehouden.pk, "3"]))
    zet_status(gehouden, "ter_accordering", inspecteur)
    zet_status(gehouden, "geaccordeerd", inspecteur, akkoord=Akkoord(timezone.localdate(), "P. de Boer"))
    bekijk(page, live_server.url + gehouden.get_absolute_url())
    bekijk(page, live_server.url + reverse("dossier_geschiedenis", args=[veldwerk.dossier.pk]))
    bekijk(page, live_server.url + reverse("dossier_geschiedenis", args=[veldwerk.dossier.pk]) + "?van=31-02-2008")


def test_without_javascript_the_reason_is_asked_too(browser, live_server, client, inspecteur, gehouden):
    zet_status(gehouden, "ter_accordering", inspecteur)
    zet_status(gehouden, "gehouden", inspecteur, reden="correctie")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + reverse("interview_onderdeel", args=[gehouden.pk, "3"]))
    page.get_by_label("Tekst van vraag V3.1?").fill("Elke maand.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("link", name="Geef de reden van de wijziging op.")).to_be_visible()
    past(page)
    page.get_by_label("Reden van de wijziging", exact=True).fill("Correctie.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_text(re.compile("Opgeslagen om"))).to_be_visible()
    assert Antwoordversie.objects.get(versie=2).reden == "Correctie."
    context.close()
