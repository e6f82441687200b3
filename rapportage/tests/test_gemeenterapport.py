"""The gemeenterapport: what is found and judged in one municipality, beside figures in which no other can be recognised."""

import csv
import io
import re
from datetime import UTC, datetime

import page
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from rapportage import drukpers, gemeenterapport
from rapportage.drukpers import NietGedrukt
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis
from vragenlijst.models import Aandachtspunt, Bewijssoort, Bewijsstuk, Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(inspecteur, collega):
    """One vastgesteld dossier of six; five others answered P1.1, two of them the follow-up."""
    ronde = maak_ronde(maak_instrument())
    dossier = maak_dossier(ronde, inspecteur=inspecteur, toetser=collega)
    vind(dossier, "P1.1", "ja", motivatie="De wethouder zei iets anders dan CWI.")
    vind(dossier, "P1.1a", "nee", tekst="Het plan ligt stil <b>nu</b>.")
    vind(dossier, "P1.2", tekst="Eerste alinea.\n\nTweede alinea.")
    vind(dossier, "P2.2", rijen=[["CWI", "een balie"]])
    stuk = Bewijsstuk.objects.create(
        dossier=dossier, titel="Nota Samen", datum=ronde.periode_van, akkoord_door="het college",
        soort=Bewijssoort.objects.create(instrument=ronde.instrument, code="nota", naam="Beleidsnota", volgorde=1),
    )  # fmt: skip
    Aandachtspunt.objects.get(code="N1").bewijssoorten.add(stuk.soort)
    beoordeel(dossier, "N1", "voldoet", bewijsstuk=stuk, bewijsplaats="blz. 3")
    beoordeel(dossier, "N2", "voldoet_niet")
    for nummer, antwoord in enumerate(["ja", "ja", "nee", "nee", "intentie"]):
        ander = maak_dossier(ronde, "niet-voortrekker" if nummer % 2 else "voortrekker")
        vind(ander, "P1.1", antwoord)
        if antwoord == "ja":
            vind(ander, "P1.1a", "ja")
        beoordeel(ander, "N2", "voldoet")
    Dossier.objects.filter(pk=dossier.pk).update(
        status=Dossier.Status.VASTGESTELD, vastgesteld_op=datetime(2008, 4, 29, 12, tzinfo=UTC)
    )
    return Dossier.objects.select_related("ronde__instrument", "gemeente", "inspecteur").get(pk=dossier.pk)


def lezer(dossier) -> PdfReader:
    return PdfReader(io.BytesIO(drukpers.druk(gemeenterapport.drukwerk_van_dossier(dossier))))


@pytest.mark.pdf
@pytest.mark.parametrize("profiel", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_voldoet_aan_beide_normen(dossier, profiel):
    inhoud = drukpers.druk(gemeenterapport.drukwerk_van_dossier(dossier))
    assert [(fout.rule_id, fout.message) for fout in page.validate_pdf_bytes(inhoud, profile=profiel).failures] == []


@pytest.mark.pdf
def test_wat_erin_staat_en_wat_niet(dossier):
    pdf = lezer(dossier)
    tekst = " ".join(" ".join(blad.extract_text() for blad in pdf.pages).split())
    for erin in (
        "Gemeenterapport Verzonnendorp 1",
        "P1.1 Wordt er samengewerkt? Ja Alle gemeenten: ja 3, de intentie 1, nee 2 (van 6 gemeenten met een antwoord, 6 gevraagd).",
        "Nee Het plan ligt stil <b>nu</b>.",
        "Tweede alinea.",
        "CWI een balie",
        "Voldoet Zie het verslag. Bewijs: Nota Samen (beleidsnota) van 1 februari 2008; akkoord van het college; blz. 3.",
        "N2 Norm 2 voluit. Voldoet niet Zie het verslag. Alle gemeenten: voldoet 5, voldoet deels 0, voldoet niet 1 "
        "(van 6 gemeenten beoordeeld, 6 onderzocht).",
        "De cijfers over alle gemeenten zijn nog niet openbaar.",
    ):
        assert erin in tekst
    # Two others were asked the follow-up: less one's own answer, theirs would be left.
    assert "Is er een plan? Nee Het plan ligt stil <b>nu</b>. Alle gemeenten: niet vermeld" in tekst
    assert not re.search(r"Verzonnendorp [2-6]", tekst)
    assert "wethouder" not in tekst  # why one actor was followed, and who said what, is not the municipality's
    [inhoud] = pdf.attachments["gemeenterapport.csv"]
    rijen = list(csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [(rij["code"], rij["uitkomst"]) for rij in rijen] == [
        ("P1.1", "Ja"), ("P1.1a", "Nee"), ("P1.2", "Eerste alinea.\n\nTweede alinea."), ("N1", "Voldoet"), ("N2", "Voldoet niet"),
        ("P2.2", "CWI: een balie"),
    ]  # fmt: skip


def test_dezelfde_rijen_dezelfde_bytes(dossier):
    assert (
        gemeenterapport.drukwerk_van_dossier(dossier).ingepakt()
        == gemeenterapport.drukwerk_van_dossier(dossier).ingepakt()
    )


@pytest.mark.pdf
def test_de_eigen_inspecteur_en_de_analist_krijgen_het(client, inspecteur, analist, vreemde, beheerder, dossier):
    adres = reverse("gemeenterapport_pdf", args=[dossier.pk])
    for wie, code in [(inspecteur, 200), (analist, 200), (vreemde, 404), (beheerder, 403)]:
        client.force_login(wie)
        assert client.get(adres).status_code == code
    client.force_login(inspecteur)
    antwoord = client.get(adres)
    assert antwoord["Content-Disposition"] == 'attachment; filename="gemeenterapport-verzonnendorp-1-proefronde.pdf"'
    assert antwoord["Cache-Control"] == "private, no-store"
    assert adres in client.get(dossier.get_absolute_url()).content.decode()
    rijen = Gebeurtenis.objects.filter(soort="uitvoer", dossier_id=dossier.pk).order_by("pk")
    assert [(rij.wie, rij.naar) for rij in rijen] == [
        (inspecteur, "gemeenterapport"), (analist, "gemeenterapport"), (inspecteur, "gemeenterapport")]  # fmt: skip


def test_alleen_van_een_vastgesteld_dossier(client, inspecteur, dossier):
    open_ = maak_dossier(dossier.ronde, inspecteur=inspecteur)
    client.force_login(inspecteur)
    adres = reverse("gemeenterapport_pdf", args=[open_.pk])
    antwoord = client.get(adres, follow=True)

    assert antwoord.redirect_chain == [(open_.get_absolute_url(), 302)]
    assert gemeenterapport.NIET_VASTGESTELD in antwoord.content.decode()
    assert adres not in antwoord.content.decode()
    with pytest.raises(NietGedrukt):
        gemeenterapport.pdf_van_dossier(open_)


def test_vaste_hoeveelheid_queries(dossier):
    with CaptureQueriesContext(connection) as eerst:
        gemeenterapport.drukwerk_van_dossier(dossier)
    for _ in range(10):
        vind(maak_dossier(dossier.ronde), "P1.1", "nee")
    with CaptureQueriesContext(connection) as later:
        gemeenterapport.drukwerk_van_dossier(dossier)

    assert len(later) == len(eerst)
