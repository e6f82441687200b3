"""Which dossiers of a round to show: everything is optional; what cannot be read filters nothing."""

from crispy_forms.layout import Div, Layout
from django import forms

from rapportage.queries.voortgang import Dossierstand, Voortgang
from regio.formulier import Formulier
from regio.tekst import zoekvorm
from vragenlijst.models import Dossier


class Voortgangsfilter(Formulier):
    markeer_optioneel = False
    zoek = forms.CharField(label="Gemeente", required=False, max_length=80)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle"), *Dossier.Status.choices])
    groep = forms.ChoiceField(label="Groep", required=False)
    te_laat = forms.BooleanField(label="Alleen wat te laat is", required=False)

    def __init__(self, *args, voortgang: Voortgang, **kwargs):
        super().__init__(*args, **kwargs)
        self.voortgang = voortgang
        self.fields["groep"].choices = [
            ("", "Alle"),
            *(
                (indeling.naam, [(groep.sleutel, groep.naam) for groep in indeling.groepen])
                for indeling in voortgang.indelingen[1:]
            ),
        ]
        self.helper.layout = Layout(Div("zoek", "status", "groep", css_class="veldenrij"), "te_laat")

    def gevonden(self) -> list[Dossierstand]:
        self.is_valid()
        zoek, status = zoekvorm(self.cleaned_data.get("zoek", "")), self.cleaned_data.get("status")
        groep, te_laat = self.cleaned_data.get("groep", ""), self.cleaned_data.get("te_laat")
        return [
            stand
            for stand in self.voortgang.dossiers
            if groep in stand.groepen
            and (not status or stand.dossier.status == status)
            and (not te_laat or stand.te_laat)
            and zoek in stand.dossier.gemeente.zoeknaam
        ]
