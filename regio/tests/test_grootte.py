"""Grootteklassen by inhabitants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regio.grootte import GROOTTEKLASSEN, ONBEKEND, grootteklasse, met_code


@pytest.mark.parametrize(
    ("inwoners", "code"),
    [
        (0, 1),
        (4_999, 1),
        (5_000, 2),
        (9_999, 2),
        (10_000, 3),
        (19_999, 3),
        (20_000, 4),
        (49_999, 4),
        (50_000, 5),
        (99_999, 5),
        (100_000, 6),
        (149_999, 6),
        (150_000, 7),
        (249_999, 7),
        (250_000, 8),
        (900_000, 8),
    ],
)
def test_grenzen(inwoners, code):
    assert grootteklasse(inwoners).code == code


def test_onbekend_is_geen_klein():
    assert grootteklasse(None) is ONBEKEND
    assert met_code(0) is ONBEKEND


def test_acht_klassen_op_volgorde():
    assert [klasse.code for klasse in GROOTTEKLASSEN] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert met_code(4).naam == "20.000 tot 50.000"


@given(st.integers(min_value=0, max_value=2_000_000), st.integers(min_value=0, max_value=2_000_000))
def test_meer_inwoners_is_nooit_een_lagere_klasse(een, ander):
    laag, hoog = sorted((een, ander))
    assert grootteklasse(laag).code <= grootteklasse(hoog).code


@given(st.integers(min_value=0, max_value=2_000_000))
def test_de_klasse_houdt_het_aantal(inwoners):
    klasse = grootteklasse(inwoners)
    assert klasse.vanaf <= inwoners
    assert met_code(klasse.code) == klasse
