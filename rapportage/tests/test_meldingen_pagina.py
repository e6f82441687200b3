"""The desk and its meldingen: each at its place, mended with a button, set aside with a reason, looked at again when data changed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rapportage import actions
from rapportage.models import Afwijking, Rapport, Uitspraak
from rapportage.queries.tafel import Plek
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis
from vragenlijst.models import Bevinding

pytestmark = pytest.mark.django_db

GOED = "Bij [de meeste gemeenten (16 van 20)]{P1.1=ja} wordt samengewerkt."
FOUT = "Bij [vrijwel alle gemeenten (16 van 20)]{P1.1=ja} wordt samengewerkt."


@pytest.fixture
def passage(client, analist):
    """Findings on P1, written while 16 of 20 dossiers say ja."""
    ronde = maak_ronde(maak_instrument())
    for nummer in range(20):
        vind(maak_dossier(ronde), "P1.1", "ja" if nummer < 16 else "nee")
    client.force_login(analist)
    return actions.maak_rapport(Rapport.voor(ronde), analist).passages.get(plaats="bevindingen", onderdeel__code="1")


@pytest.fixture
def schrijf(passage, analist):
    def schrijf(tekst):
        passage.refresh_from_db()
        actions.passage_opslaan(passage, tekst, passage.versie, analist)
        passage.refresh_from_db()

    return schrijf


@pytest.fixture
def bureau(client, passage):
    """The page as it is; or, with fields, what the form answers to a button."""

    def bureau(tekst=None, **knop):
        if not knop:
            return client.get(passage.get_absolute_url())
        velden = {"tekst": passage.tekst if tekst is None else tekst, "versie": passage.versie} | knop
        return client.post(passage.get_absolute_url(), velden)

    return bureau


def soorten(antwoord) -> list[str]:
    return [regel.melding.soort for regel in antwoord.context["tafel"].meldingen]


def standen(antwoord) -> list[str]:
    return [regel.stand[0] for regel in antwoord.context["tafel"].uitspraken]


def knop(antwoord, naam: str) -> str:
    return re.search(rf'name="{naam}" value="([^"]+)"', antwoord.content.decode())[1]


def test_wat_klopt_en_wat_niet(bureau, schrijf):
    schrijf(f"{GOED}\n\n{FOUT}")
    antwoord = bureau()
    assert standen(antwoord) == ["klopt", "klopt niet"]
    assert soorten(antwoord) == ["klopt_niet"]
    (regel,) = antwoord.context["tafel"].meldingen
    assert (regel.melding.regel, regel.melding.kolom) == (3, 6)
    assert (regel.plek.van, regel.plek.tot) == (
        len(GOED) + 2 + 5,
        len(GOED) + 2 + 5 + len("vrijwel alle gemeenten (16 van 20)"),
    )
    assert 'data-voorstel="de meeste gemeenten (16 van 20)"' in antwoord.content.decode()


def test_een_plek_telt_zoals_een_browser():
    assert Plek.in_tekst("a😀b", 2, 3) == Plek(3, 4)


def test_overnemen_zonder_javascript_staat_in_het_formulier_en_nog_niet_in_het_rapport(bureau, schrijf, passage):
    schrijf("Oud.")
    tekst = f"{GOED}\n\n{FOUT}"
    pagina = bureau(tekst, voorbeeld="1")
    antwoord = bureau(tekst, overnemen=knop(pagina, "overnemen"))
    assert antwoord.context["form"]["tekst"].value() == f"{GOED}\n\n{GOED}"
    assert soorten(antwoord) == []
    passage.refresh_from_db()
    assert passage.tekst == "Oud."
    assert "is er niet meer" in bureau(GOED, overnemen="onzin").content.decode()


def test_terzijde_met_een_reden_en_terug(bureau, schrijf, passage, analist):
    schrijf(f"{FOUT}\n")  # as from a file
    naam = knop(bureau(), "terzijde")
    leeg = bureau(FOUT, terzijde=naam, **{f"terzijde-{naam}": " "})
    (regel,) = leeg.context["tafel"].gebreken
    assert (regel.hier, regel.fout.errors["tekst"]) == (naam, ["Geef de reden op: zij komt in het rapport."])
    html = leeg.content.decode()
    assert f'aria-describedby="fout-{naam} hulp-{naam}" aria-invalid="true" autofocus' in html
    assert "Deze tekst is nog niet opgeslagen." not in html  # the text is; it goes on saving itself
    assert "data-bewaren" in html
    getypt = bureau(f"{FOUT} En verder.", terzijde=naam, **{f"terzijde-{naam}": ""})
    assert "Deze tekst is nog niet opgeslagen." in getypt.content.decode()
    assert not Afwijking.objects.exists()
    assert bureau(terzijde=naam, **{f"terzijde-{naam}": "Zo noemt de minister het."}).status_code == 302
    afwijking = Afwijking.objects.get()
    assert (afwijking.soort, afwijking.fragment) == ("klopt_niet", "vrijwel alle gemeenten (16 van 20)")
    assert (afwijking.door, afwijking.rapport) == (analist, passage.rapport)
    assert Gebeurtenis.objects.van(afwijking).get().reden == "Zo noemt de minister het."
    antwoord = bureau()
    assert soorten(antwoord) == []
    assert "Zo noemt de minister het." in antwoord.content.decode()
    assert bureau(weermelden=afwijking.pk).status_code == 302
    assert soorten(bureau()) == ["klopt_niet"]
    assert bureau(weermelden=afwijking.pk).status_code == 404


def test_de_reden_wordt_ook_aanvaard_als_de_woorden_zijn_verschoven(bureau, schrijf):
    """Something was typed before them while the reason was written."""
    schrijf(FOUT)
    naam = knop(bureau(), "terzijde")
    schrijf(f"Vooraf.\n\n{FOUT}")
    bureau(terzijde=naam, **{f"terzijde-{naam}": "Reden."})
    assert Afwijking.objects.count() == 1


def test_gewijzigde_gegevens_en_opnieuw_bekeken(bureau, schrijf, passage):
    """17 of 20 is still "de meeste", so the words hold; somebody must look, and then they count as looked at."""
    schrijf("Bij [de meeste gemeenten]{P1.1=ja} wordt samengewerkt.")
    assert standen(bureau()) == ["klopt"]
    nee = Bevinding.objects.filter(vraag__code="P1.1", keuze__code="nee").first()
    nee.keuze = nee.vraag.keuzes.get(code="ja")
    nee.save()
    antwoord = bureau()
    assert standen(antwoord) == ["verouderd"]
    schrijf("Bij [de meeste gemeenten]{P1.1=ja} wordt samengewerkt. En meer.")
    assert standen(bureau()) == ["verouderd"]  # saving another sentence is not looking at this one
    assert bureau(herbekeken=knop(antwoord, "herbekeken")).status_code == 302
    assert "verouderd" not in standen(bureau())
    uitspraak = Uitspraak.objects.get(passage=passage)
    assert (uitspraak.x, uitspraak.n) == (17, 20)
    assert Gebeurtenis.objects.van(uitspraak).get().wijzigingen == {"Opnieuw bekeken": ["16 van 20", "17 van 20"]}


def test_het_overzicht_telt_en_wijst_de_eerste_aan(client, schrijf, passage, analist):
    for andere in passage.rapport.passages.exclude(pk=passage.pk):
        actions.passage_opslaan(andere, "", andere.versie, analist)
    schrijf(f"{FOUT} De XYZ doet mee.")
    adres = reverse("rapport", args=[passage.rapport.ronde.slug])
    antwoord = client.get(adres)
    overzicht = antwoord.context["overzicht"]
    assert (overzicht.samen.fouten, overzicht.samen.waarschuwingen) == (1, 1)
    assert overzicht.eerste == passage
    pagina = antwoord.content.decode()
    assert "staat 1 fout en 1 waarschuwing." in pagina
    assert "Niet in de lijst: <strong>XYZ</strong>" in client.get(passage.get_absolute_url()).content.decode()
    schrijf(GOED)
    assert "staat 1 fout" not in client.get(adres).content.decode()


def test_evenveel_queries_hoeveel_er_ook_gebonden_is(client, schrijf, passage):
    aantallen = []
    for keer in (1, 20):
        schrijf("\n\n".join([GOED, FOUT] * keer))
        with CaptureQueriesContext(connection) as meting:
            client.get(passage.get_absolute_url())
        aantallen.append(len(meting))
    assert aantallen[0] == aantallen[1]


def test_een_vastgesteld_rapport_heeft_geen_knoppen(bureau, schrijf):
    schrijf(FOUT)
    naam = knop(bureau(), "terzijde")
    Rapport.objects.update(status=Rapport.Status.VASTGESTELD)
    assert 'form="passagevorm"' not in bureau().content.decode()
    bureau(terzijde=naam, **{f"terzijde-{naam}": "Reden."})
    assert not Afwijking.objects.exists()


def test_wat_fout_is_staat_voor_wat_te_overwegen_is(schrijf, bureau):
    schrijf("Van [alle gemeenten (20 van 20)]{P1.1=ja|nee} is het antwoord bekend. " + FOUT)
    assert [regel.melding.ernst for regel in bureau().context["tafel"].meldingen] == ["fout", "kwetsbaar"]


def test_wat_klopt_maar_kwetsbaar_is_staat_gevouwen_en_telt_niet_mee(bureau, schrijf):
    """15 of 20 (75%) is de meeste; 14 of 20 is not."""
    bevinding = Bevinding.objects.filter(keuze__code="ja").first()
    bevinding.keuze = bevinding.vraag.keuzes.get(code="nee")
    bevinding.save()
    schrijf("Bij [de meeste gemeenten (15 van 20)]{P1.1=ja} wordt samengewerkt.")
    antwoord = bureau()
    tafel, html = antwoord.context["tafel"], antwoord.content.decode()
    assert ([*tafel.gebreken], len(tafel.kwetsbaar)) == ([], 1)
    assert "Er is niets aan te merken op deze tekst." in html
    assert "1 uitspraak klopt en hangt aan één gemeente" in html
    assert '<details class="kwetsbaar">' in html
    naam = knop(antwoord, "terzijde")
    assert '<details class="kwetsbaar" open>' in bureau(terzijde=naam).content.decode()


def test_wat_de_meeste_gemeenten_kunnen_omslaan_staat_bovenaan(bureau, schrijf):
    """De meeste is 75% or more: each of the 15 can make it 14 of 20. Alle is over as soon as one of the 20 says something else."""
    bevinding = Bevinding.objects.filter(keuze__code="ja").first()
    bevinding.keuze = bevinding.vraag.keuzes.get(code="nee")
    bevinding.save()
    schrijf(
        "Bij [de meeste gemeenten (15 van 20)]{P1.1=ja}. Bij [alle gemeenten (20 van 20)]{P1.1=ja|nee} is het bekend."
    )
    html = bureau().content.decode()
    eerst, dan = (html.index(f"Elk van {n} antwoorden kan dat doen.") for n in (20, 15))
    assert eerst < dan
