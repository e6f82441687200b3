"""Putting people on the dossiers of a round."""

import pytest
from django.urls import reverse

from regio.models import Gebeurtenis, Gebruiker
from vragenlijst import bezetting
from vragenlijst.models import Dossier, Ronde
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_instrument, maak_ronde

ADRES = "/rondes/proefronde/toewijzing/"


@pytest.fixture
def dossiers(client, beheerder, inspecteur, collega, vreemde) -> list[Dossier]:
    """Three dossiers in concept; nobody on them yet."""
    client.force_login(beheerder)
    ronde = maak_ronde(maak_instrument())
    return [maak_dossier(ronde, maak_gemeente(f"990{i}", f"Plaats {i}"), None) for i in (1, 2, 3)]


def rij(dossier: Dossier, inspecteur=None, tweede=None, toetser=None, gezien="0-0-0") -> dict:
    voor = f"d{dossier.pk}"
    return {
        f"{voor}-gezien": gezien,
        f"{voor}-inspecteur": getattr(inspecteur, "pk", inspecteur) or "",
        f"{voor}-tweede_inspecteur": getattr(tweede, "pk", tweede) or "",
        f"{voor}-toetser": getattr(toetser, "pk", toetser) or "",
    }


def mensen(dossier: Dossier) -> tuple:
    dossier.refresh_from_db()
    return (dossier.inspecteur, dossier.tweede_inspecteur, dossier.toetser)


def fouten(antwoord) -> dict:
    return {
        rij.form.dossier.gemeente.naam: dict(rij.form.errors) for rij in antwoord.context["rijen"] if rij.form.errors
    }


class TestOpslaan:
    def test_one_table_one_click(self, client, dossiers, inspecteur, collega, vreemde, beheerder):
        een, twee, drie = dossiers
        antwoord = client.post(
            ADRES,
            {**rij(een, inspecteur, vreemde, collega), **rij(twee, collega, None, inspecteur), **rij(drie)},
            follow=True,
        )
        assert "De toewijzing van 2 dossiers is opgeslagen." in antwoord.content.decode()
        assert mensen(een) == (inspecteur, vreemde, collega)
        assert mensen(twee) == (collega, None, inspecteur)
        assert mensen(drie) == (None, None, None)
        regel = Gebeurtenis.objects.van(een).get()
        assert regel.wie == beheerder
        assert regel.wijzigingen == {
            "inspecteur": [None, "Ina de Vries"],
            "tweede inspecteur": [None, "Vera Smit"],
            "toetser": [None, "Cor Bakker"],
        }
        assert not Gebeurtenis.objects.van(drie).exists()

    def test_history_keeps_who_had_it_before(self, client, dossiers, inspecteur, collega):
        een = dossiers[0]
        Dossier.objects.filter(pk=een.pk).update(inspecteur=inspecteur)
        client.post(ADRES, rij(een, collega, gezien=f"{inspecteur.pk}-0-0"))
        assert Gebeurtenis.objects.van(een).get().wijzigingen == {"inspecteur": ["Ina de Vries", "Cor Bakker"]}

    def test_nothing_to_change(self, client, dossiers):
        assert "Er was niets te wijzigen." in client.post(ADRES, rij(dossiers[0]), follow=True).content.decode()

    def test_all_or_nothing(self, client, dossiers, inspecteur):
        een, twee, _ = dossiers
        antwoord = client.post(ADRES, {**rij(een, inspecteur), **rij(twee, inspecteur, None, inspecteur)})
        assert antwoord.status_code == 422
        assert mensen(een) == (None, None, None)
        assert f'<option value="{inspecteur.pk}" selected>' in antwoord.content.decode()


