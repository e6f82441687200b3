"""Forms of the analist."""

from rapportage.forms.rapport import MAX_PASSAGE, PassageForm, RapportForm, met_versie
from rapportage.forms.themas import ThemaForm, ThemaplekForm

__all__ = ["MAX_PASSAGE", "PassageForm", "RapportForm", "ThemaForm", "ThemaplekForm", "met_versie"]
