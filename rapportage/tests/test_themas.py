"""Themes on open findings: adding, ticking, and two analysts at once."""

import pytest
from django.urls import reverse
from model_bakery import baker

from rapportage import actions, queries, tabellen, thematekst
from rapportage.models import Codering, Thema
from rapportage.tests.bouw import maak_dossier, maak_instrument, maak_ronde, vind
from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Rol
from vragenlijst.actions import Conflict

pytestmark = pytest.mark.django_db


class Scherm:
    """The page of one open question, as a person uses it: read first, then tick and save."""

    def __init__(self, client, persoon, ronde, code="P1.2"):
        client.force_login(persoon)
        self.client, self.adres = client, reverse("uitkomst_vraag", args=[ronde.slug, code])
        self.form = client.get(self.adres).context["themaform"]

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
    return sorted(thema.naam for thema in bevinding.themas.distinct())


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
    form = antwoord.context["themaform"]
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
    assert antwoord.context["themaform"].errors["nieuw"] == ["Dit thema bestaat al bij deze vraag."]
    assert antwoord.context["themaform"]["nieuw"].value() == naam


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
    client.force_login(analist)
    adres = reverse("themas", args=[ronde.slug, "P1.2"])
    for thema in (gebruikt, vrij):
        client.post(adres, {"verwijder": thema.pk})
    assert [thema.naam for thema in Thema.objects.all()] == ["Banen"]
    assert client.post(adres, {"verwijder": "abc"}).status_code == 404


def test_gesloten_vraag_heeft_ook_themas(client, analist, ronde):
    bevinding = vind(maak_dossier(ronde), "P1.1", "ja")
    scherm = Scherm(client, analist, ronde, "P1.1")
    scherm.bewaar({bevinding: [Nieuw]}, nieuw="Bestond al")
    assert heeft(bevinding) == ["Bestond al"]


def test_zonder_antwoorden(client, analist, ronde):
    client.force_login(analist)
    adres = reverse("uitkomst_vraag", args=[ronde.slug, "P1.2"])
    assert "Er is in deze ronde nog geen dossier om te tellen." in client.get(adres).content.decode()
    maak_dossier(ronde)
    assert "Zodra er bevindingen zijn vastgelegd" in client.get(adres).content.decode()


# --- A new theme with its ticks, and another name ---------------------------------------------------------------------


class Nieuw:
    """The check box of the theme that is being made."""

    pk = Thema.NIEUW


def test_nieuw_thema_meteen_aanvinken(client, analist, ronde, bevindingen):
    banen = maak_thema(bevindingen, "Banen", bevindingen[1])
    antwoord = Scherm(client, analist, ronde).bewaar(
        {bevindingen[0]: [Nieuw], bevindingen[1]: [banen, Nieuw]}, nieuw="Papier"
    )
    assert antwoord.status_code == 302
    assert [heeft(b) for b in bevindingen] == [["Papier"], ["Banen", "Papier"]]
    assert "Thema &#x27;Papier&#x27; is toegevoegd." in client.get(antwoord["Location"]).content.decode()


def test_aangevinkt_zonder_naam(client, analist, ronde, bevindingen):
    antwoord = Scherm(client, analist, ronde).bewaar({bevindingen[0]: [Nieuw]})
    form = antwoord.context["themaform"]
    assert form.errors["nieuw"] == ["Geef het nieuwe thema dat u hebt aangevinkt een naam."]
    assert form[f"b{bevindingen[0].pk}"].value() == ["0"]
    assert not Thema.objects.exists()


def test_thema_hernoemen(client, analist, ronde, bevindingen):
    thema = maak_thema(bevindingen, "Banen", *bevindingen)
    adres = reverse("themas", args=[ronde.slug, "P1.2"])
    client.force_login(analist)
    antwoord = client.post(adres, {"wijzig": thema.pk, "was": "Banen", "naam": "Meer  werk"})
    assert (antwoord.status_code, antwoord["Location"]) == (302, adres)
    thema.refresh_from_db()
    assert thema.naam == "Meer werk"
    assert [heeft(b) for b in bevindingen] == [["Meer werk"], ["Meer werk"]]
    assert Gebeurtenis.objects.van(thema).get().wijzigingen == {"Naam": ["Banen", "Meer werk"]}


