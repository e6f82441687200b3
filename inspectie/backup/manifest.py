"""The manifest: what is in a backup, and whether all of it is there to the bit. Pure, no Django."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from inspectie.backup.schijf import naar_schijf, schrijf, som_van

FORMAAT = 1
TOEPASSING = "monitor-regionale-samenwerking"
MANIFEST = "manifest.json"
ZEGEL = "manifest.sha256"  # as sha256sum writes it
GEGEVENS = "gegevens"
DOCUMENTEN = "documenten"


class Onbruikbaar(Exception):
    """What stands here is no whole backup of this application; the message says which file is wrong, for who restores."""


@dataclass(frozen=True)
class Tabel:
    """The rows of one table. `inhoud` is the hash without the traces that making backups itself left in the history."""

    naam: str
    rijen: int
    grootte: int
    sha256: str
    inhoud: str
    hoogste: int | None  # the highest number ever given out; None where the database gives none

    @property
    def bestand(self) -> str:
        return f"{GEGEVENS}/{self.naam}.jsonl"


@dataclass(frozen=True)
class Document:
    naam: str
    grootte: int
    sha256: str

    @property
    def bestand(self) -> str:
        return f"{DOCUMENTEN}/{self.naam}"


@dataclass(frozen=True)
class Manifest:
    versie: str
    gemaakt_op: str
    database: str
    migraties: dict[str, list[str]]
    tabellen: list[Tabel]
    documenten: list[Document]
    gemist: list[str] = field(
        default_factory=list
    )  # documents that were damaged or gone already when the backup was made
    formaat: int = FORMAAT
    toepassing: str = TOEPASSING

    @property
    def rijen(self) -> int:
        return sum(tabel.rijen for tabel in self.tabellen)

    @property
    def omvang(self) -> int:
        return sum(deel.grootte for deel in (*self.tabellen, *self.documenten))

    @property
    def inhoud(self) -> str:
        """One hash over all contents: two installations that hold the same have the same, whatever their database."""
        return som_over(
            {tabel.naam: tabel.inhoud for tabel in self.tabellen},
            {document.naam: document.sha256 for document in self.documenten},
        )


def som_over(tabellen: dict[str, str], documenten: dict[str, str]) -> str:
    regels = [f"{soort} {naam} {som}\n" for soort, deel in (("tabel", tabellen), ("document", documenten))
              for naam, som in sorted(deel.items())]  # fmt: skip
    return hashlib.sha256("".join(regels).encode()).hexdigest()


def bewaar(manifest: Manifest, map_: Path) -> None:
    """Write the manifest and its seal, last of all."""
    tekst = json.dumps(asdict(manifest) | {"inhoud": manifest.inhoud}, ensure_ascii=False, indent=1, sort_keys=True)
    som = schrijf(map_ / MANIFEST, [tekst.encode()])
    schrijf(map_ / ZEGEL, [f"{som.sha256}  {MANIFEST}\n".encode()])
    naar_schijf(map_)


def controleer(map_: Path) -> Manifest:
    """Look at every file of a backup. Raises Onbruikbaar at the first thing that is not as it was made."""
    if not map_.is_dir():
        raise Onbruikbaar(f"{map_} is geen map.")
    manifest = _lees(map_)
    verwacht = {deel.bestand: deel for deel in (*manifest.tabellen, *manifest.documenten)}
    aanwezig = set(_bestanden(map_)) - {MANIFEST, ZEGEL}
    if vreemd := sorted(aanwezig - verwacht.keys()):
        raise Onbruikbaar(f"{vreemd[0]} hoort niet in deze backup.")
    for naam, deel in verwacht.items():
        if naam not in aanwezig:
            raise Onbruikbaar(f"{naam} ontbreekt: de backup is niet volledig.")
        som = som_van(map_ / naam)
        if (som.grootte, som.sha256) != (deel.grootte, deel.sha256):
            raise Onbruikbaar(f"{naam} is beschadigd: het controlegetal klopt niet.")
    return manifest


def _lees(map_: Path) -> Manifest:
    for naam in (MANIFEST, ZEGEL):
        if not (map_ / naam).is_file():
            raise Onbruikbaar(f"{naam} ontbreekt: dit is geen (volledige) backup van deze toepassing.")
    tekst = (map_ / MANIFEST).read_bytes()
    if (map_ / ZEGEL).read_bytes() != f"{hashlib.sha256(tekst).hexdigest()}  {MANIFEST}\n".encode():
        raise Onbruikbaar(f"{MANIFEST} of {ZEGEL} is beschadigd: zij horen niet bij elkaar.")
    try:
        gegevens = json.loads(tekst)
    except ValueError as fout:
        raise Onbruikbaar(f"{MANIFEST} is geen geldige JSON.") from fout
    if not isinstance(gegevens, dict) or gegevens.get("toepassing") != TOEPASSING:
        raise Onbruikbaar(f"{MANIFEST} is niet van deze toepassing.")
    if gegevens.get("formaat") != FORMAAT:
        raise Onbruikbaar(
            f"{MANIFEST} heeft formaat {gegevens.get('formaat')}; deze versie van de toepassing leest formaat {FORMAAT}."
        )
    inhoud = gegevens.pop("inhoud", None)
    try:
        gegevens["tabellen"] = [Tabel(**tabel) for tabel in gegevens["tabellen"]]
        gegevens["documenten"] = [Document(**document) for document in gegevens["documenten"]]
        manifest = Manifest(**gegevens)
    except (KeyError, TypeError) as fout:
        raise Onbruikbaar(f"{MANIFEST} mist een gegeven of heeft er een te veel: {fout}.") from fout
    if manifest.inhoud != inhoud:
        raise Onbruikbaar(f"{MANIFEST} spreekt zichzelf tegen: de som over de inhoud klopt niet.")
    return manifest


def _bestanden(map_: Path) -> Iterator[str]:
    for pad in map_.rglob("*"):
        if pad.is_symlink() or not (pad.is_file() or pad.is_dir()):
            raise Onbruikbaar(f"{pad.relative_to(map_)} is geen gewoon bestand.")
        if pad.is_file():
            yield pad.relative_to(map_).as_posix()
