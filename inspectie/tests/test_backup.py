"""A backup put back is what was there, on either database; what is not whole, not ours or not of this version is refused."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from inspectie.backup import herstellen, maken, tabellen
from inspectie.backup.herstellen import NietAf, herstel
from inspectie.backup.maken import maak_backup
from inspectie.backup.manifest import MANIFEST, ZEGEL, Onbruikbaar, controleer
from inspectie.tests.demo_fixture import rijen
from inspectie.tests.eigen_server import EigenServer
from rapportage.actions import maak_rapport
from rapportage.models import Fotomoment, Rapport, Uitgave
from regio.models import Gebeurtenis, Gemeente
from regio.regels import zonder_regels
from vragenlijst.models import Gesprekspartner
from vragenlijst.tests.factories import PDF, maak_bewijsstuk

pytestmark = pytest.mark.django_db(transaction=True)

ANDER = PDF + b"% een tweede stuk\n"
ALLE_BYTES = bytes(range(256))


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def gevuld(veldwerk, beheerder, analist, media):
    """Field work with two documents, a report with an edition, texts and values that are hard to copy."""
    maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    maak_bewijsstuk(veldwerk.dossier, soort="convenant", inhoud=ANDER)
    maak_bewijsstuk(veldwerk.dossier, titel="Ligt in het archief")
    veldwerk.antwoord("V1.3", keuze="ja")
    lastig = "regel 1\r\nregel 2\ttab \u2028 “€ 1.000,00” 😀 \\n {'a'}"
    veldwerk.antwoord("V3.1", tekst=lastig, toelichting="%s ? :naam", citaat="'; DROP TABLE")
    veldwerk.antwoord("V2.4", rijen=[{"partij": "é", "afspraak": "twee"}])
    veldwerk.interview.aanvang = time(9, 30)
    veldwerk.interview.save(update_fields=["aanvang"])
    foto = Fotomoment.objects.create(
        ronde=veldwerk.ronde, versie=1, inhoud='{"a":1}', sha256="0" * 64, gemaakt_door=beheerder
    )
    rapport = maak_rapport(Rapport.voor(veldwerk.ronde), analist)
    Uitgave.objects.create(
        rapport=rapport, versie=1, fotomoment=foto, pdf=ALLE_BYTES, sha256="0" * 64, gegevens="{}", sjabloon="0" * 64,
        gemaakt_door=analist,
    )  # fmt: skip
    return veldwerk


@pytest.fixture
def server(gevuld, tmp_path):
    server = EigenServer(tmp_path, "backup")
    yield server
    server.ruim_op()


def wis_alles(media: Path) -> None:
    """As a new installation: tables without rows, no documents."""
    with zonder_regels(connection):
        for model in reversed(tabellen.modellen()):
            tabellen.maak_leeg(model)
    shutil.rmtree(media, ignore_errors=True)


def gelezen(waarde):
    """JSON as what it says: the order of its keys, which PostgreSQL does not keep either, is no part of it."""
    if isinstance(waarde, memoryview):
        return bytes(waarde)
    return json.loads(waarde) if isinstance(waarde, str) and waarde[:1] in ("{", "[") else waarde


def stand(media: Path) -> tuple:
    """All that there is, asked past the code under test: the columns as the database gives them, the documents as bytes."""
    tabellen_ = {}
    for tabel, (kolommen, inhoud) in rijen().items():
        waarden = [tuple(map(gelezen, rij)) for rij in inhoud]
        if tabel == "regio_gebeurtenis":
            soort = kolommen.index("ding_soort")
            waarden = [rij for rij in waarden if rij[soort] != "backup"]
        tabellen_[tabel] = (kolommen, waarden)
    documenten = {pad.relative_to(media): pad.read_bytes() for pad in media.rglob("*") if pad.is_file()}
    return tabellen_, documenten


def test_wissen_en_terugzetten_geeft_wat_er_was(gevuld, media, tmp_path, capsys):
    was = stand(media)
    assert {len(inhoud) for inhoud in was[1].values()} == {len(PDF), len(ANDER)}

    call_command("backup", str(tmp_path / "b1"))
    assert "2 documenten" in capsys.readouterr().out
    wis_alles(media)
    assert not Gemeente.objects.exists()
    call_command("herstel", str(tmp_path / "b1"))

    assert stand(media) == was
    assert bytes(Uitgave.objects.get().pdf) == ALLE_BYTES
    een, twee = controleer(tmp_path / "b1"), maak_backup(tmp_path / "b2")
    assert een.inhoud == twee.inhoud
    # Only the traces of making and putting back differ.
    verschilt = {t.naam for t, u in zip(een.tabellen, twee.tabellen, strict=True) if t.sha256 != u.sha256}
    assert verschilt == {"regio.gebeurtenis"}
    assert [g.naar for g in Gebeurtenis.objects.filter(ding_soort="backup").order_by("pk")] == ["teruggezet", ""]


def test_de_regels_staan_na_het_terugzetten_weer_aan(gevuld, media, tmp_path):
    maak_backup(tmp_path / "b")
    wis_alles(media)
    herstel(tmp_path / "b")
    with pytest.raises(Exception, match="Geschiedenis wordt alleen aangevuld"):
        Gebeurtenis.objects.update(reden="x")


def test_een_nummer_wordt_niet_opnieuw_gegeven(gevuld, media, tmp_path):
    """History names things by number: the number of a thing that is gone must not become another's."""
    laatste = Gemeente.objects.create(code="9950", naam="Straks weg", geldig_van="2000-01-01")
    nummer = laatste.pk
    laatste.delete()
    maak_backup(tmp_path / "b")
    wis_alles(media)
    with connection.cursor() as cursor:  # a new database starts counting from the begin
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence")
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence('regio_gemeente', 'id'), 1, false)")
    herstel(tmp_path / "b")
    assert Gemeente.objects.create(code="9951", naam="Nieuw", geldig_van="2000-01-01").pk > nummer


