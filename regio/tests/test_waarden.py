"""A stored value in the words of a reader, in the logboek and in a dossier's history alike."""

import pytest

from regio.waarden import leesbaar


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [
        (None, "leeg"),
        ("", "leeg"),
        (True, "ja"),
        (False, "nee"),
        (0, "0"),
        (39605, "39.605"),
        (1234567, "1.234.567"),
        ("2008-02-05", "05-02-2008"),
        ("2008-2-5", "2008-2-5"),
        ("1234567", "1234567"),
    ],
)
def test_waarden(waarde, tekst):
    assert leesbaar(waarde) == tekst


def test_wat_er_voor_niets_staat_kiest_de_lezer():
    assert leesbaar(None, leeg="–") == "–"
