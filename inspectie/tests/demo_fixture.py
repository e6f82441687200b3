"""The demo's database for any test: `demo`. Built once per run by walking the real road, then copied in as plain rows.

A test that takes `demo` sees the whole demo (personas `inspecteur`, `inspecteur2`, `analist`, `beheerder`; rounds `juni-2008`,
`december-2009`, `juni-2010`) and may change it: the next test starts afresh. Do not combine it with the personas of the root conftest.
"""

import fcntl
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from inspectie.demo.bouwer import maak_demo
from regio.regels import zonder_regels

SAMEN = 200  # rows in one statement: PostgreSQL's driver sends each statement by itself
ROOMS = ("regio", "vragenlijst", "rapportage")
_gebouwd: dict[str, tuple[list[str], list[tuple]]] = {}


def modellen() -> list:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]


def rijen() -> dict[str, tuple[list[str], list[tuple]]]:
    """Every row of every table of ours: per table the columns and the rows, in order of their key."""
    gevonden = {}
    with connection.cursor() as cursor:
        for model in modellen():
            tabel, sleutel = model._meta.db_table, model._meta.pk.column
            cursor.execute(f'SELECT * FROM "{tabel}" ORDER BY "{sleutel}"')  # noqa: S608, names from our own models
            gevonden[tabel] = ([kolom[0] for kolom in cursor.description], list(map(_bewaarbaar, cursor.fetchall())))
    return gevonden


def _bewaarbaar(rij: tuple) -> tuple:
    """PostgreSQL's driver gives the content of a file as a window on memory, which cannot be written to a file."""
    return tuple(bytes(waarde) if isinstance(waarde, memoryview) else waarde for waarde in rij)


def _bindbaar(rij: tuple) -> tuple:
    """SQLite's driver reads a time of day as one, but takes it only as text; PostgreSQL takes both."""
    return tuple(waarde.isoformat() if isinstance(waarde, time) else waarde for waarde in rij)


def _zet_neer(tabellen: dict[str, tuple[list[str], list[tuple]]]) -> None:
    # Past the rules of the database: it would refuse answers to a dossier that is vastgesteld already.
    with zonder_regels(connection), connection.cursor() as cursor:
        for tabel, (kolommen, inhoud) in tabellen.items():
            namen = ", ".join(f'"{kolom}"' for kolom in kolommen)
            rij = f"({', '.join(['%s'] * len(kolommen))})"
            for begin in range(0, len(inhoud), SAMEN):
                samen = inhoud[begin : begin + SAMEN]
                waarden = [waarde for een in samen for waarde in _bindbaar(een)]
                cursor.execute(f'INSERT INTO "{tabel}" ({namen}) VALUES {", ".join([rij] * len(samen))}', waarden)  # noqa: S608
        for opdracht in connection.ops.sequence_reset_sql(no_style(), modellen()):
            cursor.execute(opdracht)


@contextmanager
def _gedeeld(tmp_path_factory) -> Iterator[Path | None]:
    """The file in which the workers of one run share what the first of them built, locked; None when there is one process."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        yield None
        return
    pad = tmp_path_factory.getbasetemp().parent / f"demo-{run}.pickle"
    with pad.with_suffix(".slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield pad


@pytest.fixture
def demo(db, tmp_path_factory):
    """The demo as `manage.py demo` makes it."""
    if _gebouwd:
        _zet_neer(_gebouwd)
        return
    with _gedeeld(tmp_path_factory) as pad:
        if pad and pad.exists():
            _gebouwd.update(pickle.loads(pad.read_bytes()))  # noqa: S301, written by another worker of this run
            _zet_neer(_gebouwd)
            return
        maak_demo()
        _gebouwd.update(rijen())
        if pad:
            pad.write_bytes(pickle.dumps(_gebouwd))
