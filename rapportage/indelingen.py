"""By what dossiers are divided into groups, and which of them a selection takes: characteristics and regio's of the peildatum.

A dossier is in one group of every indeling. Where a gemeente is in several regio's of one soort on the peildatum, the
membership that began first decides; where it is in none, the group is *onbekend*.
"""

from collections import defaultdict

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from rapportage.uitkomst import Groep, Indeling, Selectie
from rapportage.uitspraken.maat import slak
from regio.grootte import GROOTTEKLASSEN, ONBEKEND
from regio.models import Lidmaatschap, Regio
from vragenlijst.models import Dossier, Ronde

ROL = Indeling(
    "rol",
    "Rol",
    "rol",
    (
        Groep(Dossier.Rol.VOORTREKKER.value, "Voortrekkers", "voortrekkers", "voortrekker"),
        Groep(Dossier.Rol.NIET_VOORTREKKER.value, "Niet-voortrekkers", "niet-voortrekkers", "niet-voortrekker"),
    ),
)
GROOTTE = Indeling(
    "grootteklasse",
    "Grootteklasse",
    "grootteklasse_code",
    (
        *(
            Groep(
                str(klasse.code),
                f"{klasse.naam} inwoners",
                f"gemeenten met {klasse.naam} inwoners",
                f"gemeente met {klasse.naam} inwoners",
            )
            for klasse in GROOTTEKLASSEN
        ),
        Groep(
            str(ONBEKEND.code),
            "Inwonertal onbekend",
            "gemeenten met een onbekend inwonertal",
            "gemeente met een onbekend inwonertal",
        ),
    ),
)
RANDSTAD = Indeling(
    "randstad",
    "Ligging",
    "randstad",
    (
        Groep("ja", "In de Randstad", "gemeenten in de Randstad", "gemeente in de Randstad", "True"),
        Groep("nee", "Buiten de Randstad", "gemeenten buiten de Randstad", "gemeente buiten de Randstad", "False"),
        Groep(
            "onbekend",
            "Ligging onbekend",
            "gemeenten waarvan de ligging onbekend is",
            "gemeente waarvan de ligging onbekend is",
            "None",
        ),
    ),
)
VASTE = {indeling.code: indeling for indeling in (ROL, GROOTTE, RANDSTAD)}
REGIOSOORTEN = {Regio.Soort.PROVINCIE: "Provincie", Regio.Soort.RPA: "RPA-gebied", Regio.Soort.COROP: "COROP-gebied"}


def indelingen(ronde: Ronde) -> dict[str, Indeling]:
    """All ways to divide this round, by code; a soort of regio in which no dossier is, divides nothing. One query."""
    regios: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    rijen = (
        Lidmaatschap.objects.op(ronde.peildatum)
        .filter(regio__soort__in=REGIOSOORTEN, gemeente__dossiers__ronde=ronde)
        .order_by("regio__zoeknaam", "regio__code")
        .values_list("regio", "regio__soort", "regio__code", "regio__naam")
        .distinct()
    )
    for pk, soort, code, naam in rijen:
        regios[soort][pk] = code, naam
    return VASTE | {soort.value: _regioindeling(soort, regios[soort]) for soort in REGIOSOORTEN if regios[soort]}


def _regioindeling(soort: Regio.Soort, regios: dict[int, tuple[str, str]]) -> Indeling:
    """The regio's of one soort as groups; the code is the name as it stands in an address or a maat, with the regio's own if need be."""
    naam_van_soort = REGIOSOORTEN[soort]
    groepen: dict[str, Groep] = {}
    for pk, (eigen, naam) in regios.items():
        code = slak(naam)
        if not code or code == "onbekend" or code in groepen:
            code = slak(f"{naam}-{eigen}")
        plek = naam if soort == Regio.Soort.PROVINCIE else f"{naam_van_soort} {naam}"
        groepen[code] = Groep(code, naam, f"gemeenten in {plek}", f"gemeente in {plek}", str(pk))
    onbekend = f"waarvan het {naam_van_soort} onbekend is"
    if soort == Regio.Soort.PROVINCIE:
        onbekend = "waarvan de provincie onbekend is"
    groepen["onbekend"] = Groep(
        "onbekend", f"{naam_van_soort} onbekend", f"gemeenten {onbekend}", f"gemeente {onbekend}", "None"
    )
    return Indeling(soort.value, naam_van_soort, "", tuple(groepen.values()))


def waarde(ronde: Ronde, indeling: Indeling, pad: str = ""):
    """An expression: what of a dossier says in which group it is. `pad` leads to the dossier ("dossier__")."""
    if indeling.veld:
        return F(pad + indeling.veld)
    leden = Lidmaatschap.objects.op(ronde.peildatum).filter(
        gemeente=OuterRef(f"{pad}gemeente"), regio__soort=indeling.code
    )
    return Subquery(leden.order_by("geldig_van", "pk").values("regio")[:1])


def dossiers(ronde: Ronde, selectie: Selectie, bekend: dict[str, Indeling]) -> QuerySet[Dossier]:
    """The dossiers that the selection takes. Raises KeyError for a group that is not in `bekend`."""
    gekozen = Dossier.objects.filter(ronde=ronde)
    if selectie.alleen_vastgesteld:
        gekozen = gekozen.filter(status=Dossier.Status.VASTGESTELD)
    for plek, (code, groep) in enumerate(selectie.groepen):
        indeling = bekend[code]
        gezocht = indeling.groep(groep)
        naam = f"selectie_{plek}"
        is_zo = Q(**{f"{naam}__isnull": True}) if gezocht.waarde == "None" else Q(**{naam: _opgeslagen(gezocht)})
        gekozen = gekozen.alias(**{naam: waarde(ronde, indeling)}).filter(is_zo)
    return gekozen


def _opgeslagen(groep: Groep):
    waarde = groep.waarde or groep.code
    return {"True": True, "False": False}.get(waarde, waarde)
