"""The control for one question, by its kind; the same in an interview and in a finding."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from regio.formulier import Datumveld
from regio.models import Gemeente
from vragenlijst.inhoud import MAX_TEKST, Inhoud
from vragenlijst.models import Vraag
from vragenlijst.termijnen import laatste_dag_van

LEGE_RIJEN = 2  # rows for a new afspraak, beyond those already filled in
MAX_RIJEN = 40


def uitwegveld(vraag: Vraag) -> str:
    """The name of the field for *weet niet* and *n.v.t.* at a question that is not closed."""
    return f"{veldnaam(vraag)}-uitweg"


def veldnaam(vraag: Vraag) -> str:
    """The name of a question's field: its code, with the dot that templates would read otherwise replaced."""
    return vraag.code.replace(".", "_")


class Gemeenteveld(forms.CharField):
    """A municipality, typed as its name or CBS code; the value is its code.

    The browser offers the names of `lijst` while typing. What was typed stays when it is not clear which one is meant.
    """

    def __init__(self, *, lijst: str, **kwargs):
        super().__init__(max_length=120, widget=forms.TextInput(attrs={"list": lijst, "autocomplete": "off"}), **kwargs)

    def clean(self, value):
        tekst = super().clean(value)
        if not tekst:
            return ""
        naam, _, rest = tekst.partition(" (")
        gevonden = list(Gemeente.objects.filter(code=rest.rstrip(")"))[:1]) if rest else []
        gevonden = gevonden or _op_naam(naam)
        if len(gevonden) == 1:
            return gevonden[0].code
        if not gevonden:
            raise ValidationError(f"Er is geen gemeente '{tekst}'. Typ een deel van de naam en kies uit de lijst.")
        namen = ", ".join(f"{g.naam} ({g.code})" for g in gevonden[:5])
        raise ValidationError(f"Er zijn meer gemeenten die op '{tekst}' lijken: {namen}. Kies er één.")


class Waardeveld(forms.CharField):
    """A number or a date, in the form in which it is kept; what was typed stays when it is neither."""

    def __init__(self, vraag: Vraag, **kwargs):
        super().__init__(
            max_length=60,
            help_text=vraag.getalregel.in_woorden if vraag.soort == Vraag.Soort.GETAL else "Bijvoorbeeld 24-11-2026.",
            widget=forms.TextInput(attrs={"class": "veld--kort", "autocomplete": "off"}),
            **kwargs,
        )
        self.vraag = vraag

    def clean(self, value):
        tekst = super().clean(value)
        try:
            return self.vraag.lees(tekst) if tekst else ""
        except ValueError as fout:
            raise ValidationError(str(fout), code="invalid") from fout


