"""What quantities in a Dutch sentence claim of thirteen dossiers, worked out by hand."""

import pytest

from rapportage.kwantoren import BANDEN, Band
from rapportage.uitspraken.getallen import getal, in_woorden
from rapportage.uitspraken.woorden import hoeveelheden


def omvat(tekst: str, n: int = 13) -> list[int]:
    (een,) = hoeveelheden(tekst)
    return sorted(een.omvat(n))


@pytest.mark.parametrize(
    ("tekst", "getallen"),
    [
        ("geen enkele gemeente", [0]),
        ("een enkele gemeente", [1]),
        ("slechts enkele gemeenten", [2, 3]),
        ("een minderheid", [4, 5]),
        ("ongeveer de helft", [6, 7]),
        ("een meerderheid", [8, 9]),
        ("de meeste gemeenten", [10, 11]),
        ("meestal", [10, 11]),
        ("vrijwel alle gemeenten", [12]),
        ("alle gemeenten", [13]),
        ("niet alle gemeenten", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("niet overal", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("nauwelijks", [1]),
        ("vrijwel geen gemeente", [1]),
        ("een aantal gemeenten", [2, 3, 4, 5, 6]),
        ("diverse gemeenten", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("soms", [1, 2, 3, 4, 5, 6]),
        ("het merendeel van de gemeenten", [7, 8, 9, 10, 11, 12]),
        ("meer dan de helft", [7, 8, 9, 10, 11, 12]),
        ("vaak", [7, 8, 9, 10, 11, 12]),
        ("de helft", []),
        ("ruim de helft", [7]),
        ("bijna de helft", [6]),
        ("een derde van de gemeenten", [4]),
        ("driekwart", [10]),
        ("op een enkele uitzondering na", [1, 12]),
        ("op een enkele uitzondering na alle", [12]),
        ("op twee uitzonderingen na geen", [2]),
        ("ten minste elf gemeenten", [11, 12, 13]),
        ("minder dan 3 gemeenten", [0, 1, 2]),
        ("zeven gemeenten", [7]),
        ("7 van 13", [7]),
        ("zeven van de dertien", [7]),
        ("7 van 12", []),
        ("54%", [7]),
        ("53,8 procent", [7]),
        ("53%", []),
        ("van de dertien gemeenten", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
        ("van de twaalf gemeenten", []),
        ("een van de gemeenten", [1]),
    ],
)
def test_wat_woorden_van_dertien_zeggen(tekst, getallen):
    assert omvat(tekst) == getallen


@pytest.mark.parametrize(
    "tekst", ["een gemeente", "twintigste eeuw", "2.1", "V13", "1.500", "het zestal", "enkelvoud", "algemeen"]
)
def test_wat_geen_hoeveelheid_is(tekst):
    assert hoeveelheden(tekst) == []


def test_een_eigen_woord_van_de_tabel_zegt_wat_de_tabel_zegt():
    banden = (*BANDEN[:4], Band("zo'n beetje de helft", aandeel=70), *BANDEN[5:])
    (een,) = hoeveelheden("zo'n beetje de helft", banden)
    assert sorted(een.omvat(13, banden)) == [6, 7, 8, 9]


def test_getallen_in_letters_en_cijfers():
    assert [getal(w) for w in ("7", "zeven", "Drieënveertig", "eenentwintig", "tachtig", "één")] == [
        7,
        7,
        43,
        21,
        80,
        1,
    ]
    assert [in_woorden(n) for n in (1, 2, 13, 20, 43)] == ["één", "twee", "dertien", "twintig", "43"]
