"""What is said of an XLSForm that is read: what stops it, and what of it could not be carried over. Pure, no Django."""

from dataclasses import dataclass
from enum import StrEnum


class Ernst(StrEnum):
    NIET = "niet overgenomen"  # it is in the form and not in the instrument
    ANDERS = "anders overgenomen"  # it is there, in another shape
    GEEN_DEEL = "hier niet nodig"  # Kobo or ODK needs it; here the system itself knows it, or it is about looks only


@dataclass(frozen=True)
class Melding:
    """One remark, at the place in the workbook that it is about; `kolom` is empty when it is about the whole row."""

    ernst: Ernst
    blad: str
    rij: int
    kolom: str
    tekst: str

    @property
    def plaats(self) -> str:
        delen = (
            f"blad {self.blad}",
            f"rij {self.rij}" if self.rij else "",
            f"kolom {self.kolom}" if self.kolom else "",
        )
        return ", ".join(filter(None, delen))

    def __str__(self):
        return f"{self.plaats}: {self.tekst}"


class Formulierfout(Exception):
    """This workbook cannot become an instrument; `fouten` are Dutch sentences, each with its place."""

    def __init__(self, fouten: list[str]):
        super().__init__("\n".join(fouten))
        self.fouten = fouten
