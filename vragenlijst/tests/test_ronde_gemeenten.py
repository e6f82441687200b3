"""Choosing the municipalities of a round."""

from datetime import date

import pytest
from django.urls import reverse

from regio.models import Gebeurtenis, Gemeente, Herindeling, Kenmerken, Lidmaatschap, Regio
from vragenlijst.actions import zet_status
from vragenlijst.models import Dossier, Ronde
from vragenlijst.tests.factories import maak_bewijsstuk, maak_dossier, maak_gemeente, maak_instrument, maak_ronde

ADRES = "/rondes/proefronde/gemeenten/"


def gemeente(code, naam, *, provincie=None, inwoners=None, randstad=None, voortrekker=False, **velden) -> Gemeente:
    plaats = maak_gemeente(code, naam, **velden)
    Kenmerken.objects.create(
        gemeente=plaats,
        geldig_van=date(2000, 1, 1),
        inwoners=inwoners,
        inwoners_peildatum=date(2008, 1, 1) if inwoners else None,
        randstad=randstad,
        voortrekker=voortrekker,
    )
    if provincie:
        regio, _ = Regio.objects.get_or_create(soort="provincie", code=provincie, defaults={"naam": provincie})
        Lidmaatschap.objects.create(gemeente=plaats, regio=regio, geldig_van=date(2000, 1, 1))
    return plaats


@pytest.fixture
def ronde(client, beheerder):
    """A round in concept, and four municipalities on its peildatum; a fifth ended before, a sixth comes later."""
    client.force_login(beheerder)
    gemeente("9901", "Súdwest-Aa", provincie="Fryslân", inwoners=48_000, randstad=False, voortrekker=True)
    gemeente("9902", "Bedorp", provincie="Utrecht", inwoners=19_999, randstad=True)
    gemeente("9903", "Ceestad", provincie="Utrecht", inwoners=250_000, randstad=True, voortrekker=True)
    gemeente("9904", "Onbekendam")
    gemeente("9905", "Vroegerveen", geldig_tot=date(2008, 1, 1))
    Gemeente.objects.create(code="9906", naam="Laterloo", geldig_van=date(2008, 1, 2))
    return maak_ronde(maak_instrument())


def namen(antwoord, sleutel="gevonden") -> list[str]:
    return [rij.kandidaat.gemeente.naam for rij in antwoord.context[sleutel]]


