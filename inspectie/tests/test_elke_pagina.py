"""Every kind of page that someone can reach in the demo, per role, on a laptop and on a phone: it answers, axe has no
objection, it does not scroll sideways, and nothing on it is blocked by the content security policy.

One page per address name is looked at. An address that the role may open but that no link leads to is an error too: a page that
nobody can find is not there.
"""

import re
from collections import Counter
from functools import cache
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import Resolver404, resolve

from inspectie.tests.axe import BREEDTES, bekijk_op_elke_breedte, log_in
from inspectie.tests.rechten_matrix import MATRIX, PERSONAS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="Hoe een pagina eruitziet hangt niet van de database af."),
]

# Reached by mail, when something is wrong, sent on to while a long PDF is made, or not meant for people.
ZONDER_LINK = {
    "rapport_drukken",
    "inloggen",
    "gezond",
    "dienst",
    "zonder_verbinding",
    "wachtwoord_vergeten",
    "wachtwoord_verstuurd",
    "wachtwoord_kiezen",
    "wachtwoord_klaar",
}
GEEN_PAGINA = ("_pdf", "_ics", "_csv", "_xlsx", "_docx", "_bestand", "_agenda")  # what these addresses give is a file
HOOGSTENS = 30  # addresses of one name to follow links from
BEGIN = {"inspecteur": "/werk/", "analist": "/rondes/", "beheerder": "/rondes/"}


@cache
def naam_van(pad: str) -> str | None:
    try:
        return resolve(urlsplit(pad).path).url_name
    except Resolver404:
        return None


def te_bereiken(client, begin: str, hoort: set[str]) -> dict[str, str]:
    """The first address of each name that links lead to from `begin`, found without a browser, until all of `hoort` are found.

    Names that were seen least come first, so that one long list does not hold up the rest.
    """
    te_gaan, gevonden, gezien = [begin], {}, Counter()
    bekend = {begin}
    while te_gaan and not hoort <= gevonden.keys():
        pad = te_gaan.pop(min(range(len(te_gaan)), key=lambda nummer: gezien[naam_van(te_gaan[nummer])]))
        naam = naam_van(pad)
        if gezien[naam] == HOOGSTENS:
            continue
        gezien[naam] += 1
        antwoord = client.get(pad)
        if antwoord.status_code != 200:
            continue
        gevonden.setdefault(naam, pad)
        for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', antwoord.content.decode()):
            doel = urldefrag(urljoin(pad, unescape(link))).url
            naam = naam_van(doel)
            if doel.startswith("/") and doel not in bekend and naam and not naam.endswith(GEEN_PAGINA):
                bekend.add(doel)
                te_gaan.append(doel)
    return gevonden


@pytest.mark.parametrize("rol", BEGIN)
def test_elke_pagina(demo, live_server, page, client, rol):
    log_in(page, live_server, get_user_model().objects.get(username=rol), client)
    kolom = PERSONAS.index(rol)
    hoort = {
        rij.naam for rij in MATRIX if not rij.post and rij[2 + kolom] == 200 and not rij.naam.endswith(GEEN_PAGINA)
    }
    hoort -= ZONDER_LINK
    paginas = te_bereiken(client, BEGIN[rol], hoort)
    assert hoort - paginas.keys() == set(), f"geen link voert de {rol} hierheen"
    meldingen = []
    page.on("console", lambda melding: meldingen.append(melding.text) if melding.type == "error" else None)
    page.on("pageerror", lambda fout: meldingen.append(str(fout)))
    for pad in paginas.values():
        page.set_viewport_size({"width": BREEDTES[0], "height": 900})
        page.goto(live_server.url + pad)
        bekijk_op_elke_breedte(page)
    assert not meldingen
