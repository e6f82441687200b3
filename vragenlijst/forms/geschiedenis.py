"""Searching the history of a dossier."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from regio.formulier import Datumveld, Formulier
from vragenlijst.queries.geschiedenis import SOORTEN, Zoekvraag

SYSTEEM = "systeem"


class GeschiedenisForm(Formulier):
    """Which events to show; `mensen` are those who did something in this dossier."""

    soort = forms.ChoiceField(label="Wat", required=False)
    wie = forms.ChoiceField(label="Door wie", required=False)
    van = Datumveld(label="Vanaf", required=False)
    tot = Datumveld(label="Tot en met", required=False)
    markeer_optioneel = False

    def __init__(self, *args, mensen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [("", "Alles"), *((soort.code, soort.naam) for soort in SOORTEN.values())]
        namen = [(SYSTEEM, "Het systeem") if wie is None else (str(wie.pk), str(wie)) for wie in mensen]
        self.fields["wie"].choices = [("", "Iedereen"), *namen]
        for naam in ("van", "tot"):
            self.fields[naam].help_text = ""

    def clean(self):
        velden = super().clean()
        if velden.get("van") and velden.get("tot") and velden["tot"] < velden["van"]:
            self.add_error("tot", "Deze dag ligt voor de eerste.")
        return velden

    def zoekvraag(self) -> Zoekvraag:
        """What is asked; everything when the form does not hold."""
        if not self.is_valid():
            return Zoekvraag()
        velden = self.cleaned_data
        return Zoekvraag(
            soort=velden["soort"],
            systeem=velden["wie"] == SYSTEEM,
            wie=int(velden["wie"]) if velden["wie"] not in ("", SYSTEEM) else None,
            van=_begin(velden["van"]) if velden["van"] else None,
            voor=_begin(velden["tot"] + timedelta(days=1)) if velden["tot"] else None,
        )


def _begin(dag) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))
