"""Drawing municipalities by lot: from which, in which strata, how many, with which seed; and who falls out."""

import secrets
from collections.abc import Mapping

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError

from regio.formulier import Formulier
from regio.herkennen import Bekend, herken
from vragenlijst.forms.rondes import Kandidatenfilter
from vragenlijst.loting import ZAADVORM
from vragenlijst.models import Trekking
from vragenlijst.queries.rondes import Kandidaat
from vragenlijst.queries.trekkingen import Ontwerp, Trekkingstand, Voorstel

Verdeling = Trekking.Verdeling


class Afbakening(Kandidatenfilter):
    """From which municipalities is drawn: the filters of choosing by hand, without the name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("zoek")
        self.helper.layout[0].pop(0)
        if "soort" in self.fields:
            self.fields["soort"].initial = "echt"

    def populatie(self) -> dict[str, Kandidaat]:
        return {kandidaat.gemeente.code: kandidaat for kandidaat in self.passend()}

    @property
    def zin(self) -> str:
        """What was filtered, as it can be read years later: "Provincie: Utrecht; In de Randstad: Ja"."""
        delen = []
        for naam, waarde in self.cleaned_data.items():
            if waarde is True:
                delen.append(str(self.fields[naam].label))
            elif waarde not in ("", None, False):
                delen.append(f"{self.fields[naam].label}: {_keuzenaam(self.fields[naam].choices, waarde)}")
        return "; ".join(delen)


def _keuzenaam(keuzes, waarde) -> str:
    for code, naam in keuzes:
        if isinstance(naam, list):
            if gevonden := _keuzenaam(naam, waarde):
                return gevonden
        elif str(code) == str(waarde):
            return str(naam)
    return ""


class TrekkingForm(Formulier):
    """How is drawn. Valid data give an `ontwerp`."""

    kenmerken = forms.MultipleChoiceField(
        label="Strata naar",
        choices=Trekking.Kenmerk.choices,
        required=False,
        initial=Trekking.Kenmerk.values,
        widget=forms.CheckboxSelectMultiple,
        help_text="Uit elke combinatie wordt apart geloot. Kies niets om uit alle gemeenten samen te loten.",
    )
    verdeling = forms.ChoiceField(
        label="Hoeveel uit elk stratum",
        choices=[(keuze.value, keuze.label.capitalize()) for keuze in Verdeling],
        initial=Verdeling.NAAR_RATO,
        widget=forms.RadioSelect,
    )
    aantal = forms.IntegerField(
        label="Aantal gemeenten",
        required=False,
        min_value=1,
        max_value=9999,
        help_text="Nodig bij naar rato (in totaal) en bij evenveel (uit elk stratum). Een eigen aantal per stratum vult u in de volgende stap in.",
        error_messages={
            "invalid": "Vul een heel getal in.",
            "min_value": "Vul ten minste 1 in.",
            "max_value": "Zoveel gemeenten zijn er niet.",
        },
        widget=forms.TextInput(attrs={"class": "veld--kort", "inputmode": "numeric"}),
    )
    minimum = forms.BooleanField(label="Ten minste één uit elk stratum (naar rato)", required=False, initial=True)
    uitgesloten = forms.CharField(
        label="Vooraf uitsluiten",
        required=False,
        max_length=20_000,
        help_text="Eén gemeente per regel, met na een dubbele punt de reden. Bijvoorbeeld: Zilverdrecht: doet al mee aan een ander onderzoek.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    zaad = forms.CharField(
        label="Zaad van de loting",
        max_length=40,
        help_text="Hetzelfde zaad geeft dezelfde trekking. Letters zonder accenten, cijfers en streepjes; een ander mag het kiezen.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, kandidaten: Mapping[str, Kandidaat], **kwargs):
        super().__init__(*args, **kwargs)
        self.kandidaten = kandidaten
        self.fields["aantal"].soms_verplicht = True
        self.fields["zaad"].initial = secrets.token_hex(8)
        self.helper.layout = Layout(
            "kenmerken", "verdeling", Div("aantal", css_class="veldenrij"), "minimum", "uitgesloten", "zaad"
        )

    def clean_zaad(self):
        zaad = self.cleaned_data["zaad"].strip()
        if not ZAADVORM.fullmatch(zaad):
            raise ValidationError("Gebruik alleen letters zonder accenten, cijfers en streepjes, zonder spaties.")
        return zaad

    def clean_uitgesloten(self):
        """{code: reason}"""
        bekend = [Bekend(code, k.gemeente.naam, k.gemeente.alias) for code, k in self.kandidaten.items()]
        gevonden, fouten = {}, []
        for regel in filter(None, map(str.strip, self.cleaned_data["uitgesloten"].splitlines())):
            naam, _, reden = regel.partition(":")
            herkend = herken(naam, bekend)
            fouten += herkend.zinnen
            if herkend.codes and not reden.strip():
                fouten.append(f"Geef na een dubbele punt de reden waarom {naam.strip()} niet meeloot.")
            gevonden |= dict.fromkeys(herkend.codes, reden.strip())
        if fouten:
            raise ValidationError(fouten)
        return gevonden

    def clean(self):
        gegevens = super().clean()
        vraagt_aantal = gegevens.get("verdeling") in (Verdeling.NAAR_RATO, Verdeling.GELIJK)
        if vraagt_aantal and gegevens.get("aantal") is None and "aantal" not in self.errors:
            self.add_error("aantal", "Vul in hoeveel gemeenten er getrokken worden.")
        return gegevens

    def ontwerp(self, afbakening: str) -> Ontwerp:
        gegevens = self.cleaned_data
        naar_rato = gegevens["verdeling"] == Verdeling.NAAR_RATO
        eigen = gegevens["verdeling"] == Verdeling.EIGEN
        return Ontwerp(
            zaad=gegevens["zaad"],
            kenmerken=tuple(kenmerk for kenmerk in Trekking.Kenmerk.values if kenmerk in gegevens["kenmerken"]),
            verdeling=gegevens["verdeling"],
            aantal=None if eigen else gegevens["aantal"],
            minimum=int(naar_rato and gegevens["minimum"]),
            uitgesloten=gegevens["uitgesloten"],
            afbakening=afbakening,
        )


class AantallenForm(Formulier):
    """An own number per stratum, beside what is in it: `aantal_<stratum>`."""

    markeer_optioneel = False

    def __init__(self, *args, voorstel: Voorstel, **kwargs):
        super().__init__(*args, **kwargs)
        for stratum in voorstel.strata:
            self.fields[f"aantal_{stratum.sleutel}"] = forms.IntegerField(
                label=f"Aantal uit: {stratum.naam}",
                required=False,
                min_value=0,
                max_value=stratum.omvang,
                error_messages={
                    "invalid": "Vul een heel getal in.",
                    "min_value": "Vul 0 of meer in.",
                    "max_value": f"Er zijn er {stratum.omvang}.",
                },
                widget=forms.TextInput(attrs={"class": "veld--kort", "inputmode": "numeric"}),
            )

    @property
    def aantallen(self) -> dict[str, int]:
        return {naam.removeprefix("aantal_"): aantal or 0 for naam, aantal in self.cleaned_data.items()}


class UitvalForm(Formulier):
    """Which drawn municipality does not take part, and why."""

    gemeente = forms.ChoiceField(label="Gemeente", error_messages={"required": "Kies de gemeente die niet meedoet."})
    reden = forms.CharField(
        label="Reden",
        max_length=500,
        help_text="Staat bij de steekproef en in de geschiedenis: noem geen namen van personen.",
        error_messages={"required": "Geef de reden op."},
        widget=forms.TextInput,
    )

    def __init__(self, *args, stand: Trekkingstand, **kwargs):
        super().__init__(*args, **kwargs)
        mee = [(lot.gemeente.code, str(lot.gemeente)) for lot in stand.deelnemers]
        self.fields["gemeente"].choices = [("", "Kies een gemeente"), *mee]


class IntrekForm(Formulier):
    """Why a drawing is taken back."""

    reden = forms.CharField(
        label="Reden om de steekproef in te trekken",
        max_length=500,
        help_text="De oude trekking blijft met haar zaad in de geschiedenis staan.",
        error_messages={"required": "Geef de reden op."},
        widget=forms.TextInput,
    )
