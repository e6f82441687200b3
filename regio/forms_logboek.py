"""The search form of the logboek."""

from django import forms

from regio import logboek
from regio.formulier import Datumveld, Formulier
from regio.models import Gebeurtenis, Gebruiker


class LogboekFormulier(Formulier):
    markeer_optioneel = False

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

    def clean(self):
        gegevens = super().clean()
        van, tot = gegevens.get("van"), gegevens.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt voor de eerste.")
        return gegevens
