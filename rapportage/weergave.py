"""How the analist looks at the uitkomsten: by which groups, over which selection of dossiers. It travels along in every link."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from rapportage.indelingen import ROL
from rapportage.maten_bij import maat_bij
from rapportage.uitkomst import ALLES, GEMEENTEN, Indeling, Selectie

VASTGESTELD = "vastgesteld"
Doel = Callable[[str, str], str]  # of a row and a group of a count: where its dossiers are shown


@dataclass(frozen=True)
class Weergave:
    """The choice made, and the addresses of the pages that show it so. What is as usual is not in the address."""

    slug: str
    indeling: Indeling = ROL
    selectie: Selectie = ALLES

    def _met(self, adres: str, anker: str = "", **filters: str) -> str:
        termen = {
            "indeling": "" if self.indeling == ROL else self.indeling.code,
            "dossiers": VASTGESTELD if self.selectie.alleen_vastgesteld else "",
            **dict(self.selectie.groepen),
            **filters,
        }
        query = urlencode({naam: waarde for naam, waarde in termen.items() if waarde})
        return adres + (f"?{query}" if query else "") + (f"#{anker}" if anker else "")

    def uitkomsten(self, anker: str = "") -> str:
        return self._met(reverse("uitkomsten", args=[self.slug]), anker)

    def vraag(self, code: str, anker: str = "", **filters: str) -> str:
        return self._met(reverse("uitkomst_vraag", args=[self.slug, code]), anker, **filters)

    def norm(self, code: str, anker: str = "", **filters: str) -> str:
        return self._met(reverse("uitkomst_norm", args=[self.slug, code]), anker, **filters)

    def kruistabel(self, rij: str = "", kolom: str = "", anker: str = "", **cel: str) -> str:
        return self._met(reverse("kruistabel", args=[self.slug]), anker, rij=rij, kolom=kolom, **cel)

    def gegevens(self, bestand: str = "") -> str:
        """The page of downloads, or one file of it by its name."""
        if bestand:
            return self._met(reverse("gegevens_bestand", args=[self.slug, bestand]))
        return self._met(reverse("gegevens", args=[self.slug]))

    def omschreven(self) -> dict[str, list]:
        """The choice as a row of history has it: what is as usual is not in it."""
        keuze = {"Dossiers": VASTGESTELD} if self.selectie.alleen_vastgesteld else {}
        return {naam: [None, gekozen] for naam, gekozen in (keuze | dict(self.selectie.groepen)).items()}

    def gesprekken(self, anker: str = "", **figuur: str) -> str:
        return self._met(reverse("gesprekken", args=[self.slug]), anker, **figuur)

    def toevoegen(self, maat: str) -> str:
        """To the sentence in the report that says this figure; empty when no maat says the same."""
        return f"{reverse('uitspraak_toevoegen', args=[self.slug])}?{urlencode({'maat': maat})}" if maat else ""

    def voegtoe(self, code: str, rij: str, groep: str, eenheid: str = GEMEENTEN) -> str:
        return self.toevoegen(maat_bij(code, rij, self.selectie, (self.indeling.code, groep), eenheid))

    def bestand(self, wat: str, *argumenten: str, **keuze: str) -> str:
        """One count as a file: the address by its name and what it is of, over this choice."""
        return self._met(reverse(f"{wat}_bestand", args=[self.slug, *argumenten]), **keuze)
