"""Filling a round from the previous one: the same municipalities or their successors, and nothing dropped in silence."""

from datetime import date

import pytest
from django.urls import reverse

from regio.models import Gemeente, Herindeling
from vragenlijst.queries.voortzetting import voortzettingen
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_instrument, maak_ronde

OP = date(2009, 1, 1)


@pytest.fixture
def ronde(client, beheerder):
    """Since the previous round Aa and Bee merged into Nieuwland, Cee was split over Dee (designated) and Eedam, Effen ended without
    a successor, and Gee went on; Hage was not in the previous round.
    """
    client.force_login(beheerder)
    oud = {naam: maak_gemeente(code, naam, geldig_tot=OP) for code, naam in
           (("9901", "Aa"), ("9902", "Bee"), ("9903", "Cee"), ("9906", "Effen"))}  # fmt: skip
    blijft = {naam: maak_gemeente(code, naam) for code, naam in
              (("9904", "Dee"), ("9905", "Eedam"), ("9907", "Gee"), ("9908", "Hage"))}  # fmt: skip
    nieuw = Gemeente.objects.create(code="9910", naam="Nieuwland", fictief=True, geldig_van=OP)
    for van, naar, hoofd in (
        (oud["Aa"], nieuw, True),
        (oud["Bee"], nieuw, True),
        (oud["Cee"], blijft["Dee"], True),
        (oud["Cee"], blijft["Eedam"], False),
    ):
        Herindeling.objects.create(
            datum=OP, oud=van, nieuw=naar, hoofdopvolger=hoofd, deel="geheel" if hoofd else "gedeeltelijk"
        )
    instrument = maak_instrument()
    vorige = maak_ronde(instrument, "vorige")
    for gemeente in (*oud.values(), blijft["Gee"]):
        maak_dossier(vorige, gemeente, None)
    return maak_ronde(
        instrument, "deze", vorige=vorige, peildatum=OP, periode_van=date(2009, 1, 5), periode_tot=date(2009, 3, 1)
    )


def test_who_merged_was_split_stayed_or_ended(ronde):
    stand = voortzettingen(ronde)
    assert [(rij.kandidaat.gemeente.naam, rij.voorgesteld, rij.zinnen) for rij in stand.rijen] == [
        ("Dee", True, ["opvolger van Cee (opgeheven per 01-01-2009)"]),
        ("Eedam", False, ["kreeg een deel van Cee (opgeheven per 01-01-2009)"]),
        ("Gee", True, ["zelfde gemeente"]),
        ("Nieuwland", True, ["opvolger van Aa (opgeheven per 01-01-2009) en Bee (opgeheven per 01-01-2009)"]),
    ]
    assert [gemeente.naam for gemeente in stand.zonder] == ["Effen"]


def test_every_municipality_of_before_is_somewhere(ronde):
    stand = voortzettingen(ronde)
    ergens = {o.gemeente for rij in stand.rijen for o in rij.oorsprongen} | set(stand.zonder)
    assert ergens == {dossier.gemeente for dossier in ronde.vorige.dossiers.all()}


def test_what_is_ticked_is_added_with_its_role(client, ronde):
    pagina = client.get(reverse("ronde_vorige", args=["deze"])).content.decode()
    assert "Hiervan is geen opvolger bekend" in pagina
    assert 'value="9910" id="gemeente_9910" checked' in pagina
    assert 'value="9905" id="gemeente_9905">' in pagina
    assert "vorige ronde: voortrekker" in pagina
    client.post(
        reverse("ronde_gemeenten", args=["deze"]),
        {"actie": "toevoegen", "gemeente": ["9910", "9907"], "rol_9910": "voortrekker", "rol_9907": "niet-voortrekker"},
    )
    assert dict(ronde.dossiers.values_list("gemeente__naam", "rol")) == {
        "Nieuwland": "voortrekker",
        "Gee": "niet-voortrekker",
    }
    stand = voortzettingen(ronde)
    assert [rij.kandidaat.gemeente.naam for rij in stand.in_ronde] == ["Gee", "Nieuwland"]


def test_without_a_previous_round_it_says_where_to_choose_one(client, ronde):
    antwoord = client.get(reverse("ronde_vorige", args=["vorige"]))
    assert reverse("ronde_wijzigen", args=["vorige"]) in antwoord.content.decode()


def test_queries_do_not_grow(client, ronde, django_assert_num_queries):
    adres = reverse("ronde_vorige", args=["deze"])
    # session, user, round, six of the kandidaten, dossiers of before, two for opvolgers and two for hoofdopvolgers
    for erbij in (0, 20):
        for nummer in range(erbij):
            maak_dossier(ronde.vorige, maak_gemeente(f"98{nummer:02}", f"Erbij {nummer}"), None)
        with django_assert_num_queries(14):
            client.get(adres)
