"""The logboek: readable history, and nothing in it that a beheerder may not see."""

from datetime import UTC, date, datetime
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gemeente, Regio
from regio.vertellen import vertel

ADRES = "/logboek/"
Soort = Gebeurtenis.Soort


def regels(response) -> list[str]:
    return [str(regel.verhaal) for regel in response.context["regels"]]


@pytest.fixture
def als_beheerder(client, beheerder):
    client.force_login(beheerder)
    return client


@pytest.fixture
def duinrade(db):
    return Gemeente.objects.create(code="9001", naam="Duinrade", geldig_van=date(2008, 1, 1))


class TestZinnen:
    """One sentence per kind of row."""

    def test_gewijzigd(self, duinrade, beheerder):
        rij = leg_vast(duinrade, Soort.GEWIJZIGD, beheerder, wijzigingen={"inwoners": [39_600, 39_605]})
        assert str(vertel(rij)) == "Bas Visser wijzigde gemeente Duinrade: inwoners 39.600 → 39.605"

    def test_meer_dan_een_wijziging(self, duinrade, beheerder):
        rij = leg_vast(
            duinrade,
            Soort.GEWIJZIGD,
            beheerder,
            wijzigingen={"opgeheven per": [None, "2010-01-01"], "fictief": [True, False]},
        )
        zin = "Bas Visser wijzigde gemeente Duinrade: opgeheven per leeg → 01-01-2010; fictief ja → nee"
        assert str(vertel(rij)) == zin

    def test_toegevoegd_door_het_systeem(self, duinrade):
        assert str(vertel(leg_vast(duinrade, Soort.GEMAAKT, None))) == "Het systeem voegde gemeente Duinrade toe"

    def test_status_en_verwijderd(self, veldwerk, beheerder):
        rij = leg_vast(veldwerk.ronde, Soort.STATUS, beheerder, van="concept", naar="open")
        assert str(vertel(rij)) == "Bas Visser bracht ronde Proefronde van concept naar open"
        rij = leg_vast(veldwerk.ronde, Soort.STATUS, beheerder, van="concept", naar="verwijderd")
        assert str(vertel(rij)) == "Bas Visser verwijderde ronde Proefronde"

    def test_een_wachtwoord_heeft_geen_oud_en_nieuw(self, inspecteur, beheerder):
        rij = leg_vast(inspecteur, Soort.GEWIJZIGD, beheerder, wijzigingen={"wachtwoord": ["•••", "•••"]})
        assert str(vertel(rij)) == "Bas Visser wijzigde gebruiker Ina de Vries: wachtwoord vervangen"

    def test_een_label_staat_klein_in_de_zin(self, duinrade, beheerder):
        wijzigingen = {"Naam": ["Duin", "Duinrade"], "CBS-code": ["1", "2"], "kenmerken: Inwoners": [None, 12_130]}
        rij = leg_vast(duinrade, Soort.GEWIJZIGD, beheerder, wijzigingen=wijzigingen)
        assert vertel(rij).wijzigingen == (
            "naam Duin → Duinrade",
            "CBS-code 1 → 2",
            "inwoners (kenmerken) leeg → 12.130",
        )

    def test_ingelogd_en_gedownload(self, inspecteur, veldwerk):
        assert str(vertel(leg_vast(inspecteur, Soort.INGELOGD, inspecteur))) == "Ina de Vries logde in"
        rij = leg_vast(veldwerk.ronde, Soort.UITVOER, inspecteur, naar="pdf")
        assert str(vertel(rij)) == "Ina de Vries downloadde ronde Proefronde als pdf"


