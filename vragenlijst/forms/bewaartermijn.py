"""The term for personal data of a round, and the confirmation that wipes them."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from regio.formulier import Formulier
from vragenlijst.models import Ronde

MAX_MAANDEN = 120


class TermijnForm(Formulier):
    markeer_optioneel = False

    maanden = forms.IntegerField(
        label="Aantal maanden",
        required=False,
        min_value=0,
        max_value=MAX_MAANDEN,
        widget=forms.NumberInput(attrs={"class": "veld--kort"}),
        error_messages={
            "min_value": "Vul 0 of meer maanden in.",
            "max_value": f"Hoogstens {MAX_MAANDEN} maanden (tien jaar).",
            "invalid": "Vul een heel aantal maanden in.",
        },
    )
    reden = forms.CharField(
        label="Reden",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Geef een reden op."},
        help_text="Staat in de geschiedenis van de ronde.",
    )

    def __init__(self, *args, ronde: Ronde, **kwargs):
        super().__init__(*args, initial={"maanden": ronde.bewaartermijn}, **kwargs)
        self.fields[
            "maanden"
        ].help_text = f"Leeg: de termijn van de installatie, {settings.BEWAARTERMIJN_MAANDEN} maanden."


class WisForm(Formulier):
    """Asks for the name of the round, so that nobody wipes the wrong one with one click."""

    naam = forms.CharField(
        label="Naam van de ronde",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Typ de naam van de ronde om te bevestigen."},
    )

    def __init__(self, *args, ronde: Ronde, **kwargs):
        super().__init__(*args, **kwargs)
        self.ronde = ronde
        self.fields["naam"].help_text = f"Typ ter bevestiging: {ronde.naam}"

    def clean_naam(self):
        naam = self.cleaned_data["naam"]
        if " ".join(naam.split()).casefold() != " ".join(self.ronde.naam.split()).casefold():
            raise ValidationError(f"Dit is niet de naam van de ronde. Typ: {self.ronde.naam}")
        return naam
