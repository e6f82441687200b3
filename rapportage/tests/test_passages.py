"""A passage loses nothing: a fresh draft and every earlier text can be put back, and are stored only when saved."""

import pytest

from rapportage import actions
from rapportage.models import Passage, Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis

pytestmark = pytest.mark.django_db


@pytest.fixture
def passage(client, analist):
    """The findings on P1, drafted when one dossier said ja; another said nee since."""
    ronde = maak_ronde(maak_instrument())
    vind(maak_dossier(ronde), "P1.1", "ja")
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    vind(maak_dossier(ronde), "P1.1", "nee")
    client.force_login(analist)
    return rapport.passages.get(plaats="bevindingen", onderdeel__code="1")


@pytest.fixture
def schrijf(client, passage):
    def schrijf(tekst):
        passage.refresh_from_db()
        assert client.post(passage.get_absolute_url(), {"tekst": tekst, "versie": passage.versie}).status_code == 302
        passage.refresh_from_db()

    return schrijf


def test_concepttekst_terug_als_voorstel(client, passage, schrijf):
    """The figures are those of now, not of when the report was made; until it is saved nothing changes."""
    schrijf("")
    antwoord = client.get(passage.get_absolute_url() + "?concept=1")
    voorstel = antwoord.context["form"]["tekst"].value()
    assert "(1 van 2)" in voorstel
    pagina = antwoord.content.decode()
    assert "Hieronder staat een voorstel: een nieuwe concepttekst" in pagina
    assert 'data-bewaak="altijd"' in pagina
    passage.refresh_from_db()
    assert (passage.tekst, passage.versie) == ("", 2)
    schrijf(voorstel)
    assert passage.tekst == voorstel


def test_eerdere_versies(client, passage, schrijf):
    eerste = passage.tekst
    for tekst in ("Tweede.", "", "Vierde."):
        schrijf(tekst)
    antwoord = client.get(passage.get_absolute_url())
    assert [eerder.tekst for eerder in antwoord.context["eerdere"]] == ["Tweede.", eerste]
    assert "vervangen door Anna Jansen" in antwoord.content.decode()
    oudste = antwoord.context["eerdere"][-1].nummer
    terug = client.get(f"{passage.get_absolute_url()}?versie={oudste}")
    assert terug.context["form"]["tekst"].value() == eerste
    assert "Hieronder staat een voorstel: de tekst die er stond tot" in terug.content.decode()
    passage.refresh_from_db()
    assert passage.tekst == "Vierde."
    schrijf(eerste)
    assert passage.tekst == eerste


def test_zonder_eerdere_versies(client, passage):
    assert "Eerdere versies" not in client.get(passage.get_absolute_url()).content.decode()


@pytest.mark.parametrize("versie", ["x", "0", "999999"])
def test_versie_die_er_niet_is(client, passage, versie):
    assert client.get(f"{passage.get_absolute_url()}?versie={versie}").status_code == 404


def test_versie_van_een_andere_passage(client, passage, schrijf):
    schrijf("Anders.")
    ander = Passage.objects.exclude(pk=passage.pk).first()
    vreemd = Gebeurtenis.objects.van(passage).get(soort="gewijzigd").pk
    assert client.get(f"{ander.get_absolute_url()}?versie={vreemd}").status_code == 404


def test_een_voorstel_op_een_verouderde_tekst_toont_beide(client, passage, schrijf):
    """The proposal carries the version that was seen: a colleague who saved meanwhile is not overwritten."""
    form = client.get(passage.get_absolute_url() + "?concept=1").context["form"]
    schrijf("Van een collega.")
    antwoord = client.post(
        passage.get_absolute_url(), {"tekst": form["tekst"].value(), "versie": form["versie"].value()}
    )
    assert antwoord.status_code == 409
    assert "Van een collega." in antwoord.content.decode()


def test_wat_vaststaat_krijgt_geen_voorstel(client, passage, schrijf):
    schrijf("Vast.")
    Rapport.objects.update(status=Rapport.Status.VASTGESTELD)
    antwoord = client.get(passage.get_absolute_url() + "?concept=1")
    pagina = antwoord.content.decode()
    assert antwoord.context["form"]["tekst"].value() == "Vast."
    assert "Eerdere versies" in pagina
    assert "Zet deze tekst terug" not in pagina


def test_elke_passage_heeft_haar_eigen_concept(passage):
    teksten = {actions.concept_van(deel) for deel in passage.rapport.passages.all()}
    assert len(teksten) == passage.rapport.passages.count() == 7
