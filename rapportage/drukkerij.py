"""Long reports are printed in the background: an order in a folder, found again by what is in it.

All is in files below MEDIA_ROOT, so it does not matter which web process asks. The name of an order is the SHA-256 of all that the
press gets: the same text and data are the same order, and are printed once. See `drukwacht` for who prints.
"""

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from rapportage import drukker, drukwacht
from rapportage.drukpers import Drukwerk, NietGedrukt
from rapportage.drukwacht import FOUT, PAK, PDF, SLOT, STAND

MAP = "drukwerk"
WACHTER = (sys.executable, "-P", "-m", "rapportage.drukwacht")
BEWAAR = 24 * 3600  # seconds that an order is kept after it was last asked
HOOGSTENS = 20  # orders at a time: what is asked more than that is refused, what is older goes
OPSTARTTIJD = 10  # seconds that a new process may take before it has its lock
DRUK = "Er worden al veel rapporten gemaakt. Probeer het over een paar minuten opnieuw."
AFGEBROKEN = "Het maken van de PDF is afgebroken. Probeer het opnieuw."


@dataclass(frozen=True)
class Stand:
    """How far an order is. `stap` is 0 while it waits for a press, then that of WeasyPrint (1 to 7)."""

    klaar: bool = False
    fout: str = ""
    stap: int = 0
    bladzijden: int = 0

    @property
    def bezig(self) -> bool:
        return not self.klaar and not self.fout


def sleutel_van(pak: bytes) -> str:
    return sha256(pak).hexdigest()


def bestel(drukwerk: Drukwerk, voor: str) -> str:
    """Have this printed, unless it is already or is being; the key of the order. `voor` says for whom it is (`is_voor`).

    Raises NietGedrukt when too much is being printed already.
    """
    pak = drukwerk.ingepakt()
    sleutel = sleutel_van(pak + voor.encode())
    map_ = _map() / sleutel
    if (stand := stand_van(sleutel)) and not stand.fout:
        map_.touch()
        return sleutel
    _ruim_op()
    if sum(1 for ander in _mappen() if (s := stand_van(ander.name)) and s.bezig) >= HOOGSTENS:
        raise NietGedrukt(DRUK)
    map_.mkdir(parents=True, exist_ok=True, mode=0o700)
    for oud in (FOUT, STAND):
        (map_ / oud).unlink(missing_ok=True)
    drukwacht.schrijf(map_ / "voor", voor.encode())
    drukwacht.schrijf(map_ / PAK, pak)
    _start(map_)
    return sleutel


def _start(map_: Path) -> None:
    """In a session of its own, so that it lives on when the web process is replaced; its log is in the folder."""
    with (map_ / "log").open("ab") as log:
        subprocess.run(  # noqa: S603 (our own module, and our own folder)
            (*WACHTER, str(map_)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=map_,
            env=drukker.omgeving(str(map_)),
            start_new_session=True,
            check=True,
            timeout=OPSTARTTIJD,
        )


def is_voor(sleutel: str, voor: str) -> bool:
    pad = _map() / sleutel / "voor"
    return pad.is_file() and pad.read_text() == voor


def stand_van(sleutel: str) -> Stand | None:
    """How far this order is; None when there is none."""
    map_ = _map() / sleutel
    if not (map_ / PAK).is_file():
        return None
    if (map_ / PDF).is_file():
        return Stand(klaar=True)
    if (map_ / FOUT).is_file():
        return Stand(fout=(map_ / FOUT).read_text())
    if time.time() - (map_ / PAK).stat().st_mtime > OPSTARTTIJD and (vrij := drukwacht.grendel(map_ / SLOT)):
        vrij.close()
        # It may have come ready between the two looks.
        return Stand(klaar=True) if (map_ / PDF).is_file() else Stand(fout=AFGEBROKEN)
    try:
        stap, bladzijden = map(int, (map_ / STAND).read_text().split())
    except FileNotFoundError:
        stap = bladzijden = 0
    return Stand(stap=stap, bladzijden=bladzijden)


def pdf_van(sleutel: str) -> bytes:
    return (_map() / sleutel / PDF).read_bytes()


def _map() -> Path:
    return Path(settings.MEDIA_ROOT) / MAP


def _mappen() -> list[Path]:
    """The orders, the last asked first."""
    mappen = [pad for pad in _map().iterdir() if pad.is_dir()] if _map().is_dir() else []
    return sorted(mappen, key=lambda pad: -pad.stat().st_mtime)


def _ruim_op() -> None:
    """Take away what is old or too much, but never what is being printed."""
    for plek, map_ in enumerate(_mappen()):
        stand = stand_van(map_.name)
        oud = time.time() - map_.stat().st_mtime > BEWAAR
        if (oud or plek >= HOOGSTENS) and not (stand and stand.bezig):
            shutil.rmtree(map_, ignore_errors=True)
