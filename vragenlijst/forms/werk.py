"""Searching one's own work."""

from collections.abc import Iterable

from crispy_forms.layout import Layout
from django import forms

from regio.formulier import Formulier
from regio.tekst import zoekvorm
from vragenlijst.models import Dossier, Ronde
from vragenlijst.werkvoorraad import Regel


class Werkfilter(Formulier):
    """Which dossiers to show. Everything is optional; what cannot be read filters nothing."""

    markeer_optioneel = False
    zoek = forms.CharField(label="Gemeente", required=False, max_length=80)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle"), *Dossier.Status.choices])
    ronde = forms.ChoiceField(label="Ronde", required=False)
    te_laat = forms.BooleanField(label="Alleen wat te laat is", required=False)

    def __init__(self, data, *, rondes: Iterable[Ronde]):
        super().__init__(data)
        rondes = list(rondes)
        self.fields["ronde"].choices = [("", "Alle"), *((ronde.slug, ronde.naam) for ronde in rondes)]
        if len(rondes) < 2 and not self.data.get("ronde"):
            del self.fields["ronde"]
        self.helper.layout = Layout(*self.fields)

    @property
    def filtert(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def gevonden(self, regels: Iterable[Regel]) -> list[Regel]:
        """The lines that fit every filter, in the same order."""
        self.is_valid()
        filters = self.cleaned_data
        naam = zoekvorm(filters.get("zoek") or "")
        return [
            regel
            for regel in regels
            if naam in regel.dossier.gemeente.zoeknaam
            and filters.get("status") in ("", None, regel.dossier.status)
            and filters.get("ronde") in ("", None, regel.dossier.ronde.slug)
            and (not filters.get("te_laat") or regel.te_laat)
        ]
