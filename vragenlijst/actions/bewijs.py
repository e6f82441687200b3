"""Documents on a dossier: stored with their file, replaced by a newer one, handed out."""

from collections.abc import Iterable
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker, Gemeente
from vragenlijst import opslag
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.actions.herzien import herzie_oordelen_op
from vragenlijst.actions.status import dossier_op_slot
from vragenlijst.bestanden import Upload
from vragenlijst.models import Aandachtspunt, Bewijsstuk, Dossier

# What a document is called, where it is found and how long it is kept: another of these makes it no other evidence.
VINDBAARHEID = {"Titel", "Vindplaats", "Bevat persoonsgegevens"}


def bewijsstuk_opslaan(
    bewijsstuk: Bewijsstuk,
    wie: Gebruiker,
    *,
    bestand: Upload | None = None,
    deelnemers: Iterable[Gemeente] | None = None,
    wijzigingen: dict | None = None,
) -> Bewijsstuk:
    """Store a document on its dossier, with its file; `versie` of a known document is the one that the writer had in view.

    A new one that is there already, to the letter and to the bit, is not made twice: the one that is there comes back. Raises
    ValidationError when a judgement rests on it that it would no longer carry, Geweigerd when it was replaced or the dossier
    stands firm, Conflict when someone changed it in the meantime; then no file stays behind.
    """
    geborgen = opslag.berg_op(bestand.stroom) if bestand else None
    klaar = False
    try:
        with transaction.atomic():
            if geborgen:
                _hang_aan(bewijsstuk, bestand, geborgen)
            opgeslagen = _leg_neer(bewijsstuk, wie, geborgen, deelnemers, wijzigingen or {})
            klaar = opgeslagen is bewijsstuk
            # From here on only the commit can fail. Whether it did is not known then: the sweep finds out, not we.
    finally:
        if geborgen and not klaar:
            opslag.verwijder(geborgen)
    if geborgen:
        opslag.ruim_op_terloops()
    return opgeslagen


def bewijsstuk_opvragen(bewijsstuk: Bewijsstuk, wie: Gebruiker) -> BinaryIO:
    """The file, to hand out, with its row of history. Raises opslag.Beschadigd."""
    inhoud = opslag.open_heel(bewijsstuk)
    leg_vast(bewijsstuk, Gebeurtenis.Soort.UITVOER, wie, dossier_id=bewijsstuk.dossier_id)
    return inhoud


def controleer_bewijs(dossier: Dossier, aandachtspunt: Aandachtspunt, bewijsstuk: Bewijsstuk) -> None:
    """Whether this document may stand under a judgement on this norm (design 4.5). Raises ValidationError at `bewijsstuk`."""
    if bewijsstuk.dossier_id != dossier.pk:
        raise ValidationError({"bewijsstuk": "Dit stuk hoort bij een ander dossier."})
    if aandachtspunt.vraagt_bewijs and not aandachtspunt.bewijssoorten.filter(pk=bewijsstuk.soort_id).exists():
        raise ValidationError(
            {
                "bewijsstuk": f"Een {bewijsstuk.soort.naam.lower()} is niet het bewijs dat deze norm vraagt ({aandachtspunt.bewijs})."
            }
        )
    if not aandachtspunt.akkoord_door:
        return
    for waarde, vraag in ((bewijsstuk.akkoord_op, "wanneer"), (bewijsstuk.akkoord_door, "door wie")):
        if not waarde:
            raise ValidationError(
                {
                    "bewijsstuk": f"Bij dit stuk is nog niet vastgelegd {vraag} het akkoord is gegeven ({aandachtspunt.akkoord_door})."
                }
            )


def _hang_aan(bewijsstuk: Bewijsstuk, bestand: Upload, geborgen: opslag.Geborgen) -> None:
    if bewijsstuk.bestand:
        raise ValidationError({"bestand": "Dit stuk heeft al een bestand. Vervang het stuk om een ander te bewaren."})
    bewijsstuk.bestand = geborgen.naam
    bewijsstuk.bestandsnaam, bewijsstuk.mediatype = bestand.naam, bestand.soort.mediatype
    bewijsstuk.grootte, bewijsstuk.sha256 = geborgen.grootte, geborgen.sha256


def _leg_neer(
    bewijsstuk: Bewijsstuk,
    wie: Gebruiker,
    geborgen: opslag.Geborgen | None,
    deelnemers: Iterable[Gemeente] | None,
    wijzigingen: dict,
) -> Bewijsstuk:
    """The rows of the document, under the lock of its dossier."""
    slot = dossier_op_slot(bewijsstuk.dossier)
    nieuw = bewijsstuk.pk is None
    if nieuw:
        if gelijk := _gelijk_stuk(bewijsstuk):
            return gelijk
        if bewijsstuk.vervangt_id:
            _controleer_vervanging(slot, bewijsstuk)
    else:
        _controleer_wijziging(slot, bewijsstuk)
        bewijsstuk.versie += 1
    bewijsstuk.save()
    if deelnemers is not None:
        bewijsstuk.deelnemers.set(deelnemers)
    if bewijsstuk.vervangt_id and nieuw:
        herzie_oordelen_op(bewijsstuk.vervangt)
    elif geborgen or wijzigingen.keys() - VINDBAARHEID:
        herzie_oordelen_op(bewijsstuk)
    if geborgen:  # the checksum is kept in the history, which cannot be changed afterwards; the name of the file may be of a person
        wijzigingen |= {"Bestand": ["", bewijsstuk.bestand_omschrijving], "SHA-256": ["", bewijsstuk.sha256]}
    leg_vast(
        bewijsstuk,
        Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        reden=f"Vervangt: {bewijsstuk.vervangt}" if nieuw and bewijsstuk.vervangt_id else "",
        wijzigingen=wijzigingen,
        dossier_id=slot.pk,
    )
    return bewijsstuk


def _gelijk_stuk(bewijsstuk: Bewijsstuk) -> Bewijsstuk | None:
    """The same document, entered before: a form that was sent twice."""
    velden = ("dossier", "soort", "titel", "datum", "akkoord_door", "akkoord_op", "vindplaats", "sha256", "vervangt")
    return Bewijsstuk.objects.filter(
        vervangen_door=None, **{veld: getattr(bewijsstuk, veld) for veld in velden}
    ).first()


def _controleer_vervanging(slot: Dossier, bewijsstuk: Bewijsstuk) -> None:
    oud = Bewijsstuk.objects.select_related("vervangen_door").get(pk=bewijsstuk.vervangt_id)
    if oud.dossier_id != slot.pk:
        raise ValidationError("Het stuk dat u vervangt hoort bij een ander dossier.")
    if oud.opvolger:
        raise Geweigerd([f"'{oud}' is al vervangen door '{oud.opvolger}'."])


def _controleer_wijziging(slot: Dossier, bewijsstuk: Bewijsstuk) -> None:
    huidig = Bewijsstuk.objects.met_alles().get(pk=bewijsstuk.pk)
    if huidig.versie != bewijsstuk.versie:
        raise Conflict(huidig)
    if huidig.opvolger:
        raise Geweigerd([f"Dit stuk is vervangen door '{huidig.opvolger}' en blijft zoals het was."])
    for beoordeling in bewijsstuk.beoordelingen.select_related("aandachtspunt"):
        try:
            controleer_bewijs(slot, beoordeling.aandachtspunt, bewijsstuk)
        except ValidationError as fout:
            raise ValidationError(
                f"Het oordeel over {beoordeling.aandachtspunt.code} rust op dit stuk. {' '.join(fout.messages)} "
                "Pas eerst dat oordeel aan."
            ) from fout
