"""Forms of the report and its passages."""

from django import forms

from rapportage.models import Rapport
from regio.formulier import Formulier, ModelFormulier

MAX_PASSAGE = 100_000


class RapportForm(ModelFormulier):
    """What stands on the title page. `versie` is that of the report as its writer saw it, 0 when there was none yet."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Rapport
        fields = ["titel", "ondertitel", "nummer", "datum"]
        help_texts = {
            "nummer": "Het nummer waaronder het rapport verschijnt, bijvoorbeeld V08/01.",
            "datum": "De datum op de titelpagina.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versie"] = self.instance.versie if self.instance.pk else 0


def met_versie(form: forms.BaseForm, versie: int) -> forms.BaseForm:
    """The same bound form with everything as typed, for who has now seen version `versie`."""
    data = form.data.copy()
    data["versie"] = versie
    return type(form)(data, **({"instance": form.instance} if isinstance(form, forms.ModelForm) else {}))


def met_tekst(form: forms.BaseForm, tekst: str) -> forms.BaseForm:
    """The same bound form with another text in it."""
    data = form.data.copy()
    data["tekst"] = tekst
    return type(form)(data)


class PassageForm(Formulier):
    """`versie` is that of the text the writer had before them."""

    markeer_optioneel = False
    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    tekst = forms.CharField(
        label="Tekst",
        required=False,
        max_length=MAX_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true", "lang": "nl"}),
        help_text="Met een lege regel begint een alinea; onder het tekstvak staat hoe u koppen, voetnoten en uitspraken schrijft.",
    )
