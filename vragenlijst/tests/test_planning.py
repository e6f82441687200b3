"""Planning an interview: who, when, where, by whom; what is refused, what is warned for, and the calendar file."""

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from regio.models import Gebeurtenis
from vragenlijst.actions import zet_status
from vragenlijst.forms.planning import lees_tijd
from vragenlijst.models import Dossier, Interview
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_interview
from vragenlijst.tests.test_ics import lees


def gepost(response, **velden) -> dict:
    """What a browser would post back from this page, with these fields typed over; `partners` as (naam, functie, organisatie)."""
    form, partners = response.context["form"], response.context["formset"]
    invoer = {naam: form[naam].value() or "" for naam in form.fields}
    rijen = velden.pop("partners", None)
    if rijen is None:
        rijen = [(rij["naam"].value(), rij["functie"].value(), rij["organisatie"].value()) for rij in partners]
    invoer |= {"partner-TOTAL_FORMS": len(rijen), "partner-INITIAL_FORMS": partners.initial_form_count()}
    for nr, rij in enumerate(rijen):
        for naam, waarde in zip(("naam", "functie", "organisatie"), rij, strict=True):
            invoer[f"partner-{nr}-{naam}"] = waarde or ""
    return invoer | velden


@pytest.fixture
def planner(client, veldwerk, inspecteur):
    """The inspector, who opens a page and posts it with something typed over: planner(address, **fields)."""
    client.force_login(inspecteur)

    def verzend(adres, **velden):
        return client.post(adres, gepost(client.get(adres), **velden))

    return verzend


def nieuw(dossier):
    return reverse("interview_nieuw", args=[dossier.pk])


def wijzigen(interview):
    return reverse("interview_wijzigen", args=[interview.pk])


def groep(veldwerk, code="cwi"):
    return veldwerk.instrument.actorgroepen.get(code=code).pk


def fouten(response, veld=None) -> str:
    form = response.context["form"]
    return " ".join(form.errors.get(veld, []) if veld else form.non_field_errors())


def meldingen(response) -> list[str]:
    return [str(melding) for melding in response.context["messages"]]


# --- Making a plan --------------------------------------------------------------------------------------------------


def test_eerste_interview_plannen_brengt_het_dossier_in_uitvoering(planner, veldwerk, inspecteur):
    dossier = maak_dossier(veldwerk.ronde, maak_gemeente("9904", "Elders"), inspecteur)
    response = planner(
        nieuw(dossier),
        actorgroep=groep(veldwerk),
        datum="5-2-2008",
        aanvang="9.30",
        duur="60",
        plaats="Werkplein",
        partners=[("A. Kok", "manager", "CWI Elders"), ("", "", ""), ("B. Smit", "", "")],
    )
    interview = dossier.interviews.get()
    assert response.url == interview.get_absolute_url()
    assert (interview.datum, interview.aanvang, interview.duur) == (date(2008, 2, 5), time(9, 30), 60)
    assert (interview.inspecteur, interview.tweede_inspecteur) == (inspecteur, None)
    assert list(interview.gesprekspartners.values_list("naam", "functie", "organisatie")) == [
        ("A. Kok", "manager", "CWI Elders"),
        ("B. Smit", "", ""),
    ]
    dossier.refresh_from_db()
    assert dossier.status == "in_uitvoering"


