"""Mijn werk: what is next, what is late, what came back, what waits, the coverage, and searching in it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from vragenlijst import werkvoorraad
from vragenlijst.actions import zet_status
from vragenlijst.models import Dossier, Interview, Opmerking, Ronde
from vragenlijst.termijnen import Termijn, in_woorden, laatste_dag_van
from vragenlijst.tests.factories import maak_antwoord, maak_dossier, maak_gemeente, maak_interview, maak_ronde
from vragenlijst.tests.test_zet_status import maak_compleet
from vragenlijst.werkvoorraad import Groep

IN_UITVOERING = Dossier.Status.IN_UITVOERING


def dag(afstand: int) -> date:
    return timezone.localdate() + timedelta(days=afstand)


@pytest.fixture
def werk(client, inspecteur):
    """Mijn werk of the inspector, as the page shows it: werk(**search terms)."""
    client.force_login(inspecteur)
    return lambda **zoek: client.get(reverse("mijn_werk"), zoek)


def groepen(response) -> dict[str, list[str]]:
    """The municipalities per group, in order."""
    return {groep.titel: [str(r.dossier.gemeente) for r in regels] for groep, regels in response.context["groepen"]}


def enige(response):
    [regel] = response.context["eigen"]
    return regel


def volgende(response) -> str:
    """The next step of the only dossier there is."""
    stap = enige(response).stap
    return stap.tekst if stap else ""


# --- How far off ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("datum", "woorden"),
    [
        (date(2008, 3, 14), "vandaag"),
        (date(2008, 3, 15), "morgen"),
        (date(2008, 3, 16), "over 2 dagen"),
        (date(2008, 5, 13), "over 60 dagen"),  # 17 in March, 30 in April, 13 in May
        (date(2008, 5, 14), "uiterlijk 14-05-2008"),
        (date(2008, 3, 13), "1 dag te laat"),
        (date(2008, 2, 29), "14 dagen te laat"),  # a leap year
        (date(2008, 1, 14), "60 dagen te laat"),  # 17 in January, 29 in February, 14 in March
        (date(2008, 1, 13), "te laat sinds 13-01-2008"),
    ],
)
def test_termijn_in_woorden(datum, woorden):
    vandaag = date(2008, 3, 14)
    assert in_woorden(datum, vandaag) == woorden
    assert Termijn("x", datum, vandaag).te_laat is (datum < vandaag)


@pytest.mark.parametrize(
    ("tekst", "dag"),
    [
        ("2010", date(2010, 12, 31)),
        ("februari 2012", date(2012, 2, 29)),
        ("Najaar 2010", date(2010, 11, 30)),
        ("het voorjaar van 2009", date(2009, 5, 31)),
        ("medio 2009", date(2009, 6, 30)),
        ("2e kwartaal 2010", date(2010, 6, 30)),
        ("1e helft 2010", date(2010, 6, 30)),
        ("3e helft 2010", None),
        ("ooit 2010", None),
        ("najaar", None),
        ("12-03-2010", None),
        ("2910", None),
    ],
)
def test_laatste_dag_van_een_periode(tekst, dag):
    assert laatste_dag_van(tekst) == dag


# --- The next step --------------------------------------------------------------------------------------------------


def test_mijn_werk_wijst_steeds_de_volgende_stap(werk, client, veldwerk, inspecteur, collega):
    Interview.objects.update(datum=None)
    assert volgende(werk()) == "Kies een datum: interview Sociale zaken"
    Interview.objects.update(datum=dag(0))
    assert volgende(werk()).startswith("Bereid voor: interview Sociale zaken")
    Interview.objects.update(datum=date(2008, 2, 5))
    assert volgende(werk()) == "Werk uit: interview Sociale zaken (05-02-2008)"
    veldwerk.interview.refresh_from_db()
    maak_compleet(veldwerk)
    assert volgende(werk()) == "Bied ter toetsing aan"
    veldwerk.dossier.beoordelingen.filter(aandachtspunt__code="A1.2").delete()
    assert volgende(werk()) == "Beoordeel aandachtspunten: nog 1"
    veldwerk.dossier.bevindingen.filter(vraag__code="V3.1").delete()
    assert volgende(werk()) == "Leg bevindingen vast: nog 1"


def test_een_nieuw_dossier_begint_met_een_interview(werk, veldwerk, inspecteur):
    zet_status(veldwerk.interview, "vervallen", inspecteur, reden="Ziek.")
    assert volgende(werk()) == "Plan het eerste interview"


def test_toetsen_staat_apart_en_wacht_bij_de_inspecteur(werk, client, veldwerk, inspecteur, collega):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", inspecteur)
    response = werk()
    assert groepen(response) == {"Wacht op een ander": ["Proefdam"]}
    assert enige(response).wacht_op.startswith("Ligt ter toetsing bij Cor Bakker sinds ")
    client.force_login(collega)
    response = client.get(reverse("mijn_werk"))
    [regel] = response.context["toetsen"]
    assert (regel.dossier, regel.stap.tekst) == (veldwerk.dossier, "Toets het dossier")
    assert response.context["eigen"] == []
    zet_status(veldwerk.dossier, "vastgesteld", collega)
    assert client.get(reverse("mijn_werk")).context["toetsen"] == []


def test_teruggegeven_met_reden_en_opmerkingen(werk, client, veldwerk, inspecteur, collega):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", inspecteur)
    zet_status(veldwerk.dossier, "in_uitvoering", collega, reden="A2.4 is te mager gemotiveerd.")
    for tekst in ("Waarom niet?", "Wie zei dit?"):
        Opmerking.objects.create(dossier=veldwerk.dossier, tekst=tekst, door=collega)
    Opmerking.objects.create(
        dossier=veldwerk.dossier,
        tekst="Al gedaan.",
        door=collega,
        afgehandeld_op=timezone.now(),
        afgehandeld_door=inspecteur,
    )
    client.force_login(inspecteur)
    response = werk()
    html = response.content.decode()
    assert groepen(response) == {"Teruggekomen": ["Proefdam"]}
    assert "A2.4 is te mager gemotiveerd." in html
    assert "2 opmerkingen van de toetser" in html
    assert volgende(response) == "Handel opmerkingen af: nog 2"
    assert reverse("opmerkingen", args=[veldwerk.dossier.pk]) in html
    # Handed in again, it is not "back" any more.
    Opmerking.objects.update(afgehandeld_op=timezone.now(), afgehandeld_door=inspecteur)
    zet_status(veldwerk.dossier, "ter_toetsing", inspecteur)
    assert groepen(werk()) == {"Wacht op een ander": ["Proefdam"]}


def test_heropend_is_ook_teruggekomen(werk, veldwerk, inspecteur, collega):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", collega)
    assert groepen(werk()) == {"Vastgesteld": ["Proefdam"]}
    zet_status(veldwerk.dossier, "in_uitvoering", collega, reden="Nieuw stuk ontvangen.")
    response = werk()
    assert groepen(response) == {"Teruggekomen": ["Proefdam"]}
    assert "Heropend</strong> door Cor Bakker" in response.content.decode()


def test_wat_aandacht_vraagt_naast_de_stap(werk, veldwerk):
    maak_compleet(veldwerk)
    veldwerk.antwoord("V2.5", keuze="ja")
    signalen = [signaal.tekst for signaal in enige(werk()).signalen]
    assert signalen == ["1 bevinding te herzien", "1 verslag nog niet ter accordering"]


def test_in_een_ronde_in_concept_valt_niets_te_doen(werk, client, veldwerk, inspecteur):
    ronde = maak_ronde(veldwerk.instrument, "later", peildatum=date(2010, 1, 1))
    later = maak_dossier(ronde, maak_gemeente("9910", "Laterdam"), inspecteur)
    response = werk()
    assert "De ronde is nog niet open." in client.get(later.get_absolute_url()).content.decode()
    assert groepen(response)["In een ronde die nog niet open is"] == ["Laterdam"]


# --- Late -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "datum", "verwacht"),
    [
        ({}, 3, None),
        ({"interviews_voor": 5}, 3, ("interviews houden", 5)),
        ({"interviews_voor": 5, "aanbieden_voor": 9}, 3, ("interviews houden", 5)),
        ({"aanbieden_voor": 9, "toetsen_voor": 2}, 3, ("ter toetsing aanbieden", 9)),
        ({"interviews_voor": -2}, 3, ("interviews houden", -2)),
        ({"interviews_voor": 5}, -3, ("interview uitwerken", -3)),  # was to be held three days ago
    ],
)
def test_de_termijn_volgt_uit_de_ronde(werk, veldwerk, velden, datum, verwacht):
    Ronde.objects.update(**{naam: dag(afstand) for naam, afstand in velden.items()})
    Interview.objects.update(datum=dag(datum))
    termijn = enige(werk()).termijn
    assert (termijn and (termijn.waarvoor, termijn.datum)) == (verwacht and (verwacht[0], dag(verwacht[1])))


def test_na_de_interviews_telt_het_aanbieden_en_daarna_het_vaststellen(werk, veldwerk, inspecteur, collega):
    Ronde.objects.update(interviews_voor=dag(-9), aanbieden_voor=dag(2), toetsen_voor=dag(-1))
    maak_compleet(veldwerk)
    assert enige(werk()).termijn.waarvoor == "ter toetsing aanbieden"
    zet_status(veldwerk.dossier, "ter_toetsing", inspecteur)
    regel = enige(werk())
    assert (regel.termijn.waarvoor, regel.te_laat) == ("vaststellen", True)
    assert regel.groep is Groep.WACHT  # late, but not by the hand of this inspector
    zet_status(veldwerk.dossier, "vastgesteld", collega)
    assert enige(werk()).termijn is None


def test_het_dringendste_staat_bovenaan(werk, veldwerk, inspecteur):
    """Late first, the latest on top; then by the first day; without a day by name, diacritics aside."""
    Interview.objects.update(datum=dag(4))
    for code, naam, wanneer in (
        ("9911", "Zeedam", -5),
        ("9912", "Ydam", -1),
        ("9913", "Émdam", None),
        ("9914", "Fdam", None),
        ("9915", "Ddam", 1),
    ):
        dossier = maak_dossier(veldwerk.ronde, maak_gemeente(code, naam), inspecteur, status=IN_UITVOERING)
        maak_interview(dossier, datum=None if wanneer is None else dag(wanneer))
    assert groepen(werk()) == {
        "Te laat": ["Zeedam", "Ydam"],
        "Aan de beurt": ["Ddam", "Proefdam", "Émdam", "Fdam"],
    }


# --- Searching ------------------------------------------------------------------------------------------------------


@pytest.fixture
def drie(veldwerk, inspecteur):
    """Proefdam (05-02-2008, late) and Súdwest-Aa (not begun) in the one round; Bedorp in the next, not open yet."""
    maak_dossier(veldwerk.ronde, maak_gemeente("9921", "Súdwest-Aa"), inspecteur)
    later = maak_ronde(veldwerk.instrument, "later", peildatum=date(2010, 1, 1))
    maak_dossier(later, maak_gemeente("9922", "Bedorp"), inspecteur)


@pytest.mark.parametrize(
    ("zoek", "verwacht"),
    [
        ({}, {"Proefdam", "Súdwest-Aa", "Bedorp"}),
        ({"zoek": "sudwest"}, {"Súdwest-Aa"}),
        ({"zoek": "SÚDWEST aa"}, {"Súdwest-Aa"}),
        ({"zoek": "dam"}, {"Proefdam"}),
        ({"zoek": "%"}, {"Proefdam", "Súdwest-Aa", "Bedorp"}),
        ({"zoek": "zzz"}, set()),
        ({"status": "in_uitvoering"}, {"Proefdam"}),
        ({"status": "gepland"}, {"Súdwest-Aa", "Bedorp"}),
        ({"ronde": "later"}, {"Bedorp"}),
        ({"te_laat": "on"}, {"Proefdam"}),
        ({"ronde": "later", "te_laat": "on"}, set()),
        # What cannot be read filters nothing.
        ({"status": "onzin"}, {"Proefdam", "Súdwest-Aa", "Bedorp"}),
        ({"ronde": "onzin", "zoek": "x\x00y"}, {"Proefdam", "Súdwest-Aa", "Bedorp"}),
    ],
)
def test_zoeken_en_filteren(werk, drie, zoek, verwacht):
    response = werk(**zoek)
    assert response.status_code == 200
    assert {naam for namen in groepen(response).values() for naam in namen} == verwacht
    assert response.context["gevonden"] == len(verwacht)
    # The summary keeps saying how much there is.
    assert len(response.context["eigen"]) == 3


def test_bij_een_ronde_valt_er_geen_ronde_te_kiezen(werk, veldwerk):
    assert "ronde" not in werk().context["form"].fields


def test_wat_van_een_ander_is_staat_er_niet(client, veldwerk, vreemde, collega):
    for wie in (vreemde, collega):
        client.force_login(wie)
        response = client.get(reverse("mijn_werk"), {"zoek": "proef"})
        assert (response.context["eigen"], response.context["toetsen"]) == ([], [])
        assert "Proefdam" not in response.content.decode()


# --- Coverage -------------------------------------------------------------------------------------------------------


def dekking(dossier) -> dict[str, list[str]]:
    [werk] = werkvoorraad.van_dossiers([dossier])
    beeld = werkvoorraad.dekkingen([werk])[dossier.pk]
    return {str(g.actorgroep): [cel.tekst for cel in g.cellen] or [g.stand] for g in beeld.groepen}


def test_dekking_van_leeg_tot_compleet(veldwerk, inspecteur):
    """Onderdeel 1 asks V1.3, and after ja also V1.4 and V1.5; onderdeel 2 asks V2.4 and V2.5; onderdeel 3 asks V3.1."""
    leeg = {"CWI": ["geen interview"], "Scholing": ["geen interview"]}
    assert dekking(veldwerk.dossier) == {"Sociale zaken": ["gepland 5 februari"]} | leeg
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.antwoord("V2.4", rijen=(("CWI", "x"),))
    assert dekking(veldwerk.dossier)["Sociale zaken"] == ["compleet", "1 van 2", "0 van 1"]
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.antwoord("V1.4", keuze="nee")
    assert dekking(veldwerk.dossier)["Sociale zaken"] == ["2 van 3", "1 van 2", "0 van 1"]
    # Nee after all: what was said about V1.4 is kept, and counts no more.
    veldwerk.antwoord("V1.3", keuze="nee")
    assert dekking(veldwerk.dossier)["Sociale zaken"] == ["compleet", "1 van 2", "0 van 1"]
    # Held without an answer: all is asked, nothing answered.
    veldwerk.gesprek("cwi")
    assert dekking(veldwerk.dossier)["CWI"] == ["0 van 1", "0 van 2", "0 van 1"]
    zonder_datum = maak_interview(veldwerk.dossier, "scholing", datum=None)
    assert dekking(veldwerk.dossier)["Scholing"] == ["gepland, nog zonder datum"]
    zet_status(zonder_datum, "vervallen", inspecteur, reden="Ziek.")
    assert dekking(veldwerk.dossier)["Scholing"] == ["geen interview"]


def test_twee_gesprekken_met_een_groep_vullen_elkaar_aan(veldwerk, inspecteur):
    eerste = veldwerk.gesprek("cwi", V1_3="nee", V2_5="ja")
    veldwerk.gesprek("cwi", V2_5="nee", V3_1="Via het platform.")
    assert dekking(veldwerk.dossier)["CWI"] == ["compleet", "1 van 2", "compleet"]
    # An answer that was emptied again does not count.
    maak_antwoord(eerste, "V1.3", inspecteur)
    assert dekking(veldwerk.dossier)["CWI"][0] == "0 van 1"


def test_dekking_staat_op_het_dossier_en_samengevat_op_mijn_werk(werk, client, veldwerk, analist):
    veldwerk.antwoord("V1.3", keuze="nee")
    html = " ".join(werk().content.decode().split())
    assert "1 van 3 actorgroepen gesproken, 2 zonder interview" in html
    assert f"{reverse('interview_nieuw', args=[veldwerk.dossier.pk])}?groep=cwi" in html
    client.force_login(analist)
    html = client.get(veldwerk.dossier.get_absolute_url()).content.decode()
    assert "geen interview" in html
    assert "?groep=" not in html  # the analist reads, and plans nothing


# --- What is next, and cost -----------------------------------------------------------------------------------------


def test_eerstvolgende_interviews(werk, veldwerk, inspecteur):
    Interview.objects.all().delete()
    for afstand in (9, 1, 4, 2, 8, 7, -1):
        maak_interview(veldwerk.dossier, "cwi", datum=dag(afstand))
    response = werk()
    assert [regel.interview.datum for regel in response.context["agenda"]] == [dag(n) for n in (1, 2, 4, 7, 8)]
    assert response.context["later"] == 1


def test_aantal_queries_groeit_niet(client, veldwerk, inspecteur, collega):
    """Two dossiers against twenty-two, each with an interview to come, one held with answers, a remark and a step back."""
    client.force_login(inspecteur)
    aantallen = []
    for eerste, laatste in ((10, 12), (12, 32)):
        for nr in range(eerste, laatste):
            dossier = maak_dossier(
                veldwerk.ronde, maak_gemeente(f"98{nr}", f"Dorp {nr}"), inspecteur, collega, status=IN_UITVOERING
            )
            maak_interview(dossier, datum=dag(3))
            gehouden = maak_interview(dossier, "cwi")
            maak_antwoord(gehouden, "V1.3", inspecteur, keuze="ja")
            zet_status(gehouden, "gehouden", inspecteur)
            Opmerking.objects.create(dossier=dossier, tekst="Waarom?", door=collega)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("mijn_werk"))
        aantallen.append(len(queries))
    assert aantallen[0] == aantallen[1]
