"""Each rule of `controleer`: the data are broken past everything that guards them, and that one rule says so, and no other."""

from contextlib import contextmanager
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inspectie.controle import CONTROLES, controleer
from rapportage.actions import maak_rapport
from rapportage.canoniek import canoniek, sha256
from rapportage.models import Fotomoment, Kwantorband, Passage, Rapport, Thema, Uitgave
from rapportage.queries.uitgave import gegevens_van
from regio.controle import overlappend
from regio.gebeurtenissen import BACKUP, Geheel, leg_vast
from regio.models import Gebeurtenis, Gebruiker, Gemeente, Herindeling, Kenmerken, Lidmaatschap, Regio
from regio.regels import zonder_regels
from vragenlijst.actions import beoordelen, zet_status
from vragenlijst.models import (
    Antwoord,
    Beoordeling,
    Bevinding,
    Bewijsstuk,
    Dossier,
    Interview,
    Keuze,
    Ronde,
    Vraag,
)
from vragenlijst.tests.factories import (
    PDF,
    maak_bewijsstuk,
    maak_dossier,
    maak_gemeente,
    maak_instrument,
    maak_opmerking,
)
from vragenlijst.tests.test_zet_status import maak_compleet

pytestmark = pytest.mark.django_db


def gevonden() -> dict[str, list[str]]:
    return {u.controle.code: [o.wat for o in u.overtredingen] for u in controleer() if u.overtredingen}


@contextmanager
def zonder_slot():
    """Past triggers and check constraints alike."""
    with zonder_regels(connection), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint "
                "WHERE contype = 'c' AND connamespace = current_schema()::regnamespace"
            )
            for tabel, naam in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT "{naam}"')
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture(scope="module", autouse=True)  # before the savepoint of the first test, which asks for it by name
def alles_af(veldwerk_van_de_module):
    """A dossier that lacks nothing, with a document under a judgement; the round is open."""
    veldwerk = veldwerk_van_de_module
    stuk = maak_bewijsstuk(veldwerk.dossier, inhoud=PDF)
    maak_compleet(veldwerk)
    oordeel = Beoordeling.objects.get(aandachtspunt__code="A2.4")
    beoordelen(
        veldwerk.dossier, oordeel.aandachtspunt, "voldoet", motivering="Zie het stuk.", bewijsstuk=stuk,
        versie=oordeel.versie, wie=veldwerk.inspecteur,
    )  # fmt: skip
    return veldwerk


@pytest.fixture
def compleet(alles_af, db):
    """`alles_af` for one test, which may break it, the document too."""
    naam = Bewijsstuk.objects.get().bestand.name
    yield deepcopy(alles_af)
    Path(default_storage.path(naam)).write_bytes(PDF)


@pytest.fixture
def vastgesteld(compleet):
    zet_status(compleet.dossier, "ter_toetsing", compleet.inspecteur)
    zet_status(compleet.dossier, "vastgesteld", compleet.toetser)
    return compleet


@pytest.fixture
def gesloten(vastgesteld):
    zet_status(vastgesteld.ronde, "gesloten", vastgesteld.beheerder)
    return vastgesteld


@pytest.mark.parametrize("stand", ["compleet", "vastgesteld", "gesloten"])
def test_wat_langs_de_gewone_weg_ontstaat_overtreedt_niets(request, stand):
    request.getfixturevalue(stand)
    assert gevonden() == {}


# --- Breaking -----------------------------------------------------------------------------------------------------------


def regio_met(soort: str, code: str, gemeente: Gemeente, van: date, tot: date | None = None) -> Regio:
    regio, _ = Regio.objects.get_or_create(soort=soort, code=code, defaults={"naam": f"Regio {code}"})
    Lidmaatschap.objects.create(gemeente=gemeente, regio=regio, geldig_van=van, geldig_tot=tot)
    return regio


def lid_dubbel(w):
    gemeente = w.dossier.gemeente
    regio_met("corop", "C1", gemeente, date(2000, 1, 1), date(2009, 1, 1))
    regio_met("corop", "C2", gemeente, date(2008, 12, 31))
    regio_met("arbeidsmarktregio", "A1", gemeente, date(2000, 1, 1))  # may, beside another
    regio_met("arbeidsmarktregio", "A2", gemeente, date(2000, 1, 1))
    regio_met("samenwerking", "S1", gemeente, date(2000, 1, 1))
    regio_met("samenwerking", "S2", gemeente, date(2000, 1, 1))


