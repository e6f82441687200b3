"""Uitkomsten: what is counted, what is not, and that it adds up."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker

from rapportage import queries
from rapportage.indelingen import GROOTTE, RANDSTAD, ROL
from rapportage.indelingen import indelingen as alle_indelingen
from rapportage.models import Thema
from rapportage.queries import dossiers as queries_dossiers
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.uitkomst import Selectie
from regio.models import Lidmaatschap, Regio
from vragenlijst.models import Actorgroep, Bevinding, Bewijsstuk, Dossier, Interview, Vraag

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    return maak_ronde(maak_instrument())


def test_gesloten_vraag_per_groep(ronde):
    """Two voortrekkers say ja, one does not know; of the others one says nee and one has no finding yet."""
    voor = [maak_dossier(ronde) for _ in range(3)]
    niet = [maak_dossier(ronde, "niet-voortrekker") for _ in range(2)]
    for dossier, keuze in zip(voor + niet[:1], ["ja", "ja", "weet-niet", "nee"], strict=True):
        vind(dossier, "P1.1", keuze)
    uitkomst = queries.uitkomsten(ronde).vraag("P1.1")
    voortrekkers, niet_voortrekkers, alle = uitkomst.tellingen
    assert [t.groep.naam for t in uitkomst.tellingen] == ["Voortrekkers", "Niet-voortrekkers", "Alle gemeenten"]
    assert voortrekkers.per_keuze == {"ja": 2, "intentie": 0, "nee": 0}
    assert (voortrekkers.gevraagd, voortrekkers.beantwoord, voortrekkers.weet_niet) == (3, 2, 1)
    assert niet_voortrekkers.per_keuze == {"ja": 0, "intentie": 0, "nee": 1}
    assert (niet_voortrekkers.gevraagd, niet_voortrekkers.niet_vastgelegd) == (2, 1)
    assert alle.per_keuze == {"ja": 2, "intentie": 0, "nee": 1}
    assert (alle.gevraagd, alle.beantwoord, alle.weet_niet, alle.nvt, alle.niet_vastgelegd) == (5, 3, 1, 0, 1)


def test_vervolgvraag_is_gevraagd_waar_de_voorwaarde_geldt(ronde):
    """Four dossiers: ja and answered, ja and n.v.t., ja and open, nee with a lapsed answer that does not count."""
    dossiers = [maak_dossier(ronde) for _ in range(4)]
    for dossier, keuze in zip(dossiers, ["ja", "ja", "ja", "nee"], strict=True):
        vind(dossier, "P1.1", keuze)
    vind(dossiers[0], "P1.1a", "intentie")
    vind(dossiers[1], "P1.1a", "nvt")
    vind(dossiers[3], "P1.1a", "ja", vervallen=True)
    uitkomst = queries.uitkomsten(ronde).vraag("P1.1a")
    alle = uitkomst.alle
    assert uitkomst.voorwaarde.vraag == "P1.1"
    assert uitkomst.hoofdvraag == "P1.1"
    assert alle.per_keuze == {"ja": 0, "intentie": 1, "nee": 0}
    assert (alle.gevraagd, alle.beantwoord, alle.nvt, alle.niet_vastgelegd) == (3, 1, 1, 1)


def test_vervallen_voorwaarde_stelt_de_vraag_niet(ronde):
    dossier = maak_dossier(ronde)
    vind(dossier, "P1.1", "ja", vervallen=True)
    assert queries.uitkomsten(ronde).vraag("P1.1a").alle.gevraagd == 0


def test_open_gemeente_en_afspraken_tellen_als_er_iets_staat(ronde):
    een, twee, drie = (maak_dossier(ronde) for _ in range(3))
    vind(een, "P1.2", tekst="Meer overzicht.")
    vind(twee, "P1.2", tekst="")
    vind(een, "P2.1", gemeente=drie.gemeente)
    vind(een, "P2.2", rijen=[["werkgevers", "twintig plaatsen"]])
    vind(drie, "P2.2", rijen=[])
    uitkomsten = queries.uitkomsten(ronde)
    assert [uitkomsten.vraag(code).alle.beantwoord for code in ("P1.2", "P2.1", "P2.2")] == [1, 1, 1]
    assert [uitkomsten.vraag(code).alle.niet_vastgelegd for code in ("P1.2", "P2.1", "P2.2")] == [2, 2, 2]


def test_themas_tellen_dossiers(ronde):
    een, twee, drie = (maak_dossier(ronde, rol) for rol in ("voortrekker", "voortrekker", "niet-voortrekker"))
    gevonden = [
        vind(een, "P1.2", tekst="a"),
        vind(twee, "P1.2", tekst="b", vervallen=True),
        vind(drie, "P1.2", tekst="c"),
    ]
    vraag = gevonden[0].vraag
    for naam, bevindingen in {"Zelden": gevonden[1:2], "Banen": gevonden, "Aandacht": gevonden[:1]}.items():
        Thema.objects.create(ronde=ronde, vraag=vraag, naam=naam).bevindingen.set(bevindingen)
    themas = queries.uitkomsten(ronde).vraag("P1.2").themas
    assert [(t.naam, tuple(t.aantallen)) for t in themas] == [
        ("Banen", (1, 1, 2)),
        ("Aandacht", (1, 0, 1)),
        ("Zelden", (0, 0, 0)),
    ]


def test_normen_met_alleen_verklaard_en_nog_niet(ronde):
    """N1 demands evidence: deels without a document is on words alone, deels with one is not."""
    een, twee, drie, vier, vijf = (maak_dossier(ronde) for _ in range(5))
    stuk = baker.make(Bewijsstuk, dossier=twee, soort__instrument=ronde.instrument, datum=date(2008, 1, 1))
    beoordeel(een, "N1", "voldoet_deels")
    beoordeel(twee, "N1", "voldoet_deels", bewijsstuk=stuk)
    beoordeel(drie, "N1", "voldoet_niet")
    beoordeel(vier, "N2", "voldoet_deels")
    beoordeel(vijf, "N1", "niet_te_beoordelen")
    uitkomsten = queries.uitkomsten(ronde)
    alle = uitkomsten.norm("N1").alle
    assert alle.per_oordeel == {"voldoet": 0, "voldoet_deels": 2, "voldoet_niet": 1, "niet_te_beoordelen": 1}
    assert (alle.dossiers, alle.beoordeeld, alle.niet_te_beoordelen, alle.nog_niet) == (5, 3, 1, 1)
    assert alle.alleen_verklaard == 1
    assert uitkomsten.norm("N2").alle.alleen_verklaard == 0


def test_andere_rondes_tellen_niet_mee(ronde):
    ander = maak_ronde(ronde.instrument, slug="andere")
    vind(maak_dossier(ander), "P1.1", "ja")
    maak_dossier(ronde)
    uitkomsten = queries.uitkomsten(ronde)
    assert uitkomsten.aantal == 1
    assert uitkomsten.vraag("P1.1").alle.beantwoord == 0


def test_stand_van_de_ronde(ronde, collega):
    nu = "2008-05-01T12:00Z"
    maak_dossier(ronde, status=Dossier.Status.VASTGESTELD, toetser=collega, vastgesteld_op=nu)
    maak_dossier(ronde)
    uitkomsten = queries.uitkomsten(ronde)
    assert (uitkomsten.vastgesteld, uitkomsten.aantal, uitkomsten.gesloten) == (1, 2, False)


def test_lege_ronde(ronde):
    uitkomsten = queries.uitkomsten(ronde)
    assert uitkomsten.aantal == 0
    assert [groep.naam for groep in uitkomsten.groepen] == ["Alle gemeenten"]
    assert uitkomsten.vraag("P1.1").alle.gevraagd == 0


@pytest.mark.parametrize(
    ("indeling", "verwacht"),
    [
        (RANDSTAD, [("In de Randstad", 1), ("Ligging onbekend", 1), ("Alle gemeenten", 2)]),
        (GROOTTE, [("20.000 tot 50.000 inwoners", 1), ("Inwonertal onbekend", 1), ("Alle gemeenten", 2)]),
    ],
)
def test_andere_indeling_zonder_andere_code(ronde, indeling, verwacht):
    vind(maak_dossier(ronde, randstad=True, grootteklasse_code=4), "P1.1", "ja")
    maak_dossier(ronde)
    uitkomsten = queries.uitkomsten(ronde, indeling)
    assert [(groep.naam, n) for groep, n in uitkomsten.per_groep] == verwacht
    assert [t.per_keuze["ja"] for t in uitkomsten.vraag("P1.1").tellingen] == [1, 0, 1]


# --- Groups by regio, and a selection ------------------------------------------------------------------------------


def _lid(dossier, soort, naam, van=date(1900, 1, 1), tot=None):
    regio, _ = Regio.objects.get_or_create(soort=soort, code=f"{soort}-{naam}", defaults={"naam": naam})
    Lidmaatschap.objects.create(gemeente=dossier.gemeente, regio=regio, geldig_van=van, geldig_tot=tot)


@pytest.fixture
def verspreid(ronde):
    """Five dossiers; peildatum 1 June 2008. Zeeland holds 0, 1 and 2 (2 moves away only in 2009), Fryslân 3 since 2008; 4 left
    on the peildatum itself. P1.1: ja, nee, ja, ja, ja."""
    rollen = ["voortrekker", "voortrekker", "niet-voortrekker", "voortrekker", "voortrekker"]
    gemaakt = [maak_dossier(ronde, rol) for rol in rollen]
    for dossier in gemaakt[:2]:
        _lid(dossier, "provincie", "Zeeland")
    _lid(gemaakt[2], "provincie", "Zeeland", tot=date(2009, 1, 1))
    _lid(gemaakt[2], "provincie", "Fryslân", date(2009, 1, 1))
    _lid(gemaakt[3], "provincie", "Fryslân", date(2008, 1, 1))
    _lid(gemaakt[4], "provincie", "Zeeland", tot=ronde.peildatum)
    # Two COROP-gebieden at once: the membership that began first decides, so that a dossier counts once.
    _lid(gemaakt[0], "corop", "Delta", date(2005, 1, 1))
    _lid(gemaakt[0], "corop", "Kust", date(2001, 1, 1))
    for dossier, keuze in zip(gemaakt, ["ja", "nee", "ja", "ja", "ja"], strict=True):
        vind(dossier, "P1.1", keuze)
    return gemaakt


def test_naar_provincie_op_de_peildatum(ronde, verspreid):
    indelingen = alle_indelingen(ronde)
    assert list(indelingen) == ["rol", "grootteklasse", "randstad", "provincie", "corop"]
    uitkomsten = queries.uitkomsten(ronde, indelingen["provincie"])
    assert [(groep.code, groep.naam, n) for groep, n in uitkomsten.per_groep] == [
        ("fryslan", "Fryslân", 1),
        ("zeeland", "Zeeland", 3),
        ("onbekend", "Provincie onbekend", 1),
        ("alle", "Alle gemeenten", 5),
    ]
    assert [t.per_keuze["ja"] for t in uitkomsten.vraag("P1.1").tellingen] == [1, 2, 1, 4]
    assert [t.gevraagd for t in uitkomsten.vraag("P1.1a").tellingen] == [1, 2, 1, 4]


def test_een_dossier_in_twee_gebieden_telt_eenmaal(ronde, verspreid):
    uitkomsten = queries.uitkomsten(ronde, alle_indelingen(ronde)["corop"])
    assert [(groep.code, n) for groep, n in uitkomsten.per_groep] == [("kust", 1), ("onbekend", 4), ("alle", 5)]


@pytest.mark.parametrize(
    ("groepen", "dossiers", "ja"),
    [
        ((), [0, 1, 2, 3, 4], 4),
        ((("provincie", "zeeland"),), [0, 1, 2], 2),
        ((("provincie", "zeeland"), ("rol", "voortrekker")), [0, 1], 1),
        ((("provincie", "onbekend"),), [4], 1),
        ((("provincie", "fryslan"), ("rol", "niet-voortrekker")), [], 0),
        ((("randstad", "onbekend"), ("corop", "kust")), [0], 1),
    ],
)
def test_een_selectie_telt_wat_in_al_haar_groepen_is(ronde, verspreid, groepen, dossiers, ja):
    selectie = Selectie(groepen)
    uitkomsten = queries.uitkomsten(ronde, ROL, selectie)
    assert (uitkomsten.aantal, uitkomsten.in_ronde) == (len(dossiers), 5)
    assert uitkomsten.vraag("P1.1").alle.per_keuze["ja"] == ja
    assert queries.steekproef(ronde, selectie).aantal == len(dossiers)
    vraag = Vraag.objects.get(code="P1.1")
    regels = queries_dossiers.dossierregels(ronde, vraag, ROL, selectie)
    assert [regel.dossier for regel in regels] == [verspreid[plek] for plek in dossiers]


def test_onbekende_groep_in_een_selectie(ronde, verspreid):
    with pytest.raises(KeyError):
        queries.uitkomsten(ronde, ROL, Selectie((("provincie", "atlantis"),)))


def test_de_selectie_gaat_mee_in_elke_link(client, analist, ronde, verspreid):
    client.force_login(analist)
    adres = reverse("uitkomsten", args=[ronde.slug]) + "?indeling=provincie&rol=voortrekker"
    pagina = client.get(adres).content.decode()
    assert "Geteld: voortrekkers; 4 van de 5 dossiers." in pagina
    doel = f"{reverse('uitkomst_vraag', args=[ronde.slug, 'P1.1'])}?indeling=provincie&amp;rol=voortrekker"
    assert f'<a href="{doel}&amp;antwoord=ja&amp;groep=zeeland#dossiers">1 (50%)</a>' in pagina
    regels = client.get(f"{doel}&antwoord=ja&groep=zeeland".replace("&amp;", "&")).context["regels"]
    assert [regel.dossier for regel in regels] == [verspreid[0]]


def _vul(ronde, aantal):
    for nummer in range(aantal):
        dossier = maak_dossier(ronde, "niet-voortrekker" if nummer % 3 else "voortrekker")
        vind(dossier, "P1.1", "ja")
        bevinding = vind(dossier, "P1.2", tekst="tekst")
        beoordeel(dossier, "N2", "voldoet")
        thema, _ = Thema.objects.get_or_create(ronde=ronde, vraag=bevinding.vraag, naam=f"Thema {nummer % 2}")
        thema.bevindingen.add(bevinding)
        _lid(dossier, "provincie", f"Gewest {nummer % 12}")
        groep, _ = Actorgroep.objects.get_or_create(
            instrument=ronde.instrument, code="cwi", defaults={"naam": "CWI", "domein": "CWI/UWV", "volgorde": 1}
        )
        Interview.objects.create(dossier=dossier, actorgroep=groep, datum=date(2008, 2, 3), status="gehouden")


@pytest.mark.parametrize(
    "lees",
    [
        lambda ronde: queries.uitkomsten(ronde, alle_indelingen(ronde)["provincie"]),
        queries.steekproef,
        lambda ronde: queries_dossiers.dossierregels(ronde, Vraag.objects.get(code="P1.2")),
    ],
    ids=["uitkomsten", "steekproef", "dossierregels"],
)
def test_evenveel_queries_voor_2_als_voor_22_dossiers(ronde, lees):
    aantallen = []
    for erbij in (2, 20):
        _vul(ronde, erbij)
        with CaptureQueriesContext(connection) as meting:
            lees(ronde)
        aantallen.append(len(meting))
    assert aantallen[0] == aantallen[1]
    assert aantallen[0] <= 13


# --- The sample and one question ----------------------------------------------------------------------------------


def test_steekproef(ronde):
    zeeland = Regio.objects.create(soort=Regio.Soort.PROVINCIE, code="29", naam="Zeeland")
    een = maak_dossier(ronde, randstad=False, grootteklasse_code=4)
    twee = maak_dossier(ronde, "niet-voortrekker", randstad=True, grootteklasse_code=8)
    Lidmaatschap.objects.create(gemeente=een.gemeente, regio=zeeland, geldig_van=date(1900, 1, 1))
    Lidmaatschap.objects.create(gemeente=twee.gemeente, regio=zeeland, geldig_van=date(2009, 1, 1))
    for volgorde, (code, domein) in enumerate([("cwi", "CWI/UWV"), ("uwv", "CWI/UWV"), ("sz", "Gemeentelijk domein")]):
        Actorgroep.objects.create(instrument=ronde.instrument, code=code, naam=code, domein=domein, volgorde=volgorde)
    groep = {g.code: g for g in Actorgroep.objects.all()}
    for dossier, code, dag, status in [
        (een, "cwi", date(2008, 2, 11), "gehouden"),
        (een, "uwv", date(2008, 3, 1), "ter_accordering"),
        (twee, "sz", date(2008, 4, 29), "gehouden"),
        (twee, "sz", date(2008, 1, 1), "gepland"),
        (twee, "uwv", date(2008, 6, 1), "vervallen"),
    ]:
        Interview.objects.create(dossier=dossier, actorgroep=groep[code], datum=dag, status=status)
    steekproef = queries.steekproef(ronde)
    assert steekproef.dossiers == (1, 1, 2)
    assert steekproef.verdeling("Ligging").regels == (("In de Randstad", (0, 1, 1)), ("Buiten de Randstad", (1, 0, 1)))
    assert steekproef.verdeling("Grootteklasse").regels == (
        ("20.000 tot 50.000 inwoners", (1, 0, 1)),
        ("250.000 of meer inwoners", (0, 1, 1)),
    )
    assert steekproef.verdeling("Provincie").regels == (("Zeeland", (1, 0, 1)), ("Provincie onbekend", (0, 1, 1)))
    assert [(g.domein, g.interviews, g.gemeenten) for g in steekproef.gesprekken] == [
        ("CWI/UWV", 2, 1),
        ("Gemeentelijk domein", 1, 1),
    ]
    assert (steekproef.eerste, steekproef.laatste) == (date(2008, 2, 11), date(2008, 4, 29))


def test_steekproef_van_een_ronde_zonder_interviews(ronde):
    steekproef = queries.steekproef(ronde)
    assert (steekproef.aantal, steekproef.interviews, steekproef.eerste) == (0, 0, None)


def test_dossierregels(ronde):
    een, twee, drie = (maak_dossier(ronde) for _ in range(3))
    vind(een, "P1.1", "ja")
    vind(twee, "P1.1", "nee")
    vind(een, "P1.1a", "ja")
    vind(twee, "P1.1a", "ja", vervallen=True)
    regels = queries_dossiers.dossierregels(ronde, Vraag.objects.get(code="P1.1a"))
    assert [(r.dossier, r.gevraagd, r.telt) for r in regels] == [
        (een, True, True),
        (twee, False, False),
        (drie, False, False),
    ]
    assert Bevinding.objects.count() == 4
