"""Filling in an interview in a real browser, against a real server: what was typed arrives, once, whatever happens on the way.

The server is a process of its own (`eigen_server.py`), so that it can be restarted; each test has an interview of its own.
"""

import re
import time
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from conftest import WACHTWOORD, maak_gebruiker
from inspectie.tests.axe import axe, past
from inspectie.tests.eigen_server import EigenServer
from regio.rechten import Rol
from vragenlijst.models import Dossier, Onderdeel, Vraag
from vragenlijst.tests.factories import maak_gemeente, maak_interview, maak_veldwerk

# The mark on the database makes pytest-django set one up; the tests themselves look at that of the server.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VEEL = 50
INTERVIEWS = 30
GEDULD = 15_000  # milliseconds


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker, tmp_path_factory):
    """One server for all tests here: two inspectors of one dossier, and fifty open questions in its third onderdeel."""
    with django_db_blocker.unblock():
        server = EigenServer(tmp_path_factory.mktemp("server"), "invullen")
        with server.database():
            ina = maak_gebruiker("ina", Rol.INSPECTEUR, "Ina de Vries")
            cor = maak_gebruiker("cor", Rol.INSPECTEUR, "Cor Bakker")
            beheerder = maak_gebruiker("beheerder", Rol.BEHEERDER, "Bas Visser")
            veldwerk = maak_veldwerk(ina, maak_gebruiker("toetser", Rol.INSPECTEUR, "Tom Smit"), beheerder)
            maak_gemeente("9902", "Overzjië")
            Dossier.objects.filter(pk=veldwerk.dossier.pk).update(tweede_inspecteur=cor)
            onderdeel = Onderdeel.objects.get(instrument=veldwerk.instrument, code="3")
            for nr in range(2, VEEL + 1):
                Vraag.objects.create(
                    onderdeel=onderdeel,
                    code=f"V3.{nr}",
                    tekst=f"Vraag {nr}?",
                    soort=Vraag.Soort.OPEN,
                    volgorde=100 + nr,
                )
            interviews = [maak_interview(veldwerk.dossier).pk for _ in range(INTERVIEWS)]
        yield SimpleNamespace(server=server.start(), interviews=iter(interviews), ina=ina.pk)
        server.ruim_op()


@pytest.fixture
def server(wereld):
    return wereld.server


@pytest.fixture
def interview(wereld):
    return next(wereld.interviews)


class Plek:
    """One person at one browser, in one interview."""

    def __init__(self, context, server, interview: int):
        self.context, self.server, self.interview = context, server, interview
        context.set_default_timeout(GEDULD)
        self.page = context.new_page()
        self.fouten = []
        self.page.on("pageerror", lambda fout: self.fouten.append(str(fout)))

    def log_in(self, naam: str) -> "Plek":
        self.page.goto(f"{self.server.url}/inloggen/")
        return self.vul_inlog_in(naam)

    def vul_inlog_in(self, naam: str) -> "Plek":
        self.page.get_by_label("Gebruikersnaam").fill(naam)
        self.page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        self.page.get_by_role("button", name="Inloggen").click()
        self.page.get_by_role("button", name="Uitloggen").wait_for()
        return self

    def adres(self, onderdeel: str) -> str:
        return f"{self.server.url}/interviews/{self.interview}/onderdeel/{onderdeel}/"

    def open(self, onderdeel: str = "3") -> "Plek":
        self.page.goto(self.adres(onderdeel))
        return self.is_klaar()

    def is_klaar(self) -> "Plek":
        self.page.locator("[data-bewaarstand]:visible").wait_for()
        return self

    def kan_zonder_verbinding(self) -> "Plek":
        """Wait until the service worker has this page with everything it was made of."""
        uid = self.page.locator("form[data-bewaren]").get_attribute("data-gebruiker")
        self._wacht_tot(
            lambda: self.page.evaluate(
                """async (uid) => {
                    if (!navigator.serviceWorker.controller) return false;
                    const pagina = caches.match(location.pathname, {cacheName: `invullen-${uid}`});
                    const nodig = performance.getEntriesByType('resource').map(({name}) => name).filter(
                        (naam) => new URL(naam).pathname.startsWith('/static/'));
                    const er = await Promise.all([pagina, ...nodig.map((naam) => caches.match(naam))]);
                    return document.readyState === 'complete' && er.every(Boolean);
                }""",
                uid,
            )
        )
        return self

    def _wacht_tot(self, zo) -> None:
        tot = time.monotonic() + GEDULD / 1000
        while not zo():
            assert time.monotonic() < tot
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
    import json

    velden = json.loads(inhoud) if isinstance(inhoud, str) else inhoud
    return velden.get("tekst") or velden.get("keuze") or velden.get("gemeente") or str(velden.get("rijen", ""))


