"""Routing: which questions are asked, given the answers (design 4.3). Pure, no Django."""

from collections.abc import Mapping

Voorwaarde = tuple[str, str]  # code of a question, code of its choice


def gevraagd(voorwaarden: Mapping[str, Voorwaarde | None], keuzes: Mapping[str, str]) -> frozenset[str]:
    """Codes of the questions that are asked.

    `voorwaarden` has every question: None when it is always asked, else the question and the choice it hangs on.
    `keuzes` has the choices made so far. A question whose condition hangs on a question that is itself not asked is not
    asked, whatever is stored there; nor is one in a circle, or one that hangs on a question that does not exist.
    """
    bekend: dict[str, bool] = {}

    def is_open(code: str, onderweg: frozenset[str]) -> bool:
        if code in bekend:
            return bekend[code]
        if code in onderweg or code not in voorwaarden:
            return False
        voorwaarde = voorwaarden[code]
        uitkomst = voorwaarde is None or (
            keuzes.get(voorwaarde[0]) == voorwaarde[1] and is_open(voorwaarde[0], onderweg | {code})
        )
        bekend[code] = uitkomst
        return uitkomst

    return frozenset(code for code in voorwaarden if is_open(code, frozenset()))
