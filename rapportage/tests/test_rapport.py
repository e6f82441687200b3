"""The report: making it, writing it, two writers at once, and what comes out on paper."""

import csv
import hashlib
import io
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker

from rapportage import actions, queries, samenstellen
from rapportage.export import tellingen
from rapportage.models import Rapport
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Rol
from vragenlijst.models import Actorgroep, Gesprekspartner, Instrument, Interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    """Three dossiers: two say ja, one nee; one open answer with a formula in it, one agreement, one interview."""
    ronde = maak_ronde(maak_instrument())
    dossiers = [maak_dossier(ronde), maak_dossier(ronde), maak_dossier(ronde, "niet-voortrekker")]
    for dossier, keuze in zip(dossiers, ["ja", "ja", "nee"], strict=True):
        vind(dossier, "P1.1", keuze)
        beoordeel(dossier, "N2", "voldoet")
    vind(dossiers[0], "P1.2", tekst="Veel.")
    vind(dossiers[0], "P2.1", gemeente=dossiers[1].gemeente)
    groep = Actorgroep.objects.create(instrument=ronde.instrument, code="cwi", naam="CWI", domein="CWI/UWV", volgorde=1)
    interview = Interview.objects.create(
        dossier=dossiers[0], actorgroep=groep, datum=date(2008, 3, 3), status="gehouden"
    )
    Gesprekspartner.objects.create(interview=interview, naam="Quirina Zonderling", organisatie="Vestiging Noordpool")
    return ronde


@pytest.fixture
def rapport(ronde, analist):
    return actions.maak_rapport(Rapport.voor(ronde), analist)


GEGEVENS = {"titel": "Samenwerking", "ondertitel": "", "nummer": "V08/01", "datum": "01-06-2008", "versie": 0}


# --- Making it ----------------------------------------------------------------------------------------------------


def test_rapport_maken_met_concepttekst(client, analist, ronde):
    client.force_login(analist)
    adres = reverse("rapport", args=[ronde.slug])
    assert "nog geen rapport" in client.get(adres).content.decode()
    assert client.post(adres, GEGEVENS).status_code == 302
    rapport = Rapport.objects.get()
    assert (rapport.titel, rapport.nummer, rapport.datum) == ("Samenwerking", "V08/01", date(2008, 6, 1))
    assert [str(passage) for passage in rapport.passages.all()] == [
        "1.1 Aanleiding",
        "1.2 Aanpak",
        "2 Bevindingen, Samenwerking",
        "2 Bevindingen, Afspraken",
        "3 Conclusies, Samenwerking",
        "3 Conclusies, Afspraken",
        "Vervolg",
    ]
    assert all(passage.stand == ("concept", "Concepttekst") for passage in rapport.passages.all())
    bevindingen = rapport.passages.get(plaats="bevindingen", onderdeel__code="1").tekst
    assert (
        "Bij [een meerderheid van de onderzochte gemeenten (2 van 3)]{P1.1=ja} is het antwoord 'ja' op de vraag \"Wordt er"
        in bevindingen
    )
    assert Gebeurtenis.objects.van(rapport).get().soort == "gemaakt"
    assert "1.1 Aanleiding" in client.get(adres).content.decode()


def test_foute_datum_verliest_niets(client, analist, ronde):
    client.force_login(analist)
    antwoord = client.post(
        reverse("rapport", args=[ronde.slug]), GEGEVENS | {"titel": "Mijn titel", "datum": "31-06-2008"}
    )
    assert antwoord.context["form"]["titel"].value() == "Mijn titel"
    assert antwoord.context["form"]["datum"].value() == "31-06-2008"
    assert antwoord.context["form"].errors.keys() == {"datum"}
    assert not Rapport.objects.exists()


