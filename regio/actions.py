"""Writes in this room: each one transaction, each with its history."""

import secrets
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from regio import queries
from regio.bijwerken import Bijwerking, Ingreep, plan_gemeenten, plan_herindelingen
from regio.gebeurtenissen import leg_vast, maak, verschil
from regio.geojson import Grenzen
from regio.grensplan import plan_grenzen
from regio.inlezen import Gemeentelijst, Herindelingregel, Probleem, Regioregel
from regio.models import Gebeurtenis, Gebruiker, Gemeente, Grens, Herindeling, Kenmerken, Lidmaatschap, Regio
from regio.rechten import Rol
from regio.regioplan import plan_regios

GEMAAKT, GEWIJZIGD = Gebeurtenis.Soort.GEMAAKT, Gebeurtenis.Soort.GEWIJZIGD


class Geweigerd(Exception):
    """Nothing was changed, because of these problems."""

    def __init__(self, problemen: list[Probleem]):
        super().__init__(f"{len(problemen)} problemen")
        self.problemen = problemen


class Verouderd(Exception):
    """Nothing was changed: somebody else has saved this since the form was fetched."""


# --- Forms -----------------------------------------------------------------------------------------------------------


def bewaar(form, wie: Gebruiker, gemeente: Gemeente | None = None):
    """Save a valid ModelFormulier with a field `versie`, and give the object.

    The version is that of the object, or of the `gemeente` that it belongs to; the history is kept there too.
    Raises Verouderd when it is no longer the version of the database. A form without changes saves nothing.
    """
    ding = form.instance
    nieuw = ding._state.adding
    drager = gemeente or ding
    wijzigingen = verschil(form)
    if not nieuw and not wijzigingen:
        return ding
    with transaction.atomic():
        if drager.pk:
            versie_ophogen(drager, form.cleaned_data["versie"])
        if nieuw:
            wijzigingen |= _sluit_vorige(form)
            ding.save(force_insert=True)
        else:
            velden = [naam for naam in form.changed_data if naam in form._meta.fields]
            ding.save(update_fields=velden)
        if isinstance(ding, Gemeente) and ding.geldig_tot:
            _sluit_open_perioden(ding)
        if gemeente:
            wijzigingen = {f"{ding._meta.verbose_name}: {wat}": paar for wat, paar in wijzigingen.items()}
        leg_vast(drager, GEMAAKT if nieuw and not gemeente else GEWIJZIGD, wie, wijzigingen=wijzigingen)
    return ding


def versie_ophogen(drager, versie: int) -> None:
    """Check and raise the version in one statement, so that of two who save the same version one is refused."""
    if not type(drager).objects.filter(pk=drager.pk, versie=versie).update(versie=F("versie") + 1):
        raise Verouderd
    drager.versie = versie + 1


def _sluit_vorige(form) -> dict[str, list]:
    """End the running period that a new one takes over from (KenmerkenFormulier.sluit), and say so for the history."""
    vorige = getattr(form, "sluit", None)
    if vorige is None:
        return {}
    vorige.geldig_tot = form.instance.geldig_van
    vorige.save(update_fields=["geldig_tot"])
    return {f"Einde van de periode vanaf {vorige.geldig_van:%d-%m-%Y}": [None, vorige.geldig_tot.isoformat()]}


def _sluit_open_perioden(gemeente: Gemeente) -> None:
    """What held of a municipality "until further notice" ends with it."""
    for rijen in (gemeente.kenmerken, gemeente.lidmaatschappen):
        rijen.filter(geldig_tot=None).update(geldig_tot=gemeente.geldig_tot)


@transaction.atomic
def bewaar_gebruiker(form, wie: Gebruiker) -> Gebruiker | None:
    """Validate again and save, under a lock on all beheerders: two of them cannot demote each other at the same moment.

    None when the form is not valid. Raises Verouderd.
    """
    list(Gebruiker.objects.select_for_update().filter(rol=Rol.BEHEERDER).values_list("pk", flat=True))
    form.full_clean()
    return bewaar(form, wie) if form.is_valid() else None


def maak_gebruiker(form, wie: Gebruiker) -> Gebruiker:
    """Without a password in the form, one that nobody knows: the person chooses their own through the mail."""
    form.instance.set_password(form.cleaned_data["wachtwoord"] or secrets.token_urlsafe(32))
    return bewaar(form, wie)


