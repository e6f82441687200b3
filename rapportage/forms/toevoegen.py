"""Forms of "voeg toe aan rapport"."""

from django import forms

from rapportage.models import Passage, Rapport
from rapportage.queries.bewoording import Conceptzin
from rapportage.uitspraken.maat import Maat, Onleesbaar, lees
from rapportage.uitspraken.ontleden import kaal
from regio.formulier import Formulier


class MaatForm(Formulier):
    markeer_optioneel = False
    maat = forms.CharField(
        label="Maat",
        max_length=300,
        help_text="De code van een vraag of norm en een antwoord, bijvoorbeeld V1.1=ja of V1.1=ja rol=voortrekker.",
    )

    def clean_maat(self) -> Maat:
        try:
            return lees(self.cleaned_data["maat"])
        except Onleesbaar as fout:
            raise forms.ValidationError(str(fout)) from fout


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
