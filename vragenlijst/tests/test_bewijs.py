"""Documents of a dossier: registering with a file, changing and replacing."""

import hashlib
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regio.models import Gebeurtenis, Gemeente
from vragenlijst.actions import beoordelen
from vragenlijst.models import Bewijsstuk
from vragenlijst.tests.bestandsproef import bestanden, gekozen
from vragenlijst.tests.factories import PDF, maak_bewijsstuk, maak_gemeente
from vragenlijst.tests.test_bestanden import afbeelding, docx, xlsx

pytestmark = pytest.mark.usefixtures("map_")

MB = 1_000_000


# --- Registering ------------------------------------------------------------------------------------------------------


def test_een_stuk_met_zijn_bestand(dien_in, veldwerk, inspecteur, map_):
    antwoord = dien_in(bestand=gekozen(naam="Analyse – Súd.pdf"))

    assert antwoord.url == f"{veldwerk.dossier.get_absolute_url()}#bewijs"
    stuk = Bewijsstuk.objects.get()
    assert (stuk.titel, stuk.datum, stuk.akkoord_op) == ("Analyse 2007", date(2007, 11, 6), date(2007, 12, 4))
    assert (stuk.bestandsnaam, stuk.mediatype, stuk.grootte) == ("Analyse – Súd.pdf", "application/pdf", len(PDF))
    assert stuk.sha256 == hashlib.sha256(PDF).hexdigest()
    [pad] = bestanden(map_)
    assert pad.read_bytes() == PDF
    assert re.fullmatch(r"bewijs/([0-9a-f]{2})/\1[0-9a-f]{30}", stuk.bestand.name)
    assert pad == map_ / stuk.bestand.name
    assert pad.stat().st_mode & 0o777 == 0o600
    gebeurtenis = Gebeurtenis.objects.van(stuk).get()
    assert (gebeurtenis.soort, gebeurtenis.wie, gebeurtenis.dossier_id) == ("gemaakt", inspecteur, veldwerk.dossier.pk)
    assert gebeurtenis.wijzigingen["SHA-256"] == ["", stuk.sha256]
    assert gebeurtenis.wijzigingen["Titel"] == ["", "Analyse 2007"]


@pytest.mark.parametrize(
    ("inhoud", "naam", "mediatype", "bewaard_als"),
    [
        (docx(), "convenant.docx", "wordprocessingml.document", "convenant.docx"),
        (xlsx(), "cijfers.pdf", "spreadsheetml.sheet", "cijfers.pdf.xlsx"),
        (afbeelding("PNG"), "kaart", "image/png", "kaart.png"),
        (afbeelding("JPEG"), "../../scan.JPG", "image/jpeg", "scan.jpg"),
    ],
)
def test_de_inhoud_zegt_wat_het_is_en_niet_de_naam(dien_in, inhoud, naam, mediatype, bewaard_als):
    assert dien_in(bestand=gekozen(inhoud, naam)).status_code == 302

    stuk = Bewijsstuk.objects.get()
    assert stuk.mediatype.endswith(mediatype)
    assert stuk.bestandsnaam == bewaard_als


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"MZ dit is een programma", "Kies een PDF, een Word-document (docx)"),
        (PDF[:-20], "beschadigd of niet volledig"),
        (docx(**{"word/vbaProject.bin": b"x"}), "bevat macro&#x27;s"),
    ],
)
def test_een_weigering_staat_bij_het_veld_en_wat_getypt_is_blijft(dien_in, map_, inhoud, zin):
    antwoord = dien_in(bestand=gekozen(inhoud), titel="Met zorg getypt", deelnemers="Proefdam")

    assert antwoord.status_code == 422
    assert list(antwoord.context["form"].errors) == ["bestand"]
    html = antwoord.content.decode()
    assert zin in html
    assert "Met zorg getypt" in html
    assert antwoord.context["form"]["deelnemers"].value() == "Proefdam"
    assert not Bewijsstuk.objects.exists()
    assert bestanden(map_) == []