@pytest.mark.parametrize(
    ("was", "naam", "fout"),
    [
        ("Banen", "papier", "Er is bij deze vraag al een thema met deze naam."),
        ("Baantjes", "Werk", "Dit thema heet ondertussen 'Banen'."),
        ("Banen", "", "Vul dit in."),
        ("Banen", "x" * 121, "Deze tekst telt 121 tekens; er passen er 120. Kort de tekst in."),
    ],
)
def test_hernoemen_kan_niet(client, analist, ronde, bevindingen, was, naam, fout):
    thema, _ = maak_thema(bevindingen, "Banen"), maak_thema(bevindingen, "Papier")
    client.force_login(analist)
    adres = reverse("themas", args=[ronde.slug, "P1.2"])
    antwoord = client.post(adres, {"wijzig": thema.pk, "was": was, "naam": naam})
    getoond = next(form for form, _ in antwoord.context["forms"] if form.thema == thema)
    assert getoond.errors["naam"] == [fout]
    assert getoond["naam"].value() == naam
    thema.refresh_from_db()
    assert thema.naam == "Banen"


@pytest.mark.parametrize("nummer", ["", "abc", "0", "999999"])
def test_hernoemen_van_wat_er_niet_is(client, analist, ronde, bevindingen, nummer):
    client.force_login(analist)
    adres = reverse("themas", args=[ronde.slug, "P1.2"])
    assert client.post(adres, {"wijzig": nummer, "was": "x", "naam": "y"}).status_code == 404


# --- Per person -------------------------------------------------------------------------------------------------------


@pytest.fixture
def tweede(db):
    return baker.make(Gebruiker, rol=Rol.ANALIST, naam="Tweede Analist")


def test_ieder_zijn_eigen_vinkjes(client, analist, tweede, ronde, bevindingen):
    """What one gives, the other neither sees ticked nor takes away; the finding has it as long as one of them gives it."""
    banen = maak_thema(bevindingen, "Banen")
    Scherm(client, analist, ronde).bewaar({bevindingen[0]: [banen]})
    scherm = Scherm(client, tweede, ronde)
    assert scherm.form[f"b{bevindingen[0].pk}"].value() == []
    scherm.bewaar({bevindingen[0]: [banen], bevindingen[1]: [banen]})
    assert queries.uitkomsten(ronde).vraag("P1.2").themas[0].alle == 2
    Scherm(client, tweede, ronde).bewaar({bevindingen[0]: [], bevindingen[1]: []})
    assert [heeft(b) for b in bevindingen] == [["Banen"], []]
    assert "Banen, Saskia" not in client.get(scherm.adres).content.decode()
    assert f"<li>Banen, {analist}</li>" in client.get(scherm.adres).content.decode()


def test_van_voor_de_codering_per_persoon_is_van_ieder(client, analist, ronde, bevindingen):
    thema = maak_thema(bevindingen, "Banen", bevindingen[0])
    assert Codering.objects.get().door is None
    scherm = Scherm(client, analist, ronde)
    assert scherm.form[f"b{bevindingen[0].pk}"].value() == [thema.pk]
    scherm.bewaar({bevindingen[0]: []})
    assert not Codering.objects.exists()