class TestRegels:
    def test_four_eyes_at_the_field(self, client, dossiers, inspecteur):
        antwoord = client.post(ADRES, rij(dossiers[0], inspecteur, inspecteur, inspecteur))
        assert fouten(antwoord) == {
            "Plaats 1": {"tweede_inspecteur": [bezetting.ANDERE_TWEEDE], "toetser": [bezetting.ANDERE_TOETSER]}
        }
        assert f"Plaats 1: {bezetting.ANDERE_TOETSER}" in antwoord.content.decode()

    @pytest.mark.parametrize("waarde", ["analist", "weg", "999999999999999999999", "nul\x00", "-1"])
    def test_only_active_inspectors(self, client, dossiers, analist, vreemde, waarde):
        Gebruiker.objects.filter(pk=vreemde.pk).update(is_active=False)
        keus = {"analist": analist.pk, "weg": vreemde.pk}.get(waarde, waarde)
        antwoord = client.post(ADRES, rij(dossiers[0], keus))
        assert antwoord.status_code == 422
        assert list(fouten(antwoord)["Plaats 1"]) == ["inspecteur"]
        assert mensen(dossiers[0]) == (None, None, None)

    def test_who_has_left_is_still_shown_where_they_are(self, client, dossiers, vreemde, collega):
        een = dossiers[0]
        Dossier.objects.filter(pk=een.pk).update(inspecteur=vreemde)
        Gebruiker.objects.filter(pk=vreemde.pk).update(is_active=False)
        assert ">Vera Smit is niet meer actief<" in client.get(ADRES).content.decode()
        client.post(ADRES, rij(een, vreemde, None, collega, gezien=f"{vreemde.pk}-0-0"))
        assert mensen(een) == (vreemde, None, collega)

    def test_who_wrote_in_it_does_not_review_it(self, client, veldwerk, beheerder, inspecteur, collega, vreemde):
        veldwerk.antwoord("V1.3", keuze="ja")  # by inspecteur
        client.force_login(beheerder)
        gezien = f"{inspecteur.pk}-0-{collega.pk}"
        antwoord = client.post(ADRES, rij(veldwerk.dossier, vreemde, None, inspecteur, gezien=gezien))
        assert fouten(antwoord) == {"Proefdam": {"toetser": [bezetting.ZELF_GEWERKT]}}

    def test_an_open_round_keeps_its_inspectors(self, client, veldwerk, beheerder, inspecteur, collega):
        client.force_login(beheerder)
        gezien = f"{inspecteur.pk}-0-{collega.pk}"
        antwoord = client.post(ADRES, rij(veldwerk.dossier, None, None, collega, gezien=gezien))
        assert fouten(antwoord) == {"Proefdam": {"inspecteur": [bezetting.NIET_LEEG]}}

    def test_what_is_settled_cannot_be_reassigned(self, client, veldwerk, beheerder, inspecteur, collega, vreemde):
        Dossier.objects.filter(pk=veldwerk.dossier.pk).update(
            status="vastgesteld", vastgesteld_op="2008-04-01T12:00+00:00"
        )
        client.force_login(beheerder)
        assert client.get(ADRES).content.decode().count("disabled") == 3
        client.post(ADRES, rij(veldwerk.dossier, vreemde, None, collega, gezien=f"{inspecteur.pk}-0-{collega.pk}"))
        assert mensen(veldwerk.dossier) == (inspecteur, None, collega)

    def test_a_closed_round_stands_firm(self, client, dossiers, inspecteur):
        Ronde.objects.update(status="gesloten")
        assert (
            "de toewijzing staat vast" in client.post(ADRES, rij(dossiers[0], inspecteur), follow=True).content.decode()
        )
        assert mensen(dossiers[0]) == (None, None, None)
        assert "Opslaan" not in client.get(ADRES).content.decode()

    @pytest.mark.parametrize("gezien", ["", "1-2", "a-b-c", "0-0-0\x00"])
    def test_a_mangled_row(self, client, dossiers, inspecteur, gezien):
        antwoord = client.post(ADRES, rij(dossiers[0], inspecteur, gezien=gezien))
        assert antwoord.status_code == 422
        assert list(fouten(antwoord)["Plaats 1"]) == ["gezien"]


class TestOndertussen:
    """Somebody else assigns between the reading and the saving."""

    def test_both_are_shown_and_nothing_is_saved(self, client, dossiers, inspecteur, collega, vreemde):
        een, twee, _ = dossiers
        client.post(ADRES, rij(een, collega))  # the other beheerder
        antwoord = client.post(ADRES, {**rij(een, vreemde), **rij(twee, inspecteur)})
        assert antwoord.status_code == 409
        assert mensen(een) == (collega, None, None)
        assert mensen(twee) == (None, None, None)
        inhoud = antwoord.content.decode()
        assert "Staat er nu: Cor Bakker, toetser niemand (door Bas Visser" in inhoud
        (botsing,) = [r for r in antwoord.context["rijen"] if r.in_conflict]
        assert botsing.form["inspecteur"].value() == str(vreemde.pk)
        # having seen it, the second click is meant
        client.post(ADRES, {**rij(een, vreemde, gezien=botsing.form["gezien"].value()), **rij(twee, inspecteur)})
        assert mensen(een) == (vreemde, None, None)
        assert mensen(twee) == (inspecteur, None, None)

    def test_a_row_that_was_left_alone_stays_as_the_other_made_it(self, client, dossiers, inspecteur, collega):
        een, twee, _ = dossiers
        client.post(ADRES, rij(een, collega))
        assert client.post(ADRES, {**rij(een), **rij(twee, inspecteur)}).status_code == 302
        assert mensen(een) == (collega, None, None)

    def test_the_same_choice_is_no_conflict(self, client, dossiers, collega):
        client.post(ADRES, rij(dossiers[0], collega))
        assert client.post(ADRES, rij(dossiers[0], collega)).status_code == 302
        assert Gebeurtenis.objects.van(dossiers[0]).count() == 1


