"""What an instrument says, apart from where it is stored: in a file, or in the database. Pure, no Django."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from vragenlijst.routing import Voorwaarde
from vragenlijst.waarde import HEEL_GETAL, Getalregel

SOORTEN = ("keuze", "open", "gemeente", "afspraken", "getal", "datum")
STATUSSEN = ("concept", "vastgesteld", "vervallen")
VERGELIJKBAARHEDEN = ("gelijk", "herformuleerd", "nieuw")
VRAAGCODE = r"[A-Za-z]?\d+(\.\d+)?[a-z]?"
ONDERDEELCODE = r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*"
SLUG = r"[a-z0-9]+([-_][a-z0-9]+)*"


@dataclass(frozen=True)
class Actorgroepgegeven:
    code: str
    naam: str
    domein: str


@dataclass(frozen=True)
class Bewijssoortgegeven:
    code: str
    naam: str


@dataclass(frozen=True)
class Keuzegegeven:
    code: str
    naam: str
    soort: str = "inhoud"


# What every question takes besides its own answers: that the actor does not know, or that it is no question here.
VASTE_KEUZES = (
    Keuzegegeven("weet-niet", "weet niet", "weet_niet"),
    Keuzegegeven("nvt", "niet van toepassing", "nvt"),
)


@dataclass(frozen=True)
class Vraaggegeven:
    code: str
    tekst: str
    gescande_tekst: str
    soort: str
    hoofdvraag: str
    voorwaarde: Voorwaarde | None
    keuzes: tuple[Keuzegegeven, ...]
    vergelijkbaarheid: str = "gelijk"
    hulp: str = ""
    verplicht: bool = True
    getal: Getalregel = HEEL_GETAL

    @property
    def inhoudelijk(self) -> tuple[Keuzegegeven, ...]:
        """The choices that answer the question; without *weet niet* and *niet van toepassing*."""
        return tuple(keuze for keuze in self.keuzes if keuze.soort == "inhoud")


@dataclass(frozen=True)
class Normgegeven:
    code: str
    kort: str
    tekst: str
    gescande_tekst: str
    bewijs: str
    akkoord_door: str
    bewijssoorten: frozenset[str]
    vragen: frozenset[str]
    vergelijkbaarheid: str = "gelijk"


@dataclass(frozen=True)
class Onderdeelgegeven:
    code: str
    titel: str
    titel_aandachtspunten: str
    vragen: tuple[Vraaggegeven, ...]
    aandachtspunten: tuple[Normgegeven, ...]


@dataclass(frozen=True)
class Instrumentgegeven:
    code: str
    versie: int
    naam: str
    bron: str
    status: str
    actorgroepen: tuple[Actorgroepgegeven, ...]
    bewijssoorten: tuple[Bewijssoortgegeven, ...]
    onderdelen: tuple[Onderdeelgegeven, ...]

    @property
    def vragen(self) -> tuple[Vraaggegeven, ...]:
        return tuple(vraag for onderdeel in self.onderdelen for vraag in onderdeel.vragen)

    @property
    def aandachtspunten(self) -> tuple[Normgegeven, ...]:
        return tuple(norm for onderdeel in self.onderdelen for norm in onderdeel.aandachtspunten)


def met_stappen(gegeven: Instrumentgegeven, stap: Callable[[Vraaggegeven | Normgegeven], str]) -> Instrumentgegeven:
    """With of every question and norm what `stap` says: whether it is the one of the version before."""

    def gezet(dingen: tuple) -> tuple:
        return tuple(replace(ding, vergelijkbaarheid=stap(ding)) for ding in dingen)

    return replace(
        gegeven,
        onderdelen=tuple(
            replace(onderdeel, vragen=gezet(onderdeel.vragen), aandachtspunten=gezet(onderdeel.aandachtspunten))
            for onderdeel in gegeven.onderdelen
        ),
    )
