"""Saving one answer as JSON: what comes back, for whom, and what is refused with which words."""

import json
import re
import uuid

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vragenlijst.actions import zet_status
from vragenlijst.models import Antwoord, Antwoordversie, Dossier, Interview
from vragenlijst.tests.factories import maak_interview
from vragenlijst.views import bewaren

JSON = {"accept": "application/json"}


def adres(interview) -> str:
    return reverse("antwoord_bewaren", args=[interview.pk])


@pytest.fixture
def zend(client, veldwerk, inspecteur):
    """`zend("V1.3", {"keuze": "ja"}, versie=0)`: the answer of the server to the dossier's own inspector."""
    client.force_login(inspecteur)

    def zend(vraag="V1.3", inhoud=None, *, interview=None, koppen=None, **velden):
        bericht = {"sleutel": str(uuid.uuid4()), "vraag": vraag, "versie": 0, "inhoud": inhoud or {}, **velden}
        return rauw(json.dumps(bericht), interview=interview, koppen=koppen)

    def rauw(lading, *, interview=None, koppen=None, soort="application/json"):
        doel = adres(interview or veldwerk.interview)
        return client.post(doel, lading, content_type=soort, headers=JSON | (koppen or {}))

    zend.rauw = rauw
    return zend


# --- What is stored -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vraag", "inhoud", "bewaard"),
    [
        ("V1.3", {"keuze": "ja"}, {"keuze": "ja"}),
        ("V1.3", {"keuze": "ja", "tekst": "", "rijen": [], "gemeente": ""}, {"keuze": "ja"}),
        ("V3.1", {"tekst": "  Twee regels,\r\nzoals getypt. \n"}, {"tekst": "Twee regels,\nzoals getypt."}),
        ("V3.1", {"tekst": "a", "toelichting": "b", "citaat": "c"}, {"tekst": "a", "toelichting": "b", "citaat": "c"}),
        ("V3.1", {"keuze": "weet-niet", "tekst": ""}, {"keuze": "weet-niet"}),
        ("V1.5", {"keuze": "nvt"}, {"keuze": "nvt"}),
        ("V2.4", {"keuze": "weet-niet", "rijen": [["", ""]]}, {"keuze": "weet-niet"}),
        (
            "V3.1",
            {"tekst": "a", "intentie": " Een plan. ", "horizon": "1 juli 2009", "thema": "Plannen"},
            {"tekst": "a", "intentie": "Een plan.", "horizon": "2009-07-01", "thema": "Plannen"},
        ),
        (
            "V3.1",
            {"tekst": "a", "intentie": "Een plan.", "horizon": " najaar  2010"},
            {"tekst": "a", "intentie": "Een plan.", "horizon": "2010-11-30"},
        ),
        ("V1.5", {"gemeente": "proefdam"}, {"gemeente": "9901"}),
        ("V1.5", {"gemeente": "Proefdam (9901)"}, {"gemeente": "9901"}),
        ("V1.5", {"gemeente": "9901"}, {"gemeente": "9901"}),
        ("V2.4", {"rijen": [["CWI", " stages "], ["", ""], ["ROC", ""]]}, {"rijen": [["CWI", "stages"], ["ROC", ""]]}),
    ],
)
def test_een_antwoord_wordt_bewaard_zoals_het_formulier_het_zou_doen(zend, inspecteur, vraag, inhoud, bewaard):
    antwoord = zend(vraag, inhoud)

    assert antwoord.status_code == 200
    assert antwoord.json()["versie"] == 1
    assert re.fullmatch(r"\d\d:\d\d", antwoord.json()["tijd"])
    versie = Antwoordversie.objects.get()
    assert (versie.inhoud, versie.wie) == (bewaard, inspecteur)


