"""An XLSForm read into our own format. Each expectation is worked out from the sheet above it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vragenlijst.instrumentbestand import lees
from vragenlijst.xlsform import Ernst, Formulierfout, vertaal

KEUZES = [
    ["list_name", "name", "label"],
    ["jn", "ja", "Ja"],
    ["jn", "nee", "Nee"],
    ["staat", "goed", "Goed"],
    ["staat", "matig", "Matig"],
    ["staat", "slecht", "Slecht"],
    ["staat", "dk", "Weet niet"],
]
NORMEN = [["kort", "tekst", "vragen"], ["Veilig", "Het toestel is veilig.", "a"]]


def formulier(*rijen, kop=("type", "name", "label", "relevant"), **bladen):
    recht = [list(kop), *([*rij, *[""] * (len(kop) - len(rij))] for rij in rijen)]
    return {"survey": recht, "choices": KEUZES, **bladen}


def vragen(vertaling):
    return {v["code"]: v for o in vertaling.inhoud["onderdelen"] for v in o["vragen"]}


def voorwaarde(*rijen_en_relevant):
    """The condition that the last question gets when a (jn), b (staat), m (several) and g (number) stand before it."""
    *eerder, relevant = rijen_en_relevant
    gelezen = vertaal(
        formulier(
            ["select_one jn", "a", "A?"],
            ["select_one staat", "b", "B?"],
            ["select_multiple staat", "m", "M?"],
            ["integer", "g", "G?"],
            *eerder,
            ["text", "x", "X?", relevant],
        )
    )
    laatste = list(vragen(gelezen).values())[-1]
    over = [m.tekst for m in gelezen.meldingen if m.kolom == "relevant"]
    return laatste.get("alleen_als", ""), over


def test_een_formulier_wordt_een_instrument():
    gelezen = vertaal(
        formulier(
            ["begin_group", "g1", "Toestellen"],
            ["select_one jn", "a", "Is er een speeltuin?"],
            ["text", "b", "Hoe heet die?", "${a} = 'ja'"],
            ["select_one jn", "c", "Is die open?", "${a}='ja'"],
            ["end_group"],
            ["begin group", "g2", "Ondergrond"],
            ["select_one staat", "d", "Hoe is de ondergrond?"],
            ["end group"],
            settings=[["form_title", "form_id", "version"], ["Speeltoestellen", "speel_2010", "7"]],
            actorgroepen=[["naam", "domein"], ["Beheerder speeltuin", "Gemeente"]],
            bewijssoorten=[["code", "naam"], ["logboek", "Logboek"]],
            aandachtspunten=[
                ["onderdeel", "kort", "tekst", "bewijs", "bewijssoorten", "vragen"],
                ["Toestellen", "Er is een speeltuin", "Er is er een.", "een logboek", "Logboek", "a, c"],
            ],
        ),
        "speel.xlsx",
    )
    assert gelezen.inhoud["naam"] == "Speeltoestellen"
    assert gelezen.inhoud["code"] == "speel-2010"
    assert gelezen.inhoud["bron"] == "XLSForm speel.xlsx, versie 7"
    assert [o["titel"] for o in gelezen.inhoud["onderdelen"]] == ["Toestellen", "Ondergrond"]
    assert [(v["code"], v["soort"], v.get("hoofdvraag"), v.get("alleen_als")) for v in vragen(gelezen).values()] == [
        ("V1.1", "keuze", None, None),
        ("V1.1a", "open", "V1.1", "V1.1 = ja"),
        ("V1.1b", "keuze", "V1.1", "V1.1 = ja"),
        ("V2.1", "keuze", None, None),
    ]
    norm = gelezen.inhoud["onderdelen"][0]["aandachtspunten"][0]
    assert (norm["code"], norm["vragen"], norm["bewijssoorten"]) == ("A1.1", ["V1.1", "V1.1b"], ["logboek"])
    gegeven = lees(json.dumps(gelezen.inhoud))
    assert [k.code for k in gegeven.vragen[3].keuzes] == ["goed", "matig", "slecht", "weet-niet", "nvt"]
    # The only thing that is not as it was: 'Weet niet' is an answer to every question.
    assert [(m.blad, m.rij, m.ernst) for m in gelezen.meldingen] == [("choices", 7, Ernst.ANDERS)]


def test_meer_antwoorden_worden_vragen_met_ja_en_nee():
    gelezen = vertaal(
        formulier(
            ["select_multiple staat", "m", "Wat zag u?"],
            ["text", "x", "Toelichting", "selected(${m}, 'slecht')"],
            ["text", "y", "Anders", "not(selected(${m}, 'goed'))"],
        )
    )
    assert [(v["code"], v["tekst"], v.get("alleen_als")) for v in vragen(gelezen).values()] == [
        ("V1.1a", "Wat zag u? – Goed", None),
        ("V1.1b", "Wat zag u? – Matig", None),
        ("V1.1c", "Wat zag u? – Slecht", None),
        ("V1.2", "Toelichting", "V1.1c = ja"),
        ("V1.3", "Anders", "V1.1a = nee"),
    ]
    assert any("voor elk van de 3 antwoorden" in m.tekst for m in gelezen.meldingen)


@pytest.mark.parametrize(
    ("relevant", "alleen_als"),
    [
        ("${a} = 'ja'", "V1.1 = ja"),
        ('"ja" = ${ a }', "V1.1 = ja"),
        ("selected(${a}, 'ja')", "V1.1 = ja"),
        ("${a} != 'ja'", "V1.1 = nee"),
        ("not(${a} = 'ja')", "V1.1 = nee"),
        ("not(not(${a} = 'ja'))", "V1.1 = ja"),
        ("(${a} = 'ja' or ${a} = 'ja')", "V1.1 = ja"),
        ("${b} != 'goed' and ${b} != 'matig' and ${b} != 'dk'", "V1.2 = slecht"),
        ("not(${b} = 'goed' or ${b} = 'matig' or ${b} = 'dk')", "V1.2 = slecht"),
        ("selected(${m}, 'matig')", "V1.3b = ja"),
        ("", ""),
    ],
)
def test_voorwaarden_die_passen(relevant, alleen_als):
    assert voorwaarde(relevant) == (alleen_als, [])


def test_een_voorwaarde_die_door_een_andere_al_geldt():
    eerder = ["select_one jn", "z", "Z?", "${a} = 'ja'"]
    assert voorwaarde(eerder, "${a} = 'ja' and ${z} = 'nee'") == ("V1.5 = nee", [])


def test_een_groep_met_een_voorwaarde():
    gelezen = vertaal(
        formulier(
            ["select_one jn", "a", "A?"],
            ["begin_group", "g", "Groep", "${a} = 'ja'"],
            ["select_one jn", "b", "B?"],
            ["text", "c", "C?", "${b} = 'nee'"],
            ["end_group"],
        )
    )
    assert [v.get("alleen_als") for v in vragen(gelezen).values()] == [None, "V1.1 = ja", "V2.1 = nee"]
    assert not [m for m in gelezen.meldingen if m.kolom == "relevant"]


@pytest.mark.parametrize(
    ("relevant", "alleen_als", "reden"),
    [
        ("${a} = 'ja' or ${b} = 'goed'", "", "verschillende vragen"),
        ("${b} = 'goed' or ${b} = 'matig'", "", "goed of matig"),
        ("${b} != 'goed'", "", "matig of slecht of weet-niet"),
        ("${a} = 'ja' and ${b} = 'goed'", "V1.1 = ja", "V1.2 is goed"),
        ("${a} = 'ja' and ${a} = 'nee'", "", "nooit gelden"),
        ("${g} > 3", "", "meer of minder"),
        ("${g} = 3", "", "vaste antwoorden"),
        ("${onbekend} = 'ja'", "", "niet eerder"),
        ("${x} = 'ja'", "", "niet eerder"),
        ("${a} = 'misschien'", "", "geen antwoord op"),
        ("${a} != ''", "", "leeg"),
        ("${a} = 'ja' and ${g} != ''", "", "vaste antwoorden"),
        ("${m} = 'goed'", "", "selected"),
        ("string-length(${a}) > 1", "", "kent onze vragenlijst niet"),
        ("${a} = 'ja' and", "", "niet volledig"),
        ("${a} = 'ja') or (1", "", "niet te volgen"),
        ("${a} + 1 = 2", "", "gerekend"),
        ("(" * 200, "", "genest"),
        ("${a} = 'ja' # §", "", "niet te volgen"),
    ],
)
def test_voorwaarden_die_niet_passen_worden_gemeld(relevant, alleen_als, reden):
    """The question is asked more often than in the form, never less, and the report says so."""
    gekozen, over = voorwaarde(relevant)
    assert gekozen == alleen_als
    assert len(over) == 1
    assert reden in over[0]
    assert ("; de vraag wordt nu altijd gesteld" in over[0]) == (alleen_als == "")


def test_een_voorwaarde_die_vervalt_in_een_groep_met_een_voorwaarde():
    """What holds for the group goes on to hold; of a group that loses its own, the group itself is named."""
    gelezen = vertaal(
        formulier(
            ["select_one jn", "a", "A?"],
            ["text", "t", "T?"],
            ["begin_group", "g", "Groep", "${a} = 'ja'"],
            ["text", "b", "B?", "${t} != ''"],
            ["end_group"],
            ["begin_group", "h", "Nog een", "${t} != ''"],
            ["text", "c", "C?"],
            ["text", "d", "D?"],
            ["end_group"],
        )
    )
    assert [v.get("alleen_als") for v in vragen(gelezen).values()] == [None, None, "V1.1 = ja", None, None]
    waarom = "‘${t} != ''’: ${t} is geen vraag met vaste antwoorden; "
    assert [(m.rij, m.tekst) for m in gelezen.meldingen if m.kolom == "relevant"] == [
        (5, f"{waarom}de vraag wordt nu gesteld bij ‘V1.1 = ja’."),
        (7, f"{waarom}de vragen in deze groep worden, zonder andere voorwaarde, nu altijd gesteld."),
    ]


def test_niets_valt_stil_weg():
    """Everything here that has no place in an instrument is named, at its row and column."""
    gelezen = vertaal(
        formulier(
            ["start", "s"],
            ["note", "n", "Lees dit voor."],
            ["select_one jn or_other", "a", "A?", "", "minimal", "aanwijzing", "yes", ". != ''"],
            ["date", "d", "Wanneer?"],
            ["begin_repeat", "r", "Toestel"],
            ["text", "t", "Welk toestel?"],
            ["end_repeat"],
            ["geopoint", "p", "Waar?"],
            ["calculate", "c"],
            ["text", "v", "Dag ${d}"],
            kop=("Type", "name", "Label::Nederlands (nl)", "relevance", "appearance", "hint", "required", "constraint"),
            extra=[["iets"]],
        )
    )
    gemeld = {(m.blad, m.rij, m.kolom): m.ernst for m in gelezen.meldingen}
    assert gemeld == {
        ("survey", 1, "required"): Ernst.ANDERS,
        ("survey", 2, "type"): Ernst.GEEN_DEEL,
        ("survey", 3, "type"): Ernst.NIET,
        ("survey", 4, "type"): Ernst.ANDERS,
        ("survey", 4, "appearance"): Ernst.GEEN_DEEL,
        ("survey", 4, "hint"): Ernst.ANDERS,
        ("survey", 4, "constraint"): Ernst.NIET,
        ("survey", 6, "type"): Ernst.NIET,
        ("survey", 7, "type"): Ernst.NIET,
        ("survey", 9, "type"): Ernst.NIET,
        ("survey", 10, "type"): Ernst.NIET,
        ("survey", 11, "label"): Ernst.NIET,
        ("choices", 4, "list_name"): Ernst.NIET,
        ("choices", 7, "name"): Ernst.ANDERS,
        ("extra", 0, ""): Ernst.NIET,
        ("actorgroepen", 0, ""): Ernst.ANDERS,
        ("aandachtspunten", 0, ""): Ernst.ANDERS,
    }
    assert [v["tekst"] for v in vragen(gelezen).values()] == ["A? (aanwijzing)", "Wanneer?", "Dag ${d}"]
    assert [k["code"] for k in gelezen.inhoud["keuzelijsten"]["jn of anders"]] == ["ja", "nee", "anders"]


def test_eigen_codes_blijven():
    gelezen = vertaal(formulier(["text", "V1.1", "A?"], ["text", "V1.2a", "B?"]))
    assert list(vragen(gelezen)) == ["V1.1", "V1.2a"]


def test_groepen_in_groepen():
    """The outermost group with questions of its own is the onderdeel; a title above it comes along, one within it is reported."""
    gelezen = vertaal(
        formulier(
            ["begin_group", "r", "Deel I"],
            ["begin_group", "g", "Tuin"],
            ["text", "a", "A?"],
            ["begin_group", "h", "Hek"],
            ["text", "b", "B?"],
            ["end_group"],
            ["end_group"],
            ["end_group"],
            ["text", "c", "C?"],
        )
    )
    assert [(o["titel"], len(o["vragen"])) for o in gelezen.inhoud["onderdelen"]] == [
        ("Deel I: Tuin", 2),
        ("Algemeen", 1),
    ]
    assert [m.rij for m in gelezen.meldingen if "de kop ‘Hek’" in m.tekst] == [5]


@pytest.mark.parametrize(
    ("bladen", "zin"),
    [
        ({"Blad1": [["a"]]}, "geen blad ‘survey’. Gevonden bladen: Blad1"),
        ({"survey": [["name"], ["a"]]}, "de kolom type ontbreekt"),
        ({"survey": []}, "de kolom type ontbreekt"),
        (formulier(), "geen enkele vraag"),
        (formulier(["note", "n", "Let op"]), "geen enkele vraag"),
        (formulier(["text", "a", "A?"], ["text", "a", "B?"]), "rij 3: de naam ‘a’ staat al eerder"),
        (formulier(["text", "", "A?"]), "rij 2: de kolom name is leeg"),
        (formulier(["", "a", "A?"]), "rij 2: de kolom type is leeg"),
        (formulier(["texxt", "a", "A?"]), "rij 2: het type ‘texxt’ is niet bekend"),
        (formulier(["select_one", "a", "A?"]), "rij 2: select_one mist de naam van een keuzelijst."),
        (formulier(["Select one or_other", "a", "A?"]), "rij 2: select_one mist de naam van een keuzelijst."),
        (formulier(["select_multiple from", "a", "A?"]), "rij 2: select_multiple mist de naam van een keuzelijst."),
        (formulier(["select_one weg", "a", "A?"]), "rij 2: de keuzelijst ‘weg’ staat niet op het blad choices"),
        (formulier(["begin_group", "g", "G"], ["text", "a", "A?"]), "rij 2: de groep ‘G’ wordt nergens gesloten"),
        (formulier(["text", "a", "A?"], ["end_group"]), "rij 3: end_group hoort niet bij"),
        (formulier(["begin_group", "g", "G"], ["end_repeat"]), "rij 3: end_repeat hoort niet bij"),
        (
            {**formulier(["text", "a", "A?"]), "choices": [["list_name", "name"], ["", "x"]]},
            "blad choices, rij 2: de kolom list_name",
        ),
        (
            {**formulier(["text", "a", "A?"]), "choices": [["list name", "value"], ["l", "x"], ["l", "x"]]},
            "blad choices, rij 3: ‘x’ staat al eerder",
        ),
        (
            formulier(["text", "a", "A?"], aandachtspunten=[["tekst", "vragen"], ["Norm", "b"]]),
            "rij 2: de vraag ‘b’ staat niet in het formulier",
        ),
    ],
)
def test_wat_geen_instrument_kan_worden(bladen, zin):
    with pytest.raises(Formulierfout) as fout:
        vertaal(bladen)
    assert zin.casefold() in str(fout.value).casefold()


CEL = st.sampled_from(
    [
        "text",
        "note",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "integer",
        "calculate",
        "select_one jn",
        "select_multiple staat",
        "a",
        "b",
        "V1.1",
        "${a} = 'ja'",
        "not(${b})",
        "",
        "Ja",
        "()",
    ]
) | st.text(alphabet="abV1.${}='() ", max_size=12)


@given(
    st.lists(st.lists(CEL, min_size=4, max_size=4), max_size=12),
    st.lists(st.lists(CEL, min_size=3, max_size=3), max_size=6),
)
def test_elke_werkmap_wordt_een_leesbaar_instrument_of_een_fout(rijen, keuzes):
    bladen = {**formulier(*rijen), "choices": [*KEUZES, *keuzes]}
    try:
        gelezen = vertaal(bladen)
    except Formulierfout:
        return
    assert lees(json.dumps(gelezen.inhoud)).vragen


@pytest.mark.parametrize(
    ("soort", "grens", "velden", "gemeld"),
    [
        ("integer", ". >= 0 and . <= 40", {"soort": "getal", "minimum": "0", "maximum": "40"}, []),
        ("int", ".>0", {"soort": "getal", "minimum": "1"}, []),
        ("integer", "(. < 10)", {"soort": "getal", "maximum": "9"}, []),
        ("decimal", ". >= 0.5", {"soort": "getal", "decimalen": 6, "minimum": "0,5"}, []),
        ("decimal", ". > 0", {"soort": "getal", "decimalen": 6}, ["constraint"]),
        ("integer", ". >= 5 and . <= 2", {"soort": "getal"}, ["constraint"]),
        ("integer", ". != 7", {"soort": "getal"}, ["constraint"]),
        ("date", ". <= today()", {"soort": "datum"}, ["constraint"]),
        ("range", "", {"soort": "getal", "decimalen": 6}, []),
    ],
)
def test_een_getal_en_een_datum(soort, grens, velden, gemeld):
    gelezen = vertaal(formulier([soort, "a", "A?", grens], kop=("type", "name", "label", "constraint")))
    (vraag,) = vragen(gelezen).values()
    assert {veld: waarde for veld, waarde in vraag.items() if veld not in ("code", "tekst")} == velden
    assert [m.kolom for m in gelezen.meldingen if m.blad == "survey"] == gemeld
