"""What the maten of a text come to: x of n for each, and the dossiers for and against one.

The facts that the maten need are read in a fixed number of queries a round, whatever the number of maten or dossiers; only the
questions and norms that they name are read, one narrow row a finding. The counting itself is `rapportage.uitspraken.meten`, by the
denominators of `rapportage.queries`. It is not done in SQL: a maat can lay any findings together (a theme among those that
answered another question so), and the same sets say which dossiers carry it.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from rapportage.models import Thema
from rapportage.queries.themas import hoger
from rapportage.uitspraken.maat import EENHEDEN, GESPREKKEN, THEMA, Maat, slak
from rapportage.uitspraken.meten import Feiten, Onmeetbaar, Vraagkennis
from rapportage.uitspraken.meting import Meting
from regio.models import Lidmaatschap, Regio
from vragenlijst import routing
from vragenlijst.models import Aandachtspunt, Antwoord, Beoordeling, Bevinding, Dossier, Interview, Keuze, Ronde, Vraag
from vragenlijst.queries import voorwaarden_van_ronde

REGIONAAM = {soort: "verband" if soort == Regio.Soort.SAMENWERKING else str(soort) for soort in Regio.Soort.values}
# A finding or an answer without anything in it.
LEEG = Q(keuze=None, tekst="", gemeente=None, rijen=[])
RANDSTAD = {True: "ja", False: "nee", None: "onbekend"}


def metingen(ronde: Ronde, maten: Iterable[Maat]) -> dict[Maat, Meting]:
    """Each maat with what it comes to; one that names another round is counted there."""
    per_ronde: dict[str, list[Maat]] = defaultdict(list)
    for maat in dict.fromkeys(maten):
        per_ronde[maat.ronde or ronde.slug].append(maat)
    rondes = {ronde.slug: ronde}
    if andere := per_ronde.keys() - rondes.keys():
        rondes |= {r.slug: r for r in Ronde.objects.filter(slug__in=andere)}
    uit: dict[Maat, Meting] = {}
    for slug, eigen in per_ronde.items():
        if slug not in rondes:
            uit |= {maat: Meting(bezwaar=f"De ronde '{slug}' bestaat niet.") for maat in eigen}
            continue
        codes = frozenset().union(*(maat.codes for maat in eigen))
        for gesprekken in (False, True):
            deze = [maat for maat in eigen if (maat.eenheid == GESPREKKEN) == gesprekken]
            if deze:
                feiten = feiten_van(rondes[slug], codes, gesprekken=gesprekken)
                uit |= {maat: feiten.meet(maat) for maat in deze}
    return uit


def dossiers_bij(ronde: Ronde, maat: Maat) -> tuple[frozenset[int], frozenset[int]]:
    """The pks of the dossiers (of the interviews, when those are counted) that carry a maat, and of the others in its denominator.

    Raises Onmeetbaar with a Dutch sentence.
    """
    if maat.ronde and maat.ronde != ronde.slug:
        ronde = Ronde.objects.filter(slug=maat.ronde).first()
        if ronde is None:
            raise Onmeetbaar(f"De ronde '{maat.ronde}' bestaat niet.")
    return feiten_van(ronde, maat.codes, gesprekken=maat.eenheid == GESPREKKEN).voor_en_tegen(maat)


def feiten_van(ronde: Ronde, codes: Iterable[str], *, gesprekken: bool = False) -> Feiten:
    """What is known of these questions and norms in a round, by dossier or by interview."""
    vragen = _vragen(ronde)
    normen = Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument_id).values_list("code", flat=True)
    oordelen = tuple(Beoordeling.Oordeel.values)
    alle, kenmerk, gebied = _dossiers(ronde)
    # Whether a question was asked hangs on the answer to another.
    nodig = {*codes, *(v.voorwaarde[0] for code in codes if (v := vragen.get(code)) and v.voorwaarde)}
    if gesprekken:
        return _gesprekken(ronde, vragen, nodig, kenmerk, gebied)
    antwoord, gevuld, themas = _bevindingen(ronde, nodig)
    _beoordelingen(ronde, nodig, antwoord)
    _gesproken(ronde, kenmerk)
    return Feiten(
        alle=alle,
        vragen=vragen,
        normen=dict.fromkeys(normen, oordelen),
        antwoord=_vast(antwoord),
        gevuld=_vast(gevuld),
        kenmerk={naam: _vast(waarden) for naam, waarden in kenmerk.items()},
        gebied=gebied,
        themas=themas,
    )


def _vast(per_sleutel: dict) -> dict:
    return {sleutel: frozenset(wie) for sleutel, wie in per_sleutel.items()}


def _vragen(ronde: Ronde) -> dict[str, Vraagkennis]:
    keuzes: dict[str, dict[str, str]] = defaultdict(dict)
    rijen = Keuze.objects.filter(vraag__onderdeel__instrument=ronde.instrument_id).order_by("vraag", "volgorde")
    for vraag, code, soort in rijen.values_list("vraag__code", "code", "soort"):
        keuzes[vraag][code] = soort
    soorten = Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id).values_list(
        "code", "soort", "voorwaarde__vraag__code", "voorwaarde__code"
    )
    return {
        code: Vraagkennis(keuzes[code] if soort == Vraag.Soort.KEUZE else {}, (op, keuze) if op else None)
        for code, soort, op, keuze in soorten
    }


def _dossiers(ronde: Ronde):
    """All dossiers, their characteristics, and the areas that they lie in on the peildatum."""
    kenmerk: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    gebied: dict[str, dict[int, frozenset]] = {soort: {} for soort in EENHEDEN}
    van_gemeente = {}
    dossiers = Dossier.objects.filter(ronde=ronde).order_by()
    for pk, gemeente, rol, klasse, randstad in dossiers.values_list(
        "pk", "gemeente_id", "rol", "grootteklasse_code", "randstad"
    ):
        van_gemeente[gemeente] = pk
        kenmerk["rol"][rol].add(pk)
        kenmerk["grootteklasse"][str(klasse)].add(pk)
        kenmerk["randstad"][RANDSTAD[randstad]].add(pk)
        gebied["grootteklasse"][pk] = frozenset([klasse])
    leden = Lidmaatschap.objects.op(ronde.peildatum).filter(gemeente__dossiers__ronde=ronde).order_by()
    for gemeente, regio, soort, code, naam in leden.values_list(
        "gemeente_id", "regio_id", "regio__soort", "regio__code", "regio__naam"
    ):
        pk, soort = van_gemeente[gemeente], REGIONAAM[soort]
        gebied[soort][pk] = gebied[soort].get(pk, frozenset()) | {regio}
        for waarde in {slak(code), slak(naam)}:
            kenmerk[soort][waarde].add(pk)
    return frozenset(van_gemeente.values()), kenmerk, gebied


def _bevindingen(ronde: Ronde, codes: set[str]):
    """Findings and themes: sets of dossiers by (question, answer), those with any finding, and which themes there are."""
    antwoord: dict[tuple[str, str], set[int]] = defaultdict(set)
    gevuld: dict[str, set[int]] = defaultdict(set)
    themas: dict[str, set[str]] = defaultdict(set)
    tellend = Bevinding.objects.filter(~LEEG, dossier__ronde=ronde, vraag__code__in=codes, vervallen=False).order_by()
    for dossier, van, code, keuze, gemeente in tellend.values_list(
        "dossier_id", "dossier__gemeente_id", "vraag__code", "keuze__code", "gemeente_id"
    ):
        gevuld[code].add(dossier)
        if keuze:
            antwoord[code, keuze].add(dossier)
        if gemeente == van:
            antwoord[code, "eigen"].add(dossier)
    gegeven = list(
        Thema.objects.filter(ronde=ronde, vraag__code__in=codes)
        .order_by()
        .values_list("pk", "ouder_id", "vraag__code", "naam", "bevindingen__dossier_id", "bevindingen__vervallen")
    )
    namen = {pk: slak(naam) for pk, _, _, naam, _, _ in gegeven}
    boven = hoger({pk: ouder for pk, ouder, *_ in gegeven})
    for pk, _, code, _, dossier, vervallen in gegeven:
        themas[code].add(namen[pk])
        if dossier and not vervallen:
            for thema in (pk, *boven[pk]):
                antwoord[code, THEMA + namen[thema]].add(dossier)
    return antwoord, gevuld, _vast(themas)


def _beoordelingen(ronde: Ronde, codes: set[str], antwoord: dict[tuple[str, str], set[int]]) -> None:
    """Add the judgements, and which of them rest on words alone."""
    rijen = Beoordeling.objects.filter(dossier__ronde=ronde, aandachtspunt__code__in=codes).order_by()
    for dossier, code, oordeel, vereist, stuk in rijen.values_list(
        "dossier_id", "aandachtspunt__code", "oordeel", "bewijs_vereist", "bewijsstuk_id"
    ):
        antwoord[code, oordeel].add(dossier)
        if oordeel == Beoordeling.Oordeel.VOLDOET_DEELS and vereist and stuk is None:
            antwoord[code, "alleen_verklaard"].add(dossier)


def _gesproken(ronde: Ronde, kenmerk: dict) -> None:
    """Add with which domain was spoken in which dossier."""
    gehouden = Interview.objects.tellend().filter(dossier__ronde=ronde).order_by()
    for dossier, domein in gehouden.values_list("dossier_id", "actorgroep__domein").distinct():
        kenmerk["gesproken"][slak(domein)].add(dossier)


def _gesprekken(
    ronde: Ronde, vragen: dict[str, Vraagkennis], codes: set[str], van_dossier: dict, gebied: dict
) -> Feiten:
    """The same of interviews: each counts by what was said in it, where its own answers led to the question."""
    gehouden = Interview.objects.tellend().filter(dossier__ronde=ronde)
    kenmerk: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    per_dossier: dict[int, set[int]] = defaultdict(set)
    for pk, dossier, domein, datum in gehouden.order_by().values_list(
        "pk", "dossier_id", "actorgroep__domein", "datum"
    ):
        per_dossier[dossier].add(pk)
        kenmerk["gesproken"][slak(domein)].add(pk)
        if datum:
            kenmerk["periode"][datum.isoformat()].add(pk)
    for naam, waarden in van_dossier.items():
        for waarde, dossiers in waarden.items():
            kenmerk[naam][waarde] = set().union(*(per_dossier[dossier] for dossier in dossiers))
    alle = frozenset().union(*per_dossier.values())
    antwoord, gevuld, gevraagd = _antwoorden(ronde, gehouden, codes)
    return Feiten(
        alle=alle,
        vragen=vragen,
        normen={},
        antwoord=_vast(antwoord),
        gevuld=_vast(gevuld),
        kenmerk={naam: _vast(waarden) for naam, waarden in kenmerk.items()},
        gebied=gebied,
        gevraagd=_vast(gevraagd),
        eenheid=GESPREKKEN,
    )


def _antwoorden(ronde: Ronde, gehouden: QuerySet[Interview], codes: set[str]):
    """Sets of interviews by (question, answer), those with any answer, and those whose own answers led to the question."""
    rijen = Antwoord.objects.filter(~LEEG, interview__in=gehouden).order_by()
    rijen = list(
        rijen.values_list(
            "interview_id", "interview__dossier__gemeente_id", "vraag__code", "keuze__code", "gemeente_id"
        )
    )
    keuzes: dict[int, dict[str, str]] = {pk: {} for pk in gehouden.values_list("pk", flat=True)}
    for interview, _, code, keuze, _ in rijen:
        if keuze:
            keuzes[interview][code] = keuze
    voorwaarden = voorwaarden_van_ronde(ronde)
    gevraagd: dict[str, set[int]] = defaultdict(set)
    for interview, gekozen in keuzes.items():
        for code in routing.gevraagd(voorwaarden, gekozen):
            gevraagd[code].add(interview)
    antwoord: dict[tuple[str, str], set[int]] = defaultdict(set)
    gevuld: dict[str, set[int]] = defaultdict(set)
    for interview, van, code, keuze, gemeente in rijen:
        if code in codes and interview in gevraagd[code]:
            gevuld[code].add(interview)
            antwoord[code, keuze].add(interview)
            if gemeente == van:
                antwoord[code, "eigen"].add(interview)
    return antwoord, gevuld, gevraagd
