"""The page and the command that take in an XLSForm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from regio.models import Gebeurtenis
from regio.tests.test_werkblad import werkmap as kleine_werkmap
from vragenlijst.actions import zet_status
from vragenlijst.models import Instrument, Vraag
from vragenlijst.tests.speeltoestellen import werkmap

BEKIJK, INLEZEN = "/instrument/xlsform/", "/instrument/xlsform/inlezen/"
FORMULIER = {
    "survey": [["type", "name", "label"], ["text", "a", "Wat ziet u?"], ["geopoint", "b", "Waar?"]],
    "settings": [["form_title", "form_id"], ["Klein", "klein-formulier"]],
}


def kies(client, inhoud: bytes, naam="speel.xlsx"):
    return client.post(BEKIJK, {"bestand": SimpleUploadedFile(naam, inhoud)})


def zoals_op_de_pagina(antwoord) -> dict:
    """What its button sends."""
    return {veld.name: veld.value() for veld in antwoord.context["form"]}


@pytest.fixture
def als_beheerder(client, beheerder):
    client.force_login(beheerder)
    return client


def test_bekijken_bewaart_niets_en_bevestigen_leest_in_wat_er_stond(als_beheerder, beheerder):
    gezien = kies(als_beheerder, werkmap())
    tekst = gezien.content.decode()
    assert gezien.status_code == 200
    assert "60 vragen in 6 onderdelen, 6 aandachtspunten" in tekst
    assert "blad survey, rij 1, kolom required" in tekst
    assert Instrument.objects.count() == 0

    antwoord = als_beheerder.post(INLEZEN, zoals_op_de_pagina(gezien))
    instrument = Instrument.objects.get()
    assert antwoord.url == f"/instrument/speeltoestellen/{instrument.versie}/"
    assert (instrument.naam, instrument.status) == ("Veiligheid van speeltoestellen", "concept")
    assert Vraag.objects.filter(onderdeel__instrument=instrument).count() == 60
    assert Gebeurtenis.objects.filter(ding_soort="instrument", wie=beheerder).count() == 1
    # In each group: b and c hang on a, d on c, f on e.
    assert Vraag.objects.exclude(voorwaarde=None).count() == 24

    # What did not stay as it was, can be read on its page for as long as it is there.
    pagina = als_beheerder.get(antwoord.url).content.decode()
    assert "Ingelezen uit speel.xlsx" in pagina
    assert "blad survey, rij 1, kolom required" in pagina

    nogmaals = als_beheerder.post(INLEZEN, zoals_op_de_pagina(gezien))
    assert nogmaals.status_code == 422
    assert "is nog een concept" in nogmaals.content.decode()


def test_een_volgende_versie_vergelijkt_alleen_wat_hetzelfde_vraagt(als_beheerder, beheerder):
    for titel in ("Wat ziet u?", "Wat hoort u?"):
        survey = [["type", "name", "label"], ["text", "a", titel], ["text", "b", "En verder?"]]
        gezien = kies(als_beheerder, kleine_werkmap(**{**FORMULIER, "survey": survey}))
        als_beheerder.post(INLEZEN, zoals_op_de_pagina(gezien))
        instrument = Instrument.objects.order_by("versie").last()
        zet_status(instrument, "vastgesteld", beheerder)
    assert "volgende versie" in gezien.content.decode()
    vragen = Vraag.objects.filter(onderdeel__instrument=instrument).values_list("code", "vergelijkbaarheid")
    assert (instrument.versie, list(vragen)) == (2, [("V1.1", "nieuw"), ("V1.2", "gelijk")])


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"type,name\n", "geen Excel-werkmap"),
        (kleine_werkmap(Blad1=[["x"]]), "er is geen blad ‘survey’"),
        (kleine_werkmap(survey=[["type", "name"], ["select_one weg", "a"]]), "rij 2: de keuzelijst ‘weg’"),
    ],
)
def test_een_verkeerd_bestand_zegt_bij_het_veld_wat_eraan_scheelt(als_beheerder, inhoud, zin):
    antwoord = kies(als_beheerder, inhoud)
    assert antwoord.status_code == 422
    assert any(zin in fout for fout in antwoord.context["form"].errors["bestand"])
    assert Instrument.objects.count() == 0


def test_zonder_bestand_of_met_onzin(als_beheerder):
    assert als_beheerder.post(BEKIJK, {}).context["form"].errors["bestand"] == ["Kies een bestand."]
    antwoord = als_beheerder.post(INLEZEN, {"inhoud": "{}"})
    assert antwoord.status_code == 422
    assert "Er is niets ingelezen" in antwoord.content.decode()


def test_de_opdracht(db, tmp_path, capsys):
    bestand = tmp_path / "klein.xlsx"
    bestand.write_bytes(kleine_werkmap(**FORMULIER))
    call_command("importeer_xlsform", bestand, proef=True)
    assert Instrument.objects.count() == 0
    call_command("importeer_xlsform", bestand)
    assert Instrument.objects.get().naam == "Klein"
    uit = capsys.readouterr().out
    assert "Niet overgenomen:\n- blad survey, rij 3, kolom type: ‘Waar?’" in uit
    with pytest.raises(CommandError, match="nog een concept"):
        call_command("importeer_xlsform", bestand)
    bestand.write_bytes(b"niets")
    with pytest.raises(CommandError, match="geen Excel-werkmap"):
        call_command("importeer_xlsform", bestand)


@pytest.mark.parametrize("verslag", ["[]", "{", '{"bestand": "a", "meldingen": [["x"]]}', '{"meldingen": []}'])
def test_een_verslag_dat_niet_heel_aankomt(als_beheerder, verslag):
    gezien = kies(als_beheerder, kleine_werkmap(**FORMULIER))
    antwoord = als_beheerder.post(INLEZEN, zoals_op_de_pagina(gezien) | {"verslag": verslag})
    assert antwoord.status_code == 422
    assert Instrument.objects.count() == 0
