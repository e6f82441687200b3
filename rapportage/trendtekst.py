"""What a comparison of two rounds says in words: its kring, its footnotes, and the draft of the paragraph. Pure, no Django.

The public report names no municipality (design 4.10): for it footnotes are counted, on the screen they are named.
"""

from collections.abc import Callable, Collection, Sequence

from rapportage.formuleringen import FORMULERINGEN
from rapportage.kwantoren import van
from rapportage.onderdrukking import klein
from rapportage.tabellen import gemeenten, hoofdletter, kleine_letter, opsomming
from rapportage.thematekst import letterlijk
from rapportage.trend import GEHERFORMULEERD, LOTGEVALLEN, Lottelling, Nootsoort, Ontwikkeling, Trendregel
from rapportage.uitkomst import Optie
from rapportage.uitspraken.maat import Maat, Term

MET_NAAM: dict[Nootsoort, str] = {
    Nootsoort.SAMENGEVOEGD: "{wie} van nu is vergeleken met {andere} van toen; waar die van elkaar verschilden, telt de gemeente niet mee.",
    Nootsoort.OPGEVOLGD: "{wie} is vergeleken met haar voorganger {andere}.",
    Nootsoort.DEELS_ONDERZOCHT: "Van wat nu {wie} is, hoorde {andere} toen niet bij de ronde.",
    Nootsoort.GESPLITST: "{wie} is opgesplitst over {andere}; haar antwoorden gaan mee naar de aangewezen opvolger.",
    Nootsoort.ZONDER_OPVOLGER: "{wie} is opgeheven zonder aangewezen opvolger en telt niet mee.",
    Nootsoort.GEGROEID: "Bij {wie} is na de eerdere ronde {andere} gevoegd; vergeleken is met de gemeente zoals zij toen was.",
    Nootsoort.GRENS: "{wie} heeft na de eerdere ronde een deel van haar gebied afgestaan aan {andere}.",
}
GETELD: dict[Nootsoort, str] = {
    Nootsoort.SAMENGEVOEGD: "{n} samengesteld uit gemeenten die toen apart zijn onderzocht; waar die van elkaar verschilden, telt de "
    "uitkomst niet mee.",
    Nootsoort.OPGEVOLGD: "{n} vergeleken met een voorganger.",
    Nootsoort.DEELS_ONDERZOCHT: "{n} toen maar voor een deel van het huidige gebied onderzocht.",
    Nootsoort.GESPLITST: "{n} opgesplitst; de antwoorden gaan mee naar de aangewezen opvolger.",
    Nootsoort.ZONDER_OPVOLGER: "{n} opgeheven zonder aangewezen opvolger.",
    Nootsoort.GEGROEID: "{n} na de eerdere ronde met een andere gemeente uitgebreid.",
    Nootsoort.GRENS: "{n} na de eerdere ronde van grens veranderd.",
}


def rondenamen(ontwikkeling: Ontwikkeling) -> tuple[str, str]:
    """The two rounds as short as they can be: without the words that they share at the beginning."""
    toen, nu = ontwikkeling.toen.naam.split(), ontwikkeling.nu.naam.split()
    while len(toen) > 1 and len(nu) > 1 and toen[0] == nu[0]:
        toen, nu = toen[1:], nu[1:]
    return " ".join(toen), " ".join(nu)


def kring(ontwikkeling: Ontwikkeling) -> str:
    """Over whom the comparison is, in a sentence or two."""
    toen, nu = kleine_letter(ontwikkeling.toen.naam), kleine_letter(ontwikkeling.nu.naam)
    n = ontwikkeling.aantal
    if not n:
        return f"Geen enkele gemeente is in {toen} en in {nu} onderzocht."
    zin = f"Vergeleken: {gemeenten(n)} met een dossier in {toen} en in {nu}."
    if ontwikkeling.naar_nu:
        zin = f"Vergeleken: {gemeenten(n)} van de indeling van nu, met een dossier in {toen} en in {nu}."
    los = [
        f"{gemeenten(len(dossiers))} alleen in {wanneer}"
        for dossiers, wanneer in ((ontwikkeling.koppeling.verdwenen, toen), (ontwikkeling.koppeling.nieuw, nu))
        if dossiers
    ]
    return zin + (f" Buiten de vergelijking: {opsomming(los)}." if los else "")


