"""The front door: logging in and out, what is typed when a session expires, bad requests, a database that is away, headers."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from conftest import WACHTWOORD
from inspectie import bewaard
from inspectie.tests import proef

pytestmark = [pytest.mark.django_db, pytest.mark.urls("inspectie.tests.proef")]


def log_in(client, gebruikersnaam="inspecteur", wachtwoord=WACHTWOORD, **velden):
    return client.post("/inloggen/", {"username": gebruikersnaam, "password": wachtwoord, **velden})


# --- Logging in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "begin"), [("inspecteur", "mijn_werk"), ("analist", "rondes"), ("beheerder", "rondes")]
)
def test_inloggen_brengt_ieder_op_de_eigen_eerste_pagina(client, request, persona, begin):
    gebruiker = request.getfixturevalue(persona)
    assert log_in(client, gebruiker.username).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == reverse(begin)


def test_inloggen_gaat_verder_waar_men_heen_wilde(client, inspecteur):
    assert client.get("/proef/?a=1").headers["Location"] == "/inloggen/?next=%2Fproef%2F%3Fa%3D1"
    assert log_in(client, next="/proef/?a=1").headers["Location"] == "/proef/?a=1"


@pytest.mark.parametrize(
    "elders",
    ["https://boos.example/", "//boos.example/", r"\\boos.example", "javascript:alert(1)", "https:///boos.example"],
)
def test_inloggen_gaat_nooit_naar_buiten(client, inspecteur, elders):
    assert log_in(client, next=elders).headers["Location"] == "/"


def test_wie_ingelogd_is_hoeft_niet_opnieuw(client, inspecteur):
    client.force_login(inspecteur)
    assert client.get("/inloggen/").headers["Location"] == "/"


def test_verkeerd_wachtwoord_zegt_het_en_onthoudt_de_naam(client, inspecteur):
    pagina = log_in(client, wachtwoord="fout").content.decode()
    assert "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar." in pagina
    assert 'value="inspecteur"' in pagina
    assert "<title>Fout: Inloggen" in pagina


def test_onbekende_naam_geeft_hetzelfde_antwoord(client, inspecteur):
    assert "horen niet bij elkaar" in log_in(client, "niemand").content.decode()


def test_na_vijf_vergissingen_even_niet(client, inspecteur):
    antwoorden = [log_in(client, wachtwoord="fout") for _ in range(5)]
    assert [antwoord.status_code for antwoord in antwoorden] == [200, 200, 200, 200, 429]
    assert "Inloggen is even niet mogelijk" in antwoorden[-1].content.decode()
    assert "15 minuten" in antwoorden[-1].content.decode()
    assert log_in(client).status_code == 429  # the right password does not help now


def test_blokkade_toont_wat_was_getypt(client, inspecteur):
    pakket = client.post("/proef/", {"toelichting": "Een lang antwoord"}).context["bewaard"]
    for _ in range(5):
        antwoord = log_in(client, wachtwoord="fout", bewaard=pakket)
    assert antwoord.status_code == 429
    assert "Een lang antwoord" in antwoord.content.decode()


def test_uitloggen_alleen_met_een_knop(client, inspecteur):
    client.force_login(inspecteur)
    assert client.get("/uitloggen/").status_code == 405
    assert client.post("/uitloggen/").headers["Location"] == "/inloggen/"
    assert client.get("/").headers["Location"].startswith("/inloggen/")


def test_wachtwoorden_worden_met_argon2_bewaard():
    echte = [pad for pad in settings.PASSWORD_HASHERS if "MD5" not in pad]
    assert echte[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    hasher = get_hasher("argon2")
    assert hasher.encode("geheim", "zoutzoutzout").startswith("argon2$argon2id$")


# --- A session that expired while typing ----------------------------------------------------------------------------


def test_verlopen_sessie_verliest_niets(inspecteur):
    """The whole road: type, session gone, log in, send again, with CSRF checked at each step."""
    proef.ontvangen.clear()
    client = Client(enforce_csrf_checks=True)
    velden = {"naam": "Jansen", "toelichting": "Regel één\r\nRegel <twee>", "keuze": "ja", "soorten": ["a", "b"]}
    token = client.get("/inloggen/").cookies["csrftoken"].value

    antwoord = client.post("/proef/", velden | {"csrfmiddlewaretoken": token})
    assert antwoord.status_code == 401
    assert "Wat u had ingevuld, is er nog." in antwoord.content.decode()

    # A mistake in between keeps it too.
    pakket = antwoord.context["bewaard"]
    antwoord = log_in(client, wachtwoord="fout", bewaard=pakket, csrfmiddlewaretoken=token)
    assert antwoord.context["bewaard"] == pakket

    antwoord = log_in(client, bewaard=pakket, csrfmiddlewaretoken=token)
    pagina = antwoord.content.decode()
    assert "Uw invoer is bewaard" in pagina
    assert 'action="/proef/"' in pagina
    assert "Regel &lt;twee&gt;" in pagina
    assert antwoord.context["velden"]["soorten"] == ["a", "b"]

    nieuw = client.cookies["csrftoken"].value
    assert nieuw != token
    client.post("/proef/", antwoord.context["velden"] | {"csrfmiddlewaretoken": nieuw})
    assert [(invoer["naam"], invoer["toelichting"], invoer["soorten"]) for invoer in proef.ontvangen] == [
        ("Jansen", "Regel één\nRegel <twee>", ["a", "b"])
    ]


def test_verlopen_sessie_noemt_een_bestand_dat_verloren_ging(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    antwoord = client.post("/proef/", {"naam": "x", "bestand": SimpleUploadedFile("plan.pdf", b"%PDF")})
    assert antwoord.status_code == 401
    assert "kies het na het inloggen opnieuw" in antwoord.content.decode()


def test_verlopen_sessie_antwoordt_een_script_met_json(client):
    antwoord = client.post("/proef/", {}, headers={"accept": "application/json"})
    assert antwoord.status_code == 401
    assert antwoord.json() == {"fout": "Uw sessie is verlopen. Log opnieuw in."}


def test_een_pakket_dat_niet_van_ons_is_telt_niet(client, inspecteur):
    assert bewaard.pak_uit("verzonnen") is None
    assert log_in(client, bewaard="verzonnen:pakket").headers["Location"] == "/"


def test_getypt_laat_weg_wat_niemand_mist():
    velden = {
        "vraag_1-toelichting": ["Goed overleg"],
        "datum": ["24-11-2026"],
        "keuze": ["17"],
        "versie": ["3"],
        "sleutel": ["0b6c2f3e-8a51-4c1a-9a63-0c52a4a3b1de"],
        "password": ["geheim"],
        "leeg": [""],
    }
    assert bewaard.getypt(velden) == [("Vraag 1 toelichting", "Goed overleg"), ("Datum", "24-11-2026")]


# --- Bad requests -----------------------------------------------------------------------------------------------------


def test_geweigerd_formulier_laat_de_tekst_zien(inspecteur):
    client = Client(enforce_csrf_checks=True)
    client.force_login(inspecteur)
    antwoord = client.post("/proef/", {"toelichting": "Een lang antwoord", "password": "geheim"})
    assert antwoord.status_code == 403
    assert "Een lang antwoord" in antwoord.content.decode()
    assert "geheim" not in antwoord.content.decode()


@pytest.mark.parametrize("tekenset", ["utf-16", "utf-7", "bestaat-niet", "idna", "zlib"])
@pytest.mark.parametrize("soort", ["application/x-www-form-urlencoded", "text/html"])
def test_onleesbare_tekenset_is_400(client, inspecteur, tekenset, soort):
    client.force_login(inspecteur)
    antwoord = client.generic("POST", "/proef/", b"naam=x", content_type=f"{soort}; charset={tekenset}")
    assert antwoord.status_code == 400
    assert "Dit verzoek is niet te lezen" in antwoord.content.decode()
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("teken", ["\x00", "\x07", "\x7f", "￾"])
def test_onzichtbaar_teken_is_een_fout_bij_het_veld(client, inspecteur, teken):
    client.force_login(inspecteur)
    antwoord = client.post("/proef/", {"naam": f"Jan{teken}sen", "keuze": "ja"})
    assert antwoord.status_code == 200
    pagina = antwoord.content.decode()
    assert f"onzichtbaar teken (U+{ord(teken):04X})" in pagina
    assert 'value="Jan�sen"' in pagina


def test_te_veel_velden_is_400(client, inspecteur):
    client.force_login(inspecteur)
    antwoord = client.post("/proef/", {f"veld{nummer}": "x" for nummer in range(2_001)})
    assert antwoord.status_code == 400


# --- When something is away ------------------------------------------------------------------------------------------


def test_database_weg_is_503(client):
    antwoord = client.get("/proef/database/")
    assert antwoord.status_code == 503
    assert antwoord.headers["Retry-After"] == "10"
    assert "De monitor is even niet bereikbaar" in antwoord.content.decode()


@pytest.mark.parametrize("debug", [True, False])
def test_database_weg_bij_het_lezen_van_de_sessie_is_503(client, inspecteur, monkeypatch, settings, debug):
    def weg(*args, **kwargs):
        raise OperationalError("weg")

    settings.DEBUG = debug
    client.force_login(inspecteur)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", weg)
    assert client.get("/proef/").status_code == 503


def test_gezond(client, monkeypatch):
    assert client.get("/gezond/").json() == {"database": "ok", "versie": settings.VERSIE}

    def weg():
        raise OperationalError("weg")

    monkeypatch.setattr("inspectie.views.connection.cursor", weg)
    antwoord = client.get("/gezond/")
    assert antwoord.status_code == 503
    assert antwoord.json()["database"] == "onbereikbaar"


def test_een_fout_van_ons_is_een_nette_pagina(client):
    client.raise_request_exception = False
    antwoord = client.get("/proef/kapot/")
    assert antwoord.status_code == 500
    assert "Er ging iets mis bij ons" in antwoord.content.decode()


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("adres", ["/proef/weg/", "/bestaat-niet/"])
def test_wat_er_niet_is_is_een_nette_pagina_ook_in_de_demo(client, settings, debug, adres):
    settings.DEBUG = debug
    antwoord = client.get(adres)
    assert antwoord.status_code == 404
    assert "Deze pagina is er niet" in antwoord.content.decode()


# --- Headers ----------------------------------------------------------------------------------------------------------

KOPPEN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("adres", "status"),
    [
        ("/inloggen/", 200),
        ("/proef/", 302),
        ("/bestaat-niet/", 404),
        ("/proef/kapot/", 500),
        ("/proef/database/", 503),
        ("/gezond/", 200),
        ("/static/inspectie/css/huis.css", 200),
    ],
)
def test_koppen_op_elk_antwoord(client, adres, status, settings):
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    client.handler.load_middleware()
    client.raise_request_exception = False
    antwoord = client.get(adres)
    antwoord.close()
    assert antwoord.status_code == status
    assert {kop: antwoord.headers.get(kop) for kop in KOPPEN} == KOPPEN
    beleid = antwoord.headers["Content-Security-Policy"]
    assert "unsafe" not in beleid
    regels = dict(regel.split(" ", 1) for regel in beleid.split("; "))
    assert regels["default-src"] == "'none'"
    assert regels["script-src"] == "'self'"
    assert regels["style-src"] == "'self'"
    assert regels["frame-ancestors"] == "'none'"
    if not adres.startswith("/static/"):
        assert "no-store" in antwoord.headers["Cache-Control"]


# --- Production -------------------------------------------------------------------------------------------------------


def beheer(*opdracht, **omgeving):
    """Run manage.py as production would, with nothing in its environment but what is given."""
    schoon = {naam: os.environ[naam] for naam in ("PATH", "HOME", "LANG") if naam in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *opdracht],
        cwd=settings.BASE_DIR,
        env=schoon | omgeving,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("omgeving", "ontbreekt"),
    [
        ({"ALLOWED_HOSTS": "monitor.example.nl"}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 60}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "", "ALLOWED_HOSTS": "monitor.example.nl"}, "SECRET_KEY"),
    ],
)
def test_productie_weigert_te_starten_zonder(omgeving, ontbreekt):
    uitkomst = beheer("check", **omgeving)
    assert uitkomst.returncode != 0
    assert f"De omgevingsvariabele {ontbreekt} ontbreekt. Zet haar op" in uitkomst.stderr


def test_productie_heeft_geen_bezwaar_van_django():
    sleutel = "k3uJ9-vQ7xW2_pL5zR8mT4nB6yH1cD0fG-sA9eK7jU3iO5qV2w"
    uitkomst = beheer(
        "check", "--deploy", "--fail-level", "INFO", SECRET_KEY=sleutel, ALLOWED_HOSTS="monitor.example.nl"
    )
    assert uitkomst.returncode == 0, uitkomst.stderr
    assert "no issues (0 silenced)" in uitkomst.stdout


def test_statische_bestanden_zijn_compleet(tmp_path, settings):
    """Every address in our style sheets exists: production's storage refuses a reference to nothing."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list((tmp_path / "inspectie" / "css").glob("huis.*.css"))


def test_wachtwoorden_reizen_niet_mee_in_het_bewaarde_formulier(client):
    response = client.post(
        "/werk/", {"naam": "Ina", "new_password1": "geheim-geheim-12", "wachtwoord": "ook-geheim-123"}
    )
    assert bewaard.pak_uit(response.context["bewaard"])["velden"] == {"naam": ["Ina"]}


def test_een_adres_van_een_knop_legt_uit_dat_het_geen_pagina_is(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    response = client.get(f"/dossiers/{veldwerk.dossier.pk}/status/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "Dit adres is geen pagina" in response.content.decode()
