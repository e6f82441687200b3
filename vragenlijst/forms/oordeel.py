"""Judging a norm on its evidence."""

from django import forms
from django.db.models import Q

from regio.formulier import Formulier
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
        # A document that was replaced can stay under a judgement that rests on it, and is not chosen anew.
        te_kiezen = Q(vervangen_door=None) | Q(beoordelingen__aandachtspunt=aandachtspunt)
        veld.queryset = dossier.bewijsstukken.filter(te_kiezen).distinct().select_related("soort", "vervangen_door")
        veld.label_from_instance = lambda stuk: (
            f"{stuk.soort}: {stuk.titel} ({stuk.datum:%d-%m-%Y}){', vervangen' if stuk.opvolger else ''}"
        )
        if aandachtspunt.vraagt_bewijs:
            veld.soms_verplicht = True
            veld.help_text = f"Deze norm vraagt zelf om bewijs: {aandachtspunt.bewijs}."
