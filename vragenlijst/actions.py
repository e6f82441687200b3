"""Writes over more than one model. Each is one transaction with its history row; nothing is saved outside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from regio.gebeurtenissen import leg_vast
from regio.grootte import grootteklasse
from regio.models import Gebeurtenis, Gebruiker, Gemeente, Kenmerken
from regio.rechten import Recht
from regio.tekst import bezwaar_tegen
from vragenlijst import driehoek, queries, routing
from vragenlijst.bezwaren import bezwaren
from vragenlijst.inhoud import MAX_TEKST, Inhoud
from vragenlijst.models import (
    Aandachtspunt,
    Antwoord,
    Antwoordversie,
    Beoordeling,
    Bevinding,
    Bewijsstuk,
    Dossier,
    Interview,
    Ronde,
    Vraag,
)
from vragenlijst.overgangen import Overgang, Wie, overgang

NIET_TELLEND = (Interview.Status.GEPLAND, Interview.Status.VERVALLEN)


class Geweigerd(Exception):
    """What was asked cannot be done now; `redenen` are sentences for the page."""

    def __init__(self, redenen: list[str]):
        super().__init__(" ".join(redenen))
        self.redenen = redenen


class Conflict(Exception):
    """Someone else saved in the meantime; `opgeslagen` is what stands there now. Nothing was written."""

    def __init__(self, opgeslagen: models.Model | None):
        super().__init__("Ondertussen door een ander gewijzigd.")
        self.opgeslagen = opgeslagen


# --- Status: the one door -----------------------------------------------------------------------------------------


@transaction.atomic
def zet_status(ding: models.Model, naar: str, wie: Gebruiker, *, reden: str = "", datum: date | None = None):
    """Bring a Ronde, Dossier or Interview to status `naar`; the only place that assigns `.status`.

    `datum` is the date of approval where that is asked (default today). Raises PermissionDenied when it is not this person's
    to do, and Geweigerd with what stands in the way.
    """
    soort = ding._meta.model_name
    vers = op_slot(ding)
    stap = overgang(soort, vers.status, naar)
    if stap is None:
        raise Geweigerd([f"{vers} is nu '{vers.get_status_display().lower()}': deze stap kan niet (meer)."])
    if not mag_zetten(vers, stap, wie):
        raise PermissionDenied
    weigering = bezwaren(vers, naar)
    if stap.met_reden and not reden.strip():
        weigering.append("Geef een reden op.")
    if teken := bezwaar_tegen(reden):
        weigering.append(teken)
    if weigering:
        raise Geweigerd(weigering)
    vers.status = naar
    velden = ["status"]
    if soort == "dossier":
        vers.vastgesteld_op = timezone.now() if naar == Dossier.Status.VASTGESTELD else None
        velden.append("vastgesteld_op")
    if soort == "interview":
        vers.geaccordeerd_op = (datum or timezone.localdate()) if naar == Interview.Status.GEACCORDEERD else None
        velden.append("geaccordeerd_op")
    vers.save(update_fields=velden)
    leg_vast(
        vers,
        Gebeurtenis.Soort.STATUS,
        wie,
        van=stap.van,
        naar=stap.naar,
        reden=reden.strip(),
        dossier_id=_dossier_id(vers),
    )
    if soort == "interview" and (stap.van in NIET_TELLEND) != (stap.naar in NIET_TELLEND):
        _herzie(vers.dossier, _sprekend(vers))
    for veld in velden:
        setattr(ding, veld, getattr(vers, veld))
    return ding


def mag_zetten(ding: models.Model, stap: Overgang, wie: Gebruiker) -> bool:
    """Whether this step is this person's to take."""
    if stap.wie is Wie.BEHEERDER:
        return wie.heeft(Recht.RONDE_BEHEREN)
    if stap.wie is Wie.ANALIST:
        return wie.heeft(Recht.RAPPORT_SCHRIJVEN)
    dossier = ding if isinstance(ding, Dossier) else ding.dossier
    if not wie.heeft(Recht.DOSSIER_BEHANDELEN):
        return False
    return dossier.toetser_id == wie.pk if stap.wie is Wie.TOETSER else dossier.is_van(wie)


