"""`manage.py toets_tekst RONDE BESTAND.md`: hold any text against the figures of a round."""

import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rapportage.queries.meldingen import toets_ronde
from rapportage.uitspraken.lezen import eigen_afkortingen, hoofdstukken
from rapportage.uitspraken.meting import FOUT, KWETSBAAR, WAARSCHUWING
from regio.tekst import bezwaar_tegen
from vragenlijst.models import Ronde

AFGEKEURD, VERKEERD_GEBRUIK = 1, 2


class Command(BaseCommand):
    help = (
        "Houdt een tekst (Markdown) tegen de gegevens van een ronde: bestand:regel:kolom, ernst, soort en wat er is. "
        "De koppen zeggen welk hoofdstuk iets is (Bevindingen, Conclusies). Exit 1 bij fouten, 2 bij verkeerd gebruik."
    )

    def add_arguments(self, parser):
        parser.add_argument("ronde", help="korte naam van de ronde, bijvoorbeeld juni-2008")
        parser.add_argument("bestand", help="een bestand met Markdown, of - voor wat binnenkomt")
        parser.add_argument(
            "--kwetsbaar", action="store_true", help="noem ook wat met één gemeente meer of minder niet meer klopt"
        )

    def handle(self, *args, **options):
        ronde = Ronde.objects.select_related("instrument").filter(slug=options["ronde"]).first()
        if ronde is None:
            namen = ", ".join(Ronde.objects.values_list("slug", flat=True)) or "geen"
            raise CommandError(
                f"De ronde '{options['ronde']}' bestaat niet; er is: {namen}.", returncode=VERKEERD_GEBRUIK
            )
        naam = options["bestand"]
        tekst = _lees(naam)
        meldingen = toets_ronde(ronde, hoofdstukken(tekst, naam), eigen_afkortingen(tekst))
        for melding in meldingen:
            if melding.ernst != KWETSBAAR or options["kwetsbaar"]:
                beter = f" Beter: {' '.join(melding.voorstel.split())}" if melding.voorstel else ""
                plek = f"{melding.bron}:{melding.regel}:{melding.kolom}"
                self.stdout.write(f"{plek} {melding.ernst} {melding.soort} {melding.zin}{beter}")
        aantal = Counter(melding.ernst for melding in meldingen)
        self.stdout.write(f"{aantal[FOUT]} fout, {aantal[WAARSCHUWING]} waarschuwing, {aantal[KWETSBAAR]} kwetsbaar.")
        if aantal[FOUT]:
            sys.exit(AFGEKEURD)


def _lees(naam: str) -> str:
    """The text of the file. Raises CommandError when it is not there, or is no text."""
    try:
        inhoud = sys.stdin.buffer.read() if naam == "-" else Path(naam).read_bytes()
        tekst = inhoud.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as fout:
        raise CommandError(f"{naam} is niet te lezen: {fout.strerror}.", returncode=VERKEERD_GEBRUIK) from fout
    except UnicodeDecodeError as fout:
        raise CommandError(f"{naam} is geen tekst in UTF-8.", returncode=VERKEERD_GEBRUIK) from fout
    if bezwaar := bezwaar_tegen(tekst):
        raise CommandError(f"{naam}: {bezwaar}", returncode=VERKEERD_GEBRUIK)
    return tekst
