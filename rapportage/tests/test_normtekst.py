"""The paragraph on norms: the ends by name with all that share them, and never a denominator with who was not judged."""

from rapportage.normtekst import normalinea
from rapportage.uitkomst import ALLE, Normtelling, Normuitkomst


def norm(code, voldoet, n=13, verklaard=0, niet_te_beoordelen=0):
    oordelen = {
        "voldoet": voldoet,
        "voldoet_deels": verklaard,
        "voldoet_niet": n - voldoet - verklaard,
        "niet_te_beoordelen": niet_te_beoordelen,
    }
    return Normuitkomst(code, "Tekst.", f"kort {code}", "", (), (Normtelling(ALLE, 13, oordelen, verklaard),))


def test_de_uitersten():
    assert normalinea([norm("A1", 2), norm("A2", 9, verklaard=1), norm("A3", 1)]) == (
        "Van de 3 aandachtspunten in dit onderdeel wordt aan 'kort A2' het vaakst voldaan (9 van 13). Aan 'kort A3' wordt het "
        "minst vaak voldaan (1 van 13). Bij één oordeel 'voldoet deels' ontbreekt het stuk dat het aandachtspunt zelf vraagt "
        "en is er alleen een verklaring."
    )


def test_wie_een_uiterste_deelt_wordt_meegenoemd():
    """Three norms met by nobody are three, not the last of them alone."""
    assert normalinea([norm("A1", 4), norm("A2", 0), norm("A3", 4), norm("A4", 0), norm("A5", 0)]) == (
        "Van de 5 aandachtspunten in dit onderdeel wordt aan 'kort A1' en 'kort A3' het vaakst voldaan (beide 4 van 13). "
        "Aan 'kort A2', 'kort A4' en 'kort A5' voldoet geen van de beoordeelde gemeenten (elk 0 van 13)."
    )


def test_vijf_of_meer_worden_geteld():
    zin = normalinea([norm("A1", 4), *[norm(f"A{nummer}", 0) for nummer in range(2, 7)]])
    assert zin.endswith("Aan 5 aandachtspunten voldoet geen van de beoordeelde gemeenten (elk 0 van 13).")


def test_hetzelfde_deel_van_een_ander_aantal():
    """1 of 2 and 2 of 4 are as much; each keeps its own numbers."""
    zin = normalinea([norm("A1", 1, n=2), norm("A2", 2, n=4), norm("A3", 1, n=4)])
    assert "aan 'kort A1' en 'kort A2' het vaakst voldaan (1 van 2 en 2 van 4)." in zin


def test_overal_even_vaak_of_nergens():
    assert normalinea([norm("A1", 0), norm("A2", 0)]) == (
        "Aan geen van de 2 aandachtspunten in dit onderdeel voldoet een gemeente geheel."
    )
    assert normalinea([norm("A1", 3), norm("A2", 3)]) == (
        "Aan de 2 aandachtspunten in dit onderdeel wordt even vaak voldaan: beide 3 van 13."
    )
    assert normalinea([norm("A1", 3)]) == "Aan 'kort A1' is voldaan bij 3 van 13 gemeenten."


def test_niet_te_beoordelen_telt_niet_mee():
    """9 judged, 4 not to be judged: 4 of 9 is more than 5 of 13."""
    zin = normalinea([norm("A1", 5), norm("A2", 4, n=9, niet_te_beoordelen=4), norm("A3", 1)])
    assert "'kort A2' het vaakst voldaan (4 van 9)." in zin
    assert zin.endswith("Gemeenten waar een aandachtspunt niet te beoordelen was, zijn daarbij niet meegeteld.")


def test_niets_beoordeeld():
    assert normalinea([norm("A1", 0, n=0), norm("A2", 0, n=0, niet_te_beoordelen=13)]) == ""