def op_slot(ding: models.Model):
    """This thing, read again and locked after what it hangs in: dossier before interview, round before dossier (besluit 0007)."""
    boven = {"interview": "dossier", "dossier": "ronde"}.get(ding._meta.model_name)
    if boven is not None:
        veld = ding._meta.get_field(boven)
        veld.related_model.objects.select_for_update().get(pk=getattr(ding, veld.attname))
    return type(ding).objects.select_for_update().get(pk=ding.pk)


def _dossier_id(ding: models.Model) -> int | None:
    return ding.pk if isinstance(ding, Dossier) else getattr(ding, "dossier_id", None)


# --- Answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opgeslagen:
    """An answer that is in the database. `nieuw` is False when there was nothing to change or it was sent before."""

    antwoord: Antwoord
    nieuw: bool


@transaction.atomic
def antwoord_opslaan(
    interview: Interview, vraag: Vraag, inhoud: Inhoud, *, versie: int, sleutel: UUID, wie: Gebruiker, reden: str = ""
) -> Opgeslagen | None:
    """The one way to save an answer (design 8.2). None when there is no answer and none was given.

    `versie` is the version the writer had before them, 0 when there was none; `sleutel` is made by the client, and the same
    change under the same key is stored once however often it is sent. Raises Conflict when another version stands there by
    now, ValidationError when the content does not fit the question, Geweigerd when the interview takes no answers any more.
    """
    slot = op_slot(interview)
    eerder = Antwoordversie.objects.filter(sleutel=sleutel).select_related("antwoord").first()
    if eerder is not None:
        eerder_van = (eerder.antwoord.interview_id, eerder.antwoord.vraag_id)
        if eerder_van == (slot.pk, vraag.pk) and eerder.inhoud == inhoud.als_json():
            return Opgeslagen(eerder.antwoord, nieuw=False)
        # A key that comes back with another text (a page restored from the browser's memory) is another change.
        sleutel = uuid4()
    if not slot.te_bewerken:
        raise Geweigerd([f"Dit interview is {slot.get_status_display().lower()}: de antwoorden staan vast."])
    if vraag.onderdeel.instrument_id != slot.dossier.ronde.instrument_id:
        raise ValidationError("Deze vraag hoort niet bij dit interview.")
    if bezwaar := bezwaar_tegen(reden):
        raise ValidationError(bezwaar)
    keuze, gemeente = controleer(vraag, inhoud)
    antwoord = (
        Antwoord.objects.filter(interview=slot, vraag=vraag)
        .select_related("keuze", "gemeente", "gewijzigd_door")
        .first()
    )
    if antwoord is None and inhoud.is_leeg:
        return None
    if antwoord is not None and queries.inhoud_van(antwoord) == inhoud:
        return Opgeslagen(antwoord, nieuw=False)
    if versie != (antwoord.versie if antwoord else 0):
        raise Conflict(antwoord)
    oud = queries.inhoud_van(antwoord)
    antwoord = antwoord or Antwoord(interview=slot, vraag=vraag)
    antwoord.keuze, antwoord.gemeente = keuze, gemeente
    antwoord.tekst, antwoord.rijen = inhoud.tekst, [list(rij) for rij in inhoud.rijen]
    antwoord.toelichting, antwoord.citaat = inhoud.toelichting, inhoud.citaat
    antwoord.versie = versie + 1
    antwoord.gewijzigd_door = wie
    antwoord.save()
    Antwoordversie.objects.create(
        antwoord=antwoord, versie=antwoord.versie, inhoud=inhoud.als_json(), sleutel=sleutel, wie=wie, reden=reden
    )
    if oud.waarde != inhoud.waarde and slot.status not in NIET_TELLEND:
        _herzie(slot.dossier, {vraag.pk} | _anders_gevraagd(slot, vraag, oud, inhoud))
    return Opgeslagen(antwoord, nieuw=True)


