"""The files that a round can be had as: the same bytes in the browser and from the command. Made in pieces, not in memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rapportage import queries
from rapportage.export import codeboek, csv, statistiek, tellingen, xlsx
from rapportage.export.dossiers import Gegevens
from rapportage.samenstellen import ORGANISATIE, databestand, openbare_uitkomsten
from rapportage.tabellen import STREEP
from rapportage.uitkomst import Uitkomsten
from rapportage.weergave import Weergave
from vragenlijst.models import Ronde

ZIP = "application/zip"
IN_GEHEUGEN = 1 << 20  # bytes of a file that is kept in memory before it goes to the disk
STUK = 1 << 16


@dataclass(frozen=True)
class Bestand:
    """`maak` gives the content in pieces; `openbaar` has no municipality in it and small groups left out."""

    naam: str
    titel: str
    uitleg: str
    mediatype: str
    maak: Callable[[Ronde, Weergave], Iterator[bytes]]
    openbaar: bool = False

    def naam_voor(self, ronde: Ronde) -> str:
        return f"{ronde.slug}-{self.naam}"


def _dossiers_csv(ronde: Ronde, weergave: Weergave) -> Iterator[bytes]:
    gegevens = Gegevens(ronde, weergave.selectie)
    return csv.stroom([veld.naam for veld in gegevens.velden], _dossierrijen(gegevens))


def _dossierrijen(gegevens: Gegevens) -> Iterator[tuple]:
    return (tuple(veld.lees(feiten) for veld in gegevens.velden) for feiten in gegevens)


def _geteld(ronde: Ronde, weergave: Weergave) -> Uitkomsten:
    return queries.uitkomsten(ronde, weergave.indeling, weergave.selectie)


def _uitkomsten_csv(ronde: Ronde, weergave: Weergave) -> Iterator[bytes]:
    return csv.stroom(tellingen.KOLOMMEN, tellingen.rijen(_geteld(ronde, weergave)))


def _codeboek_csv(ronde: Ronde, weergave: Weergave) -> Iterator[bytes]:
    return csv.stroom(codeboek.KOLOMMEN, codeboek.rijen(Gegevens(ronde).velden, ronde.instrument))


def _werkboek(ronde: Ronde, weergave: Weergave) -> Iterator[bytes]:
    gegevens = Gegevens(ronde, weergave.selectie)
    toelichting = [
        ("Ronde", ronde.naam),
        ("Instrument", str(ronde.instrument)),
        ("Peildatum", f"{ronde.peildatum:%d-%m-%Y}"),
        ("Dossiers", "alleen vastgestelde" if weergave.selectie.alleen_vastgesteld else "alle"),
        ("Gekozen groepen", ", ".join(f"{soort} = {groep}" for soort, groep in weergave.selectie.groepen) or "geen"),
        ("Groepen naar", weergave.indeling.naam),
        ("Voor wie", "Alleen voor gebruik binnen de inspectie: de gemeenten staan er met naam in."),
    ]
    bladen = [
        xlsx.Blad("Toelichting", ("Onderwerp", "Inhoud"), toelichting, (22, 70)),
        xlsx.Blad("Dossiers", [veld.naam for veld in gegevens.velden], _dossierrijen(gegevens), (10, 14, 26, 18)),
        xlsx.Blad("Uitkomsten", tellingen.KOLOMMEN, tellingen.rijen(_geteld(ronde, weergave)), tellingen.BREEDTES),
        _codeboekblad(gegevens, ronde),
    ]
    return _boek(ronde, bladen, f"Gegevens van {ronde.naam}")


def _codeboekblad(gegevens: Gegevens, ronde: Ronde) -> xlsx.Blad:
    rijen = codeboek.rijen(gegevens.velden, ronde.instrument)
    return xlsx.Blad("Codeboek", codeboek.KOLOMMEN, rijen, codeboek.BREEDTES)


def _openbaar_csv(ronde: Ronde, weergave: Weergave) -> Iterator[bytes]:
    yield databestand(openbare_uitkomsten(ronde)).inhoud


def _openbaar_xlsx(ronde: Ronde, weergave: Weergave) -> Iterator[bytes]:
    rijen = (
        tuple(STREEP if cel is tellingen.LEEG else cel for cel in rij)
        for rij in tellingen.rijen(openbare_uitkomsten(ronde))
    )
    blad = xlsx.Blad("Uitkomsten", tellingen.KOLOMMEN, rijen, tellingen.BREEDTES)
    return _boek(ronde, [blad], f"Uitkomsten van {ronde.naam}")


def _boek(ronde: Ronde, bladen: Iterable[xlsx.Blad], titel: str) -> Iterator[bytes]:
    with SpooledTemporaryFile(IN_GEHEUGEN) as uit:
        xlsx.schrijf(uit, bladen, titel=titel, maker=ORGANISATIE, datum=ronde.periode_tot)
        yield from _stukken(uit)


def _statistiek_zip(ronde: Ronde, weergave: Weergave) -> Iterator[bytes]:
    gegevens = Gegevens(ronde, weergave.selectie)
    velden = statistiek.variabelen(gegevens.velden)
    titel = f"{ronde.naam}, {ronde.instrument}"
    delen = {
        statistiek.GEGEVENS: csv.stroom([veld.variabele for veld in velden], statistiek.rijen(velden, gegevens)),
        "spss.sps": [b"\xef\xbb\xbf", statistiek.spss(velden, titel).encode()],
        "r.R": [statistiek.r(velden, titel).encode()],
        "codeboek.csv": csv.stroom(codeboek.KOLOMMEN, codeboek.rijen(velden, ronde.instrument)),
    }
    with SpooledTemporaryFile(IN_GEHEUGEN) as uit:
        with ZipFile(uit, "w", ZIP_DEFLATED) as zip_:
            for naam, stukken in delen.items():
                deel = ZipInfo(naam, date_time=(1980, 1, 1, 0, 0, 0))
                deel.compress_type = ZIP_DEFLATED
                with zip_.open(deel, "w") as naar:
                    naar.writelines(stukken)
        yield from _stukken(uit)


def _stukken(bestand) -> Iterator[bytes]:
    bestand.seek(0)
    while stuk := bestand.read(STUK):
        yield stuk


BESTANDEN = {
    bestand.naam: bestand
    for bestand in (
        Bestand(
            "dossiers.csv",
            "Gegevens per dossier (CSV)",
            "Eén regel per dossier, één kolom per vraag en aandachtspunt, met antwoorden, toelichtingen en oordelen.",
            csv.MEDIATYPE,
            _dossiers_csv,
        ),
        Bestand(
            "gegevens.xlsx",
            "Werkboek (Excel)",
            "De gegevens per dossier, de uitkomsten en het codeboek, elk op een eigen blad.",
            xlsx.MEDIATYPE,
            _werkboek,
        ),
        Bestand(
            "uitkomsten.csv",
            "Uitkomsten (CSV)",
            "Alle tellingen zoals op de pagina Uitkomsten, ook van kleine groepen.",
            csv.MEDIATYPE,
            _uitkomsten_csv,
        ),
        Bestand(
            "spss-en-r.zip",
            "Voor SPSS en R (zip)",
            "Een bestand met getallen per dossier, met de syntaxis voor SPSS en een script voor R die er namen aan geven.",
            ZIP,
            _statistiek_zip,
        ),
        Bestand(
            "codeboek.csv",
            "Codeboek (CSV)",
            "Wat er in elke kolom staat: de vraag, de codes en wat zij betekenen, wanneer de vraag wordt gesteld en uit welke versie "
            "van het instrument zij komt.",
            csv.MEDIATYPE,
            _codeboek_csv,
            openbaar=True,
        ),
        Bestand(
            "openbaar.csv",
            "Openbare uitkomsten (CSV)",
            "De tabellen van het rapport, zonder kleine groepen: hetzelfde bestand dat in de PDF van het rapport zit.",
            csv.MEDIATYPE,
            _openbaar_csv,
            openbaar=True,
        ),
        Bestand(
            "openbaar.xlsx",
            "Openbare uitkomsten (Excel)",
            "Dezelfde tabellen als werkboek.",
            xlsx.MEDIATYPE,
            _openbaar_xlsx,
            openbaar=True,
        ),
    )
}
