"""Forms of the pages on regions."""

from django import forms

from regio.forms.versie import Versieformulier
from regio.formulier import ModelFormulier
from regio.models import Regio


class RegioNieuwFormulier(ModelFormulier):
    class Meta:
        model = Regio
        fields = ["soort", "naam", "code"]
        help_texts = {
            "code": "Zoals het CBS haar geeft, of een korte naam. Bestanden verwijzen ernaar; zij verandert niet meer."
        }
        widgets = {"code": forms.TextInput(attrs={"class": "veld--middel"})}


class RegioFormulier(Versieformulier):
    class Meta:
        model = Regio
        fields = ["naam"]


# --- People ----------------------------------------------------------------------------------------------------------
