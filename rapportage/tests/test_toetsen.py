"""Text held against figures: every kind of melding at its place, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.kwantoren import BANDEN, bereik
from rapportage.uitspraken.lezen import Tekst, hoofdstukken
from rapportage.uitspraken.maat import lees
from rapportage.uitspraken.meting import Meting
from rapportage.uitspraken.toetsen import Kennis, toets
from rapportage.uitspraken.zinnen import voorstel

# x, n and the size of the group, by maat.
METINGEN = {
    lees(maat): Meting(x, n, groep)
    for maat, (x, n, groep) in {
        "V1.1=ja": (10, 13, 13),
        "V1.2=ja": (6, 13, 13),
        "V1.2=intentie": (2, 13, 13),
        "V1.2=nee": (5, 13, 13),
        "V1.2=ja rol=voortrekker": (5, 9, 9),
        "V1.2=ja provincie=verdal": (1, 2, 2),
        "V1.2=ja randstad=ja": (3, 5, 5),
        "V2.2=ja": (4, 13, 13),
        "V2.3=ja": (3, 4, 13),
        "V2.3=ja van=V2.2=ja": (3, 4, 13),
        "V2.5=ja": (1, 13, 13),
        "V3.1=ja": (10, 13, 13),
        "V1.3=ja eenheid=rpa": (6, 7, 13),
        "V1.3=ja eenheid=gesprekken": (30, 69, 13),
        "V8=ja": (0, 0, 13),
    }.items()
} | {lees("V9=ja"): Meting(bezwaar="De vraag of norm V9 bestaat niet in deze ronde.")}
KENNIS = Kennis(
    namen=("Merenborg", "Súdwest-Fryslân", "'s-Gravenhage", "Best"),
    gebieden={"Zilverstroom": 2, "Verdal": 5},
    afkortingen=("CWI", "UWV", "RPA"),
    vraagteksten={
        "V2.2": "Is een regionaal arbeidsmarktplan geformuleerd?",
        "V2.3?": "Is een arbeidsmarktplan geformuleerd?",
    },
)


def meldingen(tekst: str, plaats: str = "bevindingen", **gelezen) -> list[tuple[str, str]]:
    """Kind and words of all but the vulnerable."""
    teksten = [Tekst(tekst, plaats, **gelezen)]
    return [(m.soort, m.fragment) for m in toets(teksten, METINGEN, kennis=KENNIS) if m.ernst != "kwetsbaar"]


@pytest.mark.parametrize(
    "zin",
    [
        "Bij [de meeste gemeenten (10 van 13)]{V1.1=ja} is dat zo.",
        "Bij [ongeveer de helft van de dertien gemeenten]{V1.2=ja} is dat zo.",
        "Bij [46% van de gemeenten]{V1.2=ja} is dat zo.",
        "[Niet alle gemeenten]{V1.2=ja} doen het.",
        "[Twee gemeenten]{V1.2=intentie} zijn het van plan.",
        "[Een van de gemeenten]{V2.5=ja} heeft ze.",
        "Er is [nauwelijks]{V2.5=ja} iets afgesproken.",
        "[Op een enkele uitzondering na]{V2.5=ja} gebeurt het niet.",
        "[Op een enkele uitzondering na geen gemeente (1 van 13)]{V2.5=ja} doet het.",
        "Van de voortrekkers doen [5 van de 9]{V1.2=ja rol=voortrekker} het.",
        "In [de meeste plannen (3 van 4)]{V2.3=ja van=V2.2=ja} staat het.",
        "In [de meeste plannen]{V2.3=ja} staat het.",
        "In [de meeste regio’s]{V1.3=ja eenheid=rpa} staat het.",
        "In [30 van 69 gesprekken]{V1.3=ja eenheid=gesprekken} kwam het ter sprake.",
        "In [de meeste gevallen]{V1.1=ja} staat het.",
        "Onder de gemeenten in de Randstad is dat [3 van 5]{V1.2=ja randstad=ja}.",
        "Bij [zes gemeenten]{V1.2=ja} wel, bij [twee]{V1.2=intentie} niet en bij [de overige vijf]{V1.2=nee} nooit.",
        "Op 4 juni 2008 (par. 2.1, bijlage 1 en 2) is 'Iedereen doet mee' voor vier jaar vastgesteld, zie V1.1 en V08/01.",
        "# 3 Twee gemeenten\n\nGeen probleem, met alle respect.[^1]\n\n[^1]: Twee gemeenten, 2007.\n\n> Alle gemeenten doen mee.",
        "1. Eerst dit.\n2. Dan dat.",
        "Het CWI en het kabinet Balkenende IV.",
        "Het beste is dat de berg van Meren ligt.",
    ],
)
def test_hier_is_niets_mis_mee(zin):
    assert meldingen(zin) in ([], [("ongebonden", "alle respect")])


@pytest.mark.parametrize(
    ("zin", "soort", "fragment", "voorstel"),
    [
        ("Bij [alle gemeenten]{V1.1=ja}.", "klopt_niet", "alle gemeenten", "de meeste gemeenten"),
        (
            "Bij [de meeste gemeenten (10 van 13)]{V1.2=ja}.",
            "klopt_niet",
            "de meeste gemeenten (10 van 13)",
            "ongeveer de helft van de gemeenten (6 van 13)",
        ),
        ("[Enkele gemeenten]{V1.1=ja}.", "klopt_niet", "Enkele gemeenten", "De meeste gemeenten"),
        ("Bij [54% van de gemeenten]{V1.2=ja}.", "klopt_niet", "54% van de gemeenten", "46% van de gemeenten"),
        ("Bij [drie gemeenten]{V1.2=intentie}.", "klopt_niet", "drie gemeenten", "twee gemeenten"),
        ("Dat is [meestal]{V1.2=ja} zo.", "klopt_niet", "meestal", ""),
        ("Bij [de meeste van de twaalf gemeenten]{V1.1=ja}.", "klopt_niet", "de meeste van de twaalf gemeenten",
         "de meeste van de 13 gemeenten"),
        ("Bij [de helft van de gemeenten]{V1.2=ja}.", "klopt_niet", "de helft van de gemeenten",
         "ongeveer de helft van de gemeenten"),
        ("Bij [gemeenten]{V1.1=ja} is het zo.", "zonder_hoeveelheid", "gemeenten", ""),
        ("Bij [de meeste gemeenten]{V1.1 ja}.", "onleesbaar", "[de meeste gemeenten]{V1.1 ja}", ""),
        ("Bij [de meeste gemeenten]{V9=ja}.", "onmeetbaar", "de meeste gemeenten", ""),
        ("Bij [de meeste gemeenten]{V8=ja}.", "onmeetbaar", "de meeste gemeenten", ""),
        ("In [de meeste plannen]{V3.1=ja}.", "eenheid", "de meeste plannen", ""),
        ("In [de meeste gemeenten]{V1.3=ja eenheid=rpa}.", "eenheid", "de meeste gemeenten", ""),
        ("In [de meeste regio's]{V1.1=ja}.", "eenheid", "de meeste regio's", ""),
        ("[De meeste voortrekkers]{V1.1=ja}.", "groep", "De meeste voortrekkers", ""),
        ("Van [5 van 9 gemeenten]{V1.2=ja rol=voortrekker}.", "groep", "5 van 9 gemeenten", ""),
        ("Bij [3 van de 5 gemeenten]{V1.2=ja randstad=ja}.", "groep", "3 van de 5 gemeenten", ""),
        ("Bij [de helft]{V1.2=ja provincie=verdal}.", "herleidbaar", "de helft", ""),
        ("Zoals in Merenborg.", "herleidbaar", "Merenborg", ""),
        ("Het Sudwest Fryslanse beleid.", "herleidbaar", "Sudwest Fryslanse", ""),
        ("Naar ’s-Gravenhage.", "herleidbaar", "s-Gravenhage", ""),
        ("In Zilverstroom.", "herleidbaar", "Zilverstroom", ""),
        ("Wel bij twee gemeenten daar.", "ongebonden", "twee gemeenten daar", ""),
        ("Het is meestal zo gegaan, zegt men.", "ongebonden", "meestal zo gegaan", ""),
        ("Bij 54% van de gemeenten.", "ongebonden", "54% van de gemeenten", ""),
        ("Bij [zes gemeenten]{V1.2=ja} wel en bij [de overige vijf]{V1.2=nee} niet.", "delen", "de overige vijf", ""),
        ("Het ROC en nog eens het ROC.", "afkorting", "ROC", ""),
    ],
)  # fmt: skip
def test_elk_soort_melding_op_zijn_plaats(zin, soort, fragment, voorstel):
    gevonden = [m for m in toets([Tekst("\n" + zin)], METINGEN, kennis=KENNIS) if m.ernst != "kwetsbaar"]
    assert [(m.soort, m.fragment, m.voorstel) for m in gevonden] == [(soort, fragment, voorstel)]
    melding = gevonden[0]
    assert (melding.regel, melding.kolom) == (2, zin.index(fragment) + 1)
    assert ("\n" + zin)[melding.begin : melding.eind] == fragment


@pytest.mark.parametrize(
    ("bevinding", "conclusie", "soort"),
    [
        ("[Niet alle gemeenten]{V1.2=ja}", "[een aantal gemeenten]{V1.2=ja}", "sterker"),
        ("[Niet alle gemeenten (6 van 13)]{V1.2=ja}", "[een aantal gemeenten]{V1.2=ja}", None),
        ("[de meeste gemeenten]{V1.1=ja}", "[meer dan de helft van de gemeenten]{V1.1=ja}", None),
        ("[meer dan de helft van de gemeenten]{V1.1=ja}", "[de meeste gemeenten]{V1.1=ja}", "sterker"),
        ("voortrekkers: [5 van 9]{V1.2=ja rol=voortrekker}", "[6 van 13 gemeenten]{V1.2=ja}", "bredere_groep"),
        ("[6 van 13 gemeenten]{V1.2=ja}", "voortrekkers: [5 van 9]{V1.2=ja rol=voortrekker}", "zonder_bevinding"),
        ("[2 van 13]{V1.2=intentie}", "[6 van 13]{V1.2=ja}", "zonder_bevinding"),
        (
            "[30 van 69 gesprekken]{V1.3=ja eenheid=gesprekken}",
            "[6 van 7 regio's]{V1.3=ja eenheid=rpa}",
            "andere_eenheid",
        ),
        ("[3 van 4 plannen]{V2.3=ja van=V2.2=ja}", "[3 van 4 plannen]{V2.3=ja van=V2.2=ja}", None),
    ],
)
def test_een_conclusie_naast_haar_bevinding(bevinding, conclusie, soort):
    teksten = [Tekst(f"Het is zo: {bevinding}.", "bevindingen", 1), Tekst(f"Dus {conclusie}.", "conclusies", 2)]
    gevonden = [m for m in toets(teksten, METINGEN, kennis=KENNIS) if m.ernst != "kwetsbaar"]
    assert [(m.soort, m.bron) for m in gevonden] == ([(soort, 2)] if soort else [])


LOS = """# Bevindingen

