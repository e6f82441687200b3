"""Mijn werk: the inspector's first page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from regio.rechten import Recht, recht_vereist
from vragenlijst import werkvoorraad


@require_safe
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def mijn_werk(request):
    """Every dossier of this person in a running round, with the one next step; and what there is to review."""
    eigen, toetsen = werkvoorraad.van_gebruiker(request.user)
    return render(
        request,
        "vragenlijst/mijn_werk.html",
        {
            "eigen": [(werk, werkvoorraad.stap(werk, request.user)) for werk in eigen],
            "toetsen": [(werk, werkvoorraad.stap(werk, request.user)) for werk in toetsen],
        },
    )
