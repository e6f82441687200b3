"""Counting dossiers. All aggregation is SQL, one grouped query per kind of fact, folded here into the groups of a page.

The number of queries is fixed: the same for two dossiers as for 443 (design 8.14).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import BooleanField, Case, Count, F, IntegerField, Max, Min, Q, QuerySet, Value, When

from rapportage.indelingen import GROOTTE, RANDSTAD, ROL, dossiers, indelingen, waarde
from rapportage.queries.kwantoren import banden_van
from rapportage.queries.themas import thematellingen
from rapportage.spreiding import Spreiding, van_datums, van_getallen
from rapportage.tellen import Teller
from rapportage.uitkomst import (
    ALLE,
    ALLES,
    GEMEENTEN,
    Gesprekken,
    Groep,
    Indeling,
    Normtelling,
    Normuitkomst,
    Onderdeeluitkomst,
    Optie,
    Selectie,
    Steekproef,
    Telling,
    Uitkomsten,
    Verdeling,
    Voorwaarde,
    Vraaguitkomst,
)
from regio.models import Regio
from vragenlijst.models import (
    Aandachtspunt,
    Beoordeling,
    Bevinding,
    Dossier,
    Interview,
    Keuze,
    Ronde,
    Vraag,
)
from vragenlijst.queries import onderdelen_met_vragen

OORDELEN = tuple(
    Optie(oordeel.value, oordeel.label, inhoudelijk=oordeel != Beoordeling.Oordeel.NIET_TE_BEOORDELEN)
    for oordeel in Beoordeling.Oordeel
)


def uitkomsten(ronde: Ronde, indeling: Indeling = ROL, selectie: Selectie = ALLES) -> Uitkomsten:
    """Everything counted in this round over the dossiers of `selectie`, together and in the groups of `indeling`.

    Findings count as far as they are there, also from dossiers that are still worked on, unless the selection says otherwise;
    one that lapsed by routing does not count. A question with a condition is asked of the dossiers whose own finding on that
    condition is the choice it names.
    """
    bekend = indelingen(ronde) if selectie.groepen else {}
    gekozen = dossiers(ronde, selectie, bekend)
    rijen = gekozen.order_by().values(groep=waarde(ronde, indeling)).annotate(n=Count("pk"))
    per_groep = Teller(rijen, indeling)
    groepen = aanwezig(indeling, per_groep, selectie)
    stand = Dossier.objects.filter(ronde=ronde).aggregate(
        n=Count("pk"), gereed=Count("pk", filter=Q(status=Dossier.Status.VASTGESTELD))
    )
    groep_van_dossier = waarde(ronde, indeling, "dossier__")
    gevonden = _bevindingen(gekozen, indeling, groep_van_dossier)
    geoordeeld, verklaard = _beoordelingen(gekozen, indeling, groep_van_dossier)
    themas = thematellingen(ronde, gekozen, indeling, groepen)
    normen: dict[int, list[Normuitkomst]] = defaultdict(list)
    for norm in Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument_id):
        normen[norm.onderdeel_id].append(_norm(norm, groepen, per_groep, geoordeeld, verklaard))
    onderdelen = onderdelen_met_vragen(ronde.instrument)
    waarden = _waarden(gekozen, indeling, groep_van_dossier, onderdelen)
    return Uitkomsten(
        ronde=ronde.naam,
        gesloten=ronde.status == Ronde.Status.GESLOTEN,
        instrument=ronde.instrument.code,
        indeling=indeling,
        groepen=groepen,
        dossiers=tuple(per_groep(groep) for groep in groepen),
        vastgesteld=stand["gereed"],
        in_ronde=stand["n"],
        bezocht=bezocht(ronde),
        vorige=ronde.vorige.naam if ronde.vorige else "",
        banden=banden_van(ronde),
        selectie=selectie,
        gekozen=tuple(bekend[code].groep(groep) for code, groep in selectie.groepen),
        onderdelen=tuple(
            Onderdeeluitkomst(
                onderdeel.code,
                onderdeel.titel,
                onderdeel.titel_aandachtspunten,
                tuple(
                    vraaguitkomst(vraag, groepen, per_groep, gevonden, themas, waarden=waarden)
                    for vraag in onderdeel.vragen.all()
                ),
                tuple(normen[onderdeel.pk]),
            )
            for onderdeel in onderdelen
        ),
    )


def aanwezig(indeling: Indeling, per_groep: Teller, selectie: Selectie) -> tuple[Groep, ...]:
    """The groups of which there are dossiers, and all together. Where nobody in the round is voortrekker, nobody is *niet-voortrekker* either:
    that division belongs to rounds that know the role, and the report on another inspection does not speak of it.
    """
    groepen = [groep for groep in indeling.groepen if per_groep(groep)]
    if not selectie.groepen and [groep.code for groep in groepen] == [Dossier.Rol.NIET_VOORTREKKER]:
        groepen = []
    return (*groepen, ALLE)


def bezocht(ronde: Ronde) -> int:
    """In how many municipalities of the round an interview was held."""
    return Interview.objects.tellend().filter(dossier__ronde=ronde).aggregate(n=Count("dossier", distinct=True))["n"]


def _bevindingen(gekozen: QuerySet[Dossier], indeling: Indeling, groep) -> Teller:
    """Counting findings by question, choice, and whether there is anything in them."""
    leeg = Q(keuze=None, tekst="", gemeente=None, rijen=[])
    rijen = (
        Bevinding.objects.filter(dossier__in=gekozen, vervallen=False)
        .order_by()
        .annotate(gevuld=Case(When(leeg, then=Value(False)), default=Value(True), output_field=BooleanField()))
        .values("vraag_id", "keuze_id", "gevuld", groep=groep)
        .annotate(n=Count("pk"))
    )
    return Teller(rijen, indeling, "vraag_id", "keuze_id", "gevuld")


def _waarden(gekozen: QuerySet[Dossier], indeling: Indeling, groep, onderdelen) -> dict[tuple[int, str], list[str]]:
    """The numbers and dates that were found, by question and group; no query for an instrument that asks for none."""
    soorten = (Vraag.Soort.GETAL, Vraag.Soort.DATUM)
    vragen = [vraag.pk for onderdeel in onderdelen for vraag in onderdeel.vragen.all() if vraag.soort in soorten]
    gevonden: dict[tuple[int, str], list[str]] = defaultdict(list)
    if vragen:
        bevindingen = Bevinding.objects.filter(dossier__in=gekozen, vervallen=False, vraag__in=vragen).exclude(tekst="")
        for rij in bevindingen.order_by().values("vraag_id", "tekst", groep=groep):
            for code in (indeling.code_van(rij["groep"]), ALLE.code):
                gevonden[rij["vraag_id"], code].append(rij["tekst"])
    return gevonden


def _beoordelingen(gekozen: QuerySet[Dossier], indeling: Indeling, groep) -> tuple[Teller, Teller]:
    """Judgements by norm and verdict, and those among them that rest on words alone."""
    alleen = Q(bewijs_vereist=True, oordeel=Beoordeling.Oordeel.VOLDOET_DEELS, bewijsstuk=None)
    rijen = list(
        Beoordeling.objects.filter(dossier__in=gekozen)
        .order_by()
        .annotate(verklaard=Case(When(alleen, then=Value(True)), default=Value(False), output_field=BooleanField()))
        .values("aandachtspunt_id", "oordeel", "verklaard", groep=groep)
        .annotate(n=Count("pk"))
    )
    return (
        Teller(rijen, indeling, "aandachtspunt_id", "oordeel"),
        Teller((rij for rij in rijen if rij["verklaard"]), indeling, "aandachtspunt_id"),
    )


def vraaguitkomst(
    vraag: Vraag,
    groepen,
    per_groep: Teller,
    gevonden: Teller,
    themas,
    eenheid: str = GEMEENTEN,
    waarden: Mapping[tuple[int, str], list[str]] | None = None,
) -> Vraaguitkomst:
    """One question from the counts: of all in a group, and by question, choice and whether there is anything in it."""
    keuzes = list(vraag.keuzes.all())
    inhoud = [keuze for keuze in keuzes if keuze.soort == Keuze.Soort.INHOUD]

    def tel(groep: Groep, soort: str) -> int:
        return sum(gevonden(groep, vraag.pk, keuze.pk, True) for keuze in keuzes if keuze.soort == soort)

    def telling(groep: Groep) -> Telling:
        gevraagd = per_groep(groep)
        if vraag.voorwaarde:
            gevraagd = gevonden(groep, vraag.voorwaarde.vraag_id, vraag.voorwaarde_id, True)
        return Telling(
            groep,
            gevraagd,
            beantwoord=tel(groep, Keuze.Soort.INHOUD) if vraag.is_gesloten else gevonden(groep, vraag.pk, None, True),
            weet_niet=tel(groep, Keuze.Soort.WEET_NIET),
            nvt=tel(groep, Keuze.Soort.NVT),
            per_keuze={keuze.code: gevonden(groep, vraag.pk, keuze.pk, True) for keuze in inhoud},
        )

    return Vraaguitkomst(
        code=vraag.code,
        tekst=vraag.tekst,
        soort=vraag.soort,
        keuzes=tuple(Optie(keuze.code, keuze.naam) for keuze in inhoud),
        tellingen=tuple(map(telling, groepen)),
        hoofdvraag=vraag.hoofdvraag.code if vraag.hoofdvraag else "",
        voorwaarde=Voorwaarde(
            vraag.voorwaarde.vraag.code, vraag.voorwaarde.code, vraag.voorwaarde.naam, vraag.voorwaarde.soort
        )
        if vraag.voorwaarde
        else None,
        themas=tuple(themas.get(vraag.pk, ())),
        eenheid=eenheid,
        spreidingen=_spreidingen(vraag, groepen, waarden) if waarden is not None else (),
        meeteenheid=vraag.eenheid,
    )


def _spreidingen(vraag: Vraag, groepen, waarden: Mapping[tuple[int, str], list[str]]) -> tuple[Spreiding, ...]:
    per_groep = [waarden.get((vraag.pk, groep.code), []) for groep in groepen]
    if vraag.soort == Vraag.Soort.GETAL:
        return tuple(van_getallen(teksten, vraag.decimalen) for teksten in per_groep)
    return tuple(map(van_datums, per_groep)) if vraag.soort == Vraag.Soort.DATUM else ()


def _norm(norm: Aandachtspunt, groepen, per_groep: Teller, geoordeeld: Teller, verklaard: Teller) -> Normuitkomst:
    return Normuitkomst(
        code=norm.code,
        tekst=norm.tekst,
        kort=norm.kort,
        bewijs=norm.bewijs,
        oordelen=OORDELEN,
        tellingen=tuple(
            Normtelling(
                groep,
                per_groep(groep),
                {oordeel.code: geoordeeld(groep, norm.pk, oordeel.code) for oordeel in OORDELEN},
                verklaard(groep, norm.pk),
            )
            for groep in groepen
        ),
    )


# --- The report ---------------------------------------------------------------------------------------------------


def bezwaren_tegen_rapport(ronde: Ronde) -> list[str]:
    """Why no report can be made of this round yet."""
    if ronde.status == Ronde.Status.CONCEPT and not bezocht(ronde):
        return ["De ronde is nog in concept en er is geen interview gehouden: er is nog niets om over te rapporteren."]
    return []


# --- The sample ---------------------------------------------------------------------------------------------------


def steekproef(ronde: Ronde, selectie: Selectie = ALLES) -> Steekproef:
    """The municipalities of the selection by role and other characteristics, and the interviews held with whom and when."""
    bekend = indelingen(ronde)
    gekozen = dossiers(ronde, selectie, bekend)
    provincies = bekend.get(Regio.Soort.PROVINCIE.value)
    provincie = waarde(ronde, provincies) if provincies else Value(None, output_field=IntegerField())
    rijen = list(
        gekozen.order_by()
        .annotate(provincie=provincie)
        .values("grootteklasse_code", "randstad", "provincie", groep=F("rol"))
        .annotate(n=Count("pk"))
    )
    per_groep = Teller(rijen, ROL)
    groepen = aanwezig(ROL, per_groep, selectie)

    def verdeling(naam: str, veld: str, labels: Iterable[tuple[object, str]]) -> Verdeling:
        tel = Teller(rijen, ROL, veld)
        regels = [(label, tuple(tel(groep, stand) for groep in groepen)) for stand, label in labels]
        return Verdeling(naam, tuple(regel for regel in regels if regel[1][-1]))

    gehouden = (
        Interview.objects.tellend()
        .filter(dossier__in=gekozen)
        .order_by()
        .values(domein=F("actorgroep__domein"))
        .annotate(
            n=Count("pk"),
            gemeenten=Count("dossier", distinct=True),
            eerste=Min("datum"),
            laatste=Max("datum"),
            plek=Min("actorgroep__volgorde"),
        )
    )
    labels_van_provincies = [(None, "Provincie onbekend")]
    if provincies:
        labels_van_provincies = [
            (None if groep.waarde == "None" else int(groep.waarde), groep.naam) for groep in provincies.groepen
        ]
    gesprekken = sorted(gehouden, key=lambda rij: (rij["plek"], rij["domein"]))
    return Steekproef(
        groepen=groepen,
        dossiers=tuple(per_groep(groep) for groep in groepen),
        verdelingen=(
            verdeling(GROOTTE.naam, "grootteklasse_code", [(int(g.code), g.naam) for g in GROOTTE.groepen]),
            verdeling(
                RANDSTAD.naam, "randstad", zip((True, False, None), [g.naam for g in RANDSTAD.groepen], strict=True)
            ),
            verdeling("Provincie", "provincie", labels_van_provincies),
        ),
        gesprekken=tuple(Gesprekken(rij["domein"], rij["n"], rij["gemeenten"]) for rij in gesprekken),
        eerste=min((rij["eerste"] for rij in gesprekken), default=None),
        laatste=max((rij["laatste"] for rij in gesprekken), default=None),
    )
