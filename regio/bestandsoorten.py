"""What each kind of import file looks like: its columns and an example, for the page and for the template that can be downloaded."""

from dataclasses import dataclass

from regio.models import Inlezing

Soort = Inlezing.Soort


@dataclass(frozen=True)
class Kolom:
    naam: str
    uitleg: str
    verplicht: bool = False
    ook: str = ""  # other names that are understood


@dataclass(frozen=True)
class Bestandsoort:
    soort: Soort
    uitleg: str
    kolommen: tuple[Kolom, ...]
    voorbeeld: str
    extensie: str = "csv"

    @property
    def bestandsnaam(self) -> str:
        return f"voorbeeld-{self.soort.value}.{self.extensie}"


_CODE = "CBS-code van vier cijfers, met of zonder GM ervoor. Weggevallen voorloopnullen worden aangevuld."
_REGIO = "Code of naam van de regio; meer dan één met | ertussen. Leeg: in geen."

BESTANDSOORTEN: dict[str, Bestandsoort] = {
    Soort.GEMEENTEN: Bestandsoort(
        Soort.GEMEENTEN,
        "Alle gemeenten op één dag. Een gemeente die er niet in staat, geldt op die dag als opgeheven; een kolom die er niet in staat, "
        "verandert niets.",
        (
            Kolom("code", _CODE, True, "Gemeentecode, GemeentecodeGM, statcode"),
            Kolom("naam", "Naam van de gemeente.", True, "Gemeentenaam, statnaam"),
            Kolom("alias", "Andere naam, bijvoorbeeld Den Haag.", ook="andere naam"),
            Kolom("inwoners", "Alleen cijfers, zonder punt.", ook="Inwonertal, Aantal inwoners"),
            Kolom("inwoners_peildatum", "Dag van de telling; zonder deze kolom is dat de peildatum van de lijst."),
            Kolom("randstad", "ja of nee."),
            Kolom("provincie", _REGIO, ook="Provincienaam, ProvinciecodePV"),
            Kolom("corop", _REGIO),
            Kolom("rpa", _REGIO),
            Kolom("arbeidsmarktregio", _REGIO),
            Kolom("plusregio", _REGIO),
        ),
        "code;naam;provincie;inwoners\n0003;Appingedam;Groningen;12130\n0363;Amsterdam;Noord-Holland;747090\n",
    ),
    Soort.HERINDELINGEN: Bestandsoort(
        Soort.HERINDELINGEN,
        "Welke gemeente op welke dag in welke opging. Lees eerst de gemeentelijst van na die dag in: een opvolger moet bestaan.",
        (
            Kolom("datum", "De dag waarop de herindeling inging, jjjj-mm-dd of dd-mm-jjjj.", True, "Ingangsdatum"),
            Kolom("oud", f"De gemeente die (deels) verdween. {_CODE}", True, "Oude code"),
            Kolom("nieuw", f"De gemeente waarin zij opging. {_CODE}", True, "Nieuwe code"),
            Kolom("deel", "geheel of gedeeltelijk; leeg is geheel."),
            Kolom("hoofdopvolger", "ja of nee; leeg is ja. Bij een splitsing is één opvolger de aangewezene."),
            Kolom("soort", "Bijvoorbeeld herindeling of grenscorrectie."),
            Kolom("wet", "BWB-nummer."),
            Kolom("toelichting", "Vrije tekst."),
        ),
        "datum;oud;nieuw;deel;hoofdopvolger\n2010-03-18;0600;0599;geheel;ja\n2010-01-01;0993;0984;gedeeltelijk;ja\n"
        "2010-01-01;0993;1507;gedeeltelijk;nee\n",
    ),
    Soort.REGIOS: Bestandsoort(
        Soort.REGIOS,
        "Regio's, en welke gemeente er van wanneer tot wanneer bij hoort: één rij per lidmaatschap. Wat niet in het bestand staat, blijft.",
        (
            Kolom("soort", "provincie, corop, rpa, arbeidsmarktregio, plusregio of samenwerking.", True),
            Kolom("code", "Code van de regio; zij verandert niet meer.", True),
            Kolom("naam", "Naam van de regio.", True),
            Kolom("gemeente", "CBS-code van een gemeente die erbij hoort; leeg: alleen de regio zelf."),
            Kolom("vanaf", "Eerste dag van het lidmaatschap; verplicht als de gemeente is ingevuld."),
            Kolom("tot", "Eerste dag waarop het niet meer geldt; leeg: het geldt nog."),
        ),
        "soort;code;naam;gemeente;vanaf;tot\nrpa;RP01;Groningen;0003;2008-01-01;\nrpa;RP01;Groningen;0005;2008-01-01;2012-01-01\n",
    ),
    Soort.GRENZEN: Bestandsoort(
        Soort.GRENZEN,
        "Een GeoJSON-verzameling (FeatureCollection) zoals PDOK en het CBS die geven: per gemeente een Polygon of MultiPolygon, in RD of "
        "WGS84. Grenzen worden vereenvoudigd bewaard en gelden vanaf de peildatum. Neem de gegeneraliseerde grenzen.",
        (
            Kolom("statcode", f"Eigenschap (property) met de code. {_CODE}", True, "gemeentecode, gm_code, code"),
            Kolom("geometry", "Polygon of MultiPolygon met gesloten ringen.", True),
        ),
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"statcode": "GM0363"}, "geometry": {"type": '
        '"Polygon", "coordinates": [[[115000, 480000], [130000, 480000], [130000, 492000], [115000, 492000], [115000, 480000]]]}}]}\n',
        "json",
    ),
}
