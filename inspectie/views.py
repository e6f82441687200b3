"""The front door: start page, logging in and out, health, and the pages for when something is wrong."""

import sys

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectie import aanmelden, bewaard
from inspectie.forms import InlogForm
from inspectie.navigatie import startpagina


@require_safe
def start(request):
    """The visitor's own first page."""
    return redirect(startpagina(request.user))


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def inloggen(request):
    """Log in, and go on where one was going, or with what one had typed."""
    volgende = veilig_adres(request, request.POST.get("next", request.GET.get("next", "")))
    if request.user.is_authenticated and request.method != "POST":
        return redirect(volgende or "start")
    form = InlogForm(request, data=request.POST or None)
    pakket = request.POST.get("bewaard", "")
    if request.method == "POST" and form.is_valid():
        return aanmelden.ga_verder(request, form.get_user(), volgende=volgende, pakket=pakket)
    return render(
        request,
        "inspectie/inloggen.html",
        {"form": form, "next": volgende, "bewaard": pakket, "bestanden_verloren": False},
    )


@require_POST
def uitloggen(request):
    """Log out, and let the browser forget what it kept. The page wipes what this person had on the device before it posts this
    form (afmelden.js); it adds `alles` when nobody else has answers waiting there, which the whole store would take along.
    """
    logout(request)
    response = redirect("inloggen")
    response.headers["Clear-Site-Data"] = '"cache", "storage"' if request.POST.get("alles") == "ja" else '"cache"'
    return response


@login_not_required
@require_safe
def gezond(request):
    """Whether the application and its database answer, for who watches the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse(
            {"database": "onbereikbaar", "versie": settings.VERSIE}, status=503, headers={"Retry-After": "10"}
        )
    return JsonResponse({"database": "ok", "versie": settings.VERSIE})


def geblokkeerd(request, *args, **kwargs):
    """Too many failed attempts to log in (axes)."""
    inhoud = bewaard.pak_uit(request.POST.get("bewaard", "")) or {"velden": {}}
    context = {"minuten": round(settings.AXES_COOLOFF_TIME * 60), "getypt": bewaard.getypt(inhoud["velden"])}
    return render(request, "inspectie/geblokkeerd.html", context, status=429)


# --- When something is wrong --------------------------------------------------------------------------------------


def onbereikbaar(request):
    """503, made without the database."""
    return _kale_pagina("503.html", 503, koppen={"Retry-After": "10"})


def slecht_verzoek(request, exception=None):
    """400. Reads nothing of the request: that may be what is wrong with it."""
    return _kale_pagina("400.html", 400)


def serverfout(request):
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return onbereikbaar(request)
    return _kale_pagina("500.html", 500)


def csrf_geweigerd(request, reason=""):
    """403 for a form that we cannot tell came from our own page. What was typed is shown, so that it can be kept."""
    velden = {naam: request.POST.getlist(naam) for naam in request.POST}
    return _kale_pagina(
        "403_csrf.html", 403, context={"getypt": bewaard.getypt(velden), "pad": request.get_full_path()}
    )


def _kale_pagina(template: str, status: int, *, koppen: dict | None = None, context: dict | None = None):
    """A page that needs no request: no user, no messages, no menu."""
    huis = {"versie": settings.VERSIE, "huisstijl_css": settings.HUISSTIJL_CSS}
    return HttpResponse(render_to_string(template, huis | (context or {})), status=status, headers=koppen or {})


def veilig_adres(request, adres: str) -> str:
    """`adres` when it is an address within this application, else nothing."""
    if url_has_allowed_host_and_scheme(adres, {request.get_host()}, require_https=request.is_secure()):
        return resolve_url(adres)
    return ""
