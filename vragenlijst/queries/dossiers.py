"""Reads over several models. Each does a fixed number of queries, however many interviews or questions there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from vragenlijst import driehoek, routing
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import (
    Aandachtspunt,
    Antwoord,
    Beoordeling,
    Bevinding,
    Dossier,
    Instrument,
    Interview,
    Keuze,
    Onderdeel,
    Ronde,
    Vraag,
)


def inhoud_van(rij: Antwoord | Bevinding | None) -> Inhoud:
    """The content of a stored answer or finding; needs `keuze`, `gemeente` and `intentie` selected along to cost no query."""
    if rij is None:
        return Inhoud()
    intentie = getattr(rij, "intentie", None)
    return Inhoud(
        keuze=rij.keuze.code if rij.keuze else "",
        tekst=rij.tekst,
        gemeente=rij.gemeente.code if rij.gemeente else "",
        rijen=tuple(tuple(paar) for paar in rij.rijen),
        toelichting=getattr(rij, "toelichting", ""),
        citaat=getattr(rij, "citaat", ""),
        intentie=intentie.omschrijving if intentie else "",
        horizon=intentie.horizon.isoformat() if intentie and intentie.horizon else "",
        thema=getattr(rij, "thema", ""),
    )


def onderdelen_met_vragen(instrument: Instrument) -> list[Onderdeel]:
    """The parts of the questionnaire in order, each with `.vragen.all()`, and each question with `.keuzes.all()`."""
    vragen = Vraag.objects.select_related("voorwaarde__vraag", "hoofdvraag").prefetch_related("keuzes")
    return list(instrument.onderdelen.prefetch_related(Prefetch("vragen", vragen)))


def vragen_van(onderdelen: Iterable[Onderdeel]) -> list[Vraag]:
    return [vraag for onderdeel in onderdelen for vraag in onderdeel.vragen.all()]


def voorwaarden_van(vragen: Iterable[Vraag]) -> dict[str, routing.Voorwaarde | None]:
    """The routing table of a questionnaire, as `routing.gevraagd` reads it."""
    return {
        vraag.code: (vraag.voorwaarde.vraag.code, vraag.voorwaarde.code) if vraag.voorwaarde else None
        for vraag in vragen
    }


def voorwaarden_per_instrument(instrumenten: Iterable[int]) -> dict[int, dict[str, routing.Voorwaarde | None]]:
    """The routing table of each of these instruments, in one query."""
    tabellen: dict[int, dict] = {instrument: {} for instrument in instrumenten}
    rijen = Vraag.objects.filter(onderdeel__instrument__in=tabellen).values_list(
        "onderdeel__instrument", "code", "voorwaarde__vraag__code", "voorwaarde__code"
    )
    for instrument, code, vraag, keuze in rijen:
        tabellen[instrument][code] = (vraag, keuze) if vraag else None
    return tabellen


def voorwaarden_van_ronde(ronde: Ronde) -> dict[str, routing.Voorwaarde | None]:
    """The routing table of this round's instrument."""
    return voorwaarden_per_instrument([ronde.instrument_id])[ronde.instrument_id]


def antwoorden_van(interview: Interview) -> dict[str, Antwoord]:
    """The stored answers of one interview, by code of the question."""
    antwoorden = interview.antwoorden.select_related("vraag", "keuze", "gemeente", "gewijzigd_door", "intentie")
    return {antwoord.vraag.code: antwoord for antwoord in antwoorden}


def themavoorstellen(ronde: Ronde, vragen: Iterable[Vraag]) -> dict[int, list[str]]:
    """The themes that inspectors proposed in this round, by pk of the question and in order of the alphabet; one query."""
    voorgesteld = Antwoord.objects.filter(interview__dossier__ronde=ronde, vraag__in=list(vragen)).exclude(thema="")
    per_vraag: dict[int, list[str]] = defaultdict(list)
    for vraag, thema in voorgesteld.order_by("thema").values_list("vraag", "thema").distinct():
        per_vraag[vraag].append(thema)
    return per_vraag


@dataclass(frozen=True)
class Voortgang:
    """How far an interview is in one onderdeel, over the questions that are asked there."""

    onderdeel: Onderdeel
    beantwoord: int
    gevraagd: int

    @property
    def klaar(self) -> bool:
        return self.beantwoord == self.gevraagd


def voortgang(onderdelen: Iterable[Onderdeel], antwoorden: dict[str, Antwoord]) -> list[Voortgang]:
    """Per onderdeel the number of asked questions with an answer; who need not answer one is not asked for it. No queries."""
    onderdelen = list(onderdelen)
    keuzes = {code: antwoord.keuze.code for code, antwoord in antwoorden.items() if antwoord.keuze}
    gevraagd = routing.gevraagd(voorwaarden_van(vragen_van(onderdelen)), keuzes)
    stand = []
    for onderdeel in onderdelen:
        vragen = [vraag for vraag in onderdeel.vragen.all() if vraag.code in gevraagd]
        beantwoord = {v.code for v in vragen if v.code in antwoorden and not antwoorden[v.code].is_leeg}
        telt = [vraag for vraag in vragen if vraag.verplicht or vraag.code in beantwoord]
        stand.append(Voortgang(onderdeel, len(beantwoord), len(telt)))
    return stand


@dataclass(frozen=True)
class Bron:
    """What one interview said on one question."""

    interview: Interview
    antwoord: Antwoord


