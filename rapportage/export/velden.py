"""The columns of the file per dossier, made from the instrument: one row is one dossier, one column one question or norm.

The same columns make the file for people (codes and texts), the file for SPSS and R (numbers), and the codebook.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapportage.export.cellen import Cel
from rapportage.models import Thema
from regio.grootte import GROOTTEKLASSEN, ONBEKEND
from vragenlijst.models import Aandachtspunt, Beoordeling, Bevinding, Dossier, Keuze, Onderdeel, Vraag
from vragenlijst.waarde import als_getal

# Why a question has no answer that counts. The numbers are above those of any choice, so that SPSS can call them missing.
NIET_GEVRAAGD, NIET_VASTGELEGD, VERVALLEN, BEANTWOORD = "niet_gevraagd", "niet_vastgelegd", "vervallen", "beantwoord"
ONTBREEKT_VANAF = 90
GEEN_NAAM = re.compile(r"[^A-Za-z0-9_.]")


@dataclass(frozen=True)
class Waarde:
    """What can stand in a column: its code, the number it has for SPSS and R, and what it means."""

    code: str
    nummer: int
    naam: str
    ontbreekt: bool = False


@dataclass(frozen=True)
class Feiten:
    """All that is known of one dossier: findings by question, judgements by norm, themes by finding."""

    dossier: Dossier
    regios: dict[str, str]
    bevindingen: dict[int, Bevinding]
    beoordelingen: dict[int, Beoordeling]
    themas: dict[int, frozenset[int]]

    def telt(self, vraag: Vraag) -> Bevinding | None:
        """The finding on this question if it counts."""
        bevinding = self.bevindingen.get(vraag.pk)
        return bevinding if bevinding and not bevinding.vervallen and not bevinding.is_leeg else None

    def gevraagd(self, vraag: Vraag) -> bool:
        if not vraag.voorwaarde_id:
            return True
        op = self.telt(vraag.voorwaarde.vraag)
        return op is not None and op.keuze_id == vraag.voorwaarde_id

    def zonder_antwoord(self, vraag: Vraag) -> str:
        bevinding = self.bevindingen.get(vraag.pk)
        if bevinding and bevinding.vervallen:
            return VERVALLEN
        return NIET_VASTGELEGD if self.gevraagd(vraag) else NIET_GEVRAAGD


# How SPSS and R read a column that holds no code: a whole number, one with decimals, a date as dd-mm-jjjj, or a short text.
Soort = Literal["getal", "decimaal", "datum", "tekst"]


@dataclass(frozen=True)
class Veld:
    """One column. With `waarden` the cell holds the code of one of them, or nothing; a `tekst` may be of any length."""

    naam: str
    omschrijving: str
    lees: Callable[[Feiten], Cel]
    waarden: Sequence[Waarde] = ()
    tekst: bool = False
    onderdeel: str = ""
    bij: Vraag | Aandachtspunt | None = None
    soort: Soort = "getal"
    _nummers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "_nummers", {waarde.code: waarde.nummer for waarde in self.waarden})

    @property
    def variabele(self) -> str:
        """The name in SPSS and R, which know no spaces and no hyphens and begin with a letter."""
        naam = GEEN_NAAM.sub("_", self.naam).rstrip(".")
        return naam if naam[:1].isalpha() else f"v_{naam}"

    def nummer(self, feiten: Feiten) -> Cel:
        cel = self.lees(feiten)
        return self._nummers[cel] if self.waarden and cel not in ("", None) else cel


JA_NEE = (Waarde("nee", 0, "nee"), Waarde("ja", 1, "ja"))


def velden(onderdelen: Sequence[Onderdeel], normen: Sequence[Aandachtspunt], themas: Sequence[Thema]) -> list[Veld]:
    """All columns in the order of the instrument."""
    per_vraag: dict[int, list[Thema]] = {}
    for thema in themas:
        per_vraag.setdefault(thema.vraag_id, []).append(thema)
    uit = list(_kenmerken())
    for onderdeel in onderdelen:
        for vraag in onderdeel.vragen.all():
            uit += _van_vraag(vraag, onderdeel.titel, per_vraag.get(vraag.pk, []))
        for norm in normen:
            if norm.onderdeel_id == onderdeel.pk:
                uit += _van_norm(norm, onderdeel.titel_aandachtspunten)
    return uit


def _kenmerken() -> Iterator[Veld]:
    klassen = [Waarde(str(klasse.code), klasse.code, klasse.naam) for klasse in (*GROOTTEKLASSEN, ONBEKEND)]
    rollen = [Waarde(rol.value, plek, rol.label) for plek, rol in enumerate(Dossier.Rol, start=1)]
    standen = [Waarde(stand.value, plek, stand.label) for plek, stand in enumerate(Dossier.Status, start=1)]
    yield Veld("dossier", "Nummer van het dossier", lambda f: f.dossier.pk)
    yield Veld("gemeentecode", "CBS-code van de gemeente", lambda f: f.dossier.gemeente.code, soort="tekst")
    yield Veld("gemeente", "Naam van de gemeente", lambda f: f.dossier.gemeente.naam, tekst=True)
    yield Veld("rol", "Rol van de gemeente op de peildatum", lambda f: f.dossier.rol, rollen)
    yield Veld("inwoners", "Inwoners op de peildatum", lambda f: f.dossier.inwoners)
    yield Veld("grootteklasse", "Grootteklasse op de peildatum", lambda f: str(f.dossier.grootteklasse_code), klassen)
    yield Veld(
        "randstad", "Ligt in de Randstad op de peildatum", lambda f: {True: "ja", False: "nee"}.get(f.dossier.randstad), JA_NEE
    )  # fmt: skip
    for soort, naam in (("provincie", "Provincie"), ("rpa", "RPA-gebied"), ("corop", "COROP-gebied")):
        yield Veld(
            soort, f"{naam} op de peildatum", lambda f, soort=soort: f.regios.get(soort, ""), tekst=True
        )  # fmt: skip
    yield Veld("dossierstatus", "Status van het dossier", lambda f: f.dossier.status, standen)


def _van_vraag(vraag: Vraag, onderdeel: str, themas: Sequence[Thema]) -> Iterator[Veld]:
    keuzes = _keuzes(vraag)
    antwoord = f"{vraag.code} {vraag.tekst}"

    def uitkomst(f: Feiten) -> str:
        bevinding = f.telt(vraag)
        if bevinding is None:
            return f.zonder_antwoord(vraag)
        return bevinding.keuze.code if bevinding.keuze else BEANTWOORD

    def tekst(f: Feiten) -> str:
        bevinding = f.telt(vraag)
        return _in_woorden(bevinding) if bevinding else ""

    def veld(naam: str, omschrijving: str, lees, waarden=(), *, tekst: bool = False) -> Veld:
        return Veld(naam, omschrijving, lees, waarden, tekst, onderdeel, vraag)

    if vraag.is_gesloten:
        yield veld(vraag.code, antwoord, uitkomst, keuzes)
        yield veld(f"{vraag.code}_toelichting", f"Toelichting bij {vraag.code}", tekst, tekst=True)
    elif vraag.soort in (Vraag.Soort.GETAL, Vraag.Soort.DATUM):
        yield veld(f"{vraag.code}_telling", f"Beantwoord: {antwoord}", uitkomst, keuzes)
        yield _waardeveld(vraag, antwoord, onderdeel)
    else:
        yield veld(f"{vraag.code}_telling", f"Beantwoord: {antwoord}", uitkomst, keuzes)
        yield veld(vraag.code, antwoord, tekst, tekst=True)
    standen = [Waarde(stand.value, plek, stand.label) for plek, stand in enumerate(Bevinding.Stand, start=1)]
    yield veld(
        f"{vraag.code}_bronnen",
        f"Hoe de antwoorden van de actoren zich verhielden bij {vraag.code}",
        lambda f: f.telt(vraag).stand if f.telt(vraag) else "",
        standen,
    )
    for thema in themas:
        yield veld(
            f"{vraag.code}_thema_{thema.pk}",
            f"Thema bij {vraag.code}: {thema.naam}",
            lambda f, pk=thema.pk: _heeft_thema(f, vraag, pk),
            JA_NEE,
        )


def _waardeveld(vraag: Vraag, antwoord: str, onderdeel: str) -> Veld:
    """A number as one, in its unit; a date as dd-mm-jjjj."""
    is_getal = vraag.soort == Vraag.Soort.GETAL

    def waarde(f: Feiten) -> Cel:
        bevinding = f.telt(vraag)
        if bevinding is None or not bevinding.tekst:
            return ""
        return als_getal(bevinding.tekst) if is_getal else bevinding.tekst

    wat = f"{antwoord} ({vraag.eenheid})" if vraag.eenheid else antwoord
    return Veld(vraag.code, wat, waarde, soort="decimaal" if is_getal else "datum", onderdeel=onderdeel, bij=vraag)


def _heeft_thema(feiten: Feiten, vraag: Vraag, thema: int) -> str:
    bevinding = feiten.telt(vraag)
    if bevinding is None:
        return ""
    return "ja" if thema in feiten.themas.get(bevinding.pk, ()) else "nee"


def _keuzes(vraag: Vraag) -> list[Waarde]:
    """The choices in their order from 1; what says nothing on the matter from 90."""
    keuzes = list(vraag.keuzes.all())
    inhoud = [keuze for keuze in keuzes if keuze.soort == Keuze.Soort.INHOUD]
    overig = [keuze for keuze in keuzes if keuze.soort != Keuze.Soort.INHOUD]
    waarden = [Waarde(keuze.code, nummer, keuze.naam) for nummer, keuze in enumerate(inhoud, start=1)]
    if not vraag.is_gesloten:
        waarden = [Waarde(BEANTWOORD, 1, "beantwoord")]
    redenen = [
        *((keuze.code, keuze.naam) for keuze in overig),
        (NIET_GEVRAAGD, "niet gevraagd: de voorwaarde geldt niet"),
        (VERVALLEN, "vervallen: de voorwaarde geldt niet meer"),
        (NIET_VASTGELEGD, "nog niet vastgelegd"),
    ]
    return waarden + [
        Waarde(code, nummer, naam, ontbreekt=True) for nummer, (code, naam) in enumerate(redenen, start=ONTBREEKT_VANAF)
    ]


def _in_woorden(bevinding: Bevinding) -> str:
    if bevinding.gemeente:
        return bevinding.gemeente.naam
    if bevinding.rijen:
        return "\n".join(f"{partij}: {afspraak}" for partij, afspraak in bevinding.rijen)
    return bevinding.tekst


def _van_norm(norm: Aandachtspunt, onderdeel: str) -> Iterator[Veld]:
    niet = Beoordeling.Oordeel.NIET_TE_BEOORDELEN
    oordelen = [
        Waarde(oordeel.value, nummer, oordeel.label)
        for nummer, oordeel in enumerate((o for o in Beoordeling.Oordeel if o != niet), start=1)
    ]
    oordelen += [
        Waarde(niet.value, ONTBREEKT_VANAF, niet.label, ontbreekt=True),
        Waarde("nog_niet", ONTBREEKT_VANAF + 1, "nog niet beoordeeld", ontbreekt=True),
    ]

    def van(lees: Callable[[Beoordeling], Cel], anders: str) -> Callable[[Feiten], Cel]:
        return lambda f: lees(f.beoordelingen[norm.pk]) if norm.pk in f.beoordelingen else anders

    def veld(naam: str, omschrijving: str, lees, waarden=(), *, tekst: bool = False) -> Veld:
        return Veld(naam, omschrijving, lees, waarden, tekst, onderdeel, norm)

    yield veld(norm.code, f"{norm.code} {norm.tekst}", van(lambda b: b.oordeel, "nog_niet"), oordelen)
    if norm.vraagt_bewijs:
        yield veld(
            f"{norm.code}_alleen_verklaard",
            f"{norm.code}: voldoet deels, alleen verklaard, zonder het gevraagde stuk",
            van(lambda b: "ja" if b.alleen_verklaard else "nee", ""),
            JA_NEE,
        )
    yield veld(
        f"{norm.code}_motivering", f"Motivering van het oordeel {norm.code}", van(lambda b: b.motivering, ""), tekst=True
    )  # fmt: skip