@pytest.fixture
def plek(new_context, server, interview):
    """`plek("ina")`: somebody at a browser of their own; all in the same interview."""
    gemaakt = []

    def maak(naam: str = "", **opties) -> Plek:
        gemaakt.append(Plek(new_context(**opties), server, interview))
        return gemaakt[-1].log_in(naam) if naam else gemaakt[-1]

    yield maak
    assert [fout for een in gemaakt for fout in een.fouten] == []


OPGESLAGEN = re.compile(r"^Opgeslagen om \d\d:\d\d$")


# --- All is well ----------------------------------------------------------------------------------------------------


def test_wat_u_typt_staat_er_vanzelf(plek):
    ina = plek("ina").open("1")
    ina.zegt("Wat u invult, wordt meteen bewaard")
    ina.kies("V1.3", "ja")
    ina.zegt(OPGESLAGEN)
    expect(ina.page.locator(".zijnavigatie a[aria-current] .zijnavigatie__stand")).to_have_text("1 van 3")
    expect(ina.vraag("V1.3").locator("[data-vraagstand]")).to_have_text(re.compile("opgeslagen om"))
    ina.veld("V1.5").fill("overzj")  # half a name: nothing is said of it while somebody types
    ina.veld("V1.5").fill("overzjie")
    ina.veld("V1.5").press("Tab")
    expect(ina.page.locator(".zijnavigatie a[aria-current] .zijnavigatie__stand")).to_have_text("2 van 3")
    assert ina.versies() == [("V1.3", 1, "ja"), ("V1.5", 1, "9902")]
    ina.page.reload()
    expect(ina.is_klaar().veld("V1.5")).to_have_value("Overzjië (9902)")


def test_een_aanslag_staat_binnen_een_derde_seconde_na_de_rust_in_de_database(plek):
    ina = plek("ina").open()
    ina.typ("V3.1", "warm")
    ina.zegt(OPGESLAGEN)
    duren = [
        ina.page.evaluate(
            """async (nr) => {
                const veld = document.querySelector(`#id_V3_${nr}`);
                const merk = document.querySelector(`[id="V3.${nr}"] [data-vraagstand]`);
                veld.focus(); veld.value = 'gemeten'; veld.dispatchEvent(new Event('input', {bubbles: true}));
                const begin = performance.now();
                while (!merk.textContent.startsWith('opgeslagen')) await new Promise((klaar) => setTimeout(klaar, 5));
                return performance.now() - begin;
            }""",
            nr,
        )
        for nr in (2, 3, 4)
    ]
    assert ina.versies()[1:] == [(f"V3.{nr}", 1, "gemeten") for nr in (2, 3, 4)]
    # Seven tenths of a second without typing come first. The best of three: other tests use this machine too.
    assert min(duren) - 700 < 300


def test_rijen_erbij_met_een_knop(plek):
    ina = plek("ina").open("2")
    for nr in (1, 2, 3):
        if nr == 3:
            ina.page.get_by_role("button", name="Regel toevoegen").click()
        ina.page.get_by_label(f"Partij {nr}", exact=True).fill(f"partij {nr}")
        ina.page.get_by_label(f"Afspraak met partij {nr}").fill(f"afspraak {nr}")
    ina.page.get_by_role("button", name="Opslaan", exact=True).click()
    ina.zegt(OPGESLAGEN)
    assert ina.versies()[-1][2] == str([[f"partij {nr}", f"afspraak {nr}"] for nr in (1, 2, 3)])
    ina.page.reload()
    expect(ina.page.get_by_label("Partij 3", exact=True)).to_have_value("partij 3")


