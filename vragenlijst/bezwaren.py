"""Why not yet: for each step in a status, the list of sentences that say what is missing (design 4.6).

The same list is shown on the page and used by the door.
"""

from django.db import models
from django.utils import timezone

from vragenlijst import queries
from vragenlijst.models import Dossier, Interview, Ronde


def bezwaren(ding: models.Model, naar: str) -> list[str]:
    """What stands in the way of bringing `ding` to status `naar`; an empty list when nothing does."""
    controle = CONTROLES.get((ding._meta.model_name, naar))
    return controle(ding) if controle else []


def _interview_gehouden(interview: Interview) -> list[str]:
    gevonden = _dossier_bewerkbaar(interview.dossier)
    if interview.datum is None:
        gevonden.append("Het interview heeft nog geen datum.")
    elif interview.datum > timezone.localdate():
        gevonden.append(f"De datum van het interview ({interview.datum:%d-%m-%Y}) ligt in de toekomst.")
    return gevonden


def _interview_ter_accordering(interview: Interview) -> list[str]:
    gevonden = _ronde_loopt(interview)
    if not interview.gesprekspartners.exists():
        gevonden.append("Er is nog geen gesprekspartner ingevuld die het verslag kan accorderen.")
    if not interview.antwoorden.exists():
        gevonden.append("Er is nog geen antwoord ingevuld.")
    return gevonden


def _dossier_bewerkbaar(dossier: Dossier) -> list[str]:
    if dossier.ronde.status != Ronde.Status.OPEN:
        return [f"De ronde {dossier.ronde} is niet open."]
    if dossier.status == Dossier.Status.VASTGESTELD:
        return ["Het dossier is vastgesteld."]
    if dossier.status == Dossier.Status.TER_TOETSING:
        return ["Het dossier ligt ter toetsing."]
    return []


def _ronde_loopt(interview: Interview) -> list[str]:
    ronde = interview.dossier.ronde
    return [] if ronde.status == Ronde.Status.OPEN else [f"De ronde {ronde} is niet open."]


def _interview_terug(interview: Interview) -> list[str]:
    return _dossier_bewerkbaar(interview.dossier)


def _dossier_in_uitvoering(dossier: Dossier) -> list[str]:
    if dossier.ronde.status != Ronde.Status.OPEN:
        return [f"De ronde {dossier.ronde} is niet open."]
    return []


def _dossier_compleet(dossier: Dossier) -> list[str]:
    gevonden = _dossier_in_uitvoering(dossier)
    if dossier.toetser_id is None:
        gevonden.append("Er is nog geen toetser aangewezen.")
    interviews = list(dossier.interviews.select_related("actorgroep"))
    if not any(i.status not in (Interview.Status.GEPLAND, Interview.Status.VERVALLEN) for i in interviews):
        gevonden.append("Er is nog geen interview gehouden.")
    for interview in interviews:
        if interview.status == Interview.Status.GEPLAND:
            gevonden.append(f"Het interview met {interview.actorgroep} is nog gepland: houd het of laat het vervallen.")
    for regel in queries.driehoeken(dossier):
        if regel.open and regel.bevinding is None:
            gevonden.append(f"Vraag {regel.vraag.code} heeft nog geen bevinding.")
        elif regel.open:
            gevonden.append(f"De bevinding bij vraag {regel.vraag.code} is te herzien: een antwoord is gewijzigd.")
    gevonden += [
        f"Aandachtspunt {beeld.aandachtspunt.code} is nog niet beoordeeld."
        for beeld in queries.normbeelden(dossier)
        if beeld.beoordeling is None
    ]
    return gevonden


def _ronde_open(ronde: Ronde) -> list[str]:
    gevonden = []
    if ronde.instrument.status != ronde.instrument.Status.VASTGESTELD:
        gevonden.append("Het instrument is nog niet vastgesteld.")
    dossiers = list(ronde.dossiers.select_related("gemeente"))
    if not dossiers:
        gevonden.append("De ronde heeft nog geen gemeenten.")
    gevonden += [f"{d.gemeente} heeft nog geen inspecteur." for d in dossiers if d.inspecteur_id is None]
    return gevonden


def _ronde_gesloten(ronde: Ronde) -> list[str]:
    dossiers = list(ronde.dossiers.select_related("gemeente"))
    if not dossiers:
        return ["De ronde heeft geen gemeenten."]
    return [
        f"Het dossier van {d.gemeente} is nog niet vastgesteld ({d.get_status_display().lower()})."
        for d in dossiers
        if d.status != Dossier.Status.VASTGESTELD
    ]


CONTROLES = {
    ("interview", "gehouden"): _interview_gehouden,
    ("interview", "gepland"): _interview_terug,
    ("interview", "vervallen"): _interview_terug,
    ("interview", "ter_accordering"): _interview_ter_accordering,
    ("interview", "geaccordeerd"): _ronde_loopt,
    ("dossier", "in_uitvoering"): _dossier_in_uitvoering,
    ("dossier", "ter_toetsing"): _dossier_compleet,
    ("dossier", "vastgesteld"): _dossier_compleet,
    ("ronde", "open"): _ronde_open,
    ("ronde", "gesloten"): _ronde_gesloten,
}
