"""An inzageverzoek finds a person wherever they stand, shows it, gives it along, and is itself recorded without the name."""

import io
import json
import zipfile

import pytest
from axes.models import AccessLog
from django.urls import reverse

from inspectie.inzage import doorzocht, zoek
from regio.models import Gebeurtenis
from vragenlijst.tests.factories import maak_bewijsstuk

ADRES = "/inzageverzoek/"


@pytest.fixture
def vindbaar(veldwerk):
    """'P. de Boer' is a gesprekspartner (factories), and somebody typed the name into two open texts and one row of JSON."""
    veldwerk.antwoord(
        "V3.1", tekst=f"{'Er was veel overleg. ' * 20}Volgens meneer P. DE BOER gaat het goed.{' En zo voort.' * 20}"
    )
    veldwerk.antwoord("V2.4", rijen=(("Björn Ünal", "stages"),))
    maak_bewijsstuk(veldwerk.dossier, titel="Brief van P. de Boer")
    return veldwerk


def test_wat_er_over_een_gesprekspartner_is(vindbaar):
    gevonden = zoek(["P de Boer"])
    assert [(p.naam, p.functie) for p in gevonden.gesprekspartners] == [("P. de Boer", "beleidsmedewerker")]
    assert gevonden.accounts == []
    # The answer, the version of it that is kept beside it, and the title of the document.
    waar = [(v.soort, v.veld) for v in gevonden.vondsten]
    assert waar == [("Antwoord", "antwoord"), ("Antwoordversie", "inhoud"), ("Bewijsstuk", "titel")]
    assert gevonden.vondsten[0].tekst.startswith("… ")
    assert "Volgens meneer P. DE BOER gaat het goed." in gevonden.vondsten[0].tekst
    assert len(gevonden.vondsten[0].tekst) < 260


@pytest.mark.parametrize("naam", ["bjorn unal", "BJÖRN ÜNAL", "Björn-Ünal"])
def test_accenten_en_hoofdletters_maken_niet_uit(vindbaar, naam):
    assert ("Antwoord", "afspraken") in [(v.soort, v.veld) for v in zoek([naam]).vondsten]


@pytest.mark.parametrize("naam", ["P. de Boerema", "e Boer", "Jansen"])
def test_alleen_hele_woorden(vindbaar, naam):
    assert zoek([naam]).aantal == 0


def test_wat_er_over_een_gebruiker_is(vindbaar):
    ina = vindbaar.inspecteur
    AccessLog.objects.create(
        username=ina.username, ip_address="192.0.2.7", user_agent="Firefox", path_info="/inloggen/"
    )
    (account,) = zoek(["ina de vries"]).accounts
    assert account.gebruiker == ina
    assert ("E-mailadres", "inspecteur@example.nl") in account.gegevens
    assert not any("MD5" in waarde or "argon2" in waarde for _, waarde in account.gegevens)
    assert ("Antwoord: gewijzigd door", 2) in account.verwijzingen
    assert ("Dossier: inspecteur", 1) in account.verwijzingen
    assert dict(account.gebeurtenissen)["status gewijzigd"] == 1  # the dossier, brought in uitvoering
    assert account.aanmeldingen[0][1:] == ("gelukt", "192.0.2.7 Firefox")


def test_elk_veld_met_vrije_tekst_wordt_gelezen():
    """A few by hand: what is left out by mistake would be silently not found."""
    gelezen = {f"{label}.{veld}" for label, velden in doorzocht().items() for veld in velden}
    assert {
        "vragenlijst.Antwoord.tekst", "vragenlijst.Antwoord.citaat", "vragenlijst.Antwoord.rijen", "vragenlijst.Opmerking.reactie",
        "vragenlijst.Interview.correcties", "vragenlijst.Bewijsstuk.bestandsnaam", "vragenlijst.Gespreksverslag.inhoud",
        "rapportage.Passage.tekst", "rapportage.Wederhoorreactie.partij", "rapportage.Fotomoment.inhoud",
        "regio.Gebeurtenis.wijzigingen", "regio.Gebeurtenis.reden", "regio.Gebruiker.email",
    } <= gelezen  # fmt: skip
    assert "regio.Gebruiker.password" not in gelezen


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def pagina(client, vindbaar, beheerder):
    client.force_login(beheerder)
    return client


def test_zoeken_komt_in_het_logboek_zonder_de_naam(pagina, vindbaar, beheerder):
    html = pagina.post(ADRES, {"kenmerk": "2009-AVG-12", "namen": "P. de Boer"}).content.decode()
    assert "beleidsmedewerker" in html
    assert "Volgens meneer P. DE BOER" in html
    rij = Gebeurtenis.objects.get(ding_soort="inzageverzoek")
    assert (rij.soort, rij.ding_naam, rij.wie) == ("inzage", "2009-AVG-12", beheerder)
    assert rij.wijzigingen == {"Gebruikers": [None, 0], "Gesprekspartners": [None, 1], "Andere vindplaatsen": [None, 3]}
    gesprek = Gebeurtenis.objects.van(vindbaar.interview).latest("pk")
    assert (gesprek.soort, gesprek.wie, gesprek.reden) == ("inzage", beheerder, "inzageverzoek 2009-AVG-12")
    assert "Boer" not in str(list(Gebeurtenis.objects.values_list("reden", "ding_naam", "wijzigingen")))
    assert "2009-AVG-12" in pagina.get(reverse("logboek")).content.decode()


def test_het_bestand_zegt_hetzelfde(pagina, vindbaar):
    antwoord = pagina.post(ADRES, {"kenmerk": "2009-AVG-12", "namen": "P. de Boer\nIna de Vries", "bestand": "zip"})
    with zipfile.ZipFile(io.BytesIO(antwoord.content)) as zip_:
        gegevens = json.loads(zip_.read("inzage.json"))
        csv = zip_.read("inzage.csv").decode("utf-8-sig")
    assert gegevens["gezocht"] == ["P. de Boer", "Ina de Vries"]
    assert gegevens["gesprekspartners"][0]["functie"] == "beleidsmedewerker"
    assert gegevens["gebruikers"][0]["gegevens"]["E-mailadres"] == "inspecteur@example.nl"
    assert [v["veld"] for v in gegevens["elders"]] == ["antwoord", "inhoud", "titel"]
    assert csv.splitlines()[0] == "wat;welk;gegeven;inhoud"
    assert "Gesprekspartner;" in csv
    assert Gebeurtenis.objects.get(ding_soort="inzageverzoek").soort == "uitvoer"


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"kenmerk": "", "namen": "P. de Boer"}, "kenmerk"),
        ({"kenmerk": "12", "namen": "P."}, "is te kort om op te zoeken"),
        ({"kenmerk": "12", "namen": "\n".join(["Jansen"] * 11)}, "hoogstens 10 schrijfwijzen"),
    ],
)
def test_een_onbruikbare_vraag_zoekt_niet(pagina, velden, zin):
    antwoord = pagina.post(ADRES, velden)
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert not Gebeurtenis.objects.filter(ding_soort="inzageverzoek").exists()