def test_een_groep_uit_de_dekking_staat_al_gekozen(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    response = client.get(nieuw(veldwerk.dossier), {"groep": "scholing"})
    assert response.context["form"]["actorgroep"].value() == groep(veldwerk, "scholing")
    assert client.get(nieuw(veldwerk.dossier), {"groep": "onzin\x00"}).status_code == 200


def test_tweemaal_verzonden_plan_maakt_een_interview(planner, veldwerk):
    for _ in range(2):
        planner(nieuw(veldwerk.dossier), actorgroep=groep(veldwerk), datum="05-02-2008", plaats="Werkplein")
    assert Interview.objects.filter(actorgroep__code="cwi").count() == 1


@pytest.mark.parametrize("datum", ["31-02-2008", "morgen", "2008"])
def test_foute_datum_blijft_staan_met_uitleg(planner, veldwerk, datum):
    response = planner(nieuw(veldwerk.dossier), actorgroep=groep(veldwerk), datum=datum)
    assert response.status_code == 422
    assert fouten(response, "datum")
    assert f'value="{datum}"' in response.content.decode()


@pytest.mark.parametrize(
    ("invoer", "verwacht"),
    [("09:30", time(9, 30)), ("9.05", time(9, 5)), ("14u15", time(14, 15)), ("14 uur", time(14)), ("0:00", time(0))],
)
def test_tijd_zoals_mensen_hem_schrijven(invoer, verwacht):
    assert lees_tijd(invoer) == verwacht


@pytest.mark.parametrize(
    ("aanvang", "melding"),
    [
        ("half tien", "Schrijf de tijd als uu:mm, bijvoorbeeld 09:30."),
        ("930", "Schrijf de tijd als uu:mm, bijvoorbeeld 09:30."),
        ("9:5", "Schrijf de tijd als uu:mm, bijvoorbeeld 09:30."),
        ("24:00", "24:00 bestaat niet: de tijd ligt tussen 00:00 en 23:59."),
        ("12:60", "12:60 bestaat niet: de tijd ligt tussen 00:00 en 23:59."),
    ],
)
def test_foute_tijd_blijft_staan_met_uitleg(planner, veldwerk, aanvang, melding):
    response = planner(nieuw(veldwerk.dossier), actorgroep=groep(veldwerk), datum="05-02-2008", aanvang=aanvang)
    assert fouten(response, "aanvang") == melding
    assert f'value="{aanvang}"' in response.content.decode()


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"aanvang": "10:00", "datum": ""}, "datum"),
        ({"duur": "4"}, "duur"),
        ({"duur": "601"}, "duur"),
        ({"duur": "anderhalf uur"}, "duur"),
        ({"duur": ""}, "duur"),
        ({"plaats": "x" * 121}, "plaats"),
        ({"actorgroep": "999999"}, "actorgroep"),
        ({"inspecteur": ""}, "inspecteur"),
    ],
)
def test_wat_geweigerd_wordt(planner, veldwerk, velden, veld):
    response = planner(nieuw(veldwerk.dossier), **{"actorgroep": groep(veldwerk), "datum": "05-02-2008"} | velden)
    assert response.status_code == 422
    assert fouten(response, veld)
    assert Interview.objects.count() == 1


# --- Who holds it ---------------------------------------------------------------------------------------------------


def test_alleen_inspecteurs_van_het_dossier_zijn_te_kiezen(planner, client, veldwerk, inspecteur, collega, vreemde):
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(toetser=None, tweede_inspecteur=collega)
    form = client.get(wijzigen(veldwerk.interview)).context["form"]
    assert set(form.fields["inspecteur"].queryset) == {inspecteur, collega}
    assert form["inspecteur"].value() == inspecteur.pk
    assert fouten(planner(wijzigen(veldwerk.interview), inspecteur=vreemde.pk), "inspecteur")
    assert "een ander dan de eerste" in fouten(
        planner(wijzigen(veldwerk.interview), tweede_inspecteur=inspecteur.pk), "tweede_inspecteur"
    )
    planner(wijzigen(veldwerk.interview), inspecteur=collega.pk, tweede_inspecteur=inspecteur.pk)
    veldwerk.interview.refresh_from_db()
    assert (veldwerk.interview.inspecteur, veldwerk.interview.tweede_inspecteur) == (collega, inspecteur)


def test_wie_het_dossier_verliet_houdt_er_geen_gesprek_meer(planner, client, veldwerk, inspecteur, collega, vreemde):
    """A dossier of two that becomes a dossier of one: the form proposes who is left, and storing it breaks no rule."""
    Interview.objects.filter(pk=veldwerk.interview.pk).update(inspecteur=vreemde, tweede_inspecteur=inspecteur)
    form = client.get(wijzigen(veldwerk.interview)).context["form"]
    assert form["inspecteur"].value() == inspecteur.pk
    assert "tweede_inspecteur" not in form.fields
    assert planner(wijzigen(veldwerk.interview), plaats="bibliotheek").status_code == 302
    veldwerk.interview.refresh_from_db()
    assert (veldwerk.interview.inspecteur, veldwerk.interview.tweede_inspecteur) == (inspecteur, None)
    # To be named in an interview opens nothing.
    Interview.objects.filter(pk=veldwerk.interview.pk).update(inspecteur=vreemde)
    client.force_login(vreemde)
    assert client.get(veldwerk.interview.get_absolute_url()).status_code == 404
    assert client.get(reverse("interview_agenda", args=[veldwerk.interview.pk])).status_code == 404
    assert lees(client.get(reverse("mijn_agenda")).content.decode()) == []


def test_wie_uit_dienst_is_wordt_niet_aangeboden(client, veldwerk, inspecteur, collega):
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(toetser=None, tweede_inspecteur=collega)
    collega.is_active = False
    collega.save()
    client.force_login(inspecteur)
    assert list(client.get(nieuw(veldwerk.dossier)).context["form"].fields["inspecteur"].queryset) == [inspecteur]


