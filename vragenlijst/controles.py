"""What must hold of rounds, dossiers and what is in them. Each rule is a fixed number of queries over everything at once."""

from collections import defaultdict
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse

from regio.controle import Controle, Overtreding
from regio.models import Gebruiker
from regio.rechten import RECHTEN, Recht
from vragenlijst import opslag, queries, routing
from vragenlijst.models import (
    Aandachtspunt,
    Antwoord,
    Beoordeling,
    Bevinding,
    Bewijsstuk,
    Dossier,
    Interview,
    Opmerking,
    Ronde,
    Vraag,
)

BEHEERDER, INSPECTEUR, TOETSER = "de beheerder", "de inspecteur van het dossier", "de toetser, die het dossier heropent"
BEHANDELAARS = [rol for rol, rechten in RECHTEN.items() if Recht.DOSSIER_BEHANDELEN in rechten]


def _bij(dossier: Dossier, naam: str, *args) -> str:
    return reverse(naam, args=[dossier.pk, *args])


def _per_dossier(rijen):
    return rijen.select_related("dossier__gemeente", "dossier__ronde").order_by("dossier", "pk")


# --- Judgements and evidence ------------------------------------------------------------------------------------------


def voldoet_zonder_bewijs() -> Iterator[Overtreding]:
    soort = Aandachtspunt.bewijssoorten.through.objects.filter(
        aandachtspunt=OuterRef("aandachtspunt"), bewijssoort=OuterRef("bewijsstuk__soort")
    )
    akkoord = Q(aandachtspunt__akkoord_door="") | (
        Q(bewijsstuk__akkoord_op__isnull=False) & ~Q(bewijsstuk__akkoord_door="")
    )
    rijen = Beoordeling.objects.filter(oordeel=Beoordeling.Oordeel.VOLDOET).exclude(aandachtspunt__bewijs="")
    zonder = rijen.filter(Q(bewijsstuk=None) | ~Exists(soort) | ~akkoord).select_related("aandachtspunt")
    for oordeel in _per_dossier(zonder).select_related("aandachtspunt"):
        code = oordeel.aandachtspunt.code
        yield Overtreding(
            f"{oordeel.dossier}: {code} voldoet zonder het bewijs dat de norm noemt.",
            _bij(oordeel.dossier, "beoordeling", code),
        )


def stuk_van_elders() -> Iterator[Overtreding]:
    rijen = Beoordeling.objects.exclude(bewijsstuk=None).exclude(bewijsstuk__dossier=F("dossier"))
    for oordeel in _per_dossier(rijen).select_related("aandachtspunt"):
        code = oordeel.aandachtspunt.code
        yield Overtreding(
            f"{oordeel.dossier}: {code} rust op een bewijsstuk van een ander dossier.",
            _bij(oordeel.dossier, "beoordeling", code),
        )


def bewijs_vereist_anders() -> Iterator[Overtreding]:
    vraagt = Beoordeling.objects.exclude(aandachtspunt__bewijs="").filter(bewijs_vereist=False)
    vraagt_niet = Beoordeling.objects.filter(aandachtspunt__bewijs="", bewijs_vereist=True)
    for oordeel in _per_dossier(vraagt | vraagt_niet).select_related("aandachtspunt"):
        code = oordeel.aandachtspunt.code
        yield Overtreding(
            f"{oordeel.dossier}: of {code} bewijs vereist, zegt de norm anders dan het oordeel.",
            _bij(oordeel.dossier, "beoordeling", code),
        )


def document_niet_op_schijf() -> Iterator[Overtreding]:
    """Whether the file is there, at the length it should have; its bytes are read by `document_veranderd`."""
    for stuk in _per_dossier(Bewijsstuk.objects.exclude(bestand="")):
        try:
            heel = default_storage.size(stuk.bestand.name) == stuk.grootte
        except OSError:
            heel = False
        if not heel:
            yield Overtreding(
                f"{stuk.dossier}: het bestand van ‘{stuk}’ ontbreekt op schijf of is te kort of te lang.",
                _bij(stuk.dossier, "bewijsstuk", stuk.pk),
            )


