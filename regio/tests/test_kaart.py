"""Boundaries from a GeoJSON file, and the maps drawn from them. The areas are made up: squares of ten kilometres beside each other."""

import itertools
import json
from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from regio.actions import Geweigerd, werk_grenzen_bij
from regio.geojson import lees_grenzen, wgs84_naar_rd
from regio.models import Gemeente, Grens, Lidmaatschap, Regio
from regio.versimpelen import versimpel

D2008, D2010 = date(2008, 1, 1), date(2010, 1, 1)


def vierkant(x: int, y: int, zijde: int = 10_000) -> list:
    return [[x, y], [x + zijde, y], [x + zijde, y + zijde], [x, y + zijde], [x, y]]


def geojson(*gebieden, veld="statcode") -> bytes:
    """(code, coordinates of a Polygon) of each."""
    features = [
        {"type": "Feature", "properties": {veld: code}, "geometry": {"type": "Polygon", "coordinates": ringen}}
        for code, ringen in gebieden
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


GOED = geojson(("GM0003", [vierkant(100_000, 450_000)]), ("GM0005", [vierkant(110_000, 450_000)]))


# --- Reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("veld", ["statcode", "gemeentecode", "GM_CODE", "code"])
def test_een_goed_bestand(veld):
    grenzen, problemen = lees_grenzen(geojson(("GM0003", [vierkant(100_000, 450_000)]), veld=veld))
    assert problemen == []
    assert grenzen.stelsel == "RD"
    [[[ring]]] = grenzen.vlakken.values()
    assert set(ring) == {(100_000, 450_000), (110_000, 450_000), (110_000, 460_000), (100_000, 460_000)}
    assert ring[0] == ring[-1]


def test_wgs84_wordt_rd():
    """The church of Amersfoort is (155000, 463000) in RD, by definition of the system; the Westertoren in Amsterdam 120700, 487525."""
    assert wgs84_naar_rd((5.38720621, 52.15517440)) == (155_000, 463_000)
    x, y = wgs84_naar_rd((4.88352559, 52.37453253))
    assert abs(x - 120_700.723) < 1
    assert abs(y - 487_525.502) < 1
    ring = [[5.0, 52.0], [5.2, 52.0], [5.2, 52.2], [5.0, 52.0]]
    grenzen, problemen = lees_grenzen(geojson(("0003", [ring])))
    assert (grenzen.stelsel, problemen) == ("WGS84", [])


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "Het bestand is leeg."),
        (b"code,naam\n0003,A\n", "Dit is geen GeoJSON"),
        (b'{"a": NaN}', "Dit is geen GeoJSON"),
        (b"[" * 100_000, "Dit is geen GeoJSON"),
        (b'{"type": "Feature"}', "Dit is geen GeoJSON-verzameling"),
        (b'{"type": "FeatureCollection", "features": []}', "Het bestand heeft geen gebieden"),
        (b" " * 15_000_000 + b"{}", "Het bestand is te groot: 15 MB, ten hoogste 15 MB mag."),
        (geojson(("GM3xx", [vierkant(0, 450_000)])), "Gebied 1: dit gebied heeft geen code van een gemeente"),
        (geojson(("0003", [vierkant(0, 450_000)[:-1]])), "Gebied 1: een ring is niet gesloten"),
        (geojson(("0003", [[[0, 450_000]]])), "Gebied 1: een ring heeft minder dan vier punten."),
        (geojson(("0003", [[["a", 1]] * 4])), "Gebied 1: een punt bestaat niet uit twee getallen."),
        (geojson(("0003", [vierkant(500_000, 6_000_000)])), "De coördinaten liggen niet in Nederland"),
        (
            geojson(("0003", [vierkant(0, 450_000)]), ("0003", [vierkant(0, 450_000)])),
            "Gebied 2: de code 0003 staat ook bij gebied 1.",
        ),
        (GOED.replace(b"Polygon", b"Point"), "Gebied 1: de vorm is Point, verwacht wordt Polygon of MultiPolygon."),
        (
            geojson(("0003", [[[x % 1000, 450_000 + x // 1000] for x in range(250_001)] + [[0, 450_000]]])),
            "Het bestand heeft 250.002 punten",
        ),
    ],
    ids=lambda waarde: waarde[:25] if isinstance(waarde, str) else "",
)
def test_wat_geen_kaart_is(inhoud, zin):
    _, problemen = lees_grenzen(inhoud)
    assert str(problemen[0]).startswith(zin)


@given(st.binary(max_size=200))
def test_geen_enkel_bestand_doet_het_lezen_struikelen(inhoud):
    assert lees_grenzen(inhoud)[1]


# --- Simplifying -------------------------------------------------------------------------------------------------------


def randen(gebieden) -> dict:
    """How often each piece of line is there, whichever way it goes."""
    telling = {}
    for vlakken in gebieden.values():
        for vlak in vlakken:
            for ring in vlak:
                for a, b in itertools.pairwise(ring):
                    telling[frozenset((a, b))] = telling.get(frozenset((a, b)), 0) + 1
    return telling


class Lijnstuk:
    """A straight piece of line, and how far a point lies from it."""

    def __init__(self, a, b):
        self.a, self.b = complex(*a), complex(*b)

    def afstand(self, punt) -> float:
        langs = (complex(*punt) - self.a) / (self.b - self.a)
        return abs(complex(*punt) - self.a - min(1, max(0, langs.real)) * (self.b - self.a))


@given(st.lists(st.integers(-40, 400), min_size=3, max_size=20))
def test_buren_blijven_aan_elkaar_sluiten(rafels):
    """Two areas with a ragged border: after simplifying every piece between them is still used twice, and no area is lost."""
    grens = [(10_000 + rafel, 1_000 * (nummer + 1)) for nummer, rafel in enumerate(rafels)]
    boven = 1_000 * (len(rafels) + 1)
    links = [(0, 0), (10_000, 0), *grens, (10_000, boven), (0, boven), (0, 0)]
    rechts = [(20_000, 0), (20_000, boven), (10_000, boven), *reversed(grens), (10_000, 0), (20_000, 0)]
    uit = versimpel({"L": [[links]], "R": [[rechts]]}, 60)
    dubbel = [rand for rand, aantal in randen(uit).items() if aantal == 2]
    hoog = sorted({y for rand in dubbel for _, y in rand})
    assert hoog[0] == 0
    assert hoog[-1] == boven
    assert len(dubbel) == len(hoog) - 1  # one unbroken line from the bottom to the top
    lijnen = [Lijnstuk(*rand) for rand in map(tuple, dubbel)]
    assert all(min(lijn.afstand(punt) for lijn in lijnen) <= 60 for punt in grens)


def test_een_rechte_lijn_houdt_haar_einden_en_een_eilandje_blijft():
    recht = [(x, 0) for x in range(0, 10_001, 100)]
    ring = [*recht, (10_000, 10_000), (0, 10_000), (0, 0)]
    eiland = [(50_000, 0), (50_010, 0), (50_010, 10), (50_000, 0)]
    uit = versimpel({"A": [[ring]], "B": [[eiland]]}, 60)
    assert len(uit["A"][0][0]) == 5
    assert uit["B"] == [[eiland]]


# --- Keeping and drawing -----------------------------------------------------------------------------------------------


@pytest.fixture
def streek(db):
    regio = Regio.objects.create(soort=Regio.Soort.RPA, code="R1", naam="Streek <&>")
    gemeenten = [
        Gemeente.objects.create(code=code, naam=naam, geldig_van=D2008)
        for code, naam in (("0003", "Ade"), ("0005", "Bee"))
    ]
    for gemeente in gemeenten:
        Lidmaatschap.objects.create(gemeente=gemeente, regio=regio, geldig_van=D2008)
    return regio


def lees_in(inhoud: bytes, dag=D2008):
    return werk_grenzen_bij(lees_grenzen(inhoud)[0], dag, None)


def test_inlezen_twee_keer_en_later_anders(streek):
    assert len(lees_in(GOED).grenzen) == 2
    assert lees_in(GOED).is_leeg
    assert lees_in(GOED, D2010).is_leeg  # the same boundary still holds
    anders = geojson(("GM0003", [vierkant(100_000, 450_000, 9_000)]), ("GM0099", [vierkant(0, 450_000)]))
    plan = lees_in(anders, D2010)
    assert plan.waarschuwingen == [
        "Overgeslagen, want geen gemeente op 01-01-2010: 0099 (1 in totaal).",
        "Zonder grens in dit bestand: Bee (1 in totaal).",
    ]
    assert list(Grens.objects.filter(gemeente__code="0003").values_list("geldig_van", flat=True)) == [D2008, D2010]
    with pytest.raises(Geweigerd):
        lees_in(geojson(("GM0099", [vierkant(0, 450_000)])))


def kaart_op(client, adres: str) -> ElementTree.Element | None:
    tekst = client.get(adres).content.decode()
    if "<svg" not in tekst:
        return None
    assert "style=" not in tekst
    return ElementTree.fromstring(tekst[tekst.index("<svg") : tekst.index("</svg>") + 6])  # noqa: S314, our own text


def test_de_kaart_op_de_paginas(client, beheerder, streek):
    client.force_login(beheerder)
    assert kaart_op(client, f"/regios/{streek.pk}/") is None
    assert kaart_op(client, "/gemeenten/0003/") is None
    lees_in(GOED)
    svg = kaart_op(client, f"/regios/{streek.pk}/")
    ns = "{http://www.w3.org/2000/svg}"
    assert svg.find(f"{ns}title").text == "Kaart van Streek <&>"
    assert svg.find(f"{ns}desc").text == "Op de kaart: Ade, Bee."
    # Two squares of 10 km beside each other fill 640 - 2 × 8 = 624 wide: 312 each, and as high; the first begins at 8, 8 + 312.
    assert svg.get("viewBox") == "0 0 640 328"
    paden = [pad.get("d") for pad in svg.findall(f"{ns}path")]
    assert [set(pad.strip("MZ").split("L")) for pad in paden] == [
        {"8.0 320.0", "320.0 320.0", "320.0 8.0", "8.0 8.0"},
        {"320.0 320.0", "632.0 320.0", "632.0 8.0", "320.0 8.0"},
    ]
    svg = kaart_op(client, "/gemeenten/0003/")
    assert [pad.get("fill") for pad in svg.findall(f"{ns}path")] == ["#d3e2f2", "#154273"]


def test_door_de_deur(client, beheerder, streek):
    client.force_login(beheerder)
    bestand = SimpleUploadedFile("grenzen.geojson", GOED)
    antwoord = client.post(
        "/gemeenten/importeren/", {"soort": "grenzen", "peildatum": "1-1-2008", "bestand": bestand}, follow=True
    )
    tekst = antwoord.content.decode()
    assert "GeoJSON, coördinaten in RD" in tekst
    assert "nieuwe grens vanaf 01-01-2008" in tekst
    assert not Grens.objects.exists()
    stempel = tekst.split('name="stempel" value="')[1][:64]
    client.post(antwoord.request["PATH_INFO"], {"stempel": stempel})
    assert Grens.objects.count() == 2


def test_een_grens_waar_het_vereenvoudigen_uren_op_zou_rekenen():
    """Teeth that grow shorter one by one: the farthest point is always the next one, and the work the square of their number."""
    tanden = [[140_000 + (140_000 - 60 * n) * (1 if n % 2 else -1), 300_000 + n] for n in range(2_000)]
    tanden += [[140_000, 310_000 + n] for n in range(0, 300_000, 100)]
    grenzen, [probleem] = lees_grenzen(geojson(("0003", [[*tanden, tanden[0]]])))
    assert (grenzen.vlakken, str(probleem).startswith("De grenzen zijn te grillig")) == ({}, True)
