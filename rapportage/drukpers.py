"""The press: HTML and all that it refers to in, PDF out. The one module that knows WeasyPrint; it knows no Django.

`python -m rapportage.drukpers` is the process that `drukker` starts: it limits itself, reads a Drukwerk from stdin and
answers on stdout with the PDF, or with an exit code of its own (WEIGERING, GEHEUGEN) and a sentence.

The result is PDF/UA-1 and PDF/A-3a in one file. Nothing is fetched: the style sheet, the fonts and the charts are in memory
and whatever else a page asks for stops the printing. Nothing depends on the clock or on chance: the same Drukwerk gives the
same bytes.
"""

import gc
import json
import logging
import os
import re
import resource
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as tijd
from functools import partial

from rapportage.pdf_afwerking import bereid_voor, werk_af

SCHEMA = "rapport:"
WEIGERING, GEHEUGEN = 3, 4  # exit codes; Python itself uses 1 and 2


class NietGedrukt(Exception):
    """There is no PDF; the text says why, in a sentence for whoever asked for it."""


class GeweigerdeBron(NietGedrukt):
    """The page asked for something outside the document itself."""


@dataclass(frozen=True)
class Drukwerk:
    """All that the press needs. Addresses begin with SCHEMA and only mean something in here.

    `middelen`: address → (mime, content). `ingesloten`: (name, description) of the files that travel inside the PDF; their
    content is among the middelen.
    """

    html: str
    datum: date
    middelen: Mapping[str, tuple[str, bytes]]
    ingesloten: Sequence[tuple[str, str]] = ()

    def ingepakt(self) -> bytes:
        """One line of JSON that says what follows and how long each piece is, and then the pieces."""
        html = self.html.encode()
        kop = {
            "datum": self.datum.isoformat(),
            "html": len(html),
            "middelen": [(bron, mime, len(inhoud)) for bron, (mime, inhoud) in self.middelen.items()],
            "ingesloten": list(self.ingesloten),
        }
        return b"".join([json.dumps(kop).encode(), b"\n", html, *(inhoud for _, inhoud in self.middelen.values())])

    @classmethod
    def uitgepakt(cls, pak: bytes) -> "Drukwerk":
        regel, _, rest = pak.partition(b"\n")
        kop = json.loads(regel)
        html, plek, middelen = rest[: kop["html"]], kop["html"], {}
        for bron, mime, lengte in kop["middelen"]:
            middelen[bron] = (mime, rest[plek : plek + lengte])
            plek += lengte
        if plek != len(rest):
            raise ValueError("Het drukwerk is niet heel aangekomen.")
        ingesloten = [(naam, omschrijving) for naam, omschrijving in kop["ingesloten"]]
        return cls(html.decode(), date.fromisoformat(kop["datum"]), middelen, ingesloten)


def druk(drukwerk: Drukwerk) -> bytes:
    """The PDF, printed in this process.

    Raises GeweigerdeBron when the page refers to anything outside the Drukwerk, RuntimeError when WeasyPrint would leave
    out something that it cannot read or draw.
    """
    from weasyprint import HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    haal = _ophaler(drukwerk.middelen)
    tijdstip = datetime.combine(drukwerk.datum, tijd(), UTC)
    aanhangsels = [
        Attachment(
            url=SCHEMA + naam,
            url_fetcher=haal,
            name=naam,
            description=omschrijving,
            created=tijdstip,
            modified=tijdstip,
            relationship="Data",
        )
        for naam, omschrijving in drukwerk.ingesloten
    ]
    with _gemelde_fouten() as fouten, _zonder_vuilnisophaling(), warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile for the interpreter to close.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            bladen = HTML(string=drukwerk.html, url_fetcher=haal, base_url=SCHEMA)
            document = bladen.render(font_config=FontConfiguration())
            afwerking = partial(werk_af, boxen=bereid_voor(document))
            inhoud = document.write_pdf(pdf_variant="pdf/a-3a", attachments=aanhangsels, finisher=afwerking)
        except FatalURLFetchingError:
            inhoud = b""
    if haal.geweigerd:
        # Asked afterwards too: inside a picture WeasyPrint lets even a fatal refusal pass, and prints an empty spot.
        raise GeweigerdeBron(f"De tekst verwijst naar {haal.geweigerd[0][:200]!r}, buiten het document.")
    if fouten:
        raise RuntimeError("; ".join(fouten))
    return inhoud


