"""From a count back to its dossiers: what was found, judged and said there. A fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from rapportage.indelingen import ROL, dossiers, indelingen, waarde
from rapportage.models import Codering
from rapportage.uitkomst import ALLE, ALLES, Indeling, Selectie
from regio.models import Gebruiker
from vragenlijst import routing
from vragenlijst.models import (
    Aandachtspunt,
    Antwoord,
    Beoordeling,
    Bevinding,
    Dossier,
    Interview,
    Keuze,
    Ronde,
    Vraag,
)
from vragenlijst.queries import Bron, voorwaarden_van_ronde


@dataclass(frozen=True)
class Dossierregel:
    """A dossier with what was found there on one question (nothing yet: None), and what the actors said."""

    dossier: Dossier
    bevinding: Bevinding | None
    gevraagd: bool
    coderingen: tuple[Codering, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    groep: str = ""  # code of its group in the indeling of the page

    @property
    def vraag(self) -> Vraag | None:
        """For the list of sources, which links into the interviews."""
        return self.bevinding.vraag if self.bevinding else None

    @property
    def telt(self) -> bool:
        return self.bevinding is not None and not self.bevinding.vervallen and not self.bevinding.is_leeg

    @property
    def themas(self) -> frozenset[int]:
        """The themes that somebody found here."""
        return frozenset(codering.thema_id for codering in self.coderingen)

    def themas_van(self, wie: Gebruiker) -> frozenset[int]:
        """The themes that this person gave, with those that are nobody's."""
        return frozenset(c.thema_id for c in self.coderingen if c.door_id in (wie.pk, None))

    @property
    def tekst(self) -> str:
        """All that can be searched: the finding, its motivation, and what was noted and said."""
        delen = [self.dossier.gemeente.naam]
        if self.bevinding:
            delen += [self.bevinding.tekst, self.bevinding.motivatie, *(c for rij in self.bevinding.rijen for c in rij)]
        for bron in self.bronnen:
            delen += [bron.antwoord.tekst, bron.antwoord.toelichting, bron.antwoord.citaat]
        return " ".join(map(str, delen))

    @property
    def toegelicht(self) -> list[Bron]:
        """The sources that say more than their answer."""
        return [bron for bron in self.bronnen if bron.antwoord.toelichting or bron.antwoord.citaat]

    def telt_als(self, antwoord: str) -> bool:
        """Whether this dossier is one of those behind a row of the count: a choice, or one of the denominators."""
        keuze = self.bevinding.keuze if self.telt else None
        match antwoord:
            case "gevraagd":
                return self.gevraagd
            case "niet_vastgelegd":
                return self.gevraagd and not self.telt
            case "beantwoord":
                return self.telt and (keuze is None or keuze.soort == Keuze.Soort.INHOUD)
            case Keuze.Soort.WEET_NIET | Keuze.Soort.NVT:
                return keuze is not None and keuze.soort == antwoord
        return keuze is not None and keuze.code == antwoord


def themavoorstellen(regels: Iterable[Dossierregel]) -> list[tuple[str, int]]:
    """The themes that inspectors proposed at these answers, with the number of dossiers: most proposed first. No queries."""
    aantallen: Counter[str] = Counter()
    for regel in regels:
        aantallen.update({bron.antwoord.thema for bron in regel.bronnen if bron.antwoord.thema})
    return sorted(aantallen.items(), key=lambda paar: (-paar[1], paar[0]))


def dossierregels(
    ronde: Ronde, vraag: Vraag, indeling: Indeling = ROL, selectie: Selectie = ALLES
) -> list[Dossierregel]:
    """The dossiers of the selection with their finding on this question, in the order of the municipalities' names."""
    bevindingen = {
        b.dossier_id: b
        for b in Bevinding.objects.filter(dossier__ronde=ronde, vraag=vraag)
        .select_related("keuze", "gemeente", "vraag")
        .prefetch_related(Prefetch("coderingen", Codering.objects.select_related("thema", "door")))
    }
    gevraagd = None
    if vraag.voorwaarde_id:
        tellend = Bevinding.objects.filter(dossier__ronde=ronde, keuze=vraag.voorwaarde_id, vervallen=False)
        gevraagd = set(tellend.values_list("dossier_id", flat=True))
    bronnen = _bronnen(ronde, vraag)
    regels = []
    for dossier, groep in _dossiers(ronde, indeling, selectie):
        bevinding = bevindingen.get(dossier.pk)
        coderingen = tuple(bevinding.coderingen.all()) if bevinding else ()
        is_gevraagd = gevraagd is None or dossier.pk in gevraagd
        regels.append(Dossierregel(dossier, bevinding, is_gevraagd, coderingen, tuple(bronnen[dossier.pk]), groep))
    return regels


