"""Making, changing and removing a round."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from regio.models import Gebeurtenis, Gemeente, Kenmerken
from regio.regels import zonder_regels
from vragenlijst.actions import zet_status
from vragenlijst.forms.rondes import RondeForm
from vragenlijst.models import Dossier, Ronde
from vragenlijst.tests.factories import (
    maak_dossier,
    maak_gemeente,
    maak_instrument,
    maak_interview,
    maak_ronde,
)
from vragenlijst.tests.test_rondes import gemeenten, vastgesteld

INVOER = {
    "naam": "Fotomoment juni 2008",
    "slug": "",
    "peildatum": "1-1-2008",
    "periode_van": "07-01-2008",
    "periode_tot": "14-03-2008",
    "vorige": "",
}


def gezien(client, ronde: Ronde) -> str:
    return client.get(reverse("ronde_wijzigen", args=[ronde.slug])).context["form"]["gezien"].value()


def velden(ronde: Ronde, **anders) -> dict:
    return {
        "naam": ronde.naam,
        "slug": ronde.slug,
        "instrument": ronde.instrument_id,
        "vorige": ronde.vorige_id or "",
        "peildatum": f"{ronde.peildatum:%d-%m-%Y}",
        "periode_van": f"{ronde.periode_van:%d-%m-%Y}",
        "periode_tot": f"{ronde.periode_tot:%d-%m-%Y}",
        **anders,
    }


class TestMaken:
    @pytest.fixture
    def instrument(self, client, beheerder):
        client.force_login(beheerder)
        maak_gemeente("9000", "Er altijd")
        return maak_instrument()

    def post(self, client, versie, **anders):
        return client.post(reverse("ronde_nieuw"), {**INVOER, "instrument": versie.pk, **anders})

    def test_the_short_name_follows_from_the_name(self, client, instrument, beheerder):
        antwoord = self.post(client, instrument)
        assert antwoord.url == "/rondes/fotomoment-juni-2008/gemeenten/"
        ronde = Ronde.objects.get()
        assert (ronde.naam, ronde.peildatum, ronde.status) == ("Fotomoment juni 2008", date(2008, 1, 1), "concept")
        rij = Gebeurtenis.objects.van(ronde).get()
        assert (rij.soort, rij.wie) == ("gemaakt", beheerder)

    def test_a_long_period_is_made_and_pointed_out(self, client, instrument):
        antwoord = self.post(client, instrument, periode_tot="07-01-2048")
        pagina = client.get(antwoord.url).content.decode()
        assert "Het veldwerk duurt langer dan een jaar: van 07-01-2008 tot en met 07-01-2048." in pagina

    def test_twice_the_same_makes_one(self, client, instrument):
        self.post(client, instrument)
        antwoord = self.post(client, instrument)
        assert antwoord.status_code == 422
        assert antwoord.context["form"].errors == {
            "naam": ["Er is al een ronde met deze naam. Kies een andere, of open de ronde die er al is."]
        }
        assert Ronde.objects.count() == 1
        assert 'value="Fotomoment juni 2008"' in antwoord.content.decode()

    def test_two_at_the_same_moment(self, client, instrument, monkeypatch):
        """The other one saves between the check and the writing: the database refuses, and the field says so."""
        maak_ronde(instrument, "fotomoment-juni-2008", naam="Een andere")
        monkeypatch.setattr(RondeForm, "validate_unique", lambda form: None)
        antwoord = self.post(client, instrument)
        assert antwoord.status_code == 422
        assert "Er is al een ronde met deze korte naam." in antwoord.context["form"].errors["slug"][0]

    @pytest.mark.parametrize(
        ("veld", "waarde", "zin"),
        [
            ("naam", "", "Vul dit in."),
            ("naam", "x" * 81, "Deze tekst telt 81 tekens; er passen er 80. Kort de tekst in."),
            (
                "naam",
                "a\x00b",
                "De tekst bevat op plaats 2 een onzichtbaar teken (U+0000) dat niet kan worden bewaard. ",
            ),
            ("slug", "Ü met spatie", "Gebruik alleen kleine letters zonder accenten, cijfers en streepjes."),
            ("slug", "nieuw", "‘nieuw’ is al het adres van een andere pagina. Kies een andere korte naam."),
            ("instrument", "", "Maak een keuze."),
            ("instrument", "99999999999999999999", "Deze keuze bestaat niet (meer). Kies een van de mogelijkheden."),
            ("peildatum", "31-02-2008", "31-02-2008 bestaat niet: februari 2008 heeft 29 dagen."),
            ("peildatum", "31-12-1999", "Op deze dag zijn geen gemeenten bekend. De oudste lijst is van 01-01-2000."),
            ("peildatum", "gisteren", "Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026."),
            ("periode_tot", "06-01-2008", "De laatste dag van het veldwerk ligt voor de eerste."),
            ("vorige", "7", "Deze keuze bestaat niet (meer). Kies een van de mogelijkheden."),
        ],
    )
    def test_bad_input_at_its_field(self, client, instrument, veld, waarde, zin):
        antwoord = self.post(client, instrument, **{veld: waarde})
        assert antwoord.status_code == 422
        fouten = antwoord.context["form"].errors
        assert zin in fouten[veld][0]
        assert set(fouten) <= {veld, "slug"}
        assert "14-03-2008" in antwoord.content.decode() or veld == "periode_tot"
        assert not Ronde.objects.exists()

    def test_a_name_without_letters_has_no_short_name(self, client, instrument):
        assert (
            "geen korte naam af te leiden"
            in self.post(client, instrument, naam="???").context["form"].errors["slug"][0]
        )

    def test_the_name_of_another_round_in_other_letters(self, client, instrument):
        maak_ronde(instrument, "anders", naam="FOTOMOMENT Juni 2008")
        assert list(self.post(client, instrument, slug="eigen").context["form"].errors) == ["naam"]

    def test_a_peildatum_when_everything_has_ended(self, client, instrument):
        Gemeente.objects.update(geldig_tot=date(2005, 1, 1))
        fout = self.post(client, instrument).context["form"].errors["peildatum"]
        assert fout == ["Op deze dag zijn geen gemeenten bekend. De oudste lijst is van 01-01-2000."]

    def test_an_instrument_in_concept_is_not_offered(self, client, instrument):
        concept = maak_instrument("ander")
        with zonder_regels(connection):
            type(concept).objects.filter(pk=concept.pk).update(status="concept")
        assert "instrument" in self.post(client, concept).context["form"].errors

    def test_the_previous_round_is_earlier(self, client, instrument):
        vorige = maak_ronde(instrument, "vorige", peildatum=date(2008, 1, 1))
        fouten = self.post(client, instrument, vorige=vorige.pk).context["form"].errors
        assert fouten == {
            "vorige": ["De vorige ronde heeft een eerdere peildatum dan deze; die van ‘Vorige’ is 01-01-2008."]
        }

    def test_the_round_before_has_another_instrument(self, client, instrument):
        """V1.1 of another instrument is another question: a comparison would be silently wrong."""
        ander = maak_instrument("speeltoestellen")
        vorige = maak_ronde(ander, "vorige", peildatum=date(2007, 1, 1))
        fouten = self.post(client, instrument, vorige=vorige.pk).context["form"].errors
        assert list(fouten) == ["vorige"]
        assert "‘Vorige’ gebruikt een ander instrument" in fouten["vorige"][0]


class TestWijzigen:
    @pytest.fixture
    def ronde(self, client, beheerder):
        client.force_login(beheerder)
        maak_gemeente("9000", "Er altijd")
        return maak_ronde(maak_instrument())

    def post(self, client, ronde, **anders):
        gezien_nu = gezien(client, ronde)
        return client.post(
            reverse("ronde_wijzigen", args=[ronde.slug]), {**velden(ronde), "gezien": gezien_nu, **anders}
        )

    def test_a_new_name_and_address(self, client, ronde, beheerder):
        antwoord = self.post(client, ronde, naam="Andere naam", slug="andere-naam")
        assert antwoord.url == "/rondes/andere-naam/"
        rij = Gebeurtenis.objects.van(ronde).get()
        assert rij.wie == beheerder
        assert rij.wijzigingen["Naam"] == ["Proefronde", "Andere naam"]

    def test_nothing_changed_leaves_no_trace(self, client, ronde):
        assert self.post(client, ronde).status_code == 302
        assert not Gebeurtenis.objects.van(ronde).exists()

    def test_another_peildatum_takes_over_what_held_then(self, client, ronde):
        gemeente = maak_gemeente()
        dossier = maak_dossier(ronde, gemeente, None, inwoners=19_000, grootteklasse_code=3, randstad=False)
        Kenmerken.objects.create(
            gemeente=gemeente,
            geldig_van=date(2000, 1, 1),
            geldig_tot=date(2009, 1, 1),
            inwoners=19_000,
            inwoners_peildatum=date(2008, 1, 1),
            randstad=False,
        )
        Kenmerken.objects.create(
            gemeente=gemeente,
            geldig_van=date(2009, 1, 1),
            inwoners=21_500,
            inwoners_peildatum=date(2009, 1, 1),
            randstad=True,
        )
        assert self.post(client, ronde, peildatum="01-01-2009").status_code == 302
        dossier.refresh_from_db()
        assert (dossier.inwoners, dossier.grootteklasse_code, dossier.randstad) == (21_500, 4, True)

    def test_a_municipality_that_does_not_exist_then(self, client, ronde):
        maak_dossier(ronde, maak_gemeente(geldig_tot=date(2009, 1, 1)), None)
        antwoord = self.post(client, ronde, peildatum="01-01-2009")
        assert "Op deze dag bestaat niet: Proefdam." in antwoord.context["form"].errors["peildatum"][0]
        ronde.refresh_from_db()
        assert ronde.peildatum == date(2008, 1, 1)

    def test_not_past_the_round_that_follows(self, client, ronde):
        maak_ronde(ronde.instrument, "volgende", peildatum=date(2009, 1, 1), vorige=ronde)
        fout = self.post(client, ronde, peildatum="01-01-2009").context["form"].errors["peildatum"]
        assert fout == ["De ronde ‘Volgende’ volgt op deze en heeft een eerdere of dezelfde peildatum."]

    def test_open_only_lets_name_and_period_change(self, client, veldwerk, beheerder):
        client.force_login(beheerder)
        antwoord = self.post(
            client, veldwerk.ronde, naam="Nieuwe naam", peildatum="01-01-2009", slug="anders", periode_tot="01-04-2008"
        )
        assert antwoord.status_code == 302
        veldwerk.ronde.refresh_from_db()
        assert (veldwerk.ronde.naam, veldwerk.ronde.periode_tot) == ("Nieuwe naam", date(2008, 4, 1))
        assert (veldwerk.ronde.slug, veldwerk.ronde.peildatum) == ("proefronde", date(2008, 1, 1))

    def test_closed_stands_firm(self, client, veldwerk, beheerder):
        vastgesteld(veldwerk.dossier)
        zet_status(veldwerk.ronde, Ronde.Status.GESLOTEN, beheerder)
        client.force_login(beheerder)
        antwoord = client.post(reverse("ronde_wijzigen", args=["proefronde"]), {"naam": "Anders"}, follow=True)
        assert "Deze ronde is gesloten en staat vast." in antwoord.content.decode()
        veldwerk.ronde.refresh_from_db()
        assert veldwerk.ronde.naam == "Proefronde"

    def test_somebody_else_was_first_and_both_are_shown(self, client, ronde):
        eerst = gezien(client, ronde)
        Ronde.objects.filter(pk=ronde.pk).update(naam="Van de ander")
        adres = reverse("ronde_wijzigen", args=[ronde.slug])
        antwoord = client.post(adres, {**velden(ronde, naam="Van mij"), "gezien": eerst})
        assert antwoord.status_code == 409
        assert antwoord.context["verschillen"] == [("Naam", "Van de ander", "Van mij")]
        ronde.refresh_from_db()
        assert ronde.naam == "Van de ander"
        nog_eens = {**velden(ronde, naam="Van mij"), "gezien": antwoord.context["form"]["gezien"].value()}
        assert client.post(adres, nog_eens).status_code == 302
        ronde.refresh_from_db()
        assert ronde.naam == "Van mij"

    def test_the_same_sent_twice_is_no_conflict(self, client, ronde):
        eerst = {**velden(ronde, naam="Van mij"), "gezien": gezien(client, ronde)}
        adres = reverse("ronde_wijzigen", args=[ronde.slug])
        assert client.post(adres, eerst).status_code == 302
        assert client.post(adres, eerst).status_code == 302
        assert Gebeurtenis.objects.van(ronde).count() == 1


class TestVerwijderen:
    ADRES = "/rondes/proefronde/verwijderen/"

    @pytest.fixture
    def ronde(self, client, beheerder):
        client.force_login(beheerder)
        return maak_ronde(maak_instrument())

    def test_asks_first_and_says_what_goes_with_it(self, client, ronde):
        for plaats in gemeenten(2):
            maak_dossier(ronde, plaats, None)
        pagina = client.get(self.ADRES).content.decode()
        assert "verdwijnen 2 lege dossiers: Plaats 9000, Plaats 9001." in pagina
        assert "Ja, verwijder de ronde" in pagina
        assert Ronde.objects.exists()

    def test_gone_with_its_empty_dossiers_and_a_trace(self, client, ronde, beheerder):
        for plaats in gemeenten(2):
            maak_dossier(ronde, plaats, None)
        nummer = ronde.pk
        antwoord = client.post(self.ADRES, follow=True)
        assert "De ronde Proefronde is verwijderd." in antwoord.content.decode()
        assert not Ronde.objects.exists()
        assert not Dossier.objects.exists()
        rij = Gebeurtenis.objects.get(ding_soort="ronde", ding_id=nummer)
        assert (rij.wie, rij.van, rij.naar) == (beheerder, "concept", "verwijderd")
        assert rij.wijzigingen == {"gemeenten": ["Plaats 9000, Plaats 9001", None]}

    def test_not_with_work_in_it(self, client, ronde, inspecteur):
        maak_interview(maak_dossier(ronde, maak_gemeente(), inspecteur))
        assert "Er is al gewerkt in het dossier van Proefdam." in client.get(self.ADRES).content.decode()
        assert "Er is al gewerkt" in client.post(self.ADRES, follow=True).content.decode()
        assert Ronde.objects.exists()

    def test_not_once_it_is_open(self, client, veldwerk, beheerder):
        client.force_login(beheerder)
        assert "Alleen een ronde in concept" in client.get(self.ADRES).content.decode()
        client.post(self.ADRES)
        assert Ronde.objects.filter(slug="proefronde").exists()
        assert self.ADRES not in client.get("/rondes/proefronde/").content.decode()

    def test_not_when_another_follows_on_it(self, client, ronde):
        maak_ronde(ronde.instrument, "later", peildatum=date(2009, 1, 1), vorige=ronde)
        assert "De ronde is de vorige van ‘Later’." in client.post(self.ADRES, follow=True).content.decode()
        assert Ronde.objects.count() == 2

    def test_twice(self, client, ronde):
        client.post(self.ADRES)
        assert client.post(self.ADRES).status_code == 404