def test_twee_analisten_maken_tegelijk_een_rapport(client, analist, ronde, rapport):
    """The second had the empty form before them: refused, with what the first made beside what they typed."""
    client.force_login(analist)
    antwoord = client.post(reverse("rapport", args=[ronde.slug]), GEGEVENS | {"titel": "Andere titel"})
    assert antwoord.status_code == 409
    assert "Proefinstrument" in antwoord.content.decode()
    assert antwoord.context["form"]["titel"].value() == "Andere titel"
    assert Rapport.objects.get().titel == "Proefinstrument"


def test_gegevens_wijzigen_en_verouderd_wijzigen(client, analist, ronde, rapport):
    client.force_login(analist)
    adres = reverse("rapport", args=[ronde.slug])
    assert client.post(adres, GEGEVENS | {"titel": "Eerste", "versie": 1}).status_code == 302
    antwoord = client.post(adres, GEGEVENS | {"titel": "Tweede", "versie": 1})
    assert antwoord.status_code == 409
    assert Rapport.objects.get().titel == "Eerste"
    data = {naam: antwoord.context["form"][naam].value() for naam in GEGEVENS}
    assert client.post(adres, data).status_code == 302
    assert Rapport.objects.get().titel == "Tweede"


def test_volgend_nummer_van_het_jaar(ronde, rapport):
    assert rapport.nummer == "V08/01"
    assert Rapport.voor(maak_ronde(ronde.instrument, slug="tweede")).nummer == "V08/02"


# --- Writing it ---------------------------------------------------------------------------------------------------


@pytest.fixture
def passage(rapport):
    return rapport.passages.get(plaats="vervolg")


@pytest.fixture
def schrijf(client, analist, passage):
    client.force_login(analist)

    def schrijf(tekst, versie, **velden):
        return client.post(passage.get_absolute_url(), {"tekst": tekst, "versie": versie} | velden)

    return schrijf


def test_passage_opslaan(schrijf, passage, analist, client):
    assert schrijf("Eerst *dit*.\r\n\r\nDan dat.", 1).status_code == 302
    passage.refresh_from_db()
    assert (passage.tekst, passage.versie) == ("Eerst *dit*.\n\nDan dat.", 2)
    assert (passage.gewijzigd_door, passage.stand[1]) == (analist, "Bewerkt")
    pagina = client.get(passage.get_absolute_url()).content.decode()
    assert "<em>dit</em>" in pagina
    assert re.search(r"Opgeslagen om \d\d:\d\d\.", pagina)


def test_leegmaken_mag(schrijf, passage):
    schrijf("", 1)
    passage.refresh_from_db()
    assert passage.stand == ("leeg", "Leeg")


def test_voorbeeld_slaat_niet_op(schrijf, passage):
    oud = passage.tekst
    antwoord = schrijf("Nieuwe **tekst**.", 1, voorbeeld="1")
    assert "<strong>tekst</strong>" in antwoord.content.decode()
    assert "nog niet opgeslagen" in antwoord.content.decode()
    passage.refresh_from_db()
    assert (passage.tekst, passage.versie) == (oud, 1)


def test_verouderd_opslaan_toont_beide_teksten(schrijf, passage):
    """Nothing typed is lost: the page shows both, and saving again, having read them, replaces the other's text."""
    schrijf("Tekst van mijn collega.", 1)
    antwoord = schrijf("Mijn eigen tekst.", 1)
    assert antwoord.status_code == 409
    pagina = antwoord.content.decode()
    assert "Tekst van mijn collega." in pagina
    assert pagina.count("Mijn eigen tekst.") >= 2  # beside the other's, and in the box
    passage.refresh_from_db()
    assert passage.tekst == "Tekst van mijn collega."
    form = antwoord.context["form"]
    assert schrijf(form["tekst"].value(), form["versie"].value()).status_code == 302
    passage.refresh_from_db()
    assert passage.tekst == "Mijn eigen tekst."


def test_dezelfde_tekst_nog_eens_versturen(schrijf, passage):
    schrijf("Eén keer.", 1)
    assert schrijf("Eén keer.", 1).status_code == 302
    passage.refresh_from_db()
    assert passage.versie == 2


