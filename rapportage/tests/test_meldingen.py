"""The meldingen of a stored report: what was remembered, what was set aside, and what stands in the way."""

import pytest
from django.utils import timezone

from rapportage.models import Afwijking, Passage, Rapport, Uitspraak
from rapportage.queries.meldingen import claims_van, meldingen_van
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, schrijver, vind
from rapportage.uitspraken_opslaan import onthoud_uitspraken

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    """P1.1 is ja in 6 of 8 dossiers (de meeste), nee in the other two."""
    ronde = maak_ronde(maak_instrument())
    for nr in range(8):
        vind(maak_dossier(ronde), "P1.1", "ja" if nr < 6 else "nee")
    return ronde


@pytest.fixture
def rapport(ronde):
    return Rapport.objects.create(ronde=ronde, titel="Proef", nummer="V08/01", datum=timezone.localdate())


def passage(rapport, tekst, plaats="bevindingen", onderdeel=True) -> Passage:
    eerste = rapport.ronde.instrument.onderdelen.first() if onderdeel else None
    return Passage.objects.create(rapport=rapport, plaats=plaats, onderdeel=eerste, tekst=tekst)


def soorten(rapport) -> list[str]:
    return [m.soort for m in meldingen_van(rapport) if m.ernst != "kwetsbaar"]


def test_een_tekst_wordt_aan_de_gegevens_van_de_ronde_gehouden(rapport):
    passage(rapport, "Bij [de meeste gemeenten (6 van 8)]{P1.1=ja} wordt samengewerkt.")
    fout = passage(rapport, "Bij [alle gemeenten]{P1.1=ja} wordt samengewerkt, ook in Verzonnendorp 1.", "conclusies")
    gevonden = [m for m in meldingen_van(rapport) if m.ernst == "fout"]
    assert [(m.bron, m.soort, m.fragment) for m in gevonden] == [
        (fout.pk, "klopt_niet", "alle gemeenten"),
        (fout.pk, "herleidbaar", "Verzonnendorp 1"),
    ]
    assert gevonden[0].voorstel == "de meeste gemeenten"
    assert [c.stand for c in claims_van(rapport)] == ["kwetsbaar", "klopt_niet"]


def test_wat_met_een_reden_terzijde_ligt_is_geen_bezwaar_tot_de_woorden_veranderen(rapport):
    tekst = passage(rapport, "Bij [alle gemeenten]{P1.1=ja}.")
    Afwijking.objects.create(
        rapport=rapport, passage=tekst, soort="klopt_niet", fragment="alle gemeenten", reden="Omdat.", door=schrijver()
    )
    assert soorten(rapport) == []
    assert [m.soort for m in meldingen_van(rapport, ook_terzijde=True)] == ["klopt_niet"]
    tekst.tekst = "Bij [alle onderzochte gemeenten]{P1.1=ja}."
    tekst.save()
    assert soorten(rapport) == ["klopt_niet"]


def test_wat_onthouden_is_laat_zien_dat_de_gegevens_zijn_gewijzigd(ronde, rapport):
    tekst = passage(rapport, "Bij [de meeste gemeenten]{P1.1=ja}, en bij [iets]{P1.1 ja}.")
    onthoud_uitspraken(tekst)
    assert list(Uitspraak.objects.values_list("volgorde", "tekst", "maat", "x", "n")) == [
        (0, "de meeste gemeenten", "P1.1=ja", 6, 8),
        (1, "iets", "P1.1 ja", None, None),
    ]
    assert soorten(rapport) == ["onleesbaar"]
    vind(maak_dossier(ronde), "P1.1", "ja")  # 7 of 9: still most
    assert soorten(rapport) == ["verouderd", "onleesbaar"]
    onthoud_uitspraken(tekst)  # another sentence was saved: nobody looked at this one
    assert soorten(rapport) == ["verouderd", "onleesbaar"]
    onthoud_uitspraken(tekst, opnieuw=True)
    assert soorten(rapport) == ["onleesbaar"]


def test_het_aantal_vragen_aan_de_database_hangt_niet_van_de_tekst_af(rapport, django_assert_max_num_queries):
    passage(rapport, "Bij [de meeste gemeenten]{P1.1=ja}.\n\n" * 40)
    passage(rapport, "Bij [de meeste gemeenten]{P1.1=ja rol=voortrekker}. [Wie]{N1=voldoet}\n\n" * 40, "conclusies")
    with django_assert_max_num_queries(37):
        meldingen_van(rapport)
