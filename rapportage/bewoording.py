"""What a maat says, in Dutch: what holds of those counted, and what they are called. Pure, no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapportage.formuleringen import FORMULERINGEN, ONDERZOCHT
from rapportage.thematekst import letterlijk
from rapportage.uitspraken.maat import GEMEENTEN, Maat, Term

OORDELEN = {
    "voldoet": "wordt voldaan aan",
    "voldoet_deels": "wordt deels voldaan aan",
    "voldoet_niet": "wordt niet voldaan aan",
}


@dataclass(frozen=True)
class Woorden:
    """What questions, answers, norms and groups are called: a question by its code with its text and its answers, a norm in
    short, a group by characteristic and value, as several and as one.
    """

    instrument: str = ""
    vragen: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    normen: Mapping[str, str] = field(default_factory=dict)
    groepen: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def zegt(maat: Maat, woorden: Woorden) -> str:
    """What holds of those counted, to follow "Bij de meeste gemeenten"; empty when these words do not say it."""
    if len(maat.termen) != 1 or maat.termen[0].niet:
        return ""
    (term,) = maat.termen
    if term.code in woorden.normen:
        oordeel = OORDELEN.get(term.antwoorden[0]) if len(term.antwoorden) == 1 else None
        return f"{oordeel} aandachtspunt {term.code}, {letterlijk(woorden.normen[term.code])}" if oordeel else ""
    return _van_vraag(term, woorden) if term.code in woorden.vragen else ""


def _van_vraag(term: Term, woorden: Woorden) -> str:
    tekst, keuzes = woorden.vragen[term.code]
    vorm = FORMULERINGEN.get(woorden.instrument, {}).get(term.code)
    if vorm and len(term.antwoorden) == 1 and term.antwoorden[0] in vorm.zinnen:
        return vorm.zinnen[term.antwoorden[0]]
    if any(antwoord not in keuzes for antwoord in term.antwoorden):
        return ""
    namen = " of ".join(f"'{letterlijk(keuzes[antwoord])}'" for antwoord in term.antwoorden)
    return f'is het antwoord {namen} op de vraag "{letterlijk(tekst)}"'


def groep(maat: Maat, woorden: Woorden) -> tuple[str, str] | None:
    """What is counted, as one and as several; None when the unit itself says it."""
    if maat.eenheid != GEMEENTEN:
        return None
    if not maat.groep:
        return _kring(maat.termen, woorden)
    if len(maat.groep) == 1 and len(maat.groep[0].antwoorden) == 1 and not maat.groep[0].niet:
        (term,) = maat.groep
        meer_een = woorden.groepen.get((term.code, term.antwoorden[0]))
        return (meer_een[1], meer_een[0]) if meer_een else None
    return None


def _kring(termen: Sequence[Term], woorden: Woorden) -> tuple[str, str]:
    """Whom the question was put to."""
    vorm = FORMULERINGEN.get(woorden.instrument, {}).get(termen[0].code) if len(termen) == 1 else None
    kring = vorm.kring if vorm else ONDERZOCHT
    return kring.enkelvoud, kring.meervoud
