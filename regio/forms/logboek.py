"""The search form of the logboek."""

from django import forms

from regio import logboek
from regio.formulier import Datumveld, Formulier
from regio.models import Gebeurtenis, Gebruiker


class LogboekFormulier(Formulier):
    markeer_optioneel = False

    over = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    q = forms.CharField(label="Naam of reden", required=False, max_length=80)
    wie = forms.ChoiceField(label="Door", required=False)
    soort = forms.ChoiceField(label="Wat", required=False, choices=[("", "Alles"), *Gebeurtenis.Soort.choices])
    ding = forms.ChoiceField(label="Waaraan", required=False)
    van = Datumveld(label="Vanaf", required=False)
    tot = Datumveld(label="Tot en met", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        mensen = Gebruiker.objects.order_by("naam", "pk").values_list("pk", "naam")
        self.fields["wie"].choices = [("", "Iedereen"), (logboek.SYSTEEM, "Het systeem"), *mensen]
        self.fields["ding"].choices = [("", "Alles"), *logboek.soorten()]
        for naam in ("van", "tot"):
            self.fields[naam].help_text = ""

    def clean_over(self) -> logboek.Ding | None:
        tekst = self.cleaned_data["over"]
        ding = logboek.Ding.uit(tekst) if tekst else None
        if tekst and ding is None:
            raise forms.ValidationError("Dit adres wijst niets aan waarover het logboek iets weet.")
        return ding

    def clean(self):
        gegevens = super().clean()
        van, tot = gegevens.get("van"), gegevens.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt voor de eerste.")
        return gegevens

    def omschreven(self) -> str:
        """What was asked, for history; not the words that were searched for, which may be somebody's name."""
        over = self.cleaned_data["over"]
        delen = [f"over {over}"] if over else []
        delen += [
            f"{self.fields[naam].label.lower()} {dict(self.fields[naam].choices)[self.cleaned_data[naam]]}"
            for naam in ("wie", "soort", "ding")
            if self.cleaned_data[naam]
        ]
        delen += [
            f"{self.fields[naam].label.lower()} {self.cleaned_data[naam]:%d-%m-%Y}"
            for naam in ("van", "tot")
            if self.cleaned_data[naam]
        ]
        delen += ["met een zoekwoord"] if self.cleaned_data["q"] else []
        return ", ".join(delen) or "alles"
