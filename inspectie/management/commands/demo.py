"""`manage.py demo`: personas and three rounds with invented municipalities. May run again: what is there stays as it is."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inspectie.demo.bouwer import maak_demo
from inspectie.demo.mensen import PERSONAS, WACHTWOORD


class Command(BaseCommand):
    help = "Maakt de demo: gebruikers en drie rondes met fictieve gemeenten. Alleen met DEBUG aan."

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError(
                "De demo maakt gebruikers met een wachtwoord dat iedereen kent en draait daarom alleen met DEBUG=1."
            )
        gemaakt = maak_demo()
        poort = os.environ.get("PORT", "8000")
        self.stdout.write("De demo is gemaakt." if gemaakt else "De demo staat er al.")
        self.stdout.write(f"\nAdres: http://127.0.0.1:{poort}\n\nInloggen als (wachtwoord voor allen: {WACHTWOORD})")
        for username, rol, naam in PERSONAS:
            self.stdout.write(f"  {username:12} {naam:18} {rol}")
