"""An instrument as a file: reading and checking it. Pure, no Django.

The file is JSON (`vragenlijst/gegevens/` has the one of 2008). Order in the file is the order on the page. A closed question names
one of the file's `keuzelijsten`; *weet niet* and *niet van toepassing* are added to each. A condition is written as
`"alleen_als": "V1.3 = ja"`. `"vergelijkbaarheid"` says whether a question of the version before is the same (`gelijk`, as it is
when nothing is said), put in other words (`herformuleerd`) or another one (`nieuw`).
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from regio.tekst import bezwaar_tegen
from vragenlijst.routing import Voorwaarde

SOORTEN = ("keuze", "open", "gemeente", "afspraken")
STATUSSEN = ("concept", "vastgesteld")
VERGELIJKBAARHEDEN = ("gelijk", "herformuleerd", "nieuw")
VRAAGCODE = r"[A-Za-z]?\d+(\.\d+)?[a-z]?"
SLUG = r"[a-z0-9]+([-_][a-z0-9]+)*"


class Bestandsfout(Exception):
    """The file is no usable instrument; `fouten` are Dutch sentences, each with the place it is about."""

    def __init__(self, fouten: list[str]):
        super().__init__("\n".join(fouten))
        self.fouten = fouten


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


def lees(tekst: str) -> Instrumentgegeven:
    """The instrument that this file holds. Raises Bestandsfout with everything that is wrong with it."""
    try:
        ruw = json.loads(tekst)
    except ValueError as fout:
        raise Bestandsfout([f"Het bestand is geen geldige JSON: {fout}."]) from fout
    lezer = _Lezer()
    gegeven = lezer.instrument(ruw)
    # What is missing or of the wrong kind is reported first: the rules below read every field.
    fouten = lezer.fouten or list(_controleer(gegeven))
    if fouten:
        raise Bestandsfout(fouten)
    return gegeven


class _Lezer:
    """Takes the JSON apart into the dataclasses above and gathers what is missing, superfluous or of the wrong kind."""

    def __init__(self):
        self.fouten: list[str] = []
        self.keuzelijsten: dict[str, tuple[Keuzegegeven, ...]] = {}

    def instrument(self, ruw) -> Instrumentgegeven:
        velden = {
            "code",
            "versie",
            "naam",
            "bron",
            "status",
            "actorgroepen",
            "bewijssoorten",
            "keuzelijsten",
            "onderdelen",
        }
        ding = self._object(ruw, "Het bestand", velden)
        versie = ding.get("versie")
        if not isinstance(versie, int) or isinstance(versie, bool) or not 1 <= versie <= 32767:
            self.fouten.append("Het bestand: 'versie' is een geheel getal vanaf 1.")
        lijsten = ding.get("keuzelijsten", {})
        if not isinstance(lijsten, dict):
            self.fouten.append("Het bestand: 'keuzelijsten' geeft per naam een lijst van keuzes.")
            lijsten = {}
        for naam, keuzes in lijsten.items():
            gelezen = [self._keuze(k, f"Keuzelijst {naam}") for k in self._lijst({naam: keuzes}, naam, "Keuzelijsten")]
            self.keuzelijsten[naam] = tuple(gelezen) + VASTE_KEUZES
        return Instrumentgegeven(
            code=self._tekst(ding, "code", "Het bestand", 60, patroon=SLUG),
            versie=versie,
            naam=self._tekst(ding, "naam", "Het bestand", 120),
            bron=self._tekst(ding, "bron", "Het bestand", 200, verplicht=False),
            status=self._tekst(ding, "status", "Het bestand", keuze=STATUSSEN),
            actorgroepen=tuple(map(self._actorgroep, self._lijst(ding, "actorgroepen", "Het bestand"))),
            bewijssoorten=tuple(map(self._bewijssoort, self._lijst(ding, "bewijssoorten", "Het bestand"))),
            onderdelen=tuple(map(self._onderdeel, self._lijst(ding, "onderdelen", "Het bestand"))),
        )

    def _actorgroep(self, ruw) -> Actorgroepgegeven:
        waar = _waar("Actorgroep", ruw)
        ding = self._object(ruw, waar, {"code", "naam", "domein"})
        return Actorgroepgegeven(
            self._tekst(ding, "code", waar, 40, patroon=SLUG),
            self._tekst(ding, "naam", waar, 80),
            self._tekst(ding, "domein", waar, 80),
        )

    def _bewijssoort(self, ruw) -> Bewijssoortgegeven:
        waar = _waar("Bewijssoort", ruw)
        ding = self._object(ruw, waar, {"code", "naam"})
        return Bewijssoortgegeven(
            self._tekst(ding, "code", waar, 40, patroon=SLUG), self._tekst(ding, "naam", waar, 120)
        )

    def _keuze(self, ruw, lijst: str) -> Keuzegegeven:
        waar = f"{lijst}, {_waar('keuze', ruw)}"
        ding = self._object(ruw, waar, {"code", "naam"})
        return Keuzegegeven(self._tekst(ding, "code", waar, 40, patroon=SLUG), self._tekst(ding, "naam", waar, 120))

    def _onderdeel(self, ruw) -> Onderdeelgegeven:
        waar = _waar("Onderdeel", ruw)
        ding = self._object(ruw, waar, {"code", "titel", "titel_aandachtspunten", "vragen", "aandachtspunten"})
        return Onderdeelgegeven(
            self._tekst(ding, "code", waar, 10),
            self._tekst(ding, "titel", waar, 120),
            self._tekst(ding, "titel_aandachtspunten", waar, 120),
            tuple(map(self._vraag, self._lijst(ding, "vragen", waar))),
            tuple(map(self._norm, self._lijst(ding, "aandachtspunten", waar))),
        )

    def _vraag(self, ruw) -> Vraaggegeven:
        waar = _waar("Vraag", ruw)
        velden = {
            "code",
            "tekst",
            "gescande_tekst",
            "soort",
            "keuzes",
            "hoofdvraag",
            "alleen_als",
            "vergelijkbaarheid",
        }
        ding = self._object(ruw, waar, velden)
        soort = self._tekst(ding, "soort", waar, keuze=SOORTEN)
        lijst = self._tekst(ding, "keuzes", waar, verplicht=soort == "keuze")
        if lijst and soort != "keuze":
            self.fouten.append(f"{waar}: alleen een vraag van de soort 'keuze' heeft keuzes.")
        if lijst and lijst not in self.keuzelijsten:
            self.fouten.append(f"{waar}: de keuzelijst '{lijst}' bestaat niet in dit bestand.")
        return Vraaggegeven(
            code=self._tekst(ding, "code", waar, 12, patroon=VRAAGCODE),
            tekst=self._tekst(ding, "tekst", waar),
            gescande_tekst=self._tekst(ding, "gescande_tekst", waar, verplicht=False),
            soort=soort,
            hoofdvraag=self._tekst(ding, "hoofdvraag", waar, verplicht=False),
            voorwaarde=self._voorwaarde(self._tekst(ding, "alleen_als", waar, verplicht=False), waar),
            keuzes=self.keuzelijsten.get(lijst, ()) if soort == "keuze" else VASTE_KEUZES,
            vergelijkbaarheid=self._tekst(ding, "vergelijkbaarheid", waar, keuze=VERGELIJKBAARHEDEN)
            if "vergelijkbaarheid" in ding
            else "gelijk",
        )

    def _voorwaarde(self, tekst: str, waar: str) -> Voorwaarde | None:
        if not tekst:
            return None
        delen = tuple(deel.strip() for deel in tekst.split("="))
        if len(delen) != 2 or not all(delen):
            self.fouten.append(f'{waar}: schrijf \'alleen_als\' als "V1.3 = ja"; er staat "{tekst}".')
            return None
        return delen

    def _norm(self, ruw) -> Normgegeven:
        waar = _waar("Aandachtspunt", ruw)
        velden = {"code", "kort", "tekst", "gescande_tekst", "bewijs", "akkoord_door", "bewijssoorten", "vragen"}
        ding = self._object(ruw, waar, velden)
        return Normgegeven(
            code=self._tekst(ding, "code", waar, 12, patroon=VRAAGCODE),
            kort=self._tekst(ding, "kort", waar, 120),
            tekst=self._tekst(ding, "tekst", waar),
            gescande_tekst=self._tekst(ding, "gescande_tekst", waar, verplicht=False),
            bewijs=self._tekst(ding, "bewijs", waar, 200, verplicht=False),
            akkoord_door=self._tekst(ding, "akkoord_door", waar, 120, verplicht=False),
            bewijssoorten=self._codes(ding, "bewijssoorten", waar),
            vragen=self._codes(ding, "vragen", waar),
        )

    def _codes(self, ding: dict, veld: str, waar: str) -> frozenset[str]:
        codes = self._lijst(ding, veld, waar, verplicht=False)
        if not all(isinstance(code, str) for code in codes):
            self.fouten.append(f"{waar}: '{veld}' is een lijst van codes.")
            return frozenset()
        self.fouten += [f"{waar}: '{code}' staat dubbel in '{veld}'." for code in _dubbel(codes)]
        return frozenset(codes)

    def _object(self, ruw, waar: str, velden: set[str]) -> dict:
        if not isinstance(ruw, dict):
            self.fouten.append(f"{waar}: hier hoort een object met velden te staan.")
            return {}
        self.fouten += [f"{waar}: het veld '{veld}' is niet bekend." for veld in ruw if veld not in velden]
        return ruw

    def _lijst(self, ding: dict, veld: str, waar: str, *, verplicht: bool = True) -> list:
        lijst = ding.get(veld, [])
        if not isinstance(lijst, list):
            self.fouten.append(f"{waar}: '{veld}' is een lijst.")
            return []
        if verplicht and not lijst:
            self.fouten.append(f"{waar}: '{veld}' ontbreekt of is leeg.")
        return lijst

    def _tekst(
        self, ding: dict, veld: str, waar: str, ten_hoogste: int = 4000, *, verplicht=True, patroon="", keuze=()
    ) -> str:
        tekst = ding.get(veld, "")
        fout = ""
        if not isinstance(tekst, str):
            fout = f"'{veld}' is een tekst"
        elif verplicht and not tekst.strip():
            fout = f"'{veld}' ontbreekt of is leeg"
        elif len(tekst) > ten_hoogste:
            fout = f"'{veld}' telt {len(tekst)} tekens, ten hoogste {ten_hoogste} mag"
        elif bezwaar := bezwaar_tegen(tekst):
            fout = f"'{veld}': {bezwaar.removesuffix('.')}"
        elif patroon and not re.fullmatch(patroon, tekst):
            fout = f"'{tekst}' is geen geldige {veld}"
        elif keuze and tekst not in keuze:
            fout = f"'{veld}' is een van: {', '.join(keuze)}; er staat '{tekst}'"
        if fout:
            self.fouten.append(f"{waar}: {fout}.")
            return ""
        return tekst


def _waar(soort: str, ruw) -> str:
    code = ruw.get("code") if isinstance(ruw, dict) else None
    return f"{soort} {code}" if code else f"{soort} zonder code"


def _dubbel(codes) -> list[str]:
    return [code for code, aantal in Counter(codes).items() if aantal > 1]


def _controleer(gegeven: Instrumentgegeven) -> Iterator[str]:
    """What contradicts itself in a file whose fields are all there."""
    groepen = {
        "Actorgroep": gegeven.actorgroepen,
        "Bewijssoort": gegeven.bewijssoorten,
        "Onderdeel": gegeven.onderdelen,
        "Vraag": gegeven.vragen,
        "Aandachtspunt": gegeven.aandachtspunten,
    }
    for soort, dingen in groepen.items():
        for code in _dubbel(ding.code for ding in dingen):
            yield f"{soort} {code}: deze code komt meer dan eens voor."
    vragen = {vraag.code: vraag for vraag in gegeven.vragen}
    for vraag in gegeven.vragen:
        yield from _controleer_vraag(vraag, vragen)
    soorten = {soort.code for soort in gegeven.bewijssoorten}
    for norm in gegeven.aandachtspunten:
        yield from _controleer_norm(norm, vragen.keys(), soorten)


def _controleer_vraag(vraag: Vraaggegeven, vragen: dict[str, Vraaggegeven]) -> Iterator[str]:
    for code in _dubbel(keuze.code for keuze in vraag.keuzes):
        yield f"Vraag {vraag.code}: de keuze '{code}' komt meer dan eens voor."
    if vraag.hoofdvraag and vraag.hoofdvraag not in vragen:
        yield f"Vraag {vraag.code}: de hoofdvraag {vraag.hoofdvraag} bestaat niet."
    elif vraag.hoofdvraag and vragen[vraag.hoofdvraag].hoofdvraag:
        yield f"Vraag {vraag.code}: de hoofdvraag {vraag.hoofdvraag} is zelf een vervolgvraag."
    if vraag.voorwaarde:
        yield from _controleer_voorwaarde(vraag, vragen)


def _controleer_norm(norm: Normgegeven, vragen: Set[str], soorten: Set[str]) -> Iterator[str]:
    for code in sorted(norm.vragen - vragen):
        yield f"Aandachtspunt {norm.code}: vraag {code} bestaat niet."
    for code in sorted(norm.bewijssoorten - soorten):
        yield f"Aandachtspunt {norm.code}: bewijssoort '{code}' bestaat niet."
    if bool(norm.bewijs) != bool(norm.bewijssoorten):
        yield f"Aandachtspunt {norm.code}: 'bewijs' en 'bewijssoorten' horen bij elkaar; één van beide ontbreekt."


def _controleer_voorwaarde(vraag: Vraaggegeven, vragen: dict[str, Vraaggegeven]) -> Iterator[str]:
    andere, keuze = vraag.voorwaarde
    volgorde = list(vragen)
    if andere not in vragen:
        yield f"Vraag {vraag.code}: de voorwaarde gaat over vraag {andere}, die niet bestaat."
    elif vragen[andere].soort != "keuze" or keuze not in {k.code for k in vragen[andere].keuzes}:
        yield f"Vraag {vraag.code}: de voorwaarde noemt '{keuze}', maar dat is geen keuze van vraag {andere}."
    elif kring := _kring(vraag.code, vragen):
        yield f"Vraag {vraag.code}: de voorwaarden lopen in een kring ({' → '.join(kring)})."
    elif volgorde.index(andere) > volgorde.index(vraag.code):
        yield f"Vraag {vraag.code}: de voorwaarde gaat over vraag {andere}, die pas later wordt gesteld."


def _kring(begin: str, vragen: dict[str, Vraaggegeven]) -> list[str]:
    """The codes from `begin` back to itself along the conditions; empty when they do not come back."""
    pad = [begin]
    while (vraag := vragen.get(pad[-1])) and vraag.voorwaarde:
        pad.append(vraag.voorwaarde[0])
        if pad[-1] == begin:
            return pad
        if pad[-1] in pad[:-1]:
            return []
    return []
