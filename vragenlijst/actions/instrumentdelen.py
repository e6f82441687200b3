"""Writes on the parts of a concept instrument: a question, a choice, a norm … One transaction each, with a row in its history.

Each locks the instrument first, so that nothing changes between the look at its status and the write (the database refuses it
anyway), and two writers come after each other.
"""

import hashlib
import json
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.instrumentgegeven import VASTE_KEUZES
from vragenlijst.models import Aandachtspunt, Actorgroep, Bewijssoort, Instrument, Keuze, Onderdeel, Vraag
from vragenlijst.queries.instrument import met_vervolg
from vragenlijst.waarde import schrijf_getal

OUDER = {
    Onderdeel: "instrument",
    Actorgroep: "instrument",
    Bewijssoort: "instrument",
    Vraag: "onderdeel",
    Aandachtspunt: "onderdeel",
    Keuze: "vraag",
}
OMHOOG, OMLAAG = "omhoog", "omlaag"
VERWIJDERD = "Iemand anders heeft dit intussen verwijderd."


def stempel(ding: models.Model, velden: list[str]) -> str:
    """What these fields of a part say, in short: another when somebody changed it."""
    tekst = json.dumps(leesbaar(ding, velden), sort_keys=True)
    return hashlib.sha256(tekst.encode()).hexdigest()[:16]


def leesbaar(ding: models.Model, velden: list[str]) -> dict[str, str]:
    """Per field, by its name on the page, what it says: for history and for two versions side by side."""
    return {_label(ding, veld): _waarde(ding, veld) for veld in velden}


@transaction.atomic
def deel_opslaan(form, instrument: Instrument, wie: Gebruiker) -> models.Model:
    """Save a part, new or changed. Conflict when it is no longer as the writer saw it, Geweigerd when the version stands firm,
    or when what was typed no longer goes beside what another just saved: then the form says where."""
    _op_slot(instrument)
    ding, velden = form.instance, list(form.Meta.fields)
    eerst: dict[str, str] = {}
    if ding.pk:
        vers = type(ding).objects.filter(pk=ding.pk).first()
        if vers is None or stempel(vers, velden) != form.cleaned_data["gezien"]:
            raise Conflict(vers)
        eerst = leesbaar(vers, velden)
        _neem_over(ding, vers, velden)
    else:
        _ouder_is_er(ding)
        ding.volgorde = _laatste_plaats(ding) + 1
    form.full_clean()  # again, now that nobody else writes
    if form.errors:
        raise Geweigerd([])
    onder = ding.hoofdvraag if isinstance(ding, Vraag) and not ding.pk else None
    if onder:
        ding.onderdeel = onder.onderdeel
    form.save()
    if onder:
        _zet_onder(onder, ding)
    if isinstance(ding, Vraag):
        _keuzes_bij(ding, form.nieuwe_keuzes())
    if isinstance(ding, Keuze):
        _nummer(_broers(ding))
    daarna = leesbaar(ding, velden)
    wijzigingen = {
        f"{_naam(ding)}: {label}": [eerst.get(label), nu] for label, nu in daarna.items() if eerst.get(label, "") != nu
    }
    if wijzigingen:
        leg_vast(instrument, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen=wijzigingen)
    return ding


@transaction.atomic
def deel_verplaatsen(ding: models.Model, richting: str, instrument: Instrument, wie: Gebruiker) -> bool:
    """One place up or down; a question or norm at the edge of its onderdeel goes to the next one. False when there is no further."""
    _op_slot(instrument)
    _ververs(ding)
    stap = -1 if richting == OMHOOG else 1
    rij = _broers(ding)
    plaats = next(nr for nr, broer in enumerate(rij) if broer.pk == ding.pk)
    if 0 <= plaats + stap < len(rij):
        rij[plaats], rij[plaats + stap] = rij[plaats + stap], rij[plaats]
        _nummer(rij)
    elif not (isinstance(ding, Vraag | Aandachtspunt) and _naar_buurdeel(ding, stap)):
        return False
    leg_vast(instrument, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={_naam(ding): [None, f"{richting} geplaatst"]})
    return True


