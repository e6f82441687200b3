"""The demo's data, as it stands in the TOML files of this folder. Pure: no Django, no chance.

A dossier is described by its settled facts; what each actor said is derived from them (`stemmen.py`).
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

MAP = Path(__file__).parent
KLAAR = "geaccordeerd"  # the status of an interview that does not say otherwise
OORDELEN = {"V": "voldoet", "D": "voldoet_deels", "N": "voldoet_niet", "B": "niet_te_beoordelen"}


@cache
def lees(naam: str) -> dict:
    """The contents of one TOML file of this folder."""
    return tomllib.loads((MAP / f"{naam}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Afspraak:
    """One interview: with which group of actors, when, and how far it got."""

    groep: str
    datum: date
    status: str

    @classmethod
    def van_regel(cls, regel: str) -> "Afspraak":
        groep, datum, *status = regel.split()
        return cls(groep, date.fromisoformat(datum), *(status or [KLAAR]))


@dataclass(frozen=True)
class Tegenspraak:
    """Where one actor says otherwise than what was settled, and why it was settled so (empty: not yet)."""

    vraag: str
    groep: str
    keuze: str
    toelichting: str
    motivatie: str


@dataclass(frozen=True)
class Dossierbron:
    """What one file says of one dossier."""

    code: str
    inspecteur: str
    status: str = "vastgesteld"
    interviews: tuple[Afspraak, ...] = ()
    feiten: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    toelichting: dict[str, str] = field(default_factory=dict)
    citaat: dict[str, str] = field(default_factory=dict)
    afspraken: tuple[tuple[str, str], ...] = ()
    tegenspraak: tuple[Tegenspraak, ...] = ()
    herzien: tuple[dict, ...] = ()
    eerst: tuple[dict, ...] = ()
    correctie: tuple[dict, ...] = ()  # what was noted wrongly, until the gesprekspartner read the verslag
    later: tuple[dict, ...] = ()  # what an actor said otherwise after the findings were settled
    herziening: tuple[dict, ...] = ()  # findings that became others after the judgements were given
    bewijs: tuple[dict, ...] = ()
    oordelen: tuple[str, ...] = ()
    vervallen: str = ""
    overgenomen: bool = False  # half way: what the actors agree on is settled, the rest waits
    intentie: tuple[dict, ...] = ()  # answers that are an intention
    thema: tuple[dict, ...] = ()  # themes that the inspector proposes at open answers
    opvolging: tuple[dict, ...] = ()  # what became of those of the previous round
    opmerking: tuple[dict, ...] = ()  # the toetser's notes, with the inspector's answer where there is one
    teruggave: str = ""  # why the toetser gave the dossier back, if ever

    @property
    def aangeboden(self) -> bool:
        """Whether the dossier was handed in, if only once."""
        return self.status in ("ter_toetsing", "vastgesteld") or bool(self.teruggave)

    def spreekt_tegen(self, vraag: str, groep: str) -> Tegenspraak | None:
        return next((t for t in self.tegenspraak if (t.vraag, t.groep) == (vraag, groep)), None)

    def motivatie_bij(self, vraag: str) -> str:
        return next((t.motivatie for t in self.tegenspraak if t.vraag == vraag), "")


def dossiers(slug: str) -> list[Dossierbron]:
    """The dossiers of one round, in the order of their codes."""
    bronnen = []
    for bestand in sorted((MAP / slug).glob("*.toml")):
        ruw = tomllib.loads(bestand.read_text(encoding="utf-8"))
        ruw["interviews"] = tuple(map(Afspraak.van_regel, ruw.get("interviews", ())))
        ruw["afspraken"] = tuple(ruw.get("afspraken", {}).items())
        ruw["tegenspraak"] = tuple(Tegenspraak(**t) for t in ruw.get("tegenspraak", ()))
        ruw["oordelen"] = tuple(OORDELEN[letter] for letter in ruw.get("oordelen", "").replace(" ", ""))
        for lijst in (
            "herzien",
            "eerst",
            "correctie",
            "later",
            "herziening",
            "bewijs",
            "intentie",
            "thema",
            "opvolging",
            "opmerking",
        ):
            ruw[lijst] = tuple(ruw.get(lijst, ()))
        bronnen.append(Dossierbron(code=bestand.name[:4], **ruw))
    return bronnen


def nummer(code: str) -> int:
    """The rank of a municipality among the demo's: the source of all variation."""
    return int(code[1:])


def kies(mogelijk: list[str], *plaatsen: int) -> str:
    """One of the wordings; neighbours in any of the `plaatsen` get another one."""
    return mogelijk[sum(plaatsen) % len(mogelijk)]


def vul(tekst: str, gemeente: dict, ronde: dict) -> str:
    """`tekst` with its slots filled, each sentence with a capital."""
    regio = next(rpa["naam"] for rpa in lees("gemeenten")["rpas"] if rpa["code"] in gemeente["lid"])
    woorden = {
        "keren": "een enkele keer",
        **gemeente,
        "gemeente": gemeente["naam"],
        "regio": regio,
        "cwi": ronde["cwi"],
    }
    return re.sub(r"(^|[.!?] )([a-z])", lambda m: m[1] + m[2].upper(), tekst.format_map(woorden))
