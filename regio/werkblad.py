"""An Excel workbook (xlsx) as text, read so that no file can hurt the one who reads it. Pure, no Django.

openpyxl is not meant for files of strangers: a sheet may say that it is a million rows long, a few kilobytes may unpack into
gigabytes, a document type may define entities that double with each line. So the package is looked at first, and then read no
further than the limits here.
"""

import re
import warnings
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from xml.parsers import expat

import openpyxl

from regio.pakket import BROK, Doctype, Pakketfout, Reden, onderzoek, zonder_doctype
from regio.tekst import bezwaar_tegen

MAX_BYTES = 5_000_000  # of the file
MAX_UITGEPAKT = 60_000_000  # bytes of all its parts together
MAX_ELEMENTEN = 3_000_000  # elements in all its parts together
MAX_BIJEEN = (
    100_000  # in one row or one shared text, which the parser keeps in memory; the widest row of Excel has half of that
)
MAX_ELDERS = 300_000  # outside rows and shared texts (styles, names): openpyxl makes an object of each
MAX_DELEN = 500
MAX_BLADEN = 30
MAX_RIJEN = 20_000  # per sheet
MAX_KOLOMMEN = 200
MAX_PLAATSEN = 2_500_000  # rows and cells gone past in all sheets together, the empty ones between them included
MAX_CEL = 32_767  # characters; Excel itself takes no more

HOOFDDEEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
VOORLOOPNULLEN = re.compile(r"0+")  # a number format under which Excel shows 3 as 0003

ZINNEN = {
    Reden.ONBEKEND: "Dit is geen Excel-werkmap (xlsx), of er zit een wachtwoord op. Sla het bestand op als Excel-werkmap (.xlsx).",
    Reden.BESCHADIGD: "Deze werkmap is beschadigd of niet volledig. Open haar in Excel, sla haar opnieuw op en kies haar dan nog eens.",
    Reden.MACRO: "Deze werkmap bevat macro's. Sla haar op als gewone Excel-werkmap (.xlsx).",
    Reden.TE_VEEL: "Deze werkmap bevat uitgepakt te veel om te lezen. Bewaar alleen de bladen en rijen die nodig zijn.",
}


class Werkbladfout(ValueError):
    """This workbook is not read; the text is a Dutch sentence that says why."""


def lees_xlsx(inhoud: bytes) -> dict[str, list[list[str]]]:
    """The sheets by name, each a list of rows of cells; row 1 of the sheet is the first, also when it is empty.

    All rows of a sheet are as wide as its widest; empty rows at the end and empty columns at the right are left off. A cell is
    its text as stored: a whole number without a point (with the leading zeros that its format shows), another with one, a date as
    jjjj-mm-dd, a truth value as TRUE or FALSE, a formula as its last outcome. Raises Werkbladfout.
    """
    _controleer(inhoud)
    try:
        return _lees(inhoud)
    except Werkbladfout:
        raise
    except Exception as fout:  # openpyxl says in many ways that the XML is not what it expected
        raise Werkbladfout(ZINNEN[Reden.BESCHADIGD]) from fout


def _controleer(inhoud: bytes) -> None:
    if not inhoud:
        raise Werkbladfout("Het bestand is leeg.")
    if not inhoud.startswith(b"PK"):
        raise Werkbladfout(ZINNEN[Reden.ONBEKEND])
    if len(inhoud) > MAX_BYTES:
        grootste = MAX_BYTES // 1_000_000
        raise Werkbladfout(
            f"Deze werkmap is te groot: {len(inhoud) / 1_000_000:.0f} MB, ten hoogste {grootste} MB mag."
        )
    try:
        onderzoek(BytesIO(inhoud), {HOOFDDEEL}, max_delen=MAX_DELEN, max_uitgepakt=MAX_UITGEPAKT)
        _controleer_xml(inhoud)
    except Pakketfout as fout:
        raise Werkbladfout(ZINNEN[fout.reden]) from fout


def _controleer_xml(inhoud: bytes) -> None:
    """No part, whatever its name, declares a document type, and together they have no more elements than we hold."""
    elementen = _Elementen()
    with zipfile.ZipFile(BytesIO(inhoud)) as pakket:
        for deel in pakket.infolist():
            elementen.diepte = 0
            lezer = expat.ParserCreate()
            lezer.StartDoctypeDeclHandler = zonder_doctype
            lezer.StartElementHandler = elementen.begin
            lezer.EndElementHandler = elementen.eind
            try:
                with pakket.open(deel) as bron:
                    while brok := bron.read(BROK):
                        lezer.Parse(brok)
            except Doctype as fout:
                raise Pakketfout(Reden.BESCHADIGD) from fout
            except (expat.ExpatError, ValueError):
                continue  # a picture, or damaged: openpyxl reads no further than here either


