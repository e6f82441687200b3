"""An instrument as a file: reading and checking it. Pure, no Django.

The file is JSON (`vragenlijst/gegevens/` has the one of 2008). Order in the file is the order on the page. A closed question names
one of the file's `keuzelijsten`; *weet niet* and *niet van toepassing* are added to each. A condition is written as
`"alleen_als": "V1.3 = ja"`. `"vergelijkbaarheid"` says whether a question or norm of the version before is the same (`gelijk`,
as it is when nothing is said), put in other words (`herformuleerd`) or another one (`nieuw`). `"hulp"` is what the inspector reads below the
question; `"verplicht": false` lets a dossier be complete without an answer to it. A question of the kind `getal` may say its
`"eenheid"`, how many `"decimalen"` (0) it takes, and its `"minimum"` and `"maximum"`, written as in Dutch: `"12,5"`.

What `schrijf` writes, `lees` reads back as the same instrument, also while it is a concept with faults in it. Of a file that calls
itself vastgesteld more is asked: nothing may be wrong with it (`instrumentcontrole`).
"""

import json
import re
from dataclasses import asdict, fields
from decimal import Decimal

from regio.tekst import bezwaar_tegen, verboden_teken
from vragenlijst import instrumentcontrole
from vragenlijst.instrumentgegeven import (
    ONDERDEELCODE,
    SLUG,
    SOORTEN,
    STATUSSEN,
    VASTE_KEUZES,
    VERGELIJKBAARHEDEN,
    VRAAGCODE,
    Actorgroepgegeven,
    Bewijssoortgegeven,
    Instrumentgegeven,
    Keuzegegeven,
    Normgegeven,
    Onderdeelgegeven,
    Vraaggegeven,
)
from vragenlijst.routing import Voorwaarde
from vragenlijst.waarde import MAX_DECIMALEN, MAX_EENHEID, Getalregel, als_getal, lees_getal, schrijf_getal

GETALVELDEN = [veld.name for veld in fields(Getalregel)]


class Bestandsfout(Exception):
    """The file is no usable instrument; `fouten` are Dutch sentences, each with the place it is about."""

    def __init__(self, fouten: list[str]):
        self.fouten = [_leesbaar(fout) for fout in fouten]
        super().__init__("\n".join(self.fouten))


def _leesbaar(zin: str) -> str:
    """What a stranger's file is quoted with can itself hold what no page can show."""
    return "".join("\N{REPLACEMENT CHARACTER}" if verboden_teken(teken) else teken for teken in zin)


def lees(tekst: str) -> Instrumentgegeven:
    """The instrument that this file holds. Raises Bestandsfout with everything that is wrong with it."""
    try:
        ruw = json.loads(tekst)
    except ValueError as fout:
        raise Bestandsfout([f"Het bestand is geen geldige JSON: {fout}."]) from fout
    except RecursionError as fout:
        raise Bestandsfout(["Het bestand is geen instrument: het is te diep genest."]) from fout
    lezer = _Lezer()
    gegeven = lezer.instrument(ruw)
    # What is missing or of the wrong kind is reported first: the rules below read every field.
    if lezer.fouten:
        raise Bestandsfout(lezer.fouten)
    fouten = instrumentcontrole.breuken(gegeven)
    if not fouten and gegeven.status != "concept":
        fouten = [bezwaar for bezwaar in instrumentcontrole.bezwaren(gegeven) if bezwaar.blokkeert]
    if fouten:
        raise Bestandsfout(list(map(str, fouten)))
    return gegeven


