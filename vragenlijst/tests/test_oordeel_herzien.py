"""A judgement to be looked at again: what marks it, what does not, where it shows, and what it keeps back."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from vragenlijst import queries, werkvoorraad
from vragenlijst.actions import beoordelen, bevinding_vastleggen, bewijsstuk_opslaan
from vragenlijst.bezwaren import bezwaren
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Beoordeling, Bewijsstuk
from vragenlijst.queries.herzien import sinds_oordeel
from vragenlijst.tests.factories import maak_bewijsstuk

# In the small questionnaire A1.2 is informed by V1.4 and V1.5, A2.4 by V2.5; V1.4 is asked where V1.3 is ja.


@pytest.fixture
def stel_vast(veldwerk):
    def stel_vast(code, keuze, versie=0):
        return bevinding_vastleggen(
            veldwerk.dossier,
            veldwerk.vraag(code),
            Inhoud(keuze=keuze),
            motivatie="Uit de stukken.",
            versie=versie,
            wie=veldwerk.inspecteur,
        )

    return stel_vast


@pytest.fixture
def oordeel(veldwerk):
    """Judge a norm, and again; gives what is stored."""

    def oordeel(code, oordeel="voldoet_niet", **rest):
        bestaand = Beoordeling.objects.filter(dossier=veldwerk.dossier, aandachtspunt__code=code).first()
        return beoordelen(
            veldwerk.dossier,
            veldwerk.norm(code),
            oordeel,
            motivering="Gezien de bevindingen.",
            versie=bestaand.versie if bestaand else 0,
            wie=veldwerk.inspecteur,
            **rest,
        )

    return oordeel


def te_herzien(veldwerk) -> list[str]:
    gemerkt = Beoordeling.objects.filter(dossier=veldwerk.dossier, te_herzien=True)
    return list(gemerkt.values_list("aandachtspunt__code", flat=True))


def sinds(veldwerk, code) -> list[tuple[str, str, str]]:
    beeld = next(b for b in queries.normbeelden(veldwerk.dossier) if b.aandachtspunt.code == code)
    vragen = {vraag.code for vraag in beeld.aandachtspunt.vragen.all()}
    feiten = [r for r in queries.driehoeken(veldwerk.dossier) if r.vraag.code in vragen]
    return [(ding.wat, ding.was, ding.werd) for ding in sinds_oordeel(beeld.beoordeling, feiten)]


def test_een_andere_bevinding_merkt_de_oordelen_die_erop_rusten_en_geen_ander(veldwerk, stel_vast, oordeel):
    stel_vast("V2.5", "nee")
    oordeel("A1.2")
    oordeel("A2.4")
    stel_vast("V2.5", "nee", versie=1)  # looked at again, and the same
    assert te_herzien(veldwerk) == []
    stel_vast("V2.5", "ja", versie=2)
    assert te_herzien(veldwerk) == ["A2.4"]
    assert sinds(veldwerk, "A2.4") == [("De bevinding bij V2.5:", "Nee", "Ja")]
    assert Beoordeling.objects.get(aandachtspunt__code="A2.4").oordeel == "voldoet_niet"  # never changed by itself
    oordeel("A2.4")
    assert te_herzien(veldwerk) == []
    assert sinds(veldwerk, "A2.4") == []


def test_een_bevinding_die_er_eerst_niet_was_telt_als_wijziging(veldwerk, stel_vast, oordeel):
    oordeel("A2.4")
    stel_vast("V2.5", "ja")
    assert te_herzien(veldwerk) == ["A2.4"]
    assert sinds(veldwerk, "A2.4") == [("De bevinding bij V2.5:", "nog geen bevinding", "Ja")]


def test_routering_die_een_bevinding_sluit_merkt_het_oordeel(veldwerk, stel_vast, oordeel):
    stel_vast("V1.3", "ja")
    stel_vast("V1.4", "ja")
    oordeel("A1.2")
    oordeel("A2.4")
    stel_vast("V1.3", "nee", versie=1)
    assert te_herzien(veldwerk) == ["A1.2"]
    assert sinds(veldwerk, "A1.2") == []  # V1.4 itself says what it said


@pytest.mark.parametrize(
    ("velden", "wijzigingen", "gemerkt"),
    [
        ({"titel": "Analyse (herdruk)"}, {"Titel": ["Analyse", "Analyse (herdruk)"]}, []),
        ({"vindplaats": "Kast 4"}, {"Vindplaats": ["", "Kast 4"]}, []),
        ({"akkoord_op": date(2007, 12, 11)}, {"Akkoord op": ["2007-12-04", "2007-12-11"]}, ["A2.4"]),
        ({"datum": date(2007, 10, 1)}, {"Datum van het stuk": ["2007-11-06", "2007-10-01"]}, ["A2.4"]),
    ],
)
def test_een_ander_bewijsstuk_eronder(veldwerk, oordeel, velden, wijzigingen, gemerkt):
    stuk = maak_bewijsstuk(veldwerk.dossier, titel="Analyse")
    oordeel("A2.4", "voldoet", bewijsstuk=stuk)
    oordeel("A1.2")
    for veld, waarde in velden.items():
        setattr(stuk, veld, waarde)
    bewijsstuk_opslaan(stuk, veldwerk.inspecteur, wijzigingen=wijzigingen)
    assert te_herzien(veldwerk) == gemerkt


def test_een_vervangen_stuk_houdt_zijn_oordeel_en_dat_wordt_herzien(veldwerk, oordeel):
    oud = maak_bewijsstuk(veldwerk.dossier, titel="Analyse 2006")
    oordeel("A2.4", "voldoet", bewijsstuk=oud)
    nieuw = Bewijsstuk(
        dossier=veldwerk.dossier,
        soort=oud.soort,
        titel="Analyse 2007",
        datum=date(2007, 12, 1),
        akkoord_door="het college",
        akkoord_op=date(2007, 12, 4),
        vindplaats="Kast 4",
        vervangt=oud,
    )
    bewijsstuk_opslaan(nieuw, veldwerk.inspecteur)
    assert te_herzien(veldwerk) == ["A2.4"]
    assert Beoordeling.objects.get().bewijsstuk == oud
    assert sinds(veldwerk, "A2.4") == [("Het bewijsstuk ‘Analyse 2006’ is vervangen door ‘Analyse 2007’.", "", "")]
    oordeel("A2.4", "voldoet", bewijsstuk=oud)  # the older one carries it still, the inspector says
    assert te_herzien(veldwerk) == []


def test_te_herzien_houdt_het_aanbieden_op_en_staat_op_elke_plek(client, veldwerk, stel_vast, oordeel):
    from vragenlijst.tests.test_zet_status import maak_compleet

    maak_compleet(veldwerk)
    assert bezwaren(veldwerk.dossier, "ter_toetsing") == []
    stel_vast("V2.5", "ja", versie=1)
    zin = "Het oordeel over A2.4 is te herzien: een bevinding of bewijsstuk eronder is gewijzigd."
    assert bezwaren(veldwerk.dossier, "ter_toetsing") == [zin]
    [regel] = werkvoorraad.regels([veldwerk.dossier], veldwerk.inspecteur, timezone.localdate())
    assert (regel.werk.beoordeeld, regel.werk.oordelen_te_herzien, regel.werk.normen) == (1, 1, 2)
    assert regel.stap.tekst == "Beoordeel aandachtspunten: nog 1"
    client.force_login(veldwerk.inspecteur)
    for adres in (reverse("mijn_werk"), reverse("dossier", args=[veldwerk.dossier.pk])):
        assert "1 oordeel te herzien" in client.get(adres).content.decode()
    lijst = client.get(reverse("beoordelingen", args=[veldwerk.dossier.pk])).content.decode()
    assert "1 van 2 beoordeeld." in lijst
    assert "Oordeel herzien" in lijst
    pagina = client.get(reverse("beoordeling", args=[veldwerk.dossier.pk, "A2.4"])).content.decode()
    assert "De bevinding bij V2.5:" in pagina
    assert "<del>Nee</del>" in pagina
    assert "<ins>Ja</ins>" in pagina
