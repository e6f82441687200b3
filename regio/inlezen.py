"""Reading the files of municipalities, herindelingen and regions: bytes in, rows and a list of what is wrong out.

Pure, no Django: nothing here touches the database, so that a command and a page can both show what a file would do before it
does anything (see `regio.bijwerken`). A file with one problem gives no rows that count: it is mended and read again.

Form of the files: what `regio.tabelbestand` reads, first row the names of the columns. Row numbers are those of a spreadsheet:
the row with the names is 1.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date

from regio.herkennen import als_code
from regio.tabelbestand import Tabelfout, lees_tabelbestand

GROOTSTE_INWONERTAL = 2_000_000
CODE = re.compile(r"[0-9A-Z][0-9]{3}")
REGIOSOORTEN = ("provincie", "corop", "rpa", "arbeidsmarktregio", "plusregio", "samenwerking")
REGIOKOLOMMEN = REGIOSOORTEN[:5]
JA_NEE = {"ja": True, "nee": False, "true": True, "false": False}
# What others call our columns, as `_kaal` writes it: first the name to prefer, since a file of CBS has a code in two forms.
ANDERS_GENOEMD = {
    "code": ("gemeentecodegm", "gemeentecode", "gmcode", "cbscode", "statcode", "gemcode"),
    "naam": ("gemeentenaam", "gmnaam", "statnaam", "gemeente"),
    "inwoners": ("aantalinwoners", "inwonertal", "aantinw", "bevolking"),
    "provincie": ("provincienaam", "provinciecodepv", "provinciecode"),
    "corop": ("coropgebied", "coropnaam"),
    "alias": ("anderenaam",),
    "datum": ("datumherindeling", "ingangsdatum"),
    "oud": ("oudecode", "oudegemeente", "oudegemeentecode"),
    "nieuw": ("nieuwecode", "nieuwegemeente", "nieuwegemeentecode"),
}


@dataclass(frozen=True)
class Probleem:
    """What is wrong, in a Dutch sentence, with the row where it stands when it is about one row.

    What is `te_bevestigen` can be right after all: who knows that it is may say so and go on.
    """

    tekst: str
    rij: int | None = None
    te_bevestigen: bool = False
    deel: str = "Rij"  # what is counted in `rij`

    def __str__(self):
        return self.tekst if self.rij is None else f"{self.deel} {self.rij}: {self.tekst}"


@dataclass(frozen=True)
class Gemeenteregel:
    """One municipality of a list. An empty cell is None (unknown), or no regions."""

    rij: int
    code: str
    naam: str
    alias: str
    inwoners: int | None
    inwoners_peildatum: date | None
    randstad: bool | None
    regios: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Gemeentelijst:
    """All municipalities on one date. What has no column in the file says nothing: it stays as it is."""

    peildatum: date
    kolommen: frozenset[str]
    regels: tuple[Gemeenteregel, ...]


@dataclass(frozen=True)
class Herindelingregel:
    rij: int
    datum: date
    oud: str
    nieuw: str
    deel: str
    hoofdopvolger: bool
    soort: str
    wet: str
    toelichting: str


@dataclass(frozen=True)
class Regioregel:
    """A region, and when `gemeente` is filled in a municipality that belongs to it from `vanaf` to `tot`."""

    rij: int
    soort: str
    code: str
    naam: str
    gemeente: str = ""
    vanaf: date | None = None
    tot: date | None = None


def lees_gemeenten(inhoud: bytes, peildatum: date) -> tuple[Gemeentelijst, list[Probleem]]:
    """The list of municipalities on `peildatum`.

    Columns: code and naam, and optionally alias, inwoners, inwoners_peildatum (else the date of the list), randstad (ja, nee),
    provincie, corop, rpa, arbeidsmarktregio, plusregio (code or name of the region; several divided by `|`).
    """
    mogelijk = ("alias", "inwoners", "inwoners_peildatum", "randstad", *REGIOKOLOMMEN)
    tabel = _lees_tabel(inhoud, ("code", "naam"), mogelijk)
    regels = []
    for rij in tabel.rijen:
        inwoners = rij.inwonertal("inwoners")
        geteld = rij.datum("inwoners_peildatum") or peildatum
        regels.append(
            Gemeenteregel(
                rij=rij.nummer,
                code=rij.code("code"),
                naam=rij.tekst("naam", 80, verplicht=True),
                alias=rij.tekst("alias", 80),
                inwoners=inwoners,
                inwoners_peildatum=None if inwoners is None else geteld,
                randstad=rij.keuze("randstad", JA_NEE),
                regios={soort: rij.delen(soort) for soort in REGIOKOLOMMEN if soort in tabel.kolommen},
            )
        )
    problemen = tabel.alle_problemen()
    problemen += _dubbel(((regel.rij, regel.code) for regel in regels if regel.code), "de code {} staat ook op rij {}.")
    problemen += _dubbel(((regel.rij, regel.naam) for regel in regels if regel.naam), "de naam {} staat ook op rij {}.")
    return Gemeentelijst(peildatum, tabel.kolommen, tuple(regels)), _op_volgorde(problemen)


def lees_herindelingen(inhoud: bytes) -> tuple[tuple[Herindelingregel, ...], list[Probleem]]:
    """Which municipality went over into which, by date.

    Columns: datum, oud, nieuw, and optionally deel (geheel, gedeeltelijk), hoofdopvolger (ja, nee), soort, wet, toelichting.
    """
    tabel = _lees_tabel(inhoud, ("datum", "oud", "nieuw"), ("deel", "hoofdopvolger", "soort", "wet", "toelichting"))
    regels = []
    for rij in tabel.rijen:
        hoofd = rij.keuze("hoofdopvolger", JA_NEE)
        regel = Herindelingregel(
            rij=rij.nummer,
            datum=rij.datum("datum", verplicht=True),
            oud=rij.code("oud"),
            nieuw=rij.code("nieuw"),
            deel=rij.keuze("deel", {"geheel": "geheel", "gedeeltelijk": "gedeeltelijk"}) or "geheel",
            hoofdopvolger=True if hoofd is None else hoofd,
            soort=rij.tekst("soort", 60) or "herindeling",
            wet=rij.tekst("wet", 20),
            toelichting=rij.tekst("toelichting", 1000),
        )
        if regel.oud and regel.oud == regel.nieuw:
            rij.meld(f"gemeente {regel.oud} kan niet in zichzelf opgaan.")
        regels.append(regel)
    return tuple(regels), _op_volgorde(tabel.alle_problemen() + _tegenspraak(regels))


def _tegenspraak(regels: list[Herindelingregel]) -> list[Probleem]:
    """Rows that contradict each other. Per date an old municipality has one designated successor, and is whole once."""
    heel = [regel for regel in regels if regel.datum and regel.oud and regel.nieuw]

    def per_datum(gekozen, zin):
        namen = {(r.datum, r.oud): r.oud for r in heel}
        return _dubbel(((r.rij, (r.datum, r.oud)) for r in gekozen), zin, namen)

    met_opvolger = {(r.datum, r.oud) for r in heel if r.hoofdopvolger}
    return [
        *_dubbel(((r.rij, f"{r.datum} {r.oud} → {r.nieuw}") for r in heel), "de overgang {} staat ook op rij {}."),
        *per_datum((r for r in heel if r.hoofdopvolger), "gemeente {} heeft al een aangewezen opvolger op rij {}."),
        *per_datum((r for r in heel if r.deel == "geheel"), "gemeente {} gaat al geheel over op rij {}."),
        *(
            Probleem(f"gemeente {r.oud} heeft geen aangewezen opvolger (hoofdopvolger = ja).", r.rij)
            for r in heel
            if (r.datum, r.oud) not in met_opvolger
        ),
    ]


def lees_regios(inhoud: bytes) -> tuple[tuple[Regioregel, ...], list[Probleem]]:
    """Regions and who belongs to them. Columns: soort, code, naam, and optionally gemeente, vanaf, tot: a row per membership."""
    tabel = _lees_tabel(inhoud, ("soort", "code", "naam"), ("gemeente", "vanaf", "tot"), genoemd={})
    regels = tuple(_lees_regio(rij) for rij in tabel.rijen)
    return regels, _op_volgorde(tabel.alle_problemen() + _regios_dubbel(regels))


def _lees_regio(rij: "_Rij") -> Regioregel:
    regel = Regioregel(
        rij=rij.nummer,
        soort=rij.keuze("soort", {soort: soort for soort in REGIOSOORTEN}, verplicht=True) or "",
        code=rij.tekst("code", 40, verplicht=True),
        naam=rij.tekst("naam", 80, verplicht=True),
        gemeente=rij.code("gemeente", verplicht=False),
        vanaf=rij.datum("vanaf"),
        tot=rij.datum("tot"),
    )
    if rij.cellen.get("gemeente"):
        if not rij.cellen.get("vanaf"):
            rij.meld("vanaf is leeg: sinds wanneer hoort de gemeente bij de regio?")
        if regel.vanaf and regel.tot and regel.tot <= regel.vanaf:
            rij.meld("tot ligt niet na vanaf.")
    elif regel.vanaf or regel.tot:
        rij.meld("vanaf en tot horen bij een gemeente, maar de cel gemeente is leeg.")
    return regel


def _regios_dubbel(regels: tuple[Regioregel, ...]) -> list[Probleem]:
    namen: dict[tuple[str, str], Regioregel] = {}
    problemen = []
    for regel in regels:
        eerste = namen.setdefault((regel.soort, regel.code), regel)
        if eerste.naam != regel.naam:
            problemen.append(
                Probleem(
                    f"de regio {regel.soort} {regel.code} heet op rij {eerste.rij} anders: {eerste.naam}.", regel.rij
                )
            )
    leden = [r for r in regels if r.gemeente]
    return [
        *problemen,
        *_dubbel(
            ((r.rij, f"{r.soort} {r.code}") for r in regels if not r.gemeente), "de regio {} staat ook op rij {}."
        ),
        *_dubbel(
            ((r.rij, f"{r.gemeente} in {r.soort} {r.code} vanaf {r.vanaf}") for r in leden),
            "het lidmaatschap van {} staat ook op rij {}.",
        ),
    ]


# --- The table below the rows --------------------------------------------------------------------------------------


@dataclass
class _Rij:
    """The cells of one row. Each method gives the value of a cell, or notes what is wrong with it and gives nothing."""

    nummer: int
    cellen: dict[str, str]
    problemen: list[Probleem] = field(default_factory=list)

    def meld(self, tekst: str) -> None:
        self.problemen.append(Probleem(tekst, self.nummer))

    def tekst(self, kolom: str, hoogstens: int, *, verplicht: bool = False) -> str:
        waarde = self.cellen.get(kolom, "")
        if verplicht and not waarde:
            self.meld(f"{kolom} is leeg.")
        if len(waarde) > hoogstens:
            self.meld(f"{kolom} is te lang: {len(waarde)} tekens, hoogstens {hoogstens}.")
        return waarde

    def code(self, kolom: str, *, verplicht: bool = True) -> str:
        """A spreadsheet makes 3 of 0003; there is no other municipality that it can mean."""
        waarde = self.tekst(kolom, 80, verplicht=verplicht)
        code = als_code(waarde)
        if not waarde or CODE.fullmatch(code):
            return code if waarde else ""
        self.meld(f"{kolom} '{waarde[:20]}' is geen CBS-code van vier cijfers.")
        return ""

    def datum(self, kolom: str, *, verplicht: bool = False) -> date | None:
        waarde = self.tekst(kolom, 80, verplicht=verplicht)
        if not waarde:
            return None
        try:
            # Only these forms: fromisoformat also takes week numbers and dates without hyphens.
            jaar, maand, dag = re.fullmatch(r"((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})", _vooraan(waarde)).groups()
            return date(int(jaar), int(maand), int(dag))
        except (AttributeError, ValueError):
            self.meld(f"{kolom} '{waarde[:20]}' is geen datum; schrijf jjjj-mm-dd, bijvoorbeeld 2011-01-01.")
            return None

    def inwonertal(self, kolom: str) -> int | None:
        waarde = self.tekst(kolom, 80)
        if not waarde:
            return None
        if re.fullmatch(r"[0-9]{1,7}", waarde) and int(waarde) <= GROOTSTE_INWONERTAL:
            return int(waarde)
        self.meld(f"{kolom} '{waarde[:20]}' is geen aantal inwoners; schrijf alleen cijfers, zonder punt.")
        return None

    def keuze(self, kolom: str, keuzes: dict, *, verplicht: bool = False):
        waarde = self.tekst(kolom, 80, verplicht=verplicht)
        if not waarde:
            return None
        if waarde.lower() not in keuzes:
            namen = [naam for naam in keuzes if naam not in ("true", "false")]
            self.meld(f"{kolom} '{waarde[:20]}' bestaat niet; kies uit: {', '.join(namen)}.")
        return keuzes.get(waarde.lower())

    def delen(self, kolom: str) -> tuple[str, ...]:
        delen = [deel.strip() for deel in self.cellen.get(kolom, "").split("|")]
        return tuple(dict.fromkeys(deel for deel in delen if deel))


@dataclass
class _Tabel:
    kolommen: frozenset[str] = frozenset()
    rijen: list[_Rij] = field(default_factory=list)
    problemen: list[Probleem] = field(default_factory=list)

    def alle_problemen(self) -> list[Probleem]:
        return self.problemen + [probleem for rij in self.rijen for probleem in rij.problemen]


def _vooraan(datum: str) -> str:
    """A date as Dutch spreadsheets write it, day first, with the year in front."""
    gevonden = re.fullmatch(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})", datum)
    return f"{gevonden[3]}-{int(gevonden[2]):02}-{int(gevonden[1]):02}" if gevonden else datum


def _lees_tabel(
    inhoud: bytes, verplicht: tuple[str, ...], mogelijk: tuple[str, ...], genoemd: dict = ANDERS_GENOEMD
) -> _Tabel:
    """The cells by the names of their columns. Unless the columns are right, no rows: all of them would be wrong."""
    tabel = _Tabel()
    try:
        rijen = lees_tabelbestand(inhoud).rijen
    except Tabelfout as fout:
        tabel.problemen.append(Probleem(str(fout)))
        return tabel
    kop = _eigen_namen([naam.strip() for naam in rijen[0]], (*verplicht, *mogelijk), genoemd)
    if bezwaar := _bezwaar_tegen_kop([naam for naam in kop if naam is not None], verplicht, mogelijk):
        tabel.problemen.append(Probleem(bezwaar, 1))
        return tabel
    tabel.kolommen = frozenset(filter(None, kop))
    for nummer, cellen in enumerate(rijen[1:], start=2):
        if not any(cel.strip() for cel in cellen):
            continue
        if len(cellen) != len(kop):
            tabel.problemen.append(Probleem(f"{len(cellen)} cellen, terwijl er {len(kop)} kolommen zijn.", nummer))
            continue
        waarden = {naam: cel.strip() for naam, cel in zip(kop, cellen, strict=True) if naam is not None}
        tabel.rijen.append(_Rij(nummer, waarden))
    if not tabel.rijen and not tabel.problemen:
        tabel.problemen.append(Probleem("Het bestand heeft geen rijen onder de kolomnamen."))
    return tabel


def _eigen_namen(kop: list[str], eigen: tuple[str, ...], genoemd: dict) -> list[str | None]:
    """Our names for the columns of a file; None for one that says again what another says (CBS gives a code in two forms)."""
    namen: list[str | None] = [naam.lower() for naam in kop]
    vormen = [_kaal(naam) for naam in kop]
    for naam in eigen:
        anders = [vorm for vorm in genoemd.get(naam, ()) if vorm in vormen]
        if naam in namen or not anders:
            continue
        for vorm in anders:
            namen[vormen.index(vorm)] = naam if vorm == anders[0] else None
    return namen


def _kaal(naam: str) -> str:
    return re.sub(r"[\s_-]", "", naam.lower())


def _bezwaar_tegen_kop(kop: list[str], verplicht: tuple[str, ...], mogelijk: tuple[str, ...]) -> str | None:
    if ontbreekt := [naam for naam in verplicht if naam not in kop]:
        return f"Deze kolommen ontbreken: {', '.join(ontbreekt)}. Gevonden: {', '.join(kop)[:200]}."
    if onbekend := [naam for naam in kop if naam not in (*verplicht, *mogelijk)]:
        return f"Onbekende kolommen: {', '.join(onbekend)[:200]}. Mogelijk zijn: {', '.join((*verplicht, *mogelijk))}."
    if len(set(kop)) != len(kop):
        return "Een kolomnaam komt twee keer voor."
    return None


def _dubbel(paren: Iterable[tuple[int, Hashable]], zin: str, namen: dict | None = None) -> list[Probleem]:
    """A problem for each (row, value) whose value stood in an earlier row; `namen` says how to call a value."""
    eerder: dict[Hashable, int] = {}
    problemen = []
    for rij, waarde in paren:
        if waarde in eerder:
            problemen.append(Probleem(zin.format(namen[waarde] if namen else waarde, eerder[waarde]), rij))
        eerder.setdefault(waarde, rij)
    return problemen


def _op_volgorde(problemen: list[Probleem]) -> list[Probleem]:
    return sorted(problemen, key=lambda probleem: probleem.rij or 0)


def onbekende_regios(onbekend: list[tuple[str, str, int]], bekend: Counter) -> list[Probleem]:
    """One problem for each cell; or one for a whole kind of which the table knows fewer than the file has unknown ones: then
    nothing is wrong with the file, and the regions were not read in yet."""
    missen = Counter(soort for soort, _ in {(soort, naam) for soort, naam, _ in onbekend})
    problemen, gemeld = [], set()
    for soort, naam, rij in onbekend:
        andere = missen[soort] - 1
        if bekend[soort] > andere:
            problemen.append(Probleem(f"{soort} '{naam}' is niet bekend.", rij))
        elif soort not in gemeld:
            gemeld.add(soort)
            ook = f", en {andere} andere ook niet" if andere else ""
            problemen.append(
                Probleem(
                    f"{soort} '{naam}' is niet bekend{ook}. Lees eerst de regio's in (soort Regio's en lidmaatschappen).",
                    rij,
                )
            )
    return problemen
