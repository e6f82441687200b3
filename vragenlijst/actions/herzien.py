"""Findings that are to be looked at again, because a voice under them changed, came or went."""

from collections.abc import Iterable

from vragenlijst import queries, routing
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import (
    Bevinding,
    Dossier,
    Interview,
    Vraag,
)

NIET_TELLEND = (Interview.Status.GEPLAND, Interview.Status.VERVALLEN)


def anders_gevraagd(interview: Interview, vraag: Vraag, oud: Inhoud, nieuw: Inhoud) -> set[int]:
    """The answered questions that open or close in this interview, and so begin or cease to count, by this other choice."""
    if oud.keuze == nieuw.keuze:
        return set()
    return sprekend(interview, {vraag.code: oud.keuze}) ^ sprekend(interview)


def sprekend(interview: Interview, anders: dict[str, str] | None = None) -> set[int]:
    """The questions on which this interview speaks: asked there, and answered. `anders` puts other choices in place, by code."""
    antwoorden = {
        code: antwoord for code, antwoord in queries.antwoorden_van(interview).items() if not antwoord.is_leeg
    }
    keuzes = {code: antwoord.keuze.code for code, antwoord in antwoorden.items() if antwoord.keuze} | (anders or {})
    return {
        antwoorden[code].vraag_id
        for code in routing.gevraagd(queries.voorwaarden_van_ronde(interview.dossier.ronde), keuzes) & antwoorden.keys()
    }


def herzie(dossier: Dossier, vragen: Iterable[int]) -> None:
    """An answer under these findings changed: they are to be looked at again, and stay as they are until then."""
    Bevinding.objects.filter(dossier=dossier, vraag__in=list(vragen)).update(te_herzien=True)
