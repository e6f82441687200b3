"""Findings: settling the one fact per dossier per question (design 4.4)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import bezwaar_tegen
from vragenlijst import driehoek, queries, routing
from vragenlijst.actions.antwoorden import controleer, zoals_bewaard
from vragenlijst.actions.fouten import Conflict
from vragenlijst.actions.herzien import herzie_oordelen
from vragenlijst.actions.status import dossier_op_slot
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import (
    Bevinding,
    Dossier,
    Vraag,
)


@transaction.atomic
def bevinding_vastleggen(
    dossier: Dossier, vraag: Vraag, inhoud: Inhoud, *, motivatie: str = "", versie: int, wie: Gebruiker
) -> Bevinding:
    """Settle the one fact of this dossier on this question.

    Raises ValidationError with a key `motivatie` when the actors contradict each other, nobody was asked, or the proposal is left
    without saying why; Conflict when someone settled it otherwise in the meantime.
    """
    slot = dossier_op_slot(dossier)
    regel = next((r for r in queries.driehoeken(slot) if r.vraag.pk == vraag.pk), None)
    if regel is None:
        raise ValidationError("Deze vraag hoort niet bij dit dossier.")
    bevinding = _leg_bevinding_vast(slot, regel, inhoud, motivatie.strip(), versie, wie)
    herbereken_routering(slot)
    bevinding.refresh_from_db()
    return bevinding


@transaction.atomic
def neem_eensluidende_over(dossier: Dossier, wie: Gebruiker) -> int:
    """Settle every asked question on which the actors agree, or only one spoke; returns how many.

    What an inspector settled before stays, unless it is to be looked at again and the proposal still stands.
    """
    slot = dossier_op_slot(dossier)
    regels = queries.over_te_nemen(queries.driehoeken(slot))
    for regel in regels:
        versie, motivatie = (regel.bevinding.versie, regel.bevinding.motivatie) if regel.bevinding else (0, "")
        _leg_bevinding_vast(slot, regel, regel.beeld.voorstel, motivatie, versie, wie)
    herbereken_routering(slot)
    return len(regels)


def _leg_bevinding_vast(
    dossier: Dossier, regel: queries.Driehoek, inhoud: Inhoud, motivatie: str, versie: int, wie: Gebruiker
) -> Bevinding:
    bevinding = regel.bevinding
    if versie != (bevinding.versie if bevinding else 0):
        raise Conflict(bevinding)
    if not inhoud.waarde:
        raise ValidationError({"antwoord": "Geef aan wat de bevinding is."})
    inhoud = zoals_bewaard(regel.vraag, inhoud)
    keuze, gemeente = controleer(regel.vraag, inhoud)
    if bezwaar := bezwaar_tegen(motivatie):
        raise ValidationError({"motivatie": bezwaar})
    if driehoek.motivatie_nodig(regel.beeld, inhoud) and not motivatie:
        raise ValidationError({"motivatie": MOTIVATIE_GEVRAAGD[regel.beeld.stand]})
    oud, was = queries.inhoud_van(bevinding).als_json(), queries.inhoud_van(bevinding).waarde
    bevinding = bevinding or Bevinding(dossier=dossier, vraag=regel.vraag, versie=0)
    bevinding.keuze, bevinding.gemeente = keuze, gemeente
    bevinding.tekst, bevinding.rijen = inhoud.tekst, [list(rij) for rij in inhoud.rijen]
    bevinding.stand, bevinding.motivatie = regel.beeld.stand, motivatie
    bevinding.te_herzien = False
    bevinding.versie = versie + 1
    bevinding.gewijzigd_door = wie
    bevinding.save()
    if was != inhoud.waarde:
        herzie_oordelen(dossier, [regel.vraag.pk])
    leg_vast(
        bevinding,
        Gebeurtenis.Soort.GEWIJZIGD if oud else Gebeurtenis.Soort.GEMAAKT,
        wie,
        reden=motivatie,
        wijzigingen={"bevinding": [oud, inhoud.als_json()]},
        dossier_id=dossier.pk,
    )
    return bevinding


MOTIVATIE_GEVRAAGD = {
    driehoek.TEGENGESTELD: "De actoren spreken elkaar tegen: motiveer waarom dit de bevinding is.",
    driehoek.NIET_GEVRAAGD: "Geen actor heeft hier iets over gezegd: motiveer waarop de bevinding berust.",
    driehoek.EENSLUIDEND: "U wijkt af van wat alle actoren zeggen: motiveer waarom.",
    driehoek.EEN_BRON: "U wijkt af van wat de enige bron zegt: motiveer waarom.",
}


def herbereken_routering(dossier: Dossier) -> None:
    """Mark which findings routing no longer asks for, given the findings themselves; they are kept and not counted."""
    bevindingen = list(dossier.bevindingen.select_related("vraag", "keuze"))
    keuzes = {b.vraag.code: b.keuze.code for b in bevindingen if b.keuze}
    open_codes = routing.gevraagd(queries.voorwaarden_van_ronde(dossier.ronde), keuzes)
    anders = [b for b in bevindingen if b.vervallen != (b.vraag.code not in open_codes)]
    for bevinding in anders:
        Bevinding.objects.filter(pk=bevinding.pk).update(vervallen=not bevinding.vervallen)
    if anders:
        herzie_oordelen(dossier, [bevinding.vraag_id for bevinding in anders])
