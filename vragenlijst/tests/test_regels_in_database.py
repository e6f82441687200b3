"""What the database refuses by itself, whoever asks: a form, the admin, a shell, a plain UPDATE. On SQLite and on PostgreSQL.

Each statement here goes past the application: `update()` on a queryset is one UPDATE without any code of ours.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import RequestFactory
from django.urls import reverse

from regio.models import Gebeurtenis
from regio.regels import Regel, ZonderRegels, zonder_regels
from vragenlijst.actions import beoordelen, zet_status
from vragenlijst.models import (
    Aandachtspunt,
    Antwoord,
    Antwoordversie,
    Beoordeling,
    Bevinding,
    Bewijssoort,
    Bewijsstuk,
    Dossier,
    Gespreksverslag,
)
from vragenlijst.tests.factories import maak_bewijsstuk, maak_dossier, maak_gemeente, terug_naar_concept
from vragenlijst.tests.test_zet_status import maak_compleet

MET_EIS, ZONDER_EIS = "A2.4", "A1.2"


@pytest.fixture
def weigert():
    """Assert that the database refuses `doe` by this rule, and that nothing of it stays."""

    def weigert(regel: str, doe, *args, **kwargs):
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            doe(*args, **kwargs)

    return weigert


@pytest.fixture
def oordeel(veldwerk):
    """A judgement on the norm with a demand, or on another, without a look at the rules of the application."""

    def oordeel(waarde: str, stuk: Bewijsstuk | None = None, norm: str = MET_EIS, **velden) -> Beoordeling:
        norm = veldwerk.norm(norm)
        velden = {"bewijs_vereist": norm.vraagt_bewijs, **velden}
        return Beoordeling.objects.create(
            dossier=veldwerk.dossier,
            aandachtspunt=norm,
            oordeel=waarde,
            motivering="Gezien.",
            bewijsstuk=stuk,
            gewijzigd_door=veldwerk.inspecteur,
            **velden,
        )

    return oordeel


# --- Voldoet takes the document that the norm names (design 4.5) ------------------------------------------------------


@pytest.mark.parametrize(
    "velden",
    [
        {"soort": "convenant"},
        {"akkoord_op": None},
        {"akkoord_door": ""},
    ],
    ids=["ander soort", "zonder datum van akkoord", "zonder wie akkoord gaf"],
)
def test_een_stuk_dat_niet_is_wat_de_norm_vraagt(veldwerk, oordeel, weigert, velden):
    stuk = maak_bewijsstuk(veldwerk.dossier, **velden)

    weigert("beoordeling_voldoet_met_bewijs", oordeel, "voldoet", stuk)
    oordeel("voldoet_deels", stuk)
    weigert("beoordeling_voldoet_met_bewijs", Beoordeling.objects.update, oordeel="voldoet")
    assert Beoordeling.objects.get().oordeel == "voldoet_deels"


def test_het_gevraagde_stuk_draagt_voldoet(veldwerk, oordeel):
    assert oordeel("voldoet", maak_bewijsstuk(veldwerk.dossier)).pk


def test_zonder_stuk_is_het_niet_voldoet(oordeel, weigert):
    weigert("beoordeling_voldoet_met_bewijs", oordeel, "voldoet")
    oordeel("niet_te_beoordelen")
    weigert("beoordeling_voldoet_met_bewijs", Beoordeling.objects.update, oordeel="voldoet")


@pytest.mark.parametrize("waarde", ["voldoet", "voldoet_niet"])
def test_een_stuk_van_een_ander_dossier(veldwerk, oordeel, weigert, waarde):
    ander = maak_dossier(veldwerk.ronde, maak_gemeente("9902", "Tweedam"), veldwerk.inspecteur)
    stuk = maak_bewijsstuk(ander)

    weigert("van_elders|voldoet_met_bewijs", oordeel, waarde, stuk)
    oordeel(waarde, maak_bewijsstuk(veldwerk.dossier))
    weigert("van_elders|voldoet_met_bewijs", Beoordeling.objects.update, bewijsstuk=stuk)
    weigert("van_elders|voldoet_met_bewijs|bewijs_vereist", Beoordeling.objects.update, dossier=ander)


def test_wat_de_norm_vraagt_staat_niet_op_het_oordeel_uit(veldwerk, oordeel, weigert):
    """Otherwise `UPDATE … SET bewijs_vereist = false, oordeel = 'voldoet'` would be a way around."""
    weigert("beoordeling_bewijs_vereist", oordeel, "voldoet_deels", bewijs_vereist=False)
    weigert("beoordeling_bewijs_vereist", oordeel, "voldoet", norm=ZONDER_EIS, bewijs_vereist=True)
    oordeel("voldoet_deels")
    weigert("beoordeling_", Beoordeling.objects.update, bewijs_vereist=False, oordeel="voldoet")
    weigert("beoordeling_", Beoordeling.objects.update, aandachtspunt=veldwerk.norm(ZONDER_EIS))


def test_een_norm_zonder_eis_vraagt_geen_stuk(oordeel):
    oordeel("voldoet_deels", norm=ZONDER_EIS)

    assert Beoordeling.objects.update(oordeel="voldoet") == 1


def test_het_stuk_onder_een_oordeel_blijft_dat_stuk(veldwerk, oordeel, weigert):
    stuk = maak_bewijsstuk(veldwerk.dossier)
    oordeel("voldoet", stuk)
    ander = maak_dossier(veldwerk.ronde, maak_gemeente("9902", "Tweedam"), veldwerk.inspecteur)
    zelfde = Bewijsstuk.objects.filter(pk=stuk.pk)

    for anders in (
        {"soort": Bewijssoort.objects.get(code="convenant")},
        {"akkoord_op": None},
        {"akkoord_door": ""},
        {"dossier": ander},
    ):
        weigert("bewijsstuk_draagt_oordeel", zelfde.update, **anders)
    weigert("bewijsstuk_draagt_oordeel", zelfde._raw_delete, zelfde.db)
    assert zelfde.update(titel="Analyse 2007, gescand") == 1


def test_een_stuk_waar_niets_op_rust_mag_veranderen(veldwerk, oordeel):
    stuk = maak_bewijsstuk(veldwerk.dossier)
    oordeel("voldoet_deels", stuk)

    assert Bewijsstuk.objects.update(akkoord_op=None, akkoord_door="") == 1


@pytest.mark.parametrize("waarde", ["voldoet", "voldoet_niet"])
def test_de_eis_van_een_beoordeelde_norm_staat_vast(veldwerk, oordeel, weigert, waarde):
    oordeel(waarde, maak_bewijsstuk(veldwerk.dossier))
    terug_naar_concept(veldwerk.instrument)
    norm = Aandachtspunt.objects.filter(pk=veldwerk.norm(MET_EIS).pk)
    soorten = veldwerk.norm(MET_EIS).bewijssoorten

    for anders in ({"bewijs": ""}, {"bewijs": "een convenant"}, {"akkoord_door": "de raad"}):
        weigert("norm_eis_staat_vast", norm.update, **anders)
    weigert("norm_bewijssoort_staat_vast", soorten.clear)
    weigert("norm_bewijssoort_staat_vast", soorten.add, Bewijssoort.objects.get(code="convenant"))
    weigert("norm_bewijssoort_staat_vast", soorten.through.objects.update, aandachtspunt=veldwerk.norm(ZONDER_EIS))
    assert norm.update(kort="Anders gezegd") == 1


def test_een_norm_krijgt_geen_eis_als_er_al_over_is_geoordeeld(veldwerk, oordeel, weigert):
    """A norm without a demand that is judged *voldoet* on words, and then is made to ask for a document."""
    oordeel("voldoet", norm=ZONDER_EIS)
    terug_naar_concept(veldwerk.instrument)
    norm = Aandachtspunt.objects.filter(pk=veldwerk.norm(ZONDER_EIS).pk)

    weigert("norm_eis_staat_vast", norm.update, bewijs="regionale analyse")
    weigert("norm_bewijssoort_staat_vast", veldwerk.norm(ZONDER_EIS).bewijssoorten.add, Bewijssoort.objects.first())


@pytest.mark.parametrize("met_stuk", [False, True])
def test_ook_niet_langs_de_admin(veldwerk, oordeel, inspecteur, weigert, met_stuk):
    """Django's admin, if somebody mounts it, knows nothing of our actions, and finds the database in its way."""
    stuk = maak_bewijsstuk(veldwerk.dossier, soort="convenant") if met_stuk else None
    beoordeling = oordeel("voldoet_deels", stuk)
    inspecteur.is_superuser = inspecteur.is_staff = True
    inspecteur.save()
    verzoek = RequestFactory().post("/admin/", {})
    verzoek.user = inspecteur
    beheer = admin.ModelAdmin(Beoordeling, admin.site)
    velden = {"motivering": "Gezien.", "oordeel": "voldoet", "bewijsstuk": stuk.pk if stuk else ""}

    formulier = beheer.get_form(verzoek, beoordeling, fields=list(velden))(velden, instance=beoordeling)
    gewijzigd = formulier.save(commit=False)
    weigert("beoordeling_voldoet_met_bewijs", beheer.save_model, verzoek, gewijzigd, formulier, change=True)
    assert Beoordeling.objects.get().oordeel == "voldoet_deels"