class TestGeweigerd:
    @pytest.fixture
    def map_(self, gevuld, tmp_path):
        maak_backup(tmp_path / "b")
        return tmp_path / "b"

    def test_elk_bestand_met_een_andere_byte(self, map_):
        bestanden = [pad for pad in map_.rglob("*") if pad.is_file()]
        assert len(bestanden) > 40
        for pad in bestanden:
            heel = pad.read_bytes()
            midden = len(heel) // 2
            pad.write_bytes(heel[:midden] + bytes([heel[midden] ^ 1]) + heel[midden + 1 :] if heel else b"x")
            with pytest.raises(Onbruikbaar, match=pad.name):
                controleer(map_)
            pad.write_bytes(heel)
        controleer(map_)

    def test_elk_bestand_dat_ontbreekt_of_half_is(self, map_):
        for pad in [pad for pad in map_.rglob("*") if pad.is_file()]:
            heel = pad.read_bytes()
            pad.unlink()
            with pytest.raises(Onbruikbaar, match=pad.name):
                controleer(map_)
            if heel:
                pad.write_bytes(heel[:-1])
                with pytest.raises(Onbruikbaar, match=pad.name):
                    controleer(map_)
            pad.write_bytes(heel)

    def test_een_bestand_te_veel(self, map_):
        (map_ / "gegevens" / "erbij.jsonl").write_text("{}")
        with pytest.raises(Onbruikbaar, match=r"gegevens/erbij\.jsonl hoort niet in deze backup"):
            controleer(map_)

    def test_een_verwijzing_in_plaats_van_een_bestand(self, map_, tmp_path):
        pad = map_ / "gegevens" / "regio.gemeente.jsonl"
        shutil.move(pad, tmp_path / "elders")
        pad.symlink_to(tmp_path / "elders")
        with pytest.raises(Onbruikbaar, match=r"regio\.gemeente\.jsonl is geen gewoon bestand"):
            controleer(map_)

    @pytest.mark.parametrize(
        ("wijzig", "zin"),
        [
            (lambda m: m.update(toepassing="een ander"), "niet van deze toepassing"),
            (lambda m: m.update(formaat=2), "formaat 2"),
            (lambda m: m["migraties"]["regio"].append("0999_later"), r"nieuwere versie.*regio\.0999_later"),
            (lambda m: m["migraties"]["regio"].pop(), "oudere versie"),
            (lambda m: m.pop("documenten"), "mist een gegeven"),
            (lambda m: m["documenten"].clear(), "som over de inhoud"),
        ],
    )
    def test_van_elders_of_van_een_andere_versie(self, map_, media, wijzig, zin):
        """With a seal that fits: this is no damage, it is another's."""
        gegevens = json.loads((map_ / MANIFEST).read_text())
        wijzig(gegevens)
        verzegel(map_, gegevens)
        was = stand(media)
        with pytest.raises(Onbruikbaar, match=zin):
            herstel(map_, vervang=True)
        assert stand(media) == was

    def test_een_document_buiten_zijn_map(self, map_, tmp_path):
        gegevens = json.loads((map_ / MANIFEST).read_text())
        kwaad = gegevens["documenten"][0]
        (map_ / "documenten" / kwaad["naam"]).rename(map_ / "kwaad")
        kwaad["naam"] = "../kwaad"
        namen = {"tabel": gegevens["tabellen"], "document": gegevens["documenten"]}
        regels = [
            f"{soort} {deel['naam']} {deel['inhoud' if soort == 'tabel' else 'sha256']}\n"
            for soort, delen in namen.items()
            for deel in sorted(delen, key=lambda deel: deel["naam"])
        ]
        gegevens["inhoud"] = hashlib.sha256("".join(regels).encode()).hexdigest()
        verzegel(map_, gegevens)
        with pytest.raises(Onbruikbaar, match="kwaad"):
            herstel(map_, vervang=True)
        assert not (tmp_path / "kwaad").exists()

    def test_een_volle_database_en_een_volle_map(self, map_, capsys):
        with pytest.raises(CommandError, match=r"De database is niet leeg.*Er is niets veranderd"):
            call_command("herstel", str(map_))
        with pytest.raises(CommandError, match="bestaat al"):
            call_command("backup", str(map_))
        with pytest.raises(CommandError, match="is geen map"):
            call_command("herstel", str(map_ / MANIFEST))
        call_command("herstel", str(map_), controleer=True)
        assert "is heel" in capsys.readouterr().out


