"""Reads for drawing municipalities by lot: what a drawing would give, how one was made, and whether it comes out the same again."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256

from regio.grootte import met_code
from regio.models import Gemeente
from vragenlijst import loting
from vragenlijst.models import Dossier, Lot, Ronde, Trekking
from vragenlijst.queries.rondes import Kandidaat

Kenmerk, Stand, Verdeling = Trekking.Kenmerk, Lot.Stand, Trekking.Verdeling
ALLE = "alle"  # the one stratum of a drawing without any
JA_NEE = {True: "ja", False: "nee", None: "onbekend"}
AL_IN_RONDE = "stond al in de ronde, met de hand gekozen"


@dataclass(frozen=True)
class Ontwerp:
    """How a drawing is asked for. `aantallen` only for an own number per stratum; `uitgesloten` is {code: reason}."""

    zaad: str
    kenmerken: tuple[str, ...]
    verdeling: str
    aantal: int | None = None
    minimum: int = 0
    aantallen: Mapping[str, int] = field(default_factory=dict)
    uitgesloten: Mapping[str, str] = field(default_factory=dict)
    afbakening: str = ""


@dataclass(frozen=True)
class Stratum:
    sleutel: str
    naam: str
    getrokken: tuple[Kandidaat, ...]
    reserve: tuple[Kandidaat, ...]

    @property
    def aantal(self) -> int:
        return len(self.getrokken)

    @property
    def omvang(self) -> int:
        return len(self.getrokken) + len(self.reserve)


@dataclass(frozen=True)
class Voorstel:
    """What a drawing would give; nothing is stored. With a `bezwaar` nobody is drawn, but the strata are there to look at."""

    ontwerp: Ontwerp
    strata: tuple[Stratum, ...]
    uitgesloten: tuple[tuple[Kandidaat, str], ...]
    bezwaar: str = ""

    @property
    def omvang(self) -> int:
        return sum(stratum.omvang for stratum in self.strata)

    @property
    def aantal(self) -> int:
        return sum(stratum.aantal for stratum in self.strata)

    @property
    def aantallen(self) -> dict[str, int]:
        return {stratum.sleutel: stratum.aantal for stratum in self.strata}

    @property
    def eindigt(self) -> list[Kandidaat]:
        """Who is drawn, but ends before the field work does."""
        return [k for stratum in self.strata for k in stratum.getrokken if k.eindigt]

    @cached_property
    def stempel(self) -> str:
        """Differs as soon as drawing would do something else than what was shown."""
        stand = [
            asdict(self.ontwerp),
            [[s.sleutel, [k.gemeente.code for k in (*s.getrokken, *s.reserve)], s.aantal] for s in self.strata],
            [[k.gemeente.code, reden] for k, reden in self.uitgesloten],
        ]
        return sha256(json.dumps(stand, sort_keys=True).encode()).hexdigest()[:16]


def stratum_van(kandidaat: Kandidaat, kenmerken: tuple[str, ...]) -> str:
    waarden = {
        Kenmerk.ROL: str(kandidaat.rol),
        Kenmerk.GROOTTEKLASSE: str(kandidaat.grootteklasse.code),
        Kenmerk.RANDSTAD: JA_NEE[kandidaat.randstad],
    }
    return "/".join(waarden[kenmerk] for kenmerk in kenmerken) or ALLE


def stratumnaam(sleutel: str, kenmerken: tuple[str, ...] | list[str]) -> str:
    """ "voortrekker, 20.000 tot 50.000 inwoners, buiten de Randstad"."""
    if not kenmerken:
        return "alle gemeenten"
    ligging = {"ja": "in de Randstad", "nee": "buiten de Randstad", "onbekend": "ligging onbekend"}
    delen = []
    for kenmerk, waarde in zip(kenmerken, sleutel.split("/"), strict=True):
        if kenmerk == Kenmerk.GROOTTEKLASSE:
            delen.append(f"{met_code(int(waarde)).naam} inwoners" if waarde != "0" else "inwonertal onbekend")
        else:
            delen.append(ligging[waarde] if kenmerk == Kenmerk.RANDSTAD else waarde)
    return ", ".join(delen)


def voorstel(ontwerp: Ontwerp, populatie: Mapping[str, Kandidaat]) -> Voorstel:
    """Draw from these municipalities (by CBS code). No queries. Who is in the round already is left out, and says so."""
    redenen = {code: AL_IN_RONDE for code, kandidaat in populatie.items() if kandidaat.in_ronde} | {
        code: reden for code, reden in ontwerp.uitgesloten.items() if code in populatie
    }
    strata = {
        code: stratum_van(kandidaat, ontwerp.kenmerken) for code, kandidaat in populatie.items() if code not in redenen
    }
    omvang = Counter(strata.values())
    bezwaar, aantallen = "", {}
    try:
        aantallen = verdeel(ontwerp.verdeling, ontwerp.aantal, ontwerp.minimum, ontwerp.aantallen, omvang)
        geloot = loting.loot(strata, aantallen, ontwerp.zaad)
    except ValueError:
        bezwaar, geloot = _bezwaar(ontwerp, omvang), loting.loot(strata, {}, ontwerp.zaad)
    if not bezwaar and not sum(aantallen.values()):
        bezwaar = "Zo wordt er geen enkele gemeente getrokken."
    return Voorstel(
        ontwerp,
        tuple(
            Stratum(
                sleutel,
                stratumnaam(sleutel, ontwerp.kenmerken),
                tuple(populatie[code] for code in getrokken),
                tuple(populatie[code] for code in reserve),
            )
            for sleutel, (getrokken, reserve) in sorted(geloot.items(), key=lambda paar: _orde(paar[0]))
        ),
        tuple((populatie[code], redenen[code]) for code in populatie if code in redenen),
        bezwaar,
    )


def verdeel(
    verdeling: str, aantal: int | None, minimum: int, eigen: Mapping[str, int], omvang: Mapping[str, int]
) -> dict[str, int]:
    """How many of each stratum; ValueError when that cannot be."""
    if verdeling == Verdeling.NAAR_RATO:
        return loting.naar_rato(omvang, aantal or 0, minimum)
    if verdeling == Verdeling.GELIJK:
        return loting.gelijk(omvang, aantal or 0)
    return {stratum: eigen.get(stratum, 0) for stratum in omvang}


def _bezwaar(ontwerp: Ontwerp, omvang: Mapping[str, int]) -> str:
    samen = sum(omvang.values())
    if ontwerp.verdeling == Verdeling.EIGEN:
        return "Uit een stratum worden meer gemeenten gevraagd dan erin zitten."
    if (ontwerp.aantal or 0) > samen:
        return f"Er kunnen er hoogstens {samen} worden getrokken: {ontwerp.aantal} gaat niet."
    return (
        f"Er zijn {len(omvang)} strata. Met ten minste één gemeente uit elk stratum kan het aantal niet kleiner zijn."
    )


def _orde(sleutel: str) -> tuple:
    """Voortrekkers first, then from small to large municipalities."""
    return tuple((deel == "niet-voortrekker", deel) for deel in sleutel.split("/"))


# --- As it was drawn ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stratumstand:
    """One stratum of a drawing: how many were in the hat, were drawn, fell out, came in their place, take part now and are done."""

    naam: str
    omvang: int
    getrokken: int
    uitgevallen: int
    vervangers: int
    doet_mee: int
    vastgesteld: int


@dataclass(frozen=True)
class Trekkingstand:
    trekking: Trekking
    loten: tuple[Lot, ...]
    strata: tuple[Stratumstand, ...]
    afwijkingen: tuple[str, ...]  # what comes out otherwise when it is drawn again; empty when nothing does

    @property
    def samen(self) -> Stratumstand:
        velden = ("omvang", "getrokken", "uitgevallen", "vervangers", "doet_mee", "vastgesteld")
        return Stratumstand("Samen", *(sum(getattr(s, veld) for s in self.strata) for veld in velden))

    def met(self, *standen: str) -> list[Lot]:
        return [lot for lot in self.loten if lot.stand in standen]

    @property
    def deelnemers(self) -> list[Lot]:
        return sorted(self.met(Stand.GETROKKEN, Stand.VERVANGER), key=lambda lot: lot.gemeente.zoeknaam)

    @property
    def uitgevallen(self) -> list[Lot]:
        return self.met(Stand.UITGEVALLEN)

    @property
    def uitgesloten(self) -> list[Lot]:
        return sorted(self.met(Stand.UITGESLOTEN), key=lambda lot: lot.gemeente.zoeknaam)

    @property
    def lotenlijst(self) -> list[tuple[Lot, str]]:
        """(lot, name of its stratum), in the order of the lots of each stratum."""
        namen = {
            sleutel: stratumnaam(sleutel, self.trekking.kenmerken)
            for sleutel in {lot.stratum for lot in self.loten}
            if sleutel
        }
        return [(lot, namen.get(lot.stratum, "–")) for lot in self.loten]

    @property
    def hoe(self) -> str:
        """One sentence on how it was drawn."""
        trekking, samen = self.trekking, self.samen
        naar = [NAMEN[kenmerk] for kenmerk in trekking.kenmerken]
        strata = f", in {len(self.strata)} strata naar {_opsomming(naar)}" if naar else ""
        verdeling = "" if not naar else f", {VERDELINGEN[trekking.verdeling]}"
        if naar and trekking.minimum:
            verdeling += " met ten minste één uit elk stratum"
        getrokken = "is er 1" if samen.getrokken == 1 else f"zijn er {samen.getrokken}"
        uit = "1 gemeente" if samen.omvang == 1 else f"{samen.omvang} gemeenten"
        return f"Uit {uit} {getrokken} door loting getrokken{strata}{verdeling}."


NAMEN = {Kenmerk.ROL: "rol", Kenmerk.GROOTTEKLASSE: "grootteklasse", Kenmerk.RANDSTAD: "ligging"}
VERDELINGEN = {
    Verdeling.NAAR_RATO: "naar rato van hun omvang",
    Verdeling.GELIJK: "met een gelijk aantal per stratum",
    Verdeling.EIGEN: "met een vooraf gekozen aantal per stratum",
}


def _opsomming(delen: list[str]) -> str:
    return delen[0] if len(delen) == 1 else f"{', '.join(delen[:-1])} en {delen[-1]}"


def trekkingstand(ronde: Ronde) -> Trekkingstand | None:
    """How this round was drawn and what became of it; None when it was not drawn. Three queries."""
    trekking = Trekking.objects.filter(ronde=ronde).first()
    if trekking is None:
        return None
    loten = tuple(
        trekking.loten.select_related("gemeente", "vervangt__gemeente", "vervanger__gemeente").order_by(
            "stratum", "plaats", "pk"
        )
    )
    statussen = dict(ronde.dossiers.order_by().values_list("gemeente_id", "status"))
    per_stratum: dict[str, list[Lot]] = defaultdict(list)
    for lot in loten:
        if lot.stratum:
            per_stratum[lot.stratum].append(lot)
    strata = tuple(
        _stratumstand(stratumnaam(sleutel, trekking.kenmerken), trekking.aantallen.get(sleutel, 0), hier, statussen)
        for sleutel, hier in sorted(per_stratum.items(), key=lambda paar: _orde(paar[0]))
    )
    return Trekkingstand(trekking, loten, strata, tuple(herhaal(trekking, loten)))


def _stratumstand(naam: str, getrokken: int, loten: list[Lot], statussen: Mapping[int, str]) -> Stratumstand:
    standen = Counter(lot.stand for lot in loten)
    mee = [
        statussen[lot.gemeente_id]
        for lot in loten
        if lot.stand in (Stand.GETROKKEN, Stand.VERVANGER) and lot.gemeente_id in statussen
    ]
    return Stratumstand(
        naam,
        len(loten),
        getrokken,
        standen[Stand.UITGEVALLEN],
        sum(lot.vervangt_id is not None for lot in loten),
        len(mee),
        mee.count(Dossier.Status.VASTGESTELD),
    )


def herhaal(trekking: Trekking, loten: tuple[Lot, ...]) -> list[str]:
    """Draw again from what was in the hat, with the stored seed: what comes out otherwise, as sentences. No queries."""
    if trekking.algoritme != loting.ALGORITME:
        return [f"Getrokken met methode {trekking.algoritme}; deze versie kent alleen methode {loting.ALGORITME}."]
    in_hoed = {lot.gemeente.code: lot for lot in loten if lot.stratum}
    strata = {code: lot.stratum for code, lot in in_hoed.items()}
    omvang = Counter(strata.values())
    try:
        aantallen = verdeel(trekking.verdeling, trekking.aantal, trekking.minimum, trekking.aantallen, omvang)
        geloot = loting.loot(strata, aantallen, trekking.zaad)
    except ValueError:
        return ["Uit deze gemeenten kan het vastgelegde aantal niet worden getrokken."]
    afwijkingen = []
    if {s: n for s, n in aantallen.items() if n} != {s: n for s, n in trekking.aantallen.items() if n}:
        afwijkingen.append("De verdeling over de strata komt anders uit dan is vastgelegd.")
    for sleutel, (getrokken, reserve) in geloot.items():
        for plaats, code in enumerate([*getrokken, *reserve], start=1):
            lot = in_hoed[code]
            was_getrokken = lot.vervangt_id is None and lot.stand in (Stand.GETROKKEN, Stand.UITGEVALLEN)
            if lot.plaats != plaats or was_getrokken != (plaats <= len(getrokken)):
                naam = stratumnaam(sleutel, trekking.kenmerken)
                afwijkingen.append(f"{lot.gemeente}: loot als nummer {plaats} van ‘{naam}’, vastgelegd is anders.")
    return afwijkingen


def reserve_voor(lot: Lot) -> Lot | None:
    """Who comes in the place of this one: the first reserve of its stratum that exists on the peildatum, as far as is known by
    now, and is not in the round by another way."""
    ronde = lot.trekking.ronde
    bezet = ronde.dossiers.order_by().values("gemeente")
    bestaan = Gemeente.objects.op(ronde.peildatum).values("pk")
    reserves = lot.trekking.loten.filter(stratum=lot.stratum, stand=Stand.RESERVE, gemeente__in=bestaan)
    reserves = reserves.exclude(gemeente__in=bezet)
    return reserves.select_related("gemeente").order_by("plaats").first()


def getrokken_gemeenten(ronde: Ronde) -> set[int]:
    """The municipalities that are in the round because they were drawn: they leave it through the drawing."""
    loten = Lot.objects.filter(trekking__ronde=ronde, stand__in=[Stand.GETROKKEN, Stand.VERVANGER])
    return set(loten.order_by().values_list("gemeente_id", flat=True))
