"""What the browser keeps: the service worker, the page for when there is no connection, and what we say about privacy."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def dienst(request):
    """The service worker. From the root, so that it may answer for every address; asked for anew at each visit, so that a new
    version of the application brings its own.
    """
    response = render(
        request,
        "inspectie/dienst.js",
        {"versie": settings.VERSIE, "statisch": settings.STATIC_URL},
        content_type="text/javascript; charset=utf-8",
    )
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def zonder_verbinding(request):
    """Kept by the service worker and shown to whoever is there: it says nothing of who that is."""
    return render(request, "inspectie/zonder_verbinding.html")


@login_not_required
@require_safe
def privacy(request):
    return render(
        request,
        "inspectie/privacy.html",
        {"uren": settings.SESSION_COOKIE_AGE // 3600, "bewaartermijn": settings.BEWAARTERMIJN_MAANDEN},
    )
