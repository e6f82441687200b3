"""What an answer to a question for a number or a date says, and how it is kept. Pure, no Django.

Both are kept as people write them in Dutch, so that what is stored is what everybody reads: a number in digits with a comma
before the decimals and no points ("1250,5"), a date as dd-mm-jjjj. The same value is always kept in the same characters.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MAX_CIJFERS = 12  # before the comma
MAX_DECIMALEN = 6
MAX_EENHEID = 30  # characters
GETAL = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)


@dataclass(frozen=True)
class Getalregel:
    """What a question for a number takes: so many digits behind the comma, between two bounds, in a unit that is not stored."""

    eenheid: str = ""
    decimalen: int = 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def bezwaren(self) -> list[str]:
        """What is wrong with the rule itself."""
        grenzen = [grens for grens in (self.minimum, self.maximum) if grens is not None]
        gevonden = []
        if len(grenzen) == 2 and self.minimum > self.maximum:
            gevonden.append("het minste is meer dan het meeste.")
        if any(grens != round(grens, self.decimalen) for grens in grenzen):
            gevonden.append("een grens heeft meer cijfers achter de komma dan het antwoord mag hebben.")
        return gevonden

    @property
    def in_woorden(self) -> str:
        """One line of help: "Een heel getal (uren), ten minste 0"."""
        soort = f"Een getal met hoogstens {_cijfers(self.decimalen)} achter de komma"
        if self.decimalen in (0, MAX_DECIMALEN):
            soort = "Een getal, zo nodig met een komma" if self.decimalen else "Een heel getal"
        return f"{soort}{f' ({self.eenheid})' if self.eenheid else ''}{self._grenzen()}."

    def _grenzen(self) -> str:
        delen = [
            f"{woord} {schrijf_getal(grens)}"
            for woord, grens in (("ten minste", self.minimum), ("ten hoogste", self.maximum))
            if grens is not None
        ]
        return f", {' en '.join(delen)}" if delen else ""


HEEL_GETAL = Getalregel()


def lees_getal(tekst: str, regel: Getalregel = HEEL_GETAL) -> str:
    """What was typed as it is kept; the unit may stand behind it. Raises ValueError with a Dutch sentence."""
    kaal = _zonder_eenheid(" ".join(tekst.split()), regel.eenheid).replace(" ", "").replace("−", "-")
    if not GETAL.fullmatch(kaal):
        voorbeeld = "1250,5" if regel.decimalen else "1250"
        raise ValueError(f"‘{tekst.strip()}’ is geen getal. Schrijf het in cijfers, bijvoorbeeld {voorbeeld}.")
    if regel.decimalen and kaal.count(".") == 1 and "," not in kaal:
        heel, deel = kaal.replace(".", ""), kaal.replace(".", ",")
        raise ValueError(f"Bedoelt u {heel} of {deel}? Schrijf geen punt, en een komma voor de decimalen.")
    getal = Decimal(kaal.replace(".", "").replace(",", "."))
    if abs(getal) >= 10**MAX_CIJFERS:
        raise ValueError(f"Het getal is te groot: er passen {MAX_CIJFERS} cijfers voor de komma.")
    if getal != round(getal, regel.decimalen):
        zoveel = f"hoogstens {_cijfers(regel.decimalen)} achter de komma" if regel.decimalen else "een heel getal"
        raise ValueError(f"Schrijf {zoveel}.")
    te_laag = regel.minimum is not None and getal < regel.minimum
    if te_laag or (regel.maximum is not None and getal > regel.maximum):
        raise ValueError(f"Het getal is hier{regel._grenzen().removeprefix(',')}.")
    return schrijf_getal(getal)


def schrijf_getal(getal: Decimal) -> str:
    """A number as it is kept: no needless zeros, a comma before the decimals."""
    heel = f"{getal:f}"
    heel = heel.rstrip("0").rstrip(".") if "." in heel else heel
    return "0" if heel in ("-0", "") else heel.replace(".", ",")


def als_getal(bewaard: str) -> Decimal:
    """The number that is kept in these characters."""
    return Decimal(bewaard.replace(",", "."))


def als_datum(bewaard: str) -> date:
    dag, maand, jaar = map(int, bewaard.split("-"))
    return date(jaar, maand, dag)


def schrijf_datum(datum: date) -> str:
    return datum.strftime("%d-%m-%Y")


def _zonder_eenheid(tekst: str, eenheid: str) -> str:
    if eenheid and tekst.casefold().endswith(eenheid.casefold()):
        return tekst[: -len(eenheid)]
    return tekst


def _cijfers(aantal: int) -> str:
    return "1 cijfer" if aantal == 1 else f"{aantal} cijfers"
