"""Rounds: the list, one round, its status, making and changing one."""

from datetime import date

import pytest
from django.urls import reverse

from regio.models import Gebeurtenis, Gebruiker, Gemeente, Kenmerken
from vragenlijst.actions import zet_status
from vragenlijst.bezwaren import bezwaren
from vragenlijst.forms.rondes import RondeForm
from vragenlijst.models import Dossier, Ronde
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_instrument, maak_interview, maak_ronde

INVOER = {
    "naam": "Fotomoment juni 2008",
    "slug": "",
    "peildatum": "1-1-2008",
    "periode_van": "07-01-2008",
    "periode_tot": "14-03-2008",
    "vorige": "",
}


def gemeenten(aantal: int, begin: int = 9000):
    return [maak_gemeente(str(begin + i), f"Plaats {begin + i}") for i in range(aantal)]


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


class TestRechten:
    @pytest.mark.parametrize(
        ("persona", "status"), [("inspecteur", 403), ("analist", 200), ("beheerder", 200)], indirect=["persona"]
    )
    def test_read(self, client, veldwerk, persona, status):
        client.force_login(persona)
        assert client.get(reverse("rondes")).status_code == status
        assert client.get(reverse("ronde", args=["proefronde"])).status_code == status

    @pytest.mark.parametrize("persona", ["inspecteur", "analist"], indirect=True)
    @pytest.mark.parametrize("naam", ["ronde_nieuw", "ronde_wijzigen", "ronde_gemeenten", "ronde_toewijzing"])
    def test_writing_is_refused_before_anything_is_validated(self, client, veldwerk, persona, naam):
        client.force_login(persona)
        adres = reverse(naam) if naam == "ronde_nieuw" else reverse(naam, args=["proefronde"])
        assert client.get(adres).status_code == 403
        assert client.post(adres, {"naam": ""}).status_code == 403

    def test_status_is_not_for_the_analist(self, client, veldwerk, analist):
        client.force_login(analist)
        assert client.post(reverse("ronde_status", args=["proefronde"]), {"naar": "gesloten"}).status_code == 403

    def test_unknown_round(self, client, beheerder):
        client.force_login(beheerder)
        for naam in ("ronde", "ronde_wijzigen", "ronde_gemeenten", "ronde_toewijzing"):
            assert client.get(reverse(naam, args=["bestaat-niet"])).status_code == 404


class TestLijst:
    def test_empty(self, client, beheerder):
        client.force_login(beheerder)
        assert "Nog geen rondes" in client.get(reverse("rondes")).content.decode()

    def test_counts(self, client, beheerder, inspecteur, collega):
        ronde = maak_ronde(maak_instrument())
        een, twee, _drie = (maak_dossier(ronde, g, inspecteur, collega) for g in gemeenten(3))
        for dossier in (een, twee):
            vastgesteld(dossier)
        client.force_login(beheerder)
        gevonden = client.get(reverse("rondes")).context["rondes"]
        assert [(r.slug, r.aantal_dossiers, r.aantal_vastgesteld) for r in gevonden] == [("proefronde", 3, 2)]

    def test_newest_first(self, client, beheerder):
        instrument = maak_instrument()
        for slug, jaar in (("midden", 2009), ("oud", 2008), ("nieuw", 2010)):
            maak_ronde(instrument, slug, peildatum=date(jaar, 1, 1))
        client.force_login(beheerder)
        assert [r.slug for r in client.get(reverse("rondes")).context["rondes"]] == ["nieuw", "midden", "oud"]

    def test_two_and_twenty_two_cost_the_same(self, client, beheerder, django_assert_num_queries):
        instrument = maak_instrument()
        client.force_login(beheerder)
        for aantal in (2, 22):
            for nummer in range(Ronde.objects.count(), aantal):
                maak_ronde(instrument, f"ronde-{nummer}")
            with django_assert_num_queries(3):  # session, user, rounds
                client.get(reverse("rondes"))


def vastgesteld(dossier: Dossier):
    """Straight into the row: these tests are about counting, the road there has its own tests."""
    Dossier.objects.filter(pk=dossier.pk).update(status="vastgesteld", vastgesteld_op="2008-04-01T12:00+00:00")


