"""The screens of findings and judgements: actors side by side, choosing with a motivation, evidence asked by the norm."""

import pytest
from django.db import connection
from django.urls import reverse

from regio.regels import zonder_regels
from vragenlijst.models import Beoordeling, Bevinding
from vragenlijst.tests.factories import maak_bewijsstuk


@pytest.fixture
def oneens(veldwerk):
    """Two actors contradict each other on V1.3, agree on V2.5, and one alone speaks on V3.1."""
    veldwerk.antwoord("V1.3", keuze="ja", toelichting="Er is een convenant.")
    veldwerk.antwoord("V2.5", keuze="nee")
    veldwerk.antwoord("V3.1", tekst="Via projecten.")
    veldwerk.houd()
    veldwerk.gesprek("cwi", V1_3="nee", V2_5="nee")
    return veldwerk


def test_actoren_staan_naast_elkaar(client, oneens, inspecteur):
    client.force_login(inspecteur)
    response = client.get(reverse("bevindingen", args=[oneens.dossier.pk]))
    regels = {regel.vraag.code: regel for _, groep in response.context["groepen"] for regel, *_ in groep}
    assert {code: regels[code].stand for code in ("V1.3", "V2.5", "V3.1", "V2.4")} == {
        "V1.3": "tegengesteld",
        "V2.5": "eensluidend",
        "V3.1": "één bron",
        "V2.4": "niet gevraagd",
    }
    assert "Er is een convenant." in response.content.decode()
    html = response.content.decode()
    assert "Neem 2 antwoorden over als bevinding" in html
    assert "Eensluidend (1):" in html
    assert "Één bron (1):" in html


def test_de_knop_noemt_alles_wat_hij_overneemt_ook_wat_pas_daardoor_wordt_gevraagd(client, veldwerk, inspecteur):
    """V1.3 ja opens V1.4, V1.4 ja opens V1.7, V1.7 nee opens V1.7b: each said by one actor. V2.5 is contradicted."""
    veldwerk.gesprek("cwi", V1_3="ja", V1_4="ja", V1_7="nee", V1_7b="Geen tijd", V2_5="ja")
    veldwerk.gesprek("scholing", V1_3="ja", V2_5="nee")
    client.force_login(inspecteur)
    adres = reverse("bevindingen", args=[veldwerk.dossier.pk])
    response = client.get(adres)
    gezien = [(regel.vraag.code, regel.stand) for regel in response.context["voorstellen"]]
    assert gezien == [
        ("V1.3", "eensluidend"),
        ("V1.4", "één bron"),
        ("V1.7", "één bron"),
        ("V1.7b", "één bron"),
    ]
    assert "Neem 4 antwoorden over als bevinding" in response.content.decode()
    response = client.post(reverse("bevindingen_overnemen", args=[veldwerk.dossier.pk]), follow=True)
    assert "4 bevindingen overgenomen." in response.content.decode()
    assert sorted(Bevinding.objects.values_list("vraag__code", flat=True)) == [code for code, _ in gezien]
    assert "over als bevinding" not in client.get(adres).content.decode()


def test_naar_de_volgende_slaat_niet_over_wat_deze_bevinding_opent(client, oneens, inspecteur):
    client.force_login(inspecteur)
    adres = reverse("bevinding", args=[oneens.dossier.pk, "V1.3"])
    velden = {"V1_3": "ja", "motivatie": "Het convenant ligt er.", "versie": "0", "verder": "1"}
    assert client.post(adres, velden).url == reverse("bevinding", args=[oneens.dossier.pk, "V1.4"])


def test_overnemen_waar_actoren_het_eens_zijn(client, oneens, inspecteur):
    client.force_login(inspecteur)
    response = client.post(reverse("bevindingen_overnemen", args=[oneens.dossier.pk]), follow=True)
    assert "2 bevindingen overgenomen." in response.content.decode()
    assert sorted(Bevinding.objects.values_list("vraag__code", flat=True)) == ["V2.5", "V3.1"]


def test_tegenspraak_vraagt_een_motivatie(client, oneens, inspecteur):
    client.force_login(inspecteur)
    adres = reverse("bevinding", args=[oneens.dossier.pk, "V1.3"])
    response = client.post(adres, {"V1_3": "ja", "motivatie": "", "versie": "0"})
    assert response.status_code == 422
    assert response.context["form"].errors["motivatie"] == [
        "De actoren spreken elkaar tegen: motiveer waarom dit de bevinding is."
    ]
    assert response.context["form"]["V1_3"].value() == "ja"
    assert client.post(adres, {"V1_3": "ja", "motivatie": "Het convenant ligt er.", "versie": "0"}).status_code == 302
    bevinding = oneens.bevinding("V1.3")
    assert (bevinding.keuze.code, bevinding.stand, bevinding.motivatie) == (
        "ja",
        "tegengesteld",
        "Het convenant ligt er.",
    )


