"""Load the municipalities, herindelingen and regions that come with the application. Twice is the same as once."""

from django.core.management.base import BaseCommand, CommandError

from regio.actions import Geweigerd, werk_referentie_bij
from regio.models import Gemeente, Regio
from regio.referentie import lees_referentie


class Command(BaseCommand):
    help = "Laadt de gemeenten van 2008 tot 2011, de herindelingen en de regio's die bij de toepassing horen."

    def handle(self, *args, **options):
        try:
            plannen = werk_referentie_bij(*lees_referentie())
        except ValueError as fout:
            raise CommandError(f"De meegeleverde bestanden zijn beschadigd.\n{fout}") from fout
        except Geweigerd as geweigerd:
            regels = "\n".join(f"- {probleem}" for probleem in geweigerd.problemen[:50])
            raise CommandError(
                f"De referentiegegevens passen niet op de tabel; er is niets veranderd.\n{regels}"
            ) from geweigerd
        if ontzien := sorted(set().union(*(plan.ontzien for plan in plannen))):
            self.stdout.write(f"Met rust gelaten, want zelf gewijzigd: {', '.join(ontzien)}.")
        if all(plan.is_leeg for plan in plannen):
            self.stdout.write("Referentiegegevens: niets te doen.")
        else:
            self.stdout.write(
                f"Referentiegegevens geladen: {Gemeente.objects.echt().count()} gemeenten, {Regio.objects.count()} regio's."
            )