def document_veranderd() -> Iterator[Overtreding]:
    for stuk in _per_dossier(Bewijsstuk.objects.exclude(bestand="")):
        try:
            if default_storage.size(stuk.bestand.name) != stuk.grootte:
                continue  # told by the rule above
            opslag.open_heel(stuk).close()
        except opslag.Beschadigd:
            yield Overtreding(
                f"{stuk.dossier}: het bestand van ‘{stuk}’ is niet meer wat is opgeslagen.",
                _bij(stuk.dossier, "bewijsstuk", stuk.pk),
            )
        except OSError:
            continue


# --- Findings and routing ---------------------------------------------------------------------------------------------


def _bevindingen() -> dict[int, dict[str, tuple]]:
    """Of each dossier its findings: by code of the question the choice, whether it lapsed, and whether it is to be looked at again."""
    per_dossier: dict[int, dict[str, tuple]] = defaultdict(dict)
    rijen = Bevinding.objects.order_by().values_list("dossier", "vraag__code", "keuze__code", "vervallen", "te_herzien")
    for dossier, code, *rest in rijen.iterator():
        per_dossier[dossier][code] = tuple(rest)
    return per_dossier


def _met_routing(dossiers) -> Iterator[tuple[Dossier, dict[str, tuple], frozenset[str]]]:
    """Each dossier with its findings and the questions that these ask. Three queries."""
    dossiers = list(dossiers.select_related("gemeente", "ronde"))
    tabellen = queries.voorwaarden_per_instrument({dossier.ronde.instrument_id for dossier in dossiers})
    per_dossier = _bevindingen()
    for dossier in dossiers:
        eigen = per_dossier[dossier.pk]
        keuzes = {code: keuze for code, (keuze, *_) in eigen.items() if keuze}
        yield dossier, eigen, routing.gevraagd(tabellen[dossier.ronde.instrument_id], keuzes)


def routing_klopt_niet() -> Iterator[Overtreding]:
    for dossier, eigen, gevraagd in _met_routing(Dossier.objects):
        for code, (_, vervallen, _) in sorted(eigen.items()):
            if vervallen == (code in gevraagd):
                hoe = "telt niet mee en wordt wel gevraagd" if vervallen else "telt mee en wordt niet gevraagd"
                yield Overtreding(f"{dossier}: de bevinding bij {code} {hoe}.", _bij(dossier, "bevinding", code))


def vastgesteld_en_open() -> Iterator[Overtreding]:
    for dossier, eigen, gevraagd in _met_routing(Dossier.objects.filter(status=Dossier.Status.VASTGESTELD)):
        open_ = [code for code in sorted(gevraagd) if code not in eigen or eigen[code][2]]
        if open_:
            yield Overtreding(
                f"{dossier} is vastgesteld met open vragen: {', '.join(open_)}.", _bij(dossier, "bevindingen")
            )


def vastgesteld_zonder_oordeel() -> Iterator[Overtreding]:
    normen: dict[int, set[str]] = defaultdict(set)
    for instrument, code in Aandachtspunt.objects.order_by().values_list("onderdeel__instrument", "code"):
        normen[instrument].add(code)
    klaar: dict[int, set[str]] = defaultdict(set)
    for dossier, code in Beoordeling.objects.order_by().filter(te_herzien=False).values_list("dossier", "aandachtspunt__code"):  # fmt: skip
        klaar[dossier].add(code)
    for dossier in Dossier.objects.filter(status=Dossier.Status.VASTGESTELD).select_related("gemeente", "ronde"):
        if open_ := sorted(normen[dossier.ronde.instrument_id] - klaar[dossier.pk]):
            yield Overtreding(
                f"{dossier} is vastgesteld met open normen: {', '.join(open_)}.", _bij(dossier, "beoordelingen")
            )


def vastgesteld_met_opmerking() -> Iterator[Overtreding]:
    open_ = Opmerking.objects.filter(afgehandeld_op=None, dossier__status=Dossier.Status.VASTGESTELD)
    for opmerking in _per_dossier(open_).select_related("vraag", "aandachtspunt"):
        yield Overtreding(
            f"{opmerking.dossier} is vastgesteld terwijl de opmerking bij {opmerking.waarover} open staat.",
            _bij(opmerking.dossier, "opmerkingen"),
        )


