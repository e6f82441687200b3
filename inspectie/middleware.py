"""Middleware of our own, outermost first (see MIDDLEWARE in settings)."""

import codecs
import logging
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.defaults import page_not_found

from inspectie import bewaard, views
from regio import tweede_stap

log = logging.getLogger("inspectie")

KOPPEN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LEESBARE_TEKENSETS = {"utf-8", "ascii", "iso8859-1", "cp1252"}
DATABASE_WEG = (OperationalError, InterfaceError)


def _meld_onbereikbaar(request, fout):
    log.error("Database niet bereikbaar: %s", fout)
    return views.onbereikbaar(request)


def beveiligingskoppen(get_response):
    """Security headers on every answer, errors and downloads included; pages are kept by no cache."""

    def middleware(request):
        response = get_response(request)
        for kop, waarde in KOPPEN.items():
            response.headers.setdefault(kop, waarde)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def database_onbereikbaar(get_response):
    """A lost or locked database is 503 with Retry-After, never 500.

    This catches it in a view; `inloggen_verplicht` where the session is read; `views.serverfout` everywhere else.
    """

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, DATABASE_WEG):
            return _meld_onbereikbaar(request, exception)
        return None

    middleware.process_exception = process_exception
    return middleware


def eigen_404(get_response):
    """With DEBUG on, the demo shows our own page for what is not there, as production does, instead of Django's list of addresses."""

    def middleware(request):
        response = get_response(request)
        if (
            settings.DEBUG
            and response.status_code == 404
            and response.headers.get("Content-Type", "").startswith("text/html")
        ):
            return page_not_found(request, Http404())
        return response

    return middleware


def eigen_405(get_response):
    """An address that only takes a form, opened by hand or reloaded after an error, says so on a page of ours."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content and request.method == "GET":
            pagina = render(request, "405.html", status=405)
            pagina.headers["Allow"] = response.headers["Allow"]
            return pagina
        return response

    return middleware


def leesbaar_verzoek(get_response):
    """Refuse a request whose declared character set cannot be read, before any form tries to (design 8.4)."""

    def middleware(request):
        charset = (request.content_params or {}).get("charset", "utf-8")
        try:
            leesbaar = codecs.lookup(charset).name in LEESBARE_TEKENSETS
        except (LookupError, ValueError):
            leesbaar = False
        if not leesbaar:
            request.content_params = {}
            request._encoding = "utf-8"
            raise BadRequest("onleesbare tekenset")
        return get_response(request)

    return middleware


def inloggen_verplicht(get_response):
    """Login by default; a view is open only when it is marked `@login_not_required`.

    Unlike Django's own middleware it keeps what was typed: a form that arrives after the session has expired comes back
    inside the login page, and can be sent again after logging in.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        try:
            if request.user.is_authenticated:
                return None
        except DATABASE_WEG as fout:
            return _meld_onbereikbaar(request, fout)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"fout": "Uw sessie is verlopen. Log opnieuw in."}, status=401)
        if request.method == "POST":
            return bewaard.bied_inloggen_aan(request)
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")

    middleware.process_view = process_view
    return middleware


def tweede_stap_verplicht(get_response):
    """Who must log in in two steps and has not set that up, does so first (TWEEDE_STAP=verplicht)."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view_func, view_args, view_kwargs):
        if settings.TWEEDE_STAP != "verplicht" or not getattr(view_func, "login_required", True):
            return None
        if request.resolver_match.url_name in ("tweede_stap_instellen", "uitloggen"):
            return None
        if tweede_stap.is_verplicht(request.user) and not tweede_stap.heeft(request.user):
            return redirect("tweede_stap_instellen")
        return None

    middleware.process_view = process_view
    return middleware
