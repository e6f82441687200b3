"""A map as SVG text. Pure functions: the same areas give the same characters.

Only presentation attributes, so that it shows under a content security policy without inline styles, and prints. Nothing is said by
the map alone: it has a title and a description, and stands beside a list.
"""

import itertools
from dataclasses import dataclass
from html import escape

from regio.versimpelen import oppervlakte

BREEDTE, HOOGTE, RAND = 640, 560, 8
LETTER, LETTER_TELEFOON = 13, 18  # on a phone letters are larger (regio.css): a name must fit then too
LETTERTYPE = "Fira Sans, Fira Sans Ext, sans-serif"
VULLING, NADRUK = ("#d3e2f2", "#0b2038"), ("#154273", "#ffffff")  # an area and the letters on it
LIJN = "#4a5a70"

Vlakken = list[list[list[list[int]]]]


@dataclass(frozen=True)
class Gebied:
    naam: str
    vlakken: Vlakken
    nadruk: bool = False


def teken(gebieden: list[Gebied], titel: str, beschrijving: str, kenmerk: str) -> str:
    """The map of these areas, as large as fits; `kenmerk` makes its ids its own on the page."""
    punten = [punt for gebied in gebieden for vlak in gebied.vlakken for punt in vlak[0]]
    west, oost = min(x for x, _ in punten), max(x for x, _ in punten)
    zuid, noord = min(y for _, y in punten), max(y for _, y in punten)
    schaal = min((BREEDTE - 2 * RAND) / max(1, oost - west), (HOOGTE - 2 * RAND) / max(1, noord - zuid))
    breedte, hoogte = (oost - west) * schaal + 2 * RAND, (noord - zuid) * schaal + 2 * RAND

    def plaats(punt) -> tuple[float, float]:
        return RAND + (punt[0] - west) * schaal, RAND + (noord - punt[1]) * schaal

    volgorde = sorted(gebieden, key=lambda gebied: gebied.nadruk)  # a thick edge lies on top
    vormen = "".join(_vorm(gebied, plaats) for gebied in volgorde)
    namen = "".join(_naam(gebied, plaats, schaal) for gebied in volgorde)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kaartbeeld" viewBox="0 0 {breedte:.0f} {hoogte:.0f}" width="{breedte:.0f}" '
        f'height="{hoogte:.0f}" role="img" aria-labelledby="{kenmerk}-titel {kenmerk}-uitleg">'
        f'<title id="{kenmerk}-titel">{escape(titel)}</title><desc id="{kenmerk}-uitleg">{escape(beschrijving)}</desc>'
        f"{vormen}{namen}</svg>"
    )


def _vorm(gebied: Gebied, plaats) -> str:
    ringen = (ring for vlak in gebied.vlakken for ring in vlak)
    pad = "".join("M" + "L".join("{:.1f} {:.1f}".format(*plaats(punt)) for punt in ring[:-1]) + "Z" for ring in ringen)
    kleur, dikte = (NADRUK[0], 2) if gebied.nadruk else (VULLING[0], 1)
    return (
        f'<path d="{pad}" fill="{kleur}" fill-rule="evenodd" stroke="{LIJN}" stroke-width="{dikte}" stroke-linejoin="round">'
        f"<title>{escape(gebied.naam)}</title></path>"
    )


def _naam(gebied: Gebied, plaats, schaal: float) -> str:
    """The name in the middle of its largest part, where it fits there."""
    ring = max((vlak[0] for vlak in gebied.vlakken), key=lambda ring: abs(oppervlakte(ring)))
    breed = (max(x for x, _ in ring) - min(x for x, _ in ring)) * schaal
    if breed < len(gebied.naam) * LETTER_TELEFOON * 0.56 or abs(oppervlakte(ring)) * schaal**2 < 3 * LETTER_TELEFOON**2:
        return ""
    x, y = plaats(_zwaartepunt(ring))
    kleur = NADRUK[1] if gebied.nadruk else VULLING[1]
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{LETTERTYPE}" font-size="{LETTER}" fill="{kleur}" text-anchor="middle" '
        f'dominant-baseline="middle" aria-hidden="true">{escape(gebied.naam)}</text>'
    )


def _zwaartepunt(ring: list) -> tuple[float, float]:
    heel = 6 * oppervlakte(ring)
    if not heel:
        return tuple(ring[0])
    x = y = 0.0
    for a, b in itertools.pairwise(ring):
        deel = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * deel, y + (a[1] + b[1]) * deel
    return x / heel, y / heel
