"""What the report prints, and nothing about where it came from.

The report is built in two steps. Whoever knows the database makes a `Rapportdocument`; whoever knows paper (`pdf.py`)
prints it. This module is all that the two share, so it imports neither Django nor WeasyPrint and can be made by hand in a
test.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

# A figure as this report writes it: 7, 1.204, 53%, 7 (78%), 3 van 9, 2008, or a dash for "no figure".
GETAL = re.compile(r"[-−]?\d[\d.,]*%?( \(\d+(,\d+)?%\)| van( de)? \d+)?|[–-]")


@dataclass(frozen=True)
class Tekst:
    """Running text as made by `opmaak.druk`; the printer cleans it again, whoever made it."""

    soort: ClassVar[str] = "tekst"
    html: str


@dataclass(frozen=True)
class Kop:
    """A heading without a number, inside a paragraaf."""

    soort: ClassVar[str] = "kop"
    titel: str


@dataclass(frozen=True)
class Tabel:
    """A table; the first cell of every row is its row header.

    `breedtes` are percentages of the width, one per column. Without them columns of figures get just enough and the
    other columns share the rest, in proportion to what is in them.
    """

    soort: ClassVar[str] = "tabel"
    bijschrift: str
    kolommen: Sequence[str]
    rijen: Sequence[Sequence[str | int]]
    noot: str = ""
    breedtes: Sequence[int] = ()

    def __post_init__(self):
        for rij in self.rijen:
            if len(rij) != len(self.kolommen):
                raise ValueError(f"Tabel '{self.bijschrift}': rij {rij!r} heeft niet {len(self.kolommen)} cellen.")
        if self.breedtes and len(self.breedtes) != len(self.kolommen):
            raise ValueError(f"Tabel '{self.bijschrift}': geef één breedte per kolom.")

    @property
    def getalkolommen(self) -> frozenset[int]:
        """The positions of the columns that hold nothing but figures; they are aligned to the right."""
        return frozenset(
            positie
            for positie in range(1, len(self.kolommen))
            if self.rijen and all(GETAL.fullmatch(str(rij[positie])) for rij in self.rijen)
        )


@dataclass(frozen=True)
class Grafiek:
    """A chart, what it says in words, and the table with its figures."""

    soort: ClassVar[str] = "grafiek"
    titel: str
    svg: str
    alt: str
    tabel: Tabel

    def __post_init__(self):
        if not self.alt.strip():
            raise ValueError(f"Grafiek '{self.titel}' heeft geen alternatieve tekst.")


@dataclass(frozen=True)
class Post:
    """One item of an annexe: its code, its text, and lines of label and value below it ("Antwoord", "ja · nee")."""

    code: str
    tekst: str
    regels: Sequence[tuple[str, str]] = ()
    vervolg: bool = False


@dataclass(frozen=True)
class Lijst:
    """The items of an annexe: norms or questions."""

    soort: ClassVar[str] = "lijst"
    posten: Sequence[Post]


Blok = Tekst | Kop | Tabel | Grafiek | Lijst


@dataclass(frozen=True)
class Paragraaf:
    nummer: str
    titel: str
    inhoud: Sequence[Blok]


@dataclass(frozen=True)
class Hoofdstuk:
    """A chapter; `inhoud` comes before its first paragraaf, or is all of it."""

    nummer: str
    titel: str
    inhoud: Sequence[Blok] = ()
    paragrafen: Sequence[Paragraaf] = ()


@dataclass(frozen=True)
class Bijlage:
    nummer: str
    titel: str
    inhoud: Sequence[Blok]


@dataclass(frozen=True)
class Colofon:
    """The lines of label and value on the last page (version, round, date of the data, hash …) and a closing text."""

    regels: Sequence[tuple[str, str]]
    slot: str = ""


@dataclass(frozen=True)
class Rapportdocument:
    titel: str
    ondertitel: str
    nummer: str
    datum: date
    organisatie: str
    hoofdstukken: Sequence[Hoofdstuk]
    afkortingen: Sequence[tuple[str, str]]
    bijlagen: Sequence[Bijlage]
    colofon: Colofon
    omschrijving: str = ""
    trefwoorden: Sequence[str] = ()
    # Stands on the title page and at the foot of every other page as long as the report is not final: "Concept".
    status: str = ""
    # Of an edition after the first: which one, and since when. On the title page.
    uitgave: str = ""


@dataclass(frozen=True)
class Databestand:
    """A file that travels inside the PDF: the data that its figures were counted from."""

    naam: str
    mime: str
    inhoud: bytes = field(repr=False)
    omschrijving: str
