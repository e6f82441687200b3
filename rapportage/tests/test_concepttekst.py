"""The drafted sentences: grammar for none, one, some and all, and never a quantifier without its numbers."""

import re
from datetime import date

import pytest

from rapportage import concepttekst
from rapportage.concepttekst import (
    aanpak,
    groepszin,
    hoeveel,
    normalinea,
    openzin,
    opsomming,
    periode,
    restzin,
    vraagzin,
)
from rapportage.uitkomst import (
    ALLE,
    Gesprekken,
    Groep,
    Indeling,
    Normtelling,
    Normuitkomst,
    Optie,
    Steekproef,
    Telling,
    Thematelling,
    Uitkomsten,
    Voorwaarde,
    Vraaguitkomst,
)

VOOR = Groep("voortrekker", "Voortrekkers", "voortrekkers", "voortrekker")
NIET = Groep("niet-voortrekker", "Niet-voortrekkers", "niet-voortrekkers", "niet-voortrekker")
EIGEN = "regionale-samenwerking"


def gesloten(code, tekst="Is het zo?", *, voor, niet, weet_niet=0, gevraagd=None, voorwaarde=None):
    """A closed question: counts per answer for both groups, as {"ja": 5, "nee": 4}."""
    tellingen = []
    for groep, per_keuze in ((VOOR, voor), (NIET, niet), (ALLE, {k: voor[k] + niet[k] for k in voor})):
        n = sum(per_keuze.values())
        rest = weet_niet if groep is ALLE else 0
        tellingen.append(Telling(groep, gevraagd if groep is ALLE and gevraagd else n + rest, n, rest, 0, per_keuze))
    keuzes = [Optie(keuze, keuze) for keuze in voor]
    return Vraaguitkomst(code, tekst, "keuze", keuzes, tellingen, voorwaarde=voorwaarde)


@pytest.mark.parametrize(
    ("x", "n", "verwacht"),
    [
        (0, 13, "geen van de onderzochte gemeenten (0 van 13)"),
        (1, 13, "een enkele van de onderzochte gemeenten (1 van 13)"),
        (3, 13, "enkele van de onderzochte gemeenten (3 van 13)"),
        (6, 13, "ongeveer de helft van de onderzochte gemeenten (6 van 13)"),
        (10, 13, "de meeste onderzochte gemeenten (10 van 13)"),
        (12, 13, "vrijwel alle onderzochte gemeenten (12 van 13)"),
        (13, 13, "alle onderzochte gemeenten (13 van 13)"),
        (1, 1, "de enige gemeente waarvan het antwoord bekend is (1 van 1)"),
        (0, 1, "geen gemeente waarvan het antwoord bekend is (0 van 1)"),
    ],
)
def test_hoeveel(x, n, verwacht):
    assert hoeveel(x, n, "onderzochte gemeenten") == verwacht


def test_de_zin_van_2008():
    vraag = gesloten("V1.2", voor={"ja": 5, "intentie": 1, "nee": 3}, niet={"ja": 1, "intentie": 1, "nee": 2})
    assert vraagzin(vraag, EIGEN, 13) == (
        "Bij ongeveer de helft van de onderzochte gemeenten (6 van 13) werken afdelingen binnen de gemeente met elkaar samen; "
        "bij enkele (2 van 13) bestaat daartoe de intentie; bij de overige (5 van 13) is van zulke samenwerking geen sprake."
    )
    assert groepszin(vraag) == "Het gaat om 5 van 9 voortrekkers en 1 van 4 niet-voortrekkers."


def test_een_in_een_groep_is_enkelvoud():
    vraag = gesloten("V1.2", voor={"ja": 1, "nee": 0}, niet={"ja": 1, "nee": 2})
    assert groepszin(vraag) == "Het gaat om 1 van 1 voortrekker en 1 van 3 niet-voortrekkers."


