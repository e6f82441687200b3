"""Maten and text on the demo: V08/01's counted statements, every number on the page of uitkomsten, a clean text and one that drifts."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from inspectie.demo import bron
from inspectie.tests.demo_fixture import demo  # noqa: F401
from rapportage import indelingen, queries
from rapportage.models import Rapport, Uitspraak
from rapportage.queries.maten import metingen
from rapportage.queries.meldingen import claims_van, meldingen_van
from rapportage.uitspraken.maat import lees, slak
from vragenlijst.models import Interview, Ronde


def als_maat(rij: dict) -> str:
    """A row of the table of V08/01 in the language of a maat."""

    def termen(uitdrukking: str) -> str:
        return "&".join(map(term, uitdrukking.split(" & ")))

    def term(tekst: str) -> str:
        niet = tekst.startswith("niet ")
        tekst = tekst.removeprefix("niet ")
        if m := re.fullmatch(r"thema (V\S+)=(.+)", tekst):
            tekst = f"{m[1]}=thema:{slak(m[2])}"
        elif m := re.fullmatch(r"gesproken=(.+)", tekst):
            tekst = f"gesproken={slak(m[1])}"
        elif tekst == "verband=RPA":
            tekst = "verband=rpa*"
        return tekst.replace("=", "!=", 1) if niet else tekst

    eenheid = {"regio": " eenheid=rpa", "grootteklasse": " eenheid=grootteklasse", "interview": " eenheid=gesprekken"}
    kop = "dossiers" if rij["maat"] == "alle" else termen(rij["maat"])
    van = "dossiers" if rij["groep"] == "alle" else termen(rij["groep"])
    return f"{kop} van={van}{eenheid.get(rij['eenheid'], '')}"


def test_elke_telling_van_v08_01_is_als_maat_te_schrijven(demo):  # noqa: F811
    rijen = list(uitspraken_van_v08_01().values())
    maten = {int(rij["nr"]): lees(als_maat(rij)) for rij in rijen}
    gemeten = metingen(Ronde.objects.get(slug="juni-2008"), maten.values())
    anders = {
        nr: f"{maat} is {gemeten[maat]}{gemeten[maat].bezwaar}, niet {rij['teller']} van {rij['noemer']}"
        for (nr, maat), rij in zip(maten.items(), rijen, strict=True)
        if (gemeten[maat].x, gemeten[maat].n) != (int(rij["teller"]), int(rij["noemer"]))
    }
    assert len(maten) == 68
    assert not anders


@pytest.mark.parametrize("slug", ["juni-2008", "december-2009"])
@pytest.mark.parametrize("indeling", [indelingen.ROL, indelingen.RANDSTAD, indelingen.GROOTTE], ids=lambda i: i.code)
def test_elk_aantal_op_de_pagina_van_uitkomsten_is_de_meting_van_zijn_maat(demo, slug, indeling):  # noqa: F811
    ronde = Ronde.objects.get(slug=slug)
    uitkomsten = queries.uitkomsten(ronde, indeling)
    verwacht = {"dossiers" + _groep(indeling, groep): (aantal, aantal) for groep, aantal in uitkomsten.per_groep}
    for onderdeel in uitkomsten.onderdelen:
        for vraag in onderdeel.vragen:
            verwacht |= _van_vraag(indeling, vraag)
        for norm in onderdeel.normen:
            verwacht |= _van_norm(indeling, norm)
    gemeten = metingen(ronde, map(lees, verwacht))
    assert len(verwacht) > 500
    assert {m: (gemeten[lees(m)].x, gemeten[lees(m)].n) for m in verwacht} == verwacht


def _van_vraag(indeling, vraag) -> dict[str, tuple[int, int]]:
    verwacht = {}
    for plek, telling in enumerate(vraag.tellingen):
        groep = _groep(indeling, telling.groep)
        for keuze, aantal in telling.per_keuze.items():
            verwacht[f"{vraag.code}={keuze}{groep}"] = aantal, telling.beantwoord
        for antwoord in ("weet_niet", "nvt", "niet_vastgelegd", "gevraagd"):
            verwacht[f"{vraag.code}={antwoord}{groep}"] = getattr(telling, antwoord), telling.gevraagd
        verwacht[f"{vraag.code}=*{groep} van=gevraagd"] = telling.beantwoord, telling.gevraagd
        for thema in vraag.themas:
            verwacht[f"{vraag.code}=thema:{slak(thema.naam)}{groep}"] = thema.aantallen[plek], telling.bevindingen
    return verwacht


def _van_norm(indeling, norm) -> dict[str, tuple[int, int]]:
    verwacht = {}
    for telling in norm.tellingen:
        groep = _groep(indeling, telling.groep)
        for oordeel in norm.oordelen:
            noemer = telling.beoordeeld if oordeel.inhoudelijk else telling.dossiers
            verwacht[f"{norm.code}={oordeel.code}{groep}"] = telling.per_oordeel[oordeel.code], noemer
        verwacht[f"{norm.code}=nog_niet{groep}"] = telling.nog_niet, telling.dossiers
        verwacht[f"{norm.code}=alleen_verklaard{groep}"] = telling.alleen_verklaard, telling.beoordeeld
    return verwacht


def _groep(indeling, groep) -> str:
    if groep.code == "alle":
        return ""
    waarde = {"True": "ja", "False": "nee", "None": "onbekend"}.get(groep.code, groep.code)
    return f" {indeling.code}={waarde}"


def test_gesprekken_tellen_gesprekken(demo):  # noqa: F811
    ronde = Ronde.objects.get(slug="juni-2008")
    maten = list(map(lees, ("dossiers eenheid=gesprekken", "V1.2=ja eenheid=gesprekken gesproken=cwi-uwv")))
    alle, cwi = (metingen(ronde, maten)[maat] for maat in maten)
    assert (alle.x, alle.n) == (69, 69)
    with_ja = Interview.objects.tellend().filter(
        dossier__ronde=ronde, actorgroep__domein="CWI/UWV", antwoorden__vraag__code="V1.2"
    )
    assert (cwi.x, cwi.n) == (
        with_ja.filter(antwoorden__vraag__code="V1.2", antwoorden__keuze__code="ja").distinct().count(),
        with_ja.filter(antwoorden__vraag__code="V1.2", antwoorden__keuze__soort="inhoud").distinct().count(),
    )


def test_elk_aantal_in_de_tekst_heeft_de_noemer_van_de_tabel(demo):  # noqa: F811
    """Of prestatieafspraken the table says 1 of 12, since one did not know: so does the text."""
    ronde = Ronde.objects.get(slug="juni-2008")
    uitkomsten = queries.uitkomsten(ronde)
    tabellen = {}
    for onderdeel in uitkomsten.onderdelen:
        for vraag in onderdeel.vragen:
            tabellen |= _van_vraag(indelingen.ROL, vraag)
        for norm in onderdeel.normen:
            tabellen |= _van_norm(indelingen.ROL, norm)
    getallen = {lees(maat): aantal for maat, aantal in tabellen.items()}
    claims = claims_van(Rapport.objects.get(ronde=ronde))
    samen = [
        (replace(c.maat, noemer=""), (c.meting.x, c.meting.n))
        for c in claims
        if len(c.maat.termen) == 1 and not c.maat.onder and c.maat.eenheid == "gemeenten"
    ]
    vergeleken = [(maat, aantal) for maat, aantal in samen if maat in getallen]
    assert len(vergeleken) > 25
    assert [(str(maat), aantal, getallen[maat]) for maat, aantal in vergeleken if getallen[maat] != aantal] == []
    assert (lees("V2.5=ja"), (1, 12)) in vergeleken


# --- Two texts on the demo round ------------------------------------------------------------------------------------

TEKST = bron.MAP / "teksten" / "juni-2008.md"
AFWIJKINGEN = Path(__file__).parent / "teksten" / "afwijkingen.md"
HERKOMST = re.compile(r"\]\{([^{}]*)\}<!-- (\d+): V08/01 regel (\d+) -->")


def uitspraken_van_v08_01() -> dict[int, dict]:
    with (bron.MAP / "v08_01.csv").open(encoding="utf-8", newline="") as bestand:
        return {int(rij["nr"]): rij for rij in csv.DictReader(bestand)}


def test_elke_telling_van_v08_01_staat_in_onze_tekst_bij_haar_regel_en_haar_maat():
    """Each statement once, with the line of the source that it comes from, bound to what that statement counts."""
    rijen = uitspraken_van_v08_01()
    gevonden = HERKOMST.findall(TEKST.read_text(encoding="utf-8"))
    assert sorted(int(nr) for _, nr, _ in gevonden) == list(range(1, 69))
    assert [nr for _, nr, regel in gevonden if rijen[int(nr)]["regel"] != regel] == []
    anders = {nr: maat for maat, nr, _ in gevonden if tellend(lees(maat)) != tellend(lees(als_maat(rijen[int(nr)])))}
    assert anders == {}


def tellend(maat):
    """A maat by what it counts: whether a group is named as such or as what is counted out of makes no difference."""
    return maat.termen, {*maat.groep, *maat.onder}, maat.eenheid


def toets_tekst(*args: str) -> tuple[int, list[str]]:
    uit = io.StringIO()
    try:
        call_command("toets_tekst", *args, stdout=uit)
    except SystemExit as einde:
        return einde.code, uit.getvalue().splitlines()
    return 0, uit.getvalue().splitlines()


def test_onze_tekst_over_juni_2008_komt_schoon_uit_de_toets(demo):  # noqa: F811
    assert toets_tekst("juni-2008", str(TEKST)) == (0, ["0 fout, 0 waarschuwing, 57 kwetsbaar."])


def test_het_rapport_van_de_demo_is_die_tekst_en_is_schoon(demo):  # noqa: F811
    rapport = Rapport.objects.get(ronde__slug="juni-2008")
    assert [m for m in meldingen_van(rapport) if m.ernst != "kwetsbaar"] == []
    # 68 statements, and 13 that are there for a conclusion or a whole; each remembers what it was measured at.
    assert Uitspraak.objects.filter(passage__rapport=rapport, n__gt=0).count() == 68 + 13
    assert not rapport.passages.filter(tekst__contains="<!--").exists()


# Line, kind, and the words (or a part of them) in a text full of drifts; all the rest of it is right.
VERWACHT = [
    (11, "herleidbaar", "V1.6"),  # beside the total it says of the two niet-voortrekkers that were asked V1.6 what the table leaves out
    (15, "klopt_niet", "de meeste"),  # a stronger word than the number has
    (17, "klopt_niet", "7 van 13"),
    (19, "klopt_niet", "6 van 12"),
    (21, "klopt_niet", "54%"),
    (23, "delen", "11 van 13"),  # those with the intention are forgotten
    (27, "eenheid", "regio's"),
    (29, "eenheid", "regio's"),
    (31, "afkorting", "ROC"),
    (33, "herleidbaar", "Merenborg"),
    (33, "herleidbaar", "RPA Zilverstroom"),
    (35, "herleidbaar", "2 gemeenten"),
    (37, "ongebonden", "twee"),
    (39, "ongebonden", "meestal"),
    (41, "zonder_hoeveelheid", "3 van 13"),
    (43, "onmeetbaar", "V7.1"),
    (45, "onleesbaar", "V1.2"),
    (49, "zonder_bevinding", ""),  # V08/01: "niet alle gemeenten maken gebruik" became "een aantal … niet op de hoogte"
    (51, "sterker", "Niet alle gemeenten"),
    (53, "eenheid", "plannen"),  # V08/01: "in de meeste gevallen" became "in de meeste plannen"
    (55, "bredere_groep", "de meeste (6 van 7)"),
    (57, "sterker", "Meer dan de helft"),
]  # fmt: skip


def test_elke_afwijking_wordt_gevonden_op_haar_plaats_en_verder_niets(demo):  # noqa: F811
    code, regels = toets_tekst("juni-2008", str(AFWIJKINGEN))
    assert code == 1
    gevonden = [re.match(r".*afwijkingen\.md:(\d+):(\d+) (\w+) (\w+) (.*)", regel).groups() for regel in regels[:-1]]
    assert [(int(regel), soort) for regel, _, _, soort, _ in gevonden] == [
        (regel, soort) for regel, soort, _ in VERWACHT
    ]
    assert [woorden for (*_, zin), (_, _, woorden) in zip(gevonden, VERWACHT, strict=True) if woorden not in zin] == []
    bestand = AFWIJKINGEN.read_text(encoding="utf-8").splitlines()
    assert [bestand[int(r) - 1][int(k) - 1 :][:9] for r, k, *_ in gevonden[1:5]] == [
        "de meeste", "7 van 13 ", "6 van 12 ", "54% van d",
    ]  # fmt: skip


def test_toets_tekst_zegt_wat_er_aan_het_gebruik_schort(demo, tmp_path):  # noqa: F811
    leeg = tmp_path / "leeg.md"
    leeg.write_bytes(b"\xef\xbb\xbf")
    assert toets_tekst("juni-2008", str(leeg)) == (0, ["0 fout, 0 waarschuwing, 0 kwetsbaar."])
    kapot = tmp_path / "kapot.md"
    kapot.write_bytes(b"\xff\xfe\x00")
    for ronde, bestand, zin in [
        ("nooit", leeg, "De ronde 'nooit' bestaat niet; er is: juni-2010, december-2009, juni-2008."),
        ("juni-2008", tmp_path / "weg.md", "is niet te lezen"),
        ("juni-2008", kapot, "is geen tekst in UTF-8"),
    ]:
        with pytest.raises(CommandError, match=zin) as fout:
            toets_tekst(ronde, str(bestand))
        assert fout.value.returncode == 2
