"""What waits on a device is of one person: shown to, sent by and wiped for nobody else."""

import re

import pytest
from playwright.sync_api import expect

from inspectie.tests.axe import axe

# The mark on the database makes pytest-django set one up; the tests themselves look at that of the server.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_uitloggen_waarschuwt_en_wist(plek):
    ina = plek("ina").open().kan_zonder_verbinding()
    ina.context.set_offline(True)
    ina.typ("V3.1", "alleen hier")
    ina.zegt("Nog niet verzonden: 1 antwoord, geen verbinding")
    ina.page.get_by_role("button", name="Uitloggen").click()
    venster = ina.page.get_by_role("dialog", name="Er wacht nog 1 antwoord")
    expect(venster).to_contain_text("alleen hier")
    axe(ina.page)
    venster.get_by_role("button", name="Ingelogd blijven").click()
    expect(ina.veld("V3.1")).to_have_value("alleen hier")
    assert ina.wachtrij() == 1

    ina.page.route("**/antwoorden/", lambda route: route.abort())
    ina.context.set_offline(False)
    ina.page.get_by_role("button", name="Uitloggen").click()
    ina.page.get_by_role("button", name="Uitloggen en weggooien").click()
    ina.page.get_by_label("Wachtwoord").wait_for()
    assert ina.wachtrij() == 0
    assert [naam for naam in ina.page.evaluate("caches.keys()") if naam.startswith("invullen-")] == []
    assert ina.versies() == []


def test_een_ander_ziet_en_verzendt_niets(plek, invulwereld):
    ina = plek("ina").open().kan_zonder_verbinding()
    ina.context.set_offline(True)
    ina.typ("V3.1", "van Ina")
    ina.wacht_tot_op_het_apparaat_staan(1)
    ina.server.sql("DELETE FROM django_session")
    ina.context.set_offline(False)
    ina.zegt(re.compile("Uw sessie is verlopen"))

    cor = ina  # sits down at the same device
    cor.log_in("cor")
    cor.page.goto(f"{cor.server.url}/werk/")
    cor.page.wait_for_load_state("networkidle")
    assert "van Ina" not in cor.page.content()
    cor.context.set_offline(True)
    cor.page.goto(cor.adres("3"))
    expect(cor.page.get_by_role("heading", name="Deze pagina kan nu niet worden geopend")).to_be_visible()
    cor.context.set_offline(False)
    cor.open().zegt("Wat u invult, wordt meteen bewaard")
    expect(cor.veld("V3.1")).to_have_value("")
    assert cor.versies() == []
    cor.page.get_by_role("button", name="Uitloggen").click()
    cor.page.get_by_label("Wachtwoord").wait_for()

    assert ina.wachtrij() == 1  # what Ina had waiting survives Cor's leaving
    ina.log_in("ina").page.goto(f"{ina.server.url}/werk/")  # the first page after logging in sends what waits
    ina.wacht_tot_op_het_apparaat_staan(0)
    assert ina.versies() == [("V3.1", 1, "van Ina")]
    expect(ina.open().veld("V3.1")).to_have_value("van Ina")
    wie = ina.server.sql("SELECT gewijzigd_door_id FROM vragenlijst_antwoord WHERE interview_id = ?", ina.interview)
    assert wie == [(invulwereld.ina,)]


def test_een_open_pagina_verzendt_niets_op_naam_van_een_ander(plek):
    ina = plek("ina").open()
    ina.server.sql("DELETE FROM django_session")
    ina.tabblad().log_in("cor").page.goto(f"{ina.server.url}/werk/")
    ina.typ("V3.1", "van Ina")
    ina.zegt("Op dit apparaat is nu iemand anders ingelogd; er wacht 1 antwoord op u")
    assert ina.versies() == []
