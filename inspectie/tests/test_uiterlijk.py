"""The look: templates compile, pages are strict HTML without inline style or script, axe finds nothing at two widths."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from html5lib import HTMLParser

from inspectie.tests.axe import bekijk, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.pagina, pytest.mark.urls("inspectie.tests.proef")]

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STIJL = Path(settings.BASE_DIR) / "static" / "inspectie" / "css"
FOUTPAGINAS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
EIGEN_PAGINAS = [*FOUTPAGINAS, "inspectie/bewaard.html", "inspectie/geblokkeerd.html"]


def namen(map_: Path, patroon: str) -> list[str]:
    return sorted(str(pad.relative_to(map_)) for pad in map_.rglob(patroon))


def is_net(antwoord) -> str:
    """Assert that the page is strict HTML in Dutch with one h1, and nothing inline that the security policy blocks."""
    html = antwoord.content.decode()
    HTMLParser(strict=True).parse(html)
    assert '<html lang="nl"' in html
    assert html.count("<h1") == 1
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", html)
    return html


# --- Templates and style sheets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", namen(TEMPLATES, "*.html"))
def test_template_is_te_lezen(naam):
    get_template(naam)


def test_opmaak_gebruikt_alleen_waarden_die_bestaan():
    """A misspelt token is silently nothing in CSS: each one of our own that is used must be defined."""
    css = "".join(blad.read_text(encoding="utf-8") for blad in STIJL.glob("*.css"))
    gebruikt = set(re.findall(r"var\((--huis-[a-z-]+)", css))
    bepaald = set(re.findall(r"^\s*(--huis-[a-z-]+):", css, re.MULTILINE))
    assert gebruikt == bepaald


def test_elke_waarde_voor_nlds_wordt_door_nlds_gelezen():
    """A design token that no component reads is a mistake in its name."""
    bladen = "".join(blad.read_text(encoding="utf-8") for blad in STIJL.glob("*.css"))
    nlds = (settings.NODE_MODULES / "@utrecht/component-library-css/dist/index.css").read_text(encoding="utf-8")
    bepaald = set(
        re.findall(r"^\s*(--utrecht-[a-z0-9-]+):", (STIJL / "tokens.css").read_text(encoding="utf-8"), re.MULTILINE)
    )
    gelezen = set(re.findall(r"var\(\s*(--utrecht-[a-z0-9-]+)", nlds + bladen))
    assert bepaald - gelezen == set()


def licht(kleur: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    kanalen = [int(kleur[plaats : plaats + 2], 16) / 255 for plaats in (1, 3, 5)]
    r, g, b = [k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanalen]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize(
    ("voor", "achter", "minstens"),
    [
        ("--huis-inkt", "--huis-grond", 7),
        ("--huis-inkt-zacht", "--huis-grond", 6.5),
        ("--huis-blauw", "--huis-blauw-waas", 7),
        ("--huis-blauw-diep", "--huis-blauw-licht", 7),
        ("--huis-groen", "--huis-groen-waas", 6.5),
        ("--huis-oker", "--huis-oker-waas", 7),
        ("--huis-rood", "--huis-rood-waas", 6),
        ("--huis-inkt", "--huis-geel", 7),
        ("--huis-rand", "--huis-grond", 3),  # the border of a control (WCAG 1.4.11)
    ],
)
def test_kleuren_zijn_goed_te_onderscheiden(voor, achter, minstens):
    waarden = dict(re.findall(r"(--huis-[a-z-]+): (#[0-9a-f]{6});", (STIJL / "tokens.css").read_text(encoding="utf-8")))
    hoog, laag = sorted((licht(waarden[voor]), licht(waarden[achter])), reverse=True)
    assert (hoog + 0.05) / (laag + 0.05) >= minstens


# --- Pages --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", EIGEN_PAGINAS)
@pytest.mark.parametrize("persona", [None, "inspecteur"])
def test_pagina_is_net(client, request, naam, persona):
    if persona:
        client.force_login(request.getfixturevalue(persona))
    is_net(client.get(f"/proef/pagina/{naam}"))


def test_inlogpagina_is_net(client):
    is_net(client.get("/inloggen/?next=/proef/"))
    is_net(client.post("/inloggen/", {"username": "", "password": ""}))


@pytest.mark.parametrize("naam", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_foutpagina_heeft_geen_verzoek_nodig(naam):
    html = render_to_string(naam, {"versie": "1.2.3", "huisstijl_css": "", "pad": "/", "getypt": []})
    assert "Versie 1.2.3" in html
    assert "Uitloggen" not in html


def test_basis_toont_wie_en_waar(client, inspecteur):
    client.force_login(inspecteur)
    html = is_net(client.get("/proef/"))
    assert "Ina de Vries" in html
    assert '<form class="kop__wie" method="post" action="/uitloggen/">' in html
    assert "<title>Proef – Monitor regionale samenwerking</title>" in html
    assert '<span aria-current="page">Proef</span>' in html
    assert f"Versie {settings.VERSIE}" in html
    assert "Demo" not in html


def test_titel_zegt_dat_er_een_fout_is(client, inspecteur):
    client.force_login(inspecteur)
    html = is_net(client.post("/proef/", {"naam": ""}))
    assert "<title>Fout: Proef – Monitor" in html


def test_demo_en_huisstijl(client, settings):
    settings.DEBUG = True
    settings.HUISSTIJL_CSS = "https://inspectie.example/huisstijl.css"
    html = is_net(client.get("/inloggen/"))
    assert "Demo: de gemeenten in de rondes zijn fictief." in html
    bladen = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    assert bladen[-1] == "https://inspectie.example/huisstijl.css"


def test_paginering_houdt_de_zoekvraag_vast():
    verzoek = RequestFactory().get("/gemeenten/?zoek=ede&pagina=2")
    pagina = Paginator(range(1, 46), 20).page(2)
    html = render_to_string("_paginering.html", {"pagina": pagina}, verzoek)
    assert 'href="?zoek=ede&amp;pagina=1"' in html
    assert 'href="?zoek=ede&amp;pagina=3"' in html
    assert "Pagina 2 van 3" in html
    assert "(21–40 van 45)" in html
    assert render_to_string("_paginering.html", {"pagina": Paginator([1], 20).page(1)}, verzoek).strip() == ""


# --- In a browser --------------------------------------------------------------------------------------------------------


@pytest.mark.browser
class TestInDeBrowser:
    """Live pages: accessible at 1280 and 390 px, and the small scripts do their work."""

    @pytest.fixture(autouse=True)
    def _server(self, live_server, page, client):
        self.url, self.page = live_server.url, page
        self.log_in = lambda gebruiker: log_in(page, live_server, gebruiker, client)

    def open_proef(self, gebruiker):
        self.log_in(gebruiker)
        self.page.goto(f"{self.url}/proef/")

    def test_voordeur(self, transactional_db):
        bekijk(self.page, f"{self.url}/inloggen/")
        for naam in EIGEN_PAGINAS:
            bekijk(self.page, f"{self.url}/proef/pagina/{naam}")

    def test_pagina_met_alles_erop(self, transactional_db, inspecteur):
        self.log_in(inspecteur)
        bekijk(self.page, f"{self.url}/proef/")

    def test_fouten_krijgen_de_aandacht_en_wijzen_de_weg(self, transactional_db, inspecteur):
        from inspectie.tests.axe import axe, past

        self.open_proef(inspecteur)
        self.page.get_by_label("Naam").fill("Jansen")
        self.page.get_by_role("button", name="Opslaan").click()
        samenvatting = self.page.get_by_role("alert")
        assert samenvatting.evaluate("el => el === document.activeElement")
        axe(self.page)
        self.page.set_viewport_size({"width": 390, "height": 800})
        past(self.page)
        self.page.get_by_role("link", name="Is er samenwerking?: Maak een keuze.").click()
        assert self.page.evaluate("document.activeElement.id") == "id_keuze_0"
        assert self.page.get_by_label("Naam").input_value() == "Jansen"

    def test_een_klik_is_een_verzending(self, transactional_db, inspecteur):
        self.open_proef(inspecteur)
        verzoeken = []
        self.page.route("**/proef/", lambda route: verzoeken.append(route.request.method))  # never answered
        self.page.get_by_role("button", name="Opslaan").dblclick(no_wait_after=True)
        self.page.wait_for_timeout(300)
        assert verzoeken == ["POST"]

    def test_getypte_tekst_wordt_bewaakt(self, transactional_db, inspecteur):
        self.open_proef(inspecteur)
        vragen = []
        self.page.on("dialog", lambda vraag: (vragen.append(vraag.type), vraag.accept()))
        self.page.goto(f"{self.url}/proef/weg/")
        assert vragen == []
        self.page.goto(f"{self.url}/proef/")
        self.page.get_by_label("Naam").press_sequentially("J")
        self.page.goto(f"{self.url}/proef/weg/")
        assert vragen == ["beforeunload"]

    def test_tabel_wordt_op_een_telefoon_een_kaart_en_blijft_een_tabel(self, transactional_db, inspecteur):
        self.page.set_viewport_size({"width": 390, "height": 800})
        self.open_proef(inspecteur)
        rij = self.page.get_by_role("row", name="UWV")
        assert rij.get_by_role("rowheader", name="UWV").is_visible()
        assert rij.get_by_role("cell").count() == 2
        cel = rij.get_by_role("cell").last
        assert cel.get_attribute("data-label") == "Beantwoord"
        # Style sheets may arrive a moment after the script.
        self.page.wait_for_function(
            "getComputedStyle(document.querySelector('td[data-label]')).display === 'flow-root'"
        )

    def test_alles_met_het_toetsenbord(self, transactional_db, inspecteur):
        self.open_proef(inspecteur)
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "inhoud"

    def test_verlopen_sessie_van_begin_tot_eind(self, transactional_db, inspecteur):
        from conftest import WACHTWOORD
        from inspectie.tests import proef

        proef.ontvangen.clear()
        self.open_proef(inspecteur)
        self.page.get_by_label("Naam").fill("Jansen")
        self.page.get_by_label("Toelichting").fill("Regel een\nRegel twee")
        self.page.get_by_label("Nee").check()
        self.page.context.clear_cookies(name="sessionid")
        self.page.get_by_role("button", name="Opslaan").click()
        self.page.get_by_label("Gebruikersnaam").fill("inspecteur")
        self.page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        self.page.get_by_role("button", name="Inloggen").click()
        self.page.get_by_role("button", name="Alsnog versturen").click()
        self.page.get_by_text("opgeslagen", exact=True).wait_for()
        invoer = proef.ontvangen[0]
        assert (invoer["naam"], invoer["toelichting"], invoer["keuze"]) == ("Jansen", "Regel een\nRegel twee", "nee")
