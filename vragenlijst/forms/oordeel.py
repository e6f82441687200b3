"""Judging a norm, registering evidence."""

from django import forms

from regio.formulier import Formulier, ModelFormulier
from vragenlijst.inhoud import MAX_TEKST
from vragenlijst.models import Aandachtspunt, Beoordeling, Bewijsstuk, Dossier


class BeoordelingForm(Formulier):
    """The judgement on one norm."""

    oordeel = forms.ChoiceField(label="Oordeel", choices=Beoordeling.Oordeel, widget=forms.RadioSelect)
    motivering = forms.CharField(
        label="Motivering",
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Waarom de feiten dit oordeel dragen.",
    )
    bewijsstuk = forms.ModelChoiceField(
        label="Bewijsstuk", queryset=Bewijsstuk.objects.none(), required=False, empty_label="Geen bewijsstuk"
    )
    bewijsplaats = forms.CharField(
        label="Bladzijde of passage", max_length=120, required=False, help_text="Bijvoorbeeld: blz. 4, artikel 2."
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, dossier: Dossier, aandachtspunt: Aandachtspunt, **kwargs):
        super().__init__(*args, **kwargs)
        veld = self.fields["bewijsstuk"]
        veld.queryset = dossier.bewijsstukken.select_related("soort")
        veld.label_from_instance = lambda stuk: f"{stuk.soort}: {stuk.titel} ({stuk.datum:%d-%m-%Y})"
        if aandachtspunt.vraagt_bewijs:
            veld.help_text = f"Deze norm vraagt zelf om bewijs: {aandachtspunt.bewijs}."


class BewijsstukForm(ModelFormulier):
    """A document on the dossier: what it is, of when, and who agreed to it."""

    class Meta:
        model = Bewijsstuk
        fields = ["soort", "titel", "datum", "akkoord_door", "akkoord_op", "vindplaats"]
        labels = {
            "soort": "Soort stuk",
            "titel": "Titel",
            "datum": "Datum van het stuk",
            "akkoord_door": "Akkoord door",
            "akkoord_op": "Akkoord op",
            "vindplaats": "Vindplaats",
        }
        help_texts = {
            "akkoord_door": "Wie het stuk heeft vastgesteld of goedgekeurd, bijvoorbeeld: college van B en W.",
            "vindplaats": "Kenmerk of archiefnummer waaronder het stuk bij de inspectie ligt.",
        }

    def __init__(self, *args, dossier: Dossier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].queryset = dossier.ronde.instrument.bewijssoorten.all()
        self.fields["soort"].empty_label = "Kies de soort"
