"""Who may open which page of this room, and the table that says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from regio.models import Gebruiker, Gemeente
from regio.rechten import RECHTEN, Mag, Recht, Rol, recht_vereist, rechten_van

# name → (status for inspecteur, analist, beheerder)
ZIEN, BEHEREN, IEDEREEN = (200, 200, 200), (403, 403, 200), (200, 200, 200)
TABEL = {
    "gemeenten": ZIEN,
    "gemeente": ZIEN,
    "gemeente_nieuw": BEHEREN,
    "gemeente_wijzigen": BEHEREN,
    "kenmerken_nieuw": BEHEREN,
    "kenmerken_wijzigen": BEHEREN,
    "lidmaatschap_nieuw": BEHEREN,
    "lidmaatschap_beeindigen": BEHEREN,
    "regios": ZIEN,
    "regio": ZIEN,
    "regio_nieuw": BEHEREN,
    "regio_wijzigen": BEHEREN,
    "gebruikers": BEHEREN,
    "gebruiker": BEHEREN,
    "gebruiker_nieuw": BEHEREN,
    "gebruiker_wijzigen": BEHEREN,
    "gebruiker_wachtwoord": BEHEREN,
    "rechten": IEDEREEN,
    "wachtwoord_wijzigen": IEDEREEN,
}


@pytest.fixture
def adressen(gemeente, collega):
    kenmerken, lid = gemeente.kenmerken.get(), gemeente.lidmaatschappen.get()
    args = {
        "gemeente": [gemeente.code],
        "gemeente_wijzigen": [gemeente.code],
        "kenmerken_nieuw": [gemeente.code],
        "kenmerken_wijzigen": [gemeente.code, kenmerken.pk],
        "lidmaatschap_nieuw": [gemeente.code],
        "lidmaatschap_beeindigen": [gemeente.code, lid.pk],
        "regio": [lid.regio_id],
        "regio_wijzigen": [lid.regio_id],
        "gebruiker": [collega.pk],
        "gebruiker_wijzigen": [collega.pk],
        "gebruiker_wachtwoord": [collega.pk],
        "gebruiker_herstelmail": [collega.pk],
    }
    return {naam: reverse(naam, args=args.get(naam)) for naam in [*TABEL, "gebruiker_herstelmail"]}


@pytest.mark.parametrize("naam", TABEL)
def test_bladzijden(client, adressen, inspecteur, analist, beheerder, naam):
    assert client.get(adressen[naam]).status_code == 302  # to the login page
    for gebruiker, status in zip((inspecteur, analist, beheerder), TABEL[naam], strict=True):
        client.force_login(gebruiker)
        assert client.get(adressen[naam]).status_code == status, gebruiker


@pytest.mark.parametrize(
    "naam", [naam for naam, rij in TABEL.items() if rij == BEHEREN and naam not in ("gebruikers", "gebruiker")]
)
def test_het_recht_gaat_voor_de_controle(client, adressen, inspecteur, naam):
    """An insider without the right gets 403 for a senseless form, not a list of what is wrong with it."""
    client.force_login(inspecteur)
    response = client.post(adressen[naam], {"naam": "\x00", "versie": "onzin"})
    assert response.status_code == 403
    assert Gemeente.objects.get().naam == "Amsterdam"


def test_herstelmail_alleen_door_wie_gebruikers_beheert(client, adressen, analist, mailoutbox):
    client.force_login(analist)
    assert client.post(adressen["gebruiker_herstelmail"]).status_code == 403
    assert mailoutbox == []


@pytest.mark.parametrize("naam", ["wachtwoord_vergeten", "wachtwoord_verstuurd", "wachtwoord_klaar"])
def test_wie_zijn_wachtwoord_kwijt_is_hoeft_niet_in_te_loggen(client, db, naam):
    assert client.get(reverse(naam)).status_code == 200


def test_de_pagina_toont_de_tabel(client, inspecteur):
    client.force_login(inspecteur)
    response = client.get(reverse("rechten"))
    rijen = dict(response.context["rijen"])
    assert rijen[Recht.GEBRUIKERS_BEHEREN.label] == [False, False, True]
    assert rijen[Recht.DOSSIER_BEHANDELEN.label] == [True, False, False]
    assert len(rijen) == len(Recht)


def test_iedere_rol_en_ieder_recht_staan_in_de_tabel():
    assert set(RECHTEN) == set(Rol)
    assert frozenset().union(*RECHTEN.values()) == set(Recht)


def test_een_beheerder_komt_niet_bij_antwoorden():
    assert not RECHTEN[Rol.BEHEERDER] & {Recht.DOSSIER_BEHANDELEN, Recht.DOSSIERS_LEZEN, Recht.UITKOMSTEN_ZIEN}


def test_wie_geen_toegang_heeft_mag_niets():
    assert rechten_van(None) == frozenset()
    assert rechten_van(Gebruiker(rol=Rol.BEHEERDER, is_active=False)) == frozenset()
    assert Recht.REFERENTIE_BEHEREN in rechten_van(Gebruiker(rol=Rol.BEHEERDER))


def test_mag_kent_alleen_bestaande_rechten():
    mag = Mag(Gebruiker(rol=Rol.ANALIST))
    assert mag["rapport_schrijven"]
    assert not mag["referentie_beheren"]
    with pytest.raises(ValueError, match="koning_zijn"):
        mag["koning_zijn"]


def test_een_van_de_rechten_is_genoeg(rf):
    @recht_vereist(Recht.RONDE_BEHEREN, Recht.RAPPORT_SCHRIJVEN)
    def view(request):
        return "gezien"

    verzoek = rf.get("/")
    verzoek.user = Gebruiker(rol=Rol.ANALIST)
    assert view(verzoek) == "gezien"
    verzoek.user = Gebruiker(rol=Rol.INSPECTEUR)
    with pytest.raises(PermissionDenied):
        view(verzoek)


def test_de_pagina_van_een_geweigerd_adres_zegt_niemand_zichzelf_te_vragen(client, beheerder):
    """A beheerder has no dossiers: "ask the beheerder" would send them to themselves."""
    client.force_login(beheerder)
    response = client.get("/werk/")
    assert response.status_code == 403
    assert "Vraag de beheerder" not in response.content.decode()
    assert 'href="/rechten/"' in response.content.decode()
