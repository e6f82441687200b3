"""Filling in one onderdeel of an interview."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django import forms

from regio.formulier import Formulier
from vragenlijst import queries, routing
from vragenlijst.forms.bericht import MAX_REDEN
from vragenlijst.forms.vraagvelden import (
    Afspraakrij,
    Horizonveld,
    afspraakrijen,
    antwoordvelden,
    lees_antwoord,
    namen_van,
    uitwegveld,
    veldnaam,
)
from vragenlijst.inhoud import MAX_TEKST, MAX_THEMA, Inhoud
from vragenlijst.models import Antwoord, Antwoordversie, Onderdeel, Vraag


@dataclass
class Vraagveld:
    """One question on the page: its controls, and what has to be said about it."""

    vraag: Vraag
    gevraagd: bool
    antwoord: Antwoord | None
    hoofd: forms.BoundField | None
    rijen: list[Afspraakrij]
    uitweg: forms.BoundField | None
    toelichting: forms.BoundField
    citaat: forms.BoundField
    intentie: forms.BoundField
    horizon: forms.BoundField
    thema: forms.BoundField | None
    versie: forms.BoundField
    themas: list[str]
    conflict: Antwoord | None = None

    @property
    def naam(self) -> str:
        return veldnaam(self.vraag)

    @property
    def voorwaarde_veld(self) -> str:
        """Name of the field on this page that opens this question; empty when it hangs on another page, or on nothing."""
        voorwaarde = self.vraag.voorwaarde
        return veldnaam(voorwaarde.vraag) if voorwaarde else ""

    @property
    def met_notitie(self) -> bool:
        """Whether note or quote have something in them, so that they are shown unfolded."""
        return bool(self.toelichting.value() or self.citaat.value())

    @property
    def met_intentie(self) -> bool:
        velden = filter(None, (self.intentie, self.horizon, self.thema))
        return any(veld.value() or veld.errors for veld in velden)


class OnderdeelForm(Formulier):
    """All questions of one onderdeel in one interview. Made by `onderdeel_form`; each answer carries its own version."""

    markeer_optioneel = False

    @property
    def gegeven_reden(self) -> str:
        """Why what was changed is changed; asked once there has been a gespreksverslag."""
        return self.cleaned_data.get("reden", "").strip()

    @property
    def mist_reden(self) -> bool:
        return "reden" in self.fields and not self.gegeven_reden and bool(self.gewijzigd())

    def vul(self, vragen: list[Vraag], antwoorden: Mapping[str, Antwoord]) -> "OnderdeelForm":
        self.vragen, self.antwoorden = vragen, antwoorden
        self.conflicten: dict[str, Antwoord] = {}
        return self

    def weiger(self, vraag: Vraag, melding: str) -> None:
        """Say at the question why its answer was not saved."""
        naam = veldnaam(vraag)
        self.add_error(naam if naam in self.fields else f"{naam}-0-partij", melding)

    def inhouden(self) -> dict[str, Inhoud]:
        """What was typed, per code of a question; only of a valid form."""
        return {
            vraag.code: replace(
                lees_antwoord(vraag, self.cleaned_data),
                horizon=_als_iso(self.cleaned_data.get(f"{veldnaam(vraag)}-horizon")),
                **{
                    apart: (self.cleaned_data.get(f"{veldnaam(vraag)}-{apart}") or "").strip()
                    for apart in ("toelichting", "citaat", "intentie", "thema")
                },
            )
            for vraag in self.vragen
        }

    def versie(self, vraag: Vraag) -> int:
        """The version of the answer that the writer saw."""
        return self.cleaned_data.get(f"{veldnaam(vraag)}-versie") or 0

    def gewijzigd(self) -> dict[str, Inhoud]:
        """The answers that the writer changed, compared with the version that they saw."""
        ingevuld = self.inhouden()
        verouderd = {
            vraag.code: self.versie(vraag)
            for vraag in self.vragen
            if vraag.code in self.antwoorden and self.antwoorden[vraag.code].versie != self.versie(vraag)
        }
        gezien = {code: queries.inhoud_van(antwoord) for code, antwoord in self.antwoorden.items()}
        gezien |= {code: Inhoud() for code, versie in verouderd.items() if versie == 0}
        for oud in Antwoordversie.objects.filter(
            antwoord__in=[self.antwoorden[code].pk for code in verouderd], versie__in=verouderd.values()
        ).select_related("antwoord__vraag"):
            if verouderd[oud.antwoord.vraag.code] == oud.versie:
                gezien[oud.antwoord.vraag.code] = Inhoud.van_json(oud.inhoud)
        return {code: inhoud for code, inhoud in ingevuld.items() if inhoud != gezien.get(code, Inhoud())}

    def houdt_opgeslagen(self, vraag: Vraag) -> bool:
        """Whether the writer, shown a conflict, chose what stands there."""
        return self.data.get(f"{veldnaam(vraag)}-houd") == "ja"

    def na_opslaan(self, opgeslagen: Mapping[str, Antwoord]) -> None:
        """After a partly refused save: the versions that the next save builds on are those that stand there now."""
        self.data = self.data.copy()
        for code, antwoord in {**opgeslagen, **self.conflicten}.items():
            self.data[f"{code.replace('.', '_')}-versie"] = str(antwoord.versie)

    def vraagvelden(self, themas: Mapping[int, list[str]]) -> list[Vraagveld]:
        """The questions in order, for the template; `themas` are those to suggest, by pk of the question."""
        velden = []
        for vraag in self.vragen:
            naam = veldnaam(vraag)
            velden.append(
                Vraagveld(
                    vraag=vraag,
                    gevraagd=vraag.code in self.gevraagd,
                    antwoord=self.antwoorden.get(vraag.code),
                    hoofd=self[naam] if naam in self.fields else None,
                    rijen=afspraakrijen(self, vraag),
                    uitweg=self[uitwegveld(vraag)] if uitwegveld(vraag) in self.fields else None,
                    toelichting=self[f"{naam}-toelichting"],
                    citaat=self[f"{naam}-citaat"],
                    intentie=self[f"{naam}-intentie"],
                    horizon=self[f"{naam}-horizon"],
                    thema=self[f"{naam}-thema"] if f"{naam}-thema" in self.fields else None,
                    versie=self[f"{naam}-versie"],
                    themas=themas.get(vraag.pk, []),
                    conflict=self.conflicten.get(vraag.code),
                )
            )
        return velden

    @property
    def gevraagd(self) -> frozenset[str]:
        """Codes of the questions that are asked, given what is filled in on this page and stored elsewhere."""
        keuzes = {code: antwoord.keuze.code for code, antwoord in self.antwoorden.items() if antwoord.keuze}
        if self.is_bound:
            keuzes |= {v.code: self.data.get(veldnaam(v), "") for v in self.vragen if v.is_gesloten}
        return routing.gevraagd(self.voorwaarden, keuzes)


def onderdeel_form(
    onderdelen: list[Onderdeel],
    onderdeel: Onderdeel,
    antwoorden: Mapping[str, Antwoord],
    data=None,
    *,
    met_reden: bool = False,
) -> OnderdeelForm:
    """The form for one onderdeel of an interview, with the stored answers in it; `met_reden` when a change takes a reason."""
    vragen = list(onderdeel.vragen.all())
    inhouden = {vraag.code: queries.inhoud_van(antwoorden.get(vraag.code)) for vraag in vragen}
    namen = namen_van(inhouden.values())
    velden: dict[str, forms.Field] = {"reden": _redenveld()} if met_reden else {}
    for vraag in vragen:
        naam, inhoud = veldnaam(vraag), inhouden[vraag.code]
        velden |= antwoordvelden(vraag, _met_ruimte(vraag, inhoud, data), namen)
        velden[f"{naam}-toelichting"] = _notitieveld(
            f"Toelichting van de inspecteur bij {vraag.code}", inhoud.toelichting
        )
        velden[f"{naam}-citaat"] = _notitieveld(f"Letterlijk citaat bij {vraag.code}", inhoud.citaat)
        velden |= _intentievelden(vraag, inhoud)
        versie = antwoorden[vraag.code].versie if vraag.code in antwoorden else 0
        velden[f"{naam}-versie"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=versie)
    soort = type("OnderdeelForm", (OnderdeelForm,), velden)
    form = soort(data)
    form.voorwaarden = queries.voorwaarden_van(queries.vragen_van(onderdelen))
    return form.vul(vragen, antwoorden)


def _met_ruimte(vraag: Vraag, inhoud: Inhoud, data) -> Inhoud:
    """`inhoud` with as many rows of afspraken as were posted, so that no posted row is overlooked."""
    if vraag.soort != Vraag.Soort.AFSPRAKEN or data is None:
        return inhoud
    gepost = sum(sleutel.startswith(f"{veldnaam(vraag)}-") and sleutel.endswith("-partij") for sleutel in data)
    return replace(inhoud, rijen=inhoud.rijen + (("", ""),) * max(0, gepost - len(inhoud.rijen)))


def _notitieveld(label: str, tekst: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=MAX_TEKST, initial=tekst, widget=forms.Textarea(attrs={"rows": 2})
    )


def _intentievelden(vraag: Vraag, inhoud: Inhoud) -> dict:
    """What they mean to do, and at an open question the theme that the inspector proposes."""
    naam, code = veldnaam(vraag), vraag.code
    velden = {
        f"{naam}-intentie": _notitieveld(f"Intentie bij {code}: wat men van plan is", inhoud.intentie),
        f"{naam}-horizon": Horizonveld(
            label=f"Voor wanneer, bij {code}",
            required=False,
            initial=date.fromisoformat(inhoud.horizon) if inhoud.horizon else None,
        ),
    }
    if vraag.soort == Vraag.Soort.OPEN:
        velden[f"{naam}-thema"] = forms.CharField(
            label=f"Voorgesteld thema bij {code}",
            required=False,
            max_length=MAX_THEMA,
            initial=inhoud.thema,
            help_text="Waar dit antwoord over gaat, in een paar woorden; voor de analist.",
            widget=forms.TextInput(attrs={"list": f"themas-{naam}", "autocomplete": "off"}),
        )
    return velden


def _als_iso(datum: date | None) -> str:
    return datum.isoformat() if datum else ""


def _redenveld() -> forms.CharField:
    return forms.CharField(
        label="Reden van de wijziging",
        required=False,  # asked only of who changed something
        max_length=MAX_REDEN,
        help_text="Bijvoorbeeld: correctie van de gesprekspartner. Noem geen namen: de toetser en de analist lezen dit ook.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
