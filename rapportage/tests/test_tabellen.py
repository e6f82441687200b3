"""Tables: what is in the denominator, what stands beside it, and what is not printed."""

import csv
import io
from dataclasses import replace

from rapportage import tabellen
from rapportage.export import tellingen
from rapportage.indelingen import ROL
from rapportage.onderdrukking import openbaar
from rapportage.queries.tellingen import OORDELEN
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
    assert tabel.noot == (
        "Beoordeeld bij 9 van 14 gemeenten; niet te beoordelen bij 4. Percentages van beoordeeld. "
        "Door afronding tellen de percentages niet overal op tot 100."  # 22, 33 and 44
    )


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


def test_afronding_wordt_gezegd_waar_zij_te_zien_is():
    assert tabellen.afronding([([1, 1, 1], 3)]) == " Door afronding tellen de percentages niet overal op tot 100."
    assert tabellen.afronding([([6, 2, 5], 13)]) != ""  # 46, 15 and 38
    assert tabellen.afronding([([1, 1], 2), ([0, 0], 0)]) == ""


KLEIN = Vraaguitkomst(
    "V2.3", "Sluit het aan?", "keuze", (Optie("ja", "ja"), Optie("nee", "nee")),
    (Telling(VOOR, 3, 3, 0, 0, {"ja": 2, "nee": 1}), Telling(NIET, 1, 1, 0, 0, {"ja": 1, "nee": 0}),
     Telling(ALLE, 4, 4, 0, 0, {"ja": 3, "nee": 1})),
    themas=(Thematelling("Banen", (2, 1, 3)),),
)  # fmt: skip


def publiek(vraag: Vraaguitkomst) -> Vraaguitkomst:
    onderdeel = Onderdeeluitkomst("1", "Eén", "Eén", [vraag], [])
    return openbaar(Uitkomsten("Juni", True, "x", ROL, (VOOR, NIET, ALLE), (9, 4, 13), 13, (onderdeel,))).vraag("V2.3")


def test_een_vraag_met_een_kleine_groep_staat_er_alleen_als_geheel():
    vraag = publiek(KLEIN)
    tabel = tabellen.vraagtabel(vraag)
    assert tabel.kolommen == ("Antwoord", "Alle gemeenten")
    assert list(tabel.rijen) == [("Ja", "3 (75%)"), ("Nee", "1 (25%)"), ("Beantwoord", 4), ("Gevraagd", 4)]
    assert tabel.noot.endswith("Niet naar groep: een van de groepen telt hier minder dan 3 gemeenten.")
    assert list(tabellen.thematabel(vraag).rijen) == [("Banen", 3)]
    assert "oortrekkers" not in tabellen.vraaggrafiek(vraag).alt


def test_een_open_vraag_met_een_kleine_groep_staat_er_alleen_als_geheel():
    """V1.5 of juni 2008: seven and two were asked, and all of them answered; of the two that is not told."""
    open_ = replace(KLEIN, soort="open", keuzes=(), tellingen=(Telling(VOOR, 7, 7, 0, 0), Telling(NIET, 2, 2, 0, 0),
                    Telling(ALLE, 9, 9, 0, 0)), themas=(Thematelling("Banen", (7, 2, 9)),))  # fmt: skip
    groot = replace(
        open_, tellingen=(Telling(VOOR, 9, 9, 0, 0), Telling(NIET, 4, 3, 1, 0), Telling(ALLE, 13, 12, 1, 0))
    )
    tabel = tabellen.opentabel([groot, publiek(open_)])
    assert [rij[1:] for rij in tabel.rijen] == [("9 van 9", "3 van 4", "12 van 13"), ("–", "–", "9 van 9")]
    assert tabel.noot == "– is onderdrukt: minder dan 3 gemeenten, of daaruit te herleiden."
    assert list(tabellen.thematabel(publiek(open_)).rijen) == [("Banen", 9)]


def test_het_openbare_bestand_heeft_van_een_kleine_groep_geen_regel():
    """All four answered V2.3; with one in a group there is a line for the four together only, and of two in all no number."""
    assert openbare_regels(KLEIN) == {
        "ja": [("Alle gemeenten", "3", "4", "naar groep")],
        "nee": [("Alle gemeenten", "1", "4", "naar groep")],
        "Banen": [("Alle gemeenten", "3", "4", "naar groep")],
    }
    twee = replace(KLEIN, tellingen=(Telling(VOOR, 1, 0, 0, 0, {"ja": 0, "nee": 0}), Telling(NIET, 1, 0, 0, 0, {"ja": 0, "nee": 0}),
                   Telling(ALLE, 2, 0, 0, 0, {"ja": 0, "nee": 0})), themas=())  # fmt: skip
    assert openbare_regels(twee) == {
        "ja": [("Alle gemeenten", "", "", "ja")],
        "nee": [("Alle gemeenten", "", "", "ja")],
    }


def openbare_regels(vraag: Vraaguitkomst) -> dict[str, list]:
    onderdeel = Onderdeeluitkomst("1", "Eén", "Eén", [publiek(vraag)], [])
    inhoud = tellingen.csv_van(Uitkomsten("Juni", True, "x", ROL, (VOOR, NIET, ALLE), (9, 4, 13), 13, (onderdeel,)))
    uit: dict[str, list] = {}
    for r in csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"):
        uit.setdefault(r["antwoord"], []).append((r["groep"], r["aantal"], r["gevraagd"], r["onderdrukt"]))
    return uit


def test_een_vraag_aan_bijna_niemand_is_een_zin():
    een, twee = replace(KLEIN, code="V1.7c"), replace(KLEIN, code="V1.7d")
    assert tabellen.zonder_cijfers([]) == ""
    assert tabellen.zonder_cijfers([een, twee]).startswith(
        "V1.7c en V1.7d zijn aan minder dan 3 gemeenten gesteld, of door zo weinig beantwoord;"
    )


def test_een_norm_waar_in_een_groep_een_op_te_beoordelen_is():
    """A1.2 of juni 2008: 5 of 9 and 0 of 1. Of the one it may not be said, and it is not what is left of the total."""
    norm = replace(
        NORM, tellingen=(telling(VOOR, 5, 2, 2), telling(NIET, 0, 1, buiten=3), telling(ALLE, 5, 3, 2, buiten=3))
    )
    onderdeel = Onderdeeluitkomst("1", "Eén", "Eén", [], [norm])
    norm = openbaar(Uitkomsten("Juni", True, "x", ROL, (VOOR, NIET, ALLE), (9, 4, 13), 13, (onderdeel,))).norm("A1.3")
    assert list(tabellen.voldoettabel([norm]).rijen) == [("A1.3 Gids", "–", "–", "5 van 10")]


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
