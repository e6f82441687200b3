"""Whether the text of a report gives away what its tables leave out of small groups. Pure, no Django.

The tables leave figures out so that two municipalities of different groups could have answered each other's answers without one
published figure being another (`rapportage.onderdrukking`). The text is held against that same exchange: as long as there is one
after which all the words of the text are still true, nobody can tell which of the two it was. The first claim that no exchange
survives is the one that gives it away. Where even the total is left out, the exchange is with an answer that was not given.

That nothing can be worked out is so proven; a claim may be pointed out although a reader would have to know more than is published.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from rapportage.uitkomst import ALLE, Normuitkomst, Uitkomsten, Vraaguitkomst
from rapportage.uitspraken.claims import Claim
from rapportage.uitspraken.maat import GESPREKKEN, REGIOSOORTEN, THEMA, Term, slak
from rapportage.uitspraken.meten import Feiten, Verzameling

Cel = tuple[str, str, str]  # question or norm, group, row
Sleutel = tuple[str, str]
LEEG: Verzameling = frozenset()
HOOGSTENS = 1500  # exchanges of one question that are tried
VRAAGRIJEN = ("gevraagd", "beantwoord", "weet_niet", "nvt", "niet_vastgelegd")
NORMRIJEN = ("beoordeeld", "nog_niet", "alleen_verklaard")


@dataclass(frozen=True)
class Geheim:
    """What the public tables of a round leave out, and the facts it is about. `slug` is of the round."""

    uitkomsten: Uitkomsten
    feiten: Feiten
    slug: str = ""

    def verraden(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
        """The claims that give away what the table of a question or norm leaves out, with its code."""
        te_volgen = [claim for claim in claims if self._telt(claim)]
        gehad = set()
        for onderwerp in (*self._vragen(), *self._normen()):
            stam = self._stam(onderwerp)
            tak = self._tak(stam[-1].code)
            eigen = [claim for claim in te_volgen if tak & claim.maat.codes]
            if onderwerp.alleen_totaal and eigen:
                rest = [claim for claim in te_volgen if claim not in eigen]
                for claim in self._verklapt(stam, eigen, rest):
                    if id(claim) not in gehad:
                        gehad.add(id(claim))
                        yield claim, onderwerp.code

    def _telt(self, claim: Claim) -> bool:
        """Whether it says a number of municipalities of this round, and the right one."""
        maat = claim.maat
        eigen = maat.ronde in ("", self.slug) and maat.eenheid != GESPREKKEN
        return bool(eigen and claim.hoeveelheden and not claim.meting.bezwaar and not claim.onjuist)

    def _verklapt(self, stam: list, claims: list[Claim], rest: list[Claim]) -> Iterator[Claim]:
        """In the order of the text each claim that leaves some figure with one possible value; it is then left out of account.

        `rest` are the claims on other questions; they hold in every world that is looked at.
        """
        geheim = self._geheim(stam[:1])
        over = set(geheim)
        werelden: list[tuple[Feiten, set[Cel]]] = []
        for onderwerp in stam:
            tak = self._tak(onderwerp.code)
            for wereld in islice(self._werelden(onderwerp, tak, claims), HOOGSTENS):
                geraakt = self._geraakt(wereld, tak) & geheim
                if geraakt and all(_houdt(claim, wereld) for claim in rest):
                    if all(_houdt(claim, wereld) for claim in claims):
                        over -= geraakt
                        if not over:
                            return
                    werelden.append((wereld, geraakt))
        levend = {cel: [wereld for wereld, geraakt in werelden if cel in geraakt] for cel in over}
        for claim in claims:
            nog = {cel: [w for w in reeks if _houdt(claim, w)] for cel, reeks in levend.items() if reeks}
            if all(nog.values()):
                levend = nog
            else:
                yield claim

    # --- What the tables show -----------------------------------------------------------------------------------------

    def _vragen(self) -> list[Vraaguitkomst]:
        return [vraag for onderdeel in self.uitkomsten.onderdelen for vraag in onderdeel.vragen]

    def _normen(self) -> list[Normuitkomst]:
        return [norm for onderdeel in self.uitkomsten.onderdelen for norm in onderdeel.normen]

    def _stam(self, onderwerp) -> list:
        """It and, as long as is left out to how many of a group it was put, the question on whose answer it is asked: with that
        answer the question itself changes hands, also where only one group was asked."""
        stam = [onderwerp]
        while getattr(stam[-1], "voorwaarde", None) and any("gevraagd" in t.verborgen for t in stam[-1].tellingen):
            stam.append(self.uitkomsten.vraag(stam[-1].voorwaarde.vraag))
        return stam

    def _tak(self, code: str) -> frozenset[str]:
        """This question and all that is asked on an answer to it."""
        tak = {code}
        while erbij := {
            c
            for c, vraag in self.feiten.vragen.items()
            if vraag.voorwaarde and vraag.voorwaarde[0] in tak and c not in tak
        }:
            tak |= erbij
        return frozenset(tak)

    def _geheim(self, onderwerpen: Iterable[Vraaguitkomst | Normuitkomst]) -> set[Cel]:
        """The figures left out."""
        uit = {(o.code, t.groep.code, rij) for o in onderwerpen for t in o.tellingen for rij in t.verborgen}
        return {cel for cel in uit if not cel[2].startswith("thema ")} | {
            (o.code, groep, THEMA + slak(thema.naam))
            for o in onderwerpen
            for thema in getattr(o, "themas", ())
            for groep in thema.verborgen
        }

    def _geraakt(self, wereld: Feiten, tak: frozenset[str]) -> set[Cel]:
        """The figures that are others in this world; none at all when one of them is published."""
        onderwerpen = [o for o in (*self._vragen(), *self._normen()) if o.code in tak]
        anders = {
            (o.code, groep, rij)
            for o in onderwerpen
            for rij in _rijen(o)
            for groep, leden in self._groepen().items()
            if len(_wie(self.feiten, o.code, rij) & leden) != len(_wie(wereld, o.code, rij) & leden)
        }
        return anders if anders <= self._geheim(onderwerpen) else set()

    def _groepen(self) -> Mapping[str, Verzameling]:
        leden = self.feiten.kenmerk.get(self.uitkomsten.indeling.code, {})
        return {g.code: leden.get(g.code, LEEG) for g in self.uitkomsten.groepen[:-1]} | {ALLE.code: self.feiten.alle}

    # --- Other worlds -------------------------------------------------------------------------------------------------

    def _werelden(self, onderwerp, tak: frozenset[str], claims: Sequence[Claim]) -> Iterator[Feiten]:
        """First the exchanges by themselves, then each with what these claims lay beside it exchanged within the group: who
        answered what on several questions is in no table."""
        groepen = {d: groep for groep, leden in self._groepen().items() if groep != ALLE.code for d in leden}
        soorten = sorted({c.maat.eenheid for c in claims}.intersection(REGIOSOORTEN))
        yield from self._ruilen(onderwerp, tak, groepen, soorten)
        ernaast = list(self._ernaast(tak, claims))
        for een, ander in combinations(sorted(groepen), 2):
            if groepen[een] == groepen[ander]:
                for sleutels in ernaast:
                    yield from replace(self, feiten=_verruil(self.feiten, sleutels, een, ander))._ruilen(
                        onderwerp, tak, groepen, ()
                    )

    def _ernaast(self, tak: frozenset[str], claims: Sequence[Claim]) -> Iterator[set[Sleutel]]:
        termen = {term for claim in claims for term in (*claim.maat.termen, *claim.maat.onder) if not term.is_kenmerk}
        for code in sorted({term.code for term in termen} - tak):
            if not (bij := self._tak(code)) & tak:
                yield {sleutel for sleutel in self.feiten.antwoord if sleutel[0] in bij}
            themas = {(code, THEMA + naam) for term in termen if term.code == code for naam in term.themas}
            yield from ({thema} for thema in sorted(themas) if thema in self.feiten.antwoord)

    def _ruilen(
        self, onderwerp, tak: frozenset[str], groepen: Mapping[int, str], soorten: Sequence[str]
    ) -> Iterator[Feiten]:
        gevraagd = sorted(self.feiten.is_gevraagd(onderwerp.code))
        if onderwerp.alle.verborgen:
            for dossier in gevraagd:
                yield from self._andere_antwoorden(onderwerp, tak, dossier)
        for een, ander in combinations(gevraagd, 2):
            if groepen.get(een) != groepen.get(ander):
                for sleutels in self._delen(onderwerp.code, tak):
                    if _zeiden_hetzelfde(self.feiten, sleutels, een, ander):
                        continue  # no figure would be another
                    wereld = _verruil(self.feiten, sleutels, een, ander)
                    yield wereld
                    for soort in soorten:
                        yield _verhuis(wereld, soort, een, ander)

    def _delen(self, code: str, tak: frozenset[str]) -> Iterator[set[Sleutel]]:
        """What can be exchanged by itself: the answer with what follows on it, a theme, or all of it."""
        alles = {sleutel for sleutel in self.feiten.antwoord if sleutel[0] in tak}
        themas = {sleutel for sleutel in alles if sleutel[0] == code and sleutel[1].startswith(THEMA)}
        yield alles
        if themas:
            yield alles - themas
            yield from ({thema} for thema in sorted(themas))

    def _andere_antwoorden(self, onderwerp, tak: frozenset[str], dossier: int) -> Iterator[Feiten]:
        """This dossier with each other answer; what followed on its own is not there then."""
        kaal = {s: wie - {dossier} for s, wie in self.feiten.antwoord.items() if s[0] in tak}
        gevuld = {c: wie - {dossier} for c, wie in self.feiten.gevuld.items() if c in tak - {onderwerp.code}}
        for rij in _rijen(onderwerp):
            if rij not in (*VRAAGRIJEN, *NORMRIJEN):
                sleutel = (onderwerp.code, rij)
                nieuw = kaal | {sleutel: kaal.get(sleutel, LEEG) | {dossier}}
                yield replace(
                    self.feiten, antwoord={**self.feiten.antwoord, **nieuw}, gevuld={**self.feiten.gevuld, **gevuld}
                )
        leeg = gevuld | {onderwerp.code: self.feiten.gevuld.get(onderwerp.code, LEEG) - {dossier}}
        yield replace(self.feiten, antwoord={**self.feiten.antwoord, **kaal}, gevuld={**self.feiten.gevuld, **leeg})


def _rijen(onderwerp: Vraaguitkomst | Normuitkomst) -> tuple[str, ...]:
    """The rows of its table, as a maat calls them."""
    if isinstance(onderwerp, Normuitkomst):
        return (*(oordeel.code for oordeel in onderwerp.oordelen), *NORMRIJEN)
    themas = (THEMA + slak(thema.naam) for thema in onderwerp.themas)
    return (*(keuze.code for keuze in onderwerp.keuzes), *themas, *VRAAGRIJEN)


def _wie(feiten: Feiten, code: str, rij: str) -> Verzameling:
    return feiten.waar(Term(code, (rij,)))


def _houdt(claim: Claim, wereld: Feiten) -> bool:
    """Whether these words could have been said in that world."""
    meting = wereld.meet(claim.maat)
    banden = tuple(claim.banden)
    return bool(meting.n) and all(h.houdt(meting.x, meting.n, banden) for h in claim.hoeveelheden)


def _zeiden_hetzelfde(feiten: Feiten, sleutels: set[Sleutel], een: int, ander: int) -> bool:
    """Also of an open question, of which only is kept that it was answered."""
    wie = [feiten.antwoord[s] for s in sleutels] + [feiten.gevuld.get(c, LEEG) for c in {code for code, _ in sleutels}]
    return all((een in zij) == (ander in zij) for zij in wie)


def _verruil(feiten: Feiten, sleutels: set[Sleutel], een: int, ander: int) -> Feiten:
    """The facts with what two dossiers have of these exchanged."""
    antwoord = {s: _wissel(feiten.antwoord[s], een, ander) for s in sleutels}
    codes = {code for code, antwoord_ in sleutels if not antwoord_.startswith(THEMA)}
    gevuld = {c: _wissel(feiten.gevuld[c], een, ander) for c in codes if c in feiten.gevuld}
    return replace(feiten, antwoord={**feiten.antwoord, **antwoord}, gevuld={**feiten.gevuld, **gevuld})


def _verhuis(feiten: Feiten, soort: str, een: int, ander: int) -> Feiten:
    """The facts with the areas of this kind of two dossiers exchanged: who lies in which of them is in no table."""
    per, waarden = feiten.gebied.get(soort, {}), feiten.kenmerk.get(soort, {})
    gebied = {**per, een: per.get(ander, LEEG), ander: per.get(een, LEEG)}
    kenmerk = {waarde: _wissel(wie, een, ander) for waarde, wie in waarden.items()}
    return replace(feiten, gebied={**feiten.gebied, soort: gebied}, kenmerk={**feiten.kenmerk, soort: kenmerk})


def _wissel(wie: Verzameling, een: int, ander: int) -> Verzameling:
    return wie ^ {een, ander} if (een in wie) != (ander in wie) else wie
