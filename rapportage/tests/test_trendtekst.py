"""What the report says of a comparison: the draft, its figures, and what it keeps to itself. No database."""

from dataclasses import replace

import pytest

from rapportage.document import Grafiek, Kop, Tabel
from rapportage.onderdrukking import niet_te_vergelijken, openbaar
from rapportage.tabellen_trend import blokken
from rapportage.trend import (
    GEHERFORMULEERD,
    Kant,
    Koppeling,
    Lottelling,
    Noot,
    Nootsoort,
    Ontwikkeling,
    Paar,
    Trendonderdeel,
    Trendregel,
    overgangen,
)
from rapportage.trendtekst import concept, kring, lotzin, noot_bij_regel, noten_geteld, noten_met_namen
from rapportage.uitkomst import ALLE, Groep, Indeling, Onderdeeluitkomst, Optie, Telling, Uitkomsten, Vraaguitkomst

JA_NEE = (Optie("ja", "ja"), Optie("nee", "nee"))
OORDELEN = (Optie("voldoet", "Voldoet"), Optie("voldoet_niet", "Voldoet niet"))
GEEN_LOT = Lottelling(0, 0, {})


def regel(code: str, standen: list[tuple[str, str]], opties=JA_NEE, **kwargs) -> Trendregel:
    norm = {"tekst": "Er is een plan.", "kort": "Plan aanwezig", "is_norm": True}
    vraag = {"tekst": "Is er een plan?", "kort": "", "is_norm": False}
    telling = overgangen(standen, [optie.code for optie in opties])
    return Trendregel(
        code, opties=opties, per_groep=(telling,), standen=standen, **(norm if opties == OORDELEN else vraag), **kwargs
    )


def vergelijking(*regels: Trendregel, paren: int = 8, **kwargs) -> Ontwikkeling:
    vragen = [r for r in regels if not r.is_norm]
    basis = {
        "toen": Kant("Fotomoment juni 2008", "juni-2008", True, 9, "eigen"),
        "nu": Kant("Fotomoment december 2009", "december-2009", True, 8, "eigen"),
        "naar_nu": False,
        "koppeling": Koppeling(tuple(Paar(n, (n,), (100 + n,)) for n in range(paren)), (), (50,)),
        "noten": (),
        "namen": {1: "Aadam", 2: "Beedam", 3: "Ceedam"},
        "indeling": Indeling("rol", "Rol", "rol", ()),
        "groepen": (ALLE,),
        "per_groep": (paren,),
        "onderdelen": (Trendonderdeel("1", "Plannen", "Plannen", vragen, [r for r in regels if r.is_norm]),),
    }
    return Ontwikkeling(**basis | kwargs)


VOORUIT = [("ja", "ja")] * 3 + [("nee", "ja")] * 2 + [("ja", "nee")] + [("nee", "nee")] * 2


def test_concept_noemt_wat_veranderde_met_toen_en_nu():
    """Then ja 4 of 8 (three stay, one went to nee), now 5; the norm from 1 to 3 of 6; P1.2 stayed as it was."""
    norm = regel(
        "N1", [("voldoet", "voldoet")] + [("voldoet_niet", "voldoet")] * 2 + [("voldoet_niet",) * 2] * 3, OORDELEN
    )
    tekst = concept(vergelijking(regel("P1.1", VOORUIT), regel("P1.2", [("ja", "ja")] * 8), norm), GEEN_LOT, ())
    assert (
        "- Bij [5 van de 8 gemeenten]{P1.1=ja} is het antwoord 'ja' op de vraag \"Is er een plan?\"; in juni 2008 was dat bij 4. "
        "2 gemeenten gingen vooruit en 1 gemeente ging terug."
    ) in tekst
    assert "Bij 1 vraag is het aantal gemeenten gelijk gebleven." in tekst
    assert "Van de aandachtspunten is er 1 in beide rondes beoordeeld." in tekst
    assert "Meer gemeenten voldoen nu aan: plan aanwezig (N1, 1 → 3 van 6)." in tekst
    assert tekst.startswith(
        "Vergeleken: 8 gemeenten met een dossier in fotomoment juni 2008 en in fotomoment december 2009. "
        "Buiten de vergelijking: 1 gemeente alleen in fotomoment juni 2008."
    )


@pytest.mark.parametrize(
    ("standen", "buiten", "genoemd"),
    [
        (VOORUIT, (0, 0), True),
        (VOORUIT, (3, 0), True),
        (VOORUIT, (0, 1), False),  # the published count of this round less these eight is the answer of one
        (VOORUIT, (2, 0), False),
        ([("nee", "ja")] * 2, (0, 0), False),
    ],
)
def test_het_rapport_verzwijgt_wat_een_kleine_groep_verraadt(standen, buiten, genoemd):
    vergeleken = vergelijking(regel("P1.1", standen, buiten=buiten), regel("P1.2", [("nee", "ja")] * 5))
    tekst = concept(vergeleken, GEEN_LOT, niet_te_vergelijken(vergeleken, ()))
    assert ("5 van de 8 gemeenten" in tekst or "2 van de 2 gemeenten" in tekst) == genoemd
    (grafiek,) = [
        blok for blok in blokken(vergeleken, GEEN_LOT, niet_te_vergelijken(vergeleken, ())) if isinstance(blok, Grafiek)
    ]
    assert any(str(rij[0]).startswith("P1.1 ") for rij in grafiek.tabel.rijen) == genoemd
    assert ("P1.1" in grafiek.alt) == genoemd
    assert ("uit te herleiden is: P1.1." in grafiek.tabel.noot) == (not genoemd)


