"""An interview: what was said and by whom it was approved, filling it in onderdeel by onderdeel, and its steps."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio.models import Gemeente
from regio.rechten import Recht, recht_vereist
from vragenlijst import queries, routing
from vragenlijst.actions import Conflict, Geweigerd, antwoord_opslaan, leg_inzage_vast
from vragenlijst.forms.interview import (
    OnderdeelForm,
    onderdeel_form,
)
from vragenlijst.models import Interview
from vragenlijst.queries.planning import planregels
from vragenlijst.views.dossier import DOSSIERRECHTEN
from vragenlijst.views.stappen import knoppen, neem_stap


def haal_interview(request, pk: int) -> Interview:
    """The interview, if this person may see its dossier; 404 for a stranger."""
    interviews = Interview.objects.zichtbaar_voor(request.user).select_related(
        "actorgroep",
        "dossier__gemeente",
        "dossier__ronde__instrument",
        "dossier__inspecteur",
        "dossier__tweede_inspecteur",
    )
    return get_object_or_404(interviews, pk=pk)


def haal_eigen_interview(request, pk: int) -> Interview:
    """The interview, if this person works on its dossier; 404 for a stranger, 403 for who may only read it."""
    interview = haal_interview(request, pk)
    if not (interview.dossier.is_van(request.user) and request.user.heeft(Recht.DOSSIER_BEHANDELEN)):
        raise PermissionDenied
    return interview


@require_safe
@recht_vereist(*DOSSIERRECHTEN)
def interview(request, pk: int):
    return _toon(request, haal_interview(request, pk))


def _toon(request, interview: Interview, stapform=None):
    onderdelen = queries.onderdelen_met_vragen(interview.dossier.ronde.instrument)
    antwoorden = queries.antwoorden_van(interview)
    stand = queries.voortgang(onderdelen, antwoorden)
    eigen = interview.dossier.is_van(request.user)
    gesprekspartners = list(interview.gesprekspartners.all()) if eigen else None
    if gesprekspartners or (eigen and (interview.geaccordeerd_door or interview.correcties)):
        leg_inzage_vast(interview, request.user)
    gevraagd = routing.gevraagd(
        queries.voorwaarden_van(queries.vragen_van(onderdelen)),
        {code: antwoord.keuze.code for code, antwoord in antwoorden.items() if antwoord.keuze},
    )
    return render(
        request,
        "vragenlijst/interview.html",
        {
            "interview": interview,
            "dossier": interview.dossier,
            "plan": planregels([interview])[0],
            "voortgang": stand,
            "verder_bij": next((deel.onderdeel for deel in stand if not deel.klaar), onderdelen[0]),
            "antwoorden": [
                (
                    onderdeel,
                    [
                        (vraag, antwoorden.get(vraag.code), vraag.code in gevraagd)
                        for vraag in onderdeel.vragen.all()
                        if vraag.code in gevraagd or vraag.code in antwoorden
                    ],
                )
                for onderdeel in onderdelen
            ],
            # Personal data, as is who agreed and what they wrote: for the dossier's own inspectors only (design 4.10).
            "gesprekspartners": gesprekspartners,
            "verslagen": interview.verslagen.select_related("gemaakt_door").order_by("-nummer"),
            # What fell through is planned again with a new date and a reason, on a page of its own.
            "knoppen": [
                knop
                for knop in knoppen(interview, request.user, stapform)
                if stapform is not None or knop.overgang.van != Interview.Status.VERVALLEN
            ],
            "te_bewerken": interview.mag_bewerken(request.user),
            "eigen": eigen,
        },
        status=200 if stapform is None else 422,
    )


@require_POST
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def interview_status(request, pk: int):
    interview = haal_eigen_interview(request, pk)
    if form := neem_stap(request, interview):
        return _toon(request, interview, form)
    return redirect(interview)


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def interview_onderdeel(request, pk: int, code: str):
    """Fill in one onderdeel. Each answer is saved by itself, with its own version; what is refused stays on the page."""
    interview = haal_eigen_interview(request, pk)
    onderdelen = queries.onderdelen_met_vragen(interview.dossier.ronde.instrument)
    onderdeel = get_object_or_404(interview.dossier.ronde.instrument.onderdelen, code=code)
    onderdeel = next(o for o in onderdelen if o.pk == onderdeel.pk)
    antwoorden = queries.antwoorden_van(interview)
    if request.method != "POST" and not interview.te_bewerken:
        messages.info(request, "De antwoorden van dit interview staan vast.")
        return redirect(interview)
    gepost = request.POST if request.method == "POST" else None
    met_reden = interview.te_bewerken and interview.verslagen.exists()
    form = onderdeel_form(onderdelen, onderdeel, antwoorden, gepost, met_reden=met_reden)
    if request.method == "POST" and form.is_valid() and _sla_op(request, interview, form):
        return redirect(_verder(request, interview, onderdelen, onderdeel))
    response = render(
        request,
        "vragenlijst/interview_onderdeel.html",
        {
            "interview": interview,
            "dossier": interview.dossier,
            "onderdeel": onderdeel,
            "voortgang": queries.voortgang(onderdelen, queries.antwoorden_van(interview)),
            "form": form,
            "vraagvelden": form.vraagvelden(queries.themavoorstellen(interview.dossier.ronde, form.vragen)),
            "gemeenten": _gemeentenamen(interview, onderdeel),
            "laatste": onderdeel.pk == onderdelen[-1].pk,
        },
        status=200 if not form.is_bound else 422,
    )
    # The service worker keeps this page, for this person alone (templates/inspectie/dienst.js).
    response.headers["X-Gebruiker"] = str(request.user.pk)
    return response


def _sla_op(request, interview: Interview, form: OnderdeelForm) -> bool:
    """Save what was changed; True when all of it is stored. Else the form says per question what is not, and why."""
    if form.mist_reden:
        form.add_error("reden", "Geef de reden van de wijziging op.")
        return False
    vragen = {vraag.code: vraag for vraag in form.vragen}
    opgeslagen = {}
    try:
        for code, inhoud in form.gewijzigd().items():
            if not form.houdt_opgeslagen(vragen[code]):
                _sla_antwoord_op(request, interview, form, vragen[code], inhoud, opgeslagen)
    except Geweigerd as weigering:
        for reden in weigering.redenen:
            form.add_error(None, reden)
        return False
    tijd = timezone.localtime().strftime("%H:%M")
    if not form.errors:
        messages.success(request, f"Opgeslagen om {tijd}.")
        return True
    if opgeslagen:
        messages.success(request, f"Om {tijd} opgeslagen: {', '.join(sorted(opgeslagen))}.")
    form.na_opslaan(opgeslagen)
    return False


def _sla_antwoord_op(request, interview, form: OnderdeelForm, vraag, inhoud, opgeslagen: dict) -> None:
    """Save one answer; a refusal goes to the form, at this question."""
    try:
        klaar = antwoord_opslaan(
            interview,
            vraag,
            inhoud,
            versie=form.versie(vraag),
            sleutel=uuid4(),
            wie=request.user,
            reden=form.gegeven_reden,
        )
    except Conflict as conflict:
        form.conflicten[vraag.code] = conflict.opgeslagen
        form.weiger(vraag, f"{vraag.code} is ondertussen door een ander gewijzigd. Kies welk antwoord blijft.")
    except ValidationError as fout:
        form.weiger(vraag, " ".join(fout.messages))
    else:
        if klaar is not None:
            opgeslagen[vraag.code] = klaar.antwoord


def _verder(request, interview: Interview, onderdelen, onderdeel) -> str:
    """Where to go after saving: the same onderdeel, or the next one when that was asked."""
    if "verder" not in request.POST:
        return reverse("interview_onderdeel", args=[interview.pk, onderdeel.code])
    volgende = [o for o in onderdelen if o.volgorde > onderdeel.volgorde]
    if not volgende:
        return interview.get_absolute_url()
    return reverse("interview_onderdeel", args=[interview.pk, volgende[0].code])


def _gemeentenamen(interview: Interview, onderdeel) -> list[str]:
    """Names to offer while a municipality is typed: those of the peildatum, fictional ones beside fictional ones."""
    if not any(vraag.soort == "gemeente" for vraag in onderdeel.vragen.all()):
        return []
    dossier = interview.dossier
    gemeenten = Gemeente.objects.op(dossier.ronde.peildatum).filter(fictief=dossier.gemeente.fictief)
    return [f"{naam} ({code})" for naam, code in gemeenten.values_list("naam", "code")]