def verzegel(map_: Path, gegevens: dict) -> None:
    tekst = json.dumps(gegevens).encode()
    (map_ / MANIFEST).write_bytes(tekst)
    (map_ / ZEGEL).write_text(f"{hashlib.sha256(tekst).hexdigest()}  {MANIFEST}\n")


def test_mislukt_terugzetten_laat_wat_er_was(gevuld, media, tmp_path, monkeypatch):
    """The backup is of before; halfway something fails; what came after it is still there, and its documents."""
    maak_backup(tmp_path / "b")
    weg = next(pad for pad in media.rglob("*") if pad.is_file())
    weg.unlink()  # so that there is a document to lay down
    maak_bewijsstuk(gevuld.dossier, inhoud=b"%PDF van later", titel="Van later")
    was = stand(media)

    for functie in ("_bewijs", "_vervang_rijen"):
        with monkeypatch.context() as kapot:
            kapot.setattr(herstellen, functie, lambda *a: (_ for _ in ()).throw(Onbruikbaar("mislukt")))
            with pytest.raises(Onbruikbaar, match="mislukt"):
                herstel(tmp_path / "b", vervang=True)
        assert stand(media) == was
    with monkeypatch.context() as kapot:  # rows that come back otherwise than they went
        kapot.setattr(tabellen, "tel", lambda model: tabellen.Telling())
        with pytest.raises(Onbruikbaar, match="niet gelijk aan de backup"):
            herstel(tmp_path / "b", vervang=True)
    assert stand(media) == was


