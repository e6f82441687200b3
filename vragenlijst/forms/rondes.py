"""Forms of the beheerder's rounds: the round itself, and choosing municipalities."""

from collections.abc import Mapping

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils.text import slugify

from regio.formulier import Formulier, ModelFormulier
from regio.grootte import GROOTTEKLASSEN, ONBEKEND
from regio.herkennen import Bekend, Herkenning, herken
from regio.models import Gemeente
from vragenlijst.actions.rondebeheer import GETROKKEN
from vragenlijst.models import Dossier, Instrument, Ronde, Trekking
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.queries.rondes import Kandidaat

BEZETTE_ADRESSEN = {"nieuw"}  # /rondes/nieuw/ is a page
TERMIJNEN = ("interviews_voor", "aanbieden_voor", "toetsen_voor")


class RondeForm(ModelFormulier):
    """A round in concept. What is left empty as short name follows from the name."""

    gezien = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    class Meta:
        model = Ronde
        fields = ["naam", "slug", "instrument", "vorige", "peildatum", "periode_van", "periode_tot", *TERMIJNEN]
        labels = {
            "slug": "Korte naam in het adres",
            "vorige": "Vorige ronde",
            "periode_van": "Eerste dag van het veldwerk",
            "periode_tot": "Laatste dag van het veldwerk",
            "interviews_voor": "Interviews gehouden uiterlijk",
            "aanbieden_voor": "Dossiers ter toetsing uiterlijk",
            "toetsen_voor": "Dossiers vastgesteld uiterlijk",
        }
        help_texts = {
            "naam": "Zoals de ronde in de monitor en in het rapport heet.",
            "slug": "Kleine letters, cijfers en streepjes. Laat leeg om haar van de naam af te leiden: "
            "‘Fotomoment juni 2008’ wordt ‘fotomoment-juni-2008’.",
            "instrument": "Alleen vastgestelde versies van de vragenlijst.",
            "vorige": "Met welke ronde de uitkomsten worden vergeleken.",
            "peildatum": "Gemeenten en hun kenmerken doen mee zoals zij op deze dag zijn.",
        }
        error_messages = {
            "slug": {
                "unique": "Er is al een ronde met deze korte naam. Kies een andere, of open de ronde die er al is.",
                "invalid": "Gebruik alleen kleine letters zonder accenten, cijfers en streepjes.",
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["instrument"].queryset = Instrument.objects.filter(status=Instrument.Status.VASTGESTELD)
        self.fields["instrument"].empty_label = "Kies een versie"
        self.fields["vorige"].queryset = Ronde.objects.exclude(pk=self.instance.pk)
        self.fields["vorige"].empty_label = "Geen: dit is de eerste"
        if self.instance.pk:
            self.fields["gezien"].initial = queries_rondes.stempel(self.instance)
        self.helper.layout = Layout(
            "gezien",
            "naam",
            "slug",
            "instrument",
            "vorige",
            "peildatum",
            Div("periode_van", "periode_tot", css_class="veldenrij"),
            Div(*TERMIJNEN, css_class="veldenrij"),
        )

    def clean_naam(self):
        return naam_is_vrij(self)

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower() or slugify(self.cleaned_data.get("naam", ""))[:60].strip("-")
        if not slug and "naam" in self.cleaned_data:
            raise ValidationError("Uit deze naam is geen korte naam af te leiden. Vul er zelf een in.")
        if slug in BEZETTE_ADRESSEN:
            raise ValidationError(f"‘{slug}’ is al het adres van een andere pagina. Kies een andere korte naam.")
        return slug

    def clean_peildatum(self):
        peildatum = self.cleaned_data["peildatum"]
        if not Gemeente.objects.op(peildatum).exists():
            raise ValidationError(_geen_gemeenten())
        if not self.instance.pk or peildatum == self.instance.peildatum:
            return peildatum
        if Trekking.objects.filter(ronde=self.instance).exists():
            raise ValidationError(GETROKKEN)
        bestaan = Gemeente.objects.op(peildatum).values("pk")
        weg = [str(d.gemeente) for d in queries_rondes.dossiers_van(self.instance).exclude(gemeente__in=bestaan)]
        if weg:
            raise ValidationError(
                f"Op deze dag bestaat niet: {', '.join(weg)}. Haal wat er dan niet is eerst uit de ronde, of kies een andere dag."
            )
        latere = self.instance.volgende.filter(peildatum__lte=peildatum).first()
        if latere:
            raise ValidationError(f"De ronde ‘{latere}’ volgt op deze en heeft een eerdere of dezelfde peildatum.")
        return peildatum

    def clean(self):
        gegevens = super().clean()
        vorige, peildatum = gegevens.get("vorige"), gegevens.get("peildatum")
        if vorige and peildatum and vorige.peildatum >= peildatum:
            self.add_error(
                "vorige",
                f"De vorige ronde heeft een eerdere peildatum dan deze; die van ‘{vorige}’ is {vorige.peildatum:%d-%m-%Y}.",
            )
        instrument = gegevens.get("instrument")
        if vorige and instrument and vorige.instrument.code != instrument.code:
            # The same code is the same question only within one instrument (design 4.2).
            self.add_error(
                "vorige",
                f"‘{vorige}’ gebruikt een ander instrument ({vorige.instrument.naam}); daarmee is niets te vergelijken.",
            )
        controleer_periode(self)
        controleer_termijnen(self)
        return gegevens


class RondeLopendForm(ModelFormulier):
    """A round that has been opened: answers hang on its instrument and its peildatum, so those stand firm."""

    gezien = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    class Meta:
        model = Ronde
        fields = ["naam", "periode_van", "periode_tot", *TERMIJNEN]
        labels = {key: RondeForm.Meta.labels[key] for key in ("periode_van", "periode_tot", *TERMIJNEN)}
        help_texts = {"naam": RondeForm.Meta.help_texts["naam"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gezien"].initial = queries_rondes.stempel(self.instance)
        self.helper.layout = Layout(
            "gezien",
            "naam",
            Div("periode_van", "periode_tot", css_class="veldenrij"),
            Div(*TERMIJNEN, css_class="veldenrij"),
        )

    def clean_naam(self):
        return naam_is_vrij(self)

    def clean(self):
        gegevens = super().clean()
        controleer_periode(self)
        controleer_termijnen(self)
        return gegevens


def naam_is_vrij(form: forms.ModelForm) -> str:
    """Two rounds with one name cannot be told apart, in a list or in a report."""
    naam = form.cleaned_data["naam"]
    if Ronde.objects.filter(naam__iexact=naam).exclude(pk=form.instance.pk).exists():
        raise ValidationError("Er is al een ronde met deze naam. Kies een andere, of open de ronde die er al is.")
    return naam


def _geen_gemeenten() -> str:
    eerste = Gemeente.objects.aggregate(van=Min("geldig_van"))["van"]
    if eerste is None:
        return "Er zijn nog geen gemeenten bekend, op geen enkele dag."
    return f"Op deze dag zijn geen gemeenten bekend. De oudste lijst is van {eerste:%d-%m-%Y}."


def controleer_periode(form: forms.ModelForm) -> None:
    """The sentence of the database, at the field where it can be mended."""
    van, tot = form.cleaned_data.get("periode_van"), form.cleaned_data.get("periode_tot")
    if van and tot and tot < van:
        form.add_error("periode_tot", "De laatste dag van het veldwerk ligt voor de eerste.")


def controleer_termijnen(form: forms.ModelForm) -> None:
    """Each step has its day after that of the step before, and none is over before the field work begins."""
    eerder, waarvan = form.cleaned_data.get("periode_van"), "het begin van het veldwerk"
    for naam in TERMIJNEN:
        dag = form.cleaned_data.get(naam)
        if dag and eerder and dag < eerder:
            form.add_error(naam, f"Deze dag ligt voor {waarvan} ({eerder:%d-%m-%Y}).")
        if dag:
            eerder, waarvan = dag, f"‘{form.fields[naam].label.lower()}’"


# --- Municipalities -----------------------------------------------------------------------------------------------

ECHT_OF_NIET = [("", "Alle"), ("echt", "Bestaand"), ("fictief", "Fictief (demo)")]
JA_NEE = [("", "Alle"), ("ja", "Ja"), ("nee", "Nee")]


class Kandidatenfilter(Formulier):
    """Which municipalities to show. Everything is optional; what cannot be read filters nothing."""

    markeer_optioneel = False
    zoek = forms.CharField(label="Naam of CBS-code", required=False, max_length=80)
    provincie = forms.ChoiceField(label="Provincie", required=False)
    regio = forms.TypedChoiceField(label="Regio", required=False, coerce=int, empty_value=None)
    grootteklasse = forms.TypedChoiceField(label="Inwoners", required=False, coerce=int, empty_value=None)
    randstad = forms.ChoiceField(label="In de Randstad", required=False, choices=JA_NEE)
    voortrekker = forms.ChoiceField(label="Voortrekkersgemeente", required=False, choices=JA_NEE)
    soort = forms.ChoiceField(label="Soort", required=False, choices=ECHT_OF_NIET)
    uit_vorige = forms.BooleanField(label="Alleen gemeenten uit de vorige ronde", required=False)

    def __init__(self, *args, kandidaten: Mapping[str, Kandidaat], ronde: Ronde, **kwargs):
        super().__init__(*args, **kwargs)
        self.kandidaten = kandidaten
        self.ronde = ronde
        provincies = sorted({k.provincie for k in kandidaten.values() if k.provincie})
        self.fields["provincie"].choices = [("", "Alle"), *((naam, naam) for naam in provincies)]
        self.fields["regio"].choices = [("", "Alle"), *queries_rondes.regiokeuzes(kandidaten.values())]
        klassen = (*GROOTTEKLASSEN, ONBEKEND)
        self.fields["grootteklasse"].choices = [("", "Alle"), *((klasse.code, klasse.naam) for klasse in klassen)]
        if ronde.vorige_id:
            self.fields["uit_vorige"].label = f"Alleen gemeenten uit ‘{ronde.vorige}’"
        else:
            del self.fields["uit_vorige"]
        if len({kandidaat.gemeente.fictief for kandidaat in kandidaten.values()}) < 2:
            del self.fields["soort"]
        rij = [naam for naam in self.fields if naam != "uit_vorige"]
        self.helper.layout = Layout(Div(*rij, css_class="veldenrij"), *(["uit_vorige"] if ronde.vorige_id else []))

    def passend(self) -> list[Kandidaat]:
        """The candidates that fit every filter, in the round or not."""
        self.is_valid()
        filters = self.cleaned_data
        codes = queries_rondes.codes_bij(filters["zoek"], self.ronde.peildatum) if filters.get("zoek") else None
        return [
            kandidaat
            for code, kandidaat in self.kandidaten.items()
            if (codes is None or code in codes) and _past(kandidaat, filters)
        ]


class LijstForm(Formulier):
    """A pasted list of municipalities, to tick them all at once."""

    markeer_optioneel = False
    lijst = forms.CharField(
        label="Namen of CBS-codes",
        required=False,
        max_length=20_000,
        help_text="Eén gemeente per regel, zoals u haar uit een e-mail of rekenblad plakt.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def herkend(self, kandidaten: Mapping[str, Kandidaat]) -> Herkenning:
        bekend = [Bekend(code, k.gemeente.naam, k.gemeente.alias) for code, k in kandidaten.items()]
        return herken(self.cleaned_data["lijst"], bekend)


def _past(kandidaat: Kandidaat, filters: dict) -> bool:
    return (
        (not filters.get("provincie") or kandidaat.provincie == filters["provincie"])
        and (filters.get("regio") is None or filters["regio"] in kandidaat.regios)
        and (not filters.get("soort") or kandidaat.gemeente.fictief is (filters["soort"] == "fictief"))
        and (filters.get("grootteklasse") is None or kandidaat.grootteklasse.code == filters["grootteklasse"])
        and (not filters.get("randstad") or kandidaat.randstad is (filters["randstad"] == "ja"))
        and (not filters.get("voortrekker") or kandidaat.voortrekker is (filters["voortrekker"] == "ja"))
        and (not filters.get("uit_vorige") or kandidaat.uit_vorige)
    )


class Codes(forms.MultipleChoiceField):
    """Codes of which the form itself says, in its own words, what is wrong with them."""

    def valid_value(self, value):
        return True


class GemeentenForm(Formulier):
    """Which municipalities join, and in which role: `gemeente` holds CBS codes, `rol_0363` the role of that one.

    Valid data give `rollen`, {CBS code: role}.
    """

    gemeente = Codes(label="Gemeenten", error_messages={"required": "Kies ten minste één gemeente."})

    def __init__(self, *args, kandidaten: Mapping[str, Kandidaat], **kwargs):
        super().__init__(*args, **kwargs)
        self.kandidaten = kandidaten
        for code in self.gekozen:
            self.fields[f"rol_{code}"] = forms.ChoiceField(
                label=f"Rol van {kandidaten[code].gemeente}",
                choices=Dossier.Rol.choices,
                error_messages={"required": "Kies een rol.", "invalid_choice": "Kies een van de twee rollen."},
            )

    def clean_gemeente(self):
        codes = self.cleaned_data["gemeente"]
        fouten = [
            f"{self.kandidaten[code].gemeente} staat al in deze ronde."
            for code in codes
            if code in self.kandidaten and self.kandidaten[code].in_ronde
        ]
        if any(code not in self.kandidaten for code in codes):
            fouten.append("Een van de gekozen gemeenten bestaat niet op de peildatum.")
        if fouten:
            raise ValidationError(fouten)
        return codes

    @property
    def gekozen(self) -> list[str]:
        """The codes that are ticked and can be added, in the order of the names."""
        aangevinkt = set(self.data.getlist("gemeente")) if self.is_bound else set()
        return [code for code, k in self.kandidaten.items() if code in aangevinkt and not k.in_ronde]

    def rol_van(self, kandidaat: Kandidaat) -> str:
        """The role to show: the one that was chosen, else the one that its kenmerken propose."""
        gekozen = self.data.get(f"rol_{kandidaat.gemeente.code}", "") if self.is_bound else ""
        return gekozen if gekozen in Dossier.Rol.values else kandidaat.rol

    @property
    def rollen(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"rol_{code}"] for code in self.gekozen}
