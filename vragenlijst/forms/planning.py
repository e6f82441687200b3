"""Planning an interview: whom to speak, when, where and by whom."""

import re
from datetime import time

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from regio.formulier import Formulier, ModelFormulier
from vragenlijst.actions.planning import PLANVELDEN, Partner, partners_van, planbeeld
from vragenlijst.models import Gesprekspartner, Interview
from vragenlijst.queries.planning import eigen_inspecteurs, inspecteurs_van

MAX_PARTNERS = 12
RESERVE = 2  # empty rows for who has no JavaScript


def lees_tijd(invoer: str) -> time:
    """The time that someone typed as uu:mm; a point or an 'u' between is understood, and so is '14 uur'.

    Raises ValueError with a Dutch sentence that says what is wrong.
    """
    gevonden = re.fullmatch(r"([0-9]{1,2})(?:[:.u]([0-9]{2})|(?: ?uur))", invoer.lower())
    if not gevonden:
        raise ValueError("Schrijf de tijd als uu:mm, bijvoorbeeld 09:30.")
    uur, minuut = int(gevonden[1]), int(gevonden[2] or 0)
    if uur > 23 or minuut > 59:
        raise ValueError(f"{invoer} bestaat niet: de tijd ligt tussen 00:00 en 23:59.")
    return time(uur, minuut)


class Tijdveld(forms.TimeField):
    """A time, typed as text: a browser's own control shows the clock of its own language and hides what was typed."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TimeInput(format="%H:%M", attrs={"class": "veld--kort", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return lees_tijd(" ".join(value.split()))
        except ValueError as fout:
            raise ValidationError(str(fout), code="invalid") from fout


class InterviewForm(ModelFormulier):
    """The plan of one interview. `gezien` is the version of it that the writer had before them.

    Only the dossier's own inspectors can be chosen: holding an interview gives no rights on a dossier by itself.
    """

    gezien = forms.IntegerField(widget=forms.HiddenInput, required=False)
    aanvang = Tijdveld(label="Aanvang", required=False, help_text="Bijvoorbeeld 09:30.")
    rijnaam = "Gesprekspartner"  # what the error summary calls a row of `rijen`, the form set below this form
    reden = forms.CharField(
        label="Waarom het interview toch doorgaat", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = Interview
        fields = PLANVELDEN
        labels = {
            "actorgroep": "Actorgroep",
            "datum": "Datum",
            "duur": "Duur in minuten",
            "plaats": "Plaats",
            "inspecteur": "Inspecteur die het gesprek leidt",
            "tweede_inspecteur": "Tweede inspecteur",
        }
        help_texts = {"duur": "Zonder reistijd.", "plaats": "Bijvoorbeeld: stadhuis, kamer 2.14."}
        widgets = {
            "duur": forms.TextInput(attrs={"class": "veld--kort", "inputmode": "numeric", "autocomplete": "off"})
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        interview, dossier = self.instance, self.instance.dossier
        self.opnieuw = interview.status == Interview.Status.VERVALLEN
        self.verschillen: list[tuple[str, str, str]] = []
        self.fields["actorgroep"].queryset = dossier.ronde.instrument.actorgroepen.all()
        self.fields["actorgroep"].empty_label = "Kies een actorgroep"
        self.fields["gezien"].initial = interview.versie
        self._bied_inspecteurs_aan()
        if not self.opnieuw:
            del self.fields["reden"]
        self.helper.layout = Layout(
            "gezien",
            *(["reden"] if self.opnieuw else []),
            "actorgroep",
            Div("datum", "aanvang", "duur", css_class="veldenrij"),
            "plaats",
            Div(*(veld for veld in ("inspecteur", "tweede_inspecteur") if veld in self.fields), css_class="veldenrij"),
        )

    def _bied_inspecteurs_aan(self) -> None:
        """The dossier's inspectors who work here still, and whoever held the interview when it was held."""
        interview = self.instance
        houders = inspecteurs_van(interview)
        keuze = [wie for wie in eigen_inspecteurs(interview.dossier) if wie.is_active]
        keuze += [wie for wie in houders if wie not in keuze]
        for plaats in ("inspecteur", "tweede_inspecteur"):
            self.fields[plaats].queryset = self.fields[plaats].queryset.filter(pk__in=[wie.pk for wie in keuze])
        self.fields["inspecteur"].required = True
        self.fields["inspecteur"].empty_label = None
        self.initial["inspecteur"] = houders[0].pk if houders else None
        self.initial["tweede_inspecteur"] = houders[1].pk if len(houders) > 1 else None
        self.fields["tweede_inspecteur"].empty_label = "Geen"
        if len(keuze) < 2:
            del self.fields["tweede_inspecteur"]
            interview.tweede_inspecteur = None  # who has left the dossier

    def clean_duur(self):
        duur = self.cleaned_data["duur"]
        if not 5 <= duur <= 600:
            raise ValidationError("Een interview duurt 5 tot 600 minuten.")
        return duur

    def clean_datum(self):
        datum = self.cleaned_data["datum"]
        if self.instance.status not in (Interview.Status.GEPLAND, Interview.Status.VERVALLEN):
            if datum is None:
                raise ValidationError("Een gehouden interview heeft een datum.")
            if datum > timezone.localdate():
                raise ValidationError("Dit interview is al gehouden: de datum kan niet in de toekomst liggen.")
        return datum

    def clean(self):
        gegevens = super().clean()
        if gegevens.get("aanvang") and "datum" in gegevens and gegevens["datum"] is None:
            self.add_error("datum", "Vul ook de datum in: een tijd alleen zegt niet wanneer het gesprek is.")
        leider, tweede = gegevens.get("inspecteur"), gegevens.get("tweede_inspecteur")
        if leider is not None and leider == tweede:
            self.add_error("tweede_inspecteur", "De tweede inspecteur is een ander dan de eerste.")
        return gegevens

    def meld_conflict(self, nu: Interview, partners: list[Partner]) -> None:
        """Put what stands there by now beside what was filled in; a next save replaces it knowingly."""
        staat_er, ingevuld = planbeeld(nu), planbeeld(self.instance)
        for beeld, mensen in ((staat_er, partners_van(nu)), (ingevuld, partners)):
            beeld["Gesprekspartners"] = "; ".join(sorted(map(str, mensen)))
        self.verschillen = [
            (naam, staat_er[naam] or "–", ingevuld[naam] or "–")
            for naam in staat_er
            if staat_er[naam] != ingevuld[naam]
        ]
        self.data = self.data.copy()
        self.data["gezien"] = str(nu.versie)


