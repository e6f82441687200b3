"""Where a report stands: its terms, its editions, and what is still missing for the next step."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from rapportage.models import Aantekening, Fotomoment, Passage, Rapport, Uitgave
from rapportage.queries.fotomoment import laatste, verifieer
from rapportage.queries.meldingen import meldingen_van
from regio.models import Gebeurtenis
from vragenlijst.bezwaren import Bezwaar
from vragenlijst.models import Ronde

WEDERHOOR = timedelta(weeks=2)
BIJ_DE_MINISTER = timedelta(weeks=4)  # Wet SUWI art. 38, 40: the minister has it first
NOG_GENOEMD = 5  # differences with a fotomoment, faults in the text: those that are named one by one


def uitgavenummer(rapport: Rapport, *, komend: bool = False) -> int:
    """The version of the report: that of the edition it stands in, or of the one that is being written or made (`komend`)."""
    hoogste = rapport.uitgaven.order_by("-versie").values_list("versie", flat=True).first() or 0
    return hoogste + 1 if komend or rapport.te_bewerken else hoogste


def openbaar_vanaf(rapport: Rapport) -> date | None:
    """From when the report may be made public by itself; earlier only the minister does."""
    return rapport.aangeboden_op + BIJ_DE_MINISTER if rapport.aangeboden_op else None


@dataclass(frozen=True)
class Termijn:
    """A date that counts now; `voorbij` when it has passed."""

    naam: str
    datum: date
    voorbij: bool
    uitleg: str = ""


def termijnen(rapport: Rapport) -> list[Termijn]:
    """The dates that matter in this status, with what they mean."""
    vandaag, gevonden = timezone.localdate(), []
    if rapport.status == Rapport.Status.WEDERHOOR and rapport.wederhoor_tot:
        voorbij = rapport.wederhoor_tot < vandaag
        uitleg = "De termijn is voorbij." if voorbij else "Tot en met deze dag kan worden gereageerd."
        gevonden.append(Termijn("Wederhoor tot en met", rapport.wederhoor_tot, voorbij, uitleg))
    if rapport.aangeboden_op and rapport.status in (Rapport.Status.AANGEBODEN, Rapport.Status.OPENBAAR):
        gevonden.append(Termijn("Aangeboden aan de minister", rapport.aangeboden_op, False))
    if rapport.status == Rapport.Status.AANGEBODEN and (vanaf := openbaar_vanaf(rapport)):
        mag = vanaf <= vandaag
        uitleg = "Het rapport mag openbaar worden." if mag else "Eerder maakt alleen de minister het openbaar."
        gevonden.append(Termijn("Vier weken bij de minister tot", vanaf, mag, uitleg))
    if rapport.openbaar_op and rapport.status == Rapport.Status.OPENBAAR:
        gevonden.append(Termijn("Openbaar", rapport.openbaar_op, False))
    return gevonden


@dataclass(frozen=True)
class Stand:
    """All that the panel on the report's page shows beside the steps."""

    nummer: int
    fotomoment: Fotomoment | None
    termijnen: list[Termijn]
    uitgaven: list["Uitgavestand"]
    reacties: int
    open_reacties: int


@dataclass(frozen=True)
class Uitgavestand:
    """An edition with what became of it; `vervangen_door` is the number of a later one that is public."""

    uitgave: Uitgave
    aangeboden_op: date | None = None
    openbaar_op: date | None = None
    reden: str = ""  # why it was made public before the minister's weeks were over
    vervangen_door: int | None = None


def _uitgavestanden(rapport: Rapport, uitgaven: list[Uitgave]) -> list[Uitgavestand]:
    """The report itself only knows the dates of its last edition; its history knows those of all."""
    stappen = Gebeurtenis.objects.van(rapport).filter(
        soort=Gebeurtenis.Soort.STATUS, naar__in=(Rapport.Status.AANGEBODEN, Rapport.Status.OPENBAAR)
    )
    per_uitgave: dict[int, dict[str, Gebeurtenis]] = defaultdict(dict)
    op_volgorde = sorted(uitgaven, key=attrgetter("versie"))
    for stap in stappen.order_by("pk") if uitgaven else ():
        van = [uitgave for uitgave in op_volgorde if uitgave.gemaakt_op <= stap.wanneer]
        if van:
            per_uitgave[van[-1].versie][stap.naar] = stap
    openbaar = [u.versie for u in op_volgorde if Rapport.Status.OPENBAAR in per_uitgave[u.versie]]
    return [_uitgavestand(uitgave, per_uitgave[uitgave.versie], openbaar) for uitgave in uitgaven]


