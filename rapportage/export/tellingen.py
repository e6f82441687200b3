"""All counts of a round in one long table: a row per question or norm, group and answer. Pure.

`aantal` is of dossiers. In each row *gevraagd* is the sum of the columns behind it: a share is of *beantwoord*, which for a norm is
beoordeeld. What is left out of a public table is `LEEG` here, and `onderdrukt` says so.
"""

from collections.abc import Iterator, Sequence

from rapportage.export import csv
from rapportage.export.cellen import Cel
from rapportage.uitkomst import Normtelling, Normuitkomst, Telling, Uitkomsten, Vraaguitkomst

KOLOMMEN = (
    "ronde", "onderdeel", "soort", "code", "tekst", "groep", "antwoord", "aantal",
    "gevraagd", "beantwoord", "weet_niet", "niet_van_toepassing", "niet_te_beoordelen", "nog_niet_vastgelegd", "onderdrukt",
)  # fmt: skip
LEEG = None
BREEDTES = (16, 22, 14, 8, 50, 20, 28)


def csv_van(uitkomsten: Uitkomsten) -> bytes:
    return csv.inhoud(KOLOMMEN, rijen(uitkomsten))


def rijen(uitkomsten: Uitkomsten) -> Iterator[tuple[Cel, ...]]:
    for onderdeel in uitkomsten.onderdelen:
        for rij in (*_vraagrijen(onderdeel.vragen), *_normrijen(onderdeel.normen)):
            yield uitkomsten.ronde, onderdeel.titel, *rij, "ja" if LEEG in rij else "nee"


def _getoond(telling: Telling | Normtelling, rij: str, aantal: int) -> Cel:
    return LEEG if rij in telling.verborgen else aantal


def _vraagrijen(vragen: Sequence[Vraaguitkomst]):
    for vraag in vragen:
        for plek, t in enumerate(vraag.tellingen):
            gevraagd, beantwoord, weet_niet, nvt, niet_vastgelegd = (
                _getoond(t, naam, getattr(t, naam))
                for naam in ("gevraagd", "beantwoord", "weet_niet", "nvt", "niet_vastgelegd")
            )
            noemers = (gevraagd, beantwoord, weet_niet, nvt, 0, niet_vastgelegd)
            kop = (vraag.code, vraag.tekst, t.groep.naam)
            for keuze in vraag.keuzes:
                yield "vraag", *kop, keuze.naam, _getoond(t, keuze.code, t.per_keuze[keuze.code]), *noemers
            if not vraag.is_gesloten:
                yield "vraag", *kop, "(beantwoord)", beantwoord, *noemers
            for thema in vraag.gevonden_themas:
                aantal = LEEG if t.groep.code in thema.verborgen else thema.aantallen[plek]
                yield "thema", *kop, " › ".join((*thema.pad, thema.naam)), aantal, *noemers


def _normrijen(normen: Sequence[Normuitkomst]):
    for norm in normen:
        for t in norm.tellingen:
            dossiers, beoordeeld, niet_te_beoordelen, nog_niet = (
                _getoond(t, naam, getattr(t, naam))
                for naam in ("dossiers", "beoordeeld", "niet_te_beoordelen", "nog_niet")
            )
            noemers = (dossiers, beoordeeld, 0, 0, niet_te_beoordelen, nog_niet)
            kop = (norm.code, norm.tekst, t.groep.naam)
            for oordeel in norm.oordelen:
                yield (
                    "aandachtspunt",
                    *kop,
                    oordeel.naam,
                    _getoond(t, oordeel.code, t.per_oordeel[oordeel.code]),
                    *noemers,
                )
            verklaard = _getoond(t, "alleen_verklaard", t.alleen_verklaard)
            yield "aandachtspunt", *kop, "waarvan alleen verklaard", verklaard, *noemers
