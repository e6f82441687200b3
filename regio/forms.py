"""Forms of the beheerder's pages. What they check here is what the database cannot say in a sentence."""

import re
from datetime import date

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from regio.actions import zet_wachtwoord
from regio.bijwerken import geldt_op
from regio.formulier import Datumveld, Formulier, ModelFormulier
from regio.grootte import GROOTTEKLASSEN
from regio.lopend_werk import lopend_werk
from regio.models import Gebruiker, Gemeente, Kenmerken, Lidmaatschap, Regio
from regio.rechten import RECHTEN, Recht, Rol

# Of these kinds a municipality is in one at a time; of the others it may be in several.
HOOGSTENS_EEN = (Regio.Soort.PROVINCIE, Regio.Soort.COROP, Regio.Soort.RPA)


class Aantalveld(forms.IntegerField):
    """A number of inhabitants, typed with or without points: 12130 or 12.130."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "veld--kort", "autocomplete": "off"})
    default_error_messages = {
        "invalid": "Schrijf een aantal in cijfers, bijvoorbeeld 12.130.",
        "max_value": "Zo veel inwoners heeft geen gemeente.",
        "min_value": "Een aantal inwoners is niet negatief.",
    }

    def to_python(self, value):
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", value.strip()):
            value = value.replace(".", "")
        return super().to_python(value)


class Versieformulier(ModelFormulier):
    """A form that knows which version it was fetched from: of its object, or of the gemeente (`drager`) the object belongs to."""

    versie = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Het formulier kwam onvolledig aan. Laad de pagina opnieuw.",
        ),
    )

    def __init__(self, *args, drager=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.drager = drager or self.instance
        self.initial["versie"] = self.drager.versie

    def naast_elkaar(self) -> list[tuple[str, str, str]]:
        """After a stale save: (label, what the database has now, what was typed) of each field where they differ.

        From here on the form carries the present version: who saves again does so knowingly.
        """
        self.data = self.data.copy()
        self.data["versie"] = type(self.drager).objects.values_list("versie", flat=True).get(pk=self.drager.pk)
        if self.instance._state.adding:
            return []
        nu = type(self.instance).objects.get(pk=self.instance.pk)
        rijen = []
        for naam in self._meta.fields:
            oud, nieuw = getattr(nu, naam), self.cleaned_data.get(naam)
            if oud != nieuw:
                rijen.append((self.fields[naam].label, self._leesbaar(naam, oud), self._leesbaar(naam, nieuw)))
        return rijen

    def _leesbaar(self, naam: str, waarde) -> str:
        if waarde in (None, ""):
            return "leeg"
        if isinstance(waarde, bool):
            return "ja" if waarde else "nee"
        if isinstance(waarde, date):
            return f"{waarde:%d-%m-%Y}"
        return str(dict(getattr(self.fields[naam], "choices", ())).get(waarde, waarde))


# --- Municipalities --------------------------------------------------------------------------------------------------


class GemeenteZoekFormulier(Formulier):
    markeer_optioneel = False

    q = forms.CharField(label="Naam of code", required=False, max_length=80)
    provincie = forms.ModelChoiceField(
        Regio.objects.filter(soort=Regio.Soort.PROVINCIE),
        label="Provincie",
        required=False,
        empty_label="Alle provincies",
    )
    klasse = forms.TypedChoiceField(
        label="Inwoners",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Alle grootteklassen"), *((k.code, k.naam) for k in GROOTTEKLASSEN), (0, "onbekend")],
    )
    voortrekker = forms.ChoiceField(
        label="Voortrekker", required=False, choices=[("", "Alle gemeenten"), ("ja", "Voortrekkers"), ("nee", "Andere")]
    )
    datum = Datumveld(label="Toestand op", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["datum"].help_text = ""
        self.fields["q"].widget.input_type = "search"


class GemeenteNieuwFormulier(ModelFormulier):
    class Meta:
        model = Gemeente
        fields = ["code", "naam", "alias", "geldig_van"]
        help_texts = {
            "code": "Vier cijfers, zoals het CBS ze geeft. Na een herindeling met een nieuwe code is het een nieuwe gemeente.",
            "alias": "Waar ook op gezocht wordt, zoals Den Haag.",
        }
        widgets = {"code": forms.TextInput(attrs={"class": "veld--kort"})}


class GemeenteFormulier(Versieformulier):
    class Meta:
        model = Gemeente
        fields = ["naam", "alias", "geldig_van", "geldig_tot"]
        help_texts = {
            "alias": "Waar ook op gezocht wordt, zoals Den Haag.",
            "geldig_van": "Of de datum van de oudste lijst waarop de gemeente staat.",
            "geldig_tot": "De eerste dag waarop de gemeente niet meer bestaat. Kenmerken en lidmaatschappen eindigen dan ook.",
        }

    def clean(self):
        super().clean()
        van, tot = self.cleaned_data.get("geldig_van"), self.cleaned_data.get("geldig_tot")
        if van and tot and tot <= van:
            self.add_error("geldig_tot", "De gemeente kan niet zijn opgeheven voordat zij begon.")
        for wat, rijen in (("kenmerken", self.instance.kenmerken), ("een lidmaatschap", self.instance.lidmaatschappen)):
            if van and (eerder := rijen.filter(geldig_van__lt=van).order_by("geldig_van").first()):
                self.add_error(
                    "geldig_van", f"De gemeente heeft {wat} vanaf {eerder.geldig_van:%d-%m-%Y}; zij begint dus eerder."
                )
            if tot and (
                later := rijen.filter(Q(geldig_van__gte=tot) | Q(geldig_tot__gt=tot)).order_by("-geldig_van").first()
            ):
                tot_later = f" tot {later.geldig_tot:%d-%m-%Y}" if later.geldig_tot else ""
                self.add_error(
                    "geldig_tot", f"De gemeente heeft nog {wat} vanaf {later.geldig_van:%d-%m-%Y}{tot_later}."
                )


class KenmerkenFormulier(Versieformulier):
    """`sluit` is the running period that a new one takes over from: saving ends it where the new one begins."""

    sluit: Kenmerken | None = None
    inwoners = Aantalveld(
        label="Inwoners", required=False, min_value=0, max_value=2_000_000, help_text="Onbekend? Laat leeg."
    )

    class Meta:
        model = Kenmerken
        fields = ["geldig_van", "geldig_tot", "inwoners", "inwoners_peildatum", "randstad", "voortrekker"]
        help_texts = {"geldig_tot": "De eerste dag waarop dit niet meer geldt. Geldt het nog, laat dan leeg."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["randstad"].widget.choices = [("unknown", "onbekend"), ("true", "ja"), ("false", "nee")]

    def clean(self):
        super().clean()
        _controleer_periode(self, self.instance.gemeente)
        if self.cleaned_data.get("inwoners") is not None and not self.cleaned_data.get("inwoners_peildatum"):
            self.add_error("inwoners_peildatum", "Vul in op welke dag de inwoners zijn geteld.")
        andere = self.instance.gemeente.kenmerken.exclude(pk=self.instance.pk)
        overlap = _overlap(self, andere)
        if overlap and self._volgt_op(overlap):
            self.sluit = overlap
        elif overlap:
            tot = f" tot {overlap.geldig_tot:%d-%m-%Y}" if overlap.geldig_tot else ""
            self.add_error(
                "geldig_van",
                f"Deze periode overlapt met de kenmerken vanaf {overlap.geldig_van:%d-%m-%Y}{tot}. "
                "Geef eerst die periode een einddatum, of kies hier een andere begindatum.",
            )

    def _volgt_op(self, vorige: Kenmerken) -> bool:
        """Whether this new period simply takes over from the one that still runs. With an end of its own it would leave a hole."""
        return (
            self.instance._state.adding
            and vorige.geldig_tot is None
            and self.cleaned_data.get("geldig_tot") is None
            and vorige.geldig_van < self.cleaned_data["geldig_van"]
        )


class LidmaatschapFormulier(Versieformulier):
    class Meta:
        model = Lidmaatschap
        fields = ["regio", "geldig_van", "geldig_tot"]
        help_texts = {"geldig_tot": "De eerste dag waarop de gemeente geen lid meer is. Is zij het nog, laat dan leeg."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groepen: dict[str, list] = {}
        for regio in Regio.objects.all():
            groepen.setdefault(regio.get_soort_display(), []).append((regio.pk, regio.naam))
        self.fields["regio"].choices = [("", "Kies een regio"), *groepen.items()]

    def clean(self):
        super().clean()
        gemeente, regio = self.instance.gemeente, self.cleaned_data.get("regio")
        _controleer_periode(self, gemeente)
        if regio is None:
            return
        zelfde = gemeente.lidmaatschappen.select_related("regio").exclude(pk=self.instance.pk)
        zelfde = zelfde.filter(regio__soort=regio.soort) if regio.soort in HOOGSTENS_EEN else zelfde.filter(regio=regio)
        if overlap := _overlap(self, zelfde):
            tot = f" tot {overlap.geldig_tot:%d-%m-%Y}" if overlap.geldig_tot else ""
            self.add_error(
                "regio",
                f"{gemeente} is vanaf {overlap.geldig_van:%d-%m-%Y}{tot} al lid van {overlap.regio} "
                f"({overlap.regio.get_soort_display()}). Beëindig dat lidmaatschap eerst, of kies een andere periode.",
            )


class LidmaatschapEindeFormulier(Versieformulier):
    class Meta:
        model = Lidmaatschap
        fields = ["geldig_tot"]
        help_texts = {"geldig_tot": "De eerste dag waarop de gemeente geen lid meer is."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["geldig_tot"].required = True

    def clean_geldig_tot(self):
        tot = self.cleaned_data["geldig_tot"]
        if tot <= self.instance.geldig_van:
            raise ValidationError(
                f"Het lidmaatschap begon op {self.instance.geldig_van:%d-%m-%Y}; het einde ligt daarna."
            )
        if self.instance.gemeente.geldig_tot and tot > self.instance.gemeente.geldig_tot:
            raise ValidationError(f"De gemeente is opgeheven per {self.instance.gemeente.geldig_tot:%d-%m-%Y}.")
        return tot


def _controleer_periode(form: forms.ModelForm, gemeente: Gemeente) -> None:
    """The period runs forward, and lies within the time that the municipality exists."""
    van, tot = form.cleaned_data.get("geldig_van"), form.cleaned_data.get("geldig_tot")
    if van and tot and tot <= van:
        form.add_error("geldig_tot", "De einddatum moet na de begindatum liggen.")
    if van and not geldt_op(gemeente, van):
        grens = f"vanaf {gemeente.geldig_van:%d-%m-%Y}" + (
            f" tot {gemeente.geldig_tot:%d-%m-%Y}" if gemeente.geldig_tot else ""
        )
        form.add_error("geldig_van", f"De gemeente bestaat volgens de tabel {grens}.")
    if gemeente.geldig_tot and (tot or date.max) > gemeente.geldig_tot:
        form.add_error(
            "geldig_tot", f"De gemeente is opgeheven per {gemeente.geldig_tot:%d-%m-%Y}; kies die datum of een eerdere."
        )


def _overlap(form: forms.ModelForm, rijen: QuerySet):
    """The first of these rows whose period has a day in common with the period of the form."""
    van, tot = form.cleaned_data.get("geldig_van"), form.cleaned_data.get("geldig_tot")
    if van is None:
        return None
    rijen = rijen.exclude(geldig_tot__lte=van)
    if tot:
        rijen = rijen.filter(geldig_van__lt=tot)
    return rijen.order_by("geldig_van").first()


class DatumFormulier(Formulier):
    markeer_optioneel = False

    datum = Datumveld(label="Toestand op", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["datum"].help_text = ""


# --- Regions ---------------------------------------------------------------------------------------------------------


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
