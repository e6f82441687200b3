"""Forms in which the analist gives open findings their themes."""

from django import forms

from rapportage.models import Thema
from rapportage.queries_dossiers import Dossierregel
from regio.formulier import Formulier


class ThemaForm(Formulier):
    """A row of check boxes per finding, and room to name a new theme, which has its box already.

    `gezien` carries what stood on the page: per finding its version and its themes.
    """

    markeer_optioneel = False
    gezien = forms.CharField(widget=forms.HiddenInput, required=False)
    nieuw = forms.CharField(
        label="Nieuw thema",
        required=False,
        max_length=120,
        help_text="Geef het een naam en vink het hieronder meteen aan waar het speelt.",
    )

    def __init__(self, *args, regels: list[Dossierregel], themas: list[Thema], **kwargs):
        self.regels, self.themas = [regel for regel in regels if regel.telt], themas
        super().__init__(*args, **kwargs)
        self.initial["gezien"] = self._gezien({})
        for regel in self.regels:
            veld = forms.TypedMultipleChoiceField(
                label=f"Thema’s in het antwoord van {regel.dossier.gemeente}",
                coerce=int,
                required=False,
                choices=[*((thema.pk, thema.naam) for thema in themas), (Thema.NIEUW, "het nieuwe thema")],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Een van de thema’s bestaat niet meer. Laad de pagina opnieuw."},
            )
            self.fields[self.veldnaam(regel)] = veld
            self.initial[self.veldnaam(regel)] = sorted(regel.themas)

    def _gezien(self, eerder: dict[int, tuple[int, frozenset[int]]]) -> str:
        """The present versions, each with the themes that the writer saw before (`eerder`), else the present themes."""
        return ";".join(
            f"{r.bevinding.pk}:{r.bevinding.versie}:"
            + ",".join(map(str, sorted(eerder.get(r.bevinding.pk, (0, r.themas))[1])))
            for r in self.regels
        )

    def met_nieuwe_teksten(self) -> "ThemaForm":
        """This form with the same ticks, for who has now read the present texts."""
        data = self.data.copy()
        data["gezien"] = self._gezien(self.cleaned_data["gezien"])
        return ThemaForm(data, regels=self.regels, themas=self.themas)

    @staticmethod
    def veldnaam(regel: Dossierregel) -> str:
        return f"b{regel.bevinding.pk}"

    @property
    def velden(self):
        """The dossiers that can be given themes, each with its row of check boxes."""
        return [(regel, self[self.veldnaam(regel)]) for regel in self.regels]

    def clean_nieuw(self):
        naam = " ".join(self.cleaned_data["nieuw"].split())
        if naam.casefold() in {thema.naam.casefold() for thema in self.themas}:
            raise forms.ValidationError("Dit thema bestaat al bij deze vraag.")
        return naam

    def clean(self):
        ingevuld = super().clean()
        aangevinkt = any(Thema.NIEUW in ingevuld.get(self.veldnaam(regel), ()) for regel in self.regels)
        if aangevinkt and not ingevuld.get("nieuw") and "nieuw" not in self.errors:
            self.add_error("nieuw", "Geef het nieuwe thema dat u hebt aangevinkt een naam.")
        return ingevuld

    def clean_gezien(self) -> dict[int, tuple[int, frozenset[int]]]:
        try:
            delen = [deel.split(":") for deel in self.cleaned_data["gezien"].split(";") if deel]
            return {
                int(pk): (int(versie), frozenset(int(thema) for thema in themas.split(",") if thema))
                for pk, versie, themas in delen
            }
        except ValueError as fout:
            raise forms.ValidationError("De pagina is onvolledig ontvangen. Laad haar opnieuw.") from fout

    @property
    def keuze(self) -> dict:
        """What `actions.themas_opslaan` asks for."""
        gekozen = {regel.bevinding.pk: frozenset(self.cleaned_data[self.veldnaam(regel)]) for regel in self.regels}
        return {"gezien": self.cleaned_data["gezien"], "gekozen": gekozen, "nieuw": self.cleaned_data["nieuw"]}


class ThemanaamForm(Formulier):
    """Another name for a theme; `was` is the name that the writer saw."""

    markeer_optioneel = False
    hernoem = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput)
    naam = forms.CharField(label="Naam", max_length=120)

    def __init__(self, data=None, *, thema: Thema):
        super().__init__(
            data,
            initial={"hernoem": thema.pk, "was": thema.naam, "naam": thema.naam},
            auto_id=f"thema-{thema.pk}-%s",
        )
        self.thema = thema
        self.fields["naam"].label = f"Naam van thema ‘{thema.naam}’"

    def clean_naam(self):
        return " ".join(self.cleaned_data["naam"].split())
