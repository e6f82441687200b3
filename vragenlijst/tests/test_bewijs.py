"""Documents of a dossier: registering with a file, changing, replacing, downloading; and file and row that never part."""

import hashlib
import os
import re
import sys
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regio.models import Gebeurtenis, Gemeente
from vragenlijst import opslag
from vragenlijst.actions import Conflict, Geweigerd, beoordelen, bewijsstuk_opslaan, zet_status
from vragenlijst.bestanden import PDF as PDF_SOORT
from vragenlijst.bestanden import Upload
from vragenlijst.models import Bewijssoort, Bewijsstuk
from vragenlijst.tests.factories import PDF, maak_bewijsstuk, maak_dossier, maak_gemeente
from vragenlijst.tests.test_bestanden import afbeelding, docx, xlsx
from vragenlijst.tests.test_zet_status import maak_compleet

MB = 1_000_000


@pytest.fixture(autouse=True)
def map_(settings, tmp_path) -> Path:
    """An empty folder for documents of each test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def bestanden(map_: Path) -> list[Path]:
    return sorted(pad for pad in map_.rglob("*") if pad.is_file())


def gekozen(inhoud: bytes = PDF, naam: str = "analyse.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud)


@pytest.fixture
def dien_in(client, veldwerk, inspecteur):
    """Send the form as the dossier's inspector: a new document, a change to `stuk`, or a newer one instead of `vervangt`."""
    client.force_login(inspecteur)
    analyse = Bewijssoort.objects.get(code="analyse")

    def dien_in(stuk=None, vervangt=None, **velden):
        dossier = veldwerk.dossier.pk
        if vervangt:
            adres = reverse("bewijsstuk_vervangen", args=[dossier, vervangt.pk])
        else:
            adres = (
                reverse("bewijsstuk", args=[dossier, stuk.pk]) if stuk else reverse("bewijsstuk_nieuw", args=[dossier])
            )
        invoer = {
            "soort": analyse.pk,
            "titel": "Analyse 2007",
            "datum": "06-11-2007",
            "akkoord_door": "het college",
            "akkoord_op": "04-12-2007",
            "vindplaats": "",
            "versie": "1",
        }
        return client.post(adres, invoer | velden)

    return dien_in


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


# --- Downloading ------------------------------------------------------------------------------------------------------


@pytest.fixture
def download(client, veldwerk):
    def download(stuk, wie=None):
        client.force_login(wie or veldwerk.inspecteur)
        return client.get(reverse("bewijsstuk_bestand", args=[veldwerk.dossier.pk, stuk.pk]))

    return download


@pytest.mark.parametrize("persona", ["inspecteur", "collega"], indirect=True)
def test_een_download_is_een_bijlage_en_niets_anders(download, veldwerk, persona):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, bestandsnaam="Analyse “Súd”.pdf")
    antwoord = download(stuk, persona)

    assert b"".join(antwoord.streaming_content) == PDF
    koppen = antwoord.headers
    assert koppen["Content-Type"] == "application/pdf"
    assert koppen["Content-Length"] == str(len(PDF))
    assert koppen["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert unquote(koppen["Content-Disposition"].partition("''")[2]) == "Analyse “Súd”.pdf"
    assert koppen["X-Content-Type-Options"] == "nosniff"
    assert koppen["Cache-Control"] == "no-store"
    assert koppen["Content-Security-Policy"] == "sandbox; default-src 'none'"
    gebeurtenis = Gebeurtenis.objects.van(stuk).get()
    assert (gebeurtenis.soort, gebeurtenis.wie, gebeurtenis.dossier_id) == ("uitvoer", persona, veldwerk.dossier.pk)


@pytest.mark.parametrize(
    ("persona", "status"), [("vreemde", 404), ("analist", 403), ("beheerder", 403)], indirect=["persona"]
)
def test_wie_geen_stukken_krijgt(download, veldwerk, persona, status):
    """The analist reads every dossier without personal data; what is in a document nobody has looked at for that."""
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)

    assert download(stuk, persona).status_code == status
    assert not Gebeurtenis.objects.van(stuk).exists()


def test_de_analist_ziet_dat_er_een_stuk_is_zonder_het_te_krijgen(client, veldwerk, analist):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    client.force_login(analist)
    html = client.get(veldwerk.dossier.get_absolute_url()).content.decode()

    assert "PDF, 147 bytes" in html
    assert reverse("bewijsstuk_bestand", args=[veldwerk.dossier.pk, stuk.pk]) not in html


