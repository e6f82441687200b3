"""From "these answers to those questions" to the one answer to one question on which a question hangs here. Pure, no Django.

A question of which the condition is closed is closed itself, so "A is yes, and B is yes" is held by "B is yes" when B is only asked
on "A is yes". What cannot be held is never made up: the question then hangs on less, and the reader is told.
"""

from collections.abc import Mapping

from vragenlijst.routing import Voorwaarde
from vragenlijst.xlsform.expressie import Delen


def kies(delen: Delen, bekend: Mapping[str, Voorwaarde | None]) -> tuple[Voorwaarde | None, list[str]]:
    """The condition that holds most of `delen`, given the conditions of the questions before; and what it leaves out, in Dutch."""
    enkel = [(code, *keuzes) for code, keuzes in delen.items() if len(keuzes) == 1]
    beste: Voorwaarde | None = None
    gedekt: set[Voorwaarde] = set()
    for voorwaarde in enkel:
        mee = _met_wat_eraan_voorafgaat(voorwaarde, bekend)
        if len(mee & {*enkel}) > len(gedekt & {*enkel}):
            beste, gedekt = voorwaarde, mee
    over = [
        _zin(code, keuzes)
        for code, keuzes in delen.items()
        if not any(vraag == code and keuze in keuzes for vraag, keuze in gedekt)
    ]
    return beste, over


def _met_wat_eraan_voorafgaat(voorwaarde: Voorwaarde, bekend: Mapping[str, Voorwaarde | None]) -> set[Voorwaarde]:
    keten: set[Voorwaarde] = set()
    stap: Voorwaarde | None = voorwaarde
    while stap and stap not in keten:
        keten.add(stap)
        stap = bekend.get(stap[0])
    return keten


def _zin(code: str, keuzes: frozenset[str]) -> str:
    if not keuzes:
        return f"geen enkel antwoord op {code} (dit kan nooit gelden)"
    return f"{code} is {' of '.join(sorted(keuzes))}"
