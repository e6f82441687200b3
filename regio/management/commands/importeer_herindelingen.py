"""Read which municipality went over into which. Read the lists of municipalities first: a successor must exist."""

from django.core.management.base import BaseCommand

from regio.actions import Geweigerd, werk_herindelingen_bij
from regio.bijwerken import plan_herindelingen
from regio.inlezen import lees_herindelingen
from regio.management import _bestand
from regio.queries import stand


class Command(BaseCommand):
    help = "Leest herindelingen in: oude code, nieuwe code, datum (CSV of XLSX)."

    def add_arguments(self, parser):
        parser.add_argument("bestand", metavar="BESTAND")
        parser.add_argument("--proef", action="store_true", help="toon wat er zou veranderen, en verander niets")

    def handle(self, *args, bestand, proef, **options):
        regels, problemen = lees_herindelingen(_bestand.lees_bestand(bestand))
        _bestand.weiger_bij(problemen, bestand)
        if proef:
            plan = plan_herindelingen(regels, stand())
            _bestand.weiger_bij(plan.problemen, bestand)
        else:
            try:
                plan = werk_herindelingen_bij(regels, None)
            except Geweigerd as geweigerd:
                _bestand.weiger_bij(geweigerd.problemen, bestand)
        _bestand.toon(self, plan)
        self.stdout.write(
            f"{'Proef: ' if proef else ''}{len(regels)} herindelingen gelezen, {len(plan.herindelingen)} nieuw, "
            f"{plan.aantal('opgeheven')} gemeenten opgeheven."
        )
