"""The history of a dossier: the words (pure), what is in it and what never is, finding one's way in it, and who reads it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from regio.models import Gebeurtenis
from vragenlijst import geschiedenis
from vragenlijst.actions import Akkoord, beoordelen, bevinding_vastleggen, zet_status
from vragenlijst.actions.antwoorden import antwoord_opslaan
from vragenlijst.inhoud import Inhoud
from vragenlijst.queries import geschiedenis as queries_geschiedenis
from vragenlijst.tekstverschil import GELIJK, NIEUW, WEG, stukken
from vragenlijst.tests.factories import maak_gemeente, maak_interview

# --- Differences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("oud", "nieuw", "verwacht"),
    [
        ("", "", []),
        ("zelfde", "zelfde", [(GELIJK, "zelfde")]),
        ("wij overleggen elk kwartaal", "wij overleggen elke maand",
         [(GELIJK, "wij overleggen "), (WEG, "elk kwartaal"), (NIEUW, "elke maand")]),
        ("een twee drie", "een drie", [(GELIJK, "een "), (WEG, "twee "), (GELIJK, "drie")]),
        ("alles anders nu", "niets is gelijk", [(WEG, "alles anders nu"), (NIEUW, "niets is gelijk")]),
        # A long stretch that stayed: eight words beside the change, and an ellipsis for the rest.
        (" ".join("abcdefghijklmnop"), " ".join("abcdefghijklmno") + " q",
         [(GELIJK, "… h i j k l m n o "), (WEG, "p"), (NIEUW, "q")]),
    ],
)  # fmt: skip
def test_verschil_van_twee_teksten(oud, nieuw, verwacht):
    assert [(stuk.soort, stuk.tekst) for stuk in stukken(oud, nieuw)] == verwacht


woorden = st.lists(st.sampled_from(["een", "twee", "drie", "vier.\n"]), max_size=8).map(" ".join)


@given(woorden, woorden)
def test_uit_het_verschil_zijn_beide_teksten_te_lezen(oud, nieuw):
    """As long as nothing was shortened: what stayed and what went is the old text, what stayed and what came the new one."""
    delen = stukken(oud, nieuw)
    assert "".join(deel.tekst for deel in delen if deel.soort != NIEUW) == oud
    assert "".join(deel.tekst for deel in delen if deel.soort != WEG) == nieuw


def test_een_boek_wordt_niet_woord_voor_woord_vergeleken():
    lang = "woord " * 4_000
    assert [stuk.soort for stuk in stukken(lang, lang + "nog een")] == [WEG, NIEUW]


@pytest.mark.parametrize(
    ("wijzigingen", "verwacht"),
    [
        ({"Plaats": ["raadhuis", "bibliotheek"]}, [("Plaats", [(WEG, "raadhuis"), (NIEUW, "bibliotheek")])]),
        ({"plaats": [None, "raadhuis"]}, [("Plaats", [(GELIJK, "raadhuis")])]),
        ({"Plaats": ["raadhuis", None]}, [("Plaats", [(WEG, "raadhuis")])]),
        ({"Datum": ["2008-02-05", "2008-03-06"]}, [("Datum", [(WEG, "05-02-2008"), (NIEUW, "06-03-2008")])]),
        ({"Actief": [True, False]}, [("Actief", [(WEG, "ja"), (NIEUW, "nee")])]),
        ({"antwoord": [{"keuze": "ja"}, {"keuze": "nee", "citaat": "Nooit."}]},
         [("Antwoord", [(WEG, "Ja"), (NIEUW, "Nee")]), ("Citaat", [(GELIJK, "Nooit.")])]),
        ({"bevinding": [{}, {"gemeente": "9902"}]}, [("Bevinding", [(GELIJK, "Andersdam")])]),
        ({"antwoord": [{"rijen": [["ROC", "stages"]]}, {"rijen": [["ROC", ""], ["", "les"]]}]},
         [("Antwoord", [(WEG, "ROC: stages"), (NIEUW, "ROC: –\npartij niet genoemd: les")])]),
    ],
)  # fmt: skip
def test_wijzigingen_in_woorden(wijzigingen, verwacht):
    namen = {"ja": "Ja", "nee": "Nee", "9902": "Andersdam"}
    gevonden = geschiedenis.verschillen(wijzigingen, namen)
    assert [(v.naam, [(stuk.soort, stuk.tekst) for stuk in v.stukken]) for v in gevonden] == verwacht


@pytest.mark.parametrize(
    ("wat", "zin"),
    [
        (("interview", "status", "gepland", "ter_accordering"), "bracht … van ‘gepland’ naar ‘ter accordering’"),
        (("beoordeling", "gemaakt", "", "voldoet_deels"), "gaf … het oordeel ‘voldoet deels’"),
        (("beoordeling", "gewijzigd", "voldoet", "voldoet"), "motiveerde het oordeel ‘voldoet’ over … opnieuw"),
        (("opmerking", "status", "open", "afgehandeld"), "handelde … af"),
        (("intentie", "gewijzigd", "", "ingetrokken"), "trok … in"),
        (("iets-nieuws", "uitvoer"), "downloadde …"),
    ],
)
def test_wat_er_gebeurde_is_een_zin(wat, zin):
    assert "…".join(geschiedenis.zin(*wat)) == zin


def test_elke_soort_gebeurtenis_heeft_een_zin():
    assert set(Gebeurtenis.Soort.values) - {"ingelogd"} == set(geschiedenis.ANDERS)


# --- The page ---------------------------------------------------------------------------------------------------------


def geschiedenis_van(client, dossier, **zoek):
    return client.get(reverse("dossier_geschiedenis", args=[dossier.pk]), zoek)


def zinnen(response) -> list[str]:
    """The sentences on the page, newest first."""
    return [
        f"{regel.wie} {regel.voor}{regel.ding.naam}{regel.na}"
        for _, regels in response.context["dagen"]
        for regel in regels
    ]


def wijzig(veldwerk, tekst: str, reden: str) -> None:
    antwoord = veldwerk.interview.antwoorden.select_related("vraag").get(vraag__code="V3.1")
    sleutel = f"00000000-0000-4000-8000-{Gebeurtenis.objects.count():012}"
    antwoord_opslaan(
        veldwerk.interview,
        antwoord.vraag,
        Inhoud(tekst=tekst),
        versie=antwoord.versie,
        sleutel=sleutel,
        wie=veldwerk.inspecteur,
        reden=reden,
    )


@pytest.fixture
def verleden(veldwerk):
    """From an interview through a correction to its approval, a finding and a judgement."""
    veldwerk.antwoord("V3.1", tekst="Wij overleggen elk kwartaal met alle partijen.")
    veldwerk.houd()
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    zet_status(
        veldwerk.interview, "gehouden", veldwerk.inspecteur, reden="Een correctie.", correcties="P. de Boer wil dit."
    )
    wijzig(veldwerk, "Wij overleggen elke maand met alle", "Correctie")
    wijzig(veldwerk, "Wij overleggen elke maand met alle gemeenten.", "Correctie")
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    akkoord = Akkoord(timezone.localdate(), "P. de Boer")
    zet_status(veldwerk.interview, "geaccordeerd", veldwerk.inspecteur, akkoord=akkoord)
    bevinding_vastleggen(
        veldwerk.dossier, veldwerk.vraag("V3.1"), Inhoud(tekst="Maandelijks."), motivatie="Samengevat.", versie=0,
        wie=veldwerk.inspecteur,
    )  # fmt: skip
    beoordelen(
        veldwerk.dossier, veldwerk.norm("A1.2"), "voldoet_niet", motivering="Niets gebleken.", versie=0,
        wie=veldwerk.inspecteur,
    )  # fmt: skip
    return veldwerk.dossier


def test_de_geschiedenis_in_zinnen(client, verleden, inspecteur):
    client.force_login(inspecteur)
    gesprek = "het interview met Sociale zaken van 5 februari 2008"

    assert zinnen(geschiedenis_van(client, verleden)) == [
        "Ina de Vries gaf norm A1.2 het oordeel ‘voldoet niet’",
        "Ina de Vries legde de bevinding bij V3.1 vast",
        f"Ina de Vries bracht {gesprek} van ‘ter accordering’ naar ‘geaccordeerd’",
        f"Ina de Vries maakte gespreksverslag 2 van {gesprek}",
        f"Ina de Vries bracht {gesprek} van ‘gehouden’ naar ‘ter accordering’",
        f"Ina de Vries wijzigde het antwoord op V3.1 in {gesprek}",
        f"Ina de Vries bracht {gesprek} van ‘ter accordering’ naar ‘gehouden’",
        f"Ina de Vries maakte gespreksverslag 1 van {gesprek}",
        f"Ina de Vries bracht {gesprek} van ‘gehouden’ naar ‘ter accordering’",
        f"Ina de Vries bracht {gesprek} van ‘gepland’ naar ‘gehouden’",
        "Ina de Vries bracht het dossier van ‘gepland’ naar ‘in uitvoering’",
    ]


def test_opslaan_terwijl_iemand_typt_is_een_wijziging(client, verleden, inspecteur):
    """Two saves for one reason: from what stood before the first to what stands after the last."""
    client.force_login(inspecteur)
    [(_, [regel])] = geschiedenis_van(client, verleden, soort="antwoorden").context["dagen"]

    assert regel.keren == 2
    assert regel.reden == "Correctie"
    [verschil] = regel.verschillen
    assert [(stuk.soort, stuk.tekst) for stuk in verschil.stukken] == [
        (WEG, "Wij overleggen elk kwartaal met alle partijen."),
        (NIEUW, "Wij overleggen elke maand met alle gemeenten."),
    ]
    assert regel.ding.adres == f"{reverse('interview', args=[verleden.interviews.get().pk])}#antwoord-V3.1"


def test_een_andere_reden_is_een_andere_wijziging(client, verleden, veldwerk, inspecteur):
    zet_status(veldwerk.interview, "gehouden", inspecteur, reden="nog iets")
    wijzig(veldwerk, "Een.", "eerste reden")
    wijzig(veldwerk, "Twee.", "tweede reden")
    client.force_login(inspecteur)
    [(_, regels)] = geschiedenis_van(client, verleden, soort="antwoorden").context["dagen"]
    assert [(regel.reden, regel.keren) for regel in regels] == [
        ("tweede reden", 1),
        ("eerste reden", 1),
        ("Correctie", 2),
    ]


@pytest.mark.parametrize(
    ("zoek", "aantal"),
    [
        ({}, 11),
        ({"soort": "status"}, 6),
        ({"soort": "verslagen"}, 2),
        ({"soort": "bevindingen"}, 1),
        ({"soort": "oordelen"}, 1),
        ({"soort": "inzage"}, 0),
        (
            {"wie": "systeem"},
            11,
        ),  # the system did nothing here, so it is no choice: shown is everything, with what is wrong
        ({"tot": "gisteren"}, 0),
        ({"van": "vandaag"}, 11),
        ({"van": "vandaag", "tot": "vandaag"}, 11),
        ({"van": "vandaag", "tot": "gisteren"}, 11),  # upside down: said at the field, and everything is shown
        ({"soort": "onzin"}, 11),
    ],
)
def test_zoeken(client, verleden, inspecteur, zoek, aantal):
    client.force_login(inspecteur)
    dagen = {"vandaag": timezone.localdate(), "gisteren": timezone.localdate() - timedelta(days=1)}
    zoek = {naam: f"{dagen[waarde]:%d-%m-%Y}" if waarde in dagen else waarde for naam, waarde in zoek.items()}
    assert len(zinnen(geschiedenis_van(client, verleden, **zoek))) == aantal


def test_zoeken_op_wie(client, verleden, inspecteur, collega):
    Gebeurtenis.objects.create(wie=collega, soort="uitvoer", ding_soort="bewijsstuk", ding_id=1, ding_naam="Nota", dossier_id=verleden.pk)  # fmt: skip
    Gebeurtenis.objects.create(wie=None, soort="gemaakt", ding_soort="dossier", ding_id=verleden.pk, ding_naam="x", dossier_id=verleden.pk)  # fmt: skip
    client.force_login(inspecteur)

    assert zinnen(geschiedenis_van(client, verleden, wie=collega.pk)) == ["Cor Bakker downloadde het bewijsstuk ‘Nota’"]
    assert zinnen(geschiedenis_van(client, verleden, wie="systeem")) == ["Het systeem maakte het dossier"]
    keuzes = geschiedenis_van(client, verleden).context["form"].fields["wie"].choices
    assert [naam for _, naam in keuzes] == ["Iedereen", "Cor Bakker", "Ina de Vries", "Het systeem"]


def test_een_dag_begint_hier_om_middernacht(veldwerk):
    """Half past eleven in the evening of 31 January UTC is 1 February in the Netherlands."""
    rij = Gebeurtenis.objects.filter(dossier_id=veldwerk.dossier.pk).first()
    rij.wanneer = datetime(2008, 1, 31, 23, 30, tzinfo=UTC)
    [(dag, _)] = queries_geschiedenis.per_dag(veldwerk.dossier, [rij])
    assert dag.isoformat() == "2008-02-01"


def test_namen_van_gesprekspartners_komen_er_nooit_in(client, verleden, veldwerk, inspecteur):
    """Along every road by which a name goes in: planning, corrections, approval, looking at the page."""
    client.force_login(inspecteur)
    adres = reverse("interview_nieuw", args=[verleden.pk])
    groep = veldwerk.instrument.actorgroepen.get(code="cwi")
    form = client.get(adres).context["form"]
    invoer = {naam: form[naam].value() or "" for naam in form.fields} | {
        "actorgroep": groep.pk, "datum": "05-02-2008", "partner-0-naam": "Zwaantje Uniek", "partner-0-functie": "hoofd",
        "partner-TOTAL_FORMS": "1", "partner-INITIAL_FORMS": "0",
        "partner-MIN_NUM_FORMS": "0", "partner-MAX_NUM_FORMS": "12",
    }  # fmt: skip
    client.post(adres, invoer)
    nieuw = verleden.interviews.get(actorgroep=groep)
    assert nieuw.gesprekspartners.get().naam == "Zwaantje Uniek"
    client.get(nieuw.get_absolute_url())

    html = geschiedenis_van(client, verleden).content.decode()

    assert "zag de namen van de gesprekspartners" in html
    assert "Zwaantje" not in html
    assert "Boer" not in html
    for rij in Gebeurtenis.objects.values():
        assert "Zwaantje" not in str(rij)
        assert "Boer" not in str(rij)


@pytest.mark.parametrize(
    ("persona", "status"),
    [("inspecteur", 200), ("collega", 200), ("analist", 200), ("vreemde", 404), ("beheerder", 403)],
)
def test_wie_het_dossier_leest_leest_de_geschiedenis(client, request, verleden, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert geschiedenis_van(client, verleden).status_code == status


def test_wat_weg_is_heeft_nog_een_naam(client, verleden, inspecteur):
    Gebeurtenis.objects.create(
        wie=inspecteur, soort="gewijzigd", ding_soort="interview", ding_id=0, ding_naam="CWI, Proefdam", dossier_id=verleden.pk
    )  # fmt: skip
    client.force_login(inspecteur)
    assert zinnen(geschiedenis_van(client, verleden))[0] == "Ina de Vries wijzigde de planning van CWI, Proefdam"


def test_aantal_queries_groeit_niet(client, verleden, veldwerk, inspecteur):
    """Every kind of thing that is looked up is on the page, once or ten times."""
    client.force_login(inspecteur)
    maak_gemeente("9904", "Elders")
    zet_status(veldwerk.interview, "gehouden", inspecteur, reden="nog iets")
    aantallen = []
    for eerste, laatste in ((0, 1), (1, 9)):
        for n in range(eerste, laatste):
            wijzig(veldwerk, f"Tekst {n}.", f"reden {n}")
            for code, inhoud in (("V2.5", {"keuze": "ja"}), ("V1.3", {"keuze": "ja"}), ("V1.5", {"gemeente": "9904"})):
                versie = getattr(verleden.bevindingen.filter(vraag__code=code).first(), "versie", 0)
                bevinding_vastleggen(
                    verleden, veldwerk.vraag(code), Inhoud(**inhoud), motivatie=f"{n}", versie=versie, wie=inspecteur
                )
        with CaptureQueriesContext(connection) as queries:
            response = geschiedenis_van(client, verleden)
        aantallen.append(len(queries))
    assert aantallen[0] == aantallen[1]
    assert len(zinnen(response)) == 11 + 1 + 9 * 4


def test_vijftig_op_een_bladzijde_en_de_zoekvraag_gaat_mee(client, verleden, inspecteur):
    for _ in range(30):
        interview = maak_interview(verleden, "cwi")
        zet_status(interview, "gehouden", inspecteur)
        zet_status(interview, "gepland", inspecteur, reden="verkeerde knop")
    client.force_login(inspecteur)

    response = geschiedenis_van(client, verleden, soort="status", pagina="2")

    assert len(zinnen(response)) == 66 - 50  # sixty of these, six of before
    assert "soort=status&amp;pagina=1" in response.content.decode()