def test_de_knop_bewaart_alles_zonder_botsing_met_wat_vanzelf_ging(plek):
    ina = plek("ina").open()
    ina.typ("V3.1", "eerst")
    ina.zegt(OPGESLAGEN)
    ina.typ("V3.1", "daarna")
    ina.typ("V3.2", "ook")
    with ina.page.expect_navigation():
        ina.page.get_by_role("button", name="Opslaan en naar het overzicht").click()
    assert ina.page.url.endswith(f"/interviews/{ina.interview}/")
    assert ina.versies() == [("V3.1", 1, "eerst"), ("V3.1", 2, "daarna"), ("V3.2", 1, "ook")]


def test_met_alleen_het_toetsenbord(plek):
    ina = plek("ina").open("1")
    toets = ina.page.keyboard.press
    toets("Alt+ArrowDown")
    expect(ina.page.locator("input[name=V1_3]:checked")).to_be_focused()
    toets("ArrowRight")  # from "nog niet beantwoord" round to "ja": opens V1.4 and V1.5
    toets("Alt+ArrowDown")
    expect(ina.page.locator("input[name=V1_4]:checked")).to_be_focused()
    toets("Alt+ArrowDown")
    expect(ina.veld("V1.5")).to_be_focused()
    ina.page.keyboard.type("proefdam")
    toets("Alt+ArrowUp")
    expect(ina.page.locator("input[name=V1_4]:checked")).to_be_focused()
    toets("Control+s")
    expect(ina.page.locator("[data-melding]")).to_have_text(OPGESLAGEN)
    with ina.page.expect_navigation():
        toets("Alt+PageDown")
    assert ina.page.url == ina.adres("2")
    assert {(code, tekst) for code, _, tekst in ina.versies()} == {("V1.3", "ja"), ("V1.5", "9901")}


def test_zonder_javascript_is_het_een_gewoon_formulier(plek):
    ina = plek("ina", java_script_enabled=False)
    ina.page.goto(ina.adres("3"))
    expect(ina.page.locator("[data-bewaarstand]")).to_be_hidden()
    ina.typ("V3.1", "met de knop")
    ina.page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(ina.page.get_by_text(re.compile(r"Opgeslagen om \d\d:\d\d\."))).to_be_visible()
    assert ina.versies() == [("V3.1", 1, "met de knop")]


# --- Nothing is lost --------------------------------------------------------------------------------------------------


def test_vijftig_antwoorden_door_weer_en_wind(plek):
    """Network cut, page reloaded, tab closed, server restarted, session expired: all arrive, once each."""
    ina = plek("ina").open().kan_zonder_verbinding()
    ina.context.set_offline(True)
    for nr in range(1, 31):
        ina.typ(f"V3.{nr}", f"antwoord {nr}")
    ina.zegt("Nog niet verzonden: 30 antwoorden, geen verbinding")
    ina.page.reload()
    ina.is_klaar().zegt("Nog niet verzonden: 30 antwoorden, geen verbinding")
    expect(ina.veld("V3.30")).to_have_value("antwoord 30")
    ina.page.close()  # without a warning: all is on the device
    ina.server.herstart()
    ina.server.sql("DELETE FROM django_session")
    ina.page = ina.context.new_page()
    ina.open()
    for nr in range(31, VEEL + 1):
        ina.typ(f"V3.{nr}", f"antwoord {nr}")
    ina.zegt("Nog niet verzonden: 50 antwoorden, geen verbinding")
    ina.wacht_tot_op_het_apparaat_staan(VEEL)
    assert ina.versies() == []

    ina.context.set_offline(False)
    ina.zegt("Uw sessie is verlopen: log opnieuw in; er wachten 50 antwoorden")
    ina.page.get_by_role("link", name="log opnieuw in").click()
    ina.vul_inlog_in("ina")

    assert ina.page.url == ina.adres("3")
    ina.is_klaar().zegt(OPGESLAGEN)
    assert ina.wachtrij() == 0
    assert ina.versies() == [(f"V3.{nr}", 1, f"antwoord {nr}") for nr in range(1, VEEL + 1)]


