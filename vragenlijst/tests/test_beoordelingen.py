"""Judging a norm on its evidence (design 4.5): the rule in the function, and again in the database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from regio.models import Gebeurtenis
from vragenlijst.actions import Conflict, Geweigerd, beoordelen, bewijsstuk_opslaan, zet_status
from vragenlijst.models import Aandachtspunt, Beoordeling, Bewijssoort, Bewijsstuk
from vragenlijst.tests.factories import (
    maak_bewijsstuk,
    maak_dossier,
    maak_gemeente,
    maak_instrument,
    terug_naar_concept,
)
from vragenlijst.tests.test_zet_status import maak_compleet

ZONDER_EIS, MET_EIS = "A1.2", "A2.4"


@pytest.fixture
def beoordeel(veldwerk):
    def beoordelen_als_inspecteur(code, oordeel, *, motivering="Gezien de stukken.", versie=0, **rest):
        return beoordelen(
            veldwerk.dossier,
            veldwerk.norm(code),
            oordeel,
            motivering=motivering,
            versie=versie,
            wie=veldwerk.inspecteur,
            **rest,
        )

    return beoordelen_als_inspecteur


@pytest.mark.parametrize(
    ("code", "oordeel", "met_stuk", "mag", "alleen_verklaard"),
    [
        (ZONDER_EIS, "voldoet", False, True, False),
        (ZONDER_EIS, "voldoet_deels", False, True, False),
        (ZONDER_EIS, "voldoet", True, True, False),
        (MET_EIS, "voldoet", True, True, False),
        (MET_EIS, "voldoet", False, False, None),
        (MET_EIS, "voldoet_deels", False, True, True),
        (MET_EIS, "voldoet_deels", True, True, False),
        (MET_EIS, "voldoet_niet", False, True, False),
        (MET_EIS, "niet_te_beoordelen", False, True, False),
    ],
)
def test_zonder_het_gevraagde_bewijs_hoogstens_deels(
    veldwerk, beoordeel, code, oordeel, met_stuk, mag, alleen_verklaard
):
    stuk = maak_bewijsstuk(veldwerk.dossier) if met_stuk else None

    if not mag:
        with pytest.raises(ValidationError) as fout:
            beoordeel(code, oordeel, bewijsstuk=stuk)
        assert "regionale arbeidsmarktanalyse" in fout.value.message_dict["bewijsstuk"][0]
        assert not Beoordeling.objects.exists()
        return
    beoordeling = beoordeel(code, oordeel, bewijsstuk=stuk, bewijsplaats=" blz. 12 ")
    assert (beoordeling.oordeel, beoordeling.bewijsstuk) == (oordeel, stuk)
    assert beoordeling.bewijs_vereist == (code == MET_EIS)
    assert beoordeling.alleen_verklaard is alleen_verklaard
    assert (beoordeling.bewijsplaats, beoordeling.versie) == ("blz. 12", 1)


def test_de_database_weigert_voldoet_zonder_bewijs(veldwerk, beoordeel):
    beoordeel(MET_EIS, "voldoet_deels")

    with pytest.raises(IntegrityError, match="beoordeling_voldoet_met_bewijs"), transaction.atomic():
        Beoordeling.objects.update(oordeel="voldoet")


def test_de_database_laat_het_bewijs_er_niet_onderuit_trekken(veldwerk, beoordeel):
    stuk = maak_bewijsstuk(veldwerk.dossier)
    beoordeel(MET_EIS, "voldoet", bewijsstuk=stuk)

    with pytest.raises(IntegrityError, match="beoordeling_voldoet_met_bewijs"), transaction.atomic():
        Beoordeling.objects.update(bewijsstuk=None)


def test_zonder_eis_mag_de_database_het_wel(beoordeel):
    beoordeel(ZONDER_EIS, "voldoet_deels")

    assert Beoordeling.objects.update(oordeel="voldoet") == 1


@pytest.mark.parametrize("oordeel", ["goed", ""])
def test_een_oordeel_dat_niet_bestaat(beoordeel, oordeel):
    with pytest.raises(ValidationError) as fout:
        beoordeel(ZONDER_EIS, oordeel)
    assert "oordeel" in fout.value.message_dict

    beoordeel(ZONDER_EIS, "voldoet")
    with pytest.raises(IntegrityError, match="beoordeling_oordeel"), transaction.atomic():
        Beoordeling.objects.update(oordeel=oordeel)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        (
            {"soort": "convenant"},
            "Een convenant is niet het bewijs dat deze norm vraagt (regionale arbeidsmarktanalyse).",
        ),
        ({"akkoord_op": None}, "Bij dit stuk is nog niet vastgelegd wanneer het akkoord is gegeven (het college)."),
    ],
)
@pytest.mark.parametrize("oordeel", ["voldoet", "voldoet_deels"])
def test_een_stuk_dat_niet_bewijst(veldwerk, beoordeel, velden, zin, oordeel):
    with pytest.raises(ValidationError) as fout:
        beoordeel(MET_EIS, oordeel, bewijsstuk=maak_bewijsstuk(veldwerk.dossier, **velden))

    assert fout.value.message_dict == {"bewijsstuk": [zin]}
    assert not Beoordeling.objects.exists()


@pytest.mark.parametrize("code", [ZONDER_EIS, MET_EIS])
def test_een_stuk_van_een_ander_dossier(veldwerk, beoordeel, code):
    ander = maak_dossier(veldwerk.ronde, maak_gemeente("9902", "Tweedam"), veldwerk.inspecteur)

    with pytest.raises(ValidationError) as fout:
        beoordeel(code, "voldoet", bewijsstuk=maak_bewijsstuk(ander))
    assert fout.value.message_dict == {"bewijsstuk": ["Dit stuk hoort bij een ander dossier."]}


def test_een_norm_zonder_akkoord_vraagt_er_ook_geen(veldwerk, beoordeel):
    terug_naar_concept(veldwerk.instrument)
    Aandachtspunt.objects.filter(code=MET_EIS).update(akkoord_door="")

    assert beoordeel(MET_EIS, "voldoet", bewijsstuk=maak_bewijsstuk(veldwerk.dossier, akkoord_op=None)).pk


def test_een_norm_van_een_ander_instrument(veldwerk):
    norm = Aandachtspunt.objects.get(onderdeel__instrument=maak_instrument("ander"), code=ZONDER_EIS)

    with pytest.raises(ValidationError, match="hoort niet bij dit dossier"):
        beoordelen(veldwerk.dossier, norm, "voldoet", motivering="Ja.", versie=0, wie=veldwerk.inspecteur)


@pytest.mark.parametrize(
    ("velden", "veld", "zin"),
    [
        ({"motivering": " \n"}, "motivering", "Motiveer het oordeel."),
        ({"motivering": "zie\0"}, "motivering", "U+0000"),
        ({"bewijsplaats": "\x07"}, "bewijsplaats", "U+0007"),
        ({"bewijsplaats": "x" * 121}, "bewijsplaats", "120"),
    ],
)
def test_tekst_die_niet_kan(beoordeel, velden, veld, zin):
    with pytest.raises(ValidationError) as fout:
        beoordeel(ZONDER_EIS, "voldoet", **velden)
    assert zin in fout.value.message_dict[veld][0]
    assert not Beoordeling.objects.exists()


def test_op_een_oude_versie_wordt_niets_geschreven(beoordeel):
    beoordeel(ZONDER_EIS, "voldoet")

    with pytest.raises(Conflict) as fout:
        beoordeel(ZONDER_EIS, "voldoet_niet", versie=0)
    assert fout.value.opgeslagen.oordeel == "voldoet"
    with pytest.raises(Conflict) as fout:
        beoordeel(MET_EIS, "voldoet_niet", versie=1)
    assert fout.value.opgeslagen is None
    assert list(Beoordeling.objects.values_list("oordeel", "versie")) == [("voldoet", 1)]


def test_de_geschiedenis_zegt_van_wat_naar_wat_en_waarom(veldwerk, beoordeel):
    beoordeling = beoordeel(ZONDER_EIS, "voldoet_niet", motivering="Niets van gezien.")
    beoordeel(ZONDER_EIS, "voldoet", motivering="Alsnog getoond.", versie=1)

    rijen = Gebeurtenis.objects.van(beoordeling).order_by("pk")
    assert [(r.soort, r.van, r.naar, r.reden, r.wie, r.dossier_id) for r in rijen] == [
        ("gemaakt", "", "voldoet_niet", "Niets van gezien.", veldwerk.inspecteur, veldwerk.dossier.pk),
        ("gewijzigd", "voldoet_niet", "voldoet", "Alsnog getoond.", veldwerk.inspecteur, veldwerk.dossier.pk),
    ]


def test_in_een_dossier_dat_vaststaat_verandert_niets(veldwerk, beoordeel):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)

    with pytest.raises(Geweigerd):
        beoordeel(ZONDER_EIS, "voldoet", versie=1)
    assert Beoordeling.objects.get(aandachtspunt__code=ZONDER_EIS).oordeel == "voldoet_niet"


def test_het_bewijs_van_een_oordeel_kan_niet_weg(veldwerk, beoordeel):
    stuk = maak_bewijsstuk(veldwerk.dossier, datum=date(2007, 11, 6))
    beoordeel(MET_EIS, "voldoet", bewijsstuk=stuk)

    with pytest.raises(ProtectedError), transaction.atomic():
        stuk.delete()


# --- Changing the document afterwards -------------------------------------------------------------------------------


@pytest.mark.parametrize("oordeel", ["voldoet", "voldoet_deels"])
@pytest.mark.parametrize(
    ("wijziging", "zin"),
    [
        ("soort", "Een convenant is niet het bewijs dat deze norm vraagt"),
        ("akkoord_op", "Bij dit stuk is nog niet vastgelegd wanneer het akkoord is gegeven"),
    ],
)
def test_een_stuk_blijft_bewijs_zolang_er_een_oordeel_op_rust(veldwerk, beoordeel, wijziging, zin, oordeel):
    stuk = maak_bewijsstuk(veldwerk.dossier)
    beoordeel(MET_EIS, oordeel, bewijsstuk=stuk)
    anders = {"soort": Bewijssoort.objects.get(code="convenant"), "akkoord_op": None}
    setattr(stuk, wijziging, anders[wijziging])

    with pytest.raises(ValidationError) as fout:
        bewijsstuk_opslaan(stuk, veldwerk.inspecteur)

    assert fout.value.messages[0].startswith(f"Het oordeel over A2.4 rust op dit stuk. {zin}")
    opgeslagen = Bewijsstuk.objects.get()
    assert (opgeslagen.soort.code, opgeslagen.akkoord_op) == ("analyse", date(2007, 12, 4))


def test_wat_aan_het_bewijs_niets_afdoet_mag_wel(veldwerk, beoordeel):
    stuk = maak_bewijsstuk(veldwerk.dossier)
    beoordeel(MET_EIS, "voldoet", bewijsstuk=stuk)
    stuk.titel, stuk.akkoord_op = "Analyse 2007, definitief", date(2007, 12, 11)

    bewijsstuk_opslaan(stuk, veldwerk.inspecteur, wijzigingen={"Titel": ["oud", "nieuw"]})

    assert Bewijsstuk.objects.get().titel == "Analyse 2007, definitief"
    rij = Gebeurtenis.objects.van(stuk).get()
    assert (rij.soort, rij.wie, rij.wijzigingen) == ("gewijzigd", veldwerk.inspecteur, {"Titel": ["oud", "nieuw"]})


def test_op_een_dossier_dat_vaststaat_komt_geen_stuk_meer(veldwerk):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    nieuw = Bewijsstuk(
        dossier=veldwerk.dossier, soort=Bewijssoort.objects.get(code="analyse"), titel="x", datum=date(2008, 1, 2)
    )

    with pytest.raises(Geweigerd):
        bewijsstuk_opslaan(nieuw, veldwerk.inspecteur)
    assert not Bewijsstuk.objects.exists()
