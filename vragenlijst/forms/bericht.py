"""What a page sends by itself, in JSON: the parts that every such message has. Each raises ValidationError with a Dutch sentence."""

import json
import math
from uuid import UUID

from django.core.exceptions import ValidationError

from regio.tekst import bezwaar_tegen
from vragenlijst.inhoud import MAX_TEKST

MAX_REDEN = 2_000
HOOGSTE_VERSIE = 2**31 - 1
ONLEESBAAR = "Het bericht is geen leesbare JSON."
ONJUIST = "Het bericht heeft niet de afgesproken vorm: {}."


def json_van(lading: bytes):
    try:
        return json.loads(lading.decode("utf-8"), parse_constant=_geen_getal)
    except (ValueError, RecursionError) as fout:
        raise ValidationError(ONLEESBAAR) from fout


def _geen_getal(naam: str):
    raise ValueError(naam)  # NaN and Infinity are not JSON


def velden_van(waarde, vereist: set[str], mogelijk: set[str], naam: str) -> dict:
    if not isinstance(waarde, dict):
        raise ValidationError(ONJUIST.format(f"'{naam}' is geen object"))
    if ontbreekt := vereist - waarde.keys():
        raise ValidationError(ONJUIST.format(f"in '{naam}' ontbreekt '{min(ontbreekt)}'"))
    if waarde.keys() - vereist - mogelijk:
        raise ValidationError(ONJUIST.format(f"'{naam}' heeft een veld dat er niet hoort"))
    return waarde


def sleutel_van(waarde) -> UUID:
    try:
        if isinstance(waarde, str) and len(waarde) == 36:
            return UUID(waarde)
    except ValueError:
        pass
    raise ValidationError(ONJUIST.format("'sleutel' is geen UUID"))


def versie_van(waarde) -> int:
    if type(waarde) is float and math.isfinite(waarde) and waarde.is_integer():
        waarde = int(waarde)
    if type(waarde) is not int or not 0 <= waarde <= HOOGSTE_VERSIE:
        raise ValidationError(ONJUIST.format("'versie' is geen versienummer"))
    return waarde


def tekst_van(waarde, naam: str, hoogstens: int = MAX_TEKST) -> str:
    if not isinstance(waarde, str):
        raise ValidationError(ONJUIST.format(f"'{naam}' is geen tekst"))
    tekst = waarde.replace("\r\n", "\n").replace("\r", "\n").strip()
    if bezwaar := bezwaar_tegen(tekst):
        raise ValidationError(bezwaar)
    if len(tekst) > hoogstens:
        raise ValidationError(f"Deze tekst telt {len(tekst)} tekens; er passen er {hoogstens}. Kort de tekst in.")
    return tekst
