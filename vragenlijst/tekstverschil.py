"""The difference between two texts, word by word, as a reader wants to see it. Pure, no Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

GELIJK, WEG, NIEUW = "gelijk", "weg", "nieuw"
MEEST = 1_500  # words that are compared one by one: comparing is quadratic
RAND = 8  # words of an unchanged stretch that stay on either side of what changed
LIJKT = 0.3  # below this share of common words one text stands in the place of the other


@dataclass(frozen=True)
class Stuk:
    """A stretch of text that stayed (GELIJK), went (WEG) or came (NIEUW)."""

    soort: str
    tekst: str


def stukken(oud: str, nieuw: str) -> list[Stuk]:
    """What went and what came, in reading order, with a few words around it; long unchanged stretches become an ellipsis."""
    if oud == nieuw:
        return [Stuk(GELIJK, oud)] if oud else []
    eerst, later = _woorden(oud), _woorden(nieuw)
    vergelijking = SequenceMatcher(None, eerst, later, autojunk=False)
    if max(len(eerst), len(later)) > MEEST or vergelijking.ratio() < LIJKT:
        return _zonder_lege(Stuk(WEG, oud), Stuk(NIEUW, nieuw))
    delen = []
    for bewerking, i, j, k, m in vergelijking.get_opcodes():
        weg, erbij = "".join(eerst[i:j]), "".join(later[k:m])
        delen += [Stuk(GELIJK, weg)] if bewerking == "equal" else _zonder_lege(Stuk(WEG, weg), Stuk(NIEUW, erbij))
    return list(_bekort(delen))


def _woorden(tekst: str) -> list[str]:
    """Words with the space behind them, so that joining them gives the text again."""
    return re.findall(r"\S+\s*|\s+", tekst)


def _zonder_lege(*delen: Stuk) -> list[Stuk]:
    return [deel for deel in delen if deel.tekst]


def _bekort(delen: list[Stuk]) -> Iterator[Stuk]:
    for plaats, deel in enumerate(delen):
        woorden = _woorden(deel.tekst)
        voor = [] if plaats == 0 else woorden[:RAND]
        na = [] if plaats == len(delen) - 1 else woorden[-RAND:]
        if deel.soort == GELIJK and len(woorden) > len(voor) + len(na) + 1:
            yield Stuk(GELIJK, "".join([*voor, "… ", *na]))
        else:
            yield deel
