"""Where documents are kept: outside the web root, under a random name, on the disk before their row is in the database.

No row without its file: the file is written and forced to the disk first, and the row follows in a transaction after it. No file
without its row: who cannot make the row removes the file again, and what a killed process leaves behind goes with `ruim_op`.
"""

import hashlib
import logging
import os
import shlex
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage

from vragenlijst.bestanden import Onbruikbaar, Upload, herken, schone_naam
from vragenlijst.models import Bewijsstuk
from vragenlijst.models.oordeel import MAP, opslagnaam

log = logging.getLogger("vragenlijst.opslag")

BROK = 256 * 1024
WEES_NA = 60 * 60  # seconds after which a file without a row will not get one any more
HOOGSTENS_WEZEN = 20  # more at once is no leftover: a database that was put back, or the folder of another installation
SCANTIJD = 120  # seconds

VIRUS = "De virusscanner heeft dit bestand geweigerd."
SCANNER_STIL = "De virusscanner geeft geen antwoord; er kunnen nu geen bestanden bij. Probeer het later nog eens."


class Beschadigd(Exception):
    """The file of a document is gone, or is not what was stored."""


class TeVeelWezen(Exception):
    """So many files have no row that a person must look first; `aantal` says how many."""

    def __init__(self, aantal: int):
        super().__init__(f"{aantal} bestanden horen bij geen enkel bewijsstuk.")
        self.aantal = aantal


@dataclass(frozen=True)
class Geborgen:
    """A file that is safely on the disk, and has no row yet."""

    naam: str
    grootte: int
    sha256: str


def keur(stroom: BinaryIO, naam: str) -> Upload:
    """Look at a file that somebody sends. Raises Onbruikbaar, with the sentence for the visitor, when it is not to be stored."""
    soort = herken(stroom)
    scan(stroom)
    return Upload(stroom, schone_naam(naam, soort), soort)


def scan(stroom: BinaryIO) -> None:
    """Let the virus scanner read the file, when there is one (BEWIJS_VIRUSSCANNER). Raises Onbruikbaar unless it says yes."""
    if not settings.BEWIJS_VIRUSSCANNER:
        return
    stroom.seek(0)
    try:
        uitslag = subprocess.run(  # noqa: S603, the command is the installation's own
            shlex.split(settings.BEWIJS_VIRUSSCANNER),
            input=stroom.read(),
            capture_output=True,
            timeout=SCANTIJD,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fout:
        log.error("De virusscanner draait niet: %s", fout)
        raise Onbruikbaar(SCANNER_STIL) from fout
    finally:
        stroom.seek(0)
    if uitslag.returncode:
        log.warning("De virusscanner weigert een bestand (%s): %r", uitslag.returncode, uitslag.stdout[-500:])
        raise Onbruikbaar(VIRUS)


def berg_op(stroom: BinaryIO) -> Geborgen:
    """Write the file under a new random name. When this returns it is on the disk, and so is its name in the folder."""
    naam = opslagnaam()
    pad = Path(default_storage.path(naam))
    _maak_map(pad.parent)
    stroom.seek(0)
    som, grootte = hashlib.sha256(), 0
    beschrijving = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(beschrijving, "wb") as bestand:
            while brok := stroom.read(BROK):
                bestand.write(brok)
                som.update(brok)
                grootte += len(brok)
            bestand.flush()
            os.fsync(bestand.fileno())
        _naar_schijf(pad.parent)
    except BaseException:
        pad.unlink(missing_ok=True)
        raise
    return Geborgen(naam, grootte, som.hexdigest())


def verwijder(geborgen: Geborgen) -> None:
    """Take a file away again whose row was not made."""
    Path(default_storage.path(geborgen.naam)).unlink(missing_ok=True)


def verwijder_namen(namen: Iterable[str]) -> None:
    """Take away files whose rows let go of them. What cannot be removed now is a file without a row: `ruim_op` finds it."""
    for naam in namen:
        try:
            Path(default_storage.path(naam)).unlink(missing_ok=True)
        except OSError as fout:
            log.error("Het gewiste bestand %s kan nog niet van de schijf: %s", naam, fout)


def open_heel(stuk: Bewijsstuk) -> BinaryIO:
    """The file of this document, to read, at its begin. Raises Beschadigd when it is not, to the bit, what was stored."""
    try:
        bestand = open(default_storage.path(stuk.bestand.name), "rb")  # noqa: SIM115, the answer closes it
    except OSError as fout:
        raise Beschadigd(f"{stuk.bestand.name}: {fout}") from fout
    if hashlib.file_digest(bestand, "sha256").hexdigest() != stuk.sha256:
        bestand.close()
        raise Beschadigd(f"{stuk.bestand.name}: het controlegetal klopt niet")
    bestand.seek(0)
    return bestand


def ruim_op(*, hoogstens: int | None = HOOGSTENS_WEZEN) -> list[str]:
    """Remove the files that have been without a row for an hour; their names. Never touches a row.

    Raises TeVeelWezen, and removes nothing, when there are more than `hoogstens` (None: as many as there are).
    """
    grens = time.time() - WEES_NA
    oud = {naam for naam, gewijzigd in _bestanden() if gewijzigd < grens}
    # Rows after files: whoever stored something in between is seen.
    wezen = sorted(oud - set(Bewijsstuk.objects.exclude(bestand="").values_list("bestand", flat=True)))
    if hoogstens is not None and len(wezen) > hoogstens:
        raise TeVeelWezen(len(wezen))
    for naam in wezen:
        Path(default_storage.path(naam)).unlink(missing_ok=True)
        log.warning("Bestand zonder bewijsstuk verwijderd: %s", naam)
    return wezen


def ruim_op_terloops() -> None:
    """The same, after an upload: whatever goes wrong with it is not the visitor's."""
    try:
        ruim_op()
    except TeVeelWezen as fout:
        log.error("%s Kijk met: manage.py opruimen", fout)
    except OSError as fout:
        log.error("Opruimen van documenten lukt niet: %s", fout)


def beschadigde() -> Iterator[tuple[Bewijsstuk, str]]:
    """The documents whose file is gone or changed, with what is wrong."""
    stukken: Iterable[Bewijsstuk] = Bewijsstuk.objects.exclude(bestand="").select_related("dossier__gemeente")
    for stuk in stukken.iterator():
        try:
            open_heel(stuk).close()
        except Beschadigd as fout:
            yield stuk, str(fout)


def _bestanden() -> Iterator[tuple[str, float]]:
    """Every stored file: its name, and when it was written."""
    wortel = Path(default_storage.path(MAP))
    for pad in wortel.glob("??/*"):
        try:
            yield f"{MAP}/{pad.relative_to(wortel).as_posix()}", pad.stat().st_mtime
        except FileNotFoundError:  # removed meanwhile by whoever wrote it
            continue


def _maak_map(pad: Path) -> None:
    """Make the folder, and force the names of the new ones to the disk."""
    nieuw = []
    while not pad.exists():
        nieuw.append(pad)
        pad = pad.parent
    for map_ in reversed(nieuw):
        map_.mkdir(mode=0o700, exist_ok=True)
        _naar_schijf(map_.parent)


def _naar_schijf(map_: Path) -> None:
    beschrijving = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(beschrijving)
    finally:
        os.close(beschrijving)
