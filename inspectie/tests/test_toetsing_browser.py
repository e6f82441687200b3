"""Toetsing and intentions in a real browser: the toetser and the inspector in turn, at both widths, also without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspectie.tests.axe import axe, bekijk, bekijk_op_elke_breedte, log_in
from vragenlijst.actions import bevinding_vastleggen, zet_status
from vragenlijst.actions.toetsing import opmerking_plaatsen
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Bevinding, Intentie, Opmerking, Opvolging
from vragenlijst.tests.test_zet_status import maak_compleet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def naar(page, live_server):
    def naar(naam, *args) -> None:
        page.goto(live_server.url + reverse(naam, args=args))

    page.set_default_timeout(10_000)
    return naar


def test_toetser_en_inspecteur_om_beurten(page, live_server, client, veldwerk, naar):
    maak_compleet(veldwerk)
    dossier, eigen, toetser = veldwerk.dossier, veldwerk.inspecteur, veldwerk.toetser
    zet_status(dossier, "ter_toetsing", eigen)

    log_in(page, live_server, toetser, client)
    naar("bevindingen", dossier.pk)
    vraag = page.locator('[id="V2.5"]')
    vraag.get_by_text("Opmerking maken").click()
    vraag.get_by_label("Opmerking bij V2.5").fill("Wie bij het CWI zei dat?")
    axe(page)
    vraag.get_by_role("button", name="Opmerking plaatsen").click()
    expect(page.get_by_text("De opmerking bij V2.5 is geplaatst.")).to_be_visible()
    naar("beoordelingen", dossier.pk)
    norm = page.locator('[id="A2.4"]')
    norm.get_by_text("Opmerking maken").click()
    norm.get_by_label("Opmerking bij A2.4").fill("Op welk stuk berust dit?")
    norm.get_by_role("button", name="Opmerking plaatsen").click()
    expect(norm.get_by_text("Op welk stuk berust dit?")).to_be_visible()
    naar("opmerkingen", dossier.pk)
    expect(page.get_by_text("Stel vast: kan nog niet (2)")).to_be_visible()
    page.get_by_text("Geef terug", exact=True).first.click()
    page.get_by_label("Reden").fill("Twee vragen, zie de opmerkingen.")
    page.get_by_role("button", name="Geef terug").click()
    expect(page.get_by_text("De status is nu: in uitvoering.")).to_be_visible()

    log_in(page, live_server, eigen, client)
    naar("dossier", dossier.pk)
    expect(page.get_by_role("link", name=re.compile("^Opmerkingen"))).to_have_text(re.compile("2"))
    page.get_by_text("Bied ter toetsing aan: kan nog niet (2)").click()
    page.get_by_role("link", name="De opmerking van de toetser bij A2.4").click()
    for waarover, reactie in (("V2.5", "De vestigingsmanager."), ("A2.4", "Op geen; het oordeel is 'voldoet niet'.")):
        regel = page.locator("article", has_text=waarover).first
        regel.get_by_label("Reactie").fill(reactie)
        regel.get_by_role("button", name="Afgehandeld").click()
        expect(page.get_by_text(f"De opmerking bij {waarover} is afgehandeld.")).to_be_visible()
    page.get_by_role("button", name="Bied ter toetsing aan").click()
    expect(page.get_by_text("De status is nu: ter toetsing.")).to_be_visible()

    log_in(page, live_server, toetser, client)
    naar("opmerkingen", dossier.pk)
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_text("De status is nu: vastgesteld.")).to_be_visible()
    naar("opmerkingen", dossier.pk)
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    assert Opmerking.objects.filter(afgehandeld_door=eigen).count() == 2


def test_van_intentie_tot_opvolging(page, live_server, client, veldwerk, naar, beheerder):
    """Heard in one round, followed up in the next, with the keyboard alone where it is typed."""
    vorig = veldwerk.in_vorige_ronde()
    veldwerk.intentie(vorig, "Een gezamenlijk plan.")
    log_in(page, live_server, veldwerk.inspecteur, client)
    naar("interview_onderdeel", veldwerk.interview.pk, "2")
    vraag = page.locator('[id="V2.5"]')
    vraag.get_by_label("Ja", exact=True).check()
    vraag.get_by_text("Intentie bij V2.5", exact=True).click()
    vraag.get_by_label("Intentie bij V2.5: wat men van plan is").fill("Voor de zomer komt er een voorstel.")
    vraag.get_by_label("Voor wanneer, bij V2.5").fill("01-07-2008")
    page.keyboard.press("Control+s")
    expect(vraag.get_by_text(re.compile("^opgeslagen om"))).to_be_visible()
    axe(page)
    assert Intentie.objects.get(antwoord__interview=veldwerk.interview).horizon.isoformat() == "2008-07-01"

    page.get_by_role("link", name="Proefdam").click()
    page.get_by_role("link", name=re.compile("^Intenties")).click()
    page.get_by_role("link", name="Leg vast wat ervan is geworden").click()
    page.get_by_label("Nagekomen").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Het plan is vastgesteld.")
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 van 1 opgevolgd.")).to_be_visible()
    assert Opvolging.objects.get().uitkomst == "nagekomen"


def test_neem_over_zonder_javascript(browser, live_server, client, veldwerk):
    """The buttons at the sources fill the form and store nothing; Enter in the form settles, and takes over nothing."""
    veldwerk.antwoord("V3.1", tekst="Via projecten.")
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.antwoord("V1.5", gemeente="9901")
    veldwerk.houd()
    veldwerk.gesprek("cwi", V3_1="Ieder voor zich.")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, veldwerk.inspecteur, client)
    page.goto(live_server.url + reverse("bevinding", args=[veldwerk.dossier.pk, "V3.1"]))
    page.get_by_role("button", name="Neem over wat Sociale zaken zegt").click()
    page.get_by_label("Motivatie").fill("Beide waar.")
    page.get_by_role("button", name="Neem over wat CWI zegt").click()
    expect(page.get_by_label("Bevinding", exact=True)).to_have_value("Via projecten.\n\nIeder voor zich.")
    expect(page.get_by_label("Motivatie")).to_have_value("Beide waar.")
    assert not Bevinding.objects.exists()
    page.get_by_role("button", name="Vastleggen", exact=True).last.click()
    expect(page.get_by_text("De bevinding bij V3.1 is vastgelegd.")).to_be_visible()
    page.goto(live_server.url + reverse("bevinding", args=[veldwerk.dossier.pk, "V1.5"]))
    page.get_by_label("Bevinding", exact=True).press("Enter")
    expect(page.get_by_text("De bevinding bij V1.5 is vastgelegd.")).to_be_visible()
    context.close()


def test_wat_een_rondgang_niet_tegenkomt(page, live_server, client, veldwerk, inspecteur, collega):
    """The toetser's page with notes to withdraw, a finding and a judgement to be looked at again, and a form that is refused."""
    maak_compleet(veldwerk)
    dossier = veldwerk.dossier
    zet_status(dossier, "ter_toetsing", inspecteur)
    opmerking_plaatsen(dossier, "Waaruit blijkt dat?", wie=collega, aandachtspunt=veldwerk.norm("A2.4"))
    log_in(page, live_server, collega, client)
    bekijk(page, live_server.url + reverse("opmerkingen", args=[dossier.pk]))
    zet_status(dossier, "in_uitvoering", collega, reden="Zie de opmerking.")
    anders = Inhoud(keuze="ja")
    bevinding_vastleggen(dossier, veldwerk.vraag("V2.5"), anders, motivatie="De brief.", versie=1, wie=inspecteur)
    veldwerk.antwoord("V2.5", keuze="weet-niet")
    log_in(page, live_server, inspecteur, client)
    bekijk(page, live_server.url + reverse("bevinding", args=[dossier.pk, "V2.5"]))
    bekijk(page, live_server.url + reverse("beoordeling", args=[dossier.pk, "A2.4"]))
    page.get_by_label("Motivering").fill("")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    bekijk_op_elke_breedte(page)
