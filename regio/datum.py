"""A date as people type it. Pure, no Django."""

import re
from calendar import monthrange
from datetime import date

JAREN = range(1900, 2201)
# The months as people write them, the whole name first.
NAMEN = (
    ("januari", "jan"),
    ("februari", "feb", "febr"),
    ("maart", "mrt", "maa"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
MAANDEN = {vorm: nummer for nummer, vormen in enumerate(NAMEN, start=1) for vorm in vormen}


def lees_datum(tekst: str) -> date:
    """The date that someone typed as dd-mm-jjjj; slashes, points and spaces between are understood, and so are jjjj-mm-dd
    and the month by its name: 1 januari 2009, 1 jan. 2009.

    Raises ValueError with a Dutch sentence that says what is wrong.
    """
    gevonden = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})", tekst)
    omgekeerd = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", tekst)
    voluit = re.fullmatch(r"([0-9]{1,2})[- ]?([A-Za-z]+)\.?[- ]?([0-9]{1,4})", tekst)
    if voluit:
        if voluit[2].lower() not in MAANDEN:
            raise ValueError(f"‘{voluit[2]}’ is geen maand. Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026.")
        dag, maand, jaar = int(voluit[1]), MAANDEN[voluit[2].lower()], int(voluit[3])
        gevonden = voluit
    elif gevonden:
        dag, maand, jaar = map(int, gevonden.groups())
    elif omgekeerd:
        jaar, maand, dag = map(int, omgekeerd.groups())
    else:
        raise ValueError("Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026.")
    if gevonden and len(gevonden[3]) < 4:
        raise ValueError("Schrijf het jaar met vier cijfers, bijvoorbeeld 24-11-2026.")
    if jaar not in JAREN:
        raise ValueError(f"Het jaar {jaar} kan niet kloppen: het ligt tussen {JAREN[0]} en {JAREN[-1]}.")
    if not 1 <= maand <= 12:
        raise ValueError(f"{tekst} bestaat niet: maand {maand} is er niet. Schrijf de datum als dd-mm-jjjj.")
    dagen = monthrange(jaar, maand)[1]
    if not 1 <= dag <= dagen:
        raise ValueError(f"{tekst} bestaat niet: {NAMEN[maand - 1][0]} {jaar} heeft {dagen} dagen.")
    return date(jaar, maand, dag)