class Horizonveld(Datumveld):
    """By when something is to be done: a date, or a period as people name it, which ends on its last day."""

    def __init__(self, **kwargs):
        super().__init__(help_text="Een dag of een periode; bij najaar 2010 of 2010 geldt de laatste dag.", **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and (dag := laatste_dag_van(" ".join(value.split()))):
            return dag
        return super().to_python(value)


def _op_naam(naam: str) -> list[Gemeente]:
    gevonden = list(Gemeente.objects.zoek(naam)[:20])
    precies = [g for g in gevonden if g.zoeknaam == Gemeente.maak_zoeknaam(naam)]
    return precies or gevonden


def antwoordvelden(vraag: Vraag, inhoud: Inhoud, gemeenten: dict[str, str], *, verplicht: bool = False) -> dict:
    """The form fields for the answer to one question, by name, filled with `inhoud`.

    `gemeenten` gives the name of the municipalities that are filled in, by code. An unanswered closed question keeps a choice of
    its own ("nog niet beantwoord"), so that an answer can be taken back without JavaScript. The other kinds have *weet niet* and
    *niet van toepassing* in a field of their own, below the answer.
    """
    if vraag.soort == Vraag.Soort.KEUZE:
        return _met_hulp(vraag, _keuzeveld(vraag, inhoud, verplicht))
    keuzes = [(keuze.code, capfirst(keuze.naam)) for keuze in vraag.keuzes.all()]
    velden = _met_hulp(vraag, _invulvelden(vraag, inhoud, gemeenten, verplicht))
    if keuzes:
        velden[uitwegveld(vraag)] = forms.ChoiceField(
            label=f"Of geen antwoord op {vraag.code}",
            choices=[("", "Zoals hierboven ingevuld"), *keuzes],
            widget=forms.RadioSelect,
            required=False,
            initial=inhoud.keuze,
        )
    return velden


def _met_hulp(vraag: Vraag, velden: dict) -> dict:
    """With the instrument's own line of help first; at afspraken it stands above the rows."""
    veld = velden.get(veldnaam(vraag))
    if veld is not None and vraag.hulp:
        veld.help_text = f"{vraag.hulp} {veld.help_text}".strip()
    return velden


def _keuzeveld(vraag: Vraag, inhoud: Inhoud, verplicht: bool) -> dict:
    keuzes = [(keuze.code, capfirst(keuze.naam)) for keuze in vraag.keuzes.all()]
    if not verplicht:
        keuzes.append(("", "Nog niet beantwoord"))
    veld = forms.ChoiceField(
        label=vraag.tekst, choices=keuzes, widget=forms.RadioSelect, required=verplicht, initial=inhoud.keuze
    )
    return {veldnaam(vraag): veld}


def _invulvelden(vraag: Vraag, inhoud: Inhoud, gemeenten: dict[str, str], verplicht: bool) -> dict:
    naam = veldnaam(vraag)
    if vraag.soort == Vraag.Soort.GEMEENTE:
        gevuld = f"{gemeenten[inhoud.gemeente]} ({inhoud.gemeente})" if inhoud.gemeente else ""
        return {
            naam: Gemeenteveld(
                label=vraag.tekst,
                required=verplicht,
                initial=gevuld,
                lijst="gemeenten",
                help_text="Typ een deel van de naam.",
            )
        }
    if vraag.soort == Vraag.Soort.AFSPRAKEN:
        velden = {}
        rijen = min(len(inhoud.rijen) + LEGE_RIJEN, MAX_RIJEN)
        for nr in range(rijen):
            partij, afspraak = inhoud.rijen[nr] if nr < len(inhoud.rijen) else ("", "")
            velden[f"{naam}-{nr}-partij"] = forms.CharField(
                label=f"Partij {nr + 1}", required=False, max_length=200, initial=partij
            )
            velden[f"{naam}-{nr}-afspraak"] = forms.CharField(
                label=f"Afspraak met partij {nr + 1}",
                required=False,
                max_length=2000,
                initial=afspraak,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        return velden
    if vraag.soort in (Vraag.Soort.GETAL, Vraag.Soort.DATUM):
        return {naam: Waardeveld(vraag, label=vraag.tekst, required=verplicht, initial=inhoud.tekst)}
    return {
        naam: forms.CharField(
            label=vraag.tekst,
            required=verplicht,
            max_length=MAX_TEKST,
            initial=inhoud.tekst,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    }


def lees_antwoord(vraag: Vraag, data: dict) -> Inhoud:
    """The answer to one question from a form's cleaned data."""
    naam = veldnaam(vraag)
    if vraag.soort == Vraag.Soort.KEUZE:
        return Inhoud(keuze=data.get(naam) or "")
    keuze = data.get(uitwegveld(vraag)) or ""
    if vraag.soort == Vraag.Soort.GEMEENTE:
        return Inhoud(keuze=keuze, gemeente=data.get(naam) or "")
    if vraag.soort == Vraag.Soort.AFSPRAKEN:
        rijen = []
        while f"{naam}-{len(rijen)}-partij" in data or f"{naam}-{len(rijen)}-afspraak" in data:
            nr = len(rijen)
            rijen.append((data.get(f"{naam}-{nr}-partij") or "", data.get(f"{naam}-{nr}-afspraak") or ""))
        return Inhoud(keuze=keuze, rijen=tuple(rij for rij in rijen if any(rij)))
    return Inhoud(keuze=keuze, tekst=data.get(naam) or "")


def getypte_rijen(vraag: Vraag, data: dict) -> tuple[tuple[str, str], ...]:
    """As many afspraken as a posted page had room for, so that its fields can be made again: the last of them were the empty ones."""
    naam, nr = veldnaam(vraag), 0
    while f"{naam}-{nr}-partij" in data and nr < MAX_RIJEN:
        nr += 1
    return (("", ""),) * max(nr - LEGE_RIJEN, 0)


@dataclass(frozen=True)
class Afspraakrij:
    partij: forms.BoundField
    afspraak: forms.BoundField


def afspraakrijen(form: forms.Form, vraag: Vraag) -> list[Afspraakrij]:
    """The rows of a question on afspraken, for the template; none for other questions."""
    naam = veldnaam(vraag)
    nummers = [nr for nr in range(MAX_RIJEN) if f"{naam}-{nr}-partij" in form.fields]
    return [Afspraakrij(form[f"{naam}-{nr}-partij"], form[f"{naam}-{nr}-afspraak"]) for nr in nummers]


def namen_van(inhouden: Iterable[Inhoud]) -> dict[str, str]:
    """Names of the municipalities that these contents point to, by code."""
    codes = {inhoud.gemeente for inhoud in inhouden if inhoud.gemeente}
    return dict(Gemeente.objects.filter(code__in=codes).values_list("code", "naam")) if codes else {}
