"""Mijn werk: the inspector's first page."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from regio.rechten import Recht, recht_vereist
from vragenlijst import werkvoorraad
from vragenlijst.forms.werk import Werkfilter
from vragenlijst.queries.planning import agenda_van, planregels
from vragenlijst.werkvoorraad import Groep

AGENDA = 5  # interviews to come that are shown


@require_safe
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def mijn_werk(request):
    """Every dossier of this person in a running round, with the one next step; what there is to review; who is next."""
    vandaag = timezone.localdate()
    eigen, toetsen = werkvoorraad.van_gebruiker(request.user, vandaag)
    rondes = {regel.dossier.ronde_id: regel.dossier.ronde for regel in (*eigen, *toetsen)}
    filters = Werkfilter(request.GET, rondes=sorted(rondes.values(), key=lambda ronde: ronde.peildatum, reverse=True))
    getoond = filters.gevonden(eigen)
    agenda = agenda_van(request.user, vandaag)
    return render(
        request,
        "vragenlijst/mijn_werk.html",
        {
            "eigen": eigen,
            "toetsen": filters.gevonden(toetsen),
            "tellingen": _per_groep(eigen),
            "groepen": _per_groep(getoond),
            "gevonden": len(getoond),
            "form": filters,
            "agenda": planregels(agenda[:AGENDA]),
            "later": max(0, len(agenda) - AGENDA),
        },
    )


def _per_groep(regels: list) -> list[tuple[Groep, list]]:
    """The lines by group, the most urgent group first; without the empty ones."""
    alle = [(groep, [regel for regel in regels if regel.groep is groep]) for groep in Groep]
    return [(groep, rij) for groep, rij in alle if rij]
