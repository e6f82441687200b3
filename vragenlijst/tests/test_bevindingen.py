"""Settling the one fact per question (design 4.4): by hand, by taking over where actors agree, and through routing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from regio.models import Gebeurtenis
from vragenlijst.actions import (
    Conflict,
    Geweigerd,
    bevinding_vastleggen,
    neem_eensluidende_over,
    zet_status,
)
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Bevinding
from vragenlijst.queries import driehoeken, inhoud_van
from vragenlijst.tests.factories import maak_instrument, maak_interview
from vragenlijst.tests.test_zet_status import maak_compleet


@pytest.fixture
def stel_vast(veldwerk):
    def vaststellen(code, versie=0, motivatie="", **inhoud):
        return bevinding_vastleggen(
            veldwerk.dossier,
            veldwerk.vraag(code),
            Inhoud(**inhoud),
            motivatie=motivatie,
            versie=versie,
            wie=veldwerk.inspecteur,
        )

    return vaststellen


def stand(veldwerk):
    """{code: (choice or text, stand, routed out)} of all findings."""
    return {
        b.vraag.code: (b.keuze.code if b.keuze else b.tekst, b.stand, b.vervallen)
        for b in veldwerk.dossier.bevindingen.select_related("vraag", "keuze")
    }


# --- One question ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stemmen", "gekozen", "motivatie", "uitkomst"),
    [
        (["ja", "ja"], "ja", "", "eensluidend"),
        (["ja", "ja"], "nee", "", "U wijkt af van wat alle actoren zeggen"),
        (["ja", "ja"], "nee", "Het convenant is opgezegd.", "eensluidend"),
        (["ja"], "ja", "", "een_bron"),
        (["ja"], "nee", "", "U wijkt af van wat de enige bron zegt"),
        (["ja", "weet-niet"], "ja", "", "een_bron"),
        (["ja", "nee"], "ja", "", "De actoren spreken elkaar tegen"),
        (["ja", "nee"], "ja", "  \n", "De actoren spreken elkaar tegen"),
        (["ja", "nee"], "ja", "De notulen geven CWI gelijk.", "tegengesteld"),
        ([], "ja", "", "Geen actor heeft hier iets over gezegd"),
        ([], "ja", "Uit het jaarverslag.", "niet_gevraagd"),
    ],
)
def test_wanneer_het_mag(veldwerk, stel_vast, stemmen, gekozen, motivatie, uitkomst):
    for groep, keuze in zip(("sociale-zaken", "cwi"), stemmen, strict=False):
        veldwerk.gesprek(groep, V2_5=keuze)

    if uitkomst in Bevinding.Stand.values:
        bevinding = stel_vast("V2.5", keuze=gekozen, motivatie=motivatie)
        assert (bevinding.keuze.code, bevinding.stand, bevinding.motivatie) == (gekozen, uitkomst, motivatie)
        assert (bevinding.versie, bevinding.gewijzigd_door) == (1, veldwerk.inspecteur)
        return
    with pytest.raises(ValidationError) as fout:
        stel_vast("V2.5", keuze=gekozen, motivatie=motivatie)
    assert fout.value.message_dict["motivatie"][0].startswith(uitkomst)
    assert not Bevinding.objects.exists()


def test_een_open_vraag_kent_weet_niet_en_niet_van_toepassing(client, veldwerk, inspecteur):
    """From the answers through the driehoek to the finding."""
    veldwerk.houd()
    for groep in ("cwi", "scholing"):
        interview = maak_interview(veldwerk.dossier, groep)
        veldwerk.antwoord("V3.1", interview, keuze="weet-niet")
        veldwerk.houd(interview)
    client.force_login(inspecteur)
    adres = reverse("bevinding", args=[veldwerk.dossier.pk, "V3.1"])
    form = client.get(adres).context["form"]
    assert (form["V3_1"].value(), form["V3_1-uitweg"].value()) == ("", "weet-niet")
    leeg = client.post(adres, {"V3_1": "", "V3_1-uitweg": ""})
    assert leeg.context["form"].errors == {"V3_1": ["Vul dit in."]}
    beide = client.post(adres, {"V3_1": "Toch iets.", "V3_1-uitweg": "nvt"})
    assert list(beide.context["form"].errors) == ["V3_1-uitweg"]
    assert "Toch iets.</textarea>" in beide.content.decode()
    client.post(adres, {"V3_1": "", "V3_1-uitweg": "weet-niet"})
    assert stand(veldwerk) == {"V3.1": ("weet-niet", "eensluidend", False)}


def test_verschillend_verwoord_vraagt_een_eigen_tekst_en_geen_motivatie(veldwerk, stel_vast):
    veldwerk.gesprek("sociale-zaken", V3_1="Via het platform")
    veldwerk.gesprek("cwi", V3_1="Ieder voor zich")

    bevinding = stel_vast("V3.1", tekst="Het platform bestaat, maar bereikt de uitvoering niet.")

    assert (bevinding.stand, bevinding.motivatie) == ("aanvullend", "")


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({}, "antwoord"),
        ({"keuze": "misschien"}, None),
        ({"tekst": "ja"}, None),
        ({"keuze": "ja", "motivatie": "zie\0noot"}, "motivatie"),
    ],
)
def test_wat_geen_bevinding_is(veldwerk, stel_vast, velden, veld):
    veldwerk.gesprek("cwi", V2_5="ja")

    with pytest.raises(ValidationError) as fout:
        stel_vast("V2.5", **velden)
    if veld:
        assert list(fout.value.message_dict) == [veld]
    assert not Bevinding.objects.exists()


def test_een_vraag_van_een_ander_instrument(veldwerk):
    ander = maak_instrument("ander").onderdelen.get(code="2").vragen.get(code="V2.5")

    with pytest.raises(ValidationError, match="hoort niet bij dit dossier"):
        bevinding_vastleggen(veldwerk.dossier, ander, Inhoud(keuze="ja"), versie=0, wie=veldwerk.inspecteur)


def test_een_geplande_of_vervallen_stem_telt_niet(veldwerk, stel_vast):
    veldwerk.antwoord("V2.5", keuze="nee")  # in an interview that is still planned
    afgezegd = veldwerk.gesprek("cwi", V2_5="nee")
    zet_status(afgezegd, "gepland", veldwerk.inspecteur, reden="verkeerd verslag")
    zet_status(afgezegd, "vervallen", veldwerk.inspecteur, reden="afgezegd")
    veldwerk.gesprek("scholing", V2_5="ja")

    assert stel_vast("V2.5", keuze="ja").stand == "een_bron"


def test_wijzigen_op_de_versie_die_er_staat(veldwerk, stel_vast):
    veldwerk.gesprek("cwi", V2_5="ja")
    stel_vast("V2.5", keuze="ja")

    with pytest.raises(Conflict) as fout:
        stel_vast("V2.5", keuze="nee", motivatie="Toch niet.", versie=0)
    assert fout.value.opgeslagen.keuze.code == "ja"

    bevinding = stel_vast("V2.5", keuze="nee", motivatie="Toch niet.", versie=1)
    assert (bevinding.keuze.code, bevinding.versie) == ("nee", 2)


def test_de_geschiedenis_zegt_wat_er_stond(veldwerk, stel_vast):
    veldwerk.gesprek("cwi", V2_5="ja")
    bevinding = stel_vast("V2.5", keuze="ja")
    stel_vast("V2.5", keuze="nee", motivatie="Toch niet.", versie=1)

    rijen = Gebeurtenis.objects.van(bevinding).order_by("pk")
    assert [(r.soort, r.reden, r.wijzigingen["bevinding"], r.dossier_id) for r in rijen] == [
        ("gemaakt", "", [{}, {"keuze": "ja"}], veldwerk.dossier.pk),
        ("gewijzigd", "Toch niet.", [{"keuze": "ja"}, {"keuze": "nee"}], veldwerk.dossier.pk),
    ]


def test_opnieuw_vaststellen_neemt_te_herzien_weg(veldwerk, stel_vast):
    interview = veldwerk.gesprek("cwi", V2_5="ja")
    stel_vast("V2.5", keuze="ja")
    veldwerk.antwoord("V2.5", interview, keuze="nee")
    assert veldwerk.bevinding("V2.5").te_herzien

    assert not stel_vast("V2.5", keuze="nee", versie=1).te_herzien


def test_de_antwoorden_blijven_zoals_ze_waren(veldwerk, stel_vast):
    interview = veldwerk.gesprek("cwi", V2_5="ja")
    stel_vast("V2.5", keuze="nee", motivatie="De notulen zeggen nee.")

    antwoord = interview.antwoorden.get()
    assert (inhoud_van(antwoord), antwoord.versie) == (Inhoud(keuze="ja"), 1)


def test_in_een_dossier_dat_vaststaat_verandert_niets(veldwerk, stel_vast):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)

    with pytest.raises(Geweigerd, match="ter toetsing: de inhoud staat vast"):
        stel_vast("V2.5", keuze="ja", motivatie="Toch.", versie=1)
    with pytest.raises(Geweigerd):
        neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)


def test_de_database_weigert_een_tegenspraak_zonder_motivatie(veldwerk, stel_vast):
    veldwerk.gesprek("sociale-zaken", V2_5="ja")
    veldwerk.gesprek("cwi", V2_5="nee")
    stel_vast("V2.5", keuze="ja", motivatie="De notulen zeggen ja.")

    with pytest.raises(IntegrityError, match="bevinding_tegengesteld_gemotiveerd"), transaction.atomic():
        Bevinding.objects.update(motivatie="")


# --- Taking over where actors agree ---------------------------------------------------------------------------------


def test_de_keten_gaat_schakel_voor_schakel(veldwerk):
    """V1.3 opens V1.4 opens V1.7 opens V1.7b: one click settles all four, and V3.1."""
    veldwerk.gesprek("sociale-zaken", V1_3="ja", V1_4="ja", V1_7="nee", V1_7b="Geen tijd", V3_1="Via het platform")
    veldwerk.gesprek("cwi", V1_3="ja", V1_4="weet-niet")

    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 5

    assert stand(veldwerk) == {
        "V1.3": ("ja", "eensluidend", False),
        "V1.4": ("ja", "een_bron", False),
        "V1.7": ("nee", "een_bron", False),
        "V1.7b": ("Geen tijd", "een_bron", False),
        "V3.1": ("Via het platform", "een_bron", False),
    }
    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 0


def test_tegenspraak_en_eigen_woorden_blijven_liggen(veldwerk):
    """The chain stops at the contradiction: what hangs on V1.4 is not asked before someone settles V1.4."""
    veldwerk.gesprek("sociale-zaken", V1_3="ja", V1_4="ja", V1_7="ja", V2_5="nee", V3_1="Via het platform")
    veldwerk.gesprek("cwi", V1_3="ja", V1_4="nee", V2_5="nee", V3_1="Ieder voor zich")

    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 2

    assert stand(veldwerk) == {"V1.3": ("ja", "eensluidend", False), "V2.5": ("nee", "eensluidend", False)}


def test_wat_een_inspecteur_vaststelde_blijft(veldwerk, stel_vast):
    veldwerk.gesprek("cwi", V1_3="ja", V2_5="ja")
    stel_vast("V2.5", keuze="nee", motivatie="De notulen zeggen nee.")

    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 1

    assert veldwerk.bevinding("V2.5").keuze.code == "nee"
    assert veldwerk.bevinding("V2.5").versie == 1


@pytest.mark.parametrize(("nieuw", "te_herzien", "aantal"), [("ja", False, 1), ("nee", True, 0)])
def test_te_herzien_wordt_bevestigd_als_het_voorstel_nog_klopt(veldwerk, nieuw, te_herzien, aantal):
    """CWI's ja was settled; then scholing joins. When they agree the finding is confirmed, else it waits for the inspector."""
    veldwerk.gesprek("cwi", V2_5="ja")
    neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)
    veldwerk.gesprek("scholing", V2_5=nieuw)
    assert veldwerk.bevinding("V2.5").te_herzien

    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == aantal

    assert veldwerk.bevinding("V2.5").te_herzien == te_herzien
    assert veldwerk.bevinding("V2.5").keuze.code == "ja"


