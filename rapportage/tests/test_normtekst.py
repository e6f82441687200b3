"""The paragraph on norms: the ends by name with all that share them, and never a denominator with who was not judged."""

from rapportage import normtekst
from rapportage.uitkomst import ALLE, Normtelling, Normuitkomst
from rapportage.uitspraken.ontleden import kaal


def normalinea(normen):
    return kaal(normtekst.normalinea(normen))


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
        "Van de 3 aandachtspunten in dit onderdeel wordt het vaakst voldaan aan 'kort A2' (9 van 13). Het minst wordt voldaan "
        "aan 'kort A3' (1 van 13). Een verklaring zonder het stuk dat het aandachtspunt zelf vraagt, is er bij A2 (1 van 13)."
    )


def test_elk_aantal_is_aan_zijn_norm_gebonden():
    assert normtekst.normalinea([norm("A1", 2), norm("A2", 9, verklaard=1)]) == (
        "Van de 2 aandachtspunten in dit onderdeel wordt het vaakst voldaan aan 'kort A2' ([9 van 13]{A2=voldoet}). Het minst "
        "wordt voldaan aan 'kort A1' ([2 van 13]{A1=voldoet}). Een verklaring zonder het stuk dat het aandachtspunt zelf vraagt, "
        "is er bij A2 ([1 van 13]{A2=alleen_verklaard})."
    )


def test_wie_een_uiterste_deelt_wordt_meegenoemd():
    """Three norms met by nobody are three, not the last of them alone."""
    assert normalinea([norm("A1", 4), norm("A2", 0), norm("A3", 4), norm("A4", 0), norm("A5", 0)]) == (
        "Van de 5 aandachtspunten in dit onderdeel wordt het vaakst voldaan aan 'kort A1' (4 van 13) en 'kort A3' (4 van 13). "
        "Het minst wordt voldaan aan 'kort A2' (0 van 13), 'kort A4' (0 van 13) en 'kort A5' (0 van 13)."
    )


def test_vijf_of_meer_gaan_bij_hun_code():
    zin = normalinea([norm("A1", 4), *[norm(f"A{nummer}", 0) for nummer in range(2, 7)]])
    assert zin.endswith(
        "Het minst wordt voldaan aan A2 (0 van 13), A3 (0 van 13), A4 (0 van 13), A5 (0 van 13) en A6 (0 van 13)."
    )


def test_hetzelfde_deel_van_een_ander_aantal():
    """1 of 2 and 2 of 4 are as much; each keeps its own numbers."""
    zin = normalinea([norm("A1", 1, n=2), norm("A2", 2, n=4), norm("A3", 1, n=4)])
    assert "het vaakst voldaan aan 'kort A1' (1 van 2) en 'kort A2' (2 van 4)." in zin


def test_overal_evenveel():
    assert normalinea([norm("A1", 0), norm("A2", 0)]) == (
        "Aan de aandachtspunten in dit onderdeel wordt in gelijke mate voldaan: 'kort A1' (0 van 13) en 'kort A2' (0 van 13)."
    )
    assert normalinea([norm("A1", 3)]) == "Aan 'kort A1' is voldaan bij 3 van 13 gemeenten."


def test_niet_te_beoordelen_telt_niet_mee():
    """9 judged, 4 not to be judged: 4 of 9 is more than 5 of 13."""
    zin = normalinea([norm("A1", 5), norm("A2", 4, n=9, niet_te_beoordelen=4), norm("A3", 1)])
    assert "het vaakst voldaan aan 'kort A2' (4 van 9)." in zin
    assert zin.endswith("Gemeenten waar een aandachtspunt niet te beoordelen was, zijn daarbij niet meegeteld.")


def test_niets_beoordeeld():
    assert normalinea([norm("A1", 0, n=0), norm("A2", 0, n=0, niet_te_beoordelen=13)]) == ""