class TestGeheim:
    """Contents of dossiers do not reach the beheerder along this way, neither shown nor found."""

    @pytest.fixture(autouse=True)
    def rijen(self, veldwerk, inspecteur):
        nummer = veldwerk.dossier.pk
        leg_vast(veldwerk.dossier, Soort.GEMAAKT, None, dossier_id=nummer)
        leg_vast(
            veldwerk.interview,
            Soort.GEWIJZIGD,
            inspecteur,
            wijzigingen={"gesprekspartner": [None, "Jan Geheim"]},
            reden="op verzoek van Jan Geheim",
            dossier_id=nummer,
        )
        leg_vast(veldwerk.dossier, Soort.STATUS, inspecteur, van="gepland", naar="in_uitvoering", dossier_id=nummer)

    def test_wie_wanneer_welke_soort_welk_dossier(self, als_beheerder, veldwerk):
        response = als_beheerder.get(ADRES)
        dossier = f"dossier {veldwerk.dossier}"
        assert regels(response)[:3] == [
            f"Ina de Vries wijzigde de status van {dossier}",
            f"Ina de Vries wijzigde een interview in {dossier}",
            f"Het systeem voegde {dossier} toe",
        ]
        assert "Geheim" not in response.content.decode()

    def test_het_zoekveld_vindt_het_ook_niet(self, als_beheerder):
        assert regels(als_beheerder.get(ADRES, {"q": "Geheim"})) == []

    def test_een_dossier_is_wel_te_vinden(self, als_beheerder, veldwerk):
        assert len(regels(als_beheerder.get(ADRES, {"q": veldwerk.dossier.gemeente.naam}))) >= 3

    def test_wat_niet_van_de_beheerder_is_heeft_geen_naam(self, als_beheerder, veldwerk, inspecteur):
        leg_vast(
            veldwerk.instrument.onderdelen.first().vragen.first(),
            Soort.GEWIJZIGD,
            inspecteur,
            wijzigingen={"Tekst": ["a", "Geheim"]},
        )
        response = als_beheerder.get(ADRES)
        assert regels(response)[0] == "Ina de Vries wijzigde een vraag"
        assert "Geheim" not in response.content.decode()


class TestFilters:
    @pytest.fixture(autouse=True)
    def rijen(self, duinrade, beheerder, inspecteur):
        momenten = [datetime(2010, 1, dag, 12, tzinfo=UTC) for dag in (1, 2, 3)]
        with mock.patch("django.utils.timezone.now", side_effect=lambda: momenten.pop(0)):
            leg_vast(duinrade, Soort.GEMAAKT, None, reden="lijst van het CBS")
            leg_vast(inspecteur, Soort.GEWIJZIGD, beheerder, wijzigingen={"naam": ["a", "b"]})
            leg_vast(duinrade, Soort.GEWIJZIGD, inspecteur)

    @pytest.mark.parametrize(
        ("vraag", "verwacht"),
        [
            ({}, [3, 2, 1]),
            ({"wie": "systeem"}, [1]),
            ({"wie": "inspecteur"}, [3]),
            ({"soort": "gewijzigd"}, [3, 2]),
            ({"ding": "gemeente"}, [3, 1]),
            ({"van": "2-1-2010"}, [3, 2]),
            ({"tot": "2 januari 2010"}, [2, 1]),
            ({"van": "02-01-2010", "tot": "02-01-2010"}, [2]),
            ({"q": "duinr"}, [3, 1]),
            ({"q": "CBS"}, [1]),
            ({"q": "x" * 81}, []),
            ({"van": "31-02-2010"}, []),
            ({"van": "03-01-2010", "tot": "02-01-2010"}, []),
            ({"wie": "bestaat niet"}, []),
        ],
    )
    def test_filter(self, als_beheerder, inspecteur, vraag, verwacht):
        vraag = {naam: str(inspecteur.pk) if waarde == "inspecteur" else waarde for naam, waarde in vraag.items()}
        response = als_beheerder.get(ADRES, vraag)
        assert [regel.verhaal.wanneer.day for regel in response.context["regels"]] == verwacht

    def test_koppeling_naar_wat_het_over_gaat(self, als_beheerder):
        assert 'gemeente <a href="/gemeenten/9001/">Duinrade</a>' in als_beheerder.get(ADRES).content.decode()


