"""The press in a process of its own: its limits, what it is not told, and what people read when it fails."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from urllib.request import Request, urlopen

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from rapportage import actions, drukker, drukpers
from rapportage.drukpers import Drukwerk, GeweigerdeBron, NietGedrukt
from rapportage.models import Rapport
from rapportage.tests.bouw import maak_instrument, maak_ronde
from regio.models import Gebeurtenis

VEL = Drukwerk('<html lang="nl"><title>Vel</title><p>Eén zin.</p>', date(2008, 6, 1), {})


def vel(html, **middelen):
    """A sheet with this on it, and pictures by name."""
    beelden = {f"rapport:{naam}": ("image/svg+xml", inhoud) for naam, inhoud in middelen.items()}
    return replace(VEL, html=f'<html lang="nl"><title>Vel</title>{html}', middelen=beelden)


@pytest.fixture
def pers(monkeypatch):
    """Put this code in the place of the press."""
    return lambda code: monkeypatch.setattr(drukker, "PERS", (sys.executable, "-c", code))


@pytest.fixture
def kinderen(monkeypatch):
    """The processes that were started."""
    gestart = []

    class Popen(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            gestart.append(self)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    return gestart


def bestaat(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# --- The channel ------------------------------------------------------------------------------------------------------


def test_drukwerk_komt_heel_over():
    middelen = {
        "rapport:a": ("text/css", b"\n\n\x00\xff"),
        "rapport:leeg": ("font/woff2", b""),
        "rapport:é": ("x/y", b"3"),
    }
    drukwerk = Drukwerk("<p>Súd\nwest</p>", date(2008, 6, 1), middelen, [("a", "De «bijlage»")])
    assert Drukwerk.uitgepakt(drukwerk.ingepakt()) == drukwerk


@pytest.mark.parametrize("pak", [lambda pak: pak[:-1], lambda pak: pak + b"x", lambda pak: b""])
def test_half_drukwerk_wordt_niet_gedrukt(pak):
    heel = replace(VEL, middelen={"rapport:a": ("text/css", b"p{}")}).ingepakt()
    with pytest.raises(ValueError):  # noqa: PT011 (whichever way it is broken)
        Drukwerk.uitgepakt(pak(heel))


@pytest.mark.pdf
def test_twee_tegelijk_geven_ieder_hun_eigen_rapport():
    vellen = [VEL, vel("<p>Een ander vel.</p>")]
    with ThreadPoolExecutor(2) as samen:
        gedrukt = list(samen.map(drukker.druk_af, vellen))
    assert gedrukt == [drukpers.druk(blad) for blad in vellen]
    assert gedrukt[0] != gedrukt[1]


@pytest.mark.pdf
def test_weigering_van_de_pers_komt_als_zin_terug():
    with pytest.raises(GeweigerdeBron, match=r"^De tekst verwijst naar 'file:///etc/passwd', buiten het document\.$"):
        drukker.druk_af(vel('<img src="file:///etc/passwd" alt="x">'))


# --- Limits -----------------------------------------------------------------------------------------------------------


def test_te_lang_wordt_gestopt_en_is_weg(monkeypatch, pers, kinderen):
    pers("import time; time.sleep(60)")
    monkeypatch.setattr(drukker, "SECONDEN", 0.3)
    begin = time.monotonic()
    with pytest.raises(NietGedrukt, match="duurde te lang en is gestopt"):
        drukker.druk_af(VEL)
    assert time.monotonic() - begin < 10
    (kind,) = kinderen
    assert kind.returncode == -signal.SIGKILL
    assert not bestaat(kind.pid)


@pytest.mark.pdf
def test_te_veel_rekentijd_wordt_gestopt_ook_zonder_klok(monkeypatch, kinderen):
    monkeypatch.setattr(drukker, "REKENTIJD", 1)
    with pytest.raises(NietGedrukt, match="duurde te lang en is gestopt"):
        drukker.druk_af(vel("<p>Een alinea van het lange rapport.</p>" * 20_000))
    assert kinderen[0].returncode == -signal.SIGXCPU


def test_te_veel_geheugen_wordt_geweigerd(monkeypatch, kinderen):
    """Enough to start with, but not for this picture."""
    monkeypatch.setattr(drukker, "RUIMTE", 64 * 1024**2)
    with pytest.raises(NietGedrukt, match="vroeg te veel geheugen en is gestopt"):
        drukker.druk_af(vel("<p>Zin.</p>", groot=bytes(64 * 1024**2)))
    assert not bestaat(kinderen[0].pid)


@pytest.mark.parametrize(
    ("code", "zin"),
    [
        ("raise SystemExit(4)", "te veel geheugen"),
        ("import os; os.kill(os.getpid(), 9)", "te veel geheugen"),
        (
            "import os, sys; sys.stderr.write('failed to allocate 99 bytes'); sys.stderr.flush(); os.abort()",
            "te veel geheugen",
        ),
        ("import os; os.abort()", "is mislukt"),
    ],
)
def test_zin_bij_elk_einde(pers, code, zin):
    pers(code)
    with pytest.raises(NietGedrukt, match=zin):
        drukker.druk_af(VEL)


@pytest.mark.pdf
def test_klapt_de_pers_dan_staat_het_waarom_in_het_logboek(caplog):
    with pytest.raises(NietGedrukt, match="is mislukt; de fout is vastgelegd"):
        drukker.druk_af(vel('<img src="rapport:stuk" alt="x">', stuk=b"<svg"))
    assert "Failed to load image at 'rapport:stuk'" in caplog.text


def test_start_de_pers_niet_dan_is_er_ook_een_zin(monkeypatch, caplog):
    monkeypatch.setattr(drukker, "PERS", ("/bestaat/niet",))
    with pytest.raises(NietGedrukt, match="is mislukt"):
        drukker.druk_af(VEL)
    assert "/bestaat/niet" in caplog.text


# --- What it is not told ----------------------------------------------------------------------------------------------


def test_omgeving_van_de_pers_is_leeg_op_het_nodige_na(monkeypatch, pers):
    for naam in ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "HOME"):
        monkeypatch.setenv(naam, "geheim")
    pers("import os; print(os.getcwd(), *sorted(os.environ))")
    map_, *namen = drukker.druk_af(VEL).decode().split()
    assert set(namen) - {"LC_CTYPE"} <= {"LANG", "PATH", "PYTHONPATH", "TMPDIR", *drukker.MEE}
    assert "drukpers-" in map_
    assert not os.path.exists(map_)


def test_pers_kent_geen_django():
    """Nor does the parent load WeasyPrint: it would cost every worker its memory."""
    code = "import sys; import rapportage.drukker; print(sorted({'django', 'weasyprint'} & set(sys.modules)))"
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=drukker.CHECKOUT)
    assert uit.stdout == "[]\n"


# --- What people read -------------------------------------------------------------------------------------------------


@pytest.fixture
def rapport(analist):
    return actions.maak_rapport(Rapport.voor(maak_ronde(maak_instrument())), analist)


@pytest.mark.django_db
def test_analist_leest_waarom_er_geen_pdf_is(client, analist, rapport, pers):
    pers("raise SystemExit(4)")
    client.force_login(analist)
    antwoord = client.get(reverse("rapport_pdf", args=[rapport.ronde.slug]), follow=True)
    assert antwoord.redirect_chain == [(reverse("rapport", args=[rapport.ronde.slug]), 302)]
    assert "vroeg te veel geheugen en is gestopt. Kort de tekst in." in antwoord.content.decode()
    assert not Gebeurtenis.objects.filter(soort="uitvoer").exists()


@pytest.mark.django_db
def test_opdracht_zegt_waarom_er_geen_pdf_is(rapport, pers, tmp_path):
    pers("raise SystemExit(4)")
    with pytest.raises(CommandError, match="vroeg te veel geheugen") as weigering:
        call_command("maak_rapport", rapport.ronde.slug, uit=tmp_path / "rapport.pdf")
    assert weigering.value.returncode == 1
    assert not (tmp_path / "rapport.pdf").exists()


@pytest.mark.django_db(transaction=True)
def test_tijdens_het_drukken_werkt_alles_door(live_server, client, analist, rapport, pers, tmp_path):
    """Two presses stand still until the test lets go of them; in the meantime the page of the report answers."""
    pers(
        "import os, sys, time, pathlib\n"
        f"map_ = pathlib.Path({str(tmp_path)!r})\n"
        "(map_ / str(os.getpid())).touch()\n"
        "while not (map_ / 'verder').exists(): time.sleep(0.02)\n"
        "sys.stdout.write('%PDF-')"
    )
    client.force_login(analist)
    koppen = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}

    def haal(naam):
        adres = live_server.url + reverse(naam, args=[rapport.ronde.slug])
        with urlopen(Request(adres, headers=koppen), timeout=20) as antwoord:  # noqa: S310 (our own server)
            return antwoord.read()

    with ThreadPoolExecutor(2) as lezers:
        try:
            pdfs = [lezers.submit(haal, "rapport_pdf") for _ in range(2)]
            tot = time.monotonic() + 20
            while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < tot:
                time.sleep(0.02)
            assert len(list(tmp_path.iterdir())) == 2
            assert rapport.titel in haal("rapport").decode()
            assert not any(pdf.done() for pdf in pdfs)
        finally:
            (tmp_path / "verder").touch()
    assert [pdf.result() for pdf in pdfs] == [b"%PDF-", b"%PDF-"]
