"""The reference data, loaded once for a whole class of tests and rolled back after it."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from regio.models import Gemeente, Kenmerken, Lidmaatschap, Regio


@pytest.fixture(scope="class")
def referentie(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("laad_referentie", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def gemeente(db):
    """A municipality with open kenmerken and a province, both from 2008."""
    gemeente = Gemeente.objects.create(code="0363", naam="Amsterdam", geldig_van=date(2008, 1, 1))
    Kenmerken.objects.create(
        gemeente=gemeente,
        geldig_van=date(2008, 1, 1),
        inwoners=747_090,
        inwoners_peildatum=date(2008, 1, 1),
        randstad=True,
    )
    provincie = Regio.objects.create(soort=Regio.Soort.PROVINCIE, code="PV27", naam="Noord-Holland")
    Lidmaatschap.objects.create(gemeente=gemeente, regio=provincie, geldig_van=date(2008, 1, 1))
    return gemeente
