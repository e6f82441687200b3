"""People: adding, changing, access, and passwords."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import WACHTWOORD
from regio import lopend_werk
from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Rol

NIEUW_WACHTWOORD = "fietsenstalling-op-zondag"


def inhoud(response) -> str:
    return response.content.decode()


@pytest.fixture
def als_beheerder(client, beheerder):
    client.force_login(beheerder)
    return client


def gegevens(**velden):
    return {
        "naam": "Noor Dijk",
        "username": "noor",
        "email": "noor@example.nl",
        "rol": "analist",
        "wachtwoord": "",
    } | velden


# --- The list ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vraag", "namen"),
    [
        ({}, ["Anna Jansen", "Bas Visser", "Ina de Vries"]),
        ({"q": "visser"}, ["Bas Visser"]),
        ({"q": "analist@"}, ["Anna Jansen"]),
        ({"rol": "inspecteur"}, ["Ina de Vries"]),
        ({"toegang": "geen"}, ["Cor Bakker"]),
        ({"toegang": "alle"}, ["Anna Jansen", "Bas Visser", "Cor Bakker", "Ina de Vries"]),
        ({"q": "niemand"}, []),
    ],
)
def test_zoeken(als_beheerder, inspecteur, analist, collega, vraag, namen):
    Gebruiker.objects.filter(pk=collega.pk).update(is_active=False)
    response = als_beheerder.get(reverse("gebruikers"), vraag)
    assert [gebruiker.naam for gebruiker in response.context["gebruikers"]] == namen


def test_aantal_queries_hangt_niet_van_het_aantal_rijen_af(als_beheerder, inspecteur):
    def tel():
        with CaptureQueriesContext(connection) as gevangen:
            assert als_beheerder.get(reverse("gebruikers")).status_code == 200
        return len(gevangen)

    met_twee = tel()
    for nummer in range(20):
        Gebruiker.objects.create(
            username=f"g{nummer}", email=f"g{nummer}@example.nl", naam=f"G {nummer}", rol=Rol.ANALIST
        )
    assert tel() == met_twee


# --- Adding and changing ---------------------------------------------------------------------------------------------------


def test_toevoegen_met_een_wachtwoord(als_beheerder, beheerder):
    response = als_beheerder.post(reverse("gebruiker_nieuw"), gegevens(wachtwoord=NIEUW_WACHTWOORD))
    noor = Gebruiker.objects.get(username="noor")
    assert response.url == noor.get_absolute_url()
    assert noor.check_password(NIEUW_WACHTWOORD)
    assert (noor.is_staff, noor.is_superuser, noor.is_active) == (False, False, True)
    assert mail.outbox == []
    regel = Gebeurtenis.objects.van(noor).get()
    assert (regel.wie, regel.soort) == (beheerder, "gemaakt")
    assert NIEUW_WACHTWOORD not in str(regel.wijzigingen)


def test_toevoegen_zonder_wachtwoord_stuurt_een_mail_waarmee_men_er_een_kiest(als_beheerder, client):
    als_beheerder.post(reverse("gebruiker_nieuw"), gegevens())
    [bericht] = mail.outbox
    assert bericht.to == ["noor@example.nl"]
    assert bericht.subject == "Uw account voor de monitor Regionale samenwerking arbeidsmarktbeleid"
    assert "Beste Noor Dijk" in bericht.body
    assert "Er is een account voor u gemaakt" in bericht.body
    assert "Hebt u hier niet om gevraagd" not in bericht.body
    assert "Uw gebruikersnaam is noor;" in bericht.body
    kies_wachtwoord(client, bericht.body)
    assert Gebruiker.objects.get(username="noor").check_password(NIEUW_WACHTWOORD)


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"username": "BEHEERDER"}, "Deze gebruikersnaam is al in gebruik."),
        ({"username": "met spatie"}, "geldige gebruikersnaam"),
        ({"email": "Beheerder@Example.nl"}, "Er is al een gebruiker met dit e-mailadres."),
        ({"email": ""}, "Vul dit in."),
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"rol": "koning"}, "Deze keuze bestaat niet (meer)."),
        ({"naam": "N\x00oor"}, "onzichtbaar teken (U+0000)"),
        ({"wachtwoord": "kort"}, "Dit wachtwoord is te kort: gebruik minstens 12 tekens."),
        ({"wachtwoord": "noor@example.nl"}, "Dit wachtwoord lijkt te veel op"),
        ({"naam": "Noor van Dijk-Groen", "wachtwoord": "noorvandijkgroen"}, "Dit wachtwoord lijkt te veel op"),
        ({"wachtwoord": "password1234"}, "te algemeen"),
    ],
)
def test_wat_niet_kan(als_beheerder, velden, melding):
    response = als_beheerder.post(reverse("gebruiker_nieuw"), gegevens(**velden))
    assert response.status_code == 200
    assert melding in inhoud(response)
    assert Gebruiker.objects.count() == 1
    assert mail.outbox == []


def test_rol_wijzigen(als_beheerder, beheerder, inspecteur):
    velden = {"naam": "Ina de Vries", "email": "ina@example.nl", "rol": "analist", "is_active": "on", "versie": 1}
    assert als_beheerder.post(f"/gebruikers/{inspecteur.pk}/wijzigen/", velden).status_code == 302
    inspecteur.refresh_from_db()
    assert (inspecteur.rol, inspecteur.email, inspecteur.versie) == ("analist", "ina@example.nl", 2)
    assert inspecteur.check_password(WACHTWOORD)
    regel = Gebeurtenis.objects.van(inspecteur).get()
    assert regel.wijzigingen == {
        "E-mailadres": ["inspecteur@example.nl", "ina@example.nl"],
        "Rol": ["inspecteur", "analist"],
    }


def test_toegang_ontnemen_logt_uit(als_beheerder, inspecteur):
    zijn = Client()
    zijn.force_login(inspecteur)
    assert zijn.get(reverse("gemeenten")).status_code == 200
    velden = {"naam": inspecteur.naam, "email": inspecteur.email, "rol": "inspecteur", "versie": 1}
    assert als_beheerder.post(f"/gebruikers/{inspecteur.pk}/wijzigen/", velden).status_code == 302
    inspecteur.refresh_from_db()
    assert not inspecteur.is_active
    assert zijn.get(reverse("gemeenten")).status_code == 302


@pytest.mark.parametrize(
    ("velden", "veld"), [({"rol": "beheerder"}, "is_active"), ({"rol": "analist", "is_active": "on"}, "rol")]
)
def test_de_laatste_beheerder_blijft(als_beheerder, beheerder, velden, veld):
    alles = {"naam": beheerder.naam, "email": beheerder.email, "versie": 1} | velden
    response = als_beheerder.post(f"/gebruikers/{beheerder.pk}/wijzigen/", alles)
    assert response.status_code == 200
    assert response.context["form"].errors[veld] == [
        "Dit is de laatste beheerder met toegang. Maak eerst iemand anders beheerder."
    ]
    beheerder.refresh_from_db()
    assert (beheerder.rol, beheerder.is_active) == ("beheerder", True)


def test_een_beheerder_zonder_toegang_telt_niet_als_beheerder(als_beheerder, beheerder):
    Gebruiker.objects.create(username="oud", email="oud@example.nl", naam="Oud", rol=Rol.BEHEERDER, is_active=False)
    velden = {"naam": beheerder.naam, "email": beheerder.email, "rol": "analist", "is_active": "on", "versie": 1}
    assert als_beheerder.post(f"/gebruikers/{beheerder.pk}/wijzigen/", velden).status_code == 200


def test_een_van_twee_beheerders_mag_een_andere_rol_kiezen(als_beheerder, beheerder):
    Gebruiker.objects.create(username="twee", email="twee@example.nl", naam="Twee", rol=Rol.BEHEERDER)
    velden = {"naam": beheerder.naam, "email": beheerder.email, "rol": "analist", "is_active": "on", "versie": 1}
    response = als_beheerder.post(f"/gebruikers/{beheerder.pk}/wijzigen/", velden)
    assert response.url == reverse("start")


def test_verouderd(als_beheerder, inspecteur):
    Gebruiker.objects.filter(pk=inspecteur.pk).update(versie=2, rol="analist")
    velden = {"naam": "Ina", "email": inspecteur.email, "rol": "inspecteur", "is_active": "on", "versie": 1}
    response = als_beheerder.post(f"/gebruikers/{inspecteur.pk}/wijzigen/", velden)
    assert response.status_code == 409
    assert response.context["verouderd"] == [("Naam", "Ina de Vries", "Ina"), ("Rol", "Analist", "Inspecteur")]


def test_niemand_wordt_verwijderd(als_beheerder, inspecteur):
    assert als_beheerder.delete(f"/gebruikers/{inspecteur.pk}/").status_code == 405
    assert "erwijder" not in inhoud(als_beheerder.get(f"/gebruikers/{inspecteur.pk}/"))


def test_onbekende_gebruiker_is_404(als_beheerder):
    for pad in ("", "wijzigen/", "wachtwoord/"):
        assert als_beheerder.get(f"/gebruikers/999999/{pad}").status_code == 404
    assert als_beheerder.post("/gebruikers/999999/herstelmail/").status_code == 404


# --- Passwords -----------------------------------------------------------------------------------------------------------


def kies_wachtwoord(client, tekst):
    client.logout()
    adres = re.search(r"http://testserver(\S+)", tekst)[1]
    pagina = client.get(adres, follow=True)
    assert "Kies een nieuw wachtwoord" in inhoud(pagina)
    klaar = client.post(
        pagina.request["PATH_INFO"], {"new_password1": NIEUW_WACHTWOORD, "new_password2": NIEUW_WACHTWOORD}, follow=True
    )
    assert "Uw wachtwoord is gewijzigd" in inhoud(klaar)
    return adres


def test_wachtwoord_vergeten(client, inspecteur):
    pagina = client.post(reverse("wachtwoord_vergeten"), {"email": "Inspecteur@example.nl"}, follow=True)
    assert "Kijk in uw e-mail" in inhoud(pagina)
    [bericht] = mail.outbox
    assert bericht.subject == "Kies een nieuw wachtwoord voor de monitor"
    adres = kies_wachtwoord(client, bericht.body)
    inspecteur.refresh_from_db()
    assert inspecteur.check_password(NIEUW_WACHTWOORD)
    assert Gebeurtenis.objects.van(inspecteur).get().wijzigingen == {"wachtwoord": ["•••", "•••"]}
    assert "Deze koppeling werkt niet meer" in inhoud(client.get(adres))


def test_een_onbekend_adres_krijgt_hetzelfde_antwoord(client, db):
    pagina = client.post(reverse("wachtwoord_vergeten"), {"email": "niemand@example.nl"}, follow=True)
    assert "Kijk in uw e-mail" in inhoud(pagina)
    assert mail.outbox == []


def test_wie_geen_toegang_heeft_krijgt_geen_mail(als_beheerder, inspecteur):
    Gebruiker.objects.filter(pk=inspecteur.pk).update(is_active=False)
    response = als_beheerder.post(f"/gebruikers/{inspecteur.pk}/herstelmail/", follow=True)
    assert "er is niets verstuurd" in inhoud(response)
    assert mail.outbox == []


def test_herstelmail_door_de_beheerder(als_beheerder, inspecteur):
    Gebruiker.objects.filter(pk=inspecteur.pk).update(last_login="2010-01-01T12:00Z")
    assert "Herstelmail sturen" in inhoud(als_beheerder.get(inspecteur.get_absolute_url()))
    als_beheerder.post(f"/gebruikers/{inspecteur.pk}/herstelmail/")
    [bericht] = mail.outbox
    assert (bericht.to, bericht.subject) == (["inspecteur@example.nl"], "Kies een nieuw wachtwoord voor de monitor")


def test_wie_nog_nooit_inlogde_krijgt_opnieuw_een_welkom(als_beheerder, inspecteur):
    assert "Welkomstmail sturen" in inhoud(als_beheerder.get(inspecteur.get_absolute_url()))
    als_beheerder.post(f"/gebruikers/{inspecteur.pk}/herstelmail/")
    assert "Er is een account voor u gemaakt" in mail.outbox[0].body


def test_wie_geen_toegang_heeft_krijgt_geen_knop_voor_een_mail(als_beheerder, inspecteur):
    Gebruiker.objects.filter(pk=inspecteur.pk).update(is_active=False)
    pagina = inhoud(als_beheerder.get(inspecteur.get_absolute_url()))
    assert "/herstelmail/" not in pagina
    assert "Wachtwoord instellen" not in pagina


class TestHoofdletters:
    """A user name is one name, however it is typed."""

    @pytest.mark.parametrize("naam", ["inspecteur", "Inspecteur", "INSPECTEUR"])
    def test_inloggen(self, client, inspecteur, naam):
        response = client.post(reverse("inloggen"), {"username": naam, "password": WACHTWOORD})
        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(inspecteur.pk)

    def test_wie_twee_namen_heeft_bedoelt_de_naam_zoals_getypt(self, client, inspecteur):
        ander = Gebruiker.objects.create_user("Inspecteur", "a@example.nl", WACHTWOORD, naam="Ander", rol=Rol.ANALIST)
        client.post(reverse("inloggen"), {"username": "Inspecteur", "password": WACHTWOORD})
        assert client.session["_auth_user_id"] == str(ander.pk)
        anders = Client().post(reverse("inloggen"), {"username": "INSPECTEUR", "password": WACHTWOORD})
        assert anders.status_code == 200  # which of the two is not guessed

    @pytest.mark.parametrize("namen", [("inspecteur", "INSPECTEUR"), ("niemand", "NIEMAND")])
    def test_pogingen_tellen_samen(self, client, inspecteur, namen):
        """Five failures lock the name out, in whatever letters they were typed."""
        codes = [
            client.post(reverse("inloggen"), {"username": namen[keer % 2], "password": "mis"}).status_code
            for keer in range(6)
        ]
        assert codes == [200, 200, 200, 200, 429, 429]


class TestLopendWerk:
    """Who still has work does not silently become somebody who cannot do it."""

    @pytest.fixture(autouse=True)
    def werk(self, monkeypatch, inspecteur):
        """One room that gives the inspector work, and nobody else."""

        def bron(gebruiker):
            if gebruiker.pk != inspecteur.pk:
                return []
            return [
                lopend_werk.Lopend("Najaarsronde", "/ergens/", ("6 dossiers als inspecteur", "1 dossier als toetser"))
            ]

        monkeypatch.setattr(lopend_werk, "_bronnen", [bron])

    def velden(self, gebruiker, **anders):
        return {"naam": gebruiker.naam, "email": gebruiker.email, "rol": gebruiker.rol, "versie": 1} | anders

    def test_het_staat_op_de_pagina(self, als_beheerder, inspecteur):
        for adres in (inspecteur.get_absolute_url(), f"/gebruikers/{inspecteur.pk}/wijzigen/"):
            pagina = inhoud(als_beheerder.get(adres))
            assert '<a href="/ergens/">Najaarsronde</a>: 6 dossiers als inspecteur, 1 dossier als toetser' in pagina

    def test_een_andere_rol_wordt_geweigerd(self, als_beheerder, inspecteur):
        velden = self.velden(inspecteur, rol="analist", is_active="on")
        response = als_beheerder.post(f"/gebruikers/{inspecteur.pk}/wijzigen/", velden)
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["rol"]
        assert "geef dat eerst aan een ander" in inhoud(response)
        inspecteur.refresh_from_db()
        assert inspecteur.rol == "inspecteur"

    def test_toegang_ontnemen_vraagt_een_bevestiging(self, als_beheerder, inspecteur):
        adres, velden = f"/gebruikers/{inspecteur.pk}/wijzigen/", self.velden(inspecteur)
        response = als_beheerder.post(adres, velden)
        assert list(response.context["form"].errors) == ["bevestig"]
        assert 'name="bevestig"' in inhoud(response)
        inspecteur.refresh_from_db()
        assert inspecteur.is_active
        assert als_beheerder.post(adres, {**velden, "bevestig": "on"}).status_code == 302
        inspecteur.refresh_from_db()
        assert not inspecteur.is_active
        assert Gebeurtenis.objects.van(inspecteur).get().wijzigingen == {"Heeft toegang": [True, False]}

    def test_de_rest_wijzigt_gewoon(self, als_beheerder, inspecteur):
        adres = f"/gebruikers/{inspecteur.pk}/wijzigen/"
        assert 'name="bevestig"' not in inhoud(als_beheerder.get(adres))
        assert als_beheerder.post(adres, self.velden(inspecteur, naam="Ina Bos", is_active="on")).status_code == 302

    def test_wie_niets_heeft_vertrekt_zonder_vraag(self, als_beheerder, collega):
        assert als_beheerder.post(f"/gebruikers/{collega.pk}/wijzigen/", self.velden(collega)).status_code == 302


def test_wachtwoord_instellen_door_de_beheerder(als_beheerder, beheerder, inspecteur):
    adres = f"/gebruikers/{inspecteur.pk}/wachtwoord/"
    verschillend = als_beheerder.post(adres, {"new_password1": NIEUW_WACHTWOORD, "new_password2": "anders"})
    assert verschillend.status_code == 200
    inspecteur.refresh_from_db()
    assert inspecteur.check_password(WACHTWOORD)
    gelijk = {"new_password1": NIEUW_WACHTWOORD, "new_password2": NIEUW_WACHTWOORD}
    assert als_beheerder.post(adres, gelijk).url == inspecteur.get_absolute_url()
    inspecteur.refresh_from_db()
    assert inspecteur.check_password(NIEUW_WACHTWOORD)
    regel = Gebeurtenis.objects.van(inspecteur).get()
    assert (regel.wie, regel.wijzigingen) == (beheerder, {"wachtwoord": ["•••", "•••"]})


def test_eigen_wachtwoord_wijzigen(client, inspecteur):
    client.force_login(inspecteur)
    nieuw = {"new_password1": NIEUW_WACHTWOORD, "new_password2": NIEUW_WACHTWOORD}
    fout = client.post(reverse("wachtwoord_wijzigen"), {"old_password": "verkeerd", **nieuw})
    assert fout.status_code == 200
    assert fout.context["form"].errors.keys() == {"old_password"}
    goed = client.post(reverse("wachtwoord_wijzigen"), {"old_password": WACHTWOORD, **nieuw})
    assert goed.url == reverse("start")
    assert client.get(reverse("gemeenten")).status_code == 200  # this session goes on
    inspecteur.refresh_from_db()
    assert inspecteur.check_password(NIEUW_WACHTWOORD)
