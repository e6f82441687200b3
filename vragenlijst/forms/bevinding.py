"""Settling the one fact per question, with what the sources say at hand."""

from crispy_forms.layout import Div, Layout
from django import forms

from regio.formulier import Formulier
from vragenlijst import driehoek, queries
from vragenlijst.actions.antwoorden import NIET_ALLEBEI
from vragenlijst.actions.bevindingen import MOTIVATIE_GEVRAAGD
from vragenlijst.forms.vraagvelden import (
    afspraakrijen,
    antwoordvelden,
    getypte_rijen,
    lees_antwoord,
    namen_van,
    uitwegveld,
    veldnaam,
)
from vragenlijst.inhoud import MAX_TEKST, Inhoud
from vragenlijst.models import Vraag


class BevindingForm(Formulier):
    """What the fact is, and why. Made by `bevinding_form`."""

    motivatie = forms.CharField(
        label="Motivatie",
        required=False,
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Nodig als u afwijkt van wat de bronnen zeggen.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        """*Weet niet* and *n.v.t.* stand in the place of an answer, not beside it."""
        velden = super().clean()
        naam, uitweg = veldnaam(self.regel.vraag), uitwegveld(self.regel.vraag)
        if velden.get(uitweg):
            if self.has_error(naam, "required"):
                del self.errors[naam]
            inhoud = self.inhoud()
            if inhoud.tekst or inhoud.gemeente or inhoud.rijen:
                self.add_error(uitweg, NIET_ALLEBEI)
        return velden

    def inhoud(self) -> Inhoud:
        return lees_antwoord(self.regel.vraag, self.cleaned_data)


def bevinding_form(regel: queries.Driehoek, data=None) -> BevindingForm:
    """The form for one finding, filled with the finding so far, or else with what is proposed."""
    if regel.bevinding is not None:
        inhoud = queries.inhoud_van(regel.bevinding)
        motivatie, versie = regel.bevinding.motivatie, regel.bevinding.versie
    else:
        inhoud, motivatie, versie = regel.beeld.voorstel or Inhoud(), "", 0
    if data is not None and regel.vraag.soort == Vraag.Soort.AFSPRAKEN:
        inhoud = Inhoud(rijen=getypte_rijen(regel.vraag, data))  # as many rows as the page had
    return _bevinding_form(regel, inhoud, data, {"motivatie": motivatie, "versie": versie})


def neem_bron_over(form: BevindingForm, bron: Inhoud) -> BevindingForm:
    """The form with what a source says filled in, for the inspector to go on with; the motivation stays as it was typed.

    A choice becomes that of the source. A text or a list of afspraken is added to what stands there: nothing that was typed goes.
    """
    ruw = {naam: form[naam].data for naam in form.fields}
    nu = lees_antwoord(form.regel.vraag, ruw)
    if form.regel.vraag.soort == Vraag.Soort.AFSPRAKEN:
        samen = Inhoud(keuze=bron.keuze, rijen=tuple(dict.fromkeys([*nu.rijen, *bron.rijen])))
    elif form.regel.vraag.soort == Vraag.Soort.OPEN:
        staat_er = bron.tekst.strip() in nu.tekst
        tekst = nu.tekst if staat_er else "\n\n".join(filter(None, [nu.tekst.strip(), bron.tekst]))
        samen = Inhoud(keuze=bron.keuze, tekst=tekst)
    else:
        samen = Inhoud(keuze=bron.keuze, tekst=bron.tekst, gemeente=bron.gemeente)
    return _bevinding_form(form.regel, samen, None, {"motivatie": ruw["motivatie"], "versie": ruw["versie"]})


def _bevinding_form(regel: queries.Driehoek, inhoud: Inhoud, data, begin: dict) -> BevindingForm:
    vraag = regel.vraag
    velden = antwoordvelden(vraag, inhoud, namen_van([inhoud]), verplicht=vraag.soort != Vraag.Soort.AFSPRAKEN)
    for veld in velden.values():
        if veld.label == vraag.tekst:
            veld.label = "Bevinding"
    form = type("BevindingForm", (BevindingForm,), dict(velden))(data, initial=begin)
    form.regel = regel
    form.order_fields([*velden, "motivatie", "versie"])
    if rijen := afspraakrijen(form, vraag):
        naast_elkaar = (Div(rij.partij.name, rij.afspraak.name, css_class="veldenrij") for rij in rijen)
        form.helper.layout = Layout(*naast_elkaar, *filter(velden.get, [uitwegveld(vraag)]), "motivatie", "versie")
    motivatie = form.fields["motivatie"]
    if regel.beeld.stand in (driehoek.TEGENGESTELD, driehoek.NIET_GEVRAAGD):
        motivatie.required, motivatie.help_text = True, WAAROM[regel.beeld.stand]
        motivatie.error_messages["required"] = MOTIVATIE_GEVRAAGD[regel.beeld.stand]
    return form


# What to motivate, where a motivation is always asked.
WAAROM = {
    driehoek.TEGENGESTELD: "De actoren spreken elkaar tegen: waarom is dit de bevinding?",
    driehoek.NIET_GEVRAAGD: "Niemand zei hier iets over: waarop berust de bevinding?",
}
