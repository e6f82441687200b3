"""The one way to save an answer (design 8.2): exactly once, never over someone else's, and with every state kept."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vragenlijst import driehoek
from vragenlijst.actions import Conflict, Geweigerd, antwoord_opslaan, neem_eensluidende_over, zet_status
from vragenlijst.inhoud import MAX_TEKST, Inhoud
from vragenlijst.models import Antwoord, Antwoordversie, Bevinding, Dossier, Ronde, Vraag
from vragenlijst.queries import driehoeken, inhoud_van
from vragenlijst.tests.factories import maak_instrument, maak_interview, terug_naar_concept


@pytest.fixture
def sla_op(veldwerk):
    """Save on V1.3 unless told otherwise; a new key each time unless told otherwise."""

    def opslaan(inhoud: Inhoud, versie=0, code="V1.3", sleutel=None, wie=None, **rest):
        return antwoord_opslaan(
            rest.pop("interview", veldwerk.interview),
            veldwerk.vraag(code),
            inhoud,
            versie=versie,
            sleutel=sleutel or uuid.uuid4(),
            wie=wie or veldwerk.inspecteur,
            **rest,
        )

    return opslaan


def geschiedenis(code="V1.3"):
    return list(Antwoordversie.objects.filter(antwoord__vraag__code=code).values_list("versie", "inhoud"))


# --- Saving -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "velden"),
    [
        ("V1.3", {"keuze": "ja"}),
        ("V1.3", {"keuze": "weet-niet", "toelichting": "vraagt het na", "citaat": "zou ik niet weten"}),
        ("V1.5", {"gemeente": "9901"}),
        ("V2.4", {"rijen": (("CWI", "stages"), ("ROC", "leerwerktrajecten"))}),
        ("V3.1", {"tekst": "Via het platform.\nTwee keer per jaar."}),
        ("V3.1", {"toelichting": "overgeslagen, de wethouder moest weg"}),
    ],
)
def test_wat_is_opgeslagen_staat_er(veldwerk, sla_op, code, velden):
    uitkomst = sla_op(Inhoud(**velden), code=code)

    assert uitkomst.nieuw
    antwoord = Antwoord.objects.get(interview=veldwerk.interview, vraag__code=code)
    assert inhoud_van(antwoord) == Inhoud(**velden)
    assert (antwoord.versie, antwoord.gewijzigd_door) == (1, veldwerk.inspecteur)
    versie = antwoord.versies.get()
    assert (versie.versie, versie.wie) == (1, veldwerk.inspecteur)
    assert Inhoud.van_json(versie.inhoud) == Inhoud(**velden)


def test_wijzigen_bewaart_wat_er_stond(veldwerk, sla_op, collega):
    sla_op(Inhoud(keuze="ja", toelichting="zegt hij"))
    sla_op(Inhoud(keuze="nee"), versie=1, wie=collega, reden="correctie op het verslag")

    assert geschiedenis() == [(1, {"keuze": "ja", "toelichting": "zegt hij"}), (2, {"keuze": "nee"})]
    laatste = Antwoordversie.objects.latest("versie")
    assert (laatste.wie, laatste.reden) == (collega, "correctie op het verslag")
    assert Antwoord.objects.get().gewijzigd_door == collega


def test_leegmaken_is_ook_een_wijziging(sla_op):
    sla_op(Inhoud(keuze="ja"))
    uitkomst = sla_op(Inhoud(), versie=1)

    assert uitkomst.nieuw
    assert uitkomst.antwoord.is_leeg
    assert geschiedenis() == [(1, {"keuze": "ja"}), (2, {})]


def test_niets_invullen_waar_niets_stond_maakt_geen_antwoord(sla_op):
    assert sla_op(Inhoud()) is None
    assert not Antwoord.objects.exists()


@pytest.mark.parametrize("versie", [0, 1, 7])
def test_hetzelfde_nog_eens_is_geen_wijziging(sla_op, versie):
    """Whatever version the writer believed in: what they want to stand there, stands there."""
    sla_op(Inhoud(keuze="ja"))
    uitkomst = sla_op(Inhoud(keuze="ja"), versie=versie)

    assert (uitkomst.nieuw, uitkomst.antwoord.versie) == (False, 1)
    assert geschiedenis() == [(1, {"keuze": "ja"})]


# --- Once and not twice -------------------------------------------------------------------------------------------


def test_dezelfde_sleutel_wordt_een_keer_opgeslagen(sla_op):
    sleutel = uuid.uuid4()
    eerste = sla_op(Inhoud(keuze="ja"), sleutel=sleutel)
    sla_op(Inhoud(keuze="nee"), versie=1)

    tweede = sla_op(Inhoud(keuze="ja"), sleutel=sleutel)

    assert (eerste.nieuw, tweede.nieuw) == (True, False)
    assert inhoud_van(tweede.antwoord) == Inhoud(keuze="nee")
    assert geschiedenis() == [(1, {"keuze": "ja"}), (2, {"keuze": "nee"})]


def test_een_herhaling_wordt_ook_bevestigd_als_het_dossier_intussen_vaststaat(veldwerk, sla_op):
    """The acknowledgement got lost on the way; what was sent is stored, and the device may hear so."""
    sleutel = uuid.uuid4()
    sla_op(Inhoud(keuze="ja"), sleutel=sleutel)
    veldwerk.houd()
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)

    assert sla_op(Inhoud(keuze="ja"), sleutel=sleutel).nieuw is False


def test_dezelfde_sleutel_met_een_andere_tekst_is_een_andere_wijziging(sla_op):
    """A page that the browser restored from its memory still has the key it was sent with."""
    sleutel = uuid.uuid4()
    sla_op(Inhoud(keuze="ja"), sleutel=sleutel)

    assert sla_op(Inhoud(keuze="nee"), versie=1, sleutel=sleutel).nieuw
    with pytest.raises(Conflict):
        sla_op(Inhoud(keuze="nvt"), versie=1, sleutel=sleutel)
    assert geschiedenis() == [(1, {"keuze": "ja"}), (2, {"keuze": "nee"})]


@pytest.mark.parametrize("waar", ["andere vraag", "ander interview"])
def test_een_sleutel_bevestigt_niets_dat_ergens_anders_staat(veldwerk, sla_op, waar):
    """The same words under the same key elsewhere are not stored yet: to say so would lose them."""
    sleutel = uuid.uuid4()
    sla_op(Inhoud(keuze="ja"), sleutel=sleutel)
    elders = {"code": "V2.5"} if waar == "andere vraag" else {"interview": maak_interview(veldwerk.dossier, "cwi")}

    assert sla_op(Inhoud(keuze="ja"), sleutel=sleutel, **elders).nieuw
    assert Antwoord.objects.filter(keuze__code="ja").count() == 2


# --- Not over someone else's --------------------------------------------------------------------------------------


@pytest.mark.parametrize("versie", [0, 1, 3, -1])
def test_een_verouderde_versie_wordt_geweigerd(sla_op, versie):
    sla_op(Inhoud(keuze="ja"))
    sla_op(Inhoud(keuze="nee"), versie=1)

    with pytest.raises(Conflict) as fout:
        sla_op(Inhoud(keuze="nvt"), versie=versie)

    assert inhoud_van(fout.value.opgeslagen) == Inhoud(keuze="nee")
    assert geschiedenis() == [(1, {"keuze": "ja"}), (2, {"keuze": "nee"})]
    assert Antwoord.objects.get().keuze.code == "nee"


def test_een_versie_van_een_antwoord_dat_er_niet_is(sla_op):
    with pytest.raises(Conflict) as fout:
        sla_op(Inhoud(keuze="ja"), versie=2)

    assert fout.value.opgeslagen is None
    assert not Antwoord.objects.exists()


# --- Not what does not fit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "velden", "melding"),
    [
        ("V1.3", {"keuze": "misschien"}, "Deze keuze bestaat niet bij deze vraag"),
        ("V1.3", {"tekst": "ja"}, "past niet bij de soort vraag"),
        ("V1.3", {"keuze": "ja", "tekst": "en meer"}, "past niet bij de soort vraag"),
        ("V1.3", {"gemeente": "9901"}, "past niet bij de soort vraag"),
        ("V1.5", {"gemeente": "0000"}, "Deze gemeente is niet bekend"),
        ("V1.5", {"keuze": "ja"}, "Deze keuze bestaat niet"),
        ("V1.5", {"tekst": "Proefdam"}, "past niet bij de soort vraag"),
        ("V2.4", {"tekst": "stages"}, "past niet bij de soort vraag"),
        ("V3.1", {"keuze": "ja"}, "Deze keuze bestaat niet"),
        ("V3.1", {"rijen": (("CWI", "stages"),)}, "past niet bij de soort vraag"),
        ("V3.1", {"tekst": "a\0b"}, r"plaats 2 een onzichtbaar teken \(U\+0000\)"),
        ("V3.1", {"tekst": "\ud800"}, r"U\+D800"),
        ("V3.1", {"toelichting": "\x1b"}, r"U\+001B"),
        ("V1.3", {"keuze": "ja", "citaat": "x\0"}, r"plaats 2 .*U\+0000"),
        ("V2.4", {"rijen": (("CWI", "b\0"),)}, r"U\+0000"),
        ("V2.4", {"rijen": (("\0", "b"),)}, r"U\+0000"),
        ("V3.1", {"tekst": "x" * (MAX_TEKST + 1)}, "20001 tekens, er passen er 20000"),
    ],
)
def test_wat_niet_past_wordt_niet_opgeslagen(sla_op, code, velden, melding):
    with pytest.raises(ValidationError, match=melding):
        sla_op(Inhoud(**velden), code=code)
    assert not Antwoord.objects.exists()


def test_de_langste_tekst_past(sla_op):
    assert sla_op(Inhoud(tekst="é" * MAX_TEKST), code="V3.1").nieuw


def test_een_keuze_van_een_andere_vraag_past_niet(veldwerk, sla_op):
    """`ja` exists at V1.3 and at V1.4; the answer must point at its own."""
    sla_op(Inhoud(keuze="ja"), code="V1.4")

    assert Antwoord.objects.get().keuze.vraag.code == "V1.4"


def test_een_vraag_uit_een_ander_instrument_wordt_geweigerd(veldwerk):
    ander = maak_instrument("ander")

    with pytest.raises(ValidationError, match="hoort niet bij dit interview"):
        antwoord_opslaan(
            veldwerk.interview,
            ander.onderdelen.get(code="1").vragen.get(code="V1.3"),
            Inhoud(keuze="ja"),
            versie=0,
            sleutel=uuid.uuid4(),
            wie=veldwerk.inspecteur,
        )


def test_een_reden_met_een_onleesbaar_teken_wordt_geweigerd(sla_op):
    with pytest.raises(ValidationError, match=r"U\+0000"):
        sla_op(Inhoud(keuze="ja"), reden="zie\0verslag")
    assert not Antwoord.objects.exists()


# --- Not when it stands firm --------------------------------------------------------------------------------------


def ter_accordering(veldwerk):
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)


def vervallen(veldwerk):
    zet_status(veldwerk.interview, "vervallen", veldwerk.inspecteur, reden="afgezegd")


def dossier_ter_toetsing(veldwerk):
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(status="ter_toetsing")


def ronde_dicht(veldwerk):
    Ronde.objects.filter(pk=veldwerk.ronde.pk).update(status="gesloten")


@pytest.mark.parametrize("maak_dicht", [ter_accordering, vervallen, dossier_ter_toetsing, ronde_dicht])
def test_een_interview_dat_vaststaat_neemt_niets_meer_aan(veldwerk, sla_op, maak_dicht):
    maak_dicht(veldwerk)

    with pytest.raises(Geweigerd, match="de antwoorden staan vast"):
        sla_op(Inhoud(keuze="ja"))
    assert not Antwoord.objects.filter(vraag__code="V1.3").exists()


def test_een_oude_kopie_van_het_interview_helpt_niet(veldwerk, sla_op):
    """The lock reads the interview anew; what the caller had in hand does not count."""
    ter_accordering(veldwerk)
    veldwerk.interview.status = "gehouden"

    with pytest.raises(Geweigerd):
        sla_op(Inhoud(keuze="ja"))


# --- What it does to the findings -----------------------------------------------------------------------------------


@pytest.fixture
def vastgesteld(veldwerk):
    """Held: V1.3 ja, V1.4 ja, V3.1 a text; all settled."""
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.antwoord("V1.4", keuze="ja")
    veldwerk.antwoord("V3.1", tekst="Via het platform")
    veldwerk.houd()
    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 3
    return veldwerk


def te_herzien():
    return set(Bevinding.objects.filter(te_herzien=True).values_list("vraag__code", flat=True))


@pytest.mark.parametrize(
    ("code", "velden", "codes"),
    [
        ("V1.4", {"keuze": "nee"}, {"V1.4"}),
        ("V1.4", {}, {"V1.4"}),
        ("V3.1", {"tekst": "Via het platform, soms"}, {"V3.1"}),
        # The note or the quote is not the answer, nor are capitals and spaces.
        ("V1.4", {"keuze": "ja", "toelichting": "sinds 2006"}, set()),
        ("V1.4", {"keuze": "ja", "citaat": "jazeker"}, set()),
        ("V3.1", {"tekst": "via het  platform"}, set()),
        # V1.4 was asked because V1.3 was ja: with that gone, nobody is left who spoke on V1.4.
        ("V1.3", {"keuze": "nee"}, {"V1.3", "V1.4"}),
    ],
)
def test_alleen_een_ander_antwoord_laat_de_bevinding_herzien(vastgesteld, code, velden, codes):
    uitkomst = vastgesteld.antwoord(code, **velden)

    assert uitkomst.nieuw
    assert te_herzien() == codes


def test_de_bevinding_zelf_blijft_staan(vastgesteld):
    vastgesteld.antwoord("V1.4", keuze="nee")

    bevinding = vastgesteld.bevinding("V1.4")
    assert (bevinding.keuze.code, bevinding.versie) == ("ja", 1)


def test_een_tweede_stem_laat_de_bevinding_herzien(vastgesteld):
    vastgesteld.gesprek("cwi", V1_4="nee")
    assert te_herzien() == set()  # on its own V1.4 was not asked there: nobody answered V1.3 with ja

    vastgesteld.gesprek("scholing", V1_3="ja", V1_4="nee")
    assert te_herzien() == {"V1.3", "V1.4"}


def test_wat_in_een_gepland_interview_staat_telt_nog_niet(vastgesteld):
    gepland = maak_interview(vastgesteld.dossier, "cwi")
    vastgesteld.antwoord("V1.3", gepland, keuze="nee")
    assert te_herzien() == set()

    vastgesteld.houd(gepland)
    assert te_herzien() == {"V1.3"}


# --- Any sequence of saves ----------------------------------------------------------------------------------------

BLADEN = st.tuples(
    st.sampled_from(["", "ja", "nee", "nvt"]),  # the choice
    st.sampled_from(["", "kort", "lang verhaal"]),  # the note
    st.integers(-1, 1),  # how far the version they had is off
    st.integers(0, 3),  # which of four keys
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BLADEN, max_size=8))
def test_na_elke_reeks_klopt_de_geschiedenis(veldwerk, bladen):
    """Versions are 1..n without a gap, the last is what stands there, and a repeated key adds nothing.

    A model that fits in a few lines stands beside it: the list of contents that were accepted.
    """
    with transaction.atomic():
        sleutels = [uuid.uuid4() for _ in range(4)]
        verwacht: list[Inhoud] = []
        gebruikt: dict[int, Inhoud] = {}
        for keuze, toelichting, scheef, nummer in bladen:
            inhoud = Inhoud(keuze=keuze, toelichting=toelichting)
            staat_er = verwacht[-1] if verwacht else Inhoud()
            try:
                antwoord_opslaan(
                    veldwerk.interview,
                    veldwerk.vraag("V1.3"),
                    inhoud,
                    versie=len(verwacht) + scheef,
                    sleutel=sleutels[nummer],
                    wie=veldwerk.inspecteur,
                )
            except Conflict:
                assert scheef != 0
                continue
            if inhoud not in (staat_er, gebruikt.get(nummer)):
                assert scheef == 0
                verwacht.append(inhoud)
                gebruikt.setdefault(nummer, inhoud)
        versies = geschiedenis()
        assert [versie for versie, _ in versies] == list(range(1, len(verwacht) + 1))
        assert [Inhoud.van_json(bewaard) for _, bewaard in versies] == verwacht
        antwoord = Antwoord.objects.filter(vraag__code="V1.3").first()
        assert inhoud_van(antwoord) == (verwacht[-1] if verwacht else Inhoud())
        assert (antwoord.versie if antwoord else 0) == len(verwacht)
        transaction.set_rollback(True)


# --- Numbers and dates -----------------------------------------------------------------------------------------------


@pytest.fixture
def getal_en_datum(veldwerk):
    """V3.7 asks for hours with a tenth, up to forty; V3.8 for a date."""
    terug_naar_concept(veldwerk.instrument)
    deel = veldwerk.vraag("V3.1").onderdeel
    uren = {"eenheid": "uren", "decimalen": 1, "minimum": 0, "maximum": 40}
    Vraag.objects.create(onderdeel=deel, code="V3.7", tekst="Hoeveel uur?", soort="getal", volgorde=7, **uren)
    Vraag.objects.create(onderdeel=deel, code="V3.8", tekst="Sinds wanneer?", soort="datum", volgorde=8)
    veldwerk.instrument.refresh_from_db()


@pytest.mark.parametrize(
    ("code", "getypt", "bewaard"), [("V3.7", "12,50 uren", "12,5"), ("V3.8", "1 maart 2009", "01-03-2009")]
)
def test_een_getal_en_een_datum_staan_er_op_een_manier(getal_en_datum, sla_op, code, getypt, bewaard):
    sleutel = uuid.uuid4()
    uitkomst = sla_op(Inhoud(tekst=getypt), code=code, sleutel=sleutel)
    assert (uitkomst.antwoord.tekst, uitkomst.antwoord.versie) == (bewaard, 1)
    assert not sla_op(Inhoud(tekst=getypt), code=code, sleutel=sleutel).nieuw  # sent again
    assert not sla_op(Inhoud(tekst=bewaard), code=code, versie=1).nieuw  # the same, written otherwise


@pytest.mark.parametrize(
    ("code", "getypt", "zin"),
    [
        ("V3.7", "veel", "‘veel’ is geen getal"),
        ("V3.7", "41", "ten minste 0 en ten hoogste 40"),
        ("V3.8", "31-02-2009", "februari 2009 heeft 28 dagen"),
    ],
)
def test_wat_geen_getal_of_datum_is(getal_en_datum, sla_op, code, getypt, zin):
    with pytest.raises(ValidationError, match=zin):
        sla_op(Inhoud(tekst=getypt), code=code)
    assert not Antwoord.objects.filter(vraag__code=code).exists()


def test_twee_actoren_met_een_ander_getal_spreken_elkaar_tegen(getal_en_datum, veldwerk, sla_op):
    sla_op(Inhoud(tekst="12"), code="V3.7")
    for getal, stand in (("12,0", driehoek.EENSLUIDEND), ("13", driehoek.TEGENGESTELD)):
        ander = maak_interview(veldwerk.dossier, "cwi")
        sla_op(Inhoud(tekst=getal), code="V3.7", interview=ander)
        for interview in (veldwerk.interview, ander):
            if interview.status != "gehouden":
                zet_status(interview, "gehouden", veldwerk.inspecteur)
        beeld = next(r.beeld for r in driehoeken(veldwerk.dossier) if r.vraag.code == "V3.7")
        assert beeld.stand == stand
