"""A finding to be looked at again: what changed since is shown, and what a source says can be taken over into the form."""

import re

import pytest
from django.urls import reverse

from regio.models import Gemeente
from vragenlijst import queries
from vragenlijst.actions import bevinding_vastleggen, zet_status
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Bevinding
from vragenlijst.queries.herzien import sinds_vastleggen
from vragenlijst.tests.factories import maak_interview


@pytest.fixture
def stel_vast(veldwerk):
    def stel_vast(code, motivatie="", versie=0, **inhoud):
        return bevinding_vastleggen(
            veldwerk.dossier,
            veldwerk.vraag(code),
            Inhoud(**inhoud),
            motivatie=motivatie,
            versie=versie,
            wie=veldwerk.inspecteur,
        )

    return stel_vast


def sinds(veldwerk, code) -> list[tuple]:
    regel = next(r for r in queries.driehoeken(veldwerk.dossier) if r.vraag.code == code)
    return [(w.actorgroep.code, w.wat, w.was, w.werd) for w in sinds_vastleggen(veldwerk.dossier, regel)]


# --- What changed since ----------------------------------------------------------------------------------------------


def test_alleen_wat_na_het_vaststellen_veranderde(veldwerk, stel_vast):
    veldwerk.antwoord("V2.5", keuze="weet-niet")
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    cwi = veldwerk.gesprek("cwi", V2_5="ja")
    stel_vast("V2.5", keuze="ja")
    assert sinds(veldwerk, "V2.5") == []
    veldwerk.antwoord("V2.5", cwi, keuze="nee")
    veldwerk.antwoord("V2.5", cwi, keuze="nee", toelichting="alleen de notitie")
    assert sinds(veldwerk, "V2.5") == [("cwi", "antwoord", "Ja", "Nee")]
    assert veldwerk.bevinding("V2.5").te_herzien
    stel_vast("V2.5", "De notulen.", versie=1, keuze="ja")
    assert sinds(veldwerk, "V2.5") == []


def test_wat_heen_en_terug_ging_is_niet_veranderd(veldwerk, stel_vast):
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    stel_vast("V2.5", keuze="ja")
    veldwerk.antwoord("V2.5", keuze="nee")
    veldwerk.antwoord("V2.5", keuze="ja")
    assert veldwerk.bevinding("V2.5").te_herzien
    assert sinds(veldwerk, "V2.5") == []


def test_elke_soort_antwoord_leest_als_tekst(veldwerk, stel_vast):
    andere = Gemeente.objects.create(code="9902", naam="Tweedam", fictief=True, geldig_van="2000-01-01")
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.antwoord("V1.5", gemeente="9901")
    veldwerk.antwoord("V2.4", rijen=(("CWI", "stages"),))
    veldwerk.houd()
    stel_vast("V1.3", keuze="ja")
    stel_vast("V1.5", gemeente="9901")
    stel_vast("V2.4", rijen=(("CWI", "stages"),))
    stel_vast("V3.1", "Uit het jaarverslag.", tekst="Nog niet.")
    veldwerk.antwoord("V1.5", gemeente=andere.code)
    veldwerk.antwoord("V2.4", rijen=(("CWI", "stages"), ("ROC", "")))
    veldwerk.antwoord("V3.1", tekst="Via projecten.")
    assert sinds(veldwerk, "V1.5") == [("sociale-zaken", "antwoord", "Proefdam", "Tweedam")]
    assert sinds(veldwerk, "V2.4") == [("sociale-zaken", "antwoord", "CWI: stages", "CWI: stages\nROC")]
    assert sinds(veldwerk, "V3.1") == [("sociale-zaken", "antwoord", "geen antwoord", "Via projecten.")]


def test_een_interview_dat_ging_tellen_of_ophield(veldwerk, stel_vast):
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    cwi = maak_interview(veldwerk.dossier, "cwi")
    veldwerk.antwoord("V2.5", cwi, keuze="nee")
    stel_vast("V2.5", keuze="ja")
    veldwerk.houd(cwi)
    assert sinds(veldwerk, "V2.5") == [("cwi", "interview", "gepland", "gehouden")]
    assert sinds(veldwerk, "V3.1") == []
    zet_status(cwi, "ter_accordering", veldwerk.inspecteur)  # counts as before: no change
    assert len(sinds(veldwerk, "V2.5")) == 1


def test_de_pagina_toont_de_oude_bevinding_naast_wat_er_nu_staat(client, veldwerk, stel_vast):
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    stel_vast("V2.5", keuze="ja")
    veldwerk.antwoord("V2.5", keuze="nee")
    client.force_login(veldwerk.inspecteur)
    adres = reverse("bevinding", args=[veldwerk.dossier.pk, "V2.5"])
    html = client.get(adres).content.decode()
    assert "Vastgelegde bevinding" in html
    assert "<del>Ja</del>" in html
    assert "<ins>Nee</ins>" in html
    assert veldwerk.bevinding("V2.5").keuze.code == "ja"
    client.post(adres, {"V2_5": "nee", "motivatie": "", "versie": "1"})
    assert (veldwerk.bevinding("V2.5").keuze.code, veldwerk.bevinding("V2.5").te_herzien) == ("nee", False)
    assert "Vastgelegde bevinding" not in client.get(adres).content.decode()


