"""Has a Drukwerk printed by a press in a process of its own, with no more time and memory than a report may take.

The process gets no secrets, no settings and no database: its environment is written here, its input is the Drukwerk. What it
cannot print is refused with a sentence; the log has the rest.
"""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rapportage.drukpers import GEHEUGEN, WEIGERING, Drukwerk, GeweigerdeBron, NietGedrukt

PERS = (sys.executable, "-P", "-m", "rapportage.drukpers")
CHECKOUT = Path(__file__).resolve().parent.parent

# Measured: 16 pages take 1.6 s and 260 MB of address space, 74 pages 6 s and 440 MB, 206 pages 570 MB.
REKENTIJD = 25  # seconds of processor time: the same for a busy machine, and kept by the kernel when the parent is gone
SECONDEN = 55  # by the clock, for a press that stands still; shorter than the minute that proxies wait for us
RUIMTE = 3 * 1024**3 // 2  # bytes of address space

# What finding libraries and fonts may need; nothing else of our environment goes along.
MEE = ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")

TE_LANG = "Het drukken duurde te lang en is gestopt. Probeer het later opnieuw, of kort de tekst in."
TE_GROOT = "Het drukken vroeg te veel geheugen en is gestopt. Kort de tekst in."
MISLUKT = "Het drukken is mislukt; de fout is vastgelegd. Probeer het opnieuw, en meld het aan de beheerder als het weer gebeurt."

log = logging.getLogger(__name__)


def druk_af(drukwerk: Drukwerk, *, stand: Path | None = None, geduld: int = 1) -> bytes:
    """The PDF. Raises NietGedrukt, with a sentence, when the press refuses, overruns its limits or breaks down.

    `stand` is a file in which the press says how far it is; `geduld` is how many times the usual time it gets, where nobody
    waits for the answer.
    """
    with TemporaryDirectory(prefix="drukpers-") as werkmap:
        try:
            klaar = subprocess.run(  # noqa: S603 (our own module, and numbers)
                (*PERS, str(REKENTIJD * geduld), str(RUIMTE), *([str(stand)] if stand else [])),
                input=drukwerk.ingepakt(),
                capture_output=True,
                timeout=SECONDEN * geduld,
                cwd=werkmap,
                env=omgeving(werkmap),
                check=False,
            )
        except subprocess.TimeoutExpired as fout:
            log.warning("De drukpers is na %s seconden gestopt.", SECONDEN * geduld)
            raise NietGedrukt(TE_LANG) from fout
        except OSError as fout:
            log.exception("De drukpers kon niet starten.")
            raise NietGedrukt(MISLUKT) from fout
    if klaar.returncode == 0:
        return klaar.stdout
    if klaar.returncode == WEIGERING:
        raise GeweigerdeBron(klaar.stdout.decode())
    klacht = klaar.stderr.decode(errors="replace")[-4000:]
    log.error("De drukpers stopte met code %s. %s", klaar.returncode, klacht)
    raise NietGedrukt(_zin(klaar.returncode, klacht))


def _zin(code: int, klacht: str) -> str:
    if code == -signal.SIGXCPU:
        return TE_LANG
    # C libraries say "failed to allocate" and abort; the kernel that runs out of memory kills.
    if code in (GEHEUGEN, -signal.SIGKILL) or "allocate" in klacht:
        return TE_GROOT
    return MISLUKT


def omgeving(werkmap: str) -> dict[str, str]:
    mee = {naam: os.environ[naam] for naam in MEE if naam in os.environ}
    return mee | {"LANG": "C.UTF-8", "TMPDIR": werkmap, "PYTHONPATH": str(CHECKOUT)}