def test_een_afwijking_wordt_niet_stilletjes_teruggedraaid(veldwerk, stel_vast):
    """Settled as nee against CWI's ja, with a motivation; now scholing says ja too. That is for the inspector to look at."""
    veldwerk.gesprek("cwi", V2_5="ja")
    stel_vast("V2.5", keuze="nee", motivatie="De notulen zeggen nee.")
    veldwerk.gesprek("scholing", V2_5="ja")

    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 0
    assert veldwerk.bevinding("V2.5").te_herzien


def test_een_motivatie_blijft_staan_als_de_bevinding_wordt_bevestigd(veldwerk, stel_vast):
    veldwerk.gesprek("sociale-zaken", V2_5="ja")
    dwars = veldwerk.gesprek("cwi", V2_5="nee")
    stel_vast("V2.5", keuze="ja", motivatie="De notulen zeggen ja.")
    veldwerk.antwoord("V2.5", dwars, keuze="ja")

    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 1

    bevinding = veldwerk.bevinding("V2.5")
    assert (bevinding.stand, bevinding.motivatie) == ("eensluidend", "De notulen zeggen ja.")


def test_overnemen_opent_wat_er_al_op_wachtte(veldwerk, stel_vast):
    """V1.4 was settled before V1.3: not asked yet, so not counted. Taking over V1.3 = ja makes it count."""
    veldwerk.gesprek("cwi", V1_3="ja")
    assert stel_vast("V1.4", keuze="ja", motivatie="Uit het jaarverslag.").vervallen

    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 1
    assert not veldwerk.bevinding("V1.4").vervallen


