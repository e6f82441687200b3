"""The file of a document: handing it out, file and row that never part, and the virus scanner."""

import os
import sys
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from regio.models import Gebeurtenis
from vragenlijst import opslag
from vragenlijst.actions import Conflict, Geweigerd, bewijsstuk_opslaan, zet_status
from vragenlijst.bestanden import PDF as PDF_SOORT
from vragenlijst.bestanden import Upload
from vragenlijst.models import Bewijssoort, Bewijsstuk
from vragenlijst.tests.bestandsproef import bestanden, gekozen
from vragenlijst.tests.factories import PDF, maak_bewijsstuk, maak_dossier, maak_gemeente
from vragenlijst.tests.test_bestanden import docx
from vragenlijst.tests.test_zet_status import maak_compleet

pytestmark = pytest.mark.usefixtures("map_")

MB = 1_000_000


# --- Downloading ------------------------------------------------------------------------------------------------------


@pytest.fixture
def download(client, veldwerk):
    def download(stuk, wie=None):
        client.force_login(wie or veldwerk.inspecteur)
        return client.get(reverse("bewijsstuk_bestand", args=[veldwerk.dossier.pk, stuk.pk]))

    return download


@pytest.mark.parametrize("persona", ["inspecteur", "collega"], indirect=True)
def test_een_download_is_een_bijlage_en_niets_anders(download, veldwerk, persona):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, bestandsnaam="Analyse “Súd”.pdf")
    antwoord = download(stuk, persona)

    assert b"".join(antwoord.streaming_content) == PDF
    koppen = antwoord.headers
    assert koppen["Content-Type"] == "application/pdf"
    assert koppen["Content-Length"] == str(len(PDF))
    assert koppen["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert unquote(koppen["Content-Disposition"].partition("''")[2]) == "Analyse “Súd”.pdf"
    assert koppen["X-Content-Type-Options"] == "nosniff"
    assert koppen["Cache-Control"] == "no-store"
    assert koppen["Content-Security-Policy"] == "sandbox; default-src 'none'"
    gebeurtenis = Gebeurtenis.objects.van(stuk).get()
    assert (gebeurtenis.soort, gebeurtenis.wie, gebeurtenis.dossier_id) == ("uitvoer", persona, veldwerk.dossier.pk)


@pytest.mark.parametrize(
    ("persona", "status"), [("vreemde", 404), ("analist", 403), ("beheerder", 403)], indirect=["persona"]
)
def test_wie_geen_stukken_krijgt(download, veldwerk, persona, status):
    """The analist reads every dossier without personal data; what is in a document nobody has looked at for that."""
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)

    assert download(stuk, persona).status_code == status
    assert not Gebeurtenis.objects.van(stuk).exists()


def test_de_analist_ziet_dat_er_een_stuk_is_zonder_het_te_krijgen(client, veldwerk, analist):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    client.force_login(analist)
    html = client.get(veldwerk.dossier.get_absolute_url()).content.decode()

    assert "PDF, 147 bytes" in html
    assert reverse("bewijsstuk_bestand", args=[veldwerk.dossier.pk, stuk.pk]) not in html


def test_een_stuk_van_een_ander_dossier_is_er_niet(download, client, veldwerk, inspecteur):
    elders = maak_bewijsstuk(maak_dossier(veldwerk.ronde, maak_gemeente("9905", "Anderdam"), inspecteur), inhoud=PDF)

    assert download(elders).status_code == 404
    for naam in ("bewijsstuk", "bewijsstuk_vervangen"):
        assert client.get(reverse(naam, args=[veldwerk.dossier.pk, elders.pk])).status_code == 404
    assert download(maak_bewijsstuk(veldwerk.dossier)).status_code == 404  # no file


@pytest.mark.parametrize("schade", [lambda pad: pad.unlink(), lambda pad: pad.write_bytes(PDF.replace(b"1 0", b"2 0"))])
def test_een_ander_bestand_dan_is_opgeslagen_wordt_niet_gegeven(download, client, veldwerk, map_, schade):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    schade(map_ / stuk.bestand.name)
    antwoord = download(stuk)

    assert antwoord.url == veldwerk.dossier.get_absolute_url()
    assert "is niet meer wat het was toen het werd opgeslagen" in client.get(antwoord.url).content.decode()
    assert not Gebeurtenis.objects.van(stuk).exists()


def test_na_vaststellen_nog_te_lezen_en_niet_meer_te_wijzigen(download, dien_in, client, veldwerk, map_):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)

    assert b"".join(download(stuk).streaming_content) == PDF
    for naam, rest in (("bewijsstuk_nieuw", []), ("bewijsstuk", [stuk.pk]), ("bewijsstuk_vervangen", [stuk.pk])):
        antwoord = client.get(reverse(naam, args=[veldwerk.dossier.pk, *rest]))
        assert antwoord.url == veldwerk.dossier.get_absolute_url()
    assert "de inhoud staat vast" in dien_in(bestand=gekozen(docx())).content.decode()
    assert len(bestanden(map_)) == Bewijsstuk.objects.count() == 1


# --- File and row never part -------------------------------------------------------------------------------------------


def upload() -> Upload:
    return Upload(BytesIO(PDF), "analyse.pdf", PDF_SOORT)


def nieuw_stuk(veldwerk) -> Bewijsstuk:
    soort = Bewijssoort.objects.get(code="analyse")
    return Bewijsstuk(dossier=veldwerk.dossier, soort=soort, titel="Analyse", datum=date(2007, 11, 6))


