"""A drafted Dutch sentence with its binding, for "voeg toe aan rapport". Pure, no Django."""

from collections.abc import Sequence

from rapportage.kwantoren import BANDEN, Band, van, woord
from rapportage.uitspraken.maat import GEMEENTEN, Maat

GEEN_LIDWOORD = ("de meeste", "vrijwel alle", "alle")
# What is counted, as one and as several; `eenheid` of a maat → words.
NAMEN = {
    GEMEENTEN: ("gemeente", "gemeenten"),
    "gesprekken": ("gesprek", "gesprekken"),
    "grootteklasse": ("grootteklasse", "grootteklassen"),
    "provincie": ("provincie", "provincies"),
    "verband": ("samenwerkingsverband", "samenwerkingsverbanden"),
}
REGIO = ("regio", "regio’s")


def hoeveel(x: int, n: int, wie: tuple[str, str], banden: Sequence[Band] = BANDEN, *, met_getal: bool = True) -> str:
    """ "ongeveer de helft van de onderzochte gemeenten (6 van 13)"; `wie` is what is counted, as one and as several."""
    een, meer = wie
    getal = f" ({van(x, n)})" if met_getal else ""
    if n == 1:
        return f"{'de enige' if x else 'geen enkele'} {een}{getal}"
    kwantor = woord(x, n, banden)
    if x == 1 and kwantor == "een enkele":
        return f"{kwantor} {een}{getal}"
    if x == 0 and kwantor == "geen":
        return f"geen van de {meer}{getal}"
    return f"{kwantor} {'' if kwantor in GEEN_LIDWOORD else 'van de '}{meer}{getal}"


def voorstel(
    maat: Maat,
    x: int,
    n: int,
    zegt: str = "",
    *,
    groep: tuple[str, str] | None = None,
    banden: Sequence[Band] = BANDEN,
    met_getal: bool = True,
) -> str:
    """ "Bij [de meeste gemeenten (10 van 13)]{V1.1=ja} is het antwoord 'ja'.", to be put in a passage and edited there.

    `zegt` is what holds of them ("is er een plan"); `groep` what those counted are called, as one and as several. Empty when
    n is 0: of nothing there is nothing to say.
    """
    if n == 0:
        return ""
    wie = groep or NAMEN.get(maat.eenheid, REGIO)
    woorden = hoeveel(x, n, wie, banden, met_getal=met_getal)
    return f"{'In' if wie == REGIO else 'Bij'} [{woorden}]{{{maat}}} {zegt or _zegt(maat)}."


def _zegt(maat: Maat) -> str:
    """What holds of those counted, as far as the maat itself tells."""
    if not maat.termen:
        return "is onderzoek gedaan"
    delen = []
    for term in maat.termen:
        antwoorden = " of ".join(
            f"'{a.removeprefix('thema:').replace('-', ' ').replace('_', ' ')}'" for a in term.antwoorden
        )
        wat = "het thema" if term.themas else "de uitkomst"
        delen.append(f"{wat} van {term.code} {'niet ' if term.niet else ''}{antwoorden}")
    return f"is {' en '.join(delen)}"
