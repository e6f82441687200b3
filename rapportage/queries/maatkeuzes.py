"""What words of a report can be bound to by picking it: the answers of closed questions, the judgements on norms, and the groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapportage.indelingen import indelingen
from rapportage.queries.maten import metingen
from rapportage.uitspraken.maat import KENMERKEN, lees
from vragenlijst.models import Aandachtspunt, Beoordeling, Keuze, Ronde, Vraag

Keuzes = list[tuple[str, Sequence[tuple[str, str]]]]
KOP = 70  # signs of a question above its answers: a list that is no wider than a phone


def tellingen_van(ronde: Ronde) -> Keuzes:
    """Per question and norm, in the order of the instrument, the maat and the name of each answer."""
    vragen = Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id, soort=Vraag.Soort.KEUZE)
    normen = Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument_id).select_related("onderdeel")
    per_vraag: dict[int, list[tuple[str, str]]] = {}
    inhoudelijk = Keuze.objects.filter(vraag__in=vragen, soort=Keuze.Soort.INHOUD).order_by("volgorde")
    for vraag, code, keuze, naam in inhoudelijk.values_list("vraag", "vraag__code", "code", "naam"):
        per_vraag.setdefault(vraag, []).append((f"{code}={keuze}", f"{code}: {naam}"))
    oordelen = [(o.value, o.label) for o in Beoordeling.Oordeel if o != Beoordeling.Oordeel.NIET_TE_BEOORDELEN]
    return [
        *((_kop(v.code, v.tekst), per_vraag.get(v.pk, ())) for v in vragen.order_by("onderdeel__volgorde", "volgorde")),
        *(
            (_kop(norm.code, norm.kort), [(f"{norm.code}={o}", f"{norm.code}: {naam}") for o, naam in oordelen])
            for norm in normen.order_by("onderdeel__volgorde", "volgorde")
        ),
    ]


def groepen_van(ronde: Ronde) -> Keuzes:
    """Per characteristic the groups in which this round has a dossier."""
    bekend = {code: indeling for code, indeling in indelingen(ronde).items() if code in KENMERKEN}
    maten = {(code, groep.code): lees(f"{code}={groep.code}") for code, i in bekend.items() for groep in i.groepen}
    gemeten = metingen(ronde, maten.values())
    gevonden = [
        (
            indeling.naam,
            [(str(maten[code, g.code]), g.naam) for g in indeling.groepen if gemeten[maten[code, g.code]].x],
        )
        for code, indeling in bekend.items()
    ]
    return [(naam, groepen) for naam, groepen in gevonden if groepen]


@dataclass(frozen=True)
class Voorbeeld:
    """A maat of this round to explain the notation by: the question it is about, the answer in words, and a group (or empty)."""

    maat: str
    vraag: str
    antwoord: str
    groep: str = ""


def voorbeeld(tellingen: Keuzes, groepen: Keuzes) -> Voorbeeld | None:
    """The first of what there is to pick; None for an instrument without a closed question or a norm."""
    gevuld = [keuzes for _, keuzes in tellingen if keuzes]
    if not gevuld:
        return None
    maat, naam = gevuld[0][0]
    code, _, antwoord = naam.partition(": ")
    return Voorbeeld(maat, code, antwoord, next((keuzes[0][0] for _, keuzes in groepen), ""))


def _kop(code: str, tekst: str) -> str:
    heel = f"{code} {tekst}"
    return heel if len(heel) <= KOP else f"{heel[: KOP - 1].rstrip()}…"