class GesprekspartnerForm(Formulier):
    """One person to speak to; an empty row is nobody."""

    markeer_optioneel = False
    naam = forms.CharField(required=False, label="Naam", max_length=Gesprekspartner._meta.get_field("naam").max_length)
    functie = forms.CharField(
        required=False, label="Functie", max_length=Gesprekspartner._meta.get_field("functie").max_length
    )
    organisatie = forms.CharField(
        required=False, label="Organisatie", max_length=Gesprekspartner._meta.get_field("organisatie").max_length
    )

    def clean(self):
        gegevens = super().clean()
        if not gegevens.get("naam") and "naam" not in self.errors and any(gegevens.values()):
            self.add_error("naam", "Vul de naam in, of maak de hele regel leeg.")
        return gegevens


class Gesprekspartners(forms.BaseFormSet):
    """All gesprekspartners of an interview: what is posted is who they are, an emptied row takes someone away."""

    @property
    def partners(self) -> list[Partner]:
        """Of a valid form set: who was filled in."""
        rijen = [rij.cleaned_data for rij in self if rij.cleaned_data.get("naam")]
        return [Partner(rij["naam"], rij["functie"], rij["organisatie"]) for rij in rijen]


GesprekspartnerFormSet = forms.formset_factory(
    GesprekspartnerForm,
    formset=Gesprekspartners,
    extra=RESERVE,
    max_num=MAX_PARTNERS,
    absolute_max=MAX_PARTNERS,
    validate_max=True,
)


def gesprekspartnerformulier(data, interview: Interview) -> Gesprekspartners:
    """The rows with who is spoken to now, and some empty ones."""
    nu = [{"naam": p.naam, "functie": p.functie, "organisatie": p.organisatie} for p in partners_van(interview)]
    return GesprekspartnerFormSet(data, initial=nu, prefix="partner")
