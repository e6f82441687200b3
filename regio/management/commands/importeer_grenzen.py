"""Read boundaries of municipalities, for maps: GeoJSON in RD or WGS84, with the code of each municipality."""

from django.core.management.base import BaseCommand

from regio.actions import Geweigerd, werk_grenzen_bij
from regio.geojson import lees_grenzen
from regio.grensplan import plan_grenzen
from regio.management import _bestand
from regio.management.commands.importeer_gemeenten import datum
from regio.queries import stand


class Command(BaseCommand):
    help = "Leest grenzen van gemeenten in (GeoJSON)."

    def add_arguments(self, parser):
        parser.add_argument("bestand", metavar="BESTAND")
        parser.add_argument("--peildatum", metavar="D", type=datum, required=True, help="de dag vanaf welke zij gelden")
        parser.add_argument("--proef", action="store_true", help="toon wat er zou veranderen, en verander niets")

    def handle(self, *args, bestand, peildatum, proef, **options):
        grenzen, problemen = lees_grenzen(_bestand.lees_bestand(bestand))
        _bestand.weiger_bij(problemen, bestand)
        if proef:
            plan = plan_grenzen(grenzen, stand(), peildatum)
            _bestand.weiger_bij(plan.problemen, bestand)
        else:
            try:
                plan = werk_grenzen_bij(grenzen, peildatum, None)
            except Geweigerd as geweigerd:
                _bestand.weiger_bij(geweigerd.problemen, bestand)
        _bestand.toon(self, plan)
        self.stdout.write(
            f"{'Proef: ' if proef else ''}{len(grenzen.vlakken)} gebieden gelezen ({grenzen.stelsel}): "
            f"{len(plan.grenzen)} nieuw of anders, {plan.ongewijzigd} ongewijzigd."
        )
