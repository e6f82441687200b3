"""Choosing an XLSForm, and confirming what it was read as."""

import json

from django import forms

from regio.formulier import Formulier
from regio.werkblad import MAX_BYTES, Werkbladfout, lees_xlsx
from vragenlijst import xlsform
from vragenlijst.instrumentbestand import Bestandsfout, lees

MAX_INHOUD = 2_000_000  # characters; an instrument of 60 questions takes 30 thousand
TOON = 50  # errors; who has more of them has the wrong file


class XlsformFormulier(Formulier):
    """`vertaling` and `gegeven` are there when the form is valid: what was read, and the instrument that it makes."""

    bestand = forms.FileField(
        label="XLSForm",
        help_text=f"Een Excel-werkmap (.xlsx) uit KoboToolbox, ODK of zelf gemaakt, hoogstens {MAX_BYTES // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Het bestand is leeg.",
            "missing": "Kies een bestand.",
        },
    )

    def clean_bestand(self):
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MAX_BYTES:
            raise forms.ValidationError(f"Dit bestand is te groot; ten hoogste {MAX_BYTES // 1_000_000} MB mag.")
        try:
            self.vertaling = xlsform.vertaal(lees_xlsx(bestand.read()), bestand.name)
            self.inhoud = json.dumps(self.vertaling.inhoud, ensure_ascii=False)
            self.gegeven = lees(self.inhoud)
        except Werkbladfout as fout:
            raise forms.ValidationError(str(fout)) from fout
        except (xlsform.Formulierfout, Bestandsfout) as fout:
            over = [f"… en nog {len(fout.fouten) - TOON}."] if len(fout.fouten) > TOON else []
            raise forms.ValidationError([*fout.fouten[:TOON], *over]) from fout
        if len(self.inhoud) > MAX_INHOUD:
            raise forms.ValidationError("Dit formulier is te lang voor één vragenlijst.")
        return bestand


class BevestigFormulier(Formulier):
    """The instrument as it was shown, so that confirming takes in exactly that."""

    markeer_optioneel = False

    inhoud = forms.CharField(max_length=MAX_INHOUD, widget=forms.HiddenInput)
    verslag = forms.JSONField(widget=forms.HiddenInput)

    def clean_verslag(self):
        verslag = self.cleaned_data["verslag"]
        meldingen = verslag.get("meldingen") if isinstance(verslag, dict) else None
        heel = isinstance(meldingen, list) and all(
            isinstance(melding, list) and len(melding) == 3 and all(isinstance(deel, str) for deel in melding)
            for melding in meldingen
        )
        if not heel or not isinstance(verslag.get("bestand"), str) or len(json.dumps(verslag)) > MAX_INHOUD:
            raise forms.ValidationError(
                "Het verslag van het inlezen is niet heel aangekomen. Kies het bestand opnieuw."
            )
        return {"bestand": verslag["bestand"], "meldingen": meldingen}

    def clean_inhoud(self):
        try:
            return lees(self.cleaned_data["inhoud"])
        except Bestandsfout as fout:
            raise forms.ValidationError(fout.fouten[:TOON]) from fout
