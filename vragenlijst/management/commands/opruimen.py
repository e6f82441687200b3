"""`manage.py opruimen`: files without a document go, documents without their file are reported. For a nightly job."""

from django.core.management.base import BaseCommand, CommandError

from vragenlijst import opslag


class Command(BaseCommand):
    help = "Verwijdert bestanden die al een uur bij geen bewijsstuk horen, en meldt bewijsstukken waarvan het bestand niet deugt."

    def add_arguments(self, parser):
        parser.add_argument(
            "--alles",
            action="store_true",
            help=f"ook wanneer het er meer dan {opslag.HOOGSTENS_WEZEN} zijn: kijk dan eerst of MEDIA_ROOT en de database "
            "bij elkaar horen",
        )

    def handle(self, *args, **options):
        try:
            weg = opslag.ruim_op(hoogstens=None if options["alles"] else opslag.HOOGSTENS_WEZEN)
        except opslag.TeVeelWezen as fout:
            raise CommandError(
                f"{fout} Dat is meer dan er ooit blijven liggen: horen MEDIA_ROOT en de database wel bij elkaar, of is er een "
                "oudere database teruggezet? Er is niets verwijderd. Met --alles gaan zij weg."
            ) from fout
        for naam in weg:
            self.stdout.write(f"verwijderd: {naam}")
        mis = list(opslag.beschadigde())
        for stuk, waarom in mis:
            self.stderr.write(f"bewijsstuk {stuk.pk} ('{stuk}', dossier {stuk.dossier}): {waarom}")
        if mis:
            raise CommandError(f"Van {len(mis)} bewijsstukken deugt het bestand niet; er is niets aan veranderd.")
        self.stdout.write(f"{len(weg)} bestanden verwijderd; alle bewijsstukken hebben hun bestand.")
