"""Forms of the pages on municipalities. What they check is what the database cannot say in a sentence."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from regio.bijwerken import geldt_op
from regio.forms.versie import Versieformulier
from regio.formulier import Datumveld, Formulier, ModelFormulier
from regio.grootte import GROOTTEKLASSEN
from regio.models import Gemeente, Kenmerken, Lidmaatschap, Regio
from regio.regioplan import EEN_TEGELIJK


class Aantalveld(forms.IntegerField):
    """A number of inhabitants, typed with or without points: 12130 or 12.130."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "veld--kort", "autocomplete": "off"})
    default_error_messages = {
        "invalid": "Schrijf een aantal in cijfers, bijvoorbeeld 12.130.",
        "max_value": "Zo veel inwoners heeft geen gemeente.",
        "min_value": "Een aantal inwoners is niet negatief.",
    }

    def to_python(self, value):
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", value.strip()):
            value = value.replace(".", "")
        return super().to_python(value)


class GemeenteZoekFormulier(Formulier):
    markeer_optioneel = False

    q = forms.CharField(label="Naam of code", required=False, max_length=80)
    provincie = forms.ModelChoiceField(
        Regio.objects.filter(soort=Regio.Soort.PROVINCIE),
        label="Provincie",
        required=False,
        empty_label="Alle provincies",
    )
    klasse = forms.TypedChoiceField(
        label="Inwoners",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Alle grootteklassen"), *((k.code, k.naam) for k in GROOTTEKLASSEN), (0, "onbekend")],
    )
    voortrekker = forms.ChoiceField(
        label="Voortrekker", required=False, choices=[("", "Alle gemeenten"), ("ja", "Voortrekkers"), ("nee", "Andere")]
    )
    datum = Datumveld(label="Toestand op", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["datum"].help_text = ""
        self.fields["q"].widget.input_type = "search"


class GemeenteNieuwFormulier(ModelFormulier):
    class Meta:
        model = Gemeente
        fields = ["code", "naam", "alias", "geldig_van"]
        help_texts = {
            "code": "Vier cijfers, zoals het CBS ze geeft. Na een herindeling met een nieuwe code is het een nieuwe gemeente.",
            "alias": "Waar ook op gezocht wordt, zoals Den Haag.",
        }
        widgets = {"code": forms.TextInput(attrs={"class": "veld--kort"})}


class GemeenteFormulier(Versieformulier):
    class Meta:
        model = Gemeente
        fields = ["naam", "alias", "geldig_van", "geldig_tot"]
        help_texts = {
            "alias": "Waar ook op gezocht wordt, zoals Den Haag.",
            "geldig_van": "Of de datum van de oudste lijst waarop de gemeente staat.",
            "geldig_tot": "De eerste dag waarop de gemeente niet meer bestaat. Kenmerken en lidmaatschappen eindigen dan ook.",
        }

    def clean(self):
        super().clean()
        van, tot = self.cleaned_data.get("geldig_van"), self.cleaned_data.get("geldig_tot")
        if van and tot and tot <= van:
            self.add_error("geldig_tot", "De gemeente kan niet zijn opgeheven voordat zij begon.")
        for wat, rijen in (("kenmerken", self.instance.kenmerken), ("een lidmaatschap", self.instance.lidmaatschappen)):
            if van and (eerder := rijen.filter(geldig_van__lt=van).order_by("geldig_van").first()):
                self.add_error(
                    "geldig_van", f"De gemeente heeft {wat} vanaf {eerder.geldig_van:%d-%m-%Y}; zij begint dus eerder."
                )
            if tot and (
                later := rijen.filter(Q(geldig_van__gte=tot) | Q(geldig_tot__gt=tot)).order_by("-geldig_van").first()
            ):
                tot_later = f" tot {later.geldig_tot:%d-%m-%Y}" if later.geldig_tot else ""
                self.add_error(
                    "geldig_tot", f"De gemeente heeft nog {wat} vanaf {later.geldig_van:%d-%m-%Y}{tot_later}."
                )


class KenmerkenFormulier(Versieformulier):
    """`sluit` is the running period that a new one takes over from: saving ends it where the new one begins."""

    sluit: Kenmerken | None = None
    inwoners = Aantalveld(
        label="Inwoners", required=False, min_value=0, max_value=2_000_000, help_text="Onbekend? Laat leeg."
    )

    class Meta:
        model = Kenmerken
        fields = ["geldig_van", "geldig_tot", "inwoners", "inwoners_peildatum", "randstad", "voortrekker"]
        help_texts = {"geldig_tot": "De eerste dag waarop dit niet meer geldt. Geldt het nog, laat dan leeg."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["randstad"].widget.choices = [("unknown", "onbekend"), ("true", "ja"), ("false", "nee")]

    def clean(self):
        super().clean()
        _controleer_periode(self, self.instance.gemeente)
        if self.cleaned_data.get("inwoners") is not None and not self.cleaned_data.get("inwoners_peildatum"):
            self.add_error("inwoners_peildatum", "Vul in op welke dag de inwoners zijn geteld.")
        andere = self.instance.gemeente.kenmerken.exclude(pk=self.instance.pk)
        overlap = _overlap(self, andere)
        if overlap and self._volgt_op(overlap):
            self.sluit = overlap
        elif overlap:
            tot = f" tot {overlap.geldig_tot:%d-%m-%Y}" if overlap.geldig_tot else ""
            self.add_error(
                "geldig_van",
                f"Deze periode overlapt met de kenmerken vanaf {overlap.geldig_van:%d-%m-%Y}{tot}. "
                "Geef eerst die periode een einddatum, of kies hier een andere begindatum.",
            )

    def _volgt_op(self, vorige: Kenmerken) -> bool:
        """Whether this new period simply takes over from the one that still runs. With an end of its own it would leave a hole."""
        return (
            self.instance._state.adding
            and vorige.geldig_tot is None
            and self.cleaned_data.get("geldig_tot") is None
            and vorige.geldig_van < self.cleaned_data["geldig_van"]
        )


class LidmaatschapFormulier(Versieformulier):
    class Meta:
        model = Lidmaatschap
        fields = ["regio", "geldig_van", "geldig_tot"]
        help_texts = {"geldig_tot": "De eerste dag waarop de gemeente geen lid meer is. Is zij het nog, laat dan leeg."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groepen: dict[str, list] = {}
        for regio in Regio.objects.all():
            groepen.setdefault(regio.get_soort_display(), []).append((regio.pk, regio.naam))
        self.fields["regio"].choices = [("", "Kies een regio"), *groepen.items()]

    def clean(self):
        super().clean()
        gemeente, regio = self.instance.gemeente, self.cleaned_data.get("regio")
        _controleer_periode(self, gemeente)
        if regio is None:
            return
        zelfde = gemeente.lidmaatschappen.select_related("regio").exclude(pk=self.instance.pk)
        zelfde = zelfde.filter(regio__soort=regio.soort) if regio.soort in EEN_TEGELIJK else zelfde.filter(regio=regio)
        if overlap := _overlap(self, zelfde):
            tot = f" tot {overlap.geldig_tot:%d-%m-%Y}" if overlap.geldig_tot else ""
            self.add_error(
                "regio",
                f"{gemeente} is vanaf {overlap.geldig_van:%d-%m-%Y}{tot} al lid van {overlap.regio} "
                f"({overlap.regio.get_soort_display()}). Beëindig dat lidmaatschap eerst, of kies een andere periode.",
            )


class LidmaatschapEindeFormulier(Versieformulier):
    class Meta:
        model = Lidmaatschap
        fields = ["geldig_tot"]
        help_texts = {"geldig_tot": "De eerste dag waarop de gemeente geen lid meer is."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["geldig_tot"].required = True

    def clean_geldig_tot(self):
        tot = self.cleaned_data["geldig_tot"]
        if tot <= self.instance.geldig_van:
            raise ValidationError(
                f"Het lidmaatschap begon op {self.instance.geldig_van:%d-%m-%Y}; het einde ligt daarna."
            )
        if self.instance.gemeente.geldig_tot and tot > self.instance.gemeente.geldig_tot:
            raise ValidationError(f"De gemeente is opgeheven per {self.instance.gemeente.geldig_tot:%d-%m-%Y}.")
        return tot


def _controleer_periode(form: forms.ModelForm, gemeente: Gemeente) -> None:
    """The period runs forward, and lies within the time that the municipality exists."""
    van, tot = form.cleaned_data.get("geldig_van"), form.cleaned_data.get("geldig_tot")
    if van and tot and tot <= van:
        form.add_error("geldig_tot", "De einddatum moet na de begindatum liggen.")
    if van and not geldt_op(gemeente, van):
        grens = f"vanaf {gemeente.geldig_van:%d-%m-%Y}" + (
            f" tot {gemeente.geldig_tot:%d-%m-%Y}" if gemeente.geldig_tot else ""
        )
        form.add_error("geldig_van", f"De gemeente bestaat volgens de tabel {grens}.")
    if gemeente.geldig_tot and (tot or date.max) > gemeente.geldig_tot:
        form.add_error(
            "geldig_tot", f"De gemeente is opgeheven per {gemeente.geldig_tot:%d-%m-%Y}; kies die datum of een eerdere."
        )


def _overlap(form: forms.ModelForm, rijen: QuerySet):
    """The first of these rows whose period has a day in common with the period of the form."""
    van, tot = form.cleaned_data.get("geldig_van"), form.cleaned_data.get("geldig_tot")
    if van is None:
        return None
    rijen = rijen.exclude(geldig_tot__lte=van)
    if tot:
        rijen = rijen.filter(geldig_van__lt=tot)
    return rijen.order_by("geldig_van").first()


class DatumFormulier(Formulier):
    markeer_optioneel = False

    datum = Datumveld(label="Toestand op", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["datum"].help_text = ""


# --- Regions ---------------------------------------------------------------------------------------------------------
