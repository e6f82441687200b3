"""What a sentence says it counts: municipalities, regions, interviews, plans; and which group of them. Pure, no Django."""

import re

from rapportage.uitspraken.maat import GEMEENTEN, GESPREKKEN, REGIOSOORTEN, Maat

GEVALLEN, PLANNEN, REGIOS = "gevallen", "plannen", "regio's"
NAAMWOORDEN = (
    (REGIOS, r"(?:arbeidsmarkt|bestuurs|plus|rpa-|corop-)?(?:regio(?:['’]s)?|gebied(?:en)?)|provincies?"),
    (PLANNEN, r"(?:actie|arbeidsmarkt|beleids|regio|jaar|keten\w*|uitvoerings)?-?plan(?:nen)?"),
    (GESPREKKEN, r"gesprek(?:ken)?|interviews?|gesprekspartners?|respondenten?"),
    (
        GEMEENTEN,
        r"(?:niet-)?voortrekkers?(?:gemeenten?)?|(?:\w+)?gemeenten?|dossiers?|gemeentebestu(?:ur|ren)|colleges",
    ),
    (GEVALLEN, r"geval(?:len)?"),
    ("andere", r"verbanden|samenwerkingsverband(?:en)?|rpa['’]s|poa['’]s|platforms?|grootteklassen?"),
)
_NAAMWOORD = re.compile(
    "|".join(rf"(?P<n{nr}>\b(?:{patroon})\b)" for nr, (_, patroon) in enumerate(NAAMWOORDEN)), re.IGNORECASE
)
_GRENS = re.compile(
    r"[.;:!?]|,|\b(?:die|dat|waar|waarin|omdat|maar|is|zijn|was|waren|heeft|hebben|werkt|werken)\b", re.IGNORECASE
)
WOORDEN_ERTUSSEN = 4

_NIET_VOORTREKKER = re.compile(r"\bniet-voortrekk|\bgeen voortrekk|niet deze rol", re.IGNORECASE)
# "Gemeenten met een voortrekker" are not the voortrekkers; those "met een voortrekkersrol" are.
_VOORTREKKER = re.compile(
    r"(?<!niet-)(?<!geen )(?:(?<!met een )\bvoortrekk|(?<=met een )voortrekkersrol)", re.IGNORECASE
)
_BINNEN_RANDSTAD = re.compile(r"\b(?:in|binnen) de randstad\b", re.IGNORECASE)
_BUITEN_RANDSTAD = re.compile(r"\bbuiten de randstad\b|\bdaarbuiten\b", re.IGNORECASE)
_TERUG = re.compile(r"\b(?:deze|die|dat|daarvan|hiervan|ervan|hun|zij|daar|beide|andere|overige|hen)\b", re.IGNORECASE)


def wat_geteld(tekst: str) -> str:
    """The first thing in these words that can be counted, as a code; empty when there is none."""
    m = _NAAMWOORD.search(tekst)
    return NAAMWOORDEN[int(m.lastgroup[1:])][0] if m else ""


def wat_na(tekst: str, positie: int) -> str:
    """What is counted by a quantity that ends here: the thing within the next few words, before another clause begins."""
    stuk = tekst[positie : positie + 120]
    if grens := _GRENS.search(stuk):
        stuk = stuk[: grens.start()]
    m = _NAAMWOORD.search(stuk)
    if m is None or len(stuk[: m.start()].split()) > WOORDEN_ERTUSSEN:
        return ""
    return NAAMWOORDEN[int(m.lastgroup[1:])][0]


def past_bij(wat: str, maat: Maat, vraagteksten: dict[str, str]) -> bool:
    """Whether `wat` is what this maat counts. A plan may stand for its municipality where only those with a plan are counted."""
    match wat:
        case "gemeenten":
            return maat.eenheid == GEMEENTEN
        case "gesprekken":
            return maat.eenheid == GESPREKKEN
        case "regio's":
            return maat.eenheid in REGIOSOORTEN
        case "gevallen":
            return maat.eenheid != GESPREKKEN
        case "plannen":
            return maat.eenheid == GEMEENTEN and _telt_plannen(maat, vraagteksten)
    return True


def _telt_plannen(maat: Maat, vraagteksten: dict[str, str]) -> bool:
    """Whether each municipality that is counted has a plan: by what it is counted out of, or by the condition of the question."""
    ja = {t.code for t in maat.onder if not t.is_kenmerk and not t.niet and t.antwoorden == ("ja",)}
    codes = {t.code for t in maat.termen if not t.is_kenmerk}
    return any(
        "plan" in vraagteksten.get(code, "").casefold()
        for code in (*ja, *(f"{code}?" for code in codes if not (maat.onder or maat.noemer)))
    )


def groepsbezwaar(maat: Maat, woorden: str, zin: str) -> str:
    """What is wrong between the group that is counted and the one that these words, or their sentence, are about; or nothing."""
    rol = _waarde(maat, "rol")
    if _NIET_VOORTREKKER.search(woorden):
        genoemd = "niet-voortrekker"
    else:
        genoemd = "voortrekker" if _VOORTREKKER.search(woorden) else ""
    if genoemd and genoemd not in rol:
        geteld = f"alleen {rol[0]}s" if rol else "alle gemeenten"
        return f"De zin gaat over {genoemd}s, maar geteld zijn {geteld}."
    patroon = {"voortrekker": _VOORTREKKER, "niet-voortrekker": _NIET_VOORTREKKER}
    if len(rol) == 1 and not patroon[rol[0]].search(zin) and not _TERUG.search(woorden):
        return f"Geteld zijn alleen {rol[0]}s, en dat staat er niet bij."
    randstad = _waarde(maat, "randstad")
    if len(randstad) == 1 and randstad[0] in ("ja", "nee") and not _TERUG.search(woorden):
        binnen = randstad[0] == "ja"
        if not (_BINNEN_RANDSTAD if binnen else _BUITEN_RANDSTAD).search(zin):
            return f"Geteld zijn alleen gemeenten {'in' if binnen else 'buiten'} de Randstad, en dat staat er niet bij."
    return ""


def _waarde(maat: Maat, kenmerk: str) -> tuple[str, ...]:
    """Of which values of this characteristic are counted; empty when it makes no difference."""
    for term in (*maat.groep, *maat.onder, *maat.termen):
        if term.code == kenmerk and not term.niet:
            return tuple(w for w in term.antwoorden if w in ("voortrekker", "niet-voortrekker", "ja", "nee"))
    return ()
