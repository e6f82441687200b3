"""What a quantity in a Dutch sentence claims of x out of n. Pure, no Django.

The words of the band table claim what the table says. Other words that reports use are read as follows; where such a word is as
good as one of the table ("meestal", "slechts enkele") it claims the same, else a range of its own ("niet alle": not all, and not
none). A number claims itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from rapportage.kwantoren import BANDEN, Band, bereik
from rapportage.uitspraken.getallen import PATROON as TELWOORD
from rapportage.uitspraken.getallen import getal

Banden = tuple[Band, ...]
Houdt = Callable[[int, int, Banden], bool]

NUM = rf"(?:\d+|{TELWOORD})"


@dataclass(frozen=True)
class Hoeveelheid:
    """A quantity in a text. `soort` is *woord*, *getal*, *van* (x van n), *totaal* (van de n) or
    *procent*; `houdt` says whether it may be said of x of n.

    `ook_los` is whether it says how much even without a noun that is counted ("meestal"); others ("veel") do so only before one.
    """

    begin: int
    eind: int
    tekst: str
    soort: str
    houdt: Houdt
    ook_los: bool = True

    def omvat(self, n: int, banden: Banden = BANDEN) -> frozenset[int]:
        """All numbers of n of which it may be said."""
        return frozenset(x for x in range(n + 1) if self.houdt(x, n, banden))


def _band(woord: str, anders: Houdt) -> Houdt:
    """What this word of the table claims; when the table does not have it, `anders`."""

    def houdt(x: int, n: int, banden: Banden) -> bool:
        try:
            return x in bereik(woord, n, banden)
        except KeyError:
            return anders(x, n, banden)

    return houdt


def _deel(boven: float, tot: float) -> Houdt:
    """More than `boven` and at most `tot` of n, as parts of a hundred."""
    return lambda x, n, _: boven * n < 100 * x <= tot * n


def _en(*eisen: Houdt) -> Houdt:
    return lambda x, n, banden: all(eis(x, n, banden) for eis in eisen)


def geen(x, n, banden):
    return x == 0


def alle(x, n, banden):
    return x == n


def niet_alle(x, n, banden):
    return 0 < x < n


def meer_dan_de_helft(x, n, banden):
    return n < 2 * x < 2 * n


def minder_dan_de_helft(x, n, banden):
    return 0 < 2 * x < n


def _enkele(x, n, banden):
    return 2 <= x <= 5 and 4 * x <= n


een_enkele = _band("een enkele", lambda x, n, _: x == 1 < n)
enkele = _band("enkele", _enkele)
ongeveer_de_helft = _band("ongeveer de helft", lambda x, n, _: 40 * n < 100 * x < 60 * n)
de_meeste = _band("de meeste", lambda x, n, _: 75 * n <= 100 * x < 90 * n)
vrijwel_alle = _band("vrijwel alle", lambda x, n, _: 90 * n <= 100 * x < 100 * n)


def nauwelijks(x, n, banden):
    """Some, and of the others it is nearly all."""
    return x > 0 and vrijwel_alle(n - x, n, banden)


def een_aantal(x, n, banden):
    return x >= 2 and minder_dan_de_helft(x, n, banden)


def meerdere(x, n, banden):
    return 2 <= x < n


def vaak(x, n, banden):
    return n <= 2 * x < 2 * n


# A regular expression and what it claims; the first that fits at a place wins, so longer ones come first.
WOORDEN: tuple[tuple[str, Houdt, bool], ...] = (
    (r"(?:vrijwel|bijna|nagenoeg|zo goed als) (?:geen(?: enkele)?|nergens|nooit|niemand)", nauwelijks, True),
    (r"nauwelijks|amper|zelden", nauwelijks, True),
    (
        r"(?:vrijwel|bijna|nagenoeg|zo goed als) (?:alle(?:maal)?|altijd|overal|elke|iedere|iedereen|al die|al deze)",
        vrijwel_alle,
        True,
    ),
    (r"(?:lang )?niet (?:alle(?:maal)?|altijd|overal|elke|iedere|iedereen)", niet_alle, True),
    (r"meer dan de helft", meer_dan_de_helft, True),
    (r"minder dan de helft", minder_dan_de_helft, True),
    (r"ruim de helft", _en(meer_dan_de_helft, ongeveer_de_helft), True),
    (r"bijna de helft", _en(minder_dan_de_helft, ongeveer_de_helft), True),
    (r"(?:ongeveer|circa|rond|grofweg|zo['’]n) de helft", ongeveer_de_helft, True),
    (r"de helft", lambda x, n, _: 2 * x == n, True),
    (r"(?:een|de) (?:ruime|grote|overgrote) meerderheid", _deel(74.999, 99.999), True),
    (r"de meerderheid|het merendeel|het (?:over)?grootste deel|grotendeels|overwegend", meer_dan_de_helft, True),
    (r"een meerderheid", _band("een meerderheid", meer_dan_de_helft), True),
    (r"(?:een|de) minderheid", _band("een minderheid", minder_dan_de_helft), True),
    (r"de (?:aller)?meesten?|meestal|doorgaans|in de regel|gewoonlijk", de_meeste, True),
    (r"veelal|vaak|dikwijls", vaak, True),
    (r"(?:slechts |maar )?(?:een|één) enkele(?! uitzondering)", een_enkele, True),
    (r"(?:slechts |maar )?(?:enkele|een paar|een handvol|een handjevol)(?! uitzondering)", enkele, True),
    (r"een (?:groot |klein )?aantal", een_aantal, True),
    (r"sommige(?:n)?", een_aantal, True),
    (r"soms|een enkele keer|incidenteel", minder_dan_de_helft, True),
    (r"verschillende|diverse|meerdere|verscheidene", meerdere, False),
    (r"(?:een|het) deel van", niet_alle, False),
    (r"(?:zeer |heel )?(?:veel|vele|tal van|talrijke)", meer_dan_de_helft, False),
    (r"(?:zeer |heel )?weinig", _deel(0, 25), False),
    (r"geen (?:enkele|van)(?: de| deze| die| beide)?|niemand|nergens", geen, True),
    (r"geen", geen, False),
    (r"alle(?:maal)?|allen", alle, True),
    (r"al (?:die|deze)|elke|iedere|iedereen|overal|altijd", alle, False),
    (r"beide", lambda x, n, _: x == n == 2, False),
)
BREUKEN = {"een kwart": (1, 4), "een vijfde": (1, 5), "een derde": (1, 3), "twee derde": (2, 3), "tweederde": (2, 3),
           "driekwart": (3, 4), "drie kwart": (3, 4), "vier vijfde": (4, 5)}  # fmt: skip

_UITZONDERING = re.compile(
    rf"\bop (?P<hoeveel>een enkele|één|een|enkele|{NUM}) uitzondering(?:en)? na"
    r"(?:,? (?:(?:bij|in|van|voor) )?(?P<rest>alle|elke|iedere|geen(?: enkele| van)?))?",
    re.IGNORECASE,
)
_VAN = re.compile(rf"\b(?P<x>één|een|geen|{NUM}) van (?:de |deze |die |onze )?(?P<n>{NUM})\b(?![.,/]\d)", re.IGNORECASE)
_PROCENT = re.compile(r"(?<![\w.,])(?P<p>\d+(?:[.,]\d+)?)\s?(?:%|procent\b)", re.IGNORECASE)
_BREUK = re.compile(rf"\b(?:(?P<vaag>ongeveer|circa|bijna|ruim) )?(?P<breuk>{'|'.join(BREUKEN)})\b", re.IGNORECASE)
_GRENS = re.compile(
    rf"\b(?P<soort>ten minste|minstens|minimaal|meer dan|hoogstens|ten hoogste|maximaal|niet meer dan|minder dan) (?P<k>{NUM})\b",
    re.IGNORECASE,
)
_GETAL = re.compile(
    rf"(?<![\w.,/€-])(?:(?P<vaag>ongeveer|circa|bijna|ruim|zo['’]n) )?(?P<k>{NUM})\b(?![.,/]\d)", re.IGNORECASE
)
_TOTAAL = re.compile(rf"\b(?:van|onder|op) (?:de|deze|die|onze|alle) (?P<n>{NUM})\b(?![.,/]\d)", re.IGNORECASE)
_EEN_VAN = re.compile(r"\b(?:een|één) van (?:de|deze|die)\b", re.IGNORECASE)


def hoeveelheden(tekst: str, banden: Sequence[Band] = BANDEN) -> list[Hoeveelheid]:
    """The quantities in a text, in order, none within another."""
    gevonden = sorted(_alle(tekst, tuple(band.woord for band in banden)), key=lambda h: (h.begin, -h.eind))
    uit: list[Hoeveelheid] = []
    for een in gevonden:
        if not uit or een.begin >= uit[-1].eind:
            uit.append(een)
    return uit


def _alle(tekst: str, bandwoorden: tuple[str, ...]):
    for patroon, soort, houdt in GETALLEN:
        for m in patroon.finditer(tekst):
            yield Hoeveelheid(m.start(), m.end(), m[0], soort, houdt(m))
    patroon, betekenissen = _patroon(bandwoorden)
    for m in patroon.finditer(tekst):
        houdt, ook_los = betekenissen[m.lastgroup]
        yield Hoeveelheid(m.start(), m.end(), m[0], "woord", houdt, ook_los)


@lru_cache(maxsize=32)
def _patroon(bandwoorden: tuple[str, ...]):
    """All words in one expression, with those of a table of one's own first; what each claims, by the name of its group."""
    bekend = {"geen", "een enkele", "enkele", "alle"}
    eigen = [
        (re.escape(woord), _band(woord, lambda *_: False), True)
        for woord in sorted(bandwoorden, key=len, reverse=True)
        if woord not in bekend and not any(re.fullmatch(p, woord) for p, _, _ in WOORDEN)
    ]
    delen = {f"w{nr}": rij for nr, rij in enumerate([*eigen, *WOORDEN])}
    patroon = "|".join(f"(?P<{naam}>{rij[0]})" for naam, rij in delen.items())
    return re.compile(rf"\b(?:{patroon})\b", re.IGNORECASE), {naam: rij[1:] for naam, rij in delen.items()}