@pytest.mark.parametrize(
    ("voor", "niet", "verwacht"),
    [
        (9, 4, "Het onderzoek omvat 13 gemeenten: 9 voortrekkers en 4 niet-voortrekkers."),
        (1, 1, "Het onderzoek omvat 2 gemeenten: 1 voortrekker en 1 niet-voortrekker."),
        (1, 0, "Het onderzoek omvat 1 gemeente: 1 voortrekker en 0 niet-voortrekkers."),
    ],
)
def test_aanpak_telt_de_steekproef(voor, niet, verwacht):
    groepen, dossiers = (VOOR, NIET, ALLE), (voor, niet, voor + niet)
    indeling = Indeling("rol", "Rol", "rol", (VOOR, NIET))
    uitkomsten = Uitkomsten("Juni 2008", True, EIGEN, indeling, groepen, dossiers, voor + niet, ())
    steekproef = Steekproef(groepen, dossiers, (), (), None, None)
    assert aanpak(uitkomsten, steekproef).split("\n\n")[0].endswith(f" {verwacht}")


def test_niemand_zegt_ja():
    vraag = gesloten("V2.5", voor={"ja": 0, "nee": 9}, niet={"ja": 0, "nee": 4})
    zin = vraagzin(vraag, EIGEN, 13)
    assert zin.startswith("Bij geen van de onderzochte gemeenten (0 van 13) zijn concrete prestatieafspraken gemaakt")
    assert zin.endswith("; bij alle (13 van 13) zijn zulke afspraken er niet.")
    assert groepszin(vraag) == ""


def test_iedereen_zegt_ja():
    vraag = gesloten("V2.2", voor={"ja": 9, "nee": 0}, niet={"ja": 4, "nee": 0})
    assert (
        vraagzin(vraag, EIGEN, 13)
        == "Bij alle onderzochte gemeenten (13 van 13) is een regionaal arbeidsmarktplan geformuleerd."
    )


def test_wie_het_niet_weet_is_geen_noemer():
    vraag = gesloten("V2.1", voor={"ja": 5, "nee": 3}, niet={"ja": 1, "nee": 3}, weet_niet=1)
    assert vraagzin(vraag, EIGEN, 13).startswith(
        "Bij ongeveer de helft van de gemeenten waarvan het antwoord bekend is (6 van 12) ligt er een analyse"
    )
    assert restzin(vraag.alle) == "Van 1 gemeente is het antwoord niet bekend."


def test_keuzes_zonder_ja_op_volgorde_van_grootte():
    vraag = gesloten(
        "V1.6",
        voor={"faciliterend": 2, "beheersend": 0, "uitvoerend": 1, "visiegericht": 6},
        niet={"faciliterend": 1, "beheersend": 0, "uitvoerend": 0, "visiegericht": 1},
    )
    assert vraagzin(vraag, EIGEN, 13) == (
        "Bij een meerderheid van de gemeenten die regionaal samenwerken (7 van 11) is de regie visiegericht; "
        "bij een minderheid (3 van 11) is de regie faciliterend; bij de overige gemeente (1 van 11) is de regie uitvoerend."
    )


def test_een_ander_instrument_krijgt_een_gewone_zin():
    vraag = gesloten("Q7", "Is er een *plan*?", voor={"ja": 5, "nee": 4}, niet={"ja": 1, "nee": 3})
    assert vraagzin(vraag, "anders", 13) == (
        "Bij ongeveer de helft van de onderzochte gemeenten (6 van 13) is het antwoord 'ja' op de vraag \"Is er een \\*plan\\*?\"; "
        "bij de overige (7 van 13) is het 'nee'."
    )
    voorwaarde = Voorwaarde("Q6", "ja", "ja")
    vraag = gesloten("Q7", voor={"ja": 2, "nee": 0}, niet={"ja": 1, "nee": 0}, voorwaarde=voorwaarde)
    assert vraagzin(vraag, "anders", 3).startswith(
        "Bij alle gemeenten waaraan dit is gevraagd (3 van 3) is het antwoord 'ja'"
    )


def test_zonder_antwoorden_geen_zin():
    assert vraagzin(gesloten("V1.1", voor={"ja": 0, "nee": 0}, niet={"ja": 0, "nee": 0}), EIGEN, 13) == ""


def test_restzin_met_alles():
    telling = Telling(ALLE, gevraagd=10, beantwoord=4, weet_niet=2, nvt=1, per_keuze={"ja": 4})
    assert restzin(telling) == (
        "Van 2 gemeenten is het antwoord niet bekend, bij 1 gemeente is de vraag niet van toepassing en "
        "bij 3 gemeenten is de bevinding nog niet vastgesteld."
    )
    assert restzin(Telling(ALLE, 4, 4, 0, 0, {"ja": 4})) == ""