def lid_buiten_bestaan(w):
    regio_met("corop", "C1", w.dossier.gemeente, date(1999, 12, 31))


def kenmerken_dubbel(w):
    for dag, tot in ((1, date(2008, 6, 1)), (2, date(2008, 3, 1)), (3, None)):
        Kenmerken.objects.create(gemeente=w.dossier.gemeente, geldig_van=date(2008, dag, 1), geldig_tot=tot)


def zonder_opvolger(w):
    maak_gemeente("9902", "Weggevallen", geldig_tot=date(2010, 1, 1))


def opvolger_bestaat_niet(w):
    oud = maak_gemeente("9902", "Oud", geldig_tot=date(2010, 1, 1))
    nieuw = maak_gemeente("9903", "Nieuw")
    Gemeente.objects.filter(pk=nieuw.pk).update(geldig_van=date(2010, 1, 2))
    Herindeling.objects.create(datum=date(2010, 1, 1), oud=oud, nieuw=nieuw)


def geen_beheerder(w):
    Gebruiker.objects.filter(rol="beheerder").update(is_active=False)


def ander_dossier(w) -> Dossier:
    return maak_dossier(w.ronde, maak_gemeente("9905", "Elders"), w.inspecteur)


def keuze(code: str) -> Keuze:
    return Keuze.objects.get(vraag__code=code, code="ja")


def wis_bestand(w):
    default_storage.delete(Bewijsstuk.objects.get().bestand.name)


def verander_bestand(w):
    pad = Path(default_storage.path(Bewijsstuk.objects.get().bestand.name))
    pad.write_bytes(b"X" + pad.read_bytes()[1:])


def uitgave_veranderd(w):
    Uitgave.objects.create(
        rapport=maak_rapport(Rapport.voor(w.ronde), None), versie=1, fotomoment=Fotomoment.objects.get(), pdf=PDF,
        sha256="0" * 64, gegevens="{}", sjabloon="", gemaakt_door=w.beheerder,
    )  # fmt: skip


def uitgave_uit_andere_gegevens(w):
    """Printed when there were no themas at all; then somebody makes one, past the rule that they stand firm."""
    rapport, foto = maak_rapport(Rapport.voor(w.ronde), None), Fotomoment.objects.get()
    Uitgave.objects.create(
        rapport=rapport, versie=1, fotomoment=foto, pdf=PDF, sha256=sha256(PDF),
        gegevens=canoniek(gegevens_van(rapport, foto)), sjabloon="", gemaakt_door=w.beheerder,
    )  # fmt: skip
    Rapport.objects.update(status=Rapport.Status.VASTGESTELD)
    Thema.objects.create(ronde=w.ronde, vraag=Vraag.objects.get(code="V3.1"), naam="Banen")


def passage(w):
    maak_rapport(Rapport.voor(w.ronde), w.beheerder)
    Passage.objects.filter(versies__isnull=False).update(versie=F("versie") + 1)


def antwoord_van_elders(w):
    vraag = Vraag.objects.get(onderdeel__instrument=maak_instrument(versie=2), code="V3.1")
    Antwoord.objects.filter(vraag__code="V3.1").update(vraag=vraag)
    Bevinding.objects.filter(vraag__code="V3.1").update(te_herzien=True)


def voorwaarde_van_elders(w):
    ander = maak_instrument(versie=2)
    vraag = Vraag.objects.get(onderdeel__instrument=ander, code="V1.7b")
    vraag.voorwaarde = Keuze.objects.get(vraag=w.vraag("V1.7"), code="nee")
    vraag.save()


def oordeel(**velden):
    return lambda w: Beoordeling.objects.filter(aandachtspunt__code="A2.4").update(**velden)


def bevinding(code, **velden):
    return lambda w: Bevinding.objects.filter(vraag__code=code).update(**velden)


