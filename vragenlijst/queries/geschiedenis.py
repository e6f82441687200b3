"""The history of one dossier, ready to read. A fixed number of queries, however many rows there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from regio.models import Gebeurtenis, Gebruiker, Gemeente
from vragenlijst import geschiedenis
from vragenlijst.models import Antwoord, Beoordeling, Bevinding, Dossier, Gespreksverslag, Interview, Keuze


@dataclass(frozen=True)
class Soort:
    """A kind of event as a reader looks for it."""

    code: str
    naam: str
    filter: Q


_GEGEVENS = Q(soort__in=["gemaakt", "gewijzigd"])
SOORTEN = {
    soort.code: soort
    for soort in (
        Soort("status", "Statuswijzigingen", Q(soort="status") & ~Q(ding_soort__in=["opmerking", "uitzondering"])),
        Soort("planning", "Planning en toewijzing", _GEGEVENS & Q(ding_soort__in=["interview", "dossier"])),
        Soort("verslagen", "Gespreksverslagen", Q(ding_soort="gespreksverslag")),
        Soort("antwoorden", "Antwoorden na een verslag", Q(ding_soort="antwoord")),
        Soort("bevindingen", "Bevindingen", Q(ding_soort="bevinding")),
        Soort("oordelen", "Oordelen", Q(ding_soort="beoordeling")),
        Soort("bewijs", "Bewijsstukken", Q(ding_soort="bewijsstuk")),
        Soort("opmerkingen", "Opmerkingen van de toetser", Q(ding_soort="opmerking")),
        Soort("intenties", "Intenties", Q(ding_soort__in=["intentie", "opvolging"])),
        Soort("uitzonderingen", "Wat ontbreekt met reden", Q(ding_soort="uitzondering")),
        Soort("uitvoer", "Downloads", Q(soort="uitvoer")),
        Soort("inzage", "Inzage van persoonsgegevens", Q(soort="inzage")),
    )
}


@dataclass(frozen=True)
class Zoekvraag:
    """What is looked for; empty is everything. `van` counts in, `voor` does not."""

    soort: str = ""
    wie: int | None = None
    systeem: bool = False
    van: datetime | None = None
    voor: datetime | None = None


@dataclass(frozen=True)
class Ding:
    """What an event was about: what it is called in a sentence, and where it is."""

    naam: str
    adres: str = ""


@dataclass(frozen=True)
class Regel:
    """One event, or several saves of one answer for one reason: who did what, when, why, and what changed."""

    wanneer: datetime
    wie: str
    voor: str
    ding: Ding
    na: str
    verschillen: list[geschiedenis.Verschil] = field(default_factory=list)
    reden: str = ""
    redenlabel: str = geschiedenis.REDEN
    keren: int = 1


def gebeurtenissen(dossier: Dossier, zoek: Zoekvraag) -> QuerySet[Gebeurtenis]:
    rijen = Gebeurtenis.objects.filter(dossier_id=dossier.pk).select_related("wie")
    if zoek.soort:
        rijen = rijen.filter(SOORTEN[zoek.soort].filter)
    if zoek.systeem:
        rijen = rijen.filter(wie=None)
    if zoek.wie is not None:
        rijen = rijen.filter(wie=zoek.wie)
    if zoek.van:
        rijen = rijen.filter(wanneer__gte=zoek.van)
    if zoek.voor:
        rijen = rijen.filter(wanneer__lt=zoek.voor)
    return rijen


def mensen(dossier: Dossier) -> list[Gebruiker | None]:
    """Who did something in this dossier; None at the end when the system did."""
    pks = set(Gebeurtenis.objects.filter(dossier_id=dossier.pk).order_by().values_list("wie", flat=True).distinct())
    gevonden: list[Gebruiker | None] = list(Gebruiker.objects.filter(pk__in=pks - {None}).order_by("naam", "username"))
    return [*gevonden, None] if None in pks else gevonden


def per_dag(dossier: Dossier, rijen: Iterable[Gebeurtenis]) -> list[tuple[date, list[Regel]]]:
    """These rows as sentences, grouped by the day on which they happened here."""
    dingen = _Dingen(dossier, rijen := list(rijen))
    regels = [_regel(groep, dingen) for groep in _samengenomen(rijen)]
    return [
        (dag, list(van_dag)) for dag, van_dag in groupby(regels, key=lambda regel: timezone.localdate(regel.wanneer))
    ]


def _samengenomen(rijen: list[Gebeurtenis]) -> Iterator[list[Gebeurtenis]]:
    """Saves of one answer that follow each other, by one person on one day for one reason, as one; newest first.

    While somebody types, an answer is saved every few seconds.
    """

    def zelfde(rij: Gebeurtenis):
        if rij.ding_soort != "antwoord":
            return rij.pk
        return (rij.ding_id, rij.wie_id, rij.reden, timezone.localdate(rij.wanneer))

    for _, groep in groupby(rijen, key=zelfde):
        yield list(groep)


def _regel(groep: list[Gebeurtenis], dingen: "_Dingen") -> Regel:
    laatste, eerste = groep[0], groep[-1]
    voor, na = geschiedenis.zin(laatste.ding_soort, laatste.soort, laatste.van, laatste.naar)
    wijzigingen = {
        veld: [eerste.wijzigingen.get(veld, [None])[0], nieuw] for veld, (_, nieuw) in laatste.wijzigingen.items()
    }
    return Regel(
        wanneer=laatste.wanneer,
        wie=str(laatste.wie) if laatste.wie else "Het systeem",
        voor=voor,
        ding=dingen.van(laatste),
        na=na,
        verschillen=list(geschiedenis.verschillen(wijzigingen, dingen.namen_bij(laatste))),
        reden=laatste.reden,
        redenlabel=geschiedenis.REDENEN.get(laatste.ding_soort, geschiedenis.REDEN),
        keren=len(groep),
    )


class _Dingen:
    """What the rows on a page are about, looked up per kind of thing and not per row."""

    def __init__(self, dossier: Dossier, rijen: list[Gebeurtenis]):
        self.dossier = dossier
        self.interviews = {i.pk: i for i in dossier.interviews.select_related("actorgroep")}
        self.antwoorden = _op(Antwoord.objects.select_related("vraag"), "antwoord", rijen)
        self.verslagen = _op(Gespreksverslag.objects.defer("inhoud"), "gespreksverslag", rijen)
        self.bevindingen = _op(Bevinding.objects.select_related("vraag"), "bevinding", rijen)
        self.beoordelingen = _op(Beoordeling.objects.select_related("aandachtspunt"), "beoordeling", rijen)
        self.keuzes: dict[int, dict[str, str]] = {}
        for vraag, code, naam in Keuze.objects.filter(
            vraag__in={rij.vraag_id for rij in (*self.antwoorden.values(), *self.bevindingen.values())}
        ).values_list("vraag", "code", "naam"):
            self.keuzes.setdefault(vraag, {})[code] = naam
        codes = {
            kant["gemeente"]
            for rij in rijen
            for kanten in rij.wijzigingen.values()
            for kant in kanten
            if isinstance(kant, dict) and kant.get("gemeente")
        }
        self.gemeenten = dict(Gemeente.objects.filter(code__in=codes).values_list("code", "naam"))

    def namen_bij(self, rij: Gebeurtenis) -> dict[str, str]:
        """What the codes in an answer or finding are called."""
        bron = {"antwoord": self.antwoorden, "bevinding": self.bevindingen}.get(rij.ding_soort, {}).get(rij.ding_id)
        return self.gemeenten | (self.keuzes.get(bron.vraag_id, {}) if bron else {})

    def van(self, rij: Gebeurtenis) -> Ding:
        maak = {
            "dossier": self._dossier,
            "interview": self._interview,
            "antwoord": self._antwoord,
            "gespreksverslag": self._verslag,
            "bevinding": self._bevinding,
            "beoordeling": self._beoordeling,
            "bewijsstuk": self._bewijsstuk,
            "opmerking": self._opmerking,
            "intentie": self._intentie,
            "opvolging": self._opvolging,
            "uitzondering": self._uitzondering,
        }.get(rij.ding_soort)
        return (maak and maak(rij)) or Ding(rij.ding_naam)

    def _dossier(self, rij) -> Ding:
        return Ding("het dossier", self.dossier.get_absolute_url())

    def _interview(self, rij) -> Ding | None:
        interview = self.interviews.get(rij.ding_id)
        return interview and Ding(_interviewnaam(interview), interview.get_absolute_url())

    def _antwoord(self, rij) -> Ding | None:
        if (antwoord := self.antwoorden.get(rij.ding_id)) is None:
            return None
        interview = self.interviews[antwoord.interview_id]
        code = antwoord.vraag.code
        adres = f"{interview.get_absolute_url()}#antwoord-{code}"
        return Ding(f"het antwoord op {code} in {_interviewnaam(interview)}", adres)

    def _verslag(self, rij) -> Ding | None:
        if (verslag := self.verslagen.get(rij.ding_id)) is None:
            return None
        interview = self.interviews[verslag.interview_id]
        naam = f"gespreksverslag {verslag.nummer} van {_interviewnaam(interview)}"
        return Ding(naam, interview.get_absolute_url())

    def _bevinding(self, rij) -> Ding | None:
        bevinding = self.bevindingen.get(rij.ding_id)
        if bevinding is None:
            return None
        code = bevinding.vraag.code
        return Ding(f"de bevinding bij {code}", self._pagina("bevindingen", code))

    def _beoordeling(self, rij) -> Ding | None:
        beoordeling = self.beoordelingen.get(rij.ding_id)
        if beoordeling is None:
            return None
        code = beoordeling.aandachtspunt.code
        return Ding(f"norm {code}", self._pagina("beoordelingen", code))

    def _bewijsstuk(self, rij) -> Ding:
        return Ding(f"het bewijsstuk ‘{rij.ding_naam}’", f"{self.dossier.get_absolute_url()}#bewijs")

    def _opmerking(self, rij) -> Ding:
        return Ding(f"de o{rij.ding_naam[1:]}", self._pagina("opmerkingen", f"opmerking-{rij.ding_id}"))

    def _intentie(self, rij) -> Ding:
        return Ding(f"de intentie ‘{rij.ding_naam}’", self._pagina("intenties", f"intentie-{rij.ding_id}"))

    def _opvolging(self, rij) -> Ding:
        return Ding(f"de intentie ‘{rij.ding_naam.rpartition(':')[0]}’", self._pagina("opvolgingen"))

    def _uitzondering(self, rij) -> Ding:
        return Ding(f"‘{rij.ding_naam}’", self._pagina("leemten"))

    def _pagina(self, naam: str, plek: str = "") -> str:
        return reverse(naam, args=[self.dossier.pk]) + (f"#{plek}" if plek else "")


def _op(queryset: QuerySet, soort: str, rijen: list[Gebeurtenis]) -> dict:
    """The things of one kind that these rows are about, by number."""
    return queryset.in_bulk({rij.ding_id for rij in rijen if rij.ding_soort == soort})


def _interviewnaam(interview: Interview) -> str:
    dag = f" van {date_format(interview.datum, 'j F Y')}" if interview.datum else ""
    return f"het interview met {interview.actorgroep}{dag}"