class TestRonde:
    def test_progress_by_status_role_and_inspector(self, client, veldwerk, vreemde, beheerder):
        een, twee, drie = gemeenten(3)
        vastgesteld(maak_dossier(veldwerk.ronde, een, vreemde, veldwerk.toetser, rol="niet-voortrekker"))
        maak_dossier(veldwerk.ronde, twee, vreemde, rol="niet-voortrekker")
        maak_dossier(veldwerk.ronde, drie, None)
        client.force_login(beheerder)
        stand = client.get(reverse("ronde", args=["proefronde"])).context["stand"]
        # columns: gepland, in uitvoering, ter toetsing, vastgesteld
        tabel = {groep.naam: (*groep.per_status, groep.totaal) for _kop, groepen in stand.groepen for groep in groepen}
        assert tabel == {
            "Alle dossiers": (2, 1, 0, 1, 4),
            "voortrekker": (1, 1, 0, 0, 2),
            "niet-voortrekker": (1, 0, 0, 1, 2),
            "Ina de Vries": (0, 1, 0, 0, 1),
            "Vera Smit": (1, 0, 0, 1, 2),
            "nog niemand": (1, 0, 0, 0, 1),
        }

    def test_a_dossier_row_counts_what_was_done(self, client, veldwerk, beheerder):
        veldwerk.gesprek("cwi", V1_3="ja", V2_5="nee")  # held; `veldwerk` itself has one planned
        client.force_login(beheerder)
        (werk,) = client.get(reverse("ronde", args=["proefronde"])).context["stand"].dossiers
        # nothing settled yet, so only the four questions that are always asked; two norms
        assert (werk.interviews_gehouden, werk.interviews) == (1, 2)
        assert (werk.bevindingen, werk.gevraagd, werk.beoordeeld, werk.normen) == (0, 4, 0, 2)

    def test_the_beheerder_gets_no_link_into_a_dossier(self, client, veldwerk, beheerder):
        client.force_login(beheerder)
        assert (
            veldwerk.dossier.get_absolute_url()
            not in client.get(reverse("ronde", args=["proefronde"])).content.decode()
        )

    def test_the_analist_does(self, client, veldwerk, analist):
        client.force_login(analist)
        inhoud = client.get(reverse("ronde", args=["proefronde"])).content.decode()
        assert veldwerk.dossier.get_absolute_url() in inhoud
        assert reverse("uitkomsten", args=["proefronde"]) in inhoud
        assert reverse("ronde_gemeenten", args=["proefronde"]) not in inhoud

    def test_two_and_twenty_two_cost_the_same(self, client, veldwerk, vreemde, beheerder, django_assert_num_queries):
        client.force_login(beheerder)
        for begin, aantal in ((9000, 1), (9100, 20)):
            for gemeente in gemeenten(aantal, begin):
                maak_interview(maak_dossier(veldwerk.ronde, gemeente, vreemde, veldwerk.toetser))
            # session, user, round, dossiers, the six of werkvoorraad, history
            with django_assert_num_queries(11):
                client.get(reverse("ronde", args=["proefronde"]))


class TestStatus:
    def adres(self):
        return reverse("ronde_status", args=["proefronde"])

    def test_opening(self, client, beheerder, inspecteur):
        ronde = maak_ronde(maak_instrument())
        maak_dossier(ronde, maak_gemeente(), inspecteur)
        client.force_login(beheerder)
        assert "Open de ronde" in client.get(ronde.get_absolute_url()).content.decode()
        assert client.post(self.adres(), {"naar": "open"}).status_code == 302
        ronde.refresh_from_db()
        assert ronde.status == Ronde.Status.OPEN

    def test_why_not_yet_is_shown_and_holds(self, client, beheerder):
        ronde = maak_ronde(maak_instrument())
        maak_dossier(ronde, maak_gemeente(), None)
        client.force_login(beheerder)
        assert "Proefdam heeft nog geen inspecteur." in client.get(ronde.get_absolute_url()).content.decode()
        antwoord = client.post(self.adres(), {"naar": "open"})
        assert antwoord.status_code == 422
        assert "Proefdam heeft nog geen inspecteur." in antwoord.content.decode()
        ronde.refresh_from_db()
        assert ronde.status == Ronde.Status.CONCEPT

    def test_closing_waits_for_every_dossier(self, client, veldwerk, beheerder):
        client.force_login(beheerder)
        antwoord = client.post(self.adres(), {"naar": "gesloten"})
        assert "Het dossier van Proefdam is nog niet vastgesteld (in uitvoering)." in antwoord.content.decode()

    def test_reopening_asks_a_reason(self, client, veldwerk, beheerder):
        vastgesteld(veldwerk.dossier)
        zet_status(veldwerk.ronde, Ronde.Status.GESLOTEN, beheerder)
        client.force_login(beheerder)
        antwoord = client.post(self.adres(), {"naar": "open", "reden": ""})
        assert antwoord.status_code == 422
        assert "Geef een reden op." in antwoord.content.decode()
        assert client.post(self.adres(), {"naar": "open", "reden": "Een bevinding klopt niet."}).status_code == 302
        rij = Gebeurtenis.objects.van(veldwerk.ronde).first()
        assert (rij.van, rij.naar, rij.reden) == ("gesloten", "open", "Een bevinding klopt niet.")

    def test_a_step_that_does_not_exist(self, client, veldwerk, beheerder):
        client.force_login(beheerder)
        antwoord = client.post(self.adres(), {"naar": "concept"}, follow=True)
        assert "deze stap kan niet (meer)" in antwoord.content.decode()


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
        type(concept).objects.filter(pk=concept.pk).update(status="concept")
        assert "instrument" in self.post(client, concept).context["form"].errors

    def test_the_previous_round_is_earlier(self, client, instrument):
        vorige = maak_ronde(instrument, "vorige", peildatum=date(2008, 1, 1))
        fouten = self.post(client, instrument, vorige=vorige.pk).context["form"].errors
        assert fouten == {
            "vorige": ["De vorige ronde heeft een eerdere peildatum dan deze; die van ‘Vorige’ is 01-01-2008."]
        }


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


