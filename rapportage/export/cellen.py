"""A text in a cell of CSV: what a spreadsheet would execute is made text, and can be made itself again (design 8.11). Pure.

A spreadsheet takes a cell that begins with one of `GEVAARLIJK` for a formula. Such a text gets an apostrophe in front; so does
one that already has apostrophes there, so that `oorspronkelijk` always gives back what was stored.
"""

import re
from decimal import Decimal

from vragenlijst.waarde import schrijf_getal

# Also in the full width that East Asian keyboards give; a tab, a return or a line end makes some programs look behind it.
GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ONLEESBAAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Cel = str | int | Decimal | None


def leesbaar(tekst: str) -> str:
    """Characters that no file can hold (NUL, controls, half a surrogate pair) become the sign for a missing character."""
    return ONLEESBAAR.sub("\ufffd", tekst)


def _wordt_uitgevoerd(tekst: str) -> bool:
    return tekst.lstrip("' ").startswith(GEVAARLIJK)


def onschadelijk(cel: Cel) -> Cel:
    """The cell as it goes into a CSV file; numbers are no text and stay, with a comma as a Dutch spreadsheet reads it."""
    if isinstance(cel, Decimal):
        return schrijf_getal(cel)
    if not isinstance(cel, str):
        return cel
    cel = leesbaar(cel)
    return f"'{cel}" if _wordt_uitgevoerd(cel) else cel


def oorspronkelijk(cel: str) -> str:
    """The text that `onschadelijk` made this of."""
    return cel[1:] if cel.startswith("'") and _wordt_uitgevoerd(cel) else cel