def test_een_bevestiging_die_onderweg_verdween(plek):
    """The server stored it and the device never heard so: it is sent again under the same key, and stored once."""
    ina = plek("ina").open()
    gezonden = []

    def verlies_de_eerste(route):
        gezonden.append(route.request.post_data_json["sleutel"])
        if len(gezonden) == 1:
            assert route.fetch().status == 200
            return route.abort()
        return route.continue_()

    ina.page.route("**/antwoorden/", verlies_de_eerste)
    ina.typ("V3.1", "een keer")
    ina.zegt(re.compile("Nog niet verzonden: 1 antwoord"))
    ina.typ("V3.1", "een keer, en daarna meer")
    ina.zegt(OPGESLAGEN)
    assert len(gezonden) == 3
    assert gezonden[0] == gezonden[1] != gezonden[2]
    assert ina.versies() == [("V3.1", 1, "een keer"), ("V3.1", 2, "een keer, en daarna meer")]


def test_twee_tabbladen_zenden_elk_antwoord_een_keer(plek):
    ina = plek("ina").open().kan_zonder_verbinding()
    tweede = ina.context.new_page()
    tweede.goto(ina.adres("3"))
    tweede.locator("[data-bewaarstand]:visible").wait_for()
    gezonden = []
    ina.context.on(
        "request", lambda vraag: vraag.url.endswith("/antwoorden/") and gezonden.append(vraag.post_data_json)
    )
    ina.context.set_offline(True)
    for nr in range(1, 6):
        ina.typ(f"V3.{nr}", f"tab een {nr}")
        tweede.locator(f"#id_V3_{nr + 10}").fill(f"tab twee {nr}")
    ina.wacht_tot_op_het_apparaat_staan(10)
    ina.context.set_offline(False)
    ina.zegt(OPGESLAGEN)
    expect(tweede.locator("#id_V3_1")).to_have_value("tab een 1")  # the other tab keeps up
    assert len({bericht["sleutel"] for bericht in gezonden}) == len(gezonden) == 10
    assert len(ina.versies()) == 10
    tweede.locator("#id_V3_1").fill("verder in het andere tabblad")
    expect(ina.veld("V3.1")).to_have_value("verder in het andere tabblad")
    assert ina.versies()[-1] == ("V3.1", 2, "verder in het andere tabblad")


def test_twee_mensen_aan_een_antwoord(plek):
    """Neither text is lost: both are shown, and stay until somebody chooses."""
    ina, cor = plek("ina").open(), plek("cor").open()
    ina.typ("V3.1", "Tekst van Ina.")
    ina.zegt(OPGESLAGEN)
    cor.typ("V3.1", "Tekst van Cor.")
    cor.zegt("Conflict bij V3.1")
    paneel = cor.vraag("V3.1").locator("[data-paneel]")
    expect(paneel).to_contain_text("door Ina de Vries")
    expect(paneel).to_contain_text("Tekst van Ina.")
    assert cor.versies() == [("V3.1", 1, "Tekst van Ina.")]
    cor.page.reload()
    cor.is_klaar().zegt("Conflict bij V3.1")
    expect(cor.veld("V3.1")).to_have_value("Tekst van Cor.")
    cor.typ("V3.1", "Tekst van Cor, aangevuld.")
    expect(paneel).to_contain_text("Tekst van Cor, aangevuld.")

    cor.page.get_by_role("button", name="Mijn antwoord laten gelden").click()
    cor.zegt(OPGESLAGEN)
    assert cor.versies() == [("V3.1", 1, "Tekst van Ina."), ("V3.1", 2, "Tekst van Cor, aangevuld.")]
    expect(paneel).to_have_count(0)

    ina.typ("V3.1", "Ina weer.")
    ina.zegt("Conflict bij V3.1")
    ina.page.get_by_role("button", name="Het opgeslagen antwoord houden").click()
    expect(ina.veld("V3.1")).to_have_value("Tekst van Cor, aangevuld.")
    assert ina.wachtrij() == 0
    assert len(ina.versies()) == 2
    ina.typ("V3.1", "Tekst van Cor, aangevuld door Ina.")
    ina.zegt(OPGESLAGEN)
    assert ina.versies()[-1] == ("V3.1", 3, "Tekst van Cor, aangevuld door Ina.")


