"""Rules that the database keeps by itself: triggers, written once for SQLite and PostgreSQL, made by a migration.

    operations = [
        Regel("gebeurtenis_blijft", "regio_gebeurtenis", {"UPDATE": "TRUE", "DELETE": "TRUE"}, "Geschiedenis verandert niet."),
    ]

A condition is SQL that both databases read, over the rows NEW and OLD; where it holds, the statement is refused with an
IntegrityError that names the rule. Who must get past the rules (emptying a test database, laying back a copy row by row) does that
in `zonder_regels`, and nowhere else.

SQLite drops a table's triggers when Django rebuilds it, and refuses to rename one that a trigger elsewhere speaks of. A later
migration that changes a table with rules therefore wraps its operations in `ZonderRegels([...])`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

GEBEURTENISSEN = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")  # SQLite has no TRUNCATE


class Regel(Operation):
    """Refuse the statements in `als` (event: condition) on `tabel`. `naam` is at most 50 characters, unique in the database."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, naam: str, tabel: str, als: Mapping[str, str], zin: str):
        if onbekend := set(als) - set(GEBEURTENISSEN):
            raise ValueError(
                f"Een regel geldt bij {', '.join(GEBEURTENISSEN)}, niet bij {', '.join(sorted(onbekend))}."
            )
        self.naam, self.tabel, self.als, self.zin = naam, tabel, dict(als), zin

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._voer_uit(schema_editor, self._maak_sqlite, self._maak_postgresql)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._voer_uit(schema_editor, self._verwijder_sqlite, self._verwijder_postgresql)

    def describe(self):
        return f"Database rule {self.naam} on {self.tabel}"

    @property
    def migration_name_fragment(self):
        return self.naam

    @staticmethod
    def _voer_uit(schema_editor, op_sqlite, op_postgresql) -> None:
        opdrachten = {"sqlite": op_sqlite, "postgresql": op_postgresql}[schema_editor.connection.vendor]()
        for opdracht in opdrachten:
            schema_editor.execute(opdracht, params=None)

    @property
    def _bij_rij(self) -> list[str]:
        return [bij for bij in self.als if bij != "TRUNCATE"]

    def _maak_sqlite(self) -> list[str]:
        melding = f"{self.naam}: {self.zin}".replace("'", "''")
        return [
            f'CREATE TRIGGER "{self.naam}_{bij.lower()}" BEFORE {bij} ON "{self.tabel}" FOR EACH ROW WHEN {self.als[bij]} '
            f"BEGIN SELECT RAISE(ABORT, '{melding}'); END"
            for bij in self._bij_rij
        ]

    def _verwijder_sqlite(self) -> list[str]:
        return [f'DROP TRIGGER "{self.naam}_{bij.lower()}"' for bij in self._bij_rij]

    def _maak_postgresql(self) -> list[str]:
        melding = f"{self.naam}: {self.zin}".replace("'", "''").replace("%", "%%")
        takken = "".join(
            f"IF TG_OP = '{bij}' THEN IF {als} THEN RAISE EXCEPTION '{melding}' "
            f"USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{self.naam}'; END IF; END IF; "
            for bij, als in self.als.items()
        )
        opdrachten = [
            f'CREATE FUNCTION "{self.naam}"() RETURNS trigger LANGUAGE plpgsql AS $regel$ BEGIN {takken}'
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $regel$"
        ]
        if self._bij_rij:
            opdrachten.append(
                f'CREATE TRIGGER "{self.naam}" BEFORE {" OR ".join(self._bij_rij)} ON "{self.tabel}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{self.naam}"()'
            )
        if "TRUNCATE" in self.als:
            opdrachten.append(
                f'CREATE TRIGGER "{self.naam}_truncate" BEFORE TRUNCATE ON "{self.tabel}" '
                f'FOR EACH STATEMENT EXECUTE FUNCTION "{self.naam}"()'
            )
        return opdrachten

    def _verwijder_postgresql(self) -> list[str]:
        return [f'DROP FUNCTION "{self.naam}"() CASCADE']  # takes its triggers along


class AndereRegel(Regel):
    """A rule in the place of `was`, which has its name: what was refused until now is refused otherwise from here on."""

    def __init__(self, naam: str, tabel: str, als: Mapping[str, str], zin: str, *, was: Regel):
        super().__init__(naam, tabel, als, zin)
        if was.naam != naam:
            raise ValueError(f"{naam} vervangt een regel met een andere naam: {was.naam}.")
        self.was = was

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.was.database_backwards(app_label, schema_editor, from_state, to_state)
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        super().database_backwards(app_label, schema_editor, from_state, to_state)
        self.was.database_forwards(app_label, schema_editor, from_state, to_state)


@contextmanager
def zonder_regels(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """All rules off inside, on again after it, in one transaction: when it fails nothing has happened and they are on.

    Other connections wait until it is done, so that nobody else writes past the rules meanwhile.
    """
    eraf, erop = {"sqlite": _schakel_sqlite, "postgresql": _schakel_postgresql}[connection.vendor](connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for opdracht in eraf:
            cursor.execute(opdracht)
        yield
        for opdracht in erop:
            cursor.execute(opdracht)


def _schakel_sqlite(connection) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        regels = cursor.fetchall()
    return [f'DROP TRIGGER "{naam}"' for naam, _ in regels], [sql for _, sql in regels]


def _schakel_postgresql(connection) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal "
            "AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace) ORDER BY 1"
        )
        tabellen = [tabel for (tabel,) in cursor.fetchall()]
    # What still waits to be checked at the commit is checked first: a table of which rows wait cannot be altered.
    nu_controleren = ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]
    return (
        [*nu_controleren, *(f"ALTER TABLE {tabel} DISABLE TRIGGER USER" for tabel in tabellen)],
        [*nu_controleren, *(f"ALTER TABLE {tabel} ENABLE TRIGGER USER" for tabel in tabellen)],
    )


class ZonderRegels(SeparateDatabaseAndState):
    """Operations on a table with rules: on SQLite the rules go off before it is rebuilt and come back after it."""

    def __init__(self, operations):
        self.operations = operations
        super().__init__(database_operations=operations, state_operations=operations)

    def deconstruct(self):
        return (type(self).__name__, [], {"operations": self.operations})

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        with _eraf_op_sqlite(schema_editor.connection):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        with _eraf_op_sqlite(schema_editor.connection):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


@contextmanager
def _eraf_op_sqlite(connection) -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with zonder_regels(connection):
        yield
