"""The inspector's day in a real browser: Mijn werk, planning with people, the coverage; also without JavaScript and by keyboard."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from inspectie.tests.axe import axe, bekijk, log_in, past
from vragenlijst.actions import zet_status
from vragenlijst.models import Dossier, Interview, Opmerking, Ronde
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_interview, maak_ronde

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def drukte(veldwerk, inspecteur, collega):
    """A dossier late, one that came back with a remark, one to review, one in a round that is not open, one vastgesteld."""
    vandaag = timezone.localdate()
    Ronde.objects.update(
        interviews_voor=vandaag + timedelta(days=3), aanbieden_voor=vandaag + timedelta(days=9), toetsen_voor=vandaag
    )
    veldwerk.antwoord("V1.3", keuze="ja")
    terug = maak_dossier(veldwerk.ronde, maak_gemeente("9931", "Terugdam"), inspecteur, collega, status="ter_toetsing")
    zet_status(terug, "in_uitvoering", collega, reden="Bij A2.4 ontbreekt waarop het oordeel rust.")
    Opmerking.objects.create(dossier=terug, tekst="Waarop rust dit?", door=collega)
    maak_interview(terug, "cwi", datum=vandaag + timedelta(days=1), aanvang=time(10), inspecteur=inspecteur)
    weg = maak_interview(terug, "scholing", datum=vandaag)
    zet_status(weg, "vervallen", inspecteur, reden="De directeur is ziek.")
    maak_dossier(veldwerk.ronde, maak_gemeente("9932", "Toetsdam"), collega, inspecteur, status="ter_toetsing")
    maak_dossier(
        veldwerk.ronde,
        maak_gemeente("9933", "Klaardam"),
        inspecteur,
        collega,
        status="vastgesteld",
        vastgesteld_op=timezone.now(),
    )
    maak_dossier(maak_ronde(veldwerk.instrument, "later"), maak_gemeente("9934", "Laterdam"), inspecteur)
    return terug


def test_elke_pagina_op_een_laptop_en_op_een_telefoon(page, live_server, client, veldwerk, drukte, inspecteur):
    log_in(page, live_server, inspecteur, client)
    weg = Interview.objects.get(status="vervallen")
    for pad in (
        reverse("mijn_werk"),
        f"{reverse('mijn_werk')}?zoek=terug&te_laat=on",
        drukte.get_absolute_url(),
        veldwerk.dossier.get_absolute_url(),
        weg.get_absolute_url(),
        reverse("interview_wijzigen", args=[weg.pk]),
        reverse("interview_nieuw", args=[drukte.pk]),
    ):
        bekijk(page, live_server.url + pad)
    # With everything unfolded, on the phone.
    page.goto(live_server.url + reverse("mijn_werk"))
    page.evaluate("document.querySelectorAll('details').forEach((vak) => { vak.open = true; })")
    axe(page)
    past(page)


def test_van_mijn_werk_naar_een_gepland_interview_met_het_toetsenbord(page, live_server, client, drukte, inspecteur):
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + reverse("mijn_werk"))
    samenvatting = page.locator("summary", has_text="Dekking van Terugdam")
    samenvatting.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="plannen met Sociale zaken")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Interview plannen")).to_be_visible()
    expect(page.get_by_label("Actorgroep")).to_have_value(
        str(drukte.ronde.instrument.actorgroepen.get(code="sociale-zaken").pk)
    )
    page.get_by_label("Datum").focus()
    morgen = timezone.localdate() + timedelta(days=1)
    page.keyboard.type(f"{morgen:%d-%m-%Y}")
    page.keyboard.press("Tab")
    page.keyboard.type("half elf")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Schrijf de tijd als uu:mm").press("Enter")
    expect(page.get_by_label("Aanvang")).to_be_focused()
    expect(page.get_by_label("Aanvang")).to_have_value("half elf")
    page.get_by_label("Aanvang").fill("10.30")
    page.keyboard.press("Enter")
    # At ten there is another one, which takes an hour and a half.
    expect(page.get_by_text("heeft op").first).to_contain_text("van 10:00 tot 11:30 het interview CWI, Terugdam.")
    assert Interview.objects.get(actorgroep__code="sociale-zaken", dossier=drukte).aanvang == time(10, 30)


def test_gesprekspartners_erbij_en_eraf(page, live_server, client, veldwerk, inspecteur):
    log_in(page, live_server, inspecteur, client)
    page.goto(live_server.url + reverse("interview_wijzigen", args=[veldwerk.interview.pk]))
    rijen = page.locator("[data-gesprekspartner]")
    expect(rijen).to_have_count(1)  # the spare rows are for who has no JavaScript
    erbij = page.get_by_role("button", name="Nog een gesprekspartner")
    for nr, naam in enumerate(("A. Kok", "B. Mol"), start=2):
        erbij.click()
        expect(page.get_by_role("group", name=f"Gesprekspartner {nr}").get_by_label("Naam")).to_be_focused()
        page.keyboard.type(naam)
        page.keyboard.press("Tab")
        page.keyboard.type("wethouder")
    axe(page)
    # Take away the one in the middle; the last moves up, and keeps what was typed.
    page.get_by_role("group", name="Gesprekspartner 2").get_by_role("button").click()
    expect(rijen).to_have_count(2)
    expect(page.get_by_role("group", name="Gesprekspartner 2").get_by_label("Naam")).to_have_value("B. Mol")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("is opgeslagen")).to_be_visible()
    assert list(veldwerk.interview.gesprekspartners.values_list("naam", "functie")) == [
        ("P. de Boer", "beleidsmedewerker"),
        ("B. Mol", "wethouder"),
    ]
    # All of them away: one empty row stays.
    page.goto(live_server.url + reverse("interview_wijzigen", args=[veldwerk.interview.pk]))
    for _ in range(2):
        rijen.first.get_by_role("button").click()
    expect(rijen).to_have_count(1)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("is opgeslagen")).to_be_visible()
    assert not veldwerk.interview.gesprekspartners.exists()


def test_zonder_javascript(browser, live_server, client, drukte, inspecteur):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, inspecteur, client)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(live_server.url + reverse("mijn_werk"))
    past(page)
    page.get_by_label("Gemeente").fill("terug")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("heading", name="Proefdam")).to_have_count(0)
    page.locator("summary", has_text="Dekking van Terugdam").click()
    page.get_by_role("link", name="plannen met Sociale zaken").click()
    past(page)
    page.get_by_role("group", name="Gesprekspartner 1").get_by_label("Naam").fill("A. Kok")
    page.get_by_role("group", name="Gesprekspartner 2").get_by_label("Naam").fill("B. Mol")
    page.get_by_role("button", name="Interview plannen").click()
    interview = Interview.objects.get(dossier=drukte, actorgroep__code="sociale-zaken")
    assert list(interview.gesprekspartners.values_list("naam", flat=True)) == ["A. Kok", "B. Mol"]
    assert Dossier.objects.get(pk=drukte.pk).status == "in_uitvoering"
    context.close()
