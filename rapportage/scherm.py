"""What of the uitkomsten is shown on a page: charts and tables in the form that templates can walk through."""

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from rapportage import tabellen
from rapportage.document import Grafiek, Tabel
from rapportage.uitkomst import Normuitkomst, Onderdeeluitkomst, Steekproef, Uitkomsten, Vraaguitkomst

BREEDTE = 440  # narrow enough to be read on a phone, where a picture shrinks with its letters


@dataclass(frozen=True)
class Schermtabel:
    """A table cell by cell; the last rows of a count are its denominators and go in the foot."""

    bijschrift: str
    koppen: list[tuple[str, bool]]
    rijen: list[tuple[str, list[tuple[str, bool]]]]
    voet: list[tuple[str, list[tuple[str, bool]]]]
    noot: str


@dataclass(frozen=True)
class Schermvraag:
    vraag: Vraaguitkomst
    anker: str
    figuur: SafeString
    tabel: Schermtabel
    themas: Schermtabel | None


@dataclass(frozen=True)
class Schermnorm:
    norm: Normuitkomst
    anker: str
    tabel: Schermtabel


@dataclass(frozen=True)
class Schermonderdeel:
    onderdeel: Onderdeeluitkomst
    anker: str
    vragen: list[Schermvraag]
    normen: list[Schermnorm]
    normenfiguur: SafeString


def tabel(bron: Tabel, voet: int = 0) -> Schermtabel:
    """`voet` is the number of rows at the end that go in the foot."""
    getallen = bron.getalkolommen
    rijen = [
        (str(rij[0]), [(str(cel), plek in getallen) for plek, cel in enumerate(rij[1:], start=1)]) for rij in bron.rijen
    ]
    grens = len(rijen) - voet
    koppen = [(kop, plek in getallen) for plek, kop in enumerate(bron.kolommen)]
    return Schermtabel(bron.bijschrift, koppen, rijen[:grens], rijen[grens:], bron.noot)


def figuur(grafiek: Grafiek | None) -> SafeString:
    """The picture itself. `grafieken` escapes every text in it, so it may stand in the page as it is."""
    return mark_safe(grafiek.svg) if grafiek else mark_safe("")  # noqa: S308


def vraag(uitkomst: Vraaguitkomst) -> Schermvraag:
    telling, themas = tabellen.vraagtabel(uitkomst), tabellen.thematabel(uitkomst)
    return Schermvraag(
        uitkomst,
        tabellen.kenmerk(uitkomst.code),
        figuur(tabellen.vraaggrafiek(uitkomst, BREEDTE)),
        tabel(telling, voet=len(telling.rijen) - len(uitkomst.keuzes)),
        tabel(replace(themas, bijschrift=f"Thema’s bij {uitkomst.code}")) if themas else None,
    )


def norm(uitkomst: Normuitkomst) -> Schermnorm:
    telling = tabellen.normtabel(uitkomst)
    voet = 2 if any(t.nog_niet for t in uitkomst.tellingen) else 1
    return Schermnorm(uitkomst, tabellen.kenmerk(uitkomst.code), tabel(telling, voet=voet))


def onderdelen(uitkomsten: Uitkomsten) -> list[Schermonderdeel]:
    return [
        Schermonderdeel(
            onderdeel,
            tabellen.kenmerk(f"onderdeel-{onderdeel.code}"),
            [vraag(uitkomst) for uitkomst in onderdeel.vragen],
            [norm(uitkomst) for uitkomst in onderdeel.normen],
            figuur(
                tabellen.normengrafiek(
                    onderdeel.normen,
                    f"Oordelen over {onderdeel.titel_aandachtspunten}",
                    tabellen.kenmerk(f"normen-{onderdeel.code}"),
                    BREEDTE,
                )
            ),
        )
        for onderdeel in uitkomsten.onderdelen
    ]


def steekproef(bron: Steekproef) -> list[Schermtabel]:
    """The sample as the analist sees it, with the provinces that a public report leaves out."""
    namen = [verdeling.naam for verdeling in bron.verdelingen]
    gesprekken = tabellen.gesprekkentabel(bron)
    return [tabel(tabellen.steekproeftabel(bron, namen), voet=1), *([tabel(gesprekken, voet=1)] if gesprekken else [])]