# --- Gesprekspartners -----------------------------------------------------------------------------------------------


def test_gesprekspartners_wijzigen_en_weghalen(planner, veldwerk):
    veldwerk.interview.gesprekspartners.create(naam="C. Mol", functie="wethouder", organisatie="Proefdam")
    planner(
        wijzigen(veldwerk.interview), partners=[("", "", ""), ("C. Mol", "wethouder", "Proefdam"), ("D. Ras", "", "")]
    )
    assert list(veldwerk.interview.gesprekspartners.values_list("naam", flat=True)) == ["C. Mol", "D. Ras"]
    # The history is read by more people, and longer, than names may be: it has the number only.
    regel = Gebeurtenis.objects.van(veldwerk.interview).filter(soort="gewijzigd").get()
    assert regel.wijzigingen == {
        "Inspecteur": ["", "Ina de Vries"],
        "Gesprekspartners": ["2", "2, gewijzigd"],
    }


def test_gesprekspartners_blijven_in_de_volgorde_waarin_zij_zijn_getypt(planner, veldwerk):
    for namen in (["Z. Ahn", "A. Vos", "M. Bos"], ["Z. Ahn", "B. Nieuw", "A. Vos"], ["A. Vos", "Z. Ahn"]):
        planner(wijzigen(veldwerk.interview), partners=[(naam, "", "") for naam in namen])
        assert [str(partner) for partner in veldwerk.interview.gesprekspartners.all()] == namen


def test_functie_zonder_naam_wordt_niet_stil_weggegooid(planner, veldwerk):
    response = planner(wijzigen(veldwerk.interview), partners=[("P. de Boer", "", ""), ("", "wethouder", "")])
    assert response.status_code == 422
    html = response.content.decode()
    assert (
        '<a href="#id_partner-1-naam">Gesprekspartner <span data-rijnummer>2</span>, naam: Vul de naam in, of' in html
    )
    assert 'value="wethouder"' in html
    assert veldwerk.interview.gesprekspartners.get().naam == "P. de Boer"


def test_hoogstens_twaalf_gesprekspartners(planner, veldwerk):
    rijen = [(f"Persoon {nr}", "", "") for nr in range(13)]
    response = planner(wijzigen(veldwerk.interview), partners=rijen)
    assert response.status_code == 422
    assert veldwerk.interview.gesprekspartners.count() == 1
    assert planner(wijzigen(veldwerk.interview), partners=rijen[:12]).status_code == 302
    assert veldwerk.interview.gesprekspartners.count() == 12


