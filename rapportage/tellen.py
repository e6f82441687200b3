"""Rows of a grouped query, folded into the groups of a page. Pure, no Django."""

from collections import defaultdict
from collections.abc import Iterable

from rapportage.uitkomst import ALLE, Groep, Indeling


class Teller:
    """Numbers by key and group; the total of a key is kept along as the group `ALLE`.

    Each row has `groep` (what is stored of a dossier in it) and `n`, and the fields in `sleutels`.
    """

    def __init__(self, rijen: Iterable[dict], indeling: Indeling, *sleutels: str):
        self._n: dict[tuple, int] = defaultdict(int)
        for rij in rijen:
            sleutel = tuple(rij[naam] for naam in sleutels)
            self._n[*sleutel, indeling.code_van(rij["groep"])] += rij["n"]
            self._n[*sleutel, ALLE.code] += rij["n"]

    def __call__(self, groep: Groep, *sleutel) -> int:
        return self._n.get((*sleutel, groep.code), 0)
