"""The themes on open findings. Each write is one transaction."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from rapportage.models import Thema
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Bevinding, Ronde, Vraag


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
