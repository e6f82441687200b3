"""What answers that are numbers or dates come to, together. Pure, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median, median_low

from vragenlijst.waarde import als_datum, als_getal, schrijf_datum, schrijf_getal


@dataclass(frozen=True)
class Spreiding:
    """Of the `aantal` dossiers of a group whose finding is a number or a date; as they are written, empty when there is none.

    The lowest and the highest are those of one municipality: they are for the analist, not for a public report.
    """

    aantal: int
    laagste: str = ""
    mediaan: str = ""
    gemiddelde: str = ""
    hoogste: str = ""


def van_getallen(teksten: Sequence[str], decimalen: int) -> Spreiding:
    """Median and mean have one decimal more than the answers may have, halves upward (away from zero)."""
    if not teksten:
        return Spreiding(0)
    getallen = [als_getal(tekst) for tekst in teksten]
    stap = Decimal(1).scaleb(-decimalen - 1)
    mediaan, gemiddelde = (
        schrijf_getal(Decimal(getal).quantize(stap, ROUND_HALF_UP)) for getal in (median(getallen), mean(getallen))
    )
    return Spreiding(len(getallen), schrijf_getal(min(getallen)), mediaan, gemiddelde, schrijf_getal(max(getallen)))


def van_datums(teksten: Sequence[str]) -> Spreiding:
    """Of an even number of dates the median is the earlier of the two in the middle; a mean of dates says nothing."""
    if not teksten:
        return Spreiding(0)
    datums = [als_datum(tekst) for tekst in teksten]
    return Spreiding(
        len(datums), schrijf_datum(min(datums)), schrijf_datum(median_low(datums)), "", schrijf_datum(max(datums))
    )
