"""What still hangs on a person, as the page of that person tells it."""

from datetime import date

from regio.lopend_werk import lopend_werk
from vragenlijst.models import Dossier, Ronde
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_interview, maak_ronde


def zinnen(gebruiker) -> list[str]:
    return [str(werk) for werk in lopend_werk(gebruiker)]


def test_dossiers_by_place_in_rounds_that_are_not_closed(veldwerk, inspecteur, collega, vreemde):
    """veldwerk: one dossier of inspecteur, reviewed by collega. In a later round in concept: two more, the other way round."""
    later = maak_ronde(veldwerk.instrument, "later", peildatum=date(2009, 1, 1))
    for code in ("9801", "9802"):
        maak_dossier(later, maak_gemeente(code, f"Plaats {code}"), collega, inspecteur)
    assert zinnen(inspecteur) == [
        "Later: 2 dossiers als toetser",
        "Proefronde: 1 dossier als inspecteur",
    ]
    assert zinnen(collega) == [
        "Later: 2 dossiers als inspecteur",
        "Proefronde: 1 dossier als toetser",
    ]
    assert zinnen(vreemde) == []
    assert [werk.adres for werk in lopend_werk(inspecteur)] == [
        "/rondes/later/toewijzing/",
        "/rondes/proefronde/toewijzing/",
    ]


def test_a_closed_round_asks_nothing_of_anybody(veldwerk, inspecteur, collega):
    Ronde.objects.update(status="gesloten")
    assert zinnen(inspecteur) == zinnen(collega) == []


def test_what_is_settled_needs_its_toetser_only(veldwerk, inspecteur, collega):
    Dossier.objects.update(status="vastgesteld", vastgesteld_op="2008-04-01T12:00+00:00")
    assert zinnen(inspecteur) == []
    assert zinnen(collega) == ["Proefronde: 1 dossier als toetser"]


def test_interviews_that_are_still_to_be_held(veldwerk, vreemde):
    maak_interview(veldwerk.dossier, inspecteur=vreemde)
    assert zinnen(vreemde) == ["Proefronde: 1 gepland interview"]
