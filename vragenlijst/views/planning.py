"""Planning an interview: whom to speak, when and where."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from regio.gebeurtenissen import leg_vast, verschil
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd, op_slot, zet_status
from vragenlijst.forms.planning import GesprekspartnerFormSet, InterviewForm
from vragenlijst.models import Dossier, Interview
from vragenlijst.views.dossier import haal_eigen_dossier
from vragenlijst.views.interview import haal_eigen_interview


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def interview_nieuw(request, pk: int):
    """Plan an interview. The first one brings the dossier in uitvoering."""
    return _bewerk(request, Interview(dossier=haal_eigen_dossier(request, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def interview_wijzigen(request, pk: int):
    return _bewerk(request, haal_eigen_interview(request, pk))


def _bewerk(request, interview: Interview):
    dossier, nieuw = interview.dossier, interview.pk is None
    form = InterviewForm(request.POST or None, instance=interview, instrument=dossier.ronde.instrument)
    partners = GesprekspartnerFormSet(request.POST or None, instance=interview, prefix="partner")
    if request.method == "POST" and all([form.is_valid(), partners.is_valid()]):
        try:
            if not _bewaar(request, form, partners, nieuw):
                messages.info(request, "Dit interview stond al gepland; er is geen tweede gemaakt.")
                return redirect(dossier)
            messages.success(request, f"Het interview met {form.instance.actorgroep} is opgeslagen.")
            return redirect(form.instance)
        except Geweigerd as fout:
            form.add_error(None, str(fout))
        except Conflict as fout:
            form.meld_conflict(fout.opgeslagen)
    return render(
        request,
        "vragenlijst/interview_wijzigen.html",
        {"form": form, "formset": partners, "interview": interview, "dossier": dossier, "nieuw": nieuw},
    )


def _dubbel(form: InterviewForm) -> bool:
    """Whether the same interview was planned less than a minute ago: a form that was sent twice."""
    kort_geleden = timezone.now() - timezone.timedelta(minutes=1)
    gelijk = Interview.objects.filter(
        dossier=form.instance.dossier, **{naam: form.cleaned_data[naam] for naam in ("actorgroep", "datum", "plaats")}
    )
    recent = Gebeurtenis.objects.filter(ding_soort="interview", soort="gemaakt", wanneer__gte=kort_geleden)
    return gelijk.filter(pk__in=recent.values("ding_id")).exists()


@transaction.atomic
def _bewaar(request, form: InterviewForm, partners, nieuw: bool) -> bool:
    """Store the plan with its gesprekspartners; False, and nothing stored, when it is a form that was sent twice.

    Raises Geweigerd when the dossier stands firm, and Conflict when someone else changed the plan meanwhile.
    """
    interview = form.instance
    dossier = op_slot(interview.dossier)
    if not dossier.te_bewerken:
        raise Geweigerd([f"Dit dossier is {dossier.get_status_display().lower()}: de inhoud staat vast."])
    if nieuw:
        if _dubbel(form):
            return False
        form.save()
    else:
        huidig = Interview.objects.select_related("actorgroep").get(pk=interview.pk)
        if huidig.versie != form.cleaned_data["gezien"]:
            raise Conflict(huidig)
        interview.versie = huidig.versie + 1
        interview.save(update_fields=[*form.Meta.fields, "versie"])  # not its status: that may have moved on meanwhile
    partners.instance = interview
    partners.save()
    soort = Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD
    leg_vast(interview, soort, request.user, wijzigingen=verschil(form), dossier_id=interview.dossier_id)
    if dossier.status == Dossier.Status.GEPLAND:
        zet_status(dossier, Dossier.Status.IN_UITVOERING, request.user)
    return True
