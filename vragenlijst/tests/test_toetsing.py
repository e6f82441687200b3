"""Toetsing: notes placed, answered, reopened and withdrawn; what they keep back; who may, and when (design 4.6, 4.7)."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regio.models import Gebeurtenis
from vragenlijst.actions import (
    Conflict,
    Geweigerd,
    beoordelen,
    bevinding_vastleggen,
    neem_eensluidende_over,
    zet_status,
)
from vragenlijst.actions.toetsing import (
    opmerking_afhandelen,
    opmerking_heropenen,
    opmerking_intrekken,
    opmerking_plaatsen,
)
from vragenlijst.bezwaren import bezwaren
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Opmerking
from vragenlijst.queries.toetsing import besprekingen
from vragenlijst.tests.factories import maak_instrument, maak_opmerking
from vragenlijst.tests.test_zet_status import maak_compleet, zet_rest_apart


@pytest.fixture
def ter_toetsing(veldwerk):
    """A complete dossier that lies with its toetser."""
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    return veldwerk


@pytest.fixture
def teruggegeven(ter_toetsing):
    """The same, given back with one note, at A2.4."""
    plaats(ter_toetsing, "Waaruit blijkt dat?", aandachtspunt=ter_toetsing.norm("A2.4"))
    zet_status(ter_toetsing.dossier, "in_uitvoering", ter_toetsing.toetser, reden="Zie de opmerking.")
    return ter_toetsing


def plaats(veldwerk, tekst="Waaruit blijkt dat?", **over):
    return opmerking_plaatsen(veldwerk.dossier, tekst, wie=veldwerk.toetser, **over)


def verloop(opmerking):
    """(who, to what, why) of everything that happened to a note."""
    return list(Gebeurtenis.objects.van(opmerking).order_by("pk").values_list("wie__username", "naar", "reden"))


# --- The road of a note ----------------------------------------------------------------------------------------------


def test_de_hele_weg_van_een_opmerking(ter_toetsing):
    eigen, toetser, dossier = ter_toetsing.inspecteur, ter_toetsing.toetser, ter_toetsing.dossier
    opmerking = plaats(ter_toetsing, " Welke bron? ", vraag=ter_toetsing.vraag("V2.5"))
    assert (opmerking.tekst, opmerking.waarover) == ("Welke bron?", "V2.5")
    assert bezwaren(dossier, "vastgesteld") == ["De opmerking van de toetser bij V2.5 is nog niet afgehandeld."]
    with pytest.raises(Geweigerd, match=r"V2\.5 is nog niet afgehandeld"):
        zet_status(dossier, "vastgesteld", toetser)

    zet_status(dossier, "in_uitvoering", toetser, reden="Zie V2.5.")
    with pytest.raises(Geweigerd, match=r"V2\.5 is nog niet afgehandeld"):
        zet_status(dossier, "ter_toetsing", eigen)
    opmerking_afhandelen(opmerking, "Het CWI.", gezien=1, wie=eigen)
    zet_status(dossier, "ter_toetsing", eigen)

    opmerking_heropenen(opmerking, "Wie bij het CWI?", gezien=2, wie=toetser)
    assert bezwaren(dossier, "vastgesteld") == ["De opmerking van de toetser bij V2.5 is nog niet afgehandeld."]
    zet_status(dossier, "in_uitvoering", toetser, reden="Nog niet.")
    opmerking_afhandelen(opmerking, "De vestigingsmanager.", gezien=3, wie=eigen)
    zet_status(dossier, "ter_toetsing", eigen)
    zet_status(dossier, "vastgesteld", toetser)

    assert dossier.status == "vastgesteld"
    assert verloop(opmerking) == [
        ("collega", "", "Welke bron?"),
        ("inspecteur", "afgehandeld", "Het CWI."),
        ("collega", "open", "Wie bij het CWI?"),
        ("inspecteur", "afgehandeld", "De vestigingsmanager."),
    ]
    [bespreking] = besprekingen(dossier)
    assert (bespreking.stand, bespreking.gezien, bespreking.code) == ("afgehandeld", 4, "V2.5")


def test_over_het_dossier_over_een_norm_en_niet_over_twee_dingen(ter_toetsing):
    assert plaats(ter_toetsing).waarover == "het dossier"
    assert plaats(ter_toetsing, aandachtspunt=ter_toetsing.norm("A2.4")).waarover == "A2.4"
    with pytest.raises(IntegrityError), transaction.atomic():
        plaats(ter_toetsing, vraag=ter_toetsing.vraag("V2.5"), aandachtspunt=ter_toetsing.norm("A2.4"))
    vreemd = maak_instrument("ander").onderdelen.get(code="2").vragen.get(code="V2.5")
    with pytest.raises(ValidationError, match="hoort niet bij dit dossier"):
        plaats(ter_toetsing, vraag=vreemd)


@pytest.mark.parametrize("tekst", ["", "  \n ", "zie\0noot"])
def test_een_opmerking_is_een_leesbare_zin(ter_toetsing, tekst):
    with pytest.raises(ValidationError) as fout:
        plaats(ter_toetsing, tekst)
    assert list(fout.value.message_dict) == ["tekst"]
    assert not Opmerking.objects.exists()


def test_intrekken_maakt_de_weg_vrij_en_blijft_leesbaar(ter_toetsing):
    opmerking = plaats(ter_toetsing)
    opmerking_intrekken(opmerking, gezien=1, wie=ter_toetsing.toetser)
    assert bezwaren(ter_toetsing.dossier, "vastgesteld") == []
    [bespreking] = besprekingen(ter_toetsing.dossier)
    assert (bespreking.open, bespreking.stand) == (False, "ingetrokken")
    opmerking_heropenen(opmerking, "Toch van belang.", gezien=2, wie=ter_toetsing.toetser)
    assert [b.stand for b in besprekingen(ter_toetsing.dossier)] == ["heropend"]


# --- Who, and when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["inspecteur", "vreemde", "analist", "beheerder"], indirect=True)
def test_alleen_de_toetser_van_dit_dossier_maakt_opmerkingen(ter_toetsing, persona):
    opmerking = plaats(ter_toetsing)
    for doe in (
        lambda: opmerking_plaatsen(ter_toetsing.dossier, "Ik ook.", wie=persona),
        lambda: opmerking_intrekken(opmerking, gezien=1, wie=persona),
        lambda: opmerking_heropenen(opmerking, "Nee.", gezien=1, wie=persona),
    ):
        with pytest.raises(PermissionDenied):
            doe()
    assert Gebeurtenis.objects.van(opmerking).count() == 1


@pytest.mark.parametrize("persona", ["collega", "vreemde", "analist", "beheerder"], indirect=True)
def test_alleen_de_inspecteur_van_dit_dossier_handelt_af(teruggegeven, persona):
    with pytest.raises(PermissionDenied):
        opmerking_afhandelen(Opmerking.objects.get(), "Klaar.", gezien=1, wie=persona)


def test_ook_de_tweede_inspecteur_handelt_af(teruggegeven, vreemde):
    teruggegeven.dossier.tweede_inspecteur = vreemde
    teruggegeven.dossier.save(update_fields=["tweede_inspecteur"])
    assert opmerking_afhandelen(Opmerking.objects.get(), "Klaar.", gezien=1, wie=vreemde).afgehandeld_door == vreemde


def test_buiten_zijn_beurt_doet_niemand_iets(teruggegeven):
    """The toetser while it is worked on, the inspector while it is reviewed."""
    opmerking = Opmerking.objects.get()
    toetser, eigen = teruggegeven.toetser, teruggegeven.inspecteur
    with pytest.raises(Geweigerd, match="Dit dossier is in uitvoering"):
        plaats(teruggegeven, "Nog iets.")
    with pytest.raises(Geweigerd, match="Dit dossier is in uitvoering"):
        opmerking_intrekken(opmerking, gezien=1, wie=toetser)
    opmerking_afhandelen(opmerking, "Klaar.", gezien=1, wie=eigen)
    with pytest.raises(Geweigerd, match="Dit dossier is in uitvoering"):
        opmerking_heropenen(opmerking, "Nee.", gezien=2, wie=toetser)
    zet_status(teruggegeven.dossier, "ter_toetsing", eigen)
    with pytest.raises(Geweigerd, match="de inhoud staat vast"):
        opmerking_afhandelen(opmerking, "Nog klaarder.", gezien=2, wie=eigen)
    teruggegeven.ronde.status = "gesloten"
    teruggegeven.ronde.save(update_fields=["status"])
    with pytest.raises(Geweigerd):
        plaats(teruggegeven, "Nog iets.")


def test_een_vastgesteld_dossier_staat_vast_ook_in_de_database(teruggegeven):
    opmerking = Opmerking.objects.get()
    opmerking_afhandelen(opmerking, "Klaar.", gezien=1, wie=teruggegeven.inspecteur)
    zet_status(teruggegeven.dossier, "ter_toetsing", teruggegeven.inspecteur)
    zet_status(teruggegeven.dossier, "vastgesteld", teruggegeven.toetser)
    for doe in (
        lambda: plaats(teruggegeven, "Nog iets."),
        lambda: opmerking_heropenen(opmerking, "Nee.", gezien=2, wie=teruggegeven.toetser),
        lambda: opmerking_afhandelen(opmerking, "Ja.", gezien=2, wie=teruggegeven.inspecteur),
    ):
        with pytest.raises(Geweigerd):
            doe()
    for doe in (
        lambda: maak_opmerking(teruggegeven.dossier),
        lambda: Opmerking.objects.update(tekst="anders"),
        lambda: Opmerking.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="opmerking_vastgesteld"), transaction.atomic():
            doe()


# --- Twice, and too late ---------------------------------------------------------------------------------------------


def test_twee_keer_verzenden_is_een_keer(teruggegeven):
    eigen, toetser = teruggegeven.inspecteur, teruggegeven.toetser
    opmerking = Opmerking.objects.get()
    for _ in range(2):
        opmerking_afhandelen(opmerking, "Klaar.", gezien=1, wie=eigen)
    zet_status(teruggegeven.dossier, "ter_toetsing", eigen)
    for _ in range(2):
        opmerking_heropenen(opmerking, "Nee.", gezien=2, wie=toetser)
    for _ in range(2):
        plaats(teruggegeven, "En dit?")
    for _ in range(2):
        opmerking_intrekken(Opmerking.objects.get(tekst="En dit?"), gezien=1, wie=toetser)
    assert [naar for _, naar, _ in verloop(opmerking)] == ["", "afgehandeld", "open"]
    assert [naar for _, naar, _ in verloop(Opmerking.objects.get(tekst="En dit?"))] == ["", "ingetrokken"]


def test_wie_te_laat_is_overschrijft_niets(teruggegeven, vreemde):
    teruggegeven.dossier.tweede_inspecteur = vreemde
    teruggegeven.dossier.save(update_fields=["tweede_inspecteur"])
    opmerking = Opmerking.objects.get()
    opmerking_afhandelen(opmerking, "Door de eerste.", gezien=1, wie=teruggegeven.inspecteur)
    with pytest.raises(Conflict):
        opmerking_afhandelen(opmerking, "Door de tweede.", gezien=1, wie=vreemde)
    zet_status(teruggegeven.dossier, "ter_toetsing", teruggegeven.inspecteur)
    with pytest.raises(Conflict):  # withdrawing what was answered meanwhile
        opmerking_intrekken(opmerking, gezien=1, wie=teruggegeven.toetser)
    opmerking_heropenen(opmerking, "Nee.", gezien=2, wie=teruggegeven.toetser)
    zet_status(teruggegeven.dossier, "in_uitvoering", teruggegeven.toetser, reden="Zie de opmerking.")
    with pytest.raises(Conflict):  # a page from before it was reopened
        opmerking_afhandelen(opmerking, "Van voor de heropening.", gezien=1, wie=teruggegeven.inspecteur)
    opmerking.refresh_from_db()
    assert (opmerking.reactie, opmerking.afgehandeld_op) == ("Door de eerste.", None)


# --- The pages -------------------------------------------------------------------------------------------------------


def html_van(client, gebruiker, naam, *args) -> str:
    client.force_login(gebruiker)
    return client.get(reverse(naam, args=args)).content.decode()


def test_de_toetser_plaatst_vanaf_de_plek_zelf(client, ter_toetsing):
    client.force_login(ter_toetsing.toetser)
    adres = reverse("opmerkingen", args=[ter_toetsing.dossier.pk])
    for vanaf, code in (("bevindingen", "V2.5"), ("beoordelingen", "A2.4")):
        pagina = reverse(vanaf, args=[ter_toetsing.dossier.pk])
        assert f'name="over" value="{code}"' in client.get(pagina).content.decode()
        response = client.post(adres, {"over": code, "tekst": f"Over {code}.", "vanaf": vanaf})
        assert response.headers["Location"] == f"{pagina}#{code}"
        assert f"Over {code}." in client.get(pagina).content.decode()
    client.post(adres, {"over": "", "tekst": "Over alles.", "vanaf": "opmerkingen"})
    assert sorted(o.waarover for o in Opmerking.objects.all()) == ["A2.4", "V2.5", "het dossier"]


def test_de_inspecteur_leest_de_opmerking_waar_zij_hoort(client, teruggegeven):
    dossier = teruggegeven.dossier
    for naam, args in (
        ("beoordelingen", [dossier.pk]),
        ("beoordeling", [dossier.pk, "A2.4"]),
        ("opmerkingen", [dossier.pk]),
    ):
        assert "Waaruit blijkt dat?" in html_van(client, teruggegeven.inspecteur, naam, *args), naam
    html = html_van(client, teruggegeven.inspecteur, "dossier", dossier.pk)
    assert re.search(r'Opmerkingen <span class="tabtelling">1<', html)
    assert f'href="/dossiers/{dossier.pk}/opmerkingen/#opmerking-{Opmerking.objects.get().pk}">De opmerking' in html


def test_wat_geweigerd_wordt_blijft_staan(client, teruggegeven):
    opmerking = Opmerking.objects.get()
    client.force_login(teruggegeven.inspecteur)
    adres = reverse("opmerking_afgehandeld", args=[teruggegeven.dossier.pk, opmerking.pk])
    response = client.post(adres, {"reactie": "  ", "gezien": "1"})
    assert response.status_code == 422

    opmerking_afhandelen(opmerking, "In een ander venster.", gezien=1, wie=teruggegeven.inspecteur)
    response = client.post(adres, {"reactie": "Lang getypt.", "gezien": "1"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Ondertussen is met deze opmerking iets gebeurd" in html
    assert "Lang getypt." in html
    assert "In een ander venster." in html

    client.force_login(teruggegeven.toetser)
    response = client.post(
        reverse("opmerkingen", args=[teruggegeven.dossier.pk]), {"over": "A2.4", "tekst": "Te laat getypt."}
    )
    assert response.status_code == 422
    assert "Te laat getypt." in response.content.decode()
    assert Opmerking.objects.count() == 1


def test_een_verouderde_reactie_kan_daarna_alsnog(client, teruggegeven):
    """Reopened in between: the page shows why, and the next save of the same text holds."""
    opmerking = Opmerking.objects.get()
    opmerking_afhandelen(opmerking, "Eerst.", gezien=1, wie=teruggegeven.inspecteur)
    zet_status(teruggegeven.dossier, "ter_toetsing", teruggegeven.inspecteur)
    opmerking_heropenen(opmerking, "Waar staat dat?", gezien=2, wie=teruggegeven.toetser)
    zet_status(teruggegeven.dossier, "in_uitvoering", teruggegeven.toetser, reden="Nog niet.")
    client.force_login(teruggegeven.inspecteur)
    adres = reverse("opmerking_afgehandeld", args=[teruggegeven.dossier.pk, opmerking.pk])
    html = client.post(adres, {"reactie": "Op bladzijde 3.", "gezien": "1"}).content.decode()
    assert "Waar staat dat?" in html
    gezien = re.search(r'name="gezien" value="(\d+)"', html)[1]
    assert client.post(adres, {"reactie": "Op bladzijde 3.", "gezien": gezien}).status_code == 302
    opmerking.refresh_from_db()
    assert opmerking.reactie == "Op bladzijde 3."


def test_een_opmerking_van_een_ander_dossier_is_er_niet(client, teruggegeven, inspecteur, collega):
    from vragenlijst.tests.factories import maak_dossier, maak_gemeente

    ander = maak_dossier(teruggegeven.ronde, maak_gemeente("9902", "Tweedam"), inspecteur, collega)
    client.force_login(inspecteur)
    adres = reverse("opmerking_afgehandeld", args=[ander.pk, Opmerking.objects.get().pk])
    assert client.post(adres, {"reactie": "Klaar.", "gezien": "1"}).status_code == 404


def test_het_aantal_vragen_aan_de_database_groeit_niet_mee(client, ter_toetsing):
    client.force_login(ter_toetsing.toetser)

    def tel(naam) -> int:
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            client.get(reverse(naam, args=[ter_toetsing.dossier.pk]))
        return len(vragen)

    plaats(ter_toetsing, "Nummer nul.", vraag=ter_toetsing.vraag("V2.5"))
    namen = ("bevindingen", "beoordelingen", "opmerkingen", "dossier")
    eerst = {naam: tel(naam) for naam in namen}
    for nr in range(12):
        plaats(ter_toetsing, f"Nummer {nr}.", vraag=ter_toetsing.vraag("V2.5"))
        plaats(ter_toetsing, f"Nummer {nr}.", aandachtspunt=ter_toetsing.norm("A2.4"))
    assert {naam: tel(naam) for naam in namen} == eerst


# --- What the toetser sees -------------------------------------------------------------------------------------------


def test_de_toetser_begint_bij_wat_is_afgewogen_of_ontbreekt(client, veldwerk):
    """V2.5 contradicted, A2.4 judged on words alone, Scholing not heard: that is what a second pair of eyes is for."""
    maak_compleet(veldwerk)
    veldwerk.gesprek("cwi", V1_3="nee", V2_5="ja", V3_1="Via de bestaande overleggen.")
    bevinding = veldwerk.bevinding("V2.5")
    leg_vast = {"motivatie": "Het CWI overlegt de brief.", "versie": bevinding.versie, "wie": veldwerk.inspecteur}
    bevinding_vastleggen(veldwerk.dossier, veldwerk.vraag("V2.5"), Inhoud(keuze="ja"), **leg_vast)
    neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)
    deels = {"motivering": "Zegt men.", "versie": 1, "wie": veldwerk.inspecteur}
    beoordelen(veldwerk.dossier, veldwerk.norm("A2.4"), "voldoet_deels", **deels)
    zet_rest_apart(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)

    client.force_login(veldwerk.toetser)
    werk = client.get(reverse("mijn_werk")).content.decode()
    adres = reverse("opmerkingen", args=[veldwerk.dossier.pk])
    assert f'href="{adres}"' in werk
    nazien = client.get(adres).context["nazien"]
    assert [regel.vraag.code for regel in nazien.onenig] == ["V2.5"]
    assert [beeld.aandachtspunt.code for beeld in nazien.verklaard] == ["A2.4"]
    assert "groep:scholing" in [leemte.sleutel for leemte in nazien.leemten]
    client.force_login(veldwerk.inspecteur)
    assert client.get(adres).context["nazien"] is None


def test_bij_elk_oordeel_staat_alles_waarop_het_rust(client, ter_toetsing):
    client.force_login(ter_toetsing.toetser)
    html = client.get(reverse("beoordelingen", args=[ter_toetsing.dossier.pk])).content.decode()
    a24 = html[html.index('id="A2.4"') :]
    for stuk in ("Norm A2.4.", "V2.5", "Motivering:", "Daarvan is niets gebleken.", "De norm vraagt: regionale"):
        assert stuk in a24
    assert "Opmerking bij A2.4" in a24


def test_na_een_opmerking_komt_de_volgende_en_na_de_laatste_het_besluit(client, ter_toetsing):
    een, twee = plaats(ter_toetsing), plaats(ter_toetsing, "En wie?", vraag=ter_toetsing.vraag("V2.5"))
    zet_status(ter_toetsing.dossier, "in_uitvoering", ter_toetsing.toetser, reden="Zie de opmerkingen.")
    client.force_login(ter_toetsing.inspecteur)
    pagina = client.get(reverse("opmerkingen", args=[ter_toetsing.dossier.pk])).content.decode()
    assert reverse("bevinding", args=[ter_toetsing.dossier.pk, "V2.5"]) in pagina  # to where it is mended
    naar = []
    for opmerking in (een, twee):
        adres = reverse("opmerking_afgehandeld", args=[ter_toetsing.dossier.pk, opmerking.pk])
        naar.append(client.post(adres, {"reactie": "Gedaan.", "gezien": "1"}).url.partition("#")[2])
    assert naar == [f"opmerking-{twee.pk}", "besluit"]
