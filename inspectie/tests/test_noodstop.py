"""The server killed with -9 in the middle of a stream of saves loses no answer that was acknowledged, on either database."""

import http.client
import json
import threading
import time
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from conftest import maak_gebruiker
from inspectie.tests.eigen_server import EigenServer
from regio.rechten import Rol
from vragenlijst.models import Onderdeel, Vraag
from vragenlijst.tests.factories import maak_interview, maak_veldwerk, terug_naar_concept

pytestmark = pytest.mark.django_db(transaction=True)

SCHRIJVERS = 3
VRAGEN = 8  # per writer; they write them over and over
ROEM = 12  # acknowledgements in each life of the server before it is killed
LEVENS = 3


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        server = EigenServer(tmp_path_factory.mktemp("server"), "noodstop")
        with server.database():
            ina = maak_gebruiker("ina", Rol.INSPECTEUR, "Ina de Vries")
            cor = maak_gebruiker("cor", Rol.INSPECTEUR, "Cor Bakker")
            veldwerk = maak_veldwerk(ina, cor, maak_gebruiker("bas", Rol.BEHEERDER, "Bas Visser"))
            terug_naar_concept(veldwerk.instrument)
            onderdeel = Onderdeel.objects.get(instrument=veldwerk.instrument, code="3")
            for nr in range(SCHRIJVERS * VRAGEN):
                Vraag.objects.create(
                    onderdeel=onderdeel, code=f"N{nr}", tekst="?", soort=Vraag.Soort.OPEN, volgorde=100 + nr
                )
            adres = reverse("antwoord_bewaren", args=[maak_interview(veldwerk.dossier).pk])
            client = Client()
            client.force_login(ina, "django.contrib.auth.backends.ModelBackend")
            sessie = client.session.session_key
        yield server.start(), adres, sessie
        server.ruim_op()


class Schrijver:
    """Writes its questions over and over, as a page does: next version after an acknowledgement, same key until there is one."""

    def __init__(self, server, adres, sessie, vragen):
        self.server, self.adres, self.vragen = server, adres, vragen
        self.koppen = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Cookie": f"sessionid={sessie}; csrftoken={'a' * 32}",
            "X-CSRFToken": "a" * 32,
        }
        self.bevestigd: dict[str, tuple[str, str, int]] = {}  # key → question, text, version
        self.versie = dict.fromkeys(vragen, 0)
        self.onderweg = None
        self.nummer = 0
        self.stop = False

    def schrijf(self) -> None:
        while not self.stop:
            if self.onderweg is None:
                vraag = self.vragen[self.nummer % len(self.vragen)]
                self.nummer += 1
                self.onderweg = (str(uuid.uuid4()), vraag, f"tekst {self.nummer}", self.versie[vraag])
            self.probeer()

    def probeer(self) -> None:
        sleutel, vraag, tekst, versie = self.onderweg
        verbinding = http.client.HTTPConnection("127.0.0.1", self.server.poort, timeout=20)
        try:
            lading = {"sleutel": sleutel, "vraag": vraag, "versie": versie, "inhoud": {"tekst": tekst}}
            verbinding.request("POST", self.adres, json.dumps(lading), self.koppen)
            antwoord = verbinding.getresponse()
            uitkomst = json.loads(antwoord.read())
        except (OSError, http.client.HTTPException, ValueError):
            time.sleep(0.05)  # killed: the same once more, until somebody answers
            return
        finally:
            verbinding.close()
        if antwoord.status == 503:
            return
        assert antwoord.status == 200, uitkomst
        self.bevestigd[sleutel] = (vraag, tekst, uitkomst["versie"])
        self.versie[vraag] = uitkomst["versie"]
        self.onderweg = None


def test_kill_9_verliest_niets_dat_bevestigd_is(wereld):
    server, adres, sessie = wereld
    schrijvers = [
        Schrijver(server, adres, sessie, [f"N{nr}" for nr in range(eerste * VRAGEN, (eerste + 1) * VRAGEN)])
        for eerste in range(SCHRIJVERS)
    ]
    draden = [threading.Thread(target=schrijver.schrijf, daemon=True) for schrijver in schrijvers]
    for draad in draden:
        draad.start()

    def bevestigd():
        return {sleutel: wat for schrijver in schrijvers for sleutel, wat in list(schrijver.bevestigd.items())}

    for leven in range(1, LEVENS + 1):
        wacht_tot(lambda: len(bevestigd()) >= leven * ROEM)  # noqa: B023
        server.stop()  # -9, with three writers busy
        gezien = bevestigd()
        assert_staat_er(server, gezien)
        server.start()
    wacht_tot(lambda: len(bevestigd()) >= (LEVENS + 1) * ROEM)
    for schrijver in schrijvers:
        schrijver.stop = True
    for draad in draden:
        draad.join(30)
        assert not draad.is_alive()
    while any(schrijver.onderweg for schrijver in schrijvers):
        for schrijver in schrijvers:
            if schrijver.onderweg:
                schrijver.probeer()

    alles = bevestigd()
    assert_staat_er(server, alles)
    assert {sleutel for sleutel, *_ in opgeslagen(server)} == alles.keys()  # each once, and nothing else


def opgeslagen(server) -> list[tuple]:
    rijen = server.sql(
        """SELECT av.sleutel, v.code, av.inhoud, av.versie FROM vragenlijst_antwoordversie av
           JOIN vragenlijst_antwoord a ON a.id = av.antwoord_id JOIN vragenlijst_vraag v ON v.id = a.vraag_id"""
    )
    als_dict = lambda inhoud: json.loads(inhoud) if isinstance(inhoud, str) else inhoud  # noqa: E731
    return [(str(uuid.UUID(str(s))), code, als_dict(inhoud)["tekst"], versie) for s, code, inhoud, versie in rijen]


def assert_staat_er(server, bevestigd: dict) -> None:
    rijen = opgeslagen(server)
    assert len(rijen) == len({sleutel for sleutel, *_ in rijen})
    in_database = {sleutel: tuple(rest) for sleutel, *rest in rijen}
    assert {sleutel: in_database.get(sleutel) for sleutel in bevestigd} == bevestigd


def wacht_tot(zo) -> None:
    tot = time.monotonic() + 60
    while not zo():
        assert time.monotonic() < tot
        time.sleep(0.01)
