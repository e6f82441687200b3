"""A small exact solver: whether numbers of municipalities, given what is published, could have been others.

Each number is a whole number, not below zero; a relation says that one is the sum of others (or, with slack, at least that).
"""

from collections.abc import Hashable, Sequence

Naam = Hashable
Relatie = tuple[Naam, Sequence[Naam], bool]  # total, parts, whether they are equal (otherwise: no more than the total)


class Onmogelijk(Exception):
    pass


def kan_anders(doel: Naam, waarheid: dict[Naam, int], bekend: set[Naam], relaties: Sequence[Relatie]) -> bool:
    """Whether there is another world with the same published numbers in which `doel` has another value."""
    grens = sum(waarheid.values()) + 1
    relaties = [relatie for relatie in relaties if not bekend.issuperset([relatie[0], *relatie[1]])]
    bij: dict[Naam, list[Relatie]] = {doel: []}
    for relatie in relaties:
        for naam in (relatie[0], *relatie[1]):
            bij.setdefault(naam, []).append(relatie)
    grenzen = {naam: (waarheid[naam],) * 2 if naam in bekend else (0, grens) for naam in bij}
    _vernauw(grenzen, relaties, bij)
    van, tot = grenzen[doel]
    for stuk in ((van, waarheid[doel] - 1), (waarheid[doel] + 1, tot)):
        if stuk[0] <= stuk[1] and _oplosbaar(grenzen | {doel: stuk}, [doel], waarheid, bij):
            return True
    return False


def _oplosbaar(grenzen: dict, veranderd: list, waarheid: dict, bij: dict) -> bool:
    try:
        _vernauw(grenzen, [relatie for naam in veranderd for relatie in bij[naam]], bij)
    except Onmogelijk:
        return False
    open_ = [naam for naam, (van, tot) in grenzen.items() if van < tot]
    if not open_:
        return True
    kies = min(open_, key=lambda naam: grenzen[naam][1] - grenzen[naam][0])
    van, tot = grenzen[kies]
    # The truth and its neighbours are the likeliest: another world is often one municipality away.
    for waarde in sorted(range(van, tot + 1), key=lambda n: abs(n - waarheid[kies])):
        if _oplosbaar(grenzen | {kies: (waarde, waarde)}, [kies], waarheid, bij):
            return True
    return False


def _vernauw(grenzen: dict, wacht: Sequence[Relatie], bij: dict) -> None:
    """Draw the bounds as close as the relations allow, beginning with those that wait."""
    wacht = list(wacht)
    while wacht:
        totaal, delen, gelijk = wacht.pop()
        laag, hoog = sum(grenzen[deel][0] for deel in delen), sum(grenzen[deel][1] for deel in delen)
        van, tot = grenzen[totaal]
        voorstel = {totaal: (laag, hoog if gelijk else tot)}
        for deel in delen:
            eigen = grenzen[deel]
            voorstel[deel] = van - (hoog - eigen[1]) if gelijk else eigen[0], tot - (laag - eigen[0])
        for naam, (onder, boven) in voorstel.items():
            oud = grenzen[naam]
            nieuw = max(oud[0], onder), min(oud[1], boven)
            if nieuw[0] > nieuw[1]:
                raise Onmogelijk
            if nieuw != oud:
                grenzen[naam] = nieuw
                wacht += bij[naam]