@transaction.atomic
def deel_verwijderen(ding: models.Model, instrument: Instrument, wie: Gebruiker) -> None:
    """Remove a part of a concept. Geweigerd, with what hangs on it, when something does."""
    _op_slot(instrument)
    _ververs(ding)
    if weigering := bezwaren_verwijderen(ding):
        raise Geweigerd(weigering)
    leg_vast(instrument, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={_naam(ding): [str(ding), None]})
    if isinstance(ding, Vraag):  # one that hangs on itself, as a file can have it, would protect its own choice
        Vraag.objects.filter(pk=ding.pk).update(voorwaarde=None)
    ding.delete()


def bezwaren_verwijderen(ding: models.Model) -> list[str]:
    """What hangs on this part, so that it cannot go; empty when it can."""
    if isinstance(ding, Onderdeel):
        vol = ding.vragen.exists() or ding.aandachtspunten.exists()
        return ["Er staan nog vragen of aandachtspunten in. Verwijder of verplaats die eerst."] if vol else []
    if isinstance(ding, Bewijssoort):
        codes = _codes(ding.aandachtspunten.all())
        return [f"Hierom wordt gevraagd door {codes}. Kies daar eerst een andere soort."] if codes else []
    if isinstance(ding, Keuze):
        codes = _codes(ding.opent.all())
        return [f"Van deze keuze hangt af of {codes} wordt gesteld. Wijzig daar eerst de voorwaarde."] if codes else []
    if isinstance(ding, Vraag):
        gevonden = []
        if codes := _codes(Vraag.objects.filter(voorwaarde__vraag=ding).exclude(pk=ding.pk)):
            gevonden.append(f"Van deze vraag hangt af of {codes} wordt gesteld. Wijzig daar eerst de voorwaarde.")
        if codes := _codes(ding.vervolgvragen.all()):
            gevonden.append(f"{codes} is een vervolg op deze vraag. Wijzig of verwijder dat eerst.")
        return gevonden
    return []


def _op_slot(instrument: Instrument) -> None:
    slot = Instrument.objects.select_for_update(of=("self",)).filter(pk=instrument.pk).first()
    if slot is None or not slot.is_concept:
        raise Geweigerd(["Deze versie is intussen vastgesteld of verwijderd: er verandert niets meer aan."])


def _ververs(ding: models.Model) -> None:
    """The part as it is, which may be elsewhere than where the page read it."""
    try:
        ding.refresh_from_db()
    except ObjectDoesNotExist as weg:
        raise Geweigerd([VERWIJDERD]) from weg


def _neem_over(ding: models.Model, vers: models.Model, velden: list[str]) -> None:
    """What the form does not ask, such as its place, as it is."""
    for veld in ding._meta.concrete_fields:
        if veld.name not in velden:
            setattr(ding, veld.attname, getattr(vers, veld.attname))


def _ouder_is_er(ding: models.Model) -> None:
    ouder = getattr(ding, OUDER[type(ding)])
    if not type(ouder).objects.filter(pk=ouder.pk).exists():
        raise Geweigerd([VERWIJDERD])


def _broers(ding: models.Model) -> list[models.Model]:
    """The parts among which this one has its place. *Weet niet* and *n.v.t.* always come last, and are not among them."""
    ouder = OUDER[type(ding)]
    broers = type(ding).objects.filter(**{ouder: getattr(ding, f"{ouder}_id")}).order_by("volgorde", "pk")
    return list(broers.filter(soort=Keuze.Soort.INHOUD) if isinstance(ding, Keuze) else broers)


