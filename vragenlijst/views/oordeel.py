"""From answers to findings, and from findings to judgements."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio.models import Gemeente
from regio.rechten import Recht, recht_vereist
from vragenlijst import actions, queries
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.forms.bevinding import bevinding_form, neem_bron_over
from vragenlijst.forms.oordeel import BeoordelingForm
from vragenlijst.forms.toetsing import opmerking_bij
from vragenlijst.models import Aandachtspunt, Beoordeling, Bewijsstuk, Dossier
from vragenlijst.queries.herzien import sinds_oordeel, sinds_vastleggen
from vragenlijst.queries.toetsing import besprekingen, per_code
from vragenlijst.views.dossier import DOSSIERRECHTEN, haal_dossier, haal_eigen_dossier
from vragenlijst.views.meldingen import meld, meld_conflict
from vragenlijst.views.toetsing import mag_toetsen


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def bevindingen(request, pk: int):
    """Per question the actors side by side, and the finding; those on which they agree can be taken over at once."""
    dossier = haal_dossier(request, pk)
    onderdelen = queries.onderdelen_met_vragen(dossier.ronde.instrument)
    regels = queries.driehoeken(dossier, onderdelen)
    voorstellen = queries.over_te_nemen(regels)
    bij = _opmerkingen_bij(request, dossier, "bevindingen")
    return render(
        request,
        "vragenlijst/bevindingen.html",
        {
            "dossier": dossier,
            "groepen": [
                (o, [(r, *bij(r.vraag.code)) for r in regels if r.vraag.onderdeel_id == o.pk and _te_tonen(r)])
                for o in onderdelen
            ],
            "voorstellen": sorted(voorstellen, key=lambda regel: regel.stand),  # eensluidend before één bron
            "te_beslechten": [r for r in regels if r.open and r not in voorstellen],
            "vastgelegd": sum(r.gevraagd and not r.open for r in regels),
            "gevraagd": sum(r.gevraagd for r in regels),
            "toetst": mag_toetsen(dossier, request.user),
            "te_bewerken": dossier.mag_bewerken(request.user),
        },
    )


@require_POST
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bevindingen_overnemen(request, pk: int):
    """Settle in one go every question on which the actors agree or only one spoke."""
    dossier = haal_eigen_dossier(request, pk)
    try:
        aantal = actions.neem_eensluidende_over(dossier, request.user)
    except Geweigerd as weigering:
        messages.error(request, " ".join(weigering.redenen))
    else:
        messages.success(request, f"{aantal} {'bevinding' if aantal == 1 else 'bevindingen'} overgenomen.")
    return redirect("bevindingen", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def bevinding(request, pk: int, code: str):
    """Settle one finding, with all actors' answers in view."""
    dossier = haal_eigen_dossier(request, pk)
    regels = queries.driehoeken(dossier)
    regel = next((r for r in regels if r.vraag.code == code), None)
    if regel is None:
        raise Http404
    if request.method != "POST" and not dossier.te_bewerken:
        messages.info(request, "De bevindingen van dit dossier staan vast.")
        return redirect("bevindingen", pk=pk)
    form = bevinding_form(regel, request.POST if request.method == "POST" else None)
    conflict = None
    overgenomen = _gekozen_bron(regel, request.POST.get("neem"))
    if overgenomen is not None:
        form = neem_bron_over(form, queries.inhoud_van(overgenomen.antwoord))
    elif request.method == "POST" and form.is_valid():
        try:
            actions.bevinding_vastleggen(
                dossier,
                regel.vraag,
                form.inhoud(),
                motivatie=form.cleaned_data["motivatie"],
                versie=form.cleaned_data["versie"] or 0,
                wie=request.user,
            )
        except Conflict as fout:
            conflict = meld_conflict(form, fout)
        except (Geweigerd, ValidationError) as fout:
            meld(form, fout, {"antwoord": next(iter(form.fields))})
        else:
            messages.success(request, f"De bevinding bij {code} is vastgelegd.")
            volgende = _volgende_open(queries.driehoeken(dossier), code)  # this finding may have opened others
            if "verder" in request.POST:
                return redirect("bevinding", pk=pk, code=volgende.vraag.code) if volgende else redirect(dossier)
            return redirect(f"{reverse('bevindingen', args=[pk])}#{code}")
    return render(
        request,
        "vragenlijst/bevinding.html",
        {
            "dossier": dossier,
            "regel": regel,
            "form": form,
            "conflict": conflict,
            "overgenomen": overgenomen,
            "sinds": sinds_vastleggen(dossier, regel) if regel.bevinding and regel.bevinding.te_herzien else [],
            "besprekingen": per_code(besprekingen(dossier))[code],
            "gemeenten": [
                f"{naam} ({gemeentecode})"
                for naam, gemeentecode in Gemeente.objects.op(dossier.ronde.peildatum)
                .filter(fictief=dossier.gemeente.fictief)
                .values_list("naam", "code")
            ]
            if regel.vraag.soort == "gemeente"
            else [],
        },
        status=200 if not form.errors else 422,
    )


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def beoordelingen(request, pk: int):
    dossier = haal_dossier(request, pk)
    beelden = queries.normbeelden(dossier)
    onderdelen = list(dict.fromkeys(beeld.aandachtspunt.onderdeel for beeld in beelden))
    regels = queries.driehoeken(dossier)
    bij = _opmerkingen_bij(request, dossier, "beoordelingen")
    return render(
        request,
        "vragenlijst/beoordelingen.html",
        {
            "dossier": dossier,
            "groepen": [
                (
                    onderdeel,
                    [
                        (beeld, _feiten(beeld.aandachtspunt, regels), *bij(beeld.aandachtspunt.code))
                        for beeld in beelden
                        if beeld.aandachtspunt.onderdeel_id == onderdeel.pk
                    ],
                )
                for onderdeel in onderdelen
            ],
            "beoordeeld": sum(not beeld.open for beeld in beelden),
            "te_doen": [beeld for beeld in beelden if beeld.open],
            "normen": len(beelden),
            "toetst": mag_toetsen(dossier, request.user),
            "te_bewerken": dossier.mag_bewerken(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def beoordeling(request, pk: int, code: str):
    """Judge one norm, with the findings that inform it and the evidence on the dossier in view."""
    dossier = haal_eigen_dossier(request, pk)
    norm = get_object_or_404(Aandachtspunt, onderdeel__instrument=dossier.ronde.instrument, code=code)
    if request.method != "POST" and not dossier.te_bewerken:
        messages.info(request, "De beoordelingen van dit dossier staan vast.")
        return redirect("beoordelingen", pk=pk)
    bestaand = dossier.beoordelingen.filter(aandachtspunt=norm).first()
    form = BeoordelingForm(
        request.POST if request.method == "POST" else None,
        dossier=dossier,
        aandachtspunt=norm,
        initial={
            "oordeel": bestaand.oordeel if bestaand else None,
            "motivering": bestaand.motivering if bestaand else "",
            "bewijsstuk": bestaand.bewijsstuk if bestaand else None,
            "bewijsplaats": bestaand.bewijsplaats if bestaand else "",
            "versie": bestaand.versie if bestaand else 0,
        },
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        velden = form.cleaned_data
        try:
            actions.beoordelen(
                dossier,
                norm,
                velden["oordeel"],
                motivering=velden["motivering"],
                bewijsstuk=velden["bewijsstuk"],
                bewijsplaats=velden["bewijsplaats"],
                versie=velden["versie"] or 0,
                wie=request.user,
            )
        except Conflict as fout:
            conflict = meld_conflict(form, fout)
        except (Geweigerd, ValidationError) as fout:
            meld(form, fout)
        else:
            messages.success(request, f"{code} is beoordeeld.")
            return redirect(_na_beoordeling(request, dossier, code))
    feiten = _feiten(norm, queries.driehoeken(dossier))
    return render(
        request,
        "vragenlijst/beoordeling.html",
        {
            "dossier": dossier,
            "norm": norm,
            "form": form,
            "conflict": conflict,
            "besprekingen": per_code(besprekingen(dossier))[code],
            "feiten": feiten,
            "herzien": bestaand if bestaand and bestaand.te_herzien else None,
            "sinds": sinds_oordeel(bestaand, feiten) if bestaand and bestaand.te_herzien else [],
            "bewijsstukken": dossier.bewijsstukken.met_alles(),
            "rust_op_vervangen": _vervangen_stuk(bestaand),
        },
        status=200 if not form.errors else 422,
    )


def _feiten(norm: Aandachtspunt, regels: list[queries.Driehoek]) -> list[queries.Driehoek]:
    """What the questions that inform this norm came to."""
    vragen = {vraag.pk for vraag in norm.vragen.all()}
    return [regel for regel in regels if regel.vraag.pk in vragen]


def _vervangen_stuk(beoordeling: Beoordeling | None) -> Bewijsstuk | None:
    """The document under this judgement, when a newer one has taken its place."""
    stuk = beoordeling.bewijsstuk if beoordeling else None
    return stuk if stuk and stuk.opvolger else None


def _na_beoordeling(request, dossier: Dossier, code: str) -> str:
    """Where this norm is in the list; or when asked for, the next that is to be judged, and after the last what is next."""
    if "verder" in request.POST:
        beelden = queries.normbeelden(dossier)
        plaats = next(nr for nr, beeld in enumerate(beelden) if beeld.aandachtspunt.code == code)
        volgende = next((b for b in beelden[plaats + 1 :] + beelden[:plaats] if b.open), None)
        if volgende is None:
            return dossier.get_absolute_url()
        return reverse("beoordeling", args=[dossier.pk, volgende.aandachtspunt.code])
    return f"{reverse('beoordelingen', args=[dossier.pk])}#{code}"


def _volgende_open(regels: list[queries.Driehoek], code: str) -> queries.Driehoek | None:
    """The next question after this one that is to be settled still, and then those before it."""
    plaats = next(nr for nr, regel in enumerate(regels) if regel.vraag.code == code)
    return next((regel for regel in regels[plaats + 1 :] + regels[:plaats] if regel.open), None)


def _te_tonen(regel: queries.Driehoek) -> bool:
    """Whether there is anything to see: it is asked, was settled, or somebody said something."""
    return regel.gevraagd or regel.bevinding is not None or bool(regel.bronnen)


def _gekozen_bron(regel: queries.Driehoek, interview: str | None) -> queries.Bron | None:
    """The source of which "Neem over" was pressed."""
    return next((bron for bron in regel.bronnen if str(bron.interview.pk) == interview), None)


def _opmerkingen_bij(request, dossier: Dossier, pagina: str):
    """A function from a code to the notes there, and to the toetser's form for one more (None for everyone else)."""
    verdeeld = per_code(besprekingen(dossier))
    toetst = mag_toetsen(dossier, request.user)
    return lambda code: (verdeeld[code], opmerking_bij(code, pagina) if toetst else None)
