"""What one version of an instrument says differently from another. Pure, no Django."""

from collections.abc import Iterable
from dataclasses import dataclass

from vragenlijst.instrumentgegeven import Instrumentgegeven, Normgegeven, Vraaggegeven
from vragenlijst.tekstverschil import Stuk, stukken

GELIJK, GEWIJZIGD, NIEUW, VERVALLEN = "gelijk", "gewijzigd", "nieuw", "vervallen"


@dataclass(frozen=True)
class Regel:
    """One field of a thing that reads otherwise."""

    wat: str
    stukken: tuple[Stuk, ...]


@dataclass(frozen=True)
class Verschil:
    """One question or norm in both versions. `heet` is what it says of itself; empty when it has gone."""

    soort: str  # vraag, aandachtspunt
    code: str
    tekst: str
    stand: str
    heet: str
    regels: tuple[Regel, ...]


def verschillen(toen: Instrumentgegeven, nu: Instrumentgegeven) -> list[Verschil]:
    """Every question and norm of either version: those of the later one in its order, then what has gone."""
    return [
        *_vergelijk("vraag", toen.vragen, nu.vragen, _vraag),
        *_vergelijk("aandachtspunt", toen.aandachtspunten, nu.aandachtspunten, _norm),
    ]


def _vergelijk(soort: str, toen: Iterable, nu: Iterable, velden) -> list[Verschil]:
    eerder = {ding.code: ding for ding in toen}
    gevonden = []
    for ding in nu:
        was = eerder.pop(ding.code, None)
        regels = tuple(_regels(velden(was), velden(ding))) if was is not None else ()
        stand = NIEUW if was is None else GEWIJZIGD if regels else GELIJK
        gevonden.append(Verschil(soort, ding.code, ding.tekst, stand, ding.vergelijkbaarheid, regels))
    return gevonden + [Verschil(soort, ding.code, ding.tekst, VERVALLEN, "", ()) for ding in eerder.values()]


def _regels(toen: dict[str, str], nu: dict[str, str]) -> Iterable[Regel]:
    for wat, tekst in nu.items():
        if tekst != toen[wat]:
            yield Regel(wat, tuple(stukken(toen[wat], tekst)))


def _vraag(vraag: Vraaggegeven) -> dict[str, str]:
    return {
        "Vraag": vraag.tekst,
        "Toelichting": vraag.hulp,
        "Soort": vraag.soort,
        "Getal": vraag.getal.in_woorden if vraag.soort == "getal" else "",
        "Keuzes": "; ".join(keuze.naam for keuze in vraag.inhoudelijk),
        "Alleen bij": " = ".join(vraag.voorwaarde) if vraag.voorwaarde else "",
        "Vervolg op": vraag.hoofdvraag,
        "Antwoord": "verplicht" if vraag.verplicht else "niet verplicht",
    }


def _norm(norm: Normgegeven) -> dict[str, str]:
    return {
        "Norm": norm.tekst,
        "In een paar woorden": norm.kort,
        "Gevraagd bewijs": norm.bewijs,
        "Akkoord van": norm.akkoord_door,
        "Stukken": ", ".join(sorted(norm.bewijssoorten)),
        "Vragen": ", ".join(sorted(norm.vragen)),
    }
