"""The data of a round as files: what is in them, that the counts are those of the uitkomsten, and that nothing leaks."""

import csv
import io
import re
from collections import Counter
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker
from openpyxl import load_workbook

from rapportage import queries, samenstellen
from rapportage.export import statistiek
from rapportage.export.bestanden import BESTANDEN
from rapportage.export.dossiers import Gegevens
from rapportage.models import Codering, Thema
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, schrijver, vind
from rapportage.uitkomst import ALLES
from rapportage.weergave import Weergave
from regio.models import Gebeurtenis
from vragenlijst.models import Gesprekspartner, Interview, Vraag

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde():
    """Four dossiers: one that works together and has a plan, one that lapsed, one that does not, one with nothing yet."""
    ronde = maak_ronde(maak_instrument())
    een, twee, drie, _vier = (maak_dossier(ronde, rol) for rol in ["voortrekker"] * 3 + ["niet-voortrekker"])
    vind(een, "P1.1", "ja")
    vind(een, "P1.1a", "intentie")
    bevinding = vind(een, "P1.2", tekst='=HYPERLINK(1)\r\nVeel; "heel" veel')
    vind(een, "P2.1", gemeente=twee.gemeente)
    vind(een, "P2.2", rijen=[["CWI", "een balie"], ["UWV", "overleg"]])
    vind(twee, "P1.1", "nee")
    vind(twee, "P1.1a", "ja", vervallen=True)
    vind(drie, "P1.1", "weet-niet")
    beoordeel(een, "N1", "voldoet_deels")
    beoordeel(twee, "N1", "niet_te_beoordelen")
    thema = Thema.objects.create(ronde=ronde, vraag=Vraag.objects.get(code="P1.2"), naam="Banen")
    Codering.objects.create(thema=thema, bevinding=bevinding, door=schrijver())
    interview = baker.make(Interview, dossier=een, status="gehouden", datum=ronde.periode_van)
    baker.make(Gesprekspartner, interview=interview, naam="Quirina Zonderling", functie="Hoofd Noordpool")
    return ronde


def inhoud(ronde, naam: str, selectie=ALLES) -> bytes:
    return b"".join(BESTANDEN[naam].maak(ronde, Weergave(ronde.slug, selectie=selectie)))


