"""Planning an interview, and taking it to one's own calendar."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd, leg_inzage_vast
from vragenlijst.actions.planning import TE_PLANNEN, interview_plannen
from vragenlijst.forms.planning import InterviewForm, gesprekspartnerformulier
from vragenlijst.models import Interview
from vragenlijst.queries.planning import waarschuwingen
from vragenlijst.views.dossier import haal_eigen_dossier
from vragenlijst.views.interview import haal_eigen_interview


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def interview_nieuw(request, pk: int):
    """Plan an interview, `?groep=` with this actorgroep. The first one brings the dossier in uitvoering."""
    dossier = haal_eigen_dossier(request, pk)
    interview = Interview(dossier=dossier)
    groepen = dossier.ronde.instrument.actorgroepen.all()
    interview.actorgroep = next((groep for groep in groepen if groep.code == request.GET.get("groep")), None)
    return _bewerk(request, interview)


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def interview_wijzigen(request, pk: int):
    """Change the plan, or plan again what fell through."""
    return _bewerk(request, haal_eigen_interview(request, pk))


def _bewerk(request, interview: Interview):
    dossier, nieuw = interview.dossier, interview.pk is None
    terug = dossier if nieuw else interview
    if request.method != "POST" and not (dossier.te_bewerken and interview.status in TE_PLANNEN):
        messages.info(
            request, f"De {'interviews van dit dossier' if nieuw else 'gegevens van dit interview'} staan vast."
        )
        return redirect(terug)
    if interview.pk is not None and interview.gesprekspartners.exists():
        leg_inzage_vast(interview, request.user)
    gepost = request.POST if request.method == "POST" else None
    # The form writes on a copy: what the page says of the interview stays what is stored.
    form = InterviewForm(gepost, instance=copy(interview))
    form.rijen = partners = gesprekspartnerformulier(gepost, interview)
    if gepost is not None and all([form.is_valid(), partners.is_valid()]) and _bewaar(request, form, partners):
        return redirect(form.instance if form.instance.pk else dossier)
    return render(
        request,
        "vragenlijst/interview_wijzigen.html",
        {
            "form": form,
            "formset": partners,
            "interview": interview,
            "dossier": dossier,
            "nieuw": nieuw,
            "terug": terug.get_absolute_url(),
            "waarschuwingen": [] if nieuw else waarschuwingen(interview, request.user),
        },
        status=409 if form.verschillen else 422 if form.errors or partners.total_error_count() else 200,
    )


def _bewaar(request, form: InterviewForm, partners) -> bool:
    """Store the plan; False, with the reason on the form, when it was refused."""
    interview = form.instance
    try:
        gepland = interview_plannen(
            interview,
            partners.partners,
            request.user,
            gezien=form.cleaned_data["gezien"],
            reden=form.cleaned_data.get("reden", ""),
        )
    except Geweigerd as weigering:
        for reden in weigering.redenen:
            form.add_error(None, reden)
        return False
    except Conflict as conflict:
        form.meld_conflict(conflict.opgeslagen, partners.partners)
        return False
    if not gepland:
        messages.info(request, "Dit interview stond al gepland; er is geen tweede gemaakt.")
        return True
    messages.success(request, f"Het interview met {interview.actorgroep} is opgeslagen.")
    for zin in waarschuwingen(interview, request.user):
        messages.warning(request, f"Let op: {zin}")
    return True
