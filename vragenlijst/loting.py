"""Drawing municipalities by lot, in strata. Pure, no Django; no random numbers of Python's, so that it can be done again in any year.

The method, number 1: the lot of a municipality is the SHA-256 (in hexadecimal) of `zaad:code`. In each stratum the lowest lots are
drawn; the ones after them are the reserves, in that order. A lot depends on the seed and the municipality alone: leaving one out
moves none of the others. Anybody can check one lot by hand: `printf 'zaad:0363' | sha256sum`.

A stratum is a text here, and a municipality its CBS code. See docs/besluiten/0042-loting.md.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

ALGORITME = 1
ZAADVORM = re.compile(r"[0-9A-Za-z-]{1,40}")


def lot(zaad: str, code: str) -> str:
    return sha256(f"{zaad}:{code}".encode()).hexdigest()


def volgorde(codes: Iterable[str], zaad: str) -> list[str]:
    """The codes, the lowest lot first."""
    return sorted(codes, key=lambda code: (lot(zaad, code), code))


def loot(strata: Mapping[str, str], aantallen: Mapping[str, int], zaad: str) -> dict[str, tuple[list[str], list[str]]]:
    """Per stratum (drawn, reserves), both in the order of their lots. `strata` says in which stratum each code is.

    Raises ValueError when more are asked of a stratum than it holds.
    """
    per_stratum: dict[str, list[str]] = {stratum: [] for stratum in sorted(set(strata.values()))}
    for code in volgorde(strata, zaad):
        per_stratum[strata[code]].append(code)
    for stratum, aantal in aantallen.items():
        if not 0 <= aantal <= len(per_stratum.get(stratum, ())):
            raise ValueError(stratum)
    return {
        stratum: (codes[: aantallen.get(stratum, 0)], codes[aantallen.get(stratum, 0) :])
        for stratum, codes in per_stratum.items()
    }


def naar_rato(omvang: Mapping[str, int], totaal: int, minimum: int = 0) -> dict[str, int]:
    """Spread `totaal` over the strata in proportion to their size: largest remainders, and `minimum` of each where it has so many.

    A stratum whose share is below the minimum gets that, and the others share what is left. Equal remainders go to the larger
    stratum, then by name. Raises ValueError when `totaal` is more than there are, or less than the minima together.
    """
    omvang = {stratum: n for stratum, n in omvang.items() if n}
    bodem = {stratum: min(minimum, n) for stratum, n in omvang.items()}
    if not sum(bodem.values()) <= totaal <= sum(omvang.values()):
        raise ValueError(totaal)
    vast: dict[str, int] = {}
    while True:
        vrij = {stratum: n for stratum, n in omvang.items() if stratum not in vast}
        te_verdelen, samen = totaal - sum(vast.values()), sum(vrij.values())
        te_klein = [stratum for stratum, n in vrij.items() if te_verdelen * n < bodem[stratum] * samen]
        if not te_klein:
            break
        vast |= {stratum: bodem[stratum] for stratum in te_klein}
    gehele = {stratum: te_verdelen * n // samen for stratum, n in vrij.items()}
    rest = sorted(vrij, key=lambda stratum: (-(te_verdelen * vrij[stratum] % samen), -vrij[stratum], stratum))
    for stratum in rest[: te_verdelen - sum(gehele.values())]:
        gehele[stratum] += 1
    return {stratum: (vast | gehele)[stratum] for stratum in sorted(omvang)}


def gelijk(omvang: Mapping[str, int], per_stratum: int) -> dict[str, int]:
    """The same number of each stratum; all of one that holds fewer."""
    return {stratum: min(per_stratum, n) for stratum, n in sorted(omvang.items())}
