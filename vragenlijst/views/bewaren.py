"""Saving one answer by itself, as JSON: the door through which the page and the queue on the device write."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from regio.rechten import Recht, recht_vereist
from vragenlijst import queries
from vragenlijst.actions import Conflict, Geweigerd, Opgeslagen, antwoord_opslaan
from vragenlijst.forms.antwoordbericht import MAX_BERICHT, Antwoordbericht, lees_bericht
from vragenlijst.forms.vraagvelden import namen_van
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Antwoord, Interview, Vraag
from vragenlijst.views.in_json import in_json, weiger
from vragenlijst.views.interview import haal_eigen_interview


@require_POST
@in_json(
    weg="Dit interview bestaat niet (meer), of hoort niet (meer) bij u.",
    mag_niet="U kunt de antwoorden van dit interview niet wijzigen.",
)
@recht_vereist(Recht.DOSSIER_BEHANDELEN)
def antwoord_bewaren(request, pk: int):
    """Save one answer. 200 means that it is in the database; the same `sleutel` may be sent as often as it takes."""
    interview = haal_eigen_interview(request, pk)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BERICHT:
        return weiger(413, "Dit antwoord is te groot om in een keer te bewaren. Kort de tekst in.")
    try:
        bericht = lees_bericht(request.body)
        klaar = antwoord_opslaan(
            interview,
            _vraag(interview, bericht.vraag),
            bericht.inhoud,
            versie=bericht.versie,
            sleutel=bericht.sleutel,
            wie=request.user,
            reden=bericht.reden,
        )
    except ValidationError as fout:
        return weiger(422, " ".join(fout.messages))
    except Geweigerd as fout:
        return weiger(423, " ".join(fout.redenen))
    except Conflict as conflict:
        return weiger(
            409,
            f"{bericht.vraag} is ondertussen door een ander gewijzigd.",
            opgeslagen=_stand(conflict.opgeslagen),
            gestuurd=_voor_scherm(bericht.inhoud),
        )
    return JsonResponse(
        {
            "versie": _versie(klaar, bericht),
            "tijd": timezone.localtime().strftime("%H:%M"),
            "voortgang": _voortgang(interview),
        }
    )


def _vraag(interview: Interview, code: str) -> Vraag:
    instrument = interview.dossier.ronde.instrument_id
    vraag = Vraag.objects.select_related("onderdeel").filter(onderdeel__instrument=instrument, code=code).first()
    if vraag is None:
        raise ValidationError("Deze vraag hoort niet bij dit interview.")
    return vraag


def _versie(klaar: Opgeslagen | None, bericht: Antwoordbericht) -> int:
    """The version that this change became. After a repeated sending that is not always the one that stands there now: what a
    colleague made of it since is theirs, and the next change typed over this one has to find that out.
    """
    if klaar is None:
        return 0
    eigen = None if klaar.nieuw else klaar.antwoord.versies.filter(sleutel=bericht.sleutel).first()
    return eigen.versie if eigen else klaar.antwoord.versie


def _stand(antwoord: Antwoord | None) -> dict:
    """What stands there, for the panel that shows both."""
    if antwoord is None:
        return {"versie": 0, "inhoud": {}, "wie": "", "wanneer": ""}
    return {
        "versie": antwoord.versie,
        "inhoud": _voor_scherm(queries.inhoud_van(antwoord)),
        "wie": str(antwoord.gewijzigd_door),
        "wanneer": timezone.localtime(antwoord.gewijzigd_op).strftime("%d-%m-%Y %H:%M"),
    }


def _voor_scherm(inhoud: Inhoud) -> dict:
    """The content as it stands in the controls of the page: a municipality by name and code, a date as it is typed."""
    velden = inhoud.als_json()
    if inhoud.gemeente:
        velden["gemeente"] = f"{namen_van([inhoud])[inhoud.gemeente]} ({inhoud.gemeente})"
    if inhoud.horizon:
        velden["horizon"] = date.fromisoformat(inhoud.horizon).strftime("%d-%m-%Y")
    return velden


def _voortgang(interview: Interview) -> dict[str, list[int]]:
    """Answered and asked, per onderdeel."""
    onderdelen = queries.onderdelen_met_vragen(interview.dossier.ronde.instrument)
    stand = queries.voortgang(onderdelen, queries.antwoorden_van(interview))
    return {deel.onderdeel.code: [deel.beantwoord, deel.gevraagd] for deel in stand}