def test_een_te_groot_bestand(dien_in, settings, map_):
    settings.BEWIJS_MAX_BYTES = 1 * MB
    antwoord = dien_in(bestand=gekozen(PDF + b"\n" * MB), titel="Met zorg getypt")

    [fout] = antwoord.context["form"].errors["bestand"]
    assert fout.startswith("'analyse.pdf' is 1 MB groot; er past hoogstens 1 MB.")
    assert antwoord.context["form"]["titel"].value() == "Met zorg getypt"
    assert bestanden(map_) == []
    assert dien_in(bestand=gekozen(PDF)).status_code == 302


def test_een_veel_te_groot_verzoek_wordt_niet_gelezen(dien_in, settings):
    settings.BEWIJS_MAX_BYTES, settings.VERZOEK_MAX_BYTES = 1 * MB, 2 * MB

    assert dien_in(bestand=gekozen(b"x" * 2 * MB)).status_code == 400
    assert not Bewijsstuk.objects.exists()


def test_meer_bestanden_tellen_samen(dien_in, settings):
    """Otherwise a request of a hundred files, each below the limit, would fill the disk."""
    settings.BEWIJS_MAX_BYTES = 1 * MB
    antwoord = dien_in(ander=gekozen(b"x" * (MB - 100)), bestand=gekozen(PDF))

    assert "er past hoogstens" in antwoord.context["form"].errors["bestand"][0]


def test_een_gekozen_bestand_is_weg_als_er_iets_anders_fout_is(dien_in):
    antwoord = dien_in(bestand=gekozen(), titel="")

    assert antwoord.context["form"].errors["titel"] == ["Vul dit in."]
    assert antwoord.context["form"].errors["bestand"] == [
        "Kies 'analyse.pdf' opnieuw: uw browser houdt een gekozen bestand niet vast."
    ]


@pytest.mark.parametrize(
    ("velden", "veld", "zin"),
    [
        ({}, "bestand", "Kies het bestand, of vul in waar het stuk te vinden is."),
        ({"akkoord_door": "", "vindplaats": "map 3"}, "akkoord_door", "Vul in wie akkoord ging"),
        ({"datum": "01-01-2199", "vindplaats": "map 3"}, "datum", "01-01-2199 ligt in de toekomst."),
        ({"akkoord_op": "01-01-2199", "vindplaats": "map 3"}, "akkoord_op", "01-01-2199 ligt in de toekomst."),
        ({"titel": "nota\u0007", "vindplaats": "map 3"}, "titel", "U+0007"),
    ],
)
def test_wat_er_nog_niet_klopt(dien_in, velden, veld, zin):
    antwoord = dien_in(**velden)

    assert antwoord.status_code == 422
    assert zin in antwoord.context["form"].errors[veld][0]


@pytest.mark.parametrize(("akkoord_op", "gevraagd"), [("05-11-2007", True), ("06-11-2007", False), ("", False)])
def test_een_akkoord_dat_ouder_is_dan_het_stuk_wordt_nagevraagd(dien_in, client, veldwerk, akkoord_op, gevraagd):
    """Not refused: the college can have agreed to a text that was dated later. Stored, and asked about."""
    antwoord = client.get(dien_in(vindplaats="map 3", akkoord_op=akkoord_op).url).content.decode()

    zin = "het akkoord (05-11-2007) is ouder dan het stuk zelf (06-11-2007)"
    assert (zin in antwoord) == ("(ouder dan het stuk)" in antwoord) == gevraagd
    assert Bewijsstuk.objects.count() == 1


def test_een_stuk_zonder_bestand_heeft_een_vindplaats(dien_in):
    assert dien_in(vindplaats="archief 2008/14", akkoord_door="", akkoord_op="").status_code == 302
    stuk = Bewijsstuk.objects.get()
    assert (stuk.vindplaats, stuk.akkoord_door, stuk.bestand.name) == ("archief 2008/14", "", "")

    assert dien_in(stuk, vindplaats="archief 2008/14", bestand=gekozen()).status_code == 302
    stuk.refresh_from_db()
    assert (stuk.bestandsnaam, stuk.versie) == ("analyse.pdf", 2)


