"""A report on a round that is not closed says so; of a round in which nobody spoke there is none."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from rapportage import actions, pdf, samenstellen
from rapportage.models import Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from vragenlijst.actions import Geweigerd
from vragenlijst.models import Actorgroep, Dossier, Interview, Ronde

pytestmark = pytest.mark.django_db


def met_interview(dossier: Dossier, status="gehouden") -> None:
    groep, _ = Actorgroep.objects.get_or_create(
        instrument=dossier.ronde.instrument, code="cwi", defaults={"naam": "CWI", "domein": "CWI/UWV", "volgorde": 1}
    )
    Interview.objects.create(dossier=dossier, actorgroep=groep, datum=date(2008, 3, 3), status=status)


@pytest.fixture
def ronde(collega):
    """Three dossiers, two interviews in one of them and a planned one in another; one dossier is vastgesteld."""
    ronde = maak_ronde(maak_instrument())
    een, twee, _ = (maak_dossier(ronde) for _ in range(3))
    for dossier in (een, twee):
        vind(dossier, "P1.1", "ja")
    met_interview(een)
    met_interview(een)
    met_interview(twee, "gepland")
    vast = {"status": "vastgesteld", "toetser": collega, "vastgesteld_op": "2008-05-01T12:00Z"}
    Dossier.objects.filter(pk=een.pk).update(**vast)
    return ronde


def tekst_van_aanpak(document) -> str:
    return document.hoofdstukken[0].paragrafen[1].inhoud[0].html


def test_open_ronde_geeft_een_tussenstand(ronde, analist):
    document = samenstellen.rapportdocument(actions.maak_rapport(Rapport.voor(ronde), analist))
    assert document.status == "Concept, tussenstand: 1 van de 3 dossiers vastgesteld"
    html = pdf.html_van(document)
    assert "Concept, tussenstand: 1 van de 3 dossiers vastgesteld" in html[: html.index("Inhoud")].replace(
        "\u00a0", " "
    )
    aanpak = tekst_van_aanpak(document).replace("\u00a0", " ")
    assert "Van de 3 dossiers is er 1 vastgesteld; interviews zijn gehouden in 1 van de 3 gemeenten." in aanpak


def test_gesloten_ronde_is_geen_tussenstand(ronde, analist):
    Ronde.objects.update(status=Ronde.Status.GESLOTEN)
    ronde.refresh_from_db()
    document = samenstellen.rapportdocument(actions.maak_rapport(Rapport.voor(ronde), analist))
    assert document.status == "Concept"
    assert "tussenstand" not in tekst_van_aanpak(document)


def test_de_tussenstand_is_van_nu_en_niet_van_de_tekst(ronde, analist):
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    rapport.passages.update(tekst="")
    assert "tussenstand" in tekst_van_aanpak(samenstellen.rapportdocument(rapport))


def test_concept_zonder_interview_krijgt_geen_rapport(client, analist, tmp_path):
    ronde = maak_ronde(maak_instrument(), status=Ronde.Status.CONCEPT)
    dossier = maak_dossier(ronde)
    met_interview(dossier, "gepland")
    client.force_login(analist)
    adres = reverse("rapport", args=[ronde.slug])
    pagina = client.get(adres).content.decode()
    assert "er is nog niets om over te rapporteren" in pagina
    assert "Rapport maken</button>" not in pagina
    gegevens = {"titel": "Te vroeg", "nummer": "V08/01", "datum": "01-06-2008", "versie": 0}
    assert "er is nog niets om over te rapporteren" in client.post(adres, gegevens).content.decode()
    with pytest.raises(Geweigerd):
        actions.maak_rapport(Rapport.voor(ronde), analist)
    with pytest.raises(CommandError, match="er is nog niets om over te rapporteren"):
        call_command("maak_rapport", ronde.slug, uit=tmp_path / "rapport.pdf")
    assert not Rapport.objects.exists()
    met_interview(dossier)
    assert "Rapport maken</button>" in client.get(adres).content.decode()


def test_lopend_hoofd_van_een_bijlage_is_kort(ronde, analist):
    html = pdf.html_van(samenstellen.rapportdocument(actions.maak_rapport(Rapport.voor(ronde), analist)))
    assert 'data-kop="Bijlage 1" id="kop-bijlage-1"' in html
