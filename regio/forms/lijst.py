"""Forms in which a list of municipalities is pasted."""

from django import forms

from regio.formulier import Datumveld, Formulier


class VoortrekkersFormulier(Formulier):
    """Which municipalities are voortrekker, from when. `gezien` is what the preview showed."""

    lijst = forms.CharField(
        label="Namen of CBS-codes",
        max_length=20_000,
        help_text="Eén gemeente per regel, zoals u haar uit een e-mail of rekenblad plakt.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    vanaf = Datumveld(label="Voortrekker vanaf", help_text="Wat daarvoor gold, blijft zoals het was.")
    gezien = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