def test_twee_keer_verzonden_is_een_keer_opgeslagen(dien_in, client, map_):
    dien_in(bestand=gekozen())
    antwoord = dien_in(bestand=gekozen())

    assert "stond al in het dossier" in client.get(antwoord.url).content.decode()
    assert Bewijsstuk.objects.count() == len(bestanden(map_)) == 1
    dien_in(bestand=gekozen(), titel="Hetzelfde bestand, een ander stuk")
    assert Bewijsstuk.objects.count() == 2


# --- Participating municipalities -------------------------------------------------------------------------------------


@pytest.fixture
def streek(veldwerk):
    maak_gemeente("9910", "Súdwest-Aa")
    maak_gemeente("9911", "Bergen (L.)")
    maak_gemeente("9912", "Bergen (NH.)")
    maak_gemeente("9913", "Later", geldig_tot=date(2007, 1, 1))
    Gemeente.objects.create(code="9914", naam="Echtstad", fictief=False, geldig_van=date(2000, 1, 1))


@pytest.mark.usefixtures("streek")
@pytest.mark.parametrize(
    ("getypt", "namen"),
    [
        ("", []),
        ("Proefdam", ["Proefdam"]),
        ("sudwest aa\r\n\r\nProefdam", ["Proefdam", "Súdwest-Aa"]),
        ("proefdam, Bergen (NH.); 9911", ["Bergen (L.)", "Bergen (NH.)", "Proefdam"]),
        ("Bergen (9912)\nBergen (9912)", ["Bergen (NH.)"]),
        ("súd", ["Súdwest-Aa"]),
    ],
)
def test_deelnemers_worden_als_namen_getypt(dien_in, getypt, namen):
    assert dien_in(vindplaats="map 3", deelnemers=getypt).status_code == 302

    assert sorted(gemeente.naam for gemeente in Bewijsstuk.objects.get().deelnemers.all()) == namen


@pytest.mark.usefixtures("streek")
@pytest.mark.parametrize(
    ("getypt", "fouten"),
    [
        ("Atlantis", ["Er is op de peildatum geen gemeente 'Atlantis'."]),
        ("Later", ["Er is op de peildatum geen gemeente 'Later'."]),
        ("Echtstad", ["Er is op de peildatum geen gemeente 'Echtstad'."]),
        ("...", ["Er is op de peildatum geen gemeente '...'."]),
        (
            "Bergen\nAtlantis",
            [
                "Meer gemeenten lijken op 'Bergen': Bergen (L.) (9911), Bergen (NH.) (9912). Schrijf er één met haar code.",
                "Er is op de peildatum geen gemeente 'Atlantis'.",
            ],
        ),
    ],
)
def test_een_deelnemer_die_niet_duidelijk_is(dien_in, getypt, fouten):
    antwoord = dien_in(vindplaats="map 3", deelnemers=getypt)

    assert antwoord.context["form"].errors["deelnemers"] == fouten
    assert antwoord.context["form"]["deelnemers"].value() == getypt


