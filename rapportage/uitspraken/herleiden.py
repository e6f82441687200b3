"""Who could be recognised in a text: municipalities and areas by name; and abbreviations that nobody explained. Pure, no Django."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

_ROMEINS = re.compile(r"(?=[IVXL])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_AFKORTING = re.compile(r"(?<![\w.@/])[A-Z]{2,}(?:[a-z]?[A-Z]+)*(?![\w@]|\.\w)")


def namen_in(tekst: str, namen: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Where one of these names stands, with or without diacritics, hyphens and apostrophes, and as an adjective ("Merenborgse").

    A name is written with a capital; "best" is no municipality and "Best" is. Longer names come first.
    """
    vorm, plek = _vorm(tekst)
    for naam in sorted({naam for naam in namen if naam}, key=lambda naam: (-len(naam), naam)):
        for m in re.finditer(rf"(?<!\w){re.escape(_vorm(naam)[0].strip())}(?:s|se)?(?!\w)", vorm):
            begin, eind = plek[m.start()], plek[m.end() - 1] + 1
            if any(teken.isupper() for teken in tekst[begin:eind]):
                yield begin, eind, naam


def _vorm(tekst: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each sign of it where it stood."""
    tekens, plek = [], []
    for positie, teken in enumerate(tekst):
        if teken in "'’‘`":
            continue
        los = unicodedata.normalize("NFKD", teken.casefold())
        for deel in "".join(" " if t.isspace() or t in "-–‑" else t for t in los if not unicodedata.combining(t)):
            if deel == " " and tekens and tekens[-1] == " ":
                continue
            tekens.append(deel)
            plek.append(positie)
    return "".join(tekens), plek


def onbekende_afkortingen(tekst: str, bekend: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where an abbreviation stands for the first time that is not in the list; Roman numbers are none."""
    gezien: set[str] = set(bekend)
    for m in _AFKORTING.finditer(tekst):
        if m[0] not in gezien and not _ROMEINS.fullmatch(m[0]):
            gezien.add(m[0])
            yield m.start(), m.end()