def lees(ruw: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(ruw.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_een_regel_per_dossier(ronde):
    een, twee, drie, vier = lees(inhoud(ronde, "dossiers.csv"))

    assert [rij["gemeente"] for rij in (een, twee, drie, vier)] == [f"Verzonnendorp {nr}" for nr in (1, 2, 3, 4)]
    assert [rij["rol"] for rij in (een, vier)] == ["voortrekker", "niet-voortrekker"]
    assert [rij["P1.1"] for rij in (een, twee, drie, vier)] == ["ja", "nee", "weet-niet", "niet_vastgelegd"]
    assert [rij["P1.1a"] for rij in (een, twee, drie, vier)] == [
        "intentie",
        "vervallen",
        "niet_gevraagd",
        "niet_gevraagd",
    ]
    assert een["P1.2"] == '\'=HYPERLINK(1)\r\nVeel; "heel" veel'
    assert (een["P1.2_telling"], vier["P1.2_telling"]) == ("beantwoord", "niet_vastgelegd")
    assert een["P2.1"] == "Verzonnendorp 2"
    assert een["P2.2"] == "CWI: een balie\nUWV: overleg"
    assert [rij["N1"] for rij in (een, twee, drie)] == ["voldoet_deels", "niet_te_beoordelen", "nog_niet"]
    assert [rij["N1_alleen_verklaard"] for rij in (een, twee, drie)] == ["ja", "nee", ""]
    [thema] = [kolom for kolom in een if "_thema_" in kolom]
    assert [rij[thema] for rij in (een, twee)] == ["ja", ""]


def test_wie_het_bestand_telt_komt_op_de_uitkomsten(ronde):
    """Every closed question of the file, counted by hand, gives the figures of the page."""
    rijen = lees(inhoud(ronde, "dossiers.csv"))
    for onderdeel in queries.uitkomsten(ronde).onderdelen:
        for vraag in onderdeel.vragen:
            n = Counter(rij[vraag.code if vraag.is_gesloten else f"{vraag.code}_telling"] for rij in rijen)
            alle = vraag.alle
            assert {code: n[code] for code in alle.per_keuze} == dict(alle.per_keuze)
            assert (n["weet-niet"], n["nvt"], n["niet_vastgelegd"]) == (alle.weet_niet, alle.nvt, alle.niet_vastgelegd)
            assert n["niet_gevraagd"] + n["vervallen"] == len(rijen) - alle.gevraagd
        for norm in onderdeel.normen:
            n = Counter(rij[norm.code] for rij in rijen)
            assert {code: n[code] for code in norm.alle.per_oordeel} == dict(norm.alle.per_oordeel)


def test_geen_gesprekspartner_in_enig_bestand(ronde):
    for naam in BESTANDEN:
        ruw = inhoud(ronde, naam)
        if ruw[:2] == b"PK":
            with ZipFile(io.BytesIO(ruw)) as zip_:
                ruw = b"".join(map(zip_.read, zip_.namelist()))
        tekst = ruw.decode("utf-8", errors="ignore")
        assert "Quirina" not in tekst
        assert "Noordpool" not in tekst
        assert ("Verzonnendorp" in tekst) == (naam in ("dossiers.csv", "gegevens.xlsx")), naam


def test_het_werkboek(ronde):
    boek = load_workbook(io.BytesIO(inhoud(ronde, "gegevens.xlsx")))
    assert boek.sheetnames == ["Toelichting", "Dossiers", "Uitkomsten", "Codeboek"]
    kop, een, *_ = boek["Dossiers"].iter_rows()
    cel = een[[naam.value for naam in kop].index("P1.2")]
    assert (cel.value, cel.data_type) == ('=HYPERLINK(1)\nVeel; "heel" veel', "s")


def test_het_codeboek(ronde):
    rijen = {(rij["kolom"], rij["code"]): rij for rij in lees(inhoud(ronde, "codeboek.csv"))}

    ja = rijen["P1.1a", "ja"]
    assert (ja["nummer"], ja["betekenis"], ja["ontbreekt"], ja["gesteld_bij"], ja["vervolg_op"]) == (
        "1", "ja", "nee", "P1.1 = ja", "P1.1")  # fmt: skip
    assert (ja["instrument"], ja["versie"], ja["vergelijkbaar"]) == ("Proefinstrument", "1", "gelijk")
    assert rijen["P1.1", "weet-niet"]["ontbreekt"] == "ja"
    assert rijen["N1", "voldoet"]["bewijs"] == "convenant"
    kolommen = set(lees(inhoud(ronde, "dossiers.csv"))[0])
    assert {kolom for kolom, _ in rijen} == kolommen


# --- SPSS and R -------------------------------------------------------------------------------------------------------


def uitgepakt(ronde) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(inhoud(ronde, "spss-en-r.zip"))) as zip_:
        return {naam: zip_.read(naam) for naam in zip_.namelist()}


STRING = r"'((?:[^']|'')*)'"


def lees_spss(syntaxis: str) -> dict:
    """What the syntax says, command by command: a command ends with a point at the end of a line."""
    opdrachten = [stuk.strip() for stuk in re.split(r"\.\s*\r\n", syntaxis.removeprefix("\ufeff")) if stuk.strip()]
    assert all(len(regel.encode()) < 32_000 for regel in syntaxis.splitlines())
    [lezen] = [o for o in opdrachten if o.startswith("GET DATA")]
    [labels] = [o for o in opdrachten if o.startswith("VARIABLE LABELS")]
    waarden = {}
    for opdracht in opdrachten:
        if opdracht.startswith("VALUE LABELS"):
            naam = opdracht.split()[2]
            waarden[naam] = {
                int(nr): w.replace("''", "'") for nr, w in re.findall(rf"^\s+(\d+) {STRING}\s*$", opdracht, re.M)
            }
    return {
        "variabelen": dict(re.findall(r"^\s+(\S+) ([A-Z]+[\d.]+)\s*$", lezen.split("/VARIABLES=")[1], re.M)),
        "labels": {n: w.replace("''", "'") for n, w in re.findall(rf"^\s+(\S+) {STRING}\s*$", labels, re.M)},
        "waarden": waarden,
        "ontbreekt": re.findall(r"MISSING VALUES (\S+) \(90 THRU HIGHEST\)", syntaxis),
        "slot": opdrachten[-1],
    }


def test_spss_leest_het_bestand_kolom_voor_kolom(ronde):
    Vraag.objects.filter(code="P1.1").update(tekst="Is 't zo?\n" + "Lang. " * 60)
    delen = uitgepakt(ronde)
    gelezen = lees_spss(delen["spss.sps"].decode())
    rijen = lees(delen["gegevens.csv"])

    assert list(gelezen["variabelen"]) == list(rijen[0]) == list(gelezen["labels"])
    assert gelezen["labels"]["P1.1"].startswith("P1.1 Is 't zo? Lang.")
    assert max(len(label.encode()) for label in gelezen["labels"].values()) <= 250
    assert gelezen["waarden"]["P1.1"] == {
        1: "ja", 2: "de intentie", 3: "nee", 90: "weet niet", 91: "niet van toepassing",
        92: "niet gevraagd: de voorwaarde geldt niet", 93: "vervallen: de voorwaarde geldt niet meer",
        94: "nog niet vastgelegd",
    }  # fmt: skip
    assert {"P1.1", "P1.1a", "P1.2_telling", "N1"} <= set(gelezen["ontbreekt"])
    assert gelezen["slot"] == "EXECUTE"
    # Every number in the file has a name, every dossier is one line, and the names of variables are what SPSS allows.
    for naam, waarden in gelezen["waarden"].items():
        assert {int(rij[naam]) for rij in rijen if rij[naam]} <= set(waarden), naam
    assert len(delen["gegevens.csv"].splitlines()) == 1 + 4
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]{0,62}[A-Za-z0-9_]", naam) for naam in gelezen["variabelen"])
    assert [rij["P1.1"] for rij in rijen] == ["1", "3", "90", "94"]


