"""What maten come to, worked out by hand in a small round."""

import pytest

from rapportage.queries.maten import dossiers_bij, metingen
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.uitspraken.maat import lees
from vragenlijst.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    """Three voortrekkers and a niet-voortrekker. P1.1: ja, ja, nee, weet niet; P1.1a (after ja): ja, lapsed; N1: one of three."""
    ronde = maak_ronde(maak_instrument())
    a, b, c, d = (maak_dossier(ronde, rol) for rol in ("voortrekker",) * 3 + ("niet-voortrekker",))
    for dossier, keuze in zip((a, b, c, d), ("ja", "ja", "nee", "weet-niet"), strict=True):
        vind(dossier, "P1.1", keuze)
    vind(a, "P1.1a", "ja")
    vind(c, "P1.1a", "ja", vervallen=True)
    vind(a, "P1.2", tekst="Veel.")
    vind(b, "P1.2")
    vind(a, "P2.1", gemeente=a.gemeente)
    vind(b, "P2.1", gemeente=a.gemeente)
    beoordeel(a, "N2", "voldoet")
    beoordeel(b, "N2", "voldoet_niet")
    beoordeel(c, "N2", "niet_te_beoordelen")
    return ronde


@pytest.mark.parametrize(
    ("maat", "x", "n"),
    [
        ("P1.1=ja", 2, 3),  # weet niet says nothing on the matter
        ("P1.1=ja van=gevraagd", 2, 4),
        ("P1.1=weet-niet", 1, 4),
        ("P1.1=nee|weet-niet", 2, 4),
        ("P1.1!=ja", 1, 3),
        ("P1.1!=ja van=dossiers", 2, 4),
        ("P1.1=ja rol=niet-voortrekker", 0, 0),
        ("P1.1a=ja", 1, 1),  # what lapsed by routing is not counted
        ("P1.1a=* van=gevraagd", 1, 2),
        ("P1.1a=niet_vastgelegd", 1, 2),
        ("P1.2=*", 1, 4),  # a finding without anything in it is none
        ("P2.1=eigen", 1, 2),
        ("P1.1=ja van=N2=voldoet", 1, 1),
        ("P1.1=ja&N2=voldoet van=dossiers", 1, 4),
        ("N2=voldoet", 1, 2),
        ("N2=niet_te_beoordelen", 1, 4),
        ("N2=nog_niet", 1, 4),
        ("dossiers rol=voortrekker", 3, 3),
        ("rol=voortrekker", 3, 4),
    ],
)
def test_tellen_met_de_hand(ronde, maat, x, n):
    meting = metingen(ronde, [lees(maat)])[lees(maat)]
    assert (meting.x, meting.n, meting.bezwaar) == (x, n, "")
    voor, tegen = dossiers_bij(ronde, lees(maat))
    assert (len(voor), len(tegen)) == (x, n - x)


@pytest.mark.parametrize(
    ("maat", "zin"),
    [
        ("P9.9=ja", "De vraag of norm P9.9 bestaat niet in deze ronde."),
        ("P1.1=misschien", "Bij P1.1 bestaat het antwoord 'misschien' niet."),
        ("P1.1=thema:verzonnen", "Bij P1.1 is in deze ronde geen thema 'verzonnen'."),
        ("N2=goed", "Bij N2 bestaat het oordeel 'goed' niet."),
        ("P1.1=ja provincie=zeeland", "Er is in deze ronde niets met provincie 'zeeland'."),
        ("P1.1=ja van=P8=ja", "De vraag of norm P8 bestaat niet in deze ronde."),
        ("P1.1=ja ronde=nooit", "De ronde 'nooit' bestaat niet."),
    ],
)
def test_wat_niet_te_meten_is_zegt_waarom(ronde, maat, zin):
    assert metingen(ronde, [lees(maat)])[lees(maat)].bezwaar == zin


def test_een_groep_telt_haar_dossiers_ook_als_er_niets_gevonden_is(ronde):
    maat = lees("P1.1=ja rol=niet-voortrekker")
    assert metingen(ronde, [maat])[maat].groep == 1


def test_het_aantal_vragen_aan_de_database_hangt_niet_van_de_maten_af(ronde, django_assert_num_queries):
    een = [lees("P1.1=ja")]
    veel = [
        lees(f"{m} rol={rol}")
        for m in ("P1.1=ja", "P1.1a=nee", "N2=voldoet")
        for rol in ("voortrekker", "niet-voortrekker")
    ]
    for maten in (een, veel):
        with django_assert_num_queries(9):
            metingen(ronde, maten)
    for _ in range(10):
        vind(maak_dossier(ronde), "P1.1", "ja")
    with django_assert_num_queries(9):
        assert metingen(ronde, een)[een[0]].n == 13
    assert Dossier.objects.filter(ronde=ronde).count() == 14
