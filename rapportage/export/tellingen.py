"""All counts of a round in one long table: a row per question or norm, group and answer. Pure.

`aantal` is of dossiers. In each row *gevraagd* is the sum of the columns behind it: a share is of *beantwoord*, which for a norm is
beoordeeld. As in the tables of the report: what has a small group is there for all municipalities together only (`onderdrukt` says
*naar groep*), and of what even they are too few for each number is `LEEG` (*ja*).
"""

from collections.abc import Iterator

from rapportage.export import csv
from rapportage.export.cellen import Cel
from rapportage.onderdrukking import te_drukken
from rapportage.uitkomst import Normuitkomst, Uitkomsten, Vraaguitkomst

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
        for lees, van in ((_vraagrijen, onderdeel.vragen), (_normrijen, onderdeel.normen)):
            for uitkomst in van:
                onderdrukt = "ja" if uitkomst.alle.verborgen else "naar groep" if uitkomst.alleen_totaal else "nee"
                for soort, *namen, aantal, noemers in lees(te_drukken(uitkomst)):
                    cellen = [LEEG if uitkomst.alle.verborgen else n for n in (aantal, *noemers)]
                    yield (
                        uitkomsten.ronde, onderdeel.titel, soort, uitkomst.code, uitkomst.tekst, *namen, *cellen, onderdrukt,
                    )  # fmt: skip


def _vraagrijen(vraag: Vraaguitkomst):
    for plek, t in enumerate(vraag.tellingen):
        noemers = (t.gevraagd, t.beantwoord, t.weet_niet, t.nvt, 0, t.niet_vastgelegd)
        for keuze in vraag.keuzes:
            yield "vraag", t.groep.naam, keuze.naam, t.per_keuze[keuze.code], noemers
        if not vraag.is_gesloten:
            yield "vraag", t.groep.naam, "(beantwoord)", t.beantwoord, noemers
        for thema in vraag.gevonden_themas:
            yield "thema", t.groep.naam, " › ".join((*thema.pad, thema.naam)), thema.aantallen[plek], noemers


def _normrijen(norm: Normuitkomst):
    for t in norm.tellingen:
        noemers = (t.dossiers, t.beoordeeld, 0, 0, t.niet_te_beoordelen, t.nog_niet)
        for oordeel in norm.oordelen:
            yield "aandachtspunt", t.groep.naam, oordeel.naam, t.per_oordeel[oordeel.code], noemers
        yield "aandachtspunt", t.groep.naam, "waarvan alleen verklaard", t.alleen_verklaard, noemers
