"""An instrument by the one door, and what the database itself refuses once it is vastgesteld. On SQLite and on PostgreSQL."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from regio.models import Gebeurtenis
from regio.regels import zonder_regels
from vragenlijst.actions import Geweigerd, zet_status
from vragenlijst.actions.instrumenten import concept_verwijderen, nieuwe_versie
from vragenlijst.bezwaren import bezwaren
from vragenlijst.forms.rondes import RondeForm
from vragenlijst.instrumentlader import uit_database
from vragenlijst.models import Aandachtspunt, Instrument, Keuze, Onderdeel, Vraag
from vragenlijst.queries import antwoorden_van, driehoeken, onderdelen_met_vragen, voortgang
from vragenlijst.tests.factories import maak_instrument, maak_ronde, terug_naar_concept
from vragenlijst.werkvoorraad.dekking import dekkingen
from vragenlijst.werkvoorraad.stand import van_dossiers


@pytest.fixture
def vast(db) -> Instrument:
    return maak_instrument()


@pytest.fixture
def concept(vast, beheerder) -> Instrument:
    return nieuwe_versie(vast, beheerder)


def wijzigingen(instrument: Instrument) -> dict:
    """Every way to change something of it by one statement, each without any code of ours."""
    onderdeel = instrument.onderdelen.first()
    vraag = Vraag.objects.filter(onderdeel__instrument=instrument)
    keuze = Keuze.objects.filter(vraag__onderdeel__instrument=instrument)
    norm = Aandachtspunt.objects.filter(onderdeel__instrument=instrument)
    zelf = Instrument.objects.filter(pk=instrument.pk)
    bewijs, over = Aandachtspunt.bewijssoorten.through.objects, Aandachtspunt.vragen.through.objects
    hier = {"aandachtspunt__in": norm}
    return {
        "instrument_staat_vast": [
            lambda: zelf.update(naam="Anders"),
            lambda: zelf.update(bron="Anders"),
            lambda: zelf.update(code="anders"),
            lambda: zelf.update(versie=9),
        ],
        "onderdeel_van_vast_instrument": [
            lambda: instrument.onderdelen.update(titel="Anders"),
            lambda: Onderdeel.objects.create(
                instrument=instrument, code="9", titel="N", titel_aandachtspunten="N", volgorde=9
            ),
        ],
        "actorgroep_van_vast_instrument": [
            lambda: instrument.actorgroepen.update(naam="Anders"),
            lambda: instrument.actorgroepen.all()._raw_delete("default"),
        ],
        "bewijssoort_van_vast_instrument": [lambda: instrument.bewijssoorten.update(naam="Anders")],
        "vraag_van_vast_instrument": [
            lambda: vraag.update(tekst="Anders"),
            lambda: vraag.update(vergelijkbaarheid="nieuw"),
            lambda: Vraag.objects.create(onderdeel=onderdeel, code="V9", tekst="N", soort="open", volgorde=9),
        ],
        "keuze_van_vast_instrument": [
            lambda: keuze.update(naam="Anders"),
            lambda: Keuze.objects.create(vraag=vraag[0], code="misschien", naam="misschien", volgorde=9),
            lambda: keuze.filter(code="nvt")._raw_delete("default"),
        ],
        "aandachtspunt_van_vast_instrument": [lambda: norm.update(tekst="Anders"), lambda: norm.update(volgorde=9)],
        "aandachtspunt_bewijssoorten_van_vast_instrument": [lambda: bewijs.filter(**hier)._raw_delete("default")],
        "aandachtspunt_vragen_van_vast_instrument": [
            lambda: over.filter(**hier)._raw_delete("default"),
            lambda: over.create(aandachtspunt=norm[0], vraag=vraag.get(code="V3.1")),
        ],
    }


REGELS = [
    "aandachtspunt_bewijssoorten_van_vast_instrument",
    "aandachtspunt_van_vast_instrument",
    "aandachtspunt_vragen_van_vast_instrument",
    "actorgroep_van_vast_instrument",
    "bewijssoort_van_vast_instrument",
    "instrument_staat_vast",
    "keuze_van_vast_instrument",
    "onderdeel_van_vast_instrument",
    "vraag_van_vast_instrument",
]


@pytest.mark.parametrize("status", ["vastgesteld", "vervallen"])
@pytest.mark.parametrize("regel", REGELS)
def test_the_database_refuses_every_change(vast, concept, regel, status):
    Instrument.objects.filter(pk=vast.pk).update(status=status)
    vast.refresh_from_db()
    voor = uit_database(vast)
    for doe in wijzigingen(vast)[regel]:
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            doe()
    assert uit_database(Instrument.objects.get(pk=vast.pk)) == voor


@pytest.mark.parametrize("regel", REGELS)
def test_and_none_in_a_concept(concept, regel):
    """What the test above proves is that it is vastgesteld, not that the statements are wrong."""
    for doe in wijzigingen(concept)[regel]:
        with transaction.atomic():
            doe()
            transaction.set_rollback(True)


def test_a_fixed_one_is_not_removed_nor_a_concept_again(vast):
    zelf = Instrument.objects.filter(pk=vast.pk)
    for doe in (lambda: zelf.update(status="concept"), lambda: zelf._raw_delete("default")):
        with pytest.raises(IntegrityError, match="instrument_staat_vast"), transaction.atomic():
            doe()


def test_nothing_moves_into_or_out_of_a_fixed_one(vast, concept):
    van_vast = Vraag.objects.filter(onderdeel__instrument=vast, code="V3.1")
    van_concept = Vraag.objects.filter(onderdeel__instrument=concept, code="V3.1")
    for vraag, naar in ((van_vast, concept), (van_concept, vast)):
        with pytest.raises(IntegrityError, match="vraag_van_vast_instrument"), transaction.atomic():
            vraag.update(onderdeel=naar.onderdelen.get(code="1"))


# --- The one door -------------------------------------------------------------------------------------------------------


def test_the_road_of_a_version(concept, beheerder):
    zet_status(concept, "vastgesteld", beheerder)
    zet_status(concept, "vervallen", beheerder, reden="Er is een betere.")
    zet_status(concept, "vastgesteld", beheerder, reden="Toch niet.")
    stappen = Gebeurtenis.objects.filter(ding_soort="instrument", ding_id=concept.pk, soort="status").order_by("pk")
    assert [(g.van, g.naar, g.reden) for g in stappen] == [
        ("concept", "vastgesteld", ""),
        ("vastgesteld", "vervallen", "Er is een betere."),
        ("vervallen", "vastgesteld", "Toch niet."),
    ]


def test_faults_stand_in_the_way_and_say_where(concept, beheerder):
    Keuze.objects.filter(vraag__code="V2.5", vraag__onderdeel__instrument=concept, soort="inhoud").delete()
    (bezwaar,) = bezwaren(concept, "vastgesteld")
    assert (bezwaar, bezwaar.adres) == (
        "Vraag V2.5: deze gesloten vraag heeft geen keuzes.",
        "/instrument/klein/2/#V2.5",
    )
    with pytest.raises(Geweigerd, match="geen keuzes"):
        zet_status(concept, "vastgesteld", beheerder)


@pytest.mark.parametrize("persona", ["inspecteur", "analist"])
def test_only_the_beheerder(request, concept, persona):
    with pytest.raises(PermissionDenied):
        zet_status(concept, "vastgesteld", request.getfixturevalue(persona))


def test_only_a_fixed_one_is_offered_to_a_round(vast, concept, beheerder):
    def te_kiezen() -> set[int]:
        return set(RondeForm().fields["instrument"].queryset.values_list("versie", flat=True))

    assert te_kiezen() == {1}
    zet_status(concept, "vastgesteld", beheerder)
    zet_status(vast, "vervallen", beheerder, reden="Er is een betere.")
    assert te_kiezen() == {2}


def test_a_round_does_not_open_on_one_that_is_no_more(vast, beheerder):
    zet_status(vast, "vervallen", beheerder, reden="Er is een betere.")
    assert bezwaren(maak_ronde(vast), "open")[0] == "Het instrument is vervallen: kies een andere versie."


def test_an_optional_question_keeps_no_dossier_open_unless_somebody_answered(veldwerk):
    def open_() -> set[str]:
        return {regel.vraag.code for regel in driehoeken(veldwerk.dossier) if regel.open}

    assert open_() == {"V1.3", "V2.4", "V2.5", "V3.1"}
    terug_naar_concept(veldwerk.instrument)
    Vraag.objects.filter(code__in=["V2.5", "V3.1"]).update(verplicht=False)
    assert open_() == {"V1.3", "V2.4"}
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    assert open_() == {"V1.3", "V2.4", "V2.5"}
    stand = voortgang(onderdelen_met_vragen(veldwerk.instrument), antwoorden_van(veldwerk.interview))
    assert [(deel.beantwoord, deel.gevraagd) for deel in stand] == [(0, 1), (1, 2), (0, 0)]
    werk = van_dossiers([veldwerk.dossier])
    assert werk[0].gevraagd == 2  # V1.3 and V2.4
    (dekking,) = dekkingen(werk).values()
    assert [(cel.beantwoord, cel.gevraagd) for cel in dekking.groepen[0].cellen] == [(0, 1), (1, 2), (0, 0)]


# --- Versions ------------------------------------------------------------------------------------------------------------


def test_the_next_version_is_the_same_but_for_its_number(vast, beheerder):
    eerder = uit_database(vast)
    concept = nieuwe_versie(vast, beheerder)
    nieuw = uit_database(concept)
    assert (nieuw.versie, nieuw.status) == (2, "concept")
    assert nieuw.onderdelen == eerder.onderdelen
    assert (nieuw.actorgroepen, nieuw.bewijssoorten) == (eerder.actorgroepen, eerder.bewijssoorten)


def test_what_a_version_says_of_the_one_before_is_not_said_again(vast, concept, beheerder):
    Vraag.objects.filter(onderdeel__instrument=concept, code="V1.3").update(vergelijkbaarheid="herformuleerd")
    Aandachtspunt.objects.filter(onderdeel__instrument=concept, code="A1.2").update(vergelijkbaarheid="herformuleerd")
    zet_status(concept, "vastgesteld", beheerder)
    derde = nieuwe_versie(concept, beheerder)
    gegeven = uit_database(derde)
    assert {ding.vergelijkbaarheid for ding in (*gegeven.vragen, *gegeven.aandachtspunten)} == {"gelijk"}


def test_norms_that_were_there_got_what_their_texts_said(vast, concept, beheerder):
    """Of a second version that is fixed: one in other words, one that the first has not, and the others as they were."""
    een, twee = Aandachtspunt.objects.filter(onderdeel__instrument=concept)[:2]
    Aandachtspunt.objects.filter(pk=een.pk).update(tekst="In andere woorden.")
    Aandachtspunt.objects.filter(pk=twee.pk).update(code="A9.9", vergelijkbaarheid="nieuw")
    zet_status(concept, "vastgesteld", beheerder)
    with zonder_regels(connection):
        Aandachtspunt.objects.update(vergelijkbaarheid="gelijk")
    with transaction.atomic():
        migratie = import_module("vragenlijst.migrations.0014_vergelijkbaarheid_van_normen")
        migratie.zeg_het(apps, SimpleNamespace(connection=connection))
    anders = Aandachtspunt.objects.exclude(vergelijkbaarheid="gelijk").values_list("pk", "vergelijkbaarheid")
    assert dict(anders) == {een.pk: "herformuleerd", twee.pk: "nieuw"}
    with pytest.raises(IntegrityError, match="aandachtspunt_van_vast_instrument"), transaction.atomic():
        Aandachtspunt.objects.filter(pk=een.pk).update(vergelijkbaarheid="gelijk")


def test_one_concept_at_a_time_and_only_of_the_last(vast, concept, beheerder):
    with pytest.raises(Geweigerd, match="latere versie"):
        nieuwe_versie(vast, beheerder)
    with pytest.raises(Geweigerd, match="nog een concept"):
        nieuwe_versie(concept, beheerder)


def test_a_concept_can_go_and_a_fixed_one_cannot(vast, concept, beheerder):
    concept_verwijderen(concept, beheerder)
    assert list(Instrument.objects.all()) == [vast]
    laatste = Gebeurtenis.objects.filter(ding_soort="instrument").latest("pk")
    assert (laatste.naar, laatste.ding_naam) == ("verwijderd", "Kleine vragenlijst (versie 2)")
    with pytest.raises(Geweigerd, match="al verwijderd"):
        concept_verwijderen(concept, beheerder)
    with pytest.raises(Geweigerd, match="is vastgesteld en kan niet worden verwijderd"):
        concept_verwijderen(vast, beheerder)


def test_not_while_a_round_names_it(concept, beheerder):
    maak_ronde(concept)
    with pytest.raises(Geweigerd, match="Er is een ronde"):
        concept_verwijderen(concept, beheerder)
