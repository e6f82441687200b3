"""Making the report with its drafts, and what stands on its title page. Each write is one transaction."""

from django.db import IntegrityError, transaction

from rapportage import concepttekst, queries, trendtekst
from rapportage.models import Passage, Passageversie, Rapport
from rapportage.onderdrukking import niet_te_vergelijken, openbaar
from rapportage.queries import trend as queries_trend
from rapportage.uitspraken_opslaan import onthoud_uitspraken
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.models import Ronde


@transaction.atomic
def maak_rapport(rapport: Rapport, wie: Gebruiker | None) -> Rapport:
    """Store a new report with all its passages, each with a first draft from the uitkomsten of this moment.

    Raises Geweigerd when there is nothing to report yet, or when the round has a report already (made by a colleague a moment
    ago, perhaps).
    """
    if bezwaren := queries.bezwaren_tegen_rapport(rapport.ronde):
        raise Geweigerd(bezwaren)
    try:
        with transaction.atomic():
            rapport.save(force_insert=True)
    except IntegrityError as fout:
        raise Geweigerd(["Deze ronde heeft al een rapport."]) from fout
    passages = Passage.objects.bulk_create(
        Passage(rapport=rapport, plaats=plaats, onderdeel=onderdeel, tekst=tekst, gewijzigd_door=wie)
        for plaats, onderdeel, tekst in _concept(rapport.ronde)
    )
    Passageversie.objects.bulk_create(
        Passageversie(passage=passage, versie=1, tekst=passage.tekst, wie=wie) for passage in passages
    )
    for passage in passages:
        onthoud_uitspraken(passage)
    leg_vast(rapport, Gebeurtenis.Soort.GEMAAKT, wie)
    return rapport


def concept_van(passage: Passage) -> str:
    """The draft of this passage from the uitkomsten as they are now; nothing is stored."""
    plek = passage.plaats, passage.onderdeel_id
    return next(
        tekst
        for plaats, onderdeel, tekst in _concept(passage.rapport.ronde)
        if (plaats, onderdeel.pk if onderdeel else None) == plek
    )


def _concept(ronde: Ronde):
    """Place, onderdeel and draft of every passage, in the order of the report."""
    uitkomsten, steekproef = openbaar(queries.uitkomsten(ronde)), queries.steekproef(ronde)
    onderdelen = list(zip(ronde.instrument.onderdelen.all(), uitkomsten.onderdelen, strict=True))
    yield Passage.Plaats.AANLEIDING, None, concepttekst.aanleiding(uitkomsten)
    yield Passage.Plaats.AANPAK, None, concepttekst.aanpak(uitkomsten, steekproef)
    for onderdeel, uitkomst in onderdelen:
        yield Passage.Plaats.BEVINDINGEN, onderdeel, concepttekst.bevindingen(uitkomst, uitkomsten)
    if ronde.vorige:
        ontwikkeling = queries_trend.ontwikkeling(ronde, ronde.vorige)
        lot = queries_trend.lot_van_intenties(ronde).telling
        weg = niet_te_vergelijken(ontwikkeling, (uitkomsten, openbaar(queries.uitkomsten(ronde.vorige))))
        yield Passage.Plaats.ONTWIKKELING, None, trendtekst.concept(ontwikkeling, lot, weg)
    for onderdeel, uitkomst in onderdelen:
        yield Passage.Plaats.CONCLUSIES, onderdeel, concepttekst.conclusies(uitkomst, uitkomsten)
    yield Passage.Plaats.VERVOLG, None, concepttekst.vervolg(uitkomsten)


@transaction.atomic
def gegevens_opslaan(rapport: Rapport, versie: int, wijzigingen: dict, wie: Gebruiker) -> Rapport:
    """Save title, number and date as they stand on `rapport`, which its form has filled in.

    Raises Conflict with the report as it is stored when somebody else changed it after `versie`.
    """
    vers = Rapport.objects.select_for_update(of=("self",)).get(pk=rapport.pk)
    eis_bewerkbaar(vers)
    if vers.versie != versie:
        raise Conflict(vers)
    rapport.versie = versie + 1
    rapport.save(update_fields=["titel", "ondertitel", "nummer", "datum", "versie"])
    leg_vast(rapport, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen=wijzigingen)
    return rapport


def eis_bewerkbaar(rapport: Rapport) -> None:
    """Raise Geweigerd when the text of this report is settled."""
    if not rapport.te_bewerken:
        raise Geweigerd([f"Het rapport is {rapport.get_status_display().lower()}: de tekst staat vast."])
