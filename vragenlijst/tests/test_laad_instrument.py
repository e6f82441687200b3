"""The instrument of V08/01 as data: verbatim, complete, checked, and never changed once it is used."""

import copy
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from vragenlijst.instrumentbestand import Bestandsfout, lees
from vragenlijst.instrumentlader import InGebruik, laad, uit_database
from vragenlijst.management.commands.laad_instrument import INSTRUMENT_2008
from vragenlijst.models import Aandachtspunt, Actorgroep, Instrument, Vraag

BIJLAGEN = Path(__file__).with_name("bijlagen_v08_01.txt").read_text(encoding="utf-8").splitlines()
BIJLAGE_1 = BIJLAGEN[: BIJLAGEN.index("Bijlage 2")]
BIJLAGE_2 = BIJLAGEN[BIJLAGEN.index("Bijlage 2") :]


@pytest.fixture(scope="module")
def ruw_2008():
    return json.loads(INSTRUMENT_2008.read_text(encoding="utf-8"))


@pytest.fixture
def ruw(ruw_2008):
    """The file of 2008, to spoil in a test."""
    return copy.deepcopy(ruw_2008)


@pytest.fixture
def geladen(db):
    call_command("laad_instrument", stdout=io.StringIO())
    return Instrument.objects.get(code="regionale-samenwerking", versie=1)


def gegeven(ruw: dict):
    return lees(json.dumps(ruw))


def fouten(ruw: dict) -> list[str]:
    with pytest.raises(Bestandsfout) as gevangen:
        gegeven(ruw)
    return gevangen.value.fouten


def blok(regels: list[str], kop: str, volgende: str | None) -> list[str]:
    """The lines of one part of an appendix, without its heading."""
    begin = regels.index(kop) + 1
    return regels[begin : regels.index(volgende, begin) if volgende else None]


# --- Verbatim -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nr", "kop", "volgende"),
    [
        (0, "Voortrekkersrol gemeente", "Beleid en afspraken"),
        (1, "Beleid en afspraken", "Beleid en uitvoering"),
        (2, "Beleid en uitvoering", None),
    ],
)
def test_elke_regel_van_bijlage_2_is_letterlijk_een_vraag_met_haar_vervolgvragen(ruw, nr, kop, volgende):
    onderdeel = gegeven(ruw).onderdelen[nr]
    aspecten = {"V3.5a", "V3.5b", "V3.5c"}  # these stand between brackets in V3.5 itself
    regels = []
    for vraag in onderdeel.vragen:
        tekst = vraag.gescande_tekst or vraag.tekst
        if not vraag.hoofdvraag:
            regels.append(tekst)
        elif vraag.code not in aspecten:
            regels[-1] += f" {tekst}"
    assert onderdeel.titel == kop
    assert regels == blok(BIJLAGE_2, kop, volgende)


def test_de_drie_aspecten_zijn_letterlijk_de_delen_tussen_haakjes(ruw):
    vragen = {vraag.code: vraag.tekst for vraag in gegeven(ruw).vragen}
    haakjes = BIJLAGE_2[-1].split("(")[1].split(")")[0]
    assert ", ".join(vragen[code] for code in ("V3.5a", "V3.5b", "V3.5c")) == haakjes


@pytest.mark.parametrize(
    ("nr", "kop", "volgende"),
    [
        (0, "Voortrekkersrol gemeenten", "Beleid en afspraken"),
        (1, "Beleid en afspraken", "Beleid en uitvoering"),
        (2, "Beleid en uitvoering", None),
    ],
)
def test_de_normen_zijn_samen_letterlijk_bijlage_1(ruw, nr, kop, volgende):
    onderdeel = gegeven(ruw).onderdelen[nr]
    normen = " ".join(norm.gescande_tekst or norm.tekst for norm in onderdeel.aandachtspunten)
    assert onderdeel.titel_aandachtspunten == kop
    assert normen == " ".join(blok(BIJLAGE_1, kop, volgende))


def test_de_verbeterde_scanfouten_zijn_deze_twee(ruw):
    instrument = gegeven(ruw)
    verbeterd = {
        ding.code: (ding.gescande_tekst, ding.tekst)
        for ding in (*instrument.vragen, *instrument.aandachtspunten)
        if ding.gescande_tekst
    }
    assert verbeterd.keys() == {"V1.2", "A1.4"}
    assert verbeterd["V1.2"][0].replace("afdeling)", "afdelingen)") == verbeterd["V1.2"][1]
    assert verbeterd["A1.4"][0].replace("betreft", "betrekt") == verbeterd["A1.4"][1]


