"""Reads over municipalities, regions and people. Frozen dataclasses out, a fixed number of queries whatever the number of rows."""

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from regio import deelname
from regio.bijwerken import Gemeentestand, Kenmerkstand, Lidstand, Regiostand, Stand
from regio.grootte import GROOTTEKLASSEN, Grootteklasse, grootteklasse
from regio.herkennen import Bekend, herken
from regio.models import Gebeurtenis, Gemeente, Grens, Herindeling, Kenmerken, Lidmaatschap, Regio
from regio.vertellen import Verhaal, vertel

# How the `reden` begins of changes that came with the application: what has none but these was never touched by anyone.
REDEN_REFERENTIE = "referentiegegevens: "


# --- Municipalities through time -------------------------------------------------------------------------------------


def bijgewerkt_tot() -> date:
    """The date of the newest change in the table of real municipalities: of what happened later it knows nothing."""
    datums = Gemeente.objects.echt().aggregate(van=Max("geldig_van"), tot=Max("geldig_tot"))
    return max(filter(None, datums.values()), default=timezone.localdate())


def veranderdata(hoogstens: int = 8) -> list[date]:
    """The newest days on which the list of real municipalities changed, oldest first: the useful ones to look at."""
    van = Gemeente.objects.echt().values_list("geldig_van", flat=True)
    tot = Gemeente.objects.echt().exclude(geldig_tot=None).values_list("geldig_tot", flat=True)
    return sorted(van.order_by().union(tot.order_by()))[-hoogstens:]


def opvolgers(gemeente: Gemeente, datum: date) -> tuple[Gemeente, ...]:
    """The municipalities that hold this one's territory on `datum`: itself as long as it exists, else all that followed it.

    After a split there are several. Empty when the date lies before its time, or when no successor is known.
    """
    if gemeente.bestaat_op(datum):
        return (gemeente,)
    if datum < gemeente.geldig_van:
        return ()
    gevonden = _volg(gemeente.pk, datum, _overgangen(datum))
    return tuple(Gemeente.objects.op(datum).filter(pk__in=gevonden))


def opvolgers_per_gemeente(gemeenten: Iterable[Gemeente], datum: date) -> dict[int, set[int]]:
    """The same for many at once, by pk: two queries, however many municipalities there are."""
    overgangen = _overgangen(datum)
    bestaand = set(Gemeente.objects.op(datum).values_list("pk", flat=True))
    gevonden = {}
    for gemeente in gemeenten:
        if gemeente.bestaat_op(datum):
            gevonden[gemeente.pk] = {gemeente.pk}
        elif datum < gemeente.geldig_van:
            gevonden[gemeente.pk] = set()
        else:
            gevonden[gemeente.pk] = _volg(gemeente.pk, datum, overgangen) & bestaand
    return gevonden


def hoofdopvolgers(datum: date) -> dict[int, int]:
    """For each municipality that ended on or before `datum`: the one designated successor on that date, both by pk.

    For comparing rounds in today's division. A municipality that still exists is not in it, nor one without a known successor.
    """
    overgangen = _overgangen(datum, hoofdopvolger=True)
    bestaand = set(Gemeente.objects.op(datum).values_list("pk", flat=True))
    kaart = {}
    for pk in set(overgangen) - bestaand:
        if einde := _volg(pk, datum, overgangen) & bestaand:
            kaart[pk] = min(einde)
    return kaart


def lijn(gemeente: Gemeente) -> tuple[list[Herindeling], list[Herindeling]]:
    """All that led to this municipality, and all that it led to, however many steps away, in the order of time. One query."""
    naar, uit = defaultdict(list), defaultdict(list)
    for herindeling in Herindeling.objects.select_related("oud", "nieuw").order_by("datum", "oud__zoeknaam"):
        naar[herindeling.nieuw_id].append(herindeling)
        uit[herindeling.oud_id].append(herindeling)

    def loop(kant: dict, volgende: str, telt: Callable[[date, date], bool], begin: date) -> list[Herindeling]:
        gevonden, te_doen = {}, [(gemeente.pk, begin)]
        while te_doen:
            pk, sinds = te_doen.pop()
            for stap in kant[pk]:
                if stap.pk not in gevonden and telt(stap.datum, sinds):
                    gevonden[stap.pk] = stap
                    te_doen.append((getattr(stap, volgende), stap.datum))
        return sorted(gevonden.values(), key=lambda stap: (stap.datum, stap.oud.zoeknaam))

    return loop(naar, "oud_id", operator.lt, date.max), loop(uit, "nieuw_id", operator.gt, date.min)


def _overgangen(datum: date, **filters) -> dict[int, list[tuple[date, int]]]:
    overgangen = defaultdict(list)
    rijen = Herindeling.objects.filter(datum__lte=datum, **filters).order_by("datum")
    for oud, nieuw, wanneer in rijen.values_list("oud", "nieuw", "datum"):
        overgangen[oud].append((wanneer, nieuw))
    return overgangen


