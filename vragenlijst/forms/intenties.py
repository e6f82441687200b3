"""Saying what became of an intention."""

from django import forms

from regio.formulier import Formulier
from vragenlijst.inhoud import MAX_TEKST
from vragenlijst.models import Opvolging


class OpvolgingForm(Formulier):
    uitkomst = forms.ChoiceField(label="Wat is ervan geworden", choices=Opvolging.Uitkomst, widget=forms.RadioSelect)
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Waaruit dat blijkt, en als het anders is gelopen: hoe dat komt.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


def opvolging_form(opvolging: Opvolging | None, data=None) -> OpvolgingForm:
    begin = {"versie": 0}
    if opvolging is not None:
        begin = {
            "uitkomst": opvolging.uitkomst,
            "toelichting": opvolging.toelichting,
            "versie": opvolging.versie,
        }
    return OpvolgingForm(data, initial=begin)
