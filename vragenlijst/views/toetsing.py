"""Toetsing: the toetser's notes, and what the dossier's inspector does with them."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from regio.models import Gebruiker
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.actions.toetsing import (
    opmerking_afhandelen,
    opmerking_heropenen,
    opmerking_intrekken,
    opmerking_plaatsen,
)
from vragenlijst.forms.toetsing import HeropenForm, IntrekForm, OpmerkingForm, ReactieForm, onderwerpen
from vragenlijst.models import Aandachtspunt, Dossier, Opmerking, Ronde, Vraag
from vragenlijst.queries.toetsing import Bespreking, besprekingen, na_te_zien
from vragenlijst.views.dossier import DOSSIERRECHTEN, haal_dossier, haal_eigen_dossier
from vragenlijst.views.meldingen import bouw_voort_op, meld
from vragenlijst.views.stappen import knoppen


@dataclass(frozen=True)
class Bespreekregel:
    """A note with what this person may do with it now."""

    bespreking: Bespreking
    reactie: ReactieForm | None
    heropen: HeropenForm | None
    intrek: IntrekForm | None


def mag_toetsen(dossier: Dossier, gebruiker: Gebruiker) -> bool:
    """Whether this person may write notes now: the toetser, while the dossier lies with them."""
    return (
        dossier.toetser_id == gebruiker.pk
        and gebruiker.heeft(Recht.DOSSIER_BEHANDELEN)
        and dossier.status == Dossier.Status.TER_TOETSING
        and dossier.ronde.status == Ronde.Status.OPEN
    )


def haal_te_toetsen_dossier(request, pk: int) -> Dossier:
    """The dossier, if this person is its toetser; 404 for a stranger, 403 for who only reads or writes it."""
    dossier = haal_dossier(request, pk)
    if dossier.toetser_id != request.user.pk or not request.user.heeft(Recht.DOSSIER_BEHANDELEN):
        raise PermissionDenied
    return dossier


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(*DOSSIERRECHTEN)
def opmerkingen(request, pk: int):
    """All notes on the dossier with what was answered; the toetser adds one, about anything in it."""
    if request.method != "POST":
        return _toon(request, haal_dossier(request, pk))
    dossier = haal_te_toetsen_dossier(request, pk)
    form = OpmerkingForm(request.POST, keuzes=onderwerpen(dossier))
    if form.is_valid():
        code = form.cleaned_data["over"]
        try:
            opmerking = opmerking_plaatsen(
                dossier,
                form.cleaned_data["tekst"],
                wie=request.user,
                vraag=Vraag.objects.filter(onderdeel__instrument=dossier.ronde.instrument_id, code=code).first(),
                aandachtspunt=Aandachtspunt.objects.filter(
                    onderdeel__instrument=dossier.ronde.instrument_id, code=code
                ).first(),
            )
        except (Geweigerd, ValidationError) as fout:
            meld(form, fout)
        else:
            messages.success(request, f"De opmerking bij {opmerking.waarover} is geplaatst.")
            vanaf = form.cleaned_data["vanaf"] or "opmerkingen"
            anker = f"opmerking-{opmerking.pk}" if vanaf == "opmerkingen" else code
            return redirect(f"{reverse(vanaf, args=[pk])}#{anker}")
    return _toon(request, dossier, nieuw=form)


@require_POST
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def opmerking_afgehandeld(request, pk: int, opmerking: int):
    """The dossier's inspector answers a note and closes it."""
    dossier = haal_eigen_dossier(request, pk)
    return _doe(request, dossier, opmerking, ReactieForm, opmerking_afhandelen, "afgehandeld")


@require_POST
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def opmerking_heropend(request, pk: int, opmerking: int):
    """The toetser opens a note again, and says why."""
    dossier = haal_te_toetsen_dossier(request, pk)
    return _doe(request, dossier, opmerking, HeropenForm, opmerking_heropenen, "heropend")


