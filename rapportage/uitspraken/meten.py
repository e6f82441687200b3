"""Counting what a maat asks for in a bag of facts. Pure, no Django.

The denominators are those of the uitkomsten (`rapportage.uitkomst`): of a question the answers that say something, of a norm the
judgements that say something, of a theme the findings that can have one; a question with a condition is asked where the finding
on that condition is the choice it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapportage.uitspraken.maat import GEMEENTEN, GESPREKKEN, THEMA, Maat, Term
from rapportage.uitspraken.meting import Meting

Verzameling = frozenset[int]
LEEG: Verzameling = frozenset()
INHOUD, WEET_NIET, NVT = "inhoud", "weet_niet", "nvt"
NIET_TE_BEOORDELEN = "niet_te_beoordelen"
# Characteristics by which nobody is recognised: with whom was spoken, and when.
NIET_HERLEIDBAAR = ("gesproken", "periode")


class Onmeetbaar(ValueError):
    """There is nothing to measure; the message is a Dutch sentence that says why."""


@dataclass(frozen=True)
class Vraagkennis:
    """What the instrument says of a question: the kind of each choice by its code (none for an open one), and when it is asked."""

    keuzes: Mapping[str, str] = field(default_factory=dict)
    voorwaarde: tuple[str, str] | None = None

    @property
    def is_gesloten(self) -> bool:
        return bool(self.keuzes)

    def van_soort(self, *soorten: str) -> tuple[str, ...]:
        return tuple(code for code, soort in self.keuzes.items() if soort in soorten)


@dataclass(frozen=True)
class Feiten:
    """Who said, was found or judged what. The numbers stand for dossiers, or for interviews when `eenheid` is gesprekken.

    `antwoord` has sets by (code, answer), where an answer is a choice, a verdict, `eigen` or `thema:…`; `gevuld` those with any
    finding on a question. `gevraagd` is given for interviews, where each has a routing of its own. `gebied` says per kind of area, and
    for grootteklasse, in which of them each number lies.
    """

    alle: Verzameling
    vragen: Mapping[str, Vraagkennis]
    normen: Mapping[str, tuple[str, ...]]
    antwoord: Mapping[tuple[str, str], Verzameling]
    gevuld: Mapping[str, Verzameling]
    kenmerk: Mapping[str, Mapping[str, Verzameling]]
    gebied: Mapping[str, Mapping[int, frozenset]]
    themas: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gevraagd: Mapping[str, Verzameling] | None = None
    eenheid: str = GEMEENTEN

    # --- Sets ---------------------------------------------------------------------------------------------------------

    def waar(self, term: Term) -> Verzameling:
        """Of whom this holds. Raises Onmeetbaar when the round knows no such question, answer or group."""
        if term.is_kenmerk:
            delen = [self._kenmerk(term.code, waarde) for waarde in term.antwoorden]
        elif term.code in self.vragen:
            delen = [self._antwoord(term.code, waarde) for waarde in term.antwoorden]
        elif term.code in self.normen:
            delen = [self._oordeel(term.code, waarde) for waarde in term.antwoorden]
        else:
            raise Onmeetbaar(f"De vraag of norm {term.code} bestaat niet in deze ronde.")
        samen = LEEG.union(*delen)
        return self.alle - samen if term.niet else samen

    def _kenmerk(self, naam: str, waarde: str) -> Verzameling:
        waarden = self.kenmerk.get(naam, {})
        if naam == "periode" and ".." in waarde:
            van, _, tot = waarde.partition("..")
            gelijk = [w for w in waarden if van <= w[: len(van)] and w[: len(tot)] <= tot]
        elif waarde.endswith("*"):
            gelijk = [w for w in waarden if w.startswith(waarde[:-1])]
        else:
            gelijk = [waarde] if waarde in waarden else []
        if not gelijk:
            raise Onmeetbaar(f"Er is in deze ronde niets met {naam} '{waarde}'.")
        return LEEG.union(*(waarden[w] for w in gelijk))

    def _antwoord(self, code: str, waarde: str) -> Verzameling:
        vraag = self.vragen[code]
        match waarde:
            case "*" | "beantwoord":
                return self.beantwoord(code)
            case "gevraagd":
                return self.is_gevraagd(code)
            case "niet_vastgelegd":
                return self.is_gevraagd(code) - self.gevuld.get(code, LEEG)
            case "weet_niet" | "nvt":
                return self._samen(code, vraag.van_soort(waarde))
        if waarde.startswith(THEMA):
            if waarde.removeprefix(THEMA) not in self.themas.get(code, ()):
                raise Onmeetbaar(f"Bij {code} is in deze ronde geen thema '{waarde.removeprefix(THEMA)}'.")
        elif waarde not in vraag.keuzes and not (waarde == "eigen" and not vraag.is_gesloten):
            raise Onmeetbaar(f"Bij {code} bestaat het antwoord '{waarde}' niet.")
        return self._samen(code, [waarde])

    def _oordeel(self, code: str, waarde: str) -> Verzameling:
        oordelen = self.normen[code]
        match waarde:
            case "*" | "beoordeeld":
                return self.beantwoord(code)
            case "nog_niet":
                return self.alle - self._samen(code, oordelen)
            case "alleen_verklaard":
                return self._samen(code, [waarde])
        if waarde not in oordelen:
            raise Onmeetbaar(f"Bij {code} bestaat het oordeel '{waarde}' niet.")
        return self._samen(code, [waarde])

    def _samen(self, code: str, waarden) -> Verzameling:
        return LEEG.union(*(self.antwoord.get((code, waarde), LEEG) for waarde in waarden))

    def is_gevraagd(self, code: str) -> Verzameling:
        if code not in self.vragen:
            return self.alle
        if self.gevraagd is not None:
            return self.gevraagd.get(code, LEEG)
        voorwaarde = self.vragen[code].voorwaarde
        return self._samen(voorwaarde[0], [voorwaarde[1]]) if voorwaarde else self.alle

    def beantwoord(self, code: str) -> Verzameling:
        """Who have an answer, or a judgement, that says something on the matter."""
        if code in self.normen:
            return self._samen(code, [oordeel for oordeel in self.normen[code] if oordeel != NIET_TE_BEOORDELEN])
        vraag = self.vragen[code]
        if vraag.is_gesloten:
            return self._samen(code, vraag.van_soort(INHOUD))
        return self.gevuld.get(code, LEEG)

    def noemer_van(self, term: Term) -> Verzameling:
        """Out of whom a term is usually counted."""
        if term.is_kenmerk:
            return self.alle
        if term.themas:
            return self.gevuld.get(term.code, LEEG)
        inhoud = (
            [oordeel for oordeel in self.normen[term.code] if oordeel != NIET_TE_BEOORDELEN] + ["alleen_verklaard"]
            if term.code in self.normen
            else [*self.vragen[term.code].van_soort(INHOUD), "eigen"]
        )
        if all(antwoord in inhoud for antwoord in term.antwoorden):
            return self.beantwoord(term.code)
        return self.is_gevraagd(term.code)

    # --- A maat ---------------------------------------------------------------------------------------------------------

    def groep(self, maat: Maat) -> Verzameling:
        return self.alle.intersection(*map(self.waar, maat.groep))

    def noemer(self, maat: Maat) -> Verzameling:
        """Out of whom this maat counts."""
        for term in maat.termen:
            self.waar(term)  # an unknown code is refused before anything is looked up by it
        groep = self.groep(maat)
        if maat.onder:
            return groep.intersection(*map(self.waar, maat.onder))
        match maat.noemer:
            case "dossiers":
                return groep
            case "gevraagd":
                return groep.intersection(*(self.is_gevraagd(t.code) for t in maat.termen))
            case "beantwoord":
                return groep.intersection(*(self.beantwoord(t.code) for t in maat.termen if not t.is_kenmerk))
        return groep.intersection(*map(self.noemer_van, maat.termen))

    def voor_en_tegen(self, maat: Maat) -> tuple[Verzameling, Verzameling]:
        """Who carry the maat and who, of the same denominator, do not."""
        noemer = self.noemer(maat)
        voor = noemer.intersection(*map(self.waar, maat.termen))
        return voor, noemer - voor

    def meet(self, maat: Maat) -> Meting:
        try:
            voor, tegen = self.voor_en_tegen(maat)
            herkenbaar = self.alle.intersection(
                *(self.waar(t) for t in (*maat.groep, *maat.termen, *maat.onder) if _herkent(t))
            )
        except Onmeetbaar as reden:
            return Meting(bezwaar=str(reden))
        if maat.eenheid in (GEMEENTEN, GESPREKKEN):
            n = len(voor) + len(tegen)
            return Meting(len(voor), n, len(herkenbaar), kring=n, in_tabel=self._in_tabel(maat))
        x, n = self._gebieden(maat.eenheid, voor), self._gebieden(maat.eenheid, voor | tegen)
        return Meting(len(x), len(n), len(herkenbaar), kring=len(voor | tegen))

    def _in_tabel(self, maat: Maat) -> int | None:
        """Out of how many the tables count this; None when it is a figure of no table."""
        if len(maat.termen) != 1 or maat.termen[0].is_kenmerk or maat.termen[0].niet or maat.onder:
            return None
        return len(self.groep(maat) & self.noemer_van(maat.termen[0]))

    def _gebieden(self, soort: str, wie: Verzameling) -> frozenset:
        gebied = self.gebied.get(soort, {})
        return frozenset().union(*(gebied.get(een, ()) for een in wie))


def _herkent(term: Term) -> bool:
    return term.is_kenmerk and not term.niet and term.code not in NIET_HERLEIDBAAR