class TestVerdelen:
    def test_a_proposal_is_shown_and_not_saved(self, client, dossiers, inspecteur, collega, vreemde):
        """Cor Bakker, Ina de Vries, Vera Smit by name; Ina is put on the first by hand, so Cor and Vera lead the others."""
        een, twee, drie = dossiers
        gegevens = {**rij(een, inspecteur), **rij(twee), **rij(drie), "actie": "verdeel"}
        antwoord = client.post(ADRES, gegevens)
        assert antwoord.status_code == 200
        assert "Voorstel, nog niet opgeslagen." in antwoord.content.decode()
        assert antwoord.context["voorgesteld"] == 5  # two inspectors, three reviewers
        leiders = [r.form["inspecteur"].value() for r in antwoord.context["rijen"]]
        assert [int(pk) for pk in leiders] == [inspecteur.pk, collega.pk, vreemde.pk]
        toetsers = [int(r.form["toetser"].value()) for r in antwoord.context["rijen"]]
        assert sorted(toetsers) == sorted([inspecteur.pk, collega.pk, vreemde.pk])
        assert all(leider != toetser for leider, toetser in zip(map(int, leiders), toetsers, strict=True))
        assert mensen(een) == (None, None, None)

    def test_what_is_proposed_can_be_saved(self, client, dossiers):
        voorstel = client.post(ADRES, {"actie": "verdeel", "met_tweede": "on", **rij(dossiers[0])})
        velden = {v.html_name: v.value() or "" for r in voorstel.context["rijen"] for v in r.form}
        assert client.post(ADRES, velden).status_code == 302
        assert all(None not in mensen(dossier) for dossier in dossiers)

    def test_only_over_who_takes_part(self, client, dossiers, inspecteur, collega, vreemde):
        """Three dossiers, each one inspector and one toetser, over two people: three places each."""
        antwoord = client.post(
            ADRES, {"actie": "verdeel", "deelnemers": "gevraagd", "deelnemer": [inspecteur.pk, collega.pk]}
        )
        mensen_ = {m.mens: (m.meedoen, m.samen) for m in antwoord.context["mensen"]}
        assert mensen_ == {inspecteur: (True, (0, 3)), collega: (True, (0, 3)), vreemde: (False, (0, 0))}

    def test_over_nobody(self, client, dossiers):
        antwoord = client.post(ADRES, {"actie": "verdeel", "deelnemers": "gevraagd"})
        assert "Kies ten minste één inspecteur" in antwoord.content.decode()
        assert antwoord.context["voorgesteld"] == 0

    def test_counts_as_they_are_and_as_they_would_be(self, client, dossiers, inspecteur, collega, vreemde):
        een, twee, _ = dossiers
        Dossier.objects.filter(pk=een.pk).update(inspecteur=inspecteur, toetser=collega)
        antwoord = client.get(ADRES)
        assert [(m.mens, m.aantallen) for m in antwoord.context["mensen"]] == [
            (collega, ((0, 0), (0, 0), (1, 1))),
            (inspecteur, ((1, 1), (0, 0), (0, 0))),
            (vreemde, ((0, 0), (0, 0), (0, 0))),
        ]
        antwoord = client.post(ADRES, rij(twee, vreemde, inspecteur, vreemde))  # refused, and counted as it is
        assert [m.samen for m in antwoord.context["mensen"]] == [(1, 1), (1, 1), (0, 0)]

    @pytest.mark.parametrize("weg", [{"is_active": False}, {"rol": "analist"}])
    def test_who_has_left_is_marked_and_replaced(self, client, dossiers, inspecteur, collega, vreemde, weg):
        """Vera has the first as inspecteur, the second as second, the third as toetser. The rest is filled in but for seconds."""
        een, twee, drie = dossiers
        Dossier.objects.filter(pk=een.pk).update(inspecteur=vreemde, toetser=collega)
        Dossier.objects.filter(pk=twee.pk).update(inspecteur=inspecteur, tweede_inspecteur=vreemde)
        Dossier.objects.filter(pk=drie.pk).update(inspecteur=collega, toetser=vreemde)
        Gebruiker.objects.filter(pk=vreemde.pk).update(**weg)
        waarom = "niet meer actief" if "is_active" in weg else "geen inspecteur meer"
        assert client.get(ADRES).content.decode().count(f">Vera Smit is {waarom}<") == 3
        antwoord = client.post(ADRES, {"actie": "verdeel"})
        # of the second dossier somebody has to stay over for toetser or second: there are but two people
        voorstel = {r.form.dossier: r for r in antwoord.context["rijen"]}
        assert voorstel[een].voorstellen == ("inspecteur",)
        assert voorstel[een].form["inspecteur"].value() == str(inspecteur.pk)
        assert voorstel[drie].voorstellen == ("toetser",)
        assert voorstel[drie].form["toetser"].value() == str(inspecteur.pk)
        assert voorstel[twee].voorstellen == ("tweede_inspecteur",)
        assert voorstel[twee].form["tweede_inspecteur"].value() == str(collega.pk)
        velden = {v.html_name: v.value() or "" for r in antwoord.context["rijen"] for v in r.form}
        assert client.post(ADRES, velden).status_code == 302
        assert mensen(een) == (inspecteur, None, collega)
        assert mensen(drie) == (collega, None, inspecteur)

    def test_what_is_settled_gets_another_toetser_only(self, client, veldwerk, beheerder, collega, inspecteur, vreemde):
        Dossier.objects.filter(pk=veldwerk.dossier.pk).update(
            status="vastgesteld", vastgesteld_op="2008-04-01T12:00+00:00"
        )
        Gebruiker.objects.filter(pk__in=[collega.pk, inspecteur.pk]).update(is_active=False)
        client.force_login(beheerder)
        antwoord = client.post(ADRES, {"actie": "verdeel"})
        (regel,) = antwoord.context["rijen"]
        assert regel.voorstellen == ("toetser",)
        velden = {v.html_name: v.value() or "" for v in regel.form}
        assert client.post(ADRES, velden).status_code == 302
        assert mensen(veldwerk.dossier) == (inspecteur, None, vreemde)

    def test_nothing_to_spread(self, client, dossiers):
        Gebruiker.objects.filter(rol="inspecteur").update(is_active=False)
        antwoord = client.post(ADRES, {"actie": "verdeel"})
        assert "Er valt niets te verdelen" in antwoord.content.decode()


