"""Grootteklassen of municipalities, by inhabitants, as CBS uses them. Pure, no Django."""

from typing import NamedTuple


class Grootteklasse(NamedTuple):
    code: int
    vanaf: int
    naam: str


ONBEKEND = Grootteklasse(0, 0, "onbekend")
GROOTTEKLASSEN = (
    Grootteklasse(1, 0, "minder dan 5.000"),
    Grootteklasse(2, 5_000, "5.000 tot 10.000"),
    Grootteklasse(3, 10_000, "10.000 tot 20.000"),
    Grootteklasse(4, 20_000, "20.000 tot 50.000"),
    Grootteklasse(5, 50_000, "50.000 tot 100.000"),
    Grootteklasse(6, 100_000, "100.000 tot 150.000"),
    Grootteklasse(7, 150_000, "150.000 tot 250.000"),
    Grootteklasse(8, 250_000, "250.000 of meer"),
)


def grootteklasse(inwoners: int | None) -> Grootteklasse:
    """The class that holds this number of inhabitants; `ONBEKEND` when the number is not known."""
    if inwoners is None:
        return ONBEKEND
    return next(klasse for klasse in reversed(GROOTTEKLASSEN) if inwoners >= klasse.vanaf)


def met_code(code: int) -> Grootteklasse:
    """The class with this code, `ONBEKEND` for 0."""
    return GROOTTEKLASSEN[code - 1] if code else ONBEKEND