def test_alleen_de_telling_van_de_hele_ronde_is_gebonden():
    """Three who answered now are not compared: then 5 of 8 is not what the round counts, and binding it would be wrong."""
    vergeleken = vergelijking(regel("P1.1", VOORUIT, buiten=(0, 3)))
    assert "- Bij 5 van de 8 gemeenten is het" in concept(vergeleken, GEEN_LOT, niet_te_vergelijken(vergeleken, ()))


def test_het_rapport_noemt_geen_gemeente_de_analist_wel():
    vergeleken = vergelijking(
        regel("P1.1", VOORUIT),
        noten=(Noot(Nootsoort.SAMENGEVOEGD, 3, (1, 2)), Noot(Nootsoort.GRENS, 1, (3,)), Noot(Nootsoort.GRENS, 2, (3,))),
    )
    assert noten_met_namen(vergeleken)[0].startswith("Ceedam van nu is vergeleken met Aadam en Beedam van toen;")
    assert noten_geteld(vergeleken)[0] == (
        "1 gemeente is samengesteld uit gemeenten die toen apart zijn onderzocht; waar die van elkaar verschilden, telt de "
        "uitkomst niet mee."
    )
    assert noten_geteld(vergeleken)[1] == "2 gemeenten zijn na de eerdere ronde van grens veranderd."
    tekst = concept(vergeleken, GEEN_LOT, niet_te_vergelijken(vergeleken, ()))
    assert not [naam for naam in vergeleken.namen.values() if naam in tekst]


def test_zonder_paren_zegt_het_concept_dat():
    leeg = vergelijking(paren=0)
    assert kring(leeg) == "Geen enkele gemeente is in fotomoment juni 2008 en in fotomoment december 2009 onderzocht."
    assert concept(leeg, GEEN_LOT, ()).startswith(kring(leeg))


@pytest.mark.parametrize(
    ("lot", "zin"),
    [
        (GEEN_LOT, ""),
        (
            Lottelling(12, 9, {"nagekomen": 5, "in_uitvoering": 1, "vervangen": 1}),
            "In juni 2008 zijn 12 intenties opgetekend in 9 gemeenten die nu opnieuw meedoen: 5 nagekomen, 1 in uitvoering en "
            "1 vervangen door iets anders; van 5 is nog niet vastgelegd wat ervan is geworden.",
        ),
        (
            Lottelling(1, 1, {}),
            "In juni 2008 is 1 intentie opgetekend in 1 gemeente die nu opnieuw meedoet; wat ervan is geworden, is nog niet "
            "vastgelegd.",
        ),
    ],
)
def test_het_lot_in_een_zin(lot, zin):
    assert lotzin(lot, "juni 2008") == zin


def test_de_noot_bij_een_vraag():
    gezien = regel("P1.1", [*VOORUIT, ("verschilt", "ja")], vergelijkbaarheid=GEHERFORMULEERD)
    assert noot_bij_regel(gezien, "Fotomoment juni 2008") == (
        "Met een inhoudelijk antwoord in beide rondes: 8 van 9 vergeleken gemeenten. Bij 1 gemeente verschilden de voorgangers "
        "van elkaar; die tellen niet mee in de aantallen. De vraag is sinds fotomoment juni 2008 anders geformuleerd."
    )


def test_de_blokken_van_het_rapport():
    gedrukt = list(blokken(vergelijking(regel("P1.1", VOORUIT)), Lottelling(3, 3, {"nagekomen": 2}), ()))
    assert [type(blok) for blok in gedrukt] == [Kop, Grafiek, Kop, Tabel]
    assert gedrukt[1].tabel.rijen == [("P1.1 Is er een plan? – Ja", "4 van 8", "5 van 8", 2, 1)]
    assert "P1.1 Is er een plan? – Ja: 4 → 5 van 8." in gedrukt[1].alt
    assert list(gedrukt[3].rijen)[-2:] == [("Nog niet vastgelegd", 1), ("Alle intenties", 3)]
    assert replace(gedrukt[1], alt="x").svg.count("<circle") == 4  # two in the key, two for the question


def test_wat_een_ronde_weglaat_wordt_niet_vergeleken():
    """Of the two niet-voortrekkers that were asked P1.1 the tables of a round say nothing; who went forward would."""
    groepen = [Groep(code, code, code, code) for code in ("a", "b")]
    tellingen = [
        Telling(g, n, n, 0, 0, {"ja": 1, "nee": n - 1}) for g, n in zip((*groepen, ALLE), (6, 2, 8), strict=True)
    ]
    vraag = Vraaguitkomst("P1.1", "Is er een plan?", "keuze", (Optie("ja", "ja"), Optie("nee", "nee")), tellingen)
    ronde = Uitkomsten(
        "Toen", True, "x", Indeling("rol", "Rol", "rol", groepen), (*groepen, ALLE), (6, 2, 8), 8,
        (Onderdeeluitkomst("1", "Een", "Een", (vraag,), ()),),
    )  # fmt: skip
    vergeleken = vergelijking(regel("P1.1", VOORUIT), regel("P1.2", VOORUIT))
    assert niet_te_vergelijken(vergeleken, [openbaar(ronde)]) == {"P1.1"}
    assert niet_te_vergelijken(vergeleken, [ronde]) == set()
    grafiek = next(b for b in blokken(vergeleken, GEEN_LOT, {"P1.1"}) if isinstance(b, Grafiek))
    assert [rij[0][:4] for rij in grafiek.tabel.rijen] == ["P1.2"]
    assert "P1.1" in grafiek.tabel.noot


def test_intenties_van_een_of_twee_gemeenten_staan_er_niet():
    vergeleken, lot = vergelijking(regel("P1.1", VOORUIT)), Lottelling(3, 2, {"nagekomen": 2})
    assert not [blok for blok in blokken(vergeleken, lot, ()) if isinstance(blok, Tabel)]
    assert "intenties" not in concept(vergeleken, lot, ())
