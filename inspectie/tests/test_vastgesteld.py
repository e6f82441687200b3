"""A dossier that is vastgesteld is read-only everywhere: every address of the rights matrix, tried with what would work before."""

import json
import uuid

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from inspectie.tests.rechten_matrix import MATRIX
from vragenlijst.actions import zet_status
from vragenlijst.actions.intenties import opvolging_vastleggen
from vragenlijst.actions.toetsing import opmerking_afhandelen
from vragenlijst.models import Opmerking
from vragenlijst.tests.factories import maak_bewijsstuk, maak_intentie, maak_interview, maak_opmerking
from vragenlijst.tests.test_zet_status import maak_compleet

# Reading only, whatever is sent.
LEZEN = {
    "dossier",
    "dossier_geschiedenis",
    "bewijsstuk_bestand",
    "bevindingen",
    "beoordelingen",
    "intenties",
    "opvolgingen",
    "interview",
    "interview_agenda",
    "verslag_pdf",
    "gemeenterapport_pdf",
}
STUK = {
    "soort": "1",
    "titel": "Een ander stuk",
    "datum": "06-11-2007",
    "akkoord_door": "het college",
    "akkoord_op": "04-12-2007",
    "deelnemers": "",
    "vindplaats": "Kast 4",
    "versie": "1",
}
PLAN = {
    "actorgroep": "1",
    "datum": "06-02-2008",
    "aanvang": "09:30",
    "duur": "60",
    "plaats": "Elders",
    "inspecteur": "",
    "tweede_inspecteur": "",
    "reden": "Er is toch tijd.",
    "gezien": "1",
    "partner-TOTAL_FORMS": "0",
    "partner-INITIAL_FORMS": "0",
}
# What the dossier's own inspector can send while the dossier is in uitvoering, and what its toetser can while it lies with them.
INSPECTEUR = {
    "dossier_status": {"naar": "ter_toetsing"},
    "bewijsstuk_nieuw": STUK,
    "bewijsstuk": STUK,
    "bewijsstuk_vervangen": STUK,
    "bevindingen_overnemen": {},
    "bevinding": {"V2_5": "ja", "motivatie": "Bij nader inzien.", "versie": "1"},
    "beoordeling": {"oordeel": "voldoet_deels", "motivering": "Bij nader inzien.", "bewijsstuk": "", "versie": "1"},
    "opmerking_afgehandeld": {"reactie": "Gedaan.", "gezien": "1"},
    "opvolging": {"uitkomst": "losgelaten", "toelichting": "Niets gebleken.", "versie": "1"},
    "leemten": {"leemten": ["onderdeel:cwi:1"], "reden": "Bestaat hier niet."},
    "uitzondering_terug": {},
    "interview_nieuw": PLAN,
    "interview_wijzigen": PLAN,
    "interview_status": {"naar": "vervallen", "reden": "Toch niet."},
    "antwoord_bewaren": {"versie": 1, "vraag": "V2.5", "inhoud": {"keuze": "ja"}},
    "interview_onderdeel": {"V2_5": "ja", "V2_5-versie": "1"},
}
TOETSER = {
    "dossier_status": {"naar": "vastgesteld"},
    "opmerkingen": {"over": "V2.5", "tekst": "Nog een opmerking.", "vanaf": "bevindingen"},
    "opmerking_heropend": {"reden": "Nog niet genoeg.", "gezien": "2"},
    "opmerking_ingetrokken": {"gezien": "1"},
}


def adressen() -> list:
    return [rij for rij in MATRIX if {"dossier", "interview", "besproken"} & set(rij.wat.split())]


def test_elk_adres_van_een_dossier_wordt_geprobeerd():
    """A new address that writes needs a row above with what it takes; one that only reads is named in LEZEN."""
    namen = {rij.naam for rij in adressen()}
    assert namen == LEZEN | set(INSPECTEUR) | set(TOETSER)


