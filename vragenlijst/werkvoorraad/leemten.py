"""What a dossier lacks before it can be handed in: who was not heard, what was put and not answered, which verslag has no approval.

Each of these can be set aside with a reason (Uitzondering) where it cannot be had; findings, judgements and the like cannot.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from vragenlijst.models import Dossier, Interview, Uitzondering
from vragenlijst.werkvoorraad.dekking import Dekking, Groepsdekking, dekkingen
from vragenlijst.werkvoorraad.stand import VERVALLEN, Werk, van_dossiers

GEHOUDEN, TER_ACCORDERING = Interview.Status.GEHOUDEN, Interview.Status.TER_ACCORDERING
DEKKING, ANTWOORDEN, VERSLAGEN = "Actorgroepen", "Antwoorden", "Gespreksverslagen"


@dataclass(frozen=True)
class Leemte:
    """One thing that is missing. `adres` is where it is mended; `uitzondering` why it cannot be, when that was said."""

    sleutel: str
    zin: str
    groep: str  # under which heading it is told
    adres: str
    vragen: tuple[str, ...] = ()
    uitzondering: Uitzondering | None = None

    @property
    def open(self) -> bool:
        return self.uitzondering is None


def leemten(werk: Werk, dekking: Dekking, uitzonderingen: Iterable[Uitzondering]) -> list[Leemte]:
    """What this dossier lacks, set aside or not, in the order of the actorgroepen. No queries."""
    apart = {uitzondering.sleutel: uitzondering for uitzondering in uitzonderingen}
    gevonden = [*_niet_gehoord(werk, dekking), *_zonder_antwoord(werk, dekking), *_zonder_akkoord(werk)]
    return [
        Leemte(sleutel, zin, groep, adres, vragen, _dekt(apart.get(sleutel), vragen))
        for sleutel, zin, groep, adres, vragen in gevonden
    ]


def leemten_van(dossier: Dossier) -> list[Leemte]:
    """The same for one dossier, in a fixed number of queries."""
    werk = van_dossiers([dossier])
    return leemten(werk[0], dekkingen(werk)[dossier.pk], dossier.uitzonderingen.select_related("door"))


def uitzonderingen_per_dossier(dossiers: Iterable[Dossier]) -> dict[int, list[Uitzondering]]:
    """One query."""
    verdeeld = defaultdict(list)
    for uitzondering in Uitzondering.objects.filter(dossier__in=dossiers).select_related("door"):
        verdeeld[uitzondering.dossier_id].append(uitzondering)
    return verdeeld


def _dekt(uitzondering: Uitzondering | None, vragen: tuple[str, ...]) -> Uitzondering | None:
    """The exception, unless more questions are missing now than it spoke of."""
    return uitzondering if uitzondering and set(vragen) <= set(uitzondering.vragen) else None


def _niet_gehoord(werk: Werk, dekking: Dekking) -> Iterator[tuple]:
    vervallen = {i.actorgroep_id: i for i in werk.gesprekken if i.status == VERVALLEN}
    plannen = reverse("interview_nieuw", args=[werk.dossier.pk])
    for groep in dekking.zonder:
        adres = f"{plannen}?groep={quote(groep.code)}"
        zin = f"Met {groep} is niet gesproken."
        if gesprek := vervallen.get(groep.pk):
            adres, zin = gesprek.get_absolute_url(), f"Met {groep} is niet gesproken: het interview is vervallen."
        yield f"groep:{groep.code}", zin, DEKKING, adres, ()
    for groep in dekking.groepen:
        for onderdeel, cel in zip(dekking.onderdelen, groep.cellen, strict=False):
            if cel.gevraagd and not cel.beantwoord:
                zin = f"{groep.actorgroep} heeft niets gezegd over ‘{onderdeel.titel}’."
                sleutel = f"onderdeel:{groep.actorgroep.code}:{onderdeel.code}"
                yield sleutel, zin, DEKKING, _interview(werk, groep), cel.onbeantwoord


def _zonder_antwoord(werk: Werk, dekking: Dekking) -> Iterator[tuple]:
    """Questions that were put to a group and got no answer, in the onderdelen on which it did speak."""
    for groep in dekking.groepen:
        codes = tuple(code for cel in groep.cellen if cel.beantwoord for code in cel.onbeantwoord)
        if codes:
            vragen = "vraag" if len(codes) == 1 else "vragen"
            zin = f"{groep.actorgroep}: {len(codes)} {vragen} zonder antwoord ({', '.join(codes)})."
            yield f"vragen:{groep.actorgroep.code}", zin, ANTWOORDEN, _interview(werk, groep), codes


def _zonder_akkoord(werk: Werk) -> Iterator[tuple]:
    for interview in werk.gesprekken:
        if interview.status in (GEHOUDEN, TER_ACCORDERING):
            stand = "nog niet ter accordering gelegd" if interview.status == GEHOUDEN else "nog niet geaccordeerd"
            zin = f"Het verslag van het interview met {interview.actorgroep} is {stand}."
            yield f"akkoord:{interview.pk}", zin, VERSLAGEN, interview.get_absolute_url(), ()


def _interview(werk: Werk, groep: Groepsdekking) -> str:
    """Where the answers of this group are."""
    return next(i for i in werk.lopend if i.actorgroep_id == groep.actorgroep.pk).get_absolute_url()
