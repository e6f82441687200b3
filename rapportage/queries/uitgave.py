"""What an edition of the report keeps beside its bytes: texts, claims and the counts under them, as JSON can hold it."""

import json
from dataclasses import asdict

from rapportage.canoniek import Verschil, canoniek, sha256, verschillen
from rapportage.export.tellingen import csv_van
from rapportage.models import BEWERKBAAR, Codering, Fotomoment, Rapport, Thema, Uitgave, Uitspraak
from rapportage.queries.kwantoren import banden_van
from rapportage.queries.tellingen import uitkomsten
from rapportage.queries.themas import hoger
from vragenlijst.models import Ronde

FORMAAT = 2  # 1 had no themas


def themas_van(ronde: int) -> dict[str, dict[str, list[str]]]:
    """Per question each theme by its place in the tree, with the gemeenten in whose finding it was found. Not by whom."""
    themas = {thema.pk: thema for thema in Thema.objects.filter(ronde=ronde).select_related("vraag")}
    boven = hoger({pk: thema.ouder_id for pk, thema in themas.items()})
    paden = {pk: " › ".join(themas[ander].naam for ander in (*reversed(boven[pk]), pk)) for pk in themas}
    gevonden: dict[str, dict[str, list[str]]] = {}
    for pk, thema in themas.items():
        gevonden.setdefault(thema.vraag.code, {})[paden[pk]] = []
    gecodeerd = Codering.objects.filter(thema__ronde=ronde).order_by("bevinding__dossier__gemeente__code")
    for thema, gemeente in gecodeerd.values_list("thema", "bevinding__dossier__gemeente__code").distinct():
        gevonden[themas[thema].vraag.code][paden[thema]].append(gemeente)
    return gevonden


def verschillen_met(uitgave: Uitgave) -> list[Verschil]:
    """What the database says otherwise than this edition was printed from: its themes and bands, its texts and its claims.

    The findings and the counts are the fotomoment's to hold. Editions of format 1 kept no themes.
    """
    was = json.loads(uitgave.gegevens)
    nu = json.loads(canoniek(gegevens_van(uitgave.rapport, uitgave.fotomoment)))
    delen = [deel for deel in ("banden", "passages", "themas", "uitspraken") if deel in was]
    return list(verschillen({deel: was[deel] for deel in delen}, {deel: nu[deel] for deel in delen}))


def geldende(ronde: Ronde) -> Uitgave | None:
    """The edition in which the report of this round stands firm now; none while an erratum is written."""
    rijen = Uitgave.objects.filter(rapport__ronde=ronde).exclude(rapport__status__in=BEWERKBAAR)
    return rijen.select_related("rapport__ronde", "fotomoment").defer("pdf").order_by("-versie").first()


def gegevens_van(rapport: Rapport, fotomoment: Fotomoment) -> dict:
    """The data under an edition, in the form of docs/fotomoment.md; no names of people."""
    tellingen = csv_van(uitkomsten(rapport.ronde))
    return {
        "formaat": FORMAAT,
        "rapport": {
            "nummer": rapport.nummer,
            "titel": rapport.titel,
            "ondertitel": rapport.ondertitel,
            "datum": rapport.datum.isoformat(),
            "erratum": rapport.erratum,
            "met_verantwoording": rapport.met_verantwoording,
        },
        "fotomoment": {
            "ronde": rapport.ronde.slug,
            "versie": fotomoment.versie,
            "sha256": fotomoment.sha256,
        },
        "banden": [asdict(band) for band in banden_van(rapport.ronde)],
        "passages": [
            {
                "plaats": passage.plaats,
                "onderdeel": passage.onderdeel.code if passage.onderdeel else None,
                "versie": passage.versie,
                "tekst": passage.tekst,
            }
            for passage in rapport.passages.select_related("onderdeel").order_by("pk")
        ],
        "uitspraken": [
            {"tekst": uitspraak.tekst, "maat": uitspraak.maat, "x": uitspraak.x, "n": uitspraak.n}
            for uitspraak in Uitspraak.objects.filter(passage__rapport=rapport).order_by("passage", "volgorde")
        ],
        "afwijkingen": [
            {"soort": afwijking.soort, "fragment": afwijking.fragment, "reden": afwijking.reden}
            for afwijking in rapport.afwijkingen.order_by("pk")
        ],
        "wederhoor": [
            {
                "partij": reactie.partij,
                "ontvangen_op": reactie.ontvangen_op.isoformat(),
                "soort": reactie.soort,
                "reactie": reactie.tekst,
                "besluit": reactie.besluit,
                "motivering": reactie.motivering,
            }
            for reactie in rapport.reacties.order_by("pk")
        ],
        "themas": themas_van(rapport.ronde_id),
        "uitkomsten": {"csv": tellingen.decode(), "sha256": sha256(tellingen)},
    }
