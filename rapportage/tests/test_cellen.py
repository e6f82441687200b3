"""What a spreadsheet gets: never a formula, and what was stored can always be had back."""

import csv as csv_lezer
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from rapportage.export import csv, xlsx
from rapportage.export.cellen import onschadelijk, oorspronkelijk

# Texts as the forms let them be stored, with what a spreadsheet minds more often than chance.
TEKST = st.text(st.one_of(st.sampled_from("='+-@\t\r\n \"; "), st.characters(exclude_categories=["Cs", "Cc"])))


@pytest.mark.parametrize(
    ("opgeslagen", "in_bestand"),
    [
        ("=1+1", "'=1+1"),
        ("+31 6 12345678", "'+31 6 12345678"),
        ("- eerste punt", "'- eerste punt"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("'t is = zo", "'t is = zo"),
        ("a=1", "a=1"),
        ("", ""),
        (-3, -3),
        ("a\x00b", "a\ufffdb"),
        ("half \ud83d", "half \ufffd"),
    ],
)
def test_cel(opgeslagen, in_bestand):
    assert onschadelijk(opgeslagen) == in_bestand


@given(TEKST)
@example("''=x")
@example("' =x")
def test_wat_werd_opgeslagen_is_terug_te_krijgen(tekst):
    cel = onschadelijk(tekst)

    assert oorspronkelijk(cel) == tekst
    assert not cel.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(TEKST, min_size=2, max_size=5))
def test_csv_heen_en_terug(teksten):
    """Read as anybody would: UTF-8 with a mark, semicolons, quotes around what needs them."""
    ruw = csv.inhoud(["a"] * len(teksten), [teksten, [1] * len(teksten)])
    _, rij, getallen = csv_lezer.reader(io.StringIO(ruw.decode("utf-8-sig"), newline=""), delimiter=";")

    assert ruw.startswith(b"\xef\xbb\xbfa;a")
    assert [oorspronkelijk(cel) for cel in rij] == teksten
    assert getallen == ["1"] * len(teksten)


def test_csv_komt_regel_voor_regel():
    def rijen():
        yield [1]
        raise AssertionError("te ver gelezen")

    stukken = csv.stroom(["kop"], rijen())

    assert next(stukken) == "\ufeffkop\r\n".encode()
    assert next(stukken) == b"1\r\n"


def boek(*rijen) -> bytes:
    uit = io.BytesIO()
    xlsx.schrijf(uit, [xlsx.Blad("Blad", ["Kop", "Getal"], rijen)], titel="T", maker="M", datum=date(2008, 6, 1))
    return uit.getvalue()


def test_xlsx_heeft_tekst_en_geen_formules():
    gevaarlijk = ['=HYPERLINK("http://x";"y")', "+1", "-1", "@A1", "'=1"]
    vel = load_workbook(io.BytesIO(boek(*([tekst, 3] for tekst in gevaarlijk))))["Blad"]
    cellen = [rij[0] for rij in vel.iter_rows(min_row=2)]

    assert [cel.value for cel in cellen] == gevaarlijk  # as stored, not a sign more
    assert {cel.data_type for cel in cellen} == {"s"}
    assert [bool(cel.quotePrefix) for cel in cellen] == [True, True, True, True, False]
    assert vel["B2"].value == 3


def test_xlsx_verdraagt_alles_en_kapt_niet_stil_af():
    vel = load_workbook(io.BytesIO(boek(["a\x00b", 1], ["regel\r\nregel", 2], ["x" * 40_000, 3])))["Blad"]

    assert [vel["A2"].value, vel["A3"].value] == ["a\ufffdb", "regel\nregel"]
    assert len(vel["A4"].value) == 32_767
    assert vel["A4"].value.endswith("De hele tekst staat in het CSV-bestand.")


def test_xlsx_is_steeds_hetzelfde(monkeypatch):
    eerst = boek(["a", 1])
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

    assert boek(["a", 1]) == eerst
    assert load_workbook(io.BytesIO(eerst)).properties.modified.date() == date(2008, 6, 1)
