"""The printed report: one file that is PDF/UA-1 and PDF/A-3a, and things that no validator looks at."""

import io
import re
import zlib
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import page
import pydyf
import pytest
from pypdf import PdfReader

from rapportage import drukpers, opmaak, pdf, pdf_afwerking
from rapportage.document import Databestand, Grafiek, Hoofdstuk, Kop, Tabel, Tekst
from rapportage.tests.voorbeeld import databestand, voorbeeld

pytestmark = pytest.mark.pdf


class Tag:
    """An element of the tag tree, with the text that belongs to it and nothing more."""

    def __init__(self, obj, teksten):
        self.obj = obj
        self.soort = obj["/S"]
        self.annotaties, self.kinderen, self.stukken = [], [], []
        kids = obj.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                self.stukken.append(teksten[obj.raw_get("/Pg").idnum, kid])
                continue
            kid = kid.get_object()
            if kid.get("/Type") == "/OBJR":
                self.annotaties.append(kid["/Obj"])
            else:
                self.kinderen.append(Tag(kid, teksten))
                self.stukken.append(self.kinderen[-1])

    @property
    def tekst(self):
        return " ".join(stuk if isinstance(stuk, str) else stuk.tekst for stuk in self.stukken)

    def __iter__(self):
        yield self
        for kind in self.kinderen:
            yield from kind

    def alle(self, *soorten):
        return [tag for tag in self if tag.soort in soorten]


class Bestand:
    """A PDF as a reader with a screen reader meets it."""

    def __init__(self, inhoud):
        self.bytes = inhoud
        self.lezer = PdfReader(io.BytesIO(inhoud))
        self.catalogus = self.lezer.trailer["/Root"]
        self.tekst = [blad.extract_text().replace("\N{NO-BREAK SPACE}", " ") for blad in self.lezer.pages]
        self.boom = Tag(self.catalogus["/StructTreeRoot"]["/K"][0].get_object(), self._gemerkte_tekst())

    def _gemerkte_tekst(self):
        """The text of every piece of marked content, by page and number."""
        teksten = {}
        for blad in self.lezer.pages:
            open_stukken, tabellen = [], {}
            for operanden, operator in blad.get_contents().operations:
                if operator == b"BDC":
                    open_stukken.append(operanden[1].get("/MCID"))
                    teksten.setdefault((blad.indirect_reference.idnum, open_stukken[-1]), "")
                elif operator == b"BMC":
                    open_stukken.append(None)
                elif operator == b"EMC":
                    open_stukken.pop()
                elif operator == b"Tf":
                    letter = operanden[0]
                    if letter not in tabellen:
                        tabellen[letter] = _tekens(blad["/Resources"]["/Font"][letter])
                    tabel = tabellen[letter]
                elif operator == b"TJ" and open_stukken and open_stukken[-1] is not None:
                    codes = b"".join(_bytes(deel) for deel in operanden[0] if not isinstance(deel, (int, float)))
                    woorden = "".join(tabel[codes[n : n + 2]] for n in range(0, len(codes), 2))
                    teksten[blad.indirect_reference.idnum, open_stukken[-1]] += woorden
        return teksten


def _bytes(deel):
    return getattr(deel, "original_bytes", None) or (deel if isinstance(deel, bytes) else b"")


def _tekens(letter):
    """Code of a glyph → its characters, from the font's own ToUnicode table."""
    kaart = letter["/ToUnicode"].get_data().decode()
    return {
        bytes.fromhex(code): bytes.fromhex(teken).decode("utf-16-be")
        for code, teken in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", kaart)
    }


def in_dit_proces(*rapport):
    """The PDF without starting a press for it, which is half a second quicker; `test_drukker.py` tests the difference."""
    return drukpers.druk(pdf.drukwerk_van(*rapport))


@pytest.fixture(scope="module")
def rapport():
    return Bestand(in_dit_proces(voorbeeld(), [databestand()]))


@pytest.fixture(scope="module")
def zwaar():
    return Bestand(in_dit_proces(zware_kost()))