# --- What is loaded -----------------------------------------------------------------------------------------------


def test_aantallen_per_onderdeel(geladen):
    assert geladen.status == "vastgesteld"
    assert [
        (
            onderdeel.vragen.filter(hoofdvraag=None).count(),
            onderdeel.vragen.exclude(hoofdvraag=None).count(),
            onderdeel.aandachtspunten.count(),
        )
        for onderdeel in geladen.onderdelen.all()
    ] == [(7, 4, 6), (5, 3, 8), (5, 3, 4)]


def test_routing(geladen):
    voorwaarden = {
        vraag.code: f"{vraag.voorwaarde.vraag.code} = {vraag.voorwaarde.code}"
        for vraag in Vraag.objects.exclude(voorwaarde=None).select_related("voorwaarde__vraag")
    }
    assert voorwaarden == {
        "V1.4": "V1.3 = ja",
        "V1.5": "V1.3 = ja",
        "V1.6": "V1.3 = ja",
        "V1.7": "V1.4 = ja",
        "V1.7a": "V1.7 = ja",
        "V1.7b": "V1.7 = nee",
        "V1.7c": "V1.7 = nee",
        "V1.7d": "V1.7c = ja",
        "V2.2a": "V2.2 = ja",
        "V2.2b": "V2.2 = ja",
        "V2.2c": "V2.2 = ja",
        "V2.3": "V2.2 = ja",
    }


def test_elke_gesloten_vraag_kent_ook_weet_niet_en_nvt(geladen):
    gesloten = Vraag.objects.filter(soort="keuze")
    assert gesloten.count() == 11
    for vraag in gesloten:
        assert list(vraag.keuzes.values_list("code", flat=True))[-2:] == ["weet-niet", "nvt"]
    assert list(gesloten.get(code="V1.2").keuzes.values_list("code", flat=True)[:3]) == ["ja", "intentie", "nee"]
    assert gesloten.get(code="V1.6").keuzes.count() == 6
    for vraag in Vraag.objects.exclude(soort="keuze"):
        assert list(vraag.keuzes.values_list("code", flat=True)) == ["weet-niet", "nvt"]


def test_actorgroepen_met_het_domein_van_de_aanpak(geladen):
    assert list(Actorgroep.objects.values_list("domein", flat=True)) == [
        "Gemeentelijk domein",
        "Gemeentelijk domein",
        "Gemeentelijk domein",
        "CWI/UWV",
        "CWI/UWV",
        "Scholingsinstituten",
        "Werkgevers(organisaties)",
        "Werknemers en cliëntenraden",
    ]


def test_welke_normen_bewijs_vragen(geladen):
    vragend = Aandachtspunt.objects.exclude(bewijs="")
    assert {norm.code: {soort.code for soort in norm.bewijssoorten.all()} for norm in vragend} == {
        "A1.1": {"convenant", "beleidsnota"},
        "A2.2": {"visie-en-aanpak"},
        "A2.3": {"samenwerkingsafspraken"},
        "A2.4": {"arbeidsmarktanalyse"},
        "A2.6": {"plan"},
        "A2.7": {"plan"},
        "A2.8": {"prestatieafspraken"},
        "A3.3": {"resultaten"},
    }
    zonder_vraag = Aandachtspunt.objects.filter(vragen=None).values_list("code", flat=True)
    assert list(zonder_vraag) == ["A1.3", "A1.5", "A2.2", "A2.7"]


def test_tweede_keer_laden_wijzigt_niets(geladen):
    eerst = list(Vraag.objects.values_list("pk", "tekst"))
    uitvoer = io.StringIO()
    call_command("laad_instrument", stdout=uitvoer)
    assert "staat er al" in uitvoer.getvalue()
    assert list(Vraag.objects.values_list("pk", "tekst")) == eerst


def test_heen_en_terug(geladen, ruw):
    assert uit_database(geladen) == gegeven(ruw)


# --- A version that is vastgesteld ----------------------------------------------------------------------------------------------


def test_een_concept_volgt_het_bestand(db, ruw):
    ruw["status"] = "concept"
    geladen, _ = laad(gegeven(ruw))
    del ruw["onderdelen"][2]["vragen"][3]
    ruw["onderdelen"][2]["aandachtspunten"][1]["vragen"].remove("V3.4")
    instrument, gewijzigd = laad(gegeven(ruw))
    assert gewijzigd
    assert instrument.pk == geladen.pk
    assert not Vraag.objects.filter(code="V3.4").exists()
    assert Vraag.objects.get(code="V1.7d").voorwaarde.vraag.code == "V1.7c"


