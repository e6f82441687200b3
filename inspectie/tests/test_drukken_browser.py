"""A long report in a real browser, with the real press: the page says how far it is, by itself, and then offers the PDF."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspectie.tests.axe import bekijk_op_elke_breedte, log_in
from rapportage import actions, drukkerij, drukwacht
from rapportage.models import Rapport
from rapportage.views import drukken

pytestmark = [pytest.mark.browser, pytest.mark.pdf, pytest.mark.django_db(transaction=True)]


def test_de_pagina_houdt_zelf_bij_hoe_ver_het_is(
    page, live_server, client, analist, veldwerk, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(drukken, "KORT", 1_000)
    rapport = actions.maak_rapport(Rapport.voor(veldwerk.ronde), analist)
    # All presses are taken: the order waits until the test lets one go.
    (tmp_path / drukkerij.MAP).mkdir()
    persen = [drukwacht.grendel(tmp_path / drukkerij.MAP / f"pers-{nummer}") for nummer in range(drukwacht.PERSEN)]
    log_in(page, live_server, analist, client)
    page.goto(live_server.url + reverse("rapport_pdf", args=[rapport.ronde.slug]))

    expect(page.get_by_role("heading", name="De PDF wordt gemaakt")).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_contain_text("Wachten op een vrije drukpers")
    bekijk_op_elke_breedte(page)
    for pers in persen:
        pers.close()
    expect(page.get_by_role("heading", name="De PDF is klaar")).to_be_visible(timeout=60_000)
    expect(page).to_have_title("De PDF is klaar – Monitor regionale samenwerking")
    bekijk_op_elke_breedte(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF downloaden").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")
