"""Read regions, and which municipality belongs to them from when until when. What the file does not name stays as it is."""

from django.core.management.base import BaseCommand

from regio.actions import Geweigerd, werk_regios_bij
from regio.inlezen import lees_regios
from regio.management import _bestand
from regio.queries import stand
from regio.regioplan import plan_regios


class Command(BaseCommand):
    help = "Leest regio's en lidmaatschappen in: soort, code, naam, gemeente, vanaf, tot (CSV of XLSX)."

    def add_arguments(self, parser):
        parser.add_argument("bestand", metavar="BESTAND")
        parser.add_argument("--proef", action="store_true", help="toon wat er zou veranderen, en verander niets")

    def handle(self, *args, bestand, proef, **options):
        regels, problemen = lees_regios(_bestand.lees_bestand(bestand))
        _bestand.weiger_bij(problemen, bestand)
        if proef:
            plan = plan_regios(regels, stand())
            _bestand.weiger_bij(plan.problemen, bestand)
        else:
            try:
                plan = werk_regios_bij(regels, None)
            except Geweigerd as geweigerd:
                _bestand.weiger_bij(geweigerd.problemen, bestand)
        _bestand.toon(self, plan)
        self.stdout.write(
            f"{'Proef: ' if proef else ''}{len(regels)} rijen gelezen: {len(plan.regios_nieuw)} nieuwe regio's, "
            f"{len(plan.regios_anders)} hernoemd, lidmaatschappen van {len(plan.ingrepen)} gemeenten gewijzigd."
        )