def test_onbewaarbaar_teken_wordt_geweigerd(schrijf, passage):
    antwoord = schrijf("Een tekst met \x00 erin.", 1)
    assert antwoord.status_code == 200
    assert "onzichtbaar teken" in antwoord.content.decode()
    passage.refresh_from_db()
    assert passage.versie == 1


def test_html_blijft_tekst(schrijf, passage, client):
    schrijf("<script>alert(1)</script> en [x](javascript:alert(1))", 1)
    pagina = client.get(passage.get_absolute_url()).content.decode()
    assert "<script>alert" not in pagina
    assert 'href="javascript' not in pagina


def test_vastgesteld_rapport_staat_vast(schrijf, passage, rapport):
    Rapport.objects.update(status=Rapport.Status.VASTGESTELD)
    assert "de tekst staat vast" in schrijf("Toch nog iets.", 1).content.decode()
    passage.refresh_from_db()
    assert passage.versie == 1


def test_passage_van_een_andere_ronde(client, analist, passage):
    client.force_login(analist)
    assert client.get(reverse("passage", args=["bestaat-niet", passage.pk])).status_code == 404


# --- Rights and cost ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", ["uitkomsten", "uitkomst_vraag", "rapport", "rapport_pdf", "passage"])
def test_alleen_de_analist(client, inspecteur, beheerder, passage, naam):
    slug = passage.rapport.ronde.slug
    args = {"uitkomst_vraag": [slug, "P1.1"], "passage": [slug, passage.pk]}.get(naam, [slug])
    for persoon in (inspecteur, beheerder):
        client.force_login(persoon)
        assert client.get(reverse(naam, args=args)).status_code == 403
        assert client.post(reverse(naam, args=args), {"tekst": "x"}).status_code == 403


@pytest.mark.parametrize("naam", ["uitkomsten", "uitkomst_vraag", "rapport", "rapport_pdf"])
def test_onbekende_ronde(client, analist, naam):
    client.force_login(analist)
    assert (
        client.get(reverse(naam, args=["nergens", "V1"] if naam == "uitkomst_vraag" else ["nergens"])).status_code
        == 404
    )


def test_onbekende_vraag(client, analist, ronde):
    client.force_login(analist)
    assert client.get(reverse("uitkomst_vraag", args=[ronde.slug, "V99"])).status_code == 404


def test_rapport_pdf_zonder_rapport(client, analist, ronde):
    client.force_login(analist)
    assert client.get(reverse("rapport_pdf", args=[ronde.slug])).status_code == 404


@pytest.mark.parametrize("naam", ["uitkomsten", "uitkomst_vraag"])
def test_evenveel_queries_voor_2_als_voor_22_dossiers(client, analist, naam):
    ronde = maak_ronde(maak_instrument())
    client.force_login(analist)
    adres = reverse(naam, args=[ronde.slug, "P1.2"] if naam == "uitkomst_vraag" else [ronde.slug])
    aantallen = []
    for erbij in (2, 20):
        for _ in range(erbij):
            vind(maak_dossier(ronde), "P1.2", tekst="iets")
        with CaptureQueriesContext(connection) as meting:
            assert client.get(adres).status_code == 200
        aantallen.append(len(meting))
    assert aantallen[0] == aantallen[1]


def test_uitkomsten_noemen_eenheid_en_noemer(client, analist, ronde):
    client.force_login(analist)
    pagina = client.get(reverse("uitkomsten", args=[ronde.slug])).content.decode()
    assert "Tussenstand: 0 van de 3 dossiers vastgesteld; interviews gehouden in 1 van de 3 gemeenten." in pagina
    assert "Gesteld aan 3 gemeenten, beantwoord door 3. Percentages van beantwoord." in pagina
    assert (
        "Gesteld aan 2 gemeenten, beantwoord door 0; nog niet vastgelegd 2. Alleen gesteld na ‘ja’ op P1.1." in pagina
    )
    assert "2 (67%)" in pagina


