"""One count as a file: its table as CSV, a row per answer and group, and its chart as SVG. Pure, no Django.

Unlike the data of a whole round, such a file carries everything that its figures mean: the round, the unit, which municipalities
were chosen, and what each number is a part of.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from rapportage import tabellen
from rapportage.document import Grafiek
from rapportage.export import csv
from rapportage.export.cellen import Cel
from rapportage.kruising import TOTAAL, Kruistabel
from rapportage.tabellen import Rij
from rapportage.uitkomst import GEMEENTEN, Groep, Normuitkomst, Optie, Vraaguitkomst
from vragenlijst.waarde import als_getal

KOLOMMEN = ("ronde", "eenheid", "keuze", "code", "tekst", "groep", "antwoord", "aantal", "van")
KRUISKOLOMMEN = ("ronde", "eenheid", "keuze", "rij", "antwoord rij", "kolom", "antwoord kolom", "aantal", "van")
ALLES = "alle gemeenten"


def keuze_in_woorden(gekozen: Sequence[Groep], alleen_vastgesteld: bool) -> str:
    """Which dossiers were counted."""
    delen = [groep.meervoud for groep in gekozen] + ["alleen vastgestelde dossiers"] * alleen_vastgesteld
    return ", en daarvan ".join(delen) or ALLES


def _rijen(kop: tuple[str, ...], groepen: Sequence[str], rijen: Sequence[Rij]) -> Iterator[tuple[Cel, ...]]:
    for plek, groep in enumerate(groepen):
        for rij in rijen:
            yield *kop, groep, rij.kop, rij.aantallen[plek], rij.noemers[plek] if rij.noemers else None


def vraag_csv(vraag: Vraaguitkomst, ronde: str, keuze: str) -> bytes:
    antwoorden, noemers = tabellen.vraagrijen(vraag)
    themas = [Rij(rij.code, f"thema: {rij.kop}", rij.aantallen) for rij in tabellen.themarijen(vraag)]
    kop = (ronde, vraag.eenheid, keuze, vraag.code, vraag.tekst)
    groepen = [telling.groep.naam for telling in vraag.tellingen]
    rijen = _rijen(kop, groepen, [*antwoorden, *noemers, *themas])
    return csv.inhoud(KOLOMMEN, chain(rijen, _spreiding(kop, vraag)))


def _spreiding(kop: tuple[str, ...], vraag: Vraaguitkomst) -> Iterator[tuple[Cel, ...]]:
    """What the numbers or dates come to: instead of a count the value, of so many municipalities."""
    koppen, namen = tabellen.SPREIDING.get(vraag.soort, ((), ()))
    eenheid = f" ({vraag.meeteenheid})" if vraag.meeteenheid else ""
    for telling, spreiding in zip(vraag.tellingen, vraag.spreidingen, strict=False):
        for wat, naam in zip(koppen, namen, strict=True):
            if waarde := getattr(spreiding, naam):
                cel = als_getal(waarde) if vraag.soort == "getal" else waarde
                yield *kop, telling.groep.naam, wat + eenheid, cel, spreiding.aantal


def norm_csv(norm: Normuitkomst, ronde: str, keuze: str) -> bytes:
    oordelen, noemers = tabellen.normrijen(norm)
    kop = (ronde, GEMEENTEN, keuze, norm.code, norm.tekst)
    return csv.inhoud(KOLOMMEN, _rijen(kop, [telling.groep.naam for telling in norm.tellingen], [*oordelen, *noemers]))


def kruis_csv(kruis: Kruistabel, ronde: str, keuze: str) -> bytes:
    """A row per cell; `van` is the total of its row."""
    rijen = [
        (
            ronde, GEMEENTEN, keuze, kruis.rij.titel, rij.naam, kruis.kolom.titel, kolom.naam,
            kruis.n(rij.code, kolom.code), kruis.n(rij.code),
        )
        for rij in [*kruis.rijen, Optie(TOTAAL, "Alle gemeenten")]
        for kolom in kruis.kolommen
    ]  # fmt: skip
    return csv.inhoud(KRUISKOLOMMEN, rijen)


def svg(grafiek: Grafiek) -> bytes:
    """The chart as a file of its own; it carries its title and its figures in words."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{grafiek.svg}\n'.encode()