def test_open_vraag_met_themas():
    themas = [
        Thematelling("Werkgeversloket", (4, 1, 5)),
        Thematelling("Scholing", (2, 1, 3)),
        Thematelling("Rest", (0, 0, 0)),
    ]
    telling = Telling(ALLE, 13, 12, 0, 0)
    vraag = Vraaguitkomst("V3.2", "Zo ja: welke instrumenten?", "open", (), (telling,), themas=themas)
    assert openzin(vraag) == (
        "Op de vraag \"Welke instrumenten?\" noemen gemeenten het vaakst: 'Werkgeversloket' (5 van 12) en 'Scholing' (3 van 12)."
    )
    aspect = Vraaguitkomst("V3.5b", "realisatie projecten", "open", (), (telling,), themas=themas[1:2])
    assert openzin(aspect) == "Bij \"Realisatie projecten\" noemen gemeenten het vaakst: 'Scholing' (3 van 12)."
    assert openzin(Vraaguitkomst("V3.1", "Hoe?", "open", (), (telling,), themas=themas[2:])) == ""


def norm(code, voldoet, n=13, verklaard=0):
    oordelen = {"voldoet": voldoet, "voldoet_deels": verklaard, "voldoet_niet": n - voldoet - verklaard}
    return Normuitkomst(code, "Tekst.", f"kort {code}", "", (), (Normtelling(ALLE, 13, oordelen, verklaard),))


def test_normalinea():
    assert normalinea([norm("A1", 2), norm("A2", 9, verklaard=1), norm("A3", 0)]) == (
        "Van de aandachtspunten in dit onderdeel wordt aan 'kort A2' het vaakst voldaan (9 van 13) en aan 'kort A3' het minst "
        "vaak (0 van 13). Bij één oordeel 'voldoet deels' ontbreekt het stuk dat de norm zelf vraagt en is er alleen een verklaring."
    )
    assert normalinea([norm("A1", 0), norm("A2", 0)]) == (
        "Aan geen van de aandachtspunten in dit onderdeel (2) voldoet een gemeente geheel."
    )
    assert normalinea([norm("A1", 3), norm("A2", 3)]) == (
        "Aan elk van de aandachtspunten in dit onderdeel (2) voldoet hetzelfde aantal: 3 van 13."
    )
    assert normalinea([norm("A1", 0, n=0)]) == ""


@pytest.mark.parametrize(
    ("eerste", "laatste", "verwacht"),
    [
        (date(2008, 2, 4), date(2008, 4, 28), "In de periode februari tot en met april 2008"),
        (date(2008, 3, 4), date(2008, 3, 5), "In maart 2008"),
        (date(2008, 12, 1), date(2009, 1, 9), "In de periode december 2008 tot en met januari 2009"),
    ],
)
def test_periode(eerste, laatste, verwacht):
    steekproef = Steekproef((ALLE,), (1,), (), (Gesprekken("CWI", 1, 1),), eerste, laatste)
    assert periode(steekproef) == verwacht


def test_opsomming():
    assert [opsomming(delen) for delen in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a en b", "a, b en c"]


def test_bij_elk_hoeveelheidswoord_staat_het_aantal():
    """Over all counts of a small round: each "bij <woord>" is followed by "(x van n)" before the sentence goes on."""
    for ja in range(14):
        vraag = gesloten(
            "V2.2",
            voor={"ja": min(ja, 9), "nee": 9 - min(ja, 9)},
            niet={"ja": max(ja - 9, 0), "nee": 4 - max(ja - 9, 0)},
        )
        zin = vraagzin(vraag, EIGEN, 13)
        assert all(re.search(r"\(\d+ van 13\)", deel) for deel in zin.split(";")), zin


def test_concept_van_een_leeg_onderdeel():
    leeg = concepttekst.Onderdeeluitkomst("1", "Titel", "Titel", (), ())
    assert concepttekst.bevindingen(leeg, None) == "Voor dit onderdeel zijn nog geen bevindingen vastgesteld."
    assert concepttekst.conclusies(leeg, None) == "Over dit onderdeel zijn nog geen conclusies te trekken."
