"""Forms in which a password is set, changed or asked for again."""

from django.contrib.auth import forms as auth_forms

from regio.actions import zet_wachtwoord
from regio.formulier import Formulier


class WachtwoordInstellen(Formulier, auth_forms.SetPasswordForm):
    """A new password, typed twice: by a beheerder for somebody else, or after a mail."""


class WachtwoordKiezen(WachtwoordInstellen):
    """The one behind the link in a mail; Django's view calls `save`."""

    def save(self, commit=True):
        zet_wachtwoord(self.user, self.cleaned_data["new_password1"], self.user)
        return self.user


class WachtwoordWijzigen(Formulier, auth_forms.PasswordChangeForm):
    """A new password for oneself; the old one is asked."""


class WachtwoordVergeten(Formulier, auth_forms.PasswordResetForm):
    """Asks for a mail. Says the same whether the address is known or not."""
