"""What a step in a status fixes for good, told before it is taken. Only for steps that reach further than the thing itself."""

from collections import defaultdict
from collections.abc import Callable

from django.db import models

from vragenlijst.models import Instrument, Interview, Ronde
from vragenlijst.queries import antwoorden_van, onderdelen_met_vragen, voortgang
from vragenlijst.queries.instrument import controle

MEESTE_OPMERKINGEN = 10


def gevolgen(ding: models.Model, naar: str) -> list[str]:
    """Sentences for who is about to bring `ding` to status `naar`; empty when the step explains itself."""
    return _eigen(ding, naar) + [zin for zeg in _van_boven[ding._meta.model_name, naar] for zin in zeg(ding)]


_van_boven: dict[tuple[str, str], list[Callable[[models.Model], list[str]]]] = defaultdict(list)


def meld_waarschuwing(soort: str, naar: str, zeg: Callable[[models.Model], list[str]]) -> None:
    """For a room above this one, in its `AppConfig.ready`: what this step fixes there."""
    if zeg not in _van_boven[soort, naar]:
        _van_boven[soort, naar].append(zeg)


def _onbeantwoord(interview: Interview) -> list[str]:
    """What the gesprekspartner will not find in the verslag."""
    stand = voortgang(onderdelen_met_vragen(interview.dossier.ronde.instrument), antwoorden_van(interview))
    open_ = sum(deel.gevraagd - deel.beantwoord for deel in stand)
    if not open_:
        return []
    telling = "1 vraag heeft" if open_ == 1 else f"{open_} vragen hebben"
    return [
        f"{telling} nog geen antwoord. Ook ‘weet niet’ en ‘niet van toepassing’ zijn een antwoord: vul dat in waar het zo is."
    ]


def _opmerkingen(instrument: Instrument) -> list[str]:
    """What Nakijken remarks: in full what this version says of itself against the one before, and how much else there is."""
    alle = [bezwaar for bezwaar in controle(instrument) if not bezwaar.blokkeert]
    voluit = [bezwaar for bezwaar in alle if bezwaar.tegen_vorige][:MEESTE_OPMERKINGEN]
    zinnen = [str(bezwaar) for bezwaar in voluit]
    if rest := len(alle) - len(voluit):
        telling = "staat 1" if rest == 1 else f"staan {rest}"
        wat = " andere" if voluit else ""
        zinnen.append(f"Onder Nakijken {telling}{wat} opmerking{'' if rest == 1 else 'en'}.")
    return zinnen


def _eigen(ding: models.Model, naar: str) -> list[str]:
    if isinstance(ding, Interview) and naar == Interview.Status.TER_ACCORDERING:
        return _onbeantwoord(ding)
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
    if isinstance(ding, Instrument) and (ding.status, naar) == (
        Instrument.Status.CONCEPT,
        Instrument.Status.VASTGESTELD,
    ):
        return [
            *_opmerkingen(ding),
            "Vragen, keuzes, voorwaarden en aandachtspunten staan daarna voorgoed vast.",
            "Vanaf dat moment kan een ronde met deze versie worden gemaakt. Wijzigen kan nog alleen in een volgende versie.",
        ]
    if isinstance(ding, Instrument) and naar == Instrument.Status.VERVALLEN:
        return ["Rondes met deze versie gaan door; voor een nieuwe ronde is zij niet meer te kiezen."]
    return []