def test_en_niet_door_het_formulier(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    antwoord = client.post(
        reverse("beoordeling", args=[veldwerk.dossier.pk, MET_EIS]),
        {"oordeel": "voldoet", "motivering": "Zegt men.", "versie": "0", "bewijs_vereist": ""},
    )

    assert antwoord.status_code == 422
    assert not Beoordeling.objects.exists()
    with pytest.raises(ValidationError):
        beoordelen(veldwerk.dossier, veldwerk.norm(MET_EIS), "voldoet", motivering="Ja.", versie=0, wie=inspecteur)


# --- History is only ever added to ------------------------------------------------------------------------------------


@pytest.fixture
def verleden(veldwerk):
    """A row of each kind that may not change."""
    veldwerk.antwoord("V2.5", keuze="ja")
    Gespreksverslag.objects.create(
        interview=veldwerk.interview, nummer=1, inhoud={}, sha256="0" * 64, gemaakt_door=veldwerk.inspecteur
    )


@pytest.mark.usefixtures("verleden")
@pytest.mark.parametrize(
    ("model", "regel", "anders"),
    [
        (Gebeurtenis, "gebeurtenis_blijft", {"reden": "achteraf bedacht"}),
        (Antwoordversie, "antwoordversie_blijft", {"inhoud": {"keuze": "nee"}}),
        (Gespreksverslag, "gespreksverslag_blijft", {"sha256": "1" * 64}),
    ],
)
def test_geschiedenis_wordt_alleen_aangevuld(weigert, model, regel, anders):
    aantal = model.objects.count()

    weigert(regel, model.objects.update, **anders)
    weigert(regel, model.objects.all()._raw_delete, "default")
    weigert(regel, model.objects.first().save)
    weigert(regel, model.objects.first().delete)
    assert model.objects.count() == aantal > 0


@pytest.mark.usefixtures("verleden")
@pytest.mark.parametrize("tabel", ["regio_gebeurtenis", "vragenlijst_antwoordversie", "vragenlijst_gespreksverslag"])
def test_een_tabel_met_geschiedenis_gaat_niet_in_een_keer_leeg(tabel, weigert):
    """TRUNCATE passes by triggers on rows; SQLite has REPLACE, which removes a row without saying DELETE."""
    opdracht = (
        f"TRUNCATE {tabel} CASCADE"
        if connection.vendor == "postgresql"
        else f"REPLACE INTO {tabel} SELECT * FROM {tabel}"  # noqa: S608
    )
    connection.check_constraints()  # what waits for the commit: PostgreSQL would refuse for that reason already
    with connection.cursor() as cursor:
        weigert("_blijft", cursor.execute, opdracht)


# --- A dossier that is vastgesteld stands -----------------------------------------------------------------------------


@pytest.fixture
def vastgesteld(veldwerk):
    maak_compleet(veldwerk)
    maak_bewijsstuk(veldwerk.dossier)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)
    return veldwerk


