"""Putting people on dossiers: a form per dossier."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError

from regio.formulier import Formulier
from regio.models import Gebruiker
from vragenlijst import bezetting
from vragenlijst.bezetting import Bezetting, Situatie
from vragenlijst.models import Dossier
from vragenlijst.queries import rondes as queries_rondes

LEGE_KEUZE = "—"


class ToewijzingForm(Formulier):
    """Who works on one dossier. `gezien` is who it was when the page was made, so that a stale form is noticed."""

    markeer_optioneel = False
    gezien = forms.CharField(max_length=70, widget=forms.HiddenInput)

    def __init__(self, data, *, dossier: Dossier, situatie: Situatie, mensen: Mapping[int, Gebruiker]):
        self.dossier, self.situatie = dossier, situatie
        staat = {plaats: getattr(situatie.staat, plaats) for plaats in bezetting.PLAATSEN}
        self.weg = _weg(dossier, situatie)
        super().__init__(data, prefix=f"d{dossier.pk}", initial={**staat, "gezien": str(situatie.staat)})
        for plaats, titel in TITELS.items():
            self.fields[plaats] = forms.TypedChoiceField(
                label=f"{titel} van {dossier.gemeente}",
                required=False,
                coerce=int,
                empty_value=None,
                choices=_keuzes(getattr(dossier, plaats), mensen),
                disabled=plaats not in situatie.te_wijzigen,
                error_messages={"invalid_choice": "Kies iemand die nu inspecteur is."},
            )
            if plaats in self.weg:
                self.fields[plaats].widget.attrs["aria-describedby"] = f"d{dossier.pk}-{plaats}_weg"

    def clean_gezien(self):
        try:
            return Bezetting.lees(self.cleaned_data["gezien"])
        except ValueError as fout:
            raise ValidationError("Deze regel is niet te lezen. Laad de pagina opnieuw.") from fout

    def clean(self):
        gegevens = super().clean()
        if not self.errors and gegevens["gezien"] == self.situatie.staat:  # else it is stale: `toewijzen` says so
            for plaats, zin in bezetting.bezwaren(self.situatie, self.gewenst).items():
                self.add_error(plaats, zin)
        return gegevens

    @property
    def gewenst(self) -> Bezetting:
        return Bezetting(**{plaats: self.cleaned_data.get(plaats) for plaats in bezetting.PLAATSEN})

    @property
    def plaatsen(self) -> list:
        return [self[plaats] for plaats in bezetting.PLAATSEN]

    @property
    def onzichtbaar(self) -> list[tuple[str, str]]:
        """(name, value) of each field, to send along from a page on which the row does not stand."""
        return [(veld.html_name, veld.value() or "") for veld in (self["gezien"], *self.plaatsen)]


TITELS = {
    bezetting.INSPECTEUR: "Inspecteur",
    bezetting.TWEEDE: "Tweede inspecteur",
    bezetting.TOETSER: "Toetser",
}


def _keuzes(huidig: Gebruiker | None, mensen: Mapping[int, Gebruiker]) -> Iterable[tuple]:
    """Nobody, the active inspectors, and whoever has the place now, even when they have left: `weg` says so below the control."""
    keuzes = [("", LEGE_KEUZE), *((pk, str(mens)) for pk, mens in mensen.items())]
    if huidig is not None and huidig.pk not in mensen:
        keuzes.append((huidig.pk, str(huidig)))
    return keuzes


def _weg(dossier: Dossier, situatie: Situatie) -> dict[str, str]:
    """Per place whose holder cannot work on it any more: a sentence that says so."""
    houders = {plaats: getattr(dossier, plaats) for plaats in bezetting.PLAATSEN}
    return {
        plaats: f"{mens} is {queries_rondes.waarom_niet_inzetbaar(mens)}"
        for plaats, mens in houders.items()
        if mens is not None and mens.pk in situatie.weg
    }
