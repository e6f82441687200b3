"""Which tables a backup holds, and their rows as lines of canonical JSON: the same line whatever database they come from."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from inspectie.backup.manifest import Document
from regio.gebeurtenissen import BACKUP

# What does not go along, and why. Everything else does, that of other packages too. A restore empties these tables.
NIET_MEE = {
    "sessions.session": "who was logged in logs in again",
    "axes.accessattempt": "attempts to log in count for minutes",
    "axes.accessattemptexpiration": "idem",
    "axes.accesslog": "idem",
    "axes.accessfailurelog": "idem",
    "admin.logentry": "Django's admin is there in development only",
    "auth.group": "rights follow from the rol (regio.rechten)",
    "auth.group_permissions": "idem",
    "regio.gebruiker_groups": "idem",
    "regio.gebruiker_user_permissions": "idem",
}
VAN_DJANGO = {"auth.permission", "contenttypes.contenttype"}  # made by migrate, and left as they are
ROWS, ROWS_GROOT = 2000, 20  # fetched at once; few where a row can hold a whole file or fotomoment
REGELS = 500  # inserted at once
ALLES_IN_EEN = 4_000_000  # bytes of lines inserted at once


def naam_van(model: type[models.Model]) -> str:
    return model._meta.label_lower


def modellen() -> list[type[models.Model]]:
    """The models that go along, each after those it points to (as far as they do not point to each other)."""
    over = {model: _wijst_naar(model) for model in _opgeslagen() if naam_van(model) not in NIET_MEE.keys() | VAN_DJANGO}
    volgorde: list[type[models.Model]] = []
    while over:
        vrij = sorted((model for model, naar in over.items() if not naar.keys() & over.keys()), key=naam_van)
        for model in vrij or [_om_de_kring_te_breken(over)]:
            volgorde.append(model)
            del over[model]
    return volgorde


def _wijst_naar(model: type[models.Model]) -> dict[type[models.Model], bool]:
    """The models that this one points to, and whether it must."""
    velden = [veld for veld in model._meta.concrete_fields if veld.is_relation and veld.related_model is not model]
    return {
        naar: any(veld.related_model is naar and not veld.null for veld in velden)
        for naar in {veld.related_model for veld in velden}
    }


def _om_de_kring_te_breken(over: dict[type[models.Model], dict[type[models.Model], bool]]) -> type[models.Model]:
    """When all point to each other: one that need not, and that most others wait for."""
    kan = [model for model, naar in over.items() if not any(moet and doel in over for doel, moet in naar.items())]
    return min(kan or over, key=lambda model: (-sum(model in naar for naar in over.values()), naam_van(model)))


def achtergelaten() -> list[type[models.Model]]:
    return [model for model in _opgeslagen() if naam_van(model) in NIET_MEE]


def _opgeslagen() -> list[type[models.Model]]:
    alle = apps.get_models(include_auto_created=True)
    return [model for model in alle if model._meta.managed and not model._meta.proxy]


# --- Out ------------------------------------------------------------------------------------------------------------


class Telling:
    """What went by while a table was written: rows, and the hashes of the manifest."""

    def __init__(self):
        self.rijen = 0
        self.grootte = 0
        self._alles, self._inhoud = hashlib.sha256(), hashlib.sha256()

    def tel(self, regel: bytes, *, spoor: bool) -> None:
        self.rijen += 1
        self.grootte += len(regel)
        self._alles.update(regel)
        if not spoor:
            self._inhoud.update(regel)

    @property
    def sha256(self) -> str:
        return self._alles.hexdigest()

    @property
    def inhoud(self) -> str:
        return self._inhoud.hexdigest()


def regels(model: type[models.Model], telling: Telling, documenten: list[Document] | None = None) -> Iterator[bytes]:
    """The rows of a table as lines, in the order of their key. What files they speak of is added to `documenten`."""
    velden = [veld.attname for veld in model._meta.concrete_fields]
    bestanden = [veld.attname for veld in model._meta.concrete_fields if isinstance(veld, models.FileField)]
    groot = any(isinstance(veld, (models.BinaryField, models.TextField)) for veld in model._meta.concrete_fields)
    rijen = model._base_manager.order_by("pk").values_list(*velden)
    for waarden in rijen.iterator(chunk_size=ROWS_GROOT if groot else ROWS):
        rij = dict(zip(velden, waarden, strict=True))
        regel = _als_regel(rij)
        telling.tel(regel, spoor=rij.get("ding_soort") == BACKUP)
        if documenten is not None:
            documenten += [Document(rij[veld], rij.get("grootte") or 0, rij.get("sha256") or "") for veld in bestanden if rij[veld]]  # fmt: skip
        yield regel


def tel(model: type[models.Model]) -> Telling:
    """What the table amounts to now, without writing it anywhere."""
    telling = Telling()
    for _ in regels(model, telling):
        pass
    return telling


def _als_regel(rij: dict) -> bytes:
    tekst = json.dumps(
        rij, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_als_json
    )
    return f"{tekst}\n".encode()


def _als_json(waarde) -> str:
    if isinstance(waarde, datetime):
        return waarde.astimezone(UTC).isoformat()
    if isinstance(waarde, (date, time)):
        return waarde.isoformat()
    if isinstance(waarde, (Decimal, UUID)):
        return str(waarde)
    if isinstance(waarde, (bytes, memoryview)):
        return base64.b64encode(bytes(waarde)).decode("ascii")
    raise TypeError(f"Een backup kent geen {type(waarde).__name__}.")


# --- In -------------------------------------------------------------------------------------------------------------


def zet_neer(model: type[models.Model], alle_regels: Iterable[bytes]) -> None:
    """Insert these lines as they are: no default, no moment of now, no number of its own."""
    pak, grootte = [], 0
    per_keer = min(REGELS, (connection.features.max_query_params or 30_000) // len(model._meta.concrete_fields))
    for regel in alle_regels:
        pak.append(json.loads(regel))
        grootte += len(regel)
        if len(pak) == per_keer or grootte > ALLES_IN_EEN:
            _voeg_toe(model, pak)
            pak, grootte = [], 0
    if pak:
        _voeg_toe(model, pak)


def _voeg_toe(model: type[models.Model], rijen: list[dict]) -> None:
    velden, naam = model._meta.concrete_fields, connection.ops.quote_name
    plaatsen = ", ".join([f"({', '.join(['%s'] * len(velden))})"] * len(rijen))
    kolommen = ", ".join(naam(veld.column) for veld in velden)
    waarden = [_uit_json(veld, rij[veld.attname]) for rij in rijen for veld in velden]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {naam(model._meta.db_table)} ({kolommen}) VALUES {plaatsen}", waarden)  # noqa: S608


def _uit_json(veld: models.Field, waarde):
    if isinstance(veld, models.JSONField):  # an empty column and a stored JSON null are both None
        return None if waarde is None and veld.null else veld.get_db_prep_value(waarde, connection)
    return veld.get_db_prep_save(None if waarde is None else veld.to_python(waarde), connection)


def maak_leeg(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


# --- Numbers and migrations -----------------------------------------------------------------------------------------


def hoogste_nummer(model: type[models.Model]) -> int | None:
    """The highest number that the database ever gave to a row here, also to one that is gone: history still speaks of it."""
    if not isinstance(model._meta.pk, models.AutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        else:
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {_reeks(cursor, model)}")  # noqa: S608
        rij = cursor.fetchone()
    return rij[0] if rij else 0


def geef_verder_na(model: type[models.Model], nummer: int) -> None:
    """The next row here gets a number above this one, and above any that was given out in this database."""
    nummer = max(nummer, hoogste_nummer(model), model._base_manager.aggregate(hoogste=models.Max("pk"))["hoogste"] or 0)
    tabel = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if nummer:
                cursor.execute("SELECT setval(%s::regclass, %s)", [_reeks(cursor, model), nummer])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [tabel])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [tabel, nummer])


def _reeks(cursor, model: type[models.Model]) -> str:
    tabel, kolom = connection.ops.quote_name(model._meta.db_table), model._meta.pk.column
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [tabel, kolom])
    return cursor.fetchone()[0]


def migraties() -> dict[str, list[str]]:
    """The migrations that this database has had, of the apps whose tables go along."""
    kamers = {model._meta.app_label for model in modellen()}
    gedaan: dict[str, list[str]] = {}
    for kamer, naam in sorted(MigrationRecorder(connection).applied_migrations()):
        if kamer in kamers:
            gedaan.setdefault(kamer, []).append(naam)
    return gedaan