def test_in_de_plaats_van_wat_er_staat(gevuld, media, tmp_path):
    was = stand(media)
    maak_backup(tmp_path / "b")
    gevuld.antwoord("V1.3", keuze="nee")
    Gesprekspartner.objects.all().delete()
    kapot = next(pad for pad in media.rglob("*") if pad.is_file())
    kapot.write_bytes(b"beschadigd op schijf")

    herstel(tmp_path / "b", vervang=True)

    assert stand(media) == was


def test_een_document_dat_na_de_rijen_niet_lukt_wordt_gezegd(gevuld, media, tmp_path, monkeypatch):
    maak_backup(tmp_path / "b")
    next(pad for pad in media.rglob("*") if pad.is_file()).write_bytes(b"beschadigd op schijf")
    monkeypatch.setattr(herstellen.Documenten, "vervang", lambda self: (_ for _ in ()).throw(OSError(28, "vol")))
    with pytest.raises(NietAf):
        herstel(tmp_path / "b", vervang=True)


def test_een_beschadigd_document_houdt_de_backup_niet_tegen_en_blijft_niet_ongezegd(gevuld, media, tmp_path, capsys):
    een, twee = sorted(pad for pad in media.rglob("*") if pad.is_file())
    een.unlink()
    twee.write_bytes(b"beschadigd")
    with pytest.raises(CommandError, match="ontbreken op schijf of zijn beschadigd") as fout:
        call_command("backup", str(tmp_path / "b"))
    assert een.name in str(fout.value)
    assert twee.name in str(fout.value)
    assert controleer(tmp_path / "b").gemist == sorted(pad.relative_to(media).as_posix() for pad in (een, twee))
    call_command("herstel", str(tmp_path / "b"), vervang=True)
    assert "ontbraken al" in capsys.readouterr().err


def test_een_backup_is_van_een_moment(server, tmp_path, monkeypatch):
    """Somebody writes while the tables are copied: they need not wait, and what they write is not half in it."""
    echt = maken.schrijf_tabel

    def schrijf_tabel(map_, model, genoemd):
        server.sql("UPDATE regio_gemeente SET naam = 'Tijdens de backup'")  # waits 15 seconds at most, then fails
        return echt(map_, model, genoemd)

    monkeypatch.setattr(maken, "schrijf_tabel", schrijf_tabel)
    with server.database():
        maak_backup(tmp_path / "b")
        assert Gemeente.objects.get().naam == "Tijdens de backup"
    assert '"naam":"Proefdam"' in (tmp_path / "b" / "gegevens" / "regio.gemeente.jsonl").read_text()


# --- Killed ---------------------------------------------------------------------------------------------------------

STERF = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from inspectie.backup import {module} as module
echt, doel = module.{functie}, {doel!r}
def sterf(*args, **kwargs):
    if doel in repr(args).lower():
        os.kill(os.getpid(), signal.SIGKILL)
    return echt(*args, **kwargs)
