"""What a round amounts to now, in the form in which a fotomoment keeps it, and how that differs from what was kept.

The format is that of docs/fotomoment.md. Nothing in it depends on a moment, a person or a number that the database gave: two
databases with the same findings give the same text.
"""

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date

from rapportage import queries
from rapportage.canoniek import WEG, Verschil, canoniek, sha256, verschillen
from rapportage.indelingen import indelingen
from rapportage.models import Fotomoment
from rapportage.queries.kwantoren import banden_van
from rapportage.uitkomst import Uitkomsten
from regio.models import Lidmaatschap
from vragenlijst.instrumentlader import uit_database
from vragenlijst.models import Beoordeling, Bevinding, Bewijsstuk, Dossier, Instrument, Ronde

FORMAAT = 1
INDELINGEN = ("rol", "grootteklasse", "randstad", "provincie", "rpa", "corop")  # of format 1


def inhoud_van(ronde: Ronde) -> dict:
    """The contents of a fotomoment of this round as it is now. A fixed number of queries."""
    return {
        "formaat": FORMAAT,
        "ronde": {
            "slug": ronde.slug,
            "naam": ronde.naam,
            "peildatum": _dag(ronde.peildatum),
            "periode_van": _dag(ronde.periode_van),
            "periode_tot": _dag(ronde.periode_tot),
            "vorige": ronde.vorige.slug if ronde.vorige else None,
        },
        "instrument": _instrument(ronde.instrument),
        "banden": [asdict(band) for band in banden_van(ronde)],
        "dossiers": _dossiers(ronde),
        "uitkomsten": {
            code: _uitkomsten(queries.uitkomsten(ronde, indeling))
            for code, indeling in indelingen(ronde).items()
            if code in INDELINGEN
        },
    }


