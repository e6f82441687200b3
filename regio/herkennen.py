"""Which municipalities a pasted list means: names and CBS codes, one a line, as they come out of a mail or a spreadsheet.

Pure, no Django. Nothing is guessed: what fits no municipality, or more than one, is handed back by name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from regio.tekst import zoekvorm


class Bekend(NamedTuple):
    code: str
    naam: str
    alias: str = ""


@dataclass(frozen=True)
class Herkenning:
    """`codes` in the order of the list, each once; what was not understood as it was written."""

    codes: tuple[str, ...] = ()
    onbekend: tuple[str, ...] = ()
    dubbelzinnig: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (as written, the names it can be)

    @property
    def zinnen(self) -> list[str]:
        """What was not understood, as sentences."""
        zinnen = [
            f"‘{tekst}’ kan zijn: {', '.join(namen)}. Schrijf de hele naam of de code."
            for tekst, namen in self.dubbelzinnig
        ]
        if self.onbekend:
            zinnen.append(f"Niet herkend: {', '.join(f'‘{tekst}’' for tekst in self.onbekend)}.")
        return zinnen


def herken(tekst: str, gemeenten: Iterable[Bekend]) -> Herkenning:
    """Read `tekst` against these municipalities.

    A line is a name (with or without accents, an alias too), a code (0518, 518 or GM0518), or both together in either order.
    'Bergen' fits 'Bergen (L.)' and 'Bergen (NH.)' alike, and is handed back as ambiguous.
    """
    gemeenten = list(gemeenten)
    per_code = {gemeente.code: gemeente for gemeente in gemeenten}
    voluit, kort = defaultdict(set), defaultdict(set)
    for gemeente in gemeenten:
        for naam in filter(None, (gemeente.naam, gemeente.alias)):
            voluit[zoekvorm(naam)].add(gemeente.code)
            kort[zoekvorm(re.sub(r"\(.*\)", "", naam))].add(gemeente.code)
    codes, onbekend, dubbelzinnig = {}, {}, {}
    for regel in tekst.splitlines():
        for deel in filter(None, (stuk.strip(" \t.,;:*•-") for stuk in re.split(r"[;\t,]", regel))):
            gevonden = _codes_bij(deel, per_code, voluit, kort)
            if len(gevonden) == 1:
                codes[min(gevonden)] = None
            elif gevonden:
                dubbelzinnig[deel] = tuple(sorted(per_code[code].naam for code in gevonden))
            else:
                onbekend[deel] = None
    return Herkenning(tuple(codes), tuple(onbekend), tuple(dubbelzinnig.items()))


def _codes_bij(deel: str, per_code: dict, voluit: dict, kort: dict) -> set[str]:
    vorm = zoekvorm(deel)
    if gevonden := voluit.get(vorm) or kort.get(vorm):
        return gevonden
    woorden = deel.replace("(", " ").replace(")", " ").split()
    for plaats in (0, -1):
        code = als_code(woorden[plaats]) if woorden else ""
        if code in per_code:
            rest = zoekvorm(" ".join(woorden[1:] if plaats == 0 else woorden[:-1]))
            if not rest or code in voluit.get(rest, set()) | kort.get(rest, set()):
                return {code}
    return set()


def als_code(tekst: str) -> str:
    """A code as CBS writes it: 518 and GM0518 are 0518. What is no code stays as it is."""
    code = tekst.strip().upper().removeprefix("GM")
    return code.zfill(4) if re.fullmatch(r"[0-9]{1,4}", code) else code