def noten_met_namen(ontwikkeling: Ontwikkeling) -> list[str]:
    """The footnotes for the analist's own pages."""
    namen = ontwikkeling.namen
    return [
        hoofdletter(
            MET_NAAM[noot.soort].format(wie=namen[noot.gemeente], andere=opsomming([namen[g] for g in noot.andere]))
        )
        for noot in ontwikkeling.noten
    ]


def noten_geteld(ontwikkeling: Ontwikkeling) -> list[str]:
    """The footnotes for the report, without a name."""
    aantallen = {soort: sum(noot.soort == soort for noot in ontwikkeling.noten) for soort in Nootsoort}
    return [
        GETELD[soort].format(n=f"{hoofdletter(gemeenten(n))} {'is' if n == 1 else 'zijn'}")
        for soort, n in aantallen.items()
        if n
    ]


def noot_bij_regel(regel: Trendregel, toen: str) -> str:
    """What must be known of one question: over how many the figures are, who is left out, and whether it was the same question."""
    alle = regel.alle
    wat = "oordeel" if regel.is_norm else "inhoudelijk antwoord"
    delen = [f"Met een {wat} in beide rondes: {van(alle.beide, alle.totaal + alle.uitgesloten)} vergeleken gemeenten."]
    if alle.uitgesloten:
        delen.append(
            f"Bij {gemeenten(alle.uitgesloten)} verschilden de voorgangers van elkaar; die tellen niet mee in de aantallen."
        )
    if regel.vergelijkbaarheid == GEHERFORMULEERD:
        wat = "Het aandachtspunt" if regel.is_norm else "De vraag"
        delen.append(f"{wat} is sinds {kleine_letter(toen)} anders geformuleerd.")
    return " ".join(delen)


# --- The draft ----------------------------------------------------------------------------------------------------


def concept(ontwikkeling: Ontwikkeling, lot: Lottelling, weg: Collection[str]) -> str:
    """The paragraph on the development since the round before, in Markdown, without a name or a figure that gives one away:
    without the questions and norms in `weg` (`onderdrukking.niet_te_vergelijken`)."""
    toen = kleine_letter(rondenamen(ontwikkeling)[0])
    if not ontwikkeling.aantal:
        return (
            f"{hoofdletter(kring(ontwikkeling))} De uitkomsten van beide rondes zijn daarom niet met elkaar vergeleken."
        )
    openbaar = [r for r in ontwikkeling.regels if r.vergelijkbaar and r.code not in weg]
    alineas = [
        f"{kring(ontwikkeling)} De cijfers gaan steeds over die gemeenten met een antwoord of oordeel in beide rondes.",
        *_vraagzinnen(openbaar, ontwikkeling.nu.instrument, toen),
        _normzin([regel for regel in openbaar if regel.is_norm]),
        "" if klein(lot.gemeenten) else lotzin(lot, toen),
        " ".join(noten_geteld(ontwikkeling)),
    ]
    return "\n\n".join(filter(None, alineas))


def _vraagzinnen(regels: Sequence[Trendregel], instrument: str, toen: str) -> list[str]:
    vragen = [r for r in regels if not r.is_norm and r.heeft_richting and r.alle.beide]
    gewijzigd = [r for r in vragen if r.alle.toen(r.voorop.code) != r.alle.nu(r.voorop.code)]
    zinnen = [_vraagzin(regel, instrument, toen) for regel in gewijzigd]
    lijst = "\n".join(f"- {zin}" for zin in zinnen)
    gelijk = len(vragen) - len(gewijzigd)
    slot = f"Bij {_vragen(gelijk)} is het aantal gemeenten gelijk gebleven." if gelijk else ""
    kop = f"Ten opzichte van {toen} is het volgende veranderd." if zinnen else ""
    return [kop + "\n\n" + lijst if zinnen else "", slot]


