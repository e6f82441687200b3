"""What every form does: refuse what cannot be stored, keep what was typed, read Dutch dates, speak Dutch."""

from datetime import date

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from html5lib import HTMLParser, parse
from hypothesis import given
from hypothesis import strategies as st

from regio.datum import lees_datum
from regio.formulier import Datumveld, Formulier, ModelFormulier
from regio.models import Gemeente


class Voorbeeld(Formulier):
    naam = forms.CharField(label="Naam", max_length=10)
    toelichting = forms.CharField(label="Toelichting", required=False, help_text="Kort.", widget=forms.Textarea)
    datum = forms.DateField(label="Datum", required=False, help_text="De dag zelf.")
    keuze = forms.ChoiceField(label="Keuze", choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.RadioSelect)
    akkoord = forms.BooleanField(label="Akkoord")
    bestand = forms.FileField(label="Bestand", required=False)

    def clean_naam(self):
        assert "\x07" not in self.cleaned_data["naam"], "a forbidden character reached the form's own validation"
        return self.cleaned_data["naam"]


GOED = {"naam": "Jansen", "keuze": "ja", "akkoord": "on"}


def fouten(form) -> dict[str, list[str]]:
    return {naam: list(lijst) for naam, lijst in form.errors.items()}


# --- What may come in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("teken", "code"), [("\x00", "0000"), ("\x1b", "001B"), ("\x85", "0085"), ("\ud800", "D800"), ("\ufffe", "FFFE")]
)
def test_verboden_teken_staat_bij_zijn_veld_en_de_tekst_blijft(teken, code):
    form = Voorbeeld(GOED | {"toelichting": f"Goed{teken} overleg"})
    assert list(form.errors) == ["toelichting"]
    assert form.errors["toelichting"][0].startswith(f"De tekst bevat op plaats 5 een onzichtbaar teken (U+{code})")
    html = render_crispy_form(form)
    assert "Goed\N{REPLACEMENT CHARACTER} overleg" in html
    html.encode("utf-8")  # a lone surrogate in the page would crash the answer


def test_verboden_teken_bereikt_de_eigen_controles_niet():
    form = Voorbeeld(GOED | {"naam": "Jan\x07"})
    assert list(form.errors) == ["naam"]
    assert "naam" not in form.cleaned_data
    assert form.cleaned_data["keuze"] == "ja"


def test_verboden_teken_in_een_lijst_en_in_een_bestandsnaam():
    class Meer(Formulier):
        soorten = forms.MultipleChoiceField(choices=[("a", "A")], required=False)
        bestand = forms.FileField(required=False)

    stuk = SimpleUploadedFile("plan.pdf", b"%PDF")
    stuk._name = "plan\x07.pdf"
    form = Meer({"soorten": ["a", "b\x00"]}, {"bestand": stuk})
    assert set(form.errors) == {"soorten", "bestand"}
    assert "U+0000" in form.errors["soorten"][0]
    assert "U+0007" in form.errors["bestand"][0]


def test_zoekformulier_uit_het_adres():
    class Zoek(Formulier):
        zoek = forms.CharField(required=False)

    assert not Zoek(QueryDict("zoek=Ede%00")).is_valid()
    assert Zoek(QueryDict("zoek=S%C3%BAdwest")).is_valid()


def test_regeleinden_zijn_die_van_de_database():
    form = Voorbeeld(GOED | {"toelichting": "een\r\ntwee\rdrie\nvier"})
    assert form.is_valid()
    assert form.cleaned_data["toelichting"] == "een\ntwee\ndrie\nvier"


def test_wie_niets_wijzigde_heeft_niets_gewijzigd():
    form = Voorbeeld(
        GOED | {"toelichting": "een\r\ntwee"}, initial=GOED | {"toelichting": "een\ntwee", "akkoord": True}
    )
    assert form.changed_data == []


def test_te_lange_tekst_noemt_de_maat_en_wordt_niet_afgekapt():
    form = Voorbeeld(GOED | {"naam": "Jansen-de Vries"})  # 15 characters
    assert fouten(form) == {"naam": ["Deze tekst telt 15 tekens; er passen er 10. Kort de tekst in."]}
    html = render_crispy_form(form)
    assert 'value="Jansen-de Vries"' in html
    assert "maxlength" not in html


