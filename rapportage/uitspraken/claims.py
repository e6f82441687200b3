"""A bound stretch of text with what its maat came to, and how it stands with it. Pure, no Django."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapportage.kwantoren import BANDEN, Band
from rapportage.uitspraken import lezen
from rapportage.uitspraken.lezen import Tekst
from rapportage.uitspraken.maat import Maat, Onleesbaar, lees
from rapportage.uitspraken.meting import Melding, Meting
from rapportage.uitspraken.ontleden import Gebonden, Plaatsen, gebonden
from rapportage.uitspraken.woorden import Hoeveelheid, hoeveelheden

LANGST_TEKST, LANGST_MAAT = 500, 300  # as much of it as is remembered


@dataclass(frozen=True)
class Claim:
    """A bound stretch with its maat, what that came to, and the sentence that it stands in."""

    tekst: Tekst
    stuk: Gebonden
    maat: Maat
    meting: Meting
    banden: Sequence[Band]
    zin: str

    @cached_property
    def hoeveelheden(self) -> list[Hoeveelheid]:
        return hoeveelheden(self.stuk.tekst, self.banden)

    @property
    def onjuist(self) -> list[Hoeveelheid]:
        return [h for h in self.hoeveelheden if not h.houdt(self.meting.x, self.meting.n, tuple(self.banden))]

    @cached_property
    def omvat(self) -> frozenset[int]:
        """All numbers of n of which these words may be said."""
        alle = frozenset(range(self.meting.n + 1))
        return alle.intersection(*(h.omvat(self.meting.n, tuple(self.banden)) for h in self.hoeveelheden))

    @property
    def gewijzigd(self) -> tuple[int, int] | None:
        """What it was when somebody last looked, when it is something else now."""
        toen = self.tekst.gelezen.get((self.stuk.tekst[:LANGST_TEKST], self.stuk.maat[:LANGST_MAAT]))
        return toen if toen != (self.meting.x, self.meting.n) else None

    @property
    def stand(self) -> str:
        """How it stands with the claim: klopt_niet, verouderd, kwetsbaar or klopt."""
        if self.meting.bezwaar or not self.meting.n or self.onjuist:
            return "klopt_niet"
        if self.gewijzigd:
            return "verouderd"
        return "kwetsbaar" if self.kantelt else "klopt"

    @property
    def kantelt(self) -> list[tuple[int, str]]:
        """With which other number, one dossier away, which word would be wrong."""
        x, n = self.meting.x, self.meting.n
        woorden = [h for h in self.hoeveelheden if h.soort == "woord"]
        return [
            (y, h.tekst)
            for y in (x - 1, x + 1)
            if 0 <= y <= n
            for h in woorden
            if not h.houdt(y, n, tuple(self.banden))
        ]

    @property
    def omslaggroep(self) -> int:
        """Of how many dossiers each could by itself make a word wrong: those that are counted, those that are not, or all."""
        x, n = self.meting.x, self.meting.n
        kanten = {y for y, _ in self.kantelt}
        return x * (x - 1 in kanten) + (n - x) * (x + 1 in kanten)


def maten_in(teksten: Iterable[Tekst]) -> list[Maat]:
    """The maten that these texts ask for, to be measured before they are checked."""
    maten = []
    for tekst in teksten:
        for stuk in gebonden(tekst.tekst):
            try:
                maten.append(lees(stuk.maat))
            except Onleesbaar:
                continue
    return maten


def claims_in(tekst: Tekst, metingen: Mapping[Maat, Meting], banden: Sequence[Band] = BANDEN) -> list[Claim]:
    """The bound stretches of a text that can be read and were measured."""
    gelezen = lezen.leesbaar(tekst.tekst)
    zinnen = list(lezen.zinnen(gelezen))
    claims = []
    for stuk in gebonden(tekst.tekst):
        try:
            maat = lees(stuk.maat)
        except Onleesbaar:
            continue
        zin = next((gelezen[b:e] for b, e in zinnen if b <= stuk.begin_tekst < e), stuk.tekst)
        if maat in metingen:
            claims.append(Claim(tekst, stuk, maat, metingen[maat], banden, zin))
    return claims


class Melder:
    """Makes a melding of one text, with its place in the whole."""

    def __init__(self, tekst: Tekst):
        self.tekst = tekst
        self._plaats = Plaatsen(tekst.heel or tekst.tekst)

    def __call__(self, soort: str, ernst: str, begin: int, eind: int, zin: str, voorstel: str = "") -> Melding:
        vanaf = self.tekst.begin
        regel, kolom = self._plaats(vanaf + begin)
        fragment = self.tekst.tekst[begin:eind]
        return Melding(
            soort, ernst, self.tekst.bron, regel, kolom, vanaf + begin, vanaf + eind, fragment, zin, voorstel
        )

    def bij(self, stuk: Gebonden, soort: str, ernst: str, zin: str, voorstel: str = "") -> Melding:
        return self(soort, ernst, stuk.begin_tekst, stuk.eind_tekst, zin, voorstel)