module.{functie} = sterf
module.{opdracht}
"""


def sterf(server, media, **waar) -> None:
    """Run this in a process of its own that kills itself, -9, at the call of `functie` whose arguments name `doel`."""
    omgeving = {**os.environ, "DEBUG": "1", "DATABASE_URL": server.database_url, "MEDIA_ROOT": str(media)}
    omgeving |= {"DJANGO_SETTINGS_MODULE": "inspectie.settings"}
    klaar = subprocess.run(
        [sys.executable, "-c", STERF.format(**waar)], cwd=settings.BASE_DIR, env=omgeving, timeout=60, check=False
    )
    assert klaar.returncode == -9


@pytest.mark.parametrize(("functie", "doel"), [("schrijf_tabel", "veldwerk.dossier'"), ("bewaar", "manifest")])
def test_kill_9_bij_het_maken_laat_geen_backup_die_er_een_lijkt(server, media, tmp_path, functie, doel):
    opdracht = f"maak_backup(Path({str(tmp_path / 'b')!r}))"
    sterf(server, media, module="maken", functie=functie, doel=doel, opdracht=opdracht)
    assert not (tmp_path / "b").exists()
    (half,) = tmp_path.glob(".b.half-*")
    with pytest.raises(Onbruikbaar, match=r"manifest\.json ontbreekt"):
        controleer(half)
    with server.database():
        maak_backup(tmp_path / "b")
    controleer(tmp_path / "b")


@pytest.mark.parametrize(("functie", "doel"), [("zet_terug", "vragenlijst.antwoord'"), ("_bewijs", "manifest(")])
def test_kill_9_bij_het_terugzetten_laat_wat_er_was(server, gevuld, media, tmp_path, functie, doel):
    maak_backup(tmp_path / "b")
    with server.database():
        Gemeente.objects.create(code="9960", naam="Van na de backup", geldig_van="2000-01-01")
        was = stand(media)
    opdracht = f"herstel(Path({str(tmp_path / 'b')!r}), vervang=True)"
    sterf(server, media, module="herstellen", functie=functie, doel=doel, opdracht=opdracht)
    with server.database():
        assert stand(media) == was
        herstel(tmp_path / "b", vervang=True)
        assert not Gemeente.objects.filter(code="9960").exists()


# --- From one database to the other ----------------------------------------------------------------------------------


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="Van PostgreSQL naar SQLite en terug: waar PostgreSQL draait."
)
def test_van_postgresql_naar_sqlite_en_terug(gevuld, media, tmp_path):
    was = stand(media)
    maak_backup(tmp_path / "b1")
    elders = {**os.environ, "DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path / 'elders.sqlite3'}"}
    elders |= {"MEDIA_ROOT": str(tmp_path / "elders")}
    for opdracht in (["migrate", "-v0"], ["herstel", str(tmp_path / "b1")], ["backup", str(tmp_path / "b2")]):
        subprocess.run([sys.executable, "manage.py", *opdracht], cwd=settings.BASE_DIR, env=elders, check=True)
    wis_alles(media)
    herstel(tmp_path / "b2")

    assert stand(media) == was
    assert controleer(tmp_path / "b1").inhoud == controleer(tmp_path / "b2").inhoud


# --- The house --------------------------------------------------------------------------------------------------------


def test_elke_tabel_gaat_mee_of_er_staat_waarom_niet():
    mee = {tabellen.naam_van(model) for model in tabellen.modellen()}
    alle = {m._meta.label_lower for m in apps.get_models(include_auto_created=True) if m._meta.managed}
    niet = tabellen.NIET_MEE.keys() | tabellen.VAN_DJANGO
    assert mee | niet == alle
    assert not mee & niet
    # Of our own rooms everything, but for rights that are not given per person.
    assert {naam for naam in niet if naam.split(".")[0] in ("regio", "vragenlijst", "rapportage")} == {
        "regio.gebruiker_groups",
        "regio.gebruiker_user_permissions",
    }


def test_een_tabel_komt_na_die_waar_zij_naar_wijst():
    plaats = {model: nummer for nummer, model in enumerate(tabellen.modellen())}
    te_vroeg = {
        (tabellen.naam_van(model), tabellen.naam_van(veld.related_model))
        for model in plaats
        for veld in model._meta.concrete_fields
        if veld.is_relation and plaats.get(veld.related_model, -1) > plaats[model]
    }
    assert te_vroeg == {
        ("vragenlijst.vraag", "vragenlijst.keuze")
    }  # asked on a choice, which is a choice of a question
