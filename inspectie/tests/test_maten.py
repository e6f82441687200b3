"""Maten on the demo: V08/01's counted statements, every number on the page of uitkomsten, and interviews."""

import csv
import re

import pytest

from inspectie.demo import bron
from inspectie.tests.demo_fixture import demo  # noqa: F401
from rapportage import queries
from rapportage.queries_maten import metingen
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
    with (bron.MAP / "v08_01.csv").open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.DictReader(bestand))
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
@pytest.mark.parametrize("indeling", [queries.ROL, queries.RANDSTAD, queries.GROOTTE], ids=lambda i: i.code)
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