def _ophaler(middelen: Mapping[str, tuple[str, bytes]]):
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Ophaler(URLFetcher):
        """Serves what is in memory and opens nothing: no network, no files, no data addresses."""

        def __init__(self):
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            self.geweigerd = []

        def fetch(self, url, headers=None):
            if url not in middelen:
                self.geweigerd.append(url)
                raise FatalURLFetchingError(url)
            mime, inhoud = middelen[url]
            return URLFetcherResponse(url, inhoud, {"Content-Type": mime})

    return Ophaler()


@contextmanager
def _gemelde_fouten():
    """The errors that WeasyPrint only logs: it goes on without the picture, even when memory ran out while drawing it."""
    fouten: list[str] = []
    opvang = logging.Handler(logging.ERROR)
    opvang.emit = lambda melding: fouten.append(melding.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(opvang)
    try:
        yield fouten
    finally:
        logger.removeHandler(opvang)


@contextmanager
def _zonder_vuilnisophaling():
    """Printing makes millions of objects that all live until the end: looking for garbage among them takes a third of the
    time and finds nothing."""
    stond_aan = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if stond_aan:
            gc.enable()


class _Voortgang(logging.Handler):
    """Writes in a file how far the printing is: the step of WeasyPrint ("Step 5 - Creating layout - Page 7") and the page."""

    STAP = re.compile(r"Step (\d+)(?:.* Page (\d+))?")
    TUSSENPOOS = 0.2  # seconds; a long report has a page every few milliseconds

    def __init__(self, bestand: str):
        super().__init__(logging.INFO)
        self.bestand, self.bladzijden, self.laatst, self.stap = bestand, 0, 0.0, 0

    def emit(self, melding: logging.LogRecord) -> None:
        if not (raak := self.STAP.match(melding.getMessage())):
            return
        stap, nu = int(raak[1]), time.monotonic()
        self.bladzijden = max(self.bladzijden, int(raak[2] or 0))
        if stap == self.stap and nu - self.laatst < self.TUSSENPOOS:
            return
        self.stap, self.laatst = stap, nu
        with open(f"{self.bestand}.nieuw", "w") as uit:
            uit.write(f"{stap} {self.bladzijden}")
        os.replace(f"{self.bestand}.nieuw", self.bestand)


def main(rekentijd: int, geheugen: int, stand: str = "") -> int:
    """Print what comes in on stdin, within so many seconds of processor time and bytes of address space.

    `stand` is a file for saying how far it is.
    """
    if stand:
        voortgang = logging.getLogger("weasyprint.progress")
        voortgang.setLevel(logging.INFO)
        voortgang.addHandler(_Voortgang(stand))
    resource.setrlimit(resource.RLIMIT_AS, (geheugen, geheugen))
    resource.setrlimit(resource.RLIMIT_CPU, (rekentijd, rekentijd + 1))  # SIGXCPU, which says why, before SIGKILL
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an unpublished report is not left behind in a core file
    uitvoer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what some library might print is no part of a PDF
    try:
        antwoord, code = druk(Drukwerk.uitgepakt(sys.stdin.buffer.read())), 0
    except GeweigerdeBron as weigering:
        antwoord, code = str(weigering).encode(), WEIGERING
    except MemoryError:
        antwoord, code = b"", GEHEUGEN
    with uitvoer:
        uitvoer.write(antwoord)
    return code


if __name__ == "__main__":
    einde = main(*map(int, sys.argv[1:3]), *sys.argv[3:])
    # Without taking all those objects apart; the folder with the fonts is for the parent to remove.
    sys.stderr.flush()
    os._exit(einde)
