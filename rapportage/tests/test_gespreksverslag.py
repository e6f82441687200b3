"""The gespreksverslag on paper: both norms, what is on it and what is not, and who may have it."""

import hashlib
import io
import json
from datetime import UTC, date, datetime

import page
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from rapportage import drukpers, gespreksverslag
from rapportage.drukpers import NietGedrukt
from regio.models import Gebeurtenis
from vragenlijst.actions import Akkoord, zet_status
from vragenlijst.models import Gesprekspartner, Gespreksverslag, Interview
from vragenlijst.tests.factories import maak_gemeente


def adres(verslag) -> str:
    return reverse("verslag_pdf", args=[verslag.interview_id, verslag.nummer])


@pytest.fixture
def verslag(veldwerk):
    """An interview on which all kinds of question were answered, laid before the gesprekspartner."""
    maak_gemeente("9902", "Andersdam")
    veldwerk.antwoord("V1.3", keuze="ja", toelichting="Aarzelde lang: navragen.", citaat="Wij trekken de kar.")
    veldwerk.antwoord("V1.5", gemeente="9902")
    veldwerk.antwoord("V2.4", rijen=(("CWI", "vacatures delen"), ("", "stages")))
    veldwerk.antwoord("V3.1", tekst="Eerst zelf.\n\nDan samen.")
    veldwerk.houd()
    Gesprekspartner.objects.create(interview=veldwerk.interview, naam="A. Kok", organisatie="Werkplein")
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    return Gespreksverslag.objects.select_related("interview__dossier").get()


def tekst_van(verslag) -> str:
    """All words of the printed verslag, with single spaces."""
    lezer = PdfReader(io.BytesIO(drukpers.druk(gespreksverslag.drukwerk_van_verslag(verslag))))
    return " ".join(" ".join(blad.extract_text() for blad in lezer.pages).split())


