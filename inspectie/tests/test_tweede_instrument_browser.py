"""A second instrument, of an entirely different inspection, without a line of code: from XLSForm to the PDF of its report.

The form has sixty questions in six groups with skip logic (`vragenlijst.tests.speeltoestellen`). What differs per page is done in the
browser; the same over and over goes through the actions that the pages call.
"""

import io
from uuid import uuid4

import pytest
from pypdf import PdfReader

from conftest import WACHTWOORD
from inspectie.tests.axe import bekijk_op_elke_breedte
from rapportage.actions import maak_rapport
from rapportage.models import Rapport
from rapportage.samenstellen import pdf_van_rapport
from vragenlijst import actions, routing
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Bevinding, Instrument, Vraag
from vragenlijst.queries import voorwaarden_van_ronde
from vragenlijst.tests.factories import maak_dossier, maak_gemeente, maak_interview, maak_ronde
from vragenlijst.tests.speeltoestellen import werkmap

pytestmark = [pytest.mark.browser, pytest.mark.pdf, pytest.mark.django_db(transaction=True)]

GEGEVEN = {"getal": {"slecht": "2", "goed": "7"}, "datum": {"slecht": "1-3-2009", "goed": "1 mei 2010"}}
GEMEENTEN = ("Hoogwaarden", "Leegerbroek", "Middelhoven")


