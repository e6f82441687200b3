"""The choices in the address of a page of uitkomsten: groups, dossiers, and which of them to show."""

from django import forms
from django.utils.text import Truncator

from rapportage import tabellen
from rapportage.indelingen import ROL
from rapportage.kruising import GROEP, NORM, TOTAAL, VRAAG, As, Kruistabel
from rapportage.maten_bij import van_thema
from rapportage.queries.dossiers import Dossierregel, Normregel, in_groep
from rapportage.uitkomst import ALLE, Indeling, Normuitkomst, Selectie, Vraaguitkomst
from rapportage.weergave import VASTGESTELD, Weergave
from regio.formulier import Formulier
from regio.tekst import zoekvorm


class WeergaveForm(Formulier):
    """By which groups and over which dossiers. What cannot be chosen is said at its field and counts as not chosen."""

    markeer_optioneel = False
    indeling = forms.ChoiceField(label="Groepen naar", required=False)
    dossiers = forms.ChoiceField(
        label="Dossiers",
        required=False,
        choices=[("", "Alle dossiers"), (VASTGESTELD, "Alleen vastgestelde")],
    )

    def __init__(self, data, *, slug: str, indelingen: dict[str, Indeling], **kwargs):
        super().__init__(data, **kwargs)
        self.slug, self.indelingen = slug, indelingen
        self.vul_keuzes()
        self.is_valid()

    def vul_keuzes(self):
        self.fields["indeling"].choices = [(indeling.code, indeling.naam) for indeling in self.indelingen.values()]
        for indeling in self.indelingen.values():
            keuzes = [("", "Alle"), *((groep.code, groep.naam) for groep in indeling.groepen)]
            self.fields[indeling.code] = forms.ChoiceField(label=indeling.naam, required=False, choices=keuzes)

    @property
    def weergave(self) -> Weergave:
        return Weergave(self.slug, self.indelingen.get(self.cleaned_data.get("indeling"), ROL), self.selectie)

    @property
    def selectie(self) -> Selectie:
        groepen = tuple((code, gekozen) for code in self.indelingen if (gekozen := self.cleaned_data.get(code)))
        return Selectie(groepen, self.cleaned_data.get("dossiers") == VASTGESTELD)

    @property
    def eerst(self):
        """The fields that are always shown; the others choose groups."""
        return [self["indeling"], self["dossiers"]]

    @property
    def groepvelden(self):
        return [self[code] for code in self.indelingen]

    @property
    def groepen_open(self) -> bool:
        """Whether a group was chosen, or a choice refused: then the fields for it are not folded away."""
        return bool(self.selectie.groepen) or any(veld.errors for veld in self.groepvelden)


class KruisForm(WeergaveForm):
    """What to lay across what, over which dossiers."""

    rij = forms.ChoiceField(label="Per rij", required=False)
    kolom = forms.ChoiceField(label="Per kolom", required=False)

    def __init__(self, data, *, assen: dict[str, As], **kwargs):
        self.assen = assen
        super().__init__(data, **kwargs)

    def vul_keuzes(self):
        super().vul_keuzes()
        for naam in ("rij", "kolom"):
            self.fields[naam].choices = [("", "Kies"), *_gegroepeerd(self.assen)]

    def clean(self):
        gegeven = super().clean()
        if gegeven.get("rij") and gegeven["rij"] == gegeven.get("kolom"):
            self.add_error("kolom", "Kies iets anders dan per rij.")
        return gegeven

    @property
    def eerst(self):
        return [self["rij"], self["kolom"], self["dossiers"]]

    @property
    def gekozen(self) -> tuple[As, As] | None:
        rij, kolom = (self.assen.get(self.cleaned_data.get(naam)) for naam in ("rij", "kolom"))
        return (rij, kolom) if rij and kolom else None

    def cel(self, kruis: Kruistabel) -> tuple[str, str] | None:
        """The cell of which the dossiers are asked, None for none; what is not in the table counts as all."""
        rij, kolom = self.data.get("r", ""), self.data.get("k", "")
        if not (rij or kolom):
            return None
        rijen, kolommen = {o.code for o in kruis.rij.opties}, {o.code for o in kruis.kolom.opties}
        return (rij if rij in rijen else TOTAAL, kolom if kolom in kolommen else TOTAAL)


def _gegroepeerd(assen: dict[str, As]):
    for soort, naam in ((GROEP, "Groepen"), (VRAAG, "Gesloten vragen"), (NORM, "Aandachtspunten")):
        yield naam, [(as_.code, Truncator(as_.titel).chars(80)) for as_ in assen.values() if as_.soort == soort]