def test_een_vastgestelde_versie_wordt_niet_gewijzigd(geladen, ruw):
    ruw["onderdelen"][0]["vragen"][0]["tekst"] = "Iets anders?"
    with pytest.raises(InGebruik, match="zet 'versie' in het bestand op 2"):
        laad(gegeven(ruw))
    assert Vraag.objects.get(code="V1.1").tekst.startswith("Heeft de gemeente initiatieven")
    call_command("laad_instrument", stdout=io.StringIO())  # the same file is no problem


def test_een_nieuwe_versie_komt_ernaast(geladen, ruw):
    ruw["versie"] = 2
    ruw["onderdelen"][0]["vragen"][0]["tekst"] = "Iets anders?"
    laad(gegeven(ruw))
    versies = Vraag.objects.filter(code="V1.1").values_list("onderdeel__instrument__versie", flat=True)
    assert sorted(versies) == [1, 2]


# --- A bad file -----------------------------------------------------------------------------------------------------


def test_geen_json():
    with pytest.raises(Bestandsfout, match="geen geldige JSON"):
        lees('{"code": ')


@pytest.mark.parametrize("tekst", ["[]", "3", "null", "{}"])
def test_geen_instrument(tekst):
    with pytest.raises(Bestandsfout):
        lees(tekst)


def vraag(ruw: dict, code: str) -> dict:
    return next(v for onderdeel in ruw["onderdelen"] for v in onderdeel["vragen"] if v["code"] == code)


def norm(ruw: dict, code: str) -> dict:
    return next(n for onderdeel in ruw["onderdelen"] for n in onderdeel["aandachtspunten"] if n["code"] == code)


@pytest.mark.parametrize(
    ("bederf", "melding"),
    [
        (lambda r: r.update(versie="een"), "Het bestand: 'versie' is een geheel getal van 1 tot en met 9999."),
        (lambda r: r.update(versie=10_000), "Het bestand: 'versie' is een geheel getal van 1 tot en met 9999."),
        (lambda r: r.update(kleur="rood"), "Het bestand: het veld 'kleur' is niet bekend."),
        (lambda r: r["onderdelen"].append("los"), "Onderdeel zonder code: hier hoort een object met velden te staan."),
        (lambda r: vraag(r, "V1.1").update(tekst=" "), "Vraag V1.1: 'tekst' ontbreekt of is leeg."),
        (
            lambda r: vraag(r, "V1.1").update(tekst="a\x00b"),
            "Vraag V1.1: 'tekst': De tekst bevat op plaats 2 een onzichtbaar teken (U+0000) dat niet kan worden bewaard. "
            "Verwijder het; plakken als platte tekst helpt meestal.",
        ),
        (
            lambda r: norm(r, "A1.1").update(kort="x" * 121),
            "Aandachtspunt A1.1: 'kort' telt 121 tekens, ten hoogste 120 mag.",
        ),
        (
            lambda r: vraag(r, "V1.1").update(soort="cijfer"),
            "Vraag V1.1: 'soort' is een van: keuze, open, gemeente, afspraken, getal, datum; er staat 'cijfer'.",
        ),
        (
            lambda r: vraag(r, "V1.1").update(keuzes="ja-nee-misschien"),
            "Vraag V1.1: de keuzelijst 'ja-nee-misschien' bestaat niet in dit bestand.",
        ),
        (
            lambda r: vraag(r, "V3.1").update(keuzes="ja-nee"),
            "Vraag V3.1: alleen een vraag van de soort 'keuze' heeft keuzes.",
        ),
        (
            lambda r: vraag(r, "V1.2").update(code="V1.1"),
            "Vraag V1.1: deze code komt meer dan eens voor.",
        ),
        (
            lambda r: r["keuzelijsten"]["ja-nee"].append({"code": "ja", "naam": "jazeker"}),
            "Vraag V1.1: de keuze 'ja' komt meer dan eens voor.",
        ),
        (
            lambda r: vraag(r, "V1.4").update(alleen_als="V1.3 is ja"),
            'Vraag V1.4: schrijf \'alleen_als\' als "V1.3 = ja"; er staat "V1.3 is ja".',
        ),
        (
            lambda r: vraag(r, "V1.4").update(alleen_als="V9.9 = ja"),
            "Vraag V1.4: de voorwaarde gaat over vraag V9.9, die niet bestaat.",
        ),
        (
            lambda r: vraag(r, "V1.4").update(alleen_als="V1.3 = misschien"),
            "Vraag V1.4: de voorwaarde noemt 'misschien', maar dat is geen keuze van vraag V1.3.",
        ),
        (
            lambda r: vraag(r, "V1.3").update(alleen_als="V1.7 = ja"),
            "Vraag V1.3: de voorwaarden lopen in een kring (V1.3 → V1.7 → V1.4 → V1.3).",
        ),
        (
            lambda r: vraag(r, "V1.1").update(alleen_als="V1.2 = ja"),
            "Vraag V1.1: de voorwaarde gaat over vraag V1.2, die pas later wordt gesteld.",
        ),
        (
            lambda r: vraag(r, "V1.7a").update(hoofdvraag="V7"),
            "Vraag V1.7a: de hoofdvraag V7 bestaat niet.",
        ),
        (
            lambda r: vraag(r, "V1.7b").update(hoofdvraag="V1.7a"),
            "Vraag V1.7b: de hoofdvraag V1.7a is zelf een vervolgvraag.",
        ),
        (
            lambda r: norm(r, "A1.2")["vragen"].append("V1.8"),
            "Aandachtspunt A1.2: vraag V1.8 bestaat niet.",
        ),
        (
            lambda r: norm(r, "A2.6").update(bewijssoorten=["brief"]),
            "Aandachtspunt A2.6: bewijssoort 'brief' bestaat niet.",
        ),
        (
            lambda r: norm(r, "A2.6").pop("bewijssoorten"),
            "Aandachtspunt A2.6: 'bewijs' en 'bewijssoorten' horen bij elkaar; één van beide ontbreekt.",
        ),
    ],
)
def test_een_fout_bestand_zegt_wat_er_fout_is(ruw, bederf, melding):
    bederf(ruw)
    assert melding in fouten(ruw)


