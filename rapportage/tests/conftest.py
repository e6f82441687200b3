"""A closed round along the real road, for what looks back on one."""

import pytest

from regio.models import Lidmaatschap, Regio
from vragenlijst.tests.factories import maak_bewijsstuk
from vragenlijst.tests.test_zet_status import breng


@pytest.fixture
def gesloten(veldwerk):
    """`veldwerk` with a document, a region, and its round closed along the real road."""
    maak_bewijsstuk(veldwerk.dossier, "analyse", inhoud=b"%PDF-1.4 analyse")
    regio = Regio.objects.create(soort="rpa", code="noord", naam="RPA Noord")
    Lidmaatschap.objects.create(gemeente=veldwerk.dossier.gemeente, regio=regio, geldig_van="2000-01-01")
    breng(veldwerk, "ronde", "gesloten")
    veldwerk.ronde.refresh_from_db()
    return veldwerk
