"""Making and editing a concept instrument: one form per kind of part."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import Truncator, slugify

from regio.formulier import Formulier, ModelFormulier
from vragenlijst.actions.instrumentdelen import in_woorden, leesbaar, stempel
from vragenlijst.instrumentbestand import Bestandsfout, lees
from vragenlijst.instrumentgegeven import ONDERDEELCODE, SLUG, VASTE_KEUZES, VRAAGCODE
from vragenlijst.models import (
    Aandachtspunt,
    Actorgroep,
    Bewijssoort,
    Instrument,
    Keuze,
    Onderdeel,
    Vergelijkbaarheid,
    Vraag,
)
from vragenlijst.queries.instrument import met_vervolg
from vragenlijst.waarde import MAX_DECIMALEN, Getalregel, als_getal, lees_getal, schrijf_getal

MEESTE_BYTES = 2 * 1024 * 1024
KORT = {"class": "veld--kort"}
CODE_BEZET = "Deze code is er al in dit instrument."
HULP_VERGELIJKBAARHEID = "Bepaalt of uitkomsten van rondes met elkaar worden vergeleken, en of er een noot bij komt."


class InstrumentNieuwForm(ModelFormulier):
    class Meta:
        model = Instrument
        fields = ["naam", "code", "bron"]
        help_texts = {
            "code": "Kleine letters, cijfers en streepjes. Alle versies van dit instrument houden deze code.",
            "bron": "Waar de vragen en normen vandaan komen.",
        }

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not re.fullmatch(SLUG, code):
            raise ValidationError("Gebruik kleine letters, cijfers en streepjes, zoals ‘regionale-samenwerking’.")
        if Instrument.objects.filter(code=code).exists():
            raise ValidationError("Er is al een instrument met deze code. Maak daarvan een nieuwe versie.")
        return code


class BestandForm(Formulier):
    """A file of ours; what is wrong with it is said at the field."""

    bestand = forms.FileField(
        label="Bestand",
        help_text="Een instrument dat hier of elders uit deze toepassing is opgeslagen (.json).",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )

    def clean_bestand(self):
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MEESTE_BYTES:
            raise ValidationError("Dit bestand is groter dan 2 MB; een instrument is dat niet.")
        try:
            self.gegeven = lees(bestand.read().decode("utf-8-sig"))
        except UnicodeDecodeError as fout:
            raise ValidationError("Dit bestand is geen tekst in UTF-8.") from fout
        except Bestandsfout as fout:
            raise ValidationError(fout.fouten[:20]) from fout
        return bestand


class Deelform(ModelFormulier):
    """A part of a concept. `gezien` says in short how it was when the writer got it; a code that an earlier version has, stays."""

    gezien = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    codepatroon, codevoorbeeld = SLUG, "Gebruik kleine letters, cijfers en streepjes."

    def __init__(self, *args, instrument: Instrument, vorige: Instrument | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.instrument, self.vorige = instrument, vorige
        self.order_fields(["gezien", *self.fields])
        if self.instance.pk:
            self.initial["gezien"] = stempel(self.instance, list(self.Meta.fields))
            if "code" in self.fields and self.in_vorige():
                self.fields["code"].disabled = True
                self.fields["code"].help_text = f"Staat vast: versie {vorige.versie} heeft deze code ook."

    def eigen(self):
        """The parts among which a code is used once."""
        return type(self.instance).objects.filter(instrument=self.instrument)

    def in_vorige(self) -> bool:
        if self.vorige is None:
            return False
        return type(self.instance).objects.filter(instrument=self.vorige, code=self.instance.code).exists()

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not re.fullmatch(self.codepatroon, code):
            raise ValidationError(f"‘{code}’ is geen geldige code. {self.codevoorbeeld}")
        if self.eigen().filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(CODE_BEZET)
        return code

    def naast_elkaar(self, opgeslagen) -> list[tuple[str, str, str]]:
        """After a stale save: (label, what stands there, what was sent) where these differ. Who saves again does so knowingly."""
        velden = list(self.Meta.fields)
        self.data = self.data.copy()
        self.data["gezien"] = stempel(opgeslagen, velden)
        nu = leesbaar(opgeslagen, velden)
        regels = []
        for naam, label in zip(velden, nu, strict=True):
            if naam not in self.fields:
                continue
            getypt = in_woorden(self.cleaned_data[naam])
            if nu[label] != getypt:
                regels.append((str(self.fields[naam].label), nu[label] or "leeg", getypt or "leeg"))
        return regels


class OnderdeelForm(Deelform):
    codepatroon, codevoorbeeld = ONDERDEELCODE, "Gebruik letters en cijfers, zoals 1 of 2a."

    class Meta:
        model = Onderdeel
        fields = ["code", "titel", "titel_aandachtspunten"]
        widgets = {"code": forms.TextInput(attrs=KORT)}
        help_texts = {"titel_aandachtspunten": "Hoe dit onderdeel boven de normen heet; meestal hetzelfde."}


class ActorgroepForm(Deelform):
    class Meta:
        model = Actorgroep
        fields = ["naam", "code", "domein"]
        help_texts = {"domein": "Waaronder het rapport deze groep telt, zoals ‘Gemeentelijk domein’."}


class BewijssoortForm(Deelform):
    class Meta:
        model = Bewijssoort
        fields = ["naam", "code"]


class KeuzeForm(Deelform):
    class Meta:
        model = Keuze
        fields = ["naam", "code"]
        help_texts = {"code": "Kort en blijvend, zoals ‘ja’ of ‘nog-niet’: telbestanden gebruiken haar."}

    def eigen(self):
        return Keuze.objects.filter(vraag=self.instance.vraag)

    def in_vorige(self) -> bool:
        bij = {"vraag__onderdeel__instrument": self.vorige, "vraag__code": self.instance.vraag.code}
        return self.vorige is not None and Keuze.objects.filter(**bij, code=self.instance.code).exists()


class _Genummerd(Deelform):
    """A question or a norm: their codes do not meet, for pages and files point at both by code alone.

    Each says whether it is the one of the version before: of a new one that follows by itself, of another it is asked.
    """

    codepatroon, codevoorbeeld = VRAAGCODE, "Schrijf haar als V1.3, 2.4 of A1.2b."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.in_vorige():
            self.fields["vergelijkbaarheid"].choices = Vergelijkbaarheid.choices
            self.fields["vergelijkbaarheid"].label = f"Ten opzichte van versie {self.vorige.versie}"
        else:
            del self.fields["vergelijkbaarheid"]

    def eigen(self):
        return type(self.instance).objects.filter(onderdeel__instrument=self.instrument)

    def in_vorige(self) -> bool:
        if self.vorige is None:
            return False
        soort = type(self.instance)
        return soort.objects.filter(onderdeel__instrument=self.vorige, code=self.instance.code).exists()

    def clean_code(self):
        code = super().clean_code()
        ander = Aandachtspunt if isinstance(self.instance, Vraag) else Vraag
        if ander.objects.filter(onderdeel__instrument=self.instrument, code=code).exists():
            raise ValidationError(f"Er is al een {ander._meta.verbose_name} met deze code.")
        return code

    def save(self, commit=True):
        if not self.instance.pk and self.vorige is not None:  # one that is known was taken out and put back
            stap = Vergelijkbaarheid.HERFORMULEERD if self.in_vorige() else Vergelijkbaarheid.NIEUW
            self.instance.vergelijkbaarheid = stap
        return super().save(commit)


class Grensveld(forms.CharField):
    """A bound of a number, written in Dutch; the value is a Decimal or None."""

    def __init__(self, label: str):
        super().__init__(label=label, required=False, max_length=40, widget=forms.TextInput(attrs=KORT))

    def prepare_value(self, value):
        return schrijf_getal(value) if isinstance(value, Decimal) else value

    def clean(self, value):
        tekst = super().clean(value)
        try:
            return als_getal(lees_getal(tekst, Getalregel(decimalen=MAX_DECIMALEN))) if tekst else None
        except ValueError as fout:
            raise ValidationError(str(fout), code="invalid") from fout


class VraagForm(_Genummerd):
    antwoorden = forms.CharField(
        label="Antwoorden om uit te kiezen",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eén per regel. ‘Weet niet’ en ‘niet van toepassing’ komen er vanzelf bij.",
    )

    class Meta:
        model = Vraag
        fields = ["code", "tekst", "hulp", "soort", "eenheid", "decimalen", "minimum", "maximum"]
        fields += ["verplicht", "hoofdvraag", "voorwaarde", "vergelijkbaarheid"]
        labels = {
            "hoofdvraag": "Vervolg op",
            "voorwaarde": "Alleen stellen bij",
            "verplicht": "Een antwoord is verplicht",
        }
        widgets = {
            "code": forms.TextInput(attrs=KORT),
            "tekst": forms.Textarea(attrs={"rows": 3}),
            "soort": forms.RadioSelect,
            "vergelijkbaarheid": forms.RadioSelect,
        }
        help_texts = {
            "eenheid": "Bij een getal: waarin het telt. Bijvoorbeeld uren, euro of personen.",
            "decimalen": "Bij een getal: 0 voor een heel getal.",
            "hulp": "Staat klein bij de vraag als de inspecteur haar invult.",
            "hoofdvraag": "Een vervolgvraag springt in onder haar hoofdvraag; een nieuwe komt daar direct achter.",
            "voorwaarde": "Een antwoord op een vraag die hierboven staat. Verplaats de vraag als dat antwoord er niet bij is.",
            "vergelijkbaarheid": HULP_VERGELIJKBAARHEID,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = Vraag.Soort.choices
        if self.instance.pk:
            del self.fields["antwoorden"]
        else:
            self.order_fields(["gezien", "code", "tekst", "hulp", "soort", "antwoorden"])
        self.fields["decimalen"].required = False
        for grens in ("minimum", "maximum"):
            self.fields[grens] = Grensveld(self.fields[grens].label)
        self._vul_keuzes()

    def _vul_keuzes(self) -> None:
        alle = list(
            Vraag.objects.filter(onderdeel__instrument=self.instrument)
            .select_related("onderdeel")
            .prefetch_related("keuzes")
        )
        hoofd = self.fields["hoofdvraag"]
        hoofd.queryset = Vraag.objects.filter(onderdeel__instrument=self.instrument, hoofdvraag=None).exclude(
            pk=self.instance.pk
        )
        hoofd.choices = [("", "Geen: dit is een hoofdvraag")] + [
            (vraag.pk, _kort(vraag)) for vraag in alle if vraag.hoofdvraag_id is None and vraag.pk != self.instance.pk
        ]
        hoger = [vraag for vraag in alle if self._staat_hoger(vraag)]
        voorwaarde = self.fields["voorwaarde"]
        voorwaarde.queryset = Keuze.objects.filter(
            Q(vraag__in=[v.pk for v in hoger]) | Q(pk=self.instance.voorwaarde_id), vraag__soort=Vraag.Soort.KEUZE
        )
        voorwaarde.choices = [("", "Altijd")] + [
            (_kort(vraag), [(keuze.pk, f"{vraag.code} = {keuze.naam}") for keuze in vraag.keuzes.all()])
            for vraag in alle
            if vraag.is_gesloten
            and (vraag in hoger or any(k.pk == self.instance.voorwaarde_id for k in vraag.keuzes.all()))
        ]

    def _staat_hoger(self, vraag: Vraag) -> bool:
        """Whether it is asked before this one; a new question stands last in its onderdeel."""
        hier = self.instance.onderdeel
        plaats = (hier.volgorde, self.instance.volgorde if self.instance.pk else float("inf"))
        return vraag.pk != self.instance.pk and (vraag.onderdeel.volgorde, vraag.volgorde) < plaats

    def clean_soort(self):
        soort = self.cleaned_data["soort"]
        if self.instance.pk and soort != Vraag.Soort.KEUZE:
            af = Vraag.objects.filter(voorwaarde__vraag=self.instance).order_by("code").values_list("code", flat=True)
            if af:
                raise ValidationError(f"Van een keuze bij deze vraag hangt af of {', '.join(af)} wordt gesteld.")
        return soort

    def clean_decimalen(self):
        return self.cleaned_data["decimalen"] or 0

    def clean_hoofdvraag(self):
        hoofdvraag = self.cleaned_data["hoofdvraag"]
        if hoofdvraag and self.instance.pk and self.instance.vervolgvragen.exists():
            raise ValidationError("Deze vraag heeft zelf vervolgvragen en kan er daarom geen zijn.")
        return hoofdvraag

    def clean_antwoorden(self):
        """As (code, name) pairs."""
        namen = [naam.strip() for naam in self.cleaned_data["antwoorden"].splitlines() if naam.strip()]
        paren = [(slugify(naam)[:40].strip("-_"), naam) for naam in namen]
        codes = [code for code, _ in paren] + [keuze.code for keuze in VASTE_KEUZES]
        for code, naam in paren:
            if not code:
                raise ValidationError(f"Van ‘{naam}’ is geen code te maken: gebruik letters of cijfers.")
            if len(naam) > 120:
                raise ValidationError(f"‘{Truncator(naam).chars(40)}’ is langer dan 120 tekens.")
            if codes.count(code) > 1:
                raise ValidationError(f"‘{naam}’ staat er dubbel in, of hoort er vanzelf al bij.")
        return paren

    def clean(self):
        velden = super().clean()
        if velden.get("antwoorden") and velden.get("soort") not in (None, Vraag.Soort.KEUZE):
            self.add_error("antwoorden", "Alleen bij ‘één keuze’ zijn er antwoorden om uit te kiezen.")
        if velden.get("soort") == Vraag.Soort.GETAL:
            self._controleer_getal(velden)
        elif velden.get("soort"):
            velden |= {"eenheid": "", "minimum": None, "maximum": None, "decimalen": 0}
        if not self.instance.pk and velden.get("hoofdvraag") and velden.get("voorwaarde"):
            self._gaat_vooraf(velden["voorwaarde"].vraag, velden["hoofdvraag"])
        return velden

    def _controleer_getal(self, velden: dict) -> None:
        if not self.errors.keys() & {"decimalen", "minimum", "maximum"}:
            regel = Getalregel("", velden["decimalen"], velden["minimum"], velden["maximum"])
            for zin in regel.bezwaren():
                self.add_error("maximum", zin[0].upper() + zin[1:])

    def _gaat_vooraf(self, vraag: Vraag, hoofdvraag: Vraag) -> None:
        """A new follow-up comes directly after its main question, so not everything in its onderdeel is asked before it."""
        laatste = met_vervolg(hoofdvraag)[-1]
        if (vraag.onderdeel.volgorde, vraag.volgorde) > (laatste.onderdeel.volgorde, laatste.volgorde):
            zin = f"Een vervolg op {hoofdvraag.code} komt daar direct achter, en {vraag.code} wordt pas later gesteld."
            self.add_error("voorwaarde", zin)

    def nieuwe_keuzes(self) -> list[tuple[str, str]]:
        return self.cleaned_data.get("antwoorden") or []


class AandachtspuntForm(_Genummerd):
    class Meta:
        model = Aandachtspunt
        fields = ["code", "kort", "tekst", "vragen", "bewijs", "bewijssoorten", "akkoord_door", "vergelijkbaarheid"]
        labels = {
            "kort": "In een paar woorden",
            "vragen": "Vragen die erover gaan",
            "bewijssoorten": "Stukken die het dragen",
            "akkoord_door": "Wie met het stuk moet hebben ingestemd",
        }
        widgets = {
            "code": forms.TextInput(attrs=KORT),
            "tekst": forms.Textarea(attrs={"rows": 4}),
            "vragen": forms.CheckboxSelectMultiple,
            "bewijssoorten": forms.CheckboxSelectMultiple,
            "vergelijkbaarheid": forms.RadioSelect,
        }
        help_texts = {
            "bewijs": "In de woorden van de norm. Laat leeg als zij geen stuk vraagt.",
            "vergelijkbaarheid": HULP_VERGELIJKBAARHEID,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        vragen = Vraag.objects.filter(onderdeel__instrument=self.instrument)
        self.fields["vragen"].queryset = vragen
        self.fields["vragen"].choices = [(vraag.pk, _kort(vraag)) for vraag in vragen]
        self.fields["bewijssoorten"].queryset = self.instrument.bewijssoorten.all()

    def clean(self):
        velden = super().clean()
        if self.errors:
            return velden
        if velden["bewijs"] and not velden["bewijssoorten"]:
            self.add_error("bewijssoorten", "Vink aan welke stukken dit bewijs kunnen zijn.")
        elif velden["bewijssoorten"] and not velden["bewijs"]:
            self.add_error("bewijs", "Schrijf op welk bewijs de norm vraagt.")
        return velden


def _kort(vraag: Vraag) -> str:
    return f"{vraag.code} {Truncator(vraag.tekst).chars(90)}"


class GegevensForm(Deelform):
    """Name and source of the version itself."""

    class Meta:
        model = Instrument
        fields = ["naam", "bron"]


FORMULIEREN = {
    "onderdeel": OnderdeelForm,
    "actorgroep": ActorgroepForm,
    "bewijssoort": BewijssoortForm,
    "vraag": VraagForm,
    "aandachtspunt": AandachtspuntForm,
    "keuze": KeuzeForm,
}
