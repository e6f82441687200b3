"""The words of a dossier's history: what happened as a sentence, and what changed as a difference. Pure, no Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from regio.waarden import leesbaar
from vragenlijst.tekstverschil import GELIJK, NIEUW, WEG, Stuk, stukken

# What somebody did, by kind of thing and kind of event; `{ding}` is where the thing is named, as a link.
ZINNEN = {
    ("interview", "gemaakt"): "plande {ding}",
    ("interview", "gewijzigd"): "wijzigde de planning van {ding}",
    ("interview", "uitvoer"): "zette {ding} in de agenda",
    ("interview", "inzage"): "zag de namen van de gesprekspartners van {ding}",
    ("bevinding", "gemaakt"): "legde {ding} vast",
    ("bevinding", "gewijzigd"): "herzag {ding}",
    ("beoordeling", "gemaakt"): "gaf {ding} het oordeel ‘{naar}’",
    ("beoordeling", "gewijzigd"): "veranderde het oordeel over {ding} van ‘{van}’ in ‘{naar}’",
    ("bewijsstuk", "gemaakt"): "legde {ding} vast",
    ("opmerking", "gemaakt"): "plaatste {ding}",
    ("uitzondering", "gemaakt"): "legde vast wat ontbreekt: {ding}",
    ("uitzondering", "gewijzigd"): "legde opnieuw vast wat ontbreekt: {ding}",
    ("intentie", "gemaakt"): "legde {ding} vast",
    ("opvolging", "gemaakt"): "legde vast wat er werd van {ding}: {naar}",
    ("opvolging", "gewijzigd"): "wijzigde wat er werd van {ding}: {naar}",
    ("dossier", "gewijzigd"): "wijzigde de toewijzing van {ding}",
}
# Where the sentence hangs on what it came to.
ZINNEN_NAAR = {
    ("opmerking", "afgehandeld"): "handelde {ding} af",
    ("opmerking", "open"): "heropende {ding}",
    ("opmerking", "ingetrokken"): "trok {ding} in",
    ("uitzondering", "teruggehaald"): "haalde terug wat apart was gezet: {ding}",
    ("intentie", "ingetrokken"): "trok {ding} in",
}
ANDERS = {
    "gemaakt": "maakte {ding}",
    "gewijzigd": "wijzigde {ding}",
    "status": "bracht {ding} van ‘{van}’ naar ‘{naar}’",
    "uitvoer": "downloadde {ding}",
    "inzage": "zag persoonsgegevens in {ding}",
    "gewist": "wiste de persoonsgegevens in {ding}",
}
# What the reason of an event is called.
REDENEN = {"bevinding": "Motivatie", "beoordeling": "Motivering", "opmerking": "Opmerking", "opvolging": "Toelichting"}
REDEN = "Reden"

KORT = 60  # characters: two values no longer than this stand side by side, whole


@dataclass(frozen=True)
class Verschil:
    """What changed in one field."""

    naam: str
    stukken: list[Stuk] = field(default_factory=list)


def zin(ding_soort: str, soort: str, van: str = "", naar: str = "") -> tuple[str, str]:
    """What somebody did: the words before the thing and those behind it."""
    if (ding_soort, naar) in ZINNEN_NAAR:
        wat = ZINNEN_NAAR[ding_soort, naar]
    elif ding_soort == "beoordeling" and soort == "gewijzigd" and van == naar:
        wat = "motiveerde het oordeel ‘{naar}’ over {ding} opnieuw"
    else:
        wat = ZINNEN.get((ding_soort, soort), ANDERS[soort])
    voor, _, na = wat.partition("{ding}")
    woorden = {"van": van.replace("_", " "), "naar": naar.replace("_", " ")}
    return voor.format(**woorden), na.format(**woorden)


def verschillen(wijzigingen: Mapping[str, list], namen: Mapping[str, str]) -> Iterator[Verschil]:
    """Per field what changed; `namen` says what the codes of choices and municipalities in an answer are called."""
    for veld, (oud, nieuw) in wijzigingen.items():
        if isinstance(oud, dict) or isinstance(nieuw, dict):
            voor, na = _in_woorden(veld, oud or {}, namen), _in_woorden(veld, nieuw or {}, namen)
            for naam in voor:
                if voor[naam] != na[naam]:
                    yield Verschil(naam, vergelijk(voor[naam], na[naam]))
        else:
            yield Verschil(_met_hoofdletter(veld), vergelijk(leesbaar(oud, leeg=""), leesbaar(nieuw, leeg="")))


def vergelijk(oud: str, nieuw: str) -> list[Stuk]:
    """A value that only came is plain text; two short ones stand whole; long texts are compared word by word."""
    if not oud:
        return [Stuk(GELIJK, nieuw)]
    if len(oud) <= KORT and len(nieuw) <= KORT and oud != nieuw:
        return [stuk for stuk in (Stuk(WEG, oud), Stuk(NIEUW, nieuw)) if stuk.tekst]
    return stukken(oud, nieuw)


def _in_woorden(veld: str, inhoud: Mapping, namen: Mapping[str, str]) -> dict[str, str]:
    """An answer or a finding (`veld` says which) as it was stored, in the words of a reader."""
    code = inhoud.get("keuze") or inhoud.get("gemeente") or ""
    rijen = "\n".join(f"{partij or 'partij niet genoemd'}: {wat or '–'}" for partij, wat in inhoud.get("rijen", ()))
    return {
        _met_hoofdletter(veld): namen.get(code, code) or inhoud.get("tekst", "") or rijen,
        "Toelichting": inhoud.get("toelichting", ""),
        "Citaat": inhoud.get("citaat", ""),
        "Thema": inhoud.get("thema", ""),
    }


def _met_hoofdletter(naam: str) -> str:
    return naam[:1].upper() + naam[1:]
