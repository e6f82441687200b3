"""`manage.py wis_persoonsgegevens`: wipe the personal data of each round whose term is over. For a nightly job."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vragenlijst.actions import Geweigerd
from vragenlijst.actions.bewaartermijn import waarom_niet, wis_persoonsgegevens
from vragenlijst.models import Ronde
from vragenlijst.queries.bewaartermijn import Bewaring, bewaringen


class Command(BaseCommand):
    help = "Wist de persoonsgegevens van rondes waarvan de bewaartermijn voorbij is. Met --toon alleen wat er zou gebeuren."

    def add_arguments(self, parser):
        parser.add_argument("ronde", nargs="?", help="korte naam (slug) van één ronde; zonder dit alle rondes")
        parser.add_argument("--toon", action="store_true", help="wis niets, zeg alleen wat er zou worden gewist")

    def handle(self, *, ronde: str | None, toon: bool, **options):
        vandaag = timezone.localdate()
        for bewaring in bewaringen(self._rondes(ronde)):
            if bezwaar := waarom_niet(bewaring, vandaag):
                self.stdout.write(f"{bewaring.ronde}: {bezwaar}")
            elif toon:
                self.stdout.write(f"{bewaring.ronde}: te wissen: {_opgesomd(bewaring)}.")
            else:
                self._wis(bewaring.ronde, vandaag)

    @staticmethod
    def _rondes(slug: str | None) -> list[Ronde] | None:
        if slug is None:
            return None
        try:
            return [Ronde.objects.get(slug=slug)]
        except Ronde.DoesNotExist:
            raise CommandError(f"Er is geen ronde '{slug}'.", returncode=2) from None

    def _wis(self, ronde: Ronde, vandaag) -> None:
        try:
            gewist = wis_persoonsgegevens(ronde, None, vandaag=vandaag)
        except Geweigerd as weigering:  # somebody reopened it, or wiped it, in this very moment
            self.stdout.write(f"{ronde}: {' '.join(weigering.redenen)}")
        else:
            self.stdout.write(f"{ronde}: gewist: {_opgesomd(gewist)}.")


def _opgesomd(bewaring: Bewaring) -> str:
    return ", ".join(str(telling) for telling in bewaring.tellingen if telling.aantal)