def _x(tekst: str) -> int:
    return 0 if tekst.lower() == "geen" else getal(tekst)


def _precies(k: int) -> Houdt:
    return lambda x, n, _: x == k


def _precies_van(k: int, van: int) -> Houdt:
    return lambda x, n, _: (x, n) == (k, van)


def _totaal(k: int) -> Houdt:
    return lambda x, n, _: n == k


def _ongeveer(k: int) -> Houdt:
    return lambda x, n, _: abs(x - k) <= max(1, k // 10)


def _procent(tekst: str) -> Houdt:
    """The percentage as it is rounded here: 54% of 13 is 7, and so is 53,8%."""
    decimalen = len(re.split("[.,]", tekst)[1]) if re.search("[.,]", tekst) else 0
    p = Fraction(tekst.replace(",", "."))
    speling = Fraction(1, 2 * 10**decimalen)
    return lambda x, n, _: n > 0 and abs(Fraction(100 * x, n) - p) <= speling


def _breuk(teller: int, noemer: int, ruim: bool) -> Houdt:
    """The number that comes nearest to this part of n; with "ongeveer" also what lies within five hundredths of it."""
    deel = Fraction(teller, noemer)
    return lambda x, n, _: (
        n > 0 and (abs(x - deel * n) <= Fraction(1, 2) or (ruim and abs(Fraction(x, n) - deel) <= Fraction(1, 20)))
    )


def _grens(soort: str, k: int) -> Houdt:
    if soort == "meer dan":
        return lambda x, n, _: x > k
    if soort == "minder dan":
        return lambda x, n, _: x < k
    if soort in ("hoogstens", "ten hoogste", "maximaal", "niet meer dan"):
        return lambda x, n, _: x <= k
    return lambda x, n, _: x >= k


def _uitzondering(m: re.Match) -> Houdt:
    """Of how many it does not hold; of whom it does is said by what follows: *alle*, *geen*, or, when neither does, either."""
    woord = m["hoeveel"].lower()
    houdt = {"een enkele": een_enkele, "enkele": enkele, "één": _precies(1), "een": _precies(1)}.get(woord)
    houdt = houdt or _precies(getal(woord))
    rest = (m["rest"] or "").lower()

    def op_na(x: int, n: int, banden: Banden) -> bool:
        geteld = [x] if rest.startswith("geen") else [n - x] if rest else [x, n - x]
        return any(houdt(uitzonderingen, n, banden) for uitzonderingen in geteld)

    return op_na


# What is written with a number: how it looks, which soort it is, and what it claims.
GETALLEN = (
    (_UITZONDERING, "woord", _uitzondering),
    (_VAN, "van", lambda m: _precies_van(_x(m["x"]), getal(m["n"]))),
    (_PROCENT, "procent", lambda m: _procent(m["p"])),
    (_BREUK, "woord", lambda m: _breuk(*BREUKEN[m["breuk"].lower()], ruim=bool(m["vaag"]))),
    (_GRENS, "getal", lambda m: _grens(m["soort"].lower(), getal(m["k"]))),
    (_TOTAAL, "totaal", lambda m: _totaal(getal(m["n"]))),
    (_EEN_VAN, "getal", lambda m: _precies(1)),
    (_GETAL, "getal", lambda m: (_ongeveer if m["vaag"] else _precies)(getal(m["k"]))),
)
