"""Filling in an interview in a browser when all is well: by itself, with the button, by keyboard, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from inspectie.tests.axe import bekijk_op_elke_breedte
from inspectie.tests.invullen import OPGESLAGEN

# The mark on the database makes pytest-django set one up; the tests themselves look at that of the server.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_wat_u_typt_staat_er_vanzelf(plek):
    ina = plek("ina").open("1")
    ina.zegt("Wat u invult, wordt meteen bewaard")
    ina.kies("V1.3", "ja")
    ina.zegt(OPGESLAGEN)
    expect(ina.page.locator(".zijnavigatie a[aria-current] .zijnavigatie__stand")).to_have_text("1 van 3")
    expect(ina.vraag("V1.3").locator("[data-vraagstand]")).to_have_text(re.compile("opgeslagen om"))
    ina.veld("V1.5").fill("overzj")  # half a name: nothing is said of it while somebody types
    ina.veld("V1.5").fill("overzjie")
    ina.veld("V1.5").press("Tab")
    expect(ina.page.locator(".zijnavigatie a[aria-current] .zijnavigatie__stand")).to_have_text("2 van 3")
    assert ina.versies() == [("V1.3", 1, "ja"), ("V1.5", 1, "9902")]
    ina.page.reload()
    expect(ina.is_klaar().veld("V1.5")).to_have_value("Overzjië (9902)")


def test_een_aanslag_staat_binnen_een_derde_seconde_na_de_rust_in_de_database(plek):
    ina = plek("ina").open()
    ina.typ("V3.1", "warm")
    ina.zegt(OPGESLAGEN)
    duren = [
        ina.page.evaluate(
            """async (nr) => {
                const veld = document.querySelector(`#id_V3_${nr}`);
                const merk = document.querySelector(`[id="V3.${nr}"] [data-vraagstand]`);
                veld.focus(); veld.value = 'gemeten'; veld.dispatchEvent(new Event('input', {bubbles: true}));
                const begin = performance.now();
                while (!merk.textContent.startsWith('opgeslagen')) await new Promise((klaar) => setTimeout(klaar, 5));
                return performance.now() - begin;
            }""",
            nr,
        )
        for nr in (2, 3, 4)
    ]
    assert ina.versies()[1:] == [(f"V3.{nr}", 1, "gemeten") for nr in (2, 3, 4)]
    # Seven tenths of a second without typing come first. The best of three: other tests use this machine too.
    assert min(duren) - 700 < 300


def test_rijen_erbij_met_een_knop(plek):
    ina = plek("ina").open("2")
    for nr in (1, 2, 3):
        if nr == 3:
            ina.page.get_by_role("button", name="Regel toevoegen").click()
        ina.page.get_by_label(f"Partij {nr}", exact=True).fill(f"partij {nr}")
        ina.page.get_by_label(f"Afspraak met partij {nr}").fill(f"afspraak {nr}")
    ina.page.get_by_role("button", name="Opslaan", exact=True).click()
    ina.zegt(OPGESLAGEN)
    assert ina.versies()[-1][2] == str([[f"partij {nr}", f"afspraak {nr}"] for nr in (1, 2, 3)])
    ina.page.reload()
    expect(ina.page.get_by_label("Partij 3", exact=True)).to_have_value("partij 3")


def test_de_knop_bewaart_alles_zonder_botsing_met_wat_vanzelf_ging(plek):
    ina = plek("ina").open()
    ina.typ("V3.1", "eerst")
    ina.zegt(OPGESLAGEN)
    ina.typ("V3.1", "daarna")
    ina.typ("V3.2", "ook")
    with ina.page.expect_navigation():
        ina.page.get_by_role("button", name="Opslaan en naar het overzicht").click()
    assert ina.page.url.endswith(f"/interviews/{ina.interview}/")
    assert ina.versies() == [("V3.1", 1, "eerst"), ("V3.1", 2, "daarna"), ("V3.2", 1, "ook")]


def test_met_alleen_het_toetsenbord(plek):
    ina = plek("ina").open("1")
    toets = ina.page.keyboard.press
    toets("Alt+ArrowDown")
    expect(ina.page.locator("input[name=V1_3]:checked")).to_be_focused()
    toets("ArrowRight")  # from "nog niet beantwoord" round to "ja": opens V1.4 and V1.5
    toets("Alt+ArrowDown")
    expect(ina.page.locator("input[name=V1_4]:checked")).to_be_focused()
    toets("Alt+ArrowDown")
    expect(ina.veld("V1.5")).to_be_focused()
    ina.page.keyboard.type("proefdam")
    toets("Alt+ArrowUp")
    expect(ina.page.locator("input[name=V1_4]:checked")).to_be_focused()
    toets("Control+s")
    expect(ina.page.locator("[data-melding]")).to_have_text(OPGESLAGEN)
    with ina.page.expect_navigation():
        toets("Alt+PageDown")
    assert ina.page.url == ina.adres("2")
    assert {(code, tekst) for code, _, tekst in ina.versies()} == {("V1.3", "ja"), ("V1.5", "9901")}


def test_de_focus_verdwijnt_niet_achter_de_vaste_balk(plek):
    """Tab by tab down the page, on a laptop and on a phone (WCAG 2.4.11)."""
    ina = plek("ina").open("2")
    for breedte, hoogte in ((1280, 600), (390, 600)):
        ina.page.set_viewport_size({"width": breedte, "height": hoogte})
        ina.page.locator("main").focus()
        for _ in range(40):
            ina.page.keyboard.press("Tab")
            bedekt, wat = ina.page.evaluate(
                """() => { const [veld, balk] = [document.activeElement, document.querySelector('.knoppenbalk--vast')];
                    const onder = veld.getBoundingClientRect().bottom - balk.getBoundingClientRect().top;
                    return [!balk.contains(veld) && veld.closest('form') !== null && onder > 0, veld.outerHTML.slice(0, 80)]; }"""
            )
            assert not bedekt, f"{breedte} px: {wat}"


def test_zonder_javascript_is_het_een_gewoon_formulier(plek):
    ina = plek("ina", java_script_enabled=False)
    ina.page.goto(ina.adres("3"))
    expect(ina.page.locator("[data-bewaarstand]")).to_be_hidden()
    ina.typ("V3.1", "met de knop")
    ina.page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(ina.page.get_by_text(re.compile(r"Opgeslagen om \d\d:\d\d\."))).to_be_visible()
    assert ina.versies() == [("V3.1", 1, "met de knop")]


def test_elke_stand_is_toegankelijk_en_past(plek):
    ina, cor = plek("ina").open("1"), plek("cor").open("1")
    ina.kies("V1.3", "ja")
    ina.zegt(OPGESLAGEN)
    bekijk_op_elke_breedte(ina.page)
    cor.kies("V1.3", "nee")
    cor.zegt("Conflict bij V1.3")
    bekijk_op_elke_breedte(cor.page)
    ina.typ("V1.5", "Nergens")
    ina.veld("V1.5").press("Tab")
    ina.zegt("Niet opgeslagen: V1.5")
    bekijk_op_elke_breedte(ina.page)
    ina.typ("V1.5", "")
    ina.context.set_offline(True)
    ina.kies("V1.4", "ja")
    ina.zegt(re.compile("^Nog niet verzonden: . antwoord"))
    bekijk_op_elke_breedte(ina.page)
