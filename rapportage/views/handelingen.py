"""What can be done at the desk of a passage besides saving its text: a button with a name for each.

A handeling takes the text as it is in the form, stored or not, and returns what the page must show of it; nothing when it is done.
"""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404

from rapportage import actions
from rapportage.forms import AantekeningForm
from rapportage.models import Passage

Handeling = Callable[..., dict]


def _voorbeeld(request, passage: Passage, tekst: str) -> dict:
    """Show the text as it will be printed, for who has no JavaScript."""
    return {"onopgeslagen": True}


def _aantekening(request, passage: Passage, tekst: str) -> dict:
    form = AantekeningForm(request.POST)
    if not form.is_valid():
        return {"aantekeningform": form}
    velden = form.cleaned_data
    actions.aantekening_maken(passage, velden["tekst"], velden["fragment"], request.user)
    messages.success(request, "De aantekening staat bij deze passage.")
    return {}


def _afgehandeld(request, passage: Passage, tekst: str) -> dict:
    pk = request.POST["afgehandeld"]
    aantekening = get_object_or_404(passage.aantekeningen, pk=pk if pk.isdecimal() and len(pk) < 19 else 0)
    actions.aantekening_afhandelen(aantekening, request.user)
    messages.success(request, "De aantekening is afgehandeld.")
    return {}


HANDELINGEN: dict[str, Handeling] = {
    "voorbeeld": _voorbeeld,
    "aantekening": _aantekening,
    "afgehandeld": _afgehandeld,
}


def handeling_in(gestuurd) -> Handeling | None:
    """Which button was pressed, when it was not that of saving."""
    return next((doe for naam, doe in HANDELINGEN.items() if naam in gestuurd), None)
