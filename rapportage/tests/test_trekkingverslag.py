"""What the report's Aanpak says of a drawing by lot."""

import pytest

from rapportage import actions, samenstellen
from rapportage.document import Tabel, Tekst
from rapportage.models import Rapport
from rapportage.tests.bouw import maak_instrument, maak_ronde
from rapportage.trekkingverslag import alinea, stratatabel
from regio.models import Gemeente
from vragenlijst.models import Lot, Trekking
from vragenlijst.queries.trekkingen import Stratumstand, Trekkingstand


def stand(*strata: tuple[int, int, int, int, int]) -> Trekkingstand:
    """Of strata with (omvang, getrokken, uitgevallen, vervangers, doet mee)."""
    trekking = Trekking(zaad="geheim", verdeling="naar_rato", kenmerken=["rol"])
    rijen = [Stratumstand(f"stratum {nr}", *getallen, vastgesteld=0) for nr, getallen in enumerate(strata, start=1)]
    return Trekkingstand(trekking, (), tuple(rijen), ())


def test_small_strata_stand_together():
    tabel = stratatabel(stand((50, 5, 0, 0, 5), (30, 3, 0, 0, 3), (4, 2, 0, 0, 2), (2, 1, 0, 0, 1)))
    assert tabel.rijen == [
        ("Stratum 1", 50, 5, 5),
        ("Stratum 2", 30, 3, 3),
        ("Overige strata (2 samen)", 6, 3, 3),
        ("Alle strata", 86, 11, 11),
    ]


def test_one_small_stratum_takes_the_next_smallest_along():
    """Else it would follow from the total: 11 less 5 and 4 is 2."""
    tabel = stratatabel(stand((50, 5, 0, 0, 5), (4, 2, 0, 0, 2), (30, 4, 0, 0, 4)))
    assert tabel.rijen == [("Stratum 1", 50, 5, 5), ("Overige strata (2 samen)", 34, 6, 6), ("Alle strata", 84, 11, 11)]


def test_one_stratum_in_which_nobody_takes_part_keeps_its_name():
    tabel = stratatabel(stand((50, 5, 0, 0, 5), (4, 1, 1, 0, 0)))
    assert tabel.rijen == [("Stratum 1", 50, 5, 5), ("Stratum 2", 4, 1, 0), ("Alle strata", 54, 6, 5)]
    assert tabel.noot == ""


def test_in_sentences():
    tekst = alinea(stand((50, 5, 2, 1, 4), (30, 3, 0, 0, 3)), met_de_hand=1)
    assert tekst == (
        "Uit 80 gemeenten zijn er 8 door loting getrokken, in 2 strata naar rol, naar rato van hun omvang. "
        "Er vielen 2 gemeenten uit; voor 1 daarvan kwam de volgende gemeente van hetzelfde stratum in de plaats. "
        "Daarnaast is 1 gemeente zonder loting gekozen."
    )


def test_one_that_fell_out_and_was_replaced():
    tekst = alinea(stand((50, 5, 1, 1, 5)), met_de_hand=0)
    assert tekst.endswith(
        "Er viel 1 gemeente uit; daarvoor kwam de volgende gemeente van hetzelfde stratum in de plaats."
    )


@pytest.mark.django_db
def test_it_stands_in_the_aanpak_without_the_seed(analist):
    ronde = maak_ronde(maak_instrument())
    type(ronde).objects.filter(pk=ronde.pk).update(status="concept")
    gemeente = Gemeente.objects.create(code="9999", naam="Zilverdrecht", fictief=True, geldig_van="2000-01-01")
    trekking = Trekking.objects.create(
        ronde=ronde, zaad="geheim-zaad", algoritme=1, kenmerken=[], verdeling="eigen", aantallen={"alle": 1}
    )
    Lot.objects.create(trekking=trekking, gemeente=gemeente, stratum="alle", plaats=1, stand="getrokken")
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    aanpak = samenstellen.rapportdocument(rapport).hoofdstukken[0].paragrafen[1].inhoud
    tekst = " ".join(blok.html for blok in aanpak if isinstance(blok, Tekst))
    assert "Uit 1 gemeente is er 1 door loting getrokken." in tekst
    heel = tekst + " ".join(blok.bijschrift for blok in aanpak if isinstance(blok, Tabel))
    assert "geheim-zaad" not in heel
    assert "Zilverdrecht" not in heel
