"""Numbers and dates together; the expected values were worked out by hand."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.urls import reverse

from rapportage import queries, tabellen
from rapportage.export.bestanden import BESTANDEN
from rapportage.spreiding import Spreiding, van_datums, van_getallen
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.weergave import Weergave
from vragenlijst.models import Bevinding, Onderdeel, Vraag


def test_getallen():
    assert van_getallen(["10", "2,5", "4"], 1) == Spreiding(3, "2,5", "4", "5,5", "10")
    assert van_getallen(["1", "2"], 0) == Spreiding(2, "1", "1,5", "1,5", "2")
    assert van_getallen(["1", "1", "2"], 0) == Spreiding(3, "1", "1", "1,3", "2")  # 4 / 3
    assert van_getallen(["-1", "-2"], 0).gemiddelde == "-1,5"
    assert van_getallen([], 0) == Spreiding(0)


def test_datums():
    teksten = ["01-03-2009", "31-12-2008", "15-06-2010", "02-03-2009"]
    assert van_datums(teksten) == Spreiding(4, "31-12-2008", "01-03-2009", "", "15-06-2010")


@pytest.fixture
def ronde(db):
    """P9.1 asks for hours with a tenth: 10, 2,5 and 4 of the voortrekkers, 20 of the other; P9.2 for a date."""
    instrument = maak_instrument()
    deel = Onderdeel.objects.filter(instrument=instrument).order_by("volgorde").first()
    Vraag.objects.create(
        onderdeel=deel, code="P9.1", tekst="Hoeveel uur?", soort="getal", eenheid="uren", decimalen=1, volgorde=91
    )
    Vraag.objects.create(onderdeel=deel, code="P9.2", tekst="Sinds wanneer?", soort="datum", volgorde=92)
    ronde = maak_ronde(instrument)
    for rol, uren, sinds in (
        ("voortrekker", "10", "01-03-2009"),
        ("voortrekker", "2,5", "31-12-2008"),
        ("voortrekker", "4", "15-06-2010"),
        ("niet-voortrekker", "20", "02-03-2009"),
    ):
        dossier = maak_dossier(ronde, rol)
        vind(dossier, "P9.1", tekst=uren)
        vind(dossier, "P9.2", tekst=sinds)
    return ronde


def test_per_groep_en_samen(ronde):
    uitkomsten = queries.uitkomsten(ronde)
    assert uitkomsten.vraag("P9.1").spreidingen == (
        Spreiding(3, "2,5", "4", "5,5", "10"),
        Spreiding(1, "20", "20", "20", "20"),
        Spreiding(4, "2,5", "7", "9,13", "20"),  # 36,5 / 4 = 9,125
    )
    assert uitkomsten.vraag("P9.2").spreidingen[-1] == Spreiding(4, "31-12-2008", "01-03-2009", "", "15-06-2010")
    assert uitkomsten.vraag("P1.1").spreidingen == ()


def test_op_de_pagina_en_in_het_bestand(ronde, client, analist):
    client.force_login(analist)
    pagina = client.get(reverse("uitkomst_vraag", args=[ronde.slug, "P9.1"])).content.decode()
    for tekst in ("Hoeveel uur? (uren)", "2,5", "5,5", "9,13"):
        assert tekst in pagina
    bestand = client.get(reverse("uitkomst_vraag_bestand", args=[ronde.slug, "P9.1", "csv"])).content.decode(
        "utf-8-sig"
    )
    rijen = csv.DictReader(io.StringIO(bestand, newline=""), delimiter=";")
    alle = {rij["antwoord"]: rij["aantal"] for rij in rijen if rij["groep"] == "Alle gemeenten"}
    assert alle["Mediaan (uren)"] == "7"
    assert alle["Hoogste (uren)"] == "20"


def test_het_rapport_noemt_geen_laagste_en_geen_hoogste(ronde):
    """The lowest and the highest are one municipality's; of the one niet-voortrekker nothing is said apart."""
    vragen = queries.uitkomsten(ronde).onderdelen[0].vragen
    getallen, datums = tabellen.getallentabellen(vragen)
    assert getallen.rijen == [("P9.1 Hoeveel uur? (uren)", 4, "7", "9,13")]
    assert datums.rijen == [("P9.2 Sinds wanneer?", 4, "01-03-2009")]
    Bevinding.objects.filter(dossier__in=ronde.dossiers.order_by("pk")[:2]).delete()
    assert list(tabellen.getallentabellen(queries.uitkomsten(ronde).onderdelen[0].vragen)) == []  # of two


def test_in_de_gegevens(ronde):
    """A number is a number in every file; a date one that SPSS and R read as such."""
    ronde.dossiers.first().bevindingen.filter(vraag__code="P9.1").update(tekst="-3,5")
    maak_dossier(ronde)  # with nothing in it yet
    maak = {
        naam: b"".join(BESTANDEN[naam].maak(ronde, Weergave(ronde.slug))) for naam in ("dossiers.csv", "spss-en-r.zip")
    }
    rijen = list(csv.DictReader(io.StringIO(maak["dossiers.csv"].decode("utf-8-sig"), newline=""), delimiter=";"))
    assert sorted(rij["P9.1"] for rij in rijen) == ["", "-3,5", "2,5", "20", "4"]
    assert "01-03-2009" in {rij["P9.2"] for rij in rijen}
    with ZipFile(io.BytesIO(maak["spss-en-r.zip"])) as zip_:
        spss, r, gegevens = (zip_.read(naam).decode("utf-8-sig") for naam in ("spss.sps", "r.R", "gegevens.csv"))
    assert "    P9.1 DOT20.6\r\n" in spss
    assert "    P9.2 EDATE10\r\n" in spss
    assert 'benoem(as.Date(gegevens[["P9.2"]], format = "%d-%m-%Y"), ' in r
    assert ";-3,5;" in gegevens
