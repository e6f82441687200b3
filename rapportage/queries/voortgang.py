"""How far a round is, per group of dossiers: by status, what is late, and of what too little is known yet to say anything."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from rapportage.indelingen import VASTE
from rapportage.onderdrukking import DREMPEL
from vragenlijst import werkvoorraad
from vragenlijst.models import Bevinding, Dossier, Lot, Ronde, Vraag
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.queries.trekkingen import stratumnaam
from vragenlijst.termijnen import Termijn
from vragenlijst.werkvoorraad import Werk


@dataclass(frozen=True)
class Dossierstand:
    """One dossier with its counts, by when its next step is due, and the groups it is in."""

    werk: Werk
    termijn: Termijn | None
    groepen: frozenset[str]

    @property
    def dossier(self) -> Dossier:
        return self.werk.dossier

    @property
    def te_laat(self) -> bool:
        return self.termijn is not None and self.termijn.te_laat


@dataclass(frozen=True)
class Groepvoortgang:
    """One group. `zonder` are the questions that everybody is asked, and on which fewer than DREMPEL findings stand."""

    sleutel: str
    naam: str
    per_status: tuple[int, ...]
    te_laat: int
    zonder: tuple[str, ...]
    vragen: int

    @property
    def totaal(self) -> int:
        return sum(self.per_status)

    @property
    def te_klein(self) -> bool:
        return self.totaal < DREMPEL

    @property
    def alles_ontbreekt(self) -> bool:
        return len(self.zonder) == self.vragen > 1


@dataclass(frozen=True)
class Indelingsvoortgang:
    naam: str
    groepen: tuple[Groepvoortgang, ...]
    telt: bool  # whether the report divides by it; by inspector it does not


@dataclass(frozen=True)
class Voortgang:
    dossiers: tuple[Dossierstand, ...]
    indelingen: tuple[Indelingsvoortgang, ...]  # the first holds one group: all dossiers

    @property
    def totaal(self) -> Groepvoortgang:
        return self.indelingen[0].groepen[0]

    @property
    def te_laat(self) -> list[tuple[str, int]]:
        """(what for, number of dossiers), the most first."""
        return Counter(stand.termijn.waarvoor for stand in self.dossiers if stand.te_laat).most_common()

    @property
    def niet_te_zeggen(self) -> list[tuple[str, list[Groepvoortgang]]]:
        """Per indeling the groups of which something cannot be said with what there is now."""
        gevonden = [(i.naam, [g for g in i.groepen if g.te_klein or g.zonder]) for i in self.indelingen if i.telt]
        return [(naam, groepen) for naam, groepen in gevonden if groepen]


def voortgang(ronde: Ronde, vandaag: date) -> Voortgang:
    """A fixed number of queries, however many dossiers."""
    dossiers = list(queries_rondes.dossiers_van(ronde))
    namen, groepen_van = _groepen(ronde, dossiers)
    standen = tuple(
        Dossierstand(werk, werkvoorraad.termijn(werk, vandaag), frozenset(groepen_van[werk.dossier.pk]))
        for werk in werkvoorraad.van_dossiers(dossiers)
    )
    vragen = tuple(
        Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id, voorwaarde=None)
        .order_by("onderdeel__volgorde", "volgorde")
        .values_list("code", flat=True)
    )
    bekend = _bekend(ronde)
    indelingen = [
        Indelingsvoortgang(
            naam,
            tuple(_groep(sleutel, groepnaam, standen, vragen, bekend) for sleutel, groepnaam in groepen.items()),
            telt=naam != INSPECTEUR,
        )
        for naam, groepen in namen.items()
    ]
    return Voortgang(standen, tuple(indelingen))


INSPECTEUR, STRATUM = "Inspecteur", "Stratum van de steekproef"


def _bekend(ronde: Ronde) -> dict[int, set[str]]:
    """The questions on which a finding stands, per dossier."""
    per_dossier = defaultdict(set)
    rijen = Bevinding.objects.filter(dossier__ronde=ronde, vervallen=False).order_by()
    for dossier, code in rijen.values_list("dossier_id", "vraag__code"):
        per_dossier[dossier].add(code)
    return per_dossier


def _groepen(ronde: Ronde, dossiers: list[Dossier]) -> tuple[dict[str, dict[str, str]], dict[int, set[str]]]:
    """(per indeling its groups {key: name}, per dossier the keys of its groups). Groups without a dossier are left out."""
    namen: dict[str, dict[str, str]] = {"Alle dossiers": {"": "alle dossiers"}}
    van: dict[int, set[str]] = {dossier.pk: {""} for dossier in dossiers}

    def deel_in(indeling: str, bij: Callable[[Dossier], str], groepen: Iterable[tuple[str, str]]) -> None:
        for dossier in dossiers:
            van[dossier.pk].add(bij(dossier))
        bezet = set().union(*van.values())
        if gevuld := {sleutel: naam for sleutel, naam in groepen if sleutel in bezet}:
            namen[indeling] = gevuld

    mensen = sorted({d.inspecteur for d in dossiers}, key=lambda mens: (mens is None, str(mens)))
    for code, indeling in VASTE.items():
        bij = _waarde(code, indeling.veld, {groep.waarde or groep.code: groep.code for groep in indeling.groepen})
        deel_in(indeling.naam, bij, [(f"{code}:{groep.code}", groep.naam) for groep in indeling.groepen])
    strata, strata_van = _strata(ronde)
    if len(strata) > 1:
        deel_in(STRATUM, lambda dossier: f"stratum:{strata_van.get(dossier.gemeente_id, '')}", strata)
    deel_in(
        INSPECTEUR,
        lambda dossier: f"inspecteur:{dossier.inspecteur_id or 0}",
        [(f"inspecteur:{m.pk if m else 0}", queries_rondes.naam_van(m) or "nog niemand") for m in mensen],
    )
    return namen, van


def _waarde(code: str, veld: str, codes: Mapping[str, str]) -> Callable[[Dossier], str]:
    return lambda dossier: f"{code}:{codes[str(getattr(dossier, veld))]}"


def _strata(ronde: Ronde) -> tuple[list[tuple[str, str]], dict[int, str]]:
    """The strata of the drawing, with the other municipalities last, and the stratum of each municipality. One query."""
    loten = Lot.objects.filter(trekking__ronde=ronde).exclude(stratum="").order_by("stratum", "plaats")
    van, namen = {}, {}
    velden = ("gemeente_id", "stratum", "stand", "trekking__kenmerken")
    for gemeente, stratum, stand, kenmerken in loten.values_list(*velden):
        if stand in (Lot.Stand.GETROKKEN, Lot.Stand.VERVANGER):  # a reserve can be in the round by hand
            van[gemeente] = stratum
        namen[f"stratum:{stratum}"] = capfirst(stratumnaam(stratum, kenmerken))
    return [*namen.items(), ("stratum:", "Met de hand gekozen")], van


def _groep(
    sleutel: str, naam: str, standen: Iterable[Dossierstand], vragen: tuple[str, ...], bekend: Mapping[int, set[str]]
) -> Groepvoortgang:
    hier = [stand for stand in standen if sleutel in stand.groepen]
    statussen = Counter(stand.dossier.status for stand in hier)
    bevindingen = Counter(code for stand in hier for code in bekend.get(stand.dossier.pk, ()))
    return Groepvoortgang(
        sleutel,
        naam,
        tuple(statussen[status] for status in Dossier.Status.values),
        sum(stand.te_laat for stand in hier),
        tuple(code for code in vragen if bevindingen[code] < DREMPEL),
        len(vragen),
    )
