"""How far a round is: per group, what is late, what cannot be said yet, and which dossiers those are."""

from datetime import date

import pytest
from django.urls import reverse

from rapportage.queries.voortgang import voortgang
from vragenlijst.models import Bevinding, Dossier, Lot, Trekking, Vraag
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_instrument, maak_ronde

VANDAAG = date(2008, 2, 1)


@pytest.fixture
def ronde(db, inspecteur, collega):
    """Four voortrekkers of Ina, of which one is vastgesteld and one ter toetsing, and two others of Cor."""
    ronde = maak_ronde(
        maak_instrument(), status="open", interviews_voor=date(2008, 1, 31), toetsen_voor=date(2008, 3, 1)
    )
    for nummer in range(1, 7):
        voor = nummer <= 4
        maak_dossier(
            ronde,
            maak_gemeente(f"99{nummer:02}", f"Plaats {nummer}"),
            inspecteur if voor else collega,
            collega if voor else inspecteur,
            rol=Dossier.Rol.VOORTREKKER if voor else Dossier.Rol.NIET_VOORTREKKER,
            status={1: "vastgesteld", 2: "ter_toetsing"}.get(nummer, "in_uitvoering"),
            vastgesteld_op="2008-01-30T12:00:00Z" if nummer == 1 else None,
            grootteklasse_code=4,
            randstad=True,
        )
    return ronde


def groepen(stand, naam: str) -> dict:
    return {groep.naam: groep for indeling in stand.indelingen if indeling.naam == naam for groep in indeling.groepen}


def bevind(dossier: Dossier, *codes: str) -> None:
    """A finding on each of these, past the screens: what is counted is that it is there."""
    for code in codes:
        vraag = Vraag.objects.get(onderdeel__instrument=dossier.ronde.instrument_id, code=code)
        keuze = vraag.keuzes.filter(code="ja").first()
        Bevinding.objects.create(
            dossier=dossier, vraag=vraag, keuze=keuze, tekst="" if keuze else "Zo is het.", stand="een_bron",
            gewijzigd_door=dossier.inspecteur,
        )  # fmt: skip


def test_per_group_by_status_and_what_is_late(ronde):
    stand = voortgang(ronde, VANDAAG)
    # planned, in uitvoering, ter toetsing, vastgesteld
    assert stand.totaal.per_status == (0, 4, 1, 1)
    assert groepen(stand, "Rol")["Voortrekkers"].per_status == (0, 2, 1, 1)
    assert groepen(stand, "Rol")["Niet-voortrekkers"].per_status == (0, 2, 0, 0)
    # The interviews were to be held by yesterday: the four in uitvoering; who lies ter toetsing has until 1 March.
    assert stand.te_laat == [("interviews houden", 4)]
    assert groepen(stand, "Inspecteur")["Ina de Vries"].te_laat == 2


def test_what_cannot_be_said_yet(ronde):
    voortrekkers = ronde.dossiers.filter(rol="voortrekker", status="in_uitvoering").order_by("pk")
    niet = ronde.dossiers.filter(rol="niet-voortrekker").order_by("pk")
    for dossier in [*voortrekkers, niet[0]]:
        bevind(dossier, "V1.3", "V2.5", "V3.1")
    bevind(niet[1], "V2.5")
    stand = voortgang(ronde, VANDAAG)
    # V1.3 and V3.1 stand in three dossiers, V2.5 in four, V2.4 in none; V1.4 and further are not asked of everybody.
    assert stand.totaal.zonder == ("V2.4",)
    rol = groepen(stand, "Rol")
    assert rol["Voortrekkers"].zonder == ("V1.3", "V2.4", "V2.5", "V3.1")
    assert rol["Voortrekkers"].alles_ontbreekt
    assert not rol["Voortrekkers"].te_klein
    assert rol["Niet-voortrekkers"].te_klein
    assert [naam for naam, _ in stand.niet_te_zeggen] == ["Alle dossiers", "Rol", "Grootteklasse", "Ligging"]


def test_the_page_for_beheerder_and_analist(client, ronde, beheerder, analist):
    adres = reverse("ronde_voortgang", args=[ronde.slug])
    client.force_login(beheerder)
    pagina = client.get(adres).content.decode()
    assert "5 dossiers zijn te laat" in pagina  # today all of their days are long over; one is vastgesteld
    assert "er doen maar 2 gemeenten mee" in pagina
    assert reverse("uitkomst_vraag", args=[ronde.slug, "V2.4"]) not in pagina
    for dossier in ronde.dossiers.exclude(status="vastgesteld"):
        bevind(dossier, "V1.3", "V2.5", "V3.1")
    client.force_login(analist)
    assert reverse("uitkomst_vraag", args=[ronde.slug, "V2.4"]) in client.get(adres).content.decode()


@pytest.mark.parametrize(
    ("filters", "verwacht"),
    [
        ({}, "123456"),
        ({"groep": "rol:niet-voortrekker"}, "56"),
        ({"status": "ter_toetsing"}, "2"),
        ({"te_laat": "on", "groep": "rol:voortrekker"}, "234"),
        ({"zoek": "plaats 5"}, "5"),
        ({"groep": "bestaat-niet"}, "123456"),
        ({"zoek": "a\x00"}, "123456"),
        ({"status": "vastgesteld", "groep": "rol:niet-voortrekker"}, ""),
    ],
)
def test_the_dossiers_of_a_filter(client, ronde, beheerder, filters, verwacht):
    client.force_login(beheerder)
    antwoord = client.get(reverse("ronde_voortgang", args=[ronde.slug]), filters)
    assert "".join(rij.dossier.gemeente.naam[-1] for rij in antwoord.context["pagina"]) == verwacht


def test_queries_do_not_grow_and_a_long_list_is_paged(client, ronde, beheerder, inspecteur, django_assert_num_queries):
    client.force_login(beheerder)
    adres = reverse("ronde_voortgang", args=[ronde.slug])
    # session, user, round, dossiers, loten, six of the counts, questions, findings
    for erbij in (0, 60):
        for nummer in range(erbij):
            maak_dossier(ronde, maak_gemeente(f"8{nummer:03}", f"Erbij {nummer}"), inspecteur)
        with django_assert_num_queries(13):
            antwoord = client.get(adres)
    assert len(antwoord.context["pagina"]) == 50
    assert antwoord.context["pagina"].paginator.num_pages == 2


def test_a_round_without_dossiers(client, beheerder):
    client.force_login(beheerder)
    ronde = maak_ronde(maak_instrument())
    assert "Nog geen dossiers" in client.get(reverse("ronde_voortgang", args=[ronde.slug])).content.decode()


def test_strata_of_the_drawing_with_who_was_chosen_by_hand_apart(ronde):
    """Plaats 1 was drawn, Plaats 2 is a reserve that was put in the round by hand, the others were not in the hat."""
    type(ronde).objects.filter(pk=ronde.pk).update(status="concept")
    trekking = Trekking.objects.create(ronde=ronde, zaad="x", algoritme=1, kenmerken=["randstad"], verdeling="eigen")
    dossiers = list(ronde.dossiers.order_by("gemeente__code"))
    for plaats, stand in enumerate(("getrokken", "reserve")):
        Lot.objects.create(
            trekking=trekking, gemeente=dossiers[plaats].gemeente, stratum="ja", plaats=plaats + 1, stand=stand
        )
    strata = groepen(voortgang(ronde, VANDAAG), "Stratum van de steekproef")
    assert {naam: groep.totaal for naam, groep in strata.items()} == {"In de Randstad": 1, "Met de hand gekozen": 5}
