"""Making a backup: one moment of the database, then the documents it speaks of; named only when all of it is on the disk."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from inspectie.backup import tabellen
from inspectie.backup.manifest import DOCUMENTEN, GEGEVENS, Document, Manifest, Onbruikbaar, Tabel, bewaar
from inspectie.backup.schijf import lees, maak_map, naar_schijf, schrijf
from regio.gebeurtenissen import BACKUP, Geheel, leg_vast
from regio.models import Gebeurtenis
from vragenlijst.bestanden import leesbare_grootte


def maak_backup(doel: Path) -> Manifest:
    """Write a backup into the new folder `doel`, and a row of history that it was made.

    Until the end it stands beside it under another name: a folder with the name that was asked for is whole.
    Raises Onbruikbaar when something stands there already, OSError when it cannot be written.
    """
    doel = doel.absolute()
    if doel.exists() and (not doel.is_dir() or any(doel.iterdir())):
        raise Onbruikbaar(
            f"{doel} bestaat al. Kies voor elke backup een nieuwe map, bijvoorbeeld met de datum als naam."
        )
    maak_map(doel.parent)
    werk = Path(tempfile.mkdtemp(prefix=f".{doel.name}.half-", dir=doel.parent))
    try:
        manifest = _vul(werk)
        os.rename(werk, doel)
    except BaseException:
        shutil.rmtree(werk, ignore_errors=True)
        raise
    naar_schijf(doel.parent)
    leg_vast(Geheel(BACKUP, str(doel)), Gebeurtenis.Soort.GEMAAKT, None, reden=omschrijving(manifest))
    return manifest


def omschrijving(manifest: Manifest) -> str:
    """What is in it, for history and for who runs the command."""
    rijen, documenten = f"{manifest.rijen:,}".replace(",", "."), f"{len(manifest.documenten):,}".replace(",", ".")
    zin = f"{rijen} rijen en {documenten} documenten, {leesbare_grootte(manifest.omvang)}"
    if manifest.gemist:
        zin += f"; {len(manifest.gemist)} documenten ontbraken al of waren beschadigd"
    return f"{zin}; inhoud {manifest.inhoud[:12]}"


def _vul(map_: Path) -> Manifest:
    (map_ / GEGEVENS).mkdir(mode=0o700)
    (map_ / DOCUMENTEN).mkdir(mode=0o700)
    genoemd: list[Document] = []
    with een_moment():
        gemaakt_op = timezone.now().isoformat(timespec="seconds")
        migraties = tabellen.migraties()
        geschreven = [schrijf_tabel(map_, model, genoemd) for model in tabellen.modellen()]
    documenten, gemist = neem_mee(map_, genoemd)
    manifest = Manifest(settings.VERSIE, gemaakt_op, connection.vendor, migraties, geschreven, documenten, gemist)
    for onder in (*(pad for pad in map_.rglob("*") if pad.is_dir()), map_):
        naar_schijf(onder)
    bewaar(manifest, map_)
    return manifest


@contextmanager
def een_moment() -> Iterator[None]:
    """Everything that is read inside is of one moment; others go on writing meanwhile."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        # Not IMMEDIATE, as elsewhere: that would keep everybody from writing until the backup is done.
        gewoon, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic(durable=True):
                yield
        finally:
            connection.transaction_mode = gewoon
        return
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def schrijf_tabel(map_: Path, model, genoemd: list[Document]) -> Tabel:
    telling, naam = tabellen.Telling(), tabellen.naam_van(model)
    schrijf(map_ / GEGEVENS / f"{naam}.jsonl", tabellen.regels(model, telling, genoemd))
    return Tabel(
        naam, telling.rijen, telling.grootte, telling.sha256, telling.inhoud, tabellen.hoogste_nummer(model)
    )  # fmt: skip


def neem_mee(map_: Path, genoemd: Iterable[Document]) -> tuple[list[Document], list[str]]:
    """Copy these documents; which were copied, and which were not what their row says or not there at all."""
    mee, gemist = {}, []
    for document in genoemd:
        if document.naam in mee:
            continue
        doel = map_ / document.bestand
        maak_map(doel.parent)
        try:
            som = schrijf(doel, lees(Path(default_storage.path(document.naam))))
        except FileNotFoundError:
            gemist.append(document.naam)
            doel.unlink(missing_ok=True)
            continue
        if document.sha256 and som.sha256 != document.sha256:
            gemist.append(document.naam)  # its bytes go along all the same: perhaps all that is left of it
        mee[document.naam] = Document(document.naam, *som)
    return sorted(mee.values(), key=lambda document: document.naam), sorted(gemist)
