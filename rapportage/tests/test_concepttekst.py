"""The drafted sentences: grammar for none, one, some and all, and never a quantifier without its numbers."""

import re
from datetime import date

import pytest

from rapportage import concepttekst
from rapportage.concepttekst import aanleiding, hoeveel, opsomming, periode, tussenstand, tussenstandalinea
from rapportage.formuleringen import ONDERZOCHT, SAMENWERKEND
from rapportage.uitkomst import (
    ALLE,
    Gesprekken,
    Groep,
    Indeling,
    Optie,
    Steekproef,
    Telling,
    Uitkomsten,
    Voorwaarde,
    Vraaguitkomst,
)
from rapportage.uitspraken.ontleden import kaal

VOOR = Groep("voortrekker", "Voortrekkers", "voortrekkers", "voortrekker")
NIET = Groep("niet-voortrekker", "Niet-voortrekkers", "niet-voortrekkers", "niet-voortrekker")
EIGEN = "regionale-samenwerking"


# The words, without the maten that they are bound to: those are in test_concept_gebonden.py.


def vraagzin(*args):
    return kaal(concepttekst.vraagzin(*args))


def groepszin(*args):
    return kaal(concepttekst.groepszin(*args))


def aanpak(*args):
    return kaal(concepttekst.aanpak(*args))


def bekendzin(telling, kring):
    return kaal(concepttekst.bekendzin(telling, kring, "V1.1"))


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
        (1, 13, "een enkele onderzochte gemeente (1 van 13)"),
        (3, 13, "enkele van de onderzochte gemeenten (3 van 13)"),
        (6, 13, "ongeveer de helft van de onderzochte gemeenten (6 van 13)"),
        (10, 13, "de meeste onderzochte gemeenten (10 van 13)"),
        (12, 13, "vrijwel alle onderzochte gemeenten (12 van 13)"),
        (13, 13, "alle onderzochte gemeenten (13 van 13)"),
        (1, 1, "de enige onderzochte gemeente (1 van 1)"),
        (0, 1, "geen enkele onderzochte gemeente (0 van 1)"),
    ],
)
def test_hoeveel(x, n, verwacht):
    assert hoeveel(x, n, ONDERZOCHT) == verwacht


def test_een_van_velen_is_enkelvoud():
    assert hoeveel(1, 9, SAMENWERKEND) == "een enkele gemeente die regionaal samenwerkt (1 van 9)"


def test_de_zin_van_2008():
    vraag = gesloten("V1.2", voor={"ja": 5, "intentie": 1, "nee": 3}, niet={"ja": 1, "intentie": 1, "nee": 2})
    assert vraagzin(vraag, EIGEN) == (
        "Bij ongeveer de helft van de onderzochte gemeenten (6 van 13) werken afdelingen binnen de gemeente met elkaar samen; "
        "bij enkele (2 van 13) bestaat daartoe de intentie; bij de overige (5 van 13) is van zulke samenwerking geen sprake."
    )
    assert groepszin(vraag) == "Het gaat om 5 van de 9 voortrekkers en 1 van de 4 niet-voortrekkers."


@pytest.mark.parametrize(
    ("voor", "niet", "verwacht"),
    [
        ({"ja": 1, "nee": 0}, {"ja": 1, "nee": 2}, "de enige voortrekker (1 van 1) en 1 van de 3 niet-voortrekkers"),
        (
            {"ja": 4, "nee": 3},
            {"ja": 0, "nee": 1},
            "4 van de 7 voortrekkers en niet om de enige niet-voortrekker (0 van 1)",
        ),
        (
            {"ja": 0, "nee": 1},
            {"ja": 1, "nee": 2},
            "1 van de 3 niet-voortrekkers en niet om de enige voortrekker (0 van 1)",
        ),
        ({"ja": 7, "nee": 0}, {"ja": 0, "nee": 3}, "alle 7 voortrekkers en geen van de 3 niet-voortrekkers"),
    ],
)
def test_groepen_in_gewoon_nederlands(voor, niet, verwacht):
    assert groepszin(gesloten("V1.2", voor=voor, niet=niet)) == f"Het gaat om {verwacht}."


