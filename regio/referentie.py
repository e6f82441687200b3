"""The application's own reference data: the files in `regio/gegevens/` and the date each list is about."""

from datetime import date
from pathlib import Path

from regio.inlezen import Gemeentelijst, Herindelingregel, Regioregel, lees_gemeenten, lees_herindelingen, lees_regios

GEGEVENS = Path(__file__).parent / "gegevens"
PEILDATA = (date(2008, 1, 1), date(2009, 1, 1), date(2010, 1, 1), date(2011, 1, 1))


def lees_referentie(
    map_: Path = GEGEVENS,
) -> tuple[tuple[Regioregel, ...], list[Gemeentelijst], tuple[Herindelingregel, ...]]:
    """Regions, lists of municipalities, herindelingen. Raises ValueError naming file and row when a file is damaged."""
    bezwaren = []

    def goed(bestand: str, gelezen):
        rijen, problemen = gelezen
        bezwaren.extend(f"{bestand}: {probleem}" for probleem in problemen)
        return rijen

    def inhoud(bestand: str) -> bytes:
        return (map_ / bestand).read_bytes()

    regios = goed("regios.csv", lees_regios(inhoud("regios.csv")))
    lijsten = []
    for peildatum in PEILDATA:
        bestand = f"gemeenten_{peildatum}.csv"
        lijsten.append(goed(bestand, lees_gemeenten(inhoud(bestand), peildatum)))
    herindelingen = goed("herindelingen.csv", lees_herindelingen(inhoud("herindelingen.csv")))
    if bezwaren:
        raise ValueError("\n".join(bezwaren))
    return regios, lijsten, herindelingen
