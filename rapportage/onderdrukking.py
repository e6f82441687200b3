"""Which figures a public table leaves out, so that no small group of municipalities is recognised by its answers. Pure.

One rule for questions, themes and norms. A figure is a part of a *kring*: the municipalities with a finding (what was found with them: an
answer, *weet niet*, a theme), those with an answer (which), those with a judgement, those with one that says something (which). In a
group of the indeling a kring of one or two municipalities, fewer than `DREMPEL`, is *small*: how it divides is not published. How many there
are in it is, in the table of the question that it follows from. Nor may it follow from what is published. Therefore

- at least two groups are left out together, with the totals published, until those left out have `DREMPEL` municipalities or
  more between them that did not all give the same answer, or no group is left;
- where all municipalities together are fewer than `DREMPEL`, the totals are left out too;
- where a number of municipalities is left out, so is how that number divides, and how many were asked what follows on it.

Why nothing can be worked out again: take two municipalities from two groups that are left out together, and exchange all that they
answered on this question and on what follows on it. Not one published figure changes. A figure that no exchange changes, because
none or all gave that answer, follows from the totals; it is no secret, and not in `verborgen`. What is shown is plainer than what is
secret (`te_drukken`): a question or norm with a small group is shown without groups, in every table and file, so that no group of one or
two stands anywhere with a count of its own. That all municipalities together, three or more, said the same is a figure of all of them, and published as such.

The exchange is between the groups of one indeling over one set of dossiers. Public tables of the same round by another indeling, or
over other dossiers, could be laid side by side: there is one public set, that of the report (see docs/besluiten/0036). The text of
the report is held against the same exchange by `rapportage.uitspraken.verruilen`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import TypeVar

from rapportage.trend import Ontwikkeling
from rapportage.uitkomst import ALLE, Normtelling, Normuitkomst, Telling, Uitkomsten, Voorwaarde, Vraaguitkomst

T = TypeVar("T", Telling, Normtelling)
U = TypeVar("U", Vraaguitkomst, Normuitkomst)

DREMPEL = 3  # groups of fewer municipalities are small: two could work out each other's answer
NOOT = f"– is onderdrukt: minder dan {DREMPEL} gemeenten, of daaruit te herleiden."


def klein(n: int, drempel: int = DREMPEL) -> bool:
    """Whether these are municipalities of which nothing is published: some, and too few."""
    return 0 < n < drempel


@dataclass(frozen=True)
class Tafel:
    """How one kring divides: per row (answer) and per group a number of municipalities.

    `standen` are the rows that divide it: each municipality in it has one of them. `delen` are rows that count a part of it once more.
    `omvang` is how many there are in each group; it is known, except in `onbekend`, and so are the figures of `ernaast`, which say
    nothing of an answer themselves. When all have the stand `neutraal`, that gives nothing away.
    """

    standen: Mapping[str, Mapping[str, int]]
    delen: Mapping[str, Mapping[str, int]]
    omvang: Mapping[str, int]
    onbekend: frozenset[str] = frozenset()
    ernaast: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    neutraal: str = ""


@dataclass(frozen=True)
class Besluit:
    """What is left out: per group (`ALLE` for the total) the rows. `samen` are the groups that are left out together, also where
    all of their figures follow from the totals and so are shown."""

    verborgen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    samen: frozenset[str] = frozenset()

    def geldt(self, groep: str, rij: str) -> bool:
        return rij in self.verborgen.get(groep, ())

    def waar(self, rij: str) -> frozenset[str]:
        """The groups in which this row is left out."""
        return frozenset(groep for groep, rijen in self.verborgen.items() if rij in rijen)

    @property
    def iets(self) -> bool:
        """Whether anything is left out; where there are no groups, that is the total alone."""
        return bool(self.samen) or any(self.verborgen.values())

    @property
    def geheel(self) -> bool:
        return ALLE.code in self.verborgen

    def __or__(self, ander: "Besluit") -> "Besluit":
        groepen = self.verborgen.keys() | ander.verborgen.keys()
        leeg = frozenset()
        return Besluit(
            {groep: self.verborgen.get(groep, leeg) | ander.verborgen.get(groep, leeg) for groep in groepen},
            self.samen | ander.samen,
        )


def besluit(tafel: Tafel, drempel: int = DREMPEL) -> Besluit:
    """What of this table is not published. `tafel.onbekend` holds ALLE when even the total of the kring is left out."""
    groepen = [groep for groep in tafel.omvang if groep != ALLE.code]
    onbekend = tafel.onbekend - {ALLE.code}
    # How many there are in those groups together does follow; when that is none, there is nothing to exchange with them.
    dekt = onbekend if _samen(tafel.omvang, onbekend) else frozenset()
    weg = [groep for groep in groepen if groep in dekt or klein(tafel.omvang[groep], drempel)]
    if ALLE.code in tafel.onbekend or klein(tafel.omvang[ALLE.code], drempel):
        return _geheel(tafel, groepen)
    ernaast = {rij for rij, aantallen in tafel.ernaast.items() if _samen(aantallen, onbekend)}
    rest = Besluit({groep: frozenset(ernaast) for groep in onbekend}, onbekend)
    if not weg:
        return rest
    erbij = sorted(
        (groep for groep in groepen if groep not in weg and tafel.omvang[groep]), key=lambda groep: tafel.omvang[groep]
    )
    while erbij and not _beschermd(tafel, weg, drempel):
        weg.append(erbij.pop(0))
    return rest | Besluit({groep: _rijen(tafel, weg, groep in onbekend) for groep in weg}, frozenset(weg))


def _geheel(tafel: Tafel, groepen: Sequence[str]) -> Besluit:
    """All rows, of the groups and of the total."""
    zonder = ALLE.code in tafel.onbekend  # then not even what stands beside it has a total
    iemand = zonder or _samen(tafel.omvang, tafel.onbekend)
    rijen = frozenset({*tafel.standen, *tafel.delen})
    ernaast = frozenset(rij for rij, n in tafel.ernaast.items() if zonder or _samen(n, tafel.onbekend))
    weg = [g for g in [*groepen, ALLE.code] if tafel.omvang[g] or (iemand and g in tafel.onbekend)]
    return Besluit(dict.fromkeys(tafel.onbekend, ernaast), frozenset(groepen)) | Besluit(dict.fromkeys(weg, rijen))


def _beschermd(tafel: Tafel, weg: Sequence[str], drempel: int) -> bool:
    """Whether the groups left out cover for each other, with all totals published."""
    if len(weg) < 2 or _samen(tafel.omvang, weg) < drempel:
        return False
    gegeven = {rij for rij, aantallen in tafel.standen.items() if _samen(aantallen, weg)}
    return len(gegeven) > 1 or gegeven == {tafel.neutraal} or tafel.onbekend.issuperset(weg)


def _rijen(tafel: Tafel, weg: Sequence[str], onbekend: bool) -> frozenset[str]:
    """The rows of one group that its exchange with the others left out can change; of a group of unknown size all there are."""
    omvang = _samen(tafel.omvang, weg)
    rijen = {rij: _samen(aantallen, weg) for rij, aantallen in {**tafel.standen, **tafel.delen}.items()}
    return frozenset(rij for rij, n in rijen.items() if n > 0 and (onbekend or n < omvang))


def _samen(aantallen: Mapping[str, int], groepen: Iterable[str]) -> int:
    return sum(aantallen[groep] for groep in groepen)


# --- Uitkomsten ---------------------------------------------------------------------------------------------------


def openbaar(uitkomsten: Uitkomsten, drempel: int = DREMPEL) -> Uitkomsten:
    """The same counts, each telling with the names of the rows that a public table does not show."""
    vragen = {vraag.code: vraag for onderdeel in uitkomsten.onderdelen for vraag in onderdeel.vragen}
    besluiten: dict[str, Besluit] = {}

    def van(code: str) -> Besluit:
        if code not in besluiten:
            besluiten[code] = _van_vraag(vragen[code], van, drempel)
        return besluiten[code]

    return replace(
        uitkomsten,
        onderdelen=tuple(
            replace(
                onderdeel,
                vragen=tuple(_vraag(vraag, van(vraag.code), drempel) for vraag in onderdeel.vragen),
                normen=tuple(_norm(norm, _van_norm(norm, drempel), drempel) for norm in onderdeel.normen),
            )
            for onderdeel in uitkomsten.onderdelen
        ),
    )


def te_drukken(uitkomst: U) -> U:
    """A question or norm with the groups that it is shown by: in public only all together where one of them is small."""
    if not uitkomst.alleen_totaal:
        return uitkomst
    uitkomst = replace(uitkomst, tellingen=uitkomst.tellingen[-1:])
    if isinstance(uitkomst, Normuitkomst):
        return uitkomst
    return replace(uitkomst, themas=[replace(thema, aantallen=thema.aantallen[-1:]) for thema in uitkomst.themas])


def weggelaten(publiek: Uitkomsten) -> frozenset[str]:
    """The questions and norms of which the public tables leave something out, with all that is asked on an answer to them."""
    weg = {o.code for deel in publiek.onderdelen for o in (*deel.vragen, *deel.normen) if o.alleen_totaal}
    op = {v.code: v.voorwaarde.vraag for deel in publiek.onderdelen for v in deel.vragen if v.voorwaarde}
    while erbij := {code for code, vraag in op.items() if vraag in weg and code not in weg}:
        weg |= erbij
    return frozenset(weg)


def niet_te_vergelijken(ontwikkeling: Ontwikkeling, rondes: Iterable[Uitkomsten]) -> frozenset[str]:
    """The questions and norms that the report leaves out of a comparison; `rondes` are the public uitkomsten of both rounds.

    Those of which either round leaves something out of its tables: who went forward or back lays both beside each other. And those
    on which few are compared, or few others answered: these are what remains of a round's total without those compared.
    """
    weg = frozenset().union(*map(weggelaten, rondes))
    return frozenset(
        regel.code
        for regel in ontwikkeling.regels
        if regel.vergelijkbaar and (regel.code in weg or any(map(klein, (regel.alle.beide, *regel.buiten))))
    )


def _per_groep(tellingen: Sequence[T], lees: Callable[[T], int]) -> dict[str, int]:
    return {telling.groep.code: lees(telling) for telling in tellingen}


def _van_vraag(vraag: Vraaguitkomst, van: Callable[[str], Besluit], drempel: int) -> Besluit:
    """First how the findings divide, then how the answers that say something do."""
    per_groep = partial(_per_groep, vraag.tellingen)
    op = vraag.voorwaarde
    onbekend = _waar_onbekend(op, van(op.vraag)) if op else frozenset()
    bevindingen = besluit(
        Tafel(
            {naam: per_groep(attrgetter(naam)) for naam in ("beantwoord", "weet_niet", "nvt")},
            {
                _thema(plek): dict(zip(per_groep(attrgetter("gevraagd")), thema.aantallen, strict=True))
                for plek, thema in enumerate(vraag.themas)
            },
            per_groep(attrgetter("bevindingen")),
            onbekend,
            ernaast={naam: per_groep(attrgetter(naam)) for naam in ("gevraagd", "niet_vastgelegd")},
            neutraal="beantwoord",
        ),
        drempel,
    )
    if not vraag.is_gesloten:
        return bevindingen | _niets_van(vraag, onbekend, drempel)
    keuzes = {keuze.code: per_groep(lambda t, code=keuze.code: t.per_keuze[code]) for keuze in vraag.keuzes}
    antwoorden = Tafel(keuzes, {}, per_groep(attrgetter("beantwoord")), bevindingen.waar("beantwoord"))
    return bevindingen | besluit(antwoorden, drempel) | _niets_van(vraag, onbekend, drempel)


def _niets_van(vraag: Vraaguitkomst, onbekend: frozenset[str], drempel: int) -> Besluit:
    """Where so few were asked in all, not even how many of them there is a finding on."""
    if not klein(vraag.alle.gevraagd, drempel):
        return Besluit()
    rijen = frozenset({"beantwoord", "weet_niet", "nvt", "niet_vastgelegd", *(keuze.code for keuze in vraag.keuzes)})
    codes = [t.groep.code for t in vraag.tellingen if t.gevraagd or t.groep.code in onbekend]
    return Besluit(dict.fromkeys(codes, rijen))


def _waar_onbekend(op: Voorwaarde, weg: Besluit) -> frozenset[str]:
    """In which groups it is left out how many gave the answer on which a question is asked."""
    return weg.waar(op.keuze if op.soort == "inhoud" else op.soort)


def _thema(plek: int) -> str:
    return f"thema {plek}"  # a space: no code of a choice is the same


def _vraag(vraag: Vraaguitkomst, weg: Besluit, drempel: int) -> Vraaguitkomst:
    if not (weg.iets or any(klein(telling.gevraagd, drempel) for telling in vraag.tellingen)):
        return vraag
    tellingen = tuple(_telling(telling, weg) for telling in vraag.tellingen)
    # Which themes there are says already that somebody has them.
    themas = () if weg.geldt(ALLE.code, "beantwoord") else tuple(
        replace(thema, verborgen=frozenset(t.groep.code for t in tellingen if weg.geldt(t.groep.code, _thema(plek))))
        for plek, thema in enumerate(vraag.themas)
    )  # fmt: skip
    return replace(vraag, tellingen=tellingen, themas=themas, alleen_totaal=True)


def _telling(telling: T, weg: Besluit) -> T:
    return replace(telling, verborgen=weg.verborgen.get(telling.groep.code, frozenset()))


def _van_norm(norm: Normuitkomst, drempel: int) -> Besluit:
    """First how the judgements divide, then how those that say something do."""
    per_groep = partial(_per_groep, norm.tellingen)
    gegeven = Tafel(
        {naam: per_groep(attrgetter(naam)) for naam in ("beoordeeld", "niet_te_beoordelen")},
        {},
        per_groep(lambda t: t.beoordeeld + t.niet_te_beoordelen),
        neutraal="beoordeeld",
    )
    weg = besluit(gegeven, drempel)
    oordelen = Tafel(
        {o.code: per_groep(lambda t, code=o.code: t.per_oordeel[code]) for o in norm.oordelen if o.inhoudelijk},
        {"alleen_verklaard": per_groep(attrgetter("alleen_verklaard"))},
        per_groep(attrgetter("beoordeeld")),
        weg.waar("beoordeeld"),
    )
    return weg | besluit(oordelen, drempel)


def _norm(norm: Normuitkomst, weg: Besluit, drempel: int) -> Normuitkomst:
    if not (weg.iets or any(klein(telling.dossiers, drempel) for telling in norm.tellingen)):
        return norm
    return replace(norm, tellingen=tuple(_telling(telling, weg) for telling in norm.tellingen), alleen_totaal=True)
