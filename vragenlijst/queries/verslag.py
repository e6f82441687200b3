"""What the gespreksverslag of an interview would say now."""

from vragenlijst import queries, routing, verslag
from vragenlijst.models import Antwoord, Interview


def verslag_van(interview: Interview, nummer: int = 1) -> verslag.Verslag:
    """The answers as they stand, to the questions that routing asks; needs a date. A fixed number of queries."""
    dossier = interview.dossier
    onderdelen = queries.onderdelen_met_vragen(dossier.ronde.instrument)
    antwoorden = queries.antwoorden_van(interview)
    gevraagd = routing.gevraagd(
        queries.voorwaarden_van(queries.vragen_van(onderdelen)),
        {code: antwoord.keuze.code for code, antwoord in antwoorden.items() if antwoord.keuze},
    )
    return verslag.Verslag(
        nummer=nummer,
        ronde=dossier.ronde.naam,
        gemeente=dossier.gemeente.naam,
        actorgroep=interview.actorgroep.naam,
        datum=interview.datum,
        plaats=interview.plaats,
        delen=verslag.delen(
            (
                onderdeel.titel,
                (
                    _regel(vraag.code, vraag.tekst, antwoorden[vraag.code])
                    for vraag in onderdeel.vragen.all()
                    if vraag.code in gevraagd and vraag.code in antwoorden
                ),
            )
            for onderdeel in onderdelen
        ),
    )


def _regel(code: str, vraag: str, antwoord: Antwoord) -> verslag.Regel:
    woorden = antwoord.keuze.naam if antwoord.keuze else antwoord.gemeente.naam if antwoord.gemeente else antwoord.tekst
    rijen = tuple((partij, afspraak) for partij, afspraak in antwoord.rijen)
    return verslag.Regel(code, vraag, woorden, rijen, antwoord.citaat)