@pytest.mark.pdf
@pytest.mark.parametrize("profiel", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_voldoet_aan_beide_normen(verslag, profiel):
    inhoud = drukpers.druk(gespreksverslag.drukwerk_van_verslag(verslag))
    assert [(fout.rule_id, fout.message) for fout in page.validate_pdf_bytes(inhoud, profile=profiel).failures] == []


@pytest.mark.pdf
def test_wat_erop_staat_en_wat_niet(verslag):
    tekst = tekst_van(verslag)

    for erop in (
        "Gespreksverslag",
        "Sociale zaken, Proefdam",
        "dinsdag 5 februari 2008, stadskantoor",
        "P. de Boer, beleidsmedewerker",
        "A. Kok (Werkplein)",
        "Ina de Vries",
        "inspecteur@example.nl",
        "V1.3 Tekst van vraag V1.3? Ja",
        "Wij trekken de kar.",
        "Andersdam",
        "CWI vacatures delen",
        "Dan samen.",
        "Opmerkingen en correcties",
    ):
        assert erop in tekst
    assert verslag.sha256 in tekst.replace(" ", "")
    assert "navragen" not in tekst  # the inspector's own note
    assert "V2.5" not in tekst  # not spoken of


@pytest.mark.pdf
def test_wat_het_kenmerk_dekt_zit_erin(verslag):
    lezer = PdfReader(io.BytesIO(drukpers.druk(gespreksverslag.drukwerk_van_verslag(verslag))))
    [bijlage] = lezer.attachments["verslag.json"]
    assert hashlib.sha256(bijlage).hexdigest() == verslag.sha256
    assert json.loads(bijlage)["gemeente"] == "Proefdam"
    assert b"Boer" not in bijlage


@pytest.mark.pdf
def test_zelfde_verslag_zelfde_bytes(verslag):
    eerst = drukpers.druk(gespreksverslag.drukwerk_van_verslag(verslag))
    assert drukpers.druk(gespreksverslag.drukwerk_van_verslag(verslag)) == eerst


def test_reactietermijn_is_twee_weken(verslag):
    verslag.gemaakt_op = datetime(2008, 2, 7, 22, 30, tzinfo=UTC)  # half past eleven at night here
    assert gespreksverslag.context(verslag)["reactie_voor"] == date(2008, 2, 21)


def test_wie_het_gesprek_voerde_gaat_voor_wie_het_dossier_heeft(verslag, collega, veldwerk):
    assert gespreksverslag.inspecteurs_van(verslag.interview) == [veldwerk.inspecteur]
    Interview.objects.update(inspecteur=collega)
    verslag.interview.refresh_from_db()
    assert gespreksverslag.inspecteurs_van(verslag.interview) == [collega]


def test_na_akkoord_vraagt_het_laatste_niets_meer_en_noemt_het_eerste_zijn_opvolger(verslag, veldwerk):
    zet_status(veldwerk.interview, "gehouden", veldwerk.inspecteur, reden="een correctie")
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    akkoord = Akkoord(timezone.localdate(), "P. de Boer")
    zet_status(veldwerk.interview, "geaccordeerd", veldwerk.inspecteur, akkoord=akkoord)
    eerste, tweede = Gespreksverslag.objects.order_by("nummer")

    html = gespreksverslag.drukwerk_van_verslag(eerste).html
    assert "vervangen door verslag 2" in html
    assert "Uw reactie" not in html
    assert "Geaccordeerd" not in html
    html = gespreksverslag.drukwerk_van_verslag(tweede).html
    assert "door P. de Boer" in html
    assert "Uw reactie" not in html
    assert "vervangen" not in html


def test_een_verslag_waaraan_gezeten_is_wordt_niet_gedrukt(verslag):
    verslag.inhoud |= {"plaats": "elders"}
    with pytest.raises(NietGedrukt, match="het kenmerk klopt niet"):
        gespreksverslag.drukwerk_van_verslag(verslag)


def test_wat_niet_gedrukt_wordt_zegt_waarom_en_staat_niet_in_de_geschiedenis(client, verslag, inspecteur, monkeypatch):
    monkeypatch.setattr(gespreksverslag.inhoud, "kenmerk", lambda _: "0" * 64)
    client.force_login(inspecteur)

    antwoord = client.get(adres(verslag), follow=True)

    assert "het kenmerk klopt niet" in antwoord.content.decode()
    assert not Gebeurtenis.objects.filter(soort="uitvoer").exists()


@pytest.mark.pdf
def test_downloaden_staat_in_de_geschiedenis(client, verslag, inspecteur, veldwerk):
    client.force_login(inspecteur)

    for _ in range(2):
        antwoord = client.get(adres(verslag))

    assert antwoord.headers["Content-Type"] == "application/pdf"
    assert (
        antwoord.headers["Content-Disposition"]
        == 'attachment; filename="gespreksverslag-1-proefdam-sociale-zaken-2008-02-05.pdf"'
    )
    assert "no-store" in antwoord.headers["Cache-Control"]
    rijen = Gebeurtenis.objects.filter(dossier_id=veldwerk.dossier.pk, wie=inspecteur)
    assert rijen.filter(soort="uitvoer", ding_soort="gespreksverslag", ding_id=verslag.pk).count() == 2
    assert rijen.filter(soort="inzage", ding_soort="interview").count() == 1


@pytest.mark.parametrize(
    ("persona", "status"), [("collega", 403), ("analist", 403), ("beheerder", 403), ("vreemde", 404)]
)
def test_alleen_wie_de_namen_mag_zien_krijgt_het(client, request, verslag, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(adres(verslag)).status_code == status
    assert not Gebeurtenis.objects.filter(soort="uitvoer").exists()


def test_een_nummer_dat_er_niet_is(client, verslag, inspecteur):
    client.force_login(inspecteur)
    assert client.get(reverse("verslag_pdf", args=[verslag.interview_id, 2])).status_code == 404