def test_een_thema_aan_meer_antwoorden_tegelijk(client, analist, ronde, bevindingen):
    """What was ticked besides is saved too; taking away takes only the one theme."""
    banen, papier = maak_thema(bevindingen, "Banen"), maak_thema(bevindingen, "Papier")
    keuze = {"kies": [b.pk for b in bevindingen], "tegelijk": banen.pk}
    Scherm(client, analist, ronde).bewaar({bevindingen[0]: [papier]}, actie="geef", **keuze)
    assert [heeft(b) for b in bevindingen] == [["Banen", "Papier"], ["Banen"]]
    Scherm(client, analist, ronde).bewaar(actie="haal", **keuze)
    assert [heeft(b) for b in bevindingen] == [["Papier"], []]
    Scherm(client, analist, ronde).bewaar(actie="geef", kies=[bevindingen[1].pk], tegelijk=Thema.NIEUW, nieuw="Rust")
    assert heeft(bevindingen[1]) == ["Rust"]


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"tegelijk": ""}, "Kies het thema."),
        ({"kies": []}, "Kies eerst bij welke antwoorden: vink ze aan met ‘kies’."),
        ({"tegelijk": "999"}, "Deze keuze bestaat niet (meer). Kies een van de mogelijkheden."),
    ],
)
def test_tegelijk_zonder_keuze(client, analist, ronde, bevindingen, velden, fout):
    banen = maak_thema(bevindingen, "Banen")
    gestuurd = {"actie": "geef", "kies": [bevindingen[0].pk], "tegelijk": banen.pk} | velden
    form = Scherm(client, analist, ronde).bewaar(**gestuurd).context["themaform"]
    assert form.errors["tegelijk"] == [fout]
    assert not Codering.objects.exists()


# --- The tree ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def boom(ronde):
    """Werk > Banen > Uitzendwerk, Werk > Stages, and Papier; four findings: Uitzendwerk, Banen and Stages, Werk, Papier."""
    bevindingen = [vind(maak_dossier(ronde), "P1.2", tekst=f"Tekst {nummer}") for nummer in range(4)]
    vinden = {"Werk": [2], "Banen": [1], "Uitzendwerk": [0], "Stages": [1], "Papier": [3]}
    themas = {naam: maak_thema(bevindingen, naam, *(bevindingen[n] for n in bij)) for naam, bij in vinden.items()}
    for onder, boven in (("Banen", "Werk"), ("Uitzendwerk", "Banen"), ("Stages", "Werk")):
        Thema.objects.filter(pk=themas[onder].pk).update(ouder=themas[boven])
    return themas, bevindingen


def test_een_thema_telt_mee_wat_eronder_valt(ronde, boom, analist):
    themas, bevindingen = boom
    Codering.objects.create(thema=themas["Banen"], bevinding=bevindingen[1], door=analist)
    vraag = queries.uitkomsten(ronde).vraag("P1.2")
    assert [(t.naam, t.diepte, t.alle) for t in vraag.themas] == [
        ("Werk", 0, 3),
        ("Banen", 1, 2),
        ("Uitzendwerk", 2, 1),
        ("Stages", 1, 1),
        ("Papier", 0, 1),
    ]
    assert [rij.kop for rij in tabellen.themarijen(vraag)][:3] == ["Werk", "– Banen", "– – Uitzendwerk"]
    assert "Banen" not in thematekst.themazin(vraag)


@pytest.mark.parametrize(
    ("query", "verwacht"),
    [
        ("thema=Werk", [0, 1, 2]),
        ("thema=Banen", [0, 1]),
        ("thema=Uitzendwerk", [0]),
        ("thema=zonder", [4]),
        ("zoek=KEK+idee", [4]),
        ("zoek=tekst+2", [2]),
        ("zoek=tekst&thema=Papier", [3]),
    ],
)
def test_lijst_naar_thema_en_tekst(client, analist, ronde, boom, query, verwacht):
    themas, bevindingen = boom
    bevindingen.append(vind(maak_dossier(ronde), "P1.2", tekst="Een kèk ideé-tje"))
    maak_dossier(ronde)
    for naam, thema in themas.items():
        query = query.replace(f"={naam}", f"={thema.pk}")
    client.force_login(analist)
    regels = client.get(reverse("uitkomst_vraag", args=[ronde.slug, "P1.2"]) + f"?{query}").context["regels"]
    assert [regel.bevinding for regel in regels] == [bevindingen[plek] for plek in verwacht]


def verplaats(client, thema, ouder, ouder_was=None):
    adres = reverse("themas", args=[thema.ronde.slug, thema.vraag.code])
    data = {"wijzig": thema.pk, "was": thema.naam, "naam": thema.naam, "ouder_was": ouder_was or ""}
    return client.post(adres, data | {"ouder": ouder.pk if ouder else ""})


