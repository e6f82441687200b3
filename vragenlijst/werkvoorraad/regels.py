"""Mijn werk: the dossiers of one person, each with what is next, what is late, what came back and what waits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.models import Dossier, Interview, Opmerking, Ronde
from vragenlijst.queries import intenties as queries_intenties
from vragenlijst.termijnen import Termijn
from vragenlijst.werkvoorraad.dekking import Dekking, dekkingen
from vragenlijst.werkvoorraad.leemten import Leemte, leemten, uitzonderingen_per_dossier
from vragenlijst.werkvoorraad.overname import Overname, overnames
from vragenlijst.werkvoorraad.stand import Werk, van_dossiers
from vragenlijst.werkvoorraad.stappen import Stap, stap, termijn


class Groep(Enum):
    """Where a dossier stands on Mijn werk, the most urgent first; each dossier in one of them."""

    TE_LAAT = "te-laat", "Te laat", "te laat"
    TERUG = "teruggekomen", "Teruggekomen", "teruggekomen"
    AAN_DE_BEURT = "aan-de-beurt", "Aan de beurt", "aan de beurt"
    WACHT = "wacht", "Wacht op een ander", "bij een ander"
    LATER = "later", "In een ronde die nog niet open is", "in een ronde die nog niet open is"
    KLAAR = "vastgesteld", "Vastgesteld", "vastgesteld"

    def __init__(self, code: str, titel: str, telling: str):
        self.code, self.titel = code, titel
        self.telling = telling  # after a number

    @property
    def kort(self) -> bool:
        """Whether a name is all there is to say: nothing is to be done in these dossiers."""
        return self in (Groep.LATER, Groep.KLAAR)


@dataclass(frozen=True)
class Signaal:
    """Something about a dossier that is not its next step, but asks for attention."""

    tekst: str
    adres: str = ""


@dataclass(frozen=True)
class Regel:
    """One dossier as one person sees it. `sinds` is the step that brought it to its status, when there was one."""

    werk: Werk
    stap: Stap | None
    termijn: Termijn | None
    sinds: Gebeurtenis | None
    opmerkingen: int
    opvolgingen: int
    dekking: Dekking
    leemten: list[Leemte]  # what is missing, set aside or not
    overname: Overname | None = None  # when it was somebody else's until now

    @property
    def dossier(self) -> Dossier:
        return self.werk.dossier

    @property
    def te_laat(self) -> bool:
        return self.termijn is not None and self.termijn.te_laat

    @property
    def terug(self) -> bool:
        """Whether the dossier was given back or reopened by another, and is not handed in again since."""
        return (
            self.dossier.status == Dossier.Status.IN_UITVOERING
            and self.sinds is not None
            and self.sinds.van in (Dossier.Status.TER_TOETSING, Dossier.Status.VASTGESTELD)
            and not (self.sinds.wie and self.dossier.is_van(self.sinds.wie))
        )

    @property
    def groep(self) -> Groep:
        if self.dossier.status == Dossier.Status.VASTGESTELD:
            return Groep.KLAAR
        if self.dossier.ronde.status == Ronde.Status.CONCEPT:
            return Groep.LATER
        if self.stap is None:
            return Groep.WACHT
        if self.te_laat:
            return Groep.TE_LAAT
        return Groep.TERUG if self.terug else Groep.AAN_DE_BEURT

    @property
    def wacht_op(self) -> str:
        """For whom or what the dossier waits, when nothing is this person's to do."""
        dossier, ronde = self.dossier, self.dossier.ronde
        if self.stap is not None:
            return ""
        if dossier.status == Dossier.Status.VASTGESTELD:
            return f"Vastgesteld door {dossier.toetser}{self._sinds('op')}."
        if dossier.status == Dossier.Status.TER_TOETSING:
            return f"Ligt ter toetsing bij {dossier.toetser}{self._sinds('sinds')}."
        if ronde.status == Ronde.Status.CONCEPT:
            return "De ronde is nog niet open."
        if ronde.status == Ronde.Status.GESLOTEN:
            return "De ronde is gesloten."
        return f"{dossier.inspecteur or 'De inspecteur'} is aan zet."

    def _sinds(self, woord: str) -> str:
        return f" {woord} {date_format(timezone.localtime(self.sinds.wanneer), 'j F Y')}" if self.sinds else ""

    @property
    def signalen(self) -> list[Signaal]:
        """What else asks for attention, apart from the next step."""
        dossier, werk = self.dossier, self.werk
        gevonden = []
        if self.opmerkingen:
            adres = reverse("opmerkingen", args=[dossier.pk])
            gevonden.append(Signaal(_tel(self.opmerkingen, "opmerking", "opmerkingen") + " van de toetser", adres))
        if werk.te_herzien:
            adres = reverse("bevindingen", args=[dossier.pk])
            gevonden.append(Signaal(_tel(werk.te_herzien, "bevinding", "bevindingen") + " te herzien", adres))
        if werk.oordelen_te_herzien:
            adres = reverse("beoordelingen", args=[dossier.pk])
            gevonden.append(Signaal(_tel(werk.oordelen_te_herzien, "oordeel", "oordelen") + " te herzien", adres))
        if self.opvolgingen:
            adres = reverse("opvolgingen", args=[dossier.pk])
            gevonden.append(Signaal(_tel(self.opvolgingen, "intentie", "intenties") + " op te volgen", adres))
        if aantal := werk.met_status(Interview.Status.GEHOUDEN):
            gevonden.append(Signaal(_tel(aantal, "verslag", "verslagen") + " nog niet ter accordering"))
        if aantal := werk.met_status(Interview.Status.TER_ACCORDERING):
            gevonden.append(Signaal(_tel(aantal, "verslag wacht", "verslagen wachten") + " op akkoord"))
        nu = gevonden if dossier.status == Dossier.Status.IN_UITVOERING else gevonden[: bool(self.opmerkingen)]
        return [Signaal(self.overname.tekst, self._geschiedenis), *nu] if self.overname else nu

    @property
    def _geschiedenis(self) -> str:
        return reverse("dossier_geschiedenis", args=[self.dossier.pk])

    @property
    def dringendheid(self) -> tuple:
        """To sort by: the day that comes first, then the name."""
        dagen = [self.termijn.datum] if self.termijn else []
        if self.stap is not None and self.werk.volgende is not None and self.werk.volgende.datum is not None:
            dagen.append(self.werk.volgende.datum)
        return (min(dagen, default=date.max), self.dossier.gemeente.zoeknaam, self.dossier.pk)


