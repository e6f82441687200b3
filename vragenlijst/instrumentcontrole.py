"""What is wrong with an instrument: routes that lead nowhere, codes used twice, norms that nothing asks about. Pure, no Django.

    bezwaren(inhoud)          everything, in the order of the instrument
    bezwaren(inhoud, vorige)  the same, also held against the version before

A *breuk* contradicts itself so that it cannot even be stored; a *fout* stands in the way of vaststellen; an *opmerking* does not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from vragenlijst.instrumentgegeven import Instrumentgegeven, Normgegeven, Vraaggegeven

MEESTE_VRAGEN = 500


class Ernst(StrEnum):
    BREUK = "breuk"
    FOUT = "fout"
    OPMERKING = "opmerking"


NAMEN = {
    "instrument": "Het instrument",
    "actorgroep": "Actorgroep",
    "bewijssoort": "Bewijssoort",
    "onderdeel": "Onderdeel",
    "vraag": "Vraag",
    "aandachtspunt": "Aandachtspunt",
}


@dataclass(frozen=True)
class Bezwaar:
    """What is wrong with one thing; `soort` and `code` say which (soort is a key of NAMEN, code empty for the instrument).
    `tegen_vorige` when it says of itself what the version before does not bear out."""

    ernst: Ernst
    soort: str
    code: str
    zin: str
    tegen_vorige: bool = False

    @property
    def waar(self) -> str:
        return f"{NAMEN[self.soort]} {self.code}".strip()

    def __str__(self):
        return f"{self.waar}: {self.zin}"

    @property
    def blokkeert(self) -> bool:
        return self.ernst is not Ernst.OPMERKING


def bezwaren(inhoud: Instrumentgegeven, vorige: Instrumentgegeven | None = None) -> list[Bezwaar]:
    """Everything that is wrong: what is worst first, then what this version brought, and else in the order of the instrument."""
    controle = _Controle(inhoud)
    gevonden = [*controle.breuken(), *controle.fouten(), *controle.opmerkingen()]
    if vorige is not None:
        gevonden += _tegen_vorige(inhoud, vorige)
    rang = {soort: plaats for plaats, soort in enumerate(NAMEN)}
    return sorted(
        gevonden,
        key=lambda b: (list(Ernst).index(b.ernst), not b.tegen_vorige, rang[b.soort], controle.plaats.get(b.code, 0)),
    )


def breuken(inhoud: Instrumentgegeven) -> list[Bezwaar]:
    """What keeps it from being stored at all."""
    return list(_Controle(inhoud).breuken())


class _Controle:
    def __init__(self, inhoud: Instrumentgegeven):
        self.inhoud = inhoud
        self.vragen = {vraag.code: vraag for vraag in reversed(inhoud.vragen)}  # of a code used twice, the first
        self.plaats = {vraag.code: nr for nr, vraag in reversed(list(enumerate(inhoud.vragen)))}

    # --- What cannot be stored ----------------------------------------------------------------------------------------

    def breuken(self) -> Iterator[Bezwaar]:
        groepen = {
            "actorgroep": self.inhoud.actorgroepen,
            "bewijssoort": self.inhoud.bewijssoorten,
            "onderdeel": self.inhoud.onderdelen,
            "vraag": self.inhoud.vragen,
            "aandachtspunt": self.inhoud.aandachtspunten,
        }
        if len(self.inhoud.vragen) > MEESTE_VRAGEN:
            zin = f"telt {len(self.inhoud.vragen)} vragen; ten hoogste {MEESTE_VRAGEN} kan."
            yield Bezwaar(Ernst.BREUK, "instrument", "", zin)
        for soort, dingen in groepen.items():
            for code in dubbel(ding.code for ding in dingen):
                yield Bezwaar(Ernst.BREUK, soort, code, "deze code komt meer dan eens voor.")
        for vraag in self.inhoud.vragen:
            for zin in self._breuken_van_vraag(vraag):
                yield Bezwaar(Ernst.BREUK, "vraag", vraag.code, zin)
        soorten = {soort.code for soort in self.inhoud.bewijssoorten}
        for norm in self.inhoud.aandachtspunten:
            for code in sorted(norm.vragen - self.vragen.keys()):
                yield Bezwaar(Ernst.BREUK, "aandachtspunt", norm.code, f"vraag {code} bestaat niet.")
            for code in sorted(norm.bewijssoorten - soorten):
                yield Bezwaar(Ernst.BREUK, "aandachtspunt", norm.code, f"bewijssoort '{code}' bestaat niet.")

    def _breuken_van_vraag(self, vraag: Vraaggegeven) -> Iterator[str]:
        for code in dubbel(keuze.code for keuze in vraag.keuzes):
            yield f"de keuze '{code}' komt meer dan eens voor."
        if vraag.hoofdvraag and vraag.hoofdvraag not in self.vragen:
            yield f"de hoofdvraag {vraag.hoofdvraag} bestaat niet."
        for andere, keuze in voorwaarden(vraag):
            if andere not in self.vragen:
                yield f"de voorwaarde gaat over vraag {andere}, die niet bestaat."
            elif self._biedt_niet(andere, keuze):
                yield f"de voorwaarde noemt '{keuze}', maar dat is geen keuze van vraag {andere}."

    def _biedt_niet(self, code: str, keuze: str) -> bool:
        vraag = self.vragen[code]
        return vraag.soort != "keuze" or keuze not in {k.code for k in vraag.keuzes}

    # --- What keeps it from being vastgesteld --------------------------------------------------------------------------

    def fouten(self) -> Iterator[Bezwaar]:
        if not self.inhoud.actorgroepen:
            yield Bezwaar(Ernst.FOUT, "instrument", "", "er is geen actorgroep om te bevragen.")
        if not self.inhoud.vragen:
            yield Bezwaar(Ernst.FOUT, "instrument", "", "er is geen enkele vraag.")
        for onderdeel in self.inhoud.onderdelen:
            if not (onderdeel.vragen or onderdeel.aandachtspunten):
                zin = "dit onderdeel is leeg: er staat geen vraag en geen aandachtspunt in."
                yield Bezwaar(Ernst.FOUT, "onderdeel", onderdeel.code, zin)
        for vraag in self.inhoud.vragen:
            for zin in self._fouten_van_vraag(vraag):
                yield Bezwaar(Ernst.FOUT, "vraag", vraag.code, zin)
        for norm in self.inhoud.aandachtspunten:
            if norm.code in self.vragen:
                yield Bezwaar(Ernst.FOUT, "aandachtspunt", norm.code, "er is ook een vraag met deze code.")
            if bool(norm.bewijs) != bool(norm.bewijssoorten):
                zin = "'bewijs' en 'bewijssoorten' horen bij elkaar; één van beide ontbreekt."
                yield Bezwaar(Ernst.FOUT, "aandachtspunt", norm.code, zin)

    def _fouten_van_vraag(self, vraag: Vraaggegeven) -> Iterator[str]:
        if vraag.soort == "keuze" and not vraag.inhoudelijk:
            yield "deze gesloten vraag heeft geen keuzes."
        hoofdvraag = self.vragen.get(vraag.hoofdvraag)
        if hoofdvraag and hoofdvraag.hoofdvraag:
            yield f"de hoofdvraag {vraag.hoofdvraag} is zelf een vervolgvraag."
        if kring := self._kring(vraag.code):
            yield f"de voorwaarden lopen in een kring ({' → '.join(kring)})."
            return
        for andere, keuze in voorwaarden(vraag):
            if andere not in self.vragen or self._biedt_niet(andere, keuze):
                continue  # a breuk, and said there
            if self.plaats[andere] > self.plaats[vraag.code]:
                yield f"de voorwaarde gaat over vraag {andere}, die pas later wordt gesteld."
            elif andere in self.onbereikbaar:
                yield f"wordt nooit gesteld: zij hangt af van vraag {andere}, die zelf nooit wordt gesteld."

    def _kring(self, begin: str) -> list[str]:
        """The shortest way from `begin` back to itself along the conditions; empty when there is none."""
        vandaan: dict[str, str] = {}
        te_gaan = [begin]
        for code in te_gaan:
            for andere, _ in voorwaarden(self.vragen[code]):
                if andere == begin:
                    pad = [begin, code]
                    while pad[-1] != begin:
                        pad.append(vandaan[pad[-1]])
                    return [begin, *reversed(pad[:-1])] if code != begin else [begin, begin]
                if andere in self.vragen and andere not in vandaan:
                    vandaan[andere] = code
                    te_gaan.append(andere)
        return []

    @cached_property
    def onbereikbaar(self) -> frozenset[str]:
        """Questions that no row of answers opens, asked in the order in which they stand."""
        open_: set[str] = set()
        for vraag in self.inhoud.vragen:
            if all(a in open_ and not self._biedt_niet(a, keuze) for a, keuze in voorwaarden(vraag)):
                open_.add(vraag.code)
        return frozenset(self.vragen.keys() - open_)

    # --- What deserves a second look -----------------------------------------------------------------------------------

    def opmerkingen(self) -> Iterator[Bezwaar]:
        over = {code for norm in self.inhoud.aandachtspunten for code in norm.vragen}
        teksten = Counter(_kern(vraag) for vraag in self.inhoud.vragen)
        for vraag in self.inhoud.vragen:
            for zin in self._opmerkingen_bij_vraag(vraag, over, teksten):
                yield Bezwaar(Ernst.OPMERKING, "vraag", vraag.code, zin)
        for norm in self.inhoud.aandachtspunten:
            yield from _opmerkingen_bij_norm(norm)
        gevraagd = {code for norm in self.inhoud.aandachtspunten for code in norm.bewijssoorten}
        for soort in self.inhoud.bewijssoorten:
            if soort.code not in gevraagd:
                yield Bezwaar(Ernst.OPMERKING, "bewijssoort", soort.code, "geen aandachtspunt vraagt om zo'n stuk.")
        for onderdeel in self.inhoud.onderdelen:
            if onderdeel.aandachtspunten and not onderdeel.vragen:
                yield Bezwaar(Ernst.OPMERKING, "onderdeel", onderdeel.code, "in dit onderdeel staat geen vraag.")

    def _opmerkingen_bij_vraag(self, vraag: Vraaggegeven, over: set[str], teksten: Counter) -> Iterator[str]:
        if vraag.code not in over:
            yield "geen aandachtspunt wordt met deze vraag beoordeeld."
        if len(vraag.inhoudelijk) == 1:
            yield "er is maar één antwoord te kiezen."
        if teksten[_kern(vraag)] > 1:
            yield "er is nog een vraag met precies deze tekst."
        yield from self._plaats_van_vervolg(vraag)

    def _plaats_van_vervolg(self, vraag: Vraaggegeven) -> Iterator[str]:
        hoofd = self.vragen.get(vraag.hoofdvraag)
        if hoofd is None or hoofd.hoofdvraag:
            return  # no follow-up, or a fault, and said there
        boven = self.hoofd_boven.get(vraag.code, "")
        if self.plaats[hoofd.code] > self.plaats[vraag.code]:
            yield f"deze vervolgvraag staat vóór haar hoofdvraag {hoofd.code}."
        elif boven != hoofd.code:
            yield f"deze vervolgvraag staat niet onder haar hoofdvraag {hoofd.code}{boven and f', maar onder {boven}'}."

    @cached_property
    def hoofd_boven(self) -> dict[str, str]:
        """Of each follow-up the main question below which it is seen to stand, in its onderdeel."""
        gezien: dict[str, str] = {}
        for onderdeel in self.inhoud.onderdelen:
            hoofd = ""
            for vraag in onderdeel.vragen:
                if vraag.hoofdvraag:
                    gezien[vraag.code] = hoofd
                else:
                    hoofd = vraag.code
        return gezien


def voorwaarden(vraag: Vraaggegeven) -> tuple[tuple[str, str], ...]:
    """The (question, choice) pairs on which this question hangs."""
    return (vraag.voorwaarde,) if vraag.voorwaarde else ()


def dubbel(codes: Iterable[str]) -> list[str]:
    return [code for code, aantal in Counter(codes).items() if aantal > 1]


def _opmerkingen_bij_norm(norm: Normgegeven) -> Iterator[Bezwaar]:
    if not norm.vragen:
        zin = "geen vraag gaat hierover: de inspecteur beoordeelt het op wat verder in het dossier staat."
        yield Bezwaar(Ernst.OPMERKING, "aandachtspunt", norm.code, zin)


def _kern(vraag: Vraaggegeven) -> tuple[str, str]:
    """Follow-ups of two questions may well be worded alike."""
    return vraag.hoofdvraag, " ".join(vraag.tekst.casefold().split())


def _tegen_vorige(inhoud: Instrumentgegeven, vorige: Instrumentgegeven) -> Iterator[Bezwaar]:
    """What a question or norm says of the one of its code in the version before, against what is seen."""
    for soort, eerder, nu, vorm, wat in (
        ("vraag", vorige.vragen, inhoud.vragen, _antwoorden, "wat men kan antwoorden"),
        ("aandachtspunt", vorige.aandachtspunten, inhoud.aandachtspunten, _bewijs, "het bewijs dat wordt gevraagd"),
    ):
        bekend = {ding.code: ding for ding in eerder}
        for ding in nu:
            was, heet = bekend.get(ding.code), ding.vergelijkbaarheid
            if was is None and heet != "nieuw":
                zin = f"heet '{heet}', maar versie {vorige.versie} heeft geen {soort} met deze code."
                yield Bezwaar(Ernst.FOUT, soort, ding.code, zin, tegen_vorige=True)
            elif was is not None and heet == "gelijk" and was.tekst != ding.tekst:
                zin = f"heet 'gelijk', maar de tekst is anders dan in versie {vorige.versie}."
                yield Bezwaar(Ernst.OPMERKING, soort, ding.code, zin, tegen_vorige=True)
            elif was is not None and heet != "nieuw" and vorm(was) != vorm(ding):
                zin = f"heet '{heet}', maar {wat} is anders dan in versie {vorige.versie}."
                yield Bezwaar(Ernst.OPMERKING, soort, ding.code, zin, tegen_vorige=True)


def _antwoorden(vraag: Vraaggegeven) -> tuple:
    return vraag.soort, vraag.getal, frozenset(keuze.code for keuze in vraag.keuzes)


def _bewijs(norm: Normgegeven) -> tuple:
    return bool(norm.bewijs), norm.bewijssoorten
