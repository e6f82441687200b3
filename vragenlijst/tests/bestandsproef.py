"""Files that tests of documents send, and what is kept of them."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from vragenlijst.tests.factories import PDF


def bestanden(map_: Path) -> list[Path]:
    return sorted(pad for pad in map_.rglob("*") if pad.is_file())


def gekozen(inhoud: bytes = PDF, naam: str = "analyse.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud)