def test_wat_geweigerd_wordt_blijft_staan_met_de_reden(plek):
    ina = plek("ina").open("1")
    ina.kies("V1.3", "ja")
    ina.typ("V1.5", "Nergenshuizen")
    ina.veld("V1.5").press("Tab")
    ina.zegt("Niet opgeslagen: V1.5")
    expect(ina.vraag("V1.5").locator("[data-paneel]")).to_contain_text("Er is geen gemeente 'Nergenshuizen'.")
    ina.page.reload()
    expect(ina.is_klaar().veld("V1.5")).to_have_value("Nergenshuizen")
    ina.typ("V1.5", "Proefdam (9901)")
    ina.zegt(OPGESLAGEN)
    assert ina.versies()[-1] == ("V1.5", 1, "9901")


def test_een_server_die_even_weg_is(plek):
    ina = plek("ina").open()
    ina.server.stop()
    ina.typ("V3.1", "tijdens de storing")
    ina.zegt("Nog niet verzonden: 1 antwoord, geen verbinding")
    ina.server.start()
    ina.zegt(OPGESLAGEN)
    assert ina.versies() == [("V3.1", 1, "tijdens de storing")]


# --- Of one person, and of nobody else ------------------------------------------------------------------------------


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


def test_een_ander_ziet_en_verzendt_niets(plek, wereld):
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
    ina.log_in("ina")  # the first page after logging in sends what waits
    ina.wacht_tot_op_het_apparaat_staan(0)
    assert ina.versies() == [("V3.1", 1, "van Ina")]
    expect(ina.open().veld("V3.1")).to_have_value("van Ina")
    wie = ina.server.sql("SELECT gewijzigd_door_id FROM vragenlijst_antwoord WHERE interview_id = ?", ina.interview)
    assert wie == [(wereld.ina,)]


def test_een_open_pagina_verzendt_niets_op_naam_van_een_ander(plek):
    ina = plek("ina").open()
    elders = ina.context.new_page()
    ina.server.sql("DELETE FROM django_session")
    ander = Plek.__new__(Plek)
    ander.__dict__ = {**ina.__dict__, "page": elders}
    ander.log_in("cor")
    ina.typ("V3.1", "van Ina")
    ina.zegt("Op dit apparaat is nu iemand anders ingelogd; er wacht 1 antwoord op u")
    assert ina.versies() == []


# --- To look at -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("breedte", [1280, 390])
def test_elke_stand_is_toegankelijk_en_past(plek, breedte):
    maat = {"viewport": {"width": breedte, "height": 900}}
    ina, cor = plek("ina", **maat).open("1"), plek("cor", **maat).open("1")

    def bekijk(wie):
        axe(wie.page)
        past(wie.page)

    ina.kies("V1.3", "ja")
    ina.zegt(OPGESLAGEN)
    bekijk(ina)
    cor.kies("V1.3", "nee")
    cor.zegt("Conflict bij V1.3")
    bekijk(cor)
    ina.typ("V1.5", "Nergens")
    ina.veld("V1.5").press("Tab")
    ina.zegt("Niet opgeslagen: V1.5")
    bekijk(ina)
    ina.typ("V1.5", "")
    ina.context.set_offline(True)
    ina.kies("V1.4", "ja")
    ina.zegt(re.compile("^Nog niet verzonden: . antwoord"))
    bekijk(ina)
