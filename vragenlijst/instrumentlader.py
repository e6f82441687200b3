"""An instrument file into the database and back, so that what stands there can be compared with the file."""

from django.db import transaction

from vragenlijst.instrumentbestand import (
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
    Beoordeling,
    Bevinding,
    Bewijssoort,
    Bewijsstuk,
    Instrument,
    Interview,
    Keuze,
    Onderdeel,
    Vraag,
)


class InGebruik(Exception):
    """The instrument in the file differs from the one of that code and version on which answers hang (design 4.2)."""


@transaction.atomic
def laad(gegeven: Instrumentgegeven) -> tuple[Instrument, bool]:
    """The instrument as it stands in the file, and whether anything was written.

    Raises InGebruik when this version is in use and the file says something else: a version in use never changes.
    """
    instrument = (
        Instrument.objects.select_for_update(of=("self",)).filter(code=gegeven.code, versie=gegeven.versie).first()
    )
    if instrument and uit_database(instrument) == gegeven:
        return instrument, False
    if instrument and is_in_gebruik(instrument):
        raise InGebruik(
            f"{instrument} is al gebruikt in een ronde en verandert daarom niet meer, maar het bestand wijkt ervan af. "
            f"Maak er een nieuwe versie van: zet 'versie' in het bestand op {_volgende_versie(gegeven.code)}."
        )
    if instrument:
        _maak_leeg(instrument)
    else:
        instrument = Instrument(code=gegeven.code, versie=gegeven.versie)
    instrument.naam, instrument.bron, instrument.status = gegeven.naam, gegeven.bron, gegeven.status
    instrument.save()
    _vul(instrument, gegeven)
    return instrument, True


def is_in_gebruik(instrument: Instrument) -> bool:
    """Whether field work hangs on this version: an interview, a finding, a judgement or a document."""
    return (
        Interview.objects.filter(actorgroep__instrument=instrument).exists()
        or Bevinding.objects.filter(vraag__onderdeel__instrument=instrument).exists()
        or Beoordeling.objects.filter(aandachtspunt__onderdeel__instrument=instrument).exists()
        or Bewijsstuk.objects.filter(soort__instrument=instrument).exists()
    )


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
                tuple(map(_vraaggegeven, onderdeel.vragen.all())),
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


def _vraaggegeven(vraag: Vraag) -> Vraaggegeven:
    return Vraaggegeven(
        code=vraag.code,
        tekst=vraag.tekst,
        gescande_tekst=vraag.gescande_tekst,
        soort=vraag.soort,
        hoofdvraag=vraag.hoofdvraag.code if vraag.hoofdvraag else "",
        voorwaarde=(vraag.voorwaarde.vraag.code, vraag.voorwaarde.code) if vraag.voorwaarde else None,
        keuzes=tuple(Keuzegegeven(k.code, k.naam, k.soort) for k in vraag.keuzes.all()),
        vergelijkbaarheid=vraag.vergelijkbaarheid,
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
    )


def _volgende_versie(code: str) -> int:
    return Instrument.objects.filter(code=code).order_by("-versie").values_list("versie", flat=True)[0] + 1


def _maak_leeg(instrument: Instrument) -> None:
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
    onderdelen = {}
    vragen: dict[str, Vraag] = {}
    keuzes: dict[tuple[str, str], Keuze] = {}
    for nr, onderdeel in enumerate(gegeven.onderdelen, 1):
        onderdelen[onderdeel.code] = Onderdeel.objects.create(
            instrument=instrument,
            code=onderdeel.code,
            titel=onderdeel.titel,
            titel_aandachtspunten=onderdeel.titel_aandachtspunten,
            volgorde=nr,
        )
        # One by one: a condition refers to a choice of a question that stands before it.
        for vraagnr, vraag in enumerate(onderdeel.vragen, 1):
            vragen[vraag.code] = Vraag.objects.create(
                onderdeel=onderdelen[onderdeel.code],
                code=vraag.code,
                tekst=vraag.tekst,
                gescande_tekst=vraag.gescande_tekst,
                soort=vraag.soort,
                hoofdvraag=vragen.get(vraag.hoofdvraag),
                voorwaarde=keuzes[vraag.voorwaarde] if vraag.voorwaarde else None,
                vergelijkbaarheid=vraag.vergelijkbaarheid,
                volgorde=vraagnr,
            )
            for keuze in Keuze.objects.bulk_create(
                Keuze(vraag=vragen[vraag.code], code=k.code, naam=k.naam, soort=k.soort, volgorde=keuzenr)
                for keuzenr, k in enumerate(vraag.keuzes, 1)
            ):
                keuzes[vraag.code, keuze.code] = keuze
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
                volgorde=nr,
            )
            rij.bewijssoorten.set(soorten[code] for code in sorted(norm.bewijssoorten))
            rij.vragen.set(vragen[code] for code in sorted(norm.vragen))
