"""Answers: the one way to save one (design 8.2)."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker, Gemeente
from regio.tekst import bezwaar_tegen
from vragenlijst import queries
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.actions.herzien import NIET_TELLEND, anders_gevraagd, herzie
from vragenlijst.actions.intenties import controleer_intentie, leg_intentie_bij
from vragenlijst.actions.status import op_slot
from vragenlijst.inhoud import MAX_TEKST, MAX_THEMA, Inhoud
from vragenlijst.models import (
    Antwoord,
    Antwoordversie,
    Interview,
    Keuze,
    Vraag,
)

NIET_ALLEBEI = "Er staat een antwoord, en ook ‘weet niet’ of ‘niet van toepassing’. Laat een van beide staan."
REDEN_GEVRAAGD = "Er is al een gespreksverslag gemaakt: geef de reden van de wijziging op."


@dataclass(frozen=True)
class Opgeslagen:
    """An answer that is in the database. `nieuw` is False when there was nothing to change or it was sent before."""

    antwoord: Antwoord
    nieuw: bool


@transaction.atomic
def antwoord_opslaan(
    interview: Interview, vraag: Vraag, inhoud: Inhoud, *, versie: int, sleutel: UUID, wie: Gebruiker, reden: str = ""
) -> Opgeslagen | None:
    """The one way to save an answer (design 8.2). None when there is no answer and none was given.

    `versie` is the version the writer had before them, 0 when there was none; `sleutel` is made by the client, and the same
    change under the same key is stored once however often it is sent. Once there has been a gespreksverslag, each change takes a
    `reden` and shows in the history. Raises Conflict when another version stands there by now, ValidationError when the content
    does not fit the question or the reason is missing, Geweigerd when the interview takes no answers any more.
    """
    slot = op_slot(interview)
    inhoud = zoals_bewaard(vraag, inhoud)
    eerder = Antwoordversie.objects.filter(sleutel=sleutel).select_related("antwoord").first()
    if eerder is not None:
        eerder_van = (eerder.antwoord.interview_id, eerder.antwoord.vraag_id)
        if eerder_van == (slot.pk, vraag.pk) and eerder.inhoud == inhoud.als_json():
            return Opgeslagen(eerder.antwoord, nieuw=False)
        # A key that comes back with another text (a page restored from the browser's memory) is another change.
        sleutel = uuid4()
    if not slot.te_bewerken:
        raise Geweigerd([f"Dit interview is {slot.get_status_display().lower()}: de antwoorden staan vast."])
    if vraag.onderdeel.instrument_id != slot.dossier.ronde.instrument_id:
        raise ValidationError("Deze vraag hoort niet bij dit interview.")
    if bezwaar := bezwaar_tegen(reden):
        raise ValidationError(bezwaar)
    keuze, gemeente = controleer(vraag, inhoud)
    antwoord = (
        Antwoord.objects.filter(interview=slot, vraag=vraag)
        .select_related("keuze", "gemeente", "gewijzigd_door", "intentie")
        .first()
    )
    if antwoord is None and inhoud.is_leeg:
        return None
    if antwoord is not None and queries.inhoud_van(antwoord) == inhoud:
        return Opgeslagen(antwoord, nieuw=False)
    if versie != (antwoord.versie if antwoord else 0):
        raise Conflict(antwoord)
    antwoord = antwoord or Antwoord(vraag=vraag)
    controleer_intentie(antwoord, inhoud)
    antwoord.interview = slot  # the locked one, not the one at hand
    return _schrijf(antwoord, inhoud, keuze, gemeente, sleutel, wie, reden.strip())


def _schrijf(
    antwoord: Antwoord, inhoud: Inhoud, keuze: Keuze | None, gemeente: Gemeente | None, sleutel: UUID, wie, reden: str
) -> Opgeslagen:
    """Put this content on the answer, with its version, its history and its consequences."""
    interview, vraag, oud = antwoord.interview, antwoord.vraag, queries.inhoud_van(antwoord)
    verslag_gemaakt = interview.verslagen.exists()
    if verslag_gemaakt and not reden:
        raise ValidationError(REDEN_GEVRAAGD)
    antwoord.keuze, antwoord.gemeente = keuze, gemeente
    antwoord.tekst, antwoord.rijen = inhoud.tekst, [list(rij) for rij in inhoud.rijen]
    antwoord.toelichting, antwoord.citaat, antwoord.thema = inhoud.toelichting, inhoud.citaat, inhoud.thema
    antwoord.versie += 1
    antwoord.gewijzigd_door = wie
    antwoord.save()
    Antwoordversie.objects.create(
        antwoord=antwoord, versie=antwoord.versie, inhoud=inhoud.als_json(), sleutel=sleutel, wie=wie, reden=reden
    )
    leg_intentie_bij(antwoord, inhoud, wie)
    if verslag_gemaakt:
        leg_vast(
            antwoord,
            Gebeurtenis.Soort.GEWIJZIGD,
            wie,
            reden=reden,
            wijzigingen={"antwoord": [oud.als_json(), inhoud.als_json()]},
            dossier_id=interview.dossier_id,
        )
    if oud.waarde != inhoud.waarde and interview.status not in NIET_TELLEND:
        herzie(interview.dossier, {vraag.pk} | anders_gevraagd(interview, vraag, oud, inhoud))
    return Opgeslagen(antwoord, nieuw=True)


def zoals_bewaard(vraag: Vraag, inhoud: Inhoud) -> Inhoud:
    """`inhoud` with a number or a date in the one form in which it is kept; ValidationError when it is not one."""
    if not inhoud.tekst:
        return inhoud
    _controleer_teksten(inhoud)
    try:
        return replace(inhoud, tekst=vraag.lees(inhoud.tekst))
    except ValueError as fout:
        raise ValidationError(str(fout)) from fout


def controleer(vraag: Vraag, inhoud: Inhoud):
    """The Keuze and Gemeente that this content names, or ValidationError when it does not fit the question."""
    _controleer_teksten(inhoud)
    past = {
        Vraag.Soort.KEUZE: not (inhoud.tekst or inhoud.gemeente or inhoud.rijen),
        Vraag.Soort.OPEN: not (inhoud.gemeente or inhoud.rijen),
        Vraag.Soort.GEMEENTE: not (inhoud.tekst or inhoud.rijen),
        Vraag.Soort.AFSPRAKEN: not (inhoud.tekst or inhoud.gemeente),
        Vraag.Soort.GETAL: not (inhoud.gemeente or inhoud.rijen),
        Vraag.Soort.DATUM: not (inhoud.gemeente or inhoud.rijen),
    }[vraag.soort]
    if not past:
        raise ValidationError("Dit antwoord past niet bij de soort vraag.")
    if inhoud.keuze and (inhoud.tekst or inhoud.gemeente or inhoud.rijen):
        raise ValidationError(NIET_ALLEBEI)
    if inhoud.thema and (vraag.soort != Vraag.Soort.OPEN or len(inhoud.thema) > MAX_THEMA):
        raise ValidationError(f"Een thema hoort bij een open vraag en telt hoogstens {MAX_THEMA} tekens.")
    keuze = gemeente = None
    if inhoud.keuze:
        keuze = vraag.keuzes.filter(code=inhoud.keuze).first()
        if keuze is None:
            raise ValidationError("Deze keuze bestaat niet bij deze vraag.")
    if inhoud.gemeente:
        gemeente = Gemeente.objects.filter(code=inhoud.gemeente).first()
        if gemeente is None:
            raise ValidationError("Deze gemeente is niet bekend.")
    return keuze, gemeente


def _controleer_teksten(inhoud: Inhoud) -> None:
    teksten = (inhoud.tekst, inhoud.toelichting, inhoud.citaat, inhoud.intentie, inhoud.thema)
    for tekst in (*teksten, *(t for rij in inhoud.rijen for t in rij)):
        if bezwaar := bezwaar_tegen(tekst):
            raise ValidationError(bezwaar)
        if len(tekst) > MAX_TEKST:
            raise ValidationError(f"De tekst is te lang: {len(tekst)} tekens, er passen er {MAX_TEKST}.")
