"""Drawing the municipalities of a round by lot: preview, drawing, falling out, taking back, and that it stands firm."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from regio.models import Gebeurtenis, Gemeente, Kenmerken
from vragenlijst.actions import Conflict, Geweigerd, rondebeheer, zet_status
from vragenlijst.actions.rondebeheer import gemeente_verwijderen, ronde_verwijderen
from vragenlijst.actions.trekkingen import trekken, trekking_intrekken
from vragenlijst.models import Dossier, Lot, Ronde, Trekking
from vragenlijst.queries.trekkingen import herhaal, trekkingstand
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_instrument, maak_interview, maak_ronde

# By hand, with `printf 'proef:9901' | sha256sum` for each of 9901-9908 (the first eight figures):
#   9901 cb896e16 · 9902 6737eda0 · 9903 709d02c0 · 9904 6744d45f · 9905 57c27879 · 9906 62bb3a80 · 9907 d8f872c0 · 9908 1431e3cc
KLEIN = ("9901", "9902", "9903", "9904", "9905", "9906")
KLEIN_VOLGORDE = ["9905", "9906", "9902", "9904", "9903", "9901"]
GROOT_VOLGORDE = ["9908", "9907"]
INVOER = {
    "kenmerken": ["grootteklasse"],
    "verdeling": "naar_rato",
    "aantal": "4",
    "minimum": "on",
    "uitgesloten": "",
    "zaad": "proef",
    "actie": "voorbeeld",
}


@pytest.fixture
def ronde(db, client, beheerder):
    """A round in concept; six municipalities of 30,000 inhabitants and two of 70,000 on its peildatum."""
    client.force_login(beheerder)
    for nummer in range(1, 9):
        gemeente = maak_gemeente(f"99{nummer:02}", f"Gemeente {nummer}")
        inwoners = 30_000 if nummer <= 6 else 70_000
        Kenmerken.objects.create(
            gemeente=gemeente, geldig_van=date(2000, 1, 1), inwoners=inwoners, randstad=True, voortrekker=nummer == 7
        )
    return maak_ronde(maak_instrument())


def adres(ronde: Ronde, naam: str = "ronde_trekking") -> str:
    return reverse(naam, args=[ronde.slug])


def trek(client, ronde: Ronde, **over):
    """Look first, then draw what was shown."""
    gegevens = INVOER | over
    voorbeeld = client.post(adres(ronde), gegevens)
    return client.post(adres(ronde), gegevens | {"actie": "trek", "gezien": voorbeeld.context["voorstel"].stempel})


def codes(loten) -> list[str]:
    return [lot.gemeente.code for lot in loten]


def in_ronde(ronde: Ronde) -> list[str]:
    return sorted(ronde.dossiers.values_list("gemeente__code", flat=True))


class TestVoorbeeld:
    def test_nothing_is_stored_until_it_is_confirmed(self, client, ronde):
        voorstel = client.post(adres(ronde), INVOER).context["voorstel"]
        # 4 of 8: 3 of the six small ones, 1 of the two large ones.
        assert [(s.naam, s.omvang, s.aantal) for s in voorstel.strata] == [
            ("20.000 tot 50.000 inwoners", 6, 3),
            ("50.000 tot 100.000 inwoners", 2, 1),
        ]
        assert [k.gemeente.code for k in voorstel.strata[0].getrokken] == KLEIN_VOLGORDE[:3]
        assert not Trekking.objects.exists()
        assert not ronde.dossiers.exists()

    @pytest.mark.parametrize(
        ("over", "veld", "zin"),
        [
            ({"aantal": ""}, "aantal", "Vul in hoeveel"),
            ({"aantal": "veel"}, "aantal", "heel getal"),
            ({"zaad": "met spatie"}, "zaad", "zonder spaties"),
            ({"zaad": ""}, "zaad", "Vul dit in"),
            ({"verdeling": "toeval"}, "verdeling", "bestaat niet"),
            ({"uitgesloten": "Nergenshuizen: weg"}, "uitgesloten", "Niet herkend"),
            ({"uitgesloten": "Gemeente 1"}, "uitgesloten", "de reden waarom Gemeente 1"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, client, ronde, over, veld, zin):
        antwoord = client.post(adres(ronde), INVOER | over)
        assert antwoord.status_code == 422
        assert zin in " ".join(antwoord.context["form"].errors[veld])
        assert antwoord.context["form"]["zaad"].value() == over.get("zaad", "proef")

    @pytest.mark.parametrize(
        ("over", "zin"),
        [
            ({"aantal": "9"}, "hoogstens 8"),
            ({"aantal": "1"}, "Er zijn 2 strata"),
            ({"verdeling": "eigen", "aantal": ""}, "Vul per stratum in"),
            ({"verdeling": "eigen", "aantal_4": "0", "aantal_5": ""}, "geen enkele gemeente"),
        ],
    )
    def test_what_cannot_be_drawn_is_said(self, client, ronde, over, zin):
        antwoord = client.post(adres(ronde), INVOER | over | {"actie": "trek"})
        assert zin in antwoord.context["voorstel"].bezwaar
        assert not Trekking.objects.exists()

    def test_a_number_that_can_be_needed_is_not_called_optional(self, client, ronde):
        aantal = client.get(adres(ronde)).context["form"]["aantal"]
        assert not aantal.optioneel
        assert aantal.help_text.startswith("Nodig bij naar rato")

    def test_an_own_number_per_stratum(self, client, ronde):
        trek(client, ronde, verdeling="eigen", aantal_4="1", aantal_5="2")
        assert in_ronde(ronde) == sorted([KLEIN_VOLGORDE[0], "9907", "9908"])

    def test_what_changed_since_it_was_shown_is_shown_again(self, client, ronde):
        gezien = client.post(adres(ronde), INVOER).context["voorstel"].stempel
        Kenmerken.objects.filter(gemeente__code=KLEIN_VOLGORDE[0]).update(inwoners=70_000)
        antwoord = client.post(adres(ronde), INVOER | {"actie": "trek", "gezien": gezien})
        assert antwoord.status_code == 409
        assert not Trekking.objects.exists()


class TestTrekken:
    def test_the_drawn_get_a_dossier_and_all_lots_are_kept(self, client, ronde, beheerder):
        trek(client, ronde, uitgesloten="Gemeente 8: doet al mee aan iets anders")
        stand = trekkingstand(ronde)
        # 4 of 7: 6/7 × 4 = 3.43 and 1/7 × 4 = 0.57: the one left goes to the large one.
        assert in_ronde(ronde) == sorted([*KLEIN_VOLGORDE[:3], "9907"])
        assert Dossier.objects.get(gemeente__code="9907").rol == "voortrekker"
        assert codes(lot for lot in stand.loten if lot.stratum == "4") == KLEIN_VOLGORDE
        assert [(lot.gemeente.code, lot.reden) for lot in stand.uitgesloten] == [
            ("9908", "doet al mee aan iets anders")
        ]
        assert stand.afwijkingen == ()
        assert stand.hoe == (
            "Uit 7 gemeenten zijn er 4 door loting getrokken, in 2 strata naar grootteklasse, naar rato van hun omvang met "
            "ten minste één uit elk stratum."
        )
        regel = Gebeurtenis.objects.van(ronde).first()
        assert regel.wijzigingen == {"steekproef": [None, "4 van 7 gemeenten, zaad proef, methode 1"]}
        assert regel.wie == beheerder

    def test_the_page_names_the_drawn_and_the_next_step(self, client, ronde):
        trek(client, ronde)
        pagina = client.get(adres(ronde)).content.decode()
        lijst = pagina.split('id="getrokken"')[1].split("</section>")[0]
        # The three lowest lots of the small ones and the lowest of the large ones.
        assert [naam.split("<")[0] for naam in lijst.split("<li>")[1:]] == [f"Gemeente {n}" for n in (2, 5, 6, 8)]
        assert f'href="{adres(ronde, "ronde_toewijzing")}">Toewijzen' in lijst

    def test_who_was_chosen_by_hand_does_not_draw(self, client, ronde):
        maak_dossier(ronde, maak_gemeente("9909", "Hand"), None)
        trek(client, ronde)
        assert "met de hand gekozen" in Lot.objects.get(gemeente__code="9909").reden
        assert len(in_ronde(ronde)) == 5

    def test_only_from_what_the_filters_leave(self, client, ronde):
        trek(client, ronde, voortrekker="nee", kenmerken=[], aantal="7")
        assert in_ronde(ronde) == sorted([*KLEIN, "9908"])
        assert Trekking.objects.get().afbakening == "Voortrekkersgemeente: Nee"

    def test_once_and_only_in_concept(self, client, ronde):
        trek(client, ronde)
        client.post(adres(ronde), INVOER | {"actie": "trek", "zaad": "nog-eens"})
        assert Trekking.objects.get().zaad == "proef"
        andere = maak_ronde(ronde.instrument, "open-ronde", status="open")
        antwoord = client.post(adres(andere), INVOER, follow=True)
        assert "zolang de ronde in concept is" in antwoord.content.decode()

    def test_the_peildatum_stays(self, client, ronde):
        trek(client, ronde)
        antwoord = client.post(reverse("ronde_wijzigen", args=[ronde.slug]), {"peildatum": "02-01-2008"})
        assert "Trek de steekproef eerst in" in " ".join(antwoord.context["form"].errors["peildatum"])

    def test_the_peildatum_stays_also_when_the_form_was_read_before_the_drawing(self, client, ronde, monkeypatch):
        echt = rondebeheer.ronde_wijzigen

        def na_de_trekking(*args, **kwargs):
            monkeypatch.undo()
            trek(client, ronde)
            return echt(*args, **kwargs)

        monkeypatch.setattr(rondebeheer, "ronde_wijzigen", na_de_trekking)
        form = client.get(reverse("ronde_wijzigen", args=[ronde.slug])).context["form"]
        velden = {naam: form[naam].value() or "" for naam in form.fields} | {"peildatum": "02-01-2008"}
        antwoord = client.post(reverse("ronde_wijzigen", args=[ronde.slug]), velden)
        assert "Trek de steekproef eerst in" in antwoord.content.decode()
        ronde.refresh_from_db()
        assert ronde.peildatum == date(2008, 1, 1)

    def test_nothing_is_drawn_on_another_peildatum_than_was_shown(self, client, ronde, beheerder):
        voorstel = client.post(adres(ronde), INVOER).context["voorstel"]
        Ronde.objects.update(peildatum=date(2008, 1, 2))
        with pytest.raises(Conflict):
            trekken(ronde, voorstel, voorstel.stempel, beheerder)

    def test_one_is_said_to_be_one(self, client, ronde):
        trek(client, ronde, aantal="1", minimum="")
        pagina = client.get(adres(ronde)).content.decode()
        assert "De steekproef is getrokken. Gemeenten in de ronde: 1." in pagina

    def test_queries_do_not_grow(self, client, ronde, django_assert_num_queries):
        trek(client, ronde)
        for nummer in range(20):
            Lot.objects.create(
                trekking=ronde.trekking,
                gemeente=maak_gemeente(f"97{nummer:02}", f"Erbij {nummer}"),
                stand="uitgesloten",
                reden="Hoort er niet bij.",
            )
        # session, user, round, trekking, loten, dossiers, whether lots can be drawn
        with django_assert_num_queries(7):
            client.get(adres(ronde))


class TestUitvallen:
    def test_the_first_reserve_of_the_stratum_with_the_same_people(self, client, ronde, beheerder, inspecteur, collega):
        trek(client, ronde)
        Dossier.objects.filter(gemeente__code=KLEIN_VOLGORDE[1]).update(inspecteur=inspecteur, toetser=collega)
        ronde.refresh_from_db()
        client.post(adres(ronde, "trekking_uitval"), {"gemeente": KLEIN_VOLGORDE[1], "reden": "Wil niet"})
        assert in_ronde(ronde) == sorted([KLEIN_VOLGORDE[0], KLEIN_VOLGORDE[2], KLEIN_VOLGORDE[3], GROOT_VOLGORDE[0]])
        nieuw = Dossier.objects.get(gemeente__code=KLEIN_VOLGORDE[3])
        assert (nieuw.inspecteur, nieuw.toetser) == (inspecteur, collega)
        stand = trekkingstand(ronde)
        assert stand.afwijkingen == ()
        assert [(lot.gemeente.code, lot.reden, lot.vervanger.gemeente.code) for lot in stand.uitgevallen] == [
            (KLEIN_VOLGORDE[1], "Wil niet", KLEIN_VOLGORDE[3])
        ]
        klein = stand.strata[0]
        assert (klein.getrokken, klein.uitgevallen, klein.vervangers, klein.doet_mee) == (3, 1, 1, 3)
        regel = Gebeurtenis.objects.van(ronde).first()
        assert regel.reden == "Wil niet"

    def test_a_reserve_that_was_chosen_by_hand_meanwhile_is_passed_over(self, client, ronde):
        trek(client, ronde)
        maak_dossier(ronde, Lot.objects.get(gemeente__code=KLEIN_VOLGORDE[3]).gemeente, None)
        client.post(adres(ronde, "trekking_uitval"), {"gemeente": KLEIN_VOLGORDE[0], "reden": "Wil niet"})
        assert Lot.objects.get(stand="vervanger").gemeente.code == KLEIN_VOLGORDE[4]

    def test_a_reserve_that_has_ended_before_the_peildatum_by_now_is_passed_over(self, client, ronde):
        trek(client, ronde)
        Gemeente.objects.filter(code=KLEIN_VOLGORDE[3]).update(geldig_tot=date(2007, 1, 1))
        client.post(adres(ronde, "trekking_uitval"), {"gemeente": KLEIN_VOLGORDE[0], "reden": "Wil niet"})
        assert Lot.objects.get(stand="vervanger").gemeente.code == KLEIN_VOLGORDE[4]

    def test_a_replacement_can_fall_out_too_until_nobody_is_left(self, client, ronde):
        trek(client, ronde)
        for code in GROOT_VOLGORDE:
            antwoord = client.post(
                adres(ronde, "trekking_uitval"), {"gemeente": code, "reden": "Wil niet"}, follow=True
            )
        assert "geen reserve meer" in antwoord.content.decode()
        assert in_ronde(ronde) == sorted(KLEIN_VOLGORDE[:3])

    @pytest.mark.parametrize("invoer", [{}, {"gemeente": "9901", "reden": ""}, {"gemeente": "x", "reden": "y"}])
    def test_without_municipality_or_reason_nothing_happens(self, client, ronde, invoer):
        trek(client, ronde, aantal="8")
        assert client.post(adres(ronde, "trekking_uitval"), invoer).status_code == 422
        assert not Lot.objects.filter(stand="uitgevallen").exists()

    def test_not_once_there_is_work_in_the_dossier(self, client, ronde):
        trek(client, ronde)
        dossier = Dossier.objects.get(gemeente__code=KLEIN_VOLGORDE[0])
        maak_interview(dossier)
        antwoord = client.post(adres(ronde, "trekking_uitval"), {"gemeente": KLEIN_VOLGORDE[0], "reden": "Wil niet"})
        assert "al gewerkt" in " ".join(antwoord.context["uitval"].errors["gemeente"])

    def test_taking_it_out_by_hand_is_refused(self, client, ronde, beheerder):
        trek(client, ronde)
        pagina = client.get(reverse("ronde_gemeenten", args=[ronde.slug])).content.decode()
        assert "Haal weg" not in pagina
        assert pagina.count("Laat uitvallen") == 4
        with pytest.raises(Geweigerd, match="is getrokken"):
            gemeente_verwijderen(ronde.dossiers.first(), beheerder)


class TestIntrekken:
    def test_everything_goes_but_the_history(self, client, ronde):
        trek(client, ronde)
        client.post(adres(ronde, "trekking_uitval"), {"gemeente": KLEIN_VOLGORDE[0], "reden": "Wil niet"})
        client.post(adres(ronde, "trekking_intrekken"), {"reden": "Verkeerde afbakening"})
        assert not Lot.objects.exists()
        assert not ronde.dossiers.exists()
        regel = Gebeurtenis.objects.van(ronde).first()
        assert (regel.reden, regel.wijzigingen) == (
            "Verkeerde afbakening",
            {"steekproef": ["4 gemeenten, zaad proef, methode 1", None]},
        )

    def test_also_after_a_replacement_fell_out_and_was_replaced(self, client, ronde):
        trek(client, ronde)
        for code in (KLEIN_VOLGORDE[0], KLEIN_VOLGORDE[3]):  # the drawn one, and who came in its place
            client.post(adres(ronde, "trekking_uitval"), {"gemeente": code, "reden": "Wil niet"})
        client.post(adres(ronde, "trekking_intrekken"), {"reden": "Verkeerde afbakening"})
        assert not Lot.objects.exists()

    def test_not_when_there_is_work(self, client, ronde):
        trek(client, ronde)
        maak_interview(ronde.dossiers.first())
        antwoord = client.post(adres(ronde, "trekking_intrekken"), {"reden": "Toch niet"})
        assert "al gewerkt" in " ".join(antwoord.context["intrekken"].errors["reden"])
        assert Trekking.objects.exists()

    def test_a_round_goes_with_its_drawing(self, client, ronde, beheerder):
        trek(client, ronde)
        ronde_verwijderen(ronde, beheerder)
        assert not Trekking.objects.exists()


class TestStaatVast:
    """Whoever asks, past the screens."""

    @pytest.mark.parametrize("velden", [{"plaats": 99}, {"stratum": "7"}])
    def test_a_lot_does_not_move(self, client, ronde, velden):
        trek(client, ronde)
        with pytest.raises(IntegrityError, match="lot_staat_vast"), transaction.atomic():
            Lot.objects.filter(gemeente__code="9901").update(**velden)

    def test_a_seed_does_not_change(self, client, ronde):
        trek(client, ronde)
        with pytest.raises(IntegrityError, match="trekking_staat_vast"), transaction.atomic():
            Trekking.objects.update(zaad="ander")

    def test_nothing_goes_once_the_round_is_open(self, client, ronde, beheerder, inspecteur):
        trek(client, ronde)
        ronde.dossiers.update(inspecteur=inspecteur)
        zet_status(ronde, "open", beheerder)
        with pytest.raises(IntegrityError, match="lot_staat_vast"), transaction.atomic():
            Lot.objects.filter(stand="reserve").delete()
        with pytest.raises(Geweigerd, match="al geopend"):
            trekking_intrekken(ronde, "Toch niet", beheerder)

    def test_drawn_again_with_another_seed_it_says_so(self, client, ronde):
        trek(client, ronde)
        trekking = ronde.trekking
        trekking.zaad = "ander"
        assert herhaal(trekking, tuple(trekking.loten.select_related("gemeente")))