@transaction.atomic
def zet_wachtwoord(gebruiker: Gebruiker, wachtwoord: str, wie: Gebruiker) -> None:
    """Every other session of this person ends by it."""
    gebruiker.set_password(wachtwoord)
    gebruiker.save(update_fields=["password"])
    leg_vast(gebruiker, GEWIJZIGD, wie, wijzigingen={"wachtwoord": ["•••", "•••"]})


# --- Voortrekkers ----------------------------------------------------------------------------------------------------


@transaction.atomic
def maak_voortrekkers(codes: Iterable[str], vanaf: date, wie: Gebruiker) -> list[Gemeente]:
    """Mark the municipalities with these codes as voortrekker from this day on; returns those that were not so already.

    A period that began earlier is cut in two on that day; what held before stays as it was. Later periods are marked too.
    """
    gemeenten = Gemeente.objects.select_for_update().filter(code__in=list(codes)).op(vanaf).order_by("pk")
    gedaan = []
    for gemeente in gemeenten:
        if _markeer(gemeente, vanaf):
            versie_ophogen(gemeente, gemeente.versie)
            leg_vast(
                gemeente,
                GEWIJZIGD,
                wie,
                reden="lijst van voortrekkers",
                wijzigingen={f"Voortrekkersgemeente vanaf {vanaf:%d-%m-%Y}": [False, True]},
            )
            gedaan.append(gemeente)
    return gedaan


def _markeer(gemeente: Gemeente, vanaf: date) -> bool:
    perioden = list(gemeente.kenmerken.exclude(geldig_tot__lte=vanaf).order_by("geldig_van"))
    te_doen = [periode for periode in perioden if not periode.voortrekker]
    for periode in te_doen:
        if periode.geldig_van < vanaf:
            tot, periode.geldig_tot = periode.geldig_tot, vanaf
            periode.save(update_fields=["geldig_tot"])
            periode.pk, periode._state.adding = None, True
            periode.geldig_van, periode.geldig_tot = vanaf, tot
        periode.voortrekker = True
        periode.save()
    if perioden and perioden[0].geldig_van <= vanaf:
        return bool(te_doen)
    tot = perioden[0].geldig_van if perioden else gemeente.geldig_tot
    Kenmerken.objects.create(gemeente=gemeente, geldig_van=vanaf, geldig_tot=tot, voortrekker=True)
    return True


# --- Files -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def werk_gemeenten_bij(lijst: Gemeentelijst, wie: Gebruiker | None, *, toch: bool = False) -> Bijwerking:
    """Carry out a list of municipalities. Raises Geweigerd, and changes nothing, when it does not fit the table."""
    return voer_plan_uit(plan_gemeenten(lijst, stand_op_slot(), toch=toch), wie)


@transaction.atomic
def werk_herindelingen_bij(regels: tuple[Herindelingregel, ...], wie: Gebruiker | None) -> Bijwerking:
    """Carry out herindelingen. Raises Geweigerd, and changes nothing, when they do not fit the table."""
    return voer_plan_uit(plan_herindelingen(regels, stand_op_slot()), wie)


@transaction.atomic
def werk_regios_bij(regels: tuple[Regioregel, ...], wie: Gebruiker | None) -> Bijwerking:
    """Carry out regions and memberships. Raises Geweigerd, and changes nothing, when they do not fit the table."""
    return voer_plan_uit(plan_regios(regels, stand_op_slot()), wie)


@transaction.atomic
def werk_referentie_bij(
    regios: tuple[Regioregel, ...], lijsten: list[Gemeentelijst], herindelingen: tuple[Herindelingregel, ...]
) -> list[Bijwerking]:
    """Carry out the application's own data, oldest first. What somebody changed by hand is left alone (`ontzien`).

    Herindelingen go before the first list that knows of them already: only they say on which day a municipality ended.
    """
    plannen = [plan_regios(regios, stand_op_slot())]
    voer_plan_uit(plannen[0], None, voorvoegsel=queries.REDEN_REFERENTIE)
    gedaan: set[Herindelingregel] = set()

    def herindelen(voor=None):
        deel = tuple(r for r in herindelingen if r not in gedaan and (voor is None or r.datum < voor))
        gedaan.update(deel)
        if deel:
            plan = plan_herindelingen(deel, queries.stand(), ontzie_handwerk=True)
            plannen.append(voer_plan_uit(plan, None, voorvoegsel=queries.REDEN_REFERENTIE))

    for lijst in sorted(lijsten, key=lambda lijst: lijst.peildatum):
        herindelen(voor=lijst.peildatum)
        plan = plan_gemeenten(lijst, queries.stand(), ontzie_handwerk=True)
        plannen.append(voer_plan_uit(plan, None, voorvoegsel=queries.REDEN_REFERENTIE))
    herindelen()
    return plannen


