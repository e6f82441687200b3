"""Personal data of a round go when its term is over; counts, findings, seal and history stay (design 4.10, besluit 0049)."""

import os
from copy import deepcopy
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from rapportage.actions import maak_rapport
from rapportage.models import Fotomoment, Rapport
from rapportage.queries.bewaartermijn import begin_van_de_termijn
from rapportage.queries.fotomoment import verifieer
from regio.models import Gebeurtenis
from vragenlijst import opslag
from vragenlijst.actions import Akkoord, Geweigerd, zet_status
from vragenlijst.actions.bewaartermijn import wis_persoonsgegevens
from vragenlijst.bewaartermijn import Begin, Termijn, maanden_later
from vragenlijst.models import Beoordeling, Bevinding, Bewijsstuk, Gesprekspartner, Interview
from vragenlijst.queries.bewaartermijn import bewaring, bewaringen
from vragenlijst.tests.factories import PDF, maak_bewijsstuk, maak_instrument, maak_interview, maak_ronde
from vragenlijst.tests.test_zet_status import maak_compleet

OVER_EEN_JAAR = timezone.localdate() + timedelta(days=366)


@pytest.fixture(scope="module")
def gesloten(veldwerk_van_de_module):
    """A closed round with a name in each place: the partner of an approved interview, one of a cancelled one, a marked file."""
    veldwerk = veldwerk_van_de_module
    maak_compleet(veldwerk)
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)
    akkoord = Akkoord(timezone.localdate(), "P. de Boer")
    zet_status(veldwerk.interview, "geaccordeerd", veldwerk.inspecteur, akkoord=akkoord, correcties="Ik heet De Boer.")
    afgezegd = maak_interview(veldwerk.dossier, "cwi")
    zet_status(afgezegd, "vervallen", veldwerk.inspecteur, reden="ziek")
    maak_bewijsstuk(veldwerk.dossier, titel="Convenant", inhoud=b"%PDF-1.4 convenant")
    maak_bewijsstuk(
        veldwerk.dossier, titel="Deelnemers", inhoud=PDF, bestandsnaam="lijst P. de Boer.pdf", persoonsgegevens=True
    )
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)
    zet_status(veldwerk.ronde, "gesloten", veldwerk.beheerder)
    return veldwerk


@pytest.fixture
def bewaard(gesloten, db):
    """`gesloten` for one test, which may wipe it, the file too."""
    pad = Path(default_storage.path(stuk("Deelnemers").bestand.name))
    yield deepcopy(gesloten)
    pad.write_bytes(PDF)


def stuk(titel: str) -> Bewijsstuk:
    return Bewijsstuk.objects.get(titel=titel)


# --- The term ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dag", "maanden", "later"),
    [
        (date(2008, 1, 31), 1, date(2008, 2, 29)),
        (date(2009, 1, 31), 1, date(2009, 2, 28)),
        (date(2008, 6, 15), 12, date(2009, 6, 15)),
        (date(2008, 12, 1), 1, date(2009, 1, 1)),
        (date(2008, 2, 29), 12, date(2009, 2, 28)),
        (date(2008, 6, 15), 0, date(2008, 6, 15)),
    ],
)
def test_maanden_later(dag, maanden, later):
    assert maanden_later(dag, maanden) == later


def test_op_de_dag_zelf_is_de_termijn_voorbij():
    termijn = Termijn(Begin(date(2008, 6, 15), ""), 12)
    assert not termijn.is_verlopen(date(2009, 6, 14))
    assert termijn.is_verlopen(date(2009, 6, 15))
    assert not Termijn(Begin(None, "nog niet"), 0).is_verlopen(date(2099, 1, 1))


def test_een_open_ronde_heeft_nog_geen_termijn(db):
    assert bewaring(maak_ronde(maak_instrument("ander"), "open", status="open")).termijn == Termijn(
        Begin(None, "De ronde is nog niet gesloten."), 12
    )


def test_zonder_rapport_loopt_de_termijn_vanaf_het_sluiten(bewaard, settings):
    settings.BEWAARTERMIJN_MAANDEN = 6
    gevonden = bewaring(bewaard.ronde)
    vandaag = timezone.localdate()
    assert (gevonden.termijn.begin.dag, gevonden.termijn.verloopt) == (vandaag, maanden_later(vandaag, 6))


