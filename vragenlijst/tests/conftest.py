"""Fixtures of this room only."""

from pathlib import Path

import pytest
from django.urls import reverse

from vragenlijst.models import Bewijssoort


@pytest.fixture
def persona(request):
    """The user fixture that a test names as parameter."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def map_(settings, tmp_path) -> Path:
    """An empty folder for documents of each test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def dien_in(client, veldwerk, inspecteur):
    """Send the form as the dossier's inspector: a new document, a change to `stuk`, or a newer one instead of `vervangt`."""
    client.force_login(inspecteur)
    analyse = Bewijssoort.objects.get(code="analyse")

    def dien_in(stuk=None, vervangt=None, **velden):
        dossier = veldwerk.dossier.pk
        if vervangt:
            adres = reverse("bewijsstuk_vervangen", args=[dossier, vervangt.pk])
        else:
            adres = (
                reverse("bewijsstuk", args=[dossier, stuk.pk]) if stuk else reverse("bewijsstuk_nieuw", args=[dossier])
            )
        invoer = {
            "soort": analyse.pk,
            "titel": "Analyse 2007",
            "datum": "06-11-2007",
            "akkoord_door": "het college",
            "akkoord_op": "04-12-2007",
            "vindplaats": "",
            "versie": "1",
        }
        return client.post(adres, invoer | velden)

    return dien_in
