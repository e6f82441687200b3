"""A sheet of an XLSForm: rows whose cells are found by the name of their column. Pure, no Django.

Names of columns are written in many ways (`list name`, `Label::Nederlands (nl)`, `media::image`); here they are one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# Other names that Kobo, ODK and older forms use for a column.
OOK = {
    "list name": "list_name",
    "relevance": "relevant",
    "caption": "label",
    "value": "name",
    "read_only": "readonly",
    "constraint message": "constraint_message",
    "repeat": "repeat_count",
    "norm": "tekst",
}
VERTAALD = re.compile(r"(?P<kolom>[a-z_ ]+?)\s*::?\s*(?P<taal>[^:]+)")
MEDIA = ("image", "big-image", "audio", "video")
IN_EEN_TAAL = ("label", "hint", "guidance_hint", "constraint_message", "required_message", *MEDIA)
NEDERLANDS = re.compile(r"nederlands|dutch|vlaams|\bnl\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rij:
    nummer: int  # as the spreadsheet counts
    cellen: dict[str, str] = field(hash=False)

    def __getitem__(self, kolom: str) -> str:
        return self.cellen.get(kolom, "")

    @property
    def gevuld(self) -> list[str]:
        return [kolom for kolom, cel in self.cellen.items() if cel]


@dataclass(frozen=True)
class Blad:
    naam: str
    koprij: int
    kolommen: tuple[str, ...]
    rijen: tuple[Rij, ...]
    andere_talen: tuple[str, ...] = ()  # columns in a language that was not chosen, as they stand in the sheet


def lees_blad(naam: str, ruw: Sequence[Sequence[str]], taal: str = "") -> Blad:
    """The rows of a sheet by column, of each translated column the one in Dutch, or in `taal` when there is none in Dutch."""
    begin = next((nummer for nummer, rij in enumerate(ruw) if any(cel.strip() for cel in rij)), None)
    if begin is None:
        return Blad(naam, 0, (), ())
    koppen = [_kop(cel) for cel in ruw[begin]]
    gekozen = _kies_talen(koppen, taal)
    kolommen = {plaats: koppen[plaats][0] for plaats in gekozen}
    rijen = []
    for nummer, cellen in enumerate(ruw[begin + 1 :], start=begin + 2):
        rij = {kolom: cellen[plaats].strip() for plaats, kolom in kolommen.items()}
        if any(rij.values()):
            rijen.append(Rij(nummer, rij))
    anders = tuple(
        ruw[begin][plaats].strip() for plaats, (kolom, _) in enumerate(koppen) if kolom and plaats not in gekozen
    )
    return Blad(naam, begin + 1, tuple(kolommen.values()), tuple(rijen), anders)


def _kop(cel: str) -> tuple[str, str]:
    """(column, language); the language is empty where the column has none."""
    tekst = " ".join(cel.split()).lower()
    for voor in ("media::", "bind::", "body::", "control::", "instance::"):
        tekst = tekst.removeprefix(voor)
    if (m := VERTAALD.fullmatch(tekst)) and OOK.get(m["kolom"], m["kolom"]) in IN_EEN_TAAL:
        return OOK.get(m["kolom"], m["kolom"]), m["taal"].strip()
    return OOK.get(tekst, tekst), ""


def _kies_talen(koppen: Sequence[tuple[str, str]], taal: str) -> dict[int, str]:
    """Which columns are read, by place: of each name one. Dutch goes before the language asked for, that before none, that before another."""

    def rang(plaats: int) -> tuple[int, int]:
        _, eigen = koppen[plaats]
        if NEDERLANDS.search(eigen):
            return 0, plaats
        if eigen and eigen == taal.lower():
            return 1, plaats
        return (2 if not eigen else 3), plaats

    per_kolom: dict[str, list[int]] = {}
    for plaats, (kolom, _) in enumerate(koppen):
        if kolom:
            per_kolom.setdefault(kolom, []).append(plaats)
    return {min(plaatsen, key=rang): kolom for kolom, plaatsen in per_kolom.items()}


def zoek_blad(bladen: dict[str, list[list[str]]], naam: str) -> tuple[str, list[list[str]]] | None:
    """The sheet of this name, whatever its capitals, with the name that it has."""
    return next(((eigen, rijen) for eigen, rijen in bladen.items() if eigen.strip().lower() == naam), None)


def lijst_van(cel: str) -> Iterator[str]:
    """What is written one after the other in a cell: 'plan, nota' or 'plan nota'."""
    yield from filter(None, re.split(r"[\s,;|]+", cel))
