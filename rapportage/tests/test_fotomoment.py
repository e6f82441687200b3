"""The fotomoment: what closing a round keeps, that it can be checked years later, and that nothing changes it."""

import hashlib
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from rapportage.canoniek import canoniek, verschillen
from rapportage.models import Fotomoment, Kwantorband
from rapportage.queries.fotomoment import INSTRUMENT, VRAAG, inhoud_van, instrumentinhoud, verifieer
from rapportage.tests import bouw
from regio.models import Gebeurtenis
from regio.regels import zonder_regels
from vragenlijst.actions import Geweigerd, zet_status
from vragenlijst.models import Bevinding, Dossier, Ronde
from vragenlijst.tests.test_zet_status import maak_compleet

pytestmark = pytest.mark.django_db


def foto(veldwerk) -> Fotomoment:
    return Fotomoment.objects.get(ronde=veldwerk.ronde)


def test_sluiten_maakt_een_fotomoment(gesloten):
    gemaakt = foto(gesloten)
    assert (gemaakt.versie, gemaakt.gemaakt_door) == (1, gesloten.beheerder)
    assert gemaakt.sha256 == hashlib.sha256(gemaakt.inhoud.encode()).hexdigest()
    inhoud = json.loads(gemaakt.inhoud)
    # Canonical: written again with keys in order and no spaces it is the same text.
    assert gemaakt.inhoud == json.dumps(inhoud, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert inhoud["formaat"] == 1
    assert len(inhoud["banden"]) == 9
    dossier = inhoud["dossiers"][gesloten.dossier.gemeente.code]
    assert (dossier["rol"], dossier["status"], dossier["regios"]) == (
        gesloten.dossier.rol,
        "vastgesteld",
        ["rpa noord"],
    )
    assert dossier["bevindingen"]["V1.3"]["keuze"] == "nee"
    assert dossier["bevindingen"]["V2.4"]["afspraken"] == [["CWI", "stages"]]
    assert dossier["beoordelingen"]["A2.4"]["oordeel"] == "voldoet_niet"
    assert dossier["bewijsstukken"]["1"]["sha256"] == hashlib.sha256(b"%PDF-1.4 analyse").hexdigest()
    assert inhoud["uitkomsten"]["rol"]["vragen"]["V1.3"]["alle"]["per_keuze"] == {"ja": 0, "nee": 1}
    assert Gebeurtenis.objects.van(gemaakt).get().wijzigingen == {"SHA-256": [None, gemaakt.sha256]}


def test_formaat_1_heeft_deze_sleutels(gesloten):
    """When this fails, a fotomoment of before can no longer be verified: make what is new a next format, beside this one
    (docs/fotomoment.md)."""
    inhoud = json.loads(foto(gesloten).inhoud)
    assert sorted(inhoud) == ["banden", "dossiers", "formaat", "instrument", "ronde", "uitkomsten"]
    assert sorted(inhoud["ronde"]) == ["naam", "peildatum", "periode_tot", "periode_van", "slug", "vorige"]
    assert sorted(inhoud["instrument"]) == ["code", "sha256", "versie"]
    assert sorted(inhoud["banden"][0]) == ["aandeel", "hoogstens", "tot_en_met", "woord"]
    dossier = inhoud["dossiers"][gesloten.dossier.gemeente.code]
    assert " ".join(sorted(dossier)) == (
        "beoordelingen bevindingen bewijsstukken grootteklasse inwoners randstad regios rol status"
    )
    assert (
        " ".join(sorted(dossier["bevindingen"]["V1.3"])) == "afspraken gemeente keuze motivatie stand tekst vervallen"
    )
    assert " ".join(sorted(dossier["beoordelingen"]["A2.4"])) == (
        "bewijs_vereist bewijsplaats bewijsstuk motivering oordeel"
    )
    assert " ".join(sorted(dossier["bewijsstukken"]["1"])) == (
        "akkoord_door akkoord_op datum deelnemers grootte mediatype sha256 soort titel vindplaats"
    )
    assert {"rol", "grootteklasse", "randstad", "rpa"} <= inhoud["uitkomsten"].keys()
    rol = inhoud["uitkomsten"]["rol"]
    assert sorted(rol) == ["groepen", "normen", "vragen"]
    assert " ".join(sorted(rol["vragen"]["V1.3"]["alle"])) == "beantwoord gevraagd nvt per_keuze weet_niet"
    assert " ".join(sorted(rol["normen"]["A2.4"]["alle"])) == "alleen_verklaard dossiers per_oordeel"
    instrument = instrumentinhoud(gesloten.instrument)
    assert tuple(instrument) == INSTRUMENT
    assert tuple(instrument["onderdelen"][0]["vragen"][0]) == VRAAG


def test_zonder_mensen_en_zonder_nummers_van_de_database(gesloten):
    tekst = foto(gesloten).inhoud
    mensen = [gesloten.inspecteur, gesloten.toetser, gesloten.beheerder]
    partners = gesloten.interview.gesprekspartners.all()
    assert partners
    for naam in [*(wie.naam for wie in mensen), *(wie.username for wie in mensen), *(p.naam for p in partners)]:
        assert naam not in tekst
    assert not re.search(r'"(id|pk|\w+_id|gewijzigd_\w+|vastgesteld_op|versie_nr)":', tekst)


def test_wie_niet_mag_sluiten_laat_niets_achter(veldwerk):
    maak_compleet(veldwerk)
    with pytest.raises(Geweigerd):
        zet_status(veldwerk.ronde, "gesloten", veldwerk.beheerder)
    assert not Fotomoment.objects.exists()


def test_een_vast_aantal_queries():
    ronde = bouw.maak_ronde(bouw.maak_instrument())
    bouw.vind(bouw.maak_dossier(ronde), "P1.1", "ja")
    with CaptureQueriesContext(connection) as een:
        inhoud_van(ronde)
    for _ in range(3):
        dossier = bouw.maak_dossier(ronde)
        bouw.vind(dossier, "P1.1", "ja")
        bouw.beoordeel(dossier, "N2", "voldoet")
    with CaptureQueriesContext(connection) as vier:
        inhoud_van(ronde)
    assert len(vier) == len(een)


def test_heropenen_en_weer_sluiten_maakt_de_volgende_versie(gesloten):
    eerste = foto(gesloten)
    zet_status(gesloten.ronde, "open", gesloten.beheerder, reden="een telfout")
    gesloten.dossier.refresh_from_db()
    zet_status(gesloten.dossier, "in_uitvoering", gesloten.toetser, reden="een telfout")
    Bevinding.objects.filter(dossier=gesloten.dossier, vraag__code="V3.1").update(tekst="Via een nieuw overleg.")
    assert [str(verschil) for verschil in verifieer(eerste)] == [
        f"dossier {gesloten.dossier.gemeente.code}, vraag V3.1, tekst: ‘Via de bestaande overleggen.’ → ‘Via een nieuw overleg.’",
        f"dossier {gesloten.dossier.gemeente.code}, status: ‘vastgesteld’ → ‘in_uitvoering’",
    ]
    zet_status(gesloten.dossier, "ter_toetsing", gesloten.inspecteur)
    zet_status(gesloten.dossier, "vastgesteld", gesloten.toetser)
    zet_status(gesloten.ronde, "gesloten", gesloten.beheerder)
    tweede, weer_eerste = Fotomoment.objects.filter(ronde=gesloten.ronde)
    assert (tweede.versie, weer_eerste.inhoud) == (2, eerste.inhoud)
    assert verifieer(tweede) == []
    assert len(verifieer(eerste)) == 1


# --- The command ----------------------------------------------------------------------------------------------------


def draai(*args, capsys) -> str:
    call_command("verifieer_fotomoment", *args)
    return capsys.readouterr().out


def test_opdracht_die_klopt(gesloten, capsys, tmp_path):
    slug = gesloten.ronde.slug
    assert "klopt met de database" in draai(slug, capsys=capsys)
    bestand = tmp_path / "foto.json"
    bestand.write_bytes(foto(gesloten).inhoud.encode())
    assert "klopt met de database" in draai(slug, "--bestand", str(bestand), "--versie", "1", capsys=capsys)


def test_opdracht_zegt_wat_er_verschilt(gesloten, capsys, tmp_path):
    slug, code = gesloten.ronde.slug, gesloten.dossier.gemeente.code
    with zonder_regels(connection):  # past every rule, as somebody with the database in hand could
        Bevinding.objects.filter(dossier=gesloten.dossier, vraag__code="V1.3").update(
            keuze=gesloten.vraag("V1.3").keuzes.get(code="ja")
        )
    with pytest.raises(CommandError, match="niet eens") as fout:
        draai(slug, capsys=capsys)
    assert fout.value.returncode == 1
    uit = capsys.readouterr().out
    assert f"  dossier {code}, vraag V1.3, keuze: ‘nee’ → ‘ja’\n" in uit
    assert "  uitkomsten naar rol, vraag V1.3, alle, per keuze, ja: 0 → 1\n" in uit


def test_opdracht_ziet_een_vervalst_bestand(gesloten, capsys, tmp_path):
    bestand = tmp_path / "foto.json"
    bestand.write_text(foto(gesloten).inhoud.replace("Via de bestaande", "Via de beste"), encoding="utf-8")
    with pytest.raises(CommandError, match="2 verschillen"):
        draai(gesloten.ronde.slug, "--bestand", str(bestand), capsys=capsys)
    uit = capsys.readouterr().out
    assert "sha256: " in uit
    assert "vraag V3.1, tekst: ‘Via de beste overleggen.’ → ‘Via de bestaande overleggen.’" in uit


@pytest.mark.parametrize(
    ("args", "zin"), [(["geen-ronde"], "geen ronde"), (["proefronde", "--versie", "3"], "geen fotomoment met versie 3")]
)
def test_opdracht_zonder_fotomoment(gesloten, args, zin, capsys):
    with pytest.raises(CommandError, match=zin):
        draai(*args, capsys=capsys)


# --- Nothing changes it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regel", "opdracht"),
    [
        ("fotomoment_blijft", "UPDATE rapportage_fotomoment SET sha256 = 'x'"),
        ("fotomoment_blijft", "DELETE FROM rapportage_fotomoment"),
        ("kwantorband_bevroren", "UPDATE rapportage_kwantorband SET aandeel = 10 WHERE ronde_id IS NOT NULL"),
        ("kwantorband_bevroren", "DELETE FROM rapportage_kwantorband"),
    ],
)
def test_gewone_sql_wordt_geweigerd(gesloten, regel, opdracht):
    with pytest.raises(IntegrityError, match=regel), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)
    assert verifieer(foto(gesloten)) == []


