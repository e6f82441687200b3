"""From a figure to the dossiers behind it: questions and norms down to findings, judgements and what was said."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker

from rapportage import queries
from rapportage.models import Thema
from rapportage.queries import dossiers as queries_dossiers
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, schrijver, vind
from rapportage.uitkomst import Selectie
from vragenlijst.models import (
    Aandachtspunt,
    Actorgroep,
    Antwoord,
    Bewijsstuk,
    Dossier,
    Gesprekspartner,
    Interview,
    Vraag,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    return maak_ronde(maak_instrument())


@pytest.fixture
def dossiers(ronde):
    """Four voortrekkers and a niet-voortrekker; P1.1: ja, ja, nee, weet niet, and nothing yet."""
    gemaakt = [maak_dossier(ronde) for _ in range(4)] + [maak_dossier(ronde, "niet-voortrekker")]
    for dossier, keuze in zip(gemaakt, ["ja", "ja", "nee", "weet-niet"], strict=False):
        vind(dossier, "P1.1", keuze)
    return gemaakt


@pytest.fixture
def kijk(client, analist, ronde):
    client.force_login(analist)

    def kijk(naam, code, query=""):
        return client.get(reverse(naam, args=[ronde.slug, code]) + query)

    return kijk


def gesprek(dossier, groep="cwi", status="gehouden", **antwoorden) -> Interview:
    """An interview with answers by code, as a choice or as (choice, note, quote); P1_1 for P1.1."""
    actorgroep, _ = Actorgroep.objects.get_or_create(
        instrument=dossier.ronde.instrument,
        code=groep,
        defaults={"naam": groep.upper(), "domein": "CWI/UWV", "volgorde": 1},
    )
    interview = Interview.objects.create(dossier=dossier, actorgroep=actorgroep, datum=date(2008, 3, 3), status=status)
    for code, inhoud in antwoorden.items():
        vraag = Vraag.objects.get(onderdeel__instrument=dossier.ronde.instrument, code=code.replace("_", "."))
        keuze, toelichting, citaat = inhoud if isinstance(inhoud, tuple) else (inhoud, "", "")
        Antwoord.objects.create(
            interview=interview, vraag=vraag, keuze=vraag.keuzes.get(code=keuze), toelichting=toelichting, citaat=citaat,
            gewijzigd_door=schrijver(),
        )  # fmt: skip
    return interview


# --- Questions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "verwacht"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("?antwoord=ja", [0, 1]),
        ("?antwoord=nee", [2]),
        ("?antwoord=beantwoord", [0, 1, 2]),
        ("?antwoord=weet_niet", [3]),
        ("?antwoord=niet_vastgelegd", [4]),
        ("?antwoord=gevraagd&groep=niet-voortrekker", [4]),
        ("?groep=voortrekker", [0, 1, 2, 3]),
        ("?groep=alle&antwoord=ja", [0, 1]),
    ],
)
def test_de_dossiers_achter_een_getal(kijk, dossiers, query, verwacht):
    antwoord = kijk("uitkomst_vraag", "P1.1", query)
    assert [regel.dossier for regel in antwoord.context["regels"]] == [dossiers[plek] for plek in verwacht]


@pytest.mark.parametrize(
    "query", ["?antwoord=misschien", "?groep=allen", "?thema=x", "?indeling=kleur", "?dossiers=geen"]
)
def test_een_keuze_die_er_niet_is_wordt_gezegd(kijk, dossiers, query):
    antwoord = kijk("uitkomst_vraag", "P1.1", query)
    assert antwoord.status_code == 200
    assert len(antwoord.context["regels"]) == 5
    assert "Deze keuze bestaat niet (meer)." in antwoord.content.decode()


def test_elk_getal_leidt_naar_zoveel_dossiers(client, analist, ronde, dossiers):
    """Every link in the tables of the page: as many dossiers behind it as it says."""
    vind(dossiers[0], "P1.1a", "ja")
    vind(dossiers[4], "P1.2", tekst="Iets.")
    for dossier, oordeel in zip(dossiers, ["voldoet", "voldoet_deels", "niet_te_beoordelen"], strict=False):
        if oordeel != "voldoet":
            beoordeel(dossier, "N1", oordeel)
        beoordeel(dossier, "N2", oordeel)
    thema = Thema.objects.create(ronde=ronde, vraag=Vraag.objects.get(code="P1.1"), naam="Banen")
    thema.bevindingen.set([dossiers[0].bevindingen.get(vraag__code="P1.1")])
    client.force_login(analist)
    pagina = client.get(reverse("uitkomsten", args=[ronde.slug])).content.decode()
    links = re.findall(r'<td class="getal"><a href="([^"]+)#dossiers">(\d+)', pagina)
    assert len(links) > 40
    for adres, aantal in links:
        assert len(client.get(adres.replace("&amp;", "&")).context["regels"]) == int(aantal), adres


def test_thema_leidt_naar_zijn_dossiers(kijk, ronde, dossiers):
    thema = Thema.objects.create(ronde=ronde, vraag=Vraag.objects.get(code="P1.1"), naam="Banen")
    thema.bevindingen.set([dossiers[1].bevindingen.get()])
    antwoord = kijk("uitkomst_vraag", "P1.1", f"?thema={thema.pk}")
    assert [regel.dossier for regel in antwoord.context["regels"]] == [dossiers[1]]


def test_motivatie_toelichting_en_citaat_zonder_namen(kijk, dossiers):
    dossiers[0].bevindingen.update(motivatie="Twee van de drie zeggen het.")
    interview = gesprek(dossiers[0], P1_1=("ja", "Zij noemen het platform.", "Wij doen het samen."))
    Gesprekspartner.objects.create(interview=interview, naam="Quirina Zonderling", organisatie="Vestiging Noordpool")
    gesprek(dossiers[0], "uwv", status="gepland", P1_1=("nee", "Nog niet gezegd.", ""))
    pagina = kijk("uitkomst_vraag", "P1.1").content.decode()
    for tekst in ("Twee van de drie zeggen het.", "Zij noemen het platform.", "Wij doen het samen.", "CWI"):
        assert tekst in pagina
    for tekst in ("Quirina", "Noordpool", "Nog niet gezegd."):
        assert tekst not in pagina


def test_een_bron_telt_alleen_waar_de_vraag_is_gesteld(ronde, dossiers):
    """Who said nee before, was not asked P1.1a; an answer that is left from then is no source."""
    gesprek(dossiers[0], "cwi", P1_1="ja", P1_1a="nee")
    gesprek(dossiers[0], "uwv", P1_1="nee", P1_1a="ja")
    regel = queries_dossiers.dossierregels(ronde, Vraag.objects.get(code="P1.1a"))[0]
    assert [bron.interview.actorgroep.code for bron in regel.bronnen] == ["cwi"]


def test_naar_de_bevinding_zelf_en_naar_de_buren(kijk, dossiers):
    pagina = kijk("uitkomst_vraag", "P1.1a", "?indeling=randstad").content.decode()
    assert f'href="/dossiers/{dossiers[0].pk}/bevindingen/#P1.1a"' in pagina
    assert 'href="/rondes/proefronde/uitkomsten/?indeling=randstad#v-p1-1a">Terug naar de uitkomsten' in pagina
    assert 'href="/rondes/proefronde/uitkomsten/P1.1/?indeling=randstad">Vorige: P1.1<' in pagina
    assert 'href="/rondes/proefronde/uitkomsten/P1.2/?indeling=randstad">Volgende: P1.2<' in pagina


def test_opslaan_houdt_de_gekozen_dossiers(client, analist, ronde, dossiers):
    """Ticks are saved of what is on the page, and the page stays as it was chosen."""
    client.force_login(analist)
    adres = reverse("uitkomst_vraag", args=[ronde.slug, "P1.1"]) + "?antwoord=nee"
    form = client.get(adres).context["themaform"]
    veld = f"b{dossiers[2].bevindingen.get().pk}"
    assert [naam for naam in form.fields if naam.startswith("b")] == [veld]
    antwoord = client.post(adres, {"gezien": form["gezien"].value(), "nieuw": "Geen tijd", veld: ["0"]})
    assert antwoord["Location"] == adres
    assert Thema.objects.get().bevindingen.get().dossier == dossiers[2]


# --- Norms ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def beoordeeld(dossiers):
    """N1, which demands a convenant: met with one, met in part on words alone, not met, not to be judged, not judged yet."""
    norm = Aandachtspunt.objects.get(code="N1")
    stuk = baker.make(
        Bewijsstuk, dossier=dossiers[0], soort__instrument=dossiers[0].ronde.instrument, soort__naam="Convenant",
        titel="Samen aan de slag", datum=date(2007, 1, 1), akkoord_door="het college", akkoord_op=date(2007, 1, 1),
    )  # fmt: skip
    norm.bewijssoorten.add(stuk.soort)
    beoordeel(dossiers[0], "N1", "voldoet", bewijsstuk=stuk)
    beoordeel(dossiers[1], "N1", "voldoet_deels")
    beoordeel(dossiers[2], "N1", "voldoet_niet")
    beoordeel(dossiers[3], "N1", "niet_te_beoordelen")
    return dossiers


def test_norm_per_gemeente(kijk, beoordeeld):
    pagina = kijk("uitkomst_norm", "N1").content.decode()
    assert "Convenant ‘Samen aan de slag’" in pagina
    assert pagina.count("alleen verklaard</span>") == 1
    assert pagina.count("Zie het verslag.") == 4
    assert "nog niet beoordeeld" in pagina
    assert f'href="/dossiers/{beoordeeld[0].pk}/beoordelingen/#N1"' in pagina
    assert 'uitkomsten/normen/N2/">Volgende: N2<' in pagina


@pytest.mark.parametrize(
    ("query", "verwacht"),
    [
        ("?oordeel=voldoet", [0]),
        ("?oordeel=alleen_verklaard", [1]),
        ("?oordeel=beoordeeld", [0, 1, 2]),
        ("?oordeel=niet_te_beoordelen", [3]),
        ("?oordeel=nog_niet", [4]),
        ("?oordeel=dossiers&groep=voortrekker", [0, 1, 2, 3]),
        ("?oordeel=prima", [0, 1, 2, 3, 4]),
    ],
)
def test_de_dossiers_achter_een_oordeel(kijk, beoordeeld, query, verwacht):
    antwoord = kijk("uitkomst_norm", "N1", query)
    assert [regel.dossier for regel in antwoord.context["regels"]] == [beoordeeld[plek] for plek in verwacht]


def test_onbekende_norm(kijk, ronde):
    assert kijk("uitkomst_norm", "N99").status_code == 404


# --- Which dossiers and which groups --------------------------------------------------------------------------------


@pytest.fixture
def stel_vast(collega):
    """These dossiers are done: nothing in them can change any more."""

    def stel_vast(dossiers):
        Dossier.objects.filter(pk__in=[dossier.pk for dossier in dossiers]).update(
            status="vastgesteld", toetser=collega, vastgesteld_op="2008-05-01T12:00Z"
        )

    return stel_vast


def test_alleen_vastgestelde_dossiers(ronde, dossiers, stel_vast):
    vraag = Vraag.objects.get(code="P1.1")
    thema = Thema.objects.create(ronde=ronde, vraag=vraag, naam="Banen")
    thema.bevindingen.set([dossiers[0].bevindingen.get(), dossiers[2].bevindingen.get()])
    beoordeel(dossiers[1], "N2", "voldoet")
    beoordeel(dossiers[3], "N2", "voldoet")
    stel_vast(dossiers[:2])
    alle, gekozen = queries.uitkomsten(ronde), queries.uitkomsten(ronde, selectie=Selectie(alleen_vastgesteld=True))
    assert [u.vraag("P1.1").alle.per_keuze for u in (alle, gekozen)] == [
        {"ja": 2, "intentie": 0, "nee": 1},
        {"ja": 2, "intentie": 0, "nee": 0},
    ]
    assert [u.vraag("P1.1a").alle.gevraagd for u in (alle, gekozen)] == [2, 2]
    assert [u.norm("N2").alle.voldoet for u in (alle, gekozen)] == [2, 1]
    assert [u.vraag("P1.1").themas[0].alle for u in (alle, gekozen)] == [2, 1]
    assert [(u.aantal, u.vastgesteld, u.in_ronde) for u in (alle, gekozen)] == [(5, 2, 5), (2, 2, 5)]


def test_de_keuze_van_dossiers_gaat_mee(client, analist, ronde, dossiers, stel_vast):
    stel_vast(dossiers[:2])
    client.force_login(analist)
    pagina = client.get(reverse("uitkomsten", args=[ronde.slug]) + "?dossiers=vastgesteld").content.decode()
    assert "Alleen de vastgestelde dossiers zijn geteld: 2 van de 5." in pagina
    adres = "/rondes/proefronde/uitkomsten/P1.1/?dossiers=vastgesteld&amp;antwoord=ja&amp;groep=voortrekker#dossiers"
    assert f'<a href="{adres}">2 (100%)</a>' in pagina
    antwoord = client.get(adres.replace("&amp;", "&"))
    assert [regel.dossier for regel in antwoord.context["regels"]] == dossiers[:2]


def test_andere_groepen(client, analist, ronde):
    vind(maak_dossier(ronde, randstad=True), "P1.1", "ja")
    buiten = maak_dossier(ronde, "niet-voortrekker", randstad=False)
    vind(buiten, "P1.1", "ja")
    client.force_login(analist)
    pagina = client.get(reverse("uitkomsten", args=[ronde.slug]) + "?indeling=randstad").content.decode()
    assert "Buiten de Randstad" in pagina
    adres = "/rondes/proefronde/uitkomsten/P1.1/?indeling=randstad&amp;antwoord=ja&amp;groep=nee#dossiers"
    assert adres in pagina
    antwoord = client.get(adres.replace("&amp;", "&"))
    assert [regel.dossier for regel in antwoord.context["regels"]] == [buiten]


# --- Cost -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lees",
    [
        lambda ronde: queries_dossiers.dossierregels(ronde, Vraag.objects.get(code="P1.1a")),
        lambda ronde: queries_dossiers.normregels(ronde, Aandachtspunt.objects.get(code="N1")),
    ],
    ids=["vraag", "norm"],
)
def test_evenveel_queries_voor_2_als_voor_12_dossiers(ronde, lees):
    aantallen = []
    for erbij in (2, 10):
        for _ in range(erbij):
            dossier = maak_dossier(ronde)
            vind(dossier, "P1.1", "ja")
            vind(dossier, "P1.1a", "ja")
            beoordeel(dossier, "N1", "voldoet_deels")
            gesprek(dossier, P1_1="ja", P1_1a="ja")
        with CaptureQueriesContext(connection) as meting:
            for regel in lees(ronde):
                str(regel.dossier.gemeente)
        aantallen.append(len(meting))
    assert aantallen[0] == aantallen[1]
