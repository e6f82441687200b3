"""The choices in the address of a page of development: the other round, the division, the groups, and which pairs to show."""

from django import forms

from rapportage import trend
from rapportage.indelingen import ROL, indelingen
from rapportage.queries.trend import OPEN, Lot, Lotgeval, Paarregel
from rapportage.trend import LOTGEVALLEN, Ontwikkeling, Trendregel
from rapportage.uitkomst import ALLE
from rapportage.weergave_trend import NU, Trendweergave
from regio.formulier import Formulier
from vragenlijst.models import Ronde

RICHTINGEN = {"vooruit": 1, "terug": -1}


class TrendForm(Formulier):
    """What cannot be chosen is said at its field and counts as not chosen. `rondes` are those to compare with, the usual first."""

    markeer_optioneel = False
    toen = forms.ChoiceField(label="Vergelijken met", required=False)
    gemeenten = forms.ChoiceField(
        label="Gemeenten", required=False, choices=[("", "Zoals toen"), (NU, "Naar de indeling van nu")]
    )
    indeling = forms.ChoiceField(label="Groepen naar", required=False)

    def __init__(self, data, *, ronde: Ronde, rondes: list[Ronde], **kwargs):
        super().__init__(data, **kwargs)
        self.ronde, self.rondes = ronde, {r.slug: r for r in rondes}
        self.indelingen = indelingen(ronde)
        self.fields["toen"].choices = [
            (slug if plek else "", r.naam) for plek, (slug, r) in enumerate(self.rondes.items())
        ]
        self.fields["indeling"].choices = [
            (code if indeling != ROL else "", indeling.naam) for code, indeling in self.indelingen.items()
        ]

    @property
    def weergave(self) -> Trendweergave:
        self.is_valid()
        gewoon = next(iter(self.rondes.values()))
        return Trendweergave(
            self.ronde,
            self.rondes.get(self.cleaned_data.get("toen"), gewoon),
            gewoon,
            naar_nu=self.cleaned_data.get("gemeenten") == NU,
            indeling=self.indelingen.get(self.cleaned_data.get("indeling"), ROL),
        )


class Paarfilter(Formulier):
    """Which pairs of a question or norm to show: from which state to which, or all that went one way."""

    markeer_optioneel = False
    van = forms.ChoiceField(required=False)
    naar = forms.ChoiceField(required=False)
    richting = forms.ChoiceField(
        label="Verloop", required=False, choices=[("", "Alle"), ("vooruit", "Vooruit"), ("terug", "Terug")]
    )
    groep = forms.ChoiceField(required=False)

    def __init__(self, data, *, vergeleken: Ontwikkeling, regel: Trendregel, namen: tuple[str, str]):
        super().__init__(data)
        standen = {code for stand in regel.standen for code in stand}
        volgorde = [*(optie.code for optie in regel.opties), *trend.REST, trend.VERSCHILT]
        mogelijk = [(c, regel.naam(c)) for c in volgorde if c in standen or c in regel.alle.inhoud]
        for veld, label in zip(("van", "naar"), namen, strict=True):
            self.fields[veld].choices = [("", "Alle"), *mogelijk]
            self.fields[veld].label = f"Antwoord {label}" if not regel.is_norm else f"Oordeel {label}"
        self.fields["groep"].choices = [
            ("", ALLE.naam),
            *((groep.code, groep.naam) for groep in vergeleken.groepen if groep != ALLE),
        ]
        self.fields["groep"].label = vergeleken.indeling.naam
        if not regel.heeft_richting:
            del self.fields["richting"]
        self.is_valid()

    def gekozen(self, naam: str) -> str:
        return self.cleaned_data.get(naam, "")

    @property
    def kiest(self) -> bool:
        return any(self.gekozen(naam) for naam in self.fields)

    def kies(self, regels: list[Paarregel]) -> list[Paarregel]:
        van, naar, groep = self.gekozen("van"), self.gekozen("naar"), self.gekozen("groep")
        richting = RICHTINGEN.get(self.gekozen("richting"))
        return [
            r
            for r in regels
            if van in ("", r.van)
            and naar in ("", r.naar)
            and groep in ("", r.groep)
            and (richting is None or r.richting == richting)
        ]


class Lotfilter(Formulier):
    """Which intentions to show: those of which this became."""

    markeer_optioneel = False
    uitkomst = forms.ChoiceField(
        label="Wat ervan is geworden",
        required=False,
        choices=[("", "Alle"), *LOTGEVALLEN.items(), (OPEN, "Nog niet vastgelegd")],
    )

    def kies(self, lot: Lot) -> list[Lotgeval]:
        self.is_valid()
        gekozen = self.cleaned_data.get("uitkomst", "")
        return [geval for geval in lot.gevallen if gekozen in ("", geval.uitkomst)]