def test_vaststellen_en_naar_de_volgende_open_vraag(client, oneens, inspecteur):
    client.force_login(inspecteur)
    response = client.post(
        reverse("bevinding", args=[oneens.dossier.pk, "V2.5"]), {"V2_5": "nee", "versie": "0", "verder": "1"}
    )
    assert response.url == reverse("bevinding", args=[oneens.dossier.pk, "V3.1"])


def test_bevinding_die_een_ander_al_vaststelde(client, oneens, inspecteur):
    client.force_login(inspecteur)
    adres = reverse("bevinding", args=[oneens.dossier.pk, "V1.3"])
    client.post(adres, {"V1_3": "ja", "motivatie": "Convenant.", "versie": "0"})
    response = client.post(adres, {"V1_3": "nee", "motivatie": "Niet getekend.", "versie": "0"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Convenant." in html
    assert "Niet getekend." in html
    assert oneens.bevinding("V1.3").keuze.code == "ja"
    # Known now: saving again lets the second judgement stand.
    client.post(
        adres, {"V1_3": "nee", "motivatie": "Niet getekend.", "versie": response.context["form"]["versie"].value()}
    )
    assert oneens.bevinding("V1.3").keuze.code == "nee"


def test_gewijzigd_antwoord_maakt_de_bevinding_te_herzien(client, oneens, inspecteur):
    client.force_login(inspecteur)
    client.post(reverse("bevindingen_overnemen", args=[oneens.dossier.pk]))
    oneens.antwoord("V2.5", keuze="ja")
    html = client.get(reverse("bevindingen", args=[oneens.dossier.pk])).content.decode()
    assert "te herzien" in html
    assert oneens.bevinding("V2.5").keuze.code == "nee"


def test_norm_met_bewijseis_wordt_niet_voldoet_zonder_stuk(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    adres = reverse("beoordeling", args=[veldwerk.dossier.pk, "A2.4"])
    invoer = {"oordeel": "voldoet", "motivering": "Er is een analyse.", "versie": "0"}
    response = client.post(adres, invoer)
    assert (
        "Deze norm vraagt zelf om bewijs (regionale arbeidsmarktanalyse)"
        in response.context["form"].errors["bewijsstuk"][0]
    )
    assert response.context["form"]["motivering"].value() == "Er is een analyse."
    assert not response.context["form"]["bewijsstuk"].optioneel
    assert not Beoordeling.objects.exists()
    stuk = maak_bewijsstuk(veldwerk.dossier)
    assert client.post(adres, invoer | {"bewijsstuk": stuk.pk, "bewijsplaats": "blz. 3"}).status_code == 302
    assert Beoordeling.objects.get().oordeel == "voldoet"


def test_voldoet_deels_zonder_stuk_is_alleen_verklaard(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    client.post(
        reverse("beoordeling", args=[veldwerk.dossier.pk, "A2.4"]),
        {"oordeel": "voldoet_deels", "motivering": "Zegt men.", "versie": "0"},
    )
    assert "alleen verklaard" in client.get(reverse("beoordelingen", args=[veldwerk.dossier.pk])).content.decode()


def test_norm_zonder_vraag_zegt_dat(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    with zonder_regels(connection):
        veldwerk.norm("A1.2").vragen.clear()
    html = client.get(reverse("beoordeling", args=[veldwerk.dossier.pk, "A1.2"])).content.decode()
    assert "De vragenlijst heeft geen vraag bij dit aandachtspunt." in html


@pytest.mark.parametrize(
    ("persona", "status"), [("vreemde", 404), ("collega", 403), ("analist", 403), ("beheerder", 403)]
)
@pytest.mark.parametrize(
    ("naam", "code"), [("bevinding", "V1.3"), ("beoordeling", "A1.2"), ("bevindingen_overnemen", None)]
)
def test_wie_niet_mag_oordelen(client, request, veldwerk, persona, status, naam, code):
    client.force_login(request.getfixturevalue(persona))
    adres = reverse(naam, args=[veldwerk.dossier.pk, code] if code else [veldwerk.dossier.pk])
    assert client.post(adres, {"V1_3": "onzin"}).status_code == status


def test_onbekende_vraag_of_norm_is_er_niet(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    assert client.get(reverse("bevinding", args=[veldwerk.dossier.pk, "V9.9"])).status_code == 404
    assert client.get(reverse("beoordeling", args=[veldwerk.dossier.pk, "A9.9"])).status_code == 404
