"""The one next step of a dossier, and by when."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from regio.models import Gebruiker
from vragenlijst.models import Dossier, Interview, Ronde
from vragenlijst.termijnen import Termijn
from vragenlijst.werkvoorraad.stand import Werk


@dataclass(frozen=True)
class Stap:
    """What to do next, and where."""

    tekst: str
    adres: str


def stap(
    werk: Werk,
    gebruiker: Gebruiker,
    vandaag: date,
    *,
    opmerkingen: int = 0,
    opvolgingen: int = 0,
    leemten: int = 0,
) -> Stap | None:
    """The one next step for this person; None when the dossier waits for someone else, or is done.

    `opmerkingen`, `opvolgingen` and `leemten` are the numbers that are still open: remarks come first, for they are why the
    dossier came back; what became of intentions is asked in the interviews, and so settled after them; what nobody was asked, or
    answered, is made up or set aside before the dossier is handed in.
    """
    dossier = werk.dossier
    if dossier.status == Dossier.Status.TER_TOETSING and dossier.toetser_id == gebruiker.pk:
        return Stap("Toets het dossier", reverse("opmerkingen", args=[dossier.pk]))
    if not dossier.mag_bewerken(gebruiker):
        return None
    if opmerkingen:
        return Stap(f"Handel opmerkingen af: nog {opmerkingen}", reverse("opmerkingen", args=[dossier.pk]))
    if werk.interviews == 0:
        return Stap("Plan het eerste interview", reverse("interview_nieuw", args=[dossier.pk]))
    if werk.volgende is not None:
        return _interviewstap(werk.volgende, vandaag)
    if werk.bevindingen < werk.gevraagd:
        over = werk.gevraagd - werk.bevindingen
        return Stap(f"Leg bevindingen vast: nog {over}", reverse("bevindingen", args=[dossier.pk]))
    if werk.beoordeeld < werk.normen:
        over = werk.normen - werk.beoordeeld
        return Stap(f"Beoordeel aandachtspunten: nog {over}", reverse("beoordelingen", args=[dossier.pk]))
    if opvolgingen:
        return Stap(f"Volg intenties op: nog {opvolgingen}", reverse("opvolgingen", args=[dossier.pk]))
    if leemten:
        return Stap(f"Vul aan wat ontbreekt: nog {leemten}", reverse("leemten", args=[dossier.pk]))
    return Stap("Bied ter toetsing aan", f"{dossier.get_absolute_url()}#status")


def _interviewstap(interview: Interview, vandaag: date) -> Stap:
    if interview.datum is None:
        return Stap(
            f"Kies een datum: interview {interview.actorgroep}", reverse("interview_wijzigen", args=[interview.pk])
        )
    doe = "Werk uit" if interview.datum < vandaag else "Bereid voor"
    return Stap(f"{doe}: interview {interview.actorgroep} ({interview.datum:%d-%m-%Y})", interview.get_absolute_url())


def termijn(werk: Werk, vandaag: date) -> Termijn | None:
    """By when the dossier must be a step further, by the dates of its round; None when there is no date, or nothing to do."""
    dossier, ronde = werk.dossier, werk.dossier.ronde
    if ronde.status != Ronde.Status.OPEN or dossier.status == Dossier.Status.VASTGESTELD:
        return None
    if dossier.status == Dossier.Status.TER_TOETSING:
        return ronde.toetsen_voor and Termijn("vaststellen", ronde.toetsen_voor, vandaag)
    termijnen = []
    if ronde.interviews_voor and (werk.interviews == 0 or werk.interviews_gehouden < werk.interviews):
        termijnen.append(Termijn("interviews houden", ronde.interviews_voor, vandaag))
    if ronde.aanbieden_voor:
        termijnen.append(Termijn("ter toetsing aanbieden", ronde.aanbieden_voor, vandaag))
    volgende = werk.volgende
    if volgende is not None and volgende.datum is not None and volgende.datum < vandaag:
        termijnen.append(Termijn("interview uitwerken", volgende.datum, vandaag))
    return min(termijnen, key=lambda t: t.datum, default=None)
