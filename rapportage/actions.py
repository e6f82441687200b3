"""Writes of the analist: making the report, its passages, and the themes on open findings. Each is one transaction."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from rapportage import concepttekst, queries
from rapportage.models import Passage, Rapport, Thema
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Bevinding, Ronde, Vraag


@transaction.atomic
def maak_rapport(rapport: Rapport, wie: Gebruiker | None) -> Rapport:
    """Store a new report with all its passages, each with a first draft from the uitkomsten of this moment.

    Raises Geweigerd when there is nothing to report yet, or when the round has a report already (made by a colleague a moment
    ago, perhaps).
    """
    if bezwaren := queries.bezwaren_tegen_rapport(rapport.ronde):
        raise Geweigerd(bezwaren)
    try:
        with transaction.atomic():
            rapport.save(force_insert=True)
    except IntegrityError as fout:
        raise Geweigerd(["Deze ronde heeft al een rapport."]) from fout
    Passage.objects.bulk_create(
        Passage(rapport=rapport, plaats=plaats, onderdeel=onderdeel, tekst=tekst, gewijzigd_door=wie)
        for plaats, onderdeel, tekst in _concept(rapport.ronde)
    )
    leg_vast(rapport, Gebeurtenis.Soort.GEMAAKT, wie)
    return rapport


def concept_van(passage: Passage) -> str:
    """The draft of this passage from the uitkomsten as they are now; nothing is stored."""
    plek = passage.plaats, passage.onderdeel_id
    return next(
        tekst
        for plaats, onderdeel, tekst in _concept(passage.rapport.ronde)
        if (plaats, onderdeel.pk if onderdeel else None) == plek
    )


def _concept(ronde: Ronde):
    """Place, onderdeel and draft of every passage, in the order of the report."""
    uitkomsten, steekproef = queries.uitkomsten(ronde), queries.steekproef(ronde)
    onderdelen = list(zip(ronde.instrument.onderdelen.all(), uitkomsten.onderdelen, strict=True))
    yield Passage.Plaats.AANLEIDING, None, concepttekst.aanleiding(uitkomsten)
    yield Passage.Plaats.AANPAK, None, concepttekst.aanpak(uitkomsten, steekproef)
    for onderdeel, uitkomst in onderdelen:
        yield Passage.Plaats.BEVINDINGEN, onderdeel, concepttekst.bevindingen(uitkomst, uitkomsten)
    for onderdeel, uitkomst in onderdelen:
        yield Passage.Plaats.CONCLUSIES, onderdeel, concepttekst.conclusies(uitkomst, uitkomsten)
    yield Passage.Plaats.VERVOLG, None, concepttekst.vervolg(uitkomsten)


@transaction.atomic
def passage_opslaan(passage: Passage, tekst: str, versie: int, wie: Gebruiker) -> Passage:
    """Save the text of a passage. `versie` is the one the writer had before them.

    Raises Conflict with what stands there now when somebody else saved in between; nothing is written then.
    """
    vers = (
        Passage.objects.select_for_update(of=("self",)).select_related("gewijzigd_door", "rapport").get(pk=passage.pk)
    )
    _eis_bewerkbaar(vers.rapport)
    if vers.tekst == tekst:
        return vers
    if vers.versie != versie:
        raise Conflict(vers)
    oud, vers.tekst = vers.tekst, tekst
    vers.versie += 1
    vers.gewijzigd_door = wie
    vers.save(update_fields=["tekst", "versie", "gewijzigd_door", "gewijzigd_op"])
    leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={"Tekst": [oud, tekst]})
    return vers


@transaction.atomic
def gegevens_opslaan(rapport: Rapport, versie: int, wijzigingen: dict, wie: Gebruiker) -> Rapport:
    """Save title, number and date as they stand on `rapport`, which its form has filled in.

    Raises Conflict with the report as it is stored when somebody else changed it after `versie`.
    """
    vers = Rapport.objects.select_for_update(of=("self",)).get(pk=rapport.pk)
    _eis_bewerkbaar(vers)
    if vers.versie != versie:
        raise Conflict(vers)
    rapport.versie = versie + 1
    rapport.save(update_fields=["titel", "ondertitel", "nummer", "datum", "versie"])
    leg_vast(rapport, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen=wijzigingen)
    return rapport


def _eis_bewerkbaar(rapport: Rapport) -> None:
    if not rapport.te_bewerken:
        raise Geweigerd([f"Het rapport is {rapport.get_status_display().lower()}: de tekst staat vast."])


@transaction.atomic
def themas_opslaan(
    ronde: Ronde,
    vraag: Vraag,
    *,
    gezien: Mapping[int, tuple[int, frozenset[int]]],
    gekozen: Mapping[int, frozenset[int]],
    nieuw: str,
    wie: Gebruiker,
) -> Thema | None:
    """Give findings their themes, and make and return a new theme when one is named.

    `gezien` is what the writer had before them: per finding its version and its themes; `gekozen` is what they ticked, with
    Thema.NIEUW for the one that is being made. Only what they changed themselves is changed, so a colleague's ticks stay.
    Raises Conflict when the text of a finding with a changed tick is no longer the text that was read, and Geweigerd when the
    new theme exists; nothing is written then.
    """
    bevindingen = {
        bevinding.pk: bevinding
        for bevinding in Bevinding.objects.select_for_update(of=("self",)).filter(
            dossier__ronde=ronde, vraag=vraag, pk__in=gezien
        )
    }
    themas = {thema.pk: thema for thema in Thema.objects.filter(ronde=ronde, vraag=vraag)}
    gemaakt = _nieuw_thema(ronde, vraag, nieuw, wie) if nieuw else None
    if gemaakt:
        themas[Thema.NIEUW] = gemaakt
    erbij, eraf = [], []
    for pk, (versie, had) in gezien.items():
        heeft = gekozen.get(pk, had)
        if had == heeft:
            continue
        if pk not in bevindingen or bevindingen[pk].versie != versie:
            raise Conflict(bevindingen.get(pk))
        erbij += [(themas[thema], pk) for thema in heeft - had if thema in themas]
        eraf += [(themas[thema], pk) for thema in had - heeft if thema in themas]
    _koppel(erbij, eraf)
    for thema in {thema for thema, _ in erbij + eraf}:
        leg_vast(
            thema,
            Gebeurtenis.Soort.GEWIJZIGD,
            wie,
            wijzigingen={
                "Bevindingen erbij": [None, _nummers(erbij, thema)],
                "Bevindingen eraf": [_nummers(eraf, thema), None],
            },
        )
    return gemaakt


def _nieuw_thema(ronde: Ronde, vraag: Vraag, naam: str, wie: Gebruiker) -> Thema:
    try:
        with transaction.atomic():
            thema = Thema.objects.create(ronde=ronde, vraag=vraag, naam=naam)
    except IntegrityError as fout:
        raise Geweigerd(["Dit thema is ondertussen door een collega gemaakt."]) from fout
    leg_vast(thema, Gebeurtenis.Soort.GEMAAKT, wie)
    return thema


def _koppel(erbij: Iterable[tuple[Thema, int]], eraf: Iterable[tuple[Thema, int]]) -> None:
    koppeling = Thema.bevindingen.through
    for thema, bevinding in eraf:
        koppeling.objects.filter(thema=thema, bevinding=bevinding).delete()
    koppeling.objects.bulk_create(
        (koppeling(thema=thema, bevinding_id=bevinding) for thema, bevinding in erbij), ignore_conflicts=True
    )


def _nummers(paren: Iterable[tuple[Thema, int]], thema: Thema) -> str:
    return ", ".join(str(bevinding) for ander, bevinding in paren if ander == thema)


@transaction.atomic
def thema_hernoemen(thema: Thema, was: str, naam: str, wie: Gebruiker) -> Thema:
    """Give a theme another name. `was` is the one that the writer saw.

    Raises Geweigerd when it has been renamed since, or when the question has a theme of the new name.
    """
    anderen = {
        ander.pk: ander for ander in Thema.objects.select_for_update().filter(ronde=thema.ronde, vraag=thema.vraag)
    }
    vers = anderen.pop(thema.pk, None)
    if vers is None:
        raise Geweigerd(["Dit thema is ondertussen verwijderd."])
    if vers.naam != was:
        raise Geweigerd([f"Dit thema heet ondertussen '{vers}'."])
    if naam.casefold() in {ander.naam.casefold() for ander in anderen.values()}:
        raise Geweigerd(["Er is bij deze vraag al een thema met deze naam."])
    if vers.naam != naam:
        vers.naam = naam
        vers.save(update_fields=["naam"])
        leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={"Naam": [was, naam]})
    return vers


def thema_verwijderen(thema: Thema, wie: Gebruiker) -> None:
    """Remove a theme that no finding has. Raises Geweigerd when one does."""
    with transaction.atomic():
        vers = Thema.objects.select_for_update().get(pk=thema.pk)
        if vers.bevindingen.exists():
            raise Geweigerd([f"Het thema '{vers}' is nog aan bevindingen gegeven. Haal het daar eerst weg."])
        leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, reden="verwijderd")
        vers.delete()