def met(*blokken, **anders):
    """The sample with one chapter, of these blocks."""
    return replace(voorbeeld(), hoofdstukken=(Hoofdstuk("1", "Proef", blokken),), bijlagen=(), **anders)


def zware_kost():
    """What an analyst may come up with: everything runs over the page, skips levels, or is empty."""
    lang = " ".join(f"Zin nummer {n} van een alinea die over de bladzijde loopt." for n in range(120))
    return met(
        Tekst(opmaak.druk(f"{lang}[^1] Zie [**het** *plan*](https://www.example.nl).\n\n[^1]: {'Lange noot. ' * 40}")),
        Tabel("Lang", ("Code", "Tekst", "n"), [(f"R{n}", "woord " * 12, n) for n in range(80)], noot="Einde."),
        Tekst(opmaak.druk(f"#### Diep\n\n- een\n  - twee\n    - drie\n\n1. a\n   1. b\n\n> {lang}")),
        Kop("Leeg"),
        Tabel("Leeg", ("A", "B"), []),
        Tabel("Lege cel", ("A", "B"), [("", "")]),
        Tekst(
            opmaak.druk("Łódź, Súdwest-Fryslân, e\u0301\u0301n ≥ 日本 😀 " + "Hottentottententententoonstelling" * 6)
        ),
        Tekst(""),
        status="Concept",
    )


# Standards


