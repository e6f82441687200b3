"""What is said at a passage besides its text. The fields belong to the form of the text, so that nothing typed there is lost."""

from django import forms

from regio.formulier import Formulier

VORM = {"form": "passagevorm"}


class AantekeningForm(Formulier):
    """For a colleague, or for yourself tomorrow."""

    prefix = "aantekening"
    fragment = forms.CharField(
        label="Bij de woorden", max_length=300, required=False, widget=forms.TextInput(attrs=VORM)
    )
    tekst = forms.CharField(label="Aantekening", max_length=5_000, widget=forms.Textarea(attrs={"rows": 3, **VORM}))


class TerzijdeForm(Formulier):
    """Why a melding does not hold; printed in the verantwoording. Its one field is named after the melding."""

    tekst = forms.CharField(max_length=2_000, error_messages={"required": "Geef de reden op: zij komt in het rapport."})

    def __init__(self, gestuurd, naam: str):
        super().__init__({"tekst": gestuurd.get(f"terzijde-{naam}", "")})