def bevinding_zonder_antwoord() -> Iterator[Overtreding]:
    antwoord = Antwoord.objects.filter(
        interview__in=Interview.objects.tellend(), interview__dossier=OuterRef("dossier"), vraag=OuterRef("vraag")
    )
    rijen = Bevinding.objects.filter(te_herzien=False, vervallen=False).exclude(stand=Bevinding.Stand.NIET_GEVRAAGD)
    for bevinding in _per_dossier(rijen.exclude(Exists(antwoord))).select_related("vraag"):
        code = bevinding.vraag.code
        yield Overtreding(
            f"{bevinding.dossier}: de bevinding bij {code} zegt {bevinding.get_stand_display()}, en niemand gaf antwoord.",
            _bij(bevinding.dossier, "bevinding", code),
        )


# --- What belongs together --------------------------------------------------------------------------------------------


def keuze_van_elders() -> Iterator[Overtreding]:
    anders = {"keuze__isnull": False}
    for antwoord in Antwoord.objects.filter(**anders).exclude(keuze__vraag=F("vraag")).select_related("vraag", "interview__dossier__gemeente", "interview__dossier__ronde"):  # fmt: skip
        dossier = antwoord.interview.dossier
        yield Overtreding(
            f"{dossier}: het antwoord bij {antwoord.vraag.code} is een keuze van een andere vraag.",
            antwoord.interview.get_absolute_url(),
        )
    for bevinding in _per_dossier(Bevinding.objects.filter(**anders).exclude(keuze__vraag=F("vraag"))).select_related("vraag"):  # fmt: skip
        code = bevinding.vraag.code
        yield Overtreding(
            f"{bevinding.dossier}: de bevinding bij {code} is een keuze van een andere vraag.",
            _bij(bevinding.dossier, "bevinding", code),
        )


def vraag_van_elders() -> Iterator[Overtreding]:
    eigen = F("interview__dossier__ronde__instrument")
    rijen = Antwoord.objects.exclude(vraag__onderdeel__instrument=eigen)
    for antwoord in rijen.select_related("vraag", "interview__dossier__gemeente", "interview__dossier__ronde"):
        yield Overtreding(
            f"{antwoord.interview.dossier}: {antwoord.vraag.code} is beantwoord en hoort bij een ander instrument.",
            antwoord.interview.get_absolute_url(),
        )


def voorwaarde_van_elders() -> Iterator[Overtreding]:
    anders = Vraag.objects.exclude(voorwaarde=None).exclude(
        voorwaarde__vraag__onderdeel__instrument=F("onderdeel__instrument")
    )
    for vraag in anders.select_related("onderdeel__instrument"):
        instrument = vraag.onderdeel.instrument
        yield Overtreding(
            f"{instrument}: {vraag.code} hangt af van een vraag uit een ander instrument.",
            reverse("instrument", args=[instrument.code, instrument.versie]),
        )


def versie_van_antwoord() -> Iterator[Overtreding]:
    rijen = Antwoord.objects.annotate(laatste=Max("versies__versie")).exclude(laatste=F("versie"))
    for antwoord in rijen.select_related("vraag", "interview__dossier__gemeente", "interview__dossier__ronde"):
        yield Overtreding(
            f"{antwoord.interview.dossier}: de laatste versie van het antwoord bij {antwoord.vraag.code} is niet wat er staat.",
            antwoord.interview.get_absolute_url(),
        )


# --- Interviews, people, rounds ---------------------------------------------------------------------------------------


def gehouden_zonder_datum() -> Iterator[Overtreding]:
    rijen = _per_dossier(Interview.objects.tellend().filter(datum=None)).select_related("actorgroep")
    for interview in rijen:
        yield Overtreding(
            f"{interview.dossier}: het interview met {interview.actorgroep} is gehouden en heeft geen datum.",
            interview.get_absolute_url(),
        )


def eigen_toetser() -> Iterator[Overtreding]:
    zelf = Dossier.objects.filter(Q(toetser=F("inspecteur")) | Q(toetser=F("tweede_inspecteur")))
    for dossier in zelf.select_related("gemeente", "ronde", "toetser"):
        yield Overtreding(
            f"{dossier} wordt getoetst door de eigen inspecteur, {dossier.toetser}.",
            reverse("ronde_toewijzing", args=[dossier.ronde.slug]),
        )


