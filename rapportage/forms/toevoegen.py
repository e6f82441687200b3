"""Forms of "voeg toe aan rapport"."""

from django import forms

from rapportage.models import Passage, Rapport
from rapportage.queries import maatkeuzes
from rapportage.queries.bewoording import Conceptzin
from rapportage.uitspraken.maat import Onleesbaar, lees
from rapportage.uitspraken.ontleden import kaal
from regio.formulier import Formulier
from vragenlijst.models import Ronde


class MaatForm(Formulier):
    """What to count: picked in words, or typed as a maat; what is typed goes first."""

    markeer_optioneel = False
    telling = forms.ChoiceField(label="Antwoord of oordeel", required=False)
    groep = forms.ChoiceField(label="Van welke gemeenten", required=False)
    maat = forms.CharField(label="Of typ een maat", max_length=300, required=False)

    def __init__(self, *args, ronde: Ronde, **kwargs):
        super().__init__(*args, **kwargs)
        tellingen, groepen = maatkeuzes.tellingen_van(ronde), maatkeuzes.groepen_van(ronde)
        self.fields["telling"].choices = [("", "Maak een keuze"), *tellingen]
        self.fields["groep"].choices = [("", "Alle gemeenten"), *groepen]
        if voorbeeld := maatkeuzes.voorbeeld(tellingen, groepen):
            self.fields[
                "maat"
            ].help_text = f"Voor wie de codes kent: {voorbeeld.maat} is ‘{voorbeeld.antwoord}’ op {voorbeeld.vraag}."

    def clean(self):
        gegeven = super().clean()
        maat = gegeven.get("maat") or " ".join(filter(None, (gegeven.get("telling"), gegeven.get("groep"))))
        if not self.errors and not maat:
            self.add_error("telling", "Maak een keuze, of typ een maat.")
        elif not self.errors:
            try:
                gegeven["maat"] = lees(maat)
            except Onleesbaar as fout:
                self.add_error("maat", str(fout))
        return gegeven


class ToevoegForm(Formulier):
    """Which of the two drafts, and where it goes."""

    markeer_optioneel = False
    zin = forms.ChoiceField(label="Zin", widget=forms.RadioSelect)
    passage = forms.ModelChoiceField(label="Passage", queryset=Passage.objects.none(), empty_label="Kies een passage")

    def __init__(self, *args, rapport: Rapport, zin: Conceptzin, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zin"].choices = [(zin.met_getal, kaal(zin.met_getal)), (zin.zonder_getal, kaal(zin.zonder_getal))]
        self.initial["zin"] = zin.met_getal
        self.fields["passage"].queryset = rapport.passages.select_related("onderdeel", "rapport__ronde")
