"""An instrument file into the database and back, so that what stands there can be compared with the file."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from vragenlijst.instrumentgegeven import (
    Actorgroepgegeven,
    Bewijssoortgegeven,
    Instrumentgegeven,
    Keuzegegeven,
    Normgegeven,
    Onderdeelgegeven,
    Vraaggegeven,
)
from vragenlijst.models import (
    Aandachtspunt,
    Actorgroep,
    Bewijssoort,
    Instrument,
    Keuze,
    Onderdeel,
    Vraag,
)


class InGebruik(Exception):
    """The instrument in the file differs from the one of that code and version, which is vastgesteld (design 4.2)."""


@transaction.atomic
def laad(gegeven: Instrumentgegeven) -> tuple[Instrument, bool]:
    """The instrument as it stands in the file, and whether anything was written.

    Raises InGebruik when this version is vastgesteld and the file says something else: it never changes again.
    """
    instrument = (
        Instrument.objects.select_for_update(of=("self",)).filter(code=gegeven.code, versie=gegeven.versie).first()
    )
    if instrument and uit_database(instrument) == gegeven:
        return instrument, False
    if instrument and instrument.status != Instrument.Status.CONCEPT:
        raise InGebruik(
            f"{instrument} is {instrument.get_status_display().lower()} en verandert daarom niet meer, maar het bestand wijkt ervan af. "
            f"Maak er een nieuwe versie van: zet 'versie' in het bestand op {_volgende_versie(gegeven.code)}."
        )
    if instrument:
        maak_leeg(instrument)
    else:
        instrument = Instrument(code=gegeven.code, versie=gegeven.versie)
    vul(instrument, gegeven)
    if instrument.status != gegeven.status:
        instrument.status = gegeven.status
        instrument.save(update_fields=["status"])
    return instrument, True


def vul(instrument: Instrument, gegeven: Instrumentgegeven) -> None:
    """What the file says into this version, which is a concept; code, version and status stay the caller's."""
    instrument.naam, instrument.bron = gegeven.naam, gegeven.bron
    instrument.save()
    _vul(instrument, gegeven)


def uit_database(instrument: Instrument) -> Instrumentgegeven:
    """What stands in the database, in the form of the file."""
    return Instrumentgegeven(
        code=instrument.code,
        versie=instrument.versie,
        naam=instrument.naam,
        bron=instrument.bron,
        status=instrument.status,
        actorgroepen=tuple(Actorgroepgegeven(a.code, a.naam, a.domein) for a in instrument.actorgroepen.all()),
        bewijssoorten=tuple(Bewijssoortgegeven(b.code, b.naam) for b in instrument.bewijssoorten.all()),
        onderdelen=tuple(
            Onderdeelgegeven(
                onderdeel.code,
                onderdeel.titel,
                onderdeel.titel_aandachtspunten,
                tuple(map(vraaggegeven, onderdeel.vragen.all())),
                tuple(map(_normgegeven, onderdeel.aandachtspunten.all())),
            )
            for onderdeel in instrument.onderdelen.prefetch_related(
                "vragen__keuzes",
                "vragen__hoofdvraag",
                "vragen__voorwaarde__vraag",
                "aandachtspunten__bewijssoorten",
                "aandachtspunten__vragen",
            )
        ),
    )


def vraaggegeven(vraag: Vraag) -> Vraaggegeven:
    return Vraaggegeven(
        code=vraag.code,
        tekst=vraag.tekst,
        gescande_tekst=vraag.gescande_tekst,
        soort=vraag.soort,
        hoofdvraag=vraag.hoofdvraag.code if vraag.hoofdvraag else "",
        voorwaarde=(vraag.voorwaarde.vraag.code, vraag.voorwaarde.code) if vraag.voorwaarde else None,
        keuzes=tuple(Keuzegegeven(k.code, k.naam, k.soort) for k in vraag.keuzes.all()),
        vergelijkbaarheid=vraag.vergelijkbaarheid,
        hulp=vraag.hulp,
        verplicht=vraag.verplicht,
        getal=vraag.getalregel,
    )


def _normgegeven(norm: Aandachtspunt) -> Normgegeven:
    return Normgegeven(
        code=norm.code,
        kort=norm.kort,
        tekst=norm.tekst,
        gescande_tekst=norm.gescande_tekst,
        bewijs=norm.bewijs,
        akkoord_door=norm.akkoord_door,
        bewijssoorten=frozenset(soort.code for soort in norm.bewijssoorten.all()),
        vragen=frozenset(vraag.code for vraag in norm.vragen.all()),
        vergelijkbaarheid=norm.vergelijkbaarheid,
    )