def test_de_voortgang_komt_mee(zend):
    # Asked with nothing filled in: V1.3 · V2.4 and V2.5 · V3.1. "Ja" on V1.3 opens V1.4 and V1.5.
    assert zend("V1.3", {"keuze": "ja"}).json()["voortgang"] == {"1": [1, 3], "2": [0, 2], "3": [0, 1]}
    assert zend("V3.1", {"tekst": "a"}).json()["voortgang"] == {"1": [1, 3], "2": [0, 2], "3": [1, 1]}


def test_leeg_waar_niets_stond_is_geen_antwoord(zend):
    assert zend("V1.3", {}).json()["versie"] == 0
    assert not Antwoord.objects.exists()


def test_dezelfde_sleutel_komt_een_keer_aan(zend):
    sleutel = str(uuid.uuid4())
    antwoorden = [zend("V3.1", {"tekst": "eens"}, sleutel=sleutel) for _ in range(3)]

    assert [(a.status_code, a.json()["versie"]) for a in antwoorden] == [(200, 1)] * 3
    assert Antwoordversie.objects.count() == 1


def test_een_herhaling_noemt_haar_eigen_versie_en_niet_die_van_een_ander(veldwerk, zend):
    """The acknowledgement got lost; a colleague went on. The next change is typed over version 1, and must find that out."""
    sleutel = str(uuid.uuid4())
    zend("V3.1", {"tekst": "van Ina"}, sleutel=sleutel)
    veldwerk.antwoord("V3.1", tekst="verder door Cor")

    herhaald = zend("V3.1", {"tekst": "van Ina"}, sleutel=sleutel)

    assert herhaald.json()["versie"] == 1
    assert zend("V3.1", {"tekst": "van Ina, en meer"}, versie=1).status_code == 409
    assert Antwoord.objects.get().tekst == "verder door Cor"


def test_wie_te_laat_is_krijgt_beide_teksten(veldwerk, zend):
    veldwerk.antwoord("V1.5", gemeente="9901", toelichting="zegt Cor")

    antwoord = zend("V1.5", {"toelichting": "zegt Ina"})

    assert antwoord.status_code == 409
    uitkomst = antwoord.json()
    assert uitkomst["gestuurd"] == {"toelichting": "zegt Ina"}
    assert re.fullmatch(r"\d\d-\d\d-\d{4} \d\d:\d\d", uitkomst["opgeslagen"].pop("wanneer"))
    assert uitkomst["opgeslagen"] == {
        "versie": 1,
        "inhoud": {"gemeente": "Proefdam (9901)", "toelichting": "zegt Cor"},
        "wie": "Ina de Vries",
    }
    assert Antwoord.objects.get().toelichting == "zegt Cor"


def test_een_versie_van_wat_er_niet_is(zend):
    antwoord = zend("V3.1", {"tekst": "a"}, versie=4)

    assert antwoord.status_code == 409
    assert antwoord.json()["opgeslagen"] == {"versie": 0, "inhoud": {}, "wie": "", "wanneer": ""}


# --- For whom -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "status"),
    [("collega", 403), ("vreemde", 404), ("analist", 403), ("beheerder", 403)],
    indirect=["persona"],
)
@pytest.mark.parametrize("lading", ['{"goed": "noch kwaad"}', "geen json", ""])
def test_wie_niet_mag_hoort_dat_voor_er_iets_gelezen_wordt(client, veldwerk, persona, status, lading):
    client.force_login(persona)

    antwoord = client.post(adres(veldwerk.interview), lading, content_type="application/json", headers=JSON)

    assert antwoord.status_code == status
    assert list(antwoord.json()) == ["fout"]
    assert not Antwoord.objects.exists()


def test_een_interview_dat_er_niet_is(client, zend):
    assert client.post("/interviews/999999/antwoorden/", "{}", content_type="application/json").status_code == 404


def test_een_verlopen_sessie_zegt_het_in_json(client, veldwerk, zend):
    client.logout()

    antwoord = zend("V1.3", {"keuze": "ja"})

    assert antwoord.status_code == 401
    assert antwoord.json() == {"fout": "Uw sessie is verlopen. Log opnieuw in."}


