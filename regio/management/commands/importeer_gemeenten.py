"""Read a list of municipalities: new ones begin, missing ones end, changed values hold from the date of the list on."""

import re
from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand

from regio.actions import Geweigerd, werk_gemeenten_bij
from regio.bijwerken import plan_gemeenten
from regio.inlezen import lees_gemeenten
from regio.management import _bestand
from regio.queries import stand


def datum(tekst: str) -> date:
    """dd-mm-jjjj or jjjj-mm-dd."""
    if gevonden := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", tekst, re.ASCII):
        tekst = f"{gevonden[3]}-{int(gevonden[2]):02}-{int(gevonden[1]):02}"
    try:
        return date.fromisoformat(tekst)
    except ValueError as fout:
        raise ArgumentTypeError(f"'{tekst}' is geen datum; schrijf bijvoorbeeld 2011-01-01") from fout


class Command(BaseCommand):
    help = "Leest een lijst van alle gemeenten op een datum in (CSV of XLSX)."

    def add_arguments(self, parser):
        parser.add_argument("bestand", metavar="BESTAND")
        parser.add_argument("--peildatum", metavar="D", type=datum, required=True, help="de dag waarop de lijst geldt")
        parser.add_argument("--proef", action="store_true", help="toon wat er zou veranderen, en verander niets")
        parser.add_argument("--toch", action="store_true", help="ook als er veel gemeenten zouden verdwijnen")

    def handle(self, *args, bestand, peildatum, proef, toch, **options):
        lijst, problemen = lees_gemeenten(_bestand.lees_bestand(bestand), peildatum)
        _bestand.weiger_bij(problemen, bestand)
        if proef:
            plan = plan_gemeenten(lijst, stand(), toch=toch)
            _bestand.weiger_bij(plan.problemen, bestand)
        else:
            try:
                plan = werk_gemeenten_bij(lijst, None, toch=toch)
            except Geweigerd as geweigerd:
                _bestand.weiger_bij(geweigerd.problemen, bestand)
        _bestand.toon(self, plan)
        self.stdout.write(
            f"{'Proef: ' if proef else ''}{len(lijst.regels)} gemeenten per {peildatum:%d-%m-%Y}: {plan.aantal('nieuw')} nieuw, "
            f"{plan.aantal('gewijzigd')} gewijzigd, {plan.aantal('opgeheven')} opgeheven."
        )