class TestOverEenDing:
    """All about one thing, asked from its own page, together with the other filters."""

    @pytest.fixture(autouse=True)
    def rijen(self, duinrade, veldwerk, beheerder, inspecteur):
        ander = Gemeente.objects.create(code="9002", naam="Duinrade", geldig_van=date(2008, 1, 1))
        leg_vast(duinrade, Soort.GEMAAKT, None)
        leg_vast(ander, Soort.GEMAAKT, None)
        leg_vast(duinrade, Soort.GEWIJZIGD, beheerder)
        nummer = veldwerk.dossier.pk
        leg_vast(veldwerk.interview, Soort.GEWIJZIGD, inspecteur, dossier_id=nummer)
        leg_vast(veldwerk.dossier, Soort.GEWIJZIGD, inspecteur, dossier_id=nummer)

    def test_alleen_dit_ding_ook_als_een_ander_zo_heet(self, als_beheerder, duinrade):
        response = als_beheerder.get(ADRES, {"over": f"gemeente-{duinrade.pk}"})
        assert regels(response) == [
            "Bas Visser wijzigde gemeente Duinrade",
            "Het systeem voegde gemeente Duinrade toe",
        ]
        assert "Alles over <strong>gemeente Duinrade</strong>" in response.content.decode()

    def test_samen_met_de_andere_filters(self, als_beheerder, duinrade):
        vraag = {"over": f"gemeente-{duinrade.pk}", "wie": "systeem"}
        assert regels(als_beheerder.get(ADRES, vraag)) == ["Het systeem voegde gemeente Duinrade toe"]
        assert regels(als_beheerder.get(ADRES, vraag | {"soort": "status"})) == []

    def test_over_een_dossier_is_ook_wat_erin_zit(self, als_beheerder, veldwerk):
        over = f"dossier-{veldwerk.dossier.pk}"
        response = als_beheerder.get(ADRES, {"over": over})
        assert regels(response)[:2] == [
            f"Ina de Vries wijzigde dossier {veldwerk.dossier}",
            f"Ina de Vries wijzigde een interview in dossier {veldwerk.dossier}",
        ]
        assert all(str(veldwerk.dossier) in regel for regel in regels(response))
        assert f'<a href="/logboek/?over={over}">{veldwerk.dossier}</a>' in als_beheerder.get(ADRES).content.decode()

    def test_wat_er_niet_meer_is_heet_zoals_het_heette(self, als_beheerder, duinrade):
        over = f"gemeente-{duinrade.pk}"
        duinrade.delete()
        response = als_beheerder.get(ADRES, {"over": over})
        assert len(regels(response)) == 2
        assert "Alles over <strong>gemeente Duinrade</strong>" in response.content.decode()

    @pytest.mark.parametrize("over", ["gemeente", "gemeente-x", "interview-1", "gemeente-²", f"gemeente-{'9' * 30}"])
    def test_een_adres_dat_niets_aanwijst_toont_niets(self, als_beheerder, over):
        response = als_beheerder.get(ADRES, {"over": over})
        assert regels(response) == []
        assert "Dit adres wijst niets aan" in response.content.decode()

    def test_elke_pagina_verwijst_ernaar(self, als_beheerder, duinrade, veldwerk, inspecteur):
        provincie = Regio.objects.create(soort=Regio.Soort.PROVINCIE, code="P1", naam="Kustland")
        for ding in (duinrade, provincie, inspecteur, veldwerk.ronde, veldwerk.instrument):
            adres = f"{ADRES}?over={ding._meta.model_name}-{ding.pk}"
            assert f'href="{adres}"' in als_beheerder.get(ding.get_absolute_url()).content.decode()

    def test_maar_alleen_voor_wie_het_logboek_mag_zien(self, client, analist, duinrade, veldwerk):
        client.force_login(analist)
        for ding in (duinrade, veldwerk.ronde, veldwerk.instrument):
            assert "/logboek/" not in client.get(ding.get_absolute_url()).content.decode()


def test_een_leeg_logboek(als_beheerder):
    assert "Nog geen gebeurtenissen" in als_beheerder.get(ADRES).content.decode()


def test_het_aantal_queries_hangt_niet_van_het_aantal_rijen_af(als_beheerder, veldwerk, inspecteur, duinrade):
    tellingen = []
    for aantal in (2, 20):
        for _ in range(aantal):
            leg_vast(duinrade, Soort.GEWIJZIGD, inspecteur)
            leg_vast(veldwerk.interview, Soort.GEWIJZIGD, inspecteur, dossier_id=veldwerk.dossier.pk)
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            als_beheerder.get(reverse("logboek"))
        tellingen.append(len(vragen))
    assert tellingen[0] == tellingen[1]


def test_bladeren(als_beheerder, duinrade):
    for _ in range(51):
        leg_vast(duinrade, Soort.GEWIJZIGD, None)
    response = als_beheerder.get(ADRES, {"pagina": 2, "ding": "gemeente"})
    assert len(response.context["regels"]) == 1
    assert "pagina=1" in response.content.decode()
    assert "ding=gemeente" in response.content.decode()
