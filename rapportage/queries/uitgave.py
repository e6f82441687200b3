"""What an edition of the report keeps beside its bytes: texts, claims and the counts under them, as JSON can hold it."""

from dataclasses import asdict

from rapportage.canoniek import sha256
from rapportage.export.tellingen import csv_van
from rapportage.models import Fotomoment, Rapport, Uitspraak
from rapportage.queries.kwantoren import banden_van
from rapportage.queries.tellingen import uitkomsten

FORMAAT = 1


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
        "uitkomsten": {"csv": tellingen.decode(), "sha256": sha256(tellingen)},
    }