def _volgende_versie(code: str) -> int:
    return Instrument.objects.filter(code=code).order_by("-versie").values_list("versie", flat=True)[0] + 1


def maak_leeg(instrument: Instrument) -> None:
    # A condition protects its choice; without it everything of the instrument may go.
    Vraag.objects.filter(onderdeel__instrument=instrument).update(voorwaarde=None)
    instrument.onderdelen.all().delete()
    instrument.actorgroepen.all().delete()
    instrument.bewijssoorten.all().delete()


def _vul(instrument: Instrument, gegeven: Instrumentgegeven) -> None:
    Actorgroep.objects.bulk_create(
        Actorgroep(instrument=instrument, code=a.code, naam=a.naam, domein=a.domein, volgorde=nr)
        for nr, a in enumerate(gegeven.actorgroepen, 1)
    )
    Bewijssoort.objects.bulk_create(
        Bewijssoort(instrument=instrument, code=b.code, naam=b.naam, volgorde=nr)
        for nr, b in enumerate(gegeven.bewijssoorten, 1)
    )
    soorten = {soort.code: soort for soort in instrument.bewijssoorten.all()}
    onderdelen: dict[str, Onderdeel] = {}
    vragen: dict[str, Vraag] = {}
    for nr, onderdeel in enumerate(gegeven.onderdelen, 1):
        onderdelen[onderdeel.code] = Onderdeel.objects.create(
            instrument=instrument,
            code=onderdeel.code,
            titel=onderdeel.titel,
            titel_aandachtspunten=onderdeel.titel_aandachtspunten,
            volgorde=nr,
        )
        vragen |= _maak_vragen(onderdelen[onderdeel.code], onderdeel.vragen)
    _verbind(vragen, gegeven)
    for onderdeel in gegeven.onderdelen:
        for nr, norm in enumerate(onderdeel.aandachtspunten, 1):
            rij = Aandachtspunt.objects.create(
                onderdeel=onderdelen[onderdeel.code],
                code=norm.code,
                kort=norm.kort,
                tekst=norm.tekst,
                gescande_tekst=norm.gescande_tekst,
                bewijs=norm.bewijs,
                akkoord_door=norm.akkoord_door,
                vergelijkbaarheid=norm.vergelijkbaarheid,
                volgorde=nr,
            )
            rij.bewijssoorten.set(soorten[code] for code in sorted(norm.bewijssoorten))
            rij.vragen.set(vragen[code] for code in sorted(norm.vragen))


def _maak_vragen(onderdeel: Onderdeel, gegevens: Iterable[Vraaggegeven]) -> dict[str, Vraag]:
    return {
        vraag.code: vraag
        for vraag in Vraag.objects.bulk_create(
            Vraag(
                onderdeel=onderdeel,
                code=gegeven.code,
                tekst=gegeven.tekst,
                gescande_tekst=gegeven.gescande_tekst,
                soort=gegeven.soort,
                vergelijkbaarheid=gegeven.vergelijkbaarheid,
                hulp=gegeven.hulp,
                verplicht=gegeven.verplicht,
                **asdict(gegeven.getal),
                volgorde=nr,
            )
            for nr, gegeven in enumerate(gegevens, 1)
        )
    }


def _verbind(vragen: dict[str, Vraag], gegeven: Instrumentgegeven) -> None:
    """The choices, and what the questions say of each other: in a concept also of one that stands further on."""
    gemaakt = Keuze.objects.bulk_create(
        Keuze(vraag=vragen[vraag.code], code=k.code, naam=k.naam, soort=k.soort, volgorde=nr)
        for vraag in gegeven.vragen
        for nr, k in enumerate(vraag.keuzes, 1)
    )
    keuzes = {(keuze.vraag.code, keuze.code): keuze for keuze in gemaakt}
    for vraag in gegeven.vragen:
        vragen[vraag.code].hoofdvraag = vragen.get(vraag.hoofdvraag)
        vragen[vraag.code].voorwaarde = keuzes[vraag.voorwaarde] if vraag.voorwaarde else None
    Vraag.objects.bulk_update(vragen.values(), ["hoofdvraag", "voorwaarde"])
