"""An instrument to a file and back is the same instrument; and a file becomes a concept version."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regio.models import Gebeurtenis
from vragenlijst.actions import Geweigerd
from vragenlijst.actions.instrumenten import instrument_inlezen
from vragenlijst.instrumentbestand import Bestandsfout, lees, schrijf
from vragenlijst.instrumentgegeven import (
    VASTE_KEUZES,
    Actorgroepgegeven,
    Bewijssoortgegeven,
    Instrumentgegeven,
    Keuzegegeven,
    Normgegeven,
    Onderdeelgegeven,
    Vraaggegeven,
)
from vragenlijst.instrumentlader import laad, uit_database
from vragenlijst.management.commands.laad_instrument import INSTRUMENT_2008
from vragenlijst.models import Instrument, Vraag
from vragenlijst.waarde import MAX_DECIMALEN, Getalregel


@pytest.fixture(scope="module")
def van_2008() -> Instrumentgegeven:
    return lees(INSTRUMENT_2008.read_text(encoding="utf-8"))


# --- Any instrument that can be stored --------------------------------------------------------------------------------

slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
# Letters with accents, quotes, line ends, what JSON escapes, what looks like our own notation.
woorden = st.text(st.sampled_from('aé "\\\n=/’€<&\u2028🙂'), min_size=1, max_size=12).filter(str.strip)


def rijtje(maak, meest=3):
    return st.lists(slugs, max_size=meest, unique=True).flatmap(lambda codes: st.tuples(*map(maak, codes)))


@st.composite
def getalregels(draw) -> Getalregel:
    decimalen = draw(st.integers(0, MAX_DECIMALEN))
    grenzen = sorted(draw(st.lists(st.decimals(-999, 999, places=decimalen), min_size=2, max_size=2)))
    laagste, hoogste = (draw(st.sampled_from([None, grens])) for grens in grenzen)
    return Getalregel(draw(st.just("") | woorden.filter(lambda tekst: len(tekst) <= 30)), decimalen, laagste, hoogste)


@st.composite
def instrumenten(draw) -> Instrumentgegeven:
    soorten = draw(rijtje(lambda code: st.builds(Bewijssoortgegeven, st.just(code), woorden)))
    vragen, alle = [], []
    for nr in range(draw(st.integers(0, 6))):
        soort = draw(st.sampled_from(["keuze", "keuze", "open", "gemeente", "afspraken", "getal", "datum"]))
        keuzes = draw(rijtje(lambda code: st.builds(Keuzegegeven, st.just(code), woorden))) if soort == "keuze" else ()
        keuzes = tuple(keuze for keuze in keuzes if keuze.code not in ("nvt",))
        codes = [vraag.code for vraag in alle]
        # A condition on any question that stands there by now, itself excepted: what stands later is tried by turning the order.
        mogelijk = [(vraag.code, keuze.code) for vraag in alle if vraag.soort == "keuze" for keuze in vraag.keuzes]
        vraag = Vraaggegeven(
            code=f"V{nr}",
            tekst=draw(woorden),
            gescande_tekst=draw(st.just("") | woorden),
            soort=soort,
            hoofdvraag=draw(st.sampled_from(["", *codes])),
            voorwaarde=draw(st.sampled_from([None, *mogelijk])),
            keuzes=keuzes + VASTE_KEUZES,
            vergelijkbaarheid=draw(st.sampled_from(["gelijk", "herformuleerd", "nieuw"])),
            hulp=draw(st.just("") | woorden),
            verplicht=draw(st.booleans()),
            getal=draw(getalregels()) if soort == "getal" else Getalregel(),
        )
        alle.append(vraag)
        vragen.append(vraag)
    if draw(st.booleans()):
        vragen.reverse()
    normen = tuple(
        Normgegeven(
            code=f"A{nr}",
            kort=draw(woorden),
            tekst=draw(woorden),
            gescande_tekst="",
            bewijs=draw(st.just("") | woorden),
            akkoord_door=draw(st.just("") | woorden),
            bewijssoorten=frozenset(draw(st.sets(st.sampled_from([s.code for s in soorten]))))
            if soorten
            else frozenset(),
            vragen=frozenset(draw(st.sets(st.sampled_from([v.code for v in alle])))) if alle else frozenset(),
            vergelijkbaarheid=draw(st.sampled_from(["gelijk", "herformuleerd", "nieuw"])),
        )
        for nr in range(draw(st.integers(0, 2)))
    )
    knip = draw(st.integers(0, len(vragen)))
    return Instrumentgegeven(
        code=draw(slugs),
        versie=draw(st.integers(1, 9)),
        naam=draw(woorden),
        bron=draw(st.just("") | woorden),
        status="concept",
        actorgroepen=draw(rijtje(lambda code: st.builds(Actorgroepgegeven, st.just(code), woorden, woorden))),
        bewijssoorten=soorten,
        onderdelen=(
            Onderdeelgegeven("1", draw(woorden), draw(woorden), tuple(vragen[:knip]), normen),
            Onderdeelgegeven("twee", draw(woorden), draw(woorden), tuple(vragen[knip:]), ()),
        ),
    )


@given(instrumenten())
def test_a_file_says_what_the_instrument_says(gegeven):
    assert lees(schrijf(gegeven)) == gegeven


@pytest.mark.django_db
def test_so_does_the_database(van_2008):
    """Also of a concept in which questions look forward, as they do while somebody is moving them."""
    eerste, *rest = van_2008.onderdelen
    rommelig = replace(
        van_2008,
        status="concept",
        onderdelen=(replace(eerste, vragen=eerste.vragen[::-1]), *rest, Onderdeelgegeven("leeg", "L", "L", (), ())),
    )
    instrument, _ = laad(rommelig)
    assert uit_database(instrument) == rommelig
    assert lees(schrijf(uit_database(instrument))) == rommelig


def test_the_file_of_2008_keeps_its_lists_of_choices(van_2008):
    geschreven = json.loads(schrijf(van_2008))
    assert lees(schrijf(van_2008)) == van_2008
    assert list(geschreven["keuzelijsten"]) == [
        "ja-nee",
        "ja-intentie-nee",
        "faciliterend-beheersend-uitvoerend-visiegericht",
        "ja-deels-nee",
    ]
    assert geschreven["onderdelen"][0]["vragen"][3] == {
        "code": "V1.4",
        "tekst": "Is binnen die samenwerking sprake van een voortrekkersgemeente?",
        "soort": "keuze",
        "keuzes": "ja-nee",
        "alleen_als": "V1.3 = ja",
    }


# --- A stranger's file -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("[" * 100_000, "te diep genest"),
        ('{"\\ud800": 1}', "het veld '\N{REPLACEMENT CHARACTER}' is niet bekend"),
    ],
)
def test_a_file_that_means_harm(tekst, melding):
    with pytest.raises(Bestandsfout, match=melding) as gevangen:
        lees(tekst)
    str(gevangen.value).encode()  # can be shown


def test_a_code_that_no_address_can_hold(van_2008):
    raar = replace(van_2008, onderdelen=(replace(van_2008.onderdelen[0], code="1/2"),))
    with pytest.raises(Bestandsfout, match="Onderdeel 1/2: '1/2' is geen geldige code"):
        lees(schrijf(raar))


# --- Taking one in ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_becomes_a_concept(van_2008, beheerder):
    instrument = instrument_inlezen(van_2008, beheerder)
    assert (instrument.versie, instrument.status) == (1, "concept")
    assert uit_database(instrument) == replace(van_2008, status="concept")
    gebeurtenis = Gebeurtenis.objects.get(ding_soort="instrument")
    assert (gebeurtenis.soort, gebeurtenis.ding_id, gebeurtenis.wie) == ("gemaakt", instrument.pk, beheerder)


@pytest.mark.django_db
def test_beside_a_version_that_is_there_it_is_the_next_with_its_new_questions_new(van_2008, beheerder):
    laad(van_2008)
    eerste, *rest = van_2008.onderdelen
    erbij = replace(eerste.vragen[0], code="V1.0")
    meer = replace(van_2008, onderdelen=(replace(eerste, vragen=(*eerste.vragen, erbij)), *rest))
    instrument = instrument_inlezen(meer, beheerder)
    assert instrument.versie == 2
    nieuw = Vraag.objects.filter(onderdeel__instrument=instrument, vergelijkbaarheid="nieuw")
    assert list(nieuw.values_list("code", flat=True)) == ["V1.0"]


@pytest.mark.django_db
def test_not_beside_a_concept(van_2008, beheerder):
    instrument_inlezen(van_2008, beheerder)
    with pytest.raises(Geweigerd, match="is nog een concept"):
        instrument_inlezen(van_2008, beheerder)
    assert Instrument.objects.count() == 1
