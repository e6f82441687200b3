"""Forms of the composition root."""

from django.contrib.auth.forms import AuthenticationForm

from regio.formulier import Formulier


class InlogForm(Formulier, AuthenticationForm):
    error_messages = {
        "invalid_login": "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Let op hoofdletters.",
        "inactive": "Deze gebruikersnaam is niet meer in gebruik.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Gebruikersnaam"
        self.fields["password"].label = "Wachtwoord"