def test_een_thema_een_andere_plek_geven(client, analist, ronde, boom):
    themas, _ = boom
    client.force_login(analist)
    assert verplaats(client, themas["Papier"], themas["Stages"]).status_code == 302
    themas["Papier"].refresh_from_db()
    assert themas["Papier"].ouder == themas["Stages"]
    assert Gebeurtenis.objects.van(themas["Papier"]).get().wijzigingen == {"Valt onder": ["geen", "Stages"]}


@pytest.mark.parametrize(
    ("wie", "onder", "fout"),
    [
        ("Werk", "Uitzendwerk", "Een thema kan niet onder zichzelf vallen."),
        ("Werk", "Banen", "Een thema kan niet onder zichzelf vallen."),
        ("Banen", "Papier", "Dit thema staat ondertussen ergens anders."),
    ],
)
def test_een_plek_die_niet_kan(client, analist, ronde, boom, wie, onder, fout):
    themas, _ = boom
    client.force_login(analist)
    antwoord = verplaats(client, themas[wie], themas[onder])
    assert fout in antwoord.content.decode()


def test_een_thema_met_iets_eronder_gaat_niet_weg(client, analist, ronde, boom):
    themas, _ = boom
    Codering.objects.all().delete()
    client.force_login(analist)
    antwoord = client.post(reverse("themas", args=[ronde.slug, "P1.2"]), {"verwijder": themas["Werk"].pk}, follow=True)
    assert "Onder het thema &#x27;Werk&#x27; vallen nog andere." in antwoord.content.decode()
    assert Thema.objects.count() == 5


# --- Agreement --------------------------------------------------------------------------------------------------------


def test_overeenstemming_op_de_pagina(client, analist, tweede, ronde, bevindingen):
    """Both coded both answers: of the four judgements they share three; (3/4 - 1/2) / (1/2) = 1/2. A third answer, coded by
    one of them, does not take part."""
    derde = vind(maak_dossier(ronde), "P1.2", tekst="Drie")
    banen, papier = maak_thema(bevindingen, "Banen"), maak_thema(bevindingen, "Papier")
    gegeven = [
        (analist, banen, 0), (tweede, banen, 0),
        (analist, papier, 1), (tweede, papier, 1), (tweede, banen, 1),
        (tweede, papier, 2),
    ]  # fmt: skip
    for door, thema, plek in gegeven:
        Codering.objects.create(thema=thema, bevinding=[*bevindingen, derde][plek], door=door)
    client.force_login(analist)
    pagina = client.get(reverse("themas", args=[ronde.slug, "P1.2"])).content.decode()
    assert "2 antwoorden door beiden gecodeerd. Hetzelfde oordeel in 3 van 4 gevallen. Cohens kappa is 0,50." in pagina


def test_een_codeur_heeft_niets_te_vergelijken(client, analist, ronde, bevindingen):
    Codering.objects.create(thema=maak_thema(bevindingen, "Banen"), bevinding=bevindingen[0], door=analist)
    client.force_login(analist)
    pagina = client.get(reverse("themas", args=[ronde.slug, "P1.2"])).content.decode()
    assert "er is niets te vergelijken" in pagina


def test_een_lange_lijst_gaat_per_pagina_en_wat_is_aangevinkt_hoort_bij_wat_men_las(
    client, analist, ronde, bevindingen, monkeypatch
):
    monkeypatch.setattr("rapportage.views.uitkomsten.PER_PAGINA", 1)
    thema = maak_thema(bevindingen, "Banen")
    eerste, tweede = bevindingen
    scherm = Scherm(client, analist, ronde)
    assert [veld for veld in scherm.form.fields if veld.startswith("b")] == [f"b{eerste.pk}"]
    pagina2 = client.get(scherm.adres, {"pagina": 2})
    assert "Pagina 2 van 2" in pagina2.content.decode()
    scherm.form = pagina2.context["themaform"]
    # Sent to the first page: what stood on the second meanwhile moved there, and so did its ticks.
    assert scherm.bewaar({tweede: [thema]}).status_code == 302
    assert (heeft(eerste), heeft(tweede)) == ([], ["Banen"])
