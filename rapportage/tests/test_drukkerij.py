"""A long report is printed in the background: once per content, found back by any process, with real progress, and cleaned up."""

import io
import os
import re
import signal
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader

from rapportage import actions, drukker, drukkerij, drukwacht, samenstellen
from rapportage.drukpers import Drukwerk, NietGedrukt
from rapportage.models import Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.views import drukken
from regio.models import Gebeurtenis

ZIN = "<p>Een alinea van een rapport dat op meer dan een bladzijde staat.</p>"


def vel(html: str) -> Drukwerk:
    return Drukwerk(f'<html lang="nl"><title>T</title><body>{html}</body></html>', date(2008, 6, 1), {})


@pytest.fixture(autouse=True)
def eigen_map(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path / "drukwerk"


def wacht(sleutel: str, seconden: float = 60) -> drukkerij.Stand:
    tot = time.monotonic() + seconden
    while (stand := drukkerij.stand_van(sleutel)).bezig and time.monotonic() < tot:
        time.sleep(0.05)
    return stand


@pytest.mark.pdf
def test_zelfde_bytes_en_echte_voortgang(eigen_map, monkeypatch):
    drukwerk = vel(ZIN * 300)
    sleutel = drukkerij.bestel(drukwerk, "a")
    assert drukkerij.stand_van(sleutel).bezig

    assert wacht(sleutel) == drukkerij.Stand(klaar=True)
    pdf = drukkerij.pdf_van(sleutel)
    assert pdf == drukker.druk_af(drukwerk)
    stap, bladzijden = (eigen_map / sleutel / "stand").read_text().split()
    assert int(stap) == 7
    assert int(bladzijden) == len(PdfReader(io.BytesIO(pdf)).pages) > 5
    # What is asked again is not printed again; for another it is an order of its own.
    monkeypatch.setattr(drukkerij, "_start", lambda map_: pytest.fail("nog eens gedrukt"))
    assert drukkerij.bestel(drukwerk, "a") == sleutel
    assert drukkerij.is_voor(sleutel, "a")
    assert not drukkerij.is_voor(sleutel, "b")
    with pytest.raises(pytest.fail.Exception):
        drukkerij.bestel(drukwerk, "b")


@pytest.mark.pdf
def test_een_weigering_komt_als_zin_terug():
    sleutel = drukkerij.bestel(vel('<img src="file:///etc/passwd" alt="x">'), "a")

    assert wacht(sleutel).fout == "De tekst verwijst naar 'file:///etc/passwd', buiten het document."


@pytest.mark.pdf
def test_twee_webprocessen_tegelijk_drukken_een_keer(eigen_map, monkeypatch):
    """Both find nothing and both start a printer: the second finds the lock taken and leaves."""
    echt, gestart = drukkerij._start, []
    monkeypatch.setattr(drukkerij, "_start", lambda map_: (gestart.append(map_), echt(map_), echt(map_)))
    sleutel = drukkerij.bestel(vel(ZIN * 200), "a")
    slot = None
    tot = time.monotonic() + 20
    while not (slot := _bezet(eigen_map / sleutel / "slot")) and time.monotonic() < tot:
        time.sleep(0.01)
    assert slot
    assert wacht(sleutel).klaar
    assert gestart == [eigen_map / sleutel]
    assert (eigen_map / sleutel / "log").read_text() == ""


def _bezet(pad: Path) -> bool:
    if not pad.exists():
        return False
    vrij = drukwacht.grendel(pad)
    if vrij:
        vrij.close()
    return vrij is None


@pytest.mark.pdf
def test_wat_is_afgebroken_kan_opnieuw(eigen_map, monkeypatch):
    drukwerk = vel(ZIN * 1000)
    sleutel = drukkerij.bestel(drukwerk, "a")
    tot = time.monotonic() + 20
    while not (wie := _wachter(eigen_map / sleutel)) and time.monotonic() < tot:
        time.sleep(0.02)
    for pid in wie:
        os.kill(pid, signal.SIGKILL)
    monkeypatch.setattr(drukkerij, "OPSTARTTIJD", 0)
    assert wacht(sleutel).fout == drukkerij.AFGEBROKEN
    monkeypatch.undo()
    begonnen = []
    monkeypatch.setattr(drukkerij, "_map", lambda: eigen_map)
    monkeypatch.setattr(drukkerij, "OPSTARTTIJD", 0)
    monkeypatch.setattr(drukkerij, "_start", begonnen.append)
    assert drukkerij.bestel(drukwerk, "a") == sleutel
    assert begonnen == [eigen_map / sleutel]


def _wachter(map_: Path) -> list[int]:
    """The processes of our own that print this order: found by the folder in their command."""
    klaar = subprocess.run(["pgrep", "-f", f"rapportage.drukwacht {map_}"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in klaar.stdout.split()]


def test_niet_te_veel_tegelijk_en_niet_te_lang(eigen_map, monkeypatch):
    monkeypatch.setattr(drukkerij, "_start", lambda map_: None)
    monkeypatch.setattr(drukkerij, "HOOGSTENS", 2)
    een, twee = (drukkerij.bestel(vel(f"<p>{n}"), "a") for n in (1, 2))
    with pytest.raises(NietGedrukt, match="al veel rapporten"):
        drukkerij.bestel(vel("<p>3"), "a")
    drukwacht.schrijf(eigen_map / een / "rapport.pdf", b"%PDF")
    drie = drukkerij.bestel(vel("<p>3"), "a")
    assert {pad.name for pad in eigen_map.iterdir()} == {een, twee, drie}
    for sleutel in (een, twee):
        os.utime(eigen_map / sleutel, (0, 0))
    drukwacht.schrijf(eigen_map / drie / "rapport.pdf", b"%PDF")
    vier = drukkerij.bestel(vel("<p>4"), "a")
    assert {pad.name for pad in eigen_map.iterdir()} == {twee, drie, vier}  # twee is being printed, however old


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def rapport(db, analist):
    ronde = maak_ronde(maak_instrument())
    for _ in range(3):
        vind(maak_dossier(ronde), "P1.1", "ja")
    return actions.maak_rapport(Rapport.voor(ronde), analist)


@pytest.mark.pdf
def test_een_lang_rapport_houdt_de_pagina_niet_op(client, analist, rapport, monkeypatch):
    monkeypatch.setattr(drukken, "KORT", 1_000)
    client.force_login(analist)
    antwoord = client.get(reverse("rapport_pdf", args=["proefronde"]))
    [sleutel] = re.findall(r"/rapport/drukken/([0-9a-f]{64})/$", antwoord["Location"])
    pagina = client.get(antwoord["Location"]).content.decode()
    assert "De PDF wordt gemaakt" in pagina
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in pagina
    assert client.get(reverse("gedrukt_pdf", args=["proefronde", sleutel]))["Location"] == antwoord["Location"]

    assert wacht(sleutel).klaar
    pagina = client.get(antwoord["Location"]).content.decode()
    assert "De PDF is klaar" in pagina
    assert "http-equiv" not in pagina
    gedrukt = client.get(reverse("gedrukt_pdf", args=["proefronde", sleutel]))
    assert gedrukt.content == samenstellen.pdf_van_rapport(Rapport.objects.get())
    assert gedrukt["Content-Disposition"] == 'attachment; filename="V08-01-proefronde.pdf"'
    assert Gebeurtenis.objects.filter(soort="uitvoer", wie=analist).count() == 1


def test_alleen_een_opdracht_van_dit_rapport(client, analist, rapport, monkeypatch):
    monkeypatch.setattr(drukkerij, "_start", lambda map_: None)
    sleutel = drukkerij.bestel(vel("<p>Geheim."), "rapport van een-andere-ronde")
    client.force_login(analist)
    for ander in (sleutel, "0" * 64, "..", "x" * 64, "%2e%2e%2fbewijs"):
        assert client.get(f"/rondes/proefronde/rapport/drukken/{ander}/").status_code == 404
        assert client.get(f"/rondes/proefronde/rapport/drukken/{ander}.pdf").status_code == 404


def test_de_pagina_zegt_hoe_ver_het_is(client, analist, rapport, monkeypatch, eigen_map):
    monkeypatch.setattr(drukkerij, "_start", lambda map_: None)
    sleutel = drukkerij.bestel(vel("<p>Lang."), "rapport van proefronde")
    client.force_login(analist)
    adres = reverse("rapport_drukken", args=["proefronde", sleutel])

    def stappen() -> list[tuple[str, str]]:
        pagina = client.get(adres).content.decode()
        return [
            (wat.strip(), hoever)
            for wat, hoever in re.findall(r'<li[^>]*>([^<]+)<span class="klein">([^<]+)</span>', pagina)
        ]

    assert [hoever for _, hoever in stappen()] == ["bezig", "nog niet", "nog niet", "nog niet"]
    drukwacht.schrijf(eigen_map / sleutel / "stand", b"5 34")
    assert stappen()[1:3] == [
        ("Tekst, tabellen en figuren lezen", "gedaan"),
        ("Bladzijden opmaken: bladzijde 34", "bezig"),
    ]
    drukwacht.schrijf(eigen_map / sleutel / "fout", b"Kort de tekst in.")
    pagina = client.get(adres).content.decode()
    assert "Kort de tekst in." in pagina
    assert reverse("rapport_pdf", args=["proefronde"]) in pagina
