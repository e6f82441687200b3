"""What an answer says, apart from where it is stored. Pure, no Django."""

from dataclasses import dataclass

MAX_TEKST = 20_000  # characters in an answer, note or quote
MAX_THEMA = 120


@dataclass(frozen=True)
class Inhoud:
    """The content of an answer or a finding. Which field is used follows from the kind of question.

    `keuze` is the code of a Keuze: one of a closed question, or *weet niet* and *n.v.t.*, which every question takes.
    `gemeente` is a CBS code, `rijen` are (partij, afspraak) pairs. Kept apart from the answer itself are `toelichting` (what the
    inspector notes), `citaat` (what was literally said), `intentie` (what they mean to do, and by when: `horizon`, as jjjj-mm-dd)
    and `thema` (what an open answer is about, in the inspector's words).
    """

    keuze: str = ""
    tekst: str = ""
    gemeente: str = ""
    rijen: tuple[tuple[str, str], ...] = ()
    toelichting: str = ""
    citaat: str = ""
    intentie: str = ""
    horizon: str = ""
    thema: str = ""

    @property
    def is_leeg(self) -> bool:
        return self == Inhoud()

    @property
    def waarde(self) -> tuple:
        """The answer itself, without what is kept apart from it; () when there is none. Spacing and case of text do not matter."""
        if not (self.keuze or self.tekst or self.gemeente or self.rijen):
            return ()
        rijen = tuple((_kern(partij), _kern(afspraak)) for partij, afspraak in self.rijen)
        return (self.keuze, _kern(self.tekst), self.gemeente, rijen)

    def als_json(self) -> dict:
        """Without empty fields, so that a stored version reads easily."""
        velden = {
            "keuze": self.keuze,
            "tekst": self.tekst,
            "gemeente": self.gemeente,
            "rijen": [list(rij) for rij in self.rijen],
            "toelichting": self.toelichting,
            "citaat": self.citaat,
            "intentie": self.intentie,
            "horizon": self.horizon,
            "thema": self.thema,
        }
        return {naam: waarde for naam, waarde in velden.items() if waarde}

    @classmethod
    def van_json(cls, velden: dict) -> "Inhoud":
        return cls(**{**velden, "rijen": tuple(tuple(rij) for rij in velden.get("rijen", ()))})


def _kern(tekst: str) -> str:
    return " ".join(tekst.casefold().split())