def lees_r(script: str) -> dict[str, list]:
    """The calls of benoem() with their arguments; the script must be balanced outside of its texts."""
    kaal = re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"#.*", "", script))
    for open_, dicht in ("()", "{}", "[]"):
        assert kaal.count(open_) == kaal.count(dicht)
    assert kaal.count('"') % 2 == 0
    gevonden = {}
    for naam, rest in re.findall(r'^gegevens\[\["([^"]+)"\]\] <- benoem\(gegevens\[\["\1"\]\], (.*)\)$', script, re.M):
        gevonden[naam] = re.findall(r'c\([^()]*(?:"(?:[^"\\]|\\.)*"[^()"]*)*\)', rest)
    return gevonden


def test_r_noemt_elke_kolom(ronde):
    Vraag.objects.filter(code="P1.1").update(tekst='Is dit "zo" \\ (niet)?')
    delen = uitgepakt(ronde)
    script = delen["r.R"].decode()
    gelezen = lees_r(script)

    assert list(gelezen) == list(lees(delen["gegevens.csv"])[0])
    nummers, namen, weg = gelezen["P1.1"]
    assert nummers == "c(1, 2, 3, 90, 91, 92, 93, 94)"
    assert namen.startswith('c("ja", "de intentie", "nee", "weet niet"')
    assert weg == "c(90, 91, 92, 93, 94)"
    assert r'"P1.1 Is dit \"zo\" \\ (niet)?"' in script


def test_een_vreemde_code_wordt_een_naam_die_spss_kent(ronde):
    Vraag.objects.filter(code="P2.2").update(code="2-é b.")
    namen = [veld.variabele for veld in statistiek.variabelen(Gegevens(ronde).velden)]

    assert "v_2-é b._telling" not in namen
    assert "v_2___b._telling" in namen


