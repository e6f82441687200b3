"""Two rounds compared → tables and charts, the same on the page and in print. Pure, no Django."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from rapportage.document import Blok, Grafiek, Kop, Tabel
from rapportage.grafieken import BREEDTE, Deel, Groep, gestapeld
from rapportage.grafieken_trend import Verschuiving, verschuivingen
from rapportage.kwantoren import van
from rapportage.onderdrukking import klein
from rapportage.tabellen import MAX_STAVEN_DELEN, STREEP, kenmerk, kleine_letter
from rapportage.trend import GEHERFORMULEERD, LOTGEVALLEN, Lottelling, Ontwikkeling, Overgangen, Trendregel
from rapportage.trendtekst import rondenamen


@dataclass(frozen=True)
class Trendcijfers:
    """The line of one question or norm in one group: how many gave the answer `voorop`, then and now, of how many, and who moved."""

    toen: str
    nu: str
    vooruit: str | int
    terug: str | int

    @property
    def cellen(self) -> tuple[str | int, ...]:
        return self.toen, self.nu, self.vooruit, self.terug


def cijfers(regel: Trendregel, in_groep: Overgangen) -> Trendcijfers:
    if not in_groep.beide:
        return Trendcijfers(STREEP, STREEP, STREEP, STREEP)
    code = regel.voorop.code
    met_richting = (in_groep.vooruit, in_groep.terug) if regel.heeft_richting else (STREEP, STREEP)
    return Trendcijfers(van(in_groep.toen(code), in_groep.beide), van(in_groep.nu(code), in_groep.beide), *met_richting)


def regelkop(regel: Trendregel) -> str:
    """What a line is about: the norm, or the question with the answer that is counted."""
    if regel.is_norm:
        kop = f"{regel.code} {regel.kort}"
    else:
        kop = f"{regel.code} {regel.tekst}" + (f" – {regel.naam(regel.voorop.code)}" if regel.heeft_richting else "")
    return kop + (" (anders geformuleerd)" if regel.vergelijkbaarheid == GEHERFORMULEERD else "")


def te_tonen(regels: Sequence[Trendregel]) -> list[Trendregel]:
    """Those with a direction and something to compare."""
    return [regel for regel in regels if regel.vergelijkbaar and regel.heeft_richting and regel.alle.beide]


def trendtabel(regels: Sequence[Trendregel], ontwikkeling: Ontwikkeling, wat: str) -> Tabel:
    """Then and now below each other, over all pairs."""
    return Tabel(
        wat,
        (
            "Aandachtspunt" if regels and regels[0].is_norm else "Vraag en antwoord",
            *rondenamen(ontwikkeling),
            "Vooruit",
            "Terug",
        ),
        [(regelkop(regel), *cijfers(regel, regel.alle).cellen) for regel in regels],
        noot="Aantallen gemeenten, van die met een antwoord of oordeel in beide rondes.",
    )


def trendgrafiek(
    regels: Sequence[Trendregel], ontwikkeling: Ontwikkeling, titel: str, naam: str, breedte: int = BREEDTE
) -> Grafiek | None:
    """The shift per question or norm; None when nothing can be compared."""
    regels = te_tonen(regels)
    if not regels:
        return None
    toen, nu = rondenamen(ontwikkeling)
    rijen = [
        Verschuiving(
            regelkop(regel), regel.alle.toen(regel.voorop.code), regel.alle.nu(regel.voorop.code), regel.alle.beide
        )
        for regel in regels
    ]
    return verschuivingen(
        titel,
        rijen,
        toen=toen,
        nu=nu,
        tabel=trendtabel(regels, ontwikkeling, titel),
        kenmerk=kenmerk(f"trend-{naam}"),
        breedte=breedte,
    )


def verdeling(regel: Trendregel, ontwikkeling: Ontwikkeling, breedte: int = BREEDTE) -> Grafiek | None:
    """Two bars per group, then and now, over the pairs with an answer in both; None when there are none, or too many answers."""
    if not regel.vergelijkbaar or not regel.alle.beide or len(regel.opties) > MAX_STAVEN_DELEN:
        return None
    staven = []
    for groep, telling in zip(ontwikkeling.groepen, regel.per_groep, strict=True):
        for wanneer, tel in zip(rondenamen(ontwikkeling), (telling.toen, telling.nu), strict=True):
            delen = [Deel(regel.naam(optie.code), tel(optie.code)) for optie in regel.opties]
            staven.append(Groep(f"{groep.naam}, {wanneer}", delen))
    titel = f"{regel.code} {regel.kort or regel.tekst}"
    return gestapeld(
        titel,
        staven,
        kenmerk=kenmerk(f"trend-{regel.code}"),
        eenheid="gemeenten met een antwoord in beide rondes",
        breedte=breedte,
    )


def blokken(ontwikkeling: Ontwikkeling, lot: Lottelling, weg: Collection[str]) -> Iterator[Blok]:
    """What the report prints under the text of its paragraph on development, without the questions and norms in `weg`
    (`onderdrukking.niet_te_vergelijken`) and without the intentions of one or two municipalities."""
    vragen = [regel for regel in ontwikkeling.regels if not regel.is_norm]
    normen = [regel for regel in ontwikkeling.regels if regel.is_norm]
    toen = kleine_letter(ontwikkeling.toen.naam)
    soorten = (
        ("Antwoorden toen en nu", "vragen", vragen),
        ("Aandachtspunten toen en nu: aantal gemeenten dat voldoet", "normen", normen),
    )
    for titel, naam, regels in soorten:
        te_zien = [regel for regel in te_tonen(regels) if regel.code not in weg]
        if grafiek := trendgrafiek(te_zien, ontwikkeling, titel, naam):
            zonder = [regel.code for regel in te_tonen(regels) if regel.code in weg]
            noot = (
                f" Niet opgenomen omdat er een kleine groep uit te herleiden is: {', '.join(zonder)}." if zonder else ""
            )
            yield Kop(titel)
            yield replace(grafiek, tabel=replace(grafiek.tabel, noot=grafiek.tabel.noot + noot))
    if (tabel := lottabel(lot, toen)) and not klein(lot.gemeenten):
        yield Kop("Intenties uit de vorige ronde")
        yield tabel


def lottabel(lot: Lottelling, toen: str) -> Tabel | None:
    """What became of the intentions; the one table here whose unit is not the municipality. None when there were none."""
    if not lot.totaal:
        return None
    rijen = [(naam, lot.aantallen.get(code, 0)) for code, naam in LOTGEVALLEN.items()]
    return Tabel(
        f"Intenties uit {toen}: wat ervan is geworden",
        ("Uitkomst", "Intenties"),
        [*rijen, ("Nog niet vastgelegd", lot.open), ("Alle intenties", lot.totaal)],
        noot="Aantallen intenties, niet gemeenten.",
    )
