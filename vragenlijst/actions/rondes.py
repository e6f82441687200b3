"""Filling a round with dossiers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.grootte import grootteklasse
from regio.models import Gebeurtenis, Gebruiker, Gemeente, Kenmerken
from vragenlijst.actions.fouten import Geweigerd
from vragenlijst.models import (
    Dossier,
    Ronde,
)


@dataclass(frozen=True)
class Toewijzing:
    """One municipality for a round, with its role there and who works on it."""

    gemeente: Gemeente
    rol: str
    inspecteur: Gebruiker | None = None
    tweede: Gebruiker | None = None
    toetser: Gebruiker | None = None


@transaction.atomic
def ronde_vullen(ronde: Ronde, toewijzingen: Iterable[Toewijzing], wie: Gebruiker | None) -> list[Dossier]:
    """Make a dossier for each municipality, with its attributes as they are on the round's peildatum."""
    slot = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if slot.status == Ronde.Status.GESLOTEN:
        raise Geweigerd(["Deze ronde is gesloten: er komen geen gemeenten meer bij."])
    toewijzingen = list(toewijzingen)
    if afwezig := [t.gemeente.naam for t in toewijzingen if not t.gemeente.bestaat_op(slot.peildatum)]:
        raise Geweigerd([f"{naam} bestaat niet op de peildatum {slot.peildatum:%d-%m-%Y}." for naam in afwezig])
    bezet = Counter([*slot.dossiers.values_list("gemeente", flat=True), *(t.gemeente.pk for t in toewijzingen)])
    if dubbel := {t.gemeente.naam for t in toewijzingen if bezet[t.gemeente.pk] > 1}:
        raise Geweigerd([f"{naam} heeft al een dossier in deze ronde." for naam in sorted(dubbel)])
    kenmerken = {
        k.gemeente_id: k
        for k in Kenmerken.objects.op(slot.peildatum).filter(gemeente__in=[t.gemeente.pk for t in toewijzingen])
    }
    dossiers = []
    for toewijzing in toewijzingen:
        op_peildatum = kenmerken.get(toewijzing.gemeente.pk)
        dossier = Dossier(
            ronde=slot,
            gemeente=toewijzing.gemeente,
            rol=toewijzing.rol,
            inspecteur=toewijzing.inspecteur,
            tweede_inspecteur=toewijzing.tweede,
            toetser=toewijzing.toetser,
            inwoners=op_peildatum.inwoners if op_peildatum else None,
            grootteklasse_code=grootteklasse(op_peildatum.inwoners if op_peildatum else None).code,
            randstad=op_peildatum.randstad if op_peildatum else None,
        )
        dossier.full_clean(exclude=["ronde"])
        dossier.save()
        leg_vast(dossier, Gebeurtenis.Soort.GEMAAKT, wie, dossier_id=dossier.pk)
        dossiers.append(dossier)
    return dossiers
