"""What can be done at the desk of a passage besides saving its text: a button with a name for each.

A handeling takes the text as it is in the form, stored or not, and returns what the page must show of it; nothing when it is done.
"""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404

from rapportage import actions
from rapportage.forms import AantekeningForm, TerzijdeForm
from rapportage.models import Passage
from rapportage.queries.tafel import tafel_van, verbeterd, zoek_melding, zoek_regel

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
    aantekening = get_object_or_404(passage.aantekeningen, pk=_getal(request.POST["afgehandeld"]))
    actions.aantekening_afhandelen(aantekening, request.user)
    messages.success(request, "De aantekening is afgehandeld.")
    return {}


def _overnemen(request, passage: Passage, tekst: str) -> dict:
    """Put what would be right in the text of the form; it is stored when that is saved."""
    melding = zoek_melding(passage, tekst, request.POST["overnemen"])
    if melding is None or not melding.voorstel:
        return _melding_weg(request)
    return {"tekst": verbeterd(tekst, melding)}


def _terzijde(request, passage: Passage, tekst: str) -> dict:
    naam = request.POST["terzijde"]
    tafel = tafel_van(passage, tekst)
    regel = zoek_regel(tafel, naam) or zoek_regel(tafel, naam.partition("-")[0])
    if regel is None:
        return _melding_weg(request)
    form = TerzijdeForm(request.POST, naam)
    if not form.is_valid():
        return {"tafel": tafel.met_fout(regel.hier, form)}
    actions.terzijde_leggen(passage, regel.melding, form.cleaned_data["tekst"], request.user)
    messages.success(request, "De melding is terzijde gelegd.")
    return {}


def _weermelden(request, passage: Passage, tekst: str) -> dict:
    afwijking = get_object_or_404(passage.afwijkingen.select_related("rapport"), pk=_getal(request.POST["weermelden"]))
    actions.weer_melden(afwijking, request.user)
    messages.success(request, "De melding wordt weer gemeld.")
    return {}


def _herbekeken(request, passage: Passage, tekst: str) -> dict:
    melding = zoek_melding(passage, tekst, request.POST["herbekeken"])
    claim = next(
        (
            regel.claim
            for regel in tafel_van(passage, tekst).uitspraken
            if melding and regel.claim.stuk.begin_tekst == melding.begin
        ),
        None,
    )
    if claim is None or not actions.uitspraak_herbekeken(passage, claim.stuk.tekst, claim.maat, request.user):
        return _melding_weg(request)
    messages.success(request, "De uitspraak geldt weer als bekeken.")
    return {}


def _melding_weg(request) -> dict:
    messages.info(request, "Deze melding is er niet meer: de tekst of de gegevens zijn ondertussen gewijzigd.")
    return {}


def _getal(gestuurd: str) -> int:
    """The key that a button sends; 0, which nothing has, for anything else."""
    return int(gestuurd) if gestuurd.isdecimal() and len(gestuurd) < 19 else 0


HANDELINGEN: dict[str, Handeling] = {
    "voorbeeld": _voorbeeld,
    "aantekening": _aantekening,
    "afgehandeld": _afgehandeld,
    "overnemen": _overnemen,
    "terzijde": _terzijde,
    "weermelden": _weermelden,
    "herbekeken": _herbekeken,
}


def handeling_in(gestuurd) -> Handeling | None:
    """Which button was pressed, when it was not that of saving."""
    return next((doe for naam, doe in HANDELINGEN.items() if naam in gestuurd), None)