def test_zonder_gesprekken_valt_er_niets_over_te_nemen(veldwerk):
    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 0


# --- Routing over the findings --------------------------------------------------------------------------------------


def test_wie_van_gedachten_verandert_verliest_geen_tekst(veldwerk, stel_vast):
    """V1.3 from ja to nee and back: what hung on it is kept, does not count meanwhile, and counts again (design 4.3)."""
    veldwerk.gesprek("cwi", V1_3="ja", V1_4="ja", V1_7="nee", V1_7b="Geen tijd")
    neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)

    stel_vast("V1.3", keuze="nee", motivatie="Het verband is opgeheven.", versie=1)
    assert stand(veldwerk) == {
        "V1.3": ("nee", "een_bron", False),
        "V1.4": ("ja", "een_bron", True),
        "V1.7": ("nee", "een_bron", True),
        "V1.7b": ("Geen tijd", "een_bron", True),
    }

    stel_vast("V1.3", keuze="ja", versie=2)
    assert not any(vervallen for _, _, vervallen in stand(veldwerk).values())
    assert veldwerk.bevinding("V1.7b").versie == 1


def test_een_bevinding_op_een_dichte_vraag_telt_meteen_niet(veldwerk, stel_vast):
    veldwerk.gesprek("cwi", V1_3="nee")
    neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)

    assert stel_vast("V1.4", keuze="ja", motivatie="Uit het jaarverslag.").vervallen


def test_waarom_een_vraag_niet_meetelt(veldwerk, stel_vast):
    """What never was settled waits for the answer that opens it; what was settled is not asked any more."""

    def redenen() -> dict[str, str]:
        return {r.vraag.code: r.niet_gevraagd for r in driehoeken(veldwerk.dossier) if r.vraag.code in ("V1.3", "V1.4")}

    veldwerk.gesprek("cwi", V1_3="ja", V1_4="ja")
    assert redenen() == {"V1.3": "", "V1.4": "alleen bij V1.3 = ja"}
    neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)
    assert redenen() == {"V1.3": "", "V1.4": ""}
    stel_vast("V1.3", keuze="nee", motivatie="Het verband is opgeheven.", versie=1)
    assert redenen() == {"V1.3": "", "V1.4": "niet meer gevraagd"}