def test_wat_een_ander_typte_wordt_niet_op_mijn_naam_bewaard(zend, inspecteur, collega):
    antwoord = zend("V1.3", {"keuze": "ja"}, koppen={"x-gebruiker": str(collega.pk)})

    assert (antwoord.status_code, antwoord.json()["ander"]) == (401, True)
    assert not Antwoord.objects.exists()
    assert zend("V1.3", {"keuze": "ja"}, koppen={"x-gebruiker": str(inspecteur.pk)}).status_code == 200


def test_een_vreemde_pagina_hoort_niet_of_het_interview_bestaat(client, veldwerk, vreemde):
    """The page of somebody else is told so before rights are looked at: its answers wait, and are not refused for good."""
    client.force_login(vreemde)
    antwoord = client.post(
        adres(veldwerk.interview),
        "{}",
        content_type="application/json",
        headers=JSON | {"x-gebruiker": str(veldwerk.inspecteur.pk)},
    )
    assert antwoord.status_code == 401


def test_zonder_token_van_onze_pagina_wordt_niets_bewaard(veldwerk, inspecteur):
    client = Client(enforce_csrf_checks=True)
    client.force_login(inspecteur)
    bericht = {"sleutel": str(uuid.uuid4()), "vraag": "V1.3", "versie": 0, "inhoud": {"keuze": "ja"}}

    def zend(koppen):
        return client.post(
            adres(veldwerk.interview), json.dumps(bericht), content_type="application/json", headers=JSON | koppen
        )

    assert zend({}).status_code == 403
    assert not Antwoord.objects.exists()
    client.get(reverse("interview_onderdeel", args=[veldwerk.interview.pk, "1"]))
    # The value of the cookie is the token: after logging in again that is the fresh one, whatever the page still holds.
    assert zend({"x-csrftoken": client.cookies["csrftoken"].value}).status_code == 200


