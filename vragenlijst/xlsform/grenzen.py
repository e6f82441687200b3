"""The bounds of a number, from the `constraint` of a question: `. >= 0 and . <= 100`. Pure, no Django."""

import re
from decimal import Decimal

from vragenlijst.waarde import MAX_CIJFERS, schrijf_getal

DEEL = re.compile(r"\(?\s*\.\s*(>=|<=|>|<)\s*(-?\d{1,12}(?:\.\d{1,6})?)\s*\)?")


def lees_grenzen(uitdrukking: str, heel: bool) -> dict[str, str] | None:
    """`minimum` and `maximum` as an instrument's file has them; None when that is not all that the expression says.

    Of a whole number "more than 0" is 1 at least; of another number it is no bound that can be kept.
    """
    gevonden: dict[str, Decimal] = {}
    for deel in re.split(r"\s+and\s+", uitdrukking.strip(), flags=re.IGNORECASE):
        past = DEEL.fullmatch(deel.strip())
        if past is None:
            return None
        teken, grens = past[1], Decimal(past[2])
        if len(teken) == 1:
            if not heel or grens != int(grens):
                return None
            grens += 1 if teken == ">" else -1
        if (heel and grens != int(grens)) or abs(grens) >= 10**MAX_CIJFERS:
            return None
        naam = "minimum" if teken[0] == ">" else "maximum"
        if naam in gevonden:
            return None
        gevonden[naam] = grens
    if len(gevonden) == 2 and gevonden["minimum"] > gevonden["maximum"]:
        return None
    return {naam: schrijf_getal(grens) for naam, grens in gevonden.items()}