def test_alle_fouten_tegelijk(ruw):
    vraag(ruw, "V1.4")["alleen_als"] = "V9.9 = ja"
    norm(ruw, "A1.2")["vragen"].append("V1.8")
    assert len(fouten(ruw)) == 2


@pytest.mark.django_db
def test_het_commando_meldt_het_en_laadt_niets(tmp_path, ruw):
    vraag(ruw, "V1.4")["alleen_als"] = "V9.9 = ja"
    bestand = tmp_path / "fout.json"
    bestand.write_text(json.dumps(ruw), encoding="utf-8")
    with pytest.raises(CommandError, match=r"V9\.9, die niet bestaat"):
        call_command("laad_instrument", bestand)
    with pytest.raises(CommandError, match="is niet te lezen"):
        call_command("laad_instrument", tmp_path / "bestaat-niet.json")
    assert not Instrument.objects.exists()


# --- Against the version before -----------------------------------------------------------------------------------


def test_een_vraag_zegt_of_zij_die_van_de_vorige_versie_is(ruw, db):
    """Version 2: V1.1 in other words, V1.2 another question, the rest as it was; and the file comes back as it went in."""
    ruw["versie"] = 2
    een, twee = ruw["onderdelen"][0]["vragen"][:2]
    een["vergelijkbaarheid"], twee["vergelijkbaarheid"] = "herformuleerd", "nieuw"
    instrument, _ = laad(gegeven(ruw))
    anders = Vraag.objects.filter(onderdeel__instrument=instrument).exclude(vergelijkbaarheid="gelijk")
    assert list(anders.values_list("code", "vergelijkbaarheid")) == [("V1.1", "herformuleerd"), ("V1.2", "nieuw")]
    assert uit_database(instrument) == gegeven(ruw)


def test_en_zo_ook_een_aandachtspunt_en_wie_er_niets_van_zegt_is_gelijk(ruw, db):
    ruw["versie"] = 2
    norm(ruw, "A1.2")["vergelijkbaarheid"] = "herformuleerd"
    instrument, _ = laad(gegeven(ruw))
    normen = Aandachtspunt.objects.filter(onderdeel__instrument=instrument)
    assert list(normen.exclude(vergelijkbaarheid="gelijk").values_list("code", flat=True)) == ["A1.2"]
    assert uit_database(instrument) == gegeven(ruw)
    norm(ruw, "A1.2")["vergelijkbaarheid"] = "ongeveer"
    assert fouten(ruw) == [
        "Aandachtspunt A1.2: 'vergelijkbaarheid' is een van: gelijk, herformuleerd, nieuw; er staat 'ongeveer'."
    ]


def test_een_onbekende_vergelijkbaarheid_wordt_genoemd(ruw):
    ruw["onderdelen"][0]["vragen"][0]["vergelijkbaarheid"] = "ongeveer"
    assert fouten(ruw) == [
        "Vraag V1.1: 'vergelijkbaarheid' is een van: gelijk, herformuleerd, nieuw; er staat 'ongeveer'."
    ]