def schrijf(gegeven: Instrumentgegeven) -> str:
    """The file of this instrument: what `lees` reads back. What a question or norm does not say is left out."""
    lijsten = _Keuzelijsten()
    onderdelen = [
        {
            "code": onderdeel.code,
            "titel": onderdeel.titel,
            "titel_aandachtspunten": onderdeel.titel_aandachtspunten,
            "vragen": [_vraag(vraag, lijsten) for vraag in onderdeel.vragen],
            "aandachtspunten": [_norm(norm) for norm in onderdeel.aandachtspunten],
        }
        for onderdeel in gegeven.onderdelen
    ]
    ruw = {
        "code": gegeven.code,
        "versie": gegeven.versie,
        "naam": gegeven.naam,
        "bron": gegeven.bron,
        "status": gegeven.status,
        "actorgroepen": [{"code": g.code, "naam": g.naam, "domein": g.domein} for g in gegeven.actorgroepen],
        "bewijssoorten": [{"code": b.code, "naam": b.naam} for b in gegeven.bewijssoorten],
        "keuzelijsten": lijsten.als_json(),
        "onderdelen": onderdelen,
    }
    return json.dumps(ruw, ensure_ascii=False, indent=2) + "\n"


def _als_json(waarde):
    return schrijf_getal(waarde) if isinstance(waarde, Decimal) else waarde


class _Keuzelijsten:
    """The lists of choices that questions share, each under a name made of its codes."""

    def __init__(self):
        self.namen: dict[tuple[Keuzegegeven, ...], str] = {}

    def naam(self, keuzes: tuple[Keuzegegeven, ...]) -> str:
        if keuzes not in self.namen:
            naam = begin = "-".join(keuze.code for keuze in keuzes)[:60] or "zonder-keuzes"
            nummer = 2
            while naam in self.namen.values():
                naam, nummer = f"{begin}-{nummer}", nummer + 1
            self.namen[keuzes] = naam
        return self.namen[keuzes]

    def als_json(self) -> dict[str, list]:
        return {naam: [{"code": k.code, "naam": k.naam} for k in keuzes] for keuzes, naam in self.namen.items()}


def _vraag(vraag: Vraaggegeven, lijsten: _Keuzelijsten) -> dict:
    ruw = {"code": vraag.code, "tekst": vraag.tekst, "gescande_tekst": vraag.gescande_tekst, "soort": vraag.soort}
    if vraag.soort == "keuze":
        ruw["keuzes"] = lijsten.naam(vraag.inhoudelijk)
    ruw |= {veld: _als_json(waarde) for veld, waarde in asdict(vraag.getal).items()}
    ruw["hoofdvraag"] = vraag.hoofdvraag
    ruw["alleen_als"] = " = ".join(vraag.voorwaarde) if vraag.voorwaarde else ""
    ruw["vergelijkbaarheid"] = "" if vraag.vergelijkbaarheid == "gelijk" else vraag.vergelijkbaarheid
    ruw["hulp"] = vraag.hulp
    gezegd = {veld: waarde for veld, waarde in ruw.items() if waarde}
    return gezegd if vraag.verplicht else gezegd | {"verplicht": False}


