"""Codes of questions: V2.3, and V2.3a for what is asked on an answer to it. Pure, no Django."""

import re
from collections.abc import Sequence

from vragenlijst.instrumentgegeven import VRAAGCODE

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Nummering:
    """Names that are codes as ours are kept, when all of them are; otherwise every question gets one."""

    def __init__(self, namen: Sequence[str]):
        self.eigen = all(re.fullmatch(VRAAGCODE, naam) and len(naam) <= 12 for naam in namen) and len(
            set(namen)
        ) == len(namen)
        self.onderdeel = self.nummer = 0
        self.hoofd = ""  # the question that may be followed up: the last one with a number of its own
        self.vervolg: dict[str, str] = {}  # a follow-up and its main question
        self.gegeven: set[str] = set()

    def begin_onderdeel(self, nummer: int) -> None:
        self.onderdeel, self.nummer, self.hoofd = nummer, 0, ""

    def volgende(self, naam: str, hangt_aan: str = "") -> tuple[str, str]:
        """(code, main question) of the next question, which hangs on `hangt_aan`."""
        if self.eigen:
            return naam, ""
        hoofd = self.vervolg.get(hangt_aan, hangt_aan)
        aantal = sum(h == hoofd for h in self.vervolg.values())
        if hoofd and hoofd == self.hoofd and aantal < len(LETTERS):
            code = hoofd + LETTERS[aantal]
            self.vervolg[code] = hoofd
            return code, hoofd
        self.hoofd = self._nieuw()
        return self.hoofd, ""

    def meervoudig(self, naam: str) -> str:
        """The number that the choices of one question share."""
        self.hoofd = ""
        return naam if self.eigen and naam[-1].isdigit() else self._nieuw()

    def letter(self, hoofd: str, plaats: int) -> str:
        """A letter behind the shared number; after z the next number begins."""
        if plaats < len(LETTERS):
            return hoofd + LETTERS[plaats]
        return self._nieuw()

    def _nieuw(self) -> str:
        self.nummer += 1
        return f"V{self.onderdeel}.{self.nummer}"
