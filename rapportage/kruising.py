"""Two ways to divide dossiers laid across each other. Pure, no Django.

The unit is the dossier. A dossier is in the table when it says something on both: a substantive answer, a judgement other than
*niet te beoordelen*, or being in a group, which every dossier is. A percentage is of its row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapportage.document import Grafiek, Tabel
from rapportage.grafieken import BREEDTE, Deel, Groep, gestapeld
from rapportage.tabellen import MAX_STAVEN_DELEN, afronding, gemeenten, kenmerk, met_aandeel
from rapportage.uitkomst import Optie

VRAAG, NORM, GROEP = "vraag", "norm", "groep"
TOTAAL = "alle"


@dataclass(frozen=True)
class As:
    """What stands along one side: a closed question, a norm or an indeling, and what a dossier can be on it."""

    code: str
    naam: str
    soort: str
    opties: Sequence[Optie]

    @property
    def titel(self) -> str:
        return self.naam if self.soort == GROEP else f"{self.code} {self.naam}"


@dataclass(frozen=True)
class Kruistabel:
    """`aantallen` by code on the rows and code on the columns; an empty code is a dossier that says nothing there."""

    rij: As
    kolom: As
    aantallen: Mapping[tuple[str, str], int]

    def n(self, rij: str = TOTAAL, kolom: str = TOTAAL) -> int:
        return sum(
            aantal
            for (r, k), aantal in self.aantallen.items()
            if r and k and rij in (TOTAAL, r) and kolom in (TOTAAL, k)
        )

    @property
    def gekozen(self) -> int:
        """The dossiers of the selection, in the table or not."""
        return sum(self.aantallen.values())

    @property
    def rijen(self) -> list[Optie]:
        """Of an indeling only the groups that are there; of a question all answers, also those nobody gave."""
        return self._getoond(self.rij, lambda code: self.n(rij=code))

    @property
    def kolommen(self) -> list[Optie]:
        return self._getoond(self.kolom, lambda code: self.n(kolom=code))

    @staticmethod
    def _getoond(as_: As, tel) -> list[Optie]:
        return [optie for optie in as_.opties if as_.soort != GROEP or tel(optie.code)]

    @property
    def noot(self) -> str:
        """Unit and denominator, and who is left out and why."""
        zin = f"Van {gemeenten(self.gekozen)} staan er {self.n()} in de tabel"
        zonder = [
            (sum(n for (r, k), n in self.aantallen.items() if not r), self.rij),
            (sum(n for (r, k), n in self.aantallen.items() if not k), self.kolom),
        ]
        redenen = [f"{n} zonder {_wat(as_)} op {as_.code}" for n, as_ in zonder if n]
        beide = self.aantallen.get(("", ""), 0)
        if beide:
            redenen[-1] += f" (waarvan {beide} op beide)"
        return zin + "".join(f"; {reden}" for reden in redenen) + ". Percentages van de rij." + self._scheef

    @property
    def _scheef(self) -> str:
        codes = [kolom.code for kolom in self.kolommen]
        rijen = [*(rij.code for rij in self.rijen), TOTAAL]
        return afronding(([self.n(rij, kolom) for kolom in codes], self.n(rij)) for rij in rijen)


def _wat(as_: As) -> str:
    return "inhoudelijk antwoord" if as_.soort == VRAAG else "oordeel"


def tabel(kruis: Kruistabel) -> Tabel:
    rijen = [*kruis.rijen, Optie(TOTAAL, "Alle gemeenten")]
    return Tabel(
        f"{kruis.rij.titel}, naar {kruis.kolom.titel}",
        (kruis.rij.titel, *(optie.naam for optie in kruis.kolommen), "Totaal"),
        [
            (
                rij.naam,
                *(met_aandeel(kruis.n(rij.code, kolom.code), kruis.n(rij.code)) for kolom in kruis.kolommen),
                kruis.n(rij.code),
            )
            for rij in rijen
        ],
        noot=kruis.noot,
    )


def grafiek(kruis: Kruistabel, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per row; None when there is nothing in the table or the columns are too many for a bar."""
    if not kruis.n() or len(kruis.kolommen) > MAX_STAVEN_DELEN:
        return None
    staven = [
        Groep(rij.naam, [Deel(kolom.naam, kruis.n(rij.code, kolom.code)) for kolom in kruis.kolommen])
        for rij in [*kruis.rijen, Optie(TOTAAL, "Alle gemeenten")]
    ]
    titel = f"{kruis.rij.titel}, naar {kruis.kolom.titel}"
    return gestapeld(titel, staven, kenmerk=kenmerk(f"kruis-{kruis.rij.code}-{kruis.kolom.code}"), breedte=breedte)
