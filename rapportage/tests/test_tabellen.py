"""Tables: what is in the denominator, what stands beside it, and what is not printed."""

import csv
import io

from rapportage import tabellen
from rapportage.export import tellingen
from rapportage.queries import OORDELEN, ROL
from rapportage.uitkomst import (
    ALLE,
    Groep,
    Normtelling,
    Normuitkomst,
    Onderdeeluitkomst,
    Optie,
    Telling,
    Thematelling,
    Uitkomsten,
    Vraaguitkomst,
)

VOOR = Groep("voortrekker", "Voortrekkers", "voortrekkers", "voortrekker")
NIET = Groep("niet-voortrekker", "Niet-voortrekkers", "niet-voortrekkers", "niet-voortrekker")


def telling(groep, voldoet=0, deels=0, niet=0, buiten=0, dossiers=None):
    per_oordeel = {"voldoet": voldoet, "voldoet_deels": deels, "voldoet_niet": niet, "niet_te_beoordelen": buiten}
    return Normtelling(groep, dossiers or sum(per_oordeel.values()), per_oordeel, 0)


# Nine voortrekkers judged, one of ten not yet; all four others cannot be judged.
NORM = Normuitkomst(
    "A1.3", "Voluit.", "Gids", "", OORDELEN,
    (telling(VOOR, 2, 3, 4, dossiers=10), telling(NIET, buiten=4), telling(ALLE, 2, 3, 4, buiten=4, dossiers=14)),
)  # fmt: skip


def test_niet_te_beoordelen_staat_buiten_de_noemer():
    tabel = tabellen.normtabel(NORM)
    assert list(tabel.rijen) == [
        ("Voldoet", "2 (22%)", "–", "2 (22%)"),
        ("Voldoet deels", "3 (33%)", "–", "3 (33%)"),
        ("Voldoet niet", "4 (44%)", "–", "4 (44%)"),
        ("Beoordeeld", 9, 0, 9),
        ("Niet te beoordelen", 0, 4, 4),
        ("Nog niet beoordeeld", 1, 0, 1),
        ("Onderzocht", 10, 4, 14),
    ]
    assert tabel.noot == "Beoordeeld bij 9 van 14 gemeenten; niet te beoordelen bij 4. Percentages van beoordeeld."


def test_normen_op_papier_met_dezelfde_noemer():
    tabel = tabellen.voldoettabel([NORM])
    assert list(tabel.rijen) == [("A1.3 Gids", "2 van 9", "–", "2 van 9")]
    assert "niet te beoordelen is, tellen niet als beoordeeld" in tabel.noot
    grafiek = tabellen.normengrafiek([NORM], "Oordelen", "n1")
    assert "A1.3 Gids (n = 9): Voldoet 2, Voldoet deels 3, Voldoet niet 4." in grafiek.alt
    assert grafiek.tabel.kolommen == (
        "Aandachtspunt", "Voldoet", "Voldoet deels", "Voldoet niet", "Niet te beoordelen", "Nog niet beoordeeld",
    )  # fmt: skip
    assert list(grafiek.tabel.rijen) == [("A1.3 Gids", 2, 3, 4, 4, 1)]


def vraag(*themas: tuple[str, int], gesloten=True) -> Vraaguitkomst:
    tellingen = (Telling(ALLE, 13, 12, 1, 0, {"ja": 12} if gesloten else {}),)
    keuzes = (Optie("ja", "ja"),) if gesloten else ()
    gevonden = [Thematelling(naam, (aantal,)) for naam, aantal in themas]
    return Vraaguitkomst("V1.1", "Is het zo?", "keuze" if gesloten else "open", keuzes, tellingen, themas=gevonden)


def test_een_thema_zonder_bevinding_wordt_niet_gedrukt():
    assert tabellen.thematabel(vraag(("Banen", 2), ("Vergissing", 0))).rijen == [("Banen", 2)]
    assert tabellen.thematabel(vraag(("Vergissing", 0))) is None


def test_themas_bij_een_gesloten_vraag_hebben_de_bevindingen_als_noemer():
    assert "bij 13 van 13 gemeenten vastgelegd" in tabellen.thematabel(vraag(("Banen", 2))).noot


def test_csv_telt_op():
    """In every line gevraagd is the sum of the five columns behind it, and themes of nothing are not there."""
    onderdeel = Onderdeeluitkomst("1", "Eén", "Eén", [vraag(("Banen", 2), ("Vergissing", 0))], [NORM])
    uitkomsten = Uitkomsten("Juni", True, "x", ROL, (VOOR, NIET, ALLE), (10, 4, 14), 14, (onderdeel,))
    regels = list(
        csv.DictReader(io.StringIO(tellingen.csv_van(uitkomsten).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    delen = ("beantwoord", "weet_niet", "niet_van_toepassing", "niet_te_beoordelen", "nog_niet_vastgelegd")
    assert [int(r["gevraagd"]) for r in regels] == [sum(int(r[deel]) for deel in delen) for r in regels]
    buiten = [
        (r["groep"], r["aantal"], r["beantwoord"], r["niet_te_beoordelen"])
        for r in regels
        if r["antwoord"] == "Niet te beoordelen"
    ]
    assert buiten == [
        ("Voortrekkers", "0", "9", "0"),
        ("Niet-voortrekkers", "4", "0", "4"),
        ("Alle gemeenten", "4", "9", "4"),
    ]
    assert [r["antwoord"] for r in regels if r["soort"] == "thema"] == ["Banen"]
