"""What the head of a dossier's pages counts, and what hangs on an answer."""

from django import template

from vragenlijst.models import Antwoord, Dossier, Intentie
from vragenlijst.queries import intenties as queries_intenties

register = template.Library()


@register.simple_tag
def open_opmerkingen(dossier: Dossier) -> int:
    """Notes of the toetser that are not dealt with."""
    return dossier.opmerkingen.filter(afgehandeld_op=None).count()


@register.simple_tag
def open_intenties(dossier: Dossier) -> int:
    """Intentions of the previous round of which it is not said yet what became of them."""
    if not dossier.ronde.vorige_id:
        return 0
    return queries_intenties.open_intenties_per_dossier([dossier])[dossier.pk]


@register.filter
def intentie_bij(antwoord: Antwoord | None) -> Intentie | None:
    """The intention that this answer is marked as. No query when `intentie` was selected along."""
    return getattr(antwoord, "intentie", None)
