"""The first draft of a report's narrative: numbers in, plain Dutch (Markdown) out. Pure, no Django.

A quantifier never stands without its "x van n". Sentences are built so that the number does not change the verb: "Bij … is",
"Het gaat om …". The draft is the analist's to rewrite; the figures in tables and charts do not depend on it.
"""

from collections.abc import Sequence

from rapportage.formuleringen import (
    AANLEIDING,
    EERSTE_METING,
    FORMULERINGEN,
    GEVRAAGD,
    ONDERZOCHT,
    VOLGENDE_METING,
    Formulering,
    Kring,
)
from rapportage.kwantoren import BANDEN, Band, van, woord
from rapportage.normtekst import normalinea
from rapportage.onderdrukking import DREMPEL
from rapportage.opmaak import MAANDEN
from rapportage.tabellen import gemeenten, kleine_letter, opsomming
from rapportage.thematekst import letterlijk, themazin
from rapportage.uitkomst import Onderdeeluitkomst, Optie, Steekproef, Telling, Uitkomsten, Vraaguitkomst
from rapportage.uitspraken.binden import bind
from rapportage.uitspraken.maat import BEANTWOORD, GESPREKKEN

GEEN_LIDWOORD = ("de meeste", "vrijwel alle", "alle")


def hoeveel(x: int, n: int, kring: Kring, banden: Sequence[Band] = BANDEN) -> str:
    """ "ongeveer de helft van de onderzochte gemeenten (6 van 13)", to follow "bij" or "voor"."""
    if n == 1:
        return f"{'de enige' if x else 'geen enkele'} {kring.enkelvoud} ({van(x, n)})"
    kwantor = woord(x, n, banden)
    if x == 1:
        return f"{kwantor} {kring.enkelvoud} ({van(x, n)})"
    tussen = "" if kwantor in GEEN_LIDWOORD else "van de "
    return f"{kwantor} {tussen}{kring.meervoud} ({van(x, n)})"


def hoeveel_daarvan(x: int, n: int, banden: Sequence[Band] = BANDEN) -> str:
    """The same of the n municipalities that the sentence before was about."""
    if n == 1:
        return f"{'die gemeente' if x else 'geen enkele gemeente'} ({van(x, n)})"
    kwantor = woord(x, n, banden)
    if x == 1:
        return f"{kwantor} gemeente ({van(x, n)})"
    if kwantor in ("alle", "vrijwel alle"):
        return f"{kwantor[:-2]} die gemeenten ({van(x, n)})"  # "al die", "vrijwel al die"
    return f"{kwantor} daarvan ({van(x, n)})"


# --- One question -------------------------------------------------------------------------------------------------


def vraagzin(vraag: Vraaguitkomst, instrument: str, banden: Sequence[Band] = BANDEN) -> str:
    """The outcome of a closed question in one or two sentences, over all dossiers; empty when nobody answered.

    When some of the municipalities asked did not answer, a first sentence says so, and the second is about those that did: so
    the same words never stand for two denominators. For a yes-or-no question *ja* comes first, also when nobody says it;
    otherwise the answers come in order of size and those that nobody gave are left out.
    """
    telling, n = vraag.alle, vraag.alle.beantwoord
    if not n:
        return ""
    vorm = _vorm(vraag, instrument)
    eerste, *overige = _te_noemen(vraag)
    x = telling.per_keuze[eerste.code]
    vooraf = bekendzin(telling, vorm.kring, vraag.code)
    wie = hoeveel_daarvan(x, n, banden) if vooraf else hoeveel(x, n, vorm.kring, banden)
    delen = [f"Bij {bind(wie, vraag.code, eerste.code)} {_clausule(vorm, vraag, eerste)}"]
    for keuze in overige:
        x = telling.per_keuze[keuze.code]
        rest = keuze is overige[-1] and x < n
        wie = "één gemeente" if x == 1 else "de overige" if rest else woord(x, n, banden)
        delen.append(f"bij {bind(f'{wie} ({van(x, n)})', vraag.code, keuze.code)} {vorm.zinnen[keuze.code]}")
    return " ".join(filter(None, [vooraf, "; ".join(delen) + "."]))


