"""Filling a round: each municipality as it was on the peildatum (design 4.1), once, and only those that existed then."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from regio.models import Gebeurtenis, Kenmerken
from vragenlijst.actions import Geweigerd, Toewijzing, ronde_vullen, zet_status
from vragenlijst.models import Dossier
from vragenlijst.tests.factories import maak_gemeente, maak_instrument, maak_ronde
from vragenlijst.tests.test_zet_status import breng

VOORTREKKER, NIET = Dossier.Rol.VOORTREKKER, Dossier.Rol.NIET_VOORTREKKER


@pytest.fixture
def ronde(db):
    """Peildatum 1 January 2008."""
    return maak_ronde(maak_instrument())


def test_de_kenmerken_zijn_die_van_de_peildatum(ronde, beheerder, inspecteur, vreemde, collega):
    gemeente = maak_gemeente()
    for van, tot, inwoners, randstad in (
        (date(2007, 1, 1), date(2008, 1, 1), 49_999, False),
        (date(2008, 1, 1), date(2009, 1, 1), 50_000, True),  # valid on the peildatum: from is in, until is out
        (date(2009, 1, 1), None, 250_000, False),
    ):
        Kenmerken.objects.create(
            gemeente=gemeente, geldig_van=van, geldig_tot=tot, inwoners=inwoners, randstad=randstad
        )

    (dossier,) = ronde_vullen(
        ronde, [Toewijzing(gemeente, VOORTREKKER, inspecteur, tweede=vreemde, toetser=collega)], beheerder
    )

    dossier.refresh_from_db()
    assert (dossier.inwoners, dossier.grootteklasse_code, dossier.randstad) == (50_000, 5, True)
    assert dossier.grootteklasse.naam == "50.000 tot 100.000"
    assert (dossier.ronde, dossier.gemeente, dossier.rol, dossier.status) == (ronde, gemeente, "voortrekker", "gepland")
    assert (dossier.inspecteur, dossier.tweede_inspecteur, dossier.toetser) == (inspecteur, vreemde, collega)
    gebeurtenis = Gebeurtenis.objects.van(dossier).get()
    assert (gebeurtenis.soort, gebeurtenis.wie, gebeurtenis.dossier_id) == ("gemaakt", beheerder, dossier.pk)


def test_wat_niet_bekend_is_blijft_onbekend(ronde):
    """By a command, without a person; no Kenmerken on the peildatum: nothing is guessed."""
    gemeente = maak_gemeente()
    Kenmerken.objects.create(gemeente=gemeente, geldig_van=date(2008, 1, 2), inwoners=100_000, randstad=True)

    (dossier,) = ronde_vullen(ronde, [Toewijzing(gemeente, NIET)], None)

    assert (dossier.inwoners, dossier.grootteklasse_code, dossier.randstad) == (None, 0, None)
    assert Gebeurtenis.objects.van(dossier).get().wie is None


def test_latere_wijzigingen_raken_het_dossier_niet(ronde, beheerder):
    gemeente = maak_gemeente()
    kenmerken = Kenmerken.objects.create(gemeente=gemeente, geldig_van=date(2008, 1, 1), inwoners=30_000)
    (dossier,) = ronde_vullen(ronde, [Toewijzing(gemeente, NIET)], beheerder)

    kenmerken.inwoners = 60_000
    kenmerken.save()

    dossier.refresh_from_db()
    assert (dossier.inwoners, dossier.grootteklasse_code) == (30_000, 4)


@pytest.mark.parametrize(
    ("velden", "bestaat"),
    [
        ({"geldig_van": date(2008, 1, 1)}, True),
        ({"geldig_van": date(2008, 1, 2)}, False),
        ({"geldig_tot": date(2008, 1, 2)}, True),
        ({"geldig_tot": date(2008, 1, 1)}, False),
    ],
)
def test_alleen_gemeenten_die_dan_bestaan(ronde, beheerder, velden, bestaat):
    gemeente = maak_gemeente("9903", "Randdam")
    for veld, waarde in velden.items():
        setattr(gemeente, veld, waarde)
    gemeente.save()
    ander = maak_gemeente()

    if bestaat:
        assert len(ronde_vullen(ronde, [Toewijzing(ander, NIET), Toewijzing(gemeente, NIET)], beheerder)) == 2
        return
    with pytest.raises(Geweigerd) as fout:
        ronde_vullen(ronde, [Toewijzing(ander, NIET), Toewijzing(gemeente, NIET)], beheerder)
    assert fout.value.redenen == ["Randdam bestaat niet op de peildatum 01-01-2008."]
    assert not Dossier.objects.exists()


def test_een_gemeente_staat_er_een_keer_in(ronde, beheerder):
    proefdam, tweedam = maak_gemeente(), maak_gemeente("9902", "Tweedam")
    ronde_vullen(ronde, [Toewijzing(proefdam, NIET)], beheerder)

    with pytest.raises(Geweigerd) as fout:
        ronde_vullen(ronde, [Toewijzing(tweedam, NIET), Toewijzing(proefdam, VOORTREKKER)], beheerder)
    assert fout.value.redenen == ["Proefdam heeft al een dossier in deze ronde."]
    with pytest.raises(Geweigerd):
        ronde_vullen(ronde, [Toewijzing(tweedam, NIET), Toewijzing(tweedam, NIET)], beheerder)
    assert ronde.dossiers.count() == 1


def test_dezelfde_gemeente_kan_in_een_andere_ronde(ronde, beheerder):
    gemeente = maak_gemeente()
    ronde_vullen(ronde, [Toewijzing(gemeente, NIET)], beheerder)

    ronde_vullen(maak_ronde(ronde.instrument, "volgende", vorige=ronde), [Toewijzing(gemeente, NIET)], beheerder)

    assert gemeente.dossiers.count() == 2


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"toetser": "inspecteur"}, "De toetser kan niet de inspecteur van het dossier zijn."),
        ({"tweede": "inspecteur"}, "De tweede inspecteur is een ander dan de eerste."),
        ({"tweede": "collega", "toetser": "collega"}, "De toetser kan niet de inspecteur van het dossier zijn."),
    ],
)
def test_vier_ogen_zijn_van_twee_mensen(ronde, beheerder, inspecteur, collega, velden, zin):
    mensen = {"inspecteur": inspecteur, "collega": collega}

    with pytest.raises(ValidationError) as fout:
        ronde_vullen(
            ronde,
            [Toewijzing(maak_gemeente(), NIET, inspecteur, **{veld: mensen[wie] for veld, wie in velden.items()})],
            beheerder,
        )
    assert zin in fout.value.messages
    assert not Dossier.objects.exists()


def test_een_rol_die_niet_bestaat(ronde, beheerder):
    with pytest.raises(ValidationError) as fout:
        ronde_vullen(ronde, [Toewijzing(maak_gemeente(), "koploper")], beheerder)
    assert "rol" in fout.value.message_dict


def test_in_een_gesloten_ronde_komt_niets_meer_bij(veldwerk):
    gesloten = breng(veldwerk, "ronde", "gesloten")

    with pytest.raises(Geweigerd, match="gesloten"):
        ronde_vullen(gesloten, [Toewijzing(maak_gemeente("9905", "Vijfdam"), NIET)], veldwerk.beheerder)

    zet_status(gesloten, "open", veldwerk.beheerder, reden="een gemeente vergeten")
    assert ronde_vullen(gesloten, [Toewijzing(maak_gemeente("9906", "Zesdam"), NIET)], veldwerk.beheerder)
