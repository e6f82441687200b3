"""What was typed in an interview arrives, once, whatever happens on the way; and of two texts on one answer neither is lost."""

import re

import pytest
from playwright.sync_api import expect

from inspectie.tests.invullen import OPGESLAGEN, VEEL

# The mark on the database makes pytest-django set one up; the tests themselves look at that of the server.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_vijftig_antwoorden_door_weer_en_wind(plek):
    """Network cut, page reloaded, tab closed, server restarted, session expired: all arrive, once each."""
    ina = plek("ina").open("0").kan_zonder_verbinding()
    ina.context.set_offline(True)
    ina.typ("V0.1", "antwoord 1")
    ina.vraag("V0.1").get_by_text("Intentie en thema").click()
    for apart, tekst in {"intentie": "een plan", "horizon": "1-7-2009", "thema": "plannen"}.items():
        ina.typ(f"V0.1-{apart}", tekst)
    for nr in range(2, 31):
        ina.typ(f"V0.{nr}", f"antwoord {nr}")
    ina.zegt("Nog niet verzonden: 30 antwoorden, geen verbinding")
    ina.page.reload()
    ina.is_klaar().zegt("Nog niet verzonden: 30 antwoorden, geen verbinding")
    expect(ina.veld("V0.30")).to_have_value("antwoord 30")
    ina.page.close()  # without a warning: all is on the device
    ina.server.herstart()
    ina.server.sql("DELETE FROM django_session")
    ina.page = ina.context.new_page()
    ina.open("0")
    for nr in range(31, VEEL + 1):
        ina.typ(f"V0.{nr}", f"antwoord {nr}")
    ina.zegt("Nog niet verzonden: 50 antwoorden, geen verbinding")
    ina.wacht_tot_op_het_apparaat_staan(VEEL)
    assert ina.versies() == []

    ina.context.set_offline(False)
    ina.zegt("Uw sessie is verlopen: log opnieuw in; er wachten 50 antwoorden")
    ina.page.get_by_role("link", name="log opnieuw in").click()
    ina.vul_inlog_in("ina")

    assert ina.page.url == ina.adres("0")
    ina.is_klaar().zegt(OPGESLAGEN)
    assert ina.wachtrij() == 0
    assert ina.versies() == [(f"V0.{nr}", 1, f"antwoord {nr}") for nr in range(1, VEEL + 1)]
    bij_de_eerste = """SELECT i.omschrijving, i.horizon, a.thema FROM vragenlijst_intentie i
        JOIN vragenlijst_antwoord a ON a.id = i.antwoord_id WHERE a.interview_id = ?"""
    ((omschrijving, horizon, thema),) = ina.server.sql(bij_de_eerste, ina.interview)
    assert (omschrijving, str(horizon), thema) == ("een plan", "2009-07-01", "plannen")


def test_een_bevestiging_die_onderweg_verdween(plek):
    """The server stored it and the device never heard so: it is sent again under the same key, and stored once."""
    ina = plek("ina").open()
    gezonden = []

    def verlies_de_eerste(route):
        gezonden.append(route.request.post_data_json["sleutel"])
        if len(gezonden) == 1:
            assert route.fetch().status == 200
            return route.abort()
        return route.continue_()

    ina.page.route("**/antwoorden/", verlies_de_eerste)
    ina.typ("V3.1", "een keer")
    ina.zegt(re.compile("Nog niet verzonden: 1 antwoord"))
    ina.typ("V3.1", "een keer, en daarna meer")
    ina.zegt(OPGESLAGEN)
    assert len(gezonden) == 3
    assert gezonden[0] == gezonden[1] != gezonden[2]
    assert ina.versies() == [("V3.1", 1, "een keer"), ("V3.1", 2, "een keer, en daarna meer")]


def test_twee_tabbladen_zenden_elk_antwoord_een_keer(plek):
    ina = plek("ina").open().kan_zonder_verbinding()
    tweede = ina.tabblad().open().page
    gezonden = []
    ina.context.on(
        "request", lambda vraag: vraag.url.endswith("/antwoorden/") and gezonden.append(vraag.post_data_json)
    )
    ina.context.set_offline(True)
    for nr in range(1, 5):
        ina.typ(f"V3.{nr}", f"tab een {nr}")
        tweede.locator(f"#id_V3_{nr + 4}").fill(f"tab twee {nr}")
    ina.wacht_tot_op_het_apparaat_staan(8)
    ina.context.set_offline(False)
    ina.zegt(OPGESLAGEN)
    expect(tweede.locator("#id_V3_1")).to_have_value("tab een 1")  # the other tab keeps up
    assert len({bericht["sleutel"] for bericht in gezonden}) == len(gezonden) == 8
    assert len(ina.versies()) == 8
    tweede.locator("#id_V3_1").fill("verder in het andere tabblad")
    expect(ina.veld("V3.1")).to_have_value("verder in het andere tabblad")
    assert ina.versies()[-1] == ("V3.1", 2, "verder in het andere tabblad")