class TestZoeken:
    def test_only_what_exists_on_the_peildatum(self, client, ronde):
        assert namen(client.get(ADRES)) == ["Bedorp", "Ceestad", "Onbekendam", "Súdwest-Aa"]

    @pytest.mark.parametrize(
        ("filters", "verwacht"),
        [
            ({"zoek": "sudwest"}, ["Súdwest-Aa"]),
            ({"zoek": "Súdwest"}, ["Súdwest-Aa"]),
            ({"zoek": "9902"}, ["Bedorp"]),
            ({"provincie": "Utrecht"}, ["Bedorp", "Ceestad"]),
            ({"grootteklasse": "3"}, ["Bedorp"]),
            ({"grootteklasse": "8"}, ["Ceestad"]),
            ({"grootteklasse": "0"}, ["Onbekendam"]),
            ({"randstad": "ja"}, ["Bedorp", "Ceestad"]),
            ({"randstad": "nee"}, ["Súdwest-Aa"]),
            ({"voortrekker": "ja"}, ["Ceestad", "Súdwest-Aa"]),
            ({"voortrekker": "nee", "randstad": "ja"}, ["Bedorp"]),
            ({"zoek": "bestaat niet"}, []),
        ],
    )
    def test_filters(self, client, ronde, filters, verwacht):
        assert namen(client.get(ADRES, filters)) == verwacht
        assert namen(client.post(ADRES, {**filters, "actie": "zoek"})) == verwacht

    @pytest.mark.parametrize("filters", [{"zoek": "a\x00"}, {"provincie": "Atlantis"}, {"grootteklasse": "x"}])
    def test_an_unreadable_filter_says_so(self, client, ronde, filters):
        antwoord = client.get(ADRES, filters)
        assert antwoord.status_code == 200
        assert list(antwoord.context["zoekform"].errors) == list(filters)
        assert len(namen(antwoord)) == 4

    def test_from_the_previous_round_by_way_of_its_successor(self, client, ronde):
        """Bedorp took part and still exists, a year later no more; Vroegerveen took part and went over into Ceestad."""
        vorige = maak_ronde(ronde.instrument, "vorige", peildatum=date(2007, 6, 1))
        for code in ("9902", "9905"):
            maak_dossier(vorige, Gemeente.objects.get(code=code), None)
        Herindeling.objects.create(
            datum=date(2008, 1, 1), oud=Gemeente.objects.get(code="9905"), nieuw=Gemeente.objects.get(code="9903")
        )
        Herindeling.objects.create(
            datum=date(2009, 1, 1), oud=Gemeente.objects.get(code="9902"), nieuw=Gemeente.objects.get(code="9904")
        )
        Ronde.objects.filter(pk=ronde.pk).update(vorige=vorige)
        assert namen(client.get(ADRES, {"uit_vorige": "on"})) == ["Bedorp", "Ceestad"]

    def test_what_is_ticked_survives_another_search(self, client, ronde):
        antwoord = client.post(
            ADRES,
            {"zoek": "bedorp", "actie": "zoek", "gemeente": ["9903"], "rol_9903": "niet-voortrekker"},
        )
        assert namen(antwoord) == ["Bedorp"]
        (gekozen,) = antwoord.context["gekozen"]
        assert (gekozen.kandidaat.gemeente.naam, gekozen.gekozen, gekozen.rol) == ("Ceestad", True, "niet-voortrekker")
        assert not Dossier.objects.exists()

    def test_tick_all_that_was_found(self, client, ronde):
        antwoord = client.post(ADRES, {"provincie": "Utrecht", "actie": "alle", "gemeente": ["9904"]})
        assert namen(antwoord, "gekozen") == ["Bedorp", "Ceestad", "Onbekendam"]
        assert namen(antwoord) == []

    def test_a_hundred_at_a_time(self, client, ronde):
        for nummer in range(100):
            maak_gemeente(f"8{nummer:03}", f"Zet {nummer}")
        antwoord = client.get(ADRES)
        assert (len(namen(antwoord)), antwoord.context["verborgen"]) == (100, 4)

    def test_two_and_twenty_two_cost_the_same(self, client, ronde, django_assert_num_queries):
        for begin, aantal in ((8000, 2), (8100, 20)):
            for nummer in range(aantal):
                plaats = gemeente(str(begin + nummer), f"Erbij {begin + nummer}", provincie="Utrecht", inwoners=9_000)
                maak_dossier(ronde, plaats, None)
            # session, user, round, kenmerken, lidmaatschappen, in the round, gemeenten, regio's, deelnemers thrice
            with django_assert_num_queries(11):
                client.get(ADRES)


