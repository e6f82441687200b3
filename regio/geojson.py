"""Boundaries of municipalities from a GeoJSON file, as PDOK and CBS give them. Pure, no Django.

A FeatureCollection of Polygon or MultiPolygon, each with the code of a municipality, in RD (metres, EPSG:28992) or WGS84 (degrees).
What comes out is in whole metres RD, simplified together so that neighbours keep the border that they share.
"""

import json
import math
from collections import defaultdict
from dataclasses import dataclass, field

from regio.herkennen import als_code
from regio.inlezen import CODE, Probleem
from regio.versimpelen import TeGrillig, versimpel

GROOTSTE_BESTAND = 15_000_000  # bytes
MEESTE_PUNTEN = 250_000
MEESTE_GEBIEDEN = 2_000
CODEVELDEN = ("statcode", "gemeentecode", "gemeente_code", "gm_code", "code", "gemeentecodegm", "identificatie")
SOORTEN = {"Polygon": 1, "MultiPolygon": 2}
RD = ((-10_000, 300_000), (290_000, 640_000))  # metres: west to east, south to north, with room to spare
WGS84 = ((3.0, 7.5), (50.5, 53.8))  # degrees: the same
FIJNHEID = 60  # metres that a simplified border may lie beside the real one

Punt = tuple[int, int]
Vlak = list[list[Punt]]  # the outline, and then the holes in it; of each ring the first point is the last


class Kaartfout(ValueError):
    """This file is no map that we read; the text is a Dutch sentence."""


@dataclass
class Grenzen:
    """`vlakken` by code, in the order of the file."""

    stelsel: str
    vlakken: dict[str, list[Vlak]] = field(default_factory=dict)


def lees_grenzen(inhoud: bytes, _peildatum=None) -> tuple[Grenzen, list[Probleem]]:
    """Problems are numbered by feature, counted from 1."""
    try:
        features = _features(inhoud)
    except Kaartfout as fout:
        return Grenzen(""), [Probleem(str(fout))]
    ruw, problemen = _lees_features(features)
    if problemen:
        return Grenzen(""), problemen
    try:
        stelsel, naar_rd = _stelsel(ruw)
    except Kaartfout as fout:
        return Grenzen(""), [Probleem(str(fout))]
    in_rd = {
        code: [[[naar_rd(punt) for punt in ring] for ring in vlak] for vlak in vlakken] for code, vlakken in ruw.items()
    }
    try:
        return Grenzen(stelsel, versimpel(in_rd, FIJNHEID)), []
    except TeGrillig:
        return Grenzen(""), [
            Probleem("De grenzen zijn te grillig om te vereenvoudigen. Neem de gegeneraliseerde grenzen.")
        ]


def _features(inhoud: bytes) -> list:
    if not inhoud.strip():
        raise Kaartfout("Het bestand is leeg.")
    if len(inhoud) > GROOTSTE_BESTAND:
        raise Kaartfout(
            f"Het bestand is te groot: {len(inhoud) / 1_000_000:.0f} MB, ten hoogste {GROOTSTE_BESTAND // 1_000_000} MB mag. "
            "Neem de gegeneraliseerde grenzen."
        )
    try:
        alles = json.loads(inhoud.decode("utf-8-sig"), parse_constant=_geen_getal)
    except (ValueError, RecursionError) as fout:
        raise Kaartfout("Dit is geen GeoJSON: het bestand is geen geldige JSON in UTF-8.") from fout
    if (
        not isinstance(alles, dict)
        or alles.get("type") != "FeatureCollection"
        or not isinstance(alles.get("features"), list)
    ):
        raise Kaartfout("Dit is geen GeoJSON-verzameling: bovenaan moet een FeatureCollection met features staan.")
    if not alles["features"]:
        raise Kaartfout("Het bestand heeft geen gebieden (features).")
    if len(alles["features"]) > MEESTE_GEBIEDEN:
        raise Kaartfout(f"Het bestand heeft {len(alles['features'])} gebieden; ten hoogste {MEESTE_GEBIEDEN} mag.")
    return alles["features"]


def _geen_getal(waarde: str):
    raise ValueError(f"{waarde} is geen getal")