def stand_op_slot():
    """The table, which nobody else can change until our transaction ends."""
    list(Gemeente.objects.select_for_update().values_list("pk", flat=True))
    return queries.stand()


def voer_plan_uit(plan: Bijwerking, wie: Gebruiker | None, voorvoegsel: str = "") -> Bijwerking:
    """Inside a transaction that has the table locked (`stand_op_slot`). Raises Geweigerd."""
    if plan.problemen:
        raise Geweigerd(plan.problemen)
    reden = voorvoegsel + plan.reden
    _schrijf_regios(plan, wie, reden)  # first: municipalities belong to them
    _maak_gemeenten([ingreep for ingreep in plan.ingrepen if ingreep.pk is None], wie, reden)
    _wijzig_gemeenten([ingreep for ingreep in plan.ingrepen if ingreep.pk is not None], wie, reden)
    if plan.herindelingen:
        _schrijf_herindelingen(plan.herindelingen, wie, reden)
    _schrijf_grenzen(plan, wie, reden)
    return plan


def _maak_gemeenten(ingrepen: list[Ingreep], wie: Gebruiker | None, reden: str) -> None:
    if not ingrepen:
        return
    gemeenten = [Gemeente(**ingreep.velden) for ingreep in ingrepen]
    for gemeente in gemeenten:
        gemeente.zoeknaam = Gemeente.maak_zoeknaam(gemeente.naam, gemeente.alias)
    gemeenten = Gemeente.objects.bulk_create(gemeenten)
    _schrijf_perioden([(gemeente.pk, ingreep) for gemeente, ingreep in zip(gemeenten, ingrepen, strict=True)])
    Gebeurtenis.objects.bulk_create(maak(gemeente, GEMAAKT, wie, reden=reden) for gemeente in gemeenten)


def _wijzig_gemeenten(ingrepen: list[Ingreep], wie: Gebruiker | None, reden: str) -> None:
    if not ingrepen:
        return
    gemeenten = Gemeente.objects.in_bulk([ingreep.pk for ingreep in ingrepen])
    for ingreep in ingrepen:
        gemeente = gemeenten[ingreep.pk]
        gemeente.versie += 1
        for veld, waarde in ingreep.velden.items():
            setattr(gemeente, veld, waarde)
        gemeente.zoeknaam = Gemeente.maak_zoeknaam(gemeente.naam, gemeente.alias)
    Gemeente.objects.bulk_update(gemeenten.values(), ["naam", "alias", "zoeknaam", "geldig_tot", "versie"])
    for model, anders, weg in (
        (Kenmerken, [i.kenmerken_anders for i in ingrepen], [pk for i in ingrepen for pk in i.kenmerken_weg]),
        (Lidmaatschap, [i.leden_anders for i in ingrepen], [pk for i in ingrepen for pk in i.leden_weg]),
    ):
        _wijzig_rijen(model, {pk: velden for per_ingreep in anders for pk, velden in per_ingreep.items()})
        model.objects.filter(pk__in=weg).delete()
    _schrijf_perioden([(ingreep.pk, ingreep) for ingreep in ingrepen])
    Gebeurtenis.objects.bulk_create(
        maak(gemeenten[ingreep.pk], GEWIJZIGD, wie, reden=reden, wijzigingen=ingreep.wijzigingen)
        for ingreep in ingrepen
    )


def _wijzig_rijen(model, anders: dict[int, dict]) -> None:
    if not anders:
        return
    rijen = model.objects.in_bulk(anders)
    for pk, velden in anders.items():
        for veld, waarde in velden.items():
            setattr(rijen[pk], veld, waarde)
    model.objects.bulk_update(rijen.values(), sorted({veld for velden in anders.values() for veld in velden}))