class TestToevoegen:
    def post(self, client, *codes, **anders):
        return client.post(ADRES, {"actie": "toevoegen", "gemeente": list(codes), **anders})

    def test_several_at_once_each_in_its_role(self, client, ronde, beheerder):
        antwoord = self.post(
            client, "9901", "9902", rol_9901="voortrekker", rol_9902="voortrekker", provincie="Utrecht", zoek=""
        )
        assert antwoord.url == f"{ADRES}?provincie=Utrecht"
        dossiers = Dossier.objects.order_by("gemeente__code")
        # 48.000 is class 4 (20.000 to 50.000), 19.999 is class 3
        assert [(d.gemeente.code, d.rol, d.grootteklasse_code, d.randstad) for d in dossiers] == [
            ("9901", "voortrekker", 4, False),
            ("9902", "voortrekker", 3, True),
        ]
        assert {g.wie for g in Gebeurtenis.objects.filter(ding_soort="dossier")} == {beheerder}

    def test_the_role_is_proposed_by_the_kenmerken(self, client, ronde):
        rollen = {rij.kandidaat.gemeente.code: rij.rol for rij in client.get(ADRES).context["gevonden"]}
        assert rollen == {
            "9901": "voortrekker",
            "9902": "niet-voortrekker",
            "9903": "voortrekker",
            "9904": "niet-voortrekker",
        }

    def test_nothing_ticked(self, client, ronde):
        antwoord = self.post(client)
        assert antwoord.status_code == 422
        assert "Kies ten minste één gemeente." in antwoord.content.decode()

    @pytest.mark.parametrize("code", ["9905", "9906", "0000", "a\x00b", "x" * 5000])
    def test_what_does_not_exist_then_cannot_join(self, client, ronde, code):
        antwoord = self.post(client, code, "9902", rol_9902="voortrekker")
        assert antwoord.status_code == 422
        assert antwoord.context["form"].errors["gemeente"]
        assert not Dossier.objects.exists()
        assert [(r.kandidaat.gemeente.code, r.rol) for r in antwoord.context["gekozen"]] == [("9902", "voortrekker")]

    def test_an_unknown_role_at_its_row(self, client, ronde):
        antwoord = self.post(client, "9901", "9902", rol_9901="baas", rol_9902="voortrekker")
        assert antwoord.status_code == 422
        fouten = {rij.kandidaat.gemeente.code: rij.fouten for rij in antwoord.context["gekozen"]}
        assert fouten == {"9901": ["Kies een van de twee rollen."], "9902": []}
        assert not Dossier.objects.exists()

    def test_twice_the_same_makes_one(self, client, ronde):
        self.post(client, "9901", rol_9901="voortrekker")
        antwoord = self.post(client, "9901", rol_9901="voortrekker")
        assert antwoord.status_code == 422
        assert "Súdwest-Aa staat al in deze ronde." in antwoord.content.decode()
        assert Dossier.objects.count() == 1

    def test_who_is_in_is_shown_as_such_and_not_offered(self, client, ronde):
        self.post(client, "9901", rol_9901="niet-voortrekker")
        antwoord = client.get(ADRES)
        assert "Súdwest-Aa" not in namen(antwoord)
        (deelnemer,) = antwoord.context["deelnemers"]
        assert (deelnemer.dossier.gemeente.naam, deelnemer.te_verwijderen, deelnemer.rol_wijkt_af) == (
            "Súdwest-Aa",
            True,
            True,
        )

    def test_not_into_a_closed_round(self, client, ronde):
        Ronde.objects.filter(pk=ronde.pk).update(status="gesloten")
        antwoord = self.post(client, "9901", rol_9901="voortrekker")
        assert antwoord.status_code == 422
        assert not Dossier.objects.exists()
        assert "Deze ronde is gesloten" in antwoord.content.decode()


class TestVerwijderen:
    def post(self, client, code="9901"):
        return client.post(reverse("ronde_gemeente_verwijderen", args=["proefronde", code]), follow=True)

    def test_an_empty_dossier_goes_with_a_trace(self, client, ronde, beheerder, inspecteur):
        dossier = maak_dossier(ronde, Gemeente.objects.get(code="9901"), inspecteur)
        assert "Súdwest-Aa is uit de ronde gehaald." in self.post(client).content.decode()
        assert not Dossier.objects.exists()
        rij = Gebeurtenis.objects.van(ronde).get()
        assert (rij.wie, rij.dossier_id) == (beheerder, dossier.pk)
        assert rij.wijzigingen == {"gemeente": ["Súdwest-Aa (voortrekker)", None], "inspecteur": ["Ina de Vries", None]}

    def test_one_with_work_in_it_stays(self, client, veldwerk, beheerder):
        client.force_login(beheerder)
        assert "is al gewerkt" in self.post(client).content.decode()
        assert Dossier.objects.filter(pk=veldwerk.dossier.pk).exists()

    def test_one_with_only_evidence_stays(self, client, ronde):
        maak_bewijsstuk(maak_dossier(ronde, Gemeente.objects.get(code="9901"), None))
        assert "is al gewerkt" in self.post(client).content.decode()
        assert Dossier.objects.exists()

    def test_an_open_round_keeps_one(self, client, ronde, inspecteur, beheerder):
        maak_dossier(ronde, Gemeente.objects.get(code="9901"), inspecteur)
        zet_status(ronde, Ronde.Status.OPEN, beheerder)
        assert "houdt ten minste één gemeente" in self.post(client).content.decode()
        assert Dossier.objects.exists()

    def test_rights_first(self, client, veldwerk, analist, inspecteur):
        adres = reverse("ronde_gemeente_verwijderen", args=["proefronde", "9901"])
        for persona in (analist, inspecteur):
            client.force_login(persona)
            assert client.post(adres).status_code == 403

    def test_one_that_is_not_in_it(self, client, ronde):
        assert self.post(client).status_code == 404