@pytest.mark.parametrize("profiel", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_voorbeeld_voldoet_aan_beide_normen(rapport, profiel):
    verslag = page.validate_pdf_bytes(rapport.bytes, profile=profiel)
    assert [(fout.rule_id, fout.message) for fout in verslag.failures] == []


@pytest.mark.parametrize("profiel", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_zware_kost_voldoet_ook(zwaar, profiel):
    verslag = page.validate_pdf_bytes(zwaar.bytes, profile=profiel)
    assert [(fout.rule_id, fout.message) for fout in verslag.failures] == []


@pytest.mark.parametrize("einde", [b"\r", b"\n"])
def test_geen_stroom_eindigt_als_een_regel(einde):
    """The last byte of a compressed stream is that of a sum over its content: found by trying."""
    pogingen = (f"{n} {'w' * (1 + n % 7)}".encode() for n in range(10_000))
    inhoud = next(poging for poging in pogingen if zlib.compress(poging, 9).endswith(einde))
    stroom = pydyf.Stream([inhoud], compress=True)
    assert stroom.data.endswith(einde + b"\nendstream")
    pdf_afwerking._sluit_duidelijk_af(stroom)
    assert stroom.data.endswith(b"stream\n" + inhoud + b"\nendstream")


@pytest.mark.parametrize("profiel", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
@pytest.mark.parametrize("einde", [b"\r", b"\n"])
def test_een_gegevensbestand_dat_op_een_regeleinde_eindigt(einde, profiel):
    """Of a CSV neither the compressed nor the plain bytes have an end of their own: one file in 128 was refused for it."""
    pogingen = (f"vraag;aantal\r\n{'V' * (n % 97)};{n}\r\n".encode() for n in range(10_000))
    inhoud = next(poging for poging in pogingen if zlib.compress(poging, 9).endswith(einde))
    ruw = in_dit_proces(met(), [Databestand("uitkomsten.csv", "text/csv", inhoud, "De tellingen")])

    assert PdfReader(io.BytesIO(ruw)).attachments["uitkomsten.csv"] == [inhoud]
    assert [fout.message for fout in page.validate_pdf_bytes(ruw, profile=profiel).failures] == []


def test_zelfde_rapport_zelfde_bytes(rapport):
    """Also when it is printed where reports are: in a process of its own."""
    assert pdf.pdf_van(voorbeeld(), [databestand()]) == rapport.bytes


def test_ander_rapport_andere_bytes(rapport):
    assert in_dit_proces(replace(voorbeeld(), datum=date(2008, 6, 2)), [databestand()]) != rapport.bytes


def test_taal_titel_en_datum(rapport):
    assert rapport.catalogus["/Lang"] == "nl"
    assert rapport.catalogus["/ViewerPreferences"]["/DisplayDocTitle"]
    gegevens = rapport.lezer.metadata
    assert gegevens.title == "Regionale samenwerking arbeidsmarktbeleid – Eerste fotomoment van de monitor"
    assert gegevens.author == "Inspectie Werk en Inkomen"
    assert gegevens["/CreationDate"] == gegevens["/ModDate"] == "D:20080601000000Z"


def test_metadata_noemen_beide_normen(rapport):
    xmp = rapport.catalogus["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert 'pdfuaid:part="1"' in xmp


def test_gegevens_reizen_mee(rapport):
    (bijlage,) = rapport.catalogus["/AF"]
    bijlage = bijlage.get_object()
    assert bijlage["/UF"] == "uitkomsten.csv"
    assert bijlage["/AFRelationship"] == "/Data"
    assert bijlage["/Desc"] == "De uitkomsten waarop dit rapport berust"
    stroom = bijlage["/EF"]["/F"]
    assert stroom["/Subtype"] == "/text/csv"
    assert stroom["/Params"]["/ModDate"] == "D:20080601000000Z"
    assert stroom.get_data() == databestand().inhoud


def test_alleen_eigen_letters(rapport, zwaar):
    for bestand in (rapport, zwaar):
        letters = {naam["/BaseFont"] for blad in bestand.lezer.pages for naam in blad["/Resources"]["/Font"].values()}
        assert letters
        assert all(re.fullmatch(r"/[A-Z]{6}\+Fira-Sans.*", naam) for naam in letters), letters


# Structure


def test_koppen_en_bladwijzers_volgen_het_rapport(rapport):
    hoofdkoppen = [
        "Inhoud",
        "1 Inleiding",
        "2 Bevindingen",
        "3 Conclusies",
        "Lijst van afkortingen",
        "Bijlage 1 Aandachtspunten",
        "Bijlage 2 Vragenlijst",
        "Colofon",
    ]
    assert [_schoon(tag.tekst) for tag in rapport.boom.alle("/H1")] == hoofdkoppen
    overzicht = rapport.lezer.outline
    assert [punt.title for punt in overzicht if not isinstance(punt, list)] == hoofdkoppen
    assert [punt.title for punt in overzicht[2] if not isinstance(punt, list)] == ["1.1 Aanleiding", "1.2 Aanpak"]


def test_niveaus_van_koppen_worden_niet_overgeslagen(zwaar):
    niveaus = [int(tag.soort[2]) for tag in zwaar.boom.alle(*(f"/H{n}" for n in range(1, 7)))]
    assert niveaus[:3] == [1, 1, 2]
    assert all(later <= eerder + 1 for eerder, later in pairwise(niveaus))


def test_inhoudsopgave_wijst_naar_de_bladzijden(rapport):
    (inhoud,) = rapport.boom.alle("/TOC")
    assert {tag.soort for tag in inhoud.kinderen} == {"/TOCI"}
    regels = []
    for regel in inhoud.kinderen:
        (verwijzing,) = regel.kinderen
        assert verwijzing.soort == "/Reference"
        (link,) = verwijzing.kinderen
        (annotatie,) = link.annotaties
        doel = rapport.lezer.named_destinations[annotatie["/Dest"]]
        bladzijde = rapport.lezer.get_destination_page_number(doel) + 1
        regels.append(annotatie["/Contents"].replace("\N{NO-BREAK SPACE}", " "))
        assert _schoon(link.tekst) == f"{regels[-1]} {bladzijde}"
        titel = regels[-1].replace(" – ", " ")
        assert titel in _schoon(rapport.tekst[bladzijde - 1])
    assert regels[:4] == ["1 Inleiding", "1.1 Aanleiding", "1.2 Aanpak", "2 Bevindingen"]
    assert len(regels) == 12


def test_noten_staan_bij_hun_verwijzing_en_terug(rapport):
    noten = rapport.boom.alle("/Note")
    assert [noot.obj["/ID"] for noot in noten] == [f"noot-{n}" for n in range(1, 7)]
    for nummer, noot in enumerate(noten, start=1):
        assert noot.tekst.startswith(f"{nummer} ")
        label = noot.kinderen[0]
        assert label.soort == "/Lbl"
        (terug,) = label.kinderen[0].annotaties
        assert terug["/Dest"] == f"terug-{nummer}"
        assert terug["/Contents"] == f"Terug naar de tekst bij voetnoot {nummer}"
    for ouder in rapport.boom:
        for voor, tag in pairwise(ouder.kinderen):
            if tag.soort == "/Note":
                assert voor.soort == "/Reference"
                (heen,) = voor.kinderen[0].annotaties
                assert heen["/Dest"] == tag.obj["/ID"]
                assert heen["/Contents"] == f"Voetnoot {voor.tekst}"
                noten.remove(next(noot for noot in noten if noot.obj["/ID"] == tag.obj["/ID"]))
    assert noten == []


def test_noot_staat_onder_aan_de_bladzijde_van_haar_verwijzing(rapport):
    bladzijde = next(tekst for tekst in rapport.tekst if "staat sinds 2002" in tekst)
    assert bladzijde.index("Wet structuur") > bladzijde.index("zowel in als buiten de Randstad")


def test_iedere_tabel_heeft_koppen_met_richting(rapport):
    tabellen = rapport.boom.alle("/Table")
    assert len(tabellen) == 9  # four tables, three with charts, abbreviations, colophon
    for tabel in tabellen:
        (hoofd,) = tabel.alle("/THead")
        assert {kop.obj["/A"]["/Scope"] for kop in hoofd.alle("/TH")} == {"/Column"}
        for rij in tabel.alle("/TBody")[0].kinderen:
            assert [cel.soort for cel in rij.kinderen] == ["/TH"] + ["/TD"] * (len(rij.kinderen) - 1)
            assert rij.kinderen[0].obj["/A"]["/Scope"] == "/Row"


def test_iedere_figuur_heeft_een_beschrijving_en_een_plaats(rapport):
    figuren = rapport.boom.alle("/Figure")
    assert len(figuren) == 3
    assert (
        figuren[0]
        .obj["/Alt"]
        .startswith("Samenwerking tussen afdelingen binnen de gemeente. Voortrekkers (n = 9): Ja 5,")
    )
    for figuur in figuren:
        links, onder, rechts, boven = figuur.obj["/A"]["/BBox"]
        assert 0 < links < rechts < 595.3
        assert 0 < onder < boven < 841.9


def test_geen_lege_of_dode_links(rapport):
    links = rapport.boom.alle("/Link")
    assert Counter(link.annotaties[0].get("/Dest", "buiten").split("-")[0] for link in links) == {
        "kop": 12,
        "noot": 6,
        "terug": 6,
        "buiten": 1,
    }
    for link in links:
        assert link.tekst.strip()
        (annotatie,) = link.annotaties
        assert annotatie["/Contents"].strip()
        assert annotatie.get("/Dest", "") in {"", *rapport.lezer.named_destinations}
        links_, onder, rechts, boven = annotatie["/Rect"]
        assert abs(rechts - links_) > 1
        assert abs(boven - onder) > 4
    annotaties = sum(len(blad.get("/Annots", [])) for blad in rapport.lezer.pages)
    assert annotaties == len(links)


def test_wat_over_de_bladzijde_loopt_is_een_geheel(zwaar):
    alineas = [tag for tag in zwaar.boom.alle("/P") if "Zin nummer 0 " in tag.tekst]
    assert len(alineas) == 2  # the paragraph and the quotation
    assert all("Zin nummer 119 " in alinea.tekst for alinea in alineas)
    lang = zwaar.boom.alle("/Table")[0]
    assert [deel.soort for deel in lang.kinderen] == ["/Caption", "/THead", "/TBody"]
    assert len(lang.kinderen[2].kinderen) == 80
    # The head is printed on every page of the table, and read once.
    assert sum("Code Tekst n" in _schoon(tekst) for tekst in zwaar.tekst) > 1


@pytest.mark.parametrize("regels", range(8, 26, 2))
def test_een_tabel_gaat_op_de_volgende_bladzijde_verder(regels):
    """However far down the page it begins: no row stands alone, nor the note without a row, and the head is there again."""
    tabel = Tabel("Groot", ("Woord", "n"), [(f"rij-{n}", n) for n in range(12)], noot="Einde noot.")
    bestand = Bestand(in_dit_proces(met(*(Tekst(f"<p>Alinea {n}.</p>") for n in range(regels)), tabel)))
    bladen = [tekst for tekst in bestand.tekst if "rij-" in tekst]
    assert {tekst.count("rij-") for tekst in bladen} <= {12, *range(2, 11)}
    assert all("Woord" in tekst for tekst in bladen)
    assert "Einde noot." in bladen[-1]
    # It does not wait for the next page while there is room for half of it.
    eerste = next(n for n, tekst in enumerate(bestand.tekst) if "rij-0" in tekst)
    assert regels > 18 or f"Alinea {regels - 1}." in bestand.tekst[eerste]


def test_de_cijfers_bij_een_figuur_herhalen_haar_titel_niet(rapport):
    bijschriften = [tabel.alle("/Caption")[0].tekst for tabel in rapport.boom.alle("/Table") if tabel.alle("/Caption")]
    assert [_schoon(tekst) for tekst in bijschriften if "figuur" in tekst] == [
        "Cijfers bij figuur 1", "Cijfers bij figuur 2", "Cijfers bij figuur 3",
    ]  # fmt: skip


def test_loopregels_worden_niet_voorgelezen(rapport):
    bladzijde = rapport.tekst[3]
    assert "Regionale samenwerking arbeidsmarktbeleid" in bladzijde
    # Once on the title page, once in the colophon; not on the ten pages that carry it as running header.
    assert _schoon(rapport.boom.tekst).count("Regionale samenwerking arbeidsmarktbeleid") == 2


def test_niets_is_buiten_de_boom_gemerkt(rapport):
    in_boom = {id_ for tag in rapport.boom for id_ in _merken(tag.obj)}
    op_papier = set()
    for blad in rapport.lezer.pages:
        for operanden, operator in blad.get_contents().operations:
            if operator == b"BDC" and "/MCID" in operanden[1]:
                op_papier.add((blad.indirect_reference.idnum, operanden[1]["/MCID"]))
    assert op_papier == in_boom


def _merken(obj):
    kids = obj.get("/K", [])
    return {
        (obj.raw_get("/Pg").idnum, kid) for kid in (kids if isinstance(kids, list) else [kids]) if isinstance(kid, int)
    }


def _schoon(tekst):
    return " ".join(tekst.split())


# Text


def test_tekst_leest_in_volgorde_zonder_gebroken_woorden(rapport):
    alles = _schoon(" ".join(rapport.tekst))
    plekken = [
        alles.index(zin)
        for zin in (
            "V08/01, juni 2008",
            "1 Inleiding 1.1 Aanleiding Gemeenten, UWV en CWI kunnen vacatures pas snel vervullen als zij over de gemeentegrens",
            "Tabel 1 Onderzochte gemeenten naar rol, grootteklasse en ligging",
            "50.000 tot 100.000 inwoners 4 1 5",
            "Figuur 1 Samenwerking tussen afdelingen binnen de gemeente",
            "Alle gemeenten 6 (46%) 2 (15%) 4 (31%) 1 (8%) 13",
            "UWV Uitvoeringsinstituut Werknemersverzekeringen",
            "A2.8 Ieders inzet en verantwoordelijkheid zijn vastgelegd. Bewijs: vastgelegde prestatieafspraken",
            "V1.7d Wanneer? Antwoord: datum of periode Gesteld als: V1.7c = ja",
            "Gegevensstand 15 mei 2008",
        )
    ]
    assert plekken == sorted(plekken)
    assert "\N{SOFT HYPHEN}" not in alles


def test_hoofdstukken_beginnen_op_een_nieuwe_bladzijde(rapport):
    begin = [_schoon(tekst) for tekst in rapport.tekst]
    for titel in ("1 Inleiding", "2 Bevindingen", "3 Conclusies", "Bijlage 1", "Bijlage 2", "Colofon"):
        assert any(tekst.startswith(titel) for tekst in begin), titel


def test_kop_staat_nooit_los_onderaan_een_bladzijde(rapport):
    blokken = [
        blok for n in range(50) for blok in (Kop(f"Kop {n}"), Tekst(f"<p>{'Zin van een alinea. ' * (9 + n % 4)}</p>"))
    ]
    for bestand in (rapport, Bestand(in_dit_proces(met(*blokken)))):
        stukken = list(_stukken(bestand.boom))
        assert len({bladzijde for bladzijde, _ in stukken}) > 8
        for (bladzijde, in_kop), (volgende, _) in pairwise(stukken):
            assert not in_kop or bladzijde == volgende


def _stukken(tag, in_kop=False):
    """Page and heading-or-not of every piece of text, in reading order."""
    in_kop = in_kop or bool(re.fullmatch(r"/H\d", tag.soort))
    for stuk in tag.stukken:
        if isinstance(stuk, str):
            yield tag.obj.raw_get("/Pg").idnum, in_kop
        else:
            yield from _stukken(stuk, in_kop)


def test_onbekende_tekens_vallen_op_en_breken_niets():
    html = pdf.html_van(met(Tekst(opmaak.druk("Łódź e\u0301n ≥ 5, 日本 en 😀 klaar \u2011 zo"))))
    assert "Łódź én &gt;= 5, [?] en [?] klaar - zo" in html


def test_status_staat_op_iedere_bladzijde():
    bestand = Bestand(in_dit_proces(met(Tekst(opmaak.druk("Zin. " * 900)), status="Concept")))
    assert len(bestand.tekst) >= 5
    assert all("Concept" in tekst for tekst in bestand.tekst)


# Nothing from outside


@pytest.mark.parametrize(
    "adres", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "https://www.example.nl/x.svg", "data:,x"]
)
def test_grafiek_haalt_niets_op(adres):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        f'<image href="{adres}" xlink:href="{adres}" width="9" height="9"/></svg>'
    )
    grafiek = Grafiek("Kwaad", svg, "kwaad", Tabel("T", ("A", "B"), [("x", 1)]))
    with pytest.raises(drukpers.GeweigerdeBron, match="buiten het document"):
        in_dit_proces(met(grafiek))


def test_tekst_haalt_niets_op():
    kwaad = '<img src="file:///etc/passwd"><style>@import "http://127.0.0.1:9/x.css"</style><link rel="stylesheet" href="x">'
    html = pdf.html_van(met(Tekst(f"<p>goed</p>{kwaad}")))
    assert "<p>goed</p>" in html
    assert "passwd" not in html
    assert "127.0.0.1" not in html
    assert html.count("<link") == 1


@pytest.mark.parametrize("adres", ["file:///etc/passwd", "http://127.0.0.1:9/", "rapport:onbekend.css", "rapport:../x"])
def test_ophaler_kent_alleen_het_geheugen(adres):
    from weasyprint.urls import FatalURLFetchingError

    haal = drukpers._ophaler({"rapport:a.css": ("text/css", b"p{}")})
    assert haal("rapport:a.css").read() == b"p{}"
    with pytest.raises(FatalURLFetchingError):
        haal(adres)


def test_titel_kan_geen_html_zijn():
    html = pdf.html_van(replace(voorbeeld(), titel="<script>x</script> & co"))
    assert "<script" not in html
    assert html.count("&lt;script&gt;x&lt;/script&gt; &amp; co") > 2
