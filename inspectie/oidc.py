"""Logging in with the account of one's organisation: OpenID Connect, authorization code flow with PKCE (besluit 0055).

Who may come in stays ours: an account is found by its verified e-mail address and never made, and its role is what a beheerder gave.
What was asked (state, nonce, verifier) waits in a signed cookie of ten minutes; nothing is a session before the end.
"""

import base64
import hashlib
import json
import logging
import secrets
import time
import urllib.request
from http.client import HTTPException
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from inspectie import aanmelden
from inspectie.views import veilig_adres
from regio.models import Gebruiker

log = logging.getLogger("inspectie.oidc")

KOEKJE, GELDIG = "oidc", 10 * 60
MAX_ADRES = 1_000  # characters of where somebody was going; the cookie carries it
WACHT, HOOGSTENS = 10, 1_000_000  # seconds, bytes
SPELING = 60  # seconds that clocks may differ
ALGORITMEN = ["RS256", "PS256", "ES256"]  # never "none", and none with a shared secret
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Afgewezen(Exception):
    """Nobody comes in by this answer; the message is for the log."""


class _GeenOmleiding(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


_opener = urllib.request.build_opener(_GeenOmleiding)


@login_not_required
@never_cache
@require_safe
def oidc_begin(request):
    """On to the provider, to log in there."""
    try:
        adressen = _ontdek()
    except Afgewezen as fout:
        return _weiger(request, fout)
    vraag = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(64),
        "next": veilig_adres(request, request.GET.get("next", ""))[:MAX_ADRES],
    }
    proef = base64.urlsafe_b64encode(hashlib.sha256(vraag["verifier"].encode()).digest()).rstrip(b"=").decode()
    zoek = urlencode(
        {
            "response_type": "code",
            "scope": "openid email",
            "client_id": settings.OIDC_CLIENT,
            "redirect_uri": _terug(request),
            "state": vraag["state"],
            "nonce": vraag["nonce"],
            "code_challenge": proef,
            "code_challenge_method": "S256",
        }
    )
    begin = adressen["authorization_endpoint"]  # may have a query of its own, which stays (RFC 6749, 3.1)
    antwoord = redirect(f"{begin}{'&' if '?' in begin else '?'}{zoek}")
    antwoord.set_signed_cookie(
        KOEKJE,
        json.dumps(vraag),
        max_age=GELDIG,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path=reverse("inloggen"),
    )
    return antwoord


@login_not_required
@never_cache
@sensitive_variables()
@require_safe
def oidc_terug(request):
    """Back from the provider, with a code that is worth an identity."""
    try:
        vraag = json.loads(request.get_signed_cookie(KOEKJE, default="{}", max_age=GELDIG))
        if not vraag or not constant_time_compare(request.GET.get("state", ""), vraag["state"]):
            raise Afgewezen("de state hoort niet bij deze browser")
        if "code" not in request.GET:
            raise Afgewezen(f"de aanbieder zegt: {request.GET.get('error', 'niets')[:80]!r}")
        adressen = _ontdek()
        id_token = _wissel(adressen["token_endpoint"], request.GET["code"], vraag["verifier"], _terug(request))
        gebruiker = _gebruiker(_inhoud(id_token, adressen["jwks_uri"], vraag["nonce"]))
    except Afgewezen as fout:
        antwoord = _weiger(request, fout)
    else:
        gebruiker.backend = BACKEND
        volgende = veilig_adres(request, vraag.get("next", ""))
        antwoord = aanmelden.ga_verder(request, gebruiker, volgende=volgende, pakket="")
    antwoord.delete_cookie(KOEKJE, path=reverse("inloggen"))
    return antwoord


def _weiger(request, fout: Afgewezen):
    log.warning("Inloggen bij de organisatie is niet gelukt: %s", fout)
    return render(request, "inspectie/oidc_geweigerd.html", status=403)


def _terug(request) -> str:
    return request.build_absolute_uri(reverse("oidc_terug"))


