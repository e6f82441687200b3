"""Forms of the composition root."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from regio.formulier import Formulier
from regio.models import Gebruiker
from regio.tekst import zoekvorm

MAX_NAMEN, MIN_LETTERS = 10, 3


class InlogForm(Formulier, AuthenticationForm):
    error_messages = {
        "invalid_login": "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Let bij het wachtwoord op hoofdletters.",
        "inactive": "Deze gebruikersnaam is niet meer in gebruik.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Gebruikersnaam"
        self.fields["password"].label = "Wachtwoord"

    def clean_username(self):
        """The user name as it is known: Ina, INA and ina log in as the same person, and are locked out as the same name."""
        naam = self.cleaned_data["username"]
        bekend = list(Gebruiker.objects.filter(username__iexact=naam).values_list("username", flat=True))
        if not bekend:
            return naam.lower()
        return bekend[0] if len(bekend) == 1 else naam  # which of two is not guessed


class InzageForm(Formulier):
    """Which request, and by which names the person may be known."""

    kenmerk = forms.CharField(
        label="Kenmerk van het verzoek",
        max_length=60,
        help_text="Het zaaknummer bij de inspectie. Het komt in het logboek: zet er geen naam in.",
    )
    namen = forms.CharField(
        label="Namen",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Elke schrijfwijze op een eigen regel, bijvoorbeeld: P. de Boer, Pieter de Boer, het e-mailadres. Hoofdletters, "
        "accenten en leestekens maken niet uit.",
    )

    def clean_namen(self) -> list[str]:
        namen = [naam.strip() for naam in self.cleaned_data["namen"].splitlines() if naam.strip()]
        if len(namen) > MAX_NAMEN:
            raise ValidationError(f"Vul hoogstens {MAX_NAMEN} schrijfwijzen in.")
        if kort := [naam for naam in namen if len(zoekvorm(naam).replace(" ", "")) < MIN_LETTERS]:
            raise ValidationError(f"'{kort[0]}' is te kort om op te zoeken: vul minstens {MIN_LETTERS} letters in.")
        return namen
