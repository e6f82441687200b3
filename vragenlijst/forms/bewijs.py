"""A document on the dossier: what it is, who agreed to it, which municipalities take part, and its file."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from regio.formulier import ModelFormulier
from regio.gebeurtenissen import verschil
from regio.models import Gemeente
from vragenlijst import opslag
from vragenlijst.bestanden import BESTANDSTYPEN, LEEG, WELKOM, Onbruikbaar, Upload, leesbare_grootte
from vragenlijst.models import Bewijsstuk, Dossier

EXTENSIES = ",".join(extensie for soort in BESTANDSTYPEN.values() for extensie in soort.extensies)
MAX_GENOEMD = 3  # municipalities that a message names


class Gemeentenveld(forms.CharField):
    """Municipalities, typed as names (or CBS codes), one on a line or with commas between; the value is a list of them.

    They are those of `ronde.peildatum`, fictional ones beside fictional ones; the form sets `gemeenten`.
    """

    gemeenten: list[Gemeente] = ()

    def clean(self, value) -> list[Gemeente]:
        namen = [naam for naam in map(str.strip, re.split(r"[\n,;]", super().clean(value))) if naam]
        gevonden, fouten = {}, []
        for naam in namen:
            try:
                gemeente = self._zoek(naam)
            except ValueError as fout:
                fouten.append(str(fout))
            else:
                gevonden[gemeente.pk] = gemeente
        if fouten:
            raise ValidationError(fouten)
        return list(gevonden.values())

    def _zoek(self, naam: str) -> Gemeente:
        code = naam.rpartition("(")[2].rstrip(")").strip().upper().removeprefix("GM")
        if op_code := [g for g in self.gemeenten if g.code == code]:
            return op_code[0]
        vorm = Gemeente.maak_zoeknaam(naam)
        kandidaten = [g for g in self.gemeenten if vorm in (Gemeente.maak_zoeknaam(g.naam), g.zoeknaam)]
        kandidaten = kandidaten or [g for g in self.gemeenten if vorm and vorm in g.zoeknaam]
        if len(kandidaten) == 1:
            return kandidaten[0]
        if not kandidaten:
            raise ValueError(f"Er is op de peildatum geen gemeente '{naam}'.")
        namen = ", ".join(f"{g.naam} ({g.code})" for g in kandidaten[:MAX_GENOEMD])
        meer = " en andere" if len(kandidaten) > MAX_GENOEMD else ""
        raise ValueError(f"Meer gemeenten lijken op '{naam}': {namen}{meer}. Schrijf er één met haar code.")


class Bestandveld(forms.FileField):
    """One document. Its content decides what it is; the value is an Upload, or None."""

    widget = forms.FileInput(attrs={"accept": EXTENSIES})
    default_error_messages = {"empty": LEEG}

    def clean(self, data, initial=None) -> Upload | None:
        bestand = super().clean(data, initial)
        if not bestand:
            return None
        if bestand.size > settings.BEWIJS_MAX_BYTES:
            raise ValidationError(
                f"'{bestand.name}' is {leesbare_grootte(bestand.size)} groot; er past hoogstens "
                f"{leesbare_grootte(settings.BEWIJS_MAX_BYTES)}. Verklein het bestand, of deel het op."
            )
        try:
            return opslag.keur(bestand, bestand.name)
        except Onbruikbaar as fout:
            raise ValidationError(fout.zin) from fout


class BewijsstukForm(ModelFormulier):
    """`versie` is the version of the document that the writer has before them."""

    deelnemers = Gemeentenveld(
        label="Deelnemende gemeenten",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De gemeenten die aan het stuk meedoen, bijvoorbeeld aan een convenant: één per regel.",
    )
    bestand = Bestandveld(label="Bestand", required=False)
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Bewijsstuk
        fields = ["soort", "titel", "datum", "akkoord_door", "akkoord_op", "vindplaats", "persoonsgegevens"]
        labels = {
            "soort": "Soort stuk",
            "titel": "Titel",
            "datum": "Datum van het stuk",
            "akkoord_door": "Akkoord door",
            "akkoord_op": "Akkoord op",
            "vindplaats": "Vindplaats",
            "persoonsgegevens": "Bevat persoonsgegevens",
        }
        help_texts = {
            "akkoord_door": "Wie het stuk heeft vastgesteld of goedgekeurd, bijvoorbeeld: college van B en W.",
            "vindplaats": "Kenmerk of archiefnummer waaronder het stuk bij de inspectie ligt.",
            "persoonsgegevens": "Bijvoorbeeld namen van deelnemers aan een overleg. Zo'n bestand wordt gewist als de bewaartermijn "
            "van de ronde voorbij is; wat hier verder is ingevuld, blijft.",
        }

    field_order = [
        "soort",
        "titel",
        "datum",
        "akkoord_door",
        "akkoord_op",
        "deelnemers",
        "vindplaats",
        "bestand",
        "persoonsgegevens",
    ]

    def __init__(self, *args, dossier: Dossier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].queryset = dossier.ronde.instrument.bewijssoorten.all()
        self.fields["soort"].empty_label = "Kies de soort"
        self.fields["versie"].initial = self.instance.versie
        self._vul_deelnemers(dossier)
        bestand = self.fields["bestand"]
        bestand.widget.attrs["data-hoogstens"] = settings.BEWIJS_MAX_BYTES
        bestand.help_text = f"{WELKOM} Hoogstens {leesbare_grootte(settings.BEWIJS_MAX_BYTES)}."
        if self.instance.bestand:  # another file is another document
            del self.fields["bestand"]

    def _vul_deelnemers(self, dossier: Dossier) -> None:
        veld = self.fields["deelnemers"]
        gemeenten = Gemeente.objects.filter(fictief=dossier.gemeente.fictief).op(dossier.ronde.peildatum)
        if self.is_bound:
            veld.gemeenten = list(gemeenten)
        bron = self.instance if self.instance.pk else self.instance.vervangt
        if bron:
            veld.initial = "\n".join(gemeente.naam for gemeente in bron.deelnemers.all())

    def clean(self):
        velden = super().clean()
        if velden.get("akkoord_op") and "akkoord_door" in velden and not velden["akkoord_door"]:
            self.add_error("akkoord_door", "Vul in wie akkoord ging, of haal de datum van het akkoord weg.")
        for naam in ("datum", "akkoord_op"):
            if (dag := velden.get(naam)) and dag > timezone.localdate():
                self.add_error(naam, f"{dag:%d-%m-%Y} ligt in de toekomst.")
        if self._nergens_te_vinden(velden):
            self.add_error("bestand", "Kies het bestand, of vul in waar het stuk te vinden is.")
        if self.errors:
            self.meld_bestand_kwijt()
        return velden

    def _nergens_te_vinden(self, velden: dict) -> bool:
        goed_ingevuld = "bestand" in self.fields and not {"bestand", "vindplaats"} & self.errors.keys()
        return goed_ingevuld and not velden.get("bestand") and not velden.get("vindplaats")

    def meld_bestand_kwijt(self) -> None:
        """A browser never gives back the file that was chosen; what was typed is still there."""
        gekozen = self.files.get("bestand")
        if gekozen and "bestand" in self.fields and "bestand" not in self.errors:
            self.add_error("bestand", f"Kies '{gekozen.name}' opnieuw: uw browser houdt een gekozen bestand niet vast.")

    def wijzigingen(self) -> dict[str, list]:
        """What this form changes, for the history; names instead of objects, and the file is the action's to tell."""
        anders = verschil(self)
        anders.pop(self.fields["bestand"].label if "bestand" in self.fields else "", None)
        label = self.fields["deelnemers"].label
        if label in anders:
            was = (self.fields["deelnemers"].initial or "").replace("\n", ", ")
            wordt = ", ".join(gemeente.naam for gemeente in self.cleaned_data["deelnemers"])
            del anders[label]
            if was != wordt:
                anders[label] = [was, wordt]
        return anders