@pytest.mark.parametrize("status", ["concept", "wederhoor"])
def test_het_wederhoor_moet_eerst_voorbij_zijn(bewaard, analist, status):
    rapport = maak_rapport(Rapport.voor(bewaard.ronde), analist)
    Rapport.objects.filter(pk=rapport.pk).update(status=status, wederhoor_tot=date(2008, 5, 1))
    assert bewaring(bewaard.ronde).termijn.verloopt is None
    with pytest.raises(Geweigerd, match="loopt nog niet"):
        wis_persoonsgegevens(bewaard.ronde, bewaard.beheerder, vandaag=OVER_EEN_JAAR)


def test_na_het_wederhoor_loopt_de_termijn(bewaard, analist):
    maak_rapport(Rapport.voor(bewaard.ronde), analist)
    einde = timezone.localdate() + timedelta(days=10)
    Rapport.objects.update(status="vastgesteld", wederhoor_tot=einde)
    assert begin_van_de_termijn([bewaard.ronde]) == {bewaard.ronde.pk: Begin(einde, "het einde van het wederhoor")}


def test_een_vast_aantal_vragen_voor_alle_rondes(bewaard, django_assert_num_queries):
    with django_assert_num_queries(6):
        assert [b.aantal for b in bewaringen()] == [8]


# --- What is wiped ----------------------------------------------------------------------------------------------------


def test_het_voorbeeld_telt_per_soort_veld(bewaard):
    """Two partners (name and function, no organisation), one approval, one correction, one file with its name."""
    assert {str(t.wisveld): t.aantal for t in bewaring(bewaard.ronde).tellingen} == {
        "Gesprekspartner.naam": 2,
        "Gesprekspartner.functie": 2,
        "Gesprekspartner.organisatie": 0,
        "Interview.geaccordeerd_door": 1,
        "Interview.correcties": 1,
        "Bewijsstuk.bestand": 1,
        "Bewijsstuk.bestandsnaam": 1,
    }


def test_wissen_neemt_de_namen_weg_en_laat_de_rest(bewaard, django_capture_on_commit_callbacks):
    lijst, convenant = stuk("Deelnemers"), stuk("Convenant")
    pad = Path(default_storage.path(lijst.bestand.name))
    telling = (Bevinding.objects.count(), Beoordeling.objects.count(), Gesprekspartner.objects.count())
    eerder = list(Gebeurtenis.objects.order_by("pk").values())
    foto = Fotomoment.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        gewist = wis_persoonsgegevens(bewaard.ronde, bewaard.beheerder, vandaag=OVER_EEN_JAAR)

    assert gewist.aantal == 8
    assert set(Gesprekspartner.objects.values_list("naam", "functie", "organisatie")) == {("gewist", "", "")}
    bewaard.interview.refresh_from_db()
    assert (bewaard.interview.geaccordeerd_door, bewaard.interview.correcties) == ("gewist", "gewist")
    assert Interview.objects.get(actorgroep__code="cwi").geaccordeerd_door == ""
    na = stuk("Deelnemers")
    assert (na.bestand.name, na.bestandsnaam, na.sha256, na.grootte) == ("", "", lijst.sha256, len(PDF))
    assert na.gewist_op is not None
    assert not pad.exists()
    assert Path(default_storage.path(convenant.bestand.name)).exists()
    assert telling == (Bevinding.objects.count(), Beoordeling.objects.count(), Gesprekspartner.objects.count())
    assert verifieer(foto) == []
    assert list(Gebeurtenis.objects.order_by("pk").values())[: len(eerder)] == eerder
    nieuw = Gebeurtenis.objects.latest("pk")
    assert (nieuw.soort, nieuw.wie, nieuw.ding_naam) == ("gewist", bewaard.beheerder, str(bewaard.ronde))
    assert nieuw.wijzigingen == {
        "Namen van gesprekspartners": [2, 0],
        "Functies van gesprekspartners": [2, 0],
        "Namen bij een akkoord op een verslag": [1, 0],
        "Correcties op verslagen": [1, 0],
        "Bestanden met persoonsgegevens": [1, 0],
        "Namen van die bestanden": [1, 0],
    }
    assert "Boer" not in "".join(map(str, Gebeurtenis.objects.values_list("wijzigingen", "reden", "ding_naam")))
    with pytest.raises(Geweigerd, match="niets"):
        wis_persoonsgegevens(bewaard.ronde, bewaard.beheerder, vandaag=OVER_EEN_JAAR)


