"""The forms with which a file of reference data is uploaded and confirmed."""

from django import forms

from regio.formulier import Datumveld, Formulier
from regio.geojson import GROOTSTE_BESTAND as GROOTSTE_KAART
from regio.models import Inlezing
from regio.tabelbestand import GROOTSTE_BESTAND


class InlezingFormulier(Formulier):
    soort = forms.ChoiceField(
        label="Wat voor bestand is het?", choices=Inlezing.Soort.choices, widget=forms.RadioSelect
    )
    peildatum = Datumveld(
        label="Peildatum",
        required=False,
        help_text="Nodig bij gemeenten en grenzen: de dag waarop die gelden. Bij andere bestanden niet nodig.",
    )
    bestand = forms.FileField(
        label="Bestand",
        help_text=f"CSV of Excel-werkmap (.xlsx), hoogstens {GROOTSTE_BESTAND // 1_000_000} MB; "
        f"grenzen als GeoJSON, hoogstens {GROOTSTE_KAART // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.json,.geojson"}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Het bestand is leeg.",
            "missing": "Kies een bestand.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["peildatum"].soms_verplicht = True

    def clean(self):
        super().clean()
        velden = self.cleaned_data
        self._keur_grootte(velden.get("bestand"), velden.get("soort"))
        if velden.get("soort") in (Inlezing.Soort.GEMEENTEN, Inlezing.Soort.GRENZEN):
            if not velden.get("peildatum") and "peildatum" not in self.errors:
                self.add_error("peildatum", "Vul in op welke dag dit geldt.")
        else:
            velden["peildatum"] = None

    def _keur_grootte(self, bestand, soort: str | None) -> None:
        grootste = GROOTSTE_KAART if soort == Inlezing.Soort.GRENZEN else GROOTSTE_BESTAND
        if bestand and bestand.size > grootste:
            self.add_error(
                "bestand",
                f"'{bestand.name}' is te groot: {bestand.size / 1_000_000:.0f} MB, ten hoogste {grootste // 1_000_000} MB mag.",
            )


class BevestigFormulier(Formulier):
    """`stempel` is that of the difference that was shown; `klopt` only counts where something has to be confirmed."""

    markeer_optioneel = False

    stempel = forms.CharField(max_length=64, widget=forms.HiddenInput)
    klopt = forms.BooleanField(required=False, label="Dit klopt: het bestand is volledig")

    def __init__(self, *args, vraagt_klopt: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not vraagt_klopt:
            del self.fields["klopt"]