def _volg(pk: int, datum: date, overgangen: dict[int, list[tuple[date, int]]]) -> set[int]:
    """Everything that is reached from `pk` by going forward in time; it ends, because each step must be later than the last."""
    gevonden, te_doen = set(), [(pk, date.min)]
    while te_doen:
        huidig, sinds = te_doen.pop()
        for wanneer, nieuw in overgangen.get(huidig, ()):
            if wanneer > sinds:
                gevonden.add(nieuw)
                te_doen.append((nieuw, wanneer))
    return gevonden


# --- Pages -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gemeenterij:
    """A municipality in a list, as it was on the date of the list."""

    code: str
    naam: str
    alias: str
    fictief: bool
    provincie: str
    inwoners: int | None
    grootteklasse: Grootteklasse
    randstad: bool | None
    voortrekker: bool
    opgeheven: date | None


def zoek_gemeenten(
    datum: date,
    *,
    tekst: str = "",
    provincie: Regio | None = None,
    klasse: int | None = None,
    regio: Regio | None = None,
    voortrekker: bool | None = None,
) -> QuerySet[Gemeente]:
    """Municipalities that existed on `datum`; province, region, class (0 = not known) and voortrekker are those of that date."""
    gevonden = Gemeente.objects.op(datum).zoek(tekst)
    if voortrekker is not None:
        merk = Exists(Kenmerken.objects.op(datum).filter(gemeente=OuterRef("pk"), voortrekker=True))
        gevonden = gevonden.filter(merk if voortrekker else ~merk)
    for gebied in filter(None, (provincie, regio)):
        gevonden = gevonden.filter(Exists(Lidmaatschap.objects.op(datum).filter(gemeente=OuterRef("pk"), regio=gebied)))
    if klasse is not None:
        kenmerken = Kenmerken.objects.op(datum).filter(gemeente=OuterRef("pk"), inwoners__isnull=False)
        if not klasse:
            return gevonden.filter(~Exists(kenmerken))
        kenmerken = kenmerken.filter(inwoners__gte=GROOTTEKLASSEN[klasse - 1].vanaf)
        if klasse < len(GROOTTEKLASSEN):
            kenmerken = kenmerken.filter(inwoners__lt=GROOTTEKLASSEN[klasse].vanaf)
        gevonden = gevonden.filter(Exists(kenmerken))
    return gevonden


@dataclass(frozen=True)
class Voortrekkerslijst:
    """What a pasted list of voortrekkers means: (municipality, whether it is one already), and what was not understood."""

    vanaf: date
    gemeenten: tuple[tuple[Gemeente, bool], ...]
    zinnen: tuple[str, ...]

    @property
    def nieuw(self) -> list[Gemeente]:
        return [gemeente for gemeente, al in self.gemeenten if not al]

    @property
    def stempel(self) -> str:
        """Differs as soon as saving would do something else than what was shown."""
        return f"{self.vanaf:%Y%m%d}-" + "-".join(gemeente.code for gemeente in self.nieuw)


def lees_voortrekkers(tekst: str, vanaf: date) -> Voortrekkerslijst:
    """Read a pasted list against the municipalities that exist on `vanaf`. Two queries."""
    bestaand = {gemeente.code: gemeente for gemeente in Gemeente.objects.op(vanaf)}
    herkend = herken(tekst, [Bekend(g.code, g.naam, g.alias) for g in bestaand.values()])
    perioden = defaultdict(list)
    for pk, van, is_er_een in (
        Kenmerken.objects.exclude(geldig_tot__lte=vanaf)
        .filter(gemeente__code__in=herkend.codes)
        .order_by("geldig_van")
        .values_list("gemeente_id", "geldig_van", "voortrekker")
    ):
        perioden[pk].append((van, is_er_een))

    def al(gemeente: Gemeente) -> bool:
        rijen = perioden[gemeente.pk]
        return bool(rijen) and rijen[0][0] <= vanaf and all(is_er_een for _, is_er_een in rijen)

    gemeenten = sorted((bestaand[code] for code in herkend.codes), key=lambda gemeente: gemeente.zoeknaam)
    return Voortrekkerslijst(vanaf, tuple((gemeente, al(gemeente)) for gemeente in gemeenten), tuple(herkend.zinnen))


@dataclass(frozen=True)
class Anderedag:
    """A municipality that a search finds, but that did not exist on the chosen date."""

    gemeente: Gemeente
    opvolgers: tuple[Herindeling, ...]  # what it went over into; empty when that is not known
    begint_later: bool


def op_een_andere_dag(tekst: str, datum: date, hoogstens: int = 10) -> list[Anderedag]:
    """The municipalities by this name or code that had ended by `datum`, or were not there yet. Two queries."""
    if not tekst.strip():
        return []
    gevonden = Gemeente.objects.zoek(tekst).filter(Q(geldig_tot__lte=datum) | Q(geldig_van__gt=datum))
    overgangen = Prefetch("opgegaan", Herindeling.objects.select_related("nieuw").order_by("-hoofdopvolger", "nieuw"))
    return [
        Anderedag(
            gemeente,
            tuple(h for h in gemeente.opgegaan.all() if h.datum == gemeente.geldig_tot),
            begint_later=gemeente.geldig_van > datum,
        )
        for gemeente in gevonden.prefetch_related(overgangen)[:hoogstens]
    ]


