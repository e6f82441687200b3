"""The round's deadlines: set by the beheerder, also while it runs; in order, and never overwritten unseen."""

from datetime import date

import pytest
from django.urls import reverse

from regio.models import Gebeurtenis

TERMIJNEN = {"interviews_voor": "29-02-2008", "aanbieden_voor": "21-03-2008", "toetsen_voor": "04-04-2008"}


@pytest.fixture
def zend(client, veldwerk, beheerder):
    """The beheerder posts the page of the open round, with these fields typed over: zend(**fields)."""
    client.force_login(beheerder)
    adres = reverse("ronde_wijzigen", args=[veldwerk.ronde.slug])

    def zend(gezien=None, **velden):
        form = client.get(adres).context["form"]
        invoer = {naam: form[naam].value() or "" for naam in form.fields}
        invoer = {naam: f"{w:%d-%m-%Y}" if isinstance(w, date) else w for naam, w in invoer.items()}
        return client.post(adres, invoer | velden | ({"gezien": gezien} if gezien else {}))

    return zend


def test_termijnen_van_een_lopende_ronde(zend, client, veldwerk):
    assert zend(**TERMIJNEN).status_code == 302
    veldwerk.ronde.refresh_from_db()
    ronde = veldwerk.ronde
    assert (ronde.interviews_voor, ronde.aanbieden_voor, ronde.toetsen_voor) == (
        date(2008, 2, 29),
        date(2008, 3, 21),
        date(2008, 4, 4),
    )
    html = client.get(ronde.get_absolute_url()).content.decode()
    assert "uiterlijk 29 februari 2008" in html
    assert "uiterlijk 4 april 2008" in html
    wijzigingen = Gebeurtenis.objects.van(ronde).first().wijzigingen
    assert wijzigingen["Interviews gehouden uiterlijk"] == [None, "2008-02-29"]
    assert zend(interviews_voor="", aanbieden_voor="", toetsen_voor="").status_code == 302
    ronde.refresh_from_db()
    assert ronde.interviews_voor is None


@pytest.mark.parametrize(
    ("velden", "veld", "melding"),
    [
        (
            {"interviews_voor": "06-01-2008"},
            "interviews_voor",
            "Deze dag ligt voor het begin van het veldwerk (07-01-2008).",
        ),
        (
            {"aanbieden_voor": "28-02-2008"},
            "aanbieden_voor",
            "Deze dag ligt voor ‘interviews gehouden uiterlijk’ (29-02-2008).",
        ),
        (
            {"toetsen_voor": "20-03-2008"},
            "toetsen_voor",
            "Deze dag ligt voor ‘dossiers ter toetsing uiterlijk’ (21-03-2008).",
        ),
        (
            {"aanbieden_voor": "", "toetsen_voor": "28-02-2008"},
            "toetsen_voor",
            "Deze dag ligt voor ‘interviews gehouden uiterlijk’ (29-02-2008).",
        ),
        (
            {"toetsen_voor": "31-02-2008"},
            "toetsen_voor",
            "31-02-2008 bestaat niet: februari 2008 heeft 29 dagen. Schrijf",
        ),
    ],
)
def test_termijnen_volgen_op_elkaar(zend, velden, veld, melding):
    response = zend(**TERMIJNEN | velden)
    assert response.status_code == 422
    [fout] = response.context["form"].errors[veld]
    assert fout.startswith(melding.removesuffix(" Schrijf"))


def test_een_ondertussen_gewijzigde_termijn_wordt_niet_overschreven(zend, client, veldwerk):
    gezien = client.get(reverse("ronde_wijzigen", args=[veldwerk.ronde.slug])).context["form"]["gezien"].value()
    zend(**TERMIJNEN)
    response = zend(gezien=gezien, interviews_voor="15-02-2008")
    assert response.status_code == 409
    assert ("Interviews gehouden uiterlijk", "29-02-2008", "15-02-2008") in response.context["verschillen"]
    veldwerk.ronde.refresh_from_db()
    assert veldwerk.ronde.interviews_voor == date(2008, 2, 29)
