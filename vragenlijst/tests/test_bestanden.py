"""What an uploaded document is, by its content alone; each kind in its smallest form, and everything that must be refused."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vragenlijst import bestanden
from vragenlijst.bestanden import DOCX, JPEG, PDF, PNG, XLSX, Onbruikbaar, herken, leesbare_grootte, schone_naam
from vragenlijst.tests.factories import PDF as EEN_PDF

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def typen(*delen: tuple[str, str], voor: str = "") -> str:
    overrides = "".join(f'<Override PartName="{deel}" ContentType="{soort}"/>' for deel, soort in delen)
    naam = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0"?>{voor}<Types xmlns="{naam}">{overrides}</Types>'


def pakket(delen: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, inhoud in delen.items():
            zip_.writestr(naam, inhoud)
    return buffer.getvalue()


def docx(**anders: str | bytes) -> bytes:
    return pakket(
        {"[Content_Types].xml": typen(("/word/document.xml", WORD)), "word/document.xml": "<w:document/>", **anders}
    )


def xlsx() -> bytes:
    buffer = io.BytesIO()
    boek = openpyxl.Workbook()
    boek.active["A1"] = "werkzoekenden"
    boek.save(buffer)
    return buffer.getvalue()


def afbeelding(formaat: str, maat=(20, 10)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", maat, "navy").save(buffer, formaat)
    return buffer.getvalue()


def pdf_met_stroom(extra: bytes = b"") -> bytes:
    """A PDF as 1.5 and later write it: the table of objects is itself a stream."""
    kop = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    tabel = b"2 0 obj\n<< /Type /XRef /Size 3 /W [1 1 1] /Root 1 0 R" + extra + b" >>\nstream\nxx\nendstream\nendobj\n"
    return kop + tabel + b"startxref\n%d\n%%%%EOF" % len(kop)


def groot_png(breedte: int, hoogte: int) -> bytes:
    """A PNG that says it is this large, in some sixty bytes."""

    def deel(naam: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + naam + inhoud + struct.pack(">I", zlib.crc32(naam + inhoud))

    kop = struct.pack(">IIBBBBB", breedte, hoogte, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + deel(b"IHDR", kop) + deel(b"IDAT", zlib.compress(b"")) + deel(b"IEND", b"")


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        (EEN_PDF, PDF),
        (pdf_met_stroom(), PDF),
        (EEN_PDF + b"\n\n  ", PDF),
        (docx(), DOCX),
        (xlsx(), XLSX),
        (afbeelding("PNG"), PNG),
        (afbeelding("JPEG"), JPEG),
    ],
    ids=["pdf", "pdf 1.7", "pdf met witregels", "docx", "xlsx", "png", "jpeg"],
)
def test_wat_welkom_is(inhoud, soort):
    stroom = io.BytesIO(inhoud)

    assert herken(stroom) == soort
    assert stroom.tell() == 0


ZONDER_ROOT = EEN_PDF.replace(b"/Root 1 0 R", b"/Rood 1 0 R")
VERSLEUTELD = EEN_PDF.replace(b"/Size 2 ", b"/Encrypt 3 0 R /Size 2 ")
VBA = "application/vnd.ms-office.vbaProject"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
PRESENTATIE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "leeg"),
        (b"gewone tekst", "Kies een PDF"),
        (b"<html><script>alert(1)</script>", "Kies een PDF"),
        (b"MZ\x90\x00" + EEN_PDF, "Kies een PDF"),
        (b"\xef\xbb\xbf" + EEN_PDF, "Kies een PDF"),
        (afbeelding("GIF"), "Kies een PDF"),
        (afbeelding("TIFF"), "Kies een PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Kies een PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "oude soort"),
        (b"%PDF-1.4\n", "beschadigd"),
        (EEN_PDF[:-20], "beschadigd"),
        (b"%PDF-9.9" + EEN_PDF[8:], "beschadigd"),
        (EEN_PDF.replace(b"startxref\n45", b"startxref\n99999"), "beschadigd"),
        (EEN_PDF.replace(b"startxref\n45", b"startxref\n3"), "beschadigd"),
        (ZONDER_ROOT, "beschadigd"),
        (VERSLEUTELD, "beveiligd"),
        (pdf_met_stroom(b" /Encrypt 5 0 R"), "beveiligd"),
        (pakket({"leesmij.txt": "hallo"}), "Kies een PDF"),
        (pakket({"[Content_Types].xml": typen(("/ppt/p.xml", PRESENTATIE)), "ppt/p.xml": ""}), "Kies een PDF"),
        (pakket({"[Content_Types].xml": typen(("/word/document.xml", WORD))}), "Kies een PDF"),
        (docx(**{"word/vbaProject.bin": b"x"}), "macro"),
        (
            pakket(
                {
                    "[Content_Types].xml": typen(("/word/document.xml", WORD), ("/word/a.bin", VBA)),
                    "word/document.xml": "",
                }
            ),
            "macro",
        ),
        (pakket({"[Content_Types].xml": typen(("/word/document.xml", MACRO_WORD)), "word/document.xml": ""}), "macro"),
        (docx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), "macro"),
        (pakket({"[Content_Types].xml": "<Types><Override"}), "beschadigd"),
        (pakket({"[Content_Types].xml": typen(voor=DOCTYPE)}), "beschadigd"),
        (pakket({"[Content_Types].xml": typen() + " " * 1_100_000}), "te veel"),
        (docx()[:-30], "beschadigd"),
        (afbeelding("PNG")[:60], "beschadigd"),
        (afbeelding("JPEG", (400, 400))[:900], "beschadigd"),
        (groot_png(9_000, 9_000), "81 miljoen"),
        (groot_png(60_000, 60_000), "miljoen"),
    ],
)
def test_wat_wordt_geweigerd(inhoud, zin):
    with pytest.raises(Onbruikbaar) as fout:
        herken(io.BytesIO(inhoud))
    assert zin in fout.value.zin


def test_een_beschadigd_deel_van_een_docx():
    """One byte other inside the packed text: the checksum does not fit any more."""
    inhoud = bytearray(docx(**{"word/lang.xml": bytes(range(256)) * 40}))
    inhoud[inhoud.index(b"word/lang.xml") + 60] ^= 0xFF

    with pytest.raises(Onbruikbaar, match="beschadigd"):
        herken(io.BytesIO(bytes(inhoud)))


def test_een_zip_die_ontploft(monkeypatch):
    """Ten megabytes of nothing in ten kilobytes; and a package of too many parts."""
    monkeypatch.setattr(bestanden, "MAX_UITGEPAKT", 1_000_000)
    bom = docx(**{"word/nul.xml": b"\0" * 10_000_000})
    assert len(bom) < 20_000
    with pytest.raises(Onbruikbaar, match="te veel"):
        herken(io.BytesIO(bom))

    monkeypatch.setattr(bestanden, "MAX_DELEN", 50)
    with pytest.raises(Onbruikbaar, match="te veel"):
        herken(io.BytesIO(docx(**{f"word/{nr}.xml": "" for nr in range(50)})))


def test_een_zip_die_liegt_over_zijn_grootte(monkeypatch):
    """The list says one byte, so that the sum stays small; unpacking it finds out."""
    monkeypatch.setattr(bestanden, "MAX_UITGEPAKT", 1_000_000)
    eerlijk = docx(**{"word/nul.xml": b"\0" * 10_000_000})
    leugen = eerlijk.replace(struct.pack("<I", 10_000_000), struct.pack("<I", 1))
    assert leugen != eerlijk

    with pytest.raises(Onbruikbaar, match="beschadigd"):
        herken(io.BytesIO(leugen))


@given(st.sampled_from([EEN_PDF, docx(), afbeelding("PNG"), afbeelding("JPEG")]), st.data())
def test_wat_er_ook_verandert_het_is_welkom_of_geweigerd(inhoud, data):
    """Damage anywhere never ends in another exception than the one that has a sentence for the visitor."""
    begin = data.draw(st.integers(0, len(inhoud)))
    eind = data.draw(st.integers(begin, len(inhoud)))
    anders = inhoud[:begin] + data.draw(st.binary(max_size=40)) + inhoud[eind:]
    with suppress(Onbruikbaar):
        assert herken(io.BytesIO(anders)) in (PDF, DOCX, PNG, JPEG)


@pytest.mark.parametrize(
    ("naam", "soort", "schoon"),
    [
        ("Analyse 2007.pdf", PDF, "Analyse 2007.pdf"),
        ("ANALYSE.PDF", PDF, "ANALYSE.pdf"),
        ("foto.jpeg", JPEG, "foto.jpeg"),
        ("foto.jpg", JPEG, "foto.jpg"),
        ("nota.exe", PDF, "nota.exe.pdf"),
        ("nota v1.2", DOCX, "nota v1.2.docx"),
        ("C:\\Documenten\\Súdwest.docx", DOCX, "Súdwest.docx"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("nota\u202efdp.exe", PDF, "notafdp.exe.pdf"),
        ("no\x00ta\r\n.pdf", PDF, "nota.pdf"),
        ("\ufeff\u200bnota.pdf", PDF, "nota.pdf"),
        ('a<b>:"c|?*.pdf', PDF, "a_b___c___.pdf"),
        ("  .. .pdf", PDF, "bewijsstuk.pdf"),
        ("", PNG, "bewijsstuk.png"),
        ("e\u0301.pdf", PDF, "é.pdf"),
        ("x" * 300 + ".pdf", PDF, "x" * 116 + ".pdf"),
    ],
)
def test_de_naam_die_wordt_getoond(naam, soort, schoon):
    assert schone_naam(naam, soort) == schoon


@given(st.text(max_size=300), st.sampled_from([PDF, DOCX, JPEG]))
def test_elke_naam_wordt_een_bruikbare_naam(naam, soort):
    schoon = schone_naam(naam, soort)

    assert schoon.casefold().endswith(soort.extensies)
    assert 4 < len(schoon) <= 120
    assert schoon.isprintable()
    assert not set('<>:"|?*\\/') & set(schoon)
    assert schone_naam(schoon, soort) == schoon


@pytest.mark.parametrize(
    ("aantal", "tekst"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (312_400, "312 kB"),
        (1_440_000, "1,4 MB"),
        (20_000_000, "20 MB"),
    ],
)
def test_grootte_zoals_mensen_haar_zeggen(aantal, tekst):
    assert leesbare_grootte(aantal) == tekst


def test_een_afgebroken_foto_is_beschadigd_ook_als_een_ander_dat_goedvindt(monkeypatch):
    """WeasyPrint lets Pillow accept a picture that breaks off, for the whole process."""
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(Onbruikbaar):
        herken(io.BytesIO(afbeelding("JPEG", (400, 400))[:900]))
