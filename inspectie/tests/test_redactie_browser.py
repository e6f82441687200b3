"""The analist's desk in a real browser: one finding from its count to the report as downloaded, and two who write at once."""

import hashlib
import io
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from conftest import maak_gebruiker
from inspectie.tests.axe import axe, log_in, past
from rapportage import actions
from rapportage.models import Fotomoment, Passageversie, Rapport, Uitgave
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.rechten import Rol
from vragenlijst.actions import zet_status
from vragenlijst.models import Bevinding, Ronde

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GEDULD = 15_000


@pytest.fixture
def passage(db, analist):
    """The findings on P1, still without text, in a round in which 16 of 20 dossiers say ja; the other passages are written."""
    ronde = maak_ronde(maak_instrument())
    for nummer in range(20):
        vind(maak_dossier(ronde), "P1.1", "ja" if nummer < 16 else "nee")
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    rapport.passages.update(tekst="De cijfers staan in de tabel.")
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


def test_een_bevinding_van_telling_tot_uitgave(live_server, page, client, analist, beheerder, collega, passage):
    """Bound from its count, flagged when the data change, mended; through the wederhoor to vastgesteld; what is downloaded
    has the hash that is shown, and says what was written.
    """
    log_in(page, live_server, analist, client)
    bind_vanuit_de_telling(page, live_server, passage)
    schrijf_verder(page)
    drie_zeggen_alsnog_ja()
    verbeter(page)
    passage.refresh_from_db()
    assert passage.tekst.startswith("Bij [vrijwel alle onderzochte gemeenten (19 van 20)]{P1.1=ja} is het")
    assert passage.tekst.endswith(" Dat is *mooi*.")
    sluit(passage.rapport.ronde, beheerder, collega)
    page.goto(live_server.url + passage.rapport.get_absolute_url())
    hoor_en_stel_vast(page)
    getoond = page.locator(".uitgaven .zegel").inner_text()
    with page.expect_download() as bezig:
        page.get_by_role("link", name="Versie 1 (PDF)").click()
    inhoud = bezig.value.path().read_bytes()
    assert hashlib.sha256(inhoud).hexdigest() == getoond == Uitgave.objects.get().sha256
    bladen = PdfReader(io.BytesIO(inhoud)).pages
    tekst = " ".join(" ".join(blad.extract_text() for blad in bladen).split())
    assert "Bij vrijwel alle onderzochte gemeenten (19 van 20) is het" in tekst
    assert "Dat is mooi." in tekst
    assert "{P1.1" not in tekst
    assert Fotomoment.objects.get().sha256 in tekst
    assert "De bevinding is getoetst." in tekst
    assert "versie 1, status vastgesteld" in tekst


def bind_vanuit_de_telling(page, live_server, passage) -> None:
    toevoegen = reverse("uitspraak_toevoegen", args=[passage.rapport.ronde.slug])
    page.goto(f"{live_server.url}{toevoegen}?maat=P1.1%3Dja")
    page.get_by_label("Passage").select_option(label="2 Bevindingen, Samenwerking")
    page.get_by_role("button", name="Onderaan de passage zetten").click()
    expect(page.get_by_label("Tekst", exact=True)).to_have_value(
        re.compile(r"^Bij \[de meeste onderzochte gemeenten \(16 van 20\)\]\{P1\.1=ja\} is het")
    )
    expect(page.locator(".uitspraken li")).to_contain_text(["klopt"])
    expect(page.locator(".melding")).to_have_count(0)


def schrijf_verder(page) -> None:
    """It saves itself, and the page as printed follows."""
    tekst = page.get_by_label("Tekst", exact=True)
    page.locator("[data-bewaarstand]:visible").wait_for()
    tekst.press("ControlOrMeta+End")
    tekst.press_sequentially(" Dat is *mooi*.")
    zegt(page, re.compile(r"^Opgeslagen om \d\d:\d\d$"))
    expect(page.get_by_text("De zin staat onderaan deze passage.")).to_have_count(0)  # that was before
    expect(page.locator("[data-gewijzigd]")).to_have_text(re.compile(r"\d\d:\d\d door Anna Jansen$"))
    expect(page.locator(".drukvel em")).to_have_text("mooi")
    expect(page.locator(".drukvel")).not_to_contain_text("{")
    bind_woorden_en_maak_ze_los(page, tekst)
    for breedte in (1280, 390):
        page.set_viewport_size({"width": breedte, "height": 900})
        axe(page)
        past(page)


