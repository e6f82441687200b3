"""The annexes on how the report itself came about: what changed since the last version, wederhoor, and what carries each claim."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.crypto import salted_hmac
from django.utils.formats import date_format

from rapportage import opmaak, queries
from rapportage.document import Bijlage, Blok, Kop, Tabel, Tekst
from rapportage.kwantoren import van
from rapportage.models import Rapport
from rapportage.onderdrukking import DREMPEL, openbaar, weggelaten
from rapportage.queries.maten import feiten_van
from rapportage.queries.meldingen import claims_van
from rapportage.uitspraken.claims import Claim
from rapportage.uitspraken.maat import GEMEENTEN
from rapportage.uitspraken.meten import Feiten
from vragenlijst.models import Dossier

WOORDEN = 110  # characters of a claim that are printed again
NIET_GENOEMD = "niet genoemd"


def bijlagen_over_het_rapport(rapport: Rapport, vanaf: int) -> list[Bijlage]:
    """Those that apply, numbered from `vanaf`."""
    soorten = (
        ("Wijzigingen ten opzichte van de vorige versie", _wijzigingen(rapport)),
        ("Wederhoor", _wederhoor(rapport)),
        ("Verantwoording", _verantwoording(rapport)),
    )
    gevuld = [(titel, inhoud) for titel, inhoud in soorten if inhoud]
    return [Bijlage(str(nummer), titel, inhoud) for nummer, (titel, inhoud) in enumerate(gevuld, start=vanaf)]


def _wijzigingen(rapport: Rapport) -> list[Blok]:
    regels = [regel.strip() for regel in rapport.erratum.splitlines() if regel.strip()]
    if not regels:
        return []
    rijen = [(str(nummer), regel) for nummer, regel in enumerate(regels, start=1)]
    return [Tabel("Wat in deze versie anders is", ("Nummer", "Wijziging"), rijen, breedtes=(14, 86))]


def _wederhoor(rapport: Rapport) -> list[Blok]:
    rijen = [
        (
            reactie.partij,
            _over(reactie),
            f"{reactie.get_soort_display()}: {reactie.tekst}",
            f"{reactie.get_besluit_display() or 'Nog geen besluit'}. {reactie.motivering}".strip(),
        )
        for reactie in rapport.reacties.select_related("passage__onderdeel").order_by("pk")
    ]
    if not rijen:
        return []
    inleiding = (
        "Het concept van dit rapport is voorgelegd aan wie het aangaat. Dit zijn de reacties en wat ermee is gedaan."
    )
    return [
        Tekst(opmaak.druk(inleiding)),
        Tabel("Reacties in het wederhoor", ("Partij", "Over", "Reactie", "Besluit"), rijen, breedtes=(15, 20, 35, 30)),
    ]


def _over(reactie) -> str:
    plek = str(reactie.passage) if reactie.passage else "Het hele rapport"
    return f"{plek}: ‘{reactie.fragment}’" if reactie.fragment else plek


# --- Verantwoording -------------------------------------------------------------------------------------------------


def _verantwoording(rapport: Rapport) -> list[Blok]:
    if not rapport.met_verantwoording:
        return []
    return [*_dragers(rapport), *_afwijkingen(rapport)]


def _dragers(rapport: Rapport) -> Iterator[Blok]:
    per_passage: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims_van(rapport):
        per_passage[claim.tekst.bron].append(claim)
    if not per_passage:
        yield Tekst(opmaak.druk("In dit rapport is geen uitspraak aan een telling verbonden."))
        return
    yield Tekst(
        opmaak.druk(
            "Hieronder staat per uitspraak met een hoeveelheid in welke dossiers zij steunt en in welke niet. Een dossier is "
            "dat van één gemeente en staat er met een nummer in plaats van een naam; de nummers zijn door loting gegeven en "
            "gelden alleen in dit rapport. Bij uitspraken over een deel van de gemeenten, zoals een regio, en bij minder dan "
            f"{DREMPEL} gemeenten, of over een vraag die de tabellen niet naar groep verdelen, worden de dossiers niet genoemd, "
            "en het aantal alleen als de uitspraak het zelf zegt: met de tabellen ernaast zou te herleiden zijn om wie het gaat."
        )
    )
    nummers = pseudoniemen(rapport)
    codes = frozenset().union(*(c.maat.codes for claims in per_passage.values() for c in claims))
    feiten = feiten_van(rapport.ronde, codes)
    weg = weggelaten(openbaar(queries.uitkomsten(rapport.ronde)))
    for passage in rapport.passages.select_related("onderdeel").order_by("pk"):
        if claims := per_passage.get(passage.pk):
            yield Tabel(
                f"Uitspraken in {passage}",
                ("Uitspraak", "Aantal", "Steunt in", "Niet in"),
                [_rij(claim, feiten, nummers, weg) for claim in claims],
                breedtes=(40, 12, 24, 24),
            )


def _rij(claim: Claim, feiten: Feiten, nummers: dict[int, str], weg: frozenset[str]) -> tuple[str, str, str, str]:
    woorden = textwrap.shorten(claim.stuk.tekst, WOORDEN, placeholder=" …")
    eenheid = "" if claim.maat.eenheid == GEMEENTEN else f" {claim.maat.eenheid}"
    aantal = van(claim.meting.x, claim.meting.n) + eenheid
    if not te_noemen(claim, weg):
        # Wider words say less than the number, and may be chosen for that.
        aantal = aantal if len(claim.omvat) == 1 or _gewoon(claim, weg) else NIET_GENOEMD
        return woorden, aantal, NIET_GENOEMD, NIET_GENOEMD
    voor, tegen = feiten.voor_en_tegen(claim.maat)
    return woorden, aantal, _opsomming(voor, nummers), _opsomming(tegen, nummers)


def _gewoon(claim: Claim, weg: frozenset[str]) -> bool:
    """Whether the public tables leave nothing out of what it is about, nor would of what it is taken of."""
    return claim.meting.kring >= DREMPEL and not claim.maat.codes & weg


def te_noemen(claim: Claim, weg: frozenset[str]) -> bool:
    """Whether the dossiers of a claim may be listed: it is about all of them, and not about a few.

    A list within a group would say of each number which group it is in; what the tables leave out of small groups would then
    follow from the lists.
    """
    maat = claim.maat
    if maat.ronde or maat.eenheid != GEMEENTEN or claim.meting.bezwaar:
        return False
    return _gewoon(claim, weg) and not any(t.is_kenmerk for t in (*maat.termen, *maat.groep, *maat.onder))


def _opsomming(pks: Iterable[int], nummers: dict[int, str]) -> str:
    return ", ".join(sorted(nummers[pk] for pk in pks)) or "geen"


def pseudoniemen(rapport: Rapport) -> dict[int, str]:
    """A number per dossier: always the same here, and not to be worked out by who knows the gemeenten but not our key."""
    dossiers = Dossier.objects.filter(ronde=rapport.ronde).values_list("pk", "gemeente__code")
    lot = {
        pk: salted_hmac("rapportage.verantwoording", f"{rapport.ronde.slug}/{code}", algorithm="sha256").hexdigest()
        for pk, code in dossiers
    }
    cijfers = max(2, len(str(len(lot))))
    return {pk: f"D{plaats:0{cijfers}}" for plaats, pk in enumerate(sorted(lot, key=lot.get), start=1)}


def _afwijkingen(rapport: Rapport) -> Iterator[Blok]:
    rijen = [
        (date_format(afwijking.op, "j F Y"), f"‘{afwijking.fragment}’", afwijking.reden)
        for afwijking in rapport.afwijkingen.order_by("pk")
    ]
    if rijen:
        yield Kop("Meldingen die terzijde zijn gelegd")
        yield Tabel(
            "Meldingen op de tekst die met een reden terzijde zijn gelegd",
            ("Datum", "Bij de woorden", "Reden"),
            rijen,
            breedtes=(18, 36, 46),
        )
