"""The road of a version, in a browser: copy → edit → the check finds a fault → mend → preview → vaststellen → it stands firm → a
round can take it.
"""

import pytest
from django.db import connection
from playwright.sync_api import expect

from inspectie.tests.axe import bekijk_op_elke_breedte, log_in
from vragenlijst.instrumentlader import uit_database
from vragenlijst.models import Instrument
from vragenlijst.tests.factories import maak_instrument

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="Wat een browser toont hangt niet van de database af."),
]


def test_van_kopie_tot_ronde(live_server, page, client, beheerder):
    maak_instrument()
    log_in(page, live_server, beheerder, client)
    page.goto(live_server.url + "/instrument/")
    page.get_by_role("link", name="Kleine vragenlijst (versie 1)").click()
    page.get_by_role("button", name="Maak versie 2 als kopie").click()
    bekijk_op_elke_breedte(page)

    # A question of its own, hanging on one above it, by the keyboard.
    page.get_by_role("link", name="Vraag toevoegen aan 3 Beleid en uitvoering").press("Enter")
    page.get_by_label("Code").fill("V1.3")
    page.get_by_label("Vraag", exact=True).fill("Wat hield de uitvoering tegen?")
    page.get_by_label("open", exact=True).check()
    page.get_by_label("Alleen stellen bij").select_option(label="V2.5 = Ja")
    page.get_by_role("button", name="Opslaan").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Deze code is er al in dit instrument.")
    bekijk_op_elke_breedte(page)
    page.get_by_label("Code").fill("V3.2")
    page.get_by_role("button", name="Opslaan").press("Enter")
    nieuw = page.locator("article[id='V3.2']")
    expect(nieuw).to_contain_text("alleen bij V2.5 = ja")

    # Moved above its condition it can never be asked: the check says so, and the version cannot be fixed.
    for _ in range(3):
        page.locator("article[id='V3.2']").get_by_role("button", name="Omhoog").press("Enter")
    page.get_by_role("main").get_by_role("link", name="Nakijken", exact=True).first.click()
    expect(page.get_by_text("de voorwaarde gaat over vraag V2.5, die pas later wordt gesteld")).to_be_visible()
    bekijk_op_elke_breedte(page)
    page.get_by_role("link", name="Vraag V3.2").first.click()
    expect(page.get_by_text("Stel het instrument vast: kan nog niet (1)")).to_be_visible()
    page.locator("article[id='V3.2']").get_by_role("link", name="Wijzig V3.2").click()
    page.get_by_label("Alleen stellen bij").select_option(label="V1.3 = Ja")
    bekijk_op_elke_breedte(page)
    page.get_by_role("button", name="Opslaan").click()

    # As the inspector will see it; choosing opens the question, and nothing is kept.
    page.get_by_role("link", name="Voorbeeld").click()
    onderdeel = page.locator("section[id='V3.2']")
    expect(onderdeel).to_be_hidden()
    page.locator("section[id='V1.3']").get_by_label("Ja", exact=True).check()
    expect(onderdeel).to_be_visible()
    bekijk_op_elke_breedte(page)
    for tab in ("Dekking", "Verschil"):
        page.get_by_role("link", name=tab, exact=True).click()
        bekijk_op_elke_breedte(page)
    expect(page.locator("article").filter(has_text="V3.2")).to_contain_text("nieuw")

    page.get_by_role("link", name="Vragen en normen").click()
    page.get_by_text("Stel het instrument vast", exact=True).first.click()
    page.get_by_role("button", name="Stel het instrument vast").click()
    expect(page.locator(".onderkop")).to_contain_text("Vastgesteld")
    expect(page.get_by_role("link", name="Wijzig V3.2")).to_have_count(0)
    codes = [vraag.code for vraag in uit_database(Instrument.objects.get(versie=2)).vragen]
    assert codes[-4:] == ["V2.4", "V3.2", "V2.5", "V3.1"]

    page.goto(live_server.url + "/rondes/nieuw/")
    page.get_by_label("Instrument").select_option(label="Kleine vragenlijst (versie 2)")
