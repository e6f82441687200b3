"""Forms that know which version they were fetched from, so that nobody overwrites what another wrote."""

from datetime import date

from django import forms

from regio.formulier import ModelFormulier


class Versieformulier(ModelFormulier):
    """A form that knows which version it was fetched from: of its object, or of the gemeente (`drager`) the object belongs to."""

    versie = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Het formulier kwam onvolledig aan. Laad de pagina opnieuw.",
        ),
    )

    def __init__(self, *args, drager=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.drager = drager or self.instance
        self.initial["versie"] = self.drager.versie

    def naast_elkaar(self) -> list[tuple[str, str, str]]:
        """After a stale save: (label, what the database has now, what was typed) of each field where they differ.

        From here on the form carries the present version: who saves again does so knowingly.
        """
        self.data = self.data.copy()
        self.data["versie"] = type(self.drager).objects.values_list("versie", flat=True).get(pk=self.drager.pk)
        if self.instance._state.adding:
            return []
        nu = type(self.instance).objects.get(pk=self.instance.pk)
        rijen = []
        for naam in self._meta.fields:
            oud, nieuw = getattr(nu, naam), self.cleaned_data.get(naam)
            if oud != nieuw:
                rijen.append((self.fields[naam].label, self._leesbaar(naam, oud), self._leesbaar(naam, nieuw)))
        return rijen

    def _leesbaar(self, naam: str, waarde) -> str:
        if waarde in (None, ""):
            return "leeg"
        if isinstance(waarde, bool):
            return "ja" if waarde else "nee"
        if isinstance(waarde, date):
            return f"{waarde:%d-%m-%Y}"
        return str(dict(getattr(self.fields[naam], "choices", ())).get(waarde, waarde))


# --- Municipalities --------------------------------------------------------------------------------------------------
