"""A step in a status, with its reason where one is asked."""

from django import forms

from regio.formulier import Formulier


class StapForm(Formulier):
    naar = forms.CharField(widget=forms.HiddenInput)
    reden = forms.CharField(label="Reden", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
