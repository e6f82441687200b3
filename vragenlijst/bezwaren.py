"""Why not yet: for each step in a status, the list of sentences that say what is missing (design 4.6).

The same list is shown on the page and used by the door.
"""

from collections import defaultdict
from collections.abc import Callable

from django.db import models
from django.urls import reverse
from django.utils import timezone

from vragenlijst import queries
from vragenlijst.instrumentcontrole import NAMEN
from vragenlijst.models import Dossier, Instrument, Interview, Ronde
from vragenlijst.queries import instrument as queries_instrument
from vragenlijst.queries import intenties as queries_intenties
from vragenlijst.queries.verslag import verslag_van
from vragenlijst.werkvoorraad.leemten import leemten_van


class Bezwaar(str):
    """A sentence that says what is missing; `groep` is what it is about and `adres` where it is mended, both empty when unknown."""

    groep: str
    adres: str

    def __new__(cls, zin: str, groep: str = "", adres: str = ""):
        bezwaar = super().__new__(cls, zin)
        bezwaar.groep, bezwaar.adres = groep, adres
        return bezwaar


def bezwaren(ding: models.Model, naar: str) -> list[str]:
    """What stands in the way of bringing `ding` to status `naar`; an empty list when nothing does."""
    controles = (
        *filter(None, [CONTROLES.get((ding._meta.model_name, naar))]),
        *_van_boven[ding._meta.model_name, naar],
    )
    return [bezwaar for controle in controles for bezwaar in controle(ding)]


_van_boven: dict[tuple[str, str], list[Callable[[models.Model], list[str]]]] = defaultdict(list)


def meld_controle(soort: str, naar: str, controle: Callable[[models.Model], list[str]]) -> None:
    """For a room above this one, in its `AppConfig.ready`: what it knows to stand in the way of this step."""
    if controle not in _van_boven[soort, naar]:
        _van_boven[soort, naar].append(controle)


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
    if interview.datum is None or not verslag_van(interview).delen:
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
        gevonden.append(Bezwaar("Er is nog geen toetser aangewezen.", "Toewijzing"))
    return [
        *gevonden,
        *_interviews_af(dossier),
        *(Bezwaar(leemte.zin, leemte.groep, leemte.adres) for leemte in leemten_van(dossier) if leemte.open),
        *_bevindingen_af(dossier),
        *_normen_beoordeeld(dossier),
        *_intenties_opgevolgd(dossier),
        *_opmerkingen_afgehandeld(dossier),
    ]


def _interviews_af(dossier: Dossier) -> list[Bezwaar]:
    interviews = list(dossier.interviews.select_related("actorgroep"))
    gevonden = []
    if not any(i.status not in (Interview.Status.GEPLAND, Interview.Status.VERVALLEN) for i in interviews):
        plan = reverse("interview_nieuw", args=[dossier.pk])
        gevonden.append(Bezwaar("Er is nog geen interview gehouden.", "Interviews", "" if interviews else plan))
    return gevonden + [
        Bezwaar(
            f"Het interview met {interview.actorgroep} is nog gepland: houd het of laat het vervallen.",
            "Interviews",
            interview.get_absolute_url(),
        )
        for interview in interviews
        if interview.status == Interview.Status.GEPLAND
    ]


def _bevindingen_af(dossier: Dossier) -> list[Bezwaar]:
    return [
        Bezwaar(
            f"Vraag {regel.vraag.code} heeft nog geen bevinding."
            if regel.bevinding is None
            else f"De bevinding bij vraag {regel.vraag.code} is te herzien: een antwoord is gewijzigd.",
            "Bevindingen",
            _plek(dossier, "bevinding", "bevindingen", regel.vraag.code),
        )
        for regel in queries.driehoeken(dossier)
        if regel.open
    ]


def _normen_beoordeeld(dossier: Dossier) -> list[Bezwaar]:
    return [
        Bezwaar(
            f"Aandachtspunt {beeld.aandachtspunt.code} is nog niet beoordeeld."
            if beeld.beoordeling is None
            else f"Het oordeel over {beeld.aandachtspunt.code} is te herzien: een bevinding of bewijsstuk eronder is gewijzigd.",
            "Aandachtspunten",
            _plek(dossier, "beoordeling", "beoordelingen", beeld.aandachtspunt.code),
        )
        for beeld in queries.normbeelden(dossier)
        if beeld.open
    ]


