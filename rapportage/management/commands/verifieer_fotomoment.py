"""`manage.py verifieer_fotomoment RONDE`: hold a fotomoment against the database, and say what differs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rapportage.models import Fotomoment
from rapportage.queries.fotomoment import toets_aan_database
from rapportage.queries.uitgave import geldende, verschillen_met
from vragenlijst.models import Ronde


class Command(BaseCommand):
    help = (
        "Rekent een fotomoment na uit de database, en van een vastgesteld rapport ook de thema's, teksten en uitspraken; "
        "noemt elk verschil en eindigt met 1 als er een is."
    )

    def add_arguments(self, parser):
        parser.add_argument("ronde", help="korte naam (slug) van de ronde, bijvoorbeeld juni-2008")
        parser.add_argument("--versie", type=int, help="welke versie; zonder dit de laatste")
        parser.add_argument(
            "--bestand",
            type=Path,
            metavar="F.json",
            help="een eerder gedownload fotomoment, in plaats van het bewaarde",
        )

    def handle(self, *, ronde: str, versie: int | None, bestand: Path | None, **options):
        try:
            gekozen = Ronde.objects.select_related("instrument", "vorige").get(slug=ronde)
        except Ronde.DoesNotExist:
            raise CommandError(f"Er is geen ronde '{ronde}'.", returncode=2) from None
        rijen = gekozen.fotomomenten.order_by("-versie")
        fotomoment = (rijen.filter(versie=versie) if versie else rijen).first()
        if fotomoment is None:
            wat = f"geen fotomoment met versie {versie}" if versie else "nog geen fotomoment"
            raise CommandError(f"De ronde {gekozen} heeft {wat}.", returncode=2)
        verschillen = toets_aan_database(gekozen, self._inhoud(fotomoment, bestand), fotomoment.sha256)
        self.stdout.write(str(fotomoment))
        self.stdout.write(f"SHA-256 {fotomoment.sha256}")
        for verschil in verschillen:
            self.stdout.write(f"  {verschil}")
        if uitgave := geldende(gekozen):
            anders = verschillen_met(uitgave)
            self.stdout.write(
                f"{uitgave}: {'gedrukt uit andere gegevens:' if anders else 'gedrukt uit wat er nu staat.'}"
            )
            for verschil in anders:
                self.stdout.write(f"  {verschil}")
            verschillen = [*verschillen, *anders]
        if verschillen:
            aantal = "1 verschil" if len(verschillen) == 1 else f"{len(verschillen)} verschillen"
            raise CommandError(f"Het fotomoment of de uitgave en de database zijn het niet eens: {aantal}.")
        self.stdout.write("Het fotomoment klopt met de database.")

    @staticmethod
    def _inhoud(fotomoment: Fotomoment, bestand: Path | None) -> str:
        if bestand is None:
            return fotomoment.inhoud
        try:
            return bestand.read_bytes().decode()
        except OSError as fout:
            raise CommandError(f"{bestand} kan niet worden gelezen: {fout.strerror}.", returncode=2) from fout
        except UnicodeDecodeError as fout:
            raise CommandError(f"{bestand} is geen UTF-8.", returncode=2) from fout
