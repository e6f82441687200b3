"""What a maat says, in Dutch: what holds of those counted, and what they are called. Pure, no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapportage.formuleringen import FORMULERINGEN, ONDERZOCHT
from rapportage.thematekst import letterlijk
from rapportage.uitspraken.maat import BEANTWOORD, GEMEENTEN, THEMA, Maat, Term

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


def in_woorden(maat: Maat, woorden: Woorden) -> str:
    """The maat for who does not know the codes: "Heeft de gemeente een plan? (V2.2): ja; onder de voortrekkers"."""
    delen = [" en ".join(_term(term, woorden) for term in maat.termen) or "De onderzochte gemeenten"]
    delen += [f"onder de {_antwoorden(term, woorden)}" for term in maat.groep]
    if maat.onder:
        gehad = {term.code for term in maat.termen}
        onder = [
            f"‘{_antwoorden(term, woorden)}’ op dezelfde vraag" if term.code in gehad else _term(term, woorden)
            for term in maat.onder
        ]
        delen.append(f"van de gemeenten met {' en '.join(onder)}")
    return "; ".join(delen)


def _term(term: Term, woorden: Woorden) -> str:
    tekst = woorden.vragen[term.code][0] if term.code in woorden.vragen else woorden.normen.get(term.code, "")
    namen = _antwoorden(term, woorden)
    return namen if term.is_kenmerk else f"{tekst} ({term.code}): {namen}" if tekst else str(term)


def _antwoorden(term: Term, woorden: Woorden) -> str:
    if term.is_kenmerk:
        namen = [woorden.groepen.get((term.code, a), (f"{term.code} {a}",))[0] for a in term.antwoorden]
    else:
        _, keuzes = woorden.vragen.get(term.code, ("", {}))
        namen = [keuzes.get(a) or _los(a) for a in term.antwoorden]
    return f"{'niet ' if term.niet else ''}{' of '.join(namen)}"


def _los(antwoord: str) -> str:
    """What is no choice of the question: any answer, a theme, a judgement, or one of the denominators."""
    if antwoord.startswith(THEMA):
        return f"thema {antwoord.removeprefix(THEMA).replace('-', ' ')}"
    return "beantwoord" if antwoord == BEANTWOORD else antwoord.replace("_", " ")


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
