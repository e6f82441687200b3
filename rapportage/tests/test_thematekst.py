"""The sentence on themes: the most frequent first, a tie whole, and "het vaakst" only where it is true."""

import pytest

from rapportage import thematekst
from rapportage.uitkomst import ALLE, Optie, Telling, Thematelling, Vraaguitkomst
from rapportage.uitspraken.ontleden import kaal


def themazin(vraag):
    return kaal(thematekst.themazin(vraag))


def vraag(*aantallen, tekst="Zo ja: welke?", gesloten=False, n=13, weet_niet=0):
    """A question with themes A, B, C … of so many findings each."""
    themas = [Thematelling(naam, (aantal,)) for naam, aantal in zip("ABCDEFGH", aantallen, strict=False)]
    telling = Telling(ALLE, n + weet_niet, n, weet_niet, 0, {"ja": n} if gesloten else {})
    keuzes = (Optie("ja", "ja"),) if gesloten else ()
    return Vraaguitkomst("V3.1", tekst, "keuze" if gesloten else "open", keuzes, (telling,), themas=themas)


@pytest.mark.parametrize(
    ("aantallen", "verwacht"),
    [
        ((5, 3), "noemen gemeenten het vaakst 'A' (5 van 13), gevolgd door 'B' (3 van 13)"),
        ((8, 8, 4), "noemen gemeenten het vaakst 'A' (8 van 13) en 'B' (8 van 13), gevolgd door 'C' (4 van 13)"),
        ((1, 1, 1), "noemen gemeenten in gelijke mate 'A' (1 van 13), 'B' (1 van 13) en 'C' (1 van 13)"),
        ((3,), "komt naar voren: 'A' (3 van 13)"),
        # The fourth and fifth are as frequent: neither is dropped. What comes after is not named.
        (
            (9, 5, 4, 3, 3, 2),
            "noemen gemeenten het vaakst 'A' (9 van 13), gevolgd door 'B' (5 van 13), 'C' (4 van 13), 'D' (3 van 13) en "
            "'E' (3 van 13)",
        ),
        ((5, 0), "komt naar voren: 'A' (5 van 13)"),
    ],
)
def test_open_vraag(aantallen, verwacht):
    assert themazin(vraag(*aantallen)) == f'Op de vraag "Welke?" {verwacht}.'


def test_een_aspect_is_geen_vraag():
    assert themazin(vraag(2, tekst="realisatie *projecten*")) == (
        "Bij \"Realisatie \\*projecten\\*\" komt naar voren: 'A' (2 van 13)."
    )


@pytest.mark.parametrize(
    ("aantallen", "verwacht"),
    [
        ((4, 2), "In de toelichtingen keert 'A' (4 van 13) het vaakst terug, gevolgd door 'B' (2 van 13)."),
        ((4, 4), "In de toelichtingen keren 'A' (4 van 13) en 'B' (4 van 13) in gelijke mate terug."),
        ((4,), "In de toelichtingen komt naar voren: 'A' (4 van 13)."),
    ],
)
def test_gesloten_vraag(aantallen, verwacht):
    """One of the thirteen does not know, and may have said why: the findings count, not the answers."""
    assert themazin(vraag(*aantallen, gesloten=True, n=12, weet_niet=1)) == verwacht


def test_geen_thema():
    assert themazin(vraag()) == themazin(vraag(0, 0)) == ""