def _norm(norm: Normgegeven) -> dict:
    ruw = {
        "code": norm.code,
        "kort": norm.kort,
        "tekst": norm.tekst,
        "gescande_tekst": norm.gescande_tekst,
        "bewijs": norm.bewijs,
        "akkoord_door": norm.akkoord_door,
        "bewijssoorten": sorted(norm.bewijssoorten),
        "vragen": sorted(norm.vragen),
        "vergelijkbaarheid": "" if norm.vergelijkbaarheid == "gelijk" else norm.vergelijkbaarheid,
    }
    return {veld: waarde for veld, waarde in ruw.items() if waarde}


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
        if not isinstance(versie, int) or isinstance(versie, bool) or not 1 <= versie <= 9999:
            self.fouten.append("Het bestand: 'versie' is een geheel getal van 1 tot en met 9999.")
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
            self._tekst(ding, "code", waar, 10, patroon=ONDERDEELCODE),
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
            "hulp",
            "verplicht",
            *GETALVELDEN,
        }
        ding = self._object(ruw, waar, velden)
        soort = self._tekst(ding, "soort", waar, keuze=SOORTEN)
        lijst = self._tekst(ding, "keuzes", waar, verplicht=soort == "keuze")
        if lijst and soort != "keuze":
            self.fouten.append(f"{waar}: alleen een vraag van de soort 'keuze' heeft keuzes.")
        if lijst and lijst not in self.keuzelijsten:
            self.fouten.append(f"{waar}: de keuzelijst '{lijst}' bestaat niet in dit bestand.")
        if not isinstance(ding.get("verplicht", True), bool):
            self.fouten.append(f"{waar}: 'verplicht' is true of false.")
        return Vraaggegeven(
            code=self._tekst(ding, "code", waar, 12, patroon=VRAAGCODE),
            tekst=self._tekst(ding, "tekst", waar),
            gescande_tekst=self._tekst(ding, "gescande_tekst", waar, verplicht=False),
            soort=soort,
            hoofdvraag=self._tekst(ding, "hoofdvraag", waar, verplicht=False),
            voorwaarde=self._voorwaarde(self._tekst(ding, "alleen_als", waar, verplicht=False), waar),
            keuzes=self.keuzelijsten.get(lijst, ()) if soort == "keuze" else VASTE_KEUZES,
            vergelijkbaarheid=self._vergelijkbaarheid(ding, waar),
            hulp=self._tekst(ding, "hulp", waar, 500, verplicht=False),
            verplicht=ding.get("verplicht", True),
            getal=self._getalregel(ding, waar, soort),
        )

    def _getalregel(self, ding: dict, waar: str, soort: str) -> Getalregel:
        """What a question for a number takes; the bounds are numbers as they are written in Dutch: "12,5"."""
        if soort != "getal":
            self.fouten += [
                f"{waar}: '{veld}' hoort alleen bij een vraag van de soort 'getal'."
                for veld in GETALVELDEN
                if veld in ding
            ]
            return Getalregel()
        decimalen = ding.get("decimalen", 0)
        if not isinstance(decimalen, int) or isinstance(decimalen, bool) or not 0 <= decimalen <= MAX_DECIMALEN:
            self.fouten.append(f"{waar}: 'decimalen' is een geheel getal van 0 tot en met {MAX_DECIMALEN}.")
            decimalen = 0
        regel = Getalregel(
            self._tekst(ding, "eenheid", waar, MAX_EENHEID, verplicht=False),
            decimalen,
            self._grens(ding, "minimum", waar),
            self._grens(ding, "maximum", waar),
        )
        self.fouten += [f"{waar}: {zin}" for zin in regel.bezwaren()]
        return regel

    def _grens(self, ding: dict, veld: str, waar: str) -> Decimal | None:
        tekst = self._tekst(ding, veld, waar, 40, verplicht=False)
        try:
            return als_getal(lees_getal(tekst, Getalregel(decimalen=MAX_DECIMALEN))) if tekst else None
        except ValueError as fout:
            self.fouten.append(f"{waar}: '{veld}': {fout}")
            return None

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
        velden = {
            "code",
            "kort",
            "tekst",
            "gescande_tekst",
            "bewijs",
            "akkoord_door",
            "bewijssoorten",
            "vragen",
            "vergelijkbaarheid",
        }
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
            vergelijkbaarheid=self._vergelijkbaarheid(ding, waar),
        )

    def _vergelijkbaarheid(self, ding: dict, waar: str) -> str:
        if "vergelijkbaarheid" not in ding:
            return "gelijk"
        return self._tekst(ding, "vergelijkbaarheid", waar, keuze=VERGELIJKBAARHEDEN)

    def _codes(self, ding: dict, veld: str, waar: str) -> frozenset[str]:
        codes = self._lijst(ding, veld, waar, verplicht=False)
        if not all(isinstance(code, str) for code in codes):
            self.fouten.append(f"{waar}: '{veld}' is een lijst van codes.")
            return frozenset()
        self.fouten += [f"{waar}: '{code}' staat dubbel in '{veld}'." for code in instrumentcontrole.dubbel(codes)]
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
        if verplicht and veld not in ding:
            self.fouten.append(f"{waar}: '{veld}' ontbreekt.")
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