def _lees_features(features: list) -> tuple[dict[str, list], list[Probleem]]:
    ruw: dict[str, list] = defaultdict(list)
    problemen, eerder, punten = [], {}, 0
    for nummer, feature in enumerate(features, start=1):
        try:
            code = _code(feature)
            vlakken = _vlakken(feature)
        except Kaartfout as fout:
            problemen.append(Probleem(str(fout), nummer, deel="Gebied"))
            continue
        if code in eerder:
            problemen.append(Probleem(f"de code {code} staat ook bij gebied {eerder[code]}.", nummer, deel="Gebied"))
        eerder.setdefault(code, nummer)
        punten += sum(len(ring) for vlak in vlakken for ring in vlak)
        ruw[code] += vlakken
    if punten > MEESTE_PUNTEN:
        problemen.append(
            Probleem(
                f"Het bestand heeft {punten:,} punten; ten hoogste {MEESTE_PUNTEN:,} kan. Neem de gegeneraliseerde grenzen.".replace(
                    ",", "."
                )
            )
        )
    return ruw, problemen


def _code(feature) -> str:
    eigenschappen = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(eigenschappen, dict):
        raise Kaartfout("dit gebied heeft geen eigenschappen (properties) met een code.")
    namen = {str(naam).lower(): waarde for naam, waarde in eigenschappen.items()}
    for naam in CODEVELDEN:
        code = als_code(str(namen.get(naam) or ""))
        if CODE.fullmatch(code):
            return code
    raise Kaartfout(f"dit gebied heeft geen code van een gemeente; verwacht wordt {', '.join(CODEVELDEN[:3])} of code.")


def _vlakken(feature: dict) -> list:
    vorm = feature.get("geometry")
    soort = vorm.get("type") if isinstance(vorm, dict) else None
    if soort not in SOORTEN:
        raise Kaartfout(f"de vorm is {str(soort)[:30]}, verwacht wordt Polygon of MultiPolygon.")
    coordinaten = vorm.get("coordinates")
    vlakken = [coordinaten] if soort == "Polygon" else coordinaten
    if not isinstance(vlakken, list) or not vlakken:
        raise Kaartfout("de vorm is leeg.")
    return [_vlak(vlak) for vlak in vlakken]


def _vlak(vlak) -> list:
    if not isinstance(vlak, list) or not vlak:
        raise Kaartfout("de vorm is leeg.")
    return [_ring(ring) for ring in vlak]


def _ring(ring) -> list[tuple[float, float]]:
    if not isinstance(ring, list) or len(ring) < 4:
        raise Kaartfout("een ring heeft minder dan vier punten.")
    try:
        punten = [(float(punt[0]), float(punt[1])) for punt in ring]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as fout:
        raise Kaartfout("een punt bestaat niet uit twee getallen.") from fout
    if punten[0] != punten[-1]:
        raise Kaartfout("een ring is niet gesloten: het laatste punt is niet het eerste.")
    if not all(math.isfinite(getal) for punt in punten for getal in punt):
        raise Kaartfout("een punt bestaat niet uit twee getallen.")
    return punten


def _stelsel(ruw: dict[str, list]):
    """Which coordinates these are, by where they lie: all of them in the Netherlands in one system or the other."""
    punten = [punt for vlakken in ruw.values() for vlak in vlakken for ring in vlak for punt in ring]
    for naam, gebied, naar_rd in (("RD", RD, _afgerond), ("WGS84", WGS84, wgs84_naar_rd)):
        (west, oost), (zuid, noord) = gebied
        if all(west <= x <= oost and zuid <= y <= noord for x, y in punten):
            return naam, naar_rd
    raise Kaartfout(
        "De coördinaten liggen niet in Nederland: verwacht wordt RD (EPSG:28992, in meters) of WGS84 (EPSG:4326, lengte en breedte)."
    )


def _afgerond(punt: tuple[float, float]) -> Punt:
    return round(punt[0]), round(punt[1])


# Polynomials around the church of Amersfoort, (power of latitude, power of longitude): coefficient. Within a metre, which is
# far less than a map of this size shows.
_X = {(0, 1): 190094.945, (1, 1): -11832.228, (2, 1): -114.221, (0, 3): -32.391, (1, 0): -0.705, (3, 1): -2.340}
_X |= {(1, 3): -0.608, (0, 2): -0.008, (2, 3): 0.148}
_Y = {(1, 0): 309056.544, (0, 2): 3638.893, (2, 0): 73.077, (1, 2): -157.984, (3, 0): 59.788, (0, 1): 0.433}
_Y |= {(2, 2): -6.439, (1, 1): -0.032, (0, 4): 0.092, (1, 4): -0.054}


def wgs84_naar_rd(punt: tuple[float, float]) -> Punt:
    """(longitude, latitude) in degrees → (x, y) in metres RD."""
    lengte, breedte = 0.36 * (punt[0] - 5.38720621), 0.36 * (punt[1] - 52.15517440)

    def som(termen: dict) -> float:
        return sum(getal * breedte**p * lengte**q for (p, q), getal in termen.items())

    return round(155_000 + som(_X)), round(463_000 + som(_Y))
