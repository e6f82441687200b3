"""Logging in in two steps. The codes are worked out here from RFC 6238 itself, not with the library that the application uses."""

import base64
import hashlib
import hmac
import re
import struct
import time
from html import unescape

import pytest
from django.db import connection
from django.urls import reverse

from conftest import WACHTWOORD
from regio import tweede_stap
from regio.models import Gebeurtenis, Herstelcode, TweedeStap

# The secret of RFC 6238 appendix B, "12345678901234567890", in base32.
SLEUTEL = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code(sleutel: str, seconden: float | None = None) -> str:
    """RFC 6238: HMAC-SHA1 of the number of half minutes, dynamically truncated (RFC 4226, 5.3) to six digits."""
    teller = int(time.time() if seconden is None else seconden) // 30
    som = hmac.new(base64.b32decode(sleutel), struct.pack(">Q", teller), hashlib.sha1).digest()
    plaats = som[-1] & 0x0F
    return f"{(struct.unpack('>I', som[plaats : plaats + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


# Appendix B gives eight digits; the last six of them are ours.
@pytest.mark.parametrize(
    ("seconden", "verwacht"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_de_voorbeelden_van_de_rfc(seconden, verwacht):
    assert code(SLEUTEL, seconden) == verwacht
    assert tweede_stap.passende_stap(SLEUTEL, verwacht, na=-1, nu=seconden) == seconden // 30


@pytest.mark.parametrize(("afwijking", "goed"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_een_klok_mag_een_stap_verschillen(afwijking, goed):
    gevonden = tweede_stap.passende_stap(SLEUTEL, code(SLEUTEL, 1_000_000 * 30 + afwijking), na=-1, nu=1_000_000 * 30)
    assert (gevonden is not None) == goed


def test_een_code_met_een_letter_die_geen_ascii_is(beheerder):
    assert tweede_stap.zet_aan(beheerder, SLEUTEL, "é12345") is None


@pytest.fixture
def met_stap(beheerder):
    """The beheerder with the second step on; the recovery codes, to use."""
    codes = tweede_stap.zet_aan(beheerder, SLEUTEL, code(SLEUTEL, time.time() - 30))
    assert len(codes) == 10
    return codes


def wachtwoord(client, naam="beheerder", volgende=""):
    return client.post(reverse("inloggen"), {"username": naam, "password": WACHTWOORD, "next": volgende})


def verborgen(antwoord, naam: str) -> str:
    return unescape(re.search(rf'name="{naam}" value="([^"]*)"', antwoord.content.decode())[1])


def stuur_code(client, antwoord, ingevuld: str):
    velden = {naam: verborgen(antwoord, naam) for naam in ("eerste", "next", "bewaard")}
    return client.post(reverse("tweede_stap"), velden | {"code": ingevuld})


def is_binnen(client) -> bool:
    return "_auth_user_id" in client.session


def test_zonder_tweede_stap_blijft_het_een_stap(client, inspecteur):
    assert wachtwoord(client, "inspecteur").status_code == 302
    assert is_binnen(client)


def test_pas_na_de_code_is_er_een_sessie(client, met_stap):
    eerste = wachtwoord(client, volgende="/gebruikers/")
    assert eerste.status_code == 200
    assert "sessionid" not in client.cookies
    assert client.get("/gebruikers/").status_code == 302
    tweede = stuur_code(client, eerste, code(SLEUTEL))
    assert (tweede.status_code, tweede.headers["Location"]) == (302, "/gebruikers/")
    assert is_binnen(client)


def test_een_code_werkt_een_keer(client, met_stap, beheerder):
    nu = code(SLEUTEL)
    assert tweede_stap.klopt(beheerder, nu)
    antwoord = stuur_code(client, wachtwoord(client), nu)
    assert antwoord.status_code == 422
    assert "elke code werkt één keer" in antwoord.content.decode()
    assert not is_binnen(client)


def test_een_herstelcode_werkt_een_keer_en_staat_nergens_leesbaar(client, met_stap):
    assert not set(Herstelcode.objects.values_list("code", flat=True)) & {c.replace("-", "") for c in met_stap}
    stuur_code(client, wachtwoord(client), met_stap[3].upper().replace("-", " "))
    assert is_binnen(client)
    client.logout()
    assert stuur_code(client, wachtwoord(client), met_stap[3]).status_code == 422
    assert not is_binnen(client)
    assert Gebeurtenis.objects.latest("pk").wijzigingen == {"Herstelcodes over": [10, 9]}


def test_ook_wie_binnen_is_kan_niet_raden(client, met_stap, beheerder):
    """Else who finds a screen unlocked tries codes until the second step is off."""
    client.force_login(beheerder)
    fout = {"code": "000000" if code(SLEUTEL) != "000000" else "111111", "doe": "uit"}
    statussen = [client.post(reverse("tweede_stap_instellen"), fout).status_code for _ in range(5)]
    assert statussen == [422, 422, 422, 422, 429]
    assert client.post(reverse("tweede_stap_instellen"), fout | {"code": code(SLEUTEL)}).status_code == 429
    assert tweede_stap.heeft(beheerder)


def test_vijf_verkeerde_codes_en_het_is_dicht(client, met_stap):
    eerste = wachtwoord(client)
    statussen = [
        stuur_code(client, eerste, "000000" if code(SLEUTEL) != "000000" else "111111").status_code for _ in range(5)
    ]
    assert statussen == [422, 422, 422, 422, 429]
    assert stuur_code(client, eerste, code(SLEUTEL)).status_code == 429
    assert wachtwoord(client).status_code == 429
    assert not is_binnen(client)


@pytest.mark.parametrize("hoe", ["vervalst", "te laat", "ander wachtwoord", "geen toegang meer"])
def test_de_eerste_stap_moet_nog_gelden(client, met_stap, beheerder, monkeypatch, hoe):
    eerste = wachtwoord(client)
    bewijs = verborgen(eerste, "eerste")
    if hoe == "vervalst":
        bewijs = bewijs[:-2] + ("aa" if bewijs[-2:] != "aa" else "bb")
    elif hoe == "te laat":
        monkeypatch.setattr("inspectie.aanmelden.GELDIG", -1)
    elif hoe == "ander wachtwoord":
        beheerder.set_password("een-heel-ander-wachtwoord")
        beheerder.save()
    else:
        beheerder.is_active = False
        beheerder.save()
    antwoord = client.post(reverse("tweede_stap"), {"eerste": bewijs, "code": code(SLEUTEL), "next": "", "bewaard": ""})
    assert "Log eerst in met uw wachtwoord" in antwoord.content.decode()
    assert not is_binnen(client)


# --- Setting it up ----------------------------------------------------------------------------------------------------


def test_instellen_met_de_getypte_sleutel(client, inspecteur):
    client.force_login(inspecteur)
    pagina = client.get(reverse("tweede_stap_instellen"))
    sleutel = pagina.context["sleutel"].replace(" ", "")
    assert re.search(r'<path d="M\d', pagina.content.decode())
    fout = client.post(reverse("tweede_stap_instellen"), {"code": "12"})
    assert fout.status_code == 422
    assert fout.context["sleutel"].replace(" ", "") == sleutel
    goed = client.post(reverse("tweede_stap_instellen"), {"code": code(sleutel)})
    assert len(goed.context["codes"]) == len(set(goed.context["codes"])) == 10
    assert TweedeStap.objects.get().gebruiker == inspecteur
    rij = Gebeurtenis.objects.latest("pk")
    assert (rij.wie, rij.wijzigingen) == (inspecteur, {"Tweede stap bij het inloggen": [False, True]})
    assert goed.context["codes"][0] not in client.get(reverse("tweede_stap_instellen")).content.decode()


def test_uitzetten_vraagt_een_code(client, met_stap, beheerder):
    client.force_login(beheerder)
    assert client.post(reverse("tweede_stap_instellen"), {"doe": "uit", "code": "123"}).status_code == 422
    assert TweedeStap.objects.exists()
    client.post(reverse("tweede_stap_instellen"), {"doe": "uit", "code": met_stap[0]})
    assert not TweedeStap.objects.exists()


def test_nieuwe_herstelcodes_maken_de_oude_waardeloos(client, met_stap, beheerder):
    client.force_login(beheerder)
    nieuw = client.post(reverse("tweede_stap_instellen"), {"doe": "codes", "code": code(SLEUTEL)}).context["codes"]
    assert not tweede_stap.klopt(beheerder, met_stap[1])
    assert tweede_stap.klopt(beheerder, nieuw[1])


def test_een_andere_beheerder_zet_hem_uit(client, met_stap, beheerder, analist):
    analist.rol = "beheerder"
    analist.save()
    client.force_login(analist)
    assert "Tweede stap uitzetten" in client.get(beheerder.get_absolute_url()).content.decode()
    client.post(reverse("gebruiker_tweede_stap_uit", args=[beheerder.pk]))
    assert not TweedeStap.objects.exists()
    rij = Gebeurtenis.objects.van(beheerder).latest("pk")
    assert (rij.wie, rij.wijzigingen) == (analist, {"Tweede stap bij het inloggen": [True, False]})


def test_voor_zichzelf_gaat_dat_niet_zonder_code(client, met_stap, beheerder):
    client.force_login(beheerder)
    client.post(reverse("gebruiker_tweede_stap_uit", args=[beheerder.pk]))
    assert TweedeStap.objects.exists()


def test_verplicht_voor_wie_gebruikers_beheert(client, settings, beheerder, inspecteur):
    settings.TWEEDE_STAP = "verplicht"
    client.force_login(inspecteur)
    assert client.get(reverse("mijn_werk")).status_code == 200
    client.force_login(beheerder)
    antwoord = client.get(reverse("gebruikers"))
    assert (antwoord.status_code, antwoord.headers["Location"]) == (302, reverse("tweede_stap_instellen"))
    sleutel = client.get(reverse("tweede_stap_instellen")).context["sleutel"].replace(" ", "")
    codes = client.post(reverse("tweede_stap_instellen"), {"code": code(sleutel)}).context["codes"]
    assert client.get(reverse("gebruikers")).status_code == 200
    weigering = client.post(reverse("tweede_stap_instellen"), {"doe": "uit", "code": codes[0]})
    assert "kan niet uit" in weigering.content.decode()
    assert TweedeStap.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="In een browser is het op elke database hetzelfde.")
def test_in_de_browser_van_instellen_tot_inloggen(live_server, page, beheerder):
    def log_in():
        page.goto(f"{live_server.url}/inloggen/")
        page.get_by_label("Gebruikersnaam").fill("beheerder")
        page.get_by_label("Wachtwoord").fill(WACHTWOORD)
        page.get_by_role("button", name="Inloggen").click()

    log_in()
    page.get_by_role("link", name="Inloggen in twee stappen").click()
    sleutel = page.locator(".sleutel").inner_text().replace(" ", "")
    assert page.locator("svg.qr").bounding_box()["width"] > 150
    page.get_by_role("textbox", name="Code").fill(code(sleutel, time.time() - 30))
    page.get_by_role("button", name="Tweede stap aanzetten").click()
    assert page.locator(".herstelcodes li").count() == 10
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/inloggen/")
    log_in()
    page.get_by_role("textbox", name="Code").fill(code(sleutel))
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("heading", name="Rondes", level=1).wait_for()
