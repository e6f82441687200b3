"""Marking an answer as an intention, and saying what became of one."""

from django import forms

from regio.formulier import Datumveld, Formulier
from vragenlijst.inhoud import MAX_TEKST
from vragenlijst.models import Antwoord, Intentie, Opvolging


class IntentieForm(Formulier):
    omschrijving = forms.CharField(
        label="Wat is men van plan",
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Zo concreet als gezegd is: wie, wat, met wie. De volgende ronde vraagt wat ervan is geworden.",
    )
    horizon = Datumveld(label="Voor wanneer", required=False, help_text="Alleen als er een datum is genoemd.")
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


def intentie_form(antwoord: Antwoord, intentie: Intentie | None, data=None) -> IntentieForm:
    """Filled with what was marked, or else with what was answered: the text, what was literally said, or the note."""
    if intentie is not None:
        begin = {"omschrijving": intentie.omschrijving, "horizon": intentie.horizon, "versie": intentie.versie}
    else:
        begin = {"omschrijving": antwoord.tekst or antwoord.citaat or antwoord.toelichting, "versie": 0}
    return IntentieForm(data, initial=begin)


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