def _dag(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _instrument(instrument: Instrument) -> dict:
    return {
        "code": instrument.code,
        "versie": instrument.versie,
        "sha256": sha256(canoniek(instrumentinhoud(instrument))),
    }


# Of format 1, by name: what an instrument comes to have later does not change the seal of one that is frozen already.
INSTRUMENT = ("code", "versie", "naam", "bron", "actorgroepen", "bewijssoorten", "onderdelen")
ONDERDEEL = ("code", "titel", "titel_aandachtspunten", "vragen", "aandachtspunten")
VRAAG = ("code", "tekst", "soort", "hoofdvraag", "voorwaarde", "keuzes", "vergelijkbaarheid")
NORM = ("code", "kort", "tekst", "bewijs", "akkoord_door", "bewijssoorten", "vragen")


def instrumentinhoud(instrument: Instrument) -> dict:
    """All that is asked and judged, in the order of the page."""
    heel = _kies(asdict(uit_database(instrument)), INSTRUMENT)
    heel["onderdelen"] = [_kies(onderdeel, ONDERDEEL) for onderdeel in heel["onderdelen"]]
    for onderdeel in heel["onderdelen"]:
        onderdeel["vragen"] = [_kies(vraag, VRAAG) for vraag in onderdeel["vragen"]]
        onderdeel["aandachtspunten"] = [_kies(norm, NORM) for norm in onderdeel["aandachtspunten"]]
    return heel


def _kies(gegevens: dict, velden: tuple[str, ...]) -> dict:
    return {veld: gegevens[veld] for veld in velden}


def _dossiers(ronde: Ronde) -> dict[str, dict]:
    regios, bevindingen, bewijs, oordelen = _regios(ronde), _bevindingen(ronde), _bewijsstukken(ronde), _oordelen(ronde)
    return {
        dossier.gemeente.code: {
            "rol": dossier.rol,
            "status": dossier.status,
            "inwoners": dossier.inwoners,
            "grootteklasse": dossier.grootteklasse_code,
            "randstad": dossier.randstad,
            "regios": regios[dossier.gemeente_id],
            "bevindingen": bevindingen[dossier.pk],
            "bewijsstukken": bewijs[dossier.pk],
            "beoordelingen": oordelen[dossier.pk],
        }
        for dossier in Dossier.objects.filter(ronde=ronde).select_related("gemeente")
    }


def _regios(ronde: Ronde) -> dict[int, list[str]]:
    per_gemeente = defaultdict(list)
    leden = Lidmaatschap.objects.op(ronde.peildatum).filter(gemeente__dossiers__ronde=ronde)
    for gemeente, soort, code in leden.order_by("regio__soort", "regio__code").values_list(
        "gemeente_id", "regio__soort", "regio__code"
    ):
        per_gemeente[gemeente].append(f"{soort} {code}")
    return per_gemeente


def _bevindingen(ronde: Ronde) -> dict[int, dict]:
    per_dossier = defaultdict(dict)
    rijen = Bevinding.objects.filter(dossier__ronde=ronde).select_related("vraag", "keuze", "gemeente").order_by("pk")
    for rij in rijen:
        per_dossier[rij.dossier_id][rij.vraag.code] = {
            "keuze": rij.keuze.code if rij.keuze else None,
            "tekst": rij.tekst,
            "gemeente": rij.gemeente.code if rij.gemeente else None,
            "afspraken": rij.rijen,
            "stand": rij.stand,
            "motivatie": rij.motivatie,
            "vervallen": rij.vervallen,
        }
    return per_dossier


def _bewijsstukken(ronde: Ronde) -> dict[int, dict]:
    """Per dossier its documents, by a number that follows from what they say: their date, soort and title."""
    per_dossier = defaultdict(dict)
    for nummer, stuk in _genummerd(ronde):
        per_dossier[stuk.dossier_id][nummer] = {
            "soort": stuk.soort.code,
            "titel": stuk.titel,
            "datum": _dag(stuk.datum),
            "akkoord_door": stuk.akkoord_door,
            "akkoord_op": _dag(stuk.akkoord_op),
            "vindplaats": stuk.vindplaats,
            "deelnemers": sorted(gemeente.code for gemeente in stuk.deelnemers.all()),
            "mediatype": stuk.mediatype,
            "grootte": stuk.grootte,
            "sha256": stuk.sha256,
        }
    return per_dossier


def _genummerd(ronde: Ronde) -> list[tuple[str, Bewijsstuk]]:
    stukken = Bewijsstuk.objects.filter(dossier__ronde=ronde).select_related("soort").prefetch_related("deelnemers")
    volgorde = stukken.order_by("dossier", "datum", "soort__code", "titel", "sha256", "pk")
    aantal: dict[int, int] = defaultdict(int)
    genummerd = []
    for stuk in volgorde:
        aantal[stuk.dossier_id] += 1
        genummerd.append((str(aantal[stuk.dossier_id]), stuk))
    return genummerd


def _oordelen(ronde: Ronde) -> dict[int, dict]:
    nummers = {stuk.pk: nummer for nummer, stuk in _genummerd(ronde)}
    per_dossier = defaultdict(dict)
    for rij in Beoordeling.objects.filter(dossier__ronde=ronde).select_related("aandachtspunt").order_by("pk"):
        per_dossier[rij.dossier_id][rij.aandachtspunt.code] = {
            "oordeel": rij.oordeel,
            "motivering": rij.motivering,
            "bewijs_vereist": rij.bewijs_vereist,
            "bewijsstuk": nummers.get(rij.bewijsstuk_id),
            "bewijsplaats": rij.bewijsplaats,
        }
    return per_dossier


def _uitkomsten(uitkomsten: Uitkomsten) -> dict:
    """The counts of one indeling, by group. Themes are not among them: the analist gives those afterwards."""
    return {
        "groepen": {groep.code: n for groep, n in uitkomsten.per_groep},
        "vragen": {
            vraag.code: {
                telling.groep.code: {
                    "gevraagd": telling.gevraagd,
                    "beantwoord": telling.beantwoord,
                    "weet_niet": telling.weet_niet,
                    "nvt": telling.nvt,
                    "per_keuze": dict(telling.per_keuze),
                }
                for telling in vraag.tellingen
            }
            for onderdeel in uitkomsten.onderdelen
            for vraag in onderdeel.vragen
        },
        "normen": {
            norm.code: {
                telling.groep.code: {
                    "dossiers": telling.dossiers,
                    "per_oordeel": dict(telling.per_oordeel),
                    "alleen_verklaard": telling.alleen_verklaard,
                }
                for telling in norm.tellingen
            }
            for onderdeel in uitkomsten.onderdelen
            for norm in onderdeel.normen
        },
    }


# --- Holding it against what was kept -------------------------------------------------------------------------------


def laatste(ronde: Ronde) -> Fotomoment | None:
    """The newest fotomoment of this round, without its contents."""
    return ronde.fotomomenten.defer("inhoud").order_by("-versie").first()


def toets_aan_database(ronde: Ronde, inhoud: str, zegel: str) -> list[Verschil]:
    """What differs: first whether the text still is what was sealed, then each place where the database says something else."""
    eigen = sha256(inhoud)
    gevonden = [] if eigen == zegel else [Verschil(("sha256",), zegel, eigen)]
    try:
        was = json.loads(inhoud)
    except ValueError:
        return [*gevonden, Verschil(("inhoud",), "geen geldige JSON", WEG)]
    return [*gevonden, *verschillen(was, json.loads(canoniek(inhoud_van(ronde))))]


def verifieer(fotomoment: Fotomoment) -> list[Verschil]:
    """What the database says otherwise than this fotomoment; empty when it still holds."""
    return toets_aan_database(fotomoment.ronde, fotomoment.inhoud, fotomoment.sha256)


@dataclass(frozen=True)
class Versie:
    """A fotomoment on a page, and what changed since the one before."""

    fotomoment: Fotomoment
    grootte: int
    verschillen: list[Verschil]
    eerste: bool


def versies(ronde: Ronde) -> list[Versie]:
    """All fotomomenten of this round, the newest first."""
    rijen = list(ronde.fotomomenten.select_related("gemaakt_door").order_by("versie"))
    gevonden = []
    for plaats, foto in enumerate(rijen):
        anders = []
        if plaats:
            anders = list(verschillen(json.loads(rijen[plaats - 1].inhoud), json.loads(foto.inhoud)))
        gevonden.append(Versie(foto, len(foto.inhoud.encode()), anders, not plaats))
    return gevonden[::-1]
