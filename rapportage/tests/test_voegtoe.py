"""From a figure to the report: the maat behind each "+" comes to the same number as the figure it stands beside."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from rapportage.maten_bij import maat_bij, van_thema
from rapportage.models import Codering, Thema
from rapportage.queries.maten import metingen
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.uitkomst import ALLES, GESPREKKEN, Selectie
from rapportage.uitspraken.maat import lees
from regio.models import Lidmaatschap, Regio
from vragenlijst.models import Vraag

VOORTREKKERS = Selectie((("rol", "voortrekker"),))


@pytest.mark.parametrize(
    ("rij", "selectie", "groep", "maat"),
    [
        ("ja", ALLES, ("rol", "alle"), "V1.1=ja"),
        ("ja", ALLES, ("rol", "voortrekker"), "V1.1=ja rol=voortrekker"),
        ("ja", VOORTREKKERS, ("provincie", "zeeland"), "V1.1=ja rol=voortrekker provincie=zeeland"),
        ("ja", VOORTREKKERS, ("rol", "voortrekker"), "V1.1=ja rol=voortrekker"),
        ("beantwoord", ALLES, ("", "alle"), "V1.1=*"),
        (van_thema("Één thema"), ALLES, ("", "alle"), "V1.1=thema:een-thema"),
        ("ja", ALLES, ("randstad", "onbekend"), "V1.1=ja randstad=onbekend"),
        # What no maat says the same of.
        ("ja", ALLES, ("provincie", "onbekend"), ""),
        ("ja", Selectie(alleen_vastgesteld=True), ("", "alle"), ""),
        ("dossiers", ALLES, ("", "alle"), ""),
    ],
)
def test_maat_bij_een_getal(rij, selectie, groep, maat):
    assert maat_bij("V1.1", rij, selectie, groep) == maat


def test_maat_bij_een_getal_van_gesprekken():
    assert maat_bij("V1.1", "ja", ALLES, ("domein", "cwi-uwv"), GESPREKKEN) == (
        "V1.1=ja gesproken=cwi-uwv eenheid=gesprekken"
    )
    assert maat_bij("V1.1", "ja", ALLES, ("actorgroep", "cwi"), GESPREKKEN) == ""


@pytest.fixture
def ronde(db):
    """P1.1: ja, ja, nee, weet niet and nothing; a follow-up, a theme with one under it, a judged norm, a province."""
    ronde = maak_ronde(maak_instrument())
    zeeland = Regio.objects.create(soort=Regio.Soort.PROVINCIE, code="29", naam="Zeeland")
    dossiers = [maak_dossier(ronde, rol) for rol in ["voortrekker"] * 3 + ["niet-voortrekker"] * 2]
    for dossier, keuze in zip(dossiers, ["ja", "ja", "nee", "weet-niet"], strict=False):
        vind(dossier, "P1.1", keuze)
        Lidmaatschap.objects.create(gemeente=dossier.gemeente, regio=zeeland, geldig_van="2000-01-01")
    vind(dossiers[0], "P1.1a", "nee")
    for dossier, oordeel in zip(dossiers, ["voldoet", "voldoet_deels", "niet_te_beoordelen"], strict=False):
        if oordeel != "voldoet":
            beoordeel(dossier, "N1", oordeel)
    boven = Thema.objects.create(ronde=ronde, vraag=Vraag.objects.get(code="P1.1"), naam="Meer werk")
    onder = Thema.objects.create(ronde=ronde, vraag=boven.vraag, naam="Banen", ouder=boven)
    for thema, dossier in ((boven, dossiers[0]), (onder, dossiers[1])):
        Codering.objects.create(thema=thema, bevinding=dossier.bevindingen.get(vraag=boven.vraag))
    return ronde


@pytest.mark.parametrize("query", ["", "?rol=voortrekker&indeling=provincie", "?indeling=randstad"])
@pytest.mark.parametrize(
    ("naam", "code"), [("uitkomst_vraag", "P1.1"), ("uitkomst_vraag", "P1.1a"), ("uitkomst_norm", "N1")]
)
def test_elk_getal_heeft_zijn_maat(client, analist, ronde, naam, code, query):
    """Each "+" on the page: measured by the reader of sentences, its maat gives the figure before it."""
    client.force_login(analist)
    pagina = client.get(reverse(naam, args=[ronde.slug, code]) + query).content.decode()
    cellen = re.findall(r'">(\d+)(?: \(\d+%\))?</a> <a class="voegtoe" href="([^"]+)"', pagina)
    assert len(cellen) >= 4
    maten = [lees(parse_qs(urlsplit(unescape(adres)).query)["maat"][0]) for _, adres in cellen]
    gemeten = metingen(ronde, maten)
    assert [gemeten[maat].x for maat in maten] == [int(getal) for getal, _ in cellen]


def test_bij_de_dossiers_van_een_getal(client, analist, ronde):
    client.force_login(analist)
    adres = reverse("uitkomst_vraag", args=[ronde.slug, "P1.1"])
    naar = reverse("uitspraak_toevoegen", args=[ronde.slug])
    pagina = client.get(f"{adres}?antwoord=ja&groep=voortrekker").content.decode()
    assert f'<a href="{naar}?maat=P1.1%3Dja+rol%3Dvoortrekker">Voeg toe aan rapport</a>' in pagina
    assert ">Voeg toe aan rapport</a>" not in client.get(f"{adres}?antwoord=ja&zoek=x").content.decode()
    assert client.get(f"{naar}?maat=P1.1%3Dja+rol%3Dvoortrekker").status_code == 200


def test_geen_zin_over_alleen_vastgestelde_dossiers(client, analist, ronde):
    """Only the vastgestelde dossiers: a report counts all, so there is nothing to add."""
    client.force_login(analist)
    adres = reverse("uitkomst_vraag", args=[ronde.slug, "P1.1"])
    assert 'class="voegtoe"' not in client.get(f"{adres}?dossiers=vastgesteld").content.decode()


@pytest.mark.parametrize(
    ("query", "cellen"), [("?rij=P1.1&kolom=P1.1a", 1), ("?rij=rol&kolom=P1.1", 2), ("?rij=P1.1&kolom=rol", 0)]
)
def test_elke_cel_van_een_kruistabel(client, analist, ronde, query, cellen):
    """P1.1a is nee once, after ja; of the voortrekkers two say ja and one nee; groups on the columns make no sentence."""
    client.force_login(analist)
    pagina = client.get(reverse("kruistabel", args=[ronde.slug]) + query).content.decode()
    gevonden = re.findall(r'">(\d+)(?: \(\d+%\))?</a> <a class="voegtoe" href="([^"]+)"', pagina)
    assert len(gevonden) == cellen
    maten = [lees(parse_qs(urlsplit(unescape(adres)).query)["maat"][0]) for _, adres in gevonden]
    gemeten = metingen(ronde, maten)
    assert [gemeten[maat].x for maat in maten] == [int(getal) for getal, _ in gevonden]