def test_een_vervolgvraag_gaat_over_een_deel_van_de_groepen():
    """Not "6 of the 7 voortrekkers": there are nine, and seven of them were asked."""
    vraag = gesloten(
        "V1.4", voor={"ja": 6, "nee": 1}, niet={"ja": 1, "nee": 0}, voorwaarde=Voorwaarde("V1.3", "ja", "ja")
    )
    assert (
        groepszin(vraag)
        == "Onder deze gemeenten gaat het om 6 van de 7 voortrekkers en de enige niet-voortrekker (1 van 1)."
    )


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
    assert vraagzin(vraag, EIGEN) == (
        "Bij geen van de onderzochte gemeenten (0 van 13) zijn concrete prestatieafspraken gemaakt over de inzet en "
        "verantwoordelijkheid van de partijen."
    )
    assert groepszin(vraag) == ""


def test_niemand_zegt_ja_maar_de_een_wil_meer_dan_de_ander():
    vraag = gesloten("V1.2", voor={"ja": 0, "intentie": 1, "nee": 8}, niet={"ja": 0, "intentie": 0, "nee": 4})
    assert vraagzin(vraag, EIGEN).endswith(
        "; bij één gemeente (1 van 13) bestaat daartoe de intentie; bij de overige (12 van 13) is van zulke samenwerking geen sprake."
    )


def test_iedereen_zegt_ja():
    vraag = gesloten("V2.2", voor={"ja": 9, "nee": 0}, niet={"ja": 4, "nee": 0})
    assert (
        vraagzin(vraag, EIGEN)
        == "Bij alle onderzochte gemeenten (13 van 13) is een regionaal arbeidsmarktplan geformuleerd."
    )


def test_de_enige_gemeente_zegt_nee():
    vraag = gesloten("V2.3", voor={"ja": 0, "deels": 0, "nee": 1}, niet={"ja": 0, "deels": 0, "nee": 0})
    assert vraagzin(vraag, EIGEN) == "Bij de enige gemeente met een plan (1 van 1) sluit het plan daar niet op aan."


def test_wie_het_niet_weet_staat_voorop():
    """The same words never stand for two denominators: of those asked first, then of those that answered."""
    vraag = gesloten("V1.4", voor={"ja": 6, "nee": 1}, niet={"ja": 1, "nee": 0}, weet_niet=1)
    assert vraagzin(vraag, EIGEN) == (
        "Van de 9 gemeenten die regionaal samenwerken is het antwoord bij 8 bekend. Bij de meeste daarvan (7 van 8) heeft die "
        "samenwerking een voortrekkersgemeente; bij één gemeente (1 van 8) ontbreekt een voortrekkersgemeente."
    )


@pytest.mark.parametrize(
    ("ja", "nee", "begin"),
    [
        (1, 11, "Bij een enkele gemeente (1 van 12) is"),
        (6, 6, "Bij ongeveer de helft daarvan (6 van 12) is"),
        (11, 1, "Bij vrijwel al die gemeenten (11 van 12) is"),
        (12, 0, "Bij al die gemeenten (12 van 12) is"),
        (1, 0, "Bij die gemeente (1 van 1) is"),
    ],
)
def test_hoeveel_daarvan(ja, nee, begin):
    vraag = gesloten("V2.2", voor={"ja": ja, "nee": nee}, niet={"ja": 0, "nee": 0}, weet_niet=1)
    assert f". {begin} een regionaal arbeidsmarktplan" in vraagzin(vraag, EIGEN)


def test_keuzes_zonder_ja_op_volgorde_van_grootte():
    vraag = gesloten(
        "V1.6",
        voor={"faciliterend": 2, "beheersend": 0, "uitvoerend": 1, "visiegericht": 6},
        niet={"faciliterend": 1, "beheersend": 0, "uitvoerend": 0, "visiegericht": 1},
    )
    assert vraagzin(vraag, EIGEN) == (
        "Bij een meerderheid van de gemeenten die regionaal samenwerken (7 van 11) is de regie visiegericht; "
        "bij een minderheid (3 van 11) is de regie faciliterend; bij één gemeente (1 van 11) is de regie uitvoerend."
    )