@dataclass(frozen=True)
class Driehoek:
    """One question in one dossier: all actors side by side, the picture they make, and the finding settled so far."""

    vraag: Vraag
    bronnen: tuple[Bron, ...]
    beeld: driehoek.Beeld
    bevinding: Bevinding | None
    gevraagd: bool  # asked, given the findings of this dossier

    @property
    def stand(self) -> str:
        return Bevinding.Stand(self.beeld.stand).label

    @property
    def niet_gevraagd(self) -> str:
        """Why the question does not count: dropped after it was settled, or waiting for the answer that opens it; else empty."""
        if self.gevraagd:
            return ""
        voorwaarde = self.vraag.voorwaarde
        if self.bevinding or not voorwaarde:
            return "niet meer gevraagd"
        return f"alleen bij {voorwaarde.vraag.code} = {voorwaarde.naam.lower()}"

    @property
    def open(self) -> bool:
        """Whether the inspector still has to do something here."""
        if self.bevinding is None:
            return self.gevraagd and (self.vraag.verplicht or bool(self.bronnen))
        return self.gevraagd and self.bevinding.te_herzien

    @property
    def voorstel_staat(self) -> bool:
        """Whether the proposal can become the finding as it is, as soon as the question is asked.

        What an inspector settled before stays, unless it is to be looked at again and the proposal still says the same.
        """
        if not self.beeld.over_te_nemen:
            return False
        if self.bevinding is None:
            return True
        return self.bevinding.te_herzien and inhoud_van(self.bevinding).waarde == self.beeld.voorstel.waarde

    @property
    def vervallen(self) -> bool:
        return not self.gevraagd and self.bevinding is not None


def driehoeken(dossier: Dossier, onderdelen: list[Onderdeel] | None = None) -> list[Driehoek]:
    """Every question of the dossier's instrument with its answers side by side.

    Only held interviews speak, and only on questions that routing asked within that interview.
    """
    onderdelen = onderdelen if onderdelen is not None else onderdelen_met_vragen(dossier.ronde.instrument)
    vragen = vragen_van(onderdelen)
    voorwaarden = voorwaarden_van(vragen)
    interviews = {i.pk: i for i in dossier.interviews.tellend().select_related("actorgroep")}
    per_interview: dict[int, dict[str, Antwoord]] = defaultdict(dict)
    antwoorden = Antwoord.objects.filter(interview__in=interviews)
    antwoorden = antwoorden.select_related("vraag", "keuze", "gemeente", "intentie")
    for antwoord in antwoorden.order_by("interview__actorgroep__volgorde", "interview__datum", "interview"):
        per_interview[antwoord.interview_id][antwoord.vraag.code] = antwoord
    bronnen: dict[str, list[Bron]] = defaultdict(list)
    for interview_id, gegeven in per_interview.items():
        keuzes = {code: a.keuze.code for code, a in gegeven.items() if a.keuze}
        for code in routing.gevraagd(voorwaarden, keuzes) & gegeven.keys():
            if not gegeven[code].is_leeg:
                bronnen[code].append(Bron(interviews[interview_id], gegeven[code]))
    bevindingen = {
        b.vraag.code: b for b in dossier.bevindingen.select_related("vraag", "keuze", "gemeente", "gewijzigd_door")
    }
    gevraagd = routing.gevraagd(voorwaarden, {c: b.keuze.code for c, b in bevindingen.items() if b.keuze})
    return [
        Driehoek(
            vraag=vraag,
            bronnen=tuple(bronnen[vraag.code]),
            beeld=driehoek.beeld(
                [
                    driehoek.Stem(
                        inhoud_van(bron.antwoord),
                        zegt_iets=bron.antwoord.keuze is None or bron.antwoord.keuze.soort == Keuze.Soort.INHOUD,
                    )
                    for bron in bronnen[vraag.code]
                ],
                gesloten=vraag.kan_tegenspreken,
            ),
            bevinding=bevindingen.get(vraag.code),
            gevraagd=vraag.code in gevraagd,
        )
        for vraag in vragen
    ]


def over_te_nemen(regels: list[Driehoek]) -> list[Driehoek]:
    """The questions whose proposal can become the finding in one go, as they stand in the questionnaire.

    One finding can open the next question (routing), whose proposal then counts too. No queries.
    """
    voorwaarden = voorwaarden_van(regel.vraag for regel in regels)
    keuzes = {r.vraag.code: r.bevinding.keuze.code for r in regels if r.bevinding and r.bevinding.keuze}
    while True:
        gevraagd = routing.gevraagd(voorwaarden, keuzes)
        gekozen = [r for r in regels if r.vraag.code in gevraagd and r.voorstel_staat]
        erbij = {r.vraag.code: r.beeld.voorstel.keuze for r in gekozen if r.beeld.voorstel.keuze}
        if erbij.items() <= keuzes.items():
            return gekozen
        keuzes |= erbij


@dataclass(frozen=True)
class Normbeeld:
    """One norm in one dossier: the judgement so far."""

    aandachtspunt: Aandachtspunt
    beoordeling: Beoordeling | None

    @property
    def open(self) -> bool:
        """Whether the inspector still has to do something here."""
        return self.beoordeling is None or self.beoordeling.te_herzien


def normbeelden(dossier: Dossier) -> list[Normbeeld]:
    """Every norm of the dossier's instrument with its judgement."""
    normen = (
        Aandachtspunt.objects.filter(onderdeel__instrument=dossier.ronde.instrument_id)
        .select_related("onderdeel")
        .prefetch_related("bewijssoorten", "vragen")
    )
    beoordelingen = {
        b.aandachtspunt_id: b
        for b in dossier.beoordelingen.select_related("bewijsstuk__soort", "bewijsstuk__vervangen_door")
    }
    return [Normbeeld(norm, beoordelingen.get(norm.pk)) for norm in normen]
