"""What every form of the application has in common: what may come in, and how it is shown.

A screen's form derives from `Formulier` or `ModelFormulier`, also the search forms that arrive by GET. Its template writes the
form tag, the CSRF token and the buttons; crispy writes the rest (error summary, fields) through the pack in `templates/nlds/`:

    {% load crispy_forms_tags %}
    <form method="post" novalidate data-bewaak>
      {% csrf_token %}
      {% crispy form %}
      {% include "_knoppen.html" with knop="Opslaan" annuleer=dossier.get_absolute_url %}
    </form>

`data-bewaak` warns before typed text is left behind. A formset goes in the same way: `{% crispy formset %}`. To group fields, set
`form.helper.layout` with crispy's `Layout`, `Fieldset`, `Div` and `HTML`; other layout objects have no template here.

What a form that derives from these gets without asking:

- text with characters that cannot be stored is refused at its field, before any other validation sees it;
- what was typed is shown again as it was typed, whatever was wrong with it; nothing is cut off at a maximum length;
- line ends are those of the database (`\\n`), so that a text counts as changed only when somebody changed it;
- date fields become `Datumveld`, messages are Dutch and say what to do;
- optional fields are marked "(niet verplicht)", unless the form says `markeer_optioneel = False`.
"""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.html import format_html

from regio.datum import lees_datum
from regio.tekst import bezwaar_tegen, verboden_teken

VERVANGTEKEN = "\N{REPLACEMENT CHARACTER}"

MELDINGEN = {"required": "Vul dit in."}
MELDINGEN_TEKST = {
    "required": "Vul dit in.",
    "max_length": "Deze tekst telt %(show_value)d tekens; er passen er %(limit_value)d. Kort de tekst in.",
}
MELDINGEN_KEUZE = {
    "required": "Maak een keuze.",
    "invalid_choice": "Deze keuze bestaat niet (meer). Kies een van de mogelijkheden.",
}
MELDINGEN_VINKJE = {"required": "Zet hier een vinkje."}
# The NL Design System classes of a control, by the widget's base class; the first that fits.
KLASSEN = (
    (forms.CheckboxSelectMultiple, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.FileInput, "bestandsveld"),
    (forms.HiddenInput, ""),
    (forms.Widget, "utrecht-textbox utrecht-textbox--html-input"),
)


def bezwaar_tegen_invoer(waarde) -> str | None:
    """Why this raw input (text, list of texts, uploaded file) cannot be accepted, or None."""
    if isinstance(waarde, str):
        return bezwaar_tegen(waarde)
    if isinstance(waarde, (list, tuple)):
        return next(filter(None, map(bezwaar_tegen_invoer, waarde)), None)
    if isinstance(waarde, UploadedFile):
        return bezwaar_tegen(waarde.name or "")
    return None


class Datumveld(forms.DateField):
    """A date, typed as text: a browser's own date picker shows the order of its own language and hides what was typed."""

    def __init__(self, *, help_text="", **kwargs):
        kwargs.setdefault(
            "widget", forms.DateInput(format="%d-%m-%Y", attrs={"class": "veld--kort", "autocomplete": "off"})
        )
        super().__init__(help_text=f"{help_text} Bijvoorbeeld 24-11-2026.".strip(), **kwargs)

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return lees_datum(" ".join(value.split()))
        except ValueError as fout:
            raise ValidationError(str(fout), code="invalid") from fout


