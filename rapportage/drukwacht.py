"""Has one order printed, in a process of its own that nobody waits for, and leaves the result in the folder of the order.

`python -m rapportage.drukwacht MAP`, started by `drukkerij`. It knows no Django and gets no secrets. As long as it lives it has
a lock on the file `slot`: who finds that free, and no result, knows that it was broken off. No more than `PERSEN` of them
print at a time, whatever the number of web processes that start them.
"""

import fcntl
import os
import sys
import time
from pathlib import Path
from typing import IO

from rapportage import drukker
from rapportage.drukpers import Drukwerk, NietGedrukt

PERSEN = 2
GEDULD = 10  # times the time that a report may take while a browser waits for it
WACHT = 0.2  # seconds between looking for a free press
PAK, STAND, PDF, FOUT, SLOT = "pak", "stand", "rapport.pdf", "fout", "slot"


def grendel(pad: Path) -> IO | None:
    """The file, locked for as long as it is open; None when another process has it."""
    bestand = pad.open("a")
    try:
        fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        bestand.close()
        return None
    return bestand


def main(map_: Path) -> None:
    slot = grendel(map_ / SLOT)
    if slot is None or (map_ / PDF).exists():
        return
    pers = _vrije_pers(map_.parent)
    with slot, pers:
        try:
            drukwerk = Drukwerk.uitgepakt((map_ / PAK).read_bytes())
            schrijf(map_ / PDF, drukker.druk_af(drukwerk, stand=map_ / STAND, geduld=GEDULD))
        except NietGedrukt as weigering:
            schrijf(map_ / FOUT, str(weigering).encode())


def _vrije_pers(map_: Path) -> IO:
    while True:
        for nummer in range(PERSEN):
            if pers := grendel(map_ / f"pers-{nummer}"):
                return pers
        time.sleep(WACHT)


def schrijf(pad: Path, inhoud: bytes) -> None:
    """All of it or nothing."""
    deel = pad.with_suffix(f".{os.getpid()}")
    deel.write_bytes(inhoud)
    deel.replace(pad)


if __name__ == "__main__":
    if os.fork():  # who started us need not wait, nor bury us
        os._exit(0)
    main(Path(sys.argv[1]))