@pytest.fixture
def wereld(veldwerk):
    """A dossier with something of everything, in uitvoering; the objects by the words of the matrix."""
    maak_compleet(veldwerk)
    gepland = maak_interview(veldwerk.dossier, "cwi")
    veldwerk.antwoord("V2.5", gepland, keuze="nee")
    stuk = maak_bewijsstuk(veldwerk.dossier)
    maak_intentie(veldwerk.interview, "V2.5", veldwerk.inspecteur, "Volgend jaar wel.")
    toen = veldwerk.intentie(veldwerk.in_vorige_ronde())
    opvolging_vastleggen(veldwerk.dossier, toen, "nagekomen", "Het ligt er.", versie=0, wie=veldwerk.inspecteur)
    veldwerk.mee = {
        "dossier": veldwerk.dossier.pk,
        "interview": gepland.pk,
        "stuk": stuk.pk,
        "vraag": "V2.5",
        "norm": "A1.2",
        "uitzondering": veldwerk.dossier.uitzonderingen.get(sleutel="groep:cwi").pk,
        "opmerking": maak_opmerking(veldwerk.dossier).pk,
        "intentie": toen.pk,
        "onderdeel": "2",
    }
    veldwerk.gepland = gepland
    STUK["soort"], PLAN["actorgroep"] = str(stuk.soort_id), str(gepland.actorgroep_id)
    PLAN["inspecteur"] = str(veldwerk.inspecteur.pk)
    return veldwerk


def zend(client, wereld, naam: str, velden: dict):
    rij = next(rij for rij in MATRIX if rij.naam == naam)
    mee = wereld.mee
    adres = reverse(naam, args=[mee[woord] for woord in rij.wat.split()])
    if naam == "antwoord_bewaren":
        return client.post(adres, json.dumps({**velden, "sleutel": str(uuid.uuid4())}), content_type="application/json")
    return client.post(adres, velden)


def inhoud() -> dict[str, list]:
    """Every row of the inspection."""
    return {
        model._meta.db_table: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("vragenlijst").get_models(include_auto_created=True)
    }


def schrijvend(client, wereld, gebruiker, pogingen: dict[str, dict]) -> set[str]:
    """Which of these posts change anything; each is undone."""
    client.force_login(gebruiker)
    voor, gewijzigd = inhoud(), set()
    for naam, velden in pogingen.items():
        with transaction.atomic():
            antwoord = zend(client, wereld, naam, velden)
            assert antwoord.status_code < 500, f"{naam} antwoordt {antwoord.status_code}"
            if inhoud() != voor:
                gewijzigd.add(naam)
            transaction.set_rollback(True)
    assert inhoud() == voor
    return gewijzigd


def test_een_vastgesteld_dossier_is_overal_alleen_te_lezen(client, wereld):
    eigen, toetser, dossier = wereld.inspecteur, wereld.toetser, wereld.dossier
    # First that these posts do write while they may: a post that never worked would prove nothing.
    kan_nog_niet = {"dossier_status", "bevindingen_overnemen"}  # something is missing; there is nothing to take over
    assert schrijvend(client, wereld, eigen, INSPECTEUR) == set(INSPECTEUR) - kan_nog_niet

    zet_status(wereld.gepland, "vervallen", eigen, reden="Ziek.")
    opmerking_afhandelen(Opmerking.objects.get(pk=wereld.mee["opmerking"]), "Gedaan.", gezien=1, wie=eigen)
    assert "dossier_status" in schrijvend(client, wereld, eigen, INSPECTEUR)
    zet_status(dossier, "ter_toetsing", eigen)
    assert schrijvend(client, wereld, toetser, TOETSER) == set(TOETSER) - {"opmerking_ingetrokken"}  # it is closed
    assert schrijvend(client, wereld, eigen, INSPECTEUR) == set()

    zet_status(dossier, "vastgesteld", toetser)
    alles = {rij.naam: INSPECTEUR.get(rij.naam) or TOETSER.get(rij.naam) or {"tekst": "x"} for rij in adressen()}
    alles.pop("verslag_pdf")  # there is no verslag here
    alles.pop("bewijsstuk_bestand")  # nor a file
    for gebruiker in (eigen, toetser):
        assert schrijvend(client, wereld, gebruiker, alles) == set()