def _te_noemen(vraag: Vraaguitkomst) -> list[Optie]:
    """The answers of which something is to be told, in order."""
    aantal, n = vraag.alle.per_keuze, vraag.alle.beantwoord
    volgorde = _volgorde(vraag)
    gegeven = [keuze for keuze in volgorde if aantal[keuze.code]]
    if n == 1 or aantal[volgorde[0].code]:
        return gegeven
    # That nobody says yes is told by itself; that all then say no needs no saying.
    return volgorde[:1] if [keuze.code for keuze in gegeven] == ["nee"] else [volgorde[0], *gegeven]


def _volgorde(vraag: Vraaguitkomst) -> list[Optie]:
    if vraag.keuzes[0].code == "ja":
        return list(vraag.keuzes)
    return sorted(vraag.keuzes, key=lambda keuze: -vraag.alle.per_keuze[keuze.code])


def _vorm(vraag: Vraaguitkomst, instrument: str) -> Formulering:
    """How this question reads as a statement; when nobody has phrased it, by the names of its answers."""
    vorm = FORMULERINGEN.get(instrument, {}).get(vraag.code)
    if vorm and all(keuze.code in vorm.zinnen for keuze in vraag.keuzes):
        return vorm
    kring = GEVRAAGD if vraag.voorwaarde else ONDERZOCHT
    return Formulering({keuze.code: f"is het '{letterlijk(keuze.naam)}'" for keuze in vraag.keuzes}, kring, eigen=False)


def _clausule(vorm: Formulering, vraag: Vraaguitkomst, keuze: Optie) -> str:
    if vorm.eigen:
        return vorm.zinnen[keuze.code]
    return f"is het antwoord '{letterlijk(keuze.naam)}' op de vraag \"{letterlijk(vraag.tekst)}\""


def bekendzin(telling: Telling, kring: Kring, code: str) -> str:
    """Of how many of those asked there is an answer, and what is the matter with the others; empty when all answered.

    When there is one reason, it is in what is said of those that did; several are given one by one.
    """
    n = telling.beantwoord
    if n == telling.gevraagd:
        return ""
    redenen = [
        (telling.weet_niet, "weet_niet", "is het antwoord bij {} bekend", "bij {} weet men het niet"),
        (telling.nvt, "nvt", "is de vraag bij {} van toepassing", "bij {} is de vraag niet van toepassing"),
        (
            telling.niet_vastgelegd,
            "niet_vastgelegd",
            "is bij {} een bevinding vastgelegd",
            "bij {} is nog geen bevinding vastgelegd",
        ),
    ]
    redenen = [reden for reden in redenen if reden[0]]
    wie = f"Van de {telling.gevraagd} {kring.na(telling.gevraagd)}"
    bekend = bind(str(n), code, BEANTWOORD, van="gevraagd")
    if len(redenen) == 1:
        return f"{wie} {redenen[0][2].format(bekend)}."
    rest = [zin.format(bind(str(aantal), code, antwoord, van="gevraagd")) for aantal, antwoord, _, zin in redenen]
    return f"{wie} is het antwoord bij {bekend} bekend; {opsomming(rest)}."


def groepszin(vraag: Vraaguitkomst, indeling: str = "rol") -> str:
    """How the first answer divides over the groups; empty when there is nothing to tell apart."""
    eerste = _volgorde(vraag)[0].code
    groepen = [t for t in vraag.tellingen[:-1] if t.beantwoord]
    if len(groepen) < 2 or vraag.alle.per_keuze[eerste] in (0, vraag.alle.beantwoord):
        return ""
    # Who is left out comes last, so that the sentence begins with whom it is about.
    groepen.sort(key=lambda t: t.beantwoord == 1 and not t.per_keuze[eerste])
    deel = bool(vraag.voorwaarde) or vraag.alle.beantwoord < vraag.alle.gevraagd
    kop = "Onder deze gemeenten gaat het om" if deel else "Het gaat om"
    delen = [
        bind(_van_de_groep(t, t.per_keuze[eerste]), vraag.code, eerste, groep=f"{indeling}={t.groep.code}")
        for t in groepen
    ]
    return f"{kop} {opsomming(delen)}."


def _van_de_groep(telling: Telling, x: int) -> str:
    n, groep = telling.beantwoord, telling.groep.na(telling.beantwoord)
    if n == 1:
        return f"{'de' if x else 'niet om de'} enige {groep} ({van(x, n)})"
    if x == n:
        return f"alle {n} {groep}"
    return f"{x or 'geen'} van de {n} {groep}"


