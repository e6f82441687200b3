"""Addresses that a page writes to by itself answer in JSON, refusals included."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse


def in_json(*, weg: str, mag_niet: str):
    """View decorator: refusals as JSON with a sentence (`weg` with 404, `mag_niet` with 403).

    What was typed by one person is never stored in the name of another: a page that says for whom it stands (`X-Gebruiker`) gets
    401 when somebody else is logged in by now, before anything is looked up.
    """

    def decorator(view):
        @wraps(view)
        def met_json(request, *args, **kwargs):
            zender = request.headers.get("X-Gebruiker")
            if zender is not None and zender != str(request.user.pk):
                return weiger(401, "Op dit apparaat is nu iemand anders ingelogd.", ander=True)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                return weiger(404, weg)
            except PermissionDenied:
                return weiger(403, mag_niet)

        return met_json

    return decorator


def weiger(status: int, zin: str, **meer) -> JsonResponse:
    return JsonResponse({"fout": zin, **meer}, status=status)
