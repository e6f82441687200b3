"""Who holds which interview when: for the planning of one, and for the inspector's agenda."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.formats import date_format

from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.models import Dossier, Interview

MENSEN = ("actorgroep", "inspecteur", "tweede_inspecteur")
DOSSIER = ("dossier__gemeente", "dossier__ronde", "dossier__inspecteur", "dossier__tweede_inspecteur")


def eigen_inspecteurs(dossier: Dossier) -> list[Gebruiker]:
    """Who works on the dossier, lead first."""
    return [wie for wie in (dossier.inspecteur, dossier.tweede_inspecteur) if wie is not None]


def inspecteurs_van(interview: Interview) -> list[Gebruiker]:
    """Who holds the interview, lead first; the dossier's lead when nobody was named.

    Whoever has left the dossier since holds no planned interview in it any more; a held one keeps who held it.
    """
    dossier, leider, tweede = interview.dossier, interview.inspecteur, interview.tweede_inspecteur
    if interview.status in (Interview.Status.GEPLAND, Interview.Status.VERVALLEN):
        leider, tweede = (wie if wie and dossier.is_van(wie) else None for wie in (leider, tweede))
    leider = leider or dossier.inspecteur
    return [wie for wie in (leider, tweede if tweede != leider else None) if wie is not None]


@dataclass(frozen=True)
class Planregel:
    """An interview as a line in a list: who holds it, and why it fell through if it did."""

    interview: Interview
    inspecteurs: tuple[Gebruiker, ...]
    vervallen: Gebeurtenis | None

    @property
    def tijd(self) -> str:
        return tijdvak(self.interview)

    @property
    def te_herplannen(self) -> bool:
        return self.interview.status == Interview.Status.VERVALLEN and self.interview.dossier.te_bewerken


def tijdvak(interview: Interview) -> str:
    """'10:00–11:30', or nothing when the start is not known yet."""
    if interview.aanvang is None:
        return ""
    begin, einde = _vak(interview)
    return f"{begin:%H:%M}–{einde:%H:%M}"


def planregels(interviews: Iterable[Interview]) -> list[Planregel]:
    """These interviews, which come with their people and dossier, in two queries at most."""
    interviews = list(interviews)
    weg = [i.pk for i in interviews if i.status == Interview.Status.VERVALLEN]
    stappen = Gebeurtenis.objects.filter(
        ding_soort="interview", ding_id__in=weg, soort=Gebeurtenis.Soort.STATUS, naar=Interview.Status.VERVALLEN
    )
    redenen = {stap.ding_id: stap for stap in stappen.select_related("wie").order_by("wanneer", "pk")} if weg else {}
    return [Planregel(i, tuple(inspecteurs_van(i)), redenen.get(i.pk)) for i in interviews]


def planregels_van(dossier: Dossier) -> list[Planregel]:
    """All interviews of the dossier, by actor group and date."""
    interviews = list(dossier.interviews.select_related(*MENSEN))
    for interview in interviews:
        interview.dossier = dossier
    return planregels(interviews)


def agenda_van(gebruiker: Gebruiker, vanaf: date, *, met_vervallen: bool = False) -> list[Interview]:
    """The planned interviews, in open rounds and from this day on, that this person holds in dossiers of their own."""
    statussen = [Interview.Status.GEPLAND, *([Interview.Status.VERVALLEN] if met_vervallen else [])]
    interviews = (
        Interview.objects.filter(
            Q(dossier__inspecteur=gebruiker) | Q(dossier__tweede_inspecteur=gebruiker),
            dossier__ronde__status="open",
            status__in=statussen,
            datum__gte=vanaf,
        )
        .select_related(*MENSEN, *DOSSIER)
        .order_by("datum", "aanvang", "pk")
    )
    return [interview for interview in interviews if gebruiker in inspecteurs_van(interview)]


# --- What to look at before going -----------------------------------------------------------------------------------


def waarschuwingen(interview: Interview, kijker: Gebruiker) -> list[str]:
    """What is odd about this plan: a day outside the field work, or a person who is elsewhere then. Nothing is refused."""
    if interview.datum is None or interview.status not in (Interview.Status.GEPLAND, Interview.Status.VERVALLEN):
        return []
    ronde = interview.dossier.ronde
    dag = _lang(interview.datum)
    gevonden = []
    if not ronde.periode_van <= interview.datum <= ronde.periode_tot:
        gevonden.append(
            f"{dag} ligt buiten het veldwerk van de ronde, dat loopt van {_lang(ronde.periode_van)} tot en met "
            f"{_lang(ronde.periode_tot)}."
        )
    if ronde.interviews_voor is not None and interview.datum > ronde.interviews_voor:
        gevonden.append(f"{dag} is te laat: interviews worden gehouden uiterlijk {_lang(ronde.interviews_voor)}.")
    return gevonden + _botsingen(interview, kijker)


def _botsingen(interview: Interview, kijker: Gebruiker) -> list[str]:
    """Other interviews at the same time by the same people; named only where the reader may see them."""
    if interview.aanvang is None:
        return []
    mensen = inspecteurs_van(interview)
    andere = (
        Interview.objects.filter(
            Q(inspecteur__in=mensen)
            | Q(tweede_inspecteur__in=mensen)
            | Q(dossier__inspecteur__in=mensen)
            | Q(dossier__tweede_inspecteur__in=mensen),
            datum=interview.datum,
            aanvang__isnull=False,
        )
        .exclude(status=Interview.Status.VERVALLEN)
        .exclude(pk=interview.pk)
        .select_related(*MENSEN, *DOSSIER)
        .order_by("aanvang", "pk")
    )
    begin, einde = _vak(interview)
    gevonden = []
    for ander in andere:
        ander_begin, ander_einde = _vak(ander)
        if ander_begin < einde and begin < ander_einde:
            wat = f"het interview {ander}" if ander.dossier.is_van(kijker) else "een ander interview"
            gevonden += [
                f"{wie} heeft op {_lang(ander.datum)} van {ander_begin:%H:%M} tot {ander_einde:%H:%M} {wat}."
                for wie in inspecteurs_van(ander)
                if wie in mensen
            ]
    return gevonden


def _vak(interview: Interview) -> tuple[datetime, datetime]:
    """Begin and end on the clock of the town hall; of an interview with a start."""
    begin = datetime.combine(interview.datum or date.min, interview.aanvang)
    return begin, begin + timedelta(minutes=interview.duur)


def _lang(datum: date) -> str:
    return date_format(datum, "j F Y")