def _uitgavestand(uitgave: Uitgave, stappen: dict[str, Gebeurtenis], openbaar: list[int]) -> Uitgavestand:
    aangeboden, publiek = (stappen.get(naar) for naar in (Rapport.Status.AANGEBODEN, Rapport.Status.OPENBAAR))
    return Uitgavestand(
        uitgave,
        timezone.localdate(aangeboden.wanneer) if aangeboden else None,
        timezone.localdate(publiek.wanneer) if publiek else None,
        publiek.reden if publiek else "",
        next((versie for versie in reversed(openbaar) if versie > uitgave.versie), None),
    )


def openbare_uitgave(rapport: Rapport) -> Uitgavestand | None:
    """The edition that the public has; also while an erratum to it is written."""
    standen = _uitgavestanden(rapport, list(rapport.uitgaven.defer("pdf", "gegevens")))
    return next((s for s in sorted(standen, key=lambda s: -s.uitgave.versie) if s.openbaar_op), None)


def stand(rapport: Rapport) -> Stand:
    """Where this report stands. Five queries."""
    besluiten = list(rapport.reacties.values_list("besluit", flat=True))
    uitgaven = list(rapport.uitgaven.defer("pdf", "gegevens").select_related("fotomoment", "gemaakt_door"))
    return Stand(
        nummer=uitgavenummer(rapport),
        fotomoment=laatste(rapport.ronde),
        termijnen=termijnen(rapport),
        uitgaven=_uitgavestanden(rapport, uitgaven),
        reacties=len(besluiten),
        open_reacties=besluiten.count(""),
    )


# --- What is missing ------------------------------------------------------------------------------------------------


def tegen_wederhoor(rapport: Rapport) -> list[Bezwaar]:
    """Others are asked about texts that are there, of a round that stands firm."""
    return [*_ronde_gesloten(rapport), *_passages_geschreven(rapport)]


def tegen_vaststellen(rapport: Rapport) -> list[Bezwaar]:
    """What must be settled before the text stands firm."""
    return [
        *_ronde_gesloten(rapport),
        *_fotomoment_klopt(rapport),
        *_passages_geschreven(rapport),
        *_fouten_in_tekst(rapport),
        *_reacties_behandeld(rapport),
        *_aantekeningen_afgehandeld(rapport),
        *_erratum_verantwoord(rapport),
    ]


def _ronde_gesloten(rapport: Rapport) -> list[Bezwaar]:
    if rapport.ronde.status == Ronde.Status.GESLOTEN:
        return []
    return [Bezwaar(f"De ronde {rapport.ronde} is nog niet gesloten.", "Ronde", rapport.ronde.get_absolute_url())]


def _fotomoment_klopt(rapport: Rapport) -> list[Bezwaar]:
    adres = reverse("fotomomenten", args=[rapport.ronde.slug])
    foto = laatste(rapport.ronde)
    if foto is None:
        return [Bezwaar("De ronde heeft geen fotomoment: heropen haar en sluit haar opnieuw.", "Fotomoment", adres)]
    verschillen = verifieer(foto)
    if not verschillen:
        return []
    meer = f" en nog {len(verschillen) - NOG_GENOEMD} verschillen" if len(verschillen) > NOG_GENOEMD else ""
    genoemd = "; ".join(verschil.plek for verschil in verschillen[:NOG_GENOEMD])
    return [Bezwaar(f"De gegevens wijken af van het fotomoment: {genoemd}{meer}.", "Fotomoment", adres)]


def _passages_geschreven(rapport: Rapport) -> list[Bezwaar]:
    return [
        Bezwaar(f"{passage} heeft nog geen tekst.", "Tekst", passage.get_absolute_url())
        for passage in rapport.passages.select_related("onderdeel", "rapport__ronde")
        if not passage.tekst.strip()
    ]