def test_alleen_zenden(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    assert client.get(adres(veldwerk.interview)).status_code == 405


# --- What is refused ------------------------------------------------------------------------------------------------

GOED = {"sleutel": "0b6e0e0e-3f1c-4a53-9d0f-1f7a5f4f7f10", "vraag": "V3.1", "versie": 0, "inhoud": {"tekst": "a"}}


def met(**velden) -> str:
    return json.dumps({naam: waarde for naam, waarde in {**GOED, **velden}.items() if waarde is not ...})


@pytest.mark.parametrize(
    ("lading", "melding"),
    [
        (b"", "geen leesbare JSON"),
        (b"geen json", "geen leesbare JSON"),
        (b"\xff\xfe{}", "geen leesbare JSON"),
        (met().encode("utf-16"), "geen leesbare JSON"),
        (b"[" * 100_000, "geen leesbare JSON"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "geen leesbare JSON"),
        (met().replace('"versie": 0', '"versie": NaN'), "geen leesbare JSON"),
        (met().replace('"versie": 0', f'"versie": {"9" * 5000}'), "geen leesbare JSON"),
        ("[]", "'bericht' is geen object"),
        ("null", "'bericht' is geen object"),
        ("{}", "in 'bericht' ontbreekt 'inhoud'"),
        (met(versie=...), "in 'bericht' ontbreekt 'versie'"),
        (met(wie=1), "een veld dat er niet hoort"),
        (met(sleutel="geen-sleutel"), "'sleutel' is geen UUID"),
        (met(sleutel=12), "'sleutel' is geen UUID"),
        (met(sleutel="z" * 36), "'sleutel' is geen UUID"),
        (met(versie="0"), "'versie' is geen versienummer"),
        (met(versie=True), "'versie' is geen versienummer"),
        (met(versie=-1), "'versie' is geen versienummer"),
        (met(versie=2**63), "'versie' is geen versienummer"),
        (met(versie=1e308), "'versie' is geen versienummer"),
        (met(versie=0.5), "'versie' is geen versienummer"),
        (met(vraag="V9.9"), "hoort niet bij dit interview"),
        (met(vraag="\0"), "U+0000"),
        (met(vraag=["V3.1"]), "'vraag' is geen tekst"),
        (met(inhoud="a"), "'inhoud' is geen object"),
        (met(inhoud={"text": "a"}), "een veld dat er niet hoort"),
        (met(inhoud={"tekst": 1}), "'tekst' is geen tekst"),
        (met(inhoud={"tekst": None}), "'tekst' is geen tekst"),
        (met(inhoud={"tekst": "a\0b"}), "plaats 2 een onzichtbaar teken (U+0000)"),
        (met(inhoud={"tekst": "\ud800"}), "U+D800"),
        (met(inhoud={"keuze": "\udfff"}), "U+DFFF"),
        (met(inhoud={"gemeente": "\ud800"}), "U+D800"),
        (met(inhoud={"toelichting": "\x1b[0m"}), "U+001B"),
        (met(inhoud={"citaat": "x" * 20_001}), "20001 tekens; er passen er 20000"),
        (met(inhoud={"keuze": "ja"}), "Deze keuze bestaat niet"),
        (met(inhoud={"keuze": "nvt", "tekst": "a"}), "Er staat een antwoord, en ook ‘weet niet’"),
        (met(inhoud={"gemeente": "9901"}), "past niet bij de soort vraag"),
        (met(inhoud={"tekst": "a", "horizon": "31-02-2009", "intentie": "b"}), "februari 2009 heeft 28 dagen"),
        (met(inhoud={"tekst": "a", "horizon": "1-2-2009"}), "Beschrijf bij de datum wat men van plan is"),
        (met(inhoud={"toelichting": "a", "intentie": "b"}), "Geef eerst het antwoord"),
        (met(inhoud={"tekst": "a", "thema": "x" * 121}), "er passen er 120"),
        (met(vraag="V1.3", inhoud={"keuze": "ja", "thema": "x"}), "Een thema hoort bij een open vraag"),
        (met(vraag="V1.3", inhoud={"keuze": "misschien"}), "Deze keuze bestaat niet"),
        (met(vraag="V1.5", inhoud={"gemeente": "Nergenshuizen"}), "Er is geen gemeente 'Nergenshuizen'"),
        (met(vraag="V1.5", inhoud={"gemeente": "x" * 121}), "er passen er 120"),
        (met(vraag="V2.4", inhoud={"rijen": "CWI"}), "'rijen' is geen lijst van paren"),
        (met(vraag="V2.4", inhoud={"rijen": [["CWI"]]}), "'rijen' is geen lijst van paren"),
        (met(vraag="V2.4", inhoud={"rijen": [["CWI", 1]]}), "'afspraak' is geen tekst"),
        (met(vraag="V2.4", inhoud={"rijen": [["CWI", "\ud800"]]}), "U+D800"),
        (met(vraag="V2.4", inhoud={"rijen": [["x" * 201, ""]]}), "er passen er 200"),
        (met(vraag="V2.4", inhoud={"rijen": [["CWI", "a"]] * 41}), "Er passen 40 regels; dit zijn er 41."),
        (met(reden="x" * 2001), "er passen er 2000"),
        (met(reden="\0"), "U+0000"),
    ],
)
def test_wat_niet_klopt_wordt_met_een_zin_geweigerd(zend, lading, melding):
    antwoord = zend.rauw(lading)

    assert antwoord.status_code == 422, antwoord.content
    assert melding in antwoord.json()["fout"]
    assert not Antwoord.objects.exists()


def test_het_goede_bericht_gaat_erdoor(zend):
    """Without this the refusals above could all be for another reason."""
    assert zend.rauw(met()).status_code == 200
    assert (
        zend.rauw(met(sleutel=str(uuid.uuid4()), versie=1.0, inhoud={"tekst": "b"}, reden="correctie")).status_code
        == 200
    )
    assert Antwoordversie.objects.latest("versie").reden == "correctie"


def test_het_langste_antwoord_past_en_een_te_groot_bericht_niet(zend):
    vol = {"rijen": [["é" * 200, "€" * 2000]] * 40, "toelichting": "😀" * 20_000, "citaat": "€" * 20_000}
    assert zend.rauw(json.dumps({**GOED, "vraag": "V2.4", "inhoud": vol}, ensure_ascii=False)).status_code == 200
    assert zend.rauw(met() + " " * (512 * 1024)).status_code == 413


@pytest.mark.parametrize("maak_dicht", ["ter_accordering", "dossier"])
def test_een_interview_dat_vaststaat_zegt_waarom(veldwerk, zend, maak_dicht):
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    if maak_dicht == "dossier":
        Dossier.objects.filter(pk=veldwerk.dossier.pk).update(status="ter_toetsing")
    else:
        zet_status(veldwerk.interview, Interview.Status.TER_ACCORDERING, veldwerk.inspecteur)

    antwoord = zend("V1.3", {"keuze": "ja"})

    assert antwoord.status_code == 423
    assert "de antwoorden staan vast" in antwoord.json()["fout"]


def test_een_database_op_slot_vraagt_om_later_nog_eens(zend, monkeypatch):
    def op_slot(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(bewaren, "antwoord_opslaan", op_slot)

    antwoord = zend("V1.3", {"keuze": "ja"})

    assert antwoord.status_code == 503
    assert int(antwoord.headers["Retry-After"]) > 0


def test_aantal_queries_groeit_niet(veldwerk, zend):
    zend("V3.1", {"tekst": "a"})
    with CaptureQueriesContext(connection) as weinig:
        zend("V3.1", {"tekst": "b"}, versie=1)
    for code in ("V1.3", "V1.4"):
        veldwerk.antwoord(code, keuze="ja")
    veldwerk.antwoord("V2.4", rijen=(("CWI", "stages"), ("ROC", "leren")))
    for _ in range(4):
        maak_interview(veldwerk.dossier, "cwi")
    with CaptureQueriesContext(connection) as veel:
        zend("V3.1", {"tekst": "c"}, versie=2)
    assert len(veel) == len(weinig)


# --- What the browser keeps -------------------------------------------------------------------------------------------


def test_de_pagina_zegt_voor_wie_zij_is(client, veldwerk, inspecteur):
    """The service worker keeps pages with this header, under this name, and no others."""
    client.force_login(inspecteur)
    pagina = client.get(reverse("interview_onderdeel", args=[veldwerk.interview.pk, "1"]))
    assert pagina.headers["X-Gebruiker"] == str(inspecteur.pk)
    assert "X-Gebruiker" not in client.get(veldwerk.interview.get_absolute_url()).headers


def test_de_dienst_komt_van_de_wortel_en_is_steeds_vers(client, db, settings):
    settings.VERSIE = "9.8.7"
    antwoord = client.get("/dienst.js")
    assert antwoord.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert antwoord.headers["Service-Worker-Allowed"] == "/"
    assert antwoord.headers["Cache-Control"] == "no-cache"
    assert 'const VERSIE = "9.8.7";' in antwoord.content.decode()


def test_de_bewaarde_pagina_zonder_verbinding_is_van_niemand(client, inspecteur):
    client.force_login(inspecteur)
    html = client.get("/zonder-verbinding/").content.decode()
    assert "Ina de Vries" not in html
    assert "Er is geen verbinding met de monitor." in html


@pytest.mark.parametrize(("velden", "wist"), [({"alles": "ja"}, '"cache", "storage"'), ({}, '"cache"')])
def test_uitloggen_laat_de_browser_vergeten(client, inspecteur, velden, wist):
    """The whole store only when nobody else has answers waiting in it: that, the page knows."""
    client.force_login(inspecteur)
    assert client.post("/uitloggen/", velden).headers["Clear-Site-Data"] == wist
