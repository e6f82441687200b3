"""A small round to count in: an instrument of our own, dossiers with a role, and findings as compactly as they can be said."""

from datetime import date

from model_bakery import baker

from regio.models import Gebruiker, Gemeente
from regio.rechten import Rol
from vragenlijst.models import (
    Aandachtspunt,
    Beoordeling,
    Bevinding,
    Dossier,
    Instrument,
    Keuze,
    Onderdeel,
    Ronde,
    Vraag,
)

JA_INTENTIE_NEE = (("ja", "ja"), ("intentie", "de intentie"), ("nee", "nee"))
OVERIG = (("weet-niet", "weet niet", Keuze.Soort.WEET_NIET), ("nvt", "niet van toepassing", Keuze.Soort.NVT))


def maak_instrument(code: str = "proef") -> Instrument:
    """Two parts: P1 with a closed question, its closed follow-up and an open one; P2 with municipality and agreements."""
    instrument = Instrument.objects.create(code=code, versie=1, naam="Proefinstrument")
    een = Onderdeel.objects.create(
        instrument=instrument, code="1", titel="Samenwerking", titel_aandachtspunten="Samenwerking (norm)", volgorde=1
    )
    twee = Onderdeel.objects.create(
        instrument=instrument, code="2", titel="Afspraken", titel_aandachtspunten="Afspraken", volgorde=2
    )
    hoofd = maak_vraag(een, "P1.1", "Wordt er samengewerkt?", 1)
    maak_vraag(een, "P1.1a", "Is er een plan?", 2, hoofdvraag=hoofd, voorwaarde=hoofd.keuzes.get(code="ja"))
    maak_vraag(een, "P1.2", "Wat levert het op?", 3, soort=Vraag.Soort.OPEN)
    maak_vraag(twee, "P2.1", "Wie voert de regie?", 1, soort=Vraag.Soort.GEMEENTE)
    maak_vraag(twee, "P2.2", "Wat is afgesproken, en met wie?", 2, soort=Vraag.Soort.AFSPRAKEN)
    for nummer, (onderdeel, bewijs) in enumerate([(een, "convenant"), (een, ""), (twee, "")], start=1):
        Aandachtspunt.objects.create(
            onderdeel=onderdeel, code=f"N{nummer}", tekst=f"Norm {nummer} voluit.", kort=f"norm {nummer}",
            bewijs=bewijs, volgorde=nummer,
        )  # fmt: skip
    return instrument


def maak_vraag(onderdeel, code, tekst, volgorde, soort=Vraag.Soort.KEUZE, **kwargs) -> Vraag:
    vraag = Vraag.objects.create(onderdeel=onderdeel, code=code, tekst=tekst, soort=soort, volgorde=volgorde, **kwargs)
    if soort == Vraag.Soort.KEUZE:
        keuzes = [(c, n, Keuze.Soort.INHOUD) for c, n in JA_INTENTIE_NEE] + list(OVERIG)
        for plek, (keuze, naam, aard) in enumerate(keuzes):
            Keuze.objects.create(vraag=vraag, code=keuze, naam=naam, soort=aard, volgorde=plek)
    return vraag


def maak_ronde(instrument: Instrument, *, status=Ronde.Status.OPEN, slug="proefronde") -> Ronde:
    return Ronde.objects.create(
        naam="Proefronde juni 2008", slug=slug, instrument=instrument, peildatum=date(2008, 6, 1),
        periode_van=date(2008, 2, 1), periode_tot=date(2008, 4, 30), status=status,
    )  # fmt: skip


def maak_dossier(ronde: Ronde, rol: str = "voortrekker", **kwargs) -> Dossier:
    nummer = Gemeente.objects.count() + 1
    gemeente = Gemeente.objects.create(
        code=f"X{nummer:03}", naam=f"Verzonnendorp {nummer}", fictief=True, geldig_van=date(1900, 1, 1)
    )
    return Dossier.objects.create(ronde=ronde, gemeente=gemeente, rol=rol, **kwargs)


def schrijver() -> Gebruiker:
    return Gebruiker.objects.filter(rol=Rol.INSPECTEUR).first() or baker.make(Gebruiker, rol=Rol.INSPECTEUR)


def vind(dossier: Dossier, code: str, keuze: str = "", *, vervallen: bool = False, **inhoud) -> Bevinding:
    """The finding of one dossier on one question: a choice, or `tekst`, `gemeente` or `rijen`."""
    vraag = Vraag.objects.get(onderdeel__instrument=dossier.ronde.instrument, code=code)
    return Bevinding.objects.create(
        dossier=dossier, vraag=vraag, keuze=vraag.keuzes.get(code=keuze) if keuze else None,
        stand=Bevinding.Stand.EEN_BRON, vervallen=vervallen, gewijzigd_door=schrijver(), **inhoud,
    )  # fmt: skip


def beoordeel(dossier: Dossier, code: str, oordeel: str, **kwargs) -> Beoordeling:
    norm = Aandachtspunt.objects.get(onderdeel__instrument=dossier.ronde.instrument, code=code)
    return Beoordeling.objects.create(
        dossier=dossier, aandachtspunt=norm, oordeel=oordeel, motivering="Zie het verslag.",
        bewijs_vereist=norm.vraagt_bewijs, gewijzigd_door=schrijver(), **kwargs,
    )  # fmt: skip