def controleer(vraag: Vraag, inhoud: Inhoud):
    """The Keuze and Gemeente that this content names, or ValidationError when it does not fit the question."""
    for tekst in (inhoud.tekst, inhoud.toelichting, inhoud.citaat, *(t for rij in inhoud.rijen for t in rij)):
        if bezwaar := bezwaar_tegen(tekst):
            raise ValidationError(bezwaar)
        if len(tekst) > MAX_TEKST:
            raise ValidationError(f"De tekst is te lang: {len(tekst)} tekens, er passen er {MAX_TEKST}.")
    past = {
        Vraag.Soort.KEUZE: not (inhoud.tekst or inhoud.gemeente or inhoud.rijen),
        Vraag.Soort.OPEN: not (inhoud.keuze or inhoud.gemeente or inhoud.rijen),
        Vraag.Soort.GEMEENTE: not (inhoud.keuze or inhoud.tekst or inhoud.rijen),
        Vraag.Soort.AFSPRAKEN: not (inhoud.keuze or inhoud.tekst or inhoud.gemeente),
    }[vraag.soort]
    if not past:
        raise ValidationError("Dit antwoord past niet bij de soort vraag.")
    keuze = gemeente = None
    if inhoud.keuze:
        keuze = vraag.keuzes.filter(code=inhoud.keuze).first()
        if keuze is None:
            raise ValidationError("Deze keuze bestaat niet bij deze vraag.")
    if inhoud.gemeente:
        gemeente = Gemeente.objects.filter(code=inhoud.gemeente).first()
        if gemeente is None:
            raise ValidationError("Deze gemeente is niet bekend.")
    return keuze, gemeente


def _anders_gevraagd(interview: Interview, vraag: Vraag, oud: Inhoud, nieuw: Inhoud) -> set[int]:
    """The answered questions that open or close in this interview, and so begin or cease to count, by this other choice."""
    if oud.keuze == nieuw.keuze:
        return set()
    return _sprekend(interview, {vraag.code: oud.keuze}) ^ _sprekend(interview)


def _sprekend(interview: Interview, anders: dict[str, str] | None = None) -> set[int]:
    """The questions on which this interview speaks: asked there, and answered. `anders` puts other choices in place, by code."""
    antwoorden = {
        code: antwoord for code, antwoord in queries.antwoorden_van(interview).items() if not antwoord.is_leeg
    }
    keuzes = {code: antwoord.keuze.code for code, antwoord in antwoorden.items() if antwoord.keuze} | (anders or {})
    return {
        antwoorden[code].vraag_id for code in routing.gevraagd(_routing(interview.dossier), keuzes) & antwoorden.keys()
    }


def _routing(dossier: Dossier) -> dict[str, routing.Voorwaarde | None]:
    vragen = Vraag.objects.filter(onderdeel__instrument=dossier.ronde.instrument_id)
    return queries.voorwaarden_van(vragen.select_related("voorwaarde__vraag"))


def _herzie(dossier: Dossier, vragen: Iterable[int]) -> None:
    """An answer under these findings changed: they are to be looked at again, and stay as they are until then."""
    Bevinding.objects.filter(dossier=dossier, vraag__in=list(vragen)).update(te_herzien=True)


# --- Findings -----------------------------------------------------------------------------------------------------


