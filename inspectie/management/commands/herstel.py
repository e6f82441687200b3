"""`manage.py herstel MAP`: put a backup back, wholly or not at all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from inspectie.backup.herstellen import NietAf, herstel
from inspectie.backup.maken import omschrijving
from inspectie.backup.manifest import Onbruikbaar, controleer


class Command(BaseCommand):
    help = "Zet een backup terug in een lege database (na migrate), of met --vervang in de plaats van wat er staat."

    def add_arguments(self, parser):
        parser.add_argument("map", type=Path, help="de map die manage.py backup maakte")
        parser.add_argument(
            "--vervang",
            action="store_true",
            help="wist alles wat nu in de database staat; zet eerst de toepassing stil",
        )
        parser.add_argument(
            "--controleer", action="store_true", help="kijkt alleen of de backup heel is; verandert niets"
        )

    def handle(self, **options):
        bron = options["map"]
        try:
            manifest = controleer(bron) if options["controleer"] else herstel(bron, vervang=options["vervang"])
        except Onbruikbaar as fout:
            raise CommandError(f"{fout} Er is niets veranderd.") from fout
        except OperationalError as fout:
            raise CommandError(
                f"De database is bezet: zet de toepassing stil en probeer het opnieuw. Er is niets veranderd. ({fout})"
            ) from fout
        except NietAf as fout:
            raise CommandError(
                f"De gegevens zijn teruggezet, de documenten niet alle ({fout}). Draai de opdracht nog eens met --vervang."
            ) from fout
        except OSError as fout:
            raise CommandError(f"{fout.filename or bron}: {fout.strerror}. Er is niets veranderd.") from fout
        wat = "is heel" if options["controleer"] else "is teruggezet, en teruggelezen gelijk aan de backup"
        self.stdout.write(f"{bron} {wat}: {omschrijving(manifest)}")
        self.stdout.write(f"inhoud {manifest.inhoud}")
        if manifest.gemist:
            self.stderr.write(
                f"Deze documenten ontbraken al, of waren beschadigd, toen de backup werd gemaakt: {', '.join(manifest.gemist)}"
            )