def _fouten_in_tekst(rapport: Rapport) -> list[Bezwaar]:
    fouten = [melding for melding in meldingen_van(rapport) if melding.is_fout]
    passages = {passage.pk: passage for passage in rapport.passages.select_related("onderdeel", "rapport__ronde")}
    gevonden = [_fout(melding, passages.get(melding.bron)) for melding in fouten[:NOG_GENOEMD]]
    if len(fouten) > NOG_GENOEMD:
        meer = len(fouten) - NOG_GENOEMD
        zin = f"En nog {meer} {'fout' if meer == 1 else 'fouten'} in de tekst."
        gevonden.append(Bezwaar(zin, "Tekst", rapport.get_absolute_url()))
    return gevonden


def _fout(melding, passage: Passage | None) -> Bezwaar:
    plek = f"{passage or 'Tekst'}, regel {melding.regel}"
    return Bezwaar(f"{plek}: {melding.zin}", "Tekst", passage.get_absolute_url() if passage else "")


def _reacties_behandeld(rapport: Rapport) -> list[Bezwaar]:
    open_ = rapport.reacties.filter(besluit="").count()
    if not open_:
        return []
    zin = f"{'1 reactie' if open_ == 1 else f'{open_} reacties'} uit het wederhoor zonder besluit."
    return [Bezwaar(zin, "Wederhoor", reverse("wederhoor", args=[rapport.ronde.slug]))]


def _aantekeningen_afgehandeld(rapport: Rapport) -> list[Bezwaar]:
    open_ = Aantekening.objects.filter(passage__rapport=rapport, afgehandeld_op=None)
    return [
        Bezwaar(f"Een aantekening bij {aantekening.passage} is nog niet afgehandeld.", "Aantekeningen", adres)
        for aantekening in open_.select_related("passage__onderdeel", "passage__rapport__ronde")
        if (adres := aantekening.passage.get_absolute_url())
    ]


def _erratum_verantwoord(rapport: Rapport) -> list[Bezwaar]:
    if rapport.erratum.strip() or not rapport.uitgaven.exists():
        return []
    return [
        Bezwaar(
            "Een volgende versie zegt wat er is gewijzigd: vul de lijst van wijzigingen in.",
            "Erratum",
            reverse("rapport_uitgeven", args=[rapport.ronde.slug]),
        )
    ]


# --- What a step fixes ----------------------------------------------------------------------------------------------


def bij_wederhoor(rapport: Rapport) -> list[str]:
    tot = date_format(timezone.localdate() + WEDERHOOR, "j F Y")
    fouten = sum(melding.is_fout for melding in meldingen_van(rapport))
    telling = "staat nog 1 fout" if fouten == 1 else f"staan nog {fouten} fouten"
    return [
        *([f"Let op: in de tekst {telling}. Wie u om een reactie vraagt, leest ze mee."] if fouten else []),
        *_na_een_uitgave(rapport),
        f"De termijn loopt twee weken, tot en met {tot}; u kunt haar daarna nog wijzigen.",
        "De tekst blijft te wijzigen, voor wat u van de reacties overneemt.",
    ]


def _na_een_uitgave(rapport: Rapport) -> list[str]:
    if not rapport.uitgaven.exists():
        return []
    return [
        "Een erratum gaat dezelfde weg als het rapport zelf. Wat verandert is ook voor de betrokken partijen nieuw; de termijn kunt u korter maken."
    ]


def bij_vaststellen(rapport: Rapport) -> list[str]:
    tot, zinnen = rapport.wederhoor_tot, []
    if tot and tot >= timezone.localdate():
        zinnen = [f"Let op: de termijn voor wederhoor loopt nog, tot en met {date_format(tot, 'j F Y')}."]
    return [
        *zinnen,
        f"Versie {uitgavenummer(rapport)} wordt gedrukt en verzegeld: PDF en tekst staan daarna vast.",
        "Wijzigen kan alleen nog met een erratum, dat de volgende versie maakt naast deze.",
    ]


def bij_aanbieden(rapport: Rapport) -> list[str]:
    vanaf = date_format(timezone.localdate() + BIJ_DE_MINISTER, "j F Y")
    return [f"De minister heeft vier weken; openbaar maken kan vanaf {vanaf}, of zodra de minister dat doet."]


def bij_sluiten(ronde: Ronde) -> list[str]:
    return ["Er wordt een fotomoment gemaakt: alle bevindingen, oordelen en uitkomsten, met een zegel (SHA-256)."]
