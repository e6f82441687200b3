"""Forms in which the analist gives open findings their themes."""

from django import forms

from rapportage.models import Thema
from rapportage.queries.dossiers import Dossierregel
from regio.formulier import Formulier
from regio.models import Gebruiker

Boom = list[tuple[Thema, tuple[str, ...]]]  # queries_themas.boom


def padnaam(thema: Thema, pad: tuple[str, ...]) -> str:
    """A theme with what it falls under: "Instroom › Banen"."""
    return " › ".join((*pad, thema.naam))


class ThemaForm(Formulier):
    """A row of check boxes per finding with what the writer finds in it, and room to name a new theme, which has its box
    already. One theme can be given to several findings at once: `kies` says which, `tegelijk` which theme.

    `gezien` carries what stood on the page: per finding its version and the themes of the writer.
    """

    GEEF, HAAL = "geef", "haal"  # what the button under the choice of several says

    markeer_optioneel = False
    gezien = forms.CharField(widget=forms.HiddenInput, required=False)
    nieuw = forms.CharField(
        label="Nieuw thema",
        required=False,
        max_length=120,
        help_text="Geef het een naam en vink het hieronder meteen aan waar het speelt.",
    )
    tegelijk = forms.TypedChoiceField(label="Thema voor de gekozen antwoorden", required=False, coerce=int)
    kies = forms.TypedMultipleChoiceField(label="Gekozen antwoorden", required=False, coerce=int)

    def __init__(self, *args, regels: list[Dossierregel], boom: Boom, wie: Gebruiker, **kwargs):
        self.regels, self.boom, self.wie = [regel for regel in regels if regel.telt], boom, wie
        super().__init__(*args, **kwargs)
        self.initial["gezien"] = self._gezien({})
        keuzes = [*((thema.pk, padnaam(thema, pad)) for thema, pad in boom), (Thema.NIEUW, "het nieuwe thema")]
        self.fields["tegelijk"].choices = [("", "Kies een thema"), *keuzes]
        self.fields["kies"].choices = [(regel.bevinding.pk, str(regel.dossier.gemeente)) for regel in self.regels]
        for regel in self.regels:
            veld = forms.TypedMultipleChoiceField(
                label=f"Thema’s in het antwoord van {regel.dossier.gemeente}",
                coerce=int,
                required=False,
                choices=keuzes,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Een van de thema’s bestaat niet meer. Laad de pagina opnieuw."},
            )
            self.fields[self.veldnaam(regel)] = veld
            self.initial[self.veldnaam(regel)] = sorted(regel.themas_van(wie))

    def _gezien(self, eerder: dict[int, tuple[int, frozenset[int]]]) -> str:
        """The present versions, each with the themes that the writer saw before (`eerder`), else the present themes."""
        return ";".join(
            f"{r.bevinding.pk}:{r.bevinding.versie}:"
            + ",".join(map(str, sorted(eerder.get(r.bevinding.pk, (0, r.themas_van(self.wie)))[1])))
            for r in self.regels
        )

    def met_nieuwe_teksten(self) -> "ThemaForm":
        """This form with the same ticks, for who has now read the present texts."""
        data = self.data.copy()
        data["gezien"] = self._gezien(self.cleaned_data["gezien"])
        return ThemaForm(data, regels=self.regels, boom=self.boom, wie=self.wie)

    @staticmethod
    def veldnaam(regel: Dossierregel) -> str:
        return f"b{regel.bevinding.pk}"

    @property
    def velden(self):
        """The dossiers that can be given themes, each with its row of check boxes, and whether it was chosen with others."""
        gekozen = {str(pk) for pk in self["kies"].value() or ()}
        return [(regel, self[self.veldnaam(regel)], str(regel.bevinding.pk) in gekozen) for regel in self.regels]

    def clean_nieuw(self):
        naam = " ".join(self.cleaned_data["nieuw"].split())
        if naam.casefold() in {thema.naam.casefold() for thema, _ in self.boom}:
            raise forms.ValidationError("Dit thema bestaat al bij deze vraag.")
        return naam

    @property
    def actie(self) -> str:
        return self.data.get("actie", "")

    def clean(self):
        ingevuld = super().clean()
        vinkjes = [ingevuld.get(self.veldnaam(regel), ()) for regel in self.regels]
        aangevinkt = any(Thema.NIEUW in vinkjes_hier for vinkjes_hier in vinkjes)
        if self.actie in (self.GEEF, self.HAAL):
            if ingevuld.get("tegelijk") in (None, "") and "tegelijk" not in self.errors:
                self.add_error("tegelijk", "Kies het thema.")
            elif not ingevuld.get("kies") and "kies" not in self.errors:
                self.add_error("tegelijk", "Kies eerst bij welke antwoorden: vink ze aan met ‘kies’.")
            aangevinkt = aangevinkt or ingevuld.get("tegelijk") == Thema.NIEUW
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
        if self.actie in (self.GEEF, self.HAAL):
            thema = frozenset({self.cleaned_data["tegelijk"]})
            for pk in self.cleaned_data["kies"]:
                gekozen[pk] = gekozen[pk] | thema if self.actie == self.GEEF else gekozen[pk] - thema
        return {"gezien": self.cleaned_data["gezien"], "gekozen": gekozen, "nieuw": self.cleaned_data["nieuw"]}


class ThemaplekForm(Formulier):
    """The name of a theme and what it falls under; `was` and `ouder_was` are what the writer saw."""

    markeer_optioneel = False
    wijzig = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput)
    ouder_was = forms.IntegerField(widget=forms.HiddenInput, required=False)
    naam = forms.CharField(label="Naam", max_length=120)
    ouder = forms.TypedChoiceField(label="Valt onder", required=False, coerce=int, empty_value=None)

    def __init__(self, data=None, *, thema: Thema, boom: Boom):
        super().__init__(
            data,
            initial={
                "wijzig": thema.pk,
                "was": thema.naam,
                "ouder_was": thema.ouder_id,
                "naam": thema.naam,
                "ouder": thema.ouder_id or "",
            },
            auto_id=f"thema-{thema.pk}-%s",
        )
        self.thema = thema
        self.fields["naam"].label = f"Naam van thema ‘{thema.naam}’"
        self.fields["ouder"].choices = [
            ("", "geen ander thema"),
            *((ander.pk, padnaam(ander, pad)) for ander, pad in boom if ander.pk != thema.pk),
        ]

    def clean_naam(self):
        return " ".join(self.cleaned_data["naam"].split())

    @property
    def keuze(self) -> dict:
        """What `actions.thema_wijzigen` asks for."""
        gegeven = self.cleaned_data
        return {
            "was": (gegeven["was"], gegeven["ouder_was"]), "naam": gegeven["naam"], "ouder": gegeven["ouder"]
        }  # fmt: skip
