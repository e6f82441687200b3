"""`manage.py laad_instrument [BESTAND]`: an instrument file into the database. May run again and again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from vragenlijst.instrumentbestand import Bestandsfout, lees
from vragenlijst.instrumentlader import InGebruik, laad

INSTRUMENT_2008 = Path(__file__).resolve().parents[2] / "gegevens" / "regionale-samenwerking-1.json"


class Command(BaseCommand):
    help = "Laadt een instrument (vragenlijst en aandachtspunten) uit een bestand; zonder bestand dat van V08/01."

    def add_arguments(self, parser):
        parser.add_argument("bestand", nargs="?", type=Path, default=INSTRUMENT_2008)

    def handle(self, *args, bestand: Path, **options):
        try:
            gegeven = lees(bestand.read_text(encoding="utf-8"))
            instrument, gewijzigd = laad(gegeven)
        except OSError as fout:
            raise CommandError(f"{bestand} is niet te lezen: {fout.strerror}.") from fout
        except UnicodeDecodeError as fout:
            raise CommandError(f"{bestand} is geen tekst in UTF-8.") from fout
        except Bestandsfout as fout:
            raise CommandError(f"{bestand} is niet geladen:\n- " + "\n- ".join(fout.fouten)) from fout
        except InGebruik as fout:
            raise CommandError(str(fout)) from fout
        self.stdout.write(
            f"{instrument} {'geladen' if gewijzigd else 'staat er al'}: {len(gegeven.vragen)} vragen, "
            f"{len(gegeven.aandachtspunten)} aandachtspunten."
        )