class Veld(BoundField):
    """A field as it stands in its form: its classes, its place to link to, and its value made safe to show."""

    @property
    def data(self):
        """The raw input, with the line ends of the database instead of those of the browser."""
        return _regeleinden(super().data)

    def value(self):
        """What is shown in the control. A character that cannot be stored is shown as �, so that it can be found."""
        waarde = super().value()
        if isinstance(waarde, str) and verboden_teken(waarde):
            return "".join(VERVANGTEKEN if verboden_teken(teken) else teken for teken in waarde)
        return waarde

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        eigen = widget.attrs.get("class", "")
        klasse = next(klasse for soort, klasse in KLASSEN if isinstance(widget, soort))
        if alle := f"{klasse} {eigen}".strip():
            attrs["class"] = alle
        if self.use_fieldset:
            attrs.pop("required", None)  # a radio group says so in its legend; `novalidate` is set anyway
        return attrs

    @cached_property
    def anker(self) -> str:
        """The id that the error summary links to: the control, or the first one of a group."""
        if self.use_fieldset and self.subwidgets:
            return self.subwidgets[0].id_for_label or self.auto_id
        return self.id_for_label or self.auto_id

    @property
    def use_fieldset(self) -> bool:
        """Only a group of options is a fieldset; Django says so of a file field too."""
        return isinstance(self.field.widget, forms.RadioSelect)

    @cached_property
    def keuzes(self) -> list[dict]:
        """Control, id and label of each option of a group. Written here: a template per option took half a page's time."""
        return [
            {
                "id": keuze["attrs"].get("id", ""),
                "label": keuze["label"],
                "tag": format_html(
                    '<input type="{}" name="{}" value="{}"{}>',
                    keuze["type"],
                    keuze["name"],
                    keuze["value"],
                    flatatt(keuze["attrs"]),
                ),
            }
            for keuze in (deel.data for deel in self.subwidgets)
        ]

    @property
    def is_vinkje(self) -> bool:
        """One check box: its label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def optioneel(self) -> bool:
        """Not where the field is asked for with some of the other answers only (`soms_verplicht`): its help says when."""
        if getattr(self.field, "soms_verplicht", False):
            return False
        if self.use_fieldset and any(waarde == "" for waarde, _ in self.field.choices):
            return False  # one of its options is to choose nothing
        return (
            self.form.markeer_optioneel and not self.field.required and not self.field.disabled and not self.is_vinkje
        )


class _Huisregels:
    """The behaviour that both kinds of form share; see the top of this module."""

    bound_field_class = Veld
    markeer_optioneel = True
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            if type(veld) is forms.DateField:
                veld = self.fields[naam] = _als_datumveld(veld)
            _spreek_nederlands(veld)
            veld.widget.attrs.pop("maxlength", None)

    @cached_property
    def helper(self) -> FormHelper:
        """For `{% crispy form %}`: the fields only; form tag, token and buttons are the template's."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def _clean_fields(self):
        """Fields whose input holds a forbidden character are refused here, and reach no other validation."""
        bezwaren = {
            naam: bezwaar
            for naam, veld in self._bound_items()
            if not veld.field.disabled and (bezwaar := bezwaar_tegen_invoer(veld.data))
        }
        alle = self.fields
        self.fields = {naam: veld for naam, veld in alle.items() if naam not in bezwaren}
        try:
            super()._clean_fields()
        finally:
            self.fields = alle
        for naam, bezwaar in bezwaren.items():
            self.add_error(naam, ValidationError(bezwaar, code="onleesbaar"))


class Formulier(_Huisregels, forms.Form):
    pass


class ModelFormulier(_Huisregels, forms.ModelForm):
    pass


def _regeleinden(waarde):
    if isinstance(waarde, str):
        return waarde.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(waarde, list):
        return [_regeleinden(deel) for deel in waarde]
    return waarde


def _als_datumveld(veld: forms.DateField) -> Datumveld:
    """The Datumveld for the plain date field that a model, or a form class, gave."""
    return Datumveld(
        label=veld.label, help_text=veld.help_text, required=veld.required, initial=veld.initial, disabled=veld.disabled
    )


def _spreek_nederlands(veld: forms.Field) -> None:
    """Our messages where Django's own standard ones stand; a message that the form chose itself stays."""
    if isinstance(veld, forms.BooleanField):
        meldingen = MELDINGEN_VINKJE
    elif hasattr(veld, "choices"):
        meldingen = MELDINGEN_KEUZE
    elif isinstance(veld, forms.CharField):
        meldingen = MELDINGEN_TEKST
    else:
        meldingen = MELDINGEN
    standaard = {}
    for klasse in reversed(type(veld).__mro__):
        standaard.update(getattr(klasse, "default_error_messages", {}))
    for code, melding in meldingen.items():
        if veld.error_messages.get(code) == standaard.get(code):
            veld.error_messages[code] = melding
