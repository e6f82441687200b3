"""Interviews for the inspector's own calendar (iCalendar). No names of gesprekspartners leave the system (besluit 0011)."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from regio.gebeurtenissen import maak
from regio.models import Gebeurtenis
from regio.rechten import Recht, recht_vereist
from vragenlijst.agenda import Afspraak, kalender
from vragenlijst.models import Interview
from vragenlijst.queries.planning import agenda_van
from vragenlijst.views.interview import haal_eigen_interview


@require_safe
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def interview_agenda(request, pk: int):
    """One interview as a calendar file. One that fell through takes itself out of the calendar again."""
    interview = haal_eigen_interview(request, pk)
    if interview.datum is None:
        messages.info(request, "Dit interview heeft nog geen datum en past daarom nog niet in een agenda.")
        return redirect(interview)
    return _als_bestand(request, [interview], f"interview-{interview.pk}.ics")


@require_safe
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def mijn_agenda(request):
    """Every interview from today on that this person holds."""
    interviews = agenda_van(request.user, timezone.localdate(), met_vervallen=True)
    return _als_bestand(request, interviews, "mijn-interviews.ics")


def _als_bestand(request, interviews: Iterable[Interview], naam: str) -> HttpResponse:
    interviews = list(interviews)
    functies = _functies(interviews)
    afspraken = [
        Afspraak(
            uid=f"interview-{interview.pk}@monitor-regionale-samenwerking",
            volgnummer=interview.versie,
            datum=interview.datum,
            aanvang=interview.aanvang,
            duur=interview.duur,
            titel=f"Interview {interview}",
            plaats=interview.plaats,
            omschrijving=functies.get(interview.pk, ""),
            adres=request.build_absolute_uri(interview.get_absolute_url()),
            vervallen=interview.status == Interview.Status.VERVALLEN,
        )
        for interview in interviews
    ]
    if request.method == "GET":
        Gebeurtenis.objects.bulk_create(
            maak(interview, Gebeurtenis.Soort.UITVOER, request.user, naar="agenda", dossier_id=interview.dossier_id)
            for interview in interviews
        )
    return HttpResponse(
        kalender(afspraken, timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{naam}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _functies(interviews: list[Interview]) -> dict[int, str]:
    """Whom each interview is with, by function and organisation."""
    rijen = Interview.objects.filter(pk__in=[interview.pk for interview in interviews], gesprekspartners__isnull=False)
    regels: dict[int, list[str]] = {}
    for pk, functie, organisatie in rijen.order_by("pk", "gesprekspartners__pk").values_list(
        "pk", "gesprekspartners__functie", "gesprekspartners__organisatie"
    ):
        if wie := ", ".join(filter(None, (functie, organisatie))):
            regels.setdefault(pk, ["Gesprek met:"]).append(wie)
    return {pk: "\n".join(stukken) for pk, stukken in regels.items()}
