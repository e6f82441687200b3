"""The codebook: what each column is, which values it can have, and from which question of which version it comes."""

from collections.abc import Iterator, Sequence

from rapportage.export.cellen import Cel
from rapportage.export.velden import Veld
from vragenlijst.models import Instrument, Vraag

KOLOMMEN = (
    "kolom", "variabele", "omschrijving", "soort", "code", "nummer", "betekenis", "ontbreekt",
    "onderdeel", "gesteld_bij", "vervolg_op", "vergelijkbaar", "bewijs", "instrument", "versie",
)  # fmt: skip
BREEDTES = (20, 20, 60, 14, 18, 10, 36, 10, 26, 24)


def rijen(velden: Sequence[Veld], instrument: Instrument) -> Iterator[tuple[Cel, ...]]:
    """A row for each value of a column, and one for a column without."""
    for veld in velden:
        kop = (veld.naam, "" if veld.tekst else veld.variabele, veld.omschrijving, _soort(veld))
        herkomst = (*_herkomst(veld), instrument.naam, instrument.versie)
        for waarde in veld.waarden:
            yield *kop, waarde.code, waarde.nummer, waarde.naam, "ja" if waarde.ontbreekt else "nee", *herkomst
        if not veld.waarden:
            yield *kop, "", "", "", "", *herkomst


def _soort(veld: Veld) -> str:
    if veld.waarden:
        return "code"
    return "tekst" if veld.tekst else veld.soort


def _herkomst(veld: Veld) -> tuple[str, ...]:
    """Onderdeel, condition, the question it follows on, comparability with the version before, evidence that is asked."""
    bij = veld.bij
    if bij is None:
        return (veld.onderdeel, "", "", "", "")
    if not isinstance(bij, Vraag):
        return (veld.onderdeel, "", "", bij.get_vergelijkbaarheid_display(), bij.bewijs)
    gesteld_bij = f"{bij.voorwaarde.vraag.code} = {bij.voorwaarde.code}" if bij.voorwaarde else ""
    vervolg_op = bij.hoofdvraag.code if bij.hoofdvraag else ""
    return (veld.onderdeel, gesteld_bij, vervolg_op, bij.get_vergelijkbaarheid_display(), "")
