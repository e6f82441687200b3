"""Findings that are to be looked at again, because a voice under them changed, came or went; and judgements, because a finding or
a document under them did.
"""

from collections.abc import Iterable

from vragenlijst import queries, routing
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import (
    Aandachtspunt,
    Beoordeling,
    Bevinding,
    Bewijsstuk,
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


def herzie_oordelen(dossier: Dossier, vragen: Iterable[int]) -> None:
    """The findings on these questions became others, or began or ceased to count: the judgements they inform are looked at again."""
    normen = Aandachtspunt.objects.filter(vragen__in=list(vragen)).order_by().values("pk")
    Beoordeling.objects.filter(dossier=dossier, aandachtspunt__in=normen).update(te_herzien=True)


def herzie_oordelen_op(bewijsstuk: Bewijsstuk) -> None:
    """This document became another, or a newer one took its place: the judgements that rest on it are looked at again."""
    Beoordeling.objects.filter(bewijsstuk=bewijsstuk).update(te_herzien=True)
