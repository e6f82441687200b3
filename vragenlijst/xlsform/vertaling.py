"""An XLSForm workbook into our own format of instruments, with a report of what could not be carried over. Pure, no Django.

Groups become onderdelen, rows become questions with codes as we number them. `select_multiple` becomes a question with ja and nee
for each of its choices: so each of them is counted, and can open another question. See decision 0046.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vragenlijst.routing import Voorwaarde
from vragenlijst.waarde import MAX_DECIMALEN
from vragenlijst.xlsform.blad import Blad, lees_blad, zoek_blad
from vragenlijst.xlsform.boom import WAARDEN, Formuliervraag, Groep, lees_boom
from vragenlijst.xlsform.expressie import Bron, Delen, Onvertaalbaar, lees_voorwaarde
from vragenlijst.xlsform.grenzen import lees_grenzen
from vragenlijst.xlsform.keuzelijsten import Keuzelijst, ingekort, lees_keuzelijsten, slak
from vragenlijst.xlsform.kolommen import kolommeldingen, resterende_bladen, taalmeldingen
from vragenlijst.xlsform.melding import Ernst, Formulierfout, Melding
from vragenlijst.xlsform.nummering import Nummering
from vragenlijst.xlsform.toevoegingen import Onderdeel, Toevoegingen, lees_toevoegingen
from vragenlijst.xlsform.voorwaarden import kies

MAX_TEKST = 4_000
MAX_TITEL = 120
JA_NEE = "ja-nee (meer antwoorden)"
ANDERS = ("anders", "anders")
GEEN_TITEL = "Algemeen"


@dataclass(frozen=True)
class Vertaling:
    """`inhoud` is the file of a concept, as `instrumentbestand.lees` reads it."""

    inhoud: dict
    meldingen: tuple[Melding, ...]

    def per_ernst(self) -> list[tuple[Ernst, list[Melding]]]:
        soorten = [(ernst, [m for m in self.meldingen if m.ernst is ernst]) for ernst in Ernst]
        return [(ernst, meldingen) for ernst, meldingen in soorten if meldingen]


def vertaal(bladen: dict[str, list[list[str]]], bestandsnaam: str = "") -> Vertaling:
    """The instrument of this workbook (`regio.werkblad.lees_xlsx`). Raises Formulierfout with everything that is wrong with it."""
    survey = zoek_blad(bladen, "survey")
    if survey is None:
        gevonden = ", ".join(bladen) or "geen"
        raise Formulierfout([f"Dit is geen XLSForm: er is geen blad ‘survey’. Gevonden bladen: {gevonden}."])
    instellingen = lees_blad(*(zoek_blad(bladen, "settings") or ("settings", [])))
    taal = instellingen.rijen[0]["default_language"] if instellingen.rijen else ""
    vragenblad = lees_blad(*survey, taal)
    keuzeblad = lees_blad(*(zoek_blad(bladen, "choices") or ("choices", [])), taal)
    if ontbreekt := [kolom for kolom in ("type", "name") if kolom not in vragenblad.kolommen]:
        raise Formulierfout([f"Blad {vragenblad.naam}: de kolom {ontbreekt[0]} ontbreekt."])
    return _Vertaler(bladen, vragenblad, keuzeblad, instellingen, bestandsnaam).vertaal()


ALTIJD = "de vraag wordt nu altijd gesteld"


class _Vertaler:
    def __init__(self, bladen, survey: Blad, choices: Blad, settings: Blad, bestandsnaam: str):
        self.bladen, self.survey, self.choices, self.settings = bladen, survey, choices, settings
        self.bestandsnaam = bestandsnaam
        self.boom = lees_boom(survey)
        self.lijsten, meldingen, fouten = lees_keuzelijsten(choices)
        self.meldingen: list[Melding] = [*self.boom.meldingen, *meldingen]
        self.fouten: list[str] = [*self.boom.fouten, *fouten]
        self.onderdelen: list[Onderdeel] = []
        self.bronnen: dict[str, Bron | None] = {}
        self.voorwaarden: dict[str, Voorwaarde | None] = {}
        self.van_groep: dict[int, Delen] = {}
        self.keuzelijsten: dict[str, tuple[tuple[str, str], ...]] = {}
        self.nummering = Nummering([vraag.rij["name"] for vraag in self.boom.vragen])
        self.bewaakt: set[int] = set()  # rows of which the constraint became the bounds of a number
        self.codes: dict[str, list[str]] = {}  # by name in the form; several for select_multiple

    def vertaal(self) -> Vertaling:
        if not self.boom.vragen and not self.fouten:
            self.fouten.append(f"Blad {self.survey.naam}: er staat geen enkele vraag in die kan worden overgenomen.")
        vorige: Groep | None = None
        for vraag in self.boom.vragen:
            groep = _drager(vraag.groepen)
            if not self.onderdelen or groep is not vorige:
                self._begin_onderdeel(groep, vraag.groepen)
            vorige = groep
            self._vraag(vraag)
        toe = lees_toevoegingen(self.bladen, self.codes, self.onderdelen)
        self.fouten += toe.fouten
        if self.fouten:
            raise Formulierfout(self.fouten)
        self.meldingen += [
            *kolommeldingen(self.survey, self.bewaakt),
            *taalmeldingen(self.survey, self.choices),
            *resterende_bladen(self.bladen, self.settings),
            *self._ongebruikte_lijsten(),
            *toe.meldingen,
        ]
        return Vertaling(self._bestand(toe), tuple(self._op_volgorde()))

    # --- Onderdelen and questions ---------------------------------------------------------------------------------------

    def _begin_onderdeel(self, groep: Groep | None, pad: Sequence[Groep]) -> None:
        titel = GEEN_TITEL
        if groep is not None:
            boven = [g.titel for g in pad[: pad.index(groep)] if g.rij["label"] and not self._omvat_alles(g)]
            titel = ": ".join([*boven, groep.titel]) or f"Onderdeel {len(self.onderdelen) + 1}"
            if len(titel) > MAX_TITEL:
                self._meld(Ernst.ANDERS, groep.rij.nummer, "label", f"ingekort tot {MAX_TITEL} tekens: ‘{titel}’.")
        self.onderdelen.append(Onderdeel(str(len(self.onderdelen) + 1), ingekort(titel, MAX_TITEL)))
        self.nummering.begin_onderdeel(len(self.onderdelen))

    def _omvat_alles(self, groep: Groep) -> bool:
        return all(groep in vraag.groepen for vraag in self.boom.vragen)

    def _vraag(self, vraag: Formuliervraag) -> None:
        rij, naam = vraag.rij, vraag.rij["name"]
        if naam in self.codes:
            self._fout(rij.nummer, f"de naam ‘{naam}’ staat al eerder in het formulier.")
            return
        self._kop_van_binnengroep(vraag)
        tekst = self._tekst(vraag)
        voorwaarde = self._voorwaarde(vraag)
        if vraag.soort == "text":
            self._open_vraag(vraag, tekst, voorwaarde)
            return
        if vraag.soort in WAARDEN.values():
            self._waardevraag(vraag, tekst, voorwaarde)
            return
        lijst = self.lijsten.get(vraag.lijst)
        if lijst is None or not lijst.keuzes:
            self.codes[naam] = []
            wat = "staat niet op het blad choices" if lijst is None else "heeft geen inhoudelijk antwoord"
            self._fout(rij.nummer, f"de keuzelijst ‘{vraag.lijst}’ {wat}.")
        elif vraag.soort == "select_one":
            self._gesloten_vraag(vraag, tekst, voorwaarde, lijst)
        else:
            self._meervoudige_vraag(vraag, tekst, voorwaarde, lijst)

    def _open_vraag(self, vraag: Formuliervraag, tekst: str, voorwaarde: Voorwaarde | None) -> None:
        if vraag.was:
            self._meld(
                Ernst.ANDERS,
                vraag.rij.nummer,
                "type",
                f"een open vraag; dat het antwoord {vraag.was} is, wordt niet nagegaan.",
            )
        self._zet(vraag, {"tekst": tekst, "soort": "open"}, voorwaarde)
        self.bronnen[vraag.rij["name"]] = None

    def _waardevraag(self, vraag: Formuliervraag, tekst: str, voorwaarde: Voorwaarde | None) -> None:
        velden = {"tekst": tekst, "soort": "datum" if vraag.soort == "date" else "getal"}
        if vraag.soort == "decimal":
            velden["decimalen"] = MAX_DECIMALEN
        if vraag.soort != "date" and (grenzen := lees_grenzen(vraag.rij["constraint"], vraag.soort == "integer")):
            velden |= grenzen
            self.bewaakt.add(vraag.rij.nummer)
        self._zet(vraag, velden, voorwaarde)
        self.bronnen[vraag.rij["name"]] = None

    def _gesloten_vraag(
        self, vraag: Formuliervraag, tekst: str, voorwaarde: Voorwaarde | None, lijst: Keuzelijst
    ) -> None:
        keuzes, naam = lijst.keuzes, vraag.lijst
        if vraag.of_anders:
            keuzes, naam = (*keuzes, ANDERS), f"{vraag.lijst} of anders"
            zin = "‘anders’ is een antwoord geworden; wat er dan is, komt in de toelichting bij het antwoord."
            self._meld(Ernst.ANDERS, vraag.rij.nummer, "type", zin)
        self.keuzelijsten[naam] = keuzes
        code = self._zet(vraag, {"tekst": tekst, "soort": "keuze", "keuzes": naam}, voorwaarde)
        self.bronnen[vraag.rij["name"]] = Bron(
            code, {**lijst.per_naam, **({"other": "anders"} if vraag.of_anders else {})}
        )

    def _meervoudige_vraag(
        self, vraag: Formuliervraag, tekst: str, voorwaarde: Voorwaarde | None, lijst: Keuzelijst
    ) -> None:
        rij, namen = vraag.rij, {code: naam for naam, code in lijst.per_naam.items()}
        keuzes = [*lijst.keuzes, *([ANDERS] if vraag.of_anders else [])]
        self.keuzelijsten[JA_NEE] = (("ja", "ja"), ("nee", "nee"))
        per_keuze = {}
        hoofd = self.nummering.meervoudig(rij["name"])
        for nummer, (keuze, label) in enumerate(keuzes):
            code = self.nummering.letter(hoofd, nummer)
            velden = {"tekst": ingekort(f"{tekst} – {label}", MAX_TEKST), "soort": "keuze", "keuzes": JA_NEE}
            self._zet(vraag, velden, voorwaarde, code)
            per_keuze[namen.get(keuze, "other")] = code
        self.bronnen[rij["name"]] = Bron(hoofd, {}, per_keuze)
        zin = f"‘{ingekort(tekst, 80)}’ is een vraag met ja en nee geworden voor elk van de {len(keuzes)} antwoorden."
        self._meld(Ernst.ANDERS, rij.nummer, "type", zin)

    def _zet(self, vraag: Formuliervraag, velden: dict, voorwaarde: Voorwaarde | None, code: str = "") -> str:
        naam = vraag.rij["name"]
        hoofdvraag = ""
        if not code:
            code, hoofdvraag = self.nummering.volgende(naam, voorwaarde[0] if voorwaarde else "")
        ding = {"code": code, **velden}
        if hoofdvraag:
            ding["hoofdvraag"] = hoofdvraag
        if voorwaarde:
            ding["alleen_als"] = " = ".join(voorwaarde)
        self.voorwaarden[code] = voorwaarde
        self.codes.setdefault(naam, []).append(code)
        self.onderdelen[-1].vragen.append(ding)
        return code

    # --- Parts of a question --------------------------------------------------------------------------------------------

    def _kop_van_binnengroep(self, vraag: Formuliervraag) -> None:
        drager = _drager(vraag.groepen)
        for groep in vraag.groepen[vraag.groepen.index(drager) + 1 if drager else 0 :]:
            if groep.rij["label"] and id(groep) not in self.van_groep:
                zin = f"de kop ‘{groep.titel}’ binnen een onderdeel vervalt; de vragen staan er gewoon."
                self._meld(Ernst.NIET, groep.rij.nummer, "label", zin)

    def _tekst(self, vraag: Formuliervraag) -> str:
        rij = vraag.rij
        tekst = rij["label"]
        if not tekst:
            tekst = rij["name"]
            self._meld(Ernst.ANDERS, rij.nummer, "label", f"er is geen label; de vraag heet nu ‘{tekst}’.")
        if rij["hint"]:
            tekst = f"{tekst} ({rij['hint']})"
            self._meld(Ernst.ANDERS, rij.nummer, "hint", "de aanwijzing staat nu tussen haakjes achter de vraag.")
        if "${" in tekst:
            self._meld(
                Ernst.NIET, rij.nummer, "label", "een antwoord op een andere vraag wordt niet in de tekst ingevuld."
            )
        if len(tekst) > MAX_TEKST:
            self._meld(Ernst.ANDERS, rij.nummer, "label", f"ingekort tot {MAX_TEKST} tekens.")
        return ingekort(tekst, MAX_TEKST)

    def _voorwaarde(self, vraag: Formuliervraag) -> Voorwaarde | None:
        delen: Delen = {}
        for groep in vraag.groepen:
            if id(groep) not in self.van_groep:
                zin = "de vragen in deze groep worden, zonder andere voorwaarde, nu altijd gesteld"
                self.van_groep[id(groep)], reden = self._lees(groep.rij)
                self._meld_vervallen(groep.rij, reden, zin)
            delen = _samen(delen, self.van_groep[id(groep)])
        eigen, reden = self._lees(vraag.rij)
        gekozen, over = kies(_samen(delen, eigen), self.voorwaarden)
        zin = f"de vraag wordt nu gesteld bij ‘{' = '.join(gekozen)}’" if gekozen else ALTIJD
        self._meld_vervallen(vraag.rij, reden, zin)
        if over:
            wel = f"overgenomen is ‘{' = '.join(gekozen)}’" if gekozen else ALTIJD
            zin = f"een vraag hangt hier aan één antwoord op één vraag; {wel}, en niet: {'; '.join(over)}."
            self._meld(Ernst.NIET, vraag.rij.nummer, "relevant", zin)
        return gekozen

    def _lees(self, rij) -> tuple[Delen, str]:
        """What must hold, and why it could not be read: then nothing of it is held, also not the half that could."""
        if not rij["relevant"]:
            return {}, ""
        try:
            return lees_voorwaarde(rij["relevant"], self.bronnen), ""
        except Onvertaalbaar as fout:
            return {}, str(fout)

    def _meld_vervallen(self, rij, reden: str, gevolg: str) -> None:
        if reden:
            self._meld(Ernst.NIET, rij.nummer, "relevant", f"‘{rij['relevant']}’: {reden}; {gevolg}.")

    # --- The whole ------------------------------------------------------------------------------------------------------

    def _bestand(self, toe: Toevoegingen) -> dict:
        rij = self.settings.rijen[0] if self.settings.rijen else None
        stam = self.bestandsnaam.rpartition("/")[2].removesuffix(".xlsx")
        titel = " ".join(((rij and rij["form_title"]) or stam or "Vragenlijst").split())
        versie = f", versie {rij['version']}" if rij and rij["version"] else ""
        return {
            "code": slak((rij and rij["form_id"]) or titel, 60) or "vragenlijst",
            "versie": 1,
            "naam": ingekort(titel, MAX_TITEL),
            "bron": ingekort(f"XLSForm {self.bestandsnaam}{versie}".replace("  ", " "), 200),
            "status": "concept",
            "actorgroepen": toe.actorgroepen,
            "bewijssoorten": toe.bewijssoorten,
            "keuzelijsten": {
                naam: [{"code": code, "naam": tekst} for code, tekst in keuzes]
                for naam, keuzes in self.keuzelijsten.items()
            },
            "onderdelen": [
                {
                    "code": onderdeel.code,
                    "titel": onderdeel.titel,
                    "titel_aandachtspunten": onderdeel.titel,
                    "vragen": onderdeel.vragen,
                    "aandachtspunten": toe.normen.get(onderdeel.code, []),
                }
                for onderdeel in self.onderdelen
            ],
        }

    def _ongebruikte_lijsten(self) -> Iterable[Melding]:
        gebruikt = {vraag.lijst for vraag in self.boom.vragen}
        for naam in self.lijsten:
            if naam not in gebruikt:
                rij = next(rij.nummer for rij in self.choices.rijen if rij["list_name"] == naam)
                zin = f"geen overgenomen vraag gebruikt de keuzelijst ‘{naam}’."
                yield Melding(Ernst.NIET, self.choices.naam, rij, "list_name", zin)

    def _op_volgorde(self) -> list[Melding]:
        bladen = list(self.bladen)
        return sorted(self.meldingen, key=lambda m: (bladen.index(m.blad) if m.blad in bladen else -1, m.rij))

    def _meld(self, ernst: Ernst, rij: int, kolom: str, tekst: str) -> None:
        self.meldingen.append(Melding(ernst, self.survey.naam, rij, kolom, tekst))

    def _fout(self, rij: int, zin: str) -> None:
        self.fouten.append(f"Blad {self.survey.naam}, rij {rij}: {zin}")


def _drager(groepen: Sequence[Groep]) -> Groep | None:
    """The group that becomes the onderdeel of a question in these: the outermost that has questions of its own."""
    return next((groep for groep in groepen if groep.eigen_vragen), None)


def _samen(een: Delen, ander: Delen) -> Delen:
    return {code: een.get(code, ander.get(code)) & ander.get(code, een.get(code)) for code in {**een, **ander}}
