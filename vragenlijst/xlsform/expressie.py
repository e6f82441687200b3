"""The `relevant` of an XLSForm: read, and brought back to "these answers to those questions". Pure, no Django.

XLSForm has the language of XPath. Ours has one answer to one question (decision 0003), so what is read here ends as a `Deel` for
each question that must hold: the answers of that question on which it does. `Onvertaalbaar` says in Dutch why it cannot.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_TEKENS = 2_000
TEKEN = re.compile(
    r"""\s*(?:
        (?P<vraag>\$\{\s*(?P<naam>[^}\s]+)\s*\})
      | (?P<tekst>'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”)
      | (?P<getal>-?\d+(?:\.\d+)?)
      | (?P<teken>!=|>=|<=|[=<>(),.+*|/-])
      | (?P<woord>[A-Za-z_][\w:-]*)
    )""",
    re.VERBOSE,
)


class Onvertaalbaar(Exception):
    """Our routing cannot hold this; the text is the Dutch reason, to follow a colon."""


@dataclass(frozen=True)
class Bron:
    """A question that a condition can be about, by the code it has here; and the codes of its answers, by their names in the form."""

    code: str
    keuzes: Mapping[str, str]
    per_keuze: Mapping[str, str] | None = None  # of select_multiple: the question that each choice has become


JA_OF_NEE = frozenset({"ja", "nee"})  # what a choice of select_multiple has become a question with

# What must hold: of each question (by our code) the answers on which it does.
Delen = dict[str, frozenset[str]]


def lees_voorwaarde(tekst: str, bronnen: Mapping[str, Bron | None]) -> Delen:
    """What must hold for this `relevant`. `bronnen` has each question by its name in the form: by what code and answers it is known
    here; None for one that has no fixed answers. Raises Onvertaalbaar.
    """
    if len(tekst) > MAX_TEKENS:
        raise Onvertaalbaar("de voorwaarde is te lang")
    return _Lezer(tekst, bronnen).alles()


class _Lezer:
    """or → and → not → comparison, one method each."""

    def __init__(self, tekst: str, bronnen: Mapping[str, Bron | None]):
        self.bronnen = bronnen
        self.alle = {bron.code: frozenset(bron.keuzes.values()) for bron in bronnen.values() if bron}
        self.tekens = list(_ontleed(tekst))
        self.plaats = 0
        self.diepte = 0

    def alles(self) -> Delen:
        delen = self._of()
        if self._kijk():
            raise Onvertaalbaar(f"na ‘{self._kijk()[1]}’ is zij niet te volgen")
        return delen

    def _kijk(self) -> tuple[str, str]:
        return self.tekens[self.plaats] if self.plaats < len(self.tekens) else ()

    def _neem(self, *verwacht: str) -> tuple[str, str]:
        teken = self._kijk()
        if not teken or (verwacht and teken[1] not in verwacht):
            raise Onvertaalbaar("zij is niet volledig of niet goed geschreven")
        self.plaats += 1
        return teken

    def _is(self, *woorden: str) -> bool:
        teken = self._kijk()
        return bool(teken) and teken[0] in ("woord", "teken") and teken[1] in woorden

    def _of(self) -> Delen:
        self.diepte += 1
        if self.diepte > 50:
            raise Onvertaalbaar("zij is te diep genest")
        delen = self._en()
        while self._is("or"):
            self._neem()
            delen = _een_van(delen, self._en())
        self.diepte -= 1
        return delen

    def _en(self) -> Delen:
        delen = self._niet()
        while self._is("and"):
            self._neem()
            delen = _allebei(delen, self._niet())
        return delen

    def _niet(self) -> Delen:
        if self._is("not"):
            self._neem()
            self._neem("(")
            delen = self._of()
            self._neem(")")
            return self._omgekeerd(delen)
        if self._is("("):
            self._neem()
            delen = self._of()
            self._neem(")")
            return delen
        if self._is("selected"):
            return self._selected()
        return self._vergelijking()

    def _selected(self) -> Delen:
        self._neem()
        self._neem("(")
        vraag = self._vraag(self._neem())
        self._neem(",")
        keuze = self._waarde(self._neem())
        self._neem(")")
        bron = self._bron(vraag)
        if bron.per_keuze is not None:
            return {_uit(bron.per_keuze, keuze, vraag): frozenset({"ja"})}
        return self._gelijk(vraag, keuze)

    def _vergelijking(self) -> Delen:
        links, hoe, rechts = self._neem(), self._neem(), self._neem()
        if links[0] == "woord" or rechts[0] == "woord":
            raise Onvertaalbaar(f"‘{links[1] if links[0] == 'woord' else rechts[1]}’ kent onze vragenlijst niet")
        if hoe[1] in ("<", ">", "<=", ">="):
            raise Onvertaalbaar(
                "een voorwaarde gaat hier over een antwoord uit een lijst, niet over meer of minder dan een getal"
            )
        if hoe[1] not in ("=", "!="):
            raise Onvertaalbaar("in een voorwaarde kan hier niet worden gerekend")
        if links[0] != "vraag":
            links, rechts = rechts, links
        vraag, keuze = self._vraag(links), self._waarde(rechts)
        if self._bron(vraag).per_keuze is not None:
            raise Onvertaalbaar(f"bij een vraag met meer antwoorden hoort selected(${{{vraag}}}, '{keuze}')")
        delen = self._gelijk(vraag, keuze)
        return delen if hoe[1] == "=" else self._omgekeerd(delen)

    def _gelijk(self, vraag: str, keuze: str) -> Delen:
        if not keuze:
            raise Onvertaalbaar("‘beantwoord’ of ‘leeg’ is hier geen voorwaarde; wel een bepaald antwoord")
        bron = self._bron(vraag)
        return {bron.code: frozenset({_uit(bron.keuzes, keuze, vraag)})}

    def _omgekeerd(self, delen: Delen) -> Delen:
        if len(delen) != 1:
            raise Onvertaalbaar("‘niet’ gaat hier over meer dan één vraag tegelijk")
        ((code, keuzes),) = delen.items()
        return {code: self.alle.get(code, JA_OF_NEE) - keuzes}

    def _bron(self, vraag: str) -> Bron:
        if vraag not in self.bronnen:
            raise Onvertaalbaar(f"de vraag ${{{vraag}}} staat niet eerder in het formulier, of is niet overgenomen")
        bron = self.bronnen[vraag]
        if bron is None:
            raise Onvertaalbaar(f"${{{vraag}}} is geen vraag met vaste antwoorden")
        return bron

    def _vraag(self, teken: tuple[str, str]) -> str:
        if teken[0] != "vraag":
            raise Onvertaalbaar("zij vergelijkt niet een vraag met een antwoord")
        return teken[1]

    def _waarde(self, teken: tuple[str, str]) -> str:
        if teken[0] not in ("tekst", "getal"):
            raise Onvertaalbaar("zij vergelijkt niet een vraag met een antwoord")
        return teken[1]


def _ontleed(tekst: str):
    plaats, eind = 0, len(tekst.rstrip())
    while plaats < eind:
        m = TEKEN.match(tekst, plaats)
        if not m:
            raise Onvertaalbaar(f"het teken ‘{tekst[plaats:].lstrip()[:1]}’ is hier niet te volgen")
        soort = next(naam for naam in ("vraag", "tekst", "getal", "teken", "woord") if m[naam] is not None)
        waarde = {"vraag": m["naam"], "tekst": (m["tekst"] or "")[1:-1]}.get(soort, m[soort])
        yield soort, waarde
        plaats = m.end()


def _uit(keuzes: Mapping[str, str], keuze: str, vraag: str) -> str:
    if keuze not in keuzes:
        raise Onvertaalbaar(f"‘{keuze}’ is geen antwoord op ${{{vraag}}}")
    return keuzes[keuze]


def _allebei(een: Delen, ander: Delen) -> Delen:
    return {vraag: een.get(vraag, ander.get(vraag)) & ander.get(vraag, een.get(vraag)) for vraag in {**een, **ander}}


def _een_van(een: Delen, ander: Delen) -> Delen:
    if een.keys() != ander.keys() or len(een) != 1:
        raise Onvertaalbaar(
            "‘of’ gaat over verschillende vragen, en een vraag hangt hier aan één antwoord op één vraag"
        )
    return {vraag: een[vraag] | ander[vraag] for vraag in een}
