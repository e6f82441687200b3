"""The logboek as a file: exactly the rows that were asked, told no further than the page tells, and itself recorded."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gemeente

ADRES = "/logboek/bestand.csv"
Soort = Gebeurtenis.Soort


@pytest.fixture
def als_beheerder(client, beheerder):
    client.force_login(beheerder)
    return client


@pytest.fixture
def duinrade(db):
    return Gemeente.objects.create(code="9001", naam="Duinrade", geldig_van=date(2008, 1, 1))


def rijen(antwoord) -> list[dict]:
    tekst = b"".join(antwoord.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(tekst), delimiter=";"))


def test_precies_wat_gevraagd_is_en_zelf_vastgelegd(als_beheerder, duinrade, beheerder, inspecteur):
    leg_vast(duinrade, Soort.GEWIJZIGD, beheerder, wijzigingen={"inwoners": [39_600, 39_605]}, reden="=1+1")
    leg_vast(inspecteur, Soort.GEWIJZIGD, beheerder)
    (rij,) = rijen(als_beheerder.get(ADRES, {"ding": "gemeente"}))
    assert rij["door"] == "Bas Visser"
    assert rij["gebeurtenis"] == "Bas Visser wijzigde gemeente Duinrade"
    assert rij["wijzigingen"] == "inwoners 39.600 → 39.605"
    assert rij["reden"] == "'=1+1"  # a spreadsheet does not work it out

    bladzijde = als_beheerder.get("/logboek/").context["regels"]
    assert str(bladzijde[0].verhaal) == "Bas Visser downloadde logboek (waaraan gemeente) als csv"


def test_over_een_ding(als_beheerder, duinrade, beheerder, inspecteur):
    leg_vast(duinrade, Soort.GEWIJZIGD, beheerder)
    leg_vast(inspecteur, Soort.GEWIJZIGD, beheerder)
    (rij,) = rijen(als_beheerder.get(ADRES, {"over": f"gemeente-{duinrade.pk}"}))
    assert rij["gebeurtenis"] == "Bas Visser wijzigde gemeente Duinrade"
    assert Gebeurtenis.objects.first().ding_naam == "(over gemeente Duinrade)"


def test_wat_in_een_dossier_staat_komt_er_ook_zo_niet_uit(als_beheerder, veldwerk, inspecteur):
    leg_vast(
        veldwerk.interview, Soort.GEWIJZIGD, inspecteur, wijzigingen={"gesprekspartner": [None, "Jan Geheim"]},
        reden="op verzoek van Jan Geheim", dossier_id=veldwerk.dossier.pk,
    )  # fmt: skip
    inhoud = b"".join(als_beheerder.get(ADRES).streaming_content).decode()
    assert "wijzigde een interview in dossier" in inhoud
    assert "Geheim" not in inhoud
    assert "Geheim" not in b"".join(als_beheerder.get(ADRES, {"q": "Geheim"}).streaming_content).decode()
    assert not Gebeurtenis.objects.filter(ding_soort="logboek", ding_naam__contains="Geheim").exists()


def test_een_filter_dat_niet_deugt_geeft_geen_bestand(als_beheerder, duinrade):
    assert als_beheerder.get(ADRES, {"van": "31-02-2010"}).status_code == 404
    assert not Gebeurtenis.objects.filter(ding_soort="logboek").exists()


def test_bladeren_en_downloaden_verschuiven_niet_als_er_iets_bij_komt(als_beheerder, duinrade):
    oud = [leg_vast(duinrade, Soort.GEWIJZIGD, None, reden=f"nr {nummer}").pk for nummer in range(60)]
    een = als_beheerder.get("/logboek/", {"ding": "gemeente"})
    assert f"stand={oud[-1]}" in een.content.decode()
    for _ in range(20):
        leg_vast(duinrade, Soort.GEWIJZIGD, None, reden="later")
    waar = {"ding": "gemeente", "stand": str(oud[-1])}
    twee = als_beheerder.get("/logboek/", waar | {"pagina": 2})
    gezien = [regel.verhaal.reden for antwoord in (een, twee) for regel in antwoord.context["regels"]]
    assert gezien == [f"nr {nummer}" for nummer in reversed(range(60))]
    assert [rij["reden"] for rij in rijen(als_beheerder.get(ADRES, waar))] == gezien


@pytest.mark.parametrize("stand", ["x", "-1", "9" * 30, "²"])
def test_een_stand_die_geen_nummer_is_is_die_van_nu(als_beheerder, duinrade, stand):
    leg_vast(duinrade, Soort.GEWIJZIGD, None)
    assert len(rijen(als_beheerder.get(ADRES, {"ding": "gemeente", "stand": stand}))) == 1


VERVANG = {
    "sqlite": "INSERT OR REPLACE INTO regio_gebeurtenis SELECT * FROM regio_gebeurtenis",
    "postgresql": "INSERT INTO regio_gebeurtenis SELECT * FROM regio_gebeurtenis ON CONFLICT (id) DO UPDATE SET reden = 'x'",
}


def test_een_rij_kan_ook_niet_door_toevoegen_worden_vervangen(duinrade):
    """Beside UPDATE, DELETE, TRUNCATE and REPLACE, which `test_regels_in_database` tries on every table that only grows."""
    rij = leg_vast(duinrade, Soort.GEWIJZIGD, None, reden="zoals het was")
    with (
        pytest.raises(IntegrityError, match="alleen aangevuld"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(VERVANG[connection.vendor])
    rij.refresh_from_db()
    assert rij.reden == "zoals het was"