def _schrijf_perioden(ingrepen: list[tuple[int, Ingreep]]) -> None:
    """The new kenmerken and lidmaatschappen of municipalities, by their pk."""
    regios = {(regio.soort, regio.code): regio.pk for regio in Regio.objects.all()}
    Kenmerken.objects.bulk_create(
        Kenmerken(gemeente_id=pk, **velden) for pk, ingreep in ingrepen for velden in ingreep.kenmerken_nieuw
    )
    Lidmaatschap.objects.bulk_create(
        Lidmaatschap(gemeente_id=pk, regio_id=regios[soort, code], geldig_van=van, geldig_tot=tot)
        for pk, ingreep in ingrepen
        for soort, code, van, tot in ingreep.leden_nieuw
    )


def _schrijf_regios(plan: Bijwerking, wie: Gebruiker | None, reden: str) -> None:
    nieuw = [Regio(soort=regel.soort, code=regel.code, naam=regel.naam) for regel in plan.regios_nieuw]
    for regio in nieuw:
        regio.zoeknaam = Regio.maak_zoeknaam(regio.naam)
    nieuw = Regio.objects.bulk_create(nieuw)
    Gebeurtenis.objects.bulk_create(maak(regio, GEMAAKT, wie, reden=reden) for regio in nieuw)
    for bestaand, regel in plan.regios_anders:
        regio = Regio.objects.get(pk=bestaand.pk)
        regio.naam, regio.versie = regel.naam, regio.versie + 1
        regio.save(update_fields=["naam", "versie"])
        leg_vast(regio, GEWIJZIGD, wie, reden=reden, wijzigingen={"naam": [bestaand.naam, regel.naam]})


def _schrijf_herindelingen(regels: list[Herindelingregel], wie: Gebruiker | None, reden: str) -> None:
    """The rows, and in the history of each gemeente what it went over into, or what went over into it."""
    codes = {code for regel in regels for code in (regel.oud, regel.nieuw)}
    gemeenten = {gemeente.code: gemeente for gemeente in Gemeente.objects.filter(code__in=codes)}
    pks = {code: gemeente.pk for code, gemeente in gemeenten.items()}
    Herindeling.objects.bulk_create(
        Herindeling(
            datum=regel.datum,
            oud_id=pks[regel.oud],
            nieuw_id=pks[regel.nieuw],
            deel=regel.deel,
            hoofdopvolger=regel.hoofdopvolger,
            soort=regel.soort,
            wet=regel.wet,
            toelichting=regel.toelichting,
        )
        for regel in regels
    )
    daden = {}
    for regel in regels:
        deels = " voor een deel" if regel.deel == Herindeling.Deel.GEDEELTELIJK else ""
        for van, wat, ander in (
            (regel.oud, "opvolger", gemeenten[regel.nieuw]),
            (regel.nieuw, "voorganger", gemeenten[regel.oud]),
        ):
            paar = daden.setdefault(van, {}).setdefault(f"{wat}{deels} per {regel.datum:%d-%m-%Y}", [None, ""])
            paar[1] = ", ".join(filter(None, [paar[1], str(ander)]))
    Gebeurtenis.objects.bulk_create(
        maak(gemeenten[code], GEWIJZIGD, wie, reden=reden, wijzigingen=wijzigingen)
        for code, wijzigingen in daden.items()
    )


def _schrijf_grenzen(plan: Bijwerking, wie: Gebruiker | None, reden: str) -> None:
    if not plan.grenzen:
        return
    Grens.objects.filter(pk__in=[grens.vervangt for grens in plan.grenzen if grens.vervangt]).delete()
    Grens.objects.bulk_create(
        Grens(gemeente_id=grens.pk, geldig_van=grens.vanaf, vlakken=grens.vlakken, sha256=grens.sha256)
        for grens in plan.grenzen
    )
    gemeenten = Gemeente.objects.in_bulk([grens.pk for grens in plan.grenzen])
    Gebeurtenis.objects.bulk_create(
        maak(gemeenten[g.pk], GEWIJZIGD, wie, reden=reden, wijzigingen={"grens vanaf": [None, g.vanaf.isoformat()]})
        for g in plan.grenzen
    )


@transaction.atomic
def werk_grenzen_bij(grenzen: Grenzen, peildatum: date, wie: Gebruiker | None) -> Bijwerking:
    """Carry out boundaries. Raises Geweigerd, and changes nothing, when no municipality of the file is known."""
    return voer_plan_uit(plan_grenzen(grenzen, stand_op_slot(), peildatum), wie)
