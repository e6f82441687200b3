"""Intentions: marked on an answer, carried to the next round through a herindeling, followed up there (V08/01, Vervolg)."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regio.models import Gebeurtenis, Herindeling
from vragenlijst.actions import Conflict, Geweigerd, antwoord_opslaan, zet_status
from vragenlijst.actions.intenties import opvolging_vastleggen
from vragenlijst.bezwaren import bezwaren
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Antwoord, Intentie, Opvolging
from vragenlijst.queries import inhoud_van
from vragenlijst.queries import intenties as queries_intenties
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_intentie, maak_interview
from vragenlijst.tests.test_zet_status import maak_compleet

D2008 = date(2008, 1, 1)


@pytest.fixture
def markeer(veldwerk):
    """Save an answer with an intention on it, as the page does: over the version that stands there, or over `versie`."""

    def markeer(intentie="Samen een plan maken.", horizon="", *, tekst="x", versie=None, interview=None):
        interview, vraag = interview or veldwerk.interview, veldwerk.vraag("V3.1")
        staat_er = Antwoord.objects.filter(interview=interview, vraag=vraag).first()
        return antwoord_opslaan(
            interview,
            vraag,
            Inhoud(tekst=tekst, intentie=intentie, horizon=horizon),
            versie=versie if versie is not None else staat_er.versie if staat_er else 0,
            sleutel=uuid4(),
            wie=veldwerk.inspecteur,
        ).antwoord

    return markeer


def uit_vorige(dossier) -> list[str]:
    return [punt.intentie.omschrijving for punt in queries_intenties.uit_vorige_ronde(dossier)]


# --- Marking an answer -----------------------------------------------------------------------------------------------


def test_een_intentie_hoort_bij_haar_antwoord_en_heeft_een_eigen_geschiedenis(veldwerk, markeer):
    antwoord = markeer("Een plan.", "2009-01-01")
    assert (antwoord.intentie.omschrijving, antwoord.intentie.horizon) == ("Een plan.", date(2009, 1, 1))
    assert inhoud_van(markeer("Een beter plan.")) == Inhoud(tekst="x", intentie="Een beter plan.")
    assert markeer("Een beter plan.", tekst="y").intentie.versie == 2  # another answer, the same intention
    antwoord = markeer("", tekst="y")
    assert not Intentie.objects.exists()
    assert (inhoud_van(antwoord), antwoord.versie) == (Inhoud(tekst="y"), 4)
    rijen = Gebeurtenis.objects.filter(ding_soort="intentie", dossier_id=veldwerk.dossier.pk).order_by("pk")
    assert [(rij.soort, rij.naar, rij.wijzigingen) for rij in rijen] == [
        ("gemaakt", "", {"Intentie bij V3.1": ["", "Een plan."], "Voor wanneer": ["", "2009-01-01"]}),
        ("gewijzigd", "", {"Intentie bij V3.1": ["Een plan.", "Een beter plan."], "Voor wanneer": ["2009-01-01", ""]}),
        ("gewijzigd", "ingetrokken", {"Intentie bij V3.1": ["Een beter plan.", ""]}),
    ]


def test_wie_te_laat_is_ziet_ook_de_intentie_van_de_ander(markeer):
    markeer("A")
    with pytest.raises(Conflict) as botsing:
        markeer("B", versie=0)
    assert inhoud_van(botsing.value.opgeslagen) == Inhoud(tekst="x", intentie="A")
    assert Intentie.objects.get().omschrijving == "A"
    assert Gebeurtenis.objects.filter(ding_soort="intentie").count() == 1


def test_na_het_verslag_staat_ook_de_intentie_vast(veldwerk, markeer):
    markeer("A")
    veldwerk.houd()
    markeer("B")
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    for anders in ("C", ""):
        with pytest.raises(Geweigerd, match="de antwoorden staan vast"):
            markeer(anders)
    assert Intentie.objects.get().omschrijving == "B"


# --- To the next round -----------------------------------------------------------------------------------------------


def test_dezelfde_gemeente_in_de_volgende_ronde(veldwerk):
    vorig = veldwerk.in_vorige_ronde()
    veldwerk.intentie(vorig, "Een plan.")
    elders = veldwerk.in_vorige_ronde(maak_gemeente("9902", "Tweedam"))
    veldwerk.intentie(elders, "Een ander plan.")
    assert uit_vorige(veldwerk.dossier) == ["Een plan."]
    assert queries_intenties.uit_vorige_ronde(vorig) == []


def test_na_een_samenvoeging_bij_de_opvolger(veldwerk, inspecteur, collega):
    """Aadam and Beedam became Proefdam on 1 July 2007; Ceedam joined it only after the peildatum."""
    oud = [
        maak_gemeente(code, naam, geldig_tot=tot)
        for code, naam, tot in (
            ("9902", "Aadam", date(2007, 7, 1)),
            ("9903", "Beedam", date(2007, 7, 1)),
            ("9904", "Ceedam", date(2008, 2, 1)),
        )
    ]
    for gemeente in oud:
        Herindeling.objects.create(datum=gemeente.geldig_tot, oud=gemeente, nieuw=veldwerk.dossier.gemeente)
        veldwerk.intentie(veldwerk.in_vorige_ronde(gemeente), f"Plan van {gemeente}.")
    zelf = maak_dossier(veldwerk.ronde, oud[2], inspecteur, collega)
    assert uit_vorige(veldwerk.dossier) == ["Plan van Aadam.", "Plan van Beedam."]
    assert uit_vorige(zelf) == ["Plan van Ceedam."]


def test_na_een_splitsing_bij_elke_opvolger(veldwerk, inspecteur, collega):
    oud = maak_gemeente("9902", "Aadam", geldig_tot=date(2007, 7, 1))
    tweede = maak_gemeente("9903", "Beedam")
    for nieuw, hoofd in ((veldwerk.dossier.gemeente, True), (tweede, False)):
        Herindeling.objects.create(datum=date(2007, 7, 1), oud=oud, nieuw=nieuw, hoofdopvolger=hoofd)
    intentie = veldwerk.intentie(veldwerk.in_vorige_ronde(oud), "Een plan.")
    ander = maak_dossier(veldwerk.ronde, tweede, inspecteur, collega)
    assert uit_vorige(veldwerk.dossier) == uit_vorige(ander) == ["Een plan."]
    opvolging_vastleggen(veldwerk.dossier, intentie, "nagekomen", "Het ligt er.", versie=0, wie=inspecteur)
    assert queries_intenties.open_intenties_per_dossier([veldwerk.dossier, ander]) == {
        veldwerk.dossier.pk: 0,
        ander.pk: 1,
    }


def test_alleen_wat_telt_gaat_mee(veldwerk):
    """Not from an interview that fell through, nor on a question that routing closed, nor on an emptied answer."""
    vorig = veldwerk.in_vorige_ronde()
    interview = veldwerk.intentie(vorig, "Een plan.").antwoord.interview
    veldwerk.antwoord("V1.3", interview, keuze="ja")
    veldwerk.antwoord("V1.4", interview, keuze="ja")
    maak_intentie(interview, "V1.4", veldwerk.inspecteur, "Voortrekker worden.")
    assert uit_vorige(veldwerk.dossier) == ["Voortrekker worden.", "Een plan."]
    veldwerk.antwoord("V1.3", interview, keuze="nee")
    assert uit_vorige(veldwerk.dossier) == ["Een plan."]
    assert [(g.intentie.omschrijving, g.telt) for g in queries_intenties.van_dossier(vorig)] == [
        ("Voortrekker worden.", False),
        ("Een plan.", True),
    ]
    veldwerk.antwoord("V3.1", interview, tekst="", toelichting="teruggenomen")
    assert uit_vorige(veldwerk.dossier) == []
    veldwerk.antwoord("V3.1", interview, tekst="Een plan.")
    zet_status(interview, "gepland", veldwerk.inspecteur, reden="verkeerde datum")
    assert uit_vorige(veldwerk.dossier) == []


def test_een_vast_aantal_vragen_aan_de_database(veldwerk, inspecteur, collega):
    def dossier(nr):
        gemeente = maak_gemeente(f"99{nr}", f"Dam {nr}")
        veldwerk.intentie(veldwerk.in_vorige_ronde(gemeente))
        return maak_dossier(veldwerk.ronde, gemeente, inspecteur, collega)

    def tel(dossiers) -> int:
        with CaptureQueriesContext(connection) as vragen:
            assert list(queries_intenties.open_intenties_per_dossier(dossiers).values()) == [1] * len(dossiers)
        return len(vragen)

    twee = [dossier(nr) for nr in (10, 11)]
    eerst = tel(twee)
    assert tel(twee + [dossier(nr) for nr in range(12, 32)]) == eerst <= 8


# --- What became of it -----------------------------------------------------------------------------------------------


@pytest.fixture
def op_te_volgen(veldwerk):
    return veldwerk.intentie(veldwerk.in_vorige_ronde(), "Een plan.")


def volg_op(veldwerk, intentie, uitkomst="nagekomen", toelichting="Het plan ligt er.", versie=0):
    return opvolging_vastleggen(
        veldwerk.dossier, intentie, uitkomst, toelichting, versie=versie, wie=veldwerk.inspecteur
    )


@pytest.mark.parametrize("uitkomst", ["nagekomen", "in_uitvoering", "losgelaten", "vervangen"])
def test_elke_uitkomst_met_een_toelichting(veldwerk, op_te_volgen, uitkomst):
    opvolging = volg_op(veldwerk, op_te_volgen, uitkomst)
    assert (opvolging.uitkomst, opvolging.versie) == (uitkomst, 1)
    rij = Gebeurtenis.objects.van(opvolging).get()
    assert (rij.soort, rij.naar, rij.reden, rij.dossier_id) == (
        "gemaakt",
        uitkomst,
        "Het plan ligt er.",
        veldwerk.dossier.pk,
    )


@pytest.mark.parametrize(
    ("uitkomst", "toelichting", "veld"), [("vergeten", "x", "uitkomst"), ("nagekomen", " ", "toelichting")]
)
def test_wat_geen_opvolging_is(veldwerk, op_te_volgen, uitkomst, toelichting, veld):
    with pytest.raises(ValidationError) as fout:
        volg_op(veldwerk, op_te_volgen, uitkomst, toelichting)
    assert list(fout.value.message_dict) == [veld]


def test_een_intentie_van_elders_volgt_dit_dossier_niet_op(veldwerk):
    elders = veldwerk.intentie(veldwerk.in_vorige_ronde(maak_gemeente("9902", "Tweedam")))
    with pytest.raises(ValidationError, match="volgt dit dossier niet op"):
        volg_op(veldwerk, elders)


def test_opvolgen_te_laat_of_twee_keer(veldwerk, op_te_volgen):
    volg_op(veldwerk, op_te_volgen)
    assert volg_op(veldwerk, op_te_volgen).versie == 1
    with pytest.raises(Conflict):
        volg_op(veldwerk, op_te_volgen, "losgelaten", "Toch niet.")
    assert volg_op(veldwerk, op_te_volgen, "losgelaten", "Toch niet.", versie=1).versie == 2
    assert Opvolging.objects.count() == 1


def test_aanbieden_wacht_op_elke_opvolging(veldwerk, op_te_volgen):
    maak_compleet(veldwerk)
    [zin] = bezwaren(veldwerk.dossier, "ter_toetsing")
    assert zin == (
        "Van de intentie bij V3.1 uit de vorige ronde (Sociale zaken) is nog niet vastgelegd wat ervan is geworden."
    )
    assert zin.adres == reverse("opvolging", args=[veldwerk.dossier.pk, op_te_volgen.pk])
    with pytest.raises(Geweigerd, match=r"intentie bij V3\.1"):
        zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    volg_op(veldwerk, op_te_volgen)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    with pytest.raises(Geweigerd, match="de inhoud staat vast"):
        volg_op(veldwerk, op_te_volgen, "losgelaten", versie=1)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)
    with pytest.raises(Geweigerd, match="de inhoud staat vast"):
        volg_op(veldwerk, op_te_volgen, "losgelaten", versie=1)
    for doe in (
        lambda: Opvolging.objects.update(uitkomst="losgelaten"),
        lambda: Opvolging.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="opvolging_vastgesteld"), transaction.atomic():
            doe()


def test_in_een_vastgesteld_dossier_verandert_geen_intentie(veldwerk, markeer):
    maak_compleet(veldwerk)
    maak_intentie(veldwerk.interview, "V3.1", veldwerk.inspecteur, "Samen een plan maken.")
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)
    with pytest.raises(Geweigerd):
        markeer("Anders.")
    for doe in (lambda: Intentie.objects.update(omschrijving="x"), lambda: Intentie.objects.all().delete()):
        with pytest.raises(IntegrityError, match="intentie_vastgesteld"), transaction.atomic():
            doe()


def test_een_opgevolgde_intentie_staat_vast(veldwerk, op_te_volgen, markeer):
    volg_op(veldwerk, op_te_volgen)
    for anders in ("Iets anders.", ""):
        with pytest.raises(ValidationError, match="al opgevolgd"):
            markeer(anders, tekst="Een plan.", interview=op_te_volgen.antwoord.interview)
    assert markeer("Een plan.", tekst="Anders gezegd.", interview=op_te_volgen.antwoord.interview).versie == 3


# --- The pages -------------------------------------------------------------------------------------------------------


def test_van_antwoord_tot_opvolging(client, veldwerk, inspecteur):
    """On the page where answers are typed, without JavaScript."""
    client.force_login(inspecteur)
    adres = reverse("interview_onderdeel", args=[veldwerk.interview.pk, "2"])
    velden = {"V2_5": "ja", "V2_5-intentie": "Een voorstel aan het college.", "V2_5-horizon": "31-02-2008"}
    response = client.post(adres, velden)
    assert response.status_code == 422
    assert "februari 2008 heeft 29 dagen" in response.content.decode()
    assert "Een voorstel aan het college.</textarea>" in response.content.decode()
    assert client.post(adres, velden | {"V2_5-horizon": "01-07-2008"}).status_code == 302
    html = client.get(adres).content.decode()
    assert "Een voorstel aan het college.</textarea>" in html
    assert 'value="01-07-2008"' in html
    veldwerk.houd()
    for naam in ("bevindingen", "intenties"):
        html = client.get(reverse(naam, args=[veldwerk.dossier.pk])).content.decode()
        assert "Een voorstel aan het college." in html
        assert "voor 1 juli 2008" in html
    assert f"{adres}#V2.5" in html
    client.post(adres, {"V2_5": "ja", "V2_5-versie": "1"})
    assert not Intentie.objects.exists()


def test_een_voorgesteld_thema_wordt_in_de_hele_ronde_aangereikt(client, veldwerk, inspecteur, vreemde):
    ander = maak_dossier(veldwerk.ronde, maak_gemeente("9902", "Tweedam"), vreemde, status="in_uitvoering")
    elders = veldwerk.in_vorige_ronde()
    for dossier, thema in ((ander, "Jeugd"), (ander, "Banen"), (elders, "Oud")):
        veldwerk.antwoord("V3.1", maak_interview(dossier), tekst="x", thema=thema)
    client.force_login(inspecteur)
    adres = reverse("interview_onderdeel", args=[veldwerk.interview.pk, "3"])
    html = client.get(adres).content.decode()
    assert (
        '<datalist id="themas-V3_1"><option value="Banen"></option><option value="Jeugd"></option></datalist>' in html
    )
    client.post(adres, {"V3_1": "Via school.", "V3_1-thema": "Jeugd"})
    assert inhoud_van(veldwerk.interview.antwoorden.get()) == Inhoud(tekst="Via school.", thema="Jeugd")


def test_de_opvolgpagina_houdt_wat_getypt_is(client, veldwerk, op_te_volgen, inspecteur):
    client.force_login(inspecteur)
    adres = reverse("opvolging", args=[veldwerk.dossier.pk, op_te_volgen.pk])
    assert "Een plan." in client.get(adres).content.decode()
    response = client.post(adres, {"toelichting": "Het ligt er.", "versie": "0"})
    assert response.status_code == 422
    assert "Het ligt er.</textarea>" in response.content.decode()
    volg_op(veldwerk, op_te_volgen, "losgelaten", "Niets meer van gehoord.")
    response = client.post(adres, {"uitkomst": "nagekomen", "toelichting": "Het ligt er.", "versie": "0"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Niets meer van gehoord." in html
    assert "Het ligt er.</textarea>" in html
    assert Opvolging.objects.get().uitkomst == "losgelaten"
    elders = veldwerk.intentie(veldwerk.in_vorige_ronde(maak_gemeente("9902", "Tweedam")))
    assert client.get(reverse("opvolging", args=[veldwerk.dossier.pk, elders.pk])).status_code == 404


def test_het_interview_van_toen_is_alleen_te_openen_door_wie_het_mag_zien(client, veldwerk, op_te_volgen, vreemde):
    veldwerk.dossier.inspecteur = vreemde
    veldwerk.dossier.save(update_fields=["inspecteur"])
    adres = reverse("opvolging", args=[veldwerk.dossier.pk, op_te_volgen.pk])
    toen = op_te_volgen.antwoord.interview.get_absolute_url()
    client.force_login(vreemde)
    assert toen not in client.get(adres).content.decode()
    assert client.get(toen).status_code == 404
