"""Mijn werk: per dossier the one next step. One set of queries for all dossiers of a person together."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from regio.models import Gebruiker
from vragenlijst import queries, routing
from vragenlijst.models import Aandachtspunt, Beoordeling, Bevinding, Dossier, Interview


@dataclass(frozen=True)
class Stap:
    """What to do next, and where."""

    tekst: str
    adres: str
    te_laat: bool = False


@dataclass(frozen=True)
class Werk:
    """A dossier with its counts. All counts are over this one dossier."""

    dossier: Dossier
    interviews_gehouden: int
    interviews: int  # without those that fell through
    bevindingen: int  # settled, asked, and not to be looked at again
    gevraagd: int  # questions asked, given the findings so far
    beoordeeld: int
    normen: int
    volgende: Interview | None

    @property
    def klaar_voor_toetsing(self) -> bool:
        return (
            self.interviews > 0
            and self.interviews_gehouden == self.interviews
            and self.bevindingen == self.gevraagd
            and self.beoordeeld == self.normen
        )


def van_gebruiker(gebruiker: Gebruiker) -> tuple[list[Werk], list[Werk]]:
    """(own work, work to review): the dossiers in open rounds of this person, by municipality."""
    dossiers = (
        Dossier.objects.filter(Q(inspecteur=gebruiker) | Q(tweede_inspecteur=gebruiker) | Q(toetser=gebruiker))
        .exclude(ronde__status="gesloten")
        .select_related("gemeente", "ronde", "inspecteur", "toetser")
        .order_by("-ronde__peildatum", "gemeente__zoeknaam")
    )
    werk = van_dossiers(list(dossiers))
    eigen = [w for w in werk if w.dossier.is_van(gebruiker)]
    toetsen = [
        w for w in werk if w.dossier.toetser_id == gebruiker.pk and w.dossier.status == Dossier.Status.TER_TOETSING
    ]
    return eigen, toetsen


def van_dossiers(dossiers: list[Dossier]) -> list[Werk]:
    """Counts for these dossiers, in a number of queries that does not grow with them."""
    instrumenten = {dossier.ronde.instrument_id for dossier in dossiers}
    interviews: dict[int, list[Interview]] = defaultdict(list)
    for interview in Interview.objects.filter(dossier__in=dossiers).select_related("actorgroep"):
        interviews[interview.dossier_id].append(interview)
    bevindingen: dict[int, list[Bevinding]] = defaultdict(list)
    for bevinding in Bevinding.objects.filter(dossier__in=dossiers).select_related("vraag", "keuze"):
        bevindingen[bevinding.dossier_id].append(bevinding)
    beoordeeld = defaultdict(int)
    for dossier_id in Beoordeling.objects.filter(dossier__in=dossiers).values_list("dossier", flat=True):
        beoordeeld[dossier_id] += 1
    normen = defaultdict(int)
    for instrument in Aandachtspunt.objects.filter(onderdeel__instrument__in=instrumenten).values_list(
        "onderdeel__instrument", flat=True
    ):
        normen[instrument] += 1
    voorwaarden = queries.voorwaarden_per_instrument(instrumenten)
    return [
        _werk(
            dossier,
            interviews[dossier.pk],
            bevindingen[dossier.pk],
            beoordeeld[dossier.pk],
            normen[dossier.ronde.instrument_id],
            voorwaarden[dossier.ronde.instrument_id],
        )
        for dossier in dossiers
    ]


def _werk(dossier, interviews, bevindingen, beoordeeld, normen, voorwaarden) -> Werk:
    gevraagd = routing.gevraagd(voorwaarden, {b.vraag.code: b.keuze.code for b in bevindingen if b.keuze})
    lopend = [i for i in interviews if i.status != Interview.Status.VERVALLEN]
    gepland = sorted(
        (i for i in lopend if i.status == Interview.Status.GEPLAND),
        key=lambda i: (i.datum is None, i.datum or timezone.localdate(), i.pk),
    )
    return Werk(
        dossier=dossier,
        interviews_gehouden=len(lopend) - len(gepland),
        interviews=len(lopend),
        bevindingen=sum(b.vraag.code in gevraagd and not b.te_herzien for b in bevindingen),
        gevraagd=len(gevraagd),
        beoordeeld=beoordeeld,
        normen=normen,
        volgende=gepland[0] if gepland else None,
    )


def stap(werk: Werk, gebruiker: Gebruiker) -> Stap | None:
    """The one next step for this person; None when the dossier waits for someone else, or is done."""
    dossier = werk.dossier
    if dossier.status == Dossier.Status.TER_TOETSING and dossier.toetser_id == gebruiker.pk:
        return Stap("Toets het dossier", dossier.get_absolute_url())
    if not dossier.mag_bewerken(gebruiker):
        return None
    if werk.interviews == 0:
        return Stap("Plan het eerste interview", reverse("interview_nieuw", args=[dossier.pk]))
    if werk.volgende is not None:
        interview = werk.volgende
        te_laat = interview.datum is not None and interview.datum < timezone.localdate()
        wanneer = f" ({interview.datum:%d-%m-%Y})" if interview.datum else ""
        tekst = "Werk uit" if te_laat else "Bereid voor"
        return Stap(f"{tekst}: interview {interview.actorgroep}{wanneer}", interview.get_absolute_url(), te_laat)
    if werk.bevindingen < werk.gevraagd:
        over = werk.gevraagd - werk.bevindingen
        return Stap(f"Stel bevindingen vast: nog {over}", reverse("bevindingen", args=[dossier.pk]))
    if werk.beoordeeld < werk.normen:
        over = werk.normen - werk.beoordeeld
        return Stap(f"Beoordeel aandachtspunten: nog {over}", reverse("beoordelingen", args=[dossier.pk]))
    return Stap("Bied ter toetsing aan", dossier.get_absolute_url())
