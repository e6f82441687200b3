"""Forms of the report's status: what a step asks, the terms and the edition to come, and what others say of the draft."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from rapportage.models import Passage, Rapport, Wederhoorreactie
from rapportage.queries.status import openbaar_vanaf
from regio.formulier import Formulier, ModelFormulier
from vragenlijst.forms.status import StapForm


class OpenbaarForm(StapForm):
    """Making public; before the minister's four weeks are over, with the reason that the minister did so."""

    reden = forms.CharField(
        label="Reden van eerder openbaar maken",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Maakte de minister het rapport zelf openbaar, zeg dan wanneer en waar.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        vanaf = openbaar_vanaf(self.ding)
        if vanaf is None or vanaf <= timezone.localdate():
            del self.fields["reden"]
        else:
            self.fields["reden"].required = True
            self.fields["reden"].help_text = (
                f"Het rapport ligt tot {date_format(vanaf, 'j F Y')} bij de minister. Eerder openbaar maken kan alleen als de "
                "minister dat zelf deed: zeg dan wanneer en waar."
            )

    def gegevens(self) -> dict:
        return {"reden": self.cleaned_data.get("reden", "")}


class UitgaveForm(ModelFormulier):
    """What the next edition is to hold, and until when others may react; only what applies now."""

    class Meta:
        model = Rapport
        fields = ["wederhoor_tot", "erratum", "met_verantwoording"]
        widgets = {"erratum": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.status != Rapport.Status.WEDERHOOR:
            del self.fields["wederhoor_tot"]
        if not self.instance.uitgaven.exists():
            del self.fields["erratum"]
        else:  # it may be saved half way, but not be left out of the edition
            self.fields["erratum"].label = "Wijzigingen ten opzichte van de vorige versie (nodig om vast te stellen)"
            self.fields["erratum"].soms_verplicht = True

    def clean_wederhoor_tot(self):
        if not self.cleaned_data["wederhoor_tot"]:
            raise forms.ValidationError("Een wederhoor heeft een laatste dag.")
        return self.cleaned_data["wederhoor_tot"]


class ReactieForm(ModelFormulier):
    """What a party says of the draft."""

    class Meta:
        model = Wederhoorreactie
        fields = ["partij", "ontvangen_op", "passage", "fragment", "soort", "tekst"]
        widgets = {"tekst": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "partij": "De organisatie, bijvoorbeeld UWV; geen naam van een persoon en geen naam van een gemeente.",
            "fragment": "De woorden in het rapport waar het om gaat.",
            "passage": "Leeg als de reactie over het hele rapport gaat.",
        }

    def __init__(self, *args, rapport: Rapport, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passage"].queryset = Passage.objects.filter(rapport=rapport).select_related("onderdeel")
        self.fields["passage"].empty_label = "Het hele rapport"
        self.fields["soort"].choices = [("", "Maak een keuze"), *Wederhoorreactie.Soort.choices]

    def clean_ontvangen_op(self):
        if self.cleaned_data["ontvangen_op"] > timezone.localdate():
            raise forms.ValidationError("Deze datum ligt in de toekomst.")
        return self.cleaned_data["ontvangen_op"]


class BesluitForm(Formulier):
    """What is done with a reaction, and why. `versie` is that of the reaction as it was read."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    besluit = forms.ChoiceField(label="Besluit", choices=[("", "Maak een keuze"), *Wederhoorreactie.Besluit.choices])
    motivering = forms.CharField(
        label="Motivering",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Komt met de reactie in de bijlage Wederhoor van het rapport.",
    )

    def __init__(self, *args, reactie: Wederhoorreactie, **kwargs):
        kwargs["initial"] = {
            "versie": reactie.versie,
            "besluit": reactie.besluit,
            "motivering": reactie.motivering,
        }
        super().__init__(*args, **kwargs)