def gemeenterijen(gemeenten: QuerySet[Gemeente], datum: date) -> list[Gemeenterij]:
    """Three queries: the municipalities, their kenmerken and their province on `datum`."""
    provincies = Lidmaatschap.objects.op(datum).filter(regio__soort=Regio.Soort.PROVINCIE).select_related("regio")
    gevuld = gemeenten.prefetch_related(
        Prefetch("kenmerken", Kenmerken.objects.op(datum), to_attr="kenmerken_nu"),
        Prefetch("lidmaatschappen", provincies, to_attr="provincies_nu"),
    )
    return [_gemeenterij(gemeente) for gemeente in gevuld]


def _gemeenterij(gemeente) -> Gemeenterij:
    kenmerken = next(iter(gemeente.kenmerken_nu), None)
    inwoners = kenmerken and kenmerken.inwoners
    return Gemeenterij(
        code=gemeente.code,
        naam=gemeente.naam,
        alias=gemeente.alias,
        fictief=gemeente.fictief,
        provincie=", ".join(lid.regio.naam for lid in gemeente.provincies_nu),
        inwoners=inwoners,
        grootteklasse=grootteklasse(inwoners),
        randstad=kenmerken and kenmerken.randstad,
        voortrekker=bool(kenmerken and kenmerken.voortrekker),
        opgeheven=gemeente.geldig_tot,
    )


def geschiedenis(ding: Model, hoogstens: int = 20) -> list[Verhaal]:
    """The newest rows of history of one object, newest first."""
    return [vertel(rij) for rij in Gebeurtenis.objects.van(ding).select_related("wie")[:hoogstens]]


def regios_met_aantal(datum: date) -> list[tuple[str, list[Regio]]]:
    """(name of the kind, its regions), each region with `aantal`: its municipalities on `datum`. One query.

    Fictional municipalities count only in fictional regions.
    """
    geldig = Q(lidmaatschappen__geldig_van__lte=datum, lidmaatschappen__gemeente__fictief=F("fictief")) & (
        Q(lidmaatschappen__geldig_tot__isnull=True) | Q(lidmaatschappen__geldig_tot__gt=datum)
    )
    per_soort = defaultdict(list)
    for regio in Regio.objects.annotate(aantal=Count("lidmaatschappen", filter=geldig)).order_by("zoeknaam"):
        per_soort[regio.soort].append(regio)
    return [(soort, per_soort[soort.value]) for soort in Regio.Soort]


# --- The table as a file would find it -------------------------------------------------------------------------------


def stand() -> Stand:
    """The whole table, for planning an import. Eight queries, and one for the rounds that look at it.

    `met_de_hand` says that somebody, or a file of somebody's, has changed the row since the application brought it.
    """
    aangeraakt = defaultdict(set)
    eigen = Gebeurtenis.objects.filter(ding_soort__in=["gemeente", "regio"]).exclude(
        wie=None, reden__startswith=REDEN_REFERENTIE
    )
    for soort, pk in eigen.values_list("ding_soort", "ding_id"):
        aangeraakt[soort].add(pk)
    kenmerken, leden = defaultdict(list), defaultdict(list)
    velden = ("pk", "geldig_van", "geldig_tot", "inwoners", "inwoners_peildatum", "randstad", "voortrekker")
    for gemeente, *waarden in Kenmerken.objects.order_by("geldig_van").values_list("gemeente_id", *velden):
        kenmerken[gemeente].append(Kenmerkstand(*waarden))
    velden = ("pk", "regio__soort", "regio__code", "geldig_van", "geldig_tot")
    for gemeente, *waarden in Lidmaatschap.objects.order_by("geldig_van").values_list("gemeente_id", *velden):
        leden[gemeente].append(Lidstand(*waarden))
    gemeenten, peildagen = {}, deelname.peildagen()
    velden = ("pk", "code", "naam", "alias", "fictief", "geldig_van", "geldig_tot")
    for rij in Gemeente.objects.values_list(*velden):
        pk, code = rij[:2]
        gemeenten[code] = Gemeentestand(
            *rij, tuple(kenmerken[pk]), tuple(leden[pk]), pk in aangeraakt["gemeente"], peildagen.get(pk, ())
        )
    regios = {
        (soort, code): Regiostand(pk, soort, code, naam, fictief, pk in aangeraakt["regio"])
        for pk, soort, code, naam, fictief in Regio.objects.values_list("pk", "soort", "code", "naam", "fictief")
    }
    herindelingen = {
        (datum, oud, nieuw): hoofd
        for datum, oud, nieuw, hoofd in Herindeling.objects.values_list(
            "datum", "oud__code", "nieuw__code", "hoofdopvolger"
        )
    }
    grenzen = defaultdict(dict)
    for pk, code, van, merk in Grens.objects.values_list("pk", "gemeente__code", "geldig_van", "sha256"):
        grenzen[code][van] = (pk, merk)
    return Stand(gemeenten, regios, herindelingen, dict(grenzen))