# --- On paper -----------------------------------------------------------------------------------------------------


def test_anatomie(rapport):
    document = samenstellen.rapportdocument(rapport)
    assert [(h.nummer, h.titel) for h in document.hoofdstukken] == [
        ("1", "Inleiding"),
        ("2", "Bevindingen"),
        ("3", "Conclusies"),
    ]
    paragrafen = [(p.nummer, p.titel) for h in document.hoofdstukken for p in h.paragrafen]
    assert paragrafen == [("1.1", "Aanleiding"), ("1.2", "Aanpak"), ("2.1", "Samenwerking"), ("2.2", "Afspraken")]
    koppen = [blok.titel for blok in document.hoofdstukken[2].inhoud if blok.soort == "kop"]
    assert koppen == ["Samenwerking", "Afspraken", "Vervolg"]
    assert [b.titel for b in document.bijlagen] == ["Aandachtspunten proefinstrument", "Vragenlijst proefinstrument"]
    assert document.afkortingen == [
        ("CWI", "Centrum voor Werk en Inkomen"),
        ("UWV", "Uitvoeringsinstituut Werknemersverzekeringen"),
    ]
    colofon = dict(document.colofon.regels)
    assert colofon["Steekproef"] == "3 gemeenten: 2 voortrekkers, 1 niet-voortrekker"
    assert colofon["Gegevens"] == "0 van 3 dossiers vastgesteld"
    assert colofon["Ronde"] == "Proefronde juni 2008, open; peildatum 1 juni 2008"
    assert "nog niet gesloten" in document.colofon.slot


def test_cijfers_komen_uit_de_data_en_niet_uit_de_tekst(rapport, ronde):
    """The draft is of the moment it was made; a table follows the data."""
    for _ in range(2):
        vind(maak_dossier(ronde, "niet-voortrekker"), "P1.1", "nee")
    vind(maak_dossier(ronde), "P1.1", "nee")
    grafiek = _eerste_grafiek(rapport)
    assert grafiek.tabel.rijen[0] == ("Ja", "2 (67%)", "0 (0%)", "2 (33%)")
    assert grafiek.tabel.noot == "Gesteld aan 6 gemeenten, beantwoord door 6. Percentages van beantwoord."


def _eerste_grafiek(rapport):
    blokken = samenstellen.rapportdocument(rapport).hoofdstukken[1].paragrafen[0].inhoud
    return next(blok for blok in blokken if blok.soort == "grafiek")


def test_van_een_kleine_groep_staat_niets_in_het_rapport(rapport, ronde):
    """One niet-voortrekker: what it said is neither in the table, nor in the chart, nor in the data that travel along."""
    grafiek = _eerste_grafiek(rapport)
    assert grafiek.tabel.kolommen == ("Antwoord", "Alle gemeenten")
    assert grafiek.tabel.rijen[0] == ("Ja", "2 (67%)")
    assert grafiek.tabel.noot.endswith("Niet naar groep: een van de groepen telt hier minder dan 3 gemeenten.")
    assert "Alle gemeenten" in grafiek.svg
    assert "oortrekkers" not in grafiek.svg + grafiek.alt
    publiek = samenstellen.databestand(samenstellen.openbare_uitkomsten(ronde)).inhoud.decode("utf-8-sig")
    ja = [r for r in csv.DictReader(io.StringIO(publiek, newline=""), delimiter=";") if r["code"] == "P1.1"]
    assert [(r["groep"], r["aantal"], r["gevraagd"], r["onderdrukt"]) for r in ja if r["antwoord"] == "ja"] == [
        ("Alle gemeenten", "2", "3", "naar groep"),
    ]


