"""The band table of a round: its own copy from when it opens, the standard until then, and nothing changes a frozen one."""

import pytest
from django.urls import reverse

from rapportage import queries
from rapportage.actions.kwantoren import banden_opslaan, neem_banden_over
from rapportage.concepttekst import vraagzin
from rapportage.kwantoren import BANDEN, Band
from rapportage.models import Kwantorband
from rapportage.queries.kwantoren import banden_van, bandenzegel
from rapportage.samenstellen import _steekproef
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis
from vragenlijst.actions import Conflict, Geweigerd, zet_status
from vragenlijst.models import Ronde

pytestmark = pytest.mark.django_db

EIGEN = (Band("geen", hoogstens=0), Band("een deel", 50), Band("het grootste deel", tot_en_met=False), Band("alle"))


@pytest.fixture
def ronde():
    return maak_ronde(maak_instrument(), status=Ronde.Status.CONCEPT)


def test_eigen_dan_standaard_dan_die_van_het_systeem(ronde, beheerder):
    assert banden_van(ronde) == BANDEN
    banden_opslaan(None, EIGEN, bandenzegel(BANDEN), beheerder)
    assert banden_van(ronde) == banden_van(None) == EIGEN
    banden_opslaan(ronde, BANDEN, bandenzegel(EIGEN), beheerder)
    assert (banden_van(ronde), banden_van(None)) == (BANDEN, EIGEN)
    was, wordt = Gebeurtenis.objects.van(ronde).first().wijzigingen["Hoeveelheidswoorden"]
    assert was == (
        "geen: 0; een deel: meer dan geen, en ten hoogste 50%; het grootste deel: meer dan 50% en minder dan 100%; alle: 100%"
    )
    assert wordt.startswith("geen: 0; een enkele: precies 1")


def test_bij_het_openen_een_eigen_exemplaar(ronde, beheerder, inspecteur, django_assert_num_queries):
    maak_dossier(ronde, inspecteur=inspecteur)
    ronde.instrument.status = "vastgesteld"
    ronde.instrument.save()
    zet_status(ronde, Ronde.Status.OPEN, beheerder)
    assert Kwantorband.objects.filter(ronde=ronde).count() == 9
    banden_opslaan(None, EIGEN, bandenzegel(BANDEN), beheerder)
    assert banden_van(ronde) == BANDEN
    neem_banden_over(ronde)  # again, as after reopening
    with django_assert_num_queries(1):
        assert banden_van(ronde) == BANDEN


def test_wie_een_oude_tabel_voor_zich_had(ronde, beheerder):
    banden_opslaan(ronde, EIGEN, bandenzegel(BANDEN), beheerder)
    with pytest.raises(Conflict):
        banden_opslaan(ronde, EIGEN[:1] + BANDEN[1:-1] + EIGEN[-1:], bandenzegel(BANDEN[::-1]), beheerder)
    with pytest.raises(Geweigerd, match="voor alle dossiers"):
        banden_opslaan(ronde, EIGEN[:-1], bandenzegel(EIGEN), beheerder)
    assert banden_van(ronde) == EIGEN


def test_tekst_en_gedrukte_tabel_volgen_de_ronde(ronde, beheerder):
    for keuze in ("ja", "ja", "nee"):
        vind(maak_dossier(ronde), "P1.1", keuze)
    banden_opslaan(ronde, EIGEN, bandenzegel(BANDEN), beheerder)
    uitkomsten = queries.uitkomsten(ronde)
    zin = vraagzin(uitkomsten.vraag("P1.1"), uitkomsten.instrument, uitkomsten.banden)
    assert "het grootste deel van de onderzochte gemeenten (2 van 3)" in zin
    *_, tabel = _steekproef(queries.steekproef(ronde), uitkomsten)
    assert [rij[0] for rij in tabel.rijen] == ["Geen", "Een deel", "Het grootste deel", "Alle"]


def test_beginnen_met_de_standaard_of_met_de_vorige_ronde(client, ronde, beheerder):
    vorige = maak_ronde(ronde.instrument, slug="eerder")
    Ronde.objects.filter(pk=ronde.pk).update(vorige=vorige)
    banden_opslaan(vorige, EIGEN, bandenzegel(BANDEN), beheerder)
    client.force_login(beheerder)
    adres = reverse("ronde_kwantoren", args=[ronde.slug])

    def woorden(van: str) -> list[str]:
        rijen = client.get(adres, {"van": van}).context["form"].rijen
        return [rij["woord"].value() for rij in rijen if rij["woord"].value()]

    assert woorden("vorige") == ["geen", "een deel", "het grootste deel", "alle"]
    assert woorden("standaard") == woorden("onzin") == [band.woord for band in BANDEN]
    assert banden_van(ronde) == BANDEN, "wie kijkt, slaat niets op"