def _vragen(n: int) -> str:
    return f"{n} vraag" if n == 1 else f"{n} vragen"


def _vraagzin(regel: Trendregel, instrument: str, toen: str) -> str:
    alle, voorop = regel.alle, regel.voorop
    x, was, n = alle.nu(voorop.code), alle.toen(voorop.code), alle.beide
    wie = f"{x} van de {gemeenten(n)}" if n > 1 else "de ene gemeente" if x else "geen gemeente"
    if not regel.buiten[1]:
        # All who answered now are compared, so this is the count of the round itself and can be bound to it.
        wie = f"[{wie}]{{{Maat((Term(regel.code, (voorop.code,)),))}}}"
    zin = f"Bij {wie} {_clausule(regel, voorop, instrument)}; in {toen} was dat bij {was or 'geen'}."
    stappen = [f"{_gingen(alle.vooruit)} vooruit"] * bool(alle.vooruit) + [f"{_gingen(alle.terug)} terug"] * bool(
        alle.terug
    )
    return f"{zin} {hoofdletter(opsomming(stappen))}." if stappen else zin


def _gingen(n: int) -> str:
    return f"{gemeenten(n)} {'ging' if n == 1 else 'gingen'}"


def _clausule(regel: Trendregel, optie: Optie, instrument: str) -> str:
    vorm = FORMULERINGEN.get(instrument, {}).get(regel.code)
    if vorm and optie.code in vorm.zinnen:
        return vorm.zinnen[optie.code]
    return f"is het antwoord '{letterlijk(optie.naam)}' op de vraag \"{letterlijk(regel.tekst)}\""


def _normzin(normen: Sequence[Trendregel]) -> str:
    beoordeeld = [norm for norm in normen if norm.alle.beide]
    if not beoordeeld:
        return ""

    def noem(kop: str, welke: Callable[[Trendregel], bool]) -> str:
        gevonden = [norm for norm in beoordeeld if welke(norm)]
        namen = opsomming(
            [
                f"{kleine_letter(norm.kort)} ({norm.code}, {norm.alle.toen('voldoet')} → {norm.alle.nu('voldoet')} van {norm.alle.beide})"
                for norm in gevonden
            ]
        )
        return f"{kop}: {namen}." if gevonden else ""

    delen = [
        f"Van de aandachtspunten {'is' if len(beoordeeld) == 1 else 'zijn'} er {len(beoordeeld)} in beide rondes beoordeeld.",
        noem("Meer gemeenten voldoen nu aan", lambda norm: norm.alle.nu("voldoet") > norm.alle.toen("voldoet")),
        noem("Minder gemeenten voldoen nu aan", lambda norm: norm.alle.nu("voldoet") < norm.alle.toen("voldoet")),
    ]
    return " ".join(filter(None, delen))


def lotzin(lot: Lottelling, toen: str) -> str:
    """What became of the intentions of the round before, in numbers of intentions; empty when none was heard."""
    if not lot.totaal:
        return ""
    geteld = [(naam.lower(), lot.aantallen.get(code, 0)) for code, naam in LOTGEVALLEN.items()]
    delen = [f"{n} {naam}" for naam, n in geteld if n]
    heten = "is 1 intentie" if lot.totaal == 1 else f"zijn {lot.totaal} intenties"
    zin = f"In {toen} {heten} opgetekend in {gemeenten(lot.gemeenten)} die nu opnieuw {'meedoet' if lot.gemeenten == 1 else 'meedoen'}"
    if delen:
        zin += f": {opsomming(delen)}"
    if lot.open:
        zin += f"; van {lot.open} is nog niet vastgelegd wat ervan is geworden" if delen else ""
    zin += "." if delen else "; wat ervan is geworden, is nog niet vastgelegd."
    return zin
