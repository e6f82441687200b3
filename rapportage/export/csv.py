"""CSV as a Dutch Excel opens it by itself: semicolons, UTF-8 that says so, line ends of Windows. Pure; streams."""

import csv
import io
from collections.abc import Iterable, Iterator

from rapportage.export.cellen import Cel, onschadelijk

SCHEIDING = ";"
MERK = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252
MEDIATYPE = "text/csv; charset=utf-8"


def stroom(kop: Iterable[str], rijen: Iterable[Iterable[Cel]]) -> Iterator[bytes]:
    """The file in pieces, a row at a time."""
    regel = io.StringIO()
    schrijver = csv.writer(regel, delimiter=SCHEIDING, lineterminator="\r\n")
    regel.write(MERK)
    schrijver.writerow(map(onschadelijk, kop))
    yield _leeg(regel)
    for rij in rijen:
        schrijver.writerow(map(onschadelijk, rij))
        yield _leeg(regel)


def inhoud(kop: Iterable[str], rijen: Iterable[Iterable[Cel]]) -> bytes:
    return b"".join(stroom(kop, rijen))


def _leeg(regel: io.StringIO) -> bytes:
    stuk = regel.getvalue().encode()
    regel.seek(0)
    regel.truncate()
    return stuk