@pytest.mark.parametrize("model", [Antwoord, Bevinding, Beoordeling, Bewijsstuk])
def test_een_vastgesteld_dossier_is_alleen_te_lezen(vastgesteld, weigert, model):
    regel = f"{model._meta.model_name}_vastgesteld"
    rij = model.objects.first()

    weigert(regel, model.objects.update, versie=9)
    weigert(regel, model.objects.filter(pk=rij.pk)._raw_delete, "default")
    rij.pk = None
    weigert(regel, rij.save, force_insert=True)


def test_een_stuk_gaat_een_vastgesteld_dossier_niet_in_of_uit(vastgesteld, weigert):
    ander = maak_dossier(vastgesteld.ronde, maak_gemeente("9902", "Tweedam"), vastgesteld.inspecteur)
    los = maak_bewijsstuk(ander)

    weigert("bewijsstuk_vastgesteld", Bewijsstuk.objects.filter(pk=los.pk).update, dossier=vastgesteld.dossier)
    weigert("bewijsstuk_vastgesteld", vastgesteld.dossier.bewijsstukken.update, dossier=ander)
    weigert("bewijsstuk_deelnemers_vastgesteld", vastgesteld.dossier.bewijsstukken.get().deelnemers.add, ander.gemeente)
    los.deelnemers.add(ander.gemeente)


def test_heropenen_maakt_het_weer_te_bewerken(vastgesteld):
    zet_status(vastgesteld.dossier, "in_uitvoering", vastgesteld.toetser, reden="Er kwam een stuk na.")

    assert Dossier.objects.get().status == "in_uitvoering"
    assert Bewijsstuk.objects.update(titel="Analyse, definitief") == 1