def test_voor_het_einde_van_de_termijn_wist_niemand(bewaard):
    with pytest.raises(Geweigerd, match="loopt tot"):
        wis_persoonsgegevens(bewaard.ronde, bewaard.beheerder, vandaag=OVER_EEN_JAAR - timedelta(days=3))
    assert Gesprekspartner.objects.filter(naam="P. de Boer").count() == 2


# --- What the database lets through below a dossier that is vastgesteld -----------------------------------------------


@pytest.mark.parametrize(
    ("model", "velden", "mag"),
    [
        (Gesprekspartner, {"naam": "gewist", "functie": "", "organisatie": ""}, True),
        (Gesprekspartner, {"naam": "Q. Jansen"}, False),
        (Gesprekspartner, {"naam": "gewist"}, False),  # with the function still there it is no wipe
        (Interview, {"geaccordeerd_door": "gewist"}, True),
        (Interview, {"correcties": "gewist"}, True),
        (Interview, {"geaccordeerd_door": "Q. Jansen"}, False),
        (Interview, {"geaccordeerd_door": ""}, False),
        (Interview, {"geaccordeerd_door": "gewist", "plaats": "elders"}, False),
        (Interview, {"status": "gehouden", "geaccordeerd_op": None}, False),
        (Bewijsstuk, {"bestand": "", "bestandsnaam": "", "gewist_op": timezone.now()}, True),
        (Bewijsstuk, {"bestand": "", "bestandsnaam": "", "gewist_op": timezone.now(), "titel": "Iets anders"}, False),
        (Bewijsstuk, {"bestand": "", "bestandsnaam": "", "gewist_op": timezone.now(), "sha256": "0" * 64}, False),
        (Bewijsstuk, {"bestandsnaam": ""}, False),
        (Bewijsstuk, {"persoonsgegevens": False}, False),
    ],
)
def test_de_database_laat_alleen_wissen_door(bewaard, model, velden, mag):
    kies = {Gesprekspartner: {"interview": bewaard.interview}, Interview: {"pk": bewaard.interview.pk}}
    rijen = model.objects.filter(**kies.get(model, {"titel": "Deelnemers"}))
    if mag:
        assert rijen.update(**velden) == 1
        return
    with pytest.raises(IntegrityError, match=f"{model._meta.model_name}_vastgesteld"), transaction.atomic():
        rijen.update(**velden)


def test_een_stuk_zonder_het_merk_gaat_niet(bewaard):
    with pytest.raises(IntegrityError, match="bewijsstuk_vastgesteld"), transaction.atomic():
        Bewijsstuk.objects.filter(titel="Convenant").update(bestand="", bestandsnaam="", gewist_op=timezone.now())


@pytest.mark.parametrize(
    "doe",
    [
        lambda gesprek: Gesprekspartner.objects.create(interview=gesprek, naam="Q. Jansen"),
        lambda gesprek: gesprek.gesprekspartners.all().delete(),
        lambda gesprek: Interview.objects.filter(pk=gesprek.pk)._raw_delete("default"),
    ],
    ids=["erbij", "weg", "gesprek weg"],
)
def test_namen_komen_er_niet_bij_en_rijen_gaan_niet_weg(bewaard, doe):
    gesprek = Interview.objects.get(actorgroep__code="cwi")
    with pytest.raises(IntegrityError, match="_vastgesteld"), transaction.atomic():
        doe(gesprek)


# --- Pages and command ------------------------------------------------------------------------------------------------


@pytest.fixture
def als_beheerder(client, bewaard):
    client.force_login(bewaard.beheerder)
    return client


