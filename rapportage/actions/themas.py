"""The themes on open findings. Each write is one transaction, and refused once the report that counts them is vastgesteld."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Q

from rapportage.models import Codering, Rapport, Thema
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Bevinding, Ronde, Vraag

STAAN_VAST = "Het rapport is vastgesteld: de thema’s waarop zijn tabellen berusten, staan vast. Met een erratum bij het rapport zijn ze weer te wijzigen."


def _eis_open(ronde_id: int) -> None:
    """Until the end of the transaction the report of this round cannot become vastgesteld."""
    rapport = Rapport.objects.select_for_update(of=("self",)).filter(ronde=ronde_id).first()
    if rapport and not rapport.te_bewerken:
        raise Geweigerd([STAAN_VAST])


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
    """Give findings the themes that `wie` finds in them, and make and return a new theme when one is named.

    `gezien` is what the writer had before them: per finding its version and the themes they gave it themselves; `gekozen` is
    what they ticked, with Thema.NIEUW for the one that is being made. Only what they changed is changed; what a colleague
    gave, stays.
    Raises Conflict when the text of a finding with a changed tick is no longer the text that was read, and Geweigerd when the
    new theme exists; nothing is written then.
    """
    _eis_open(ronde.pk)
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
    _codeer(erbij, eraf, wie)
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


def _codeer(erbij: Iterable[tuple[Thema, int]], eraf: Iterable[tuple[Thema, int]], wie: Gebruiker) -> None:
    """What is nobody's is everyone's to take away: it was given before themes were given per person."""
    for thema, bevinding in eraf:
        Codering.objects.filter(Q(door=wie) | Q(door=None), thema=thema, bevinding=bevinding).delete()
    Codering.objects.bulk_create(
        (Codering(thema=thema, bevinding_id=bevinding, door=wie) for thema, bevinding in erbij), ignore_conflicts=True
    )


def _nummers(paren: Iterable[tuple[Thema, int]], thema: Thema) -> str:
    return ", ".join(str(bevinding) for ander, bevinding in paren if ander == thema)


@transaction.atomic
def thema_wijzigen(thema: Thema, *, was: tuple[str, int | None], naam: str, ouder: int | None, wie: Gebruiker) -> Thema:
    """Give a theme another name or another place in the tree. `was` is the name and the place that the writer saw.

    Raises Geweigerd when either has changed since, when the question has a theme of the new name, and when the theme would
    come to fall under itself.
    """
    _eis_open(thema.ronde_id)
    anderen = {
        ander.pk: ander for ander in Thema.objects.select_for_update().filter(ronde=thema.ronde, vraag=thema.vraag)
    }
    vers = anderen.pop(thema.pk, None)
    if vers is None:
        raise Geweigerd(["Dit thema is ondertussen verwijderd."])
    if vers.naam != was[0]:
        raise Geweigerd([f"Dit thema heet ondertussen '{vers}'."])
    if vers.ouder_id != was[1]:
        raise Geweigerd(["Dit thema staat ondertussen ergens anders."])
    if naam.casefold() in {ander.naam.casefold() for ander in anderen.values()}:
        raise Geweigerd(["Er is bij deze vraag al een thema met deze naam."])
    _eis_plek(vers, ouder, anderen)
    namen = {None: "geen", **{pk: ander.naam for pk, ander in anderen.items()}}
    wijzigingen = {}
    if vers.naam != naam:
        wijzigingen["Naam"] = [vers.naam, naam]
    if vers.ouder_id != ouder:
        wijzigingen["Valt onder"] = [namen[vers.ouder_id], namen[ouder]]
    if wijzigingen:
        vers.naam, vers.ouder_id = naam, ouder
        vers.save(update_fields=["naam", "ouder"])
        leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen=wijzigingen)
    return vers


def _eis_plek(thema: Thema, ouder: int | None, anderen: Mapping[int, Thema]) -> None:
    """Upwards from the new place one must not come back at the theme itself."""
    hoger = ouder
    while hoger is not None:
        if hoger not in anderen:
            zelf = hoger == thema.pk
            raise Geweigerd(
                ["Een thema kan niet onder zichzelf vallen." if zelf else "Het bovenliggende thema bestaat niet meer."]
            )
        hoger = anderen[hoger].ouder_id


def thema_verwijderen(thema: Thema, wie: Gebruiker) -> None:
    """Remove a theme that no finding has and no other theme falls under. Raises Geweigerd when one does."""
    with transaction.atomic():
        _eis_open(thema.ronde_id)
        vers = Thema.objects.select_for_update().get(pk=thema.pk)
        if vers.coderingen.exists():
            raise Geweigerd([f"Het thema '{vers}' is nog aan bevindingen gegeven. Haal het daar eerst weg."])
        if vers.onderliggend.exists():
            raise Geweigerd([f"Onder het thema '{vers}' vallen nog andere. Geef die eerst een andere plek."])
        leg_vast(vers, Gebeurtenis.Soort.GEWIJZIGD, wie, reden="verwijderd")
        vers.delete()
