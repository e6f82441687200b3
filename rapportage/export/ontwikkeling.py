"""A comparison of two rounds as one long table: a row per question or norm, group, state then and state now. Pure, no Django."""

from collections.abc import Iterator

from rapportage.export.cellen import Cel
from rapportage.trend import Ontwikkeling, Trendregel

KOLOMMEN = (
    "ronde_toen", "ronde_nu", "gemeenten", "onderdeel", "soort", "code", "tekst", "vergelijkbaarheid", "groep",
    "antwoord_toen", "antwoord_nu", "aantal", "paren", "in_beide_beantwoord", "voorgangers_verschillen",
)  # fmt: skip


def rijen(vergeleken: Ontwikkeling) -> Iterator[tuple[Cel, ...]]:
    """`aantal` is of municipalities; a question that cannot be compared has one row, without figures, that says why."""
    kop = (
        vergeleken.toen.naam,
        vergeleken.nu.naam,
        "naar de indeling van nu" if vergeleken.naar_nu else "zoals toen",
    )
    for onderdeel in vergeleken.onderdelen:
        for regel in (*onderdeel.vragen, *onderdeel.normen):
            for rij in _van_regel(regel, vergeleken):
                yield (*kop, onderdeel.titel, *rij)


def _van_regel(regel: Trendregel, vergeleken: Ontwikkeling) -> Iterator[tuple[Cel, ...]]:
    wat = ("aandachtspunt" if regel.is_norm else "vraag", regel.code, regel.tekst)
    if not regel.vergelijkbaar:
        yield (*wat, regel.bezwaar, "", "", "", None, None, None, None)
        return
    for groep, telling in zip(vergeleken.groepen, regel.per_groep, strict=True):
        samen = (telling.totaal + telling.uitgesloten, telling.beide, telling.uitgesloten)
        for toen in telling.codes:
            for nu in telling.codes:
                namen = (regel.naam(toen), regel.naam(nu))
                yield (*wat, regel.vergelijkbaarheid, groep.naam, *namen, telling.van_naar(toen, nu), *samen)
