"""The instrument as it is read."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from vragenlijst.models import Aandachtspunt, Onderdeel
from vragenlijst.tests.factories import maak_instrument, maak_ronde, terug_naar_concept


@pytest.fixture
def instrument(client, inspecteur):
    client.force_login(inspecteur)
    instrument = maak_instrument()
    terug_naar_concept(instrument)
    return instrument


@pytest.mark.parametrize("persona", ["inspecteur", "analist", "beheerder"], indirect=True)
def test_everybody_may_read_it(client, persona):
    maak_instrument()
    client.force_login(persona)
    assert client.get(reverse("instrumenten")).status_code == 200
    assert client.get(reverse("instrument", args=["klein", 1])).status_code == 200


@pytest.mark.parametrize(
    "adres", ["/instrument/klein/2/", "/instrument/ander/1/", "/instrument/klein/99999999999999999999/"]
)
def test_one_that_is_not_there(client, instrument, adres):
    assert client.get(adres).status_code == 404


def test_nothing_can_be_sent_to_it(client, instrument):
    assert client.post(reverse("instrument", args=["klein", 1])).status_code == 405


def test_the_list_counts(client, instrument):
    maak_ronde(instrument)
    (regel,) = client.get(reverse("instrumenten")).context["instrumenten"]
    assert (regel.aantal_vragen, regel.aantal_normen, regel.aantal_rondes) == (8, 2, 1)


def test_empty(client, inspecteur):
    client.force_login(inspecteur)
    assert "nog geen instrument geladen" in client.get(reverse("instrumenten")).content.decode()


def test_conditions_in_words(client, instrument):
    delen = client.get(reverse("instrument", args=["klein", 1])).context["delen"]
    voorwaarden = {beeld.vraag.code: beeld.voorwaarde for deel in delen for beeld in deel.vragen}
    assert voorwaarden == {
        "V1.3": "",
        "V1.4": "alleen bij V1.3 = ja",
        "V1.5": "alleen bij V1.3 = ja",
        "V1.7": "alleen bij V1.4 = ja",
        "V1.7b": "alleen bij V1.7 = nee",
        "V2.4": "",
        "V2.5": "",
        "V3.1": "",
    }


def test_norms_questions_and_gaps_point_at_each_other(client, instrument):
    Aandachtspunt.objects.create(
        onderdeel=Onderdeel.objects.get(instrument=instrument, code="3"),
        code="A3.9",
        kort="Zonder vraag",
        tekst="Norm A3.9.",
        volgorde=9,
    )
    context = client.get(reverse("instrument", args=["klein", 1])).context
    normen = {
        beeld.norm.code: (beeld.vragen, beeld.bewijssoorten) for deel in context["delen"] for beeld in deel.normen
    }
    assert normen == {
        "A1.2": (("V1.4", "V1.5"), ()),
        "A2.4": (("V2.5",), ("Arbeidsmarktanalyse",)),
        "A3.9": ((), ()),
    }
    over = {
        beeld.vraag.code: beeld.geeft_over for deel in context["delen"] for beeld in deel.vragen if beeld.geeft_over
    }
    assert over == {"V1.4": ("A1.2",), "V1.5": ("A1.2",), "V2.5": ("A2.4",)}
    assert [beeld.norm.code for beeld in context["leemten"]] == ["A3.9"]


def test_the_number_of_queries_does_not_grow(client, instrument, django_assert_num_queries):
    adres = reverse("instrument", args=["klein", 1])
    deel = Onderdeel.objects.get(instrument=instrument, code="3")
    for begin, aantal in ((100, 0), (200, 20)):
        for nummer in range(begin, begin + aantal):
            norm = Aandachtspunt.objects.create(onderdeel=deel, code=f"A{nummer}", kort="k", tekst="t", volgorde=nummer)
            norm.vragen.set(deel.vragen.all())
        # session, user, instrument, parts, questions, choices, norms, kinds of evidence, their questions, actor groups
        with django_assert_num_queries(10):
            client.get(adres)


def test_the_instrument_of_2008(client, inspecteur):
    """As Bijlage 1 and 2 have it: 17 questions with 7 follow-ups and 3 aspects, 18 norms of which 4 without a question."""
    call_command("laad_instrument", verbosity=0)
    client.force_login(inspecteur)
    (regel,) = client.get(reverse("instrumenten")).context["instrumenten"]
    assert (regel.aantal_vragen, regel.aantal_normen) == (27, 18)
    antwoord = client.get(reverse("instrument", args=[regel.code, regel.versie]))
    assert [beeld.norm.code for beeld in antwoord.context["leemten"]] == ["A1.3", "A1.5", "A2.2", "A2.7"]
