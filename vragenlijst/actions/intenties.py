"""Intentions, which are saved with their answer, and what became of them one round later (V08/01, Vervolg)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import bezwaar_tegen
from vragenlijst.actions.fouten import Conflict
from vragenlijst.actions.status import dossier_op_slot
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Antwoord, Dossier, Intentie, Opvolging, Vraag
from vragenlijst.queries import intenties as queries_intenties


def controleer_intentie(antwoord: Antwoord, inhoud: Inhoud) -> None:
    """Raises ValidationError when this intention cannot be kept with this answer."""
    if inhoud.horizon and not inhoud.intentie:
        raise ValidationError("Beschrijf bij de datum wat men van plan is, of haal de datum weg.")
    if inhoud.intentie and not inhoud.waarde:
        raise ValidationError("Geef eerst het antwoord waar deze intentie bij hoort.")
    intentie = _van(antwoord)
    if intentie is None or _staat(intentie) == (inhoud.intentie, inhoud.horizon):
        return
    if opvolging := intentie.opvolgingen.select_related("dossier__ronde").first():
        raise ValidationError(f"In {opvolging.dossier.ronde} is deze intentie al opgevolgd: zij staat vast.")


def leg_intentie_bij(antwoord: Antwoord, inhoud: Inhoud, wie: Gebruiker) -> None:
    """Make what hangs on this saved answer what its content says; what was marked before stays in the history."""
    intentie, naar = _van(antwoord), (inhoud.intentie, inhoud.horizon)
    van = _staat(intentie) if intentie else ("", "")
    if van == naar:
        return
    nieuw = intentie is None
    intentie = intentie or Intentie(antwoord=antwoord, versie=0)
    if inhoud.intentie:
        intentie.omschrijving = inhoud.intentie
        intentie.horizon = date.fromisoformat(inhoud.horizon) if inhoud.horizon else None
        intentie.versie, intentie.gewijzigd_door = intentie.versie + 1, wie
        intentie.save()
    leg_vast(
        intentie,
        Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        naar="" if inhoud.intentie else "ingetrokken",
        wijzigingen=_verschil(antwoord.vraag, van, naar),
        dossier_id=antwoord.interview.dossier_id,
    )
    if not inhoud.intentie:
        intentie.delete()
        antwoord.refresh_from_db()


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


def _van(antwoord: Antwoord) -> Intentie | None:
    return getattr(antwoord, "intentie", None)


def _staat(intentie: Intentie) -> tuple[str, str]:
    return intentie.omschrijving, intentie.horizon.isoformat() if intentie.horizon else ""


def _gevuld(veld: str, tekst: str, anders: str) -> str:
    if bezwaar := bezwaar_tegen(tekst):
        raise ValidationError({veld: bezwaar})
    if not tekst.strip():
        raise ValidationError({veld: anders})
    return tekst.strip()


def _verschil(vraag: Vraag, oud: tuple[str, str], nieuw: tuple[str, str]) -> dict:
    """For history: the label of each changed field with its old and its new value."""
    namen = (f"Intentie bij {vraag.code}", "Voor wanneer")
    return {naam: [voor, na] for naam, voor, na in zip(namen, oud, nieuw, strict=True) if voor != na}