def test_een_stuk_van_een_ander_dossier_is_er_niet(download, client, veldwerk, inspecteur):
    elders = maak_bewijsstuk(maak_dossier(veldwerk.ronde, maak_gemeente("9905", "Anderdam"), inspecteur), inhoud=PDF)

    assert download(elders).status_code == 404
    for naam in ("bewijsstuk", "bewijsstuk_vervangen"):
        assert client.get(reverse(naam, args=[veldwerk.dossier.pk, elders.pk])).status_code == 404
    assert download(maak_bewijsstuk(veldwerk.dossier)).status_code == 404  # no file


@pytest.mark.parametrize("schade", [lambda pad: pad.unlink(), lambda pad: pad.write_bytes(PDF.replace(b"1 0", b"2 0"))])
def test_een_ander_bestand_dan_is_opgeslagen_wordt_niet_gegeven(download, client, veldwerk, map_, schade):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    schade(map_ / stuk.bestand.name)
    antwoord = download(stuk)

    assert antwoord.url == veldwerk.dossier.get_absolute_url()
    assert "is niet meer wat het was toen het werd opgeslagen" in client.get(antwoord.url).content.decode()
    assert not Gebeurtenis.objects.van(stuk).exists()


def test_na_vaststellen_nog_te_lezen_en_niet_meer_te_wijzigen(download, dien_in, client, veldwerk, map_):
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)

    assert b"".join(download(stuk).streaming_content) == PDF
    for naam, rest in (("bewijsstuk_nieuw", []), ("bewijsstuk", [stuk.pk]), ("bewijsstuk_vervangen", [stuk.pk])):
        antwoord = client.get(reverse(naam, args=[veldwerk.dossier.pk, *rest]))
        assert antwoord.url == veldwerk.dossier.get_absolute_url()
    assert "de inhoud staat vast" in dien_in(bestand=gekozen(docx())).content.decode()
    assert len(bestanden(map_)) == Bewijsstuk.objects.count() == 1


# --- File and row never part -------------------------------------------------------------------------------------------


def upload() -> Upload:
    return Upload(BytesIO(PDF), "analyse.pdf", PDF_SOORT)


def nieuw_stuk(veldwerk) -> Bewijsstuk:
    soort = Bewijssoort.objects.get(code="analyse")
    return Bewijsstuk(dossier=veldwerk.dossier, soort=soort, titel="Analyse", datum=date(2007, 11, 6))


def test_mislukt_de_rij_dan_gaat_het_bestand_weg(veldwerk, inspecteur, map_, monkeypatch):
    def mislukt(*_, **__):
        assert len(bestanden(map_)) == 1  # the file is there before its row
        raise RuntimeError("de geschiedenis lukt niet")

    monkeypatch.setattr("vragenlijst.actions.bewijs.leg_vast", mislukt)
    with pytest.raises(RuntimeError):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    assert bestanden(map_) == []
    assert not Bewijsstuk.objects.exists()


def test_mislukt_het_bestand_dan_komt_er_geen_rij(veldwerk, inspecteur, map_, monkeypatch):
    def vol(_):
        raise OSError("de schijf is vol")

    monkeypatch.setattr(os, "fsync", vol)
    with pytest.raises(OSError, match="vol"):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    assert bestanden(map_) == []
    assert not Bewijsstuk.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_als_de_commit_het_niet_haalt_beslist_de_bezem(veldwerk, inspecteur, map_, monkeypatch):
    """Whether a commit that broke off was carried out is not known: the file stays until it is sure that it has no row."""

    def breekt_af():
        raise OperationalError("de verbinding viel weg tijdens de commit")

    monkeypatch.setattr(connection, "_commit", breekt_af)
    with pytest.raises(OperationalError, match="commit"):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    monkeypatch.undo()
    assert not Bewijsstuk.objects.exists()
    [pad] = Path(default_storage.path("bewijs")).glob("*/*")
    assert opslag.ruim_op() == []
    os.utime(pad, (time.time() - 3700,) * 2)
    assert opslag.ruim_op() == [f"bewijs/{pad.parent.name}/{pad.name}"]
    assert not pad.exists()


