"""Which stretches of a Markdown text are bound to a maat, and where they stand. Pure, no Django.

`[ongeveer de helft van de gemeenten (6 van 13)]{V1.1=ja}` is the whole notation. Within the brackets may stand what may stand in
a sentence, a line end and a footnote reference included, but no empty line; a backslash before a bracket makes it a plain sign.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

GEBONDEN = re.compile(
    r"(?<!\\)\[(?P<tekst>(?:[^\[\]\\\n]|\\.|\n(?![ \t>]*\n)|\[\^[^\]\s]+\])+)\]\{(?P<maat>[^{}\n]*)\}"
)


@dataclass(frozen=True)
class Gebonden:
    """A bound stretch: its words, its maat as it was written, and where it is; `begin` and `eind` span the notation as well."""

    tekst: str
    maat: str
    begin: int
    eind: int
    begin_tekst: int
    volgorde: int

    @property
    def eind_tekst(self) -> int:
        return self.begin_tekst + len(self.tekst)


def gebonden(tekst: str) -> Iterator[Gebonden]:
    """The bound stretches of a text, in order."""
    for volgorde, m in enumerate(GEBONDEN.finditer(tekst)):
        yield Gebonden(m["tekst"], m["maat"].strip(), m.start(), m.end(), m.start("tekst"), volgorde)


def kaal(tekst: str) -> str:
    """The text as a reader sees it: the words of a binding without the notation."""
    return GEBONDEN.sub(lambda m: m["tekst"], tekst)


class Plaatsen:
    """From a position in a text to its line and column, both counted from 1."""

    def __init__(self, tekst: str):
        self._tekst = tekst

    @cached_property
    def _begin(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self._tekst))]

    def __call__(self, positie: int) -> tuple[int, int]:
        regel = bisect_right(self._begin, positie)
        return regel, positie - self._begin[regel - 1] + 1
