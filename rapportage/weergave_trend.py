"""How the analist looks at a development: against which round, in which division of municipalities, by which groups."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from rapportage.indelingen import ROL
from rapportage.uitkomst import ALLE, Indeling
from vragenlijst.models import Ronde

NU = "nu"
GEMEENTEN = "gemeenten"  # the heading above the pairs of a question or norm


@dataclass(frozen=True)
class Trendweergave:
    """The choice made, and the addresses of the pages that show it so. What is as usual is not in the address."""

    ronde: Ronde
    toen: Ronde
    gewoon: Ronde  # the round that is compared with when none is chosen
    naar_nu: bool = False
    indeling: Indeling = ROL

    def _met(self, adres: str, anker: str = "", **filters: str) -> str:
        termen = {
            "toen": "" if self.toen == self.gewoon else self.toen.slug,
            "gemeenten": NU if self.naar_nu else "",
            "indeling": "" if self.indeling == ROL else self.indeling.code,
            **filters,
        }
        query = urlencode({naam: waarde for naam, waarde in termen.items() if waarde})
        return adres + (f"?{query}" if query else "") + (f"#{anker}" if anker else "")

    @property
    def overzicht(self) -> str:
        return self._met(reverse("ontwikkeling", args=[self.ronde.slug]))

    @property
    def csv(self) -> str:
        return self._met(reverse("ontwikkeling_csv", args=[self.ronde.slug]))

    def regel(self, code: str, anker: str = "", **filters: str) -> str:
        if filters.get("groep") == ALLE.code:
            filters["groep"] = ""
        return self._met(reverse("ontwikkeling_vraag", args=[self.ronde.slug, code]), anker, **filters)
