"""`manage.py importeer_xlsform BESTAND`: an XLSForm as a concept instrument, with the report of what could not be carried over."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from regio.werkblad import Werkbladfout, lees_xlsx
from vragenlijst import xlsform
from vragenlijst.actions import Geweigerd
from vragenlijst.actions.xlsform import formulier_inlezen, verslag_van
from vragenlijst.instrumentbestand import Bestandsfout, lees


class Command(BaseCommand):
    help = "Leest een XLSForm (KoboToolbox, ODK) in als concept van een instrument."

    def add_arguments(self, parser):
        parser.add_argument("bestand", metavar="BESTAND", type=Path)
        parser.add_argument("--proef", action="store_true", help="toon wat er niet past, en verander niets")

    def handle(self, *args, bestand: Path, proef: bool, **options):
        try:
            vertaling = xlsform.vertaal(lees_xlsx(bestand.read_bytes()), bestand.name)
            gegeven = lees(json.dumps(vertaling.inhoud))
            instrument = None if proef else formulier_inlezen(gegeven, None, verslag_van(vertaling, bestand.name))
        except OSError as fout:
            raise CommandError(f"{bestand} is niet te lezen: {fout.strerror}.") from fout
        except Werkbladfout as fout:
            raise CommandError(f"{bestand} is niet ingelezen: {fout}") from fout
        except (xlsform.Formulierfout, Bestandsfout) as fout:
            raise CommandError(f"{bestand} is niet ingelezen:\n- " + "\n- ".join(fout.fouten)) from fout
        except Geweigerd as geweigerd:
            raise CommandError(str(geweigerd)) from geweigerd
        for ernst, meldingen in vertaling.per_ernst():
            self.stdout.write(f"{ernst.capitalize()}:")
            self.stdout.writelines(f"- {melding}" for melding in meldingen)
        wat = "Proef" if proef else f"{instrument} is een concept"
        self.stdout.write(f"{wat}: {len(gegeven.vragen)} vragen, {len(gegeven.aandachtspunten)} aandachtspunten.")
