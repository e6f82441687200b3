"""Which figures a public table leaves out, so that no small group of municipalities is recognised by its answers. Pure.

A *small group* is a number of municipalities, more than none and fewer than `DREMPEL`, to which a question was put (or a norm):
the voortrekkers that were asked a follow-up, say. How they answered is not published. The size of the group itself is: it is a
count in the table of the question before. Neither may the answers follow from what is published. Therefore

- at least two groups are left out together, with the totals published, until those left out have `DREMPEL` municipalities or
  more between them that did not all give the same answer (that all answered an open question gives away nothing);
- where that cannot be had, the totals are left out too;
- where a number of municipalities that gave an answer is left out, so is how many of them were asked what follows on it.

Why nothing can be worked out again: take two municipalities from two groups that are left out together, and exchange all that they
answered on this question and on what follows on it. Not one published figure changes. A figure that no exchange changes, because
none or all gave that answer, follows from the totals; it is shown, since leaving it out would hide nothing.

The exchange is between the groups of one indeling over one set of dossiers. Public tables of the same round by another indeling, or
over other dossiers, could be laid side by side: there is one public set, that of the report (see docs/besluiten/0024).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rapportage.uitkomst import ALLE, Normtelling, Normuitkomst, Telling, Uitkomsten, Vraaguitkomst

T = TypeVar("T", Telling, Normtelling)

DREMPEL = 3  # groups of fewer municipalities are small: two could work out each other's answer
NOOT = f"– is onderdrukt: minder dan {DREMPEL} gemeenten, of daaruit te herleiden."


@dataclass(frozen=True)
class Tafel:
    """The counts of one question or norm: per row (answer) and per group a number.

    `standen` are the rows that divide a group: each municipality in it has one of them. `delen` are rows that count a part of
    it once more. `omvang` is how many there are in each group; it is known, except in `onbekend`.
    """

    standen: Mapping[str, Mapping[str, int]]
    delen: Mapping[str, Mapping[str, int]]
    omvang: Mapping[str, int]
    onbekend: frozenset[str] = frozenset()
    neutraal: str = ""


@dataclass(frozen=True)
class Besluit:
    """What is left out of one Tafel: per group (`ALLE` for the total) the rows, with `omvang` for its size."""

    verborgen: Mapping[str, frozenset[str]]

    def geldt(self, groep: str, rij: str) -> bool:
        return rij in self.verborgen.get(groep, ())

    @property
    def geheel(self) -> bool:
        return ALLE.code in self.verborgen


OMVANG = "omvang"


def besluit(tafel: Tafel, drempel: int = DREMPEL) -> Besluit:
    """What of this table is not published. `tafel.onbekend` holds ALLE when even the total of those asked is left out."""
    groepen = [groep for groep in tafel.omvang if groep != ALLE.code]
    onbekend = tafel.onbekend - {ALLE.code}
    weg = [groep for groep in groepen if groep in onbekend or 0 < tafel.omvang[groep] < drempel]
    if not weg:
        return Besluit({})
    erbij = sorted(
        (groep for groep in groepen if groep not in weg and tafel.omvang[groep]), key=lambda groep: tafel.omvang[groep]
    )
    while ALLE.code not in tafel.onbekend:
        if _beschermd(tafel, weg, drempel):
            return Besluit({groep: _rijen(tafel, weg, groep) for groep in weg})
        if not erbij:
            break
        weg.append(erbij.pop(0))
    alle_rijen = frozenset({*tafel.standen, *tafel.delen})
    return Besluit(
        {
            groep: alle_rijen | ({OMVANG} if groep in tafel.onbekend else frozenset())
            for groep in [*groepen, ALLE.code]
            if groep in tafel.onbekend or tafel.omvang[groep]
        }
    )


def _beschermd(tafel: Tafel, weg: Sequence[str], drempel: int) -> bool:
    """Whether the groups left out cover for each other, with all totals published."""
    if len(weg) < 2 or sum(tafel.omvang[groep] for groep in weg) < drempel:
        return False
    gegeven = {rij for rij, aantallen in tafel.standen.items() if _samen(aantallen, weg)}
    return len(gegeven) > 1 or gegeven == {tafel.neutraal} or tafel.onbekend.issuperset(weg)


def _rijen(tafel: Tafel, weg: Sequence[str], groep: str) -> frozenset[str]:
    """The rows of one group that its exchange with the others left out can change."""
    omvang = _samen(tafel.omvang, weg)
    rijen = {**tafel.standen, **tafel.delen}
    rijen = {rij: _samen(aantallen, weg) for rij, aantallen in rijen.items()}
    if groep in tafel.onbekend:
        return frozenset({OMVANG, *(rij for rij, n in rijen.items() if n)})
    return frozenset(rij for rij, n in rijen.items() if 0 < n < omvang)


def _samen(aantallen: Mapping[str, int], groepen: Iterable[str]) -> int:
    return sum(aantallen[groep] for groep in groepen)


# --- Uitkomsten ---------------------------------------------------------------------------------------------------


def openbaar(uitkomsten: Uitkomsten, drempel: int = DREMPEL) -> Uitkomsten:
    """The same counts, each telling with the names of the rows that a public table does not show."""
    vragen = {vraag.code: vraag for onderdeel in uitkomsten.onderdelen for vraag in onderdeel.vragen}
    besluiten: dict[str, Besluit] = {}

    def van(code: str) -> Besluit:
        if code not in besluiten:
            besluiten[code] = besluit(_tafel_van_vraag(vragen[code], van), drempel)
        return besluiten[code]

    return replace(
        uitkomsten,
        onderdelen=tuple(
            replace(
                onderdeel,
                vragen=tuple(_vraag(vraag, van(vraag.code)) for vraag in onderdeel.vragen),
                normen=tuple(_norm(norm, besluit(_tafel_van_norm(norm), drempel)) for norm in onderdeel.normen),
            )
            for onderdeel in uitkomsten.onderdelen
        ),
    )


def _tafel_van_vraag(vraag: Vraaguitkomst, van: Callable[[str], Besluit]) -> Tafel:
    def rij(lees: Callable[[Telling], int]) -> dict[str, int]:
        return {telling.groep.code: lees(telling) for telling in vraag.tellingen}

    keuzes = {keuze.code: rij(lambda t, code=keuze.code: t.per_keuze[code]) for keuze in vraag.keuzes}
    overig = {naam: rij(lambda t, naam=naam: getattr(t, naam)) for naam in ("weet_niet", "nvt", "niet_vastgelegd")}
    beantwoord = {"beantwoord": rij(lambda t: t.beantwoord)}
    themas = {
        _thema(plek): {t.groep.code: n for t, n in zip(vraag.tellingen, thema.aantallen, strict=True)}
        for plek, thema in enumerate(vraag.themas)
    }
    omvang, onbekend = rij(lambda t: t.gevraagd), frozenset[str]()
    if op := vraag.voorwaarde:
        onbekend = frozenset(groep for groep in omvang if van(op.vraag).geldt(groep, op.keuze))
    if vraag.is_gesloten:
        return Tafel(keuzes | overig, beantwoord | themas, omvang, onbekend)
    return Tafel(beantwoord | overig, themas, omvang, onbekend, neutraal="beantwoord")


def _thema(plek: int) -> str:
    return f"thema {plek}"  # a space: no code of a choice is the same


def _vraag(vraag: Vraaguitkomst, weg: Besluit) -> Vraaguitkomst:
    if not weg.verborgen:
        return vraag
    tellingen = tuple(_telling(telling, weg, "gevraagd") for telling in vraag.tellingen)
    # Which themes there are says already that somebody has them.
    themas = () if weg.geheel else tuple(
        replace(thema, verborgen=frozenset(t.groep.code for t in tellingen if weg.geldt(t.groep.code, _thema(plek))))
        for plek, thema in enumerate(vraag.themas)
    )  # fmt: skip
    return replace(vraag, tellingen=tellingen, themas=themas)


def _telling(telling: T, weg: Besluit, omvang: str) -> T:
    rijen = weg.verborgen.get(telling.groep.code, frozenset())
    return replace(telling, verborgen=frozenset(omvang if rij == OMVANG else rij for rij in rijen))


def _tafel_van_norm(norm: Normuitkomst) -> Tafel:
    def rij(lees: Callable[[Normtelling], int]) -> dict[str, int]:
        return {telling.groep.code: lees(telling) for telling in norm.tellingen}

    oordelen = {oordeel.code: rij(lambda t, code=oordeel.code: t.per_oordeel[code]) for oordeel in norm.oordelen}
    delen = {naam: rij(lambda t, naam=naam: getattr(t, naam)) for naam in ("beoordeeld", "alleen_verklaard")}
    return Tafel(oordelen | {"nog_niet": rij(lambda t: t.nog_niet)}, delen, rij(lambda t: t.dossiers))


def _norm(norm: Normuitkomst, weg: Besluit) -> Normuitkomst:
    return replace(norm, tellingen=tuple(_telling(telling, weg, "dossiers") for telling in norm.tellingen))