def test_de_maat_telt_een_regeleinde_als_een_teken():
    class Kort(Formulier):
        tekst = forms.CharField(max_length=3, widget=forms.Textarea)

    assert Kort({"tekst": "a\r\nb"}).is_valid()


@given(st.text())
def test_geen_enkele_tekst_laat_een_formulier_struikelen(tekst):
    form = Voorbeeld(dict.fromkeys(["naam", "toelichting", "datum", "keuze", "akkoord"], tekst))
    form.is_valid()
    render_crispy_form(form).encode("utf-8")


# --- Dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tekst", ["24-11-2026", "24/11/2026", "24.11.2026", "24 11 2026", "2026-11-24", " 24-11-2026 "]
)
def test_datum_lezen(tekst):
    assert Datumveld().clean(tekst) == date(2026, 11, 24)


def test_datum_zonder_voorloopnul():
    assert lees_datum("3-6-2008") == date(2008, 6, 3)
    assert lees_datum("29-02-2008") == date(2008, 2, 29)


@pytest.mark.parametrize(
    "tekst", ["1 januari 2009", "1 Januari 2009", "1 jan 2009", "1 jan. 2009", "1-jan-2009", "01 januari 2009"]
)
def test_datum_met_de_naam_van_de_maand(tekst):
    assert lees_datum(tekst) == date(2009, 1, 1)


@pytest.mark.parametrize(
    ("naam", "maand"),
    [
        ("mrt", 3),
        ("maart", 3),
        ("apr", 4),
        ("mei", 5),
        ("jun", 6),
        ("juli", 7),
        ("sept", 9),
        ("okt", 10),
        ("december", 12),
    ],
)
def test_elke_maand_heeft_haar_naam(naam, maand):
    assert lees_datum(f"12 {naam} 2008") == date(2008, maand, 12)


@pytest.mark.parametrize(
    ("tekst", "bezwaar"),
    [
        ("1 janauri 2009", "‘janauri’ is geen maand. Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026."),
        ("30 februari 2008", "30 februari 2008 bestaat niet: februari 2008 heeft 29 dagen."),
        ("1 januari 09", "Schrijf het jaar met vier cijfers, bijvoorbeeld 24-11-2026."),
        ("31-02-2008", "31-02-2008 bestaat niet: februari 2008 heeft 29 dagen."),
        ("29-02-2009", "29-02-2009 bestaat niet: februari 2009 heeft 28 dagen."),
        ("32-12-2008", "32-12-2008 bestaat niet: december 2008 heeft 31 dagen."),
        ("00-12-2008", "00-12-2008 bestaat niet: december 2008 heeft 31 dagen."),
        ("11-24-2026", "11-24-2026 bestaat niet: maand 24 is er niet. Schrijf de datum als dd-mm-jjjj."),
        ("3-6-08", "Schrijf het jaar met vier cijfers, bijvoorbeeld 24-11-2026."),
        ("3-6-1899", "Het jaar 1899 kan niet kloppen: het ligt tussen 1900 en 2200."),
        ("3-6-2201", "Het jaar 2201 kan niet kloppen: het ligt tussen 1900 en 2200."),
        ("morgen", "Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026."),
        ("٣-٦-٢٠٠٨", "Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026."),
        ("24-11-2026 14:00", "Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026."),
    ],
)
def test_datum_die_niet_kan_zegt_waarom_en_blijft_staan(tekst, bezwaar):
    form = Voorbeeld(GOED | {"datum": tekst})
    assert fouten(form) == {"datum": [bezwaar]}
    assert f'value="{tekst}"' in render_crispy_form(form)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_elke_datum_komt_heen_en_terug(dag):
    assert lees_datum(f"{dag.day:02}-{dag.month:02}-{dag.year}") == dag


def test_datum_uit_een_model_wordt_een_datumveld():
    class GemeenteFormulier(ModelFormulier):
        class Meta:
            model = Gemeente
            fields = ["naam", "geldig_van", "geldig_tot"]

    form = GemeenteFormulier({"naam": "Ede", "geldig_van": "1-1-2008", "geldig_tot": "31-02-2008"})
    assert fouten(form) == {"geldig_tot": ["31-02-2008 bestaat niet: februari 2008 heeft 29 dagen."]}
    assert form.fields["geldig_van"].label == "Bestaat vanaf"
    assert 'value="01-01-2008"' in render_crispy_form(GemeenteFormulier(initial={"geldig_van": date(2008, 1, 1)}))


# --- What is shown ----------------------------------------------------------------------------------------------------


