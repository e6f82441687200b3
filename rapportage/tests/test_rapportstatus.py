"""The way of a report from draft to public: each step, what stands in its way, its terms, and the editions it leaves."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from rapportage import actions, drukker, samenstellen
from rapportage.actions.wederhoor import reactie_besluiten, reactie_vastleggen
from rapportage.drukpers import NietGedrukt
from rapportage.models import Aantekening, Passage, Rapport, Uitgave, Wederhoorreactie
from rapportage.queries.status import openbare_uitgave
from regio.models import Gebeurtenis
from regio.regels import zonder_regels
from vragenlijst.actions import Conflict, Geweigerd, zet_status
from vragenlijst.bezwaren import bezwaren
from vragenlijst.models import Bevinding
from vragenlijst.overgangen import OVERGANGEN

pytestmark = pytest.mark.django_db

WEG = ("concept", "wederhoor", "vastgesteld", "aangeboden", "openbaar")
ALS_DE_MINISTER = "De minister maakte het op 1 juni openbaar."


@pytest.fixture
def rapport(gesloten, analist):
    rapport = actions.maak_rapport(Rapport.voor(gesloten.ronde), analist)
    rapport.passages.update(tekst="De cijfers staan in de tabel.")
    return rapport


@pytest.fixture
def pers(monkeypatch):
    """The press, standing still: what it is asked to print, and how often. `test_redactie_browser` has a real one."""
    gedrukt = []
    monkeypatch.setattr(samenstellen, "_laatst_gedrukt", {})

    def druk_af(drukwerk):
        gedrukt.append(drukwerk.html)
        return b"%PDF " + hashlib.sha256(drukwerk.ingepakt()).hexdigest().encode()

    monkeypatch.setattr(drukker, "druk_af", druk_af)
    return gedrukt


def breng(rapport: Rapport, naar: str, wie) -> Rapport:
    for stap in WEG[WEG.index(rapport.status) + 1 : WEG.index(naar) + 1]:
        zet_status(rapport, stap, wie, reden=ALS_DE_MINISTER)
    rapport.refresh_from_db()
    return rapport


def reactie(rapport, **velden) -> Wederhoorreactie:
    return Wederhoorreactie(
        **{"rapport": rapport, "partij": "UWV", "ontvangen_op": timezone.localdate(), "soort": "feitelijk",
           "tekst": "Dat klopt niet.", **velden}
    )  # fmt: skip


# --- The steps ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stap", OVERGANGEN["rapport"], ids=lambda stap: f"{stap.van}-{stap.naar}")
def test_elke_stap_door_elke_persoon(rapport, analist, pers, request, stap):
    breng(rapport, stap.van, analist)
    for persona in ("inspecteur", "collega", "beheerder"):
        with pytest.raises(PermissionDenied):
            zet_status(rapport, stap.naar, request.getfixturevalue(persona), reden=ALS_DE_MINISTER)
    if stap.met_reden:
        with pytest.raises(Geweigerd, match="reden"):
            zet_status(rapport, stap.naar, analist)
    zet_status(rapport, stap.naar, analist, reden=ALS_DE_MINISTER)
    rapport.refresh_from_db()
    assert rapport.status == stap.naar
    rij = Gebeurtenis.objects.van(rapport).order_by("pk").last()
    assert (rij.soort, rij.van, rij.naar, rij.reden) == ("status", stap.van, stap.naar, ALS_DE_MINISTER)


def test_wederhoor_duurt_twee_weken_en_is_te_wijzigen(client, rapport, analist):
    zet_status(rapport, "wederhoor", analist)
    rapport.refresh_from_db()
    assert rapport.wederhoor_tot == timezone.localdate() + timedelta(days=14)
    client.force_login(analist)
    adres = reverse("rapport_uitgeven", args=[rapport.ronde.slug])
    assert "laatste dag" in client.post(adres, {"wederhoor_tot": ""}).content.decode()
    nieuw = timezone.localdate() + timedelta(days=30)
    assert client.post(adres, {"wederhoor_tot": f"{nieuw:%d-%m-%Y}"}).status_code == 302
    rapport.refresh_from_db()
    assert rapport.wederhoor_tot == nieuw
    assert f"{nieuw:%Y}" in client.get(reverse("rapport", args=[rapport.ronde.slug])).content.decode()


def test_vier_weken_bij_de_minister(client, rapport, analist, pers):
    breng(rapport, "aangeboden", analist)
    assert rapport.aangeboden_op == timezone.localdate()
    with pytest.raises(Geweigerd, match=r"ligt tot .* bij de minister"):
        zet_status(rapport, "openbaar", analist, reden="Wij willen het nu.")
    with pytest.raises(Geweigerd, match=r"ligt tot .* bij de minister"):
        zet_status(rapport, "openbaar", analist)
    client.force_login(analist)
    assert "Eerder maakt alleen de minister" in client.get(rapport.get_absolute_url()).content.decode()
    Rapport.objects.filter(pk=rapport.pk).update(aangeboden_op=timezone.localdate() - timedelta(days=28))
    zet_status(rapport, "openbaar", analist)
    rapport.refresh_from_db()
    assert (rapport.status, rapport.openbaar_op) == ("openbaar", timezone.localdate())


# --- What stands in the way -------------------------------------------------------------------------------------------


def test_zonder_fotomoment_geen_wederhoor(rapport, gesloten, analist):
    zet_status(gesloten.ronde, "open", gesloten.beheerder, reden="een telfout")
    with pytest.raises(Geweigerd, match="is nog niet gesloten"):
        zet_status(rapport, "wederhoor", analist)


def test_lege_passage(rapport, analist):
    Passage.objects.filter(pk=rapport.passages.first().pk).update(tekst=" \n")
    with pytest.raises(Geweigerd, match=r"1\.1 Aanleiding heeft nog geen tekst"):
        zet_status(rapport, "wederhoor", analist)


def test_gegevens_die_afwijken_van_het_fotomoment(rapport, gesloten, analist, pers):
    breng(rapport, "wederhoor", analist)
    with zonder_regels(connection):
        Bevinding.objects.filter(dossier=gesloten.dossier, vraag__code="V3.1").update(tekst="Anders.")
    with pytest.raises(Geweigerd, match=r"wijken af van het fotomoment: dossier 9901, vraag V3.1, tekst"):
        zet_status(rapport, "vastgesteld", analist)
    assert not pers
    assert not Uitgave.objects.exists()


def test_reacties_en_aantekeningen_eerst(rapport, analist, pers):
    breng(rapport, "wederhoor", analist)
    zegt = reactie_vastleggen(reactie(rapport), analist)
    Aantekening.objects.create(passage=rapport.passages.first(), tekst="Klopt dit?", door=analist)
    rapport.refresh_from_db()
    assert bezwaren(rapport, "vastgesteld") == [
        "1 reactie uit het wederhoor zonder besluit.",
        "Een aantekening bij 1.1 Aanleiding is nog niet afgehandeld.",
    ]
    reactie_besluiten(zegt, "niet", "De gegevens zeggen het.", 1, analist)
    Aantekening.objects.update(afgehandeld_op=timezone.now(), afgehandeld_door=analist)
    assert bezwaren(rapport, "vastgesteld") == []


def test_een_pers_die_weigert_laat_niets_achter(rapport, analist, monkeypatch):
    breng(rapport, "wederhoor", analist)

    def weiger(drukwerk):
        raise NietGedrukt("Het drukken duurde te lang.")

    monkeypatch.setattr(samenstellen, "_laatst_gedrukt", {})
    monkeypatch.setattr(drukker, "druk_af", weiger)
    with pytest.raises(Geweigerd, match="duurde te lang"):
        zet_status(rapport, "vastgesteld", analist)
    rapport.refresh_from_db()
    assert rapport.status == "wederhoor"
    assert not Uitgave.objects.exists()


# --- Editions ---------------------------------------------------------------------------------------------------------


def test_de_uitgave_blijft_zoals_zij_is(client, rapport, gesloten, analist, pers):
    breng(rapport, "vastgesteld", analist)
    uitgave = Uitgave.objects.get()
    assert (uitgave.versie, uitgave.fotomoment.versie, len(pers)) == (1, 1, 1)
    assert uitgave.sha256 == hashlib.sha256(bytes(uitgave.pdf)).hexdigest()
    gegevens = json.loads(uitgave.gegevens)
    assert gegevens["fotomoment"]["sha256"] == uitgave.fotomoment.sha256
    assert {passage["tekst"] for passage in gegevens["passages"]} == {"De cijfers staan in de tabel."}
    assert "V1.3" in gegevens["uitkomsten"]["csv"]
    [html] = pers
    assert uitgave.fotomoment.sha256 in html
    assert "versie 1, status vastgesteld" in html.replace("\xa0", " ")
    assert 'data-status=""' in html
    # The data under it change, as far as rules can be got past: what is downloaded does not.
    with zonder_regels(connection):
        Bevinding.objects.filter(dossier=gesloten.dossier).update(tekst="Anders.")
    client.force_login(analist)
    for adres in (
        reverse("rapport_pdf", args=[rapport.ronde.slug]),
        reverse("uitgave_pdf", args=[rapport.ronde.slug, 1]),
    ):
        assert client.get(adres).content == bytes(uitgave.pdf)
    assert len(pers) == 1


def test_erratum_maakt_de_volgende_versie(client, rapport, analist, pers):
    breng(rapport, "openbaar", analist)
    zet_status(rapport, "concept", analist, reden="een telfout in tabel 2")
    rapport.refresh_from_db()
    assert (rapport.aangeboden_op, rapport.openbaar_op, rapport.erratum) == (None, None, "")
    passage = rapport.passages.first()
    actions.passage_opslaan(passage, "De cijfers staan in de tabellen.", passage.versie, analist)
    breng(rapport, "wederhoor", analist)
    with pytest.raises(Geweigerd, match="vul de lijst van wijzigingen in"):
        zet_status(rapport, "vastgesteld", analist)
    client.force_login(analist)
    velden = {"wederhoor_tot": "01-01-2030", "erratum": "Tabel 2: 3 is 2 geworden.\nBladzijde 4: taalfout."}
    assert client.post(reverse("rapport_uitgeven", args=[rapport.ronde.slug]), velden).status_code == 302
    breng(rapport, "vastgesteld", analist)
    tweede, eerste = Uitgave.objects.all()
    assert (tweede.versie, eerste.versie) == (2, 1)
    assert tweede.erratum.startswith("Tabel 2")
    assert eerste.sha256 == hashlib.sha256(bytes(eerste.pdf)).hexdigest() != tweede.sha256
    gedrukt = pers[-1].replace("\xa0", " ")
    assert "Tabel 2: 3 is 2 geworden." in gedrukt
    assert "Bladzijde 4: taalfout." in gedrukt
    assert "versie 2, status vastgesteld" in gedrukt
    assert client.get(reverse("uitgave_pdf", args=[rapport.ronde.slug, 1])).content == bytes(eerste.pdf)
    assert client.get(reverse("rapport_pdf", args=[rapport.ronde.slug])).content == bytes(tweede.pdf)
    assert f"Versie 2, vastgesteld op {date_format(timezone.localdate(), 'j F Y')}" in gedrukt
    assert "Versie 1, vastgesteld" not in pers[0].replace("\xa0", " ")


def test_de_site_weet_wat_er_openbaar_is_ook_tijdens_een_erratum(client, rapport, analist, pers):
    """Each edition with its own dates and reason; version 1 stays the public one until version 2 is."""
    breng(rapport, "openbaar", analist)
    zet_status(rapport, "concept", analist, reden="een telfout in tabel 2")
    rapport.refresh_from_db()
    vandaag = date_format(timezone.localdate(), "j F Y")
    client.force_login(analist)
    pagina = client.get(reverse("rapport", args=[rapport.ronde.slug])).content.decode()
    assert f"; aangeboden op {vandaag}; openbaar sinds {vandaag} ({ALS_DE_MINISTER})" in pagina
    assert "een telfout in tabel 2" in pagina  # in the history
    gegevens = client.get(reverse("gegevens", args=[rapport.ronde.slug])).content.decode()
    assert f"Versie 1 van het rapport is openbaar sinds {vandaag}" in gegevens
    assert "nog niet openbaar" not in gegevens
    rapport.erratum = "Tabel 2."
    rapport.save(update_fields=["erratum"])
    breng(rapport, "vastgesteld", analist)
    assert openbare_uitgave(rapport).uitgave.versie == 1
    breng(rapport, "openbaar", analist)
    assert openbare_uitgave(rapport).uitgave.versie == 2
    assert "vervangen door versie 2" in client.get(reverse("rapport", args=[rapport.ronde.slug])).content.decode()


def test_wie_met_fouten_om_een_reactie_vraagt_weet_het(client, rapport, analist):
    passage = rapport.passages.first()
    actions.passage_opslaan(passage, "In [alle gemeenten]{V1.3=nee} is er geen plan.", passage.versie, analist)
    client.force_login(analist)
    assert "in de tekst staat nog 1 fout" in client.get(reverse("rapport", args=[rapport.ronde.slug])).content.decode()


def test_eerder_openbaar_maken_vraagt_zichtbaar_een_reden(client, rapport, analist, pers):
    breng(rapport, "aangeboden", analist)
    client.force_login(analist)
    pagina = client.get(reverse("rapport", args=[rapport.ronde.slug])).content.decode()
    assert "Reden van eerder openbaar maken" in pagina
    assert "niet verplicht" not in pagina


@pytest.mark.parametrize(
    ("regel", "opdracht"),
    [
        ("uitgave_blijft", "UPDATE rapportage_uitgave SET sha256 = 'x'"),
        ("uitgave_blijft", "DELETE FROM rapportage_uitgave"),
        ("passage_staat_vast", "UPDATE rapportage_passage SET tekst = 'x'"),
        ("passage_staat_vast", "DELETE FROM rapportage_passage"),
        ("rapport_staat_vast", "UPDATE rapportage_rapport SET titel = 'x'"),
    ],
)
def test_gewone_sql_wordt_geweigerd(rapport, analist, pers, regel, opdracht):
    breng(rapport, "vastgesteld", analist)
    with pytest.raises(IntegrityError, match=regel), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)


def test_een_vaste_tekst_is_nergens_te_wijzigen(client, rapport, analist, pers):
    breng(rapport, "vastgesteld", analist)
    client.force_login(analist)
    passage = rapport.passages.first()
    client.post(passage.get_absolute_url(), {"tekst": "Anders.", "versie": passage.versie})
    client.post(
        reverse("passage_bewaren", args=[rapport.ronde.slug, passage.pk]),
        json.dumps({"tekst": "Anders.", "versie": passage.versie, "sleutel": "6f1b7c1e-58a5-4f0e-9d63-0d8f2f7f0c11"}),
        content_type="application/json",
    )
    client.post(reverse("rapport_uitgeven", args=[rapport.ronde.slug]), {"met_verantwoording": "on"})
    rapport.refresh_from_db()
    passage.refresh_from_db()
    assert passage.tekst == "De cijfers staan in de tabel."
    assert not rapport.met_verantwoording


# --- Wederhoor --------------------------------------------------------------------------------------------------------


def test_reactie_vastleggen_en_besluiten_op_de_pagina(client, rapport, analist):
    breng(rapport, "wederhoor", analist)
    client.force_login(analist)
    adres = reverse("wederhoor", args=[rapport.ronde.slug])
    velden = {"partij": "UWV", "ontvangen_op": "01-01-2099", "soort": "mening", "tekst": "Te somber."}
    antwoord = client.post(adres, velden)
    assert (antwoord.status_code, "in de toekomst" in antwoord.content.decode()) == (422, True)
    assert client.post(adres, {**velden, "ontvangen_op": "02-06-2008"}).status_code == 302
    zegt = Wederhoorreactie.objects.get()
    een = reverse("wederhoorreactie", args=[rapport.ronde.slug, zegt.pk])
    leeg = client.post(een, {"versie": 1, "besluit": "niet", "motivering": ""})
    assert (leeg.status_code, "Vul dit in." in leeg.content.decode()) == (422, True)
    besluit = {"versie": 1, "besluit": "deels", "motivering": "De toon is aangepast."}
    assert client.post(een, besluit).status_code == 302
    botsing = client.post(een, {**besluit, "motivering": "Nee."})  # somebody who still had version 1 before them
    assert botsing.status_code == 409
    assert "De toon is aangepast." in botsing.content.decode()
    zegt.refresh_from_db()
    assert (zegt.besluit, zegt.motivering, zegt.behandeld_door) == ("deels", "De toon is aangepast.", analist)


def test_buiten_wederhoor_geen_reacties(rapport, analist, pers):
    with pytest.raises(Geweigerd, match="niet in wederhoor"):
        reactie_vastleggen(reactie(rapport), analist)
    breng(rapport, "wederhoor", analist)
    zegt = reactie_vastleggen(reactie(rapport), analist)
    reactie_besluiten(zegt, "niet", "Nee.", 1, analist)
    with pytest.raises(Conflict):
        reactie_besluiten(zegt, "deels", "Toch.", 1, analist)
    rapport.refresh_from_db()
    zet_status(rapport, "concept", analist, reden="De reacties worden verwerkt.")
    assert reactie_besluiten(zegt, "deels", "Toch.", 2, analist).besluit == "deels"
    rapport.refresh_from_db()
    breng(rapport, "vastgesteld", analist)
    with pytest.raises(Geweigerd, match="staat vast"):
        reactie_besluiten(zegt, "niet", "Nee.", 3, analist)


def test_een_geweigerde_stap_zegt_op_de_pagina_waarom(client, rapport, analist):
    Passage.objects.filter(pk=rapport.passages.first().pk).update(tekst="")
    client.force_login(analist)
    antwoord = client.post(reverse("rapport_status", args=[rapport.ronde.slug]), {"naar": "wederhoor"})
    assert antwoord.status_code == 422
    assert "1.1 Aanleiding heeft nog geen tekst" in antwoord.content.decode()
