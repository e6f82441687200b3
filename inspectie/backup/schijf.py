"""Writing files so that they are really there, and reading them back to the bit. Pure, no Django."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

BROK = 256 * 1024


class Som(NamedTuple):
    """What a file is: how long, and its SHA-256."""

    grootte: int
    sha256: str


def schrijf(pad: Path, brokken: Iterable[bytes]) -> Som:
    """Make a new file of these pieces, for its owner only. When this returns it is on the disk."""
    som, grootte = hashlib.sha256(), 0
    with os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as bestand:
        for brok in brokken:
            bestand.write(brok)
            som.update(brok)
            grootte += len(brok)
        bestand.flush()
        os.fsync(bestand.fileno())
    return Som(grootte, som.hexdigest())


def lees(pad: Path) -> Iterator[bytes]:
    with pad.open("rb") as bestand:
        while brok := bestand.read(BROK):
            yield brok


def som_van(pad: Path) -> Som:
    som, grootte = hashlib.sha256(), 0
    for brok in lees(pad):
        som.update(brok)
        grootte += len(brok)
    return Som(grootte, som.hexdigest())


def maak_map(pad: Path) -> None:
    """Make this folder and those above it, for their owner only, where they are not there yet; their names are on the disk."""
    if pad.is_dir():
        return
    maak_map(pad.parent)
    pad.mkdir(mode=0o700, exist_ok=True)
    naar_schijf(pad.parent)


def naar_schijf(map_: Path) -> None:
    """Force the names in a folder to the disk."""
    beschrijving = os.open(map_, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(beschrijving)
    finally:
        os.close(beschrijving)
