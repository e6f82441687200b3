"""One dossier: how it stands, what is next, and its evidence."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from regio.rechten import Recht, recht_vereist
from vragenlijst import werkvoorraad
from vragenlijst.models import Dossier
from vragenlijst.queries.planning import planregels_van
from vragenlijst.views.stappen import knoppen, neem_stap

DOSSIERRECHTEN = (Recht.DOSSIER_BEHANDELEN, Recht.DOSSIERS_LEZEN)


def haal_dossier(request, pk: int) -> Dossier:
    """The dossier, if this person may see it; 404 for a stranger."""
    dossiers = Dossier.objects.zichtbaar_voor(request.user).select_related(
        "gemeente", "ronde__instrument", "inspecteur", "tweede_inspecteur", "toetser"
    )
    return get_object_or_404(dossiers, pk=pk)


def haal_eigen_dossier(request, pk: int) -> Dossier:
    """The dossier, if this person works on it; 404 for a stranger, 403 for who may only read it."""
    dossier = haal_dossier(request, pk)
    if not (dossier.is_van(request.user) and request.user.heeft(Recht.DOSSIER_BEHANDELEN)):
        raise PermissionDenied
    return dossier


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def dossier(request, pk: int):
    return _toon(request, haal_dossier(request, pk))


def _toon(request, dossier: Dossier, stapform=None):
    [regel] = werkvoorraad.regels([dossier], request.user, timezone.localdate())
    return render(
        request,
        "vragenlijst/dossier.html",
        {
            "dossier": dossier,
            "regel": regel,
            "apart": [leemte for leemte in regel.leemten if not leemte.open],
            "planregels": planregels_van(dossier),
            "bewijsstukken": dossier.bewijsstukken.met_alles(),
            "knoppen": knoppen(dossier, request.user, stapform),
            "eigen": dossier.is_van(request.user),
            "te_bewerken": dossier.mag_bewerken(request.user),
        },
        status=200 if stapform is None else 422,
    )


@require_POST
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def dossier_status(request, pk: int):
    dossier = haal_dossier(request, pk)
    if form := neem_stap(request, dossier):
        return _toon(request, dossier, form)
    return redirect(dossier)
