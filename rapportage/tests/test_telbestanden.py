"""One count as a file: over the choice of its page, with what its figures mean, and recorded."""

import csv
import io
from html import unescape
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    """P1.1: ja, nee for the voortrekkers, ja for the other; N2: voldoet, voldoet niet, and nothing."""
    ronde = maak_ronde(maak_instrument())
    dossiers = [maak_dossier(ronde, rol) for rol in ("voortrekker", "voortrekker", "niet-voortrekker")]
    for dossier, keuze in zip(dossiers, ["ja", "nee", "ja"], strict=True):
        vind(dossier, "P1.1", keuze)
    beoordeel(dossiers[0], "N2", "voldoet")
    beoordeel(dossiers[1], "N2", "voldoet_niet")
    return ronde


@pytest.fixture
def haal(client, analist):
    client.force_login(analist)
    return lambda adres, **keuze: client.get(adres, keuze)


def rijen(antwoord):
    tekst = antwoord.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(tekst, newline=""), delimiter=";"))


def test_tabel_van_een_vraag(haal, ronde):
    antwoord = haal(reverse("uitkomst_vraag_bestand", args=[ronde.slug, "P1.1", "csv"]), rol="voortrekker")
    assert antwoord["Content-Disposition"] == 'attachment; filename="proefronde-p1-1.csv"'
    gelezen = rijen(antwoord)
    assert gelezen[0] == {
        "ronde": "Proefronde juni 2008", "eenheid": "gemeenten", "keuze": "voortrekkers", "code": "P1.1",
        "tekst": "Wordt er samengewerkt?", "groep": "Voortrekkers", "antwoord": "Ja", "aantal": "1", "van": "2",
    }  # fmt: skip
    alle = {rij["antwoord"]: (rij["aantal"], rij["van"]) for rij in gelezen if rij["groep"] == "Alle gemeenten"}
    assert alle == {
        "Ja": ("1", "2"), "De intentie": ("0", "2"), "Nee": ("1", "2"), "Beantwoord": ("2", ""), "Gevraagd": ("2", ""),
    }  # fmt: skip
    bij = Gebeurtenis.objects.get(soort=Gebeurtenis.Soort.UITVOER)
    assert (bij.naar, bij.wijzigingen) == ("p1-1.csv", {"rol": [None, "voortrekker"]})


def test_tabel_van_een_norm(haal, ronde):
    gelezen = rijen(haal(reverse("uitkomst_norm_bestand", args=[ronde.slug, "N2", "csv"])))
    voldoet = [(rij["groep"], rij["aantal"], rij["van"]) for rij in gelezen if rij["antwoord"] == "Voldoet"]
    assert voldoet == [("Voortrekkers", "1", "2"), ("Niet-voortrekkers", "0", "0"), ("Alle gemeenten", "1", "2")]
    assert {rij["keuze"] for rij in gelezen} == {"alle gemeenten"}


def test_kruistabel(haal, ronde):
    gelezen = rijen(haal(reverse("kruistabel_bestand", args=[ronde.slug, "rol", "P1.1", "csv"])))
    ja = [(rij["antwoord rij"], rij["aantal"], rij["van"]) for rij in gelezen if rij["antwoord kolom"] == "Ja"]
    assert ja == [("Voortrekkers", "1", "2"), ("Niet-voortrekkers", "1", "1"), ("Alle gemeenten", "2", "3")]


@pytest.mark.parametrize(
    ("naam", "argumenten", "keuze"),
    [
        ("uitkomst_vraag_bestand", ["P1.1"], {}),
        ("uitkomst_norm_bestand", ["N2"], {"rol": "voortrekker"}),
        ("kruistabel_bestand", ["rol", "P1.1"], {}),
    ],
)
def test_grafiek(haal, ronde, naam, argumenten, keuze):
    """A picture that stands by itself: well-formed, with its title, its figures in words, and nothing from elsewhere."""
    antwoord = haal(reverse(naam, args=[ronde.slug, *argumenten, "svg"]), **keuze)
    assert antwoord["Content-Type"] == "image/svg+xml"
    wortel = ElementTree.fromstring(antwoord.content)  # noqa: S314
    ruimte = "{http://www.w3.org/2000/svg}"
    assert wortel.tag == f"{ruimte}svg"
    assert "(n = 2)" in wortel.find(f"{ruimte}desc").text
    assert b"href" not in antwoord.content


@pytest.mark.parametrize(
    ("naam", "argumenten", "keuze"),
    [
        ("uitkomst_vraag_bestand", ["P9.9", "csv"], {}),
        ("uitkomst_vraag_bestand", ["P1.1", "exe"], {}),
        ("uitkomst_vraag_bestand", ["P1.2", "svg"], {}),  # an open question has no chart
        ("uitkomst_vraag_bestand", ["P1.1", "csv"], {"rol": "burgemeester"}),
        ("uitkomst_norm_bestand", ["N9", "csv"], {}),
        ("gesprekken_bestand", ["P9.9", "csv"], {}),
        ("kruistabel_bestand", ["rol", "rol", "csv"], {}),
    ],
)
def test_geen_bestand_van_wat_er_niet_is(haal, ronde, naam, argumenten, keuze):
    assert haal(reverse(naam, args=[ronde.slug, *argumenten]), **keuze).status_code == 404
    assert not Gebeurtenis.objects.filter(soort=Gebeurtenis.Soort.UITVOER).exists()


def test_gesprekken_zeggen_dat_het_gesprekken_zijn(haal, ronde):
    gelezen = rijen(haal(reverse("gesprekken_bestand", args=[ronde.slug, "P1.1", "csv"])))
    assert {rij["eenheid"] for rij in gelezen} == {"gesprekken"}


def test_de_pagina_verwijst_ernaar_met_haar_eigen_keuze(haal, ronde):
    pagina = unescape(haal(reverse("uitkomst_vraag", args=[ronde.slug, "P1.1"]), rol="voortrekker").content.decode())
    for soort in ("csv", "svg"):
        adres = reverse("uitkomst_vraag_bestand", args=[ronde.slug, "P1.1", soort])
        assert f'href="{adres}?rol=voortrekker" download' in pagina