class TestAandacht:
    """What is allowed, but seldom meant."""

    @pytest.fixture
    def ronde(self, client, beheerder):
        client.force_login(beheerder)
        return maak_ronde(maak_instrument())

    def zinnen(self, client) -> list[str]:
        return [zin for zin, _adres in client.get("/rondes/proefronde/").context["aandacht"]]

    def test_forty_years_of_field_work(self, client, ronde):
        Ronde.objects.update(periode_tot=date(2048, 1, 7))
        assert self.zinnen(client) == ["Het veldwerk duurt langer dan een jaar: van 07-01-2008 tot en met 07-01-2048."]

    def test_a_whole_year_is_no_matter(self, client, ronde):
        Ronde.objects.update(periode_tot=date(2009, 1, 6))
        assert self.zinnen(client) == []

    def test_a_municipality_that_ends_during_the_field_work(self, client, ronde):
        """The field work ends on 14 March 2008: who ends on that day does, who ends a day later does not."""
        for nummer, dag in enumerate((date(2008, 3, 14), date(2008, 3, 15))):
            maak_dossier(ronde, maak_gemeente(f"970{nummer}", f"Eindig {nummer}", geldig_tot=dag), None)
        assert self.zinnen(client) == ["Opgeheven per 14-03-2008, voor het einde van het veldwerk: Eindig 0."]
        assert client.get("/rondes/proefronde/gemeenten/").content.decode().count("opgeheven per 14-3-2008") == 1

    def test_people_who_cannot_work_on_it(self, client, ronde, inspecteur, collega):
        een, twee = gemeenten(2)
        maak_dossier(ronde, een, inspecteur, collega)
        maak_dossier(ronde, twee, inspecteur)
        Gebruiker.objects.filter(pk=inspecteur.pk).update(is_active=False)
        Gebruiker.objects.filter(pk=collega.pk).update(rol="analist")
        assert self.zinnen(client) == [
            "Ina de Vries is niet meer actief, maar staat nog bij Plaats 9000, Plaats 9001.",
            "Cor Bakker is geen inspecteur meer, maar staat nog bij Plaats 9000.",
        ]
        pagina = client.get("/rondes/proefronde/").content.decode()
        assert 'Ina de Vries <span class="weg">niet meer actief</span>' in pagina
        assert 'Cor Bakker <span class="weg">geen inspecteur meer</span>' in pagina

    def test_it_is_the_beheerders_to_look_at(self, client, ronde, analist):
        Ronde.objects.update(periode_tot=date(2048, 1, 7))
        client.force_login(analist)
        assert self.zinnen(client) == []


class TestStappen:
    def test_opening_is_explained_and_asked(self, client, beheerder, inspecteur):
        ronde = maak_ronde(maak_instrument())
        maak_dossier(ronde, maak_gemeente(), inspecteur)
        client.force_login(beheerder)
        antwoord = client.get(ronde.get_absolute_url())
        (knop,) = antwoord.context["knoppen"]
        assert not knop.open
        assert "Kleine vragenlijst (versie 1)" in knop.gevolgen[0]
        assert "01-01-2008" in knop.gevolgen[0]
        assert "<summary>Open de ronde</summary>" in antwoord.content.decode()

    def test_many_of_the_same_are_one_sentence(self, beheerder, inspecteur):
        ronde = maak_ronde(maak_instrument())
        een, twee, drie = gemeenten(3)
        maak_dossier(ronde, een, None)
        maak_dossier(ronde, twee, None)
        assert bezwaren(ronde, "open") == ["2 gemeenten hebben nog geen inspecteur: Plaats 9000, Plaats 9001."]
        maak_dossier(ronde, drie, inspecteur, status="in_uitvoering")
        assert bezwaren(ronde, "gesloten") == [
            "2 dossiers zijn nog niet vastgesteld (gepland): Plaats 9000, Plaats 9001.",
            "Het dossier van Plaats 9002 is nog niet vastgesteld (in uitvoering).",
        ]

    def test_not_open_with_an_inspector_who_has_left(self, beheerder, inspecteur):
        ronde = maak_ronde(maak_instrument())
        maak_dossier(ronde, maak_gemeente(), inspecteur)
        Gebruiker.objects.filter(pk=inspecteur.pk).update(is_active=False)
        assert bezwaren(ronde, "open") == ["De inspecteur kan er niet meer aan werken: Proefdam."]