BREUKEN = [
    ("lid-dubbel", "compleet", lid_dubbel),
    ("lid-buiten-bestaan", "compleet", lid_buiten_bestaan),
    ("kenmerken-dubbel", "compleet", kenmerken_dubbel),
    ("zonder-opvolger", "compleet", zonder_opvolger),
    ("opvolger-bestaat-niet", "compleet", opvolger_bestaat_niet),
    ("geen-beheerder", "compleet", geen_beheerder),
    ("voldoet-zonder-bewijs", "compleet", oordeel(bewijsstuk=None)),
    ("voldoet-zonder-bewijs", "compleet", lambda w: Bewijsstuk.objects.update(akkoord_op=None)),
    ("stuk-van-elders", "compleet", lambda w: Bewijsstuk.objects.update(dossier=ander_dossier(w))),
    ("bewijs-vereist", "compleet", oordeel(bewijs_vereist=False)),
    ("document-weg", "compleet", wis_bestand),
    ("document-veranderd", "compleet", verander_bestand),
    ("routing", "compleet", bevinding("V2.5", vervallen=True)),
    ("vastgesteld-open-vraag", "vastgesteld", lambda w: Bevinding.objects.filter(vraag__code="V3.1").delete()),
    ("vastgesteld-open-vraag", "vastgesteld", bevinding("V3.1", te_herzien=True)),
    ("vastgesteld-open-norm", "vastgesteld", lambda w: Beoordeling.objects.filter(aandachtspunt__code="A1.2").delete()),
    ("vastgesteld-opmerking", "vastgesteld", lambda w: maak_opmerking(w.dossier)),
    ("bevinding-zonder-antwoord", "compleet", lambda w: Interview.objects.update(status="vervallen")),
    ("keuze-van-elders", "compleet", lambda w: Antwoord.objects.filter(vraag__code="V2.5").update(keuze=keuze("V1.3"))),
    ("keuze-van-elders", "compleet", lambda w: bevinding("V2.5", keuze=keuze("V1.4"))(w)),
    ("vraag-van-elders", "compleet", antwoord_van_elders),
    ("voorwaarde-van-elders", "compleet", voorwaarde_van_elders),
    ("versie-van-antwoord", "compleet", lambda w: Antwoord.objects.filter(vraag__code="V1.3").update(versie=7)),
    ("gehouden-zonder-datum", "compleet", lambda w: Interview.objects.update(datum=None)),
    ("eigen-toetser", "compleet", lambda w: Dossier.objects.update(toetser=w.inspecteur)),
    ("werk-bij-wie-niet-kan", "compleet", lambda w: Gebruiker.objects.filter(pk=w.inspecteur.pk).update(is_active=False)),
    ("werk-bij-wie-niet-kan", "vastgesteld", lambda w: Gebruiker.objects.filter(pk=w.toetser.pk).update(rol="analist")),
    ("gemeente-op-peildatum", "compleet", lambda w: Ronde.objects.update(peildatum=date(1999, 12, 31))),
    ("banden", "gesloten", lambda w: Kwantorband.objects.create(volgorde=1, woord="geen", aandeel=50)),
    ("gesloten-zonder-fotomoment", "gesloten", lambda w: Fotomoment.objects.all().delete()),
    ("zegel", "gesloten", lambda w: Fotomoment.objects.update(sha256="0" * 64)),
    ("fotomoment", "gesloten", bevinding("V2.5", tekst="Achteraf bijgeschreven.")),
    ("uitgave", "gesloten", uitgave_veranderd),
    ("uitgave-gegevens", "gesloten", uitgave_uit_andere_gegevens),
    ("versie-van-passage", "compleet", passage),
]  # fmt: skip


# One change that breaks the rule in more places than one.
MEER = {"bevinding-zonder-antwoord", "banden", "versie-van-passage", "keuze-van-elders", "kenmerken-dubbel"}


@pytest.mark.parametrize(
    ("code", "stand", "breek"), BREUKEN, ids=[f"{code}-{nr}" for nr, (code, *_) in enumerate(BREUKEN)]
)
def test_elke_regel_ziet_haar_eigen_breuk(request, code, stand, breek):
    wereld = request.getfixturevalue(stand)
    with zonder_slot():
        breek(wereld)
        uitslag = gevonden()
    assert list(uitslag) == [code]
    assert len(uitslag[code]) == 1 or code in MEER


