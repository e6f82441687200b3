"""The transition tables: every pair of statuses, against tables written out by hand here."""

from itertools import product

import pytest
from django.apps import apps

from vragenlijst.models import Dossier, Instrument, Interview, Ronde
from vragenlijst.overgangen import OVERGANGEN, Wie, mogelijk, overgangen

# (from, to): who, and whether a reason is asked, for each who may. What is not here, may not be (design 4.6).
VERWACHT = {
    "interview": {
        ("gepland", "gehouden"): (Wie.EIGEN, False),
        ("gepland", "vervallen"): (Wie.EIGEN, True),
        ("vervallen", "gepland"): (Wie.EIGEN, True),
        ("gehouden", "gepland"): (Wie.EIGEN, True),
        ("gehouden", "ter_accordering"): (Wie.EIGEN, False),
        ("ter_accordering", "gehouden"): (Wie.EIGEN, True),
        ("ter_accordering", "geaccordeerd"): (Wie.EIGEN, False),
        ("geaccordeerd", "gehouden"): (Wie.EIGEN, True),
    },
    "dossier": {
        ("gepland", "in_uitvoering"): (Wie.EIGEN, False),
        ("in_uitvoering", "ter_toetsing"): (Wie.EIGEN, False),
        ("ter_toetsing", "in_uitvoering"): (Wie.TOETSER, True, Wie.EIGEN, True),
        ("ter_toetsing", "vastgesteld"): (Wie.TOETSER, False),
        ("vastgesteld", "in_uitvoering"): (Wie.TOETSER, True),
    },
    "instrument": {
        ("concept", "vastgesteld"): (Wie.BEHEERDER, False),
        ("vastgesteld", "vervallen"): (Wie.BEHEERDER, True),
        ("vervallen", "vastgesteld"): (Wie.BEHEERDER, True),
    },
    "ronde": {
        ("concept", "open"): (Wie.BEHEERDER, False),
        ("open", "gesloten"): (Wie.BEHEERDER, False),
        ("gesloten", "open"): (Wie.BEHEERDER, True),
    },
    # Wet SUWI art. 38, 40: the minister first, the public after that. A fixed text goes back by an erratum only.
    "rapport": {
        ("concept", "wederhoor"): (Wie.ANALIST, False),
        ("wederhoor", "concept"): (Wie.ANALIST, True),
        ("wederhoor", "vastgesteld"): (Wie.ANALIST, False),
        ("vastgesteld", "aangeboden"): (Wie.ANALIST, False),
        ("aangeboden", "openbaar"): (Wie.ANALIST, False),
        ("vastgesteld", "concept"): (Wie.ANALIST, True),
        ("aangeboden", "concept"): (Wie.ANALIST, True),
        ("openbaar", "concept"): (Wie.ANALIST, True),
    },
}
MODELLEN = {
    "instrument": Instrument,
    "interview": Interview,
    "dossier": Dossier,
    "ronde": Ronde,
    "rapport": apps.get_model("rapportage.Rapport"),
}
PAREN = [
    pytest.param(ding, van, naar, id=f"{ding}-{van}-{naar}")
    for ding, model in MODELLEN.items()
    for van, naar in product(model.Status.values, repeat=2)
]


@pytest.mark.parametrize(("ding", "van", "naar"), PAREN)
def test_elk_paar_statussen(ding, van, naar):
    stappen = overgangen(ding, van, naar)

    assert tuple(deel for stap in stappen for deel in (stap.wie, stap.met_reden)) == VERWACHT[ding].get((van, naar), ())
    assert set(stappen) == {stap for stap in mogelijk(ding, van) if stap.naar == naar}


@pytest.mark.parametrize("ding", OVERGANGEN)
def test_de_tabel_spreekt_over_bestaande_statussen(ding):
    bestaande = set(MODELLEN[ding].Status.values)

    assert {status for stap in OVERGANGEN[ding] for status in (stap.van, stap.naar)} == bestaande
    assert len({(stap.van, stap.naar, stap.wie) for stap in OVERGANGEN[ding]}) == len(OVERGANGEN[ding])


@pytest.mark.parametrize("ding", OVERGANGEN)
def test_elke_status_is_te_bereiken_en_geen_is_een_fuik(ding):
    """From the first status every other can be reached, and from every other the way goes on or back."""
    begin = MODELLEN[ding].Status.values[0]
    bereikt, rand = {begin}, [begin]
    while rand:
        for stap in mogelijk(ding, rand.pop()):
            if stap.naar not in bereikt:
                bereikt.add(stap.naar)
                rand.append(stap.naar)

    assert bereikt == set(MODELLEN[ding].Status.values)
    assert all(mogelijk(ding, status) for status in bereikt)


@pytest.mark.parametrize("ding", OVERGANGEN)
def test_wie_terug_wil_geeft_een_reden(ding):
    """A step against the order of the statuses undoes someone's word: it asks for a reason."""
    volgorde = [status for status in MODELLEN[ding].Status.values if status != "vervallen"]

    for stap in OVERGANGEN[ding]:
        terug = "vervallen" in (stap.van, stap.naar) or volgorde.index(stap.naar) < volgorde.index(stap.van)
        assert stap.met_reden == terug, stap


@pytest.mark.parametrize("ding", OVERGANGEN)
def test_elke_knop_zegt_iets_anders(ding):
    for status in MODELLEN[ding].Status.values:
        knoppen = [stap.doe for stap in mogelijk(ding, status)]
        assert len(set(knoppen)) == len(knoppen)
        assert all(knoppen)
