"""What is to be said of the text of a report, held against the figures of its round. A fixed number of queries."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Count

from rapportage.afkortingen import AFKORTINGEN
from rapportage.models import Afwijking, Rapport, Uitspraak
from rapportage.onderdrukking import openbaar, weggelaten
from rapportage.queries.kwantoren import banden_van
from rapportage.queries.maten import feiten_van, metingen
from rapportage.queries.tellingen import uitkomsten
from rapportage.uitspraken.claims import Claim, claims_in, maten_in
from rapportage.uitspraken.lezen import Tekst
from rapportage.uitspraken.maat import Maat
from rapportage.uitspraken.meting import Melding
from rapportage.uitspraken.toetsen import Kennis, toets
from rapportage.uitspraken.verruilen import Geheim
from regio.models import Gemeente, Lidmaatschap
from vragenlijst.models import Ronde, Vraag


def meldingen_van(rapport: Rapport, *, ook_terzijde: bool = False) -> list[Melding]:
    """All meldingen on the text of a report, in its order; `bron` is the pk of the passage.

    Those that an analist set aside with a reason are left out, unless `ook_terzijde`.
    """
    meldingen = toets_ronde(rapport.ronde, teksten_van(rapport))
    if ook_terzijde:
        return meldingen
    terzijde = terzijde_van(rapport)
    return [melding for melding in meldingen if sleutel(melding) not in terzijde]


def toets_ronde(ronde: Ronde, teksten: Sequence[Tekst], afkortingen: Sequence[str] = ()) -> list[Melding]:
    """Texts held against a round; `afkortingen` is their own list, else ours."""
    maten = maten_in(teksten)
    kennis = replace(kennis_van(ronde, afkortingen), geheim=geheim_van(ronde, maten))
    return toets(teksten, metingen(ronde, maten), banden_van(ronde), kennis)


def geheim_van(ronde: Ronde, maten: Sequence[Maat]) -> Geheim | None:
    """What the public tables leave out of what these maten are about; None when there are no maten."""
    if not maten:
        return None
    publiek = openbaar(uitkomsten(ronde))
    return Geheim(publiek, feiten_van(ronde, weggelaten(publiek).union(*(maat.codes for maat in maten))), ronde.slug)


def claims_van(rapport: Rapport) -> list[Claim]:
    """All bound stretches of a report that can be read, with what they came to."""
    teksten = teksten_van(rapport)
    gemeten = metingen(rapport.ronde, maten_in(teksten))
    banden = banden_van(rapport.ronde)
    return [claim for tekst in teksten for claim in claims_in(tekst, gemeten, banden)]


def teksten_van(rapport: Rapport) -> list[Tekst]:
    """The passages of a report as they are checked, in the order of the report."""
    gelezen: dict[int, dict] = {}
    for uitspraak in Uitspraak.objects.filter(passage__rapport=rapport, x__isnull=False):
        gelezen.setdefault(uitspraak.passage_id, {})[uitspraak.tekst, uitspraak.maat] = (uitspraak.x, uitspraak.n)
    return [
        Tekst(passage.tekst, passage.plaats, passage.pk, gelezen=gelezen.get(passage.pk, {}))
        for passage in rapport.passages.order_by("pk")
    ]


def kennis_van(ronde: Ronde, afkortingen: Sequence[str] = ()) -> Kennis:
    """Names, areas and questions of a round."""
    gemeenten = Gemeente.objects.filter(dossiers__ronde=ronde).values_list("naam", "alias")
    leden = Lidmaatschap.objects.op(ronde.peildatum).filter(gemeente__dossiers__ronde=ronde).order_by()
    gebieden: dict[str, int] = {}
    for naam, n in leden.values_list("regio__naam").annotate(n=Count("gemeente", distinct=True)):
        gebieden[naam] = max(n, gebieden.get(naam, 0))
    vragen: dict[str, str] = {}
    rijen = Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id)
    for code, tekst, onder in rijen.values_list("code", "tekst", "voorwaarde__vraag__tekst"):
        vragen[code] = tekst
        vragen[f"{code}?"] = onder or ""
    return Kennis(
        namen=[naam for namen in gemeenten for naam in namen if naam],
        gebieden=gebieden,
        afkortingen=afkortingen or tuple(AFKORTINGEN),
        vraagteksten=vragen,
    )


def terzijde_van(rapport: Rapport) -> set[tuple]:
    """The keys of the meldingen that were set aside, each with a reason."""
    rijen = Afwijking.objects.filter(rapport=rapport).values_list("passage_id", "soort", "fragment")
    return {(passage, soort, _kort(fragment)) for passage, soort, fragment in rijen}


def sleutel(melding: Melding) -> tuple:
    """By what a melding is known again: its passage, its kind and its words."""
    return melding.bron, melding.soort, _kort(melding.fragment)


def _kort(fragment: str) -> str:
    """A fragment as it is compared: no longer than is stored, and wherever its lines end."""
    return " ".join(fragment.split())[:500]
