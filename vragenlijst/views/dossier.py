"""One dossier: how it stands, what is next, and its evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio.gebeurtenissen import verschil
from regio.rechten import Recht, recht_vereist
from vragenlijst import werkvoorraad
from vragenlijst.actions import Geweigerd, bewijsstuk_opslaan
from vragenlijst.forms.oordeel import BewijsstukForm
from vragenlijst.models import Bewijsstuk, Dossier
from vragenlijst.queries_planning import planregels_van
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
            "planregels": planregels_van(dossier),
            "bewijsstukken": dossier.bewijsstukken.select_related("soort"),
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


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bewijsstuk_nieuw(request, pk: int):
    dossier = haal_eigen_dossier(request, pk)
    return _bewerk_bewijsstuk(request, dossier, Bewijsstuk(dossier=dossier))


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bewijsstuk(request, pk: int, stuk: int):
    dossier = haal_eigen_dossier(request, pk)
    return _bewerk_bewijsstuk(request, dossier, get_object_or_404(dossier.bewijsstukken, pk=stuk))


def _bewerk_bewijsstuk(request, dossier: Dossier, stuk: Bewijsstuk):
    nieuw = stuk.pk is None
    form = BewijsstukForm(request.POST or None, instance=stuk, dossier=dossier)
    if request.method == "POST" and form.is_valid():
        try:
            bewijsstuk_opslaan(form.instance, request.user, wijzigingen=verschil(form))
        except (Geweigerd, ValidationError) as fout:
            form.add_error(None, fout.messages if isinstance(fout, ValidationError) else str(fout))
        else:
            messages.success(request, f"Het bewijsstuk '{stuk}' is opgeslagen.")
            return redirect(dossier)
    return render(request, "vragenlijst/bewijsstuk.html", {"dossier": dossier, "form": form, "nieuw": nieuw})
