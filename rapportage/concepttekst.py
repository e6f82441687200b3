"""The first draft of a report's narrative: numbers in, plain Dutch (Markdown) out. Pure, no Django.

A quantifier never stands without its "x van n". Sentences are built so that the number does not change the verb: "Bij … is",
"Het gaat om …". The draft is the analist's to rewrite; the figures in tables and charts do not depend on it.
"""

import re
from collections.abc import Sequence

from rapportage.formuleringen import AANLEIDING, FORMULERINGEN, ONDERZOCHT, Formulering
from rapportage.kwantoren import van, woord
from rapportage.opmaak import MAANDEN
from rapportage.tabellen import gemeenten, hoofdletter, opsomming
from rapportage.uitkomst import Normuitkomst, Onderdeeluitkomst, Optie, Steekproef, Telling, Uitkomsten, Vraaguitkomst

GEEN_LIDWOORD = ("de meeste", "vrijwel alle", "alle")
MEESTE_THEMAS = 4


def hoeveel(x: int, n: int, kring: str) -> str:
    """ "ongeveer de helft van de onderzochte gemeenten (6 van 13)", to follow "bij" or "voor"."""
    if n == 1:
        return f"{'de enige gemeente' if x else 'geen gemeente'} waarvan het antwoord bekend is ({van(x, n)})"
    kwantor = woord(x, n)
    return f"{kwantor} {kring} ({van(x, n)})" if kwantor in GEEN_LIDWOORD else f"{kwantor} van de {kring} ({van(x, n)})"