def _tel(aantal: int, een: str, meer: str) -> str:
    return f"{aantal} {een if aantal == 1 else meer}"


def regels(dossiers: Iterable[Dossier], gebruiker: Gebruiker, vandaag: date) -> list[Regel]:
    """These dossiers as this person sees them, in the order in which they came; a fixed number of queries."""
    dossiers = list(dossiers)
    werk = van_dossiers(dossiers)
    dekking = dekkingen(werk)
    opmerkingen = Counter(
        Opmerking.objects.filter(dossier__in=dossiers, afgehandeld_op=None)
        .order_by()
        .values_list("dossier_id", flat=True)
    )
    opvolgingen = queries_intenties.open_intenties_per_dossier(dossiers)
    sinds = _sinds(dossiers)
    overgenomen = overnames(dossiers, gebruiker)
    uitzonderingen = uitzonderingen_per_dossier(dossiers)
    gevonden = []
    for stand in werk:
        pk = stand.dossier.pk
        eigen = stand.dossier.is_van(gebruiker)
        ontbreekt = leemten(stand, dekking[pk], uitzonderingen[pk])
        gevonden.append(
            Regel(
                werk=stand,
                stap=stap(
                    stand,
                    gebruiker,
                    vandaag,
                    opmerkingen=opmerkingen[pk],
                    opvolgingen=opvolgingen[pk] if eigen else 0,
                    leemten=sum(leemte.open for leemte in ontbreekt),
                ),
                termijn=termijn(stand, vandaag),
                sinds=sinds.get(pk),
                opmerkingen=opmerkingen[pk],
                opvolgingen=opvolgingen[pk],
                dekking=dekking[pk],
                leemten=ontbreekt,
                overname=overgenomen.get(pk),
            )
        )
    return gevonden


def _sinds(dossiers: list[Dossier]) -> dict[int, Gebeurtenis]:
    """The step that brought each of these dossiers to the status that it has."""
    stappen = Gebeurtenis.objects.filter(
        ding_soort="dossier", soort=Gebeurtenis.Soort.STATUS, ding_id__in=[dossier.pk for dossier in dossiers]
    ).select_related("wie")
    return {stap.ding_id: stap for stap in stappen.order_by("wanneer", "pk")}


def van_gebruiker(gebruiker: Gebruiker, vandaag: date) -> tuple[list[Regel], list[Regel]]:
    """(own work, work to review) of this person in rounds that are not closed, each by urgency."""
    dossiers = (
        Dossier.objects.filter(
            Q(inspecteur=gebruiker)
            | Q(tweede_inspecteur=gebruiker)
            | Q(toetser=gebruiker, status=Dossier.Status.TER_TOETSING)
        )
        .exclude(ronde__status=Ronde.Status.GESLOTEN)
        .select_related("gemeente", "ronde", "inspecteur", "toetser")
    )
    alle = sorted(regels(dossiers, gebruiker, vandaag), key=lambda regel: regel.dringendheid)
    eigen = [regel for regel in alle if regel.dossier.is_van(gebruiker)]
    return eigen, [regel for regel in alle if not regel.dossier.is_van(gebruiker)]