def _intenties_opgevolgd(dossier: Dossier) -> list[Bezwaar]:
    """V08/01, Vervolg: of each intention of the previous round it must be said what became of it."""
    return [
        Bezwaar(
            f"Van de intentie bij {punt.vraag.code} uit de vorige ronde "
            f"({punt.bron.actorgroep}) is nog niet vastgelegd wat ervan is geworden.",
            "Intenties uit de vorige ronde",
            reverse("opvolging", args=[dossier.pk, punt.intentie.pk])
            if dossier.te_bewerken
            else reverse("opvolgingen", args=[dossier.pk]),
        )
        for punt in queries_intenties.uit_vorige_ronde(dossier)
        if punt.open
    ]


def _opmerkingen_afgehandeld(dossier: Dossier) -> list[Bezwaar]:
    adres = reverse("opmerkingen", args=[dossier.pk])
    open_ = dossier.opmerkingen.filter(afgehandeld_op=None).select_related("vraag", "aandachtspunt")
    return [
        Bezwaar(
            f"De opmerking van de toetser bij {opmerking.waarover} is nog niet afgehandeld.",
            "Opmerkingen van de toetser",
            f"{adres}#opmerking-{opmerking.pk}",
        )
        for opmerking in open_
    ]


def _plek(dossier: Dossier, bewerken: str, lijst: str, code: str) -> str:
    """Where this is mended: its own page, or its place in the list while the contents stand firm."""
    if dossier.te_bewerken:
        return reverse(bewerken, args=[dossier.pk, code])
    return f"{reverse(lijst, args=[dossier.pk])}#{code}"


def _ronde_open(ronde: Ronde) -> list[str]:
    gevonden = []
    if ronde.instrument.status == ronde.instrument.Status.VERVALLEN:
        gevonden.append("Het instrument is vervallen: kies een andere versie.")
    elif ronde.instrument.status != ronde.instrument.Status.VASTGESTELD:
        gevonden.append("Het instrument is nog niet vastgesteld.")
    dossiers = list(ronde.dossiers.select_related("gemeente", "inspecteur").order_by("gemeente__zoeknaam"))
    if not dossiers:
        gevonden.append("De ronde heeft nog geen gemeenten.")
    zonder = [str(d.gemeente) for d in dossiers if d.inspecteur is None]
    if len(zonder) == 1:
        gevonden.append(f"{zonder[0]} heeft nog geen inspecteur.")
    elif zonder:
        gevonden.append(f"{len(zonder)} gemeenten hebben nog geen inspecteur: {', '.join(zonder)}.")
    weg = [str(d.gemeente) for d in dossiers if d.inspecteur is not None and not d.inspecteur.behandelt_dossiers]
    if weg:
        gevonden.append(f"De inspecteur kan er niet meer aan werken: {', '.join(weg)}.")
    return gevonden


def _ronde_gesloten(ronde: Ronde) -> list[str]:
    dossiers = list(ronde.dossiers.select_related("gemeente").order_by("gemeente__zoeknaam"))
    if not dossiers:
        return ["De ronde heeft geen gemeenten."]
    return [
        _nog_niet_vastgesteld(status, namen)
        for status in Dossier.Status
        if status != Dossier.Status.VASTGESTELD and (namen := [str(d.gemeente) for d in dossiers if d.status == status])
    ]


def _nog_niet_vastgesteld(status: Dossier.Status, namen: list[str]) -> str:
    if len(namen) == 1:
        return f"Het dossier van {namen[0]} is nog niet vastgesteld ({status.label.lower()})."
    return f"{len(namen)} dossiers zijn nog niet vastgesteld ({status.label.lower()}): {', '.join(namen)}."


def _instrument_vastgesteld(instrument: Instrument) -> list[Bezwaar]:
    if not instrument.is_concept:
        return []  # nothing of it has changed since it was looked at
    adres = queries_instrument.adres_van(instrument)
    return [
        Bezwaar(str(bezwaar), NAMEN[bezwaar.soort], adres(bezwaar))
        for bezwaar in queries_instrument.controle(instrument)
        if bezwaar.blokkeert
    ]


CONTROLES = {
    ("instrument", "vastgesteld"): _instrument_vastgesteld,
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
