"""Write the report of a round to a PDF file: the same bytes as the browser gives."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rapportage import actions, samenstellen
from rapportage.drukpers import NietGedrukt
from rapportage.models import Rapport
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from vragenlijst.actions import Geweigerd
from vragenlijst.models import Ronde


class Command(BaseCommand):
    help = "Maakt het rapport van een ronde als PDF; heeft de ronde nog geen rapport, dan eerst een concept."

    def add_arguments(self, parser):
        parser.add_argument("ronde", help="korte naam (slug) van de ronde, bijvoorbeeld juni-2008")
        parser.add_argument("--uit", required=True, type=Path, metavar="BESTAND.pdf", help="waar de PDF komt te staan")

    def handle(self, *, ronde: str, uit: Path, **options):
        try:
            gekozen = Ronde.objects.select_related("instrument").get(slug=ronde)
        except Ronde.DoesNotExist:
            bekend = ", ".join(Ronde.objects.values_list("slug", flat=True)) or "geen"
            raise CommandError(f"Er is geen ronde '{ronde}'. Rondes: {bekend}.") from None
        rapport = Rapport.objects.filter(ronde=gekozen).select_related("ronde__instrument").first()
        if rapport is None:
            try:
                rapport = actions.maak_rapport(Rapport.voor(gekozen), None)
            except Geweigerd as weigering:
                raise CommandError(str(weigering)) from weigering
            self.stdout.write(f"Nieuw concept gemaakt: {rapport}.")
        try:
            inhoud = samenstellen.pdf_van_rapport(rapport)
            uit.write_bytes(inhoud)
        except NietGedrukt as weigering:
            raise CommandError(str(weigering)) from weigering
        except OSError as fout:
            raise CommandError(f"{uit} kan niet worden geschreven: {fout.strerror}.") from fout
        leg_vast(rapport, Gebeurtenis.Soort.UITVOER, None, naar="pdf")
        self.stdout.write(f"{uit}: {len(inhoud)} bytes.")