@require_POST
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def opmerking_ingetrokken(request, pk: int, opmerking: int):
    """The toetser withdraws a note that proved unnecessary."""
    dossier = haal_te_toetsen_dossier(request, pk)
    return _doe(request, dossier, opmerking, IntrekForm, opmerking_intrekken, "ingetrokken")


def _doe(request, dossier: Dossier, nummer: int, soort, actie, gedaan: str):
    """Do something with one note; what was typed stays on the page when it cannot be done."""
    opmerking = get_object_or_404(dossier.opmerkingen.select_related("vraag", "aandachtspunt"), pk=nummer)
    form = _formulier(soort, opmerking.pk, data=request.POST)
    if form.is_valid():
        try:
            actie(opmerking, **form.cleaned_data, wie=request.user)
        except Conflict:
            form.add_error(
                None, "Ondertussen is met deze opmerking iets gebeurd. Lees hierboven wat, en beslis opnieuw."
            )
        except (Geweigerd, ValidationError) as fout:
            meld(form, fout)
        else:
            messages.success(request, f"De opmerking bij {opmerking.waarover} is {gedaan}.")
            return redirect(f"{reverse('opmerkingen', args=[dossier.pk])}#{_verder(dossier, opmerking)}")
    return _toon(request, dossier, gepost=(opmerking, form))


def _verder(dossier: Dossier, opmerking: Opmerking) -> str:
    """Where to go on: at this note while it is open, else at the next one that is, and at the decision after the last."""
    open_ = list(dossier.opmerkingen.filter(afgehandeld_op=None).values_list("pk", flat=True))
    volgende = next((pk for pk in open_ if pk >= opmerking.pk), next(iter(open_), None))
    return f"opmerking-{volgende}" if volgende else "besluit"


def _formulier(soort, nummer: int, gezien: int = 0, data=None):
    return soort(data, initial={"gezien": gezien}, auto_id=f"id_{nummer}_{soort.__name__.lower()}_%s")


def _toon(
    request, dossier: Dossier, nieuw: OpmerkingForm | None = None, gepost: tuple[Opmerking, ReactieForm] | None = None
):
    alle = besprekingen(dossier)
    toetst = mag_toetsen(dossier, request.user)
    behandelt = dossier.mag_bewerken(request.user)
    regels = [_regel(bespreking, toetst, behandelt, gepost) for bespreking in alle]
    # A form that came back after the note moved on has no place of its own any more: then its text is shown by itself.
    verweesd = gepost and not any(gepost[1] in (r.reactie, r.heropen, r.intrek) for r in regels)
    if toetst and nieuw is None:
        nieuw = OpmerkingForm(keuzes=onderwerpen(dossier), initial={"vanaf": "opmerkingen"})
    return render(
        request,
        "vragenlijst/opmerkingen.html",
        {
            "dossier": dossier,
            "open": [regel for regel in regels if regel.bespreking.open],
            "klaar": [regel for regel in regels if not regel.bespreking.open],
            "nieuw": nieuw,
            "toetst": toetst,
            "nazien": na_te_zien(dossier) if toetst else None,
            "behandelt": behandelt,
            "verweesd": gepost[1] if verweesd else None,
            "knoppen": knoppen(dossier, request.user) if toetst or behandelt else [],
        },
        status=422 if gepost or (nieuw is not None and nieuw.is_bound) else 200,
    )


def _regel(bespreking: Bespreking, toetst: bool, behandelt: bool, gepost) -> Bespreekregel:
    soort = None
    if behandelt and bespreking.open:
        soort = ReactieForm
    elif toetst:
        soort = IntrekForm if bespreking.open else HeropenForm
    form = None
    if soort is not None:
        form = _formulier(soort, bespreking.opmerking.pk, bespreking.gezien)
        if gepost and gepost[0].pk == bespreking.opmerking.pk and isinstance(gepost[1], soort):
            form = gepost[1]
            bouw_voort_op(form, "gezien", bespreking.gezien)
    return Bespreekregel(
        bespreking,
        reactie=form if soort is ReactieForm else None,
        heropen=form if soort is HeropenForm else None,
        intrek=form if soort is IntrekForm else None,
    )
