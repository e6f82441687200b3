"""What a file would do to the table of municipalities: the table as it stands and the rows of a file in, a plan out.

Pure, no Django: `regio.queries.stand` reads the table, `regio.actions` carries a plan out. In between anyone can look at it.

How a list of municipalities on a date D is understood:

- a code that is not in the table is a new municipality, from D;
- a municipality in the table that is not in the list ends on D, with its kenmerken and lidmaatschappen;
- a value that differs holds from D on: the period it falls in is cut in two at D. Older rows are never rewritten, except that
  a second list of the same date corrects the first;
- a list that is older than the newest change in the table may not add or end municipalities, and does not change names.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from regio.inlezen import Gemeentelijst, Gemeenteregel, Herindelingregel, Probleem, Regioregel, onbekende_regios
from regio.tekst import zoekvorm
from regio.waarden import leesbaar as getal

KENMERKVELDEN = {"inwoners": "inwoners", "inwoners_peildatum": "inwoners geteld op", "randstad": "ligt in de Randstad"}
OUDE_NAMEN = {("provincie", "friesland"): ("provincie", "fryslan")}  # as CBS wrote it until 2009
SPRONG = 0.25  # a number of inhabitants that changes by more than this share is thought to be a mistake
VEEL = 0.10  # a list that ends more than this share of the municipalities is thought to be incomplete


@dataclass(frozen=True)
class Kenmerkstand:
    pk: int
    geldig_van: date
    geldig_tot: date | None
    inwoners: int | None
    inwoners_peildatum: date | None
    randstad: bool | None
    voortrekker: bool


@dataclass(frozen=True)
class Lidstand:
    pk: int
    soort: str
    regio: str
    geldig_van: date
    geldig_tot: date | None


@dataclass(frozen=True)
class Peildag:
    """A day on which somebody above looked, or looks, at this municipality. A `vast` one is sealed: what held then stays."""

    dag: date
    naam: str
    vast: bool


@dataclass(frozen=True)
class Gemeentestand:
    pk: int
    code: str
    naam: str
    alias: str
    fictief: bool
    geldig_van: date
    geldig_tot: date | None
    kenmerken: tuple[Kenmerkstand, ...] = ()
    leden: tuple[Lidstand, ...] = ()
    met_de_hand: bool = False
    peildagen: tuple[Peildag, ...] = ()


@dataclass(frozen=True)
class Regiostand:
    pk: int
    soort: str
    code: str
    naam: str
    fictief: bool = False
    met_de_hand: bool = False


@dataclass(frozen=True)
class Stand:
    """The table as it is now. `herindelingen`: (date, old code, new code) → whether that is the designated successor."""

    gemeenten: dict[str, Gemeentestand] = field(default_factory=dict)
    regios: dict[tuple[str, str], Regiostand] = field(default_factory=dict)
    herindelingen: dict[tuple[date, str, str], bool] = field(default_factory=dict)
    grenzen: dict[str, dict[date, tuple[int, str]]] = field(default_factory=dict)  # code → from → (pk, sha256)

    @property
    def echte(self) -> list[Gemeentestand]:
        return [gemeente for gemeente in self.gemeenten.values() if not gemeente.fictief]

    @property
    def laatste_verandering(self) -> date:
        datums = [d for gemeente in self.echte for d in (gemeente.geldig_van, gemeente.geldig_tot) if d]
        return max(datums, default=date.min)


@dataclass
class Ingreep:
    """Everything that happens to one municipality. `wijzigingen` is for people: {what: [old, new]}."""

    soort: str  # nieuw, gewijzigd, opgeheven
    code: str
    naam: str
    pk: int | None = None
    velden: dict = field(default_factory=dict)
    kenmerken_nieuw: list[dict] = field(default_factory=list)
    kenmerken_anders: dict[int, dict] = field(default_factory=dict)
    kenmerken_weg: list[int] = field(default_factory=list)
    leden_nieuw: list[tuple[str, str, date, date | None]] = field(default_factory=list)
    leden_anders: dict[int, dict] = field(default_factory=dict)
    leden_weg: list[int] = field(default_factory=list)
    wijzigingen: dict[str, list] = field(default_factory=dict)


@dataclass(frozen=True)
class Grensingreep:
    """A boundary that is new from `vanaf`, or put right (`vervangt`, its pk)."""

    code: str
    naam: str
    pk: int
    vanaf: date
    vlakken: list = field(repr=False)
    sha256: str
    vervangt: int | None


@dataclass
class Bijwerking:
    """The plan. With `problemen` it must not be carried out; `waarschuwingen` are for who reads it."""

    reden: str
    ingrepen: list[Ingreep] = field(default_factory=list)
    herindelingen: list[Herindelingregel] = field(default_factory=list)
    regios_nieuw: list[Regioregel] = field(default_factory=list)
    regios_anders: list[tuple[Regiostand, Regioregel]] = field(default_factory=list)
    grenzen: list[Grensingreep] = field(default_factory=list)
    problemen: list[Probleem] = field(default_factory=list)
    waarschuwingen: list[str] = field(default_factory=list)
    ontzien: set[str] = field(default_factory=set)
    ongewijzigd: int = 0  # rows of the file that say what the table says already

    @property
    def stempel(self) -> str:
        """Differs as soon as carrying it out would do something else."""
        alles = (self.ingrepen, self.herindelingen, self.regios_nieuw, self.regios_anders, self.grenzen)
        return hashlib.sha256(repr(alles).encode()).hexdigest()

    @property
    def is_leeg(self) -> bool:
        return not (self.ingrepen or self.herindelingen or self.regios_nieuw or self.regios_anders or self.grenzen)

    def aantal(self, soort: str) -> int:
        return sum(ingreep.soort == soort for ingreep in self.ingrepen)


def geldt_op(ding, datum: date) -> bool:
    """Whether something with a half-open period holds on `datum`."""
    return ding.geldig_van <= datum and (ding.geldig_tot is None or datum < ding.geldig_tot)


# --- A list of municipalities --------------------------------------------------------------------------------------


def plan_gemeenten(
    lijst: Gemeentelijst, stand: Stand, *, toch: bool = False, ontzie_handwerk: bool = False
) -> Bijwerking:
    """What this list would do. `toch` lets it end many municipalities; `ontzie_handwerk` leaves those alone that somebody
    has changed by hand, and names them in `ontzien`."""
    plan = Bijwerking(reden=f"gemeentelijst per {lijst.peildatum:%d-%m-%Y}")
    regios = _regionamen(stand)
    onbekend: list[tuple[str, str, int]] = []
    for regel in lijst.regels:
        gemeente = stand.gemeenten.get(regel.code)
        if gemeente and ontzie_handwerk and gemeente.met_de_hand:
            plan.ontzien.add(gemeente.code)
            continue
        gekozen = _zoek_regios(regel, regios, onbekend)
        if bezwaar := _bezwaar_tegen_regel(regel, gemeente, lijst.peildatum, stand):
            plan.problemen.append(Probleem(bezwaar, regel.rij))
        elif gemeente is None:
            plan.ingrepen.append(_nieuwe_gemeente(regel, gekozen, lijst))
        else:
            ingreep = _gewijzigde_gemeente(gemeente, regel, gekozen, lijst, stand)
            if ingreep.wijzigingen:
                plan.ingrepen.append(ingreep)
            else:
                plan.ongewijzigd += 1
    plan.problemen[:0] = onbekende_regios(onbekend, Counter(r.soort for r in stand.regios.values() if not r.fictief))
    _plan_opheffingen(lijst, stand, plan, toch, ontzie_handwerk)
    plan.waarschuwingen += verdachte_wijzigingen(lijst, stand, plan.ingrepen)
    bewaak_peildagen(plan, stand, ontzie=ontzie_handwerk)
    return plan


def verdachte_wijzigingen(lijst: Gemeentelijst, stand: Stand, ingrepen: list[Ingreep]) -> list[str]:
    """What a list says that can be true, but is more often a mistake: shifted rows, another column, a code mistyped."""
    van_wie = {zoekvorm(gemeente.naam): gemeente for gemeente in stand.echte if geldt_op(gemeente, lijst.peildatum)}
    betrokken = {code for datum, *paar in stand.herindelingen if datum <= lijst.peildatum for code in paar}
    zinnen = []
    for ingreep in ingrepen:
        nieuwe_naam = ingreep.velden.get("naam")
        ander = van_wie.get(zoekvorm(nieuwe_naam)) if nieuwe_naam else None
        if ander and ander.code != ingreep.code:
            zinnen.append(f"{ingreep.code} heet voortaan {nieuwe_naam}, maar zo heet tot nu toe {ander.code}.")
        oud, nieuw = ingreep.wijzigingen.get("inwoners", (None, None))
        if oud is not None and nieuw is None:
            zinnen.append(
                f"Van {ingreep.code} {ingreep.naam} waren de inwoners bekend ({getal(oud)}); in het bestand is de cel leeg."
            )
        elif oud and abs(nieuw - oud) > SPRONG * oud and ingreep.code not in betrokken:
            zinnen.append(
                f"Van {ingreep.code} {ingreep.naam} gaan de inwoners van {getal(oud)} naar {getal(nieuw)}, zonder bekende herindeling."
            )
        if ingreep.soort == "gewijzigd" and all(ingreep.wijzigingen.get("provincie", ("", ""))):
            van, naar = ingreep.wijzigingen["provincie"]
            zinnen.append(f"{ingreep.code} {ingreep.naam} gaat van provincie {van} naar {naar}.")
    return zinnen


def bewaak_peildagen(plan: Bijwerking, stand: Stand, *, ontzie: bool = False) -> None:
    """A round looks at a municipality as it was on one day. What changes there is said, and refused when the round is closed;
    with `ontzie` it is left as it is instead."""
    for ingreep in list(plan.ingrepen):
        gemeente = stand.gemeenten.get(ingreep.code)
        for peildag in gemeente.peildagen if gemeente else ():
            if _toen(gemeente, peildag.dag) == _toen(gemeente, peildag.dag, ingreep):
                continue
            if ontzie and peildag.vast:
                plan.ingrepen.remove(ingreep)
                plan.ontzien.add(gemeente.code)
                break
            wat = f"{gemeente.code} {gemeente.naam} zoals zij was op {peildag.dag:%d-%m-%Y}, de peildatum van {peildag.naam}"
            if peildag.vast:
                plan.problemen.append(Probleem(f"dit verandert {wat}: die ronde is gesloten en blijft zoals zij was."))
            else:
                plan.waarschuwingen.append(f"Dit verandert {wat}.")


def _toen(gemeente: Gemeentestand, dag: date, ingreep: Ingreep | None = None) -> tuple:
    """What held of a municipality on a day, after `ingreep` when there is one."""
    ingreep = ingreep or Ingreep("", gemeente.code, gemeente.naam)
    tot = ingreep.velden.get("geldig_tot", gemeente.geldig_tot)
    kenmerken = [
        vars(k) | ingreep.kenmerken_anders.get(k.pk, {})
        for k in gemeente.kenmerken
        if k.pk not in ingreep.kenmerken_weg
    ]
    leden = [
        vars(lid) | ingreep.leden_anders.get(lid.pk, {}) for lid in gemeente.leden if lid.pk not in ingreep.leden_weg
    ]
    leden += [{"soort": s, "regio": r, "geldig_van": van, "geldig_tot": t} for s, r, van, t in ingreep.leden_nieuw]

    def op(rijen, velden):
        waarden = [tuple(rij.get(veld) for veld in velden) for rij in rijen if _in_periode(dag, rij)]
        return sorted(waarden, key=repr)

    bestaat = _in_periode(dag, {"geldig_van": gemeente.geldig_van, "geldig_tot": tot})
    return bestaat, op([*kenmerken, *ingreep.kenmerken_nieuw], KENMERKVELDEN), op(leden, ("soort", "regio"))


def _in_periode(dag: date, rij: dict) -> bool:
    return rij["geldig_van"] <= dag and (rij["geldig_tot"] is None or dag < rij["geldig_tot"])


def _bezwaar_tegen_regel(regel: Gemeenteregel, gemeente: Gemeentestand | None, datum: date, stand: Stand) -> str | None:
    if gemeente is None:
        if datum < stand.laatste_verandering:
            return (
                f"gemeente {regel.code} {regel.naam} staat niet in de tabel. Die is al bijgewerkt tot "
                f"{stand.laatste_verandering:%d-%m-%Y}: een oudere lijst kan geen gemeenten toevoegen."
            )
        return None
    if gemeente.fictief:
        return f"de code {regel.code} is in gebruik voor de fictieve gemeente {gemeente.naam}."
    if not geldt_op(gemeente, datum):
        return f"gemeente {gemeente.code} {gemeente.naam} bestaat volgens de tabel niet op {datum:%d-%m-%Y}."
    return None


def _regionamen(stand: Stand) -> dict[tuple[str, str], str]:
    """(kind, code or folded name) → code."""
    namen = {(r.soort, zoekvorm(r.naam)): r.code for r in stand.regios.values() if not r.fictief}
    for oud, nieuw in OUDE_NAMEN.items():
        if oud not in namen and nieuw in namen:
            namen[oud] = namen[nieuw]
    return namen | {(r.soort, r.code): r.code for r in stand.regios.values() if not r.fictief}


def _zoek_regios(regel: Gemeenteregel, namen: dict, onbekend: list[tuple[str, str, int]]) -> dict[str, set[str]]:
    gekozen = {}
    for soort, delen in regel.regios.items():
        gekozen[soort] = set()
        for deel in delen:
            code = namen.get((soort, deel)) or namen.get((soort, zoekvorm(deel)))
            if code:
                gekozen[soort].add(code)
            else:
                onbekend.append((soort, deel[:40], regel.rij))
    return gekozen


def _nieuwe_gemeente(regel: Gemeenteregel, gekozen: dict[str, set[str]], lijst: Gemeentelijst) -> Ingreep:
    van = lijst.peildatum
    kenmerken = {"geldig_van": van, "geldig_tot": None} | {veld: getattr(regel, veld) for veld in KENMERKVELDEN}
    return Ingreep(
        soort="nieuw",
        code=regel.code,
        naam=regel.naam,
        velden={"code": regel.code, "naam": regel.naam, "alias": regel.alias, "geldig_van": van},
        kenmerken_nieuw=[kenmerken] if lijst.kolommen & set(KENMERKVELDEN) else [],
        leden_nieuw=[(soort, code, van, None) for soort, codes in gekozen.items() for code in sorted(codes)],
    )


def _gewijzigde_gemeente(
    gemeente: Gemeentestand, regel: Gemeenteregel, gekozen: dict[str, set[str]], lijst: Gemeentelijst, stand: Stand
) -> Ingreep:
    ingreep = Ingreep(soort="gewijzigd", code=gemeente.code, naam=gemeente.naam, pk=gemeente.pk)
    if lijst.peildatum >= stand.laatste_verandering:
        if regel.naam != gemeente.naam:
            ingreep.velden["naam"] = regel.naam
            ingreep.wijzigingen["naam"] = [gemeente.naam, regel.naam]
        if regel.alias and regel.alias != gemeente.alias:
            ingreep.velden["alias"] = regel.alias
            ingreep.wijzigingen["andere naam"] = [gemeente.alias, regel.alias]
    _vergelijk_kenmerken(gemeente, regel, lijst, ingreep)
    for soort, codes in gekozen.items():
        _vergelijk_leden(gemeente, soort, codes, lijst.peildatum, ingreep, stand)
    return ingreep


def _vergelijk_kenmerken(gemeente: Gemeentestand, regel: Gemeenteregel, lijst: Gemeentelijst, ingreep: Ingreep) -> None:
    datum = lijst.peildatum
    velden = [
        v for v in KENMERKVELDEN if v in lijst.kolommen or (v == "inwoners_peildatum" and "inwoners" in lijst.kolommen)
    ]
    huidig = next((k for k in gemeente.kenmerken if geldt_op(k, datum)), None)
    anders = {veld: getattr(regel, veld) for veld in velden if getattr(huidig, veld, None) != getattr(regel, veld)}
    if not anders:
        return
    for veld, waarde in anders.items():
        ingreep.wijzigingen[KENMERKVELDEN[veld]] = [leesbaar(getattr(huidig, veld, None)), leesbaar(waarde)]
    if huidig and huidig.geldig_van == datum:
        ingreep.kenmerken_anders[huidig.pk] = anders
        return
    later = [k.geldig_van for k in gemeente.kenmerken if k.geldig_van > datum]
    nieuw = {"geldig_van": datum, "geldig_tot": min(later, default=gemeente.geldig_tot)}
    if huidig:
        ingreep.kenmerken_anders[huidig.pk] = {"geldig_tot": datum}
        nieuw = {"geldig_van": datum, "geldig_tot": huidig.geldig_tot, "voortrekker": huidig.voortrekker}
        nieuw |= {veld: getattr(huidig, veld) for veld in KENMERKVELDEN}
    ingreep.kenmerken_nieuw.append(nieuw | anders)


def _vergelijk_leden(
    gemeente: Gemeentestand, soort: str, codes: set[str], datum: date, ingreep: Ingreep, stand: Stand
) -> None:
    nu = [lid for lid in gemeente.leden if lid.soort == soort and geldt_op(lid, datum)]
    verdwenen = [lid for lid in nu if lid.regio not in codes]
    gekomen = sorted(codes - {lid.regio for lid in nu})
    if not verdwenen and not gekomen:
        return
    ingreep.wijzigingen[soort] = [
        ", ".join(sorted(stand.regios[soort, code].naam for code in regios))
        for regios in ({lid.regio for lid in nu}, codes)
    ]
    for lid in verdwenen:
        if lid.geldig_van == datum:
            ingreep.leden_weg.append(lid.pk)
        else:
            ingreep.leden_anders[lid.pk] = {"geldig_tot": datum}
    tot = next((lid.geldig_tot for lid in verdwenen), gemeente.geldig_tot)
    ingreep.leden_nieuw += [(soort, code, datum, tot) for code in gekomen]


def _plan_opheffingen(lijst: Gemeentelijst, stand: Stand, plan: Bijwerking, toch: bool, ontzie_handwerk: bool) -> None:
    datum = lijst.peildatum
    in_lijst = {regel.code for regel in lijst.regels}
    bestaand = [gemeente for gemeente in stand.echte if geldt_op(gemeente, datum)]
    weg = [gemeente for gemeente in bestaand if gemeente.code not in in_lijst]
    if ontzie_handwerk:
        plan.ontzien |= {gemeente.code for gemeente in weg if gemeente.met_de_hand}
        weg = [gemeente for gemeente in weg if not gemeente.met_de_hand]
    if len(weg) > VEEL * len(bestaand) and not toch:
        plan.problemen.append(
            Probleem(
                f"Volgens dit bestand zouden {len(weg)} van de {len(bestaand)} gemeenten zijn opgeheven. "
                "Dat lijkt op een onvolledig bestand.",
                te_bevestigen=True,
            )
        )
        return
    opgevolgd = {oud for (op, oud, _nieuw) in stand.herindelingen if op <= datum}
    for gemeente in weg:
        if datum < stand.laatste_verandering:
            plan.problemen.append(
                Probleem(
                    f"gemeente {gemeente.code} {gemeente.naam} staat niet in het bestand, maar bestond volgens de tabel wel op "
                    f"{datum:%d-%m-%Y}. De tabel is al bijgewerkt tot {stand.laatste_verandering:%d-%m-%Y}: een oudere lijst "
                    "kan geen gemeenten opheffen."
                )
            )
        elif gemeente.geldig_van == datum:
            plan.problemen.append(
                Probleem(
                    f"gemeente {gemeente.code} {gemeente.naam} staat niet in het bestand, maar begint volgens de tabel juist op "
                    f"{datum:%d-%m-%Y}."
                )
            )
        else:
            plan.ingrepen.append(_hef_op(gemeente, datum))
            if gemeente.code not in opgevolgd:
                plan.waarschuwingen.append(
                    f"{gemeente.code} {gemeente.naam} heeft nog geen opvolger: lees ook de herindelingen in."
                )


def _hef_op(gemeente: Gemeentestand, datum: date) -> Ingreep:
    """End a municipality, and what holds of it, on `datum`; also when it was thought to end later."""
    ingreep = Ingreep(soort="opgeheven", code=gemeente.code, naam=gemeente.naam, pk=gemeente.pk)
    ingreep.velden["geldig_tot"] = datum
    ingreep.wijzigingen["opgeheven per"] = [leesbaar(gemeente.geldig_tot), leesbaar(datum)]
    for rijen, anders, weg in (
        (gemeente.kenmerken, ingreep.kenmerken_anders, ingreep.kenmerken_weg),
        (gemeente.leden, ingreep.leden_anders, ingreep.leden_weg),
    ):
        for rij in rijen:
            if rij.geldig_van >= datum:
                weg.append(rij.pk)
            elif rij.geldig_tot is None or rij.geldig_tot > datum:
                anders[rij.pk] = {"geldig_tot": datum}
    return ingreep


# --- Herindelingen ---------------------------------------------------------------------------------------


def plan_herindelingen(
    regels: tuple[Herindelingregel, ...], stand: Stand, *, ontzie_handwerk: bool = False
) -> Bijwerking:
    """What these herindelingen would add. A municipality that goes over whole ends on that date; the date here is exact,
    where a list only says "before". What the table has already stays as it is."""
    plan = Bijwerking(reden="herindelingen")
    for regel in regels:
        if (regel.datum, regel.oud, regel.nieuw) in stand.herindelingen:
            plan.ongewijzigd += 1
            continue
        oud, nieuw = stand.gemeenten.get(regel.oud), stand.gemeenten.get(regel.nieuw)
        met_de_hand = {g.code for g in (oud, nieuw) if g and g.met_de_hand}
        if ontzie_handwerk and met_de_hand:
            plan.ontzien |= met_de_hand
            continue
        if bezwaar := _bezwaar_tegen_herindeling(regel, oud, nieuw, stand):
            plan.problemen.append(Probleem(bezwaar, regel.rij))
            continue
        plan.herindelingen.append(regel)
        if regel.deel == "geheel" and oud.geldig_tot != regel.datum:
            plan.ingrepen.append(_hef_op(oud, regel.datum))
    bewaak_peildagen(plan, stand, ontzie=ontzie_handwerk)
    return plan


def _bezwaar_tegen_herindeling(
    regel: Herindelingregel, oud: Gemeentestand | None, nieuw: Gemeentestand | None, stand: Stand
) -> str | None:
    wanneer = f"{regel.datum:%d-%m-%Y}"
    if oud is None or oud.fictief:
        return f"de oude gemeente {regel.oud} is niet bekend."
    if nieuw is None or nieuw.fictief:
        return f"de opvolger {regel.nieuw} is niet bekend. Lees eerst de gemeentelijst van na {wanneer} in."
    if not geldt_op(nieuw, regel.datum):
        return f"de opvolger {nieuw.code} {nieuw.naam} bestaat volgens de tabel niet op {wanneer}."
    if oud.geldig_van >= regel.datum:
        return f"de oude gemeente {oud.code} {oud.naam} bestaat volgens de tabel pas vanaf {oud.geldig_van:%d-%m-%Y}."
    if oud.geldig_tot and oud.geldig_tot < regel.datum:
        return f"de oude gemeente {oud.code} {oud.naam} is volgens de tabel al opgeheven per {oud.geldig_tot:%d-%m-%Y}."
    if regel.hoofdopvolger:
        for (datum, code, opvolger), hoofd in stand.herindelingen.items():
            if hoofd and (datum, code) == (regel.datum, regel.oud):
                return f"gemeente {oud.code} {oud.naam} heeft per {wanneer} al een aangewezen opvolger: {opvolger}."
    return None


def leesbaar(waarde) -> str | int | bool | None:
    return waarde.isoformat() if isinstance(waarde, date) else waarde
