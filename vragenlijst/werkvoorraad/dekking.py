"""Coverage: per dossier the actorgroepen against the onderdelen, and which cell is still empty."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Q
from django.utils.formats import date_format

from vragenlijst import routing
from vragenlijst.models import Actorgroep, Antwoord, Dossier, Interview, Keuze, Onderdeel, Vraag
from vragenlijst.werkvoorraad.stand import GEPLAND, Werk


@dataclass(frozen=True)
class Cel:
    """What one actorgroep said on one onderdeel: questions answered, of those asked, over all its interviews together."""

    beantwoord: int
    gevraagd: int
    onbeantwoord: tuple[str, ...] = ()  # their codes, in the order of the questionnaire

    @property
    def compleet(self) -> bool:
        return self.beantwoord == self.gevraagd

    @property
    def tekst(self) -> str:
        return "compleet" if self.compleet else f"{self.beantwoord} van {self.gevraagd}"


@dataclass(frozen=True)
class Groepsdekking:
    """One actorgroep in one dossier. `cellen` follow the onderdelen; none as long as nothing was said."""

    actorgroep: Actorgroep
    gepland: Interview | None
    cellen: tuple[Cel, ...]

    @property
    def stand(self) -> str:
        """What to say as long as there are no cells."""
        if self.gepland is None:
            return "geen interview"
        return (
            f"gepland {date_format(self.gepland.datum, 'j F')}" if self.gepland.datum else "gepland, nog zonder datum"
        )


@dataclass(frozen=True)
class Dekking:
    onderdelen: tuple[Onderdeel, ...]
    groepen: tuple[Groepsdekking, ...]

    @property
    def gesproken(self) -> int:
        """The number of actorgroepen of which an answer is stored."""
        return sum(bool(groep.cellen) for groep in self.groepen)

    @property
    def gepland(self) -> int:
        return sum(not groep.cellen and groep.gepland is not None for groep in self.groepen)

    @property
    def zonder(self) -> list[Actorgroep]:
        """The actorgroepen with which nothing was planned or held."""
        return [groep.actorgroep for groep in self.groepen if not groep.cellen and groep.gepland is None]

    @property
    def compleet(self) -> int:
        return sum(cel.compleet for groep in self.groepen for cel in groep.cellen)

    @property
    def totaal(self) -> int:
        return len(self.groepen) * len(self.onderdelen)


def dekkingen(werk: Iterable[Werk]) -> dict[int, Dekking]:
    """The coverage of each of these dossiers, by its pk, in five queries however many there are."""
    werk = list(werk)
    instrumenten = {w.dossier.ronde.instrument_id for w in werk}
    lijsten = {instrument: _Vragenlijst(instrument) for instrument in instrumenten}
    for onderdeel in Onderdeel.objects.filter(instrument__in=instrumenten).order_by("volgorde"):
        lijsten[onderdeel.instrument_id].onderdelen.append(onderdeel)
    for groep in Actorgroep.objects.filter(instrument__in=instrumenten).order_by("volgorde"):
        lijsten[groep.instrument_id].groepen.append(groep)
    for vraag in Vraag.objects.filter(onderdeel__instrument__in=instrumenten).select_related(
        "onderdeel", "voorwaarde__vraag"
    ):
        lijsten[vraag.onderdeel.instrument_id].zet(vraag)
    keuzes = dict(
        Keuze.objects.filter(vraag__onderdeel__instrument__in=instrumenten).order_by().values_list("pk", "code")
    )
    antwoorden = _antwoorden([w.dossier for w in werk])
    return {w.dossier.pk: lijsten[w.dossier.ronde.instrument_id].dekking(w, antwoorden, keuzes) for w in werk}


def _antwoorden(dossiers: list[Dossier]) -> dict[int, list[tuple[int, int | None]]]:
    """(question, choice) of what is answered, by interview; numbers only, for there are thousands."""
    gegeven = Antwoord.objects.filter(
        Q(keuze__isnull=False) | ~Q(tekst="") | Q(gemeente__isnull=False) | ~Q(rijen=[]),
        interview__dossier__in=dossiers,
    )
    per_interview = defaultdict(list)
    for interview, vraag, keuze in gegeven.order_by().values_list("interview_id", "vraag_id", "keuze_id"):
        per_interview[interview].append((vraag, keuze))
    return per_interview


class _Vragenlijst:
    """What the coverage has to know of one instrument."""

    def __init__(self, instrument: int):
        self.instrument = instrument
        self.onderdelen: list[Onderdeel] = []
        self.groepen: list[Actorgroep] = []
        self.codes: dict[int, str] = {}
        self.onderdeel_van: dict[str, int] = {}
        self.vrij: set[str] = set()  # questions that need no answer
        self.voorwaarden: dict[str, routing.Voorwaarde | None] = {}
        # Hundreds of interviews make the same few choices.
        self.gevraagd = cache(lambda keuzes: routing.gevraagd(self.voorwaarden, dict(keuzes)))

    def zet(self, vraag: Vraag) -> None:
        self.codes[vraag.pk] = vraag.code
        self.onderdeel_van[vraag.code] = vraag.onderdeel_id
        if not vraag.verplicht:
            self.vrij.add(vraag.code)
        voorwaarde = vraag.voorwaarde
        self.voorwaarden[vraag.code] = (voorwaarde.vraag.code, voorwaarde.code) if voorwaarde else None

    def dekking(self, werk: Werk, antwoorden: dict[int, list], keuzes: dict[int, str]) -> Dekking:
        per_groep = defaultdict(list)
        for interview in werk.lopend:
            per_groep[interview.actorgroep_id].append(interview)
        groepen = tuple(self._groep(groep, per_groep[groep.pk], antwoorden, keuzes) for groep in self.groepen)
        return Dekking(tuple(self.onderdelen), groepen)

    def _groep(self, groep: Actorgroep, interviews: list[Interview], antwoorden, keuzes) -> Groepsdekking:
        gevraagd: set[str] = set()
        beantwoord: set[str] = set()
        for interview in interviews:
            gegeven = antwoorden.get(interview.pk, [])
            if not gegeven and interview.status == GEPLAND:
                continue
            gekozen = frozenset((self.codes[vraag], keuzes[keuze]) for vraag, keuze in gegeven if keuze)
            hier = self.gevraagd(gekozen)
            gevraagd |= hier
            beantwoord |= hier & {self.codes[vraag] for vraag, _ in gegeven}
        gepland = min(
            (i for i in interviews if i.status == GEPLAND), key=lambda i: (i.datum is None, i.datum, i.pk), default=None
        )
        cellen = tuple(self._cel(onderdeel, beantwoord, gevraagd) for onderdeel in self.onderdelen) if gevraagd else ()
        return Groepsdekking(groep, gepland, cellen)

    def _cel(self, onderdeel: Onderdeel, beantwoord: set[str], gevraagd: set[str]) -> Cel:
        telt = gevraagd - (self.vrij - beantwoord)
        hier = [code for code, pk in self.onderdeel_van.items() if pk == onderdeel.pk and code in telt]
        onbeantwoord = tuple(code for code in hier if code not in beantwoord)
        return Cel(len(hier) - len(onbeantwoord), len(hier), onbeantwoord)
