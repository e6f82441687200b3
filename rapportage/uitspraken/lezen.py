"""A text as a check reads it: the chapter it stands in, its sentences, and what in it is not running text. Pure, no Django.

What does not count is overwritten with as many spaces, so that every position stays what it was.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapportage.opmaak import MAANDEN
from rapportage.uitspraken.getallen import PATROON as TELWOORD
from rapportage.uitspraken.ontleden import GEBONDEN

AANLEIDING, BEVINDINGEN, CONCLUSIES, ONTWIKKELING = "aanleiding", "bevindingen", "conclusies", "ontwikkeling"
PLAATSEN = (
    (r"bevindingen", BEVINDINGEN),
    (r"conclusies", CONCLUSIES),
    (r"ontwikkeling sinds|ontwikkelingen", ONTWIKKELING),
    (r"vervolg", "vervolg"),
    (r"inleiding|aanleiding", AANLEIDING),
    (r"aanpak|verantwoording", "aanpak"),
    (r"lijst van afkortingen|afkortingen", "afkortingen"),
    (r"inhoud|bijlagen?|colofon|bronnen|literatuur", ""),
)
KOP = re.compile(r"^ {0,3}(?P<hekjes>#{1,6})[ \t]+(?P<titel>.*?)[ \t#]*$", re.MULTILINE)
_NUMMER = re.compile(r"^\d+(?:\.\d+)*\.?\s+")


@dataclass(frozen=True)
class Tekst:
    """One text to be checked. `begin` is where it starts in the whole of which it is a part (a chapter of a file), `heel`.

    `bron` says which text it is (the key of a passage, the name of a file), `plaats` in which chapter; `gelezen` what each claim was
    measured at when somebody last looked, by its words and maat.
    """

    tekst: str
    plaats: str = BEVINDINGEN
    bron: int | str = ""
    begin: int = 0
    heel: str = ""
    gelezen: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def hoofdstukken(tekst: str, bron: str) -> list[Tekst]:
    """A whole text in pieces by chapter. Without a heading that names one, all of it is taken for Bevindingen."""
    grenzen = [(0, "")]
    for m in KOP.finditer(tekst):
        plaats = _plaats(m["titel"])
        if plaats is not None:
            grenzen.append((m.start(), plaats))
    if not any(plaats for _, plaats in grenzen):
        return [Tekst(tekst, BEVINDINGEN, bron, 0, tekst)]
    eindes = [begin for begin, _ in grenzen[1:]] + [len(tekst)]
    return [
        Tekst(tekst[begin:eind], plaats, bron, begin, tekst)
        for (begin, plaats), eind in zip(grenzen, eindes, strict=True)
        if begin < eind
    ]


def _plaats(titel: str) -> str | None:
    """The chapter that this heading opens; None when it is one within a chapter."""
    kaal = _NUMMER.sub("", re.sub(r"[*_<>/b]+(?=\s|$)|^[*_]+", "", titel).strip(" *_")).casefold()
    return next((plaats for patroon, plaats in PLAATSEN if re.match(rf"(?:{patroon})\b", kaal)), None)


# --- What is not running text -----------------------------------------------------------------------------------------

_TIJD = (
    "jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|minuten|keer|maal|euro|miljoen|miljard|procentpunt(?:en)?|km|m²"
)
_VERWIJZING = (
    r"art\.|artikel(?:en)?|par\.|paragra(?:af|fen)|hoofdstuk(?:ken)?|bijlagen?|tabel(?:len)?|figu(?:ur|ren)|blz\.|pag(?:ina|\.)|"
    r"nr\.|nummer|lid|noot|versie|vra(?:ag|gen)|norm(?:en)?|aandachtspunt(?:en)?|leden"
)
NIET_LOPEND = tuple(
    re.compile(patroon, vlaggen)
    for patroon, vlaggen in (
        (r"<!--.*?-->", re.DOTALL),
        (r"^[ \t]*<sup>\d+</sup>.*$", re.MULTILINE),  # a note at the foot, as a scan has it
        (r"<sup>.{1,12}?</sup>", 0),
        (r"<[^<>\n]{1,80}>", 0),
        (r"^\[\^[^\]\n]+\]:.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*", re.MULTILINE),  # a note at the foot
        (r"\[\^[^\]\n]+\]", 0),
        (r"^[ \t]*>.*$", re.MULTILINE),  # what is quoted in a block
        (r"^\|.*\|[ \t]*$", re.MULTILINE),  # a table
        (r"^[ \t]*\d+[.)][ \t]", re.MULTILINE),  # a numbered list
        (r"^ {0,3}#{1,6}[ \t]+.*$", re.MULTILINE),  # a heading
        (r"\]\([^()\n]*\)", 0),  # the address of a link
        (r"https?://\S+", 0),
        (r"“[^“”\n]{0,600}”|„[^„”\n]{0,600}”", 0),
        (r"(?<!\w)‘[^‘’\n]{0,300}’(?!\w)", 0),
        (r"(?<!\w)'[^'\n]{1,300}'(?!\w)", 0),
        (r'(?<!\w)"[^"\n]{1,600}"', 0),
        (r"\b[A-Z]{1,4}\d+(?:[./-]\d+)*[a-z]?\b", 0),  # V1.1, V08/01
        (
            rf"\b(?:{_VERWIJZING})\s+\d+(?:\.\d+)*[a-z]?(?:(?:,| en| tot en met| of)\s+\d+(?:\.\d+)*[a-z]?)*",
            re.IGNORECASE,
        ),
        (rf"\b\d{{1,2}}(?:e|ste|de)?\s+(?:{MAANDEN})(?:\s+\d{{4}})?\b", re.IGNORECASE),
        (r"\b\d{1,2}-\d{1,2}-\d{4}\b|\b\d{4}-\d{2}-\d{2}\b", 0),
        (r"(?<![\d.,])(?:1[89]|20)\d\d(?:[-–/](?:1[89]|20)?\d\d)?(?![\d%])(?! ?procent)", 0),  # a year
        (
            rf"(?:€ ?)\d[\d.,]*|\b(?:\d[\d.,]*|{TELWOORD}|een|elke|iedere|enkele|een aantal) (?:{_TIJD})\b",
            re.IGNORECASE,
        ),
        (r"\b\d+(?:\.\d+)+\b", 0),  # 2.1
    )
)


def lopend(tekst: str) -> str:
    """Only the running text; a binding keeps its words and loses its signs."""
    uit = GEBONDEN.sub(_zonder_tekens, tekst)
    for patroon in NIET_LOPEND:
        uit = patroon.sub(_blanco, uit)
    return uit


def zonder_gebonden(tekst: str) -> str:
    """The same without what is bound: what is left has nothing that carries it."""
    uit = GEBONDEN.sub(_blanco, tekst)
    for patroon in NIET_LOPEND:
        uit = patroon.sub(_blanco, uit)
    return uit


def leesbaar(tekst: str) -> str:
    """All that a reader sees, headings, quotations and notes included."""
    uit = GEBONDEN.sub(_zonder_tekens, tekst)
    for patroon in (NIET_LOPEND[0], re.compile(r"\]\([^()\n]*\)|https?://\S+")):
        uit = patroon.sub(_blanco, uit)
    return uit


def _blanco(m: re.Match) -> str:
    return re.sub(r"[^\n]", " ", m[0])


def _zonder_tekens(m: re.Match) -> str:
    return " " + m["tekst"] + " " * (len(m[0]) - len(m["tekst"]) - 1)


# --- Sentences ----------------------------------------------------------------------------------------------------------

_AFGEKORT = r"(?<!\bart)(?<!\bpar)(?<!\bd\.w\.z)(?<!\bo\.a)(?<!\bblz)(?<!\bnr)(?<!\bbv)(?<!\bbijv)(?<!\bresp)(?<!\bca)"
_EINDE = re.compile(
    rf"(?:{_AFGEKORT}\.|[!?])[”’\"')]*\s+(?=[\s\[(*_“‘\"']*[A-ZÀ-Þ])|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])"
)


def zinnen(tekst: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; an item of a list is one at least."""
    begin = 0
    for m in _EINDE.finditer(tekst):
        if tekst[begin : m.end()].strip():
            yield begin, m.end()
        begin = m.end()
    if tekst[begin:].strip():
        yield begin, len(tekst)


def alineas(tekst: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for m in re.finditer(r"\n[ \t]*\n\s*|\Z", tekst):
        if tekst[begin : m.start()].strip():
            yield begin, m.start()
        begin = m.end()


def eigen_afkortingen(tekst: str) -> tuple[str, ...]:
    """The abbreviations in a list of its own, when this text has one: those that begin a line of that chapter."""
    gevonden: list[str] = []
    for deel in hoofdstukken(tekst, ""):
        if deel.plaats == "afkortingen":
            gevonden += re.findall(r"^[ \t|*_-]*([A-Z]{2,}(?:[a-z]?[A-Z]+)*)\b", deel.tekst, re.MULTILINE)
    return tuple(dict.fromkeys(gevonden))
