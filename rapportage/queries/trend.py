"""Two rounds compared, from the database: a fixed number of queries, whatever the number of dossiers.

A transition is of a pair of dossiers, and which dossiers make a pair is a rule (`trend.koppel`: successors, predecessors that
disagree) that SQL does not know. So per finding and judgement three small values are read, not an object, and folded here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rapportage import trend
from rapportage.indelingen import ROL, waarde
from rapportage.queries.tellingen import OORDELEN
from rapportage.trend import Kant, Koppeling, Lottelling, Ontwikkeling, Overgang, Trendonderdeel, Trendregel
from rapportage.uitkomst import ALLE, Indeling, Optie
from regio.models import Gemeente, Herindeling
from regio.queries import hoofdopvolgers
from vragenlijst.models import Aandachtspunt, Beoordeling, Bevinding, Dossier, Keuze, Ronde, Vraag
from vragenlijst.queries import onderdelen_met_vragen, vragen_van
from vragenlijst.queries.intenties import Punt, punten_per_dossier, tellende_intenties

Stand = Callable[[int], str]  # of a dossier, by pk
NIEUW = "Deze vraag is nieuw ten opzichte van {toen}: er is niets om mee te vergelijken."
NORM_NIEUW = "Dit aandachtspunt is nieuw ten opzichte van {toen}: er is niets om mee te vergelijken."
ANDERE_LIJST = "{toen} had een andere vragenlijst: de antwoorden zijn niet te vergelijken."


def eerdere_rondes(ronde: Ronde) -> QuerySet[Ronde]:
    """The rounds that this one can be compared with, the latest first: that which it follows, and all of an earlier peildatum."""
    return (
        Ronde.objects.filter(Q(peildatum__lt=ronde.peildatum) | Q(pk=ronde.vorige_id))
        .exclude(pk=ronde.pk)
        .select_related("instrument")
    )


def ontwikkeling(nu: Ronde, toen: Ronde, indeling: Indeling = ROL, *, naar_nu: bool = False) -> Ontwikkeling:
    """Every closed question and norm in both rounds, over the municipalities that are in both (design 4.1 and 4.2).

    `naar_nu` applies the herindelingen up to the peildatum of the later round. The group of a pair is that of its dossier in
    the later round. Findings count as in `queries.uitkomsten`: as far as they are there, without those that lapsed.
    """
    dossiers = {ronde.pk: {} for ronde in (toen, nu)}
    opgeheven = {}
    for pk, ronde, gemeente, tot in Dossier.objects.filter(ronde__in=dossiers).values_list(
        "pk", "ronde", "gemeente", "gemeente__geldig_tot"
    ):
        dossiers[ronde][pk] = gemeente
        if tot and tot <= nu.peildatum:
            opgeheven[gemeente] = None
    bestemming = opgeheven | hoofdopvolgers(nu.peildatum) if naar_nu else None
    koppeling = trend.koppel(dossiers[toen.pk], dossiers[nu.pk], bestemming)
    noten = trend.noten(koppeling, dossiers[toen.pk], _overgangen(toen, nu), bestemming)
    groep_van = _groepen(nu, indeling, koppeling)
    gekozen = {paar.nu[0]: groep_van[paar.nu[0]] for paar in koppeling.paren}
    groepen = (*(groep for groep in indeling.groepen if groep.code in gekozen.values()), ALLE)
    vouw = _Vouw(koppeling, [gekozen[paar.nu[0]] for paar in koppeling.paren], [groep.code for groep in groepen])
    onderdelen, vervallen = _onderdelen(nu, toen, vouw)
    return Ontwikkeling(
        toen=_kant(toen, dossiers),
        nu=_kant(nu, dossiers),
        naar_nu=naar_nu,
        koppeling=koppeling,
        noten=noten,
        namen=dict(Gemeente.objects.filter(pk__in=_genoemd(noten)).values_list("pk", "naam")),
        indeling=indeling,
        groepen=groepen,
        per_groep=tuple(len(vouw.plekken(groep.code)) for groep in groepen),
        onderdelen=onderdelen,
        vervallen=vervallen,
    )


def _kant(ronde: Ronde, dossiers) -> Kant:
    return Kant(
        ronde.naam,
        ronde.slug,
        ronde.status == Ronde.Status.GESLOTEN,
        len(dossiers[ronde.pk]),
        ronde.instrument.code,
    )


def _genoemd(noten) -> set[int]:
    return {gemeente for noot in noten for gemeente in (noot.gemeente, *noot.andere)}


def _overgangen(toen: Ronde, nu: Ronde) -> list[Overgang]:
    """What happened to municipalities between the two days."""
    rijen = Herindeling.objects.filter(datum__gt=toen.peildatum, datum__lte=nu.peildatum).select_related("oud")
    return [
        Overgang(
            rij.oud_id,
            rij.nieuw_id,
            blijft=rij.oud.bestaat_op(nu.peildatum),
            bestond=rij.oud.bestaat_op(toen.peildatum),
        )
        for rij in rijen
    ]


def _groepen(nu: Ronde, indeling: Indeling, koppeling: Koppeling) -> dict[int, str]:
    """The code of the group of each dossier of the later round."""
    codes = {groep.waarde: groep.code for groep in indeling.groepen if groep.waarde}
    rijen = Dossier.objects.filter(ronde=nu).values_list("pk", waarde(nu, indeling))
    return {pk: codes.get(str(gevonden), str(gevonden)) for pk, gevonden in rijen}


class _Vouw:
    """Folds the states of dossiers into those of pairs, and these into a matrix per group."""

    def __init__(self, koppeling: Koppeling, groep_van_paar: list[str], groepen: list[str]):
        self.koppeling, self.paren, self.groepen = koppeling, koppeling.paren, groepen
        self._plekken = defaultdict(list)
        for plek, groep in enumerate(groep_van_paar):
            self._plekken[groep].append(plek)
        self._plekken[ALLE.code] = list(range(len(groep_van_paar)))

    def plekken(self, groep: str) -> list[int]:
        return self._plekken[groep]

    def __call__(self, toen: Stand, nu: Stand, opties: Sequence[Optie]) -> dict:
        """The part of a Trendregel that is counted."""
        standen = [(trend.stand(map(toen, paar.toen)), trend.stand(map(nu, paar.nu))) for paar in self.paren]
        inhoud = [optie.code for optie in opties]
        return {
            "opties": opties,
            "buiten": self._buiten(standen, toen, nu, set(inhoud)),
            "standen": standen,
            "per_groep": tuple(
                trend.overgangen((standen[plek] for plek in self._plekken[groep]), inhoud) for groep in self.groepen
            ),
        }

    def _buiten(self, standen: list[tuple[str, str]], toen: Stand, nu: Stand, inhoud: set[str]) -> tuple[int, int]:
        """How many dossiers of each round say something and are not compared: they are in no pair, or the other side is silent."""
        rest = [
            paar
            for paar, (van, naar) in zip(self.paren, standen, strict=True)
            if not (van in inhoud and naar in inhoud)
        ]
        return (
            sum(toen(d) in inhoud for d in (*self.koppeling.verdwenen, *(d for paar in rest for d in paar.toen))),
            sum(nu(d) in inhoud for d in (*self.koppeling.nieuw, *(d for paar in rest for d in paar.nu))),
        )


# --- Questions and norms ------------------------------------------------------------------------------------------


class _Lezing:
    """What the dossiers of one round say on its closed questions. The instrument takes three queries, the findings one."""

    def __init__(self, ronde: Ronde):
        self.onderdelen = onderdelen_met_vragen(ronde.instrument)
        self.vragen = {vraag.code: vraag for vraag in vragen_van(self.onderdelen)}
        self._keuzes = {keuze.pk: keuze for vraag in self.vragen.values() for keuze in vraag.keuzes.all()}
        rijen = Bevinding.objects.filter(dossier__ronde=ronde, vervallen=False, keuze__isnull=False).order_by()
        self._gekozen = {
            (dossier, vraag): keuze for dossier, vraag, keuze in rijen.values_list("dossier_id", "vraag_id", "keuze_id")
        }

    def stand(self, vraag: Vraag, dossier: int) -> str:
        keuze = self._keuzes.get(self._gekozen.get((dossier, vraag.pk)))
        if keuze:
            return keuze.code if keuze.soort == Keuze.Soort.INHOUD else keuze.soort
        voorwaarde = vraag.voorwaarde
        if voorwaarde and self._gekozen.get((dossier, voorwaarde.vraag_id)) != voorwaarde.pk:
            return trend.NIET_GEVRAAGD
        return trend.NIET_VASTGELEGD


def _onderdelen(nu: Ronde, toen: Ronde, vouw: _Vouw) -> tuple[list[Trendonderdeel], list[str]]:
    """The parts of the later instrument, and the codes of closed questions and norms that it has no more."""
    lezing = _Lezing(nu)
    eerder = _Lezing(toen)
    hoe = _stappen(Vraag, toen, nu)
    normen, normen_weg = _normen(nu, toen, vouw)
    onderdelen = [
        Trendonderdeel(
            onderdeel.code,
            onderdeel.titel,
            onderdeel.titel_aandachtspunten,
            [_vraag(vraag, lezing, eerder, hoe, vouw, toen) for vraag in onderdeel.vragen.all() if vraag.is_gesloten],
            normen[onderdeel.pk],
        )
        for onderdeel in lezing.onderdelen
    ]
    vervallen = [code for code, vraag in eerder.vragen.items() if vraag.is_gesloten and code not in lezing.vragen]
    return onderdelen, vervallen + normen_weg


def _vraag(vraag: Vraag, nu: _Lezing, eerder: _Lezing, hoe, vouw: _Vouw, toen: Ronde) -> Trendregel:
    vorige = eerder.vragen.get(vraag.code)
    opties = _opties(vraag, vorige)
    basis = {"code": vraag.code, "tekst": vraag.tekst, "kort": "", "is_norm": False}
    if hoe is None:
        return Trendregel(**basis, opties=opties, bezwaar=ANDERE_LIJST.format(toen=toen.naam))
    vergelijkbaarheid = trend.vergelijkbaarheid(hoe[vraag.code])
    if vorige is None or not vorige.is_gesloten or vergelijkbaarheid == trend.NIEUW:
        return Trendregel(**basis, opties=opties, bezwaar=NIEUW.format(toen=toen.naam))
    return Trendregel(
        **basis,
        vergelijkbaarheid=vergelijkbaarheid,
        **vouw(lambda d: eerder.stand(vorige, d), lambda d: nu.stand(vraag, d), opties),
    )


def _opties(vraag: Vraag, vorige: Vraag | None) -> list[Optie]:
    """What can be answered that says something: the choices of now, and those that only were there then."""
    keuzes = {}
    for bron in filter(None, (vraag, vorige)):
        for keuze in bron.keuzes.all():
            if keuze.soort == Keuze.Soort.INHOUD:
                keuzes.setdefault(keuze.code, Optie(keuze.code, keuze.naam))
    return list(keuzes.values())


def _stappen(soort: type[Vraag | Aandachtspunt], toen: Ronde, nu: Ronde) -> dict[str, list[str]] | None:
    """By code what each version since the earlier one says of it; None when it is another instrument altogether."""
    if toen.instrument.code != nu.instrument.code:
        return None
    versies = sorted((toen.instrument.versie, nu.instrument.versie))
    stappen = defaultdict(list)
    rijen = soort.objects.filter(
        onderdeel__instrument__code=nu.instrument.code,
        onderdeel__instrument__versie__gt=versies[0],
        onderdeel__instrument__versie__lte=versies[1],
    )
    for code, stap in rijen.order_by().values_list("code", "vergelijkbaarheid"):
        stappen[code].append(stap)
    return stappen


def _normen(nu: Ronde, toen: Ronde, vouw: _Vouw) -> tuple[dict[int, list[Trendregel]], list[str]]:
    """The norms of the later round by onderdeel, and the codes of those that it has no more."""
    hoe = _stappen(Aandachtspunt, toen, nu)
    instrumenten = {ronde.instrument_id for ronde in (toen, nu)}
    per_instrument = defaultdict(dict)
    for norm in Aandachtspunt.objects.filter(onderdeel__instrument__in=instrumenten).select_related("onderdeel"):
        per_instrument[norm.onderdeel.instrument_id][norm.code] = norm
    rijen = Beoordeling.objects.filter(dossier__ronde__in=(toen, nu)).order_by()
    oordelen = {
        (dossier, norm): oordeel
        for dossier, norm, oordeel in rijen.values_list("dossier_id", "aandachtspunt_id", "oordeel")
    }
    opties = [oordeel for oordeel in OORDELEN if oordeel.inhoudelijk]
    gevonden = defaultdict(list)
    eerder, hier = per_instrument[toen.instrument_id], per_instrument[nu.instrument_id]
    for code, norm in hier.items():
        vorige = eerder.get(code)
        basis = {"code": code, "tekst": norm.tekst, "kort": norm.kort, "is_norm": True}
        vergelijkbaarheid = trend.vergelijkbaarheid(hoe[code]) if hoe is not None else ""
        if hoe is None:
            regel = Trendregel(**basis, opties=opties, bezwaar=ANDERE_LIJST.format(toen=toen.naam))
        elif vorige is None or vergelijkbaarheid == trend.NIEUW:
            regel = Trendregel(**basis, opties=opties, bezwaar=NORM_NIEUW.format(toen=toen.naam))
        else:
            regel = Trendregel(
                **basis,
                vergelijkbaarheid=vergelijkbaarheid,
                **vouw(_oordeel(oordelen, vorige), _oordeel(oordelen, norm), opties),
            )
        gevonden[norm.onderdeel_id].append(regel)
    return gevonden, [code for code in eerder if code not in hier]


def _oordeel(oordelen: dict[tuple[int, int], str], norm: Aandachtspunt) -> Stand:
    return lambda dossier: oordelen.get((dossier, norm.pk), trend.NIET_VASTGELEGD)


# --- The dossiers behind a cell -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paarregel:
    """One municipality in the comparison of a question or norm: its dossiers, and in which state they were."""

    gemeente: str
    toen: tuple[Dossier, ...]
    nu: tuple[Dossier, ...]
    van: str
    naar: str
    groep: str

    @property
    def richting(self) -> int:
        return trend.richting(self.van, self.naar)


def paarregels(vergeleken: Ontwikkeling, regel: Trendregel, nu: Ronde) -> list[Paarregel]:
    """The pairs with their states on this question or norm, by name. Two queries."""
    paren = vergeleken.koppeling.paren
    nummers = [dossier for paar in paren for dossier in (*paar.toen, *paar.nu)]
    dossiers = Dossier.objects.select_related("gemeente").in_bulk(nummers)
    groep_van = _groepen(nu, vergeleken.indeling, vergeleken.koppeling)
    regels = [
        Paarregel(
            dossiers[paar.nu[0]].gemeente.naam,
            tuple(dossiers[d] for d in paar.toen),
            tuple(dossiers[d] for d in paar.nu),
            van,
            naar,
            groep_van[paar.nu[0]],
        )
        for paar, (van, naar) in zip(paren, regel.standen, strict=True)
    ]
    return sorted(regels, key=lambda regel: regel.nu[0].gemeente.zoeknaam)


# --- What became of intentions ------------------------------------------------------------------------------------

OPEN = "open"  # of an intention: not yet said what became of it


@dataclass(frozen=True)
class Lotgeval:
    """An intention of the previous round in the dossier that follows it up, and what was found on its question since."""

    dossier: Dossier
    punt: Punt
    bevinding: Bevinding | None

    @property
    def uitkomst(self) -> str:
        return self.punt.opvolging.uitkomst if self.punt.opvolging else OPEN


@dataclass(frozen=True)
class Lot:
    """All intentions of the previous round. `elders` are those of municipalities without a dossier in this one."""

    gevallen: Sequence[Lotgeval]
    elders: int

    @property
    def telling(self) -> Lottelling:
        return Lottelling(
            len(self.gevallen),
            len({geval.dossier.pk for geval in self.gevallen}),
            Counter(geval.uitkomst for geval in self.gevallen if geval.uitkomst != OPEN),
            self.elders,
        )


def lot_van_intenties(ronde: Ronde) -> Lot:
    """What became of the intentions of the round before (V08/01, Vervolg); empty when this round follows on none."""
    if not ronde.vorige_id:
        return Lot((), 0)
    dossiers = list(Dossier.objects.filter(ronde=ronde).select_related("gemeente").order_by("gemeente__zoeknaam"))
    punten = punten_per_dossier(dossiers)
    gevonden = {
        (bevinding.dossier_id, bevinding.vraag.code): bevinding
        for bevinding in Bevinding.objects.filter(
            dossier__in=[pk for pk, lijst in punten.items() if lijst], vervallen=False
        )
        .filter(vraag__code__in={punt.vraag.code for lijst in punten.values() for punt in lijst})
        .select_related("vraag", "keuze", "gemeente")
    }
    gevallen = [
        Lotgeval(dossier, punt, gevonden.get((dossier.pk, punt.vraag.code)))
        for dossier in dossiers
        for punt in punten[dossier.pk]
    ]
    hier = {geval.punt.intentie.pk for geval in gevallen}
    return Lot(gevallen, sum(intentie.pk not in hier for intentie in tellende_intenties(ronde.vorige)))
