"""Two rounds side by side: which dossiers belong together, and who went from which answer to which. Pure, no Django (design 4.1).

*Zoals toen* pairs the dossiers of one municipality. *Naar de indeling van nu* first takes every municipality to the one that now
holds its territory, so that several dossiers can stand on one side of a pair; when those do not agree the pair has the state
*verschilt* on that side, and counts in no figure. Both are `koppel`, with or without a `bestemming`.

The state of a dossier on a question or norm is the code of an answer or judgement that says something, or one of the `REST`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapportage.uitkomst import Groep, Indeling, Optie

WEET_NIET, NVT = "weet_niet", "nvt"
NIET_TE_BEOORDELEN = "niet_te_beoordelen"
NIET_VASTGELEGD, NIET_GEVRAAGD = "niet_vastgelegd", "niet_gevraagd"
REST = (WEET_NIET, NVT, NIET_TE_BEOORDELEN, NIET_VASTGELEGD, NIET_GEVRAAGD)
VERSCHILT = "verschilt"
RESTNAMEN = {
    WEET_NIET: "weet niet",
    NVT: "niet van toepassing",
    NIET_TE_BEOORDELEN: "niet te beoordelen",
    NIET_VASTGELEGD: "nog niet vastgelegd",
    NIET_GEVRAAGD: "niet gevraagd",
    VERSCHILT: "verschilt tussen voorgangers",
}
# How far an answer or a judgement is on its way; a question with another answer than these has no direction.
RANG = {"nee": 0, "intentie": 1, "deels": 1, "ja": 2, "voldoet_niet": 0, "voldoet_deels": 1, "voldoet": 2}


# --- Which dossiers belong together -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paar:
    """The dossiers of both rounds on one municipality, or on what is one municipality in the division of now."""

    gemeente: int
    toen: tuple[int, ...]
    nu: tuple[int, ...]


@dataclass(frozen=True)
class Koppeling:
    """`nieuw` and `verdwenen` are the dossiers that are in one round only."""

    paren: tuple[Paar, ...]
    nieuw: tuple[int, ...]
    verdwenen: tuple[int, ...]


def koppel(
    toen: Mapping[int, int], nu: Mapping[int, int], bestemming: Mapping[int, int | None] | None = None
) -> Koppeling:
    """Pair the dossiers of two rounds; `toen` and `nu` give the municipality of each dossier.

    `bestemming` says for a municipality that ended which one now stands for it, None when none does; one that is not in it
    stands for itself.
    """
    groepen: list[dict[int, list[int]]] = []
    los: list[list[int]] = []
    for kant in (toen, nu):
        per_gemeente, zonder = defaultdict(list), []
        for dossier, gemeente in sorted(kant.items()):
            doel = (bestemming or {}).get(gemeente, gemeente)
            (zonder if doel is None else per_gemeente[doel]).append(dossier)
        groepen.append(per_gemeente)
        los.append(zonder)
    eerst, later = groepen
    return Koppeling(
        tuple(Paar(g, tuple(eerst[g]), tuple(later[g])) for g in sorted(eerst.keys() & later.keys())),
        nieuw=_dossiers(los[1], later, eerst),
        verdwenen=_dossiers(los[0], eerst, later),
    )


def _dossiers(los: list[int], hier: Mapping[int, list[int]], daar: Mapping[int, list[int]]) -> tuple[int, ...]:
    return tuple(sorted(los + [dossier for gemeente in hier.keys() - daar.keys() for dossier in hier[gemeente]]))


class Nootsoort(StrEnum):
    """What the reader must know of a municipality in the comparison."""

    SAMENGEVOEGD = "samengevoegd"  # several dossiers then, one municipality now
    OPGEVOLGD = "opgevolgd"  # the dossier then is of a municipality that has another name or code now
    DEELS_ONDERZOCHT = "deels_onderzocht"  # a part of the territory of now was not in the earlier round
    GESPLITST = "gesplitst"  # went to several; counts with the one designated successor
    ZONDER_OPVOLGER = "zonder_opvolger"  # ended, and no successor was designated
    GEGROEID = "gegroeid"  # took in another: what was asked then is not the whole of what was asked now
    GRENS = "grens"  # gave a part of its territory to another and still exists


@dataclass(frozen=True)
class Noot:
    """A footnote to the comparison: of which municipality, and which others it is about."""

    soort: Nootsoort
    gemeente: int
    andere: tuple[int, ...] = ()


@dataclass(frozen=True)
class Overgang:
    """One municipality going over into another between the two rounds. `blijft`: the old one still exists afterwards."""

    oud: int
    nieuw: int
    blijft: bool = False
    bestond: bool = True  # on the earlier day; False for a link in a chain that began and ended in between


def noten(
    koppeling: Koppeling,
    toen: Mapping[int, int],
    overgangen: Sequence[Overgang],
    bestemming: Mapping[int, int | None] | None = None,
) -> tuple[Noot, ...]:
    """What is to be said with this comparison, for the municipalities that are in it; in the order of kinds above."""
    in_paar = {toen[dossier] for paar in koppeling.paren for dossier in paar.toen}
    eenheden = {paar.gemeente for paar in koppeling.paren}
    gevonden = [
        Noot(Nootsoort.GRENS, o.oud, (o.nieuw,)) for o in overgangen if o.blijft and {o.oud, o.nieuw} & eenheden
    ]
    if bestemming is None:
        gegroeid = defaultdict(set)
        for o in overgangen:
            if o.nieuw in eenheden and not o.blijft:
                gegroeid[o.nieuw].add(o.oud)
        gevonden += [Noot(Nootsoort.GEGROEID, nieuw, tuple(sorted(oud))) for nieuw, oud in gegroeid.items()]
    else:
        gevonden += _noten_bij_paren(koppeling.paren, toen, overgangen, bestemming)
        gevonden += _noten_bij_splitsing(in_paar, overgangen, bestemming)
        weg = {toen[dossier] for dossier in koppeling.verdwenen}
        gevonden += [Noot(Nootsoort.ZONDER_OPVOLGER, g) for g in weg if bestemming.get(g, g) is None]
    volgorde = list(Nootsoort)
    return tuple(sorted(set(gevonden), key=lambda n: (volgorde.index(n.soort), n.gemeente, n.andere)))


def _noten_bij_paren(paren, toen, overgangen, bestemming) -> Iterable[Noot]:
    voorgangers = defaultdict(set)
    for o in overgangen:
        if o.bestond and not o.blijft and bestemming.get(o.oud) is not None:
            voorgangers[bestemming[o.oud]].add(o.oud)
    for paar in paren:
        onderzocht = {toen[dossier] for dossier in paar.toen}
        if len(onderzocht) > 1:
            yield Noot(Nootsoort.SAMENGEVOEGD, paar.gemeente, tuple(sorted(onderzocht)))
        elif onderzocht != {paar.gemeente}:
            yield Noot(Nootsoort.OPGEVOLGD, paar.gemeente, tuple(onderzocht))
        if buiten := voorgangers[paar.gemeente] - onderzocht:
            yield Noot(Nootsoort.DEELS_ONDERZOCHT, paar.gemeente, tuple(sorted(buiten)))


def _noten_bij_splitsing(in_paar, overgangen, bestemming) -> Iterable[Noot]:
    naar = defaultdict(set)
    for o in overgangen:
        if not o.blijft:
            naar[o.oud].add(o.nieuw)
    for oud in in_paar:
        # Where each part is now: two parts that came together again are no split.
        if len(delen := {bestemming.get(nieuw, nieuw) for nieuw in naar[oud]} - {None}) > 1:
            yield Noot(Nootsoort.GESPLITST, oud, tuple(sorted(delen)))


# --- From which state to which ------------------------------------------------------------------------------------


def stand(standen: Iterable[str]) -> str:
    """The state of one side of a pair: what its dossiers agree on, *verschilt* when they do not."""
    eerste, *overige = set(standen)
    return VERSCHILT if overige else eerste


@dataclass(frozen=True)
class Overgangen:
    """How many pairs went from which state to which; `inhoud` are the codes that say something, from most to least.

    A pair that *verschilt* on either side is in `uitgesloten` and nowhere else. Figures "x of n" are over `beide`: the pairs
    with something to say in both rounds, so that then and now have the same denominator.
    """

    inhoud: tuple[str, ...]
    aantallen: Mapping[tuple[str, str], int]
    uitgesloten: int = 0

    @property
    def totaal(self) -> int:
        """The pairs that are in the matrix."""
        return sum(self.aantallen.values())

    @property
    def beide(self) -> int:
        return sum(n for (van, naar), n in self.aantallen.items() if van in self.inhoud and naar in self.inhoud)

    @property
    def codes(self) -> tuple[str, ...]:
        """The rows, and the columns too: every answer that can be given, and of the rest what occurs."""
        gevonden = {code for sleutel, n in self.aantallen.items() if n for code in sleutel}
        return self.inhoud + tuple(code for code in REST if code in gevonden)

    def van_naar(self, van: str, naar: str) -> int:
        return self.aantallen.get((van, naar), 0)

    def rij(self, van: str) -> int:
        """The pairs with this state then."""
        return sum(n for (toen, _), n in self.aantallen.items() if toen == van)

    def kolom(self, naar: str) -> int:
        return sum(n for (_, nu), n in self.aantallen.items() if nu == naar)

    def toen(self, code: str) -> int:
        """How many of `beide` gave this answer then."""
        return sum(self.van_naar(code, naar) for naar in self.inhoud)

    def nu(self, code: str) -> int:
        return sum(self.van_naar(van, code) for van in self.inhoud)

    @property
    def heeft_richting(self) -> bool:
        return heeft_richting(self.inhoud)

    @property
    def vooruit(self) -> int:
        return self._met_richting(1)

    @property
    def terug(self) -> int:
        return self._met_richting(-1)

    @property
    def gelijk(self) -> int:
        return sum(self.van_naar(code, code) for code in self.inhoud)

    def _met_richting(self, teken: int) -> int:
        return sum(n for (van, naar), n in self.aantallen.items() if richting(van, naar) == teken)


def heeft_richting(inhoud: Sequence[str]) -> bool:
    return bool(inhoud) and all(code in RANG for code in inhoud)


def richting(van: str, naar: str) -> int:
    """1 forward, -1 back, 0 neither: the same, or one of both says nothing on the matter."""
    if van not in RANG or naar not in RANG:
        return 0
    return (RANG[naar] > RANG[van]) - (RANG[naar] < RANG[van])


def overgangen(standen: Iterable[tuple[str, str]], inhoud: Sequence[str]) -> Overgangen:
    """The matrix of pairs, each as (state then, state now)."""
    geteld = Counter(standen)
    buiten = sum(n for sleutel, n in geteld.items() if VERSCHILT in sleutel)
    return Overgangen(
        tuple(inhoud), {sleutel: n for sleutel, n in geteld.items() if VERSCHILT not in sleutel}, uitgesloten=buiten
    )


# --- Whether questions can be compared ----------------------------------------------------------------------------

GELIJK, GEHERFORMULEERD, NIEUW = "gelijk", "herformuleerd", "nieuw"
_ERNST = (GELIJK, GEHERFORMULEERD, NIEUW)


def vergelijkbaarheid(stappen: Iterable[str]) -> str:
    """Over several versions: what the least comparable step says. No step at all is *gelijk*: the same version."""
    return max(stappen, key=_ERNST.index, default=GELIJK)


# --- What a comparison shows --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trendregel:
    """One closed question or norm in both rounds. `per_groep` follows the groups of the comparison, the last is all of them.

    `standen` has (then, now) of each pair, in the order of the pairs. `buiten` are the dossiers, then and now, that say something
    and are not among those compared (`Overgangen.beide`). With a `bezwaar` there is nothing to compare, and the
    other figures are empty.
    """

    code: str
    tekst: str
    kort: str
    is_norm: bool
    opties: Sequence[Optie]
    per_groep: Sequence[Overgangen] = ()
    standen: Sequence[tuple[str, str]] = ()
    vergelijkbaarheid: str = GELIJK
    bezwaar: str = ""
    buiten: tuple[int, int] = (0, 0)

    @property
    def alle(self) -> Overgangen:
        return self.per_groep[-1]

    @property
    def vergelijkbaar(self) -> bool:
        return not self.bezwaar

    @property
    def heeft_richting(self) -> bool:
        return heeft_richting([optie.code for optie in self.opties])

    @property
    def voorop(self) -> Optie:
        """The answer that a figure is about when there is room for one: the furthest on the way, else the first."""
        return max(self.opties, key=lambda optie: RANG.get(optie.code, 0))

    def naam(self, code: str) -> str:
        """A state in words."""
        rest = RESTNAMEN | ({NIET_VASTGELEGD: "Nog niet beoordeeld"} if self.is_norm else {})
        gevonden = next((optie.naam for optie in self.opties if optie.code == code), "") or rest.get(code, code)
        return gevonden[:1].upper() + gevonden[1:]


@dataclass(frozen=True)
class Trendonderdeel:
    code: str
    titel: str
    titel_aandachtspunten: str
    vragen: Sequence[Trendregel]
    normen: Sequence[Trendregel]


@dataclass(frozen=True)
class Kant:
    """One of the two rounds: what it is called, its slug, whether it is closed, and how many dossiers it has."""

    naam: str
    slug: str
    gesloten: bool
    dossiers: int
    instrument: str


@dataclass(frozen=True)
class Ontwikkeling:
    """Two rounds compared, over the pairs. `groepen` are those of the later round; the last is all of them.

    `namen` are those of the municipalities in the footnotes, for who may see them.
    """

    toen: Kant
    nu: Kant
    naar_nu: bool
    koppeling: Koppeling
    noten: Sequence[Noot]
    namen: Mapping[int, str]
    indeling: Indeling
    groepen: Sequence[Groep]
    per_groep: Sequence[int]
    onderdelen: Sequence[Trendonderdeel]
    vervallen: Sequence[str] = ()

    @property
    def aantal(self) -> int:
        """The number of pairs."""
        return len(self.koppeling.paren)

    @property
    def regels(self) -> list[Trendregel]:
        return [regel for onderdeel in self.onderdelen for regel in (*onderdeel.vragen, *onderdeel.normen)]

    def regel(self, code: str) -> Trendregel:
        """The question or norm with this code. Raises KeyError when it is not among them."""
        for regel in self.regels:
            if regel.code == code:
                return regel
        raise KeyError(code)


# What can become of an intention; the words are those of `vragenlijst.models.Opvolging`.
LOTGEVALLEN = {
    "nagekomen": "Nagekomen",
    "in_uitvoering": "In uitvoering",
    "losgelaten": "Losgelaten",
    "vervangen": "Vervangen door iets anders",
}


@dataclass(frozen=True)
class Lottelling:
    """What became of the intentions of the round before, counted in intentions; `elders` are not in `totaal`.

    An intention that several municipalities follow up, after a split, counts once for each.
    """

    totaal: int
    gemeenten: int
    aantallen: Mapping[str, int]
    elders: int = 0

    @property
    def open(self) -> int:
        """Those of which it is not yet said what became of them."""
        return self.totaal - sum(self.aantallen.values())

    @property
    def regels(self) -> list[tuple[str, int]]:
        """Every fate in words with its number, those that are open last."""
        return [
            *((naam, self.aantallen.get(code, 0)) for code, naam in LOTGEVALLEN.items()),
            ("Nog niet vastgelegd", self.open),
        ]
