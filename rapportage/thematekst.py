"""What the themes on a question come to in a sentence: numbers in, plain Dutch out. Pure, no Django.

"Het vaakst" is said of the most frequent only; themes that were found equally often stand or fall together.
"""

import re
from itertools import groupby

from rapportage.kwantoren import van
from rapportage.tabellen import hoofdletter, opsomming
from rapportage.uitkomst import Thematelling, Vraaguitkomst

MEESTE_THEMAS = 4  # named in a sentence, unless a tie makes it more


def letterlijk(tekst: str) -> str:
    """Text of others in our Markdown, without their signs becoming ours."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", " ".join(tekst.split()))


def los(tekst: str) -> str:
    """The text of a follow-up as it reads by itself, without its "Zo ja" or "Zo nee"."""
    return hoofdletter(re.sub(r"^Zo (ja|nee)[,:] *", "", tekst))


def themazin(vraag: Vraaguitkomst) -> str:
    """A question with its themes, down to some of the most frequent; empty when no finding has one."""
    rangen = _rangen(vraag)
    if not rangen:
        return ""
    n, (top, *lager) = vraag.alle.bevindingen, rangen
    if not lager and len(top) == 1:
        return f"{_aanhef(vraag)} komt één thema naar voren: {_genoemd(top, n)}."
    if vraag.is_gesloten:
        zin = f"{_aanhef(vraag)} {'keert' if len(top) == 1 else 'keren'} {_namen(top)} {{}} terug ({_aantal(top, n)})"
    else:
        zin = f"{_aanhef(vraag)} noemen gemeenten {{}} {_genoemd(top, n)}"
    if not lager:
        return zin.format("even vaak") + "."
    verder = opsomming([_genoemd([thema], n) for rang in lager for thema in rang])
    return f"{zin.format('het vaakst')}, gevolgd door {verder}."


def _rangen(vraag: Vraaguitkomst) -> list[list[Thematelling]]:
    """The themes by number of findings, the most frequent first; a rank is taken whole or not at all.

    Only themes that fall under no other: the findings of those below are in them already.
    """
    hoofd = [thema for thema in vraag.gevonden_themas if not thema.diepte]
    rangen, aantal = [], 0
    for _, rang in groupby(sorted(hoofd, key=lambda thema: -thema.alle), key=lambda thema: thema.alle):
        if aantal >= MEESTE_THEMAS:
            break
        rangen.append(list(rang))
        aantal += len(rangen[-1])
    return rangen


def _aanhef(vraag: Vraaguitkomst) -> str:
    if vraag.is_gesloten:
        return "In de toelichtingen"
    tekst = letterlijk(los(vraag.tekst))
    return f'{"Op de vraag" if tekst.endswith("?") else "Bij"} "{tekst}"'


def _namen(rang: list[Thematelling]) -> str:
    return opsomming([f"'{letterlijk(thema.naam)}'" for thema in rang])


def _aantal(rang: list[Thematelling], n: int) -> str:
    """ "8 van 13", and that each of several has so many."""
    return f"{telkens(len(rang))}{van(rang[0].alle, n)}"


def telkens(aantal: int) -> str:
    """What goes before a number that holds for each of so many things."""
    return {1: "", 2: "beide "}.get(aantal, "elk ")


def _genoemd(rang: list[Thematelling], n: int) -> str:
    return f"{_namen(rang)} ({_aantal(rang, n)})"
