"""XLSX, row by row to a file. A text is always a text, whatever it begins with, and stays as it was. Pure.

The same rows give the same bytes: nothing in the file tells when it was made but `datum`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from rapportage.export.cellen import GEVAARLIJK, Cel, leesbaar

MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGST = 32_767  # characters in a cell; a longer one makes Excel say that the file is damaged
AFGEKAPT = " […] De hele tekst staat in het CSV-bestand."
VELD_VAN_DATUM = "docProps/core.xml"


@dataclass(frozen=True)
class Blad:
    """A sheet: its rows are read once, while they are written. `breedtes` are of the first columns, in characters."""

    naam: str
    kop: Sequence[str]
    rijen: Iterable[Iterable[Cel]]
    breedtes: Sequence[int] = field(default=())


def schrijf(uit: IO[bytes], bladen: Iterable[Blad], *, titel: str, maker: str, datum: date) -> None:
    """Write these sheets to `uit` as a workbook."""
    boek = Workbook(write_only=True)
    for blad in bladen:
        vel = boek.create_sheet(blad.naam)
        vel.freeze_panes = "A2"
        for plek, breedte in enumerate(blad.breedtes, start=1):
            vel.column_dimensions[get_column_letter(plek)].width = breedte
        vel.append([_kopcel(vel, naam) for naam in blad.kop])
        for rij in blad.rijen:
            vel.append([_cel(vel, cel) for cel in rij])
    tijdstip = datetime.combine(datum, time())
    eigenschappen = DocumentProperties(title=titel, creator=maker, created=tijdstip, modified=tijdstip)
    with TemporaryFile() as ruw:
        boek.save(ruw)
        _zonder_klok(ruw, uit, tostring(eigenschappen.to_tree()))


def _kopcel(vel, naam: str) -> Cell:
    cel = _tekstcel(vel, naam)
    cel.font = Font(bold=True)
    cel.alignment = Alignment(wrap_text=True, vertical="top")
    return cel


def _cel(vel, waarde: Cel) -> Cell | int | None:
    return _tekstcel(vel, waarde) if isinstance(waarde, str) else waarde


def _tekstcel(vel, tekst: str) -> Cell:
    # Excel ends a line within a cell with a line feed alone.
    tekst = leesbaar(tekst.replace("\r\n", "\n").replace("\r", "\n"))
    if len(tekst) > LANGST:
        tekst = tekst[: LANGST - len(AFGEKAPT)] + AFGEKAPT
    cel = WriteOnlyCell(vel, tekst)
    cel.data_type = "s"  # openpyxl takes "=…" for a formula
    if tekst.startswith(GEVAARLIJK):
        cel.quotePrefix = True  # text for Excel too, also after somebody has edited the cell
    return cel


def _zonder_klok(ruw: IO[bytes], uit: IO[bytes], eigenschappen: bytes) -> None:
    """Copy a workbook with one date on all its parts."""
    with ZipFile(ruw) as bron, ZipFile(uit, "w", ZIP_DEFLATED) as doel:
        for naam in bron.namelist():
            deel = ZipInfo(naam, date_time=(1980, 1, 1, 0, 0, 0))
            deel.compress_type = ZIP_DEFLATED
            with bron.open(naam) as van, doel.open(deel, "w") as naar:
                if naam == VELD_VAN_DATUM:
                    naar.write(eigenschappen)
                else:
                    while stuk := van.read(1 << 16):
                        naar.write(stuk)
