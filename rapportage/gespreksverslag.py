"""Gespreksverslag → PDF, for the gesprekspartner. The one document with names of people on it: it goes to those people.

What it says was kept when the interview went ter accordering; the names are those of this moment, so that they can go when
their term is over. The same rows give the same bytes.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from rapportage import drukker, pdf
from rapportage.document import Databestand
from rapportage.drukpers import Drukwerk, NietGedrukt
from rapportage.opmaak import typografie
from rapportage.samenstellen import ORGANISATIE
from regio.models import Gebruiker
from vragenlijst import verslag as inhoud
from vragenlijst.models import Gespreksverslag, Interview

SJABLOON = "rapportage/pdf/verslag.html"
REACTIETERMIJN = timedelta(days=14)
GESCHONDEN = (
    "Dit verslag is niet meer wat het was toen het werd gemaakt: het kenmerk klopt niet. Meld het aan de beheerder; er is niets "
    "gedrukt."
)


def pdf_van_verslag(verslag: Gespreksverslag) -> bytes:
    """The verslag as PDF/UA-1 and PDF/A-3a, with what its hash was taken of inside. Raises NietGedrukt with a sentence."""
    return drukker.druk_af(drukwerk_van_verslag(verslag))


def drukwerk_van_verslag(verslag: Gespreksverslag) -> Drukwerk:
    """All that the press needs. Raises NietGedrukt when what is stored is not what was stored then."""
    if inhoud.kenmerk(verslag.inhoud) != verslag.sha256:
        raise NietGedrukt(GESCHONDEN)
    gemaakt_op = timezone.localdate(verslag.gemaakt_op)
    bijlage = Databestand(
        "verslag.json", "application/json", inhoud.canoniek(verslag.inhoud), "De inhoud waarvan het kenmerk is genomen"
    )
    return pdf.drukwerk_van_sjabloon(SJABLOON, context(verslag), gemaakt_op, [bijlage])


def bestandsnaam(verslag: Gespreksverslag) -> str:
    """A name that says what it is in any folder, and names nobody: "gespreksverslag-1-proefdam-sociale-zaken-2008-02-05.pdf"."""
    delen = inhoud.Verslag.van_json(verslag.inhoud)
    return f"gespreksverslag-{verslag.nummer}-{slugify(f'{delen.gemeente} {delen.actorgroep} {delen.datum}')}.pdf"


def context(verslag: Gespreksverslag) -> dict:
    """What the template prints. A fixed number of queries."""
    interview = verslag.interview
    delen = inhoud.Verslag.van_json(verslag.inhoud)
    gemaakt_op = timezone.localdate(verslag.gemaakt_op)
    laatste = interview.verslagen.order_by("nummer").last()
    return {
        "organisatie": ORGANISATIE,
        "verslag": delen,
        "delen": [
            {"titel": typografie(deel.titel), "regels": [(regel, typografie(regel.vraag)) for regel in deel.regels]}
            for deel in delen.delen
        ],
        "gemaakt_op": gemaakt_op,
        "kenmerk": verslag.sha256,
        "aanwezig": list(interview.gesprekspartners.all()),
        "inspecteurs": inspecteurs_van(interview),
        "geaccordeerd_op": interview.geaccordeerd_op if verslag == laatste else None,
        "geaccordeerd_door": interview.geaccordeerd_door,
        "opvolger": laatste if verslag != laatste else None,
        "reactie_voor": gemaakt_op + REACTIETERMIJN,
    }


def inspecteurs_van(interview: Interview) -> list[Gebruiker]:
    """Who held the conversation: as planned for it, otherwise those of the dossier."""
    eigen = [interview.inspecteur, interview.tweede_inspecteur]
    van_dossier = [interview.dossier.inspecteur, interview.dossier.tweede_inspecteur]
    return [wie for wie in (eigen if any(eigen) else van_dossier) if wie]
