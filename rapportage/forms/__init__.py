"""Forms of the analist."""

from rapportage.forms.rapport import MAX_PASSAGE, PassageForm, RapportForm, met_versie
from rapportage.forms.themas import ThemaForm, ThemanaamForm

__all__ = ["MAX_PASSAGE", "PassageForm", "RapportForm", "ThemaForm", "ThemanaamForm", "met_versie"]