Niet alle gemeenten gebruiken de cijfers van het CWI of weten dat die beschikbaar zijn.

In de meeste gevallen staat verhoging van de arbeidsparticipatie op de agenda.

Meestal voeren de partijen de regie gezamenlijk.

# Conclusies

Een aantal gemeenten weet niet dat cijfers van het CWI beschikbaar zijn.

In de meeste plannen staat verhoging van de arbeidsparticipatie.

Partijen voeren de regie meestal gezamenlijk.

Zij ontwikkelen vaak een visie op scholing.
"""


def test_een_losse_conclusie_die_verschoven_is_ten_opzichte_van_een_bevinding_die_erop_lijkt():
    gevonden = [m for m in toets(hoofdstukken(LOS, "x.md"), {}) if m.soort == "verschuiving"]
    assert [(m.regel, m.kolom, m.fragment, m.ernst) for m in gevonden] == [
        (11, 1, "Een aantal", "waarschuwing"),
        (13, 4, "de meeste", "waarschuwing"),
    ]
    assert "zegt ‘Niet alle’" in gevonden[0].zin
    assert "telt plannen" in gevonden[1].zin
    assert "telt gevallen" in gevonden[1].zin


def test_gewijzigde_gegevens_maken_een_uitspraak_verouderd_ook_als_het_woord_nog_past():
    zin = "Bij [ongeveer de helft van de gemeenten]{V1.2=ja}."
    sleutel = ("ongeveer de helft van de gemeenten", "V1.2=ja")
    assert meldingen(zin, gelezen={sleutel: (7, 13)}) == [("verouderd", sleutel[0])]
    assert meldingen(zin, gelezen={sleutel: (6, 13)}) == []


def test_kwetsbaar_is_wat_met_een_dossier_meer_of_minder_niet_meer_klopt():
    def kwetsbaar(zin: str) -> bool:
        return [m.soort for m in toets([Tekst(zin)], METINGEN, kennis=KENNIS)] == ["kwetsbaar"]

    assert kwetsbaar("Bij [ongeveer de helft van de gemeenten]{V1.2=ja}.")  # 5 of 13 is a minority
    assert not kwetsbaar("Bij [niet alle gemeenten]{V1.2=ja}.")
    assert not kwetsbaar("Bij [6 van 13 gemeenten]{V1.2=ja}.")  # a number is a number


def test_buiten_bevindingen_en_conclusies_is_een_los_woord_geen_fout():
    zin = "Er deden dertien gemeenten mee, en meestal ging dat goed."
    gevonden = toets([Tekst(zin, "aanpak")], {}, kennis=KENNIS)
    assert [(m.fragment, m.ernst) for m in gevonden] == [("dertien gemeenten mee", "waarschuwing")]
    assert [m.ernst for m in toets([Tekst(zin)], {}, kennis=KENNIS)] == ["fout", "waarschuwing"]


def test_een_bestand_valt_uiteen_in_hoofdstukken_en_houdt_zijn_regels():
    bestand = "# Rapport\n\nTwee gemeenten.\n\n## 2 Bevindingen\n\nDrie gemeenten.\n\n### Beleid\n\nVier gemeenten.\n\n## Bijlage 1\n\nVijf gemeenten.\n"
    teksten = hoofdstukken(bestand, "x.md")
    assert [(t.plaats, t.begin) for t in teksten] == [
        ("", 0),
        ("bevindingen", bestand.index("## 2")),
        ("", bestand.index("## Bij")),
    ]
    gevonden = toets(teksten, {})
    assert [(m.regel, m.kolom, m.fragment) for m in gevonden] == [(7, 1, "Drie gemeenten"), (11, 1, "Vier gemeenten")]
    assert [t.plaats for t in hoofdstukken("Zonder koppen.", "x.md")] == ["bevindingen"]


telling = st.integers(1, 443).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
maat = lees("V1.1=ja")


@given(telling, st.booleans())
def test_een_voorgestelde_zin_klopt_altijd(xn, met_getal):
    x, n = xn
    zin = voorstel(maat, x, n, met_getal=met_getal)
    gevonden = toets([Tekst(zin)], {maat: Meting(x, n, n)}, kennis=Kennis(drempel=1))
    # Of a single municipality there is no word for how many it is.
    toegestaan = {"kwetsbaar"} | ({"zonder_hoeveelheid"} if n == 1 and not met_getal else set())
    assert {m.soort for m in gevonden} <= toegestaan, zin


@given(telling, st.sampled_from(BANDEN))
def test_een_woord_buiten_zijn_bereik_klopt_nooit(xn, band):
    x, n = xn
    gevonden = toets([Tekst(f"Bij [{band.woord} gemeenten]{{V1.1=ja}}.")], {maat: Meting(x, n, n)})
    assert ("klopt_niet" in {m.soort for m in gevonden}) == (x not in bereik(band.woord, n))


@given(telling, st.sampled_from(BANDEN), st.booleans())
def test_wat_wordt_voorgesteld_klopt(xn, band, met_getal):
    x, n = xn
    woorden = f"{band.woord} van de gemeenten" + (f" ({max(x - 1, 0)} van {n})" if met_getal else "")
    for melding in toets([Tekst(f"Bij [{woorden}]{{V1.1=ja}}.")], {maat: Meting(x, n, n)}):
        if melding.soort == "klopt_niet":
            beter = toets([Tekst(f"Bij [{melding.voorstel}]{{V1.1=ja}}.")], {maat: Meting(x, n, n)})
            assert {m.soort for m in beter} <= {"kwetsbaar", "herleidbaar"}, melding.voorstel


@given(st.text(alphabet="aA [](){}=|&!%.,\n#>*_^:123 tweevan de gemeenten", max_size=200))
def test_geen_tekst_brengt_de_toets_ten_val(tekst):
    teksten = [Tekst(tekst, "bevindingen"), Tekst(tekst, "conclusies")]
    for melding in toets(teksten, {}, kennis=KENNIS):
        assert tekst[melding.begin : melding.eind] == melding.fragment


def test_een_conclusie_wordt_naar_betekenis_naast_haar_bevinding_gelegd():
    """A denominator that is the usual one may be written or not, and answers and restrictions may stand in any order."""
    metingen = {
        lees("V1.2=ja"): Meting(6, 13, 13, in_tabel=13),
        lees("V1.2=ja van=dossiers"): Meting(6, 13, 13, in_tabel=13),
        lees("V1.2=ja|nee rol=voortrekker van=V1.3=ja"): Meting(6, 7, 9),
        lees("V1.2=nee|ja van=V1.3=ja&rol=voortrekker"): Meting(6, 7, 9),
        lees("V2.5=ja"): Meting(1, 12, 13, in_tabel=12),
        lees("V2.5=ja van=dossiers"): Meting(1, 13, 13, in_tabel=12),
    }

    def soorten(bevinding, conclusie):
        teksten = [Tekst(f"Zo: {bevinding}.", "bevindingen"), Tekst(f"Dus {conclusie}.", "conclusies")]
        return [m.soort for m in toets(teksten, metingen) if m.ernst != "kwetsbaar"]

    assert soorten("[6 van 13]{V1.2=ja}", "[6 van 13]{V1.2=ja van=dossiers}") == []
    assert soorten("[zes]{V1.2=ja|nee rol=voortrekker van=V1.3=ja}", "[zes]{V1.2=nee|ja van=V1.3=ja&rol=voortrekker}") == [
        "groep", "groep",  # it does not say that these are voortrekkers; a finding is found nevertheless
    ]  # fmt: skip
    assert "zonder_bevinding" in soorten("[een]{V2.5=ja}", "[een]{V2.5=ja van=dossiers}")


def test_een_andere_noemer_dan_in_de_tabel_wordt_gezegd():
    """V2.5 of juni 2008: one of thirteen did not know, so the table has 1 of 12."""
    metingen = {
        lees("V2.5=ja"): Meting(1, 12, 13, in_tabel=12),
        lees("V2.5=ja van=dossiers"): Meting(1, 13, 13, in_tabel=12),
    }
    tekst = Tekst("Bij [1 van 13 gemeenten]{V2.5=ja van=dossiers}, dus [1 van 12]{V2.5=ja}.", "bevindingen")
    [melding] = [m for m in toets([tekst], metingen) if m.ernst != "kwetsbaar"]
    assert (melding.soort, melding.ernst, melding.fragment) == ("noemer", "waarschuwing", "1 van 13 gemeenten")
    assert "van 12 gemeenten, de zin van 13" in melding.zin
