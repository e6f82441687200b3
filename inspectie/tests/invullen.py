"""Filling in an interview in a real browser, against a real server: the people, the place, and what stands in the database.

The server is a process of its own (`eigen_server.py`), so that it can be restarted; each test has an interview of its own. The
fixture `plek` (in `conftest.py` beside this) gives somebody at a browser.
"""

import json
import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from conftest import WACHTWOORD, maak_gebruiker
from inspectie.tests.eigen_server import EigenServer
from regio.models import Gebruiker
from regio.rechten import Rol
from vragenlijst.models import Dossier, Onderdeel, Vraag
from vragenlijst.tests.factories import maak_gemeente, maak_interview, maak_veldwerk, terug_naar_concept

VEEL = 50
INTERVIEWS = 30
GEDULD = 15_000  # milliseconds
OPGESLAGEN = re.compile(r"^Opgeslagen om \d\d:\d\d$")


@dataclass
class Wereld:
    server: EigenServer
    interviews: Iterator[int]
    sessies: dict[str, str]  # by name: what a session of theirs holds
    ina: int


def maak_wereld(map_) -> Wereld:
    """One server: two inspectors of one dossier, fifty open questions in an onderdeel of their own, and some more in the third."""
    server = EigenServer(map_, "invullen")
    with server.database():
        ina = maak_gebruiker("ina", Rol.INSPECTEUR, "Ina de Vries")
        cor = maak_gebruiker("cor", Rol.INSPECTEUR, "Cor Bakker")
        beheerder = maak_gebruiker("beheerder", Rol.BEHEERDER, "Bas Visser")
        veldwerk = maak_veldwerk(ina, maak_gebruiker("toetser", Rol.INSPECTEUR, "Tom Smit"), beheerder)
        maak_gemeente("9902", "Overzjië")
        Dossier.objects.filter(pk=veldwerk.dossier.pk).update(tweede_inspecteur=cor)
        terug_naar_concept(veldwerk.instrument)
        lang = Onderdeel.objects.create(
            instrument=veldwerk.instrument, code="0", titel="Veel", titel_aandachtspunten="Veel", volgorde=0
        )
        derde = Onderdeel.objects.get(instrument=veldwerk.instrument, code="3")
        Vraag.objects.bulk_create(
            Vraag(onderdeel=o, code=f"V{o.code}.{nr}", tekst=f"Vraag {nr}?", soort=Vraag.Soort.OPEN, volgorde=100 + nr)
            for o, nummers in ((lang, range(1, VEEL + 1)), (derde, range(2, 10)))
            for nr in nummers
        )
        interviews = [maak_interview(veldwerk.dossier).pk for _ in range(INTERVIEWS)]
        sessies = {mens.username: _sessie(mens) for mens in (ina, cor)}
    return Wereld(server.start(), iter(interviews), sessies, ina.pk)


