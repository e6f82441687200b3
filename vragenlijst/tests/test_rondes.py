"""Rounds: the list, one round, its status, and what the beheerder is to look at."""

from datetime import date

import pytest
from django.urls import reverse

from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import zet_status
from vragenlijst.bezwaren import bezwaren
from vragenlijst.models import Dossier, Ronde
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_instrument, maak_interview, maak_ronde


def gemeenten(aantal: int, begin: int = 9000):
    return [maak_gemeente(str(begin + i), f"Plaats {begin + i}") for i in range(aantal)]


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
            with django_assert_num_queries(12):
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
