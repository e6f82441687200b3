"""A chart of then and now: per question an open point for the earlier round and a filled one for the later. Pure, no Django.

As in `grafieken`: only presentation attributes, every figure in words beside its points, and a table with each chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapportage.document import Grafiek, Tabel
from rapportage.grafieken import BREEDTE, INKT, KLEIN, LETTER, LIJN, ZACHT, _g, _lijn, _regels, _svg, _tekst

KLEUR, TERUG = "#154273", "#9a5b00"
CIJFERS = 112  # the room at the right for "12 → 14 van 443"
STRAAL = 5.5


@dataclass(frozen=True)
class Verschuiving:
    """`toen` and `nu` of the same `n`; an `n` of 0 has nothing to show."""

    label: str
    toen: int
    nu: int
    n: int

    @property
    def cijfers(self) -> str:
        return f"{self.toen} → {self.nu} van {self.n}"


def verschuivingen(
    titel: str,
    regels: Sequence[Verschuiving],
    *,
    toen: str,
    nu: str,
    tabel: Tabel,
    kenmerk: str,
    breedte: int = BREEDTE,
) -> Grafiek:
    """A track from 0 to 100% per row. `toen` and `nu` are what the rounds are called.

    Raises ValueError when a number is no part of its n.
    """
    for regel in regels:
        if not (0 <= regel.toen <= regel.n and 0 <= regel.nu <= regel.n):
            raise ValueError(f"Grafiek '{titel}': {regel.cijfers} kan niet.")
    links, rechts = STRAAL + 1, breedte - CIJFERS
    stukken = _legenda(toen, nu, breedte)
    y = 30 if len(stukken) == 4 else 48
    for regel in regels:
        for deel in _regels(regel.label, breedte, LETTER):
            y += 17
            stukken.append(_tekst(0, y, deel))
        y += 16
        stukken += _spoor(regel, y, links, rechts, breedte)
        y += 14
    stukken += _schaal(y, links, rechts)
    beschrijving = f"Van {toen} naar {nu}. " + " ".join(
        f"{regel.label}: {regel.cijfers}." if regel.n else f"{regel.label}: niet te vergelijken." for regel in regels
    )
    svg = _svg(kenmerk, titel, beschrijving, breedte, y + 24, stukken)
    return Grafiek(titel, svg, f"{titel}. {beschrijving}", tabel)


def _spoor(regel: Verschuiving, y: float, links: float, rechts: float, breedte: float) -> list[str]:
    stukken = [_lijn(links, y, rechts, y, LIJN, 1)]
    if not regel.n:
        return [*stukken, _tekst(breedte, y + 4, "geen van beide", kleur=ZACHT, maat=KLEIN, anker="end")]
    van, naar = (links + (rechts - links) * x / regel.n for x in (regel.toen, regel.nu))
    kleur = TERUG if regel.nu < regel.toen else KLEUR
    if van != naar:
        stukken.append(_lijn(van, y, naar, y, kleur, 3, "5 3" if kleur == TERUG else ""))
    stukken.append(_punt(naar, y, kleur, vol=True))
    stukken.append(_punt(van, y, kleur, vol=False))
    return [*stukken, _tekst(breedte, y + 4, regel.cijfers, kleur=INKT, maat=LETTER, anker="end", gewicht=600)]


def _punt(x: float, y: float, kleur: str, *, vol: bool) -> str:
    """Where both fall together the open point, a ring, is drawn around the filled one."""
    straal = STRAAL - 2.5 if vol else STRAAL
    vulling = kleur if vol else "none"
    rand = f' stroke="{kleur}" stroke-width="2"'
    return f'<circle cx="{_g(x)}" cy="{_g(y)}" r="{_g(straal)}" fill="{vulling}"{rand}/>'


def _legenda(toen: str, nu: str, breedte: int) -> list[str]:
    lang = len(toen) * 7.2 + len(nu) * 7.2 + 70 > breedte
    x, y = (0, 34) if lang else (len(toen) * 7.2 + 40, 14)
    return [
        _punt(STRAAL + 1, 10, KLEUR, vol=False),
        _tekst(20, 14, toen),
        _punt(x + STRAAL + 1, y - 4, KLEUR, vol=True),
        _tekst(x + 20, y, nu, gewicht=600),
        *([""] if lang else []),
    ]


def _schaal(y: float, links: float, rechts: float) -> list[str]:
    stukken = []
    for deel in (0, 50, 100):
        x = links + (rechts - links) * deel / 100
        stukken.append(_lijn(x, y - 4, x, y, ZACHT, 1))
        stukken.append(_tekst(x, y + 14, f"{deel}%", kleur=ZACHT, maat=KLEIN, anker="start" if not deel else "middle"))
    return stukken
