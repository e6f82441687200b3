"""Which norms are met and which are not, in a paragraph: numbers in, plain Dutch out. Pure, no Django.

"Het vaakst" and "het minst vaak" are said of the ends only, and of all norms that share an end.
"""

from collections.abc import Sequence
from fractions import Fraction

from rapportage.kwantoren import van
from rapportage.tabellen import opsomming
from rapportage.thematekst import letterlijk
from rapportage.uitkomst import Normuitkomst
from rapportage.uitspraken.binden import bind

TE_VEEL = 5  # norms that share an end go by their codes when there are so many


def normalinea(normen: Sequence[Normuitkomst]) -> str:
    """Which norms are met most and least often, and how much rests on words alone; empty when nothing is judged."""
    beoordeeld = [norm for norm in normen if norm.alle.beoordeeld and not norm.alle.verborgen]
    if not beoordeeld:
        return ""
    zinnen = _uitersten(beoordeeld)
    if any(norm.alle.niet_te_beoordelen for norm in beoordeeld):
        zinnen.append("Gemeenten waar een aandachtspunt niet te beoordelen was, zijn daarbij niet meegeteld.")
    if verklaard := [norm for norm in beoordeeld if norm.alle.alleen_verklaard]:
        zinnen.append(
            "Een verklaring zonder het stuk dat het aandachtspunt zelf vraagt, is er bij "
            + opsomming([f"{norm.code} ({_verklaard(norm)})" for norm in verklaard])
            + "."
        )
    return " ".join(zinnen)


def _uitersten(normen: Sequence[Normuitkomst]) -> list[str]:
    delen = [_deel(norm) for norm in normen]
    meest = [norm for norm in normen if _deel(norm) == max(delen)]
    minst = [norm for norm in normen if _deel(norm) == min(delen)]
    if len(normen) == 1:
        return [f"Aan '{letterlijk(normen[0].kort)}' is voldaan bij {_score(normen[0], ' gemeenten')}."]
    if len(meest) == len(normen):
        return [f"Aan de aandachtspunten in dit onderdeel wordt in gelijke mate voldaan: {_genoemd(meest)}."]
    return [
        f"Van de {len(normen)} aandachtspunten in dit onderdeel wordt het vaakst voldaan aan {_genoemd(meest)}.",
        f"Het minst wordt voldaan aan {_genoemd(minst)}.",
    ]


def _deel(norm: Normuitkomst) -> Fraction:
    return Fraction(norm.alle.voldoet, norm.alle.beoordeeld)


def _genoemd(normen: Sequence[Normuitkomst]) -> str:
    """Each norm by its name, or by its code when there are many, with its own number, which is bound to it."""
    if len(normen) >= TE_VEEL:
        return opsomming([f"{norm.code} ({_score(norm)})" for norm in normen])
    return opsomming([f"'{letterlijk(norm.kort)}' ({_score(norm)})" for norm in normen])


def _score(norm: Normuitkomst, erachter: str = "") -> str:
    return bind(f"{van(norm.alle.voldoet, norm.alle.beoordeeld)}{erachter}", norm.code, "voldoet")


def _verklaard(norm: Normuitkomst) -> str:
    return bind(van(norm.alle.alleen_verklaard, norm.alle.beoordeeld), norm.code, "alleen_verklaard")
