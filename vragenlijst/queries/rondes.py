"""Reads for rounds: how far they are, which municipalities can join, who can work on them. A fixed number of queries each."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from regio.grootte import ONBEKEND, Grootteklasse
from regio.lopend_werk import Lopend
from regio.models import Gebeurtenis, Gebruiker, Gemeente, Herindeling, Kenmerken, Lidmaatschap, Regio
from regio.rechten import RECHTEN, Recht
from vragenlijst import bezetting, werkvoorraad
from vragenlijst.bezetting import Bezetting, Situatie
from vragenlijst.models import Antwoordversie, Dossier, Interview, Lot, Ronde
from vragenlijst.werkvoorraad import Werk

VASTGESTELD = Dossier.Status.VASTGESTELD
LANGSTE_VELDWERK = 366  # days; a longer period is allowed, and pointed out


def rondes_met_aantallen() -> QuerySet[Ronde]:
    """All rounds, newest first, each with `aantal_dossiers` and `aantal_vastgesteld`."""
    rondes = Ronde.objects.select_related("instrument").annotate(
        aantal_dossiers=Count("dossiers"), aantal_vastgesteld=Count("dossiers", Q(dossiers__status=VASTGESTELD))
    )
    return rondes.order_by("-peildatum", "naam")  # a query that groups does not keep the order of the model


def stempel(ronde: Ronde) -> str:
    """A short text that differs as soon as something about the round itself differs."""
    stand = [
        ronde.naam,
        ronde.slug,
        ronde.instrument_id,
        ronde.vorige_id,
        *map(str, (ronde.peildatum, ronde.periode_van, ronde.periode_tot)),
        *map(str, (ronde.interviews_voor, ronde.aanbieden_voor, ronde.toetsen_voor)),
        ronde.status,
    ]
    return sha256(json.dumps(stand).encode()).hexdigest()[:16]


# --- How far a round is -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Groepstand:
    """Number of dossiers of a group, in all and per status in the order of `Dossier.Status`."""

    naam: str
    totaal: int
    per_status: tuple[int, ...]


@dataclass(frozen=True)
class Rondestand:
    dossiers: tuple[Werk, ...]
    groepen: tuple[tuple[str, tuple[Groepstand, ...]], ...]  # (how they are grouped, groups)

    @property
    def totaal(self) -> Groepstand:
        return self.groepen[0][1][0]

    @property
    def vastgesteld(self) -> int:
        return self.totaal.per_status[-1]

    @property
    def gehouden(self) -> int:
        return sum(werk.interviews_gehouden for werk in self.dossiers)

    @property
    def interviews(self) -> int:
        return sum(werk.interviews for werk in self.dossiers)


def rondestand(ronde: Ronde) -> Rondestand:
    """Every dossier of the round with how far it is, and the dossiers counted by status, role and inspector."""
    dossiers = list(dossiers_van(ronde))
    rollen = [(rol.label, [d for d in dossiers if d.rol == rol]) for rol in Dossier.Rol]
    per_inspecteur: dict[Gebruiker | None, list[Dossier]] = defaultdict(list)
    for dossier in dossiers:
        per_inspecteur[dossier.inspecteur].append(dossier)
    inspecteurs = sorted(per_inspecteur, key=lambda i: (i is None, str(i)))
    return Rondestand(
        dossiers=tuple(werkvoorraad.van_dossiers(dossiers)),
        groepen=(
            ("Alle dossiers", (_groepstand("Alle dossiers", dossiers),)),
            ("Naar rol", tuple(_groepstand(naam, groep) for naam, groep in rollen)),
            (
                "Naar inspecteur",
                tuple(_groepstand(naam_van(i) or "nog niemand", per_inspecteur[i]) for i in inspecteurs),
            ),
        ),
    )


@dataclass(frozen=True)
class Aandacht:
    """Something about a round that is allowed but seldom meant: a sentence, and the address name of where it is mended."""

    zin: str
    waar: str


def aandacht(ronde: Ronde, dossiers: Iterable[Dossier]) -> list[Aandacht]:
    """What the beheerder should look at again, as long as the round is not closed. No queries: the dossiers come with everything."""
    if ronde.status == Ronde.Status.GESLOTEN:
        return []
    gevonden = []
    if (ronde.periode_tot - ronde.periode_van).days > LANGSTE_VELDWERK:
        gevonden.append(
            Aandacht(
                f"Het veldwerk duurt langer dan een jaar: van {ronde.periode_van:%d-%m-%Y} tot en met {ronde.periode_tot:%d-%m-%Y}.",
                "ronde_wijzigen",
            )
        )
    eindigt: dict[date, list[str]] = defaultdict(list)
    op_naam_van: dict[Gebruiker, list[str]] = defaultdict(list)
    for dossier in dossiers:
        if eindigt_in_veldwerk(dossier.gemeente, ronde):
            eindigt[dossier.gemeente.geldig_tot].append(str(dossier.gemeente))
        for plaats in bezetting.PLAATSEN if dossier.status != VASTGESTELD else [bezetting.TOETSER]:
            mens = getattr(dossier, plaats)
            if mens is not None and waarom_niet_inzetbaar(mens):
                op_naam_van[mens].append(str(dossier.gemeente))
    for dag, namen in sorted(eindigt.items()):
        zin = f"Opgeheven per {dag:%d-%m-%Y}, voor het einde van het veldwerk: {', '.join(namen)}."
        gevonden.append(Aandacht(zin, "ronde_gemeenten"))
    for mens, namen in op_naam_van.items():
        zin = f"{mens} is {waarom_niet_inzetbaar(mens)}, maar staat nog bij {', '.join(namen)}."
        gevonden.append(Aandacht(zin, "ronde_toewijzing"))
    return gevonden


def eindigt_in_veldwerk(gemeente: Gemeente, ronde: Ronde) -> bool:
    """Whether a municipality that exists on the peildatum ends before the field work does."""
    return gemeente.geldig_tot is not None and ronde.peildatum < gemeente.geldig_tot <= ronde.periode_tot


def dossiers_van(ronde: Ronde) -> QuerySet[Dossier]:
    """The dossiers by name of the municipality, with the people on them."""
    return ronde.dossiers.select_related("gemeente", "inspecteur", "tweede_inspecteur", "toetser").order_by(
        "gemeente__zoeknaam", "pk"
    )


def naam_van(gebruiker: Gebruiker | None) -> str:
    """The person's name; says so when work cannot be left to them any more."""
    if gebruiker is None:
        return ""
    return f"{gebruiker} ({weg})" if (weg := waarom_niet_inzetbaar(gebruiker)) else str(gebruiker)