class TestLijst:
    """A pasted list ticks what it names, and says of the rest what is wrong with it."""

    def post(self, client, lijst, **anders):
        return client.post(ADRES, {"actie": "lijst", "lijst": lijst, **anders})

    def test_names_and_codes(self, client, ronde):
        antwoord = self.post(client, "sudwest-aa\n9903\nAtlantis\nVroegerveen", gemeente=["9904"])
        assert namen(antwoord, "gekozen") == ["Ceestad", "Onbekendam", "Súdwest-Aa"]
        pagina = antwoord.content.decode()
        assert "2 gemeenten van de lijst zijn aangekruist" in pagina
        assert "Niet herkend: ‘Atlantis’, ‘Vroegerveen’." in pagina
        assert not Dossier.objects.exists()

    def test_an_ambiguous_name_and_one_that_is_in(self, client, ronde):
        gemeente("9911", "Bergen (L.)")
        gemeente("9912", "Bergen (NH.)")
        maak_dossier(ronde, Gemeente.objects.get(code="9901"), None)
        antwoord = self.post(client, "Bergen\nSúdwest-Aa")
        assert namen(antwoord, "gekozen") == []
        assert antwoord.context["lijst"].zinnen == (
            "‘Bergen’ kan zijn: Bergen (L.), Bergen (NH.). Schrijf de hele naam of de code.",
            "Al in de ronde: Súdwest-Aa.",
        )

    def test_adding_reads_a_list_that_was_not_ticked_yet(self, client, ronde):
        antwoord = client.post(ADRES, {"actie": "toevoegen", "lijst": "Bedorp"})
        assert antwoord.status_code == 200
        assert namen(antwoord, "gekozen") == ["Bedorp"]
        assert not Dossier.objects.exists()

    def test_what_cannot_be_read_stays_in_the_field(self, client, ronde):
        antwoord = self.post(client, "Bedorp\x00")
        assert "onzichtbaar teken" in antwoord.content.decode()
        assert namen(antwoord, "gekozen") == []


class TestRol:
    def adres(self, code="9901"):
        return reverse("ronde_gemeente_rol", args=["proefronde", code])

    def test_the_other_role_while_planned(self, client, ronde, beheerder):
        dossier = maak_dossier(ronde, Gemeente.objects.get(code="9901"), None)
        assert "Maak niet-voortrekker" in client.get(ADRES).content.decode()
        antwoord = client.post(self.adres(), {"rol": "niet-voortrekker"}, follow=True)
        assert "Súdwest-Aa doet mee als niet-voortrekker." in antwoord.content.decode()
        dossier.refresh_from_db()
        assert dossier.rol == "niet-voortrekker"
        rij = Gebeurtenis.objects.van(dossier).get()
        assert (rij.wie, rij.wijzigingen) == (beheerder, {"rol": ["voortrekker", "niet-voortrekker"]})

    def test_the_same_role_leaves_no_trace(self, client, ronde):
        dossier = maak_dossier(ronde, Gemeente.objects.get(code="9901"), None)
        client.post(self.adres(), {"rol": "voortrekker"})
        assert not Gebeurtenis.objects.van(dossier).exists()

    @pytest.mark.parametrize("rol", ["", "baas", "a\x00"])
    def test_an_unknown_role(self, client, ronde, rol):
        dossier = maak_dossier(ronde, Gemeente.objects.get(code="9901"), None)
        assert "Kies een van de twee rollen." in client.post(self.adres(), {"rol": rol}, follow=True).content.decode()
        dossier.refresh_from_db()
        assert dossier.rol == "voortrekker"

    def test_not_once_there_is_work(self, client, ronde):
        dossier = maak_dossier(ronde, Gemeente.objects.get(code="9901"), None, status="in_uitvoering")
        antwoord = client.post(self.adres(), {"rol": "niet-voortrekker"}, follow=True)
        assert "de rol staat vast" in antwoord.content.decode()
        assert "Maak niet-voortrekker" not in antwoord.content.decode()
        dossier.refresh_from_db()
        assert dossier.rol == "voortrekker"


def test_after_adding_the_name_is_not_searched_for_again(client, ronde):
    antwoord = client.post(
        ADRES, {"actie": "toevoegen", "zoek": "Bedorp", "gemeente": ["9902"], "rol_9902": "voortrekker"}, follow=True
    )
    assert "Geen gemeente gevonden" not in antwoord.content.decode()
    assert namen(antwoord) == ["Ceestad", "Onbekendam", "Súdwest-Aa"]


def test_what_fits_but_is_in_already(client, ronde):
    maak_dossier(ronde, Gemeente.objects.get(code="9902"), None)
    pagina = client.get(ADRES, {"zoek": "Bedorp"}).content.decode()
    assert "De gemeente die aan de zoekvraag voldoet, staat al in de ronde." in pagina