# --- Passages -----------------------------------------------------------------------------------------------------


def aanleiding(uitkomsten: Uitkomsten) -> str:
    eigen = AANLEIDING.get(uitkomsten.instrument)
    if eigen:
        meting = VOLGENDE_METING if uitkomsten.vorige else EERSTE_METING
        return eigen.replace("{meting}", meting.format(ronde=uitkomsten.ronde, vorige=kleine_letter(uitkomsten.vorige)))
    return (
        f"Dit rapport doet verslag van {uitkomsten.ronde}. De inspectie heeft in {bind(gemeenten(uitkomsten.aantal))} dezelfde "
        "vragen gesteld en de antwoorden aan dezelfde aandachtspunten getoetst."
    )


def aanpak(uitkomsten: Uitkomsten, steekproef: Steekproef) -> str:
    """How the sample was made up and how answers became findings."""
    indeling = uitkomsten.indeling.code
    delen = [bind(f"{n} {groep.na(n)}", indeling, groep.code) for groep, n in uitkomsten.per_groep[:-1]]
    zin = f"Het onderzoek omvat {bind(gemeenten(steekproef.aantal))}"
    alineas = [
        "De inspectie heeft aandachtspunten opgesteld (bijlage 1) en daarvan een vragenlijst afgeleid (bijlage 2).",
        zin + (f": {opsomming(delen)}." if delen else "."),
    ]
    if steekproef.interviews:
        domeinen = len(steekproef.gesprekken)
        aantal = "1 interview" if steekproef.interviews == 1 else f"{steekproef.interviews} interviews"
        gehouden = f"{_zijn(steekproef.interviews)} {bind(aantal, eenheid=GESPREKKEN)}"
        met = steekproef.gesprekken[0].domein if domeinen == 1 else f"actoren uit {domeinen} domeinen"
        deel = bind(f"{uitkomsten.bezocht} van de {uitkomsten.in_ronde} gemeenten", "gesproken", BEANTWOORD)
        waar = f", in {deel}" if _onvolledig(uitkomsten) else ""
        alineas.append(f"{periode(steekproef)} {gehouden} gehouden met {met}{waar}.")
    werkwijze = (
        "Per vraag zijn de antwoorden van de actoren naast elkaar gelegd. Zijn zij gelijk, of is er één bron, dan is dat de "
        "bevinding; bij tegenspraak heeft de inspecteur gekozen en dat gemotiveerd. Waar een aandachtspunt zelf een stuk "
        "vraagt, is het oordeel zonder dat stuk ten hoogste 'voldoet deels'."
    )
    eenheid = (
        "Geteld worden steeds gemeenten, tenzij er iets anders bij staat. Percentages zijn van de gemeenten met een "
        "inhoudelijk antwoord of oordeel; 'weet niet', 'niet van toepassing' en 'niet te beoordelen' tellen daarin niet mee. "
        "Wat een hoeveelheidswoord betekent, staat in de laatste tabel van deze paragraaf."
    )
    return "\n\n".join([" ".join(alineas), werkwijze, eenheid])


def _onvolledig(uitkomsten: Uitkomsten) -> bool:
    return 0 < uitkomsten.bezocht < uitkomsten.in_ronde


def periode(steekproef: Steekproef) -> str:
    """ "In de periode februari tot en met april 2008", of the interviews held."""
    eerste, laatste = steekproef.eerste, steekproef.laatste
    maanden = MAANDEN.split("|")
    van_, tot = maanden[eerste.month - 1], maanden[laatste.month - 1]
    if (eerste.year, eerste.month) == (laatste.year, laatste.month):
        return f"In {tot} {laatste.year}"
    jaar = f" {eerste.year}" if eerste.year != laatste.year else ""
    return f"In de periode {van_}{jaar} tot en met {tot} {laatste.year}"


def tussenstand(uitkomsten: Uitkomsten) -> str:
    """How far a round is that is not closed, of this moment; empty when it is."""
    if uitkomsten.gesloten:
        return ""
    return f"tussenstand: {uitkomsten.vastgesteld} van de {uitkomsten.in_ronde} dossiers vastgesteld"


