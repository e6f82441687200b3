"""The beheerder's and analist's pages of bands and fotomomenten: what they show to whom, and what they refuse at which row."""

import hashlib

import pytest
from django.urls import reverse

from rapportage.actions.kwantoren import banden_opslaan
from rapportage.kwantoren import BANDEN, Band
from rapportage.models import Fotomoment, Kwantorband
from rapportage.queries.kwantoren import banden_van, bandenzegel
from rapportage.tests.bouw import maak_instrument, maak_ronde
from regio.models import Gebeurtenis
from vragenlijst.actions import zet_status
from vragenlijst.models import Bevinding

pytestmark = pytest.mark.django_db

DRIE = [("geen", "tot-en-met", "100", "0"), ("een deel", "minder-dan", "100", ""), ("alle", "tot-en-met", "100", "")]


def invoer(rijen, gezien=BANDEN) -> dict:
    velden = {"gezien": bandenzegel(gezien)}
    for nummer, rij in enumerate(rijen):
        velden |= {
            f"b{nummer}-{naam}": waarde
            for naam, waarde in zip(("woord", "tot", "aandeel", "hoogstens"), rij, strict=True)
        }
    return velden


# --- Bands ------------------------------------------------------------------------------------------------------------


def test_standaard_wijzigen_in_willekeurige_volgorde(client, beheerder):
    client.force_login(beheerder)
    adres = reverse("kwantoren")
    assert client.get(adres).content.decode().count('-woord"') >= len(BANDEN) + 2
    leeg = ("", "tot-en-met", "", "")
    assert client.post(adres, invoer([leeg, *reversed(DRIE), leeg])).status_code == 302
    assert banden_van(None) == (Band("geen", hoogstens=0), Band("een deel", tot_en_met=False), Band("alle"))
    # What the page itself shows can be sent back as it stands.
    velden = client.get(adres).context["form"]
    assert [rij["woord"].value() for rij in velden.rijen[:3]] == ["geen", "een deel", "alle"]


@pytest.mark.parametrize(
    ("rijen", "rij", "woorden"),
    [
        ([DRIE[0], ("3 of meer", "minder-dan", "100", ""), DRIE[2]], 1, "kleine letters"),
        ([DRIE[2], DRIE[1], DRIE[1], DRIE[0]], 2, "staat er al"),
        ([DRIE[0], ("een deel", "minder-dan", "101", ""), DRIE[2]], 1, "ten hoogste 100%"),
        ([DRIE[0], ("een deel", "minder-dan", "half", ""), DRIE[2]], 1, "heel getal"),
        ([DRIE[2], ("een deel", "tot-en-met", "50", ""), DRIE[0]], 0, "Ook 2 van 3 heet nu ‘alle’"),
        ([("", "tot-en-met", "", "")], 0, "ten minste twee"),
    ],
)
def test_een_fout_staat_bij_zijn_rij(client, beheerder, rijen, rij, woorden):
    client.force_login(beheerder)
    antwoord = client.post(reverse("kwantoren"), invoer(rijen))
    assert antwoord.status_code == 422
    fouten = {nummer: str(deel.errors) for nummer, deel in enumerate(antwoord.context["form"].rijen) if deel.errors}
    assert list(fouten) == [rij]
    assert woorden in fouten[rij]
    assert [deel["woord"].value() for deel in antwoord.context["form"].rijen] == [invoerrij[0] for invoerrij in rijen]
    assert not Kwantorband.objects.exists()


def test_wie_te_laat_is_ziet_wat_er_geldt(client, beheerder):
    banden_opslaan(
        None, [Band("geen", hoogstens=0), Band("veel", tot_en_met=False), Band("alle")], bandenzegel(BANDEN), beheerder
    )
    client.force_login(beheerder)
    adres, velden = reverse("kwantoren"), invoer(DRIE)
    antwoord = client.post(adres, velden)
    assert antwoord.status_code == 409
    assert "Veel</th>" in antwoord.content.decode()
    velden["gezien"] = antwoord.context["zegel"]
    assert client.post(adres, velden).status_code == 302


def test_ronde_leest_de_analist_en_wijzigt_de_beheerder(client, analist, beheerder):
    ronde = maak_ronde(maak_instrument())
    adres = reverse("ronde_kwantoren", args=[ronde.slug])
    client.force_login(analist)
    assert '<form method="post" novalidate' not in client.get(adres).content.decode()
    assert client.post(adres, invoer(DRIE)).status_code == 403
    client.force_login(beheerder)
    assert client.post(adres, invoer(DRIE)).status_code == 302
    assert Kwantorband.objects.filter(ronde=ronde).count() == 3
    assert banden_van(None) == BANDEN


def test_een_bevroren_tabel_is_niet_te_wijzigen(client, gesloten):
    client.force_login(gesloten.beheerder)
    adres = reverse("ronde_kwantoren", args=[gesloten.ronde.slug])
    antwoord = client.post(adres, invoer(DRIE))
    assert "staan vast" in antwoord.content.decode()
    assert banden_van(gesloten.ronde) == BANDEN


# --- Fotomomenten -------------------------------------------------------------------------------------------------------


def test_de_versies_met_wat_er_verschilt(client, gesloten, analist):
    zet_status(gesloten.ronde, "open", gesloten.beheerder, reden="een telfout")
    gesloten.dossier.refresh_from_db()
    zet_status(gesloten.dossier, "in_uitvoering", gesloten.toetser, reden="een telfout")
    Bevinding.objects.filter(dossier=gesloten.dossier, vraag__code="V3.1").update(tekst="Via een nieuw overleg.")
    zet_status(gesloten.dossier, "ter_toetsing", gesloten.inspecteur)
    zet_status(gesloten.dossier, "vastgesteld", gesloten.toetser)
    zet_status(gesloten.ronde, "gesloten", gesloten.beheerder)
    adres = reverse("fotomomenten", args=[gesloten.ronde.slug])
    client.force_login(analist)
    pagina = client.get(adres).content.decode()
    for foto in Fotomoment.objects.all():
        assert foto.sha256 in pagina
    assert "1 verschil" in pagina
    assert "‘Via de bestaande overleggen.’ → ‘Via een nieuw overleg.’" in pagina
    # The beheerder knows where, not what: no answers (design 12).
    client.force_login(gesloten.beheerder)
    pagina = client.get(adres).content.decode()
    assert "vraag V3.1, tekst" in pagina
    assert "nieuw overleg" not in pagina
    assert "fotomoment-1.json" not in pagina


def test_download_is_wat_verzegeld_is(client, gesloten, analist):
    client.force_login(analist)
    antwoord = client.get(reverse("fotomoment_bestand", args=[gesloten.ronde.slug, 1]))
    foto = Fotomoment.objects.get()
    assert hashlib.sha256(antwoord.content).hexdigest() == foto.sha256
    assert antwoord["Content-Disposition"] == 'attachment; filename="fotomoment-proefronde-1.json"'
    assert Gebeurtenis.objects.van(foto).filter(soort="uitvoer", wie=analist).exists()
