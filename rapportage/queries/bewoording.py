"""The words of a round for `rapportage.bewoording`, and the sentence that a maat comes to in them."""

from dataclasses import dataclass

from rapportage import bewoording
from rapportage.indelingen import indelingen
from rapportage.queries.kwantoren import banden_van
from rapportage.queries.maten import metingen
from rapportage.uitspraken.maat import Maat
from rapportage.uitspraken.meting import Meting
from rapportage.uitspraken.zinnen import voorstel
from vragenlijst.models import Aandachtspunt, Keuze, Ronde, Vraag


def woorden_van(ronde: Ronde) -> bewoording.Woorden:
    """What everything in this round is called. A fixed number of queries."""
    keuzes: dict[str, dict[str, str]] = {}
    rijen = Keuze.objects.filter(vraag__onderdeel__instrument=ronde.instrument_id)
    for vraag, code, naam in rijen.values_list("vraag__code", "code", "naam"):
        keuzes.setdefault(vraag, {})[code] = naam
    vragen = Vraag.objects.filter(onderdeel__instrument=ronde.instrument_id).values_list("code", "tekst")
    normen = Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument_id).values_list("code", "kort")
    return bewoording.Woorden(
        instrument=ronde.instrument.code,
        vragen={code: (tekst, keuzes.get(code, {})) for code, tekst in vragen},
        normen=dict(normen),
        groepen={
            (indeling.code, groep.code): (groep.meervoud, groep.enkelvoud)
            for indeling in indelingen(ronde).values()
            for groep in indeling.groepen
        },
    )


@dataclass(frozen=True)
class Conceptzin:
    """A maat in words, what it comes to, and the sentence that says so, with and without its numbers; empty when there is nothing to say."""

    maat: Maat
    meting: Meting
    met_getal: str
    zonder_getal: str
    woorden: str = ""


def conceptzin(ronde: Ronde, maat: Maat) -> Conceptzin:
    meting = metingen(ronde, [maat])[maat]
    woorden, banden = woorden_van(ronde), banden_van(ronde)
    in_woorden = bewoording.in_woorden(maat, woorden)
    if meting.bezwaar or not meting.n:
        return Conceptzin(maat, meting, "", "", in_woorden)
    zegt, groep = bewoording.zegt(maat, woorden), bewoording.groep(maat, woorden)
    met, zonder = (
        voorstel(maat, meting.x, meting.n, zegt, groep=groep, banden=banden, met_getal=getal) for getal in (True, False)
    )
    return Conceptzin(maat, meting, met, zonder, in_woorden)
