"""Saving a passage by itself, as JSON: the door through which the page and the queue on the device write."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from rapportage import actions
from rapportage.forms.passagebericht import MAX_BERICHT, lees_passagebericht
from rapportage.models import Passage
from rapportage.views.passage import haal_passage
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.tekstverschil import stukken
from vragenlijst.views.in_json import in_json, weiger


@require_POST
@in_json(weg="Deze passage bestaat niet (meer).", mag_niet="U kunt dit rapport niet wijzigen.")
@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
def passage_bewaren(request, slug, pk):
    """Save the text. 200 means that it is in the database; the same `sleutel` may be sent as often as it takes."""
    passage = haal_passage(slug, pk)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BERICHT:
        return weiger(413, "Deze tekst is te groot om in een keer te bewaren. Kort de tekst in.")
    try:
        bericht = lees_passagebericht(request.body)
        klaar = actions.passage_opslaan(passage, bericht.tekst, bericht.versie, request.user, bericht.sleutel)
    except ValidationError as fout:
        return weiger(422, " ".join(fout.messages))
    except Geweigerd as fout:
        return weiger(423, " ".join(fout.redenen))
    except Conflict as conflict:
        zin = f"{passage} is ondertussen door een ander gewijzigd."
        return weiger(409, zin, opgeslagen=_stand(conflict.opgeslagen, bericht.tekst))
    tijd = timezone.localtime().strftime("%H:%M")
    return JsonResponse({"versie": klaar.versie, "tijd": tijd, "gewijzigd": klaar.passage.laatst_gewijzigd})


def _stand(passage: Passage, gestuurd: str) -> dict:
    """What stands there, for the panel that shows both, and how what was sent differs from it."""
    return {
        "versie": passage.versie,
        "inhoud": {"tekst": passage.tekst},
        "wie": str(passage.gewijzigd_door),
        "wanneer": timezone.localtime(passage.gewijzigd_op).strftime("%d-%m-%Y %H:%M"),
        "gestuurd": gestuurd,
        "verschil": [[stuk.soort, stuk.tekst] for stuk in stukken(passage.tekst, gestuurd)],
    }
