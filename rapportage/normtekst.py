"""Which norms are met and which are not, in a paragraph: numbers in, plain Dutch out. Pure, no Django.

"Het vaakst" and "het minst vaak" are said of the ends only, and of all norms that share an end.
"""

from collections.abc import Sequence
from fractions import Fraction

from rapportage.kwantoren import van
from rapportage.tabellen import opsomming
from rapportage.thematekst import letterlijk, telkens
from rapportage.uitkomst import Normuitkomst

TE_VEEL = 5  # norms that share an end are named, unless there are so many


def normalinea(normen: Sequence[Normuitkomst]) -> str:
    """Which norms are met most and least often, and how much rests on words alone; empty when nothing is judged."""
    beoordeeld = [norm for norm in normen if norm.alle.beoordeeld]
    if not beoordeeld:
        return ""
    zinnen = _uitersten(beoordeeld)
    if any(norm.alle.niet_te_beoordelen for norm in beoordeeld):
        zinnen.append("Gemeenten waar een aandachtspunt niet te beoordelen was, zijn daarbij niet meegeteld.")
    verklaard = sum(norm.alle.alleen_verklaard for norm in beoordeeld)
    if verklaard:
        keer = "één oordeel" if verklaard == 1 else f"{verklaard} oordelen"
        zinnen.append(
            f"Bij {keer} 'voldoet deels' ontbreekt het stuk dat het aandachtspunt zelf vraagt en is er alleen een verklaring."
        )
    return " ".join(zinnen)


def _uitersten(normen: Sequence[Normuitkomst]) -> list[str]:
    delen = [_deel(norm) for norm in normen]
    meest = [norm for norm in normen if _deel(norm) == max(delen)]
    minst = [norm for norm in normen if _deel(norm) == min(delen)]
    if max(delen) == 0:
        return [f"Aan geen van de {len(normen)} aandachtspunten in dit onderdeel voldoet een gemeente geheel."]
    if len(normen) == 1:
        return [f"Aan {_wat(meest)} is voldaan bij {_scores(meest)} gemeenten."]
    if len(meest) == len(normen):
        return [f"Aan de {len(normen)} aandachtspunten in dit onderdeel wordt even vaak voldaan: {_scores(meest)}."]
    zinnen = [
        f"Van de {len(normen)} aandachtspunten in dit onderdeel wordt aan {_wat(meest)} het vaakst voldaan ({_scores(meest)})."
    ]
    if min(delen) == 0:
        zinnen.append(f"Aan {_wat(minst)} voldoet geen van de beoordeelde gemeenten ({_scores(minst)}).")
    else:
        zinnen.append(f"Aan {_wat(minst)} wordt het minst vaak voldaan ({_scores(minst)}).")
    return zinnen


def _deel(norm: Normuitkomst) -> Fraction:
    return Fraction(norm.alle.voldoet, norm.alle.beoordeeld)


def _wat(normen: Sequence[Normuitkomst]) -> str:
    if len(normen) >= TE_VEEL:
        return f"{len(normen)} aandachtspunten"
    return opsomming([f"'{letterlijk(norm.kort)}'" for norm in normen])


def _scores(normen: Sequence[Normuitkomst]) -> str:
    """ "7 van 13", "elk 0 van 13"; one by one when the same share is of different numbers."""
    scores = [van(norm.alle.voldoet, norm.alle.beoordeeld) for norm in normen]
    if len(set(scores)) == 1:
        return telkens(len(scores)) + scores[0]
    return opsomming(list(scores) if len(scores) < TE_VEEL else list(dict.fromkeys(scores)))
