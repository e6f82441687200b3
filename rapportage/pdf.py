"""Rapportdocument, or a template → HTML, with style sheets, fonts and charts beside it → PDF, which `drukker` has printed elsewhere."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from itertools import count
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from . import drukker, opmaak
from .document import Databestand, Grafiek, Kop, Lijst, Post, Rapportdocument, Tabel, Tekst
from .drukpers import SCHEMA, Drukwerk

STIJLBLADEN = Path("static/rapportage/pdf")
LETTERMAP = Path("node_modules/@fontsource/fira-sans/files")
SNEDEN = ("300-normal", "400-normal", "400-italic", "600-normal")
TEKENSETS = ("latin", "latin-ext")

KORTE_TABEL = 5  # rows of a table that is kept on one page, with its caption and note

# Characters that Fira Sans lacks and that say the same in another way.
VERVANGING = str.maketrans(
    {"\u2011": "-", "\u202f": "\u00a0", "\u2009": "\u00a0", "\u2060": "", "\u200b": "", "\ufeff": "", "\u00ad": ""}
    | {"→": "›", "←": "‹", "≥": "&gt;=", "≤": "&lt;=", "≠": "&lt;&gt;", "✓": "v", "☐": "–"}
)

Middelen = dict[str, tuple[str, bytes]]


def html_van(rapport: Rapportdocument) -> str:
    """The HTML that is printed, for tests and for looking at; its addresses only mean something to the press."""
    return _html_en_beelden(rapport)[0]


def pdf_van(rapport: Rapportdocument, bijlagen: Sequence[Databestand] = ()) -> bytes:
    """The report as PDF/UA-1 and PDF/A-3a, with `bijlagen` embedded as its data; printed in a process of its own.

    Raises NietGedrukt with a sentence, among others when the text or a chart refers to anything outside the document.
    """
    return drukker.druk_af(drukwerk_van(rapport, bijlagen))


def drukwerk_van(rapport: Rapportdocument, bijlagen: Sequence[Databestand] = ()) -> Drukwerk:
    """All that the press needs to print this report."""
    html, beelden = _html_en_beelden(rapport)
    return Drukwerk(html, rapport.datum, _vaste_middelen() | beelden | _als_middelen(bijlagen), _ingesloten(bijlagen))


def drukwerk_van_sjabloon(sjabloon: str, context: dict, datum: date, bijlagen: Sequence[Databestand] = ()) -> Drukwerk:
    """Another document than the report, from its own template, in the same letters; `bijlagen` travel inside it."""
    with translation.override("nl"):
        html = _met_koppen_in_orde(_drukbaar(render_to_string(sjabloon, context)))
    return Drukwerk(html, datum, _vaste_middelen() | _als_middelen(bijlagen), _ingesloten(bijlagen))


def _als_middelen(bijlagen: Sequence[Databestand]) -> Middelen:
    return {SCHEMA + bestand.naam: (bestand.mime, bestand.inhoud) for bestand in bijlagen}


def _ingesloten(bijlagen: Sequence[Databestand]) -> list[tuple[str, str]]:
    return [(bestand.naam, bestand.omschrijving) for bestand in bijlagen]


# HTML


def _html_en_beelden(rapport: Rapportdocument) -> tuple[str, Middelen]:
    beelden: Middelen = {}
    blok = partial(_blok, beelden=beelden)
    hoofdstukken = [
        {
            "nummer": hoofdstuk.nummer,
            "titel": _t(hoofdstuk.titel),
            "inhoud": [blok(deel) for deel in hoofdstuk.inhoud],
            "paragrafen": [
                {
                    "nummer": paragraaf.nummer,
                    "titel": _t(paragraaf.titel),
                    "inhoud": [blok(deel) for deel in paragraaf.inhoud],
                }
                for paragraaf in hoofdstuk.paragrafen
            ],
        }
        for hoofdstuk in rapport.hoofdstukken
    ]
    bijlagen = [
        {"nummer": bijlage.nummer, "titel": _t(bijlage.titel), "inhoud": [blok(deel) for deel in bijlage.inhoud]}
        for bijlage in rapport.bijlagen
    ]
    context = {
        "rapport": {
            "titel": _t(rapport.titel),
            "ondertitel": _t(rapport.ondertitel),
            "nummer": rapport.nummer,
            "datum": rapport.datum,
            "organisatie": _t(rapport.organisatie),
            "omschrijving": _t(rapport.omschrijving),
            "trefwoorden": list(rapport.trefwoorden),
            "status": _t(rapport.status),
            "uitgave": _t(rapport.uitgave),
            "hoofdstukken": hoofdstukken,
            "afkortingen": [(kort, _t(lang)) for kort, lang in rapport.afkortingen],
            "bijlagen": bijlagen,
            "colofon": {
                "regels": [(_t(label), _t(waarde)) for label, waarde in rapport.colofon.regels],
                "slot": _t(rapport.colofon.slot),
            },
        },
        "inhoud": list(_inhoud(rapport)),
    }
    with translation.override("nl"):
        html = render_to_string("rapportage/pdf/rapport.html", context)
    return _met_koppen_in_orde(_met_nootnummers(_drukbaar(html))), beelden


_t = opmaak.typografie


def _inhoud(rapport: Rapportdocument) -> Iterable[dict]:
    """The lines of the contents list; `doel` is the id of the heading without its "kop-"."""
    for hoofdstuk in rapport.hoofdstukken:
        yield _regel(1, hoofdstuk.nummer, hoofdstuk.titel, hoofdstuk.nummer)
        for paragraaf in hoofdstuk.paragrafen:
            yield _regel(2, paragraaf.nummer, paragraaf.titel, paragraaf.nummer)
    if rapport.afkortingen:
        yield _regel(1, "", "Lijst van afkortingen", "afkortingen")
    for bijlage in rapport.bijlagen:
        yield _regel(1, "", f"Bijlage {bijlage.nummer} – {bijlage.titel}", f"bijlage-{bijlage.nummer}")
    yield _regel(1, "", "Colofon", "colofon")


def _regel(niveau: int, nummer: str, titel: str, doel: str) -> dict:
    return {"niveau": niveau, "nummer": nummer, "titel": _t(titel), "doel": doel}


def _blok(blok, beelden: Middelen) -> dict:
    match blok:
        case Tekst(html):
            # Cleaned here, whoever wrote it: this is the last door before paper.
            return {"soort": blok.soort, "html": mark_safe(opmaak.zuiver(html))}  # noqa: S308
        case Kop(titel):
            return {"soort": blok.soort, "titel": _t(titel)}
        case Tabel():
            return {"soort": blok.soort, "tabel": _tabel(blok), "kort": len(blok.rijen) <= KORTE_TABEL}
        case Grafiek():
            bron = f"{SCHEMA}grafiek-{len(beelden) + 1}.svg"
            beelden[bron] = ("image/svg+xml", _drukbaar(blok.svg).encode())
            return {
                "soort": blok.soort,
                "titel": _t(blok.titel),
                "bron": bron,
                "alt": _t(blok.alt),
                "bijeen": _is_laag(blok.svg),
                "tabel": _tabel(replace(blok.tabel, bijschrift="Cijfers bij figuur")),
            }
        case Lijst(posten):
            return {"soort": blok.soort, "posten": [_post(post) for post in posten]}
    raise TypeError(f"Onbekend blok in het rapport: {blok!r}")


def _is_laag(svg: str) -> bool:
    """Whether a chart leaves room for its figures on the same page: up to three bars does, a row of norms does not."""
    maten = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    return bool(maten) and 3 * int(maten[2]) <= int(maten[1])


def _post(post: Post) -> dict:
    return {
        "code": post.code,
        "tekst": _t(post.tekst),
        "regels": [(label, _t(waarde)) for label, waarde in post.regels],
        "vervolg": post.vervolg,
    }


def _tabel(tabel: Tabel) -> dict:
    if not tabel.rijen:
        tabel = replace(tabel, rijen=[("Geen gegevens", *("–" for _ in tabel.kolommen[1:]))])
    getallen = tabel.getalkolommen
    return {
        "bijschrift": _t(tabel.bijschrift),
        "noot": _t(tabel.noot),
        "koppen": [{"titel": _t(titel), "getal": positie in getallen} for positie, titel in enumerate(tabel.kolommen)],
        "kolombreedtes": tabel.breedtes or _kolombreedtes(tabel),
        "regels": [
            (
                _t(str(rij[0])),
                [
                    {"tekst": _t(str(tekst)), "getal": positie in getallen}
                    for positie, tekst in enumerate(rij)
                    if positie
                ],
            )
            for rij in tabel.rijen
        ],
    }


def _kolombreedtes(tabel: Tabel) -> list[int]:
    """Percentages: columns of figures as wide as their longest word, but no more than two thirds together; columns of
    text share what is left in proportion to their longest text, within bounds."""
    getallen, smal, tekst = tabel.getalkolommen, {}, {}
    for positie, titel in enumerate(tabel.kolommen):
        cellen = [str(rij[positie]) for rij in tabel.rijen]
        if positie in getallen:
            # A heading of two words stands on one line, if there is room for it.
            woorden = [titel] if len(tabel.kolommen) < 5 else titel.split()
            smal[positie] = max(12, 1.1 * max(map(len, [*woorden, *cellen])) + 3.5)
        else:
            tekst[positie] = min(60, max(12, *map(len, [titel, *cellen])))
    krimp = min(1, 66 / sum(smal.values())) if smal else 1
    smal = {positie: int(krimp * breedte) for positie, breedte in smal.items()}
    rest = 100 - sum(smal.values())
    tekst = {positie: int(rest * lengte / sum(tekst.values())) for positie, lengte in tekst.items()}
    return [(smal | tekst)[positie] for positie in range(len(tabel.kolommen))]


def _drukbaar(tekst: str) -> str:
    """The text in characters that Fira Sans has.

    Another font would be whatever the machine happens to have, and a character that no font has makes a file that is
    neither PDF/A nor PDF/UA. What has no counterpart is printed as [?], so that a reader sees that something is missing.
    """
    tekst = unicodedata.normalize("NFC", tekst).translate(VERVANGING)
    letters = _letters()
    if letters.issuperset(tekst):
        return tekst
    return re.sub("\ufffd+", "[?]", "".join(teken if teken in letters else "\ufffd" for teken in tekst))


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    sneden = [TTFont(settings.BASE_DIR / LETTERMAP / f"fira-sans-{tekens}-400-normal.woff2") for tekens in TEKENSETS]
    return frozenset("\n\t\r") | {chr(teken) for snede in sneden for teken in snede.getBestCmap()}


def _met_nootnummers(html: str) -> str:
    """Give every note an id, for `pdf_afwerking` to link it to its reference and back."""
    nummers = count(1)

    def nummer(_):
        n = next(nummers)
        return f'<span class="noot" id="noot-{n}">'

    return re.sub(r'<span class="noot">', nummer, html)


def _met_koppen_in_orde(html: str) -> str:
    """No heading skips a level: an analyst's heading may stand directly below a chapter or below a paragraaf."""
    vorige = 0

    def kop(treffer):
        nonlocal vorige
        if not treffer[1]:
            vorige = min(int(treffer[2]), vorige + 1)
        return f"<{treffer[1]}h{vorige}"

    return re.sub(r"<(/?)h([1-6])\b", kop, html)


@lru_cache(maxsize=1)
def _vaste_middelen() -> Middelen:
    """The style sheets and the fonts, read once; the same font files as the web pages use."""
    bladen = (settings.BASE_DIR / STIJLBLADEN).glob("*.css")
    middelen = {SCHEMA + blad.name: ("text/css", blad.read_bytes()) for blad in sorted(bladen)}
    for snede in SNEDEN:
        for tekens in TEKENSETS:
            naam = f"fira-sans-{tekens}-{snede}.woff2"
            middelen[SCHEMA + naam] = ("font/woff2", (settings.BASE_DIR / LETTERMAP / naam).read_bytes())
    return middelen
