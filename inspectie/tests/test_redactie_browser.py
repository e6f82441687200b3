"""The analist's desk in a real browser: a finding bound from its count, data that change under it, and two who write at once."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conftest import maak_gebruiker
from inspectie.tests.axe import axe, log_in, past
from rapportage import actions
from rapportage.models import Passageversie, Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.rechten import Rol
from vragenlijst.models import Bevinding

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GEDULD = 15_000


@pytest.fixture
def passage(db, analist):
    """The findings on P1, still without text, in a round in which 16 of 20 dossiers say ja."""
    ronde = maak_ronde(maak_instrument())
    for nummer in range(20):
        vind(maak_dossier(ronde), "P1.1", "ja" if nummer < 16 else "nee")
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    passage = rapport.passages.get(plaats="bevindingen", onderdeel__code="1")
    actions.passage_opslaan(passage, "", 1, analist)
    return passage


def open_bureau(page, live_server, passage):
    page.set_default_timeout(GEDULD)
    page.goto(live_server.url + passage.get_absolute_url())
    page.locator("[data-bewaarstand]:visible").wait_for()
    return page.get_by_label("Tekst", exact=True)


def zegt(page, tekst) -> None:
    expect(page.locator("[data-bewaarstand]")).to_have_text(tekst, timeout=GEDULD)


def test_een_bevinding_van_telling_tot_verbeterd(live_server, page, client, analist, passage):
    log_in(page, live_server, analist, client)
    # Bound from its count.
    toevoegen = reverse("uitspraak_toevoegen", args=[passage.rapport.ronde.slug])
    page.goto(f"{live_server.url}{toevoegen}?maat=P1.1%3Dja")
    page.get_by_label("Passage").select_option(label="2 Bevindingen, Samenwerking")
    page.get_by_role("button", name="Onderaan de passage zetten").click()
    tekst = page.get_by_label("Tekst", exact=True)
    expect(tekst).to_have_value(
        re.compile(r"^Bij \[de meeste onderzochte gemeenten \(16 van 20\)\]\{P1\.1=ja\} is het")
    )
    expect(page.locator(".uitspraken li")).to_contain_text(["klopt"])
    expect(page.locator(".melding")).to_have_count(0)
    # Written on; it saves itself, and the page as printed follows.
    page.locator("[data-bewaarstand]:visible").wait_for()
    tekst.press("ControlOrMeta+End")
    tekst.press_sequentially(" Dat is *mooi*.")
    zegt(page, re.compile(r"^Opgeslagen om \d\d:\d\d$"))
    expect(page.locator(".drukvel em")).to_have_text("mooi")
    expect(page.locator(".drukvel")).not_to_contain_text("{")
    for breedte in (1280, 390):
        page.set_viewport_size({"width": breedte, "height": 900})
        axe(page)
        past(page)
    # The data change: flagged, with what would be right, which is taken over and saves itself.
    for bevinding in Bevinding.objects.filter(keuze__code="nee")[:3]:
        bevinding.keuze = bevinding.vraag.keuzes.get(code="ja")
        bevinding.save()
    page.reload()
    melding = page.locator(".melding--fout")
    expect(melding).to_contain_text("vrijwel alle (19 van 20)")
    melding.get_by_role("button", name="regel 1, teken 6").click()
    assert page.evaluate("getSelection().toString()") == "de meeste onderzochte gemeenten (16 van 20)"
    melding.get_by_role("button", name="Neem dit over").click()
    zegt(page, re.compile(r"^Opgeslagen om"))
    expect(page.locator(".melding--fout")).to_have_count(0)
    passage.refresh_from_db()
    assert passage.tekst.startswith("Bij [vrijwel alle onderzochte gemeenten (19 van 20)]{P1.1=ja} is het")
    assert passage.tekst.endswith(" Dat is *mooi*.")


def test_twee_analisten_verliezen_niets(live_server, page, client, analist, passage):
    """Anna types without a network while Ben saves: hers waits on the device, then both texts are shown, and both are kept."""
    ben = maak_gebruiker("analist2", Rol.ANALIST, "Ben Bos")
    log_in(page, live_server, analist, client)
    tekst = open_bureau(page, live_server, passage)
    page.context.set_offline(True)
    tekst.fill("Van Anna, in de trein getypt.")
    zegt(page, "Nog niet verzonden: 1 tekst, geen verbinding")
    actions.passage_opslaan(passage, "Van Ben.", 2, ben)
    page.context.set_offline(False)
    paneel = page.locator("[data-paneel=conflict]")
    expect(paneel).to_contain_text("door Ben Bos", timeout=GEDULD)
    expect(paneel).to_contain_text("Van Ben.")
    expect(paneel.locator("[data-verschil] ins")).to_have_text(re.compile("Anna"))
    passage.refresh_from_db()
    assert passage.tekst == "Van Ben."
    tekst.fill("Van Ben. En van Anna, in de trein getypt.")
    paneel.get_by_role("button", name="Mijn tekst laten gelden").click()
    zegt(page, re.compile(r"^Opgeslagen om"))
    passage.refresh_from_db()
    assert passage.tekst == "Van Ben. En van Anna, in de trein getypt."
    versies = Passageversie.objects.filter(passage=passage, versie__gt=2).values_list("tekst", flat=True)
    assert list(versies) == ["Van Ben.", passage.tekst]
