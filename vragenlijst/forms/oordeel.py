"""Settling a finding, judging a norm, registering evidence."""

from django import forms

from regio.formulier import Formulier, ModelFormulier
from vragenlijst import queries
from vragenlijst.forms.vraagvelden import afspraakrijen, antwoordvelden, getypte_rijen, lees_antwoord, namen_van
from vragenlijst.inhoud import MAX_TEKST, Inhoud
from vragenlijst.models import Aandachtspunt, Beoordeling, Bewijsstuk, Dossier, Vraag


class BevindingForm(Formulier):
    """What the fact is, and why. Made by `bevinding_form`."""

    motivatie = forms.CharField(
        label="Motivatie",
        required=False,
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Verplicht wanneer actoren elkaar tegenspreken, niemand iets zei, of u van de bronnen afwijkt.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def inhoud(self) -> Inhoud:
        return lees_antwoord(self.vraag, self.cleaned_data)

    def rijen(self):
        return afspraakrijen(self, self.vraag)


def bevinding_form(regel: queries.Driehoek, data=None) -> BevindingForm:
    """The form for one finding, filled with the finding so far, or else with what is proposed."""
    if regel.bevinding is not None:
        inhoud = queries.inhoud_van(regel.bevinding)
        motivatie, versie = regel.bevinding.motivatie, regel.bevinding.versie
    else:
        inhoud, motivatie, versie = regel.beeld.voorstel or Inhoud(), "", 0
    if data is not None and regel.vraag.soort == Vraag.Soort.AFSPRAKEN:
        inhoud = Inhoud(rijen=getypte_rijen(regel.vraag, data))  # as many rows as the page had
    return _bevinding_form(regel.vraag, inhoud, data, {"motivatie": motivatie, "versie": versie})


def neem_bron_over(form: BevindingForm, bron: Inhoud) -> BevindingForm:
    """The form with what a source says filled in, for the inspector to go on with; the motivation stays as it was typed.

    A choice becomes that of the source. A text or a list of afspraken is added to what stands there: nothing that was typed goes.
    """
    ruw = {naam: form[naam].data for naam in form.fields}
    nu = lees_antwoord(form.vraag, ruw)
    if form.vraag.soort == Vraag.Soort.AFSPRAKEN:
        samen = Inhoud(rijen=tuple(dict.fromkeys([*nu.rijen, *bron.rijen])))
    elif form.vraag.soort == Vraag.Soort.OPEN:
        staat_er = bron.tekst.strip() in nu.tekst
        samen = nu if staat_er else Inhoud(tekst="\n\n".join(filter(None, [nu.tekst.strip(), bron.tekst])))
    else:
        samen = Inhoud(keuze=bron.keuze, gemeente=bron.gemeente)
    return _bevinding_form(form.vraag, samen, None, {"motivatie": ruw["motivatie"], "versie": ruw["versie"]})


def _bevinding_form(vraag: Vraag, inhoud: Inhoud, data, begin: dict) -> BevindingForm:
    velden = antwoordvelden(vraag, inhoud, namen_van([inhoud]), verplicht=vraag.soort != Vraag.Soort.AFSPRAKEN)
    for veld in velden.values():
        if veld.label == vraag.tekst:
            veld.label = "Bevinding"
    form = type("BevindingForm", (BevindingForm,), velden)(data, initial=begin)
    form.vraag = vraag
    form.order_fields([*velden, "motivatie", "versie"])
    return form


class BeoordelingForm(Formulier):
    """The judgement on one norm."""

    oordeel = forms.ChoiceField(label="Oordeel", choices=Beoordeling.Oordeel, widget=forms.RadioSelect)
    motivering = forms.CharField(
        label="Motivering",
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Waarom de feiten dit oordeel dragen.",
    )
    bewijsstuk = forms.ModelChoiceField(
        label="Bewijsstuk", queryset=Bewijsstuk.objects.none(), required=False, empty_label="Geen bewijsstuk"
    )
    bewijsplaats = forms.CharField(
        label="Bladzijde of passage", max_length=120, required=False, help_text="Bijvoorbeeld: blz. 4, artikel 2."
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, dossier: Dossier, aandachtspunt: Aandachtspunt, **kwargs):
        super().__init__(*args, **kwargs)
        veld = self.fields["bewijsstuk"]
        veld.queryset = dossier.bewijsstukken.select_related("soort")
        veld.label_from_instance = lambda stuk: f"{stuk.soort}: {stuk.titel} ({stuk.datum:%d-%m-%Y})"
        if aandachtspunt.vraagt_bewijs:
            veld.help_text = f"Deze norm vraagt zelf om bewijs: {aandachtspunt.bewijs}."


class BewijsstukForm(ModelFormulier):
    """A document on the dossier: what it is, of when, and who agreed to it."""

    class Meta:
        model = Bewijsstuk
        fields = ["soort", "titel", "datum", "akkoord_door", "akkoord_op", "vindplaats"]
        labels = {
            "soort": "Soort stuk",
            "titel": "Titel",
            "datum": "Datum van het stuk",
            "akkoord_door": "Akkoord door",
            "akkoord_op": "Akkoord op",
            "vindplaats": "Vindplaats",
        }
        help_texts = {
            "akkoord_door": "Wie het stuk heeft vastgesteld of goedgekeurd, bijvoorbeeld: college van B en W.",
            "vindplaats": "Kenmerk of archiefnummer waaronder het stuk bij de inspectie ligt.",
        }

    def __init__(self, *args, dossier: Dossier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].queryset = dossier.ronde.instrument.bewijssoorten.all()
        self.fields["soort"].empty_label = "Kies de soort"