def _dossiers(ronde: Ronde, indeling: Indeling, selectie: Selectie) -> list[tuple[Dossier, str]]:
    """The dossiers of the selection, each with the code of its group."""
    gekozen = dossiers(ronde, selectie, indelingen(ronde) if selectie.groepen else {})
    gekozen = gekozen.select_related("gemeente", "ronde").order_by("gemeente__zoeknaam")
    return [(dossier, indeling.code_van(dossier.stand)) for dossier in gekozen.annotate(stand=waarde(ronde, indeling))]


def _bronnen(ronde: Ronde, vraag: Vraag) -> dict[int, list[Bron]]:
    """Per dossier the answers to one question, as far as they count: from interviews held, where routing asked it."""
    interviews = Interview.objects.tellend().filter(dossier__ronde=ronde)
    gevraagd_in = _gevraagd_in(ronde, vraag, interviews) if vraag.voorwaarde_id else None
    antwoorden = Antwoord.objects.filter(vraag=vraag, interview__in=interviews)
    antwoorden = antwoorden.select_related("interview__actorgroep", "keuze", "gemeente", "intentie")
    bronnen: dict[int, list[Bron]] = defaultdict(list)
    for antwoord in antwoorden.order_by("interview__actorgroep__volgorde", "interview__datum", "interview"):
        if not antwoord.is_leeg and (gevraagd_in is None or antwoord.interview_id in gevraagd_in):
            bronnen[antwoord.interview.dossier_id].append(Bron(antwoord.interview, antwoord))
    return bronnen


def _gevraagd_in(ronde: Ronde, vraag: Vraag, interviews) -> set[int]:
    """The interviews in which the answers before led to this question."""
    keuzes: dict[int, dict[str, str]] = defaultdict(dict)
    gekozen = Antwoord.objects.filter(interview__in=interviews, keuze__isnull=False).order_by()
    for interview, code, keuze in gekozen.values_list("interview_id", "vraag__code", "keuze__code"):
        keuzes[interview][code] = keuze
    voorwaarden = voorwaarden_van_ronde(ronde)
    return {pk for pk, gegeven in keuzes.items() if vraag.code in routing.gevraagd(voorwaarden, gegeven)}


@dataclass(frozen=True)
class Normregel:
    """A dossier with its judgement on one norm; None when it is not judged yet."""

    dossier: Dossier
    beoordeling: Beoordeling | None
    groep: str = ""

    def telt_als(self, oordeel: str) -> bool:
        """Whether this dossier is one of those behind a row of the count."""
        gegeven = self.beoordeling
        match oordeel:
            case "dossiers":
                return True
            case "nog_niet":
                return gegeven is None
            case "beoordeeld":
                return gegeven is not None and gegeven.oordeel != Beoordeling.Oordeel.NIET_TE_BEOORDELEN
            case "alleen_verklaard":
                return gegeven is not None and gegeven.alleen_verklaard
        return gegeven is not None and gegeven.oordeel == oordeel


def normregels(
    ronde: Ronde, norm: Aandachtspunt, indeling: Indeling = ROL, selectie: Selectie = ALLES
) -> list[Normregel]:
    """The dossiers of the selection with their judgement on this norm, in the order of the municipalities' names."""
    beoordelingen = {
        b.dossier_id: b
        for b in Beoordeling.objects.filter(dossier__ronde=ronde, aandachtspunt=norm).select_related(
            "bewijsstuk__soort"
        )
    }
    return [
        Normregel(dossier, beoordelingen.get(dossier.pk), groep)
        for dossier, groep in _dossiers(ronde, indeling, selectie)
    ]


def in_groep(regel: Dossierregel | Normregel, groep: str) -> bool:
    return groep in ("", ALLE.code) or regel.groep == groep
