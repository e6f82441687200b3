"""The beheerder in a real browser: a round from nothing to open, and every page on a laptop and on a phone."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspectie.tests.axe import axe, log_in, past
from regio.models import Kenmerken
from vragenlijst.models import Dossier, Ronde
from vragenlijst.tests.factories import maak_gemeente, maak_instrument, maak_ronde

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gemeenten(db):
    for code, naam, voortrekker in (
        ("9911", "Súdwest-Aa", True),
        ("9912", "Bedorp", False),
        ("9913", "Ceestad", False),
    ):
        Kenmerken.objects.create(
            gemeente=maak_gemeente(code, naam), geldig_van=date(2000, 1, 1), inwoners=30_000, voortrekker=voortrekker
        )


def test_a_round_with_three_municipalities(
    page, live_server, client, beheerder, inspecteur, collega, vreemde, gemeenten
):
    maak_instrument()
    log_in(page, live_server, beheerder, client)
    page.goto(live_server.url + reverse("rondes"))
    page.get_by_role("link", name="De eerste ronde maken").click()

    page.get_by_role("textbox", name="Naam", exact=True).fill("Fotomoment juni 2008")
    page.get_by_label("Instrument", exact=True).select_option(label="Kleine vragenlijst (versie 1)")
    page.get_by_label("Peildatum").fill("31-02-2008")
    page.get_by_label("Eerste dag van het veldwerk").fill("07-01-2008")
    page.get_by_label("Laatste dag van het veldwerk").fill("14-03-2008")
    page.get_by_role("button", name="Ronde maken").click()
    page.get_by_role("link", name="31-02-2008 bestaat niet").click()
    expect(page.get_by_label("Peildatum")).to_be_focused()
    expect(page.get_by_role("textbox", name="Naam", exact=True)).to_have_value("Fotomoment juni 2008")
    page.get_by_label("Peildatum").fill("01-01-2008")
    page.get_by_role("button", name="Ronde maken").click()

    page.get_by_label("Bedorp", exact=True).check()
    page.get_by_label("Naam of CBS-code").fill("sudwest")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gekozen: 1")).to_be_visible()
    expect(page.get_by_label("Rol van Súdwest-Aa")).to_have_value("voortrekker")
    page.get_by_label("Súdwest-Aa", exact=True).check()
    page.get_by_label("Naam of CBS-code").fill("")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_label("Ceestad", exact=True).check()
    axe(page)
    page.get_by_role("button", name="Voeg toe aan de ronde").first.click()
    expect(page.get_by_text("3 gemeenten zijn aan de ronde toegevoegd.")).to_be_visible()

    page.get_by_role("link", name="Naar de toewijzing").click()
    page.get_by_label("Inspecteur van Bedorp", exact=True).select_option(label="Vera Smit")
    page.get_by_role("button", name="Verdeel evenwichtig").first.click()
    expect(page.get_by_text("Voorstel, nog niet opgeslagen.")).to_be_visible()
    axe(page)
    assert not Dossier.objects.exclude(inspecteur=None).exists()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("De toewijzing van 3 dossiers is opgeslagen.")).to_be_visible()
    assert Dossier.objects.get(gemeente__naam="Bedorp").inspecteur == vreemde
    assert set(Dossier.objects.values_list("inspecteur", flat=True)) == {inspecteur.pk, collega.pk, vreemde.pk}

    page.get_by_role("link", name="Fotomoment juni 2008").click()
    page.locator("summary", has_text="Open de ronde").click()
    axe(page)
    page.get_by_role("button", name="Open de ronde").click()
    expect(page.get_by_text("De status is nu: open.")).to_be_visible()
    assert Ronde.objects.get().status == "open"


def test_without_javascript(browser, live_server, client, beheerder, gemeenten):
    ronde = maak_ronde(maak_instrument())
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, beheerder, client)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(live_server.url + reverse("ronde_gemeenten", args=[ronde.slug]))
    past(page)
    page.get_by_role("button", name="Kruis alle 3 aan").click()
    page.get_by_label("Rol van Bedorp").select_option("voortrekker")
    page.get_by_role("button", name="Voeg toe aan de ronde").first.click()
    page.get_by_role("button", name="Haal weg Ceestad").click()
    assert dict(ronde.dossiers.values_list("gemeente__naam", "rol")) == {
        "Súdwest-Aa": "voortrekker",
        "Bedorp": "voortrekker",
    }
    page.goto(live_server.url + reverse("ronde_toewijzing", args=[ronde.slug]))
    past(page)
    context.close()


def test_a_round_drawn_by_lot(page, live_server, client, beheerder, inspecteur, collega, vreemde, gemeenten):
    """From a round without municipalities through the drawing, somebody who falls out and the assignment to its progress."""
    ronde = maak_ronde(maak_instrument())
    log_in(page, live_server, beheerder, client)
    page.goto(live_server.url + ronde.get_absolute_url())
    page.get_by_role("link", name="Steekproef").click()
    page.get_by_label("grootteklasse").uncheck()
    page.get_by_label("in of buiten de Randstad").uncheck()
    page.get_by_label("Zaad van de loting").fill("proef")
    page.get_by_label("Vooraf uitsluiten").fill("Ceestad")
    page.get_by_role("button", name="Toon de trekking").click()
    page.get_by_role("link", name="Vul in hoeveel gemeenten").click()
    page.keyboard.type("1")
    page.get_by_label("Vooraf uitsluiten").fill("")
    page.get_by_label("Evenveel uit elk stratum").check()
    page.get_by_role("button", name="Toon de trekking").click()
    expect(page.get_by_role("row", name="Voortrekker 1 1 Súdwest-Aa")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 900})
    past(page)
    page.get_by_role("button", name="Trek deze 2 gemeenten").click()
    expect(page.get_by_text("Zojuist herhaald: dezelfde uitkomst.")).to_be_visible()

    # By hand: `printf 'proef:9912' | sha256sum` begins with 8ca6ce, of 9913 with 511232.
    page.get_by_label("Gemeente", exact=True).select_option(label="Ceestad")
    page.get_by_label("Reden", exact=True).fill("Werkt niet mee")
    page.get_by_role("button", name="Laat uitvallen en vervang").click()
    expect(page.get_by_text("Ceestad is uitgevallen; Bedorp komt ervoor in de plaats.")).to_be_visible()
    past(page)
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})

    page.goto(live_server.url + reverse("ronde_toewijzing", args=[ronde.slug]))
    page.get_by_role("button", name="Verdeel evenwichtig").first.click()
    page.get_by_role("button", name="Sla het voorstel op").click()
    page.goto(live_server.url + ronde.get_absolute_url())
    page.get_by_role("link", name="Voortgang per groep").click()
    expect(page.get_by_text("er doet maar 1 gemeente mee").first).to_be_visible()
    page.get_by_role("table").first.get_by_role("link", name="Niet-voortrekker", exact=True).click()
    expect(page.get_by_role("heading", name="Dossiers: 1 gevonden")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Bedorp niet-voortrekker")).to_be_visible()
    for breedte in (1280, 390):
        page.set_viewport_size({"width": breedte, "height": 900})
        past(page)
        axe(page)
