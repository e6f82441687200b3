"""The sheet `choices`: lists of answers with codes as we write them. Pure, no Django."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from vragenlijst.xlsform.blad import Blad, Rij
from vragenlijst.xlsform.melding import Ernst, Melding

MAX_CODE = 40
MAX_NAAM = 120
# Answers that every question here takes already, by their letters alone: a list that has them itself means these.
VASTE = {
    "weet-niet": ("weetniet", "weetikniet", "dontknow", "idontknow"),
    "nvt": ("nvt", "nietvantoepassing", "notapplicable"),
}
# What else may stand in a row of choices without a loss.
BEKEND = ("list_name", "name", "label")


@dataclass(frozen=True)
class Keuzelijst:
    """`keuzes` are (code, name) of the answers that say something; `per_naam` has also those that every question takes."""

    keuzes: tuple[tuple[str, str], ...]
    per_naam: dict[str, str]


def lees_keuzelijsten(blad: Blad) -> tuple[dict[str, Keuzelijst], list[Melding], list[str]]:
    """The lists by name, remarks, and errors."""
    per_lijst: dict[str, list[Rij]] = {}
    fouten = []
    for rij in blad.rijen:
        if rij["list_name"] and rij["name"]:
            per_lijst.setdefault(rij["list_name"], []).append(rij)
        elif rij["name"] or rij["label"]:
            leeg = "name" if rij["list_name"] else "list_name"
            fouten.append(f"Blad {blad.naam}, rij {rij.nummer}: de kolom {leeg} is leeg.")
    meldingen = list(_kolommen(blad))
    lijsten = {}
    for naam, rijen in per_lijst.items():
        lijsten[naam], eigen, mis = _lijst(blad.naam, rijen)
        meldingen += eigen
        fouten += mis
    return lijsten, meldingen, fouten


def _kolommen(blad: Blad) -> Iterable[Melding]:
    for kolom in blad.kolommen:
        if kolom not in BEKEND and any(rij[kolom] for rij in blad.rijen):
            yield Melding(
                Ernst.NIET, blad.naam, blad.koprij, kolom, "bij een antwoord horen hier alleen een naam en een label."
            )


def _lijst(blad: str, rijen: list[Rij]) -> tuple[Keuzelijst, list[Melding], list[str]]:
    keuzes: dict[str, str] = {}
    per_naam: dict[str, str] = {}
    meldingen, fouten = [], []
    for rij in rijen:
        naam = rij["name"]
        if naam in per_naam:
            fouten.append(f"Blad {blad}, rij {rij.nummer}: ‘{naam}’ staat al eerder in deze lijst.")
            continue
        label = " ".join((rij["label"] or naam).split())
        if not rij["label"]:
            meldingen.append(
                Melding(Ernst.ANDERS, blad, rij.nummer, "label", f"er is geen label; het antwoord heet ‘{naam}’.")
            )
        if vast := _vaste(label, naam):
            per_naam[naam] = vast
            zin = f"‘{label}’ kan hier bij elke vraag worden geantwoord; het is daarmee samengevoegd."
            meldingen.append(Melding(Ernst.ANDERS, blad, rij.nummer, "name", zin))
            continue
        if len(label) > MAX_NAAM:
            meldingen.append(
                Melding(Ernst.ANDERS, blad, rij.nummer, "label", f"ingekort tot {MAX_NAAM} tekens: ‘{label}’.")
            )
            label = ingekort(label, MAX_NAAM)
        per_naam[naam] = uniek(slak(naam) or "keuze", keuzes.keys() | VASTE.keys(), MAX_CODE)
        keuzes[per_naam[naam]] = label
    return Keuzelijst(tuple(keuzes.items()), per_naam), meldingen, fouten


def _vaste(label: str, naam: str) -> str:
    for code, vormen in VASTE.items():
        if {_letters(label), _letters(naam)} & {*vormen}:
            return code
    return ""


def _letters(tekst: str) -> str:
    return re.sub(r"[\W_]+", "", tekst).casefold()


def slak(tekst: str, hoogstens: int = MAX_CODE) -> str:
    """As a code: 'Ja, altijd' → 'ja-altijd'."""
    plat = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plat).strip("-")[:hoogstens].strip("-")


def uniek(code: str, bezet: Iterable[str], hoogstens: int) -> str:
    bezet, nieuw, nummer = set(bezet), code, 2
    while nieuw in bezet:
        staart = f"-{nummer}"
        nieuw, nummer = code[: hoogstens - len(staart)] + staart, nummer + 1
    return nieuw


def ingekort(tekst: str, hoogstens: int) -> str:
    return tekst if len(tekst) <= hoogstens else tekst[: hoogstens - 2].rstrip() + " …"