# --- The rules themselves: all there, on, and off only where that is meant ----------------------------------------------


def regels() -> list[Regel]:
    lader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        stap for migratie in lader.disk_migrations.values() for stap in migratie.operations if isinstance(stap, Regel)
    ]


def triggers() -> set[str]:
    """The names of the triggers in the database that are on."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
        return {naam for (naam,) in cursor.fetchall()}


def verwachte_triggers() -> set[str]:
    if connection.vendor == "sqlite":
        return {f"{r.naam}_{bij.lower()}" for r in regels() for bij in r.als if bij != "TRUNCATE"}
    return {r.naam for r in regels()} | {f"{r.naam}_truncate" for r in regels() if "TRUNCATE" in r.als}


def test_alle_regels_staan_aan(db):
    """A migration that rebuilds a table on SQLite loses its triggers, unless it says `ZonderRegels` (regio.regels)."""
    assert triggers() == verwachte_triggers()
    assert len(triggers()) >= 14


@pytest.mark.django_db(transaction=True)
class TestBuitenEenTransactie:
    """Twice, so that the second runs after a first has been cleared away."""

    @pytest.mark.parametrize("keer", [1, 2])
    def test_na_het_leegmaken_staan_ze_weer_aan(self, veldwerk, weigert, keer):
        assert triggers() == verwachte_triggers()
        weigert("gebeurtenis_blijft", Gebeurtenis.objects.update, reden="x")

    def test_een_fout_zonder_regels_laat_ze_aan_en_niets_achter(self, veldwerk):
        aantal = Gebeurtenis.objects.count()

        def halverwege_mis():
            with zonder_regels(connection):
                Gebeurtenis.objects.all().delete()
                assert triggers() == set()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            halverwege_mis()
        assert triggers() == verwachte_triggers()
        assert Gebeurtenis.objects.count() == aantal > 0

    def test_een_tabel_met_regels_kan_nog_veranderen(self, veldwerk, weigert):
        """As a later migration does: on SQLite the table is built anew, under another name first."""
        veld = models.CharField(max_length=60, null=True)
        stap = ZonderRegels([migrations.AlterField("beoordeling", "oordeel", veld)])
        voor = MigrationLoader(connection).project_state()
        na = voor.clone()
        stap.state_forwards("vragenlijst", na)
        voor.apps, na.apps  # noqa: B018, rendered before the schema changes
        try:
            with connection.schema_editor() as bouwer:
                stap.database_forwards("vragenlijst", bouwer, voor, na)
            assert triggers() == verwachte_triggers()
            weigert("gebeurtenis_blijft", Gebeurtenis.objects.update, reden="x")
        finally:
            with connection.schema_editor() as bouwer:
                stap.database_backwards("vragenlijst", bouwer, na, voor)
        assert triggers() == verwachte_triggers()

    def test_een_regel_kan_terug(self, db):
        regel = Regel(
            "proef", "vragenlijst_thema_bestaat_niet", {"UPDATE": "NEW.id > 5", "DELETE": "TRUE"}, "Dat kan niet."
        )
        regel.tabel = "regio_regio"
        leeg = ProjectState()
        with connection.schema_editor() as bouwer:
            regel.database_forwards("regio", bouwer, leeg, leeg)
        erbij = triggers() - verwachte_triggers()
        with connection.schema_editor() as bouwer:
            regel.database_backwards("regio", bouwer, leeg, leeg)
        assert erbij == ({"proef_update", "proef_delete"} if connection.vendor == "sqlite" else {"proef"})
        assert triggers() == verwachte_triggers()


def test_een_regel_bij_iets_dat_niet_bestaat():
    with pytest.raises(ValueError, match="niet bij SELECT"):
        Regel("proef", "tabel", {"SELECT": "TRUE"}, "Dat kan niet.")


# Who may go past the rules, and why. Tests may empty tables.
MAG_ZONDER: set[str] = {
    "regio/regels.py",
    "inspectie/backup/herstellen.py",  # lays rows back as they were
}


def test_niemand_gaat_ongezien_langs_de_regels():
    wortel = Path(settings.BASE_DIR)
    wie = {
        pad.relative_to(wortel).as_posix()
        for kamer in ("regio", "vragenlijst", "rapportage", "inspectie", "scripts")
        for pad in (wortel / kamer).rglob("*.py")
        if not {"tests", "migrations"} & set(pad.parts)
        if any(
            getattr(knoop, "id", getattr(knoop, "attr", "")) == "zonder_regels"
            for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        )
    }
    assert wie == MAG_ZONDER
