"""A step in a status, with what it asks: nothing, a reason, or somebody's approval."""

from django import forms
from django.db import models

from regio.formulier import Datumveld, Formulier
from vragenlijst.actions import Akkoord
from vragenlijst.actions.verslag import controleer_akkoord
from vragenlijst.overgangen import overgangen

CORRECTIES = "Wat de gesprekspartner anders wil, in diens woorden. Alleen de inspecteurs van het dossier zien dit."


class StapForm(Formulier):
    """A step that asks nothing. What the others ask goes to `zet_status` by name: `gegevens`."""

    naar = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, ding: models.Model, **kwargs):
        self.ding = ding
        super().__init__(*args, **kwargs)

    def gegevens(self) -> dict:
        return {}


class RedenForm(StapForm):
    reden = forms.CharField(
        label="Reden",
        max_length=2000,
        error_messages={"required": "Geef een reden op."},
        help_text="Staat in de geschiedenis: noem geen namen van gesprekspartners.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def gegevens(self) -> dict:
        return {"reden": self.cleaned_data["reden"]}


class TerugneemForm(RedenForm):
    """Taking back a verslag: what the gesprekspartner wants changed is kept with it."""

    correcties = forms.CharField(
        label="Correcties van de gesprekspartner",
        required=False,
        max_length=20_000,
        help_text=CORRECTIES,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("correcties", self.ding.correcties)

    def gegevens(self) -> dict:
        return super().gegevens() | {"correcties": self.cleaned_data["correcties"]}


class AkkoordForm(StapForm):
    """The gesprekspartner's approval of the verslag."""

    datum = Datumveld(label="Akkoord gegeven op")
    door = forms.CharField(label="Akkoord gegeven door", max_length=200)
    correcties = forms.CharField(
        label="Correcties van de gesprekspartner",
        required=False,
        max_length=20_000,
        help_text=f"{CORRECTIES} Vragen zij een ander antwoord, neem het verslag dan eerst terug.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        namen = [partner.naam for partner in self.ding.gesprekspartners.all()]
        self.fields["door"].widget.attrs |= {"list": "gesprekspartners", "autocomplete": "off"}
        self.initial.setdefault("door", namen[0] if len(namen) == 1 else "")
        self.initial.setdefault("correcties", self.ding.correcties)

    def clean_datum(self):
        """What the action would refuse is said here, together with what else is wrong in the form."""
        datum = self.cleaned_data["datum"]
        try:
            controleer_akkoord(self.ding, Akkoord(datum, "wie het ook gaf"))
        except forms.ValidationError as fout:
            raise forms.ValidationError(fout.message_dict["datum"]) from fout
        return datum

    def gegevens(self) -> dict:
        akkoord = Akkoord(self.cleaned_data["datum"], self.cleaned_data["door"])
        return {"akkoord": akkoord, "correcties": self.cleaned_data["correcties"]}


# What a step asks beyond a reason, by kind of thing, from and to.
EIGEN_FORMULIER = {
    ("interview", "ter_accordering", "geaccordeerd"): AkkoordForm,
    ("interview", "ter_accordering", "gehouden"): TerugneemForm,
}


def stapform(ding: models.Model, naar: str, data=None) -> StapForm:
    """The form for bringing `ding` to `naar`; empty, or with what was posted."""
    soort = ding._meta.model_name
    met_reden = any(stap.met_reden for stap in overgangen(soort, ding.status, naar))
    eigen = EIGEN_FORMULIER.get((soort, ding.status, naar), RedenForm if met_reden else StapForm)
    return eigen(data, ding=ding, initial={"naar": naar}, auto_id=f"id_{naar}_%s")