# --- Browser, command and history ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", BESTANDEN)
def test_browser_en_opdracht_geven_dezelfde_bytes(naam, client, analist, ronde, tmp_path, capsys):
    client.force_login(analist)
    antwoord = client.get(reverse("gegevens_bestand", args=[ronde.slug, naam]) + "?rol=voortrekker")
    call_command("exporteer", ronde.slug, wat=naam, uit=tmp_path / "uit", weergave="rol=voortrekker")

    assert antwoord.streaming
    assert antwoord["Content-Disposition"] == f'attachment; filename="proefronde-{naam}"'
    assert antwoord.getvalue() == (tmp_path / "uit").read_bytes()
    assert [pad.name for pad in tmp_path.iterdir()] == ["uit"]
    browser, opdracht = Gebeurtenis.objects.van(ronde).filter(soort="uitvoer").order_by("pk")
    assert (browser.wie, browser.naar, opdracht.wie) == (analist, naam, None)
    keuze = {} if BESTANDEN[naam].openbaar else {"rol": [None, "voortrekker"]}
    assert browser.wijzigingen == opdracht.wijzigingen == keuze


def test_de_keuze_van_de_uitkomsten_is_die_van_het_bestand(client, analist, ronde):
    client.force_login(analist)
    adres = reverse("gegevens", args=[ronde.slug]) + "?rol=niet-voortrekker&indeling=grootteklasse"
    pagina = client.get(adres).content.decode()
    [naar] = re.findall(r'href="([^"]*/dossiers\.csv[^"]*)"', pagina)

    assert [rij["gemeente"] for rij in lees(client.get(naar.replace("&amp;", "&")).getvalue())] == ["Verzonnendorp 4"]
    assert client.get(reverse("gegevens_bestand", args=[ronde.slug, "dossiers.csv"]) + "?rol=onzin").status_code == 404
    assert client.get(reverse("gegevens_bestand", args=[ronde.slug, "geheim.csv"])).status_code == 404


def test_formaten_van_de_opdracht(ronde, tmp_path, capsys):
    call_command("exporteer", ronde.slug, formaat="csv", uit=tmp_path / "a.csv")
    call_command("exporteer", ronde.slug, formaat="xlsx", uit=tmp_path / "a.xlsx")
    assert len(lees((tmp_path / "a.csv").read_bytes())) == 4
    assert "Dossiers" in load_workbook(tmp_path / "a.xlsx").sheetnames
    for opties, zin in [
        ({"formaat": "csv", "weergave": "rol=onzin"}, "Deze keuze is er niet in --weergave: rol."),
        ({"formaat": "csv", "weergave": "rool=voortrekker"}, "Deze keuze is er niet in --weergave: rool."),
        ({"formaat": "csv", "uit": tmp_path / "weg" / "a.csv"}, "kan niet worden geschreven"),
    ]:
        with pytest.raises(CommandError, match=re.escape(zin)):
            call_command("exporteer", ronde.slug, **{"uit": tmp_path / "b.csv"} | opties)
    with pytest.raises(CommandError, match="Er is geen ronde 'weg'"):
        call_command("exporteer", "weg", formaat="csv", uit=tmp_path / "b.csv")


def test_openbaar_is_wat_in_de_pdf_zit(ronde):
    """And there: one municipality has answered as yet, so its answer is not even in the total."""
    publiek = inhoud(ronde, "openbaar.csv")
    assert publiek == samenstellen.databestand(samenstellen.openbare_uitkomsten(ronde)).inhoud
    ja = [rij["aantal"] for rij in lees(publiek) if rij["code"] == "P1.1" and rij["antwoord"] == "ja"]
    assert ja == [""]
    vel = load_workbook(io.BytesIO(inhoud(ronde, "openbaar.xlsx")))["Uitkomsten"]
    assert [rij[7].value for rij in vel.iter_rows() if rij[3].value == "P1.1" and rij[6].value == "ja"] == ["–"]


@pytest.mark.parametrize("naam", ["dossiers.csv", "gegevens.xlsx", "spss-en-r.zip"])
def test_vaste_hoeveelheid_queries(naam, ronde):
    from django.db import connection

    with CaptureQueriesContext(connection) as eerst:
        inhoud(ronde, naam)
    for _ in range(20):
        vind(maak_dossier(ronde), "P1.1", "ja")
    with CaptureQueriesContext(connection) as later:
        inhoud(ronde, naam)

    assert len(later) == len(eerst)
