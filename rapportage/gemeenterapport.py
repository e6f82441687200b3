"""Gemeenterapport → PDF, for the municipality itself: what was found and judged there, beside what the round came to.

The municipality knows its own answers. Taken from a round's figure they leave those of the others, so a figure is only given
where the others are a group that may be published: a threshold one higher than that of the public tables, and totals only.
Names of gesprekspartners are not in it, nor who of them said what. The same rows give the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from rapportage import drukker, pdf, queries
from rapportage.document import Databestand
from rapportage.drukpers import Drukwerk, NietGedrukt
from rapportage.export import csv
from rapportage.kwantoren import van
from rapportage.models import Rapport
from rapportage.onderdrukking import DREMPEL, openbaar
from rapportage.opmaak import typografie
from rapportage.samenstellen import ORGANISATIE, datum
from rapportage.tabellen import gemeenten, hoofdletter
from rapportage.uitkomst import Normuitkomst, Uitkomsten, Vraaguitkomst
from vragenlijst.models import Aandachtspunt, Beoordeling, Bevinding, Dossier, Onderdeel, Vraag
from vragenlijst.queries import onderdelen_met_vragen

SJABLOON = "rapportage/pdf/gemeenterapport.html"
NIET_VASTGESTELD = "Een gemeenterapport kan pas worden gemaakt als het dossier is vastgesteld."
ONDERDRUKT = "niet vermeld: dit zijn te weinig andere gemeenten om hen onherkenbaar te houden"


@dataclass(frozen=True)
class Vraagregel:
    """One question: what was found here, and in words what the round came to."""

    code: str
    vraag: str
    antwoord: str
    toelichting: str
    rijen: tuple[tuple[str, str], ...]
    ronde: str
    gesloten: bool


@dataclass(frozen=True)
class Normregel:
    """One norm: the judgement, why, and the document under it."""

    code: str
    norm: str
    oordeel: str
    motivering: str
    bewijs: str
    ronde: str


@dataclass(frozen=True)
class Deel:
    titel: str
    titel_normen: str
    vragen: tuple[Vraagregel, ...]
    normen: tuple[Normregel, ...]


def pdf_van_dossier(dossier: Dossier) -> bytes:
    """The report as PDF/UA-1 and PDF/A-3a. Raises NietGedrukt with a sentence, also for a dossier that is not vastgesteld."""
    return drukker.druk_af(drukwerk_van_dossier(dossier))


def drukwerk_van_dossier(dossier: Dossier) -> Drukwerk:
    if dossier.status != Dossier.Status.VASTGESTELD:
        raise NietGedrukt(NIET_VASTGESTELD)
    delen = list(delen_van(dossier))
    vastgesteld = timezone.localdate(dossier.vastgesteld_op) if dossier.vastgesteld_op else dossier.ronde.periode_tot
    return pdf.drukwerk_van_sjabloon(
        SJABLOON, _context(dossier, delen, vastgesteld), vastgesteld, [_databestand(dossier, delen)]
    )


def bestandsnaam(dossier: Dossier) -> str:
    return f"gemeenterapport-{slugify(dossier.gemeente.naam)}-{slugify(dossier.ronde.slug)}.pdf"


def _context(dossier: Dossier, delen: list[Deel], vastgesteld) -> dict:
    ronde = dossier.ronde
    rapport = Rapport.objects.filter(ronde=ronde).first()
    openbaar_ = rapport is not None and rapport.status == Rapport.Status.OPENBAAR
    return {
        "organisatie": ORGANISATIE,
        "titel": ronde.instrument.naam,
        "dossier": dossier,
        "ronde": ronde,
        "vastgesteld": vastgesteld,
        "inspecteurs": [wie for wie in (dossier.inspecteur, dossier.tweede_inspecteur) if wie],
        "aantal": ronde.dossiers.count(),
        "delen": delen,
        "rapport": rapport,
        "openbaar": openbaar_,
        "tussenstand": ronde.status != ronde.Status.GESLOTEN,
        "status": "" if openbaar_ else "Vertrouwelijk",
        "drempel": DREMPEL,
    }


# --- What is in it ------------------------------------------------------------------------------------------------


def delen_van(dossier: Dossier) -> Iterator[Deel]:
    """The findings and judgements per onderdeel. A fixed number of queries."""
    uitkomsten = openbaar(queries.uitkomsten(dossier.ronde), DREMPEL + 1)
    bevindingen = {
        bevinding.vraag_id: bevinding
        for bevinding in dossier.bevindingen.filter(vervallen=False).select_related("keuze", "gemeente")
    }
    beoordelingen = {
        beoordeling.aandachtspunt_id: beoordeling
        for beoordeling in dossier.beoordelingen.select_related("bewijsstuk__soort")
    }
    normen = list(Aandachtspunt.objects.filter(onderdeel__instrument=dossier.ronde.instrument_id))
    for onderdeel in onderdelen_met_vragen(dossier.ronde.instrument):
        vragen = [
            _vraagregel(vraag, bevinding, uitkomsten)
            for vraag in onderdeel.vragen.all()
            if (bevinding := bevindingen.get(vraag.pk)) and not bevinding.is_leeg
        ]
        oordelen = [
            _normregel(norm, beoordelingen[norm.pk], uitkomsten)
            for norm in normen
            if norm.onderdeel_id == onderdeel.pk and norm.pk in beoordelingen
        ]
        if vragen or oordelen:
            yield _deel(onderdeel, vragen, oordelen)


def _deel(onderdeel: Onderdeel, vragen: list[Vraagregel], oordelen: list[Normregel]) -> Deel:
    titels = (typografie(onderdeel.titel), typografie(onderdeel.titel_aandachtspunten))
    return Deel(*titels, tuple(vragen), tuple(oordelen))


def _vraagregel(vraag: Vraag, bevinding: Bevinding, uitkomsten: Uitkomsten) -> Vraagregel:
    antwoord, toelichting = bevinding.tekst, ""
    if bevinding.keuze:
        antwoord, toelichting = hoofdletter(bevinding.keuze.naam), bevinding.tekst
    elif bevinding.gemeente:
        antwoord = bevinding.gemeente.naam
    rijen = tuple((partij, afspraak) for partij, afspraak in bevinding.rijen)
    ronde = vraag_in_woorden(uitkomsten.vraag(vraag.code))
    return Vraagregel(vraag.code, typografie(vraag.tekst), antwoord, toelichting, rijen, ronde, vraag.is_gesloten)


def vraag_in_woorden(uitkomst: Vraaguitkomst) -> str:
    """What all municipalities of the round answered, always with how many of them did."""
    alle = uitkomst.alle
    if alle.verborgen:
        return ONDERDRUKT
    gesteld = f"van {gemeenten(alle.beantwoord)} met een antwoord, {alle.gevraagd} gevraagd"
    if not uitkomst.is_gesloten:
        return f"beantwoord door {van(alle.beantwoord, alle.gevraagd)} gemeenten"
    return f"{', '.join(f'{keuze.naam} {alle.per_keuze[keuze.code]}' for keuze in uitkomst.keuzes)} ({gesteld})"


def _normregel(norm: Aandachtspunt, beoordeling: Beoordeling, uitkomsten: Uitkomsten) -> Normregel:
    oordeel = beoordeling.get_oordeel_display()
    if beoordeling.alleen_verklaard:
        oordeel += ", alleen verklaard: het gevraagde stuk is niet overgelegd"
    return Normregel(
        norm.code,
        typografie(norm.tekst),
        oordeel,
        beoordeling.motivering,
        _bewijs(beoordeling),
        norm_in_woorden(uitkomsten.norm(norm.code)),
    )


def _bewijs(beoordeling: Beoordeling) -> str:
    stuk = beoordeling.bewijsstuk
    if stuk is None:
        return ""
    delen = [f"{stuk.titel} ({stuk.soort.naam.lower()}) van {datum(stuk.datum)}"]
    if stuk.akkoord_door:
        wanneer = f" op {datum(stuk.akkoord_op)}" if stuk.akkoord_op else ""
        delen.append(f"akkoord van {stuk.akkoord_door}{wanneer}")
    if beoordeling.bewijsplaats:
        delen.append(beoordeling.bewijsplaats)
    return "; ".join(delen)


def norm_in_woorden(uitkomst: Normuitkomst) -> str:
    alle = uitkomst.alle
    if alle.verborgen:
        return ONDERDRUKT
    oordelen = [f"{o.naam.lower()} {alle.per_oordeel[o.code]}" for o in uitkomst.oordelen if o.inhoudelijk]
    return f"{', '.join(oordelen)} (van {gemeenten(alle.beoordeeld)} beoordeeld, {alle.dossiers} onderzocht)"


# --- The same as data ---------------------------------------------------------------------------------------------

KOLOMMEN = ("gemeente", "onderdeel", "soort", "code", "tekst", "uitkomst", "toelichting", "bewijs", "alle_gemeenten")


def _databestand(dossier: Dossier, delen: list[Deel]) -> Databestand:
    def rijen():
        for deel in delen:
            for v in deel.vragen:
                antwoord = v.antwoord or "\n".join(f"{partij}: {afspraak}" for partij, afspraak in v.rijen)
                yield dossier.gemeente.naam, deel.titel, "vraag", v.code, v.vraag, antwoord, v.toelichting, "", v.ronde
            for n in deel.normen:
                yield (
                    dossier.gemeente.naam, deel.titel_normen, "aandachtspunt",
                    n.code, n.norm, n.oordeel, n.motivering, n.bewijs, n.ronde,
                )  # fmt: skip

    return Databestand(
        "gemeenterapport.csv", "text/csv", csv.inhoud(KOLOMMEN, rijen()), "De bevindingen en oordelen van dit rapport"
    )