def test_conflict_en_weigering_laten_geen_bestand_achter(veldwerk, inspecteur, map_):
    stuk = maak_bewijsstuk(veldwerk.dossier)
    Bewijsstuk.objects.update(versie=4)
    with pytest.raises(Conflict):
        bewijsstuk_opslaan(stuk, inspecteur, bestand=upload())
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    with pytest.raises(Geweigerd):
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
    assert bestanden(map_) == []


def wees(map_: Path, minuten_oud: int) -> Path:
    geborgen = opslag.berg_op(BytesIO(PDF))
    pad = map_ / geborgen.naam
    os.utime(pad, (time.time() - 60 * minuten_oud,) * 2)
    return pad


def test_een_upload_ruimt_op_wat_een_gedood_proces_liet_liggen(dien_in, map_):
    oud, vers = wees(map_, 61), wees(map_, 59)
    dien_in(bestand=gekozen())

    assert not oud.exists()
    assert vers.exists()
    assert len(bestanden(map_)) == 2


def test_met_veel_wezen_is_er_iets_anders_aan_de_hand(dien_in, map_, caplog):
    """An older database that was put back, or another installation's folder: nothing goes until somebody has looked."""
    wezen = [wees(map_, 120) for _ in range(21)]
    dien_in(bestand=gekozen())

    assert all(pad.exists() for pad in wezen)
    assert "21 bestanden horen bij geen enkel bewijsstuk" in caplog.text
    with pytest.raises(CommandError, match="horen MEDIA_ROOT en de database wel bij elkaar"):
        call_command("opruimen")
    assert all(pad.exists() for pad in wezen)
    call_command("opruimen", alles=True)
    assert len(bestanden(map_)) == 1


def test_opruimen_meldt_stukken_zonder_hun_bestand(veldwerk, map_, capsys):
    heel = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, titel="Heel")
    call_command("opruimen")
    assert capsys.readouterr().out == "0 bestanden verwijderd; alle bewijsstukken hebben hun bestand.\n"
    weg = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, titel="Weg")
    anders = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF, titel="Anders")
    (map_ / weg.bestand.name).unlink()
    (map_ / anders.bestand.name).write_bytes(b"x")

    with pytest.raises(CommandError, match="Van 2 bewijsstukken deugt het bestand niet"):
        call_command("opruimen")
    gemeld = capsys.readouterr().err
    assert "'Weg'" in gemeld
    assert "'Anders'" in gemeld
    assert "het controlegetal klopt niet" in gemeld
    assert Bewijsstuk.objects.count() == 3
    assert heel.bestand.name not in gemeld


def test_in_een_grotere_transactie_die_mislukt(veldwerk, inspecteur, map_):
    """Whoever stores documents inside a transaction of their own leaves the file to the sweep when that one fails."""

    @transaction.atomic
    def groter_werk():
        bewijsstuk_opslaan(nieuw_stuk(veldwerk), inspecteur, bestand=upload())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        groter_werk()
    assert not Bewijsstuk.objects.exists()
    assert len(bestanden(map_)) == 1


# --- The virus scanner -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "zin"),
    [
        ("import sys; sys.exit(b'trailer' not in sys.stdin.buffer.read())", None),
        ("import sys; sys.exit(1)", "De virusscanner heeft dit bestand geweigerd."),
        ("import sys; sys.exit(2)", "De virusscanner heeft dit bestand geweigerd."),
        (None, "De virusscanner geeft geen antwoord"),
        ("import time; time.sleep(30)", "De virusscanner geeft geen antwoord"),
    ],
    ids=["schoon", "virus", "fout", "er is geen scanner", "hij blijft hangen"],
)
def test_de_virusscanner_leest_mee(dien_in, settings, monkeypatch, tmp_path, map_, code, zin):
    monkeypatch.setattr(opslag, "SCANTIJD", 2)
    scanner = tmp_path / "scanner.py"
    scanner.write_text(code or "")
    settings.BEWIJS_VIRUSSCANNER = f"'{sys.executable}' '{scanner}'" if code else "/bestaat/niet"
    antwoord = dien_in(bestand=gekozen())

    if zin is None:
        assert antwoord.status_code == 302
        assert len(bestanden(map_)) == 1
        return
    assert antwoord.context["form"].errors["bestand"][0].startswith(zin)
    assert bestanden(map_) == []