def test_onzinnig_aantal_rijen_is_geen_storing(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    for aantal in ("", "-1", "1e9", "99999999999999999999"):
        response = client.post(nieuw(veldwerk.dossier), {"partner-TOTAL_FORMS": aantal, "partner-INITIAL_FORMS": "0"})
        assert response.status_code == 422


@pytest.mark.parametrize(
    ("persona", "status"), [("vreemde", 404), ("collega", 403), ("analist", 403), ("beheerder", 403)]
)
def test_namen_en_plannen_zijn_van_de_eigen_inspecteur(client, request, veldwerk, persona, status):
    client.force_login(request.getfixturevalue(persona))
    for adres in (wijzigen(veldwerk.interview), nieuw(veldwerk.dossier)):
        assert client.get(adres).status_code == status
        assert client.post(adres, {"datum": "onzin"}).status_code == status
    assert client.get(reverse("interview_agenda", args=[veldwerk.interview.pk])).status_code == status


# --- Two people at one plan -----------------------------------------------------------------------------------------


def test_plan_dat_een_ander_ondertussen_wijzigde_wordt_niet_overschreven(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    interview = veldwerk.interview
    invoer = gepost(client.get(wijzigen(interview)), plaats="bibliotheek", partners=[("E. Vos", "", "")])
    Interview.objects.filter(pk=interview.pk).update(plaats="raadhuis", versie=2)
    response = client.post(wijzigen(interview), invoer)
    assert response.status_code == 409
    assert response.context["form"].verschillen == [
        ("Plaats", "raadhuis", "bibliotheek"),
        ("Inspecteur", "–", "Ina de Vries"),
        ("Gesprekspartners", "P. de Boer, beleidsmedewerker", "E. Vos"),
    ]
    assert "raadhuis" in response.content.decode()
    interview.refresh_from_db()
    assert (interview.plaats, interview.gesprekspartners.get().naam) == ("raadhuis", "P. de Boer")
    # Saving again, now knowing, from the page as it is.
    assert client.post(wijzigen(interview), gepost(response)).status_code == 302
    interview.refresh_from_db()
    assert (interview.plaats, interview.versie) == ("bibliotheek", 3)
    assert interview.gesprekspartners.get().naam == "E. Vos"


def test_een_plan_dat_ondertussen_vaststaat_houdt_wat_getypt_is(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.houd()
    invoer = gepost(client.get(wijzigen(veldwerk.interview)), plaats="bibliotheek")
    zet_status(veldwerk.interview, "ter_accordering", inspecteur)
    response = client.post(wijzigen(veldwerk.interview), invoer)
    assert fouten(response) == "Dit interview is ter accordering: de gegevens staan vast."
    assert 'value="bibliotheek"' in response.content.decode()
    assert client.get(wijzigen(veldwerk.interview)).url == veldwerk.interview.get_absolute_url()


def test_de_datum_van_een_gehouden_interview_schuift_niet_naar_de_toekomst(planner, veldwerk):
    veldwerk.houd()
    assert "kan niet in de toekomst liggen" in fouten(
        planner(wijzigen(veldwerk.interview), datum="01-01-2100"), "datum"
    )
    assert "heeft een datum" in fouten(planner(wijzigen(veldwerk.interview), datum=""), "datum")


# --- What fell through ----------------------------------------------------------------------------------------------


def test_vervallen_toont_haar_reden_en_is_opnieuw_te_plannen(planner, client, veldwerk, inspecteur):
    zet_status(veldwerk.interview, "vervallen", inspecteur, reden="Directeur is ziek.")
    assert "Directeur is ziek." in client.get(veldwerk.dossier.get_absolute_url()).content.decode()
    assert "Directeur is ziek." in client.get(veldwerk.interview.get_absolute_url()).content.decode()
    response = planner(wijzigen(veldwerk.interview), datum="12-02-2008")
    assert fouten(response, "reden") == "Vul dit in."
    response = planner(wijzigen(veldwerk.interview), datum="12-02-2008", reden="Directeur is beter.")
    assert response.status_code == 302
    veldwerk.interview.refresh_from_db()
    assert (veldwerk.interview.status, veldwerk.interview.datum) == ("gepland", date(2008, 2, 12))
    regels = Gebeurtenis.objects.van(veldwerk.interview).values_list("soort", "naar", "reden")
    assert ("status", "gepland", "Directeur is beter.") in regels


# --- Warnings -------------------------------------------------------------------------------------------------------


def test_een_dag_buiten_het_veldwerk_of_na_de_termijn_is_een_waarschuwing(planner, client, veldwerk):
    """The field work runs from 7 January until 14 March 2008."""
    veldwerk.ronde.interviews_voor = date(2008, 2, 29)
    veldwerk.ronde.save()
    for datum, verwacht in (
        (
            "06-01-2008",
            [
                "6 januari 2008 ligt buiten het veldwerk van de ronde, dat loopt van 7 januari 2008 tot en met 14 maart 2008."
            ],
        ),
        ("07-01-2008", []),
        ("29-02-2008", []),
        ("01-03-2008", ["1 maart 2008 is te laat: interviews worden gehouden uiterlijk 29 februari 2008."]),
    ):
        assert planner(wijzigen(veldwerk.interview), datum=datum).status_code == 302
        response = client.get(wijzigen(veldwerk.interview))
        assert response.context["waarschuwingen"] == verwacht


@pytest.mark.parametrize(
    ("aanvang", "botst"),
    [("10:00", True), ("08:31", True), ("08:30", False), ("11:29", True), ("11:30", False), ("", False)],
)
def test_twee_gesprekken_tegelijk_is_een_waarschuwing(planner, client, veldwerk, inspecteur, aanvang, botst):
    """The other interview is from 10:00 until 11:30, this one takes 90 minutes."""
    ander = maak_dossier(veldwerk.ronde, maak_gemeente("9905", "Anderdam"), inspecteur, status="in_uitvoering")
    maak_interview(ander, "cwi", aanvang=time(10), inspecteur=inspecteur)
    response = planner(wijzigen(veldwerk.interview), aanvang=aanvang, duur="90")
    zin = "Ina de Vries heeft op 5 februari 2008 van 10:00 tot 11:30 het interview CWI, Anderdam."
    assert (f"Let op: {zin}" in meldingen(client.get(response.url))) is botst
    assert veldwerk.interview.__class__.objects.get(pk=veldwerk.interview.pk).aanvang == (
        time.fromisoformat(aanvang) if aanvang else None
    )


def test_een_waarschuwing_verklapt_geen_dossier_van_een_ander(planner, client, veldwerk, collega, vreemde):
    """The second inspector is busy in a dossier that the reader may not see."""
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(toetser=None, tweede_inspecteur=collega)
    geheim = maak_dossier(veldwerk.ronde, maak_gemeente("9906", "Geheimdam"), collega, status="in_uitvoering")
    maak_interview(geheim, "cwi", aanvang=time(10))
    planner(wijzigen(veldwerk.interview), aanvang="10:30", tweede_inspecteur=collega.pk)
    html = client.get(wijzigen(veldwerk.interview)).content.decode()
    assert "Cor Bakker heeft op 5 februari 2008 van 10:00 tot 11:30 een ander interview." in html
    assert "Geheimdam" not in html


def test_een_vervallen_gesprek_botst_niet(planner, client, veldwerk, inspecteur):
    ander = maak_interview(veldwerk.dossier, "cwi", aanvang=time(10))
    zet_status(ander, "vervallen", inspecteur, reden="Geen tijd.")
    planner(wijzigen(veldwerk.interview), aanvang="10:00")
    assert client.get(wijzigen(veldwerk.interview)).context["waarschuwingen"] == []


# --- Calendar -------------------------------------------------------------------------------------------------------


def test_een_interview_als_agendabestand(client, veldwerk, inspecteur):
    interview = veldwerk.interview
    Interview.objects.filter(pk=interview.pk).update(aanvang=time(10), duur=60, plaats="Stadhuis; kamer 2", versie=4)
    interview.gesprekspartners.create(naam="A. Geheim", functie="wethouder", organisatie="gemeente Proefdam")
    client.force_login(inspecteur)
    response = client.get(reverse("interview_agenda", args=[interview.pk]))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="interview-{interview.pk}.ics"'
    assert response.headers["Cache-Control"] == "no-store"
    [gelezen] = lees(response.content.decode())
    assert gelezen | {"DTSTAMP": ""} == {
        "UID": f"interview-{interview.pk}@monitor-regionale-samenwerking",
        "DTSTAMP": "",
        "DTSTART": "20080205T090000Z",
        "DTEND": "20080205T100000Z",
        "SUMMARY": "Interview Sociale zaken, Proefdam",
        "SEQUENCE": "4",
        "STATUS": "CONFIRMED",
        "LOCATION": "Stadhuis; kamer 2",
        "DESCRIPTION": "Gesprek met:\nbeleidsmedewerker\nwethouder, gemeente Proefdam",
        "URL": f"http://testserver/interviews/{interview.pk}/",
    }
    # Names stay inside; what leaves is written down.
    assert "Geheim" not in response.content.decode()
    assert "Boer" not in response.content.decode()
    assert Gebeurtenis.objects.van(interview).filter(soort="uitvoer", wie=inspecteur).count() == 1


def test_vervallen_en_zonder_datum_in_de_agenda(client, veldwerk, inspecteur):
    client.force_login(inspecteur)
    zet_status(veldwerk.interview, "vervallen", inspecteur, reden="Ziek.")
    [gelezen] = lees(client.get(reverse("interview_agenda", args=[veldwerk.interview.pk])).content.decode())
    assert gelezen["STATUS"] == "CANCELLED"
    zonder = maak_interview(veldwerk.dossier, "cwi", datum=None)
    assert client.get(reverse("interview_agenda", args=[zonder.pk])).url == zonder.get_absolute_url()


def test_mijn_agenda_heeft_wat_ik_nog_ga_houden(client, veldwerk, inspecteur, collega):
    morgen = timezone.localdate() + timezone.timedelta(days=1)
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(toetser=None, tweede_inspecteur=collega)
    dossier = Dossier.objects.get(pk=veldwerk.dossier.pk)
    mijn = maak_interview(dossier, "cwi", datum=morgen)  # nobody named: the dossier's lead
    samen = maak_interview(dossier, "scholing", datum=morgen, inspecteur=collega, tweede_inspecteur=inspecteur)
    maak_interview(dossier, "scholing", datum=morgen, inspecteur=collega)  # the colleague's alone
    weg = maak_interview(dossier, "cwi", datum=morgen)
    zet_status(weg, "vervallen", inspecteur, reden="Ziek.")
    maak_dossier(veldwerk.ronde, maak_gemeente("9907", "Vreemddam"), collega)
    client.force_login(inspecteur)
    gelezen = lees(client.get(reverse("mijn_agenda")).content.decode())
    assert {(g["UID"].split("@")[0], g["STATUS"]) for g in gelezen} == {
        (f"interview-{mijn.pk}", "CONFIRMED"),
        (f"interview-{samen.pk}", "CONFIRMED"),
        (f"interview-{weg.pk}", "CANCELLED"),
    }