def boom(form):
    """The form as an element tree; a parse error fails the test."""
    HTMLParser(strict=True).parse(f"<!DOCTYPE html><title>x</title><form>{render_crispy_form(form)}</form>")
    return parse(f"<form>{render_crispy_form(form)}</form>", namespaceHTMLElements=False)


def volgorde(html: str, *delen: str) -> bool:
    plaatsen = [html.index(deel) for deel in delen]
    return plaatsen == sorted(plaatsen)


def test_eerst_label_dan_hulp_dan_fout_dan_veld():
    html = render_crispy_form(Voorbeeld({"datum": "morgen", "naam": "x"}))
    assert volgorde(
        html,
        ">Datum",
        "De dag zelf. Bijvoorbeeld 24-11-2026.",
        'id="id_datum_error"',
        '<input type="text" name="datum"',
    )
    keuze = html[html.index("<fieldset") :]
    assert volgorde(keuze, ">Keuze</legend>", 'id="id_keuze_error"', 'type="radio"')


def test_samenvatting_noemt_elke_fout_en_wijst_naar_een_veld_dat_bestaat():
    html = boom(Voorbeeld({"datum": "morgen"}))
    samenvatting = html.find(".//*[@role='alert']")
    assert samenvatting.get("tabindex") == "-1"
    verwijzingen = {link.get("href")[1:]: link.text for link in samenvatting.iter("a")}
    assert verwijzingen == {
        "id_naam": "Naam: Vul dit in.",
        "id_datum": "Datum: Schrijf de datum als dd-mm-jjjj, bijvoorbeeld 24-11-2026.",
        "id_keuze_0": "Keuze: Maak een keuze.",
        "id_akkoord": "Akkoord: Zet hier een vinkje.",
    }
    for anker in verwijzingen:
        assert html.find(f".//input[@id='{anker}']") is not None


def test_fout_en_hulp_horen_bij_het_veld():
    html = boom(Voorbeeld({"datum": "morgen"}))
    datum = html.find(".//input[@id='id_datum']")
    assert datum.get("aria-invalid") == "true"
    assert datum.get("aria-describedby") == "id_datum_helptext id_datum_error"
    assert html.find(".//fieldset").get("aria-describedby") == "id_keuze_error"
    for naam in ["id_datum_helptext", "id_datum_error", "id_keuze_error"]:
        assert html.find(f".//*[@id='{naam}']") is not None


def test_zonder_fouten_geen_samenvatting():
    html = boom(Voorbeeld())
    assert html.find(".//*[@role='alert']") is None
    assert html.find(".//*[@aria-invalid]") is None


def test_niet_verplicht_staat_alleen_bij_wat_niet_hoeft():
    html = boom(Voorbeeld())
    gemerkt = [label.text.strip() for label in html.iter("label") if label.find("span") is not None]
    assert gemerkt == ["Toelichting", "Datum", "Bestand"]

    class Zoek(Voorbeeld):
        markeer_optioneel = False

    assert "niet verplicht" not in render_crispy_form(Zoek())


def test_elk_veld_heeft_een_label():
    html = boom(Voorbeeld())
    labels = {label.get("for") for label in html.iter("label")}
    velden = {veld.get("id") for soort in ("input", "textarea", "select") for veld in html.iter(soort)}
    assert velden == labels


def test_formset():
    soort = forms.formset_factory(Voorbeeld, extra=2)
    html = render_crispy_form(soort())
    assert 'name="form-TOTAL_FORMS"' in html
    assert 'name="form-1-naam"' in html
    HTMLParser(strict=True).parse(f"<!DOCTYPE html><title>x</title><form>{html}</form>")


def test_formset_met_een_fout_over_het_geheel():
    soort = forms.formset_factory(Voorbeeld, extra=0, min_num=1, validate_min=True)
    formset = soort({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    assert not formset.is_valid()
    assert 'role="alert"' in render_crispy_form(formset)


def test_velden_in_groepen():
    from crispy_forms.layout import Div, Fieldset, Layout

    form = Voorbeeld({"naam": ""})
    form.helper.layout = Layout(Fieldset("Wie", "naam", Div("datum", css_class="veldenrij")))
    html = boom(form)
    assert html.find(".//fieldset/legend").text == "Wie"
    assert html.find(".//div[@class='veldenrij']//input").get("name") == "datum"
    assert html.find(".//*[@role='alert']") is not None
