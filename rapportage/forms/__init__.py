"""Forms of the analist."""

from rapportage.forms.binden import BindForm
from rapportage.forms.passage import AantekeningForm, TerzijdeForm
from rapportage.forms.rapport import MAX_PASSAGE, PassageForm, RapportForm, met_tekst, met_versie
from rapportage.forms.themas import ThemaForm, ThemaplekForm
from rapportage.forms.toevoegen import MaatForm, ToevoegForm

__all__ = [
    "MAX_PASSAGE",
    "AantekeningForm",
    "BindForm",
    "MaatForm",
    "PassageForm",
    "RapportForm",
    "TerzijdeForm",
    "ThemaForm",
    "ThemaplekForm",
    "ToevoegForm",
    "met_tekst",
    "met_versie",
]
