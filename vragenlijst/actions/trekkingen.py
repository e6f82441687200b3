"""Writes of a drawing by lot: making it, taking it back while the round is in concept, and replacing who falls out."""

from collections.abc import Mapping

from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst import bezetting, loting
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.actions.rondes import Toewijzing, ronde_vullen
from vragenlijst.models import Dossier, Lot, Ronde, Trekking
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.queries import trekkingen as queries_trekkingen
from vragenlijst.queries.rondes import Kandidaat
from vragenlijst.queries.trekkingen import Voorstel

STEEKPROEF = "steekproef"


def bezwaren_trekken(ronde: Ronde) -> list[str]:
    """Why no lots can be drawn for this round; empty when they can."""
    if ronde.status != Ronde.Status.CONCEPT:
        return ["De ronde is al geopend: de steekproef wordt getrokken zolang de ronde in concept is."]
    if Trekking.objects.filter(ronde=ronde).exists():
        return ["Er is voor deze ronde al een steekproef getrokken."]
    return []


@transaction.atomic
def trekken(ronde: Ronde, voorstel: Voorstel, gezien: str, wie: Gebruiker) -> Trekking:
    """Store this drawing and give each drawn municipality a dossier.

    `gezien` is the stamp of what the writer had before them; Conflict when drawing would give something else by now.
    """
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if redenen := bezwaren_trekken(slot):
        raise Geweigerd(redenen)
    if voorstel.bezwaar:
        raise Geweigerd([voorstel.bezwaar])
    if voorstel.stempel != gezien or slot.peildatum != ronde.peildatum:
        raise Conflict(slot)
    ontwerp = voorstel.ontwerp
    trekking = Trekking.objects.create(
        ronde=slot,
        zaad=ontwerp.zaad,
        algoritme=loting.ALGORITME,
        kenmerken=list(ontwerp.kenmerken),
        verdeling=ontwerp.verdeling,
        aantal=ontwerp.aantal,
        minimum=ontwerp.minimum,
        aantallen=voorstel.aantallen,
        afbakening=ontwerp.afbakening,
    )
    Lot.objects.bulk_create(_loten(trekking, voorstel))
    getrokken = [kandidaat for stratum in voorstel.strata for kandidaat in stratum.getrokken]
    ronde_vullen(slot, [Toewijzing(k.gemeente, k.rol) for k in _op_naam(getrokken)], wie)
    hoe = f"{voorstel.aantal} van {voorstel.omvang} gemeenten, zaad {ontwerp.zaad}, methode {loting.ALGORITME}"
    leg_vast(slot, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={STEEKPROEF: [None, hoe]})
    return trekking


def _op_naam(kandidaten: list[Kandidaat]) -> list[Kandidaat]:
    return sorted(kandidaten, key=lambda kandidaat: kandidaat.gemeente.zoeknaam)


def _loten(trekking: Trekking, voorstel: Voorstel) -> list[Lot]:
    loten = [
        Lot(trekking=trekking, gemeente=kandidaat.gemeente, stand=Lot.Stand.UITGESLOTEN, reden=reden)
        for kandidaat, reden in voorstel.uitgesloten
    ]
    for stratum in voorstel.strata:
        for plaats, kandidaat in enumerate((*stratum.getrokken, *stratum.reserve), start=1):
            stand = Lot.Stand.GETROKKEN if plaats <= stratum.aantal else Lot.Stand.RESERVE
            gemeente = kandidaat.gemeente
            loten.append(Lot(trekking=trekking, gemeente=gemeente, stratum=stratum.sleutel, plaats=plaats, stand=stand))
    return loten


