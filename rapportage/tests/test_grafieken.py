"""Charts: what they show, that everybody can read it, and that no figure is lost."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from rapportage.document import Tabel
from rapportage.grafieken import VLAKKEN, Deel, Groep, Meting, Reeks, gestapeld, trend

SVG = "{http://www.w3.org/2000/svg}"


def groep(label, **delen):
    return Groep(label, [Deel(naam.replace("_", " ").capitalize(), n) for naam, n in delen.items()])


def lees(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 our own charts


def balken(svg):
    """x and width of the parts of each bar, by height: parts are 30 high, keys 14."""
    rijen = {}
    for vorm in lees(svg).iter(f"{SVG}rect"):
        if vorm.get("height") == "30" and vorm.get("fill", "").startswith("#"):
            rijen.setdefault(float(vorm.get("y")), []).append((float(vorm.get("x")), float(vorm.get("width"))))
    return list(rijen.values())


def teksten(svg):
    return [tekst.text for tekst in lees(svg).iter(f"{SVG}text")]


def test_delen_zijn_naar_verhouding_zo_breed():
    grafiek = gestapeld("Titel", [groep("Voortrekkers", ja=3, nee=1)], kenmerk="g", breedte=400)
    # 3 of 4 of 400 is 300, less the white seam of 1.5; the last part has none.
    assert balken(grafiek.svg) == [[(0, 298.5), (300, 100)]]


def test_ieder_deel_draagt_zijn_getal():
    grafiek = gestapeld("Titel", [groep("Voortrekkers", ja=3, nee=1)], kenmerk="g", breedte=400)
    assert teksten(grafiek.svg) == [
        "Ja",
        "Nee",
        "Voortrekkers (n = 4)",
        "3 (75%)",
        "1 (25%)",
        "0%",
        "25%",
        "50%",
        "75%",
        "100%",
    ]


def test_getal_dat_niet_past_staat_in_de_tabel():
    grafiek = gestapeld("Titel", [groep("Alle", ja=1, nee=442)], kenmerk="g")
    assert "1" not in teksten(grafiek.svg)
    assert grafiek.tabel.rijen == [("Alle", "1 (0%)", "442 (100%)", "443")]


def test_nul_krijgt_geen_vlak_en_wel_een_cel():
    grafiek = gestapeld("Titel", [groep("Alle", ja=0, nee=8)], kenmerk="g", breedte=400)
    assert balken(grafiek.svg) == [[(0, 400)]]
    assert grafiek.tabel.rijen == [("Alle", "0 (0%)", "8 (100%)", "8")]


def test_lege_groep_zegt_dat_zij_leeg_is():
    grafiek = gestapeld("Titel", [groep("Niemand", ja=0, nee=0)], kenmerk="g")
    assert "geen gemeenten" in teksten(grafiek.svg)
    assert grafiek.tabel.rijen == [("Niemand", "–", "–", "0")]
    assert "Niemand: geen gemeenten." in grafiek.alt


def test_helften_worden_naar_boven_afgerond():
    # 1 of 8 is 12.5%, 3 of 8 is 37.5%, 4 of 8 is 50%.
    grafiek = gestapeld("Titel", [groep("Alle", ja=1, deels=3, nee=4)], kenmerk="g")
    assert grafiek.tabel.rijen == [("Alle", "1 (13%)", "3 (38%)", "4 (50%)", "8")]


def test_beschrijving_en_titel_zijn_aangewezen():
    svg = gestapeld("Wie <doet> wat", [groep("R&D", ja=2, nee=1)], kenmerk="g9").svg
    wortel = lees(svg)
    assert wortel.get("role") == "img"
    titel, beschrijving = (wortel.find(f"{SVG}{naam}") for naam in ("title", "desc"))
    assert wortel.get("aria-labelledby") == f"{titel.get('id')} {beschrijving.get('id')}" == "g9-titel g9-beschrijving"
    assert titel.text == "Wie <doet> wat"
    assert beschrijving.text == "R&D (n = 3): Ja 2, Nee 1."


def test_svg_houdt_zich_aan_een_streng_beleid():
    for grafiek in (
        gestapeld("T", [groep("A", ja=2, intentie=1, nee=1, weet_niet=1)], kenmerk="g"),
        trend("T", [Reeks("A", [Meting("2008", 1, 2)])], kenmerk="h"),
    ):
        assert not re.search(r"style=|<style|<script|href|\son\w+=|<image|<foreignObject", grafiek.svg)


def test_ids_zijn_van_dit_plaatje_alleen():
    svg = gestapeld("T", [groep("A", ja=2, intentie=1, weet_niet=1)], kenmerk="g4").svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids)) >= 4
    assert all(id_.startswith("g4-") for id_ in ids)
    assert all(doel in ids for doel in re.findall(r"url\(#([^)]+)\)", svg))


def _helderheid(kleur):
    kanalen = [int(kleur[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
    r, g, b = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanalen)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("vlak", VLAKKEN)
def test_tekst_op_een_vlak_is_leesbaar(vlak):
    donker, licht = sorted((_helderheid(vlak.kleur), _helderheid(vlak.inkt)))
    assert (licht + 0.05) / (donker + 0.05) >= 4.5


def test_gelijke_grijswaarden_verschillen_in_patroon():
    for nummer, vlak in enumerate(VLAKKEN):
        for ander in VLAKKEN[:nummer]:
            assert vlak.patroon != ander.patroon or abs(_helderheid(vlak.kleur) - _helderheid(ander.kleur)) > 0.3


def test_weet_niet_heeft_overal_hetzelfde_vlak():
    kort = gestapeld("T", [groep("A", ja=1, weet_niet=9)], kenmerk="g").svg
    lang = gestapeld("T", [groep("A", ja=1, deels=1, nee=1, weet_niet=9)], kenmerk="g").svg
    assert VLAKKEN[4].kleur in kort
    assert VLAKKEN[4].kleur in lang
    assert VLAKKEN[1].kleur not in kort


def test_lange_labels_worden_afgebroken():
    label = "Samenwerking " * 12 + "Arbeidsmarktbeleidsvoorbereidingsoverlegstructuur" * 3
    for regel in teksten(gestapeld("T", [groep(label, ja=1, nee=1)], kenmerk="g", breedte=360).svg):
        assert len(regel) < 75


def test_zelfde_cijfers_zelfde_tekens():
    maak = lambda: gestapeld("T", [groep("A", ja=1, nee=2), groep("B", ja=0, nee=7)], kenmerk="g").svg  # noqa: E731
    assert maak() == maak()


def test_zonder_groepen_blijft_het_een_plaatje():
    lees(gestapeld("T", [], kenmerk="g").svg)
    lees(trend("T", [], kenmerk="g").svg)


@pytest.mark.parametrize(
    "groepen",
    [
        [groep("A", ja=1, nee=2), groep("B", ja=1, deels=2)],
        [groep("A", a=1, b=1, c=1, d=1, e=1, f=1, g=1)],
        [groep("A", ja=-1, nee=2)],
    ],
)
def test_wat_niet_te_tekenen_is_wordt_geweigerd(groepen):
    with pytest.raises(ValueError, match="Grafiek 'T'"):
        gestapeld("T", groepen, kenmerk="g")


def test_trend_zet_punten_op_hun_hoogte_en_slaat_gaten_over():
    reeks = Reeks("A", [Meting("2008", 1, 4), Meting("2009", 0, 0), Meting("2010", 4, 4)])
    grafiek = trend("T", [reeks], kenmerk="g", hoogte=200)
    wortel = lees(grafiek.svg)
    _, eerste, laatste = [float(rond.get("cy")) for rond in wortel.iter(f"{SVG}circle")]  # the first is the key
    assert eerste - laatste == 150  # 25% and 100% of 200
    assert {"25% (1/4)", "100% (4/4)"} < set(teksten(grafiek.svg))
    assert not [lijn for lijn in wortel.iter(f"{SVG}line") if lijn.get("y1") != lijn.get("y2")]
    assert grafiek.tabel.rijen == [("A", "1 (25%)", "–", "4 (100%)")]
    assert "2009 geen waarneming" in grafiek.alt


def test_cijfers_van_een_ronde_staan_niet_over_elkaar():
    reeksen = [Reeks(naam, [Meting("2008", n, 100)]) for naam, n in (("A", 50), ("B", 51), ("C", 52), ("D", 53))]
    wortel = lees(trend("T", reeksen, kenmerk="g").svg)
    hoogtes = sorted(float(tekst.get("y")) for tekst in wortel.iter(f"{SVG}text") if "/100)" in tekst.text)
    assert len(hoogtes) == 4
    assert all(lager - hoger >= 15 for hoger, lager in pairwise(hoogtes))


def test_punten_op_een_plek_delen_hun_cijfer():
    reeksen = [Reeks(naam, [Meting("2008", 9, 9)]) for naam in "ABCD"]
    assert teksten(trend("T", reeksen, kenmerk="g").svg).count("100% (9/9)") == 1


def test_ongelijke_reeksen_worden_geweigerd():
    with pytest.raises(ValueError, match="dezelfde rondes"):
        trend("T", [Reeks("A", [Meting("2008", 1, 2)]), Reeks("B", [Meting("2009", 1, 2)])], kenmerk="g")


@pytest.mark.parametrize(
    ("cellen", "getal"),
    [
        (("7", "1.204", "53%", "7 (78%)", "3 van 9", "–"), True),
        (("7", "ja"), False),
        (("V1.2",), False),
        (("open",), False),
    ],
)
def test_kolom_van_cijfers_wordt_herkend(cellen, getal):
    tabel = Tabel("T", ("A", "B"), [("x", cel) for cel in cellen])
    assert tabel.getalkolommen == (frozenset({1}) if getal else frozenset())


def test_tabel_met_een_cel_te_weinig_wordt_geweigerd():
    with pytest.raises(ValueError, match="niet 2 cellen"):
        Tabel("T", ("A", "B"), [("x",)])


@pytest.mark.parametrize(("breedte", "verwacht"), [(760, ["1 (11%)"]), (440, ["1", "(11%)"]), (200, ["1"])])
def test_een_smal_deel_houdt_zijn_aandeel(breedte, verwacht):
    """One of nine: on one line, else on two above each other, else only the number."""
    grafiek = gestapeld("T", [Groep("G", [Deel("Ja", 8), Deel("Nee", 1)])], kenmerk="g", breedte=breedte)
    teksten = re.findall(r">([^<>]*)</text>", grafiek.svg)
    assert teksten[teksten.index("8 (89%)") + 1 : teksten.index("0%")] == verwacht
