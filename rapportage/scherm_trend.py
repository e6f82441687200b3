"""What of a comparison is shown on a page: lines, a matrix and charts in the form that templates can walk through."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from rapportage import tabellen_trend, trend
from rapportage.kwantoren import van
from rapportage.scherm import BREEDTE, Cel, Schermtabel, figuur, tabel
from rapportage.tabellen import STREEP, kenmerk
from rapportage.trend import Ontwikkeling, Overgangen, Trendonderdeel, Trendregel
from rapportage.uitkomst import Groep
from rapportage.weergave_trend import GEMEENTEN, Trendweergave


@dataclass(frozen=True)
class Schermregel:
    """One question or norm on a line; `groepen` has its figures per group."""

    regel: Trendregel
    adres: str
    kop: str
    cellen: list[Cel]
    groepen: list[Cel]
    noten: list[str]

    @property
    def antwoord(self) -> str:
        """Which answer the figures are about."""
        return self.regel.naam(self.regel.voorop.code)


@dataclass(frozen=True)
class Schermdeel:
    anker: str
    titel: str
    regels: list[Schermregel]
    figuur: SafeString


@dataclass(frozen=True)
class Schermonderdeel:
    onderdeel: Trendonderdeel
    anker: str
    delen: list[Schermdeel]


@dataclass(frozen=True)
class Matrixcel(Cel):
    """`gelijk`: the same answer in both rounds."""

    gelijk: bool = False


@dataclass(frozen=True)
class Matrix:
    """From the rows (then) to the columns (now); the last of each is the total."""

    koppen: list[str]
    rijen: list[tuple[str, list[Cel]]]
    voet: list[Cel]


def onderdelen(vergeleken: Ontwikkeling, weergave: Trendweergave) -> list[Schermonderdeel]:
    return [_onderdeel(onderdeel, vergeleken, weergave) for onderdeel in vergeleken.onderdelen]


def _onderdeel(onderdeel: Trendonderdeel, vergeleken: Ontwikkeling, weergave: Trendweergave) -> Schermonderdeel:
    anker = kenmerk(f"onderdeel-{onderdeel.code}")
    soorten = (
        ("vragen", "Vragen", onderdeel.vragen),
        ("normen", f"Aandachtspunten: {onderdeel.titel_aandachtspunten}", onderdeel.normen),
    )
    delen = [
        Schermdeel(
            f"{anker}-{naam}",
            titel,
            [_regel(regel, vergeleken, weergave) for regel in regels],
            figuur(
                tabellen_trend.trendgrafiek(
                    regels, vergeleken, f"Verschuiving: {onderdeel.titel}", f"{onderdeel.code}-{naam}", BREEDTE
                )
            ),
        )
        for naam, titel, regels in soorten
        if regels
    ]
    return Schermonderdeel(onderdeel, anker, delen)


def _regel(regel: Trendregel, vergeleken: Ontwikkeling, weergave: Trendweergave) -> Schermregel:
    kop = regel.kort or regel.tekst
    if not regel.vergelijkbaar:
        return Schermregel(regel, weergave.regel(regel.code), kop, [], [], [regel.bezwaar])
    noten = []
    if regel.vergelijkbaarheid == trend.GEHERFORMULEERD:
        noten.append("Anders geformuleerd dan toen.")
    if regel.alle.uitgesloten:
        noten.append(f"{regel.alle.uitgesloten} buiten beschouwing: voorgangers verschillen.")
    groepen = list(zip(vergeleken.groepen, regel.per_groep, strict=True))[:-1]
    return Schermregel(
        regel,
        weergave.regel(regel.code),
        kop,
        _cellen(regel, weergave),
        [_in_groep(regel, groep, telling, weergave) for groep, telling in groepen],
        noten,
    )


def _cellen(regel: Trendregel, weergave: Trendweergave) -> list[Cel]:
    alle = regel.alle
    cijfers = tabellen_trend.cijfers(regel, alle)

    def naar(tekst: str | int, n: int, **filters: str) -> Cel:
        return Cel(str(tekst), adres=weergave.regel(regel.code, GEMEENTEN, **filters) if n else "")

    return [
        Cel(cijfers.toen),
        Cel(cijfers.nu),
        naar(cijfers.vooruit, alle.vooruit, richting="vooruit"),
        naar(cijfers.terug, alle.terug, richting="terug"),
    ]


def _in_groep(regel: Trendregel, groep: Groep, telling: Overgangen, weergave: Trendweergave) -> Cel:
    if not telling.beide:
        return Cel(STREEP)
    code = regel.voorop.code
    tekst = f"{telling.toen(code)} → {van(telling.nu(code), telling.beide)}"
    return Cel(tekst, adres=weergave.regel(regel.code, GEMEENTEN, groep=groep.code))


def matrix(regel: Trendregel, telling: Overgangen, groep: str, weergave: Trendweergave) -> Matrix:
    """Who went from which answer to which; each figure leads to its municipalities."""

    def cel(n: int, **filters: str) -> Matrixcel:
        adres = weergave.regel(regel.code, GEMEENTEN, groep=groep, **filters) if n else ""
        return Matrixcel(str(n), adres=adres, gelijk=filters.get("van") == filters.get("naar"))

    codes = telling.codes
    return Matrix(
        [regel.naam(code) for code in codes],
        [
            (
                regel.naam(toen),
                [
                    *(cel(telling.van_naar(toen, nu), van=toen, naar=nu) for nu in codes),
                    cel(telling.rij(toen), van=toen),
                ],
            )
            for toen in codes
        ],
        [*(cel(telling.kolom(nu), naar=nu) for nu in codes), Cel(str(telling.totaal))],
    )


def verdeling(regel: Trendregel, vergeleken: Ontwikkeling) -> tuple[SafeString, Schermtabel | None]:
    """The bars of then and now, and the table of their figures."""
    grafiek = tabellen_trend.verdeling(regel, vergeleken, BREEDTE)
    return figuur(grafiek), tabel(grafiek.tabel) if grafiek else None


def intenties(vergeleken: Ontwikkeling, weergave: Trendweergave) -> list[tuple[Trendregel, str, list[Cel]]]:
    """Of each question with the answer *intentie* then: how many of these are now at which answer, and what else became of it."""
    gevonden = []
    for regel in vergeleken.regels:
        if regel.is_norm or not regel.vergelijkbaar or not (n := regel.alle.rij("intentie")):
            continue

        def cel(naar: str, regel: Trendregel = regel) -> Cel:
            aantal = regel.alle.van_naar("intentie", naar)
            adres = weergave.regel(regel.code, GEMEENTEN, van="intentie", naar=naar) if aantal else ""
            return Cel(str(aantal), adres=adres)

        genoemd = ("ja", "intentie", "nee")
        rest = n - sum(regel.alle.van_naar("intentie", naar) for naar in genoemd)
        gevonden.append((regel, weergave.regel(regel.code), [*map(cel, genoemd), Cel(str(rest)), Cel(str(n))]))
    return gevonden