@transaction.atomic
def bevinding_vaststellen(
    dossier: Dossier, vraag: Vraag, inhoud: Inhoud, *, motivatie: str = "", versie: int, wie: Gebruiker
) -> Bevinding:
    """Settle the one fact of this dossier on this question.

    Raises ValidationError with a key `motivatie` when the actors contradict each other, nobody was asked, or the proposal is left
    without saying why; Conflict when someone settled it otherwise in the meantime.
    """
    slot = _dossier_op_slot(dossier)
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

    Repeats until nothing is added: settling one question can open the next (routing). What an inspector settled before stays,
    unless it is to be looked at again and the proposal still stands.
    """
    slot = _dossier_op_slot(dossier)
    aantal = 0
    while True:
        regels = [r for r in queries.driehoeken(slot) if r.open and r.beeld.over_te_nemen]
        regels = [
            r
            for r in regels
            if r.bevinding is None or queries.inhoud_van(r.bevinding).waarde == r.beeld.voorstel.waarde
        ]
        if not regels:
            return aantal
        for regel in regels:
            versie, motivatie = (regel.bevinding.versie, regel.bevinding.motivatie) if regel.bevinding else (0, "")
            _leg_bevinding_vast(slot, regel, regel.beeld.voorstel, motivatie, versie, wie)
        herbereken_routering(slot)
        aantal += len(regels)


def _leg_bevinding_vast(
    dossier: Dossier, regel: queries.Driehoek, inhoud: Inhoud, motivatie: str, versie: int, wie: Gebruiker
) -> Bevinding:
    bevinding = regel.bevinding
    if versie != (bevinding.versie if bevinding else 0):
        raise Conflict(bevinding)
    if not inhoud.waarde:
        raise ValidationError({"antwoord": "Geef aan wat de bevinding is."})
    keuze, gemeente = controleer(regel.vraag, inhoud)
    if bezwaar := bezwaar_tegen(motivatie):
        raise ValidationError({"motivatie": bezwaar})
    if driehoek.motivatie_nodig(regel.beeld, inhoud) and not motivatie:
        raise ValidationError({"motivatie": MOTIVATIE_GEVRAAGD[regel.beeld.stand]})
    oud = queries.inhoud_van(bevinding).als_json()
    bevinding = bevinding or Bevinding(dossier=dossier, vraag=regel.vraag, versie=0)
    bevinding.keuze, bevinding.gemeente = keuze, gemeente
    bevinding.tekst, bevinding.rijen = inhoud.tekst, [list(rij) for rij in inhoud.rijen]
    bevinding.stand, bevinding.motivatie = regel.beeld.stand, motivatie
    bevinding.te_herzien = False
    bevinding.versie = versie + 1
    bevinding.gewijzigd_door = wie
    bevinding.save()
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
    open_codes = routing.gevraagd(_routing(dossier), keuzes)
    for bevinding in bevindingen:
        vervallen = bevinding.vraag.code not in open_codes
        if bevinding.vervallen != vervallen:
            Bevinding.objects.filter(pk=bevinding.pk).update(vervallen=vervallen)


# --- Judgements ---------------------------------------------------------------------------------------------------


@transaction.atomic
def beoordelen(
    dossier: Dossier,
    aandachtspunt: Aandachtspunt,
    oordeel: str,
    *,
    motivering: str,
    bewijsstuk: Bewijsstuk | None = None,
    bewijsplaats: str = "",
    versie: int,
    wie: Gebruiker,
) -> Beoordeling:
    """Judge one norm. *Voldoet* on a norm that names its evidence takes a document of that kind (design 4.5).

    Raises ValidationError keyed by field, Conflict when someone judged it in the meantime.
    """
    slot = _dossier_op_slot(dossier)
    beoordeling = Beoordeling.objects.filter(dossier=slot, aandachtspunt=aandachtspunt).first()
    if versie != (beoordeling.versie if beoordeling else 0):
        raise Conflict(beoordeling)
    if aandachtspunt.onderdeel.instrument_id != slot.ronde.instrument_id:
        raise ValidationError("Dit aandachtspunt hoort niet bij dit dossier.")
    for veld, tekst in (("motivering", motivering), ("bewijsplaats", bewijsplaats)):
        if bezwaar := bezwaar_tegen(tekst):
            raise ValidationError({veld: bezwaar})
    if not motivering.strip():
        raise ValidationError({"motivering": "Motiveer het oordeel."})
    if bewijsstuk is not None:
        _controleer_bewijs(slot, aandachtspunt, bewijsstuk)
    if oordeel == Beoordeling.Oordeel.VOLDOET and aandachtspunt.vraagt_bewijs and bewijsstuk is None:
        raise ValidationError(
            {
                "bewijsstuk": f"Deze norm vraagt zelf om bewijs ({aandachtspunt.bewijs}). Kies het stuk, of maak het oordeel "
                "'voldoet deels': het is dan alleen verklaard."
            }
        )
    nieuw = beoordeling is None
    oud = "" if nieuw else beoordeling.oordeel
    beoordeling = beoordeling or Beoordeling(dossier=slot, aandachtspunt=aandachtspunt)
    beoordeling.oordeel, beoordeling.motivering = oordeel, motivering.strip()
    beoordeling.bewijs_vereist = aandachtspunt.vraagt_bewijs
    beoordeling.bewijsstuk, beoordeling.bewijsplaats = bewijsstuk, bewijsplaats.strip()
    beoordeling.versie = versie + 1
    beoordeling.gewijzigd_door = wie
    beoordeling.full_clean()
    beoordeling.save()
    leg_vast(
        beoordeling,
        Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD,
        wie,
        van=oud,
        naar=oordeel,
        reden=motivering.strip(),
        dossier_id=slot.pk,
    )
    return beoordeling


@transaction.atomic
def bewijsstuk_opslaan(bewijsstuk: Bewijsstuk, wie: Gebruiker, *, wijzigingen: dict | None = None) -> Bewijsstuk:
    """Store a document on its dossier. Raises ValidationError when a judgement rests on it that it would no longer carry."""
    slot = _dossier_op_slot(bewijsstuk.dossier)
    nieuw = bewijsstuk.pk is None
    bewijsstuk.save()
    for beoordeling in bewijsstuk.beoordelingen.select_related("aandachtspunt"):
        try:
            _controleer_bewijs(slot, beoordeling.aandachtspunt, bewijsstuk)
        except ValidationError as fout:
            raise ValidationError(
                f"Het oordeel over {beoordeling.aandachtspunt.code} rust op dit stuk. {' '.join(fout.messages)} "
                "Pas eerst dat oordeel aan."
            ) from fout
    soort = Gebeurtenis.Soort.GEMAAKT if nieuw else Gebeurtenis.Soort.GEWIJZIGD
    leg_vast(bewijsstuk, soort, wie, wijzigingen=wijzigingen, dossier_id=slot.pk)
    return bewijsstuk


def _controleer_bewijs(dossier: Dossier, aandachtspunt: Aandachtspunt, bewijsstuk: Bewijsstuk) -> None:
    if bewijsstuk.dossier_id != dossier.pk:
        raise ValidationError({"bewijsstuk": "Dit stuk hoort bij een ander dossier."})
    if aandachtspunt.vraagt_bewijs and not aandachtspunt.bewijssoorten.filter(pk=bewijsstuk.soort_id).exists():
        raise ValidationError(
            {
                "bewijsstuk": f"Een {bewijsstuk.soort.naam.lower()} is niet het bewijs dat deze norm vraagt ({aandachtspunt.bewijs})."
            }
        )
    if aandachtspunt.akkoord_door and bewijsstuk.akkoord_op is None:
        raise ValidationError(
            {
                "bewijsstuk": f"Bij dit stuk is nog niet vastgelegd wanneer het akkoord is gegeven ({aandachtspunt.akkoord_door})."
            }
        )


def _dossier_op_slot(dossier: Dossier) -> Dossier:
    """The dossier, locked for this transaction; Geweigerd when its contents stand firm."""
    slot = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not slot.te_bewerken:
        raise Geweigerd([f"Dit dossier is {slot.get_status_display().lower()}: de inhoud staat vast."])
    return slot


# --- Rounds -------------------------------------------------------------------------------------------------------


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
