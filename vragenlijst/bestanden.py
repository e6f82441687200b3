"""What an uploaded document is: decided by its content, never by its name. Pure, no Django.

Welcome are PDF, docx, xlsx, PNG and JPEG. Everything else, and what is damaged, closed with a password, carries macros or unpacks
into something enormous, is refused with a Dutch sentence that says what to do instead.
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageFile

from regio.pakket import Pakketfout, Reden, onderzoek

MAX_PUNTEN = 50_000_000  # pixels in an image: an A3 page scanned at 400 dpi is 31 million
MAX_DELEN = 5_000  # files inside a docx or xlsx
MAX_UITGEPAKT = 300 * 1024 * 1024  # bytes that those files are together
MAX_NAAM = 120  # characters of a file name


class Onbruikbaar(Exception):
    """This file is not taken; `zin` says why, and what to do instead."""

    def __init__(self, zin: str):
        super().__init__(zin)
        self.zin = zin


@dataclass(frozen=True)
class Bestandstype:
    mediatype: str
    naam: str
    extensies: tuple[str, ...]  # the first is added to a name that has none of them


@dataclass(frozen=True)
class Upload:
    """A file that has been looked at and may be stored: its content, the name to show, what it is."""

    stroom: BinaryIO
    naam: str
    soort: Bestandstype


PDF = Bestandstype("application/pdf", "PDF", (".pdf",))
PNG = Bestandstype("image/png", "PNG", (".png",))
JPEG = Bestandstype("image/jpeg", "JPEG", (".jpg", ".jpeg"))
DOCX = Bestandstype("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word", (".docx",))
XLSX = Bestandstype("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", (".xlsx",))
BESTANDSTYPEN = {soort.mediatype: soort for soort in (PDF, DOCX, XLSX, PNG, JPEG)}
HOOFDDELEN = {f"{soort.mediatype}.main+xml".casefold(): soort for soort in (DOCX, XLSX)}

WELKOM = "Kies een PDF, een Word-document (docx), een Excel-werkmap (xlsx) of een afbeelding (PNG of JPEG)."
ONBEKEND = f"Dit soort bestand kan niet worden bewaard. {WELKOM}"
LEEG = "Dit bestand is leeg."
BESCHADIGD = (
    "Dit {soort}-bestand is beschadigd of niet volledig. Open het, sla het opnieuw op en kies het dan nog eens."
)
BEVEILIGD = (
    "Dit PDF-bestand is beveiligd. Het moet over jaren nog te lezen zijn: sla het op zonder wachtwoord of "
    "beperkingen, en kies het dan nog eens."
)
OUD_OFFICE = (
    "Dit is een Office-bestand van de oude soort (doc, xls) of een met een wachtwoord. Sla het op als docx of xlsx zonder "
    "wachtwoord, of als PDF."
)
MET_MACRO = (
    "Dit Office-bestand bevat macro's. Sla het op als gewoon document (docx) of gewone werkmap (xlsx), of als PDF."
)
TE_VEEL = "Dit Office-bestand bevat uitgepakt te veel om te bewaren. Sla het op als PDF."
TE_FIJN = (
    "Deze afbeelding heeft {punten} miljoen beeldpunten; er passen er {max}. Verklein haar, of sla haar op als PDF."
)

PAKKETZINNEN = {
    Reden.ONBEKEND: ONBEKEND,
    Reden.BESCHADIGD: BESCHADIGD.format(soort="Office"),
    Reden.MACRO: MET_MACRO,
    Reden.TE_VEEL: TE_VEEL,
}


def herken(stroom: BinaryIO) -> Bestandstype:
    """What kind of document this is, judged by its whole content. Raises Onbruikbaar. Leaves the stream at its begin."""
    stroom.seek(0)
    begin = stroom.read(8)
    stroom.seek(0)
    try:
        if not begin:
            raise Onbruikbaar(LEEG)
        for kenmerk, controleer in CONTROLES:
            if begin.startswith(kenmerk):
                return controleer(stroom)
        raise Onbruikbaar(ONBEKEND)
    finally:
        stroom.seek(0)


# --- PDF ------------------------------------------------------------------------------------------------------------

KOP = re.compile(rb"%PDF-(1\.[0-7]|2\.0)")
STAART = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
STAARTLENGTE = 2048  # readers look for the last %%EOF in the last kilobyte or so
OBJECT = re.compile(rb"\s*\d{1,10}\s+\d{1,5}\s+obj\b")
WOORDEND = rb"(?![A-Za-z0-9])"  # /Root, not /RootNode


def _pdf(stroom: BinaryIO) -> Bestandstype:
    """Header, the last startxref, and at the place it names the table or stream that knows the root of the document."""
    inhoud = stroom.read()
    eind = list(STAART.finditer(inhoud, max(0, len(inhoud) - STAARTLENGTE)))
    if not KOP.match(inhoud) or not eind:
        raise Onbruikbaar(BESCHADIGD.format(soort="PDF"))
    trailer = _trailer(inhoud, int(eind[-1][1]))
    if not re.search(rb"/Root" + WOORDEND, trailer):
        raise Onbruikbaar(BESCHADIGD.format(soort="PDF"))
    if re.search(rb"/Encrypt" + WOORDEND, trailer):
        raise Onbruikbaar(BEVEILIGD)
    return PDF


def _trailer(inhoud: bytes, plaats: int) -> bytes:
    """The text of the trailer that belongs to the cross-reference at `plaats`; empty when there is none."""
    if re.compile(rb"\s*xref\b").match(inhoud, plaats):
        begin = inhoud.find(b"trailer", plaats)
        eind = inhoud.find(b"startxref", begin)
    elif OBJECT.match(inhoud, plaats):
        begin = plaats
        eind = inhoud.find(b"stream", begin)
    else:
        return b""
    return inhoud[begin:eind] if 0 <= begin < eind else b""


# --- Office ---------------------------------------------------------------------------------------------------------


def _office(stroom: BinaryIO) -> Bestandstype:
    try:
        return HOOFDDELEN[onderzoek(stroom, HOOFDDELEN, max_delen=MAX_DELEN, max_uitgepakt=MAX_UITGEPAKT)]
    except Pakketfout as fout:
        raise Onbruikbaar(PAKKETZINNEN[fout.reden]) from fout


# --- Images ---------------------------------------------------------------------------------------------------------


def _afbeelding(stroom: BinaryIO, soort: Bestandstype, formaten: tuple[str, ...]) -> Bestandstype:
    # Pillow keeps this for the whole process, and WeasyPrint, where it is imported, wants it otherwise.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(stroom, formats=formaten) as beeld:
            breedte, hoogte = beeld.size
            if breedte * hoogte > MAX_PUNTEN:
                raise Onbruikbaar(_te_fijn(breedte * hoogte))
            if soort is PNG:
                beeld.verify()  # reads every checksum without unpacking the picture
            else:
                beeld.draft("RGB", (breedte // 8, hoogte // 8))  # reads everything, unpacks an eighth
                beeld.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fout:
        raise Onbruikbaar(_te_fijn(None)) from fout
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error) as fout:
        raise Onbruikbaar(BESCHADIGD.format(soort=soort.naam)) from fout
    return soort


def _te_fijn(punten: int | None) -> str:
    aantal = "zeer veel" if punten is None else round(punten / 1_000_000)
    return TE_FIJN.format(punten=aantal, max=MAX_PUNTEN // 1_000_000)


def _oud_office(stroom: BinaryIO) -> Bestandstype:
    raise Onbruikbaar(OUD_OFFICE)


CONTROLES = (
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", _office),
    (b"\x89PNG\r\n\x1a\n", lambda stroom: _afbeelding(stroom, PNG, ("PNG",))),
    (b"\xff\xd8\xff", lambda stroom: _afbeelding(stroom, JPEG, ("JPEG",))),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _oud_office),
)


# --- Names and sizes ------------------------------------------------------------------------------------------------

# Not in a name on one system or another, or with a meaning of its own there.
NIET_IN_EEN_NAAM = re.compile(r'[<>:"|?*\\/]')


def schone_naam(naam: str, soort: Bestandstype) -> str:
    """`naam` without folders, control characters and marks that turn the reading direction, ending as its content is.

    'C:\\tmp\\nota\\u202efdp.exe' that holds a PDF becomes 'notafdp.exe.pdf'.
    """
    naam = unicodedata.normalize("NFC", re.split(r"[/\\]", naam)[-1])
    zichtbaar = "".join(t for t in naam if unicodedata.category(t) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    schoon = " ".join(NIET_IN_EEN_NAAM.sub("_", zichtbaar).split())
    extensie = next((e for e in soort.extensies if schoon.casefold().endswith(e)), "")
    stam = schoon[: len(schoon) - len(extensie)].strip(". ")
    extensie = extensie or soort.extensies[0]
    return (stam[: MAX_NAAM - len(extensie)].rstrip(". ") or "bewijsstuk") + extensie


def leesbare_grootte(aantal: int) -> str:
    """A number of bytes as people say it: '312 kB', '1,4 MB', '20 MB'."""
    if aantal < 1000:
        return f"{aantal} bytes"
    if aantal < 1_000_000:
        return f"{round(aantal / 1000)} kB"
    return f"{aantal / 1_000_000:.1f}".removesuffix(".0").replace(".", ",") + " MB"
