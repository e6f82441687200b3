"""Markdown → HTML for screen and paper, and Dutch typography."""

import re
from html.parser import HTMLParser

import pytest

from rapportage import opmaak

HARD = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("getypt", "gezet"),
    [
        ("'Iedereen doet mee'", "‘Iedereen doet mee’"),
        ('Zij zei: "ja".', "Zij zei: “ja”."),
        ('("nee")', "(“nee”)"),
        ("regio's in 's-Gravenhage en 't Gooi", "regio’s in ’s-Gravenhage en ’t Gooi"),
        ("in het voorjaar van '08", "in het voorjaar van ’08"),
        ("tot 2008-2011", "tot 2008–2011"),
        ("2008-06-01 en V08/01 en 06-12345678", "2008-06-01 en V08/01 en 06-12345678"),
        ("niet-voortrekker", "niet-voortrekker"),
        ("plannen - als ze er zijn", f"plannen{HARD}– als ze er zijn"),
        ("en zo verder...", "en zo verder…"),
        ("volgens art. 7 en par. 2.1", f"volgens art.{HARD}7 en par.{HARD}2.1"),
        ("zie bijlage 1 en tabel 3", f"zie bijlage{HARD}1 en tabel{HARD}3"),
        ("op 13 maart 2008", f"op 13{HARD}maart 2008"),
        ("€ 5 of 54 %", f"€{HARD}5 of 54{HARD}%"),
        ("7 van 13 gemeenten", f"7{HARD}van{HARD}13 gemeenten"),
        ("het einde van 2008", "het einde van 2008"),
        ("", ""),
    ],
)
def test_typografie(getypt, gezet):
    assert opmaak.typografie(getypt) == gezet


def test_typografie_laat_gezette_tekst_zoals_zij_is():
    gezet = opmaak.typografie("'Ja' - zei \"zij\" in art. 7, 3 van 9, 2008-2011...")
    assert opmaak.typografie(gezet) == gezet


def test_aanhalingsteken_na_vette_tekst_sluit():
    assert opmaak.druk('"**vet**" en "*schuin*"') == "<p>“<strong>vet</strong>” en “<em>schuin</em>”</p>"


@pytest.mark.parametrize("maak", [opmaak.druk, opmaak.scherm])
def test_alinea_nadruk_en_lijst(maak):
    html = maak("Een *begin* en **vet**.\n\n- een\n- twee\n")
    assert "<p>Een <em>begin</em> en <strong>vet</strong>.</p>" in html
    assert re.sub(r"\s", "", html).endswith("<ul><li>een</li><li>twee</li></ul>")


def elementen(html):
    """Every element as a browser sees it: its name and its attributes."""
    gevonden = []
    lezer = HTMLParser()
    lezer.handle_starttag = lambda tag, attrs: gevonden.append((tag, dict(attrs)))
    lezer.feed(html)
    return gevonden


@pytest.mark.parametrize("maak", [opmaak.druk, opmaak.scherm])
@pytest.mark.parametrize(
    "kwaad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![plaatje](https://www.example.nl/x.png)",
        "[klik](javascript:alert(1))",
        "[klik](data:text/html,x)",
        "[klik](file:///etc/passwd)",
        "[klik](//www.example.nl)",
        '<span style="color:red">x</span>',
        '[klik](https://www.example.nl/"onclick="x)',
    ],
)
def test_geen_kwaad(maak, kwaad):
    for tag, kenmerken in elementen(maak(kwaad)):
        assert tag in {"p", "a", "span"}
        assert not {"style", "onclick", "onerror", "src"} & set(kenmerken)
        assert kenmerken.get("href", "https://").startswith("https://")


def test_zuiver_laat_van_vreemde_html_alleen_tekst_over():
    html = '<p onclick="x">a<img src="file:///etc/passwd"><span class="noot kwaad" style="x">n</span><b>b</b></p>'
    assert opmaak.zuiver(html) == '<p>a<span class="noot">n</span>b</p>'


