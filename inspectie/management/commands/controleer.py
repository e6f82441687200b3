"""`manage.py controleer`: everything in the data that breaks a rule. For a nightly job, and after a restore."""

from django.core.management.base import BaseCommand, CommandError

from inspectie import controle


class Command(BaseCommand):
    help = "Noemt alles in de gegevens dat een regel overtreedt, en waar het te herstellen is; eindigt met 1 als er iets is."

    def add_arguments(self, parser):
        parser.add_argument("--snel", action="store_true", help="leest documenten, fotomomenten en uitgaven niet na")

    def handle(self, **options):
        gevonden = regels = 0
        for uitslag in controle.controleer(ook_zwaar=not options["snel"]):
            regels += 1
            for overtreding in uitslag.overtredingen:
                gevonden += 1
                waar = f" → {overtreding.adres}" if overtreding.adres else ""
                self.stdout.write(f"{uitslag.controle.code}: {overtreding.wat}{waar}")
        if gevonden:
            raise CommandError(f"{gevonden} {'overtreding' if gevonden == 1 else 'overtredingen'} van {regels} regels.")
        self.stdout.write(f"Geen overtredingen van {regels} regels.")
