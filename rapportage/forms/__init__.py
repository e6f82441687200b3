"""Forms of the analist."""

from rapportage.forms.passage import AantekeningForm
from rapportage.forms.rapport import MAX_PASSAGE, PassageForm, RapportForm, met_versie
from rapportage.forms.themas import ThemaForm, ThemaplekForm
from rapportage.forms.toevoegen import MaatForm, ToevoegForm

__all__ = [
    "MAX_PASSAGE",
    "AantekeningForm",
    "MaatForm",
    "PassageForm",
    "RapportForm",
    "ThemaForm",
    "ThemaplekForm",
    "ToevoegForm",
    "met_versie",
]