def test_rights_before_validation(client, veldwerk, analist, inspecteur):
    for persona in (analist, inspecteur):
        client.force_login(persona)
        assert client.post(reverse("ronde_toewijzing", args=["proefronde"]), {"rommel": "x"}).status_code == 403


def test_two_and_twenty_two_cost_the_same(client, dossiers, inspecteur, collega, django_assert_num_queries):
    ronde = dossiers[0].ronde
    for begin, aantal in ((8000, 2), (8100, 20)):
        for nummer in range(aantal):
            maak_dossier(ronde, maak_gemeente(str(begin + nummer), f"Erbij {begin + nummer}"), inspecteur, collega)
        # session, user, round, dossiers, who wrote what twice, inspecteurs twice
        with django_assert_num_queries(8):
            client.get(ADRES)


class TestVeelDossiers:
    """Fifty on a page; what is chosen on one goes along to the others, and is saved together."""

    @pytest.fixture
    def zestig(self, dossiers) -> list[Dossier]:
        ronde = dossiers[0].ronde
        return [maak_dossier(ronde, maak_gemeente(f"80{nr:02}", f"Verder {nr:02}"), None) for nr in range(57)]

    def velden(self, antwoord) -> dict[str, str]:
        """What a browser would send from this page."""
        velden = {naam: waarde for form in antwoord.context["elders"] for naam, waarde in form.onzichtbaar}
        for rij in antwoord.context["rijen"]:
            velden |= {naam: str(waarde) for naam, waarde in rij.form.onzichtbaar}
        return velden

    def test_a_choice_goes_along_to_the_next_page(self, client, dossiers, zestig, inspecteur, collega):
        eerste = client.get(ADRES)
        assert len(eerste.context["rijen"]) == 50
        gekozen = self.velden(eerste) | rij(dossiers[0], inspecteur)
        tweede = client.post(ADRES, gekozen | {"naar": "2"})
        assert [r.form.dossier for r in tweede.context["rijen"]] == zestig[47:]
        pagina = tweede.content.decode()
        assert f'<input type="hidden" name="d{dossiers[0].pk}-inspecteur" value="{inspecteur.pk}">' in pagina
        client.post(ADRES, self.velden(tweede) | rij(zestig[56], collega) | {"pagina": "2"})
        assert mensen(dossiers[0])[0] == inspecteur
        assert mensen(zestig[56])[0] == collega
        assert Dossier.objects.exclude(inspecteur=None).count() == 2

    def test_a_proposal_for_all_is_saved_from_the_first_page(self, client, zestig):
        voorstel = client.post(ADRES, {"actie": "verdeel"})
        assert len(voorstel.context["rijen"]) == 50
        client.post(ADRES, self.velden(voorstel))
        assert not Dossier.objects.filter(inspecteur=None).exists()

    def test_what_is_wrong_elsewhere_is_in_sight(self, client, dossiers, zestig, inspecteur):
        antwoord = client.post(ADRES, rij(zestig[56], inspecteur, inspecteur) | {"pagina": "1"})
        assert fouten(antwoord).keys() == {"Verder 56"}
