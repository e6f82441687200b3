"""What was counted in a round. Plain facts, no Django: whoever counts (`queries`) makes them, tables and sentences read them.

The unit is always the dossier, that is: one municipality in one round. For each question and group

    gevraagd = beantwoord + weet niet + niet van toepassing + nog niet vastgelegd

and shares are of *beantwoord*, the dossiers with an answer that says something. Likewise for each norm and group

    dossiers = beoordeeld + niet te beoordelen + nog niet beoordeeld

and shares are of *beoordeeld*. A finding is *vastgelegd*, a dossier is *vastgesteld*: the two words are kept apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapportage.kwantoren import BANDEN, Band
from rapportage.spreiding import Spreiding


@dataclass(frozen=True)
class Groep:
    """A part of the dossiers. `naam` heads a column; the others fit in a sentence ("9 voortrekkers", "1 voortrekker")."""

    code: str
    naam: str
    meervoud: str
    enkelvoud: str
    waarde: str = ""  # what is stored of a dossier in this group, where that is not its code

    def na(self, n: int) -> str:
        """What this group is called after the number `n`."""
        return self.enkelvoud if n == 1 else self.meervoud


GEMEENTEN, GESPREKKEN = "gemeenten", "gesprekken"  # what is counted: dossiers, or interviews
ALLE = Groep("alle", "Alle gemeenten", "onderzochte gemeenten", "onderzochte gemeente")


@dataclass(frozen=True)
class Indeling:
    """A way to divide the dossiers, each into one group: the field of the dossier that does it (empty: the regio's of this
    soort that the gemeente is in on the peildatum), and the groups in order."""

    code: str
    naam: str
    veld: str
    groepen: Sequence[Groep]

    def groep(self, code: str) -> Groep:
        """Raises KeyError for a code that is none of the groups."""
        for groep in self.groepen:
            if groep.code == code:
                return groep
        raise KeyError(code)

    def code_van(self, waarde: object) -> str:
        """The code of the group of a dossier of which this is stored."""
        gezocht = str(waarde)
        return next((groep.code for groep in self.groepen if groep.waarde == gezocht), gezocht)


@dataclass(frozen=True)
class Selectie:
    """Which dossiers of a round are counted: those in all of `groepen` (codes of an indeling and of a group of it), and of
    those perhaps only the dossiers that are vastgesteld. A page, its exports and a report that share one show the same."""

    groepen: tuple[tuple[str, str], ...] = ()
    alleen_vastgesteld: bool = False


ALLES = Selectie()


@dataclass(frozen=True)
class Optie:
    """An answer or a judgement that can be counted; `inhoudelijk` when it says something on the matter."""

    code: str
    naam: str
    inhoudelijk: bool = True


@dataclass(frozen=True)
class Telling:
    """One question in one group; all numbers are dossiers. `per_keuze` counts the substantive answers of a closed question.

    `verborgen` names the numbers that are not shown in public: choices by their code, the others by their field.
    """

    groep: Groep
    gevraagd: int
    beantwoord: int
    weet_niet: int
    nvt: int
    per_keuze: Mapping[str, int] = field(default_factory=dict)
    verborgen: frozenset[str] = frozenset()

    @property
    def niet_vastgelegd(self) -> int:
        return self.gevraagd - self.beantwoord - self.weet_niet - self.nvt

    @property
    def bevindingen(self) -> int:
        """The dossiers with a finding, whatever it says: those that can have a theme."""
        return self.beantwoord + self.weet_niet + self.nvt


@dataclass(frozen=True)
class Thematelling:
    """In how many dossiers, per group in the order of the groups, this theme was found, or one that falls under it.

    `diepte` is 0 for a theme that falls under no other; themes stand in the order of the tree, each before those under it.
    `verborgen` are the codes of the groups for which that is not shown in public.
    """

    naam: str
    aantallen: Sequence[int]
    nummer: int = 0
    diepte: int = 0
    pad: Sequence[str] = ()  # the names of the themes that it falls under, from the top
    verborgen: frozenset[str] = frozenset()

    @property
    def alle(self) -> int:
        return self.aantallen[-1]


@dataclass(frozen=True)
class Voorwaarde:
    """The answer to another question on which a question is asked; `soort` is that of the choice: inhoud, weet_niet or nvt."""

    vraag: str
    keuze: str
    naam: str
    soort: str = "inhoud"


@dataclass(frozen=True)
class Vraaguitkomst:
    """`soort` is that of the question (`Vraag.Soort`); `hoofdvraag` is a code or empty.

    Every number is of dossiers, unless `eenheid` says that interviews were counted. `alleen_totaal`: in public not by group.
    """

    code: str
    tekst: str
    soort: str
    keuzes: Sequence[Optie]
    tellingen: Sequence[Telling]
    hoofdvraag: str = ""
    voorwaarde: Voorwaarde | None = None
    themas: Sequence[Thematelling] = ()
    eenheid: str = GEMEENTEN
    alleen_totaal: bool = False
    spreidingen: Sequence[Spreiding] = ()  # of a question for a number or a date, in the order of `tellingen`
    meeteenheid: str = ""  # of a number

    @property
    def is_gesloten(self) -> bool:
        return self.soort == "keuze"

    @property
    def alle(self) -> Telling:
        return self.tellingen[-1]

    @property
    def gevonden_themas(self) -> Sequence[Thematelling]:
        """The themes that some finding has; one that was only thought up is no outcome."""
        return [thema for thema in self.themas if thema.alle]


@dataclass(frozen=True)
class Normtelling:
    """One norm in one group. `alleen_verklaard` is the part of *voldoet deels* that rests on words alone.

    *Niet te beoordelen* is a judgement that was given and says nothing on the norm: like *weet niet*, it is no part of what
    a share is taken of.
    """

    groep: Groep
    dossiers: int
    per_oordeel: Mapping[str, int]
    alleen_verklaard: int
    verborgen: frozenset[str] = frozenset()

    @property
    def niet_te_beoordelen(self) -> int:
        return self.per_oordeel.get("niet_te_beoordelen", 0)

    @property
    def beoordeeld(self) -> int:
        return sum(self.per_oordeel.values()) - self.niet_te_beoordelen

    @property
    def nog_niet(self) -> int:
        return self.dossiers - self.beoordeeld - self.niet_te_beoordelen

    @property
    def voldoet(self) -> int:
        return self.per_oordeel["voldoet"]


@dataclass(frozen=True)
class Normuitkomst:
    code: str
    tekst: str
    kort: str
    bewijs: str
    oordelen: Sequence[Optie]
    tellingen: Sequence[Normtelling]
    alleen_totaal: bool = False

    @property
    def alle(self) -> Normtelling:
        return self.tellingen[-1]


@dataclass(frozen=True)
class Onderdeeluitkomst:
    code: str
    titel: str
    titel_aandachtspunten: str
    vragen: Sequence[Vraaguitkomst]
    normen: Sequence[Normuitkomst]


def met_code(uitkomsten: Iterable, code: str):
    """The one with this code among outcomes of questions, or of norms. Raises KeyError."""
    for uitkomst in uitkomsten:
        if uitkomst.code == code:
            return uitkomst
    raise KeyError(code)


@dataclass(frozen=True)
class Uitkomsten:
    """All that was counted in a round, by one indeling; the last group is always `ALLE`.

    `vastgesteld` and `in_ronde` are numbers of dossiers of the whole round, also when only a selection was counted; `bezocht`
    is in how many of them an interview was held, `vorige` the name of the round before. `gekozen` are the groups of the
    selection, in words; `banden` the words that this round calls its numbers by.
    """

    ronde: str
    gesloten: bool
    instrument: str
    indeling: Indeling
    groepen: Sequence[Groep]
    dossiers: Sequence[int]
    vastgesteld: int
    onderdelen: Sequence[Onderdeeluitkomst]
    in_ronde: int = 0
    bezocht: int = 0
    vorige: str = ""
    banden: Sequence[Band] = BANDEN
    selectie: Selectie = ALLES
    gekozen: Sequence[Groep] = ()

    @property
    def alleen_vastgesteld(self) -> bool:
        return self.selectie.alleen_vastgesteld

    @property
    def aantal(self) -> int:
        """The number of dossiers that were counted."""
        return self.dossiers[-1]

    @property
    def per_groep(self) -> Sequence[tuple[Groep, int]]:
        return tuple(zip(self.groepen, self.dossiers, strict=True))

    def vraag(self, code: str) -> Vraaguitkomst:
        """The outcome of one question. Raises KeyError when this instrument does not ask it."""
        return met_code((vraag for onderdeel in self.onderdelen for vraag in onderdeel.vragen), code)

    def norm(self, code: str) -> Normuitkomst:
        return met_code((norm for onderdeel in self.onderdelen for norm in onderdeel.normen), code)


@dataclass(frozen=True)
class Verdeling:
    """How the dossiers fall apart by one characteristic: per label the number in each group of the sample."""

    naam: str
    regels: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True)
class Gesprekken:
    """Interviews held in one domain; the only place where a number is not of dossiers."""

    domein: str
    interviews: int
    gemeenten: int


@dataclass(frozen=True)
class Steekproef:
    """The sample as it really was. `eerste` and `laatste` are dates of interviews held, None when there were none."""

    groepen: Sequence[Groep]
    dossiers: Sequence[int]
    verdelingen: Sequence[Verdeling]
    gesprekken: Sequence[Gesprekken]
    eerste: date | None
    laatste: date | None

    @property
    def aantal(self) -> int:
        return self.dossiers[-1]

    @property
    def interviews(self) -> int:
        return sum(gesprek.interviews for gesprek in self.gesprekken)

    def verdeling(self, naam: str) -> Verdeling:
        return next(verdeling for verdeling in self.verdelingen if verdeling.naam == naam)


ALLE_GESPREKKEN = Groep(ALLE.code, "Alle gesprekken", "gesprekken", "gesprek")


@dataclass(frozen=True)
class Gespreksuitkomsten:
    """What was said in the interviews held, per group of actors. The unit is the interview: several in one municipality may say
    the same or contradict each other, so no number here is a number of municipalities.

    `onderdelen` have questions only: a norm is held against a dossier.
    """

    indeling: Indeling
    groepen: Sequence[Groep]
    gesprekken: Sequence[int]
    onderdelen: Sequence[Onderdeeluitkomst]
    gekozen: Sequence[Groep] = ()

    @property
    def per_groep(self) -> Sequence[tuple[Groep, int]]:
        return tuple(zip(self.groepen, self.gesprekken, strict=True))

    def vraag(self, code: str) -> Vraaguitkomst:
        """Raises KeyError when this instrument does not ask it."""
        return met_code((vraag for onderdeel in self.onderdelen for vraag in onderdeel.vragen), code)
