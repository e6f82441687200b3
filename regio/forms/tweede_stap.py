"""The form in which a code is typed."""

from django import forms

from regio.formulier import Formulier

ONJUIST = "Deze code klopt niet (meer). Neem de code die uw app nu toont; elke code werkt één keer."


class CodeFormulier(Formulier):
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "class": "veld--kort"}
        ),
        help_text="De zes cijfers die uw app toont.",
        error_messages={"required": "Vul de code in."},
    )