def test_twee_tabbladen_aan_een_antwoord(plek):
    """A tab that did not see what the other typed is a second writer: refused, shown with both texts, and nothing gone."""
    een = plek("ina").open().kan_zonder_verbinding()
    twee = een.tabblad().open()
    een.context.set_offline(True)
    een.typ("V3.1", "In het eerste tabblad.")
    een.wacht_tot_op_het_apparaat_staan(1)
    twee.typ("V3.1", "In het tweede tabblad.")
    een.wacht_tot_op_het_apparaat_staan(2)
    een.typ("V3.1", "In het eerste tabblad, langer.")
    een.context.set_offline(False)
    twee.zegt("Conflict bij V3.1")
    een.zegt("Conflict bij V3.1")
    assert een.versies() == [("V3.1", 1, "In het eerste tabblad, langer.")]
    paneel = twee.vraag("V3.1").locator("[data-paneel]")
    expect(paneel).to_contain_text("In het eerste tabblad, langer.")
    expect(paneel).to_contain_text("In het tweede tabblad.")
    expect(een.veld("V3.1")).to_have_value("In het eerste tabblad, langer.")
    een.page.get_by_role("button", name="Mijn antwoord laten gelden").click()  # in either tab: it is one conflict
    een.zegt(OPGESLAGEN)
    for tab in (een, twee):
        expect(tab.veld("V3.1")).to_have_value("In het tweede tabblad.")
        expect(tab.page.locator("[data-paneel]")).to_have_count(0)
    assert een.versies()[1:] == [("V3.1", 2, "In het tweede tabblad.")]
    twee.typ("V3.1", "Verder waar het stond.")
    twee.zegt(OPGESLAGEN)
    assert een.versies()[2:] == [("V3.1", 3, "Verder waar het stond.")]


def test_twee_mensen_aan_een_antwoord(plek):
    """Neither text is lost: both are shown, and stay until somebody chooses."""
    ina, cor = plek("ina").open(), plek("cor").open()
    ina.typ("V3.1", "Tekst van Ina.")
    ina.zegt(OPGESLAGEN)
    cor.typ("V3.1", "Tekst van Cor.")
    cor.zegt("Conflict bij V3.1")
    paneel = cor.vraag("V3.1").locator("[data-paneel]")
    expect(paneel).to_contain_text("door Ina de Vries")
    expect(paneel).to_contain_text("Tekst van Ina.")
    assert cor.versies() == [("V3.1", 1, "Tekst van Ina.")]
    cor.page.reload()
    cor.is_klaar().zegt("Conflict bij V3.1")
    expect(cor.veld("V3.1")).to_have_value("Tekst van Cor.")
    cor.typ("V3.1", "Tekst van Cor, aangevuld.")
    expect(paneel).to_contain_text("Tekst van Cor, aangevuld.")

    cor.page.get_by_role("button", name="Mijn antwoord laten gelden").click()
    cor.zegt(OPGESLAGEN)
    assert cor.versies() == [("V3.1", 1, "Tekst van Ina."), ("V3.1", 2, "Tekst van Cor, aangevuld.")]
    expect(paneel).to_have_count(0)

    ina.typ("V3.1", "Ina weer.")
    ina.zegt("Conflict bij V3.1")
    ina.page.get_by_role("button", name="Het opgeslagen antwoord houden").click()
    expect(ina.veld("V3.1")).to_have_value("Tekst van Cor, aangevuld.")
    assert ina.wachtrij() == 0
    assert len(ina.versies()) == 2
    ina.typ("V3.1", "Tekst van Cor, aangevuld door Ina.")
    ina.zegt(OPGESLAGEN)
    assert ina.versies()[-1] == ("V3.1", 3, "Tekst van Cor, aangevuld door Ina.")


def test_wat_geweigerd_wordt_blijft_staan_met_de_reden(plek):
    ina = plek("ina").open("1")
    ina.kies("V1.3", "ja")
    ina.typ("V1.5", "Nergenshuizen")
    ina.veld("V1.5").press("Tab")
    ina.zegt("Niet opgeslagen: V1.5")
    expect(ina.vraag("V1.5").locator("[data-paneel]")).to_contain_text("Er is geen gemeente 'Nergenshuizen'.")
    ina.page.reload()
    expect(ina.is_klaar().veld("V1.5")).to_have_value("Nergenshuizen")
    ina.typ("V1.5", "Proefdam (9901)")
    ina.zegt(OPGESLAGEN)
    assert ina.versies()[-1] == ("V1.5", 1, "9901")


def test_een_server_die_even_weg_is(plek):
    ina = plek("ina").open()
    ina.server.stop()
    ina.typ("V3.1", "tijdens de storing")
    ina.zegt("Nog niet verzonden: 1 antwoord, geen verbinding")
    ina.server.start()
    ina.zegt(OPGESLAGEN)
    assert ina.versies() == [("V3.1", 1, "tijdens de storing")]
