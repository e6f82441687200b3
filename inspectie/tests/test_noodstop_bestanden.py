"""The server killed with -9 in the middle of uploads: no document without its file, no file without its document."""

import hashlib
import http.client
import os
import threading
import time
import uuid

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from conftest import maak_gebruiker
from inspectie.tests.eigen_server import EigenServer
from regio.rechten import Rol
from vragenlijst import opslag
from vragenlijst.models import Bewijssoort
from vragenlijst.tests.factories import maak_veldwerk

pytestmark = pytest.mark.django_db(transaction=True)

BRENGERS = 3
ROEM = 4  # documents acknowledged in each life of the server before it is killed
LEVENS = 4
GROOT = 1_500_000  # bytes: long enough on their way to be hit halfway


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        server = EigenServer(tmp_path_factory.mktemp("server"), "noodstop_bestanden")
        with server.database():
            ina = maak_gebruiker("ina", Rol.INSPECTEUR, "Ina de Vries")
            cor = maak_gebruiker("cor", Rol.INSPECTEUR, "Cor Bakker")
            veldwerk = maak_veldwerk(ina, cor, maak_gebruiker("bas", Rol.BEHEERDER, "Bas Visser"))
            soort = Bewijssoort.objects.get(instrument=veldwerk.instrument, code="analyse").pk
            client = Client()
            client.force_login(ina, "django.contrib.auth.backends.ModelBackend")
            sessie = client.session.session_key
        yield server.start(), reverse("bewijsstuk_nieuw", args=[veldwerk.dossier.pk]), soort, sessie
        server.ruim_op()


def pdf(kenmerk: str) -> bytes:
    """A document that is like no other, and large."""
    kop = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%" + kenmerk.encode() + b"x" * GROOT + b"\n"
    tabel = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\n"
    return kop + tabel + b"startxref\n%d\n%%%%EOF\n" % len(kop)


class Brenger:
    """Brings one document after the other; the same once more until somebody says that it is there."""

    def __init__(self, server, adres, soort, sessie):
        self.server, self.adres, self.soort = server, adres, soort
        self.grens = uuid.uuid4().hex
        self.koppen = {
            "Content-Type": f"multipart/form-data; boundary={self.grens}",
            "Cookie": f"sessionid={sessie}; csrftoken={'a' * 32}",
            "X-CSRFToken": "a" * 32,
        }
        self.bevestigd: dict[str, str] = {}  # title → SHA-256
        self.afgebroken = 0
        self.onderweg = ""
        self.stop = False

    def breng(self) -> None:
        while not self.stop:
            self.onderweg = self.onderweg or uuid.uuid4().hex
            self.probeer()

    def probeer(self) -> None:
        inhoud = pdf(self.onderweg)
        verbinding = http.client.HTTPConnection("127.0.0.1", self.server.poort, timeout=20)
        try:
            verbinding.request("POST", self.adres, self.lading(inhoud), self.koppen)
            status = verbinding.getresponse().status
        except (OSError, http.client.HTTPException):
            self.afgebroken += 1
            time.sleep(0.05)
            return
        finally:
            verbinding.close()
        if status == 503:
            return
        assert status == 302
        self.bevestigd[self.onderweg] = hashlib.sha256(inhoud).hexdigest()
        self.onderweg = ""

    def lading(self, inhoud: bytes) -> bytes:
        velden = {"soort": self.soort, "titel": self.onderweg, "datum": "06-11-2007", "versie": "0"}
        kop = "".join(
            f'--{self.grens}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n{waarde}\r\n'
            for naam, waarde in velden.items()
        )
        kop += f'--{self.grens}\r\nContent-Disposition: form-data; name="bestand"; filename="a.pdf"\r\n\r\n'
        return kop.encode() + inhoud + f"\r\n--{self.grens}--\r\n".encode()


def test_kill_9_laat_geen_half_stuk_achter(wereld):
    server, adres, soort, sessie = wereld
    brengers = [Brenger(server, adres, soort, sessie) for _ in range(BRENGERS)]
    draden = [threading.Thread(target=brenger.breng, daemon=True) for brenger in brengers]
    for draad in draden:
        draad.start()

    def bevestigd() -> dict[str, str]:
        return {titel: som for brenger in brengers for titel, som in list(brenger.bevestigd.items())}

    for leven in range(1, LEVENS + 1):
        wacht_tot(lambda: len(bevestigd()) >= leven * ROEM)  # noqa: B023
        gezien = bevestigd()
        server.stop()  # -9, with three documents on their way
        assert_heel(server, gezien)
        server.start()
    for brenger in brengers:
        brenger.stop = True
    for draad in draden:
        draad.join(30)
        assert not draad.is_alive()
    for brenger in brengers:
        while brenger.onderweg:
            brenger.probeer()

    assert sum(brenger.afgebroken for brenger in brengers) >= LEVENS  # it did hit them on their way
    rijen = assert_heel(server, bevestigd())
    assert len(rijen) == len(bevestigd())  # each once, and nothing else
    with server.database(), override_settings(MEDIA_ROOT=str(server.documenten)):
        maak_oud(server)
        opslag.ruim_op(hoogstens=None)
        assert bestanden(server) == {bestand for _, bestand, _ in rijen}
        assert list(opslag.beschadigde()) == []


def assert_heel(server, bevestigd: dict[str, str]) -> list[tuple]:
    """Every document has its file, to the bit; and every one that was acknowledged is there."""
    rijen = server.sql("SELECT titel, bestand, sha256 FROM vragenlijst_bewijsstuk")
    for _, bestand, som in rijen:
        assert hashlib.sha256((server.documenten / bestand).read_bytes()).hexdigest() == som
    assert bevestigd.items() <= {titel: som for titel, _, som in rijen}.items()
    return rijen


def bestanden(server) -> set[str]:
    return {str(pad.relative_to(server.documenten)) for pad in server.documenten.rglob("*") if pad.is_file()}


def maak_oud(server) -> None:
    """An hour later: who would still have made a row has done so."""
    toen = time.time() - 2 * opslag.WEES_NA
    for naam in bestanden(server):
        os.utime(server.documenten / naam, (toen, toen))


def wacht_tot(zo) -> None:
    tot = time.monotonic() + 60
    while not zo():
        assert time.monotonic() < tot
        time.sleep(0.01)