@transaction.atomic
def trekking_intrekken(ronde: Ronde, reden: str, wie: Gebruiker) -> None:
    """Undo a drawing with its dossiers, as long as nothing was done in them. History keeps the seed and why."""
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    trekking = Trekking.objects.filter(ronde=slot).first()
    if trekking is None:
        raise Geweigerd(["Deze steekproef is al ingetrokken."])
    if slot.status != Ronde.Status.CONCEPT:
        raise Geweigerd(["De ronde is al geopend: de steekproef staat vast."])
    dossiers = slot.dossiers.filter(gemeente__in=queries_trekkingen.getrokken_gemeenten(slot))
    leeg = set(queries_rondes.lege_dossiers(dossiers).values_list("pk", flat=True))
    if vol := [str(d.gemeente) for d in dossiers.select_related("gemeente") if d.pk not in leeg]:
        raise Geweigerd([f"Er is al gewerkt in het dossier van {', '.join(vol)}."])
    hoe = f"{len(leeg)} gemeenten, zaad {trekking.zaad}, methode {trekking.algoritme}"
    leg_vast(slot, Gebeurtenis.Soort.GEWIJZIGD, wie, reden=reden, wijzigingen={STEEKPROEF: [hoe, None]})
    Dossier.objects.filter(pk__in=leeg).delete()
    wis(trekking)


def wis(trekking: Trekking) -> None:
    """Its loten from the last replacement back to the first drawn; the database refuses it once the round is open."""
    while trekking.loten.filter(vervanger=None).delete()[0]:
        pass
    trekking.delete()


@transaction.atomic
def laat_uitvallen(ronde: Ronde, code: str, reden: str, wie: Gebruiker) -> tuple[Lot, Lot | None]:
    """Record that a drawn municipality does not take part, and put the next of its stratum in its place, with the same people.

    Returns both; None when the stratum has nobody left. Raises Geweigerd when there is work in its dossier.
    """
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if slot.status == Ronde.Status.GESLOTEN:
        raise Geweigerd(["Deze ronde is gesloten: de steekproef staat vast."])
    lot = (
        Lot.objects.select_for_update(of=("self",))
        .select_related("gemeente", "trekking")
        .filter(trekking__ronde=slot, gemeente__code=code, stand__in=[Lot.Stand.GETROKKEN, Lot.Stand.VERVANGER])
        .first()
    )
    if lot is None:
        raise Geweigerd(["Deze gemeente is niet getrokken, of al uitgevallen."])
    dossiers = slot.dossiers.filter(gemeente=lot.gemeente)
    oud = dossiers.select_related("inspecteur", "tweede_inspecteur", "toetser").first()
    if oud and not queries_rondes.lege_dossiers(dossiers).exists():
        raise Geweigerd([f"In het dossier van {lot.gemeente} is al gewerkt: de gemeente blijft in de ronde."])
    vervanger = queries_trekkingen.reserve_voor(lot)
    if vervanger is None and slot.status == Ronde.Status.OPEN and slot.dossiers.count() == 1:
        raise Geweigerd(["Een open ronde houdt ten minste één gemeente, en het stratum heeft er geen meer."])
    lot.stand, lot.reden = Lot.Stand.UITGEVALLEN, reden
    lot.save(update_fields=["stand", "reden"])
    if vervanger is not None:
        _neem_plaats_in(slot, vervanger, lot, oud, wie)
    naar = str(vervanger.gemeente) if vervanger else None
    leg_vast(
        slot,
        Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        reden=reden,
        wijzigingen={"gemeente": [f"{lot.gemeente} (uitgevallen)", naar], **_mensen_af(oud)},
        dossier_id=oud.pk if oud else None,
    )
    dossiers.delete()
    return lot, vervanger


def _neem_plaats_in(ronde: Ronde, vervanger: Lot, lot: Lot, oud: Dossier | None, wie: Gebruiker) -> None:
    vervanger.stand, vervanger.vervangt = Lot.Stand.VERVANGER, lot
    vervanger.save(update_fields=["stand", "vervangt"])
    kandidaat = queries_rondes.kandidaten(ronde)[vervanger.gemeente.code]
    mensen = (
        {} if oud is None else {"inspecteur": oud.inspecteur, "tweede": oud.tweede_inspecteur, "toetser": oud.toetser}
    )
    ronde_vullen(ronde, [Toewijzing(vervanger.gemeente, kandidaat.rol, **mensen)], wie)


def _mensen_af(dossier: Dossier | None) -> Mapping[str, list]:
    """Who was on a dossier that goes, for its history."""
    if dossier is None:
        return {}
    return {
        queries_rondes.PLAATSNAMEN[plaats]: [str(mens), None]
        for plaats in bezetting.PLAATSEN
        if (mens := getattr(dossier, plaats)) is not None
    }
