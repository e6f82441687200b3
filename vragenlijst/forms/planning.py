"""Planning an interview."""

from django import forms
from django.forms import inlineformset_factory
from django.utils import timezone

from regio.formulier import ModelFormulier
from vragenlijst.models import Gesprekspartner, Interview


class InterviewForm(ModelFormulier):
    """Whom to speak, when and where. `gezien` is the version of the plan that the writer had before them."""

    gezien = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Interview
        fields = ["actorgroep", "datum", "plaats"]
        labels = {"actorgroep": "Actorgroep", "datum": "Datum", "plaats": "Plaats"}
        help_texts = {"actorgroep": "Met wie u spreekt.", "plaats": "Bijvoorbeeld: stadhuis, kamer 2.14."}

    def __init__(self, *args, instrument, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["actorgroep"].queryset = instrument.actorgroepen.all()
        self.fields["actorgroep"].empty_label = "Kies een actorgroep"
        self.fields["gezien"].initial = self.instance.versie

    def clean_datum(self):
        datum = self.cleaned_data["datum"]
        if self.instance.status not in (Interview.Status.GEPLAND, Interview.Status.VERVALLEN):
            if datum is None:
                raise forms.ValidationError("Een gehouden interview heeft een datum.")
            if datum > timezone.localdate():
                raise forms.ValidationError("Dit interview is al gehouden: de datum kan niet in de toekomst liggen.")
        return datum

    def meld_conflict(self, nu: Interview) -> None:
        """Show what stands there by now; a next save replaces it knowingly."""
        datum = f"{nu.datum:%d-%m-%Y}" if nu.datum else "geen datum"
        self.add_error(
            None,
            f"Ondertussen heeft een ander dit gewijzigd in: {nu.actorgroep}, {datum}, {nu.plaats or 'geen plaats'}. "
            "Sla opnieuw op als uw gegevens moeten blijven.",
        )
        self.data = self.data.copy()
        self.data["gezien"] = str(nu.versie)


class GesprekspartnerForm(ModelFormulier):
    class Meta:
        model = Gesprekspartner
        fields = ["naam", "functie", "organisatie"]


GesprekspartnerFormSet = inlineformset_factory(
    Interview, Gesprekspartner, form=GesprekspartnerForm, extra=2, max_num=12, can_delete=True
)
