"""Laying a verslag before somebody: their approval, their corrections, and what a change takes from then on."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from regio.models import Gebeurtenis
from vragenlijst.actions import Akkoord, Geweigerd, antwoord_opslaan, zet_status
from vragenlijst.gevolgen import gevolgen
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Antwoordversie, Gesprekspartner, Interview


def vandaag():
    return timezone.localdate()


def getypt(dag) -> str:
    return f"{dag:%d-%m-%Y}"


@pytest.fixture
def interview(veldwerk) -> Interview:
    """Laid before P. de Boer today."""
    veldwerk.antwoord("V3.1", tekst="Wij overleggen elk kwartaal.")
    veldwerk.houd()
    return zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)


@pytest.fixture
def pagina(client, inspecteur):
    client.force_login(inspecteur)
    return client


def stap(interview, naar: str, **velden) -> tuple:
    return reverse("interview_status", args=[interview.pk]), {"naar": naar, **velden}


def wijzig(veldwerk, tekst: str, **hoe):
    """Change V3.1 as somebody does who has just read it."""
    antwoord = veldwerk.interview.antwoorden.get(vraag__code="V3.1")
    return antwoord_opslaan(
        veldwerk.interview,
        antwoord.vraag,
        Inhoud(tekst=tekst),
        versie=antwoord.versie,
        wie=veldwerk.inspecteur,
        **{"sleutel": uuid.uuid4(), **hoe},
    )


# --- Laying it before somebody ---------------------------------------------------------------------------------------


def test_wie_een_half_gesprek_voorlegt_leest_hoeveel_er_open_staat(veldwerk):
    """Of the four questions that are asked without a condition one has an answer."""
    veldwerk.antwoord("V3.1", tekst="Wij overleggen elk kwartaal.")
    [zin] = gevolgen(veldwerk.interview, "ter_accordering")
    assert zin == (
        "3 vragen hebben nog geen antwoord. Ook ‘weet niet’ en ‘niet van toepassing’ zijn een antwoord: vul dat in waar het zo is."
    )
    for code, wat in {
        "V1.3": {"keuze": "nee"},
        "V2.5": {"keuze": "nee"},
        "V2.4": {"rijen": (("CWI", "stages"),)},
    }.items():
        veldwerk.antwoord(code, **wat)
    assert gevolgen(veldwerk.interview, "ter_accordering") == []


# --- Approval ---------------------------------------------------------------------------------------------------------


def test_akkoord_met_dag_naam_en_correcties(pagina, interview, inspecteur):
    response = pagina.post(
        *stap(
            interview, "geaccordeerd", datum=getypt(vandaag()), door=" Mevr. A. Kok ", correcties="V3.1: per maand.\r\n"
        )
    )

    assert response.status_code == 302
    interview.refresh_from_db()
    assert (interview.status, interview.geaccordeerd_op) == ("geaccordeerd", vandaag())
    assert (interview.geaccordeerd_door, interview.correcties) == ("Mevr. A. Kok", "V3.1: per maand.")
    rij = Gebeurtenis.objects.van(interview).filter(soort="status").order_by("pk").last()
    assert (rij.wie, rij.naar) == (inspecteur, "geaccordeerd")
    assert rij.wijzigingen == {
        "Akkoord gegeven op": [None, vandaag().isoformat()],
        "Correcties": [None, "vastgelegd"],
    }


def test_het_formulier_kent_wie_er_was(pagina, interview):
    html = pagina.get(interview.get_absolute_url()).content.decode()
    assert 'name="door" value="P. de Boer"' in html

    Gesprekspartner.objects.create(interview=interview, naam="A. Kok")
    html = pagina.get(interview.get_absolute_url()).content.decode()
    assert '<option value="P. de Boer"></option><option value="A. Kok"></option>' in html
    assert 'name="door" value=' not in html


@pytest.mark.parametrize(
    ("velden", "veld", "melding"),
    [
        ({"datum": ""}, "datum", "Vul dit in."),
        ({"datum": "31-02-2008"}, "datum", "31-02-2008 bestaat niet: februari 2008 heeft 29 dagen."),
        ({"datum": 1}, "datum", "ligt in de toekomst."),
        ({"datum": -1}, "datum", "het akkoord kan niet van eerder zijn."),
        ({"door": "  "}, "door", "Vul dit in."),
        ({"door": "x" * 201}, "door", "Deze tekst telt 201 tekens; er passen er 200."),
        ({"correcties": "voor\x00na"}, "correcties", "U+0000"),
    ],
)
def test_wat_niet_klopt_staat_bij_het_veld_en_blijft_staan(pagina, interview, velden, veld, melding):
    dag = velden.get("datum", 0)
    invoer = {"door": "P. de Boer", "correcties": "V3.1 klopt niet.", **velden}
    invoer["datum"] = getypt(vandaag() + timedelta(days=dag)) if isinstance(dag, int) else dag

    response = pagina.post(*stap(interview, "geaccordeerd", **invoer))

    assert response.status_code == 422
    form = next(k.form for k in response.context["knoppen"] if k.overgang.naar == "geaccordeerd")
    assert melding in form.errors[veld][0]
    assert list(form.errors) == [veld]

    if veld != "correcties":
        assert "V3.1 klopt niet." in response.content.decode()
    interview.refresh_from_db()
    assert interview.status == "ter_accordering"


def test_alles_wat_niet_klopt_wordt_in_een_keer_gezegd(pagina, interview):
    te_vroeg = getypt(vandaag() - timedelta(days=1))
    response = pagina.post(*stap(interview, "geaccordeerd", datum=te_vroeg, door=""))
    form = next(k.form for k in response.context["knoppen"] if k.overgang.naar == "geaccordeerd")
    assert list(form.errors) == ["datum", "door"]


@pytest.mark.parametrize(
    ("akkoord", "veld"),
    [
        (lambda: None, "door"),
        (lambda: Akkoord(vandaag() + timedelta(days=1), "P. de Boer"), "datum"),
        (lambda: Akkoord(vandaag() - timedelta(days=1), "P. de Boer"), "datum"),
        (lambda: Akkoord(vandaag(), " "), "door"),
        (lambda: Akkoord(vandaag(), "P.\0"), "door"),
    ],
)
def test_ook_wie_het_formulier_overslaat_vult_alles_in(veldwerk, interview, akkoord, veld):
    with pytest.raises(ValidationError) as fout:
        zet_status(interview, "geaccordeerd", veldwerk.inspecteur, akkoord=akkoord())

    assert veld in fout.value.message_dict
    interview.refresh_from_db()
    assert interview.status == "ter_accordering"


def test_na_akkoord_staan_de_antwoorden_vast_tot_heropenen_met_een_reden(pagina, veldwerk, interview):
    zet_status(interview, "geaccordeerd", veldwerk.inspecteur, akkoord=Akkoord(vandaag(), "P. de Boer"))

    with pytest.raises(Geweigerd, match="geaccordeerd: de antwoorden staan vast"):
        wijzig(veldwerk, "Toch anders.", reden="zomaar")
    with pytest.raises(Geweigerd, match="reden"):
        zet_status(interview, "gehouden", veldwerk.inspecteur)

    pagina.post(*stap(interview, "gehouden", reden="Nagekomen stuk."))
    interview.refresh_from_db()
    assert (interview.status, interview.geaccordeerd_op, interview.geaccordeerd_door) == ("gehouden", None, "")


def test_wie_akkoord_gaf_en_wat_zij_schreven_is_voor_de_eigen_inspecteur(client, request, veldwerk, interview):
    zet_status(
        interview,
        "geaccordeerd",
        veldwerk.inspecteur,
        akkoord=Akkoord(vandaag(), "Mevr. A. Kok"),
        correcties="Schrijf mijn functie goed.",
    )
    for persona, ziet in (("inspecteur", True), ("collega", False), ("analist", False)):
        client.force_login(request.getfixturevalue(persona))
        html = client.get(interview.get_absolute_url()).content.decode()
        assert "Geaccordeerd op" in html
        assert ("Mevr. A. Kok" in html) is ziet
        assert ("Schrijf mijn functie goed." in html) is ziet


# --- Corrections ------------------------------------------------------------------------------------------------------


def test_terugnemen_bewaart_de_correcties_en_het_akkoord_neemt_ze_over(pagina, veldwerk, interview):
    pagina.post(*stap(interview, "gehouden", reden="Zij wil iets anders.", correcties="V3.1: per maand."))

    interview.refresh_from_db()
    assert (interview.status, interview.correcties) == ("gehouden", "V3.1: per maand.")
    assert (
        "elke wijziging van een antwoord vraagt nu een reden"
        in pagina.get(interview.get_absolute_url()).content.decode()
    )
    zet_status(interview, "ter_accordering", veldwerk.inspecteur)
    form = pagina.get(interview.get_absolute_url()).context["knoppen"][0].form
    assert form["correcties"].value() == "V3.1: per maand."


def test_terugnemen_zonder_reden_kan_niet_en_de_correcties_blijven_staan(pagina, interview):
    response = pagina.post(*stap(interview, "gehouden", reden=" ", correcties="V3.1: per maand."))

    assert response.status_code == 422
    assert "Geef een reden op." in response.content.decode()
    assert "V3.1: per maand." in response.content.decode()
    interview.refresh_from_db()
    assert (interview.status, interview.correcties) == ("ter_accordering", "")


def test_na_een_verslag_vraagt_elke_wijziging_een_reden(veldwerk, interview):
    zet_status(interview, "gehouden", veldwerk.inspecteur, reden="correctie")

    for reden in ("", " \n"):
        with pytest.raises(ValidationError, match="geef de reden van de wijziging op"):
            wijzig(veldwerk, "Wij overleggen elke maand.", reden=reden)
    assert Antwoordversie.objects.count() == 1

    wijzig(veldwerk, "Wij overleggen elke maand.", reden=" Correctie van de gesprekspartner. ")

    versie = Antwoordversie.objects.order_by("pk").last()
    assert (versie.versie, versie.reden) == (2, "Correctie van de gesprekspartner.")
    rij = Gebeurtenis.objects.get(ding_soort="antwoord")
    assert (rij.wie, rij.reden, rij.dossier_id) == (veldwerk.inspecteur, versie.reden, veldwerk.dossier.pk)
    assert rij.wijzigingen == {
        "antwoord": [{"tekst": "Wij overleggen elk kwartaal."}, {"tekst": "Wij overleggen elke maand."}]
    }


def test_wat_niets_wijzigt_vraagt_geen_reden(veldwerk, interview):
    zet_status(interview, "gehouden", veldwerk.inspecteur, reden="correctie")

    assert wijzig(veldwerk, "Wij overleggen elk kwartaal.").nieuw is False
    sleutel = uuid.uuid4()
    assert wijzig(veldwerk, "Anders.", reden="correctie", sleutel=sleutel).nieuw is True
    assert wijzig(veldwerk, "Anders.", sleutel=sleutel).nieuw is False  # sent again, its reason forgotten


def test_ook_een_nieuw_antwoord_vraagt_een_reden(veldwerk, interview):
    zet_status(interview, "gehouden", veldwerk.inspecteur, reden="correctie")
    with pytest.raises(ValidationError, match="reden van de wijziging"):
        veldwerk.antwoord("V1.3", keuze="ja")


def test_voor_het_eerste_verslag_vraagt_niemand_iets(veldwerk):
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.houd()
    veldwerk.antwoord("V1.3", keuze="nee")
    assert not Gebeurtenis.objects.filter(ding_soort="antwoord").exists()


# --- Who looked -------------------------------------------------------------------------------------------------------


def inzages(interview):
    return Gebeurtenis.objects.van(interview).filter(soort="inzage")


def test_wie_namen_te_zien_krijgt_staat_eenmaal_per_dag_vast(pagina, veldwerk, interview, inspecteur):
    for _ in range(3):
        pagina.get(interview.get_absolute_url())

    assert [(rij.wie, rij.dossier_id) for rij in inzages(interview)] == [(inspecteur, veldwerk.dossier.pk)]


def test_een_nieuwe_dag_is_een_nieuwe_rij(pagina, interview, inspecteur, monkeypatch):
    pagina.get(interview.get_absolute_url())
    morgen = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: morgen)
    pagina.force_login(inspecteur)  # the session of yesterday is over
    pagina.get(interview.get_absolute_url())
    assert inzages(interview).count() == 2


@pytest.mark.parametrize("persona", ["collega", "analist"])
def test_wie_geen_namen_ziet_laat_geen_inzage_na(client, request, interview, persona):
    client.force_login(request.getfixturevalue(persona))
    client.get(interview.get_absolute_url())
    assert not inzages(interview).exists()


def test_zonder_namen_geen_inzage(pagina, veldwerk):
    veldwerk.interview.gesprekspartners.all().delete()
    pagina.get(veldwerk.interview.get_absolute_url())
    assert not inzages(veldwerk.interview).exists()


# --- The entry page ---------------------------------------------------------------------------------------------------


def invulpagina(interview):
    return reverse("interview_onderdeel", args=[interview.pk, "3"])


def gezien(response, **velden) -> dict:
    form = response.context["form"]
    return {naam: form[naam].value() or "" for naam in form.fields} | velden


def test_de_invulpagina_vraagt_de_reden_eenmaal(pagina, veldwerk, interview):
    zet_status(interview, "gehouden", veldwerk.inspecteur, reden="correctie")
    invoer = gezien(pagina.get(invulpagina(interview)), V3_1="Elke maand.")

    response = pagina.post(invulpagina(interview), invoer)
    assert response.status_code == 422
    assert response.context["form"].errors == {"reden": ["Geef de reden van de wijziging op."]}
    assert "Elke maand." in response.content.decode()
    assert interview.antwoorden.get().tekst == "Wij overleggen elk kwartaal."

    response = pagina.post(invulpagina(interview), gezien(response, reden="Correctie van de gesprekspartner."))
    assert response.status_code == 302
    antwoord = interview.antwoorden.get()
    assert antwoord.tekst == "Elke maand."
    assert antwoord.versies.last().reden == "Correctie van de gesprekspartner."


def test_wie_niets_wijzigt_hoeft_geen_reden_te_geven(pagina, veldwerk, interview):
    zet_status(interview, "gehouden", veldwerk.inspecteur, reden="correctie")
    assert pagina.post(invulpagina(interview), gezien(pagina.get(invulpagina(interview)))).status_code == 302


def test_voor_het_eerste_verslag_vraagt_de_pagina_niets(pagina, veldwerk):
    response = pagina.get(invulpagina(veldwerk.interview))
    assert "reden" not in response.context["form"].fields
    assert "data-reden" not in response.content.decode()


def test_het_bericht_van_de_pagina_zelf_draagt_de_reden(pagina, veldwerk, interview):
    zet_status(interview, "gehouden", veldwerk.inspecteur, reden="correctie")
    bericht = {"sleutel": str(uuid.uuid4()), "vraag": "V3.1", "versie": 1, "inhoud": {"tekst": "Elke maand."}}
    adres = reverse("antwoord_bewaren", args=[interview.pk])

    zonder = pagina.post(adres, bericht, content_type="application/json")
    met = pagina.post(adres, bericht | {"reden": "Correctie"}, content_type="application/json")

    assert (zonder.status_code, zonder.json()["fout"]) == (
        422,
        "Er is al een gespreksverslag gemaakt: geef de reden van de wijziging op.",
    )
    assert met.status_code == 200
    assert Gebeurtenis.objects.get(ding_soort="antwoord").reden == "Correctie"
