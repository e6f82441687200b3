"""From a count to a sentence in the report: the draft says what the count says, bound to its maat, and lands in the passage."""

import pytest
from django.urls import reverse

from rapportage import actions
from rapportage.bewoording import Woorden, groep, in_woorden, zegt
from rapportage.models import Rapport
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.uitspraken.maat import lees
from vragenlijst.models import Dossier

WOORDEN = Woorden(
    instrument="regionale-samenwerking",
    vragen={
        "V1.1": ("Is het initiatief genomen?", {"ja": "ja", "nee": "nee"}),
        "P1": ("Is er iets?", {"a": "veel", "b": "weinig"}),
    },
    normen={"A1.1": "regie nemen"},
    groepen={("rol", "voortrekker"): ("voortrekkers", "voortrekker")},
)


@pytest.mark.parametrize(
    ("maat", "woorden"),
    [
        ("V1.1=ja", "is het initiatief genomen om gemeentelijke partijen bij elkaar te brengen"),
        ("V1.1=ja|nee", "is het antwoord 'ja' of 'nee' op de vraag \"Is het initiatief genomen?\""),
        ("P1=b", "is het antwoord 'weinig' op de vraag \"Is er iets?\""),
        ("A1.1=voldoet_niet", "wordt niet voldaan aan aandachtspunt A1.1, regie nemen"),
        ("P1!=b", ""),
        ("P1=b&V1.1=ja", ""),
        ("P1=thema:x", ""),
        ("dossiers", ""),
    ],
)
def test_wat_een_maat_zegt(maat, woorden):
    assert zegt(lees(maat), WOORDEN) == woorden


@pytest.mark.parametrize(
    ("maat", "wie"),
    [
        ("V1.1=ja", ("onderzochte gemeente", "onderzochte gemeenten")),
        ("V1.4=ja", ("gemeente die regionaal samenwerkt", "gemeenten die regionaal samenwerken")),
        ("V1.1=ja rol=voortrekker", ("voortrekker", "voortrekkers")),
        ("V1.1=ja rol!=voortrekker", None),
        ("V1.1=ja rol=voortrekker randstad=ja", None),
        ("V1.1=ja eenheid=gesprekken", None),
    ],
)
def test_wie_er_geteld_zijn(maat, wie):
    assert groep(lees(maat), WOORDEN) == wie


@pytest.fixture
def ronde(db):
    """Three say ja, one nee; the last is no voortrekker."""
    ronde = maak_ronde(maak_instrument())
    for rol, keuze in [("voortrekker", "ja")] * 3 + [("niet-voortrekker", "nee")]:
        vind(maak_dossier(ronde, rol), "P1.1", keuze)
    return ronde


@pytest.fixture
def pagina(client, analist, ronde):
    client.force_login(analist)
    return lambda maat=None: client.get(
        reverse("uitspraak_toevoegen", args=[ronde.slug]), {"maat": maat} if maat is not None else {}
    )


def test_de_zin_komt_in_de_passage(client, analist, ronde, pagina):
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    passage = rapport.passages.get(plaats="conclusies", onderdeel__code="1")
    actions.passage_opslaan(passage, "Wat er stond.", 1, analist)
    antwoord = pagina("P1.1=ja rol=voortrekker")
    zin = "Bij [alle voortrekkers (3 van 3)]{P1.1=ja rol=voortrekker} is het antwoord 'ja' op de vraag \"Wordt er samengewerkt?\"."
    assert antwoord.context["form"].fields["zin"].choices[0][0] == zin
    assert "Bij alle voortrekkers (3 van 3) is het antwoord" in antwoord.content.decode()
    adres = f"{reverse('uitspraak_toevoegen', args=[ronde.slug])}?maat=P1.1%3Dja+rol%3Dvoortrekker"
    zonder = zin.replace(" (3 van 3)", "")
    assert client.post(adres, {"zin": zonder, "passage": passage.pk}).status_code == 302
    passage.refresh_from_db()
    assert passage.tekst == f"Wat er stond.\n\n{zonder}"
    assert (
        client.post(adres, {"zin": "Iets anders.", "passage": passage.pk}).status_code == 200
    )  # only what was drafted
    Rapport.objects.update(status=Rapport.Status.VASTGESTELD)
    assert client.post(adres, {"zin": zonder, "passage": passage.pk}).status_code == 200
    passage.refresh_from_db()
    assert passage.versie == 3


@pytest.mark.parametrize(
    ("maat", "woorden"),
    [
        ("V1.1=ja", "Is het initiatief genomen? (V1.1): ja"),
        ("P1=a|b rol=voortrekker", "Is er iets? (P1): veel of weinig; onder de voortrekkers"),
        ("A1.1=voldoet_niet", "regie nemen (A1.1): voldoet niet"),
        ("P1!=thema:meer-werk van=V1.1=*", "Is er iets? (P1): niet thema meer werk; van de gemeenten met Is het initiatief genomen? (V1.1): beantwoord"),
        ("P1=thema:meer-werk van=P1=a", "Is er iets? (P1): thema meer werk; van de gemeenten met ‘veel’ op dezelfde vraag"),
        ("rol=voortrekker", "voortrekkers"),
        ("dossiers", "De onderzochte gemeenten"),
    ],
)  # fmt: skip
def test_een_maat_voor_wie_de_codes_niet_kent(maat, woorden):
    assert in_woorden(lees(maat), WOORDEN) == woorden


def test_een_telling_wordt_in_woorden_gekozen(client, ronde, pagina):
    """Without a code: the answer and the group are picked, and the page says them in words."""
    leeg = pagina().content.decode()
    assert 'label="P1.1 Wordt er samengewerkt?"' in leeg
    assert "P1.1=ja is ‘ja’ op P1.1." in leeg
    adres = reverse("uitspraak_toevoegen", args=[ronde.slug])
    antwoord = client.get(adres, {"telling": "P1.1=ja", "groep": "rol=voortrekker", "maat": ""})
    assert str(antwoord.context["zin"].maat) == "P1.1=ja rol=voortrekker"
    assert "<h2>Wordt er samengewerkt? (P1.1): ja; onder de voortrekkers</h2>" in antwoord.content.decode()


def test_een_oordeel(ronde, pagina, analist):
    actions.maak_rapport(Rapport.voor(ronde), analist)
    for dossier in Dossier.objects.filter(ronde=ronde)[:2]:
        beoordeel(dossier, "N2", "voldoet_deels")
    assert "deels voldaan aan aandachtspunt N2, norm 2" in pagina("N2=voldoet_deels").context["zin"].met_getal


@pytest.mark.parametrize(
    ("maat", "zegt"),
    [
        (None, "Een uitspraak is een zin"),
        ("", "Maak een keuze, of typ een maat."),
        ("P1.1", "er hoort een code en een antwoord te staan"),
        ("P9.9=ja", "bestaat niet in deze ronde"),
        ("N1=voldoet", "Hierover is nog niets vastgelegd"),
        ("P1.1=ja", "Deze ronde heeft nog geen rapport"),
    ],
)
def test_wat_er_mis_kan_zijn(pagina, maat, zegt):
    assert zegt in pagina(maat).content.decode()
