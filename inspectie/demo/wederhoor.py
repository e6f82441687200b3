"""The wederhoor of the demo's report: what came back, and when."""

from collections.abc import Callable
from datetime import date, timedelta

from rapportage.actions.wederhoor import reactie_vastleggen
from rapportage.models import Rapport, Wederhoorreactie
from regio.models import Gebruiker
from vragenlijst.actions import zet_status

# What came back in wederhoor: how many days after the round was closed, at which place in the report, and what.
REACTIES = (
    (
        8,
        "bevindingen",
        {
            "partij": "UWV",
            "soort": "onvolledig",
            "tekst": "Bij de samenwerking wordt het werkplein niet genoemd, terwijl de afspraken daar worden uitgevoerd.",
        },
    ),
    (
        13,
        "",
        {
            "partij": "Vereniging van Nederlandse Gemeenten",
            "soort": "mening",
            "tekst": "Een meting zo kort na het begin van de voortrekkersrol geeft volgens ons een te somber beeld.",
        },
    ),
)


def hoor_weder(rapport: Rapport, eind: date, analist: Gebruiker, op: Callable) -> None:
    """With the clock as `op` sets it: the draft was laid before those concerned; the analist is dealing with what came back."""
    with op(eind + timedelta(days=2)):
        zet_status(rapport, Rapport.Status.WEDERHOOR, analist)
    for dag, plaats, gegevens in REACTIES:
        ontvangen = eind + timedelta(days=dag)
        passage = rapport.passages.filter(plaats=plaats).first() if plaats else None
        with op(ontvangen):
            reactie_vastleggen(
                Wederhoorreactie(rapport=rapport, passage=passage, ontvangen_op=ontvangen, **gegevens), analist
            )
    with op(eind + timedelta(days=16)):
        zet_status(rapport, Rapport.Status.CONCEPT, analist, reden="De reacties worden in de tekst verwerkt.")
