"""One answer as the page sends it by itself: JSON in, the same content out as the ordinary form would give."""

import json
import math
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from regio.tekst import bezwaar_tegen
from vragenlijst.forms.vraagvelden import MAX_RIJEN, Gemeenteveld
from vragenlijst.inhoud import MAX_TEKST, Inhoud

MAX_BERICHT = 512 * 1024  # bytes: forty full rows of the longest characters and the longest notes fit
MAX_PARTIJ, MAX_AFSPRAAK, MAX_REDEN = 200, 2_000, 2_000
HOOGSTE_VERSIE = 2**31 - 1
ONLEESBAAR = "Het bericht is geen leesbare JSON."
ONJUIST = "Het bericht heeft niet de afgesproken vorm: {}."


@dataclass(frozen=True)
class Antwoordbericht:
    """Who sends decides nothing here: `sleutel` names the change, `versie` the answer that it was typed over."""

    sleutel: UUID
    vraag: str
    versie: int
    inhoud: Inhoud
    reden: str = ""


def lees_bericht(lading: bytes) -> Antwoordbericht:
    """What was sent, with spaces and line ends as the ordinary form leaves them.

    Raises ValidationError with a Dutch sentence when it is not what was agreed. Whether the content fits the question is for
    `antwoord_opslaan` to say.
    """
    bericht = _velden(_json(lading), {"sleutel", "vraag", "versie", "inhoud"}, {"reden"}, "bericht")
    return Antwoordbericht(
        sleutel=_sleutel(bericht["sleutel"]),
        vraag=_tekst(bericht["vraag"], "vraag", 20),
        versie=_versie(bericht["versie"]),
        inhoud=_inhoud(bericht["inhoud"]),
        reden=_tekst(bericht.get("reden", ""), "reden", MAX_REDEN),
    )


def _json(lading: bytes):
    try:
        return json.loads(lading.decode("utf-8"), parse_constant=_geen_getal)
    except (ValueError, RecursionError) as fout:
        raise ValidationError(ONLEESBAAR) from fout


def _geen_getal(naam: str):
    raise ValueError(naam)  # NaN and Infinity are not JSON


def _velden(waarde, vereist: set[str], mogelijk: set[str], naam: str) -> dict:
    if not isinstance(waarde, dict):
        raise ValidationError(ONJUIST.format(f"'{naam}' is geen object"))
    if ontbreekt := vereist - waarde.keys():
        raise ValidationError(ONJUIST.format(f"in '{naam}' ontbreekt '{min(ontbreekt)}'"))
    if waarde.keys() - vereist - mogelijk:
        raise ValidationError(ONJUIST.format(f"'{naam}' heeft een veld dat er niet hoort"))
    return waarde


def _sleutel(waarde) -> UUID:
    try:
        if isinstance(waarde, str) and len(waarde) == 36:
            return UUID(waarde)
    except ValueError:
        pass
    raise ValidationError(ONJUIST.format("'sleutel' is geen UUID"))


def _versie(waarde) -> int:
    if type(waarde) is float and math.isfinite(waarde) and waarde.is_integer():
        waarde = int(waarde)
    if type(waarde) is not int or not 0 <= waarde <= HOOGSTE_VERSIE:
        raise ValidationError(ONJUIST.format("'versie' is geen versienummer"))
    return waarde


def _tekst(waarde, naam: str, hoogstens: int = MAX_TEKST) -> str:
    if not isinstance(waarde, str):
        raise ValidationError(ONJUIST.format(f"'{naam}' is geen tekst"))
    tekst = waarde.replace("\r\n", "\n").replace("\r", "\n").strip()
    if bezwaar := bezwaar_tegen(tekst):
        raise ValidationError(bezwaar)
    if len(tekst) > hoogstens:
        raise ValidationError(f"Deze tekst telt {len(tekst)} tekens; er passen er {hoogstens}. Kort de tekst in.")
    return tekst


def _inhoud(waarde) -> Inhoud:
    velden = _velden(waarde, set(), {"keuze", "tekst", "gemeente", "rijen", "toelichting", "citaat"}, "inhoud")
    return Inhoud(
        keuze=_tekst(velden.get("keuze", ""), "keuze", 200),
        tekst=_tekst(velden.get("tekst", ""), "tekst"),
        gemeente=_gemeente(velden.get("gemeente", "")),
        rijen=_rijen(velden.get("rijen", [])),
        toelichting=_tekst(velden.get("toelichting", ""), "toelichting"),
        citaat=_tekst(velden.get("citaat", ""), "citaat"),
    )


def _gemeente(waarde) -> str:
    """The CBS code of what was typed: a name, a code, or both as the list offers them."""
    tekst = _tekst(waarde, "gemeente", 120)
    veld = Gemeenteveld(lijst="", required=False)
    return veld.clean(tekst)


def _rijen(waarde) -> tuple[tuple[str, str], ...]:
    if not isinstance(waarde, list) or not all(isinstance(rij, list) and len(rij) == 2 for rij in waarde):
        raise ValidationError(ONJUIST.format("'rijen' is geen lijst van paren"))
    if len(waarde) > MAX_RIJEN:
        raise ValidationError(f"Er passen {MAX_RIJEN} regels; dit zijn er {len(waarde)}.")
    rijen = ((_tekst(partij, "partij", MAX_PARTIJ), _tekst(wat, "afspraak", MAX_AFSPRAAK)) for partij, wat in waarde)
    return tuple(rij for rij in rijen if any(rij))