def letterlijk(tekst: str) -> str:
    """Text of others in our Markdown, without their signs becoming ours."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", " ".join(tekst.split()))


# --- One question -------------------------------------------------------------------------------------------------


def vraagzin(vraag: Vraaguitkomst, instrument: str, aantal: int) -> str:
    """The outcome of a closed question in one or two sentences, over all dossiers; empty when nobody answered.

    `aantal` is the number of dossiers in the round. For a yes-or-no question *ja* comes first, also when nobody says it;
    otherwise the answers come in order of size and those that nobody gave are left out.
    """
    telling, n = vraag.alle, vraag.alle.beantwoord
    if not n:
        return ""
    eerste, *overige = _volgorde(vraag)
    overige = [keuze for keuze in overige if telling.per_keuze[keuze.code]]
    vorm = _vorm(vraag, instrument)
    kring = vorm.kring
    if kring == ONDERZOCHT and n < aantal:
        kring = "gemeenten waarvan het antwoord bekend is"
    delen = [f"Bij {hoeveel(telling.per_keuze[eerste.code], n, kring)} {_clausule(vorm, vraag, eerste)}"]
    for keuze in overige:
        x = telling.per_keuze[keuze.code]
        rest = keuze is overige[-1] and x < n
        wie = ("de overige gemeente" if x == 1 else "de overige") if rest else woord(x, n)
        delen.append(f"bij {wie} ({van(x, n)}) {vorm.zinnen[keuze.code]}")
    return "; ".join(delen) + "."


def _volgorde(vraag: Vraaguitkomst) -> list[Optie]:
    if vraag.keuzes[0].code == "ja":
        return list(vraag.keuzes)
    return sorted(vraag.keuzes, key=lambda keuze: -vraag.alle.per_keuze[keuze.code])


def _vorm(vraag: Vraaguitkomst, instrument: str) -> Formulering:
    """How this question reads as a statement; when nobody has phrased it, by the names of its answers."""
    vorm = FORMULERINGEN.get(instrument, {}).get(vraag.code)
    if vorm and all(keuze.code in vorm.zinnen for keuze in vraag.keuzes):
        return vorm
    kring = "gemeenten waaraan dit is gevraagd" if vraag.voorwaarde else ONDERZOCHT
    return Formulering({keuze.code: f"is het '{letterlijk(keuze.naam)}'" for keuze in vraag.keuzes}, kring, eigen=False)


def _clausule(vorm: Formulering, vraag: Vraaguitkomst, keuze: Optie) -> str:
    if vorm.eigen:
        return vorm.zinnen[keuze.code]
    return f"is het antwoord '{letterlijk(keuze.naam)}' op de vraag \"{letterlijk(vraag.tekst)}\""


def groepszin(vraag: Vraaguitkomst) -> str:
    """How the first answer divides over the groups; empty when there is nothing to tell apart."""
    eerste = _volgorde(vraag)[0].code
    groepen = [t for t in vraag.tellingen[:-1] if t.beantwoord]
    if len(groepen) < 2 or vraag.alle.per_keuze[eerste] in (0, vraag.alle.beantwoord):
        return ""
    delen = [f"{van(t.per_keuze[eerste], t.beantwoord)} {t.groep.na(t.beantwoord)}" for t in groepen]
    return f"Het gaat om {opsomming(delen)}."


def restzin(telling: Telling) -> str:
    """Who did not say anything on the matter; empty when all did."""
    delen = []
    if telling.weet_niet:
        delen.append(f"van {gemeenten(telling.weet_niet)} is het antwoord niet bekend")
    if telling.nvt:
        delen.append(f"bij {gemeenten(telling.nvt)} is de vraag niet van toepassing")
    if telling.niet_vastgesteld:
        delen.append(f"bij {gemeenten(telling.niet_vastgesteld)} is de bevinding nog niet vastgesteld")
    zin = opsomming(delen)
    return f"{zin[0].upper()}{zin[1:]}." if zin else ""


def openzin(vraag: Vraaguitkomst) -> str:
    """An open question with its themes."""
    n = vraag.alle.beantwoord
    themas = [(thema.naam, thema.aantallen[-1]) for thema in vraag.themas if thema.aantallen[-1]][:MEESTE_THEMAS]
    if not themas:
        return ""
    genoemd = opsomming([f"'{letterlijk(naam)}' ({van(x, n)})" for naam, x in themas])
    tekst = letterlijk(los(vraag.tekst))
    return f'{"Op de vraag" if tekst.endswith("?") else "Bij"} "{tekst}" noemen gemeenten het vaakst: {genoemd}.'


def los(tekst: str) -> str:
    """The text of a follow-up as it reads by itself, without its "Zo ja" or "Zo nee"."""
    return hoofdletter(re.sub(r"^Zo (ja|nee)[,:] *", "", tekst))


# --- Norms --------------------------------------------------------------------------------------------------------


def normalinea(normen: Sequence[Normuitkomst]) -> str:
    """Which norms are met most and least often, and how much rests on words alone."""
    beoordeeld = [norm for norm in normen if norm.alle.beoordeeld]
    if not beoordeeld:
        return ""
    volgorde = sorted(beoordeeld, key=lambda norm: -norm.alle.per_oordeel["voldoet"] / norm.alle.beoordeeld)
    meest, minst = volgorde[0], volgorde[-1]
    if meest.alle.per_oordeel["voldoet"] == 0:
        zin = f"Aan geen van de aandachtspunten in dit onderdeel ({len(beoordeeld)}) voldoet een gemeente geheel."
    elif _score(meest) == _score(minst):
        zin = f"Aan elk van de aandachtspunten in dit onderdeel ({len(beoordeeld)}) voldoet hetzelfde aantal: {_score(meest)}."
    else:
        zin = (
            f"Van de aandachtspunten in dit onderdeel wordt aan '{letterlijk(meest.kort)}' het vaakst voldaan ({_score(meest)}) "
            f"en aan '{letterlijk(minst.kort)}' het minst vaak ({_score(minst)})."
        )
    verklaard = sum(norm.alle.alleen_verklaard for norm in beoordeeld)
    if verklaard:
        keer = "één oordeel" if verklaard == 1 else f"{verklaard} oordelen"
        zin += f" Bij {keer} 'voldoet deels' ontbreekt het stuk dat de norm zelf vraagt en is er alleen een verklaring."
    return zin


def _score(norm: Normuitkomst) -> str:
    return van(norm.alle.per_oordeel["voldoet"], norm.alle.beoordeeld)


# --- Passages -----------------------------------------------------------------------------------------------------


def aanleiding(uitkomsten: Uitkomsten) -> str:
    eigen = AANLEIDING.get(uitkomsten.instrument)
    if eigen:
        return eigen.replace("{ronde}", uitkomsten.ronde)
    return (
        f"Dit rapport doet verslag van {uitkomsten.ronde}. De inspectie heeft in {gemeenten(uitkomsten.aantal)} dezelfde "
        "vragen gesteld en de antwoorden aan dezelfde aandachtspunten getoetst."
    )


def aanpak(uitkomsten: Uitkomsten, steekproef: Steekproef) -> str:
    """How the sample was made up and how answers became findings."""
    delen = [f"{n} {groep.na(n)}" for groep, n in uitkomsten.per_groep[:-1]]
    zin = f"Het onderzoek omvat {gemeenten(steekproef.aantal)}"
    alineas = [
        "De inspectie heeft aandachtspunten opgesteld (bijlage 1) en daarvan een vragenlijst afgeleid (bijlage 2).",
        zin + (f": {opsomming(delen)}." if delen else "."),
    ]
    if steekproef.interviews:
        domeinen = len(steekproef.gesprekken)
        gehouden = "is 1 interview" if steekproef.interviews == 1 else f"zijn {steekproef.interviews} interviews"
        met = steekproef.gesprekken[0].domein if domeinen == 1 else f"actoren uit {domeinen} domeinen"
        alineas.append(f"{periode(steekproef)} {gehouden} gehouden met {met}.")
    werkwijze = (
        "Per vraag zijn de antwoorden van de actoren naast elkaar gelegd. Zijn zij gelijk, of is er één bron, dan is dat de "
        "bevinding; bij tegenspraak heeft de inspecteur gekozen en dat gemotiveerd. Waar een aandachtspunt zelf een stuk "
        "vraagt, is het oordeel zonder dat stuk ten hoogste 'voldoet deels'."
    )
    eenheid = (
        "Een aantal is steeds een aantal gemeenten, tenzij er iets anders bij staat; percentages zijn van de gemeenten met "
        "een inhoudelijk antwoord. Wat een hoeveelheidswoord betekent, staat in de laatste tabel van deze paragraaf."
    )
    return "\n\n".join([" ".join(alineas), werkwijze, eenheid])


def periode(steekproef: Steekproef) -> str:
    """ "In de periode februari tot en met april 2008", of the interviews held."""
    eerste, laatste = steekproef.eerste, steekproef.laatste
    maanden = MAANDEN.split("|")
    van_, tot = maanden[eerste.month - 1], maanden[laatste.month - 1]
    if (eerste.year, eerste.month) == (laatste.year, laatste.month):
        return f"In {tot} {laatste.year}"
    jaar = f" {eerste.year}" if eerste.year != laatste.year else ""
    return f"In de periode {van_}{jaar} tot en met {tot} {laatste.year}"


def bevindingen(onderdeel: Onderdeeluitkomst, uitkomsten: Uitkomsten) -> str:
    """A paragraph per closed question with its follow-ups, one on the open questions, one on the norms."""
    alineas: dict[str, list[str]] = {}
    for vraag in onderdeel.vragen:
        zinnen = alineas.setdefault(vraag.hoofdvraag or vraag.code, [])
        if not vraag.is_gesloten:
            zinnen.append(openzin(vraag))
        elif vraag.alle.beantwoord:
            zinnen += [vraagzin(vraag, uitkomsten.instrument, uitkomsten.aantal), groepszin(vraag), restzin(vraag.alle)]
    teksten = [" ".join(filter(None, zinnen)) for zinnen in alineas.values()]
    zonder_thema = [
        vraag
        for vraag in onderdeel.vragen
        if not (vraag.is_gesloten or vraag.hoofdvraag or openzin(vraag)) and vraag.alle.beantwoord
    ]
    if zonder_thema:
        regels = [
            f"- {letterlijk(vraag.tekst)} ({van(vraag.alle.beantwoord, vraag.alle.gevraagd)})" for vraag in zonder_thema
        ]
        teksten.append(
            "Bij de vragen zonder vaste antwoorden staat tussen haakjes hoeveel gemeenten antwoord gaven:\n\n"
            + "\n".join(regels)
        )
    teksten.append(normalinea(onderdeel.normen))
    return "\n\n".join(filter(None, teksten)) or "Voor dit onderdeel zijn nog geen bevindingen vastgesteld."


def conclusies(onderdeel: Onderdeeluitkomst, uitkomsten: Uitkomsten) -> str:
    """The main closed questions again, without the groups, and the norms."""
    zinnen = [
        f"{vraagzin(vraag, uitkomsten.instrument, uitkomsten.aantal)} {restzin(vraag.alle)}".rstrip()
        for vraag in onderdeel.vragen
        if vraag.is_gesloten and not vraag.hoofdvraag and vraag.alle.beantwoord
    ]
    teksten = ["De inspectie stelt het volgende vast.\n\n" + "\n".join(f"- {zin}" for zin in zinnen)] if zinnen else []
    teksten.append(normalinea(onderdeel.normen))
    return "\n\n".join(filter(None, teksten)) or "Over dit onderdeel zijn nog geen conclusies te trekken."


def vervolg(uitkomsten: Uitkomsten) -> str:
    return (
        "Bij een volgende meting legt de inspectie dezelfde vragen opnieuw voor. Zij gaat dan na wat er van voornemens is geworden: "
        "of intenties zijn omgezet in afspraken, of partijen die gezamenlijk dragen, en of de uitvoering op gang is gekomen."
    )
