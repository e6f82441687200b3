"""Personas and things that tests in every room need."""

import gc
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest
from django.db import connections, transaction
from django.test import TransactionTestCase, override_settings
from hypothesis import settings

from inspectie.tests.demo_fixture import demo  # noqa: F401 (a fixture for every room)
from regio.models import Gebruiker
from regio.rechten import Rol
from regio.regels import zonder_regels

WACHTWOORD = "een-lang-wachtwoord-voor-tests"

# Properties are tried on fewer cases while working than in CI (VOLLEDIG=1), and never against a clock.
settings.register_profile("werk", max_examples=30, deadline=None)
settings.register_profile("volledig", deadline=None)
settings.load_profile("volledig" if os.environ.get("VOLLEDIG") == "1" else "werk")

# live_server and the browser share one database connection from different threads.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(config, items):
    """What the second run of `make test`, on another database, leaves out: ALLEEN_DATABASE=alles what touches no database,
    ALLEEN_DATABASE=kort also what looks at pages, in a browser or without: rules, actions, queries and commands remain.
    """
    keuze = os.environ.get("ALLEEN_DATABASE")
    if keuze is None:
        return
    raakt = {"db", "transactional_db", "django_db_setup", "live_server"}
    paginas = {"client", "live_server", "page", "browser"} if keuze == "kort" else set()

    def blijft(item) -> bool:
        nodig = set(item.fixturenames)
        pagina = keuze == "kort" and item.get_closest_marker("pagina")
        return bool(raakt & nodig or item.get_closest_marker("django_db")) and not (paginas & nodig or pagina)

    config.hook.pytest_deselected(items=[item for item in items if not blijft(item)])
    items[:] = [item for item in items if blijft(item)]


def pytest_runtest_logreport(report):
    """Which tests failed, and whether they drive a browser, for scripts/toets: a line each in the file that ROOD names."""
    rood = os.environ.get("ROOD")
    if rood and report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        with Path(rood).open("a") as bestand:
            bestand.write(f"{'browser' if 'browser' in report.keywords else 'anders'} {report.nodeid}\n")


def pytest_collection_finish():
    """What is loaded now stays loaded: no use in looking through hundreds of thousands of objects for cycles again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def maak_gebruiker(username: str, rol: Rol, naam: str) -> Gebruiker:
    return Gebruiker.objects.create_user(username, f"{username}@example.nl", WACHTWOORD, naam=naam, rol=rol)


@pytest.fixture(scope="session", autouse=True)
def _eigen_documentenmap(tmp_path_factory):
    """Documents that tests upload never end up among the real ones."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        yield


@pytest.fixture(scope="session", autouse=True)
def _leegmaken_mag():
    """The database refuses to remove history, in tests too; only emptying it after a transactional test goes past its rules."""
    maak_leeg = TransactionTestCase._fixture_teardown

    def maak_leeg_zonder_regels(self):
        with ExitStack() as alle:
            for alias in self._databases_names(include_mirrors=False):
                alle.enter_context(zonder_regels(connections[alias]))
            maak_leeg(self)

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", maak_leeg_zonder_regels):
        yield


@pytest.fixture
def inspecteur(db):
    """The dossier's own inspector."""
    return maak_gebruiker("inspecteur", Rol.INSPECTEUR, "Ina de Vries")


@pytest.fixture
def collega(db):
    """Another inspector: toetser of the dossier in `veldwerk`."""
    return maak_gebruiker("collega", Rol.INSPECTEUR, "Cor Bakker")


@pytest.fixture
def vreemde(db):
    """An inspector who has nothing to do with the dossier."""
    return maak_gebruiker("vreemde", Rol.INSPECTEUR, "Vera Smit")


@pytest.fixture
def analist(db):
    return maak_gebruiker("analist", Rol.ANALIST, "Anna Jansen")


@pytest.fixture
def beheerder(db):
    return maak_gebruiker("beheerder", Rol.BEHEERDER, "Bas Visser")


@pytest.fixture
def veldwerk(inspecteur, collega, beheerder):
    """A small real world: an instrument with routing and two norms, an open round, a dossier of `inspecteur` that `collega`
    reviews, and one planned interview. See `vragenlijst.tests.factories` for what is in it and for builders to add more.
    """
    from vragenlijst.tests.factories import maak_veldwerk

    return maak_veldwerk(inspecteur, collega, beheerder)


@pytest.fixture(scope="module")
def veldwerk_van_de_module(django_db_setup, django_db_blocker):
    """`veldwerk` with its three people for a file that builds much upon it: made once, and what a module-scoped fixture adds stays
    for the whole file. Each test works in a savepoint on top; let it take a `copy.deepcopy`, and none of the personas in it.
    """
    from vragenlijst.tests.factories import maak_veldwerk

    with django_db_blocker.unblock():
        rondom = transaction.atomic()
        rondom._from_testcase = (
            True  # as Django's own TestCase: what insists on an outermost transaction may be inside this one
        )
        with rondom:
            yield maak_veldwerk(
                maak_gebruiker("inspecteur", Rol.INSPECTEUR, "Ina de Vries"),
                maak_gebruiker("collega", Rol.INSPECTEUR, "Cor Bakker"),
                maak_gebruiker("beheerder", Rol.BEHEERDER, "Bas Visser"),
            )
            transaction.set_rollback(True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium instead of a downloaded browser; quiet on a machine without the internet."""
    pad = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))),
        None,
    )
    if pad is None:
        pytest.skip("geen Chromium gevonden (zet CHROMIUM op het pad van het programma)")
    return {
        **browser_type_launch_args,
        "executable_path": pad,
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            # A page lives for a second: optimising the machine code of its scripts costs more than it yields.
            "--js-flags=--no-turbofan,--no-maglev",
        ],
    }
