"""Counting interviews instead of dossiers: what each group of actors said. Aggregated in SQL, a fixed number of queries.

An interview counts once it is held; an answer counts where the interview's own answers led to the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from rapportage.indelingen import dossiers, indelingen
from rapportage.queries.tellingen import vraaguitkomst
from rapportage.tellen import Teller
from rapportage.uitkomst import (
    ALLE,
    ALLE_GESPREKKEN,
    ALLES,
    GESPREKKEN,
    Gespreksuitkomsten,
    Groep,
    Indeling,
    Onderdeeluitkomst,
    Selectie,
)
from rapportage.uitspraken.maat import slak
from vragenlijst.models import Actorgroep, Antwoord, Interview, Keuze, Ronde, Vraag
from vragenlijst.queries import onderdelen_met_vragen, vragen_van

LEEG = Q(keuze=None, tekst="", gemeente=None, rijen=[])
DOMEIN, ACTORGROEP = "domein", "actorgroep"


def gespreksindelingen(ronde: Ronde) -> dict[str, Indeling]:
    """By domein and by actorgroep, as the instrument of the round has them."""
    actoren = list(Actorgroep.objects.filter(instrument=ronde.instrument_id).order_by("volgorde"))
    domeinen = dict.fromkeys(actor.domein for actor in actoren)
    return {
        DOMEIN: Indeling(DOMEIN, "Domein", "actorgroep__domein", [_groep(slak(naam), naam, naam) for naam in domeinen]),
        ACTORGROEP: Indeling(
            ACTORGROEP,
            "Actorgroep",
            "actorgroep__code",
            [_groep(actor.code, actor.naam, actor.code) for actor in actoren],
        ),
    }


def _groep(code: str, naam: str, waarde: str) -> Groep:
    return Groep(code, naam, f"gesprekken met {naam}", f"gesprek met {naam}", waarde)


def _gehouden(ronde: Ronde, selectie: Selectie) -> QuerySet[Interview]:
    bekend = indelingen(ronde) if selectie.groepen else {}
    return Interview.objects.tellend().filter(dossier__in=dossiers(ronde, selectie, bekend))


def _tellend(gehouden: QuerySet[Interview], vragen: Sequence[Vraag]) -> QuerySet[Antwoord]:
    """The answers in these interviews to questions that were asked there: every condition above them holds in the interview."""
    antwoorden = Antwoord.objects.filter(interview__in=gehouden).order_by()
    pad = "vraag__voorwaarde"
    for _ in range(_diepte(vragen)):
        gegeven = Antwoord.objects.filter(interview=OuterRef("interview"), keuze=OuterRef(pad))
        antwoorden = antwoorden.filter(Q(**{f"{pad}__isnull": True}) | Exists(gegeven))
        pad += "__vraag__voorwaarde"
    return antwoorden


def _diepte(vragen: Sequence[Vraag]) -> int:
    """How many conditions hang below each other at most."""
    hangt_aan = {vraag.pk: vraag.voorwaarde.vraag_id for vraag in vragen if vraag.voorwaarde}
    diepste = 0
    for pk in hangt_aan:
        diepte, boven = 0, pk
        while boven in hangt_aan and diepte <= len(hangt_aan):
            diepte, boven = diepte + 1, hangt_aan[boven]
        diepste = max(diepste, diepte)
    return diepste


def gesprekken(ronde: Ronde, indeling: Indeling, selectie: Selectie = ALLES) -> Gespreksuitkomsten:
    """What was said in the interviews in the dossiers of the selection, together and in the groups of `indeling`."""
    gehouden = _gehouden(ronde, selectie)
    per_groep = Teller(gehouden.order_by().values(groep=F(indeling.veld)).annotate(n=Count("pk")), indeling)
    groepen = (*(groep for groep in indeling.groepen if per_groep(groep)), ALLE_GESPREKKEN)
    onderdelen = onderdelen_met_vragen(ronde.instrument)
    rijen = (
        _tellend(gehouden, vragen_van(onderdelen))
        .annotate(gevuld=Case(When(LEEG, then=Value(False)), default=Value(True), output_field=BooleanField()))
        .values("vraag_id", "keuze_id", "gevuld", groep=F(f"interview__{indeling.veld}"))
        .annotate(n=Count("pk"))
    )
    gezegd = Teller(rijen, indeling, "vraag_id", "keuze_id", "gevuld")
    bekend = indelingen(ronde) if selectie.groepen else {}
    return Gespreksuitkomsten(
        indeling=indeling,
        groepen=groepen,
        gesprekken=tuple(per_groep(groep) for groep in groepen),
        onderdelen=tuple(
            Onderdeeluitkomst(
                onderdeel.code,
                onderdeel.titel,
                onderdeel.titel_aandachtspunten,
                tuple(
                    vraaguitkomst(vraag, groepen, per_groep, gezegd, {}, GESPREKKEN) for vraag in onderdeel.vragen.all()
                ),
                (),
            )
            for onderdeel in onderdelen
        ),
        gekozen=tuple(bekend[code].groep(groep) for code, groep in selectie.groepen),
    )


@dataclass(frozen=True)
class Gespreksregel:
    """An interview with what was said in it on one question; nothing: None."""

    interview: Interview
    antwoord: Antwoord | None
    gevraagd: bool

    def telt_als(self, antwoord: str) -> bool:
        """Whether this interview is one of those behind a row of the count: a choice, or one of the denominators."""
        keuze = self.antwoord.keuze if self.antwoord else None
        match antwoord:
            case "gevraagd":
                return self.gevraagd
            case "niet_vastgelegd":
                return self.gevraagd and self.antwoord is None
            case "beantwoord":
                return self.antwoord is not None and (keuze is None or keuze.soort == Keuze.Soort.INHOUD)
            case Keuze.Soort.WEET_NIET | Keuze.Soort.NVT:
                return keuze is not None and keuze.soort == antwoord
        return keuze is not None and keuze.code == antwoord


def gespreksregels(
    ronde: Ronde, vraag: Vraag, indeling: Indeling, selectie: Selectie, antwoord: str, groep: str
) -> list[Gespreksregel]:
    """The interviews behind one figure, in the order of the municipalities' names."""
    gehouden = _gehouden(ronde, selectie)
    tellend = _tellend(gehouden, vragen_van(onderdelen_met_vragen(ronde.instrument)))
    gegeven = {
        a.interview_id: a
        for a in tellend.filter(vraag=vraag).exclude(LEEG).select_related("keuze", "gemeente", "vraag")
    }
    gevraagd = None
    if vraag.voorwaarde_id:
        gevraagd = set(tellend.filter(keuze=vraag.voorwaarde_id).values_list("interview", flat=True))
    interviews = gehouden.select_related("actorgroep", "dossier__gemeente", "dossier__ronde").annotate(
        stand=F(indeling.veld)
    )
    regels = [
        Gespreksregel(interview, gegeven.get(interview.pk), gevraagd is None or interview.pk in gevraagd)
        for interview in interviews.order_by("dossier__gemeente__zoeknaam", "actorgroep__volgorde", "datum", "pk")
        if groep == ALLE.code or indeling.code_van(interview.stand) == groep
    ]
    return [regel for regel in regels if regel.telt_als(antwoord)]