def test_elke_regel_is_beproefd():
    assert {code for code, *_ in BREUKEN} == {controle.code for controle in CONTROLES}
    assert len({controle.code for controle in CONTROLES}) == len(CONTROLES)


def test_overlap():
    """By hand: a period inside another, one after a gap, one that begins on the day the first ends, and one without end."""
    dag = lambda nr: date(2008, 1, nr)  # noqa: E731
    rijen = [
        ("a", dag(1), dag(20), "lang"),
        ("a", dag(5), dag(10), "erin"),
        ("a", dag(15), dag(16), "er nog in"),
        ("a", dag(20), None, "sluit aan"),
        ("b", dag(1), None, "zonder eind"),
        ("b", dag(28), None, "erna"),
    ]
    assert [(een[3], twee[3]) for een, twee in overlappend(rijen)] == [
        ("lang", "erin"),
        ("lang", "er nog in"),
        ("zonder eind", "erna"),
    ]


def test_de_opdracht_noemt_wat_en_waar_en_eindigt_met_een_fout(compleet, capsys):
    call_command("controleer")
    assert f"Geen overtredingen van {len(CONTROLES)} regels." in capsys.readouterr().out
    with zonder_slot():
        oordeel(bewijsstuk=None)(compleet)
    with pytest.raises(CommandError, match="1 overtreding"):
        call_command("controleer", snel=True)
    assert capsys.readouterr().out == (
        "voldoet-zonder-bewijs: Proefdam (Proefronde): A2.4 voldoet zonder het bewijs dat de norm noemt. "
        f"→ /dossiers/{compleet.dossier.pk}/beoordelingen/A2.4/\n"
    )


def test_het_aantal_queries_hangt_niet_van_het_aantal_dossiers_af(compleet):
    tellingen = []
    for nummer in (1, 2, 10):
        for nr in range(nummer):
            maak_dossier(
                compleet.ronde, maak_gemeente(f"8{nummer % 10}{nr:02}", f"Dorp {nummer} {nr}"), compleet.inspecteur
            )
        with CaptureQueriesContext(connection) as vragen:
            assert gevonden() == {}
        tellingen.append(len(vragen))
    assert len(set(tellingen)) == 1


class TestPagina:
    ADRES = "/controle/"

    @pytest.fixture(autouse=True)
    def als_beheerder(self, client, compleet):
        client.force_login(compleet.beheerder)

    def test_niets_aan_de_hand_en_nog_geen_backup(self, client):
        inhoud = client.get(self.ADRES).content.decode()
        assert "Geen overtredingen" in inhoud
        assert "Er is nog geen backup gemaakt" in inhoud

    def test_wat_de_beheerder_herstelt_is_een_koppeling_wat_een_ander_herstelt_een_adres(self, client, compleet):
        with zonder_slot():
            eigen_toetser = next(breek for code, _, breek in BREUKEN if code == "eigen-toetser")
            eigen_toetser(compleet)
            oordeel(bewijsstuk=None)(compleet)
        inhoud = client.get(self.ADRES).content.decode()
        assert "2 overtredingen" in inhoud
        assert '<a href="/rondes/proefronde/toewijzing/">Herstellen' in inhoud
        assert f'<span class="controle__adres">/dossiers/{compleet.dossier.pk}/beoordelingen/A2.4/</span>' in inhoud

    def test_wat_lang_duurt_alleen_op_verzoek(self, client, compleet):
        verander_bestand(compleet)
        assert "Geen overtredingen" in client.get(self.ADRES).content.decode()
        assert "is niet meer wat is opgeslagen" in client.get(self.ADRES, {"alles": "ja"}).content.decode()

    def test_een_oude_backup_valt_op(self, client):
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() - timedelta(days=3)):
            leg_vast(Geheel(BACKUP, "/backups/maandag"), Gebeurtenis.Soort.GEMAAKT, None, reden="5 rijen")
        inhoud = client.get(self.ADRES).content.decode().replace("\xa0", " ")
        assert "3 dagen geleden" in inhoud
        assert "/backups/maandag" in inhoud
        leg_vast(Geheel(BACKUP, "/backups/vannacht"), Gebeurtenis.Soort.GEMAAKT, None, reden="6 rijen")
        assert "geleden" not in client.get(self.ADRES).content.decode()
