"""Themes on open findings: adding, ticking, and two analysts at once."""

import pytest
from django.urls import reverse

from rapportage import actions
from rapportage.models import Thema
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis
from vragenlijst.actions import Conflict

pytestmark = pytest.mark.django_db


class Scherm:
    """The page of one open question, as a person uses it: read first, then tick and save."""

    def __init__(self, client, persoon, ronde, code="P1.2"):
        client.force_login(persoon)
        self.client, self.adres = client, reverse("uitkomst_vraag", args=[ronde.slug, code])
        self.form = client.get(self.adres).context["form"]

    def bewaar(self, vinkjes=None, **velden):
        data = {"gezien": self.form["gezien"].value(), "nieuw": ""}
        for veld in self.form.fields:
            if veld.startswith("b"):
                data[veld] = self.form[veld].value()
        for bevinding, themas in (vinkjes or {}).items():
            data[f"b{bevinding.pk}"] = [thema.pk for thema in themas]
        return self.client.post(self.adres, data | velden)


@pytest.fixture
def ronde():
    return maak_ronde(maak_instrument())


@pytest.fixture
def bevindingen(ronde):
    return [vind(maak_dossier(ronde), "P1.2", tekst=tekst) for tekst in ("Meer banen.", "Minder papier.")]


def maak_thema(bevindingen, naam, *met):
    bron = bevindingen[0]
    thema = Thema.objects.create(ronde=bron.dossier.ronde, vraag=bron.vraag, naam=naam)
    thema.bevindingen.set(met)
    return thema


def heeft(bevinding):
    return sorted(thema.naam for thema in bevinding.themas.all())


def test_nieuw_thema_en_daarna_aanvinken(client, analist, ronde, bevindingen):
    antwoord = Scherm(client, analist, ronde).bewaar(nieuw="  Werk   gelegenheid ")
    assert antwoord.status_code == 302
    thema = Thema.objects.get()
    assert thema.naam == "Werk gelegenheid"
    Scherm(client, analist, ronde).bewaar({bevindingen[0]: [thema]})
    assert heeft(bevindingen[0]) == ["Werk gelegenheid"]
    assert heeft(bevindingen[1]) == []
    assert [g.soort for g in Gebeurtenis.objects.van(thema).order_by("pk")] == ["gemaakt", "gewijzigd"]


def test_vinkje_weghalen(client, analist, ronde, bevindingen):
    maak_thema(bevindingen, "Banen", *bevindingen)
    Scherm(client, analist, ronde).bewaar({bevindingen[0]: []})
    assert [heeft(b) for b in bevindingen] == [[], ["Banen"]]


def test_twee_analisten_vinken_tegelijk(client, analist, ronde, bevindingen):
    """Both read the page before either saved: each changes only what they changed themselves."""
    banen, papier = maak_thema(bevindingen, "Banen"), maak_thema(bevindingen, "Papier")
    eerste, tweede = Scherm(client, analist, ronde), Scherm(client, analist, ronde)
    eerste.bewaar({bevindingen[0]: [banen]})
    tweede.bewaar({bevindingen[0]: [papier]})
    assert heeft(bevindingen[0]) == ["Banen", "Papier"]


def test_bevinding_gewijzigd_na_het_lezen(client, analist, ronde, bevindingen):
    """A tick on a text that has changed is refused, is shown again, and can be saved once the new text is read."""
    thema = maak_thema(bevindingen, "Banen")
    scherm = Scherm(client, analist, ronde)
    bevindingen[0].tekst, bevindingen[0].versie = "Juist minder banen.", 2
    bevindingen[0].save()
    antwoord = scherm.bewaar({bevindingen[0]: [thema]}, nieuw="Regio")
    assert antwoord.status_code == 409
    assert heeft(bevindingen[0]) == []
    assert not Thema.objects.filter(naam="Regio").exists()
    pagina = antwoord.content.decode()
    assert "Juist minder banen." in pagina
    assert f"De bevinding van {bevindingen[0].dossier.gemeente} is ondertussen gewijzigd" in pagina
    form = antwoord.context["form"]
    assert form["nieuw"].value() == "Regio"
    scherm.form = form
    assert scherm.bewaar(nieuw="Regio").status_code == 302
    assert heeft(bevindingen[0]) == ["Banen"]


