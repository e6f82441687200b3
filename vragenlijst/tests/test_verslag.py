"""What a gespreksverslag says and its hash (pure); that one is kept each time an interview is laid before somebody."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regio.models import Gebeurtenis
from vragenlijst.actions import Geweigerd, zet_status
from vragenlijst.bezwaren import bezwaren
from vragenlijst.models import Gespreksverslag
from vragenlijst.verslag import Deel, Regel, Verslag, canoniek, delen, kenmerk

VERSLAG = Verslag(
    nummer=2,
    ronde="Fotomoment juni 2008",
    gemeente="Proefdam",
    actorgroep="CWI",
    datum=date(2008, 2, 5),
    plaats="",
    delen=(Deel("Één", (Regel("V2.4", "Wie?", rijen=(("ROC", "stages"),), citaat="‘Ja.’"),)),),
)


def test_canoniek_staat_vast():
    """Written out by hand: whoever verifies a hash years later has to arrive at these bytes."""
    assert canoniek(VERSLAG.als_json()).decode() == (
        '{"actorgroep":"CWI","datum":"2008-02-05","delen":[{"regels":[{"antwoord":"","citaat":"‘Ja.’","code":"V2.4",'
        '"rijen":[["ROC","stages"]],"vraag":"Wie?"}],"titel":"Één"}],"gemeente":"Proefdam","nummer":2,"plaats":"",'
        '"ronde":"Fotomoment juni 2008"}'
    )
    assert kenmerk(VERSLAG.als_json()) == hashlib.sha256(canoniek(VERSLAG.als_json())).hexdigest()


def test_de_volgorde_van_de_sleutels_doet_er_niet_toe():
    omgekeerd = dict(reversed(VERSLAG.als_json().items()))
    assert list(omgekeerd) != list(VERSLAG.als_json())
    assert kenmerk(omgekeerd) == kenmerk(VERSLAG.als_json())


tekst = st.text(max_size=20)
regels = st.builds(Regel, tekst, tekst, tekst, st.lists(st.tuples(tekst, tekst), max_size=2).map(tuple), tekst)


@given(st.lists(st.builds(Deel, tekst, st.lists(regels, max_size=3).map(tuple)), max_size=3).map(tuple), st.dates())
def test_heen_en_terug(gezegd, dag):
    verslag = Verslag(1, "ronde", "gemeente", "groep", dag, "plaats", gezegd)
    assert Verslag.van_json(verslag.als_json()) == verslag


def test_wat_niet_gezegd_is_staat_er_niet_in():
    gezegd = Regel("V1", "?", "Ja")
    citaat = Regel("V3", "?", citaat="Ja!")
    niets = Regel("V2", "?")

    assert delen([("Een", [gezegd, niets, citaat]), ("Twee", [niets])]) == (Deel("Een", (gezegd, citaat)),)


# --- From the database ------------------------------------------------------------------------------------------------


def leg_voor(veldwerk):
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    return Gespreksverslag.objects.order_by("nummer").last()


def test_ter_accordering_bewaart_wat_er_dan_staat(veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee", toelichting="Aarzelt.", citaat="Nooit.")
    veldwerk.antwoord("V1.4", keuze="ja")  # closed by routing: V1.3 is nee
    veldwerk.antwoord("V2.4", rijen=(("CWI", "stages"), ("", "cursus")))
    veldwerk.antwoord("V2.5", toelichting="Alleen een aantekening.")
    veldwerk.houd()

    verslag = leg_voor(veldwerk)

    assert verslag.inhoud == {
        "nummer": 1,
        "ronde": "Proefronde",
        "gemeente": "Proefdam",
        "actorgroep": "Sociale zaken",
        "datum": "2008-02-05",
        "plaats": "stadskantoor",
        "delen": [
            {
                "titel": "Voortrekkersrol gemeente",
                "regels": [
                    {
                        "code": "V1.3",
                        "vraag": "Tekst van vraag V1.3?",
                        "antwoord": "Nee",
                        "rijen": [],
                        "citaat": "Nooit.",
                    }
                ],
            },
            {
                "titel": "Beleid en afspraken",
                "regels": [
                    {
                        "code": "V2.4",
                        "vraag": "Tekst van vraag V2.4?",
                        "antwoord": "",
                        "rijen": [["CWI", "stages"], ["", "cursus"]],
                        "citaat": "",
                    }
                ],
            },
        ],
    }
    assert verslag.sha256 == kenmerk(verslag.inhoud)
    assert verslag.gemaakt_door == veldwerk.inspecteur
    rij = Gebeurtenis.objects.van(verslag).get()
    assert (rij.soort, rij.dossier_id, rij.wijzigingen) == (
        "gemaakt",
        veldwerk.dossier.pk,
        {"Kenmerk (SHA-256)": [None, verslag.sha256]},
    )


def test_een_tweede_verslag_staat_naast_het_eerste(veldwerk):
    veldwerk.antwoord("V3.1", tekst="Eerst zo.")
    veldwerk.houd()
    eerste = leg_voor(veldwerk)
    zet_status(veldwerk.interview, "gehouden", veldwerk.inspecteur, reden="correctie")

    tweede = leg_voor(veldwerk)

    assert (eerste.nummer, tweede.nummer) == (1, 2)
    assert eerste.sha256 != tweede.sha256  # the number is part of it
    assert tweede.inhoud["delen"] == eerste.inhoud["delen"]


@pytest.mark.parametrize("inhoud", [{}, {"toelichting": "Niets over gezegd."}])
def test_een_leeg_verslag_gaat_nergens_heen(veldwerk, inhoud):
    if inhoud:
        veldwerk.antwoord("V1.3", **inhoud)
    veldwerk.houd()

    assert bezwaren(veldwerk.interview, "ter_accordering") == ["Er is nog geen antwoord ingevuld."]
    with pytest.raises(Geweigerd):
        leg_voor(veldwerk)
    assert not Gespreksverslag.objects.exists()
