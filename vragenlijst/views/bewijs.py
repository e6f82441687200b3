"""The documents of a dossier: registered, changed, replaced, and handed out to who works on it or reviews it."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd, bewijsstuk_opslaan, bewijsstuk_opvragen
from vragenlijst.forms.bewijs import BewijsstukForm
from vragenlijst.models import Bewijsstuk, Dossier
from vragenlijst.opslag import Beschadigd
from vragenlijst.views.dossier import haal_dossier, haal_eigen_dossier
from vragenlijst.views.meldingen import meld, meld_conflict

log = logging.getLogger("vragenlijst.bewijs")

VASTE_VELDEN = (
    "soort",
    "titel",
    "datum",
    "akkoord_door",
    "akkoord_op",
    "vindplaats",
    "persoonsgegevens",
)  # that a newer document starts with


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bewijsstuk_nieuw(request, pk: int):
    dossier = haal_eigen_dossier(request, pk)
    return _bewerk(request, dossier, Bewijsstuk(dossier=dossier), bestaand=None)


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bewijsstuk(request, pk: int, stuk: int):
    dossier = haal_eigen_dossier(request, pk)
    # Read twice: the form writes what was typed into the one, the page shows the other.
    return _bewerk(request, dossier, _haal_stuk(dossier, stuk), bestaand=_haal_stuk(dossier, stuk))


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bewijsstuk_vervangen(request, pk: int, stuk: int):
    """Register a newer document in the place of this one, which stays."""
    dossier = haal_eigen_dossier(request, pk)
    oud = _haal_stuk(dossier, stuk)
    nieuw = Bewijsstuk(dossier=dossier, vervangt=oud, **{veld: getattr(oud, veld) for veld in VASTE_VELDEN})
    return _bewerk(request, dossier, nieuw, bestaand=_haal_stuk(dossier, stuk))


@require_safe
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bewijsstuk_bestand(request, pk: int, stuk: int):
    """The file itself, as a download and nothing else. Not for the analist: a document may name people (design 4.10)."""
    dossier = haal_dossier(request, pk)
    document = _haal_stuk(dossier, stuk)
    if not document.bestand:
        raise Http404
    try:
        inhoud = bewijsstuk_opvragen(document, request.user)
    except Beschadigd as fout:
        log.error("Bewijsstuk %s is beschadigd: %s", document.pk, fout)
        messages.error(
            request,
            f"Het bestand van '{document}' is niet meer wat het was toen het werd opgeslagen, en wordt daarom niet gegeven. "
            "Waarschuw de beheerder.",
        )
        return redirect(dossier)
    antwoord = FileResponse(inhoud, as_attachment=True, filename=document.bestandsnaam, content_type=document.mediatype)
    antwoord.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


def _haal_stuk(dossier: Dossier, pk: int) -> Bewijsstuk:
    return get_object_or_404(dossier.bewijsstukken.met_alles(), pk=pk)


def _bewerk(request, dossier: Dossier, stuk: Bewijsstuk, *, bestaand: Bewijsstuk | None):
    """The form for `stuk`: new, the `bestaand` one, or a new one in its place."""
    if request.method != "POST" and (waarom_niet := _staat_vast(dossier, bestaand)):
        messages.info(request, waarom_niet)
        return redirect(dossier)
    gepost = request.method == "POST"
    form = BewijsstukForm(
        request.POST if gepost else None, request.FILES if gepost else None, instance=stuk, dossier=dossier
    )
    conflict = None
    if gepost and form.is_valid():
        try:
            return _bewaar(request, form, dossier)
        except Conflict as fout:
            conflict = meld_conflict(form, fout)
        except (Geweigerd, ValidationError) as fout:
            meld(form, fout)
        form.meld_bestand_kwijt()
    return render(
        request,
        "vragenlijst/bewijsstuk.html",
        {
            "dossier": dossier,
            "form": form,
            "bestaand": bestaand,
            "nieuw": stuk.pk is None,
            "conflict": conflict,
            "wijziging": Gebeurtenis.objects.van(conflict).select_related("wie").first() if conflict else None,
        },
        status=422 if form.errors else 200,
    )


def _staat_vast(dossier: Dossier, stuk: Bewijsstuk | None) -> str:
    """Why this form cannot be opened, or an empty text."""
    if not dossier.te_bewerken:
        return "De bewijsstukken van dit dossier staan vast."
    if stuk and stuk.opvolger:
        return f"'{stuk}' is vervangen door '{stuk.opvolger}' en blijft zoals het was."
    return ""


def _bewaar(request, form: BewijsstukForm, dossier: Dossier):
    stuk = form.instance
    if stuk.pk:
        stuk.versie = form.cleaned_data["versie"] or 0
    opgeslagen = bewijsstuk_opslaan(
        stuk,
        request.user,
        bestand=form.cleaned_data.get("bestand"),
        deelnemers=form.cleaned_data["deelnemers"],
        wijzigingen=form.wijzigingen(),
    )
    if opgeslagen is stuk:
        messages.success(request, f"Het bewijsstuk '{stuk}' is opgeslagen.")
        if stuk.akkoord_vooraf:
            messages.warning(
                request,
                f"Let op: het akkoord ({stuk.akkoord_op:%d-%m-%Y}) is ouder dan het stuk zelf ({stuk.datum:%d-%m-%Y}). "
                "Kijk na of beide datums kloppen.",
            )
    else:
        messages.info(request, f"Het bewijsstuk '{opgeslagen}' stond al in het dossier; er is geen tweede gemaakt.")
    return redirect(f"{dossier.get_absolute_url()}#bewijs")
