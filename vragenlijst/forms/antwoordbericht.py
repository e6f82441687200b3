"""One answer as the page sends it by itself: JSON in, the same content out as the ordinary form would give."""

from dataclasses import dataclass, fields
from uuid import UUID

from django.core.exceptions import ValidationError

from vragenlijst.forms.bericht import MAX_REDEN, ONJUIST, json_van, sleutel_van, tekst_van, velden_van, versie_van
from vragenlijst.forms.vraagvelden import MAX_RIJEN, Gemeenteveld, Horizonveld
from vragenlijst.inhoud import MAX_THEMA, Inhoud

MAX_BERICHT = 512 * 1024  # bytes: forty full rows of the longest characters and the longest notes fit
MAX_PARTIJ, MAX_AFSPRAAK = 200, 2_000


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
    bericht = velden_van(json_van(lading), {"sleutel", "vraag", "versie", "inhoud"}, {"reden"}, "bericht")
    return Antwoordbericht(
        sleutel=sleutel_van(bericht["sleutel"]),
        vraag=tekst_van(bericht["vraag"], "vraag", 20),
        versie=versie_van(bericht["versie"]),
        inhoud=_inhoud(bericht["inhoud"]),
        reden=tekst_van(bericht.get("reden", ""), "reden", MAX_REDEN),
    )


def _inhoud(waarde) -> Inhoud:
    velden = velden_van(waarde, set(), {veld.name for veld in fields(Inhoud)}, "inhoud")
    return Inhoud(
        keuze=tekst_van(velden.get("keuze", ""), "keuze", 200),
        tekst=tekst_van(velden.get("tekst", ""), "tekst"),
        gemeente=_gemeente(velden.get("gemeente", "")),
        rijen=_rijen(velden.get("rijen", [])),
        toelichting=tekst_van(velden.get("toelichting", ""), "toelichting"),
        citaat=tekst_van(velden.get("citaat", ""), "citaat"),
        intentie=tekst_van(velden.get("intentie", ""), "intentie"),
        horizon=_datum(velden.get("horizon", "")),
        thema=tekst_van(velden.get("thema", ""), "thema", MAX_THEMA),
    )


def _datum(waarde) -> str:
    """The date or the last day of the period that was typed, as jjjj-mm-dd."""
    datum = Horizonveld(required=False).clean(tekst_van(waarde, "horizon", 40))
    return datum.isoformat() if datum else ""


def _gemeente(waarde) -> str:
    """The CBS code of what was typed: a name, a code, or both as the list offers them."""
    tekst = tekst_van(waarde, "gemeente", 120)
    veld = Gemeenteveld(lijst="", required=False)
    return veld.clean(tekst)


def _rijen(waarde) -> tuple[tuple[str, str], ...]:
    if not isinstance(waarde, list) or not all(isinstance(rij, list) and len(rij) == 2 for rij in waarde):
        raise ValidationError(ONJUIST.format("'rijen' is geen lijst van paren"))
    if len(waarde) > MAX_RIJEN:
        raise ValidationError(f"Er passen {MAX_RIJEN} regels; dit zijn er {len(waarde)}.")
    rijen = (
        (tekst_van(partij, "partij", MAX_PARTIJ), tekst_van(wat, "afspraak", MAX_AFSPRAAK)) for partij, wat in waarde
    )
    return tuple(rij for rij in rijen if any(rij))
