"""What a step in a status fixes for good, told before it is taken. Only for steps that reach further than the thing itself."""

from collections import defaultdict
from collections.abc import Callable

from django.db import models

from vragenlijst.models import Ronde


def gevolgen(ding: models.Model, naar: str) -> list[str]:
    """Sentences for who is about to bring `ding` to status `naar`; empty when the step explains itself."""
    return _eigen(ding, naar) + [zin for zeg in _van_boven[ding._meta.model_name, naar] for zin in zeg(ding)]


_van_boven: dict[tuple[str, str], list[Callable[[models.Model], list[str]]]] = defaultdict(list)


def meld_waarschuwing(soort: str, naar: str, zeg: Callable[[models.Model], list[str]]) -> None:
    """For a room above this one, in its `AppConfig.ready`: what this step fixes there."""
    if zeg not in _van_boven[soort, naar]:
        _van_boven[soort, naar].append(zeg)


def _eigen(ding: models.Model, naar: str) -> list[str]:
    if isinstance(ding, Ronde) and (ding.status, naar) == (Ronde.Status.CONCEPT, Ronde.Status.OPEN):
        return [
            f"De vragenlijst, {ding.instrument}, en de peildatum, {ding.peildatum:%d-%m-%Y}, staan daarna vast; "
            "naam, periode en toewijzing blijven te wijzigen.",
            "De inspecteurs vinden hun dossiers vanaf dat moment in Mijn werk.",
            "Een open ronde gaat niet terug naar concept en kan niet meer worden verwijderd.",
        ]
    if isinstance(ding, Ronde) and naar == Ronde.Status.GESLOTEN:
        return [
            "De dossiers en de toewijzing staan daarna vast: niemand wijzigt er nog iets in.",
            "Heropenen kan, met een reden die in de geschiedenis komt.",
        ]
    return []
