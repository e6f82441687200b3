"""A workbook as text, and every workbook that must not be read: none of them may cost more than a moment."""

import io
import re
import struct
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regio import werkblad
from regio.werkblad import Werkbladfout, lees_xlsx


def werkmap(**bladen: list[list]) -> bytes:
    boek = openpyxl.Workbook()
    boek.remove(boek.active)
    for naam, rijen in (bladen or {"Blad1": []}).items():
        blad = boek.create_sheet(naam)
        for rij in rijen:
            blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


GEWOON = werkmap(Blad1=[["code", "naam"], ["0003", "Appingedam"]])
GETAL = werkmap(Blad1=[[3]])


def verander(inhoud: bytes, deel: str, van: str | bytes, naar: str | bytes) -> bytes:
    """The same package with something else in one of its parts."""
    uit = io.BytesIO()
    van, naar = (t.encode() if isinstance(t, str) else t for t in (van, naar))
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            tekst = oud.read(naam)
            if naam == deel:
                assert van in tekst
                tekst = tekst.replace(van, naar, 1)
            nieuw.writestr(naam, tekst)
    return uit.getvalue()


BLAD = "xl/worksheets/sheet1.xml"


def test_bladen_rijen_en_cellen():
    inhoud = werkmap(
        survey=[["type", "name"], [], ["text", None, "één\ntwee"]], leeg=[], choices=[["list_name"], [None, None]]
    )
    assert lees_xlsx(inhoud) == {
        "survey": [["type", "name", ""], ["", "", ""], ["text", "", "één\ntwee"]],
        "leeg": [],
        "choices": [["list_name"]],
    }


def test_een_cel_is_zijn_tekst():
    rij = [3, 3.0, 3.5, True, False, date(2011, 1, 1), datetime(2011, 1, 1, 9, 30), "=1+1", "003", 1e300]  # noqa: DTZ001
    (gelezen,) = lees_xlsx(werkmap(b=[rij]))["b"]
    assert gelezen == ["3", "3", "3.5", "TRUE", "FALSE", "2011-01-01", "2011-01-01 09:30:00", "", "003", "1e+300"]


def test_voorloopnullen_zoals_excel_ze_toont():
    boek = openpyxl.Workbook()
    boek.active["A1"] = 3
    boek.active["A1"].number_format = "0000"
    boek.active["B1"] = 3
    boek.active["B1"].number_format = "0.00"
    uit = io.BytesIO()
    boek.save(uit)
    assert lees_xlsx(uit.getvalue()) == {"Sheet": [["0003", "3"]]}


def test_een_lege_eerste_rij_telt_mee():
    """So that a row number is the one that the visitor sees in Excel."""
    boek = openpyxl.Workbook()
    boek.active["B3"] = "hier"
    uit = io.BytesIO()
    boek.save(uit)
    assert lees_xlsx(uit.getvalue()) == {"Sheet": [["", ""], ["", ""], ["", "hier"]]}


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet'
MET_MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "leeg"),
        (b"%PDF-1.4 een PDF die .xlsx heet", "geen Excel-werkmap"),
        (b"code,naam\n0003,Appingedam\n", "geen Excel-werkmap"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "wachtwoord"),
        (GEWOON[:-40], "beschadigd"),
        (b"PK" + b"x" * 6_000_000, "6 MB, ten hoogste 5 MB"),
        (verander(GEWOON, "[Content_Types].xml", werkblad.HOOFDDEEL, MET_MACRO), "macro"),
        (verander(GEWOON, "[Content_Types].xml", werkblad.HOOFDDEEL, "text/plain"), "geen Excel-werkmap"),
        (verander(GEWOON, BLAD, b"<worksheet", DOCTYPE), "beschadigd"),
        (verander(GEWOON, BLAD, b"</row>", b"</rij>"), "beschadigd"),
        (verander(GETAL, BLAD, b't="n"><v>3', b't="s"><v>999'), "beschadigd"),
        (verander(GETAL, BLAD, b"<v>3", b"<v>" + b"9" * 9_999), "beschadigd"),
        (werkmap(b=[["x"] * 201]), "Blad b, rij 1 heeft meer dan 200 kolommen"),
        (werkmap(**{f"b{nr}": [] for nr in range(31)}), "31 bladen"),
        (werkmap(b=[["a"], ["b\ufdd0c"]]), "Blad b, rij 2: De tekst bevat op plaats 2"),
    ],
)
def test_wat_niet_wordt_gelezen(inhoud, zin):
    with pytest.raises(Werkbladfout, match=re.escape(zin)):
        lees_xlsx(inhoud)