def test_noot_op_papier_staat_bij_haar_verwijzing():
    assert opmaak.druk("Een zin[^a] verder.\n\n[^a]: Zie *daar*,\n    en hier.") == (
        '<p>Een zin<span class="noot">Zie <em>daar</em>, en hier.</span> verder.</p>'
    )


def test_noot_in_een_noot_komt_op_papier_tussen_haakjes():
    html = opmaak.druk("Zin[^a].\n\n[^a]: Buiten[^b].\n[^b]: Binnen[^a].")
    assert html == '<p>Zin<span class="noot">Buiten (Binnen.).</span>.</p>'


def test_adres_van_een_link_wordt_op_papier_een_noot():
    assert opmaak.druk("Lees [het plan](https://www.example.nl/plan--1) na.") == (
        '<p>Lees <a href="https://www.example.nl/plan--1">het plan</a>'
        '<span class="noot">https://www.example.nl/plan--1</span> na.</p>'
    )


def test_uitgeschreven_adres_krijgt_geen_noot():
    assert opmaak.druk("<https://www.example.nl/a--b>") == (
        '<p><a href="https://www.example.nl/a--b">https://www.example.nl/a--b</a></p>'
    )


def test_noten_op_het_scherm_staan_onderaan_met_heen_en_terug():
    html = opmaak.scherm("Zin[^a] en nog eens[^a].\n\n[^a]: Noot.", voorvoegsel="p7-")
    assert re.findall(r'href="(#[^"]+)"', html) == ["#p7-noot-1", "#p7-noot-1", "#p7-verwijzing-1"]
    assert re.findall(r' id="([^"]+)"', html) == ["p7-verwijzing-1", "p7-verwijzing-1-2", "p7-noot-1"]
    assert html.index("nog eens") < html.index('<ol class="voetnoten">')


@pytest.mark.parametrize(
    ("tekst", "koppen"),
    [
        ("# A\n\n## B\n\n# C", ["h3", "h4", "h3"]),
        ("### A\n\ntekst", ["h3"]),
        ("# A\n\n#### B", ["h3", "h4"]),
        ("## A\n\n# B", ["h3", "h3"]),
        ("# A\n\n## B\n\n### C\n\n#### D\n\n##### E", ["h3", "h4", "h5", "h6", "h6"]),
        ("regel\n---", []),
    ],
)
def test_koppen_slaan_geen_niveau_over(tekst, koppen):
    assert re.findall(r"<(h\d)>", opmaak.druk(tekst, kop=3)) == koppen


def test_lege_tekst():
    assert opmaak.druk("") == opmaak.scherm("") == ""


def test_gebonden_woorden_zijn_op_papier_alleen_woorden():
    tekst = "Bij ['ongeveer' *de helft* < (6 van\n13)[^1]]{V1.2=ja|nee rol=voortrekker} wel, bij [x]{\"<b>} niet.\n\n[^1]: Zie bijlage 2."
    assert opmaak.druk(tekst) == (
        "<p>Bij ‘ongeveer’ <em>de helft</em> &lt; (6 van 13)"
        '<span class="noot">Zie bijlage&nbsp;2.</span> wel, bij x niet.</p>'
    )


def test_gebonden_woorden_leiden_op_het_scherm_naar_hun_dossiers():
    html = opmaak.scherm('[de meeste]{V1.2=ja} en [x]{"><script>}', adres=lambda maat: f"/m/?maat={maat}&x")
    soorten = elementen(html)
    assert [naam for naam, _ in soorten] == ["p", "a", "a"]
    assert [(attrs["class"], attrs["href"]) for naam, attrs in soorten if naam == "a"] == [
        ("uitspraak", "/m/?maat=V1.2=ja&x"),
        ("uitspraak", '/m/?maat="><script>&x'),
    ]
    assert "uitspraak" not in opmaak.scherm("[de meeste]{V1.2=ja}")


def test_wat_niet_gebonden_is_blijft_staan_zoals_het_er_staat():
    assert opmaak.druk(r"\[x]{V1.2=ja} en [x] {y}") == "<p>[x]{V1.2=ja} en [x] {y}</p>"
