"""Planning an interview, and planning again one that fell through."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.actions.status import op_slot, zet_status
from vragenlijst.models import Dossier, Gesprekspartner, Interview

# What a plan is. Not its status: that may have moved on while the form was open.
PLANVELDEN = ("actorgroep", "datum", "aanvang", "duur", "plaats", "inspecteur", "tweede_inspecteur")
TE_PLANNEN = (Interview.Status.GEPLAND, Interview.Status.GEHOUDEN, Interview.Status.VERVALLEN)


@dataclass(frozen=True)
class Partner:
    """Who is spoken to, apart from where it is stored."""

    naam: str
    functie: str = ""
    organisatie: str = ""

    def __str__(self):
        return f"{self.naam}{self.functie and f', {self.functie}'}{self.organisatie and f' ({self.organisatie})'}"


def partners_van(interview: Interview) -> list[Partner]:
    if interview.pk is None:
        return []
    return [Partner(p.naam, p.functie, p.organisatie) for p in interview.gesprekspartners.all()]


def planbeeld(interview: Interview) -> dict[str, str]:
    """The plan as people read it, by the names of its fields; without gesprekspartners, who are personal data."""
    return {
        "Actorgroep": str(interview.actorgroep),
        "Datum": f"{interview.datum:%d-%m-%Y}" if interview.datum else "",
        "Aanvang": f"{interview.aanvang:%H:%M}" if interview.aanvang else "",
        "Duur in minuten": str(interview.duur),
        "Plaats": interview.plaats,
        "Inspecteur": str(interview.inspecteur or ""),
        "Tweede inspecteur": str(interview.tweede_inspecteur or ""),
    }


@transaction.atomic
def interview_plannen(
    interview: Interview, partners: Iterable[Partner], wie: Gebruiker, *, gezien: int | None = None, reden: str = ""
) -> bool:
    """Store the plan with its gesprekspartners; False, and nothing stored, when it is a form that was sent twice.

    The first plan brings the dossier in uitvoering; planning what fell through makes it gepland again, for which `reden` says
    why. Raises Geweigerd when the plan stands firm, and Conflict when it is not version `gezien` any more.
    """
    dossier = op_slot(interview.dossier)
    if not dossier.te_bewerken:
        raise Geweigerd([f"Dit dossier is {dossier.get_status_display().lower()}: de inhoud staat vast."])
    nieuw, opnieuw, partners = interview.pk is None, False, list(partners)
    if nieuw:
        if _dubbel(interview):
            return False
        interview.save()
        wijzigingen = {naam: ["", waarde] for naam, waarde in planbeeld(interview).items() if waarde}
    else:
        huidig = _huidig(interview, gezien)
        opnieuw = huidig.status == Interview.Status.VERVALLEN
        interview.versie = huidig.versie + 1
        interview.save(update_fields=[*PLANVELDEN, "versie"])
        oud, anders = planbeeld(huidig), planbeeld(interview)
        wijzigingen = {naam: [oud[naam], anders[naam]] for naam in oud if oud[naam] != anders[naam]}
    wijzigingen |= _zet_partners(interview, partners)
    if nieuw or wijzigingen:
        soort = Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD
        leg_vast(interview, soort, wie, wijzigingen=wijzigingen, dossier_id=interview.dossier_id)
    if opnieuw:
        zet_status(interview, Interview.Status.GEPLAND, wie, reden=reden)
    if dossier.status == Dossier.Status.GEPLAND:
        zet_status(dossier, Dossier.Status.IN_UITVOERING, wie)
    return True


def _huidig(interview: Interview, gezien: int | None) -> Interview:
    """The plan as it stands now, if it may change and is the version that the writer had before them."""
    huidig = Interview.objects.select_related("actorgroep", "inspecteur", "tweede_inspecteur").get(pk=interview.pk)
    if huidig.status not in TE_PLANNEN:
        raise Geweigerd([f"Dit interview is {huidig.get_status_display().lower()}: de gegevens staan vast."])
    if huidig.versie != gezien:
        raise Conflict(huidig)
    return huidig


def _zet_partners(interview: Interview, partners: list[Partner]) -> dict[str, list]:
    """Let these be the gesprekspartners, in this order. Those before the first that differs stay as they are.

    The history gets their number only: it is kept longer than their names may be.
    """
    staan_er = list(interview.gesprekspartners.all())
    oud = [Partner(p.naam, p.functie, p.organisatie) for p in staan_er]
    if oud == partners:
        return {}
    gelijk = next((nr for nr, (een, ander) in enumerate(zip(oud, partners, strict=False)) if een != ander), None)
    gelijk = min(len(oud), len(partners)) if gelijk is None else gelijk
    interview.gesprekspartners.filter(pk__in=[p.pk for p in staan_er[gelijk:]]).delete()
    for p in partners[gelijk:]:  # one by one: their keys are their order
        Gesprekspartner.objects.create(interview=interview, naam=p.naam, functie=p.functie, organisatie=p.organisatie)
    aantal = len(oud)
    return {
        "Gesprekspartners": [f"{aantal}", f"{len(partners)}" if len(partners) != aantal else f"{aantal}, gewijzigd"]
    }


def _dubbel(interview: Interview) -> bool:
    """Whether the same interview was planned less than a minute ago: a form that was sent twice."""
    kort_geleden = timezone.now() - timezone.timedelta(minutes=1)
    gelijk = Interview.objects.filter(
        dossier=interview.dossier,
        **{naam: getattr(interview, naam) for naam in ("actorgroep", "datum", "aanvang", "plaats")},
    )
    recent = Gebeurtenis.objects.filter(ding_soort="interview", soort="gemaakt", wanneer__gte=kort_geleden)
    return gelijk.filter(pk__in=recent.values("ding_id")).exists()
