"""The band table as a form: a row per word, and two empty ones for words to add. A row without a word is left out."""

from collections.abc import Sequence
from functools import cached_property

from django import forms

from rapportage.kwantoren import Band, gebreken, op_volgorde
from regio.formulier import Formulier

LEEG = 2  # rows to add a word in
MEEST = 30
TOT = (("tot-en-met", "ten hoogste"), ("minder-dan", "minder dan"))


class BandForm(Formulier):
    markeer_optioneel = False
    woord = forms.CharField(label="Woord", max_length=40, required=False)
    tot = forms.ChoiceField(label="Grens", choices=TOT)
    aandeel = forms.IntegerField(
        label="Percentage",
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "veld--kort"}),
        error_messages={"invalid": "Vul een heel getal in.", "max_value": "Een aandeel is ten hoogste 100%%."},
    )
    hoogstens = forms.IntegerField(
        label="Ten hoogste dit aantal",
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "veld--kort"}),
        error_messages={"invalid": "Vul een heel getal in.", "min_value": "Een aantal is 0 of meer."},
    )

    def clean_woord(self):
        return " ".join(self.cleaned_data["woord"].split())

    @property
    def band(self) -> Band | None:
        """The row as a band; None for an empty row."""
        ingevuld = self.cleaned_data
        if not ingevuld.get("woord"):
            return None
        aandeel = ingevuld.get("aandeel")
        return Band(
            ingevuld["woord"],
            100 if aandeel is None else aandeel,
            ingevuld.get("tot") != "minder-dan",
            ingevuld.get("hoogstens"),
        )


class Bandenform:
    """All rows together. Order does not matter: the words are put in order of what they admit."""

    def __init__(self, data, banden: Sequence[Band]):
        self.gebonden = data is not None
        if data is None:
            beginwaarden = [_als_invoer(band) for band in banden] + [{"aandeel": None}] * LEEG
            self.rijen = [BandForm(prefix=f"b{nr}", initial=begin) for nr, begin in enumerate(beginwaarden)]
        else:
            aantal = next((nr for nr in range(MEEST) if f"b{nr}-woord" not in data), MEEST)
            self.rijen = [BandForm(data, prefix=f"b{nr}") for nr in range(aantal)]

    @cached_property
    def banden(self) -> tuple[Band, ...]:
        """The table in order, once every row can be read."""
        return op_volgorde(rij.band for rij in self.rijen if rij.band)

    def is_valid(self) -> bool:
        leesbaar = [rij.is_valid() for rij in self.rijen]  # each of them, so that every row says what is wrong with it
        if not self.gebonden or not all(leesbaar):
            return False
        for plaats, zin in gebreken(self.banden):
            wie = [rij for rij in self.rijen if self.banden and rij.band == self.banden[plaats]]
            (wie or self.rijen)[-1 if wie else 0].add_error("woord", zin)
        return not self.fouten

    @property
    def fouten(self) -> list[tuple[object, str]]:
        """(field, sentence) of every error, in order."""
        return [(veld, fout) for rij in self.rijen for veld in rij for fout in veld.errors]


def _als_invoer(band: Band) -> dict:
    return {
        "woord": band.woord,
        "tot": "tot-en-met" if band.tot_en_met else "minder-dan",
        "aandeel": band.aandeel,
        "hoogstens": band.hoogstens,
    }
