"""Which telling words of a passage are bound to; read by the page itself (static/rapportage/binden.js), never sent."""

from collections.abc import Sequence

from django import forms

from regio.formulier import Formulier


class BindForm(Formulier):
    prefix = "binden"
    markeer_optioneel = False
    telling = forms.ChoiceField(label="Telling", help_text="De gemeenten met dit antwoord of dit oordeel.")
    groep = forms.ChoiceField(label="Van welke gemeenten", required=False)

    def __init__(self, tellingen: Sequence, groepen: Sequence):
        super().__init__()
        self.fields["telling"].choices = [("", "Maak een keuze"), *tellingen]
        self.fields["groep"].choices = [("", "Alle gemeenten"), *groepen]