def bind_woorden_en_maak_ze_los(page, tekst) -> None:
    page.locator("summary", has_text="Woorden aan een telling binden").click()
    page.get_by_label("Telling").select_option("P1.1: nee")
    page.get_by_label("Van welke gemeenten").select_option("Voortrekkers")
    tekst.evaluate(
        "veld => { veld.focus(); const van = veld.value.indexOf('mooi'); veld.setSelectionRange(van, van + 4) }"
    )
    page.get_by_role("button", name="Bind de gekozen woorden").click()
    expect(tekst).to_have_value(re.compile(r"Dat is \*\[mooi\]\{P1\.1=nee rol=voortrekker\}\*\.$"))
    expect(page.locator(".uitspraken li")).to_have_count(2)
    tekst.evaluate("veld => { veld.focus(); const van = veld.value.indexOf('mooi'); veld.setSelectionRange(van, van) }")
    expect(page.locator("[data-hier]")).to_contain_text("Geteld: 4 van 20, klopt. P1.1: Wordt er samengewerkt?")
    page.get_by_role("button", name="Maak los").click()
    expect(tekst).to_have_value(re.compile(r"Dat is \*mooi\*\.$"))
    expect(page.locator("[data-hier]")).to_be_hidden()
    zegt(page, re.compile(r"^Opgeslagen om"))


def drie_zeggen_alsnog_ja() -> None:
    for bevinding in Bevinding.objects.filter(keuze__code="nee")[:3]:
        bevinding.keuze = bevinding.vraag.keuzes.get(code="ja")
        bevinding.save()


def verbeter(page) -> None:
    """Flagged, with what would be right, which is taken over and saves itself."""
    page.reload()
    melding = page.locator(".melding--fout")
    expect(melding).to_contain_text("vrijwel alle (19 van 20)")
    melding.get_by_role("button", name="regel 1, teken 6").click()
    assert page.evaluate("getSelection().toString()") == "de meeste onderzochte gemeenten (16 van 20)"
    melding.get_by_role("button", name="Neem dit over").click()
    zegt(page, re.compile(r"^Opgeslagen om"))
    expect(page.locator(".melding--fout")).to_have_count(0)


def sluit(ronde: Ronde, beheerder, toetser) -> None:
    """The dossiers are done (tested where it belongs), and the round is closed by the one door: a fotomoment."""
    ronde.dossiers.update(status="vastgesteld", toetser=toetser, vastgesteld_op="2008-05-01T12:00Z")
    zet_status(ronde, Ronde.Status.GESLOTEN, beheerder)


def hoor_en_stel_vast(page) -> None:
    """A reaction comes in; not before there is a decision on it the report is vastgesteld, with a real press."""
    page.locator("summary", has_text="Leg voor in wederhoor").click()
    page.get_by_role("button", name="Leg voor in wederhoor").click()
    page.get_by_role("link", name="geen reacties").click()
    page.get_by_label("Partij").fill("UWV")
    page.get_by_label("Ontvangen op").fill("10-06-2008")
    page.get_by_label("Soort").select_option("feitelijk")
    page.get_by_label("Reactie", exact=True).fill("Het aantal klopt niet.")
    page.get_by_role("button", name="Vastleggen").click()

    page.get_by_role("link", name="Rapport").first.click()
    expect(page.get_by_text("1 reactie uit het wederhoor zonder besluit.")).to_have_count(1)
    page.get_by_role("link", name="1 reactie, 1 zonder besluit").click()
    page.get_by_role("link", name="UWV").click()
    page.get_by_label("Besluit").select_option("niet")
    page.get_by_label("Motivering").fill("De bevinding is getoetst.")
    page.get_by_role("button", name="Besluit vastleggen").click()

    page.get_by_role("link", name="Rapport").first.click()
    page.locator("summary", has_text="Stel het rapport vast").click()
    page.get_by_role("button", name="Stel het rapport vast").click()
    page.get_by_role("heading", name="Uitgaven").wait_for()


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


def test_de_vaste_knop_bedekt_niet_waar_men_is(live_server, page, client, analist, passage):
    """With Tab through the themes of the answers: what has the focus is never under the bar with Opslaan (WCAG 2.4.11)."""
    log_in(page, live_server, analist, client)
    for breedte, hoogte in ((1280, 800), (390, 640)):
        page.set_viewport_size({"width": breedte, "height": hoogte})
        page.goto(live_server.url + reverse("uitkomst_vraag", args=[passage.rapport.ronde.slug, "P1.1"]))
        gevouwen = page.locator("details[data-vouw-smal]:not([open])")
        expect(gevouwen).to_have_count(20 if breedte < 640 else 0)  # on a phone the themes of an answer begin folded
        page.locator("input[name=nieuw]").focus()
        gezien = 0
        while page.evaluate("!document.activeElement.closest('.knoppenbalk--onderin')"):
            bedekt, wat = page.evaluate(
                """() => {
                  const hier = document.activeElement.getBoundingClientRect();
                  const balk = document.querySelector(".knoppenbalk--onderin").getBoundingClientRect();
                  return [hier.bottom > balk.top && hier.top < balk.bottom, document.activeElement.id];
                }"""
            )
            assert not bedekt, f"{breedte} px: {wat}"
            gezien += 1
            page.keyboard.press("Tab")
        assert gezien > 40
