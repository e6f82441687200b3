"""Intentions: gathered per dossier, followed up in the next round. They are marked where the answer is filled in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.actions.intenties import opvolging_vastleggen
from vragenlijst.forms.intenties import opvolging_form
from vragenlijst.models import Dossier
from vragenlijst.queries import intenties as queries_intenties
from vragenlijst.views.dossier import DOSSIERRECHTEN, haal_dossier, haal_eigen_dossier
from vragenlijst.views.meldingen import meld, meld_conflict


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def intenties(request, pk: int):
    """What was heard in this dossier that people mean to do."""
    dossier = haal_dossier(request, pk)
    return render(
        request,
        "vragenlijst/intenties.html",
        {
            "dossier": dossier,
            "gehoord": queries_intenties.van_dossier(dossier),
            "punten": queries_intenties.uit_vorige_ronde(dossier),
            "eigen": dossier.is_van(request.user),
            "te_bewerken": dossier.mag_bewerken(request.user),
        },
    )


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def opvolgingen(request, pk: int):
    """What became of the intentions of the previous round."""
    dossier = haal_dossier(request, pk)
    punten = queries_intenties.uit_vorige_ronde(dossier)
    return render(
        request,
        "vragenlijst/opvolgingen.html",
        {
            "dossier": dossier,
            "punten": punten,
            "opgevolgd": sum(not punt.open for punt in punten),
            "te_bewerken": dossier.mag_bewerken(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def opvolging(request, pk: int, intentie: int):
    """Say what became of one intention of the previous round."""
    dossier = haal_eigen_dossier(request, pk)
    punten = queries_intenties.uit_vorige_ronde(dossier)
    punt = next((p for p in punten if p.intentie.pk == intentie), None)
    if punt is None:
        raise Http404
    if request.method != "POST" and not dossier.te_bewerken:
        messages.info(request, "De inhoud van dit dossier staat vast.")
        return redirect("opvolgingen", pk=pk)
    form = opvolging_form(punt.opvolging, request.POST if request.method == "POST" else None)
    conflict = None
    if request.method == "POST" and form.is_valid():
        velden = form.cleaned_data
        try:
            opvolging_vastleggen(
                dossier,
                punt.intentie,
                velden["uitkomst"],
                velden["toelichting"],
                versie=velden["versie"] or 0,
                wie=request.user,
            )
        except Conflict as fout:
            conflict = meld_conflict(form, fout)
        except (Geweigerd, ValidationError) as fout:
            meld(form, fout)
        else:
            messages.success(request, f"Vastgelegd wat er van de intentie bij {punt.vraag.code} is geworden.")
            return redirect(_verder(request, dossier, punten, punt))
    return render(
        request,
        "vragenlijst/opvolging.html",
        {
            "dossier": dossier,
            "punt": punt,
            "form": form,
            "conflict": conflict,
            "bron_zichtbaar": Dossier.objects.zichtbaar_voor(request.user).filter(pk=punt.bron.dossier_id).exists(),
        },
        status=200 if not form.errors else 422,
    )


def _verder(request, dossier: Dossier, punten: list, punt) -> str:
    """The next intention without a follow-up when that was asked, else the list."""
    if "verder" in request.POST:
        plaats = punten.index(punt)
        volgende = next((p for p in punten[plaats + 1 :] + punten[:plaats] if p.open), None)
        if volgende:
            return reverse("opvolging", args=[dossier.pk, volgende.intentie.pk])
    return reverse("opvolgingen", args=[dossier.pk])