def tussenstandalinea(uitkomsten: Uitkomsten) -> str:
    """The same in full, for the account of the approach."""
    if uitkomsten.gesloten:
        return ""
    n = uitkomsten.in_ronde
    tekst = (
        f"Dit rapport is een **tussenstand**. Van de {n} dossiers {_zijn(uitkomsten.vastgesteld)} er "
        f"{uitkomsten.vastgesteld} vastgesteld; interviews zijn gehouden in {uitkomsten.bezocht} van de {n} gemeenten."
    )
    if uitkomsten.alleen_vastgesteld:
        return tekst + " Alleen de vastgestelde dossiers zijn geteld."
    return tekst + (
        " Uit de dossiers waaraan nog wordt gewerkt, telt mee wat is vastgelegd. Die bevindingen en oordelen zijn nog niet "
        "getoetst, dus de aantallen kunnen veranderen."
    )


def _zijn(n: int) -> str:
    return "is" if n == 1 else "zijn"


def bevindingen(onderdeel: Onderdeeluitkomst, uitkomsten: Uitkomsten) -> str:
    """A paragraph per closed question with its follow-ups, one on the open questions, one on the norms.

    What public uitkomsten leave out (`onderdrukking.openbaar`) is not told.
    """
    alineas: dict[str, list[str]] = {}
    for vraag in onderdeel.vragen:
        zinnen = alineas.setdefault(vraag.hoofdvraag or vraag.code, [])
        if vraag.alle.verborgen:
            continue
        if vraag.is_gesloten and vraag.alle.beantwoord:
            zinnen.append(vraagzin(vraag, uitkomsten.instrument, uitkomsten.banden))
            if not vraag.alleen_totaal:
                zinnen.append(groepszin(vraag, uitkomsten.indeling.code))
        zinnen.append(themazin(vraag))
    teksten = [" ".join(filter(None, zinnen)) for zinnen in alineas.values()]
    zonder_thema = [
        vraag
        for vraag in onderdeel.vragen
        if not (vraag.is_gesloten or vraag.hoofdvraag or vraag.gevonden_themas or vraag.alle.verborgen)
        and vraag.alle.beantwoord
    ]
    if zonder_thema:
        regels = [
            f"- {letterlijk(vraag.tekst)} ({bind(van(vraag.alle.beantwoord, vraag.alle.gevraagd), vraag.code, BEANTWOORD)})"
            for vraag in zonder_thema
        ]
        kop = "Bij de volgende open vraag" if len(regels) == 1 else "Bij de volgende open vragen"
        teksten.append(f"{kop} staat tussen haakjes hoeveel gemeenten antwoord gaven:\n\n" + "\n".join(regels))
    teksten.append(normalinea(onderdeel.normen))
    return "\n\n".join(filter(None, teksten)) or _niets(
        onderdeel, "Voor dit onderdeel zijn nog geen bevindingen vastgelegd."
    )


def _niets(onderdeel: Onderdeeluitkomst, leeg: str) -> str:
    """Why there is nothing to tell: so few answered that it is not published, or nobody did."""
    if any(telt.alle.verborgen for telt in (*onderdeel.vragen, *onderdeel.normen)):
        return f"Wat hier is gevonden, gaat over minder dan {DREMPEL} gemeenten en staat daarom niet in dit rapport."
    return leeg


def conclusies(onderdeel: Onderdeeluitkomst, uitkomsten: Uitkomsten) -> str:
    """The main closed questions again, without the groups, and the norms."""
    zinnen = [
        vraagzin(vraag, uitkomsten.instrument, uitkomsten.banden)
        for vraag in onderdeel.vragen
        if vraag.is_gesloten and not vraag.hoofdvraag and vraag.alle.beantwoord and not vraag.alle.verborgen
    ]
    teksten = (
        ["De inspectie komt tot de volgende conclusies.\n\n" + "\n".join(f"- {zin}" for zin in zinnen)]
        if zinnen
        else []
    )
    teksten.append(normalinea(onderdeel.normen))
    return "\n\n".join(filter(None, teksten)) or _niets(
        onderdeel, "Over dit onderdeel zijn nog geen conclusies te trekken."
    )


def vervolg(uitkomsten: Uitkomsten) -> str:
    return (
        "Bij een volgende meting legt de inspectie dezelfde vragen opnieuw voor. Zij gaat dan na wat er van voornemens is geworden: "
        "of intenties zijn omgezet in afspraken, of partijen die gezamenlijk dragen, en of de uitvoering op gang is gekomen."
    )
