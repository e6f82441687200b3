"""A passage loses nothing: a fresh draft and every earlier text can be put back, and are stored only when saved."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from rapportage import actions
from rapportage.models import Passage, Passageversie, Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis

pytestmark = pytest.mark.django_db


@pytest.fixture
def passage(client, analist):
    """The findings on P1, drafted when two dossiers said ja and one nee, the least that is told; a fourth said nee since."""
    ronde = maak_ronde(maak_instrument())
    for antwoord in ("ja", "ja", "nee"):
        vind(maak_dossier(ronde), "P1.1", antwoord)
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
    assert "(2 van 4)" in voorstel
    pagina = antwoord.content.decode()
    assert "Hieronder staat een voorstel: een nieuwe concepttekst" in pagina
    assert 'data-bewaak="altijd"' in pagina
    passage.refresh_from_db()
    assert (passage.tekst, passage.versie) == ("", 2)
    schrijf(voorstel)
    assert passage.tekst == voorstel


def test_versies(client, passage, schrijf, beheerder):
    """Saves of one sitting are one text; each other text is there, with what was changed, and can be put back."""
    eerste = passage.tekst
    for tekst in ("Tweede.", "Tweede, en meer.", "", "Vierde."):
        schrijf(tekst)
    passage.versies.filter(versie=3).update(wie=beheerder)
    pagina = client.get(f"{passage.get_absolute_url()}versies/")
    # 2 and 3 are of two people; 4 and 5 are one sitting, of which the last stands there now.
    getoond = [(versie.nummer, versie.tekst) for versie in pagina.context["versies"]]
    assert getoond == [(5, "Vierde."), (3, "Tweede, en meer."), (2, "Tweede."), (1, eerste)]
    stukken = [(stuk.soort, stuk.tekst) for stuk in pagina.context["versies"][1].verschil]
    assert stukken == [("weg", "Tweede."), ("nieuw", "Tweede, en meer.")]
    terug = client.get(f"{passage.get_absolute_url()}?versie=1")
    assert terug.context["form"]["tekst"].value() == eerste
    assert "Hieronder staat een voorstel: de tekst van" in terug.content.decode()
    passage.refresh_from_db()
    assert passage.tekst == "Vierde."
    schrijf(eerste)
    assert (passage.tekst, passage.versie) == (eerste, 6)


def test_wat_in_een_zitting_in_een_keer_verdween_is_terug_te_vinden(client, passage, schrijf):
    lang = "Dit is een zin. " * 20
    for tekst in ("Kort.", lang.strip(), "Weer kort."):
        schrijf(tekst)
    pagina = client.get(f"{passage.get_absolute_url()}versies/")
    assert [versie.nummer for versie in pagina.context["versies"]] == [4, 3, 1]


def test_een_zitting_is_een_regel_in_de_geschiedenis(passage, schrijf):
    for tekst in ("Een.", "Twee.", "Drie.", "Vier."):
        schrijf(tekst)
    wijzigingen = [rij.wijzigingen for rij in Gebeurtenis.objects.van(passage).filter(soort="gewijzigd")]
    assert wijzigingen == [{"Versie": [1, 2]}]
    passage.versies.update(wanneer=timezone.now() - timedelta(hours=1))
    schrijf("Vijf.")
    assert Gebeurtenis.objects.van(passage).filter(soort="gewijzigd").count() == 2


@pytest.mark.parametrize("versie", ["x", "0", "999999", "²"])
def test_versie_die_er_niet_is(client, passage, versie):
    assert client.get(f"{passage.get_absolute_url()}?versie={versie}").status_code == 404


def test_versie_van_een_andere_passage(client, passage, schrijf):
    schrijf("Anders.")
    ander = Passage.objects.exclude(pk=passage.pk).first()
    assert client.get(f"{passage.get_absolute_url()}?versie=2").status_code == 200
    assert client.get(f"{ander.get_absolute_url()}?versie=2").status_code == 404


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
    assert antwoord.context["form"]["tekst"].value() == "Vast."
    assert "data-bewaren" not in antwoord.content.decode()
    assert "Zet deze tekst terug" not in client.get(f"{passage.get_absolute_url()}versies/").content.decode()


def test_elke_passage_heeft_haar_eigen_concept(passage):
    teksten = {actions.concept_van(deel) for deel in passage.rapport.passages.all()}
    assert len(teksten) == passage.rapport.passages.count() == 7


def test_teksten_van_voor_de_versies_worden_versies(passage, analist):
    """The migration: what stood in the history, and a passage that never changed with its one text."""
    anders = passage.rapport.passages.get(plaats="vervolg")
    Passageversie.objects.all().delete()
    for oud, nieuw in (("Eerst.", "Toen."), ("Toen.", "Nu.")):
        leg_vast(passage, Gebeurtenis.Soort.GEWIJZIGD, analist, wijzigingen={"Tekst": [oud, nieuw]})
    Passage.objects.filter(pk=passage.pk).update(tekst="Nu.", versie=3)
    import_module("rapportage.migrations.0004_passageversies_uit_geschiedenis").vul(apps, None)
    assert list(passage.versies.values_list("versie", "tekst")) == [(1, "Eerst."), (2, "Toen."), (3, "Nu.")]
    assert passage.versies.last().wie == analist
    assert list(anders.versies.values_list("versie", "tekst")) == [(1, anders.tekst)]


def test_de_schrijfhulp_spreekt_van_het_eigen_instrument(client, passage):
    """The example is the first answer that this round can count, not one of the first monitor."""
    html = client.get(passage.get_absolute_url()).content.decode()
    assert "<code>[de meeste gemeenten]&#123;P1.1=ja&#125;</code>" in html
    assert "met ‘ja’ op P1.1." in html
    assert "V1.1" not in html
