"""Reads of the instrument, for its own pages. A fixed number of queries, however many questions and norms it has."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from django.db.models import Count, QuerySet

from vragenlijst.instrumentcontrole import Bezwaar, bezwaren
from vragenlijst.instrumentlader import uit_database
from vragenlijst.models import Aandachtspunt, Instrument, Keuze, Onderdeel, Vraag
from vragenlijst.queries.dossiers import onderdelen_met_vragen


def instrumenten_met_aantallen() -> QuerySet[Instrument]:
    """Every version with `aantal_vragen`, `aantal_normen` and `aantal_rondes`."""
    return Instrument.objects.annotate(
        aantal_vragen=Count("onderdelen__vragen", distinct=True),
        aantal_normen=Count("onderdelen__aandachtspunten", distinct=True),
        aantal_rondes=Count("rondes", distinct=True),
    )


def vorige_versie(instrument: Instrument) -> Instrument | None:
    """The version with which this one is compared."""
    return Instrument.objects.filter(code=instrument.code, versie__lt=instrument.versie).order_by("-versie").first()


def is_laatste(instrument: Instrument) -> bool:
    """Whether there is no later version: only of that one a next can be made."""
    return not Instrument.objects.filter(code=instrument.code, versie__gt=instrument.versie).exists()


@dataclass(frozen=True)
class Rooster:
    """The questions of one onderdeel against the norms that they, or the norms of that onderdeel, have to do with."""

    onderdeel: Onderdeel
    normen: tuple[Aandachtspunt, ...]
    rijen: tuple[tuple[Vraag, tuple[tuple[Aandachtspunt, bool], ...]], ...]


def roosters(instrument: Instrument) -> list[Rooster]:
    onderdelen = onderdelen_met_vragen(instrument)
    alle = Aandachtspunt.objects.filter(onderdeel__instrument=instrument)
    over = {norm: {v.pk for v in norm.vragen.all()} for norm in alle.prefetch_related("vragen")}
    gevonden = []
    for onderdeel in onderdelen:
        vragen = onderdeel.vragen.all()
        hier = {vraag.pk for vraag in vragen}
        normen = tuple(norm for norm in over if norm.onderdeel_id == onderdeel.pk or over[norm] & hier)
        rijen = tuple((vraag, tuple((norm, vraag.pk in over[norm]) for norm in normen)) for vraag in vragen)
        gevonden.append(Rooster(onderdeel, normen, rijen))
    return gevonden


def controle(instrument: Instrument) -> list[Bezwaar]:
    """What is wrong with this version, by itself and against the one before."""
    vorige = vorige_versie(instrument)
    return bezwaren(uit_database(instrument), uit_database(vorige) if vorige else None)


def met_vervolg(hoofdvraag: Vraag) -> list[Vraag]:
    """A main question and the follow-ups that stand directly below it."""
    na = Vraag.objects.filter(onderdeel=hoofdvraag.onderdeel_id, volgorde__gt=hoofdvraag.volgorde).order_by("volgorde")
    return [hoofdvraag, *takewhile(lambda vraag: vraag.hoofdvraag_id == hoofdvraag.pk, na)]


def tegen_vorige(ding: Vraag | Aandachtspunt, instrument: Instrument) -> list[Bezwaar]:
    """What this question or norm says of itself that the version before does not bear out."""
    hier = (ding._meta.model_name, ding.code)
    return [b for b in controle(instrument) if b.tegen_vorige and (b.soort, b.code) == hier]


def adres_van(instrument: Instrument) -> Callable[[Bezwaar], str]:
    """Where a fault of this version is mended: its place on the page of the instrument."""
    pagina = instrument.get_absolute_url()
    return lambda bezwaar: f"{pagina}#{anker(bezwaar.soort, bezwaar.code)}"


def anker(soort: str, code: str) -> str:
    """The place of a thing on the page of its instrument. Questions and norms stand there under their code."""
    if soort in ("vraag", "aandachtspunt"):
        return code
    return f"{soort}-{code}" if code else "inhoud"


@dataclass(frozen=True)
class Vraagbeeld:
    """A question; `geeft_over` are the codes of the norms that it informs."""

    vraag: Vraag
    keuzes: tuple[Keuze, ...]
    geeft_over: tuple[str, ...]

    @property
    def voorwaarde(self) -> str:
        """In words: 'alleen bij V1.3 = ja'."""
        keuze = self.vraag.voorwaarde
        return f"alleen bij {keuze.vraag.code} = {keuze.naam.lower()}" if keuze else ""


@dataclass(frozen=True)
class Normdeel:
    """A norm with the evidence it demands and the questions that inform it."""

    norm: Aandachtspunt
    bewijssoorten: tuple[str, ...]
    vragen: tuple[str, ...]

    @property
    def is_leemte(self) -> bool:
        """No question informs it: the questionnaire itself yields nothing to judge it on."""
        return not self.vragen


@dataclass(frozen=True)
class Deel:
    onderdeel: Onderdeel
    vragen: tuple[Vraagbeeld, ...]
    normen: tuple[Normdeel, ...]


def delen(instrument: Instrument) -> list[Deel]:
    """The parts of the instrument in order, each with its questions and its norms."""
    onderdelen = onderdelen_met_vragen(instrument)
    volgorde = {vraag.pk: plaats for plaats, vraag in enumerate(v for o in onderdelen for v in o.vragen.all())}
    normen: dict[int, list[Normdeel]] = defaultdict(list)
    over: dict[int, list[str]] = defaultdict(list)
    alle = Aandachtspunt.objects.filter(onderdeel__instrument=instrument).prefetch_related("bewijssoorten", "vragen")
    for norm in alle:
        vragen = sorted(norm.vragen.all(), key=lambda vraag: volgorde[vraag.pk])
        for vraag in vragen:
            over[vraag.pk].append(norm.code)
        normen[norm.onderdeel_id].append(
            Normdeel(
                norm,
                bewijssoorten=tuple(soort.naam for soort in norm.bewijssoorten.all()),
                vragen=tuple(vraag.code for vraag in vragen),
            )
        )
    return [
        Deel(
            onderdeel,
            vragen=tuple(
                Vraagbeeld(vraag, tuple(vraag.keuzes.all()), tuple(over[vraag.pk])) for vraag in onderdeel.vragen.all()
            ),
            normen=tuple(normen[onderdeel.pk]),
        )
        for onderdeel in onderdelen
    ]