def werk_bij_wie_niet_kan() -> Iterator[Overtreding]:
    """The same work as `lopend_werk` tells of one person, for all who cannot do it (any more)."""
    weg = Gebruiker.objects.order_by().exclude(is_active=True, rol__in=BEHANDELAARS)
    plaatsen = Q(toetser__in=weg) | ~Q(status=Dossier.Status.VASTGESTELD) & (
        Q(inspecteur__in=weg) | Q(tweede_inspecteur__in=weg)
    )
    dossiers = Dossier.objects.filter(plaatsen).exclude(ronde__status=Ronde.Status.GESLOTEN)
    for dossier in dossiers.select_related("gemeente", "ronde", "inspecteur", "tweede_inspecteur", "toetser"):
        mensen = {dossier.inspecteur, dossier.tweede_inspecteur, dossier.toetser} - {None}
        namen = sorted(str(mens) for mens in mensen if not mens.behandelt_dossiers)
        yield Overtreding(
            f"{dossier} ligt bij iemand die er niet (meer) aan kan werken: {', '.join(namen)}.",
            reverse("ronde_toewijzing", args=[dossier.ronde.slug]),
        )


def gemeente_bestaat_niet() -> Iterator[Overtreding]:
    dag = F("ronde__peildatum")
    buiten = Q(gemeente__geldig_van__gt=dag) | Q(gemeente__geldig_tot__lte=dag)
    for dossier in Dossier.objects.filter(buiten).select_related("gemeente", "ronde"):
        yield Overtreding(
            f"{dossier}: de gemeente bestaat niet op de peildatum.", reverse("ronde_gemeenten", args=[dossier.ronde.slug])
        )  # fmt: skip


CONTROLES = (
    Controle("voldoet-zonder-bewijs", "Een norm die zijn bewijs noemt, voldoet alleen met dat stuk.", INSPECTEUR, voldoet_zonder_bewijs),
    Controle("stuk-van-elders", "Een oordeel rust op een stuk van het eigen dossier.", INSPECTEUR, stuk_van_elders),
    Controle("bewijs-vereist", "Of een oordeel bewijs vereist, zegt de norm.", INSPECTEUR, bewijs_vereist_anders),
    Controle("document-weg", "Elk document staat op schijf, met zijn eigen grootte.", INSPECTEUR, document_niet_op_schijf),
    Controle("document-veranderd", "Elk document is tot op de bit wat is opgeslagen.", INSPECTEUR, document_veranderd, zwaar=True),
    Controle("routing", "Een bevinding telt mee als de vraag wordt gevraagd, en anders niet.", INSPECTEUR, routing_klopt_niet),
    Controle("vastgesteld-open-vraag", "Een vastgesteld dossier heeft op elke gevraagde vraag een bevinding.", TOETSER, vastgesteld_en_open),
    Controle("vastgesteld-open-norm", "Een vastgesteld dossier heeft over elke norm een oordeel.", TOETSER, vastgesteld_zonder_oordeel),
    Controle("vastgesteld-opmerking", "In een vastgesteld dossier is elke opmerking afgehandeld.", TOETSER, vastgesteld_met_opmerking),
    Controle("bevinding-zonder-antwoord", "Onder een bevinding ligt een antwoord, of er staat dat niet is gevraagd.", INSPECTEUR, bevinding_zonder_antwoord),
    Controle("keuze-van-elders", "Een antwoord is een keuze van de eigen vraag.", INSPECTEUR, keuze_van_elders),
    Controle("vraag-van-elders", "Een antwoord hoort bij het instrument van de ronde.", INSPECTEUR, vraag_van_elders),
    Controle("voorwaarde-van-elders", "Een vraag hangt af van een vraag van het eigen instrument.", BEHEERDER, voorwaarde_van_elders),
    Controle("versie-van-antwoord", "Van elk antwoord is de laatste versie wat er staat.", INSPECTEUR, versie_van_antwoord),
    Controle("gehouden-zonder-datum", "Een gehouden interview heeft een datum.", INSPECTEUR, gehouden_zonder_datum),
    Controle("eigen-toetser", "Niemand toetst een eigen dossier.", BEHEERDER, eigen_toetser),
    Controle("werk-bij-wie-niet-kan", "Lopend werk ligt bij wie het kan doen.", BEHEERDER, werk_bij_wie_niet_kan),
    Controle("gemeente-op-peildatum", "De gemeente van een dossier bestaat op de peildatum.", BEHEERDER, gemeente_bestaat_niet),
)  # fmt: skip
