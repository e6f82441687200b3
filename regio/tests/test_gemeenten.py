"""The pages of municipalities: searching, looking, changing."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from regio import actions
from regio.forms.gemeenten import GemeenteFormulier
from regio.models import Gebeurtenis, Gemeente, Herindeling, Kenmerken, Lidmaatschap, Regio

D2008, D2009, D2010 = date(2008, 1, 1), date(2009, 1, 1), date(2010, 1, 1)


def inhoud(response) -> str:
    return response.content.decode()


def maak(code, naam, inwoners=None, **velden):
    gemeente = Gemeente.objects.create(code=code, naam=naam, **{"geldig_van": D2008, **velden})
    Kenmerken.objects.create(gemeente=gemeente, geldig_van=D2008, geldig_tot=gemeente.geldig_tot, inwoners=inwoners)
    return gemeente


@pytest.fixture
def als_beheerder(client, beheerder):
    client.force_login(beheerder)
    return client


# --- The list ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def vier(gemeente):
    maak("0104", "Nijefurd", 10_890, geldig_tot=date(2011, 1, 1))
    maak("1900", "Súdwest-Fryslân", 81_930, geldig_van=date(2011, 1, 1))
    maak("F001", "Vlietmonde", None, fictief=True)


@pytest.mark.usefixtures("vier")
class TestLijst:
    @pytest.mark.parametrize(
        ("vraag", "namen"),
        [
            ({}, ["Amsterdam", "Súdwest-Fryslân", "Vlietmonde"]),
            ({"datum": "01-01-2008"}, ["Amsterdam", "Nijefurd", "Vlietmonde"]),
            ({"datum": "31-12-2010"}, ["Amsterdam", "Nijefurd", "Vlietmonde"]),
            ({"q": "sudwest"}, ["Súdwest-Fryslân"]),
            ({"q": "SÚDWEST-fryslân"}, ["Súdwest-Fryslân"]),
            ({"q": "0363"}, ["Amsterdam"]),
            ({"q": "f001"}, ["Vlietmonde"]),
            ({"q": "%"}, []),
            ({"q": "bestaat niet"}, []),
            ({"klasse": "8"}, ["Amsterdam"]),
            ({"klasse": "5"}, ["Súdwest-Fryslân"]),
            ({"klasse": "0"}, ["Vlietmonde"]),
            ({"klasse": "3", "datum": "1-1-2010"}, ["Nijefurd"]),
        ],
    )
    def test_zoeken_en_filteren(self, client, inspecteur, vraag, namen):
        client.force_login(inspecteur)
        response = client.get(reverse("gemeenten"), vraag)
        assert [rij.naam for rij in response.context["rijen"]] == namen

    def test_filter_op_provincie(self, client, inspecteur):
        client.force_login(inspecteur)
        provincie = Regio.objects.get(code="PV27")
        response = client.get(reverse("gemeenten"), {"provincie": provincie.pk})
        assert [rij.naam for rij in response.context["rijen"]] == ["Amsterdam"]

    def test_fictief_heet_fictief_en_telt_niet_mee(self, client, analist):
        client.force_login(analist)
        tekst = inhoud(client.get(reverse("gemeenten")))
        assert "2 gemeenten en 1 fictieve op 1 januari 2011" in tekst
        assert "status--fictief" in tekst

    def test_de_gebruikte_datum_staat_in_het_veld(self, client, inspecteur):
        client.force_login(inspecteur)
        assert 'value="01-01-2011"' in inhoud(client.get(reverse("gemeenten")))

    @pytest.mark.parametrize(
        ("vraag", "melding"),
        [
            ({"datum": "31-2-2010"}, "31-2-2010 bestaat niet: februari 2010 heeft 28 dagen."),
            ({"provincie": "abc"}, "Deze keuze bestaat niet (meer)."),
            ({"klasse": "9"}, "Deze keuze bestaat niet (meer)."),
            ({"q": "a\x00b"}, "onzichtbaar teken (U+0000)"),
            ({"q": "x" * 81}, "Deze tekst telt 81 tekens; er passen er 80."),
        ],
    )
    def test_een_vreemde_vraag_krijgt_een_melding_bij_het_veld(self, client, inspecteur, vraag, melding):
        client.force_login(inspecteur)
        response = client.get(f"{reverse('gemeenten')}?{urlencode(vraag)}")
        assert response.status_code == 200
        assert melding in inhoud(response)

    @pytest.mark.parametrize("pagina", ["0", "-1", "999", "abc", "9" * 40])
    def test_een_vreemde_pagina_is_geen_fout(self, client, inspecteur, pagina):
        client.force_login(inspecteur)
        assert client.get(reverse("gemeenten"), {"pagina": pagina}).status_code == 200


@pytest.fixture
def scheemda(db):
    oud = maak("0039", "Scheemda", 14_000, geldig_tot=D2010)
    nieuw = maak("1895", "Oldambt", 39_000, geldig_van=D2010)
    Herindeling.objects.create(datum=D2010, oud=oud, nieuw=nieuw)
    return oud


@pytest.mark.usefixtures("scheemda", "gemeente")
class TestEenAndereDag:
    """A municipality that did not exist on the chosen date is found all the same, with what became of it."""

    @pytest.mark.parametrize("q", ["Scheemda", "scheem", "0039", "39"])
    def test_opgegaan(self, client, inspecteur, q):
        client.force_login(inspecteur)
        pagina = inhoud(client.get(reverse("gemeenten"), {"q": q, "datum": "01-01-2011"}))
        assert (
            '<a href="/gemeenten/0039/">Scheemda</a> ging op 1-1-2010 op in <a href="/gemeenten/1895/">Oldambt</a>.'
            in pagina
        )

    def test_nog_niet_begonnen(self, client, inspecteur):
        client.force_login(inspecteur)
        pagina = inhoud(client.get(reverse("gemeenten"), {"q": "Oldambt", "datum": "1 januari 2009"}))
        assert '<a href="/gemeenten/1895/">Oldambt</a> bestaat pas vanaf 1-1-2010.' in pagina

    def test_wie_er_is_staat_er_niet_bij(self, client, inspecteur):
        client.force_login(inspecteur)
        response = client.get(reverse("gemeenten"), {"q": "Scheemda", "datum": "31-12-2009"})
        assert response.context["andere_dag"] == []
        assert [rij.naam for rij in response.context["rijen"]] == ["Scheemda"]

    def test_zonder_zoekterm_geen_lijst_van_alles_wat_er_niet_meer_is(self, client, inspecteur):
        client.force_login(inspecteur)
        assert client.get(reverse("gemeenten"), {"datum": "01-01-2011"}).context["andere_dag"] == []


def test_een_code_zonder_nullen(client, inspecteur, gemeente):
    client.force_login(inspecteur)
    assert [r.naam for r in client.get(reverse("gemeenten"), {"q": "363"}).context["rijen"]] == ["Amsterdam"]


@pytest.mark.parametrize("vraag", [{"datum": "31-02-2008"}, {"q": "x" * 81}])
def test_wat_niet_te_lezen_is_toont_niet_alles(client, inspecteur, gemeente, vraag):
    client.force_login(inspecteur)
    response = client.get(reverse("gemeenten"), vraag)
    assert response.context["rijen"] == []
    assert "Er is niet gezocht" in inhoud(response)
    assert "Amsterdam" not in inhoud(response)


def test_lege_lijst(client, inspecteur):
    client.force_login(inspecteur)
    assert "Er zijn op deze dag geen gemeenten bekend" in inhoud(client.get(reverse("gemeenten")))


def test_paginering_houdt_de_zoektermen(client, inspecteur):
    for nummer in range(60):
        maak(f"{nummer:04}", f"Plaats {nummer:02}", 1000)
    client.force_login(inspecteur)
    response = client.get(reverse("gemeenten"), {"q": "plaats", "pagina": 2})
    assert [response.context["rijen"][i].naam for i in (0, -1)] == ["Plaats 25", "Plaats 49"]
    assert "?q=plaats&amp;pagina=3" in inhoud(response)


def test_aantal_queries_hangt_niet_van_het_aantal_rijen_af(client, inspecteur, gemeente):
    client.force_login(inspecteur)
    maak("9000", "Tweede", 1000)

    def tel():
        with CaptureQueriesContext(connection) as gevangen:
            assert client.get(reverse("gemeenten")).status_code == 200
        return len(gevangen)

    met_twee = tel()
    for nummer in range(20):
        extra = maak(f"{nummer:04}", f"Plaats {nummer}", 1000)
        Lidmaatschap.objects.create(gemeente=extra, regio=Regio.objects.get(), geldig_van=D2008)
    assert tel() == met_twee


# --- One municipality ----------------------------------------------------------------------------------------------------


def test_pagina_van_een_gemeente(client, inspecteur, gemeente):
    client.force_login(inspecteur)
    tekst = inhoud(client.get(gemeente.get_absolute_url()))
    for verwacht in ("CBS-code 0363", "747.090", "250.000 of meer", "Noord-Holland", "1 januari 2008"):
        assert verwacht in tekst
    for voor_de_beheerder in ("Wijzigen", "toevoegen", "Geschiedenis"):
        assert voor_de_beheerder not in tekst


def test_lege_gemeente_heeft_ontworpen_leegte(als_beheerder):
    kaal = Gemeente.objects.create(code="0001", naam="Kaal", geldig_van=D2008)
    tekst = inhoud(als_beheerder.get(kaal.get_absolute_url()))
    assert "Nog geen kenmerken" in tekst
    assert "Nog in geen regio" in tekst


@pytest.mark.usefixtures("referentie")
def test_voorgangers_en_opvolgers(client, inspecteur):
    client.force_login(inspecteur)
    gesplitst = inhoud(client.get("/gemeenten/0993/"))
    assert "gedeeltelijk, aangewezen opvolger, per 1 januari 2010" in gesplitst
    assert "Horst aan de Maas" in gesplitst
    samengevoegd = inhoud(client.get("/gemeenten/1900/"))
    for voorganger in ("Bolsward", "Sneek", "Nijefurd", "Wymbritseradiel", "Wûnseradiel"):
        assert voorganger in samengevoegd


@pytest.mark.parametrize("code", ["9999", "abcd", "036", "03633", "%00%00%00%00", "٠٣٦٣", "0363%0A"])
def test_een_onbekende_code_is_404(als_beheerder, gemeente, code):
    for pad in ("", "wijzigen/", "kenmerken/nieuw/", "lidmaatschap/nieuw/"):
        assert als_beheerder.get(f"/gemeenten/{code}/{pad}").status_code == 404


def test_andermans_onderdeel_is_404(als_beheerder, gemeente):
    ander = maak("0384", "Diemen", 24_000)
    kenmerken, lid = gemeente.kenmerken.get(), gemeente.lidmaatschappen.get()
    assert als_beheerder.get(f"/gemeenten/{ander.code}/kenmerken/{kenmerken.pk}/").status_code == 404
    assert als_beheerder.get(f"/gemeenten/{ander.code}/lidmaatschap/{lid.pk}/beeindigen/").status_code == 404
    assert als_beheerder.get(f"/gemeenten/{gemeente.code}/kenmerken/{'9' * 30}/").status_code == 404


# --- Making and changing -------------------------------------------------------------------------------------------------


def test_een_gemeente_toevoegen(als_beheerder, beheerder):
    response = als_beheerder.post(
        reverse("gemeente_nieuw"), {"code": "1930", "naam": "Nissewaard", "alias": "", "geldig_van": "1-1-2015"}
    )
    assert response.url == "/gemeenten/1930/"
    nieuw = Gemeente.objects.get(code="1930")
    assert (nieuw.naam, nieuw.geldig_van, nieuw.geldig_tot, nieuw.fictief) == (
        "Nissewaard",
        date(2015, 1, 1),
        None,
        False,
    )
    regel = Gebeurtenis.objects.van(nieuw).get()
    assert (regel.wie, regel.soort) == (beheerder, "gemaakt")


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("code", "363", "Een CBS-code heeft vier cijfers"),
        ("code", "٠٣٦٣", "Een CBS-code heeft vier cijfers"),
        ("code", "0363", "bestaat al"),
        ("naam", "", "Vul dit in."),
        ("naam", "x" * 81, "Deze tekst telt 81 tekens"),
        ("naam", "Am\x00sterdam", "onzichtbaar teken (U+0000)"),
        ("geldig_van", "30-2-2015", "februari 2015 heeft 28 dagen"),
    ],
)
def test_een_foute_gemeente_wordt_niet_gemaakt(als_beheerder, gemeente, veld, waarde, melding):
    gegevens = {"code": "1930", "naam": "Nissewaard", "alias": "", "geldig_van": "1-1-2015", veld: waarde}
    response = als_beheerder.post(reverse("gemeente_nieuw"), gegevens)
    assert response.status_code == 200
    assert melding in inhoud(response)
    assert Gemeente.objects.count() == 1


def test_een_naam_die_langer_wordt_door_vouwen(als_beheerder):
    """One Arabic ligature is eighteen letters when folded: longer than the column that is searched."""
    naam = "ﷺ" * 80
    als_beheerder.post(
        reverse("gemeente_nieuw"), {"code": "1930", "naam": naam, "alias": naam, "geldig_van": "1-1-2015"}
    )
    assert Gemeente.objects.get().naam == naam


def wijzig(client, gemeente, **velden):
    gegevens = {"naam": gemeente.naam, "alias": "", "geldig_van": "01-01-2008", "geldig_tot": "", "versie": 1} | velden
    return client.post(f"/gemeenten/{gemeente.code}/wijzigen/", gegevens)


def test_een_naam_wijzigen(als_beheerder, beheerder, gemeente):
    assert wijzig(als_beheerder, gemeente, naam="Mokum", alias="Amsterdam").status_code == 302
    gemeente.refresh_from_db()
    assert (gemeente.naam, gemeente.zoeknaam, gemeente.versie) == ("Mokum", "mokum amsterdam", 2)
    regel = Gebeurtenis.objects.van(gemeente).get()
    assert regel.wie == beheerder
    assert regel.wijzigingen == {"Naam": ["Amsterdam", "Mokum"], "Andere naam": ["", "Amsterdam"]}
    assert "naam Amsterdam → Mokum" in inhoud(als_beheerder.get(gemeente.get_absolute_url()))


def test_niets_wijzigen_maakt_geen_geschiedenis(als_beheerder, gemeente):
    assert wijzig(als_beheerder, gemeente).status_code == 302
    assert not Gebeurtenis.objects.exists()


def test_twee_beheerders_overschrijven_elkaar_niet_stil(als_beheerder, gemeente):
    assert wijzig(als_beheerder, gemeente, naam="Eerste").status_code == 302
    response = wijzig(als_beheerder, gemeente, naam="Tweede")
    assert response.status_code == 409
    tekst = inhoud(response)
    assert "iemand anders heeft dit intussen gewijzigd" in tekst
    assert ("Naam", "Eerste", "Tweede") in response.context["verouderd"]
    assert 'value="Tweede"' in tekst
    gemeente.refresh_from_db()
    assert gemeente.naam == "Eerste"
    # Knowingly saving again does work: the form now carries the present version.
    assert 'name="versie" value="2"' in tekst
    assert wijzig(als_beheerder, gemeente, naam="Tweede", versie=2).status_code == 302
    gemeente.refresh_from_db()
    assert gemeente.naam == "Tweede"


@pytest.mark.parametrize("versie", ["", "abc", "-1", "0", "9" * 30])
def test_een_versie_die_geen_versie_is(als_beheerder, gemeente, versie):
    response = wijzig(als_beheerder, gemeente, naam="Mokum", versie=versie)
    assert response.status_code == 200
    assert "Het formulier kwam onvolledig aan" in inhoud(response)


def test_van_twee_die_dezelfde_versie_opslaan_wordt_er_een_geweigerd(beheerder, gemeente):
    """Both forms are read and valid before either is saved."""

    def formulier(naam):
        data = {"naam": naam, "alias": "", "geldig_van": "01-01-2008", "geldig_tot": "", "versie": "1"}
        form = GemeenteFormulier(data, instance=Gemeente.objects.get(pk=gemeente.pk))
        assert form.is_valid()
        return form

    een, ander = formulier("Eerste"), formulier("Tweede")
    actions.bewaar(een, beheerder)
    with pytest.raises(actions.Verouderd):
        actions.bewaar(ander, beheerder)
    gemeente.refresh_from_db()
    assert gemeente.naam == "Eerste"
    assert Gebeurtenis.objects.count() == 1


def test_opheffen_sluit_wat_nog_open_stond(als_beheerder, gemeente):
    assert wijzig(als_beheerder, gemeente, geldig_tot="1-1-2012").status_code == 302
    assert gemeente.kenmerken.get().geldig_tot == date(2012, 1, 1)
    assert gemeente.lidmaatschappen.get().geldig_tot == date(2012, 1, 1)


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"geldig_tot": "1-1-2007"}, "De gemeente kan niet zijn opgeheven voordat zij begon."),
        ({"geldig_van": "1-1-2009"}, "De gemeente heeft kenmerken vanaf 01-01-2008; zij begint dus eerder."),
    ],
)
def test_een_bestaan_dat_niet_past(als_beheerder, gemeente, velden, melding):
    response = wijzig(als_beheerder, gemeente, **velden)
    assert response.status_code == 200
    assert melding in inhoud(response)


# --- Kenmerken -----------------------------------------------------------------------------------------------------------


def kenmerken(**velden):
    return {
        "geldig_van": "1-1-2010",
        "geldig_tot": "",
        "inwoners": "767.457",
        "inwoners_peildatum": "1-1-2010",
        "randstad": "true",
        "versie": 1,
    } | velden


def test_kenmerken_mogen_niet_overlappen(als_beheerder, gemeente):
    """With an end of its own a new period would leave a hole after it; on the same day it would leave nothing of the old one."""
    for velden in ({"geldig_tot": "1-1-2011"}, {"geldig_van": "1-1-2008"}):
        response = als_beheerder.post("/gemeenten/0363/kenmerken/nieuw/", kenmerken(**velden))
        assert response.status_code == 200
        assert "overlapt met de kenmerken vanaf 01-01-2008." in inhoud(response)
        assert gemeente.kenmerken.count() == 1


def test_een_nieuwe_periode_sluit_de_lopende(als_beheerder, gemeente):
    pagina = inhoud(als_beheerder.get("/gemeenten/0363/kenmerken/nieuw/"))
    assert "<h1>Kenmerken van Amsterdam toevoegen</h1>" in pagina
    assert "Nu gelden de kenmerken vanaf 01-01-2008." in pagina
    assert als_beheerder.post("/gemeenten/0363/kenmerken/nieuw/", kenmerken()).status_code == 302
    assert list(gemeente.kenmerken.values_list("geldig_van", "geldig_tot", "inwoners")) == [
        (D2008, D2010, 747_090),
        (D2010, None, 767_457),
    ]
    regel = Gebeurtenis.objects.van(gemeente).get()
    assert regel.wijzigingen["kenmerken: Einde van de periode vanaf 01-01-2008"] == [None, "2010-01-01"]


def test_een_nieuwe_periode_begint_met_wat_zelden_verandert(als_beheerder, gemeente):
    gemeente.kenmerken.update(voortrekker=True)
    form = als_beheerder.get("/gemeenten/0363/kenmerken/nieuw/").context["form"]
    assert (form["voortrekker"].value(), form["randstad"].value()) == (True, True)
    assert form["inwoners"].value() is None


def test_wijzigen_sluit_niets_vanzelf(als_beheerder, gemeente):
    eerste = gemeente.kenmerken.get()
    Kenmerken.objects.filter(pk=eerste.pk).update(geldig_tot=D2010)
    Kenmerken.objects.create(gemeente=gemeente, geldig_van=D2010)
    velden = kenmerken(geldig_van="1-1-2008", inwoners="747090", inwoners_peildatum="1-1-2008")
    response = als_beheerder.post(f"/gemeenten/0363/kenmerken/{eerste.pk}/", velden)
    assert "overlapt met de kenmerken vanaf 01-01-2010." in inhoud(response)


def test_kenmerken_sluiten_en_nieuwe_toevoegen(als_beheerder, beheerder, gemeente):
    eerste = gemeente.kenmerken.get()
    gegevens = kenmerken(geldig_van="1-1-2008", geldig_tot="1-1-2010", inwoners="747090", inwoners_peildatum="1-1-2008")
    assert als_beheerder.post(f"/gemeenten/0363/kenmerken/{eerste.pk}/", gegevens).status_code == 302
    assert als_beheerder.post("/gemeenten/0363/kenmerken/nieuw/", kenmerken(versie=2)).status_code == 302
    assert list(gemeente.kenmerken.values_list("geldig_van", "geldig_tot", "inwoners")) == [
        (D2008, D2010, 747_090),
        (D2010, None, 767_457),
    ]
    nieuwste = Gebeurtenis.objects.van(gemeente).first()
    assert nieuwste.wie == beheerder
    assert nieuwste.wijzigingen["kenmerken: Inwoners"] == [None, 767_457]


def test_aansluitende_perioden_overlappen_niet_maar_een_dag_wel(als_beheerder, gemeente):
    gemeente.kenmerken.update(geldig_tot=D2010)
    dag_te_vroeg = als_beheerder.post("/gemeenten/0363/kenmerken/nieuw/", kenmerken(geldig_van="31-12-2009"))
    assert "overlapt met de kenmerken vanaf 01-01-2008 tot 01-01-2010" in inhoud(dag_te_vroeg)
    assert als_beheerder.post("/gemeenten/0363/kenmerken/nieuw/", kenmerken()).status_code == 302


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"geldig_tot": "1-1-2009"}, "De einddatum moet na de begindatum liggen."),
        (
            {"geldig_van": "1-1-2007", "geldig_tot": "1-1-2008"},
            "De gemeente bestaat volgens de tabel vanaf 01-01-2008.",
        ),
        ({"inwoners": "veel"}, "Schrijf een aantal in cijfers, bijvoorbeeld 12.130."),
        ({"inwoners": "12.13"}, "Schrijf een aantal in cijfers, bijvoorbeeld 12.130."),
        ({"inwoners": "-1"}, "Een aantal inwoners is niet negatief."),
        ({"inwoners": "99999999999999999999"}, "Zo veel inwoners heeft geen gemeente."),
        ({"inwoners_peildatum": ""}, "Vul in op welke dag de inwoners zijn geteld."),
    ],
)
def test_kenmerken_die_niet_kunnen(als_beheerder, gemeente, velden, melding):
    gemeente.kenmerken.update(geldig_tot=D2009)
    response = als_beheerder.post("/gemeenten/0363/kenmerken/nieuw/", kenmerken(**velden))
    assert response.status_code == 200
    assert melding in inhoud(response)
    assert gemeente.kenmerken.count() == 1


def test_kenmerken_op_een_verouderde_gemeente(als_beheerder, gemeente):
    gemeente.kenmerken.update(geldig_tot=D2009)
    Gemeente.objects.update(versie=5)
    response = als_beheerder.post("/gemeenten/0363/kenmerken/nieuw/", kenmerken())
    assert response.status_code == 409
    assert 'name="versie" value="5"' in inhoud(response)
    assert gemeente.kenmerken.count() == 1


# --- Lidmaatschappen -----------------------------------------------------------------------------------------------------


def test_lid_worden_en_niet_meer_zijn(als_beheerder, gemeente):
    regio = Regio.objects.create(soort=Regio.Soort.PLUSREGIO, code="amsterdam", naam="Stadsregio Amsterdam")
    gegevens = {"regio": regio.pk, "geldig_van": "1-1-2008", "geldig_tot": "", "versie": 1}
    assert als_beheerder.post("/gemeenten/0363/lidmaatschap/nieuw/", gegevens).status_code == 302
    lid = gemeente.lidmaatschappen.get(regio=regio)
    einde = f"/gemeenten/0363/lidmaatschap/{lid.pk}/beeindigen/"
    assert "ligt daarna" in inhoud(als_beheerder.post(einde, {"geldig_tot": "1-1-2008", "versie": 2}))
    assert als_beheerder.post(einde, {"geldig_tot": "1-1-2011", "versie": 2}).status_code == 302
    lid.refresh_from_db()
    assert lid.geldig_tot == date(2011, 1, 1)


def test_een_gemeente_ligt_in_een_provincie_tegelijk(als_beheerder, gemeente):
    utrecht = Regio.objects.create(soort=Regio.Soort.PROVINCIE, code="PV26", naam="Utrecht")
    gegevens = {"regio": utrecht.pk, "geldig_van": "1-1-2010", "geldig_tot": "", "versie": 1}
    response = als_beheerder.post("/gemeenten/0363/lidmaatschap/nieuw/", gegevens)
    assert "Amsterdam is vanaf 01-01-2008 al lid van Noord-Holland (Provincie)." in inhoud(response)
    gemeente.lidmaatschappen.update(geldig_tot=D2010)
    assert als_beheerder.post("/gemeenten/0363/lidmaatschap/nieuw/", gegevens).status_code == 302


def test_een_regio_die_niet_bestaat(als_beheerder, gemeente):
    for regio in ("", "999999", "abc"):
        gegevens = {"regio": regio, "geldig_van": "1-1-2010", "geldig_tot": "", "versie": 1}
        assert als_beheerder.post("/gemeenten/0363/lidmaatschap/nieuw/", gegevens).status_code == 200
    assert gemeente.lidmaatschappen.count() == 1


def test_een_lijst_van_volgend_jaar_verschuift_de_dag_niet(client, beheerder, gemeente):
    """The page begins at today; who asks for the day of that list gets it."""
    volgend = date(timezone.localdate().year + 1, 1, 1)
    Gemeente.objects.create(code="9998", naam="Nieuwdorp", zoeknaam="nieuwdorp", geldig_van=volgend)
    client.force_login(beheerder)
    pagina = client.get("/gemeenten/")
    assert pagina.context["datum"] <= timezone.localdate()
    assert "Nieuwdorp" not in pagina.content.decode()
    assert "Nieuwdorp" in client.get(f"/gemeenten/?datum={volgend:%d-%m-%Y}").content.decode()