def waarom_niet_inzetbaar(gebruiker: Gebruiker) -> str:
    """Why no work can be left to this person; empty when it can."""
    if not gebruiker.is_active:
        return "niet meer actief"
    return "" if gebruiker.behandelt_dossiers else "geen inspecteur meer"


def _groepstand(naam: str, dossiers: list[Dossier]) -> Groepstand:
    telling = Counter(dossier.status for dossier in dossiers)
    return Groepstand(naam, len(dossiers), tuple(telling[status] for status in Dossier.Status.values))


# --- Municipalities that can join ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kandidaat:
    """A municipality as it is on the round's peildatum, for who chooses the municipalities of the round."""

    gemeente: Gemeente
    provincie: str
    inwoners: int | None
    grootteklasse: Grootteklasse
    randstad: bool | None
    voortrekker: bool
    uit_vorige: bool
    in_ronde: bool
    eindigt: date | None  # when it ends before the field work does
    regios: frozenset[int] = frozenset()  # every regio it lies in, by pk

    @property
    def rol(self) -> str:
        """The role that its kenmerken propose."""
        return Dossier.Rol.VOORTREKKER if self.voortrekker else Dossier.Rol.NIET_VOORTREKKER


def kandidaten(ronde: Ronde) -> dict[str, Kandidaat]:
    """Every municipality that exists on the round's peildatum, by CBS code, in the order of their names."""
    op = ronde.peildatum
    kenmerken = {k.gemeente_id: k for k in Kenmerken.objects.op(op).order_by("geldig_van")}
    provincies, regios = {}, defaultdict(set)
    leden = Lidmaatschap.objects.op(op).order_by()
    for lid, regio, soort, naam in leden.values_list("gemeente_id", "regio_id", "regio__soort", "regio__naam"):
        regios[lid].add(regio)
        if soort == Regio.Soort.PROVINCIE:
            provincies[lid] = naam
    in_ronde = set(ronde.dossiers.order_by().values_list("gemeente_id", flat=True))
    vorige = uit_vorige_ronde(ronde)
    gevonden = {}
    for gemeente in Gemeente.objects.op(op).order_by("zoeknaam", "code"):
        kenmerk = kenmerken.get(gemeente.pk)
        gevonden[gemeente.code] = Kandidaat(
            gemeente=gemeente,
            provincie=provincies.get(gemeente.pk, ""),
            inwoners=kenmerk.inwoners if kenmerk else None,
            grootteklasse=kenmerk.grootteklasse if kenmerk else ONBEKEND,
            randstad=kenmerk.randstad if kenmerk else None,
            voortrekker=bool(kenmerk and kenmerk.voortrekker),
            uit_vorige=gemeente.pk in vorige,
            in_ronde=gemeente.pk in in_ronde,
            eindigt=gemeente.geldig_tot if eindigt_in_veldwerk(gemeente, ronde) else None,
            regios=frozenset(regios[gemeente.pk]),
        )
    return gevonden