class GesprekForm(WeergaveForm):
    """By which groups of actors, in which dossiers; and of which figure the interviews are asked."""

    def __init__(self, data, *, actoren: dict[str, Indeling], **kwargs):
        self.actoren = actoren
        super().__init__(data, **kwargs)

    def vul_keuzes(self):
        super().vul_keuzes()
        self.fields["indeling"].label = "Gesprekken naar"
        self.fields["indeling"].choices = [(indeling.code, indeling.naam) for indeling in self.actoren.values()]

    @property
    def weergave(self) -> Weergave:
        domein, *_ = self.actoren.values()
        return Weergave(self.slug, self.actoren.get(self.cleaned_data.get("indeling"), domein), self.selectie)


class _Filterform(Formulier):
    """Which dossiers behind a count to show; the choices are its rows and its columns."""

    markeer_optioneel = False

    def __init__(self, data, *, weergave: Weergave, code: str, tellingen, **keuzes: list[tuple[str, str]]):
        super().__init__(data)
        self.weergave, self.code = weergave, code
        keuzes["groep"] = [(telling.groep.code, telling.groep.naam) for telling in tellingen]
        for naam, mogelijk in keuzes.items():
            self.fields[naam].choices = [("", "Alle"), *mogelijk]
        self.fields["groep"].label = "Groep"
        self.is_valid()

    def gekozen(self, naam: str) -> str:
        return self.cleaned_data.get(naam, "")

    @property
    def voegtoe(self) -> str:
        """To the sentence in the report that says how many dossiers these are; empty when they are no figure of the count."""
        return self.weergave.voegtoe(self.code, self.maat, self.gekozen("groep") or ALLE.code) if self.maat else ""

    @property
    def kiest(self) -> bool:
        """Whether anything is left out."""
        return any(self.gekozen(naam) for naam in self.fields)

    def _in_groep(self, regel: Dossierregel | Normregel) -> bool:
        return in_groep(regel, self.gekozen("groep"))


class Vraagfilter(_Filterform):
    ZONDER = "zonder"

    antwoord = forms.ChoiceField(label="Antwoord", required=False)
    thema = forms.ChoiceField(label="Thema", required=False)
    groep = forms.ChoiceField(required=False)
    zoek = forms.CharField(
        label="Zoek in de tekst", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, data, *, weergave: Weergave, uitkomst: Vraaguitkomst, takken: dict[int, frozenset[int]]):
        antwoorden, noemers = tabellen.vraagrijen(uitkomst)
        self.takken, self.namen = takken, {str(thema.nummer): thema.naam for thema in uitkomst.themas}
        themas = [(str(thema.nummer), " › ".join((*thema.pad, thema.naam))) for thema in uitkomst.themas]
        super().__init__(
            data,
            weergave=weergave,
            code=uitkomst.code,
            tellingen=uitkomst.tellingen,
            antwoord=[(rij.code, rij.kop) for rij in antwoorden + noemers],
            thema=[*themas, *([(self.ZONDER, "Zonder thema")] if themas else [])],
        )

    def kies(self, regels: list[Dossierregel]) -> list[Dossierregel]:
        antwoord, vorm = self.gekozen("antwoord"), zoekvorm(self.gekozen("zoek"))
        return [
            regel
            for regel in regels
            if self._in_groep(regel)
            and (not antwoord or regel.telt_als(antwoord))
            and self._met_thema(regel)
            and (not vorm or vorm in zoekvorm(regel.tekst))
        ]

    @property
    def maat(self) -> str:
        """The row of the count that is chosen, as a maat has it; empty when it is none, or more than one."""
        antwoord, thema = self.gekozen("antwoord"), self.gekozen("thema")
        if self.gekozen("zoek") or bool(antwoord) == bool(thema) or thema == self.ZONDER:
            return ""
        return antwoord or van_thema(self.namen[thema])

    def _met_thema(self, regel: Dossierregel) -> bool:
        """A theme stands for itself and for those that fall under it."""
        thema = self.gekozen("thema")
        if not thema:
            return True
        if thema == self.ZONDER:
            return regel.telt and not regel.themas
        return regel.telt and not regel.themas.isdisjoint(self.takken[int(thema)])


class Normfilter(_Filterform):
    oordeel = forms.ChoiceField(label="Oordeel", required=False)
    groep = forms.ChoiceField(required=False)

    def __init__(self, data, *, weergave: Weergave, uitkomst: Normuitkomst):
        oordelen, noemers = tabellen.normrijen(uitkomst)
        super().__init__(
            data,
            weergave=weergave,
            code=uitkomst.code,
            tellingen=uitkomst.tellingen,
            oordeel=[(rij.code, tabellen.hoofdletter(rij.kop)) for rij in oordelen + noemers],
        )

    @property
    def maat(self) -> str:
        return self.gekozen("oordeel")

    def kies(self, regels: list[Normregel]) -> list[Normregel]:
        oordeel = self.gekozen("oordeel")
        return [r for r in regels if self._in_groep(r) and (not oordeel or r.telt_als(oordeel))]
