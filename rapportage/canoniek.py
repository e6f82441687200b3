"""Canonical JSON, its seal, and what differs between two of them. Pure, no Django.

The format of a fotomoment is described in docs/fotomoment.md.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

WEG = object()  # one of the two does not have it

# What a step in the path is called, and of which steps the next one is a code.
NAMEN = {
    "ronde": "ronde",
    "instrument": "instrument",
    "banden": "hoeveelheidswoorden",
    "dossiers": "dossier",
    "bevindingen": "vraag",
    "beoordelingen": "norm",
    "bewijsstukken": "bewijsstuk",
    "uitkomsten": "uitkomsten naar",
    "vragen": "vraag",
    "normen": "norm",
    "groepen": "groep",
    "themas": "thema bij vraag",
    "passages": "passage",
    "uitspraken": "uitspraak",
}


def canoniek(waarde) -> str:
    """One way to write this down: keys in order, no spaces, characters as they are (UTF-8 when stored)."""
    return json.dumps(
        waarde, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_lijst
    )


def _lijst(waarde):
    if isinstance(waarde, (set, frozenset)):
        return sorted(waarde)
    raise TypeError(f"Niet in JSON te schrijven: {waarde!r}")


def sha256(tekst: str | bytes) -> str:
    return hashlib.sha256(tekst.encode() if isinstance(tekst, str) else tekst).hexdigest()


@dataclass(frozen=True)
class Verschil:
    """One place where two contents differ; `was` or `wordt` is WEG where only one of them has it."""

    pad: tuple[str, ...]
    was: object
    wordt: object

    @property
    def plek(self) -> str:
        """Where, in words: "dossier 9901, vraag V1.3, keuze"."""
        delen, over = [], list(self.pad)
        while over:
            stap = over.pop(0)
            naam = NAMEN.get(stap, stap.replace("_", " "))
            delen.append(
                f"{naam} {over.pop(0)}" if stap in NAMEN and over and stap not in ("ronde", "instrument") else naam
            )
        return ", ".join(delen)

    def __str__(self):
        return f"{self.plek}: {in_woorden(self.was)} → {in_woorden(self.wordt)}"


def in_woorden(waarde) -> str:
    """A value for a reader of Dutch."""
    if waarde is WEG:
        return "(niet aanwezig)"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if waarde is None or waarde in ("", [], {}):
        return "(leeg)"
    if isinstance(waarde, (dict, list)):
        tekst = canoniek(waarde)
        return tekst if len(tekst) <= 200 else "(aanwezig)"
    return f"‘{waarde}’" if isinstance(waarde, str) else str(waarde)


def verschillen(was, wordt, pad: tuple[str, ...] = ()) -> Iterator[Verschil]:
    """Where `wordt` differs from `was`, in the order of the keys; lists are compared as a whole."""
    if isinstance(was, Mapping) and isinstance(wordt, Mapping):
        for sleutel in sorted(was.keys() | wordt.keys()):
            yield from verschillen(was.get(sleutel, WEG), wordt.get(sleutel, WEG), (*pad, sleutel))
    elif was is WEG or wordt is WEG or canoniek(was) != canoniek(wordt):
        yield Verschil(pad, was, wordt)