def _ontdek() -> dict:
    """Where the provider's addresses are. Its own name must be, to the letter, the one that was configured."""
    gegevens = _haal(f"{settings.OIDC_ADRES.rstrip('/')}/.well-known/openid-configuration")
    if gegevens.get("issuer") != settings.OIDC_ADRES:
        raise Afgewezen(f"de aanbieder noemt zich {gegevens.get('issuer')!r}")
    if not all(
        isinstance(gegevens.get(naam), str) for naam in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    ):
        raise Afgewezen("de aanbieder noemt niet al zijn adressen")
    return gegevens


def _wissel(adres: str, code: str, verifier: str, terug: str) -> str:
    wie = f"{quote(settings.OIDC_CLIENT, safe='')}:{quote(settings.OIDC_GEHEIM, safe='')}"
    velden = {"grant_type": "authorization_code", "code": code, "redirect_uri": terug, "code_verifier": verifier}
    koppen = {"Authorization": f"Basic {base64.b64encode(wie.encode()).decode()}"}
    id_token = _haal(adres, urlencode(velden).encode(), koppen).get("id_token")
    if not isinstance(id_token, str):
        raise Afgewezen("er kwam geen id_token")
    return id_token


def _inhoud(id_token: str, jwks: str, nonce: str) -> dict:
    """The claims, when the provider signed them, for us, now, in answer to this question (OpenID Connect Core, 3.1.3.7)."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        inhoud = jwt.decode(id_token, KeySet.import_key_set(_haal(jwks)), algorithms=ALGORITMEN).claims
    except (JoseError, ValueError, KeyError, TypeError) as fout:
        raise Afgewezen(f"het id_token is niet goed ondertekend: {fout}") from fout
    voor, nu = inhoud.get("aud"), time.time()
    voor = voor if isinstance(voor, list) else [voor]
    goed = {
        "aanbieder": inhoud.get("iss") == settings.OIDC_ADRES,
        "ontvanger": settings.OIDC_CLIENT in voor,
        "partij": inhoud.get("azp", settings.OIDC_CLIENT) == settings.OIDC_CLIENT
        and (len(voor) == 1 or "azp" in inhoud),
        "geldigheid": isinstance(inhoud.get("exp"), (int, float)) and inhoud["exp"] > nu - SPELING,
        "tijdstip": isinstance(inhoud.get("iat"), (int, float)) and inhoud["iat"] < nu + SPELING,
        "nonce": isinstance(inhoud.get("nonce"), str) and constant_time_compare(inhoud["nonce"], nonce),
    }
    if fout := [wat for wat, klopt in goed.items() if not klopt]:
        raise Afgewezen(f"het id_token klopt niet: {', '.join(fout)}")
    return inhoud


def _gebruiker(inhoud: dict) -> Gebruiker:
    email = inhoud.get("email")
    if not isinstance(email, str) or not email or inhoud.get("email_verified") is not True:
        raise Afgewezen("het e-mailadres is niet gecontroleerd door de aanbieder")
    gebruiker = Gebruiker.objects.filter(email__iexact=email, is_active=True).first()
    # PostgreSQL compares capitals, and that of ı is the same as that of i: somebody else's address.
    if gebruiker is None or gebruiker.email.lower() != email.lower():
        raise Afgewezen("er is geen gebruiker met toegang met dit e-mailadres")
    return gebruiker


def _haal(adres: str, gegevens: bytes | None = None, koppen: dict | None = None) -> dict:
    """JSON from the provider: over TLS (on this machine itself without, in the demo), briefly, not too much, nowhere else."""
    deel = urlsplit(adres)
    if deel.scheme != "https" and not (settings.DEBUG and deel.scheme == "http" and deel.hostname == "127.0.0.1"):
        raise Afgewezen(f"{adres!r} is geen https-adres")
    verzoek = urllib.request.Request(adres, gegevens, {"Accept": "application/json"} | (koppen or {}))  # noqa: S310
    try:
        with _opener.open(verzoek, timeout=WACHT) as antwoord:
            inhoud = json.loads(antwoord.read(HOOGSTENS))
    except (OSError, HTTPException, ValueError, RecursionError) as fout:
        raise Afgewezen(f"{deel.hostname} antwoordt niet zoals het moet: {fout}") from fout
    if not isinstance(inhoud, dict):
        raise Afgewezen(f"{deel.hostname} geeft iets anders dan een object")
    return inhoud
