"""What is missing and cannot be had: which, and why."""

from django import forms

from regio.formulier import Formulier
from vragenlijst.werkvoorraad import Leemte


class UitzonderingForm(Formulier):
    """One reason for everything that is ticked; who has several reasons sends it several times."""

    leemten = forms.MultipleChoiceField(
        label="Wat kan niet meer?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies wat ontbreekt en niet meer kan komen.",
            "invalid_choice": "Wat u koos ontbreekt ondertussen niet meer. Kijk de lijst na en kies opnieuw.",
        },
    )
    reden = forms.CharField(
        label="Waarom niet?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom het niet kan."},
        help_text="Bijvoorbeeld: deze partij bestaat hier niet, of werkt niet mee. De toetser leest dit; noem geen namen.",
    )

    def __init__(self, *args, leemten: list[Leemte], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leemten"].choices = [(leemte.sleutel, leemte.zin) for leemte in leemten]
