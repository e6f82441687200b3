"""Intentions at the source, and what became of them one round later (V08/01, Vervolg)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import bezwaar_tegen
from vragenlijst import queries_intenties
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.actions.status import dossier_op_slot, op_slot
from vragenlijst.models import Antwoord, Dossier, Intentie, Interview, Opvolging, Vraag


@transaction.atomic
def intentie_markeren(
    interview: Interview,
    vraag: Vraag,
    omschrijving: str,
    *,
    horizon: date | None = None,
    versie: int,
    wie: Gebruiker,
) -> Intentie:
    """Mark the answer to this question as an intention, or change what was marked; the answer stays as it is.

    `versie` is that of the intention before the writer, 0 when there was none. Raises ValidationError keyed by field, Conflict when
    someone was first, Geweigerd when the interview takes no answers any more.
    """
    slot = _open_interview(interview)
    antwoord = Antwoord.objects.filter(interview=slot, vraag=vraag).first()
    if antwoord is None or antwoord.is_leeg:
        raise Geweigerd([f"Op {vraag.code} is in dit interview geen antwoord gegeven om te markeren."])
    omschrijving = _gevuld("omschrijving", omschrijving, "Beschrijf wat men van plan is.")
    intentie = Intentie.objects.filter(antwoord=antwoord).select_related("gewijzigd_door").first()
    oud = (intentie.omschrijving, intentie.horizon) if intentie else ("", None)
    if intentie is not None and oud == (omschrijving, horizon):
        return intentie
    _controleer(intentie, versie)
    intentie = intentie or Intentie(antwoord=antwoord)
    intentie.omschrijving, intentie.horizon = omschrijving, horizon
    intentie.versie, intentie.gewijzigd_door = versie + 1, wie
    intentie.save()
    leg_vast(
        intentie,
        Gebeurtenis.Soort.GEWIJZIGD if versie else Gebeurtenis.Soort.GEMAAKT,
        wie,
        wijzigingen=_verschil(vraag, oud, (omschrijving, horizon)),
        dossier_id=slot.dossier_id,
    )
    return intentie


@transaction.atomic
def intentie_intrekken(interview: Interview, vraag: Vraag, *, versie: int, wie: Gebruiker) -> None:
    """The answer is no intention after all. What was marked stays in the history."""
    slot = _open_interview(interview)
    intentie = Intentie.objects.filter(antwoord__interview=slot, antwoord__vraag=vraag).first()
    if intentie is None:
        return
    _controleer(intentie, versie)
    leg_vast(
        intentie,
        Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        naar="ingetrokken",
        wijzigingen=_verschil(vraag, (intentie.omschrijving, intentie.horizon), ("", None)),
        dossier_id=slot.dossier_id,
    )
    intentie.delete()


@transaction.atomic
def opvolging_vastleggen(
    dossier: Dossier, intentie: Intentie, uitkomst: str, toelichting: str, *, versie: int, wie: Gebruiker
) -> Opvolging:
    """Say what became of an intention of the previous round, as this dossier finds it.

    Raises ValidationError keyed by field, also when the intention is not this dossier's to follow up; Conflict when someone else
    said it meanwhile; Geweigerd when the dossier stands firm.
    """
    slot = dossier_op_slot(dossier)
    if intentie.pk not in {punt.intentie.pk for punt in queries_intenties.uit_vorige_ronde(slot)}:
        raise ValidationError("Deze intentie volgt dit dossier niet op.")
    if uitkomst not in Opvolging.Uitkomst:
        raise ValidationError({"uitkomst": "Kies wat ervan is geworden."})
    toelichting = _gevuld("toelichting", toelichting, "Licht toe waaruit dat blijkt.")
    opvolging = Opvolging.objects.filter(dossier=slot, intentie=intentie).select_related("gewijzigd_door").first()
    oud = (opvolging.uitkomst, opvolging.toelichting) if opvolging else ("", "")
    if oud == (uitkomst, toelichting):
        return opvolging
    if versie != (opvolging.versie if opvolging else 0):
        raise Conflict(opvolging)
    opvolging = opvolging or Opvolging(dossier=slot, intentie=intentie)
    opvolging.uitkomst, opvolging.toelichting = uitkomst, toelichting
    opvolging.versie, opvolging.gewijzigd_door = versie + 1, wie
    opvolging.save()
    leg_vast(
        opvolging,
        Gebeurtenis.Soort.GEWIJZIGD if versie else Gebeurtenis.Soort.GEMAAKT,
        wie,
        van=oud[0],
        naar=uitkomst,
        reden=toelichting,
        dossier_id=slot.pk,
    )
    return opvolging


def _open_interview(interview: Interview) -> Interview:
    slot = op_slot(interview)
    if not slot.te_bewerken:
        raise Geweigerd([f"Dit interview is {slot.get_status_display().lower()}: de antwoorden staan vast."])
    return slot


def _controleer(intentie: Intentie | None, versie: int) -> None:
    """Refuse a stale write, and a change to what the next round has followed up already."""
    if versie != (intentie.versie if intentie else 0):
        raise Conflict(intentie)
    if intentie is not None and (opvolging := intentie.opvolgingen.select_related("dossier__ronde").first()):
        raise Geweigerd([f"In {opvolging.dossier.ronde} is deze intentie al opgevolgd: zij staat vast."])


def _gevuld(veld: str, tekst: str, anders: str) -> str:
    if bezwaar := bezwaar_tegen(tekst):
        raise ValidationError({veld: bezwaar})
    if not tekst.strip():
        raise ValidationError({veld: anders})
    return tekst.strip()


def _verschil(vraag: Vraag, oud: tuple[str, date | None], nieuw: tuple[str, date | None]) -> dict:
    """For history: the label of each changed field with its old and its new value."""
    namen = (f"Intentie bij {vraag.code}", "Voor wanneer")
    return {
        naam: [voor.isoformat() if isinstance(voor, date) else voor, na.isoformat() if isinstance(na, date) else na]
        for naam, voor, na in zip(namen, oud, nieuw, strict=True)
        if voor != na
    }
