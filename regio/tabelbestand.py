"""A file of a stranger as a table of text, and what it was recognised as. Pure, no Django.

Taken are CSV (UTF-8 with or without BOM, UTF-16 with one, or Windows-1252; columns divided by comma, semicolon, tab or bar) and
an Excel workbook. What was recognised is said (`herkend`), so that who sees strange letters in the outcome knows where they come from.
"""

import csv
import io
from dataclasses import dataclass
from itertools import islice

from regio.tekst import bezwaar_tegen
from regio.werkblad import Werkbladfout, lees_xlsx

GROOTSTE_BESTAND = 5_000_000  # bytes; the list of 443 municipalities is 25 thousand
MEESTE_RIJEN = 20_000
SCHEIDINGEN = {",": "komma's", ";": "puntkomma's", "\t": "tabs", "|": "verticale strepen"}
BOMS = {
    b"\xef\xbb\xbf": ("utf-8-sig", "UTF-8 met BOM"),
    b"\xff\xfe": ("utf-16", "UTF-16"),
    b"\xfe\xff": ("utf-16", "UTF-16"),
}
GEEN_TABEL = {
    b"%PDF": "Dit is een PDF. Vraag de lijst op als CSV of als Excel-werkmap (.xlsx).",
    b"\xd0\xcf\x11\xe0": "Dit is een oude Excel-werkmap (.xls), of er zit een wachtwoord op. Sla het bestand op als .xlsx of als CSV.",
    b"\x89PNG": "Dit is een afbeelding, geen lijst.",
    b"\xff\xd8\xff": "Dit is een afbeelding, geen lijst.",
    b"{": "Dit lijkt op GeoJSON of JSON, geen lijst. Kies bij 'Wat voor bestand is het' de grenzen van gemeenten.",
    b"<": "Dit is een webpagina of XML, geen lijst. Bewaar het als CSV of als Excel-werkmap (.xlsx).",
}


class Tabelfout(ValueError):
    """These bytes are no table that we read; the text is a Dutch sentence that says why."""


@dataclass(frozen=True)
class Tabelbestand:
    rijen: list[list[str]]
    herkend: str


def lees_tabelbestand(inhoud: bytes) -> Tabelbestand:
    """The first row has the names of the columns. Raises Tabelfout."""
    if not inhoud.strip():
        raise Tabelfout("Het bestand is leeg.")
    if len(inhoud) > GROOTSTE_BESTAND:
        raise Tabelfout(f"Het bestand is te groot: {len(inhoud):,} bytes.".replace(",", "."))
    if inhoud.startswith(b"PK"):
        bestand = _lees_werkmap(inhoud)
    else:
        bestand = _lees_csv(inhoud)
    if len(bestand.rijen) - 1 > MEESTE_RIJEN:
        raise Tabelfout(
            f"Het bestand heeft meer dan {MEESTE_RIJEN:,} rijen; zoveel kunnen niet worden gelezen.".replace(",", ".")
        )
    return bestand


def _lees_werkmap(inhoud: bytes) -> Tabelbestand:
    try:
        bladen = lees_xlsx(inhoud)
    except Werkbladfout as fout:
        raise Tabelfout(str(fout)) from fout
    gevuld = [(naam, rijen) for naam, rijen in bladen.items() if rijen]
    if not gevuld:
        raise Tabelfout("Het bestand is leeg.")
    if len(gevuld) > 1:
        namen = ", ".join(f"'{naam}'" for naam, _ in gevuld[:5])
        raise Tabelfout(
            f"Deze werkmap heeft meer dan één gevuld blad: {namen}. Laat alleen het blad met de lijst staan."
        )
    [(naam, rijen)] = gevuld
    return Tabelbestand(rijen, f"Excel-werkmap, blad '{naam}'")


def _lees_csv(inhoud: bytes) -> Tabelbestand:
    for begin, zin in GEEN_TABEL.items():
        if inhoud.startswith(begin):
            raise Tabelfout(zin)
    tekst, codering = _ontcijfer(inhoud)
    for nummer, regel in enumerate(tekst.split("\n"), start=1):
        if bezwaar := bezwaar_tegen(regel):
            raise Tabelfout(f"Rij {nummer}: {bezwaar}")
    if not tekst.strip():
        raise Tabelfout("Het bestand is leeg.")
    try:
        scheiding = _scheiding(tekst)
        lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
        rijen = list(islice(lezer, MEESTE_RIJEN + 2))  # the names of the columns, and one too many
    except csv.Error as fout:
        raise Tabelfout(
            "Het bestand is geen geldige CSV: er mist een aanhalingsteken, of er staat er een te veel."
        ) from fout
    return Tabelbestand(rijen, f"CSV, {codering}, kolommen gescheiden door {SCHEIDINGEN[scheiding]}")


def _ontcijfer(inhoud: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Windows-1252 is what Excel writes when it is not told otherwise."""
    bom = next((bom for bom in BOMS if inhoud.startswith(bom)), None)
    codering, naam = BOMS[bom] if bom else ("utf-8", "UTF-8")
    try:
        return inhoud.decode(codering), naam
    except UnicodeDecodeError as fout:
        if bom:
            raise Tabelfout(f"Het bestand zegt {naam} te zijn, maar is dat niet. Sla het opnieuw op als CSV.") from fout
    try:
        return inhoud.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as fout:
        rij = inhoud[: fout.start].count(b"\n") + 1
        raise Tabelfout(
            f"Rij {rij} heeft een teken in een codering die niet wordt herkend. Bewaar het bestand als 'CSV UTF-8'."
        ) from fout


def _scheiding(tekst: str) -> str:
    """The character that divides the row with the names of the columns into the most cells; a comma when none does."""
    kop = next(regel for regel in tekst.splitlines() if regel.strip())
    return max(SCHEIDINGEN, key=lambda teken: len(next(csv.reader([kop], delimiter=teken))))