def test_gewijzigde_bevinding_zonder_eigen_vinkje_hindert_niet(client, analist, ronde, bevindingen):
    thema = maak_thema(bevindingen, "Banen")
    scherm = Scherm(client, analist, ronde)
    type(bevindingen[0]).objects.filter(pk=bevindingen[0].pk).update(versie=7)
    assert scherm.bewaar({bevindingen[1]: [thema]}).status_code == 302
    assert heeft(bevindingen[1]) == ["Banen"]


@pytest.mark.parametrize("naam", ["Banen", "bAnEn "])
def test_thema_bestaat_al(client, analist, ronde, bevindingen, naam):
    maak_thema(bevindingen, "Banen")
    antwoord = Scherm(client, analist, ronde).bewaar(nieuw=naam)
    assert antwoord.context["form"].errors["nieuw"] == ["Dit thema bestaat al bij deze vraag."]
    assert antwoord.context["form"]["nieuw"].value() == naam


@pytest.mark.parametrize("gezien", ["x", "1:2", "1:2:a;", "::"])
def test_onleesbaar_gezien(client, analist, ronde, bevindingen, gezien):
    antwoord = Scherm(client, analist, ronde).bewaar(gezien=gezien)
    assert "De pagina is onvolledig ontvangen" in antwoord.content.decode()


def test_bevinding_van_een_andere_ronde_blijft_onaangeroerd(client, analist, ronde, bevindingen):
    thema = maak_thema(bevindingen, "Banen")
    ander = vind(maak_dossier(maak_ronde(ronde.instrument, slug="ander")), "P1.2", tekst="Elders.")
    scherm = Scherm(client, analist, ronde)
    scherm.bewaar({ander: [thema]}, gezien=f"{ander.pk}:1:")
    assert heeft(ander) == []


def test_de_actie_zelf_kent_alleen_de_eigen_ronde(analist, ronde, bevindingen):
    thema = maak_thema(bevindingen, "Banen")
    ander = vind(maak_dossier(maak_ronde(ronde.instrument, slug="ander")), "P1.2", tekst="Elders.")
    with pytest.raises(Conflict):
        actions.themas_opslaan(
            ronde,
            thema.vraag,
            gezien={ander.pk: (1, frozenset())},
            gekozen={ander.pk: frozenset({thema.pk})},
            nieuw="",
            wie=analist,
        )
    assert heeft(ander) == []


def test_alleen_een_ongebruikt_thema_kan_weg(client, analist, ronde, bevindingen):
    gebruikt, vrij = maak_thema(bevindingen, "Banen", bevindingen[0]), maak_thema(bevindingen, "Vergissing")
    scherm = Scherm(client, analist, ronde)
    for thema in (gebruikt, vrij):
        scherm.bewaar(verwijder=thema.pk)
    assert [thema.naam for thema in Thema.objects.all()] == ["Banen"]
    assert scherm.bewaar(verwijder="abc").status_code == 404


def test_gesloten_vraag_heeft_geen_themas(client, analist, ronde):
    maak_dossier(ronde)
    client.force_login(analist)
    adres = reverse("uitkomst_vraag", args=[ronde.slug, "P1.1"])
    assert client.get(adres).context["form"] is None
    assert client.post(adres, {"nieuw": "x"}).status_code == 403


def test_zonder_antwoorden(client, analist, ronde):
    client.force_login(analist)
    pagina = client.get(reverse("uitkomst_vraag", args=[ronde.slug, "P1.2"])).content.decode()
    assert "Nog geen antwoorden" in pagina
