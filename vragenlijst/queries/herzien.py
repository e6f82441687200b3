"""Why a finding or a judgement is to be looked at again: what its sources did since it was settled, and what lies under it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from regio.models import Gebeurtenis, Gebruiker, Gemeente
from vragenlijst.actions.herzien import NIET_TELLEND
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Actorgroep, Antwoord, Antwoordversie, Beoordeling, Dossier, Interview
from vragenlijst.queries.dossiers import Driehoek


@dataclass(frozen=True)
class Wijziging:
    """One thing that happened to one actor's voice: their answer became another, or their interview began or ceased to count."""

    actorgroep: Actorgroep
    wanneer: datetime
    wie: Gebruiker | None
    wat: str
    was: str
    werd: str


def sinds_vastleggen(dossier: Dossier, regel: Driehoek) -> list[Wijziging]:
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


@dataclass(frozen=True)
class Ondergrond:
    """What happened to one thing under a judgement since it was given; `was` and `werd` are empty where its naming says it all."""

    wat: str
    wanneer: datetime
    was: str = ""
    werd: str = ""


def sinds_oordeel(beoordeling: Beoordeling, feiten: list[Driehoek]) -> list[Ondergrond]:
    """What changed under this judgement after it was given, in order of time. `feiten` are the findings that inform it.

    Three queries at most. Empty when no finding changed by itself: then another finding opened or closed a question (routing).
    """
    per_bevinding = {regel.bevinding.pk: regel for regel in feiten if regel.bevinding}
    rijen = list(
        Gebeurtenis.objects.filter(
            Q(ding_soort="bevinding", ding_id__in=per_bevinding)
            | Q(ding_soort="bewijsstuk", ding_id=beoordeling.bewijsstuk_id or 0, soort=Gebeurtenis.Soort.GEWIJZIGD),
            dossier_id=beoordeling.dossier_id,
            wanneer__gt=beoordeling.gewijzigd_op,
        ).order_by("pk")
    )
    gevonden = _andere_bevindingen([rij for rij in rijen if rij.ding_soort == "bevinding"], per_bevinding)
    gevonden += [
        Ondergrond(f"Het bewijsstuk ‘{rij.ding_naam}’ is gewijzigd.", rij.wanneer)
        for rij in rijen
        if rij.ding_soort == "bewijsstuk"
    ]
    stuk = beoordeling.bewijsstuk
    if stuk and stuk.opvolger:
        vervanging = Gebeurtenis.objects.van(stuk.opvolger).order_by("pk").first()
        if vervanging and vervanging.wanneer > beoordeling.gewijzigd_op:
            zin = f"Het bewijsstuk ‘{stuk}’ is vervangen door ‘{stuk.opvolger}’."
            gevonden.append(Ondergrond(zin, vervanging.wanneer))
    return sorted(gevonden, key=lambda ding: ding.wanneer)


def _andere_bevindingen(rijen: list[Gebeurtenis], per_bevinding: dict[int, Driehoek]) -> list[Ondergrond]:
    eerste: dict[int, Inhoud] = {}
    laatste: dict[int, Gebeurtenis] = {}
    for rij in rijen:
        eerste.setdefault(rij.ding_id, Inhoud.van_json(rij.wijzigingen["bevinding"][0]))
        laatste[rij.ding_id] = rij
    nu = {pk: Inhoud.van_json(rij.wijzigingen["bevinding"][1]) for pk, rij in laatste.items()}
    gemeenten = _gemeentenamen([*eerste.values(), *nu.values()])
    return [
        Ondergrond(
            f"De bevinding bij {(regel := per_bevinding[pk]).vraag.code}:",
            rij.wanneer,
            was=_leesbaar(regel, eerste[pk], gemeenten, niets="nog geen bevinding"),
            werd=_leesbaar(regel, nu[pk], gemeenten),
        )
        for pk, rij in laatste.items()
        if eerste[pk].waarde != nu[pk].waarde
    ]


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


def _leesbaar(regel: Driehoek, inhoud: Inhoud, gemeenten: dict[str, str], niets: str = "geen antwoord") -> str:
    if inhoud.keuze:
        return next((k.naam for k in regel.vraag.keuzes.all() if k.code == inhoud.keuze), inhoud.keuze)
    if inhoud.gemeente:
        return gemeenten.get(inhoud.gemeente, inhoud.gemeente)
    if inhoud.rijen:
        return "\n".join(": ".join(filter(None, rij)) for rij in inhoud.rijen)
    return inhoud.tekst or niets