def test_een_ander_instrument_krijgt_een_gewone_zin():
    vraag = gesloten("Q7", "Is er een *plan*?", voor={"ja": 5, "nee": 4}, niet={"ja": 1, "nee": 3})
    assert vraagzin(vraag, "anders") == (
        "Bij ongeveer de helft van de onderzochte gemeenten (6 van 13) is het antwoord 'ja' op de vraag \"Is er een \\*plan\\*?\"; "
        "bij de overige (7 van 13) is het 'nee'."
    )
    voorwaarde = Voorwaarde("Q6", "ja", "ja")
    vraag = gesloten("Q7", voor={"ja": 2, "nee": 0}, niet={"ja": 1, "nee": 0}, voorwaarde=voorwaarde)
    assert vraagzin(vraag, "anders").startswith(
        "Bij alle gemeenten waaraan dit is gevraagd (3 van 3) is het antwoord 'ja'"
    )


def test_zonder_antwoorden_geen_zin():
    assert vraagzin(gesloten("V1.1", voor={"ja": 0, "nee": 0}, niet={"ja": 0, "nee": 0}), EIGEN) == ""


@pytest.mark.parametrize(
    ("weet_niet", "nvt", "gevraagd", "verwacht"),
    [
        (0, 0, 4, ""),
        (2, 0, 6, "Van de 6 onderzochte gemeenten is het antwoord bij 4 bekend."),
        (0, 1, 5, "Van de 5 onderzochte gemeenten is de vraag bij 4 van toepassing."),
        (0, 0, 7, "Van de 7 onderzochte gemeenten is bij 4 een bevinding vastgelegd."),
        (
            2,
            1,
            10,
            "Van de 10 onderzochte gemeenten is het antwoord bij 4 bekend; bij 2 weet men het niet, bij 1 is de vraag niet "
            "van toepassing en bij 3 is nog geen bevinding vastgelegd.",
        ),
    ],
)
def test_bekendzin(weet_niet, nvt, gevraagd, verwacht):
    assert bekendzin(Telling(ALLE, gevraagd, 4, weet_niet, nvt, {"ja": 4}), ONDERZOCHT) == verwacht


def ronde(**kwargs) -> Uitkomsten:
    """13 dossiers of an open round, of which 4 are vastgesteld; interviews were held in 10."""
    indeling = Indeling("rol", "Rol", "rol", (VOOR, NIET))
    vast = {"in_ronde": 13, "bezocht": 10}
    return Uitkomsten("December 2009", False, EIGEN, indeling, (VOOR, NIET, ALLE), (9, 4, 13), 4, (), **vast | kwargs)


def test_een_eerste_meting_zegt_niets_over_effect():
    assert "over het effect zegt één meting nog niets" in aanleiding(ronde())
    tweede = aanleiding(ronde(vorige="Fotomoment juni 2008"))
    assert "December 2009 volgt op fotomoment juni 2008 en laat zien hoe ver partijen nu zijn." in tweede
    assert "één meting" not in tweede


def test_tussenstand():
    assert tussenstand(ronde()) == "tussenstand: 4 van de 13 dossiers vastgesteld"
    assert tussenstandalinea(ronde()).startswith(
        "Dit rapport is een **tussenstand**. Van de 13 dossiers zijn er 4 vastgesteld; interviews zijn gehouden in 10 van de 13 gemeenten."
    )


def test_aanpak_zegt_waar_interviews_zijn_gehouden():
    gesprekken = (Gesprekken("CWI", 12, 10),)
    steekproef = Steekproef((ALLE,), (13,), (), gesprekken, date(2009, 9, 1), date(2009, 9, 30))
    tekst = aanpak(ronde(), steekproef)
    assert "In september 2009 zijn 12 interviews gehouden met CWI, in 10 van de 13 gemeenten." in tekst
    assert "van de 13 gemeenten" not in aanpak(ronde(bezocht=13), steekproef)


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
        zin = vraagzin(vraag, EIGEN)
        assert all(re.search(r"\(\d+ van 13\)", deel) for deel in zin.split(";")), zin


def test_concept_van_een_leeg_onderdeel():
    leeg = concepttekst.Onderdeeluitkomst("1", "Titel", "Titel", (), ())
    uitkomsten = Uitkomsten("Juni 2008", True, EIGEN, Indeling("rol", "Rol", "rol", ()), (ALLE,), (0,), 0, ())
    assert concepttekst.bevindingen(leeg, uitkomsten) == "Voor dit onderdeel zijn nog geen bevindingen vastgelegd."
    assert concepttekst.conclusies(leeg, uitkomsten) == "Over dit onderdeel zijn nog geen conclusies te trekken."
