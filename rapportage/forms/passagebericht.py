"""A passage as the page sends it by itself: JSON in, the same text out as the ordinary form would give."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from rapportage.forms.rapport import MAX_PASSAGE
from vragenlijst.forms.bericht import ONJUIST, json_van, sleutel_van, tekst_van, velden_van, versie_van

MAX_BERICHT = 4 * MAX_PASSAGE + 1_000  # bytes: the longest text in the longest characters


@dataclass(frozen=True)
class Passagebericht:
    """`sleutel` names the change, `versie` the text that it was typed over."""

    sleutel: UUID
    versie: int
    tekst: str


def lees_passagebericht(lading: bytes) -> Passagebericht:
    """What was sent. Raises ValidationError with a Dutch sentence when it is not what was agreed."""
    bericht = velden_van(json_van(lading), {"sleutel", "vraag", "versie", "inhoud"}, {"reden"}, "bericht")
    if bericht["vraag"] != "tekst":
        raise ValidationError(ONJUIST.format("'vraag' is niet 'tekst'"))
    inhoud = velden_van(bericht["inhoud"], set(), {"tekst"}, "inhoud")
    return Passagebericht(
        sleutel=sleutel_van(bericht["sleutel"]),
        versie=versie_van(bericht["versie"]),
        tekst=tekst_van(inhoud.get("tekst", ""), "tekst", MAX_PASSAGE),
    )
