"""The toetser's notes, and what is answered to them."""

from django import forms

from regio.formulier import Formulier
from vragenlijst.inhoud import MAX_TEKST
from vragenlijst.models import Aandachtspunt, Dossier, Vraag

HET_DOSSIER = ("", "Het dossier als geheel")
# The pages from which a note is placed, and to which its writer returns.
PAGINAS = ("bevindingen", "beoordelingen", "opmerkingen")


def onderwerpen(dossier: Dossier) -> list[tuple]:
    """What a note can be about, as choices: the dossier, its questions, its norms."""
    instrument = dossier.ronde.instrument_id
    vragen = Vraag.objects.filter(onderdeel__instrument=instrument).values_list("code", "tekst")
    normen = Aandachtspunt.objects.filter(onderdeel__instrument=instrument).values_list("code", "kort")
    return [
        HET_DOSSIER,
        ("Vragen", [(code, f"{code} {_kort(tekst)}") for code, tekst in vragen]),
        ("Aandachtspunten", [(code, f"{code} {kort}") for code, kort in normen]),
    ]


def _kort(tekst: str, hoogstens: int = 70) -> str:
    return tekst if len(tekst) <= hoogstens else f"{tekst[:hoogstens].rsplit(' ', 1)[0]} …"


class OpmerkingForm(Formulier):
    """A note on a question, a norm or the dossier. On the page of findings or judgements `over` is known, and hidden."""

    over = forms.ChoiceField(label="Waarover", required=False)
    tekst = forms.CharField(label="Opmerking", max_length=MAX_TEKST, widget=forms.Textarea(attrs={"rows": 3}))
    vanaf = forms.ChoiceField(choices=[(p, p) for p in PAGINAS], required=False, widget=forms.HiddenInput)

    markeer_optioneel = False

    def __init__(self, *args, keuzes: list[tuple], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["over"].choices = keuzes


def opmerking_bij(code: str, vanaf: str) -> OpmerkingForm:
    """The empty form at this question or norm on a page that has many of them."""
    form = OpmerkingForm(
        keuzes=[(code, code)], initial={"over": code, "vanaf": vanaf}, auto_id=f"id_{code.replace('.', '_')}_%s"
    )
    form.fields["over"].widget = forms.HiddenInput()
    form.fields["tekst"].label = f"Opmerking bij {code}"
    return form


class ReactieForm(Formulier):
    """What was done with a note."""

    reactie = forms.CharField(
        label="Reactie",
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat u met de opmerking hebt gedaan, of waarom niet.",
    )
    gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class HeropenForm(Formulier):
    """Why a note is opened again."""

    reden = forms.CharField(
        label="Wat ontbreekt er nog", max_length=MAX_TEKST, widget=forms.Textarea(attrs={"rows": 2})
    )
    gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class IntrekForm(Formulier):
    gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