def test_mislukt_de_rij_dan_gaat_het_bestand_weg(veldwerk, inspecteur, map_, monkeypatch):
    def mislukt(*_, **__):
        assert len(bestanden(map_)) == 1  # the file is there before its row
        raise RuntimeError("de geschiedenis lukt niet")

    monkeypatch.setattr("vragenlijst.actions.bewijs.leg_vast", mislukt)
    with pytest.raises(RuntimeError):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    assert bestanden(map_) == []
    assert not Bewijsstuk.objects.exists()


def test_mislukt_het_bestand_dan_komt_er_geen_rij(veldwerk, inspecteur, map_, monkeypatch):
    def vol(_):
        raise OSError("de schijf is vol")

    monkeypatch.setattr(os, "fsync", vol)
    with pytest.raises(OSError, match="vol"):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    assert bestanden(map_) == []
    assert not Bewijsstuk.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_als_de_commit_het_niet_haalt_beslist_de_bezem(veldwerk, inspecteur, map_, monkeypatch):
    """Whether a commit that broke off was carried out is not known: the file stays until it is sure that it has no row."""

    def breekt_af():
        raise OperationalError("de verbinding viel weg tijdens de commit")

    monkeypatch.setattr(connection, "_commit", breekt_af)
    with pytest.raises(OperationalError, match="commit"):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    monkeypatch.undo()
    assert not Bewijsstuk.objects.exists()
    [pad] = Path(default_storage.path("bewijs")).glob("*/*")
    assert opslag.ruim_op() == []
    os.utime(pad, (time.time() - 3700,) * 2)
    assert opslag.ruim_op() == [f"bewijs/{pad.parent.name}/{pad.name}"]
    assert not pad.exists()


def test_conflict_en_weigering_laten_geen_bestand_achter(veldwerk, inspecteur, map_):
    stuk = maak_bewijsstuk(veldwerk.dossier)
    Bewijsstuk.objects.update(versie=4)
    with pytest.raises(Conflict):
        bewijsstuk_opslaan(stuk, inspecteur, bestand=upload())
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    with pytest.raises(Geweigerd):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    assert bestanden(map_) == []


def wees(map_: Path, minuten_oud: int) -> Path:
    geborgen = opslag.berg_op(BytesIO(PDF))
    pad = map_ / geborgen.naam
    os.utime(pad, (time.time() - 60 * minuten_oud,) * 2)
    return pad


def test_een_upload_ruimt_op_wat_een_gedood_proces_liet_liggen(dien_in, map_):
    oud, vers = wees(map_, 61), wees(map_, 59)
    dien_in(bestand=gekozen())

    assert not oud.exists()
    assert vers.exists()
    assert len(bestanden(map_)) == 2


def test_met_veel_wezen_is_er_iets_anders_aan_de_hand(dien_in, map_, caplog):
    """An older database that was put back, or another installation's folder: nothing goes until somebody has looked."""
    wezen = [wees(map_, 120) for _ in range(21)]
    dien_in(bestand=gekozen())

    assert all(pad.exists() for pad in wezen)
    assert "21 bestanden horen bij geen enkel bewijsstuk" in caplog.text
    with pytest.raises(CommandError, match="horen MEDIA_ROOT en de database wel bij elkaar"):
        call_command("opruimen")
    assert all(pad.exists() for pad in wezen)
    call_command("opruimen", alles=True)
    assert len(bestanden(map_)) == 1


def test_opruimen_meldt_stukken_zonder_hun_bestand(veldwerk, map_, capsys):
    heel = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, titel="Heel")
    call_command("opruimen")
    assert capsys.readouterr().out == "0 bestanden verwijderd; alle bewijsstukken hebben hun bestand.\n"
    weg = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, titel="Weg")
    anders = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, titel="Anders")
    (map_ / weg.bestand.name).unlink()
    (map_ / anders.bestand.name).write_bytes(b"x")

    with pytest.raises(CommandError, match="Van 2 bewijsstukken deugt het bestand niet"):
        call_command("opruimen")
    gemeld = capsys.readouterr().err
    assert "'Weg'" in gemeld
    assert "'Anders'" in gemeld
    assert "het controlegetal klopt niet" in gemeld
    assert Bewijsstuk.objects.count() == 3
    assert heel.bestand.name not in gemeld


def test_in_een_grotere_transactie_die_mislukt(veldwerk, inspecteur, map_):
    """Whoever stores documents inside a transaction of their own leaves the file to the sweep when that one fails."""

    @transaction.atomic
    def groter_werk():
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        groter_werk()
    assert not Bewijsstuk.objects.exists()
    assert len(bestanden(map_)) == 1


# --- The virus scanner -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "zin"),
    [
        ("import sys; sys.exit(b'trailer' not in sys.stdin.buffer.read())", None),
        ("import sys; sys.exit(1)", "De virusscanner heeft dit bestand geweigerd."),
        ("import sys; sys.exit(2)", "De virusscanner heeft dit bestand geweigerd."),
        (None, "De virusscanner geeft geen antwoord"),
        ("import time; time.sleep(30)", "De virusscanner geeft geen antwoord"),
    ],
    ids=["schoon", "virus", "fout", "er is geen scanner", "hij blijft hangen"],
)
def test_de_virusscanner_leest_mee(dien_in, settings, monkeypatch, tmp_path, map_, code, zin):
    monkeypatch.setattr(opslag, "SCANTIJD", 2)
    scanner = tmp_path / "scanner.py"
    scanner.write_text(code or "")
    settings.BEWIJS_VIRUSSCANNER = f"'{sys.executable}' '{scanner}'" if code else "/bestaat/niet"
    antwoord = dien_in(bestand=gekozen())

    if zin is None:
        assert antwoord.status_code == 302
        assert len(bestanden(map_)) == 1
        return
    assert antwoord.context["form"].errors["bestand"][0].startswith(zin)
    assert bestanden(map_) == []
