"""The interview's screens: filling it in, what happens when someone else was first, and who may."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vragenlijst.actions import zet_status
from vragenlijst.models import Antwoord, Dossier
from vragenlijst.tests.factories import maak_gemeente, maak_interview


def adres(interview, code="1"):
    return reverse("interview_onderdeel", args=[interview.pk, code])


def velden(response) -> dict:
    """What a browser would post back from this page without typing anything."""
    form = response.context["form"]
    return {naam: form[naam].value() or "" for naam in form.fields}


@pytest.fixture
def pagina(client, veldwerk, inspecteur):
    """The inspector with the first onderdeel open."""
    client.force_login(inspecteur)
    return client


def test_antwoorden_worden_bewaard(pagina, veldwerk):
    open_pagina = pagina.get(adres(veldwerk.interview))
    invoer = velden(open_pagina) | {
        "V1_3": "ja",
        "V1_4": "nee",
        "V1_3-toelichting": "Sinds 2006.",
        "V1_3-citaat": "Zeker.",
    }
    response = pagina.post(adres(veldwerk.interview), invoer, follow=True)
    assert re.search(r"Opgeslagen om \d\d:\d\d\.", response.content.decode())
    antwoord = veldwerk.interview.antwoorden.get(vraag__code="V1.3")
    assert (antwoord.keuze.code, antwoord.toelichting, antwoord.citaat, antwoord.versie) == (
        "ja",
        "Sinds 2006.",
        "Zeker.",
        1,
    )
    assert veldwerk.interview.antwoorden.count() == 2
    assert response.context["form"]["V1_3"].value() == "ja"


def test_niets_gewijzigd_maakt_geen_nieuwe_versie(pagina, veldwerk):
    veldwerk.antwoord("V1.3", keuze="ja", toelichting="eerste regel\ntweede regel")
    invoer = velden(pagina.get(adres(veldwerk.interview)))
    invoer["V1_3-toelichting"] = "eerste regel\r\ntweede regel"  # as a browser sends it
    assert pagina.post(adres(veldwerk.interview), invoer).status_code == 302
    assert veldwerk.interview.antwoorden.get().versie == 1


def test_invullen_begint_waar_nog_iets_te_beantwoorden_is(pagina, veldwerk):
    def waar() -> str:
        html = pagina.get(veldwerk.interview.get_absolute_url()).content.decode()
        return re.search(r'primary-action" href="([^"]*)">Invullen', html)[1]

    assert waar() == adres(veldwerk.interview, "1")
    veldwerk.antwoord("V1.3", keuze="nee")
    assert waar() == adres(veldwerk.interview, "2")
    veldwerk.antwoord("V3.1", keuze="weet-niet")
    veldwerk.antwoord("V2.5", keuze="ja")
    assert waar() == adres(veldwerk.interview, "2")
    veldwerk.antwoord("V2.4", keuze="nvt")
    assert waar() == adres(veldwerk.interview, "1")  # all is answered: from the beginning


def test_opslaan_en_verder_gaat_naar_het_volgende_onderdeel(pagina, veldwerk):
    response = pagina.post(adres(veldwerk.interview), velden(pagina.get(adres(veldwerk.interview))) | {"verder": "1"})
    assert response.url == adres(veldwerk.interview, "2")
    response = pagina.post(adres(veldwerk.interview, "3"), {"verder": "1"})
    assert response.url == veldwerk.interview.get_absolute_url()


def test_vervolgvraag_noemt_haar_voorwaarde_en_houdt_haar_antwoord(pagina, veldwerk):
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.antwoord("V1.4", keuze="nee")
    invoer = velden(pagina.get(adres(veldwerk.interview))) | {"V1_3": "nee"}
    pagina.post(adres(veldwerk.interview), invoer)
    response = pagina.get(adres(veldwerk.interview))
    html = response.content.decode()
    assert "alleen bij V1.3 = ja" in html
    assert "niet meer gevraagd" in html
    assert veldwerk.interview.antwoorden.get(vraag__code="V1.4").keuze.code == "nee"
    # Of the onderdeel's five questions only V1.3 is asked now.
    assert next((v.beantwoord, v.gevraagd) for v in response.context["voortgang"]) == (1, 1)


def test_gemeente_wordt_op_naam_gevonden_zonder_trema(pagina, veldwerk):
    ijssel = maak_gemeente("9903", "Overzjië")
    invoer = velden(pagina.get(adres(veldwerk.interview))) | {"V1_3": "ja", "V1_5": "overzjie"}
    pagina.post(adres(veldwerk.interview), invoer)
    assert veldwerk.interview.antwoorden.get(vraag__code="V1.5").gemeente == ijssel


def test_onbekende_gemeente_blijft_staan_met_uitleg(pagina, veldwerk):
    invoer = velden(pagina.get(adres(veldwerk.interview))) | {"V1_3": "ja", "V1_5": "Nergenshuizen"}
    response = pagina.post(adres(veldwerk.interview), invoer)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Er is geen gemeente &#x27;Nergenshuizen&#x27;" in html
    assert 'value="Nergenshuizen"' in html


def test_afspraken_in_rijen(pagina, veldwerk):
    invoer = velden(pagina.get(adres(veldwerk.interview, "2")))
    invoer |= {
        "V2_4-0-partij": "CWI",
        "V2_4-0-afspraak": "Vacatures delen",
        "V2_4-1-partij": "ROC",
        "V2_4-1-afspraak": "",
    }
    pagina.post(adres(veldwerk.interview, "2"), invoer)
    assert veldwerk.interview.antwoorden.get().rijen == [["CWI", "Vacatures delen"], ["ROC", ""]]
    # Two empty rows follow the two that are filled in.
    assert "V2_4-3-partij" in pagina.get(adres(veldwerk.interview, "2")).context["form"].fields


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("a" * 20_001, "Deze tekst telt 20001 tekens; er passen er 20000."),
        ("voor\x00na", "onzichtbaar teken (U+0000)"),
    ],
)
def test_onbewaarbare_tekst_wordt_bij_het_veld_geweigerd(pagina, veldwerk, tekst, melding):
    response = pagina.post(adres(veldwerk.interview, "3"), {"V3_1": tekst, "V3_1-citaat": "blijft staan"})
    html = response.content.decode()
    assert response.status_code == 422
    assert melding in html
    assert "blijft staan" in html
    assert not Antwoord.objects.exists()


def test_tweede_schrijver_ziet_beide_versies_en_niets_gaat_verloren(client, pagina, veldwerk, collega):
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(toetser=None, tweede_inspecteur=collega)
    gezien = velden(pagina.get(adres(veldwerk.interview, "3")))
    pagina.post(adres(veldwerk.interview, "3"), gezien | {"V3_1": "Tekst van Ina."})
    client.force_login(collega)
    response = client.post(adres(veldwerk.interview, "3"), gezien | {"V3_1": "Tekst van Cor."})
    html = response.content.decode()
    assert response.status_code == 422
    assert "V3.1 is ondertussen door een ander gewijzigd" in html
    assert "door Ina de Vries" in html
    assert "Tekst van Ina." in html
    assert response.context["form"]["V3_1"].value() == "Tekst van Cor."
    assert veldwerk.interview.antwoorden.get().tekst == "Tekst van Ina."
    # Saving again, now knowing, puts the second text in its place; the first stays in the history.
    opnieuw = {naam: response.context["form"][naam].value() or "" for naam in response.context["form"].fields}
    assert client.post(adres(veldwerk.interview, "3"), opnieuw).status_code == 302
    antwoord = veldwerk.interview.antwoorden.get()
    assert antwoord.tekst == "Tekst van Cor."
    assert [versie.inhoud["tekst"] for versie in antwoord.versies.all()] == ["Tekst van Ina.", "Tekst van Cor."]


def test_bij_conflict_het_opgeslagen_antwoord_houden(client, pagina, veldwerk):
    gezien = velden(pagina.get(adres(veldwerk.interview, "3")))
    pagina.post(adres(veldwerk.interview, "3"), gezien | {"V3_1": "Eerst."})
    response = client.post(adres(veldwerk.interview, "3"), gezien | {"V3_1": "Later."})
    opnieuw = {naam: response.context["form"][naam].value() or "" for naam in response.context["form"].fields}
    assert client.post(adres(veldwerk.interview, "3"), opnieuw | {"V3_1-houd": "ja"}).status_code == 302
    assert veldwerk.interview.antwoorden.get().tekst == "Eerst."


def test_wie_een_vraag_niet_aanraakte_heeft_geen_conflict(pagina, veldwerk):
    veldwerk.antwoord("V2.5", keuze="ja")
    gezien = velden(pagina.get(adres(veldwerk.interview, "2")))
    veldwerk.antwoord("V2.5", keuze="nee")  # someone else, in between
    response = pagina.post(adres(veldwerk.interview, "2"), gezien | {"V2_4-0-partij": "CWI"})
    assert response.status_code == 302
    assert veldwerk.interview.antwoorden.get(vraag__code="V2.5").keuze.code == "nee"
    assert veldwerk.interview.antwoorden.get(vraag__code="V2.4").rijen == [["CWI", ""]]


def test_conflict_bij_een_vraag_houdt_de_andere_niet_tegen(pagina, veldwerk):
    gezien = velden(pagina.get(adres(veldwerk.interview, "2")))
    veldwerk.antwoord("V2.5", keuze="nee")
    response = pagina.post(adres(veldwerk.interview, "2"), gezien | {"V2_5": "ja", "V2_4-0-partij": "CWI"})
    assert "opgeslagen: V2.4." in response.content.decode()
    assert veldwerk.interview.antwoorden.get(vraag__code="V2.4").rijen == [["CWI", ""]]
    assert veldwerk.interview.antwoorden.get(vraag__code="V2.5").keuze.code == "nee"


def test_wat_getypt_is_blijft_als_het_interview_ondertussen_vaststaat(pagina, veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee")
    gezien = velden(pagina.get(adres(veldwerk.interview, "3")))
    veldwerk.houd()
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    response = pagina.post(adres(veldwerk.interview, "3"), gezien | {"V3_1": "Nog een zin."})
    html = response.content.decode()
    assert "ter accordering: de antwoorden staan vast" in html
    assert "Nog een zin." in html


@pytest.mark.parametrize(
    ("persona", "status"), [("vreemde", 404), ("collega", 403), ("analist", 403), ("beheerder", 403)]
)
def test_alleen_de_eigen_inspecteur_vult_in(client, request, veldwerk, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(adres(veldwerk.interview)).status_code == status
    # Rights come before validation: also with nonsense in the form.
    assert client.post(adres(veldwerk.interview), {"V1_3": "onzin"}).status_code == status
    assert not Antwoord.objects.exists()


def test_gesprekspartners_zijn_er_alleen_voor_de_eigen_inspecteur(client, veldwerk, inspecteur, collega, analist):
    for gebruiker, ziet in ((inspecteur, True), (collega, False), (analist, False)):
        client.force_login(gebruiker)
        html = client.get(veldwerk.interview.get_absolute_url()).content.decode()
        assert ("P. de Boer" in html) is ziet


def test_als_gehouden_markeren_en_laten_vervallen(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    naar = reverse("interview_status", args=[veldwerk.interview.pk])
    response = client.post(naar, {"naar": "vervallen", "reden": ""})
    assert "Geef een reden op." in response.content.decode()
    assert client.post(naar, {"naar": "gehouden"}).status_code == 302
    veldwerk.interview.refresh_from_db()
    assert veldwerk.interview.status == "gehouden"
    # A second click on the same button finds the step taken, and says so.
    assert "deze stap kan niet (meer)" in client.post(naar, {"naar": "gehouden"}, follow=True).content.decode()


def test_aantal_queries_groeit_niet_met_interviews_en_antwoorden(pagina, veldwerk):
    with CaptureQueriesContext(connection) as leeg:
        pagina.get(adres(veldwerk.interview))
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.antwoord("V1.4", keuze="ja")
    veldwerk.antwoord("V1.7", keuze="nee")
    veldwerk.antwoord("V1.7b", tekst="Geen tijd.")
    for _ in range(5):
        maak_interview(veldwerk.dossier, "cwi")
    with CaptureQueriesContext(connection) as vol:
        pagina.get(adres(veldwerk.interview))
    assert len(vol) == len(leeg)


def test_een_vervallen_interview_heeft_een_weg_om_opnieuw_te_plannen(client, veldwerk):
    zet_status(veldwerk.interview, "vervallen", veldwerk.inspecteur, reden="afgezegd")
    client.force_login(veldwerk.inspecteur)
    html = client.get(veldwerk.interview.get_absolute_url()).content.decode()
    assert html.count("Plan opnieuw") == 1
    assert reverse("interview_wijzigen", args=[veldwerk.interview.pk]) in html
    assert "U kunt de status van dit interview niet wijzigen." not in html
