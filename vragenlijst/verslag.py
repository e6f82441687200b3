"""What a gespreksverslag says, apart from where it is stored and how it is printed. Pure, no Django.

It holds what was asked and answered, in the words of the questionnaire, and the literal quotes. It holds no names (they are read
when it is printed, so that they can go when their term is over) and no notes of the inspector.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Regel:
    """One question and what was said on it; `rijen` are (partij, afspraak) pairs, for who made which agreement."""

    code: str
    vraag: str
    antwoord: str = ""
    rijen: tuple[tuple[str, str], ...] = ()
    citaat: str = ""

    @property
    def zegt_iets(self) -> bool:
        return bool(self.antwoord or self.rijen or self.citaat)


@dataclass(frozen=True)
class Deel:
    """One onderdeel of the questionnaire, with the questions on which something was said."""

    titel: str
    regels: tuple[Regel, ...]


@dataclass(frozen=True)
class Verslag:
    nummer: int
    ronde: str
    gemeente: str
    actorgroep: str
    datum: date
    plaats: str
    delen: tuple[Deel, ...]

    def als_json(self) -> dict:
        return {
            "nummer": self.nummer,
            "ronde": self.ronde,
            "gemeente": self.gemeente,
            "actorgroep": self.actorgroep,
            "datum": self.datum.isoformat(),
            "plaats": self.plaats,
            "delen": [
                {"titel": deel.titel, "regels": [_als_json(regel) for regel in deel.regels]} for deel in self.delen
            ],
        }

    @classmethod
    def van_json(cls, velden: Mapping) -> "Verslag":
        delen = tuple(Deel(deel["titel"], tuple(map(_van_json, deel["regels"]))) for deel in velden["delen"])
        return cls(**{**velden, "datum": date.fromisoformat(velden["datum"]), "delen": delen})


def delen(onderdelen: Iterable[tuple[str, Iterable[Regel]]]) -> tuple[Deel, ...]:
    """The onderdelen, by title, with only what was said: a question that was not touched is not in a verslag."""
    alle = (Deel(titel, tuple(regel for regel in regels if regel.zegt_iets)) for titel, regels in onderdelen)
    return tuple(deel for deel in alle if deel.regels)


def canoniek(inhoud: Mapping) -> bytes:
    """The one way to write this content as JSON: keys sorted, no spaces, UTF-8. Databases keep keys in an order of their own."""
    return json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def kenmerk(inhoud: Mapping) -> str:
    """The SHA-256 of the content, in hexadecimals."""
    return hashlib.sha256(canoniek(inhoud)).hexdigest()


def _als_json(regel: Regel) -> dict:
    return {
        "code": regel.code,
        "vraag": regel.vraag,
        "antwoord": regel.antwoord,
        "rijen": [list(rij) for rij in regel.rijen],
        "citaat": regel.citaat,
    }


def _van_json(velden: Mapping) -> Regel:
    return Regel(**{**velden, "rijen": tuple(tuple(rij) for rij in velden["rijen"])})
