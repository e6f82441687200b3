"""What is wrong with an instrument. Each case spoils one thing in a small instrument with which nothing is wrong."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.instrumentcontrole import Ernst, bezwaren
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
from vragenlijst.routing import gevraagd

JA_NEE = (Keuzegegeven("ja", "ja"), Keuzegegeven("nee", "nee"))


def vraag(code: str, voorwaarde=None, soort="keuze", hoofdvraag="", keuzes=JA_NEE, **meer) -> Vraaggegeven:
    eigen = keuzes if soort == "keuze" else ()
    tekst = meer.pop("tekst", f"Vraag {code}?")
    return Vraaggegeven(code, tekst, "", soort, hoofdvraag, voorwaarde, eigen + VASTE_KEUZES, **meer)


def norm(code: str, *vragen: str, bewijs="", soorten=(), **meer) -> Normgegeven:
    tekst = meer.pop("tekst", f"Norm {code}.")
    return Normgegeven(code, f"Kort {code}", tekst, "", bewijs, "", frozenset(soorten), frozenset(vragen), **meer)


def instrument(*vragen: Vraaggegeven, normen=None, **meer) -> Instrumentgegeven:
    normen = (norm("A1", *(v.code for v in vragen)),) if normen is None else normen
    velden = {
        "code": "proef",
        "versie": 1,
        "naam": "Proef",
        "bron": "",
        "status": "concept",
        "actorgroepen": (Actorgroepgegeven("leiding", "Leiding", "Leiding"),),
        "bewijssoorten": (),
        "onderdelen": (Onderdeelgegeven("1", "Deel", "Deel", tuple(vragen), tuple(normen)),),
    }
    return Instrumentgegeven(**(velden | meer))


def zinnen(inhoud: Instrumentgegeven, ernst: Ernst, vorige=None) -> list[str]:
    return [str(b) for b in bezwaren(inhoud, vorige) if b.ernst is ernst]


KETEN = (vraag("V1"), vraag("V2", ("V1", "ja")), vraag("V3", ("V2", "nee"), "open", hoofdvraag="V2"))


def test_nothing_is_wrong_with_it():
    assert bezwaren(instrument(*KETEN)) == []


def test_a_condition_on_what_stands_later_and_what_hangs_below_it():
    assert zinnen(instrument(vraag("V1", ("V4", "ja")), *KETEN[1:], vraag("V4")), Ernst.FOUT) == [
        "Vraag V1: de voorwaarde gaat over vraag V4, die pas later wordt gesteld.",
        "Vraag V2: wordt nooit gesteld: zij hangt af van vraag V1, die zelf nooit wordt gesteld.",
        "Vraag V3: wordt nooit gesteld: zij hangt af van vraag V2, die zelf nooit wordt gesteld.",
    ]


def test_circles_of_one_and_of_two():
    rond = instrument(vraag("V1", ("V1", "ja")), vraag("V2", ("V3", "ja")), vraag("V3", ("V2", "ja")))
    assert zinnen(rond, Ernst.FOUT) == [
        "Vraag V1: de voorwaarden lopen in een kring (V1 → V1).",
        "Vraag V2: de voorwaarden lopen in een kring (V2 → V3 → V2).",
        "Vraag V3: de voorwaarden lopen in een kring (V3 → V2 → V3).",
    ]


def test_conditions_on_what_is_not_there():
    weg = instrument(
        KETEN[0], vraag("V2", ("V9", "ja")), vraag("V3", ("V1", "misschien")), vraag("V4", hoofdvraag="V8")
    )
    assert zinnen(weg, Ernst.BREUK) == [
        "Vraag V2: de voorwaarde gaat over vraag V9, die niet bestaat.",
        "Vraag V3: de voorwaarde noemt 'misschien', maar dat is geen keuze van vraag V1.",
        "Vraag V4: de hoofdvraag V8 bestaat niet.",
    ]


def test_codes_used_twice_also_in_another_onderdeel():
    dubbel = instrument(vraag("V1"), vraag("V2", keuzes=(*JA_NEE, JA_NEE[0])))
    tweede = Onderdeelgegeven("1", "Nog een", "Nog een", (vraag("V1", tekst="Iets anders?"),), ())
    dubbel = replace(dubbel, onderdelen=(*dubbel.onderdelen, tweede))
    assert zinnen(dubbel, Ernst.BREUK) == [
        "Onderdeel 1: deze code komt meer dan eens voor.",
        "Vraag V1: deze code komt meer dan eens voor.",
        "Vraag V2: de keuze 'ja' komt meer dan eens voor.",
    ]


def test_a_question_and_a_norm_of_one_code():
    assert zinnen(instrument(vraag("1"), normen=[norm("1", "1")]), Ernst.FOUT) == [
        "Aandachtspunt 1: er is ook een vraag met deze code."
    ]


def test_choices():
    keuzes = instrument(vraag("V1", keuzes=()), vraag("V2", keuzes=JA_NEE[:1]), vraag("V3", soort="open"))
    assert zinnen(keuzes, Ernst.FOUT) == ["Vraag V1: deze gesloten vraag heeft geen keuzes."]
    assert zinnen(keuzes, Ernst.OPMERKING) == ["Vraag V2: er is maar één antwoord te kiezen."]


def test_norms_without_a_question_and_questions_without_a_norm():
    los = instrument(vraag("V1"), vraag("V2"), normen=[norm("A1", "V1"), norm("A2")])
    assert zinnen(los, Ernst.FOUT) == []
    assert zinnen(los, Ernst.OPMERKING) == [
        "Vraag V2: geen aandachtspunt wordt met deze vraag beoordeeld.",
        "Aandachtspunt A2: geen vraag gaat hierover: de inspecteur beoordeelt het op wat verder in het dossier staat.",
    ]


def test_evidence_is_named_and_of_a_kind():
    stukken = {"bewijssoorten": (Bewijssoortgegeven("nota", "Nota"), Bewijssoortgegeven("plan", "Plan"))}
    normen = [norm("A1", "V1", bewijs="een nota"), norm("A2", "V1", soorten=["plan"])]
    los = instrument(vraag("V1"), normen=normen, **stukken)
    mist = "'bewijs' en 'bewijssoorten' horen bij elkaar; één van beide ontbreekt."
    assert zinnen(los, Ernst.FOUT) == [f"Aandachtspunt A1: {mist}", f"Aandachtspunt A2: {mist}"]
    assert zinnen(los, Ernst.OPMERKING) == ["Bewijssoort nota: geen aandachtspunt vraagt om zo'n stuk."]


def test_follow_ups():
    vervolg = instrument(
        vraag("V2", hoofdvraag="V3"), vraag("V3"), vraag("V4", hoofdvraag="V3"), vraag("V5", hoofdvraag="V4")
    )
    assert zinnen(vervolg, Ernst.FOUT) == ["Vraag V5: de hoofdvraag V4 is zelf een vervolgvraag."]
    assert zinnen(vervolg, Ernst.OPMERKING) == ["Vraag V2: deze vervolgvraag staat vóór haar hoofdvraag V3."]


def test_a_follow_up_that_stands_below_another_question():
    deel_een = (vraag("V1"), vraag("V1a", hoofdvraag="V1"), vraag("V2"), vraag("V1b", hoofdvraag="V1"))
    deel_twee = (vraag("V2a", hoofdvraag="V2"), vraag("V3"))
    delen = (
        Onderdeelgegeven("1", "Een", "Een", deel_een, (norm("A1", *(v.code for v in deel_een + deel_twee)),)),
        Onderdeelgegeven("2", "Twee", "Twee", deel_twee, ()),
    )
    assert zinnen(instrument(onderdelen=delen), Ernst.OPMERKING) == [
        "Vraag V1b: deze vervolgvraag staat niet onder haar hoofdvraag V1, maar onder V2.",
        "Vraag V2a: deze vervolgvraag staat niet onder haar hoofdvraag V2.",
    ]


def test_the_same_text_twice_unless_below_different_questions():
    zelfde = {"tekst": "Zo ja, waarom?"}
    anders = instrument(
        vraag("V1"),
        vraag("V1a", hoofdvraag="V1", **zelfde),
        vraag("V2"),
        vraag("V2a", hoofdvraag="V2", **zelfde),
        vraag("V2b", hoofdvraag="V2", tekst="Zo  ja, WAAROM?"),
    )
    assert zinnen(anders, Ernst.OPMERKING) == [
        "Vraag V2a: er is nog een vraag met precies deze tekst.",
        "Vraag V2b: er is nog een vraag met precies deze tekst.",
    ]


def test_an_instrument_that_asks_nothing_of_nobody():
    leeg = instrument(normen=[], actorgroepen=())
    assert zinnen(leeg, Ernst.FOUT) == [
        "Het instrument: er is geen actorgroep om te bevragen.",
        "Het instrument: er is geen enkele vraag.",
        "Onderdeel 1: dit onderdeel is leeg: er staat geen vraag en geen aandachtspunt in.",
    ]


def test_too_many():
    veel = instrument(*(vraag(f"V{nr}") for nr in range(501)))
    assert zinnen(veel, Ernst.BREUK) == ["Het instrument: telt 501 vragen; ten hoogste 500 kan."]


def test_against_the_version_before():
    vorige = instrument(vraag("V1"), vraag("V2"), vraag("V3"), vraag("V4"))
    nu = instrument(
        vraag("V1", tekst="Anders?"),
        vraag("V2", tekst="Anders gevraagd?", vergelijkbaarheid="herformuleerd"),
        vraag("V3", keuzes=(*JA_NEE, Keuzegegeven("deels", "deels"))),
        vraag("V4", soort="open", vergelijkbaarheid="nieuw"),
        vraag("V5"),
        versie=2,
    )
    assert zinnen(nu, Ernst.FOUT, vorige) == ["Vraag V5: heet 'gelijk', maar versie 1 heeft geen vraag met deze code."]
    assert zinnen(nu, Ernst.OPMERKING, vorige) == [
        "Vraag V1: heet 'gelijk', maar de tekst is anders dan in versie 1.",
        "Vraag V3: heet 'gelijk', maar wat men kan antwoorden is anders dan in versie 1.",
    ]


def test_what_this_version_brought_comes_before_what_stands():
    vorige = instrument(vraag("V1"), vraag("V2"), normen=[])
    nu = instrument(vraag("V1"), vraag("V2", tekst="Anders?"), normen=[], versie=2)
    assert zinnen(nu, Ernst.OPMERKING, vorige) == [
        "Vraag V2: heet 'gelijk', maar de tekst is anders dan in versie 1.",
        "Vraag V1: geen aandachtspunt wordt met deze vraag beoordeeld.",
        "Vraag V2: geen aandachtspunt wordt met deze vraag beoordeeld.",
    ]


def test_a_norm_against_the_version_before():
    """A1 reads otherwise, A2 says so itself, A3 asks other evidence, A4 is another norm, A5 was not there, A6 has gone."""
    soorten = (Bewijssoortgegeven("nota", "Nota"),)
    oud = [norm(f"A{nr}", "V1") for nr in (1, 2, 3, 4, 6)]
    vorige = instrument(vraag("V1"), normen=oud, bewijssoorten=soorten)
    nieuw = [
        norm("A1", "V1", tekst="Anders."),
        norm("A2", "V1", tekst="Anders.", vergelijkbaarheid="herformuleerd"),
        norm("A3", "V1", bewijs="een nota", soorten=["nota"]),
        norm("A4", "V1", tekst="Iets anders.", bewijs="een nota", soorten=["nota"], vergelijkbaarheid="nieuw"),
        norm("A5", "V1"),
    ]
    nu = instrument(vraag("V1"), normen=nieuw, bewijssoorten=soorten, versie=2)
    assert zinnen(nu, Ernst.FOUT, vorige) == [
        "Aandachtspunt A5: heet 'gelijk', maar versie 1 heeft geen aandachtspunt met deze code."
    ]
    assert zinnen(nu, Ernst.OPMERKING, vorige) == [
        "Aandachtspunt A1: heet 'gelijk', maar de tekst is anders dan in versie 1.",
        "Aandachtspunt A3: heet 'gelijk', maar het bewijs dat wordt gevraagd is anders dan in versie 1.",
    ]


# --- By property ---------------------------------------------------------------------------------------------------------

voorwaarden = st.lists(st.none() | st.tuples(st.integers(0, 5), st.sampled_from(["ja", "nee"])), min_size=1, max_size=6)


@given(voorwaarden)
def test_without_a_fault_every_question_can_be_reached_and_with_one_some_cannot(gekozen):
    """Held against routing itself: give each condition what it asks, and see whether the question opens."""
    vragen = [
        vraag(f"V{nr}", (f"V{voorwaarde[0] % len(gekozen)}", voorwaarde[1]) if voorwaarde else None)
        for nr, voorwaarde in enumerate(gekozen)
    ]
    tabel = {v.code: v.voorwaarde for v in vragen}

    def te_openen(code: str) -> bool:
        antwoorden, hier, gezien = {}, code, set()
        while tabel[hier] and hier not in gezien:
            gezien.add(hier)
            if int(tabel[hier][0][1:]) >= int(hier[1:]):
                return False  # asked before its condition could be answered
            antwoorden[tabel[hier][0]] = tabel[hier][1]
            hier = tabel[hier][0]
        return code in gevraagd(tabel, antwoorden)

    fout = {b.code for b in bezwaren(instrument(*vragen)) if b.ernst is Ernst.FOUT}
    assert fout == {v.code for v in vragen if not te_openen(v.code)}
