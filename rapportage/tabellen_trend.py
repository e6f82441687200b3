"""Two rounds compared → tables and charts, the same on the page and in print. Pure, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapportage.document import Grafiek, Tabel
from rapportage.grafieken import BREEDTE, Deel, Groep, gestapeld
from rapportage.grafieken_trend import Verschuiving, verschuivingen
from rapportage.kwantoren import van
from rapportage.tabellen import MAX_STAVEN_DELEN, STREEP, kenmerk
from rapportage.trend import GEHERFORMULEERD, LOTGEVALLEN, Lottelling, Ontwikkeling, Overgangen, Trendregel


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


def rondenamen(ontwikkeling: Ontwikkeling) -> tuple[str, str]:
    """The two rounds as short as they can be: without the words that they share at the beginning."""
    toen, nu = ontwikkeling.toen.naam.split(), ontwikkeling.nu.naam.split()
    while len(toen) > 1 and len(nu) > 1 and toen[0] == nu[0]:
        toen, nu = toen[1:], nu[1:]
    return " ".join(toen), " ".join(nu)


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
