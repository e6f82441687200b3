"""Evidence in a real browser: a document is sent, refused, corrected, judged upon, replaced and downloaded."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspectie.tests.axe import axe, bekijk, bekijk_op_elke_breedte, log_in
from vragenlijst.models import Beoordeling, Bewijsstuk
from vragenlijst.tests.factories import PDF, maak_gemeente
from vragenlijst.tests.test_bestanden import docx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def bestand(naam: str, inhoud: bytes) -> dict:
    return {"name": naam, "mimeType": "application/octet-stream", "buffer": inhoud}


def test_from_a_wrong_file_to_a_judgement_on_the_right_one(page, live_server, client, inspecteur, veldwerk):
    maak_gemeente("9910", "Súdwest-Aa")
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + veldwerk.dossier.get_absolute_url())
    page.get_by_role("link", name="Bewijsstuk vastleggen").click()
    page.get_by_label("Soort stuk").select_option(label="Arbeidsmarktanalyse")
    page.get_by_label("Titel").fill("Analyse 2007")
    page.get_by_label("Datum van het stuk").fill("06-11-2007")
    page.get_by_label("Akkoord door").fill("het college")
    page.get_by_label("Akkoord op").fill("04-12-2007")
    page.get_by_label("Deelnemende gemeenten").fill("sudwest-aa\nProefdam")
    page.get_by_label("Bestand", exact=False).set_input_files(bestand("analyse.pdf", b"dit is geen PDF"))
    page.get_by_role("button", name="Opslaan").click()

    page.get_by_role("link", name="Dit soort bestand kan niet worden bewaard.").click()
    expect(page.locator("#id_bestand")).to_be_focused()
    expect(page.get_by_label("Titel")).to_have_value("Analyse 2007")
    expect(page.get_by_label("Deelnemende gemeenten")).to_have_value("sudwest-aa\nProefdam")
    bekijk_op_elke_breedte(page)
    page.locator("#id_bestand").set_input_files(bestand("analyse.pdf", PDF))
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Het bewijsstuk 'Analyse 2007' is opgeslagen.")).to_be_visible()
    expect(page.get_by_text("Deelnemers: Proefdam, Súdwest-Aa")).to_be_visible()

    with page.expect_download() as wacht:
        page.get_by_role("link", name="Download Analyse 2007").click()
    assert wacht.value.suggested_filename == "analyse.pdf"
    assert wacht.value.path().read_bytes() == PDF

    page.goto(live_server.url + reverse("beoordeling", args=[veldwerk.dossier.pk, "A2.4"]))
    page.get_by_label("Voldoet", exact=True).check()
    page.get_by_label("Motivering").fill("Er is een analyse, en het college is akkoord.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("link", name="Deze norm vraagt zelf om bewijs")).to_be_visible()
    page.get_by_role("combobox", name="Bewijsstuk").select_option(
        label="Arbeidsmarktanalyse: Analyse 2007 (06-11-2007)"
    )
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_text("A2.4 is beoordeeld.")).to_be_visible()
    assert Beoordeling.objects.get().bewijsstuk == Bewijsstuk.objects.get()

    page.goto(live_server.url + veldwerk.dossier.get_absolute_url())
    page.get_by_role("link", name="Vervangen Analyse 2007").click()
    expect(page.get_by_label("Akkoord door")).to_have_value("het college")
    page.get_by_label("Titel").fill("Analyse 2007, tweede druk")
    page.locator("#id_bestand").set_input_files(bestand("tweede.docx", docx()))
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Vervangt: Analyse 2007 (6 november 2007)")).to_be_visible()
    oud, nieuw = Bewijsstuk.objects.order_by("pk")
    assert nieuw.vervangt == oud
    bekijk(page, live_server.url + reverse("beoordeling", args=[veldwerk.dossier.pk, "A2.4"]))
    expect(page.get_by_text("dat is vervangen door ‘Analyse 2007, tweede druk’")).to_be_visible()


def test_a_file_that_is_too_large_is_said_before_it_is_sent(page, live_server, client, inspecteur, veldwerk, settings):
    settings.BEWIJS_MAX_BYTES = 1_000_000
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + reverse("bewijsstuk_nieuw", args=[veldwerk.dossier.pk]))
    page.locator("#id_bestand").set_input_files(bestand("scan.pdf", PDF + b"\n" * 1_500_000))

    melding = page.get_by_role("alert").filter(has_text="'scan.pdf' is 1,5 MB groot; er past hoogstens 1 MB.")
    expect(melding).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Opslaan").click()
    expect(melding).to_be_visible()  # the page stands: nothing was sent
    expect(page.locator("#id_bestand")).to_be_focused()
    page.locator("#id_bestand").set_input_files(bestand("scan.pdf", PDF))
    expect(melding).to_have_count(0)


def test_without_javascript(browser, live_server, client, inspecteur, veldwerk, settings):
    settings.BEWIJS_MAX_BYTES = 1_000_000
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + reverse("bewijsstuk_nieuw", args=[veldwerk.dossier.pk]))
    page.get_by_label("Soort stuk").select_option(label="Convenant")
    page.get_by_label("Titel").fill("Convenant")
    page.get_by_label("Datum van het stuk").fill("06-11-2007")
    page.locator("#id_bestand").set_input_files(bestand("scan.pdf", PDF + b"\n" * 1_500_000))
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("'scan.pdf' is 1,5 MB groot; er past hoogstens 1 MB.").first).to_be_visible()
    expect(page.get_by_label("Titel")).to_have_value("Convenant")
    page.locator("#id_bestand").set_input_files(bestand("scan.pdf", PDF))
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Het bewijsstuk 'Convenant' is opgeslagen.")).to_be_visible()
    assert Bewijsstuk.objects.get().grootte == len(PDF)
    context.close()


def test_by_keyboard_alone(page, live_server, client, inspecteur, veldwerk):
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + reverse("bewijsstuk_nieuw", args=[veldwerk.dossier.pk]))
    page.get_by_label("Soort stuk").focus()
    page.keyboard.type("Con")
    for waarde in ("Convenant", "06-11-2007", "", "", "Proefdam", "map 3"):
        page.keyboard.press("Tab")
        page.keyboard.type(waarde)
    page.keyboard.press("Tab")
    expect(page.locator("#id_bestand")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Bevat persoonsgegevens")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Opslaan")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Het bewijsstuk 'Convenant' is opgeslagen.")).to_be_visible()
    assert Bewijsstuk.objects.get().vindplaats == "map 3"
