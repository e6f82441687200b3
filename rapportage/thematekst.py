"""What the themes on a question come to in a sentence: numbers in, plain Dutch out. Pure, no Django.

"Het vaakst" is said of the most frequent only; themes that were found equally often stand or fall together.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from rapportage.kwantoren import van
from rapportage.tabellen import hoofdletter, opsomming
from rapportage.uitkomst import Thematelling, Vraaguitkomst
from rapportage.uitspraken.binden import bind
from rapportage.uitspraken.maat import THEMA, slak

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
    top, *lager = rangen
    if not lager and len(top) == 1:
        return f"{_aanhef(vraag)} komt naar voren: {_genoemd(vraag, top)}."
    if vraag.is_gesloten:
        zin = f"{_aanhef(vraag)} {'keert' if len(top) == 1 else 'keren'} {_genoemd(vraag, top)} {{}} terug"
    else:
        zin = f"{_aanhef(vraag)} noemen gemeenten {{}} {_genoemd(vraag, top)}"
    hoe = "het vaakst" if lager else "in gelijke mate"
    verder = f", gevolgd door {_genoemd(vraag, [thema for rang in lager for thema in rang])}" if lager else ""
    # Not by `format`: a binding has braces of its own.
    return f"{zin.replace('{}', hoe)}{verder}."


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


def _genoemd(vraag: Vraaguitkomst, themas: Iterable[Thematelling]) -> str:
    """Each theme by its name with its own number, which is bound to it."""
    n = vraag.alle.bevindingen
    return opsomming(
        [
            f"'{letterlijk(thema.naam)}' ({bind(van(thema.alle, n), vraag.code, THEMA + slak(thema.naam))})"
            for thema in themas
        ]
    )