# --- Taking over what a source says ----------------------------------------------------------------------------------


@pytest.fixture
def neem(client, veldwerk):
    """Press "Neem over" at one interview; gives the page that comes back. Nothing may be stored."""

    def neem(code, interview, **velden) -> str:
        client.force_login(veldwerk.inspecteur)
        adres = reverse("bevinding", args=[veldwerk.dossier.pk, code])
        response = client.post(adres, {"neem": interview.pk, "versie": "0", "motivatie": "", **velden})
        assert response.status_code == 200
        assert not Bevinding.objects.exists()
        return response.content.decode()

    return neem


def veld(html, naam) -> str:
    return re.search(rf'<textarea name="{naam}"[^>]*>\s*(.*?)</textarea>', html, re.S)[1]


def test_een_keuze_wordt_die_van_de_bron_en_de_motivatie_blijft(veldwerk, neem):
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    cwi = veldwerk.gesprek("cwi", V2_5="nee")
    html = neem("V2.5", cwi, V2_5="ja", motivatie="Half getypt")
    assert re.search(r'value="nee"[^>]*checked', html)
    assert veld(html, "motivatie") == "Half getypt"
    assert "Ingevuld wat CWI zegt; nog niet vastgelegd." in html


def test_een_tekst_komt_bij_wat_er_staat(veldwerk, neem):
    veldwerk.antwoord("V3.1", tekst="Via projecten.")
    veldwerk.houd()
    cwi = veldwerk.gesprek("cwi", V3_1="Ieder voor zich.")
    eerst = veld(neem("V3.1", veldwerk.interview, V3_1=""), "V3_1")
    assert eerst == "Via projecten."
    samen = veld(neem("V3.1", cwi, V3_1=eerst), "V3_1")
    assert samen == "Via projecten.\n\nIeder voor zich."
    assert veld(neem("V3.1", cwi, V3_1=samen), "V3_1") == samen


def test_afspraken_van_alle_bronnen_passen_en_komen_aan(client, veldwerk, neem):
    veldwerk.antwoord("V2.4", rijen=tuple((f"Partij {nr}", "iets") for nr in range(4)))
    veldwerk.houd()
    cwi = veldwerk.houd(maak_interview(veldwerk.dossier, "cwi"))
    veldwerk.antwoord("V2.4", cwi, rijen=tuple((f"Partij {nr}", "iets") for nr in range(3, 7)))
    html = neem("V2.4", veldwerk.interview)
    velden = dict(re.findall(r'name="(V2_4-\d+-partij)"[^>]*value="([^"]*)"', html))
    velden |= {naam.replace("partij", "afspraak"): "iets" for naam, partij in velden.items() if partij}
    html = neem("V2.4", cwi, **velden)
    velden = dict(re.findall(r'name="(V2_4-\d+-partij)"[^>]*value="([^"]*)"', html))
    assert [velden[f"V2_4-{nr}-partij"] for nr in range(7)] == [f"Partij {nr}" for nr in range(7)]
    velden |= {naam.replace("partij", "afspraak"): "iets" for naam in velden}
    adres = reverse("bevinding", args=[veldwerk.dossier.pk, "V2.4"])
    assert client.post(adres, velden | {"versie": "0", "motivatie": ""}).status_code == 302
    assert veldwerk.bevinding("V2.4").rijen == [[f"Partij {nr}", "iets"] for nr in range(7)]


def test_een_bron_die_niets_zei_wordt_niet_genomen(client, veldwerk):
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    client.force_login(veldwerk.inspecteur)
    adres = reverse("bevinding", args=[veldwerk.dossier.pk, "V2.5"])
    response = client.post(adres, {"neem": "onzin", "V2_5": "", "motivatie": "", "versie": "0"})
    assert response.status_code == 422
    assert not Bevinding.objects.exists()


# --- What is missing -------------------------------------------------------------------------------------------------


def test_wat_ontbreekt_staat_bij_elkaar_en_wijst_de_weg(client, veldwerk):
    veldwerk.gesprek("cwi", V2_5="ja")
    client.force_login(veldwerk.inspecteur)
    pk = veldwerk.dossier.pk
    html = client.get(veldwerk.dossier.get_absolute_url()).content.decode()
    for groep, adres in (
        ("Interviews", veldwerk.interview.get_absolute_url()),
        ("Bevindingen", reverse("bevinding", args=[pk, "V2.5"])),
        ("Aandachtspunten", reverse("beoordeling", args=[pk, "A2.4"])),
    ):
        assert re.search(rf'ontbreekt__kop">{groep}', html), groep
        assert re.search(rf'<li><a href="{adres}">', html), groep
