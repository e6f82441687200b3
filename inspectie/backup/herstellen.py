"""Restoring a backup: into an empty database, or in the place of what is there; wholly, proven, or not at all."""

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from inspectie.backup import tabellen
from inspectie.backup.maken import omschrijving
from inspectie.backup.manifest import Document, Manifest, Onbruikbaar, Tabel, controleer
from inspectie.backup.schijf import lees, maak_map, naar_schijf, schrijf, som_van
from regio.gebeurtenissen import BACKUP, Geheel, leg_vast
from regio.models import Gebeurtenis
from regio.regels import zonder_regels


class NietAf(Exception):
    """The rows are back, a document that stood there otherwise could not be replaced; doing it again mends that."""


def herstel(bron: Path, *, vervang: bool = False) -> Manifest:
    """Put back what this backup holds. What is there is left alone unless `vervang`, and is still there when this fails.

    Raises Onbruikbaar, with a sentence, when the backup is not whole, not of this application or of another version, when the
    database is not empty, or when what was put back is not what the backup says.
    """
    bron = bron.absolute()
    manifest = controleer(bron)
    _hoort_hier(manifest)
    if not vervang and (vol := [model for model in tabellen.modellen() if model._base_manager.exists()]):
        raise Onbruikbaar(
            f"De database is niet leeg (er staat iets in {vol[0]._meta.verbose_name_plural}). Zet de backup terug in een lege "
            "database, of met --vervang in de plaats van wat er staat."
        )
    with Documenten(bron, manifest.documenten) as documenten:
        with zonder_regels(connection):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL statement_timeout = 0")
            _vervang_rijen(bron, manifest)
            _bewijs(manifest)
            documenten.leg_neer()
        try:
            documenten.vervang()
        except OSError as fout:
            raise NietAf(fout) from fout
    leg_vast(Geheel(BACKUP, str(bron)), Gebeurtenis.Soort.STATUS, None, naar="teruggezet", reden=omschrijving(manifest))
    return manifest


def _hoort_hier(manifest: Manifest) -> None:
    """Whether this version of the application reads this backup. The tables are those of its migrations."""
    hier = tabellen.migraties()
    if not hier:
        raise Onbruikbaar("De database heeft nog geen tabellen. Draai eerst manage.py migrate.")
    nieuwer, ouder = _verschil(manifest.migraties, hier), _verschil(hier, manifest.migraties)
    if nieuwer:
        raise Onbruikbaar(
            f"De backup is van een nieuwere versie ({manifest.versie}) dan deze toepassing ({settings.VERSIE}) of haar database: "
            f"die kent {nieuwer[0]} niet. Werk eerst de toepassing bij en draai manage.py migrate."
        )
    if ouder:
        raise Onbruikbaar(
            f"De backup is van een oudere versie ({manifest.versie}) dan deze toepassing ({settings.VERSIE}): {ouder[0]} is van "
            f"later. Zet haar terug met versie {manifest.versie}, en werk de toepassing daarna bij met manage.py migrate."
        )
    namen = {tabellen.naam_van(model) for model in tabellen.modellen()}
    if anders := sorted(namen ^ {tabel.naam for tabel in manifest.tabellen}):
        raise Onbruikbaar(f"De backup en deze toepassing hebben niet dezelfde tabellen: {', '.join(anders)}.")


def _verschil(een: dict[str, list[str]], ander: dict[str, list[str]]) -> list[str]:
    return [f"{kamer}.{naam}" for kamer in sorted(een) for naam in een[kamer] if naam not in ander.get(kamer, [])]


def _vervang_rijen(bron: Path, manifest: Manifest) -> None:
    per_naam = {tabel.naam: tabel for tabel in manifest.tabellen}
    alle = tabellen.modellen()
    for model in (*tabellen.achtergelaten(), *reversed(alle)):
        tabellen.maak_leeg(model)
    for model in alle:
        zet_terug(bron, model, per_naam[tabellen.naam_van(model)])
    try:
        connection.check_constraints()
    except DatabaseError as fout:
        raise Onbruikbaar(f"De rijen van de backup horen niet bij elkaar: {fout}") from fout
    for model in alle:
        if (hoogste := per_naam[tabellen.naam_van(model)].hoogste) is not None:
            tabellen.geef_verder_na(model, hoogste)


def zet_terug(bron: Path, model, tabel: Tabel) -> None:
    try:
        with (bron / tabel.bestand).open("rb") as bestand:
            tabellen.zet_neer(model, bestand)
    except (ValueError, KeyError, DatabaseError) as fout:
        raise Onbruikbaar(f"{tabel.bestand} past niet in deze database: {fout}") from fout


def _bewijs(manifest: Manifest) -> None:
    """What stands in the database now, read back, is to the bit what the backup holds."""
    for model in tabellen.modellen():
        tabel = next(tabel for tabel in manifest.tabellen if tabel.naam == tabellen.naam_van(model))
        telling = tabellen.tel(model)
        if (telling.rijen, telling.sha256) != (tabel.rijen, tabel.sha256):
            raise Onbruikbaar(
                f"Wat is teruggezet in {tabel.naam} is niet gelijk aan de backup ({telling.rijen} rijen, {tabel.rijen} verwacht)."
            )


@dataclass
class Documenten:
    """The documents of a backup on their way to MEDIA_ROOT, by way of a folder beside them.

    New ones are laid down before the rows are final: without a row a file harms nobody. One that stands there otherwise is
    replaced after: until then it belongs to what was there.
    """

    bron: Path
    documenten: list[Document]
    nieuw: list[Path] = field(default_factory=list)
    anders: list[Path] = field(default_factory=list)
    klaar: bool = False

    def __enter__(self) -> "Documenten":
        self.wortel = Path(default_storage.path(""))
        maak_map(self.wortel)
        self.zij = Path(tempfile.mkdtemp(prefix=".herstel-", dir=self.wortel))
        try:
            for document in self.documenten:
                self._haal(document)
        except BaseException:
            shutil.rmtree(self.zij, ignore_errors=True)
            raise
        return self

    def _haal(self, document: Document) -> None:
        plaats = Path(default_storage.path(document.naam))  # refuses a name outside MEDIA_ROOT
        if plaats.exists() and som_van(plaats) == (document.grootte, document.sha256):
            return
        (self.anders if plaats.exists() else self.nieuw).append(plaats)
        tijdelijk = self._terzijde(plaats)
        tijdelijk.parent.mkdir(parents=True, exist_ok=True)
        if schrijf(tijdelijk, lees(self.bron / document.bestand)) != (document.grootte, document.sha256):
            raise Onbruikbaar(f"{document.bestand} is veranderd terwijl het werd gelezen.")

    def _terzijde(self, plaats: Path) -> Path:
        return self.zij / plaats.relative_to(self.wortel)

    def leg_neer(self) -> None:
        self._verplaats(self.nieuw)

    def vervang(self) -> None:
        self.klaar = True
        self._verplaats(self.anders)

    def _verplaats(self, plaatsen: list[Path]) -> None:
        for plaats in plaatsen:
            maak_map(plaats.parent)
            os.replace(self._terzijde(plaats), plaats)
        for map_ in {plaats.parent for plaats in plaatsen}:
            naar_schijf(map_)

    def __exit__(self, *fout) -> None:
        if not self.klaar:
            for plaats in self.nieuw:
                plaats.unlink(missing_ok=True)
        shutil.rmtree(self.zij, ignore_errors=True)