def test_een_blad_mag_alles_zeggen_over_zijn_grootte():
    gelogen = verander(GEWOON, BLAD, b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert lees_xlsx(gelogen) == lees_xlsx(GEWOON)


def test_een_cel_ver_weg():
    """openpyxl fills what lies between, for ever if need be. Nothing that stands far away is left out in silence."""
    ver = verander(GETAL, BLAD, b'r="A1"', b'r="XFD1"')
    with pytest.raises(Werkbladfout, match="meer dan 200 kolommen"):
        lees_xlsx(ver)
    with pytest.raises(Werkbladfout, match=r"meer dan 20\.000 rijen"):
        lees_xlsx(verander(GETAL, BLAD, b'<row r="1"', b'<row r="1048576"'))
    with pytest.raises(Werkbladfout, match="te veel"):
        lees_xlsx(verander(GETAL, BLAD, b'<row r="1"', b'<row r="99999999999999"'))


def test_lege_opgemaakte_cellen_ver_weg_tellen_niet():
    boek = openpyxl.Workbook()
    boek.active["A1"] = "x"
    boek.active["XFD1"].number_format = "0.00"
    boek.active["A30000"].number_format = "0.00"
    uit = io.BytesIO()
    boek.save(uit)
    assert lees_xlsx(uit.getvalue()) == {"Sheet": [["x"]]}


def test_te_veel_rijen(monkeypatch):
    monkeypatch.setattr(werkblad, "MAX_RIJEN", 1_000)
    assert len(lees_xlsx(werkmap(b=[["x"]] * 1_000))["b"]) == 1_000
    with pytest.raises(Werkbladfout, match=r"Blad b heeft meer dan 1\.000 rijen"):
        lees_xlsx(werkmap(b=[["x"]] * 1_001))


def test_een_bom_wordt_niet_uitgepakt(monkeypatch):
    """Seventy megabytes of spaces in seventy kilobytes; and one that lies of its size."""
    bom = verander(GEWOON, BLAD, b"<sheetData>", b"<sheetData>" + b" " * 70_000_000)
    assert len(bom) < 100_000
    with pytest.raises(Werkbladfout, match="te veel"):
        lees_xlsx(bom)

    with zipfile.ZipFile(io.BytesIO(bom)) as pakket:
        echt = pakket.getinfo(BLAD).file_size
    with pytest.raises(Werkbladfout, match="beschadigd"):
        lees_xlsx(bom.replace(struct.pack("<I", echt), struct.pack("<I", 1)))


def test_te_veel_elementen(monkeypatch):
    monkeypatch.setattr(werkblad, "MAX_ELEMENTEN", 10_000)
    with pytest.raises(Werkbladfout, match="te veel"):
        lees_xlsx(verander(GEWOON, BLAD, b"</row>", b"</row>" + b"<row/>" * 10_000))


@pytest.mark.parametrize(
    ("deel", "voor", "element"),
    [
        (BLAD, b"</row>", b"<c/>"),  # three hundred bytes each in memory, of five in the file
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>"),  # five hundred
    ],
)
def test_wat_openpyxl_onthoudt_is_begrensd(deel, voor, element):
    """A file of some kilobytes took a gigabyte before anything counted what stood in it."""
    bom = verander(GEWOON, deel, voor, element * 400_000 + voor)
    assert len(bom) < 20_000
    tracemalloc.start()
    try:
        with pytest.raises(Werkbladfout, match="te veel"):
            lees_xlsx(bom)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_de_breedste_rij_van_excel_met_formules_past():
    """16,384 columns, each with a formula and its outcome."""
    rij = b"<row>" + b"<c><f>1</f><v/></c>" * 16_384 + b"</row>"
    assert lees_xlsx(verander(GEWOON, BLAD, b"</sheetData>", rij + b"</sheetData>"))["Blad1"][0] == ["code", "naam"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_schade_geeft_altijd_een_zin(data):
    """Damage inside a part, packed again so that the checksums fit, never ends in another exception."""
    with zipfile.ZipFile(io.BytesIO(GEWOON)) as pakket:
        deel = data.draw(st.sampled_from(pakket.namelist()))
        tekst = pakket.read(deel)
    begin = data.draw(st.integers(0, len(tekst)))
    eind = data.draw(st.integers(begin, min(len(tekst), begin + 60)))
    anders = tekst[:begin] + data.draw(st.binary(max_size=30)) + tekst[eind:]
    with suppress(Werkbladfout):
        assert isinstance(lees_xlsx(verander(GEWOON, deel, tekst, anders) if tekst else GEWOON), dict)