def test_truncate_wordt_geweigerd(gesloten):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite heeft geen TRUNCATE")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for tabel in ("rapportage_fotomoment", "rapportage_uitgave"):
            with pytest.raises(IntegrityError, match="blijft"), transaction.atomic():
                cursor.execute(f"TRUNCATE {tabel} CASCADE")


def test_geen_band_erbij_na_het_fotomoment(gesloten):
    with pytest.raises(IntegrityError, match="kwantorband_bevroren"), transaction.atomic():
        Kwantorband.objects.create(ronde=gesloten.ronde, volgorde=99, woord="heel veel")


# --- What differs, in words -------------------------------------------------------------------------------------------


def test_verschillen_in_woorden():
    was = {"dossiers": {"0001": {"randstad": True}, "0002": {}}, "ronde": {"naam": "juni"}, "banden": [1]}
    wordt = {"dossiers": {"0001": {"randstad": None}}, "ronde": {"naam": "juli"}, "banden": [1, 2]}
    assert [str(verschil) for verschil in verschillen(was, wordt)] == [
        "hoeveelheidswoorden: [1] → [1,2]",
        "dossier 0001, randstad: ja → (leeg)",
        "dossier 0002: (leeg) → (niet aanwezig)",
        "ronde, naam: ‘juni’ → ‘juli’",
    ]
    assert canoniek({"b": [{"é": 1, "a": None}], "a": {3, 1}}) == '{"a":[1,3],"b":[{"a":null,"é":1}]}'


def test_de_demo_heeft_er_een_die_klopt(demo):
    ronde = Ronde.objects.get(slug="juni-2008")
    gemaakt = Fotomoment.objects.get()
    assert gemaakt.ronde == ronde
    assert len(json.loads(gemaakt.inhoud)["dossiers"]) == Dossier.objects.filter(ronde=ronde).count() == 13
    assert verifieer(gemaakt) == []
