"""Write the data of a round to a file: the same bytes as the browser gives."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from rapportage import indelingen
from rapportage.export.bestanden import BESTANDEN
from rapportage.forms.weergave import WeergaveForm
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis
from vragenlijst.models import Ronde

FORMATEN = {"csv": "dossiers.csv", "xlsx": "gegevens.xlsx"}


class Command(BaseCommand):
    help = (
        "Schrijft de gegevens van een ronde naar een bestand: csv is één regel per dossier, xlsx een werkboek met ook de uitkomsten "
        "en het codeboek. Met --wat een van de andere bestanden: " + ", ".join(BESTANDEN) + "."
    )

    def add_arguments(self, parser):
        parser.add_argument("ronde", help="korte naam (slug) van de ronde, bijvoorbeeld juni-2008")
        wat = parser.add_mutually_exclusive_group(required=True)
        wat.add_argument("--formaat", choices=FORMATEN, help="csv of xlsx")
        wat.add_argument(
            "--wat", choices=BESTANDEN, metavar="NAAM", help="een ander bestand, bijvoorbeeld codeboek.csv"
        )
        parser.add_argument("--uit", required=True, type=Path, metavar="BESTAND", help="waar het bestand komt te staan")
        parser.add_argument(
            "--weergave",
            default="",
            metavar="KEUZE",
            help="de keuze zoals in het adres van de pagina Uitkomsten, bijvoorbeeld 'dossiers=vastgesteld&randstad=ja'",
        )

    def handle(self, *, ronde: str, formaat: str | None, wat: str | None, uit: Path, weergave: str, **options):
        try:
            gekozen = Ronde.objects.select_related("instrument", "vorige").get(slug=ronde)
        except Ronde.DoesNotExist:
            bekend = ", ".join(Ronde.objects.values_list("slug", flat=True)) or "geen"
            raise CommandError(f"Er is geen ronde '{ronde}'. Rondes: {bekend}.") from None
        form = WeergaveForm(QueryDict(weergave), slug=ronde, indelingen=indelingen.indelingen(gekozen))
        onbekend = [naam for naam in QueryDict(weergave) if naam not in form.fields]
        if form.errors or onbekend:
            fout = ", ".join([*form.errors, *onbekend])
            raise CommandError(f"Deze keuze is er niet in --weergave: {fout}.")
        bestand = BESTANDEN[wat or FORMATEN[formaat]]
        try:
            grootte = _schrijf(uit, bestand.maak(gekozen, form.weergave))
        except OSError as fout:
            raise CommandError(f"{uit} kan niet worden geschreven: {fout.strerror}.") from fout
        wijzigingen = {} if bestand.openbaar else form.weergave.omschreven()
        leg_vast(gekozen, Gebeurtenis.Soort.UITVOER, None, naar=bestand.naam, wijzigingen=wijzigingen)
        self.stdout.write(f"{uit}: {bestand.titel}, {grootte} bytes.")


def _schrijf(uit: Path, stukken) -> int:
    """All of the file or nothing of it: what was there stays until the new one is whole."""
    if uit.exists() and not uit.is_file():  # /dev/stdout, say
        with uit.open("wb") as doel:
            return sum(map(doel.write, stukken))
    with NamedTemporaryFile(dir=uit.parent, prefix=f".{uit.name}.", delete=False) as tijdelijk:
        try:
            grootte = sum(map(tijdelijk.write, stukken))
        except BaseException:
            Path(tijdelijk.name).unlink()
            raise
    Path(tijdelijk.name).chmod(0o666 & ~_umask())
    Path(tijdelijk.name).replace(uit)
    return grootte


def _umask() -> int:
    huidig = os.umask(0)
    os.umask(huidig)
    return huidig