def test_een_termijn_van_nul_maanden_en_dan_wissen(als_beheerder, bewaard):
    adres = reverse("ronde_bewaartermijn", args=[bewaard.ronde.slug])
    assert "De termijn loopt tot" in als_beheerder.get(adres).content.decode()
    assert als_beheerder.post(adres, {"maanden": "0"}).status_code == 422  # without a reason
    als_beheerder.post(adres, {"maanden": "0", "reden": "Besluit van de directie."})
    bewaard.ronde.refresh_from_db()
    assert bewaard.ronde.bewaartermijn == 0
    rij = Gebeurtenis.objects.latest("pk")
    assert (rij.wijzigingen, rij.reden) == ({"Bewaartermijn in maanden": [12, 0]}, "Besluit van de directie.")
    assert "te wissen" in als_beheerder.get(reverse("bewaartermijnen")).content.decode()

    wissen = reverse("ronde_wissen", args=[bewaard.ronde.slug])
    fout = als_beheerder.post(wissen, {"naam": "Andere ronde"})
    assert fout.status_code == 422
    assert "Dit is niet de naam van de ronde. Typ: Proefronde" in fout.content.decode()
    assert Gesprekspartner.objects.filter(naam="P. de Boer").exists()
    goed = als_beheerder.post(wissen, {"naam": "proefronde "}, follow=True)
    assert "zijn gewist: 8 gegevens" in goed.content.decode()
    assert not Gesprekspartner.objects.exclude(naam="gewist").exists()


def test_wissen_voor_het_einde_wordt_geweigerd_op_de_pagina(als_beheerder, bewaard):
    antwoord = als_beheerder.post(reverse("ronde_wissen", args=[bewaard.ronde.slug]), {"naam": "Proefronde"})
    assert antwoord.status_code == 422
    assert "De termijn loopt tot" in antwoord.content.decode()


def test_een_gewist_bestand_is_nog_te_herkennen(client, bewaard):
    wis_persoonsgegevens(bewaard.ronde, bewaard.beheerder, vandaag=OVER_EEN_JAAR)
    client.force_login(bewaard.inspecteur)
    pagina = client.get(bewaard.dossier.get_absolute_url()).content.decode()
    assert f"PDF, {len(PDF)} bytes, gewist op" in pagina
    assert (
        client.get(reverse("bewijsstuk_bestand", args=[bewaard.dossier.pk, stuk("Deelnemers").pk])).status_code == 404
    )


def opdracht(*args) -> str:
    uit = StringIO()
    call_command("wis_persoonsgegevens", *args, stdout=uit)
    return uit.getvalue()


def test_de_opdracht_toont_wist_en_zegt_waarom_niet(bewaard):
    assert "De termijn loopt tot" in opdracht()
    bewaard.ronde.bewaartermijn = 0
    bewaard.ronde.save(update_fields=["bewaartermijn"])
    assert "te wissen: 2 namen van gesprekspartners, 2 functies" in opdracht("--toon")
    assert Gesprekspartner.objects.filter(naam="P. de Boer").exists()
    assert "gewist: 2 namen van gesprekspartners" in opdracht(bewaard.ronde.slug)
    assert Gebeurtenis.objects.latest("pk").wie is None
    assert "niets (meer) te wissen" in opdracht()
    with pytest.raises(CommandError, match="geen ronde 'bestaat-niet'"):
        opdracht("bestaat-niet")


def test_een_bestand_dat_blijft_liggen_gaat_met_opruimen(bewaard, django_capture_on_commit_callbacks):
    """The commit is in, the process dies before the file is gone: nothing names the file any more, and the sweep takes it."""
    pad = Path(default_storage.path(stuk("Deelnemers").bestand.name))
    with django_capture_on_commit_callbacks(execute=False):
        wis_persoonsgegevens(bewaard.ronde, bewaard.beheerder, vandaag=OVER_EEN_JAAR)
    assert pad.exists()
    oud = pad.stat().st_mtime - opslag.WEES_NA - 60
    os.utime(pad, (oud, oud))
    opslag.ruim_op(hoogstens=None)
    assert not pad.exists()
