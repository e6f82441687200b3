"""What is to be said of a passage at the desk where it is written: its claims, its meldingen, and what was set aside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from rapportage.bewoording import in_woorden
from rapportage.models import Afwijking, Passage, Rapport
from rapportage.queries.bewoording import woorden_van
from rapportage.queries.kwantoren import banden_van
from rapportage.queries.maten import metingen
from rapportage.queries.meldingen import kennis_van, meldingen_van, sleutel, teksten_van, terzijde_van
from rapportage.queries.passages import passages_van
from rapportage.uitspraken.claims import Claim, claims_in, maten_in
from rapportage.uitspraken.meting import FOUT, KWETSBAAR, WAARSCHUWING, Melding
from rapportage.uitspraken.toetsen import toets

ERNST = {FOUT: "Fout", WAARSCHUWING: "Waarschuwing", KWETSBAAR: "Kwetsbaar"}
# How a claim stands: the word for it, and the colour of its badge.
STANDEN = {
    "klopt": ("klopt", "voldoet"),
    "klopt_niet": ("klopt niet", "fout"),
    "verouderd": ("verouderd", "let_op"),
    "kwetsbaar": ("kwetsbaar", "let_op"),
}


@dataclass(frozen=True)
class Plek:
    """A stretch of the text as a browser counts it: in UTF-16."""

    van: int
    tot: int

    @classmethod
    def in_tekst(cls, tekst: str, begin: int, eind: int) -> "Plek":
        van = len(tekst[:begin].encode("utf-16-le")) // 2
        return cls(van, van + len(tekst[begin:eind].encode("utf-16-le")) // 2)


@dataclass(frozen=True)
class Meldregel:
    """A melding with its place, and the key by which its buttons name it; `fout` is the form of a reason refused here."""

    melding: Melding
    plek: Plek
    fout: object = None

    @property
    def naam(self) -> str:
        """What is set aside: this kind of melding at these words, wherever they stand in the passage."""
        return naam_van(self.melding)

    @property
    def hier(self) -> str:
        """What is mended: this melding at this place."""
        return f"{self.naam}-{self.melding.begin}"

    @property
    def ernst(self) -> str:
        return ERNST[self.melding.ernst]

    @property
    def is_verouderd(self) -> bool:
        return self.melding.soort == "verouderd"


@dataclass(frozen=True)
class Uitspraakregel:
    """A claim with its place and how it stands; `teksten` are those of the questions, by code."""

    claim: Claim
    plek: Plek
    teksten: Mapping[str, str]
    woorden: str = ""  # its maat, in words

    @property
    def uitleg(self) -> str:
        """What it came to, how it stands, and what the questions are that it names."""
        meting = self.claim.meting
        telling = meting.bezwaar or f"Geteld: {meting}, {self.stand[0]}."
        return " ".join(
            [
                telling,
                *(f"{code}: {self.teksten[code]}" for code in sorted(self.claim.maat.codes) if code in self.teksten),
            ]
        )

    @property
    def stand(self) -> tuple[str, str]:
        """The word, and the colour of its badge."""
        return STANDEN[self.claim.stand]


@dataclass(frozen=True)
class Tafel:
    """All that is to be said of this text of a passage, beside the rest of the report as it is stored."""

    meldingen: Sequence[Meldregel]
    uitspraken: Sequence[Uitspraakregel]

    @property
    def gebreken(self) -> Sequence[Meldregel]:
        """What is wrong, or may be."""
        return [regel for regel in self.meldingen if regel.melding.ernst != KWETSBAAR]

    @property
    def kwetsbaar(self) -> Sequence[Meldregel]:
        """What is right, and would not be with one dossier the other way; first what most dossiers could turn."""
        omslag = {regel.claim.stuk.begin_tekst: regel.claim.omslaggroep for regel in self.uitspraken}
        gevonden = [regel for regel in self.meldingen if regel.melding.ernst == KWETSBAAR]
        return sorted(gevonden, key=lambda regel: -omslag.get(regel.melding.begin, 0))

    @property
    def fout_bij_kwetsbaar(self) -> bool:
        """Whether the reason that was refused is among what is folded."""
        return any(regel.fout for regel in self.kwetsbaar)

    def met_fout(self, hier: str, form) -> "Tafel":
        """The same, with the form of a reason that was refused at the melding where it was given."""
        return replace(self, meldingen=[replace(r, fout=form) if r.hier == hier else r for r in self.meldingen])


def naam_van(melding: Melding) -> str:
    return sha256(f"{melding.soort}\n{' '.join(melding.fragment.split())}".encode()).hexdigest()[:16]


def _ernst(melding: Melding) -> int:
    """What must be mended comes before what may be, each in the order of the text."""
    return (FOUT, WAARSCHUWING, KWETSBAAR).index(melding.ernst)


def tafel_van(passage: Passage, tekst: str) -> Tafel:
    rapport = passage.rapport
    teksten = [replace(t, tekst=tekst) if t.bron == passage.pk else t for t in teksten_van(rapport)]
    deze = next(t for t in teksten if t.bron == passage.pk)
    gemeten, banden = metingen(rapport.ronde, maten_in(teksten)), banden_van(rapport.ronde)
    terzijde, kennis, namen = terzijde_van(rapport), kennis_van(rapport.ronde), woorden_van(rapport.ronde)
    return Tafel(
        meldingen=[
            Meldregel(melding, Plek.in_tekst(tekst, melding.begin, melding.eind))
            for melding in sorted(toets(teksten, gemeten, banden, kennis), key=_ernst)
            if melding.bron == passage.pk and sleutel(melding) not in terzijde
        ],
        uitspraken=[
            Uitspraakregel(
                claim,
                Plek.in_tekst(tekst, claim.stuk.begin_tekst, claim.stuk.eind_tekst),
                kennis.vraagteksten,
                in_woorden(claim.maat, namen),
            )
            for claim in claims_in(deze, gemeten, banden)
        ],
    )


def zoek_regel(tafel: Tafel, naam: str) -> Meldregel | None:
    """The melding that a button names, when it is still there: at its place, or else anywhere in the text."""
    return next((regel for regel in tafel.meldingen if naam in (regel.hier, regel.naam)), None)


def zoek_melding(passage: Passage, tekst: str, naam: str) -> Melding | None:
    regel = zoek_regel(tafel_van(passage, tekst), naam)
    return regel.melding if regel else None


def verbeterd(tekst: str, melding: Melding) -> str:
    """The text with what would be right in the place of what is wrong."""
    return tekst[: melding.begin] + melding.voorstel + tekst[melding.eind :]


@dataclass(frozen=True)
class Meldingtelling:
    """How many meldingen of each kind a passage, or the report, has."""

    fouten: int = 0
    waarschuwingen: int = 0
    kwetsbaar: int = 0

    def __bool__(self):
        return bool(self.fouten or self.waarschuwingen or self.kwetsbaar)


@dataclass(frozen=True)
class Rapportoverzicht:
    """The passages in order, each with its meldingen; those of the report together, and where the first is."""

    regels: Sequence[tuple[Passage, Meldingtelling]]
    samen: Meldingtelling
    eerste: Passage | None


def overzicht_van(rapport: Rapport) -> Rapportoverzicht:
    """A fixed number of queries, whatever the number of passages."""
    meldingen, passages = meldingen_van(rapport), list(passages_van(rapport))
    per_passage: dict[int, Counter] = {passage.pk: Counter() for passage in passages}
    for melding in meldingen:
        per_passage[melding.bron][melding.ernst] += 1
    eerste = next((m for m in meldingen if m.is_fout), next(iter(meldingen), None))
    return Rapportoverzicht(
        regels=[(passage, _telling(per_passage[passage.pk])) for passage in passages],
        samen=_telling(sum(per_passage.values(), Counter())),
        eerste=next((passage for passage in passages if eerste and passage.pk == eerste.bron), None),
    )


def _telling(per_ernst: Counter) -> Meldingtelling:
    return Meldingtelling(per_ernst[FOUT], per_ernst[WAARSCHUWING], per_ernst[KWETSBAAR])


def afwijkingen_van(passage: Passage) -> Sequence[Afwijking]:
    return list(passage.afwijkingen.select_related("door"))
