"""An Office package (docx, xlsx: a zip of XML parts) looked at before anything else opens it. Pure, no Django.

`onderzoek` unpacks every part once without keeping it, so that what passes is whole, has the size it says, and carries no macros.
"""

import re
import zipfile
import zlib
from collections.abc import Container, Iterator
from enum import Enum
from typing import BinaryIO
from xml.parsers import expat

MAX_INHOUDSOPGAVE = 1024 * 1024  # bytes of the list of parts
BROK = 64 * 1024
INHOUDSOPGAVE = "[Content_Types].xml"
MACRO = re.compile(r"vbaproject|macrosheet|macroenabled", re.IGNORECASE)  # in the name of a part, or in its type


class Reden(Enum):
    """Why a package is not taken; the caller knows the sentence for it."""

    ONBEKEND = "onbekend"  # another kind of zip, or closed with a password
    BESCHADIGD = "beschadigd"
    MACRO = "macro"
    TE_VEEL = "te veel"


class Pakketfout(Exception):
    def __init__(self, reden: Reden):
        super().__init__(reden.value)
        self.reden = reden


class Doctype(ValueError):
    """A part declares a document type: it does not belong in an Office file, and its entities can fill the memory."""


def onderzoek(stroom: BinaryIO, hoofddelen: Container[str], *, max_delen: int, max_uitgepakt: int) -> str:
    """The content type, in lower case, of the main part: the first that stands in `hoofddelen`. Raises Pakketfout."""
    try:
        with zipfile.ZipFile(stroom) as pakket:
            delen = pakket.infolist()
            if len(delen) > max_delen or sum(deel.file_size for deel in delen) > max_uitgepakt:
                raise Pakketfout(Reden.TE_VEEL)
            if any(deel.flag_bits & 1 for deel in delen):
                raise Pakketfout(Reden.ONBEKEND)
            namen = {deel.filename.casefold() for deel in delen}
            if INHOUDSOPGAVE.casefold() not in namen:
                raise Pakketfout(Reden.ONBEKEND)
            if any(MACRO.search(naam) for naam in namen):
                raise Pakketfout(Reden.MACRO)
            soort = _soort(pakket, namen, hoofddelen)
            for deel in delen:
                _lees(pakket, deel)
            return soort
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        NotImplementedError,
        EOFError,
        KeyError,
        ValueError,
    ) as fout:
        raise Pakketfout(Reden.BESCHADIGD) from fout


def zonder_doctype(naam: str = "", *_) -> None:
    """Handler for expat."""
    raise Doctype(f"het deel heeft een doctype ({naam})")


def _soort(pakket: zipfile.ZipFile, namen: set[str], hoofddelen: Container[str]) -> str:
    soorten = list(_inhoudstypen(pakket))
    if any(MACRO.search(soort) for _, soort in soorten):
        raise Pakketfout(Reden.MACRO)
    for deel, soort in soorten:
        if soort.casefold() in hoofddelen and deel.lstrip("/").casefold() in namen:
            return soort.casefold()
    raise Pakketfout(Reden.ONBEKEND)


def _inhoudstypen(pakket: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(part, content type) as the package declares them; a default for an extension has no part."""
    gevonden = []

    def element(naam: str, kenmerken: dict[str, str]) -> None:
        if naam.rpartition(":")[2] in ("Override", "Default"):
            gevonden.append((kenmerken.get("PartName", ""), kenmerken.get("ContentType", "")))

    with pakket.open(INHOUDSOPGAVE) as deel:
        tekst = deel.read(MAX_INHOUDSOPGAVE + 1)
    if len(tekst) > MAX_INHOUDSOPGAVE:
        raise Pakketfout(Reden.TE_VEEL)
    lezer = expat.ParserCreate()
    lezer.StartElementHandler = element
    lezer.StartDoctypeDeclHandler = zonder_doctype
    lezer.Parse(tekst, True)
    yield from gevonden


def _lees(pakket: zipfile.ZipFile, deel: zipfile.ZipInfo) -> None:
    """Unpack, keeping nothing: a part that is damaged, or larger than it says, does not fit its checksum."""
    with pakket.open(deel) as bron:
        while bron.read(BROK):
            pass