def test_het_aantal_queries_groeit_niet_met_de_stukken(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    adressen = [reverse(naam, args=[veldwerk.dossier.pk]) for naam in ("dossier", "beoordelingen")]
    adressen.append(reverse("beoordeling", args=[veldwerk.dossier.pk, "A2.4"]))
    aantallen = []
    for aantal in (2, 12):
        for nr in range(aantal):
            stuk = maak_bewijsstuk(veldwerk.dossier, titel=f"Stuk {aantal}.{nr}", inhoud=PDF)
            stuk.deelnemers.add(veldwerk.dossier.gemeente)
            maak_bewijsstuk(veldwerk.dossier, titel="Nieuwer", vervangt=stuk)
        gemeten = []
        for adres in adressen:
            with CaptureQueriesContext(connection) as queries:
                client.get(adres)
            gemeten.append(len(queries))
        aantallen.append(gemeten)
    assert aantallen[0] == aantallen[1]


# --- Changing ---------------------------------------------------------------------------------------------------------


def test_wijzigen_staat_met_namen_in_de_geschiedenis(dien_in, veldwerk, client):
    dien_in(bestand=gekozen(), deelnemers="Proefdam")
    stuk = Bewijsstuk.objects.get()
    maak_gemeente("9902", "Tweedam")
    pagina = client.get(reverse("bewijsstuk", args=[veldwerk.dossier.pk, stuk.pk]))
    assert pagina.context["form"]["deelnemers"].value() == "Proefdam"
    assert "bestand" not in pagina.context["form"].fields

    assert dien_in(stuk, titel="Analyse, herzien", deelnemers="Proefdam\nTweedam").status_code == 302
    stuk.refresh_from_db()
    assert (stuk.titel, stuk.versie, stuk.sha256) == ("Analyse, herzien", 2, hashlib.sha256(PDF).hexdigest())
    assert Gebeurtenis.objects.van(stuk).first().wijzigingen == {
        "Titel": ["Analyse 2007", "Analyse, herzien"],
        "Deelnemende gemeenten": ["Proefdam", "Proefdam, Tweedam"],
    }


def test_wie_te_laat_is_ziet_beide(dien_in, inspecteur):
    dien_in(bestand=gekozen())
    stuk = Bewijsstuk.objects.get()
    dien_in(stuk, titel="Van de een")

    antwoord = dien_in(stuk, titel="Van de ander", versie="1")
    html = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Nu opgeslagen door Ina de Vries" in html
    assert "Van de een" in html
    assert antwoord.context["form"]["titel"].value() == "Van de ander"
    assert Bewijsstuk.objects.get().titel == "Van de een"
    assert dien_in(stuk, titel="Van de ander", versie=antwoord.context["form"]["versie"].value()).status_code == 302
    assert Bewijsstuk.objects.get().titel == "Van de ander"


def test_een_oordeel_houdt_zijn_stuk(dien_in, veldwerk):
    dien_in(bestand=gekozen())
    stuk = Bewijsstuk.objects.get()
    velden = {"motivering": "Gezien.", "versie": 0, "wie": veldwerk.inspecteur}
    beoordelen(veldwerk.dossier, veldwerk.norm("A2.4"), "voldoet", bewijsstuk=stuk, **velden)

    antwoord = dien_in(stuk, akkoord_op="")
    assert "Het oordeel over A2.4 rust op dit stuk." in antwoord.content.decode()
    antwoord = dien_in(stuk, akkoord_op="", akkoord_door="")
    assert antwoord.status_code == 422
    assert Bewijsstuk.objects.get().akkoord_op == date(2007, 12, 4)


# --- Replacing --------------------------------------------------------------------------------------------------------


@pytest.fixture
def vervangen(dien_in):
    """(the old document, the new one in its place)"""
    dien_in(bestand=gekozen())
    oud = Bewijsstuk.objects.get()
    dien_in(
        vervangt=oud,
        titel="Analyse 2008",
        datum="05-02-2008",
        akkoord_op="06-02-2008",
        bestand=gekozen(docx(), "n.docx"),
    )
    return oud, Bewijsstuk.objects.get(vervangt=oud)


def test_een_nieuwer_stuk_noemt_zijn_voorganger(vervangen, client, veldwerk, map_):
    oud, nieuw = vervangen

    html = client.get(veldwerk.dossier.get_absolute_url()).content.decode()
    assert re.search(r"Analyse 2007.*?vervangen.*?Door:.*?Analyse 2008", html, re.DOTALL)
    assert re.search(r"Vervangt: <a[^>]*>Analyse 2007 \(6 november 2007\)", html)
    assert reverse("bewijsstuk_bestand", args=[veldwerk.dossier.pk, oud.pk]) in html
    assert len(bestanden(map_)) == 2
    antwoord = client.get(reverse("bewijsstuk_bestand", args=[veldwerk.dossier.pk, oud.pk]))
    assert b"".join(antwoord.streaming_content) == PDF
    assert Gebeurtenis.objects.van(nieuw).get(soort="gemaakt").reden == "Vervangt: Analyse 2007"


def test_een_vervangen_stuk_blijft_zoals_het_was(vervangen, dien_in, client, veldwerk, map_):
    oud, nieuw = vervangen

    for naam in ("bewijsstuk", "bewijsstuk_vervangen"):
        antwoord = client.get(reverse(naam, args=[veldwerk.dossier.pk, oud.pk]), follow=True)
        assert "&#x27;Analyse 2007&#x27; is vervangen door &#x27;Analyse 2008&#x27;" in antwoord.content.decode()
    assert "blijft zoals het was" in dien_in(oud, titel="Toch anders").content.decode()
    assert "al vervangen door" in dien_in(vervangt=oud, titel="Derde", bestand=gekozen()).content.decode()
    assert Bewijsstuk.objects.count() == len(bestanden(map_)) == 2
    oud.refresh_from_db()
    assert oud.titel == "Analyse 2007"
    dien_in(vervangt=nieuw, titel="Analyse 2009", bestand=gekozen())
    assert Bewijsstuk.objects.get(titel="Analyse 2009").vervangt == nieuw


def test_een_oordeel_op_een_vervangen_stuk_zegt_het(dien_in, client, veldwerk, inspecteur):
    dien_in(bestand=gekozen())
    oud = Bewijsstuk.objects.get()
    velden = {"motivering": "Gezien.", "wie": inspecteur}
    beoordelen(veldwerk.dossier, veldwerk.norm("A2.4"), "voldoet", bewijsstuk=oud, versie=0, **velden)
    dien_in(vervangt=oud, titel="Analyse 2008", bestand=gekozen(docx()))
    nieuw = Bewijsstuk.objects.get(vervangt=oud)

    lijst = client.get(reverse("beoordelingen", args=[veldwerk.dossier.pk])).content.decode()
    assert "vervangen door ‘Analyse 2008’" in lijst
    pagina = client.get(reverse("beoordeling", args=[veldwerk.dossier.pk, "A2.4"]))
    assert "Dit oordeel rust op ‘Analyse 2007’, dat is vervangen door ‘Analyse 2008’." in pagina.content.decode()
    keuzes = [naam for _, naam in pagina.context["form"].fields["bewijsstuk"].choices]
    assert keuzes == [
        "Geen bewijsstuk",
        "Arbeidsmarktanalyse: Analyse 2007 (06-11-2007), vervangen",
        "Arbeidsmarktanalyse: Analyse 2008 (06-11-2007)",
    ]
    elders = client.get(reverse("beoordeling", args=[veldwerk.dossier.pk, "A1.2"]))
    assert len(elders.context["form"].fields["bewijsstuk"].choices) == 2
    beoordelen(veldwerk.dossier, veldwerk.norm("A2.4"), "voldoet", bewijsstuk=nieuw, versie=1, **velden)
    assert "vervangen door ‘" not in client.get(reverse("beoordelingen", args=[veldwerk.dossier.pk])).content.decode()


def test_een_nieuw_oordeel_kiest_geen_vervangen_stuk(vervangen, veldwerk):
    oud, _ = vervangen
    with pytest.raises(Exception, match="vervangen door 'Analyse 2008'"):
        beoordelen(
            veldwerk.dossier,
            veldwerk.norm("A1.2"),
            "voldoet",
            bewijsstuk=oud,
            motivering="Gezien.",
            versie=0,
            wie=veldwerk.inspecteur,
        )