class _Elementen:
    """Counts elements by what openpyxl does with them: it forgets a row or a shared text once it is read, and keeps the rest."""

    def __init__(self):
        self.alle = self.elders = self.bijeen = self.diepte = 0

    def begin(self, naam: str, _kenmerken: dict[str, str]) -> None:
        self.alle += 1
        if self.diepte:
            self.diepte += 1
            self.bijeen += 1
        elif naam.rpartition(":")[2] in ("row", "si"):
            self.diepte, self.bijeen = 1, 0
        else:
            self.elders += 1
        if self.alle > MAX_ELEMENTEN or self.bijeen > MAX_BIJEEN or self.elders > MAX_ELDERS:
            raise Pakketfout(Reden.TE_VEEL)

    def eind(self, _naam: str) -> None:
        if self.diepte:
            self.diepte -= 1


def _lees(inhoud: bytes) -> dict[str, list[list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what openpyxl does not keep when it writes; nothing is written
        boek = openpyxl.load_workbook(BytesIO(inhoud), read_only=True, data_only=True, keep_links=False)
        try:
            if len(boek.worksheets) > MAX_BLADEN:
                raise Werkbladfout(f"Deze werkmap heeft {len(boek.worksheets)} bladen; ten hoogste {MAX_BLADEN} mag.")
            teller = _Teller()
            return {blad.title: _rechthoek(_rijen(blad, teller)) for blad in boek.worksheets}
        finally:
            boek.close()


class _Teller:
    """Counts what is gone past. A row or cell may say that it stands millions further on; openpyxl fills what lies between."""

    def __init__(self):
        self.plaatsen = 0

    def tel(self, aantal: int) -> None:
        self.plaatsen += aantal
        if self.plaatsen > MAX_PLAATSEN:
            raise Werkbladfout(ZINNEN[Reden.TE_VEEL])


def _rijen(blad, teller: _Teller) -> list[list[str]]:
    """The rows as far as the last that says something."""
    blad.reset_dimensions()  # a sheet can say anything of its size
    rijen: list[list[str]] = []
    for nummer, rij in enumerate(blad.iter_rows(), start=1):
        teller.tel(len(rij) + 1)
        if not rij:
            continue
        cellen = _cellen(rij, f"Blad {blad.title}, rij {nummer}")
        if not cellen:
            continue
        if nummer > MAX_RIJEN:
            raise Werkbladfout(f"Blad {blad.title} heeft meer dan {MAX_RIJEN:,} rijen.".replace(",", "."))
        rijen += [[] for _ in range(nummer - 1 - len(rijen))]
        rijen.append(cellen)
    return rijen


def _cellen(rij: tuple, waar: str) -> list[str]:
    breedte = max((plaats for plaats, cel in enumerate(rij, start=1) if cel.value not in (None, "")), default=0)
    if breedte > MAX_KOLOMMEN:
        raise Werkbladfout(f"{waar} heeft meer dan {MAX_KOLOMMEN} kolommen.")
    return [_tekst(cel, waar) for cel in rij[:breedte]]


def _rechthoek(rijen: list[list[str]]) -> list[list[str]]:
    breedte = max(map(len, rijen), default=0)
    return [rij + [""] * (breedte - len(rij)) for rij in rijen]


def _tekst(cel, waar: str) -> str:
    waarde = cel.value
    if waarde is None:
        return ""
    tekst = _als_tekst(waarde, cel)
    if len(tekst) > MAX_CEL:
        raise Werkbladfout(f"{waar} heeft een cel van {len(tekst)} tekens; ten hoogste {MAX_CEL} mag.")
    if bezwaar := bezwaar_tegen(tekst):
        raise Werkbladfout(f"{waar}: {bezwaar}")
    return tekst


def _als_tekst(waarde, cel) -> str:
    if isinstance(waarde, bool):
        return "TRUE" if waarde else "FALSE"
    if isinstance(waarde, datetime):
        return waarde.date().isoformat() if waarde.time() == time.min else waarde.isoformat(sep=" ")
    if isinstance(waarde, date | time):
        return waarde.isoformat()
    if isinstance(waarde, float) and waarde.is_integer() and abs(waarde) < 1e15:
        waarde = int(waarde)
    if isinstance(waarde, int) and waarde >= 0 and VOORLOOPNULLEN.fullmatch(cel.number_format or ""):
        return str(waarde).zfill(min(len(cel.number_format), 40))
    return str(waarde).replace("\r\n", "\n").replace("\r", "\n")