def _sessie(mens: Gebruiker) -> str:
    inhoud = {
        SESSION_KEY: str(mens.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: mens.get_session_auth_hash(),
    }
    return SessionStore().encode(inhoud)


class Plek:
    """One person at one browser, in one interview."""

    def __init__(self, context, wereld: "Wereld", interview: int):
        self.context, self.wereld, self.server, self.interview = context, wereld, wereld.server, interview
        context.set_default_timeout(GEDULD)
        self.page = context.new_page()
        self.fouten = []
        self.page.on("pageerror", lambda fout: self.fouten.append(str(fout)))

    def log_in(self, naam: str) -> "Plek":
        """With a session that is put in the server's database; who logs in by the page itself does `vul_inlog_in`."""
        sleutel = uuid.uuid4().hex
        self.server.sql(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (?, ?, ?)",
            sleutel,
            self.wereld.sessies[naam],
            "2100-01-01 00:00:00",
        )
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sleutel, "url": self.server.url}])
        return self

    def vul_inlog_in(self, naam: str) -> "Plek":
        self.page.get_by_label("Gebruikersnaam").fill(naam)
        self.page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        self.page.get_by_role("button", name="Inloggen").click()
        self.page.get_by_role("button", name="Uitloggen").wait_for()
        return self

    def adres(self, onderdeel: str) -> str:
        return f"{self.server.url}/interviews/{self.interview}/onderdeel/{onderdeel}/"

    def tabblad(self) -> "Plek":
        """Another tab of the same browser, with nothing opened yet."""
        ander = Plek(self.context, self.wereld, self.interview)
        ander.fouten = self.fouten
        return ander

    def open(self, onderdeel: str = "3") -> "Plek":
        self.page.goto(self.adres(onderdeel))
        return self.is_klaar()

    def is_klaar(self) -> "Plek":
        self.page.locator("[data-bewaarstand]:visible").wait_for()
        return self

    def kan_zonder_verbinding(self) -> "Plek":
        """Wait until the service worker has this page with everything it was made of."""
        uid = self.page.locator("form[data-bewaren]").get_attribute("data-gebruiker")
        ontbreekt = """async (uid) => {
            if (document.readyState !== 'complete') return ['de pagina is nog niet geladen'];
            if (!navigator.serviceWorker.controller) return ['de service worker'];
            const adressen = performance.getEntriesByType('resource').map(({name}) => name).filter(
                (naam) => new URL(naam).pathname.startsWith('/static/'));
            const weg = [];
            for (const adres of adressen) if (!await caches.match(adres)) weg.push(adres);
            if (!await caches.match(location.pathname, {cacheName: `invullen-${uid}`})) weg.push(location.pathname);
            return weg;
        }"""
        self._wacht_tot(lambda: not self.page.evaluate(ontbreekt, uid), lambda: self.page.evaluate(ontbreekt, uid))
        return self

    def _wacht_tot(self, zo, waarom_niet=lambda: None) -> None:
        tot = time.monotonic() + GEDULD / 1000
        while not zo():
            assert time.monotonic() < tot, waarom_niet()
            self.page.wait_for_timeout(50)

    def typ(self, code: str, tekst: str) -> None:
        self.veld(code).fill(tekst)

    def veld(self, code: str):
        return self.page.locator(f"#id_{code.replace('.', '_')}")

    def kies(self, code: str, keuze: str) -> None:
        self.page.locator(f"input[name='{code.replace('.', '_')}'][value='{keuze}']").check()

    def vraag(self, code: str):
        return self.page.locator(f"[id='{code}']")

    def zegt(self, tekst) -> "Plek":
        expect(self.page.locator("[data-bewaarstand]")).to_have_text(tekst, timeout=GEDULD)
        return self

    def wachtrij(self) -> int:
        """How many answers wait on this device, for whomever."""
        return self.page.evaluate(
            """async () => {
                let aantal = 0;
                for (const {name} of await indexedDB.databases()) {
                    if (!name.startsWith('antwoorden-')) continue;
                    const db = await new Promise((klaar) => {
                        const vraag = indexedDB.open(name); vraag.onsuccess = () => klaar(vraag.result); });
                    if (db.objectStoreNames.contains('rij')) aantal += await new Promise((klaar) => {
                        const vraag = db.transaction('rij').objectStore('rij').count();
                        vraag.onsuccess = () => klaar(vraag.result); });
                    db.close();
                }
                return aantal;
            }"""
        )

    def wacht_tot_op_het_apparaat_staan(self, aantal: int) -> None:
        self._wacht_tot(lambda: self.wachtrij() == aantal)

    def versies(self) -> list[tuple[str, int, str]]:
        """(code, version, content) of everything that was ever stored in this interview, as the database has it."""
        rijen = self.server.sql(
            """SELECT v.code, av.versie, av.inhoud FROM vragenlijst_antwoordversie av
               JOIN vragenlijst_antwoord a ON a.id = av.antwoord_id JOIN vragenlijst_vraag v ON v.id = a.vraag_id
               WHERE a.interview_id = ? ORDER BY av.id""",
            self.interview,
        )
        return [(code, versie, _tekst(inhoud)) for code, versie, inhoud in rijen]


def _tekst(inhoud) -> str:
    velden = json.loads(inhoud) if isinstance(inhoud, str) else inhoud
    return velden.get("tekst") or velden.get("keuze") or velden.get("gemeente") or str(velden.get("rijen", ""))
