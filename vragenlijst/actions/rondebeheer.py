"""Writes of the beheerder on rounds. Each is one transaction with its history rows; filling a round is `actions.ronde_vullen`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError

from regio.gebeurtenissen import leg_vast
from regio.grootte import grootteklasse
from regio.models import Gebeurtenis, Gebruiker, Kenmerken
from regio.vertellen import VERWIJDERD
from vragenlijst import bezetting
from vragenlijst.actions import Conflict, Geweigerd, Toewijzing, ronde_vullen
from vragenlijst.actions.trekkingen import wis
from vragenlijst.bezetting import Bezetting
from vragenlijst.models import Dossier, Ronde, Trekking
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.queries import trekkingen as queries_trekkingen


class Toewijzingsconflict(Conflict):
    """Someone else assigned these dossiers (by number) otherwise in the meantime. Nothing was written."""

    def __init__(self, dossiers: Iterable[int]):
        super().__init__(None)
        self.dossiers = frozenset(dossiers)


GETROKKEN = "De gemeenten zijn getrokken uit die van de oude peildatum. Trek de steekproef eerst in."


@transaction.atomic
def ronde_maken(ronde: Ronde, wie: Gebruiker) -> Ronde:
    ronde.save()
    leg_vast(ronde, Gebeurtenis.Soort.GEMAAKT, wie)
    return ronde


@transaction.atomic
def ronde_wijzigen(ronde: Ronde, velden: list[str], *, gezien: str, wijzigingen: dict, wie: Gebruiker) -> Ronde:
    """Save these fields of the round. When the peildatum moves, the dossiers take over what held on that day.

    `gezien` is the `queries_rondes.stempel` of the round as the writer had it before them; Conflict when it is another by now.
    """
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if queries_rondes.stempel(slot) != gezien:
        raise Conflict(slot)
    if slot.status == Ronde.Status.GESLOTEN:
        raise Geweigerd(["Deze ronde is gesloten en staat vast. Heropen haar eerst."])
    if not velden:
        return ronde
    if "peildatum" in velden and Trekking.objects.filter(ronde=slot).exists():
        raise Geweigerd([GETROKKEN])
    ronde.save(update_fields=velden)
    leg_vast(ronde, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen=wijzigingen)
    if "peildatum" in velden:
        _neem_kenmerken_over(ronde)
    return ronde


def bezwaren_verwijderen(ronde: Ronde) -> list[str]:
    """Why this round cannot be removed; empty when it can."""
    if ronde.status != Ronde.Status.CONCEPT:
        return ["Alleen een ronde in concept kan worden verwijderd."]
    gevonden = []
    leeg = set(queries_rondes.lege_dossiers(ronde.dossiers.all()).values_list("pk", flat=True))
    if vol := [str(d.gemeente) for d in queries_rondes.dossiers_van(ronde) if d.pk not in leeg]:
        gevonden.append(f"Er is al gewerkt in het dossier van {', '.join(vol)}.")
    if later := ", ".join(f"‘{volgende}’" for volgende in ronde.volgende.all()):
        gevonden.append(f"De ronde is de vorige van {later}. Kies daar eerst een andere vorige ronde.")
    return gevonden


@transaction.atomic
def ronde_verwijderen(ronde: Ronde, wie: Gebruiker) -> None:
    """Remove a round in which nothing has been done, with its empty dossiers. History keeps what it was."""
    slot = Ronde.objects.select_for_update(of=("self",)).filter(pk=ronde.pk).first()
    if slot is None:
        raise Geweigerd(["Deze ronde is al verwijderd."])
    dossiers = list(slot.dossiers.select_for_update(of=("self",)).select_related("gemeente"))
    if weigering := bezwaren_verwijderen(slot):
        raise Geweigerd(weigering)
    namen = ", ".join(sorted(str(dossier.gemeente) for dossier in dossiers))
    leg_vast(
        slot,
        Gebeurtenis.Soort.STATUS,
        wie,
        van=slot.status,
        naar=VERWIJDERD,
        wijzigingen={"gemeenten": [namen, None]} if namen else {},
    )
    try:
        slot.dossiers.all().delete()
        for trekking in Trekking.objects.filter(ronde=slot):
            wis(trekking)
        slot.delete()
    except ProtectedError as fout:
        raise Geweigerd(["Er hangt al iets aan deze ronde, zoals een rapport of een thema."]) from fout


@transaction.atomic
def rol_wijzigen(dossier: Dossier, rol: str, wie: Gebruiker) -> None:
    """Give a municipality its other role in the round. Raises Geweigerd once there is work in the dossier."""
    ronde = Ronde.objects.select_for_update(of=("self",)).get(pk=dossier.ronde_id)
    slot = Dossier.objects.select_for_update(of=("self",)).filter(pk=dossier.pk).first()
    if slot is None:
        raise Geweigerd([f"{dossier.gemeente} staat niet meer in deze ronde."])
    if slot.rol == rol:
        return
    if ronde.status == Ronde.Status.GESLOTEN or slot.status != Dossier.Status.GEPLAND:
        raise Geweigerd([f"Aan het dossier van {dossier.gemeente} wordt al gewerkt: de rol staat vast."])
    oud, slot.rol = slot.rol, rol
    slot.save(update_fields=["rol"])
    leg_vast(slot, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={"rol": [oud, rol]}, dossier_id=slot.pk)


def _neem_kenmerken_over(ronde: Ronde) -> None:
    dossiers = list(ronde.dossiers.all())
    kenmerken = {
        k.gemeente_id: k
        for k in Kenmerken.objects.op(ronde.peildatum)
        .filter(gemeente__in=[d.gemeente_id for d in dossiers])
        .order_by("geldig_van")
    }
    for dossier in dossiers:
        kenmerk = kenmerken.get(dossier.gemeente_id)
        dossier.inwoners = kenmerk.inwoners if kenmerk else None
        dossier.grootteklasse_code = grootteklasse(dossier.inwoners).code
        dossier.randstad = kenmerk.randstad if kenmerk else None
    Dossier.objects.bulk_update(dossiers, ["inwoners", "grootteklasse_code", "randstad"])


@transaction.atomic
def gemeenten_toevoegen(ronde: Ronde, rollen: Mapping[str, str], wie: Gebruiker) -> list[Dossier]:
    """Give the municipalities with these CBS codes a dossier, each in its role.

    Raises Geweigerd with a sentence per municipality that is in the round already or does not exist on its peildatum.
    """
    Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    kandidaten = queries_rondes.kandidaten(ronde)
    weigering = [
        f"De gemeente met code {code} bestaat niet op de peildatum." for code in rollen if code not in kandidaten
    ]
    weigering += [
        f"{kandidaten[code].gemeente} staat al in deze ronde."
        for code in rollen
        if code in kandidaten and kandidaten[code].in_ronde
    ]
    if weigering:
        raise Geweigerd(weigering)
    return ronde_vullen(ronde, [Toewijzing(kandidaten[code].gemeente, rol) for code, rol in rollen.items()], wie)


@transaction.atomic
def gemeente_verwijderen(dossier: Dossier, wie: Gebruiker) -> None:
    """Take a municipality out of its round. Only while nothing has been written in its dossier."""
    ronde = Ronde.objects.select_for_update(of=("self",)).get(pk=dossier.ronde_id)
    slot = Dossier.objects.select_for_update(of=("self",)).filter(pk=dossier.pk)
    if not slot.exists():
        raise Geweigerd([f"{dossier.gemeente} staat niet meer in deze ronde."])
    if ronde.status == Ronde.Status.GESLOTEN:
        raise Geweigerd(["Deze ronde is gesloten: er gaan geen gemeenten meer uit."])
    if not queries_rondes.lege_dossiers(Dossier.objects.filter(pk=dossier.pk)).exists():
        raise Geweigerd([f"In het dossier van {dossier.gemeente} is al gewerkt: de gemeente blijft in de ronde."])
    if dossier.gemeente_id in queries_trekkingen.getrokken_gemeenten(ronde):
        raise Geweigerd(
            [
                f"{dossier.gemeente} is getrokken: laat haar op de pagina Steekproef uitvallen, met de reden en een vervanger."
            ]
        )
    if ronde.status == Ronde.Status.OPEN and ronde.dossiers.count() == 1:
        raise Geweigerd(["Een open ronde houdt ten minste één gemeente."])
    mensen = {
        plaats: str(getattr(dossier, plaats)) for plaats in bezetting.PLAATSEN if getattr(dossier, plaats) is not None
    }
    leg_vast(
        ronde,
        Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        wijzigingen={"gemeente": [f"{dossier.gemeente} ({dossier.rol})", None]}
        | {NAMEN[plaats]: [naam, None] for plaats, naam in mensen.items()},
        dossier_id=dossier.pk,
    )
    slot.delete()


NAMEN = queries_rondes.PLAATSNAMEN


@dataclass(frozen=True)
class Wens:
    """What somebody saw on a dossier, and what they want it to be."""

    gezien: Bezetting
    gewenst: Bezetting


@transaction.atomic
def toewijzen(ronde: Ronde, wensen: Mapping[int, Wens], wie: Gebruiker) -> int:
    """Put people on dossiers (by number); returns how many dossiers changed.

    All or nothing. Raises Toewijzingsconflict when someone changed one of these dossiers since it was seen, Geweigerd when
    a rule of `bezetting` stands in the way. A dossier that was left as it was seen, is left as it is.
    """
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if slot.status == Ronde.Status.GESLOTEN:
        raise Geweigerd(["Deze ronde is gesloten: de toewijzing staat vast."])
    anders = {pk: wens for pk, wens in wensen.items() if wens.gewenst != wens.gezien}
    # Lock first, read after: one statement that does both may return the row as it was before the lock was granted.
    list(slot.dossiers.filter(pk__in=anders).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    dossiers = {d.pk: d for d in queries_rondes.dossiers_van(slot).filter(pk__in=anders)}
    anders = {
        pk: wens
        for pk, wens in anders.items()
        if pk not in dossiers or queries_rondes.bezetting_van(dossiers[pk]) != wens.gewenst
    }
    conflict = [
        pk
        for pk, wens in anders.items()
        if pk not in dossiers or queries_rondes.bezetting_van(dossiers[pk]) != wens.gezien
    ]
    if conflict:
        raise Toewijzingsconflict(conflict)
    mensen = {mens.pk: mens for mens in queries_rondes.inspecteurs()}
    _controleer(slot, {dossiers[pk]: wens.gewenst for pk, wens in anders.items()}, mensen)
    for pk, wens in anders.items():
        _wijs_toe(dossiers[pk], wens.gewenst, mensen, wie)
    return len(anders)


def _controleer(ronde: Ronde, gewenst: Mapping[Dossier, Bezetting], mensen: Mapping[int, Gebruiker]) -> None:
    situaties = queries_rondes.situaties(ronde, gewenst)
    weigering = []
    for dossier, bij in gewenst.items():
        situatie = situaties[dossier.pk]
        weigering += [f"{dossier.gemeente}: {zin}" for zin in bezetting.bezwaren(situatie, bij).values()]
        weigering += [
            f"{dossier.gemeente}: kies als {NAMEN[plaats]} iemand die nu inspecteur is."
            for plaats in bij.verschilt_in(situatie.staat)
            if getattr(bij, plaats) is not None and getattr(bij, plaats) not in mensen
        ]
    if weigering:
        raise Geweigerd(weigering)


def _wijs_toe(dossier: Dossier, gewenst: Bezetting, mensen: Mapping[int, Gebruiker], wie: Gebruiker) -> None:
    plaatsen = gewenst.verschilt_in(queries_rondes.bezetting_van(dossier))
    wijzigingen = {}
    for plaats in plaatsen:
        oud, nieuw = getattr(dossier, plaats), mensen.get(getattr(gewenst, plaats))
        wijzigingen[NAMEN[plaats]] = [str(oud) if oud else None, str(nieuw) if nieuw else None]
        setattr(dossier, plaats, nieuw)
    dossier.save(update_fields=plaatsen)
    leg_vast(dossier, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen=wijzigingen, dossier_id=dossier.pk)
