"""What a dossier lacks before it can be handed in, and what of it is set aside with a reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Geweigerd
from vragenlijst.actions.uitzonderingen import haal_terug, zet_apart
from vragenlijst.bezwaren import bezwaren
from vragenlijst.forms.leemten import UitzonderingForm
from vragenlijst.models import Dossier
from vragenlijst.views.dossier import DOSSIERRECHTEN, haal_dossier, haal_eigen_dossier
from vragenlijst.views.meldingen import meld
from vragenlijst.werkvoorraad import leemten_van


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(*DOSSIERRECHTEN)
def leemten(request, pk: int):
    """What is missing, with where it is mended; the dossier's inspector sets aside what cannot be had."""
    gepost = request.method == "POST"
    dossier = haal_eigen_dossier(request, pk) if gepost else haal_dossier(request, pk)
    te_bewerken = dossier.mag_bewerken(request.user)
    alle = leemten_van(dossier)
    open_ = [leemte for leemte in alle if leemte.open]
    form = UitzonderingForm(request.POST if gepost else None, leemten=open_) if gepost or te_bewerken else None
    if gepost and form.is_valid():
        try:
            aantal = zet_apart(dossier, form.cleaned_data["leemten"], form.cleaned_data["reden"], wie=request.user)
        except (Geweigerd, ValidationError) as fout:
            meld(form, fout)
        else:
            messages.success(
                request, f"Vastgelegd waarom {aantal} {'punt' if aantal == 1 else 'punten'} niet kan komen."
            )
            return redirect("leemten", pk=pk)
    return render(
        request,
        "vragenlijst/leemten.html",
        {
            "dossier": dossier,
            "form": form if open_ or gepost else None,
            "bezwaren": bezwaren(dossier, Dossier.Status.TER_TOETSING),
            "apart": [leemte for leemte in alle if not leemte.open],
            "te_bewerken": te_bewerken,
        },
        status=422 if gepost else 200,
    )


@require_POST
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def uitzondering_terug(request, pk: int, uitzondering: int):
    """What was set aside is to be done after all."""
    dossier = haal_eigen_dossier(request, pk)
    if gevonden := dossier.uitzonderingen.filter(pk=uitzondering).first():
        try:
            haal_terug(gevonden, wie=request.user)
        except Geweigerd as weigering:
            messages.error(request, " ".join(weigering.redenen))
        else:
            messages.success(request, f"Weer nodig: {gevonden}")
    return redirect("leemten", pk=pk)
