"""`manage.py backup MAP`: everything in one new folder, for a nightly job."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from inspectie.backup.maken import maak_backup, omschrijving
from inspectie.backup.manifest import Onbruikbaar


class Command(BaseCommand):
    help = "Maakt een backup van alle gegevens en documenten in een nieuwe map; terugzetten gaat met: manage.py herstel MAP"

    def add_arguments(self, parser):
        parser.add_argument("map", type=Path, help="nieuwe map, bijvoorbeeld /var/backups/monitor/2026-01-31")

    def handle(self, **options):
        doel = options["map"]
        try:
            manifest = maak_backup(doel)
        except Onbruikbaar as fout:
            raise CommandError(str(fout)) from fout
        except OSError as fout:
            raise CommandError(f"De backup is niet gemaakt: {fout.filename or doel}: {fout.strerror}.") from fout
        self.stdout.write(f"{doel}: {omschrijving(manifest)}")
        self.stdout.write(f"inhoud {manifest.inhoud}")
        if manifest.gemist:
            raise CommandError(
                "De backup is gemaakt, maar deze documenten ontbreken op schijf of zijn beschadigd: "
                f"{', '.join(manifest.gemist)}"
            )