def test_geen_namen_in_het_rapport(rapport, ronde):
    document = samenstellen.rapportdocument(rapport)
    tekst = " ".join(samenstellen.tekst_van(document.hoofdstukken, document.bijlagen)) + repr(document.colofon)
    tekst += tellingen.csv_van(queries.uitkomsten(ronde)).decode()
    assert "Onderzochte gemeenten naar rol" in tekst
    for naam in [
        *(d.gemeente.naam for d in ronde.dossiers.all()),
        "Quirina Zonderling",
        "Vestiging Noordpool",
        "Veel.",
    ]:
        assert naam not in tekst


def test_leeg_instrument_en_lege_ronde_geven_ook_een_rapport(analist):
    kaal = Instrument.objects.create(code="kaal", versie=1, naam="RPA-toets")
    rapport = actions.maak_rapport(Rapport.voor(maak_ronde(kaal)), analist)
    document = samenstellen.rapportdocument(rapport)
    assert document.bijlagen[0].titel == "Aandachtspunten RPA-toets"
    assert document.hoofdstukken[1].paragrafen == []


def test_csv_heeft_een_regel_per_antwoord_en_groep(ronde):
    regels = list(
        csv.DictReader(
            io.StringIO(tellingen.csv_van(queries.uitkomsten(ronde)).decode("utf-8-sig"), newline=""), delimiter=";"
        )
    )
    ja = [(r["groep"], r["aantal"], r["gevraagd"]) for r in regels if r["code"] == "P1.1" and r["antwoord"] == "ja"]
    assert ja == [("Voortrekkers", "2", "2"), ("Niet-voortrekkers", "0", "1"), ("Alle gemeenten", "2", "3")]
    norm = [(r["groep"], r["aantal"]) for r in regels if r["code"] == "N2" and r["antwoord"] == "Voldoet"]
    assert norm == [("Voortrekkers", "2"), ("Niet-voortrekkers", "1"), ("Alle gemeenten", "3")]


@pytest.mark.parametrize("teken", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_voert_niets_uit(teken):
    ronde = maak_ronde(maak_instrument())
    ronde.naam = f"{teken}HYPERLINK(1)"
    ronde.save()
    regels = list(
        csv.reader(
            io.StringIO(tellingen.csv_van(queries.uitkomsten(ronde)).decode("utf-8-sig"), newline=""), delimiter=";"
        )
    )
    assert {regel[0] for regel in regels[1:]} == {f"'{teken}HYPERLINK(1)"}


@pytest.mark.pdf
def test_browser_en_opdracht_geven_dezelfde_bytes(client, analist, rapport, ronde, tmp_path, capsys):
    client.force_login(analist)
    antwoord = client.get(reverse("rapport_pdf", args=[ronde.slug]))
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == 'attachment; filename="V08-01-proefronde.pdf"'
    doel = tmp_path / "rapport.pdf"
    call_command("maak_rapport", ronde.slug, uit=doel)
    assert hashlib.sha256(doel.read_bytes()).hexdigest() == hashlib.sha256(antwoord.content).hexdigest()
    assert antwoord.content.startswith(b"%PDF-")
    wie = [g.wie for g in Gebeurtenis.objects.filter(soort="uitvoer").order_by("pk")]
    assert wie == [analist, None]


@pytest.mark.pdf
def test_opdracht_maakt_zo_nodig_een_rapport(ronde, tmp_path, capsys):
    call_command("maak_rapport", ronde.slug, uit=tmp_path / "rapport.pdf")
    rapport = Rapport.objects.get()
    assert rapport.passages.count() == 7
    assert Gebeurtenis.objects.van(rapport).get(soort="gemaakt").wie is None


def test_opdracht_voor_een_onbekende_ronde(ronde, tmp_path):
    with pytest.raises(CommandError, match=r"Er is geen ronde 'x'\. Rondes: proefronde"):
        call_command("maak_rapport", "x", uit=tmp_path / "rapport.pdf")


def test_wie_niet_meer_werkt_kan_niets_meer(client, ronde):
    vertrokken = baker.make(Gebruiker, rol=Rol.ANALIST, is_active=False)
    client.force_login(vertrokken)
    assert client.get(reverse("uitkomsten", args=[ronde.slug])).status_code == 302
