"""Forms of the composition root."""

from django.contrib.auth.forms import AuthenticationForm

from regio.formulier import Formulier
from regio.models import Gebruiker


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
