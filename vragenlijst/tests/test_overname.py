"""Handing a dossier over: the new inspector is told on Mijn werk, planned interviews go along, what was done stays another's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from regio.models import Gebeurtenis
from regio.regels import zonder_regels
from vragenlijst.actions.rondebeheer import Wens, toewijzen
from vragenlijst.bezetting import Bezetting
from vragenlijst.queries.planning import inspecteurs_van


@pytest.fixture
def overgedragen(veldwerk, inspecteur, collega, vreemde, beheerder):
    """The dossier of Ina goes to Vera."""
    dossier = veldwerk.dossier
    nu = Bezetting(inspecteur.pk, None, collega.pk)
    toewijzen(veldwerk.ronde, {dossier.pk: Wens(nu, Bezetting(vreemde.pk, None, collega.pk))}, beheerder)
    return dossier


def signalen(client, wie) -> list[str]:
    client.force_login(wie)
    return [s.tekst for regel in client.get(reverse("mijn_werk")).context["eigen"] for s in regel.signalen]


def test_the_new_one_is_told_and_the_old_one_has_it_no_more(client, overgedragen, inspecteur, vreemde):
    [tekst] = signalen(client, vreemde)
    assert tekst.startswith("Overgenomen van Ina de Vries op ")
    assert signalen(client, inspecteur) == []
    assert client.get(overgedragen.get_absolute_url()).status_code == 404


def test_planned_interviews_go_along_and_answers_stay_whose_they_were(veldwerk, inspecteur, vreemde, overgedragen):
    veldwerk.interview.refresh_from_db()
    veldwerk.interview.dossier.refresh_from_db()
    assert inspecteurs_van(veldwerk.interview) == [vreemde]
    regel = Gebeurtenis.objects.van(overgedragen).filter(soort="gewijzigd").first()
    assert regel.wijzigingen == {"inspecteur": ["Ina de Vries", "Vera Smit"]}


def test_no_news_once_they_have_begun(client, veldwerk, overgedragen, vreemde):
    veldwerk.interview.refresh_from_db()
    Gebeurtenis.objects.create(
        wie=vreemde, soort="gewijzigd", ding_soort="interview", ding_id=veldwerk.interview.pk, ding_naam="interview",
        dossier_id=overgedragen.pk,
    )  # fmt: skip
    assert signalen(client, vreemde) == []


def test_no_news_after_three_weeks(client, overgedragen, vreemde):
    with zonder_regels(connection):
        for regel in Gebeurtenis.objects.van(overgedragen):
            Gebeurtenis.objects.filter(pk=regel.pk).update(wanneer=regel.wanneer - timedelta(days=22))
    assert signalen(client, vreemde) == []
