"""Fewer points in many areas at once, without gaps between neighbours. Pure, no Django.

The rings are cut where borders meet; each piece between two such points is simplified once (Douglas-Peucker) and used by the areas
on both of its sides, so that they keep fitting.
"""

from collections import defaultdict
from itertools import groupby, pairwise

Punt = tuple[int, int]
Vlakken = dict[str, list[list[list[Punt]]]]
STAPPEN, STAPPEN_PER_PUNT = (
    1_000_000,
    40,
)  # a rugged border takes some twelve a point; Douglas-Peucker at its worst half their number


class TeGrillig(ValueError):
    """These borders would take hours."""


def versimpel(gebieden: Vlakken, fijnheid: float) -> Vlakken:
    """No point of a border lies farther than `fijnheid` beside the simplified one. A ring that shrinks to nothing goes, unless it is
    the largest outline of its area: every area stays on the map. Raises TeGrillig."""
    buren: dict[Punt, set[Punt]] = defaultdict(set)
    for ring in _ringen(gebieden):
        for a, b in pairwise(ring):
            if a != b:
                buren[a].add(b)
                buren[b].add(a)
    knopen = {punt for punt, naast in buren.items() if len(naast) > 2}
    gedaan: dict[tuple, list[Punt]] = {}
    over = STAPPEN + STAPPEN_PER_PUNT * sum(len(ring) for ring in _ringen(gebieden))

    def ring_van(ring: list[Punt]) -> list[Punt]:
        nonlocal over
        uit: list[Punt] = []
        for stuk in _stukken(ring, knopen):
            heen = stuk if (stuk[0], stuk[1]) <= (stuk[-1], stuk[-2]) else stuk[::-1]
            if (sleutel := tuple(heen)) not in gedaan:
                gedaan[sleutel], over = _versimpel_stuk(heen, fijnheid, over)
            nieuw = gedaan[sleutel] if heen is stuk else gedaan[sleutel][::-1]
            uit += nieuw[1:] if uit else nieuw
        return uit

    return {
        code: _vlakken([[ring_van(ring) for ring in vlak] for vlak in vlakken], vlakken)
        for code, vlakken in gebieden.items()
    }


def _ringen(gebieden: Vlakken):
    return (ring for vlakken in gebieden.values() for vlak in vlakken for ring in vlak)


def _vlakken(nieuw: list, oud: list) -> list:
    over = [[vlak[0], *(gat for gat in vlak[1:] if len(gat) >= 4)] for vlak in nieuw if len(vlak[0]) >= 4]
    if over:
        return over
    return [[max((vlak[0] for vlak in oud), key=lambda ring: abs(oppervlakte(ring)))]]


def _stukken(ring: list[Punt], knopen: set[Punt]) -> list[list[Punt]]:
    """The ring as pieces from one meeting point to the next; without any, two halves from its lowest to its farthest point."""
    punten = [punt for punt, _ in groupby(ring)][:-1]
    if len(punten) < 3:
        return [[ring[0], ring[-1]]]
    snij = [plaats for plaats, punt in enumerate(punten) if punt in knopen]
    if len(snij) < 2:
        begin = snij[0] if snij else punten.index(min(punten))
        x, y = punten[begin]
        verst = max(range(len(punten)), key=lambda n: ((punten[n][0] - x) ** 2 + (punten[n][1] - y) ** 2, punten[n]))
        snij = sorted({begin, verst})
    if len(snij) < 2:
        return [[*punten, punten[0]]]
    rond = punten + punten
    einden = [*snij[1:], snij[0] + len(punten)]
    return [rond[van : tot + 1] for van, tot in zip(snij, einden, strict=True)]


def _versimpel_stuk(stuk: list[Punt], fijnheid: float, over: int) -> tuple[list[Punt], int]:
    """The points that stay, and how many of the steps that may be taken are left."""
    houd = {0, len(stuk) - 1}
    te_doen = [(0, len(stuk) - 1)]
    while te_doen:
        van, tot = te_doen.pop()
        if tot - van < 2:
            continue
        over -= tot - van
        if over < 0:
            raise TeGrillig
        verst, plaats = max((_afstand2(stuk[n], stuk[van], stuk[tot]), n) for n in range(van + 1, tot))
        if verst > fijnheid**2:
            houd.add(plaats)
            te_doen += [(van, plaats), (plaats, tot)]
    return [stuk[n] for n in sorted(houd)], over


def _afstand2(punt: Punt, a: Punt, b: Punt) -> float:
    """The square of the distance from a point to the line piece from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    lang = dx * dx + dy * dy
    deel = max(0.0, min(1.0, ((punt[0] - a[0]) * dx + (punt[1] - a[1]) * dy) / lang)) if lang else 0.0
    return (punt[0] - a[0] - deel * dx) ** 2 + (punt[1] - a[1] - deel * dy) ** 2


def oppervlakte(ring: list[Punt]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2