def _nummer(rij: list[models.Model]) -> None:
    if not rij:
        return
    for nr, ding in enumerate(rij, 1):
        ding.volgorde = nr
    type(rij[0]).objects.bulk_update(rij, ["volgorde"])
    if isinstance(rij[0], Keuze):
        vaste = list(Keuze.objects.filter(vraag=rij[0].vraag_id).exclude(soort=Keuze.Soort.INHOUD).order_by("volgorde"))
        for nr, keuze in enumerate(vaste, len(rij) + 1):
            keuze.volgorde = nr
        Keuze.objects.bulk_update(vaste, ["volgorde"])


def _laatste_plaats(ding: models.Model) -> int:
    broers = _broers(ding)
    return broers[-1].volgorde if broers else 0


def _zet_onder(hoofdvraag: Vraag, vraag: Vraag) -> None:
    """A new follow-up comes directly after its main question and the follow-ups that are there."""
    laatste = [v for v in met_vervolg(hoofdvraag) if v.pk != vraag.pk][-1]
    rij = [broer for broer in _broers(vraag) if broer.pk != vraag.pk]
    plaats = next(nr for nr, broer in enumerate(rij, 1) if broer.pk == laatste.pk)
    _nummer([*rij[:plaats], vraag, *rij[plaats:]])


def _naar_buurdeel(ding: Vraag | Aandachtspunt, stap: int) -> bool:
    delen = list(Onderdeel.objects.filter(instrument=ding.onderdeel.instrument_id).order_by("volgorde"))
    plaats = next(nr for nr, deel in enumerate(delen) if deel.pk == ding.onderdeel_id) + stap
    if not 0 <= plaats < len(delen):
        return False
    ding.onderdeel = delen[plaats]
    ding.save(update_fields=["onderdeel"])
    anderen = [broer for broer in _broers(ding) if broer.pk != ding.pk]
    _nummer([*anderen, ding] if stap < 0 else [ding, *anderen])
    return True


def _keuzes_bij(vraag: Vraag, nieuwe: list[tuple[str, str]]) -> None:
    """The choices that were typed with the question, and those that every question has; an open one keeps no others."""
    if vraag.soort != Vraag.Soort.KEUZE:
        vraag.keuzes.filter(soort=Keuze.Soort.INHOUD).delete()
    er_al = set(vraag.keuzes.values_list("code", flat=True))
    Keuze.objects.bulk_create(
        Keuze(vraag=vraag, code=code, naam=naam, volgorde=900 + nr) for nr, (code, naam) in enumerate(nieuwe)
    )
    Keuze.objects.bulk_create(
        Keuze(vraag=vraag, code=k.code, naam=k.naam, soort=k.soort, volgorde=990 + nr)
        for nr, k in enumerate(VASTE_KEUZES)
        if k.code not in er_al
    )
    eerste = Keuze(vraag=vraag)
    _nummer(_broers(eerste))


def _codes(dingen) -> str:
    return ", ".join(dingen.order_by("code").values_list("code", flat=True))


def _naam(ding: models.Model) -> str:
    bij = f" bij {ding.vraag.code}" if isinstance(ding, Keuze) else ""
    return f"{ding._meta.verbose_name.capitalize()} {ding.code}{bij}" if hasattr(ding, "code") else str(ding)


def _label(ding: models.Model, veld: str) -> str:
    return str(ding._meta.get_field(veld).verbose_name)


def _waarde(ding: models.Model, veld: str) -> str:
    waarde = getattr(ding, veld)
    return in_woorden(waarde.all() if ding._meta.get_field(veld).many_to_many else waarde)


def in_woorden(waarde) -> str:
    """What a field of a part says, stored or just filled in; empty for nothing."""
    if waarde is None:
        return ""
    if isinstance(waarde, models.QuerySet):
        return _codes(waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, Decimal):
        return schrijf_getal(waarde)
    if isinstance(waarde, Keuze):
        return f"{waarde.vraag.code} = {waarde.naam}"
    return waarde.code if isinstance(waarde, Vraag) else str(waarde)
