"""What words can be bound to by picking: in the order of the instrument, and each of it a maat that can be read."""

import pytest

from rapportage.queries.maatkeuzes import groepen_van, tellingen_van
from rapportage.queries.maten import metingen
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde
from rapportage.uitspraken.maat import lees

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    ronde = maak_ronde(maak_instrument())
    maak_dossier(ronde)
    return ronde


def test_per_vraag_en_norm_de_antwoorden_in_de_volgorde_van_het_instrument(ronde, django_assert_num_queries):
    with django_assert_num_queries(3):
        tellingen = tellingen_van(ronde)
    assert [kop for kop, _ in tellingen] == [
        "P1.1 Wordt er samengewerkt?", "P1.1a Is er een plan?", "N1 norm 1", "N2 norm 2", "N3 norm 3",
    ]  # fmt: skip
    assert tellingen[0][1] == [
        ("P1.1=ja", "P1.1: ja"),
        ("P1.1=intentie", "P1.1: de intentie"),
        ("P1.1=nee", "P1.1: nee"),
    ]
    assert tellingen[2][1] == [
        ("N1=voldoet", "N1: Voldoet"), ("N1=voldoet_deels", "N1: Voldoet deels"), ("N1=voldoet_niet", "N1: Voldoet niet"),
    ]  # fmt: skip


def test_elke_keuze_is_te_meten(ronde):
    tellingen = [maat for _, keuzes in tellingen_van(ronde) for maat, _ in keuzes]
    groepen = [groep for _, keuzes in groepen_van(ronde) for groep, _ in keuzes]
    assert "rol=voortrekker" in groepen
    assert "rol=niet-voortrekker" not in groepen  # there is none in this round
    maten = [lees(maat) for maat in (*tellingen, *(f"{tellingen[0]} {groep}" for groep in groepen))]
    assert not [(str(maat), meting.bezwaar) for maat, meting in metingen(ronde, maten).items() if meting.bezwaar]
