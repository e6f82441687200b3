"""Dutch numerals: 'drieënveertig' ↔ 43. Pure, no Django."""

_EEN = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
        "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]  # fmt: skip
_TIEN = {
    20: "twintig",
    30: "dertig",
    40: "veertig",
    50: "vijftig",
    60: "zestig",
    70: "zeventig",
    80: "tachtig",
    90: "negentig",
}


def _woord(n: int) -> str:
    if n < 20:
        return _EEN[n]
    tien, een = n - n % 10, n % 10
    if not een:
        return _TIEN[tien]
    return f"{_EEN[een]}{'ën' if _EEN[een].endswith('e') else 'en'}{_TIEN[tien]}"


TELWOORDEN = {_woord(n): n for n in range(100)} | {"één": 1, "honderd": 100}
# Written out, longest first, so that 'zestien' is not read as 'zes'. 'Een' is an article and 'nul' no count of anything.
PATROON = "|".join(sorted((w for w in TELWOORDEN if w not in ("een", "nul")), key=len, reverse=True))


def getal(tekst: str) -> int:
    """The number that these digits or this word stand for. KeyError when they are none."""
    return int(tekst) if tekst.isdecimal() else TELWOORDEN[tekst.lower()]


def in_woorden(n: int) -> str:
    """As it is usually written in a sentence: in letters up to twenty, in digits above."""
    return "één" if n == 1 else _EEN[n] if n < 20 else "twintig" if n == 20 else str(n)
