"""Forms of the pages on people."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from regio.forms.versie import Versieformulier
from regio.formulier import Formulier, ModelFormulier
from regio.lopend_werk import lopend_werk
from regio.models import Gebruiker
from regio.rechten import RECHTEN, Recht, Rol


class GebruikerZoekFormulier(Formulier):
    markeer_optioneel = False

    q = forms.CharField(label="Naam", required=False, max_length=80)
    rol = forms.ChoiceField(label="Rol", required=False, choices=[("", "Alle rollen"), *Rol.choices])
    toegang = forms.ChoiceField(
        label="Toegang", required=False, choices=[("", "Met toegang"), ("geen", "Zonder toegang"), ("alle", "Iedereen")]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"


class GebruikerNieuwFormulier(ModelFormulier):
    wachtwoord = forms.CharField(
        label="Wachtwoord",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minstens twaalf tekens. Laat u dit leeg, dan krijgt de gebruiker een e-mail om zelf een wachtwoord te kiezen.",
    )

    class Meta:
        model = Gebruiker
        fields = ["naam", "username", "email", "rol"]
        labels = {"username": "Gebruikersnaam", "email": "E-mailadres", "naam": "Naam"}
        help_texts = {"username": "Om mee in te loggen. Letters, cijfers en @ . + - _"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["username"].widget.attrs.update({"autocapitalize": "none", "autocomplete": "off"})
        self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean_username(self):
        naam = self.cleaned_data["username"]
        if Gebruiker.objects.filter(username__iexact=naam).exists():
            raise ValidationError("Deze gebruikersnaam is al in gebruik.")
        return naam

    def clean_wachtwoord(self):
        wachtwoord = self.cleaned_data["wachtwoord"]
        if wachtwoord:
            bekend = {veld: self.cleaned_data.get(veld, "") for veld in ("username", "naam", "email")}
            validate_password(wachtwoord, Gebruiker(**bekend))
        return wachtwoord


class Bevestiging(forms.BooleanField):
    """Asks whether something is meant. It is no fact about the thing itself: it makes no history."""

    def has_changed(self, initial, data):
        return False


class GebruikerFormulier(Versieformulier):
    """`lopend` is what this person still works on: it forbids another role, and asks a confirmation for taking away access."""

    bevestig = Bevestiging(
        label="Ja, trek de toegang nu al in",
        required=False,
        help_text="Het werk hierboven blijft op naam staan tot u het bij de toewijzing aan een ander geeft.",
    )

    class Meta:
        model = Gebruiker
        fields = ["naam", "email", "rol", "is_active"]
        labels = {"naam": "Naam", "email": "E-mailadres", "is_active": "Heeft toegang"}
        help_texts = {
            "is_active": "Wie vertrekt verliest de toegang, maar wordt nooit verwijderd: de geschiedenis verwijst ernaar."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.was_inzetbaar = self.instance.behandelt_dossiers
        self.lopend = lopend_werk(self.instance) if self.was_inzetbaar else []
        if not (self.lopend and self.is_bound and "is_active" not in self.data):
            del self.fields["bevestig"]

    def clean(self):
        super().clean()
        self._behoed_lopend_werk()
        blijft = self.cleaned_data.get("is_active") and self.cleaned_data.get("rol") == Rol.BEHEERDER
        andere = Gebruiker.objects.filter(rol=Rol.BEHEERDER, is_active=True).exclude(pk=self.instance.pk)
        was = Gebruiker.objects.filter(pk=self.instance.pk, rol=Rol.BEHEERDER, is_active=True)
        if not blijft and was.exists() and not andere.exists():
            veld = "is_active" if not self.cleaned_data.get("is_active") else "rol"
            self.add_error(veld, "Dit is de laatste beheerder met toegang. Maak eerst iemand anders beheerder.")

    def _behoed_lopend_werk(self) -> None:
        """Who is still on dossiers does not silently become someone who cannot open them.

        Another role can wait until they have been handed over. Leaving is sometimes at once: that asks only to be meant.
        """
        if not self.lopend:
            return
        rol = self.cleaned_data.get("rol")
        if rol and Recht.DOSSIER_BEHANDELEN not in RECHTEN[rol]:
            self.add_error("rol", "Er is nog lopend werk op naam van deze inspecteur: geef dat eerst aan een ander.")
        if "bevestig" in self.fields and not self.cleaned_data.get("bevestig"):
            self.add_error("bevestig", "Zet hier een vinkje als de toegang toch nu al weg moet.")
