"""Logging in through OpenID Connect, against a small real provider on this machine: HTTP, an RSA key of its own, PKCE."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from inspectie.tests import oidc_urls
from inspectie.tests.test_tweede_stap import SLEUTEL, code, stuur_code
from regio import tweede_stap
from regio.models import Gebruiker

CLIENT, GEHEIM = "monitor", "geheim:met/tekens"
ECHT = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
VALS = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})


class Aanbieder(BaseHTTPRequestHandler):
    """`server.anders` changes claims, `server.sleutel` signs, `server.uitgegeven` are the codes given and what they answer."""

    def do_GET(self):
        pad, basis = urlsplit(self.path), self.server.adres
        if self.server.rommel:
            return self.wfile.write(self.server.rommel)
        if pad.path == "/.well-known/openid-configuration":
            return self.geef({"issuer": self.server.issuer, "authorization_endpoint": f"{basis}/authorize{self.server.zoek}",
                              "token_endpoint": f"{basis}/token", "jwks_uri": f"{basis}/jwks"})  # fmt: skip
        return self.geef(KeySet([ECHT]).as_dict(private=False))

    def do_POST(self):
        velden = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        vraag = self.server.uitgegeven.pop(velden["code"], None)
        proef = (
            base64.urlsafe_b64encode(hashlib.sha256(velden["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        )
        wie = base64.b64encode(b"monitor:geheim%3Amet%2Ftekens").decode()
        if not vraag or vraag["code_challenge"] != proef or self.headers["Authorization"] != f"Basic {wie}":
            return self.geef({"error": "invalid_grant"}, 400)
        nu = int(time.time())
        claims = {"iss": self.server.adres, "aud": CLIENT, "sub": "42", "iat": nu, "exp": nu + 300, "nonce": vraag["nonce"],
                  "email": "Inspecteur@example.nl", "email_verified": True} | self.server.anders  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.server.sleutel)
        return self.geef({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def geef(self, gegevens: dict, status: int = 200):
        inhoud = json.dumps(gegevens).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(inhoud)))
        self.end_headers()
        self.wfile.write(inhoud)

    def log_message(self, *args):
        pass


@pytest.fixture
def aanbieder(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Aanbieder)
    server.adres = server.issuer = f"http://127.0.0.1:{server.server_port}"
    server.anders, server.sleutel, server.uitgegeven = {}, ECHT, {}
    server.zoek, server.rommel = "", b""
    settings.OIDC, settings.OIDC_ADRES, settings.OIDC_CLIENT, settings.OIDC_GEHEIM = True, server.adres, CLIENT, GEHEIM
    settings.ROOT_URLCONF, settings.DEBUG = oidc_urls.__name__, True
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    draad.start()
    yield server
    server.shutdown()
    server.server_close()
    draad.join(5)


def kom_terug(client, server, naar="", **anders):
    """Go there, be recognised (by the provider's own page, which is not ours), and come back with a code."""
    heen = client.get(reverse("oidc_begin"), {"next": naar} if naar else None)
    vraag = dict(parse_qsl(urlsplit(heen.headers["Location"]).query))
    assert (vraag["response_type"], vraag["code_challenge_method"], vraag["client_id"]) == ("code", "S256", CLIENT)
    server.uitgegeven["de-code"] = vraag
    return client.get(f"{reverse('oidc_terug')}?{urlencode({'code': 'de-code', 'state': vraag['state']} | anders)}")


def is_binnen(client) -> bool:
    return "_auth_user_id" in client.session


def test_wie_bekend_is_komt_binnen_met_de_eigen_rol(client, aanbieder, inspecteur):
    assert reverse("oidc_begin") in client.get(reverse("inloggen")).content.decode()
    antwoord = kom_terug(client, aanbieder)
    assert (antwoord.status_code, antwoord.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(inspecteur.pk)


@pytest.mark.parametrize(
    ("naar", "waar"),
    [
        ("/rondes/?status=open", "/rondes/?status=open"),
        ("https://elders.example/", "/"),
        ("//elders.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_wie_ergens_heen_wilde_komt_daar(client, aanbieder, inspecteur, naar, waar):
    """As after logging in with a password: to an address of this site, and to no other."""
    assert kom_terug(client, aanbieder, naar).headers["Location"] == waar


def test_de_inlogpagina_geeft_het_door(client, aanbieder, db):
    pagina = client.get(reverse("inloggen"), {"next": "/rondes/?a=1&b=2"}).content.decode()
    assert f"{reverse('oidc_begin')}?next=/rondes/%3Fa%3D1%26b%3D2" in pagina


@pytest.mark.parametrize(
    "anders",
    [
        {"nonce": "een-andere"},
        {"iss": "https://elders.example"},
        {"aud": "een-ander"},
        {"aud": [CLIENT, "een-ander"]},  # more than one, and it does not say for whom
        {"azp": "een-ander"},
        {"exp": int(time.time()) - 3600},
        {"exp": "later"},
        {"iat": int(time.time()) + 3600},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "niemand@example.nl"},
        {"email": ""},
    ],
)
def test_wat_niet_klopt_laat_niemand_binnen(client, aanbieder, inspecteur, anders):
    aanbieder.anders = anders
    antwoord = kom_terug(client, aanbieder)
    assert antwoord.status_code == 403
    assert "Inloggen is niet gelukt" in antwoord.content.decode()
    assert not is_binnen(client)
    assert Gebruiker.objects.count() == 1  # never made silently


def test_een_andere_handtekening(client, aanbieder, inspecteur):
    aanbieder.sleutel = VALS
    assert kom_terug(client, aanbieder).status_code == 403
    assert not is_binnen(client)


def test_een_andere_state(client, aanbieder, inspecteur):
    assert kom_terug(client, aanbieder, state="van-een-ander").status_code == 403
    assert not is_binnen(client)
    assert aanbieder.uitgegeven  # the code was not even tried


def test_een_code_is_een_keer_goed(client, aanbieder, inspecteur):
    kom_terug(client, aanbieder)
    client.logout()
    assert client.get(f"{reverse('oidc_terug')}?code=de-code&state=x").status_code == 403


def test_een_aanbieder_die_zich_anders_noemt(client, aanbieder, inspecteur):
    aanbieder.issuer = "https://elders.example"
    assert client.get(reverse("oidc_begin")).status_code == 403


def test_een_adres_met_een_vraag_houdt_die(client, aanbieder, inspecteur):
    aanbieder.zoek = "?p=inloggen"
    heen = urlsplit(client.get(reverse("oidc_begin")).headers["Location"])
    assert heen.query.startswith("p=inloggen&response_type=code")
    kom_terug(client, aanbieder)
    assert is_binnen(client)


@pytest.mark.parametrize(
    "rommel",
    [
        b"geen HTTP\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nte kort",
        b"HTTP/1.0 200 OK\r\n\r\n" + b"[" * 100_000,
    ],
)
def test_een_aanbieder_die_stamelt(client, aanbieder, rommel, db):
    aanbieder.rommel = rommel
    assert client.get(reverse("oidc_begin")).status_code == 403


def test_een_adres_dat_op_dat_van_een_ander_lijkt(client, aanbieder, inspecteur):
    """The capital of a dotless ı is I; only PostgreSQL takes them for the same."""
    aanbieder.anders = {"email": "\u0131nspecteur@example.nl"}
    assert kom_terug(client, aanbieder).status_code == 403
    assert not is_binnen(client)


def test_buiten_de_demo_alleen_over_tls(client, aanbieder, inspecteur, settings):
    settings.DEBUG = False
    assert client.get(reverse("oidc_begin")).status_code == 403


def test_zonder_toegang_geen_toegang(client, aanbieder, inspecteur):
    inspecteur.is_active = False
    inspecteur.save()
    assert kom_terug(client, aanbieder).status_code == 403


def test_wie_een_tweede_stap_heeft_doet_die_ook_hier(client, aanbieder, inspecteur):
    tweede_stap.zet_aan(inspecteur, SLEUTEL, code(SLEUTEL, time.time() - 30))
    eerste = kom_terug(client, aanbieder)
    assert not is_binnen(client)
    stuur_code(client, eerste, code(SLEUTEL))
    assert is_binnen(client)


def test_zonder_instelling_is_er_niets(client, db):
    assert "organisatie-account" not in client.get(reverse("inloggen")).content.decode()
    assert client.get("/inloggen/organisatie/").status_code == 404
