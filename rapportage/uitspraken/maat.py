"""The maat of a sentence: which dossiers are counted, and out of which. Pure, no Django.

V1.1=ja                                    dossiers whose finding on V1.1 is ja, of those with an answer that says something
V1.2=ja|intentie rol=voortrekker           one of several answers, within a group
A2.8=voldoet van=dossiers                  a judgement, out of all dossiers
V3.4=thema:bewerkt-cijfers van=V3.4=ja     a theme of the analist, out of the dossiers with another answer
V2.1=ja&V2.2!=nee eenheid=rpa              several terms at once, one of them turned round; regions instead of dossiers
dossiers randstad=ja                       the dossiers themselves
rol=voortrekker                            a characteristic as what is counted, out of all dossiers
"""

import re
from dataclasses import dataclass

from regio.tekst import zoekvorm

THEMA = "thema:"
DOSSIERS = "dossiers"

# Characteristics of a dossier by which a group is named, with the kinds of regio among them.
REGIOSOORTEN = ("provincie", "rpa", "corop", "arbeidsmarktregio", "plusregio", "verband")
KENMERKEN = ("rol", "grootteklasse", "randstad", *REGIOSOORTEN, "gesproken", "periode")

# Instead of an answer: any answer.
BEANTWOORD = "*"

NOEMERS = ("beantwoord", "gevraagd", DOSSIERS)
GEMEENTEN, GESPREKKEN = "gemeenten", "gesprekken"
EENHEDEN = (GEMEENTEN, GESPREKKEN, "grootteklasse", *REGIOSOORTEN)

_CODE = re.compile(r"[A-Za-z]\w*(?:[.-]\w+)*")
_WAARDE = re.compile(r"[^\s&|={}\[\]]+")


class Onleesbaar(ValueError):
    """A maat that cannot be read; the message is a Dutch sentence for who wrote it."""


def slak(naam: str) -> str:
    """A name as it stands in a maat: 'Súdwest-Fryslân' → 'sudwest-fryslan'."""
    return zoekvorm(naam).replace(" ", "-")


@dataclass(frozen=True)
class Term:
    """That the answer to a question, the judgement on a norm or a characteristic is one of these; or, with `niet`, is not."""

    code: str
    antwoorden: tuple[str, ...]
    niet: bool = False

    def __str__(self):
        return f"{self.code}{'!=' if self.niet else '='}{'|'.join(self.antwoorden)}"

    @property
    def is_kenmerk(self) -> bool:
        return self.code in KENMERKEN

    @property
    def themas(self) -> tuple[str, ...]:
        """The themes among the answers, by their names as a slug."""
        return tuple(a.removeprefix(THEMA) for a in self.antwoorden if a.startswith(THEMA))


@dataclass(frozen=True)
class Maat:
    """What is counted (`termen`, all of which hold; none for the dossiers themselves) and out of which.

    The denominator is `noemer`, or the dossiers for which all of `onder` hold; both empty is the usual one of this maat.
    """

    termen: tuple[Term, ...] = ()
    groep: tuple[Term, ...] = ()
    noemer: str = ""
    onder: tuple[Term, ...] = ()
    eenheid: str = GEMEENTEN
    ronde: str = ""

    def __str__(self):
        delen = ["&".join(map(str, self.termen)) or DOSSIERS, *map(str, self.groep)]
        if self.noemer or self.onder:
            delen.append("van=" + (self.noemer or "&".join(map(str, self.onder))))
        if self.eenheid != GEMEENTEN:
            delen.append(f"eenheid={self.eenheid}")
        if self.ronde:
            delen.append(f"ronde={self.ronde}")
        return " ".join(delen)

    @property
    def noemt_themas(self) -> bool:
        return any(term.themas for term in (*self.termen, *self.onder))

    @property
    def codes(self) -> frozenset[str]:
        """The questions and norms that it needs."""
        return frozenset(t.code for t in (*self.termen, *self.onder) if not t.is_kenmerk)


def lees(tekst: str) -> Maat:
    """The maat that is written here. Raises Onleesbaar with a Dutch sentence that says what is wrong."""
    kop, *rest = tekst.split() or [""]
    if not kop:
        raise Onleesbaar("De maat is leeg.")
    termen = () if kop == DOSSIERS else _termen(kop)
    groep: dict[str, Term] = {}
    overige: dict[str, str] = {}
    for deel in rest:
        sleutel, teken, waarde = deel.partition("=")
        if not teken or not waarde:
            raise Onleesbaar(
                f"'{deel}' is geen toevoeging: er hoort een naam en een waarde te staan, zoals van=dossiers."
            )
        naam = sleutel.removesuffix("!")
        if naam in (groep if naam in KENMERKEN else overige):
            raise Onleesbaar(f"'{naam}' staat er twee keer.")
        if naam in KENMERKEN:
            groep[naam] = _term(deel)
        elif sleutel in ("van", "eenheid", "ronde"):
            overige[sleutel] = waarde
        else:
            raise Onleesbaar(
                f"'{naam}' is geen groep en geen toevoeging; kies uit {', '.join(KENMERKEN[:6])}, van, eenheid of ronde."
            )
    eenheid = overige.get("eenheid", GEMEENTEN)
    if eenheid not in EENHEDEN:
        raise Onleesbaar(f"'{eenheid}' is geen eenheid; kies uit {', '.join(EENHEDEN)}.")
    van = overige.get("van", "")
    noemer = van if van in NOEMERS else ""
    return Maat(
        termen=termen,
        groep=tuple(groep[naam] for naam in KENMERKEN if naam in groep),
        noemer=noemer,
        onder=_termen(van) if van and not noemer else (),
        eenheid=eenheid,
        ronde=overige.get("ronde", ""),
    )


def _termen(tekst: str) -> tuple[Term, ...]:
    return tuple(map(_term, tekst.split("&")))


def _term(tekst: str) -> Term:
    code, teken, antwoorden = tekst.partition("=")
    niet = code.endswith("!")
    code = code.removesuffix("!")
    if not teken or not antwoorden:
        raise Onleesbaar(f"'{tekst}' is geen maat: er hoort een code en een antwoord te staan, met = ertussen.")
    if not _CODE.fullmatch(code):
        raise Onleesbaar(f"'{code}' is geen code van een vraag of norm.")
    delen = tuple(dict.fromkeys(antwoorden.split("|")))
    for deel in delen:
        if not _WAARDE.fullmatch(deel):
            raise Onleesbaar(f"In '{tekst}' ontbreekt een antwoord of staat een teken dat daar niet kan staan.")
    return Term(code, delen, niet)
