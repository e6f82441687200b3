"""The annexes about the report itself: what carries each claim under numbers, what was set aside, and wederhoor."""

import re

import pytest

from rapportage import actions, samenstellen
from rapportage.bijlagen import pseudoniemen
from rapportage.document import Tabel
from rapportage.models import Afwijking, Passage, Rapport
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from vragenlijst.models import Bevinding

pytestmark = pytest.mark.django_db

TEKST = (
    "Dit doen [de meeste gemeenten (5 van 6)]{P1.1=ja}, onder wie [alle voortrekkers]{P1.1=ja rol=voortrekker}. "
    "Van hen heeft [een enkele]{P1.1a=ja} een plan. In [geen van de gesprekken]{P1.1=ja eenheid=gesprekken} bleek dat."
)


@pytest.fixture
def rapport(analist):
    """Six dossiers; five say ja to P1.1, and of one of these it is known whether there is a plan."""
    ronde = maak_ronde(maak_instrument())
    rollen = ["voortrekker"] * 3 + ["niet-voortrekker"] * 3
    dossiers = [maak_dossier(ronde, rol) for rol in rollen]
    for dossier, keuze in zip(dossiers, ["ja", "ja", "ja", "ja", "ja", "nee"], strict=True):
        vind(dossier, "P1.1", keuze)
    vind(dossiers[0], "P1.1a", "ja")
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    rapport.passages.update(tekst="Zie de tabel.")
    Passage.objects.filter(pk=rapport.passages.filter(plaats="bevindingen").first().pk).update(tekst=TEKST)
    return rapport


def bijlage(rapport: Rapport, titel: str):
    return next((deel for deel in samenstellen.rapportdocument(rapport).bijlagen if deel.titel == titel), None)


def test_per_uitspraak_het_aantal_en_de_dossiers_onder_een_nummer(rapport):
    assert bijlage(rapport, "Verantwoording") is None
    Rapport.objects.update(met_verantwoording=True)
    rapport.refresh_from_db()
    [tabel] = [blok for blok in bijlage(rapport, "Verantwoording").inhoud if isinstance(blok, Tabel)]
    nummers = pseudoniemen(rapport)
    ja = sorted(nummers[b.dossier_id] for b in _bevindingen(rapport, "ja"))
    [nee] = [nummers[b.dossier_id] for b in _bevindingen(rapport, "nee")]
    weg = "niet genoemd"
    assert tabel.rijen == [
        ("de meeste gemeenten (5 van 6)", "5 van 6", ", ".join(ja), nee),
        ("alle voortrekkers", "3 van 3", weg, weg),  # of a group: the numbers would tell who is in it
        ("een enkele", weg, weg, weg),  # of fewer than three, and the words say less than the number
        ("geen van de gesprekken", "0 van 0 gesprekken", weg, weg),
    ]


def _bevindingen(rapport, keuze):
    return Bevinding.objects.filter(dossier__ronde=rapport.ronde, vraag__code="P1.1", keuze__code=keuze)


def test_nummers_blijven_gelijk_en_volgen_niet_uit_wat_bekend_is(rapport, settings):
    eerst = pseudoniemen(rapport)
    assert sorted(eerst.values()) == ["D01", "D02", "D03", "D04", "D05", "D06"]
    assert pseudoniemen(rapport) == eerst
    anders = set()
    for sleutel in range(8):
        settings.SECRET_KEY = f"een andere sleutel {sleutel}"
        anders.add(tuple(pseudoniemen(rapport).items()))
    assert len(anders) > 1  # who knows the gemeenten, but not our key, cannot draw the same lots


def test_in_de_verantwoording_staat_geen_gemeente(rapport):
    Rapport.objects.update(met_verantwoording=True)
    rapport.refresh_from_db()
    tekst = " ".join(samenstellen.tekst_van((), [bijlage(rapport, "Verantwoording")]))
    assert not re.search(r"Verzonnendorp|X00\d", tekst)


def test_wat_terzijde_is_gelegd_met_de_reden(rapport, analist):
    Rapport.objects.update(met_verantwoording=True)
    rapport.refresh_from_db()
    Afwijking.objects.create(
        rapport=rapport,
        passage=rapport.passages.first(),
        soort="los",
        fragment="vaak",
        reden="Een citaat.",
        door=analist,
    )
    *_, tabel = bijlage(rapport, "Verantwoording").inhoud
    assert [rij[1:] for rij in tabel.rijen] == [("‘vaak’", "Een citaat.")]


def test_wederhoor_als_tabel(rapport):
    assert bijlage(rapport, "Wederhoor") is None
    rapport.reacties.create(
        partij="UWV", ontvangen_op="2008-06-10", passage=rapport.passages.first(), fragment="de cijfers", soort="feitelijk",
        tekst="Onjuist.", besluit="niet", motivering="De bevinding is getoetst.",
    )  # fmt: skip
    rapport.reacties.create(partij="VNG", ontvangen_op="2008-06-11", soort="mening", tekst="Helder.")
    _, tabel = bijlage(rapport, "Wederhoor").inhoud
    assert tabel.rijen == [
        (
            "UWV",
            "1.1 Aanleiding: ‘de cijfers’",
            "Feitelijk onjuist: Onjuist.",
            "Niet overgenomen. De bevinding is getoetst.",
        ),
        ("VNG", "Het hele rapport", "Mening: Helder.", "Nog geen besluit."),
    ]