def log_in(page, basis: str, naam: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{basis}/")
    page.get_by_label("Gebruikersnaam").fill(naam)
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen").click()


def test_van_xlsform_tot_rapport(live_server, page, inspecteur, collega, analist, beheerder):
    page.set_default_timeout(15_000)
    beheerder_leest_het_formulier_in(page, live_server.url)
    instrument = Instrument.objects.get(code="speeltoestellen")
    actions.zet_status(instrument, "vastgesteld", beheerder)
    ronde = maak_ronde(instrument, "speeltuinen")
    dossiers = [
        maak_dossier(ronde, maak_gemeente(f"F90{nummer}", naam), inspecteur, collega, rol="niet-voortrekker")
        for nummer, naam in enumerate(GEMEENTEN)
    ]
    actions.zet_status(ronde, "open", beheerder)
    gesprekken = []
    for dossier in dossiers:
        dossier.refresh_from_db()
        actions.zet_status(dossier, "in_uitvoering", inspecteur)
        gesprekken.append(maak_interview(dossier, "ouders"))
    inspecteur_vult_een_onderdeel_in(page, live_server.url, gesprekken[0])
    for nummer, interview in enumerate(gesprekken):
        werk_uit(interview, inspecteur, staat="slecht" if nummer == 0 else "goed")
    tekst = lees_pdf(pdf_van_rapport(maak_rapport(Rapport.voor(ronde), analist)))
    lees_cijfers_terug(tekst)
    analist_leest_uitkomsten(page, live_server.url)


def beheerder_leest_het_formulier_in(page, basis: str) -> None:
    log_in(page, basis, "beheerder")
    page.goto(f"{basis}/instrument/")
    page.get_by_role("link", name="XLSForm inlezen").click()
    bestand = {"name": "speeltoestellen.xlsx", "mimeType": "application/octet-stream", "buffer": werkmap()}
    page.get_by_label("XLSForm").set_input_files(bestand)
    page.get_by_role("button", name="Bekijken").click()
    page.get_by_text("60 vragen in 6 onderdelen").wait_for()
    bekijk_op_elke_breedte(page)
    page.get_by_role("button", name="Inlezen als concept").click()
    page.get_by_text("Veiligheid van speeltoestellen (versie 1) is ingelezen als concept.").wait_for()


def inspecteur_vult_een_onderdeel_in(page, basis: str, interview) -> None:
    """Follow-ups of follow-ups appear with the answer that opens them, and what is typed is stored."""
    log_in(page, basis, "inspecteur")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{basis}/interviews/{interview.pk}/onderdeel/1/")
    waar, nageleefd, waarom_niet = (page.locator(f'[id="V1.1{letter}"]') for letter in "abc")
    assert waar.is_hidden()
    page.locator('[id="V1.1"] input[value=ja]').check()
    waar.locator("textarea").first.fill("In het beheerplan.")
    assert waarom_niet.is_hidden()
    nageleefd.locator("input[value=nee]").check()
    waarom_niet.locator("textarea").first.fill("Er is te weinig personeel.")
    page.locator('[id="V1.2"] input[value=slecht]').check()
    page.locator('[id="V1.2a"] textarea').first.fill("De hekken zijn kapot.")
    typ_een_getal_en_een_datum(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan en naar").click()
    page.get_by_role("heading", level=1, name="De toestellen").wait_for()
    gegeven = dict(interview.antwoorden.values_list("vraag__code", "tekst"))
    assert gegeven == {
        "V1.1": "",
        "V1.1a": "In het beheerplan.",
        "V1.1b": "",
        "V1.1c": "Er is te weinig personeel.",
        "V1.2": "",
        "V1.2a": "De hekken zijn kapot.",
        "V1.3": "1200",
        "V1.4": "01-03-2010",
    }


def typ_een_getal_en_een_datum(page) -> None:
    """What is no number is refused where it stands, with the reason, and stays; a number and a date may be typed as people do."""
    getal, datum = (page.locator(f'[id="V1.{nummer}"]') for nummer in (3, 4))
    getal.locator("input[type=text]").first.fill("drie keer")
    datum.locator("input[type=text]").first.fill("1 maart 2010")
    getal.get_by_text("‘drie keer’ is geen getal").wait_for()
    assert getal.locator("input[type=text]").first.input_value() == "drie keer"
    getal.locator("input[type=text]").first.fill("1.200")


def werk_uit(interview, wie, *, staat: str) -> None:
    """Everything that is asked and not answered yet: no to the rest, and every group in this state."""
    dossier = interview.dossier
    voorwaarden = voorwaarden_van_ronde(dossier.ronde)
    keuzes = dict(interview.antwoorden.exclude(keuze=None).values_list("vraag__code", "keuze__code"))
    gedaan = set(interview.antwoorden.values_list("vraag__code", flat=True))
    for vraag in Vraag.objects.filter(onderdeel__instrument=dossier.ronde.instrument_id).prefetch_related("keuzes"):
        if vraag.code in gedaan or vraag.code not in routing.gevraagd(voorwaarden, keuzes):
            continue
        if vraag.is_gesloten:
            keuzes[vraag.code] = "nee" if vraag.keuzes.filter(code="nee") else staat
            inhoud = Inhoud(keuze=keuzes[vraag.code])
        elif vraag.soort in GEGEVEN:
            inhoud = Inhoud(tekst=GEGEVEN[vraag.soort][staat])
        else:
            inhoud = Inhoud(tekst="In 2010 voor het laatst.")
        actions.antwoord_opslaan(interview, vraag, inhoud, versie=0, sleutel=uuid4(), wie=wie)
    actions.zet_status(interview, "gehouden", wie)
    actions.neem_eensluidende_over(dossier, wie)
    for norm in dossier.ronde.instrument.onderdelen.get(code="1").aandachtspunten.all():
        oordeel = "voldoet_niet" if staat == "slecht" else "voldoet"
        actions.beoordelen(dossier, norm, oordeel, motivering="Zo is gezien.", versie=0, wie=wie)


def lees_pdf(inhoud: bytes) -> str:
    bladen = PdfReader(io.BytesIO(inhoud)).pages
    return " ".join(" ".join(blad.extract_text() for blad in bladen).split()).replace("\xa0", " ")


def lees_cijfers_terug(tekst: str) -> None:
    """One of three municipalities said yes to V1.1 (typed above); in one the state is slecht, in two goed."""
    assert Bevinding.objects.filter(vraag__code="V1.1", keuze__code="ja").count() == 1
    assert "Veiligheid van speeltoestellen" in tekst
    for titel in ("Beheer en verantwoordelijkheid", "De toestellen", "Toezicht door de gemeente"):
        assert titel in tekst
    assert "(1 van 3) is het antwoord ‘ja’ op de vraag “Is vastgelegd hoe het zit met beheer" in tekst
    assert "(2 van 3) is het antwoord ‘goed’ op de vraag “Hoe is de staat van beheer" in tekst
    # Typed above in one municipality: 1200 times; in the others 7, on the first of May.
    assert "V1.3 Hoeveel keer is dit bekeken (beheer en verantwoordelijkheid)? 3 7 404,7" in tekst
    assert "? 3 01-05-2010" in tekst
    assert "V6.2a" in tekst
    assert "V1.1 = ja" in tekst
    # Nothing of the first monitor comes along.
    for woord in ("voortrekker", "arbeidsmarkt", "CWI", "UWV", "werkzoekend", "SUWI", "Iedereen doet mee"):
        assert woord not in tekst.replace("Inspectie Werk en Inkomen", "")


def analist_leest_uitkomsten(page, basis: str) -> None:
    log_in(page, basis, "analist")
    page.goto(f"{basis}/rondes/speeltuinen/uitkomsten/")
    tekst = page.locator("main").inner_text()
    assert "Is vastgelegd hoe het zit met de ondergrond?" in tekst
    assert "Hoogwaarden" not in tekst
