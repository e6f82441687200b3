"""Why a finding is to be looked at again: what its sources did since it was settled."""

from dataclasses import dataclass
from datetime import datetime

from regio.models import Gebeurtenis, Gebruiker, Gemeente
from vragenlijst.actions.herzien import NIET_TELLEND
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Actorgroep, Antwoord, Antwoordversie, Dossier, Interview
from vragenlijst.queries import Driehoek


@dataclass(frozen=True)
class Wijziging:
    """One thing that happened to one actor's voice: their answer became another, or their interview began or ceased to count."""

    actorgroep: Actorgroep
    wanneer: datetime
    wie: Gebruiker | None
    wat: str
    was: str
    werd: str


def sinds_vaststellen(dossier: Dossier, regel: Driehoek) -> list[Wijziging]:
    """What changed under this finding after it was settled, in order of time. At most five queries.

    Empty when nothing here changed by itself: then another answer opened or closed this question for an actor (routing).
    """
    if regel.bevinding is None:
        return []
    antwoorden = list(
        Antwoord.objects.filter(interview__dossier=dossier, vraag=regel.vraag).select_related("interview__actorgroep")
    )
    gevonden = _andere_antwoorden(regel, antwoorden) + _andere_interviews(dossier, regel, antwoorden)
    return sorted(gevonden, key=lambda wijziging: wijziging.wanneer)


def _andere_antwoorden(regel: Driehoek, antwoorden: list[Antwoord]) -> list[Wijziging]:
    toen: dict[int, Antwoordversie] = {}
    nu: dict[int, Antwoordversie] = {}
    versies = Antwoordversie.objects.filter(antwoord__in=antwoorden).select_related("wie").order_by("versie")
    for versie in versies:
        nu[versie.antwoord_id] = versie
        if versie.wanneer <= regel.bevinding.gewijzigd_op:
            toen[versie.antwoord_id] = versie
    inhouden = {
        pk: (Inhoud.van_json(toen[pk].inhoud) if pk in toen else Inhoud(), Inhoud.van_json(nu[pk].inhoud)) for pk in nu
    }
    gemeenten = _gemeentenamen(inhoud for paar in inhouden.values() for inhoud in paar)
    return [
        Wijziging(
            actorgroep=antwoord.interview.actorgroep,
            wanneer=nu[antwoord.pk].wanneer,
            wie=nu[antwoord.pk].wie,
            wat="antwoord",
            was=_leesbaar(regel, inhouden[antwoord.pk][0], gemeenten),
            werd=_leesbaar(regel, inhouden[antwoord.pk][1], gemeenten),
        )
        for antwoord in antwoorden
        if antwoord.pk in nu and inhouden[antwoord.pk][0].waarde != inhouden[antwoord.pk][1].waarde
    ]


def _andere_interviews(dossier: Dossier, regel: Driehoek, antwoorden: list[Antwoord]) -> list[Wijziging]:
    """Interviews with an answer to this question that began or ceased to count."""
    groepen = {a.interview_id: a.interview.actorgroep for a in antwoorden if not a.is_leeg}
    stappen = Gebeurtenis.objects.filter(
        dossier_id=dossier.pk,
        ding_soort="interview",
        ding_id__in=groepen,
        soort=Gebeurtenis.Soort.STATUS,
        wanneer__gt=regel.bevinding.gewijzigd_op,
    ).select_related("wie")
    return [
        Wijziging(
            actorgroep=groepen[stap.ding_id],
            wanneer=stap.wanneer,
            wie=stap.wie,
            wat="interview",
            was=Interview.Status(stap.van).label.lower(),
            werd=Interview.Status(stap.naar).label.lower(),
        )
        for stap in stappen
        if (stap.van in NIET_TELLEND) != (stap.naar in NIET_TELLEND)
    ]


def _gemeentenamen(inhouden) -> dict[str, str]:
    codes = {inhoud.gemeente for inhoud in inhouden if inhoud.gemeente}
    return dict(Gemeente.objects.filter(code__in=codes).values_list("code", "naam")) if codes else {}


def _leesbaar(regel: Driehoek, inhoud: Inhoud, gemeenten: dict[str, str]) -> str:
    if inhoud.keuze:
        return next((k.naam for k in regel.vraag.keuzes.all() if k.code == inhoud.keuze), inhoud.keuze)
    if inhoud.gemeente:
        return gemeenten.get(inhoud.gemeente, inhoud.gemeente)
    if inhoud.rijen:
        return "\n".join(": ".join(filter(None, rij)) for rij in inhoud.rijen)
    return inhoud.tekst or "geen antwoord"
