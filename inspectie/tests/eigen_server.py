"""The application as a process of its own, on a free port, with a database of its own: a copy of the empty test database.

    server = EigenServer(tmp_path, "invullen")
    with server.database():
        ...  # builders work on the server's database
    server.start()

For what a thread inside the tests cannot show: a server that is restarted, or killed in the middle of its work.
"""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from urllib.error import URLError

import psycopg2
from django.conf import settings
from django.db import connection, connections

GEDULD = 40  # seconds before a start is called failed: the machine may be busy


class EigenServer:
    def __init__(self, map_, naam: str):
        self.map, self.naam = map_, naam
        self.documenten = map_ / "documenten"
        self.poort = _vrije_poort()
        self.url = f"http://127.0.0.1:{self.poort}"
        self.proces = None
        self.bestand = map_ / "eigen.sqlite3" if connection.vendor == "sqlite" else None
        self.database_url = self._kopieer()

    def start(self) -> "EigenServer":
        omgeving = {
            naam: waarde
            for naam, waarde in os.environ.items()
            if naam not in ("DJANGO_ALLOW_ASYNC_UNSAFE", "MEDIA_ROOT")
        }
        omgeving |= {"DEBUG": "1", "DATABASE_URL": self.database_url, "PYTEST_VERSION": os.environ["PYTEST_VERSION"]}
        omgeving |= {"MEDIA_ROOT": str(self.documenten)}
        opdracht = (
            f"-m gunicorn inspectie.wsgi --bind 127.0.0.1:{self.poort} --workers 1 --threads 4 --log-level warning"
        )
        self.verslag = (self.map / "server.log").open("ab")
        self.proces = subprocess.Popen(
            [sys.executable, *opdracht.split()],
            cwd=settings.BASE_DIR,
            env=omgeving,
            stdout=self.verslag,
            stderr=self.verslag,
            start_new_session=True,
        )
        self._wacht_tot_hij_antwoordt()
        return self

    def _wacht_tot_hij_antwoordt(self) -> None:
        tot = time.monotonic() + GEDULD
        while time.monotonic() < tot:
            try:
                with urllib.request.urlopen(f"{self.url}/gezond/", timeout=5) as antwoord:  # noqa: S310
                    assert antwoord.status == 200
                return
            except (URLError, OSError):
                assert self.proces.poll() is None, (self.map / "server.log").read_text()
                time.sleep(0.1)
        raise AssertionError((self.map / "server.log").read_text())

    def stop(self, hoe: signal.Signals = signal.SIGKILL) -> None:
        """End the server with its workers; -9 unless told otherwise."""
        if self.proces is None:
            return
        os.killpg(self.proces.pid, hoe)
        self.proces.wait(timeout=GEDULD)
        self.verslag.close()
        self.proces = None

    def herstart(self) -> None:
        self.stop()
        self.start()

    # --- Its database ---------------------------------------------------------------------------------------------

    @contextmanager
    def database(self):
        """Within, the models of this process read and write the server's database; the test database stays as it was."""
        tests = connections["default"]
        eigen = connections.create_connection("default")
        eigen.settings_dict = {**tests.settings_dict, "NAME": self.bestand if self.bestand else self.naam}
        connections["default"] = eigen
        try:
            yield self
        finally:
            eigen.close()
            connections["default"] = tests

    def _kopieer(self) -> str:
        """A copy of the test database as it is now; not from within a test's transaction, which would keep it locked."""
        assert not connection.in_atomic_block
        if self.bestand:
            with closing(sqlite3.connect(self.bestand)) as doel:
                connection.ensure_connection()
                connection.connection.backup(doel)
            return f"sqlite:///{self.bestand}"
        gegevens = connection.settings_dict
        self.bron, self.naam = gegevens["NAME"], f"{gegevens['NAME']}_{self.naam}"
        connections["default"].close()
        self._beheer(f'DROP DATABASE IF EXISTS "{self.naam}" WITH (FORCE)')
        # Inside Playwright's event loop Django has another connection than outside it, which cannot be closed from here. No test
        # comes back to it: the tests that need a server come last (transaction=True).
        self._beheer(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{self.bron}'")  # noqa: S608
        self._beheer(f'CREATE DATABASE "{self.naam}" TEMPLATE "{self.bron}"')
        return self._postgres_url(self.naam)

    def _postgres_url(self, naam: str) -> str:
        gegevens = connection.settings_dict
        wachtwoord = f":{gegevens['PASSWORD']}" if gegevens["PASSWORD"] else ""
        # A folder with a socket stands in the path, a host before it.
        poort = f":{gegevens['PORT']}" if gegevens["PORT"] else ""
        waar = f"/{gegevens['HOST']}" if gegevens["HOST"].startswith("/") else f"{gegevens['HOST']}{poort}"
        return f"postgres://{gegevens['USER']}{wachtwoord}@{waar}/{naam}"

    def _verbind(self, naam: str):
        gegevens = connection.settings_dict
        return psycopg2.connect(
            dbname=naam,
            user=gegevens["USER"] or None,
            password=gegevens["PASSWORD"] or None,
            host=gegevens["HOST"] or None,
            port=gegevens["PORT"] or None,
        )

    def _beheer(self, opdracht: str) -> None:
        with closing(self._verbind("postgres")) as verbinding:
            verbinding.autocommit = True
            verbinding.cursor().execute(opdracht)

    def sql(self, opdracht: str, *waarden) -> list[tuple]:
        """Ask the server's database directly; `?` for values."""
        if self.bestand:
            with closing(sqlite3.connect(self.bestand, timeout=15)) as verbinding, verbinding:
                return verbinding.execute(opdracht, waarden).fetchall()
        with closing(self._verbind(self.naam)) as verbinding, verbinding, verbinding.cursor() as cursor:
            cursor.execute(opdracht.replace("?", "%s"), waarden)
            return cursor.fetchall() if cursor.description else []

    def ruim_op(self) -> None:
        self.stop()
        if not self.bestand:
            self._beheer(f'DROP DATABASE IF EXISTS "{self.naam}" WITH (FORCE)')


def _vrije_poort() -> int:
    with closing(socket.socket()) as stekker:
        stekker.bind(("127.0.0.1", 0))
        return stekker.getsockname()[1]