def regiokeuzes(kandidaten: Iterable[Kandidaat]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The regio's in which these lie, by soort, as the choices of a field; a province is chosen by itself. One query."""
    pks = set().union(*(kandidaat.regios for kandidaat in kandidaten))
    per_soort = defaultdict(list)
    for regio in Regio.objects.exclude(soort=Regio.Soort.PROVINCIE).order_by("zoeknaam"):
        if regio.pk in pks:
            per_soort[regio.soort].append((regio.pk, regio.naam))
    return [(soort.label, per_soort[soort]) for soort in Regio.Soort if per_soort[soort]]


def uit_vorige_ronde(ronde: Ronde) -> set[int]:
    """The municipalities of the previous round; of one that has merged since, the designated successor on this peildatum."""
    if ronde.vorige_id is None:
        return set()
    gemeenten = set(Dossier.objects.filter(ronde=ronde.vorige_id).order_by().values_list("gemeente_id", flat=True))
    mergers = Herindeling.objects.filter(
        datum__gt=ronde.vorige.peildatum, datum__lte=ronde.peildatum, deel=Herindeling.Deel.GEHEEL, hoofdopvolger=True
    )
    for oud, nieuw in mergers.order_by("datum", "pk").values_list("oud_id", "nieuw_id"):
        if oud in gemeenten:
            gemeenten.remove(oud)
            gemeenten.add(nieuw)
    return gemeenten


def codes_bij(zoektekst: str, op: date) -> set[str]:
    """The codes of the municipalities that this search finds, with or without diacritics."""
    return set(Gemeente.objects.op(op).zoek(zoektekst).values_list("code", flat=True))


@dataclass(frozen=True)
class Deelnemer:
    """A municipality that is in the round. `te_verwijderen`: nothing has been written in its dossier yet.

    `andere_rol` is the role (value, name) that it can still be given; None once there is work in the dossier.
    """

    dossier: Dossier
    kandidaat: Kandidaat | None
    te_verwijderen: bool
    getrokken: bool  # leaves the round through the drawing only
    andere_rol: tuple[str, str] | None

    @property
    def rol_wijkt_af(self) -> bool:
        return self.kandidaat is not None and self.kandidaat.rol != self.dossier.rol


def deelnemers(ronde: Ronde, gekend: dict[str, Kandidaat]) -> list[Deelnemer]:
    leeg = set(lege_dossiers(ronde.dossiers.all()).values_list("pk", flat=True))
    loten = Lot.objects.filter(trekking__ronde=ronde, stand__in=[Lot.Stand.GETROKKEN, Lot.Stand.VERVANGER])
    getrokken = set(loten.order_by().values_list("gemeente_id", flat=True))
    vast = ronde.status == Ronde.Status.GESLOTEN
    return [
        Deelnemer(
            dossier,
            gekend.get(dossier.gemeente.code),
            te_verwijderen=dossier.pk in leeg and not vast,
            getrokken=dossier.gemeente_id in getrokken,
            andere_rol=None if vast else andere_rol(dossier),
        )
        for dossier in dossiers_van(ronde)
    ]


def andere_rol(dossier: Dossier) -> tuple[str, str] | None:
    """The role that this dossier does not have, as long as it may have it: while it is only planned."""
    if dossier.status != Dossier.Status.GEPLAND:
        return None
    return next(keuze for keuze in Dossier.Rol.choices if keuze[0] != dossier.rol)


def lege_dossiers(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those in which nothing has been done: no interviews, findings, judgements or evidence, and no step in their status."""
    return dossiers.filter(
        status=Dossier.Status.GEPLAND,
        interviews__isnull=True,
        bevindingen__isnull=True,
        beoordelingen__isnull=True,
        bewijsstukken__isnull=True,
    ).order_by()


# --- Who can work on it -------------------------------------------------------------------------------------------


def inspecteurs() -> QuerySet[Gebruiker]:
    """Who can be put on a dossier: active, with a role that works on dossiers."""
    rollen = [rol for rol, rechten in RECHTEN.items() if Recht.DOSSIER_BEHANDELEN in rechten]
    return Gebruiker.objects.filter(is_active=True, rol__in=rollen).order_by("naam", "pk")


def lopend_werk(gebruiker: Gebruiker) -> list[Lopend]:
    """What this person has in rounds that are not closed, the newest round first: dossiers by place, and interviews to be held."""
    rondes = Ronde.objects.exclude(status=Ronde.Status.GESLOTEN).order_by("-peildatum", "naam")
    tellingen = {}
    # What is vastgesteld is done, but its toetser must be there to open it again.
    open_ = Dossier.objects.filter(ronde__in=rondes.order_by()).order_by()
    for plaats, als in PLAATSNAMEN.items():
        dossiers = open_ if plaats == bezetting.TOETSER else open_.exclude(status=VASTGESTELD)
        for ronde, aantal in dossiers.filter(**{plaats: gebruiker}).values_list("ronde").annotate(Count("pk")):
            tellingen.setdefault(ronde, []).append(f"{_aantal(aantal, 'dossier')} als {als}")
    interviews = Interview.objects.filter(
        Q(inspecteur=gebruiker) | Q(tweede_inspecteur=gebruiker),
        dossier__ronde__in=rondes.order_by(),
        status=Interview.Status.GEPLAND,
    )
    for ronde, aantal in interviews.order_by().values_list("dossier__ronde").annotate(Count("pk")):
        tellingen.setdefault(ronde, []).append(_aantal(aantal, "gepland interview", "geplande interviews"))
    return [
        Lopend(str(ronde), reverse("ronde_toewijzing", args=[ronde.slug]), tuple(tellingen[ronde.pk]))
        for ronde in rondes.filter(pk__in=tellingen)
    ]


PLAATSNAMEN = {
    bezetting.INSPECTEUR: "inspecteur",
    bezetting.TWEEDE: "tweede inspecteur",
    bezetting.TOETSER: "toetser",
}


def _aantal(aantal: int, een: str, meer: str = "") -> str:
    return f"1 {een}" if aantal == 1 else f"{aantal} {meer or een + 's'}"


def bezetting_van(dossier: Dossier) -> Bezetting:
    return Bezetting(dossier.inspecteur_id, dossier.tweede_inspecteur_id, dossier.toetser_id)


def situaties(ronde: Ronde, dossiers: Iterable[Dossier]) -> dict[int, Situatie]:
    """Per dossier what decides who may work on it. The dossiers come with the people on them."""
    gewerkt = _gewerkt_door(ronde)
    return {
        dossier.pk: Situatie(
            staat=bezetting_van(dossier),
            in_open_ronde=ronde.status == Ronde.Status.OPEN,
            ter_toetsing=dossier.status == Dossier.Status.TER_TOETSING,
            vastgesteld=dossier.status == VASTGESTELD,
            weg=frozenset(
                mens.pk
                for mens in (dossier.inspecteur, dossier.tweede_inspecteur, dossier.toetser)
                if mens is not None and waarom_niet_inzetbaar(mens)
            ),
            gewerkt=frozenset(gewerkt[dossier.pk]),
        )
        for dossier in dossiers
    }


def _gewerkt_door(ronde: Ronde) -> dict[int, set[int]]:
    """Who ever wrote an answer, a finding or a judgement, per dossier."""
    gevonden: dict[int, set[int]] = defaultdict(set)
    versies = Antwoordversie.objects.filter(antwoord__interview__dossier__ronde=ronde)
    for dossier, wie in versies.order_by().values_list("antwoord__interview__dossier", "wie").distinct():
        gevonden[dossier].add(wie)
    regels = Gebeurtenis.objects.filter(
        ding_soort__in=["bevinding", "beoordeling"], dossier_id__in=ronde.dossiers.order_by().values("pk")
    )
    for dossier, wie in regels.order_by().exclude(wie=None).values_list("dossier_id", "wie").distinct():
        gevonden[dossier].add(wie)
    return gevonden


def laatste_toewijzing(dossiers: Iterable[int]) -> dict[int, Gebeurtenis]:
    """The last row of history about who works on each of these dossiers."""
    regels = (
        Gebeurtenis.objects.filter(ding_soort="dossier", soort=Gebeurtenis.Soort.GEWIJZIGD, ding_id__in=list(dossiers))
        .select_related("wie")
        .order_by("wanneer", "pk")
    )
    return {regel.ding_id: regel for regel in regels}
