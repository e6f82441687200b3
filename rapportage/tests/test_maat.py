"""The language of a binding: read, written back, refused; and where bindings stand in a text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.uitspraken.maat import KENMERKEN, Maat, Onleesbaar, Term, lees, slak
from rapportage.uitspraken.ontleden import Plaatsen, gebonden, kaal


@pytest.mark.parametrize(
    ("geschreven", "gelezen"),
    [
        ("V1.1=ja", Maat((Term("V1.1", ("ja",)),))),
        ("dossiers", Maat()),
        ("dossiers  randstad=ja", Maat(groep=(Term("randstad", ("ja",)),))),
        (
            "V1.2=ja|intentie rol=voortrekker van=gevraagd",
            Maat((Term("V1.2", ("ja", "intentie")),), (Term("rol", ("voortrekker",)),), "gevraagd"),
        ),
        (
            "V2.1=ja&V2.2!=nee van=V1.3=ja eenheid=rpa ronde=juni-2008",
            Maat(
                (Term("V2.1", ("ja",)), Term("V2.2", ("nee",), niet=True)),
                onder=(Term("V1.3", ("ja",)),),
                eenheid="rpa",
                ronde="juni-2008",
            ),
        ),
        ("V3.4=thema:bewerkt-cijfers", Maat((Term("V3.4", ("thema:bewerkt-cijfers",)),))),
        ("V1.1=*", Maat((Term("V1.1", ("*",)),))),
    ],
)
def test_een_maat_wordt_gelezen(geschreven, gelezen):
    assert lees(geschreven) == gelezen
    assert lees(str(gelezen)) == gelezen


@pytest.mark.parametrize(
    ("geschreven", "zin"),
    [
        ("", "De maat is leeg."),
        ("V1.1", "'V1.1' is geen maat"),
        ("V1.1=", "'V1.1=' is geen maat"),
        ("V1.1=ja|", "ontbreekt een antwoord"),
        ("=ja", "'' is geen code"),
        ("V1.1=ja voortrekker", "'voortrekker' is geen toevoeging"),
        ("V1.1=ja kleur=rood", "'kleur' is geen groep"),
        ("V1.1=ja rol=voortrekker rol=niet-voortrekker", "'rol' staat er twee keer"),
        ("V1.1=ja van=gevraagd van=dossiers", "'van' staat er twee keer"),
        ("V1.1=ja eenheid=plannen", "'plannen' is geen eenheid"),
        ("V1.1=ja van=iedereen", "'iedereen' is geen maat"),
    ],
)
def test_een_onleesbare_maat_wordt_met_een_zin_geweigerd(geschreven, zin):
    with pytest.raises(Onleesbaar, match=zin.replace("|", r"\|")):
        lees(geschreven)


codes = st.from_regex(r"[VAN][1-9]\.[1-9][a-d]?", fullmatch=True)
termen = st.builds(
    Term,
    codes,
    st.lists(st.sampled_from(["ja", "nee", "weet-niet", "*", "thema:een-thema"]), min_size=1, unique=True).map(tuple),
    st.booleans(),
)


@given(
    st.lists(termen, max_size=3),
    st.lists(st.sampled_from(KENMERKEN), unique=True, max_size=3),
    st.sampled_from(["", "beantwoord", "gevraagd", "dossiers"]) | termen,
    st.sampled_from(["gemeenten", "gesprekken", "rpa"]),
)
def test_wat_geschreven_wordt_is_wat_gelezen_wordt(wat, kenmerken, van, eenheid):
    groep = tuple(Term(naam, ("x",)) for naam in KENMERKEN if naam in kenmerken)
    maat = Maat(
        tuple(wat),
        groep,
        noemer=van if isinstance(van, str) else "",
        onder=() if isinstance(van, str) else (van,),
        eenheid=eenheid,
    )
    assert lees(str(maat)) == maat


@given(st.text(max_size=60))
def test_geen_tekst_brengt_het_lezen_van_een_maat_ten_val(tekst):
    with suppress(Onleesbaar):
        maat = lees(tekst)
        assert lees(str(maat)) == maat


def test_een_naam_in_een_maat():
    assert slak("Súdwest-Fryslân") == "sudwest-fryslan"
    assert slak("Regionale agenda (2008)") == "regionale-agenda-2008"


TEKST = """Bij [de meeste
gemeenten (10 van 13)]{V1.1=ja} wel[^1] en \\[hier]{niet}.

[^1]: Zie [het verslag](https://voorbeeld.nl).

- [geen[^1] gemeente]{ V1.2=nee } [leeg]{}
"""


def test_gebonden_stukken_op_hun_plaats():
    stukken = list(gebonden(TEKST))
    assert [(s.tekst, s.maat, s.volgorde) for s in stukken] == [
        ("de meeste\ngemeenten (10 van 13)", "V1.1=ja", 0),
        ("geen[^1] gemeente", "V1.2=nee", 1),
        ("leeg", "", 2),
    ]
    plaats = Plaatsen(TEKST)
    assert [plaats(s.begin) for s in stukken] == [(1, 5), (6, 3), (6, 35)]
    assert all(TEKST[s.begin_tekst : s.eind_tekst] == s.tekst and TEKST[s.eind - 1] == "}" for s in stukken)


def test_een_lege_regel_breekt_een_binding_af():
    assert not list(gebonden("[een alinea\n\nnog een]{V1.1=ja}"))


def test_de_lezer_ziet_alleen_de_woorden():
    assert kaal("Bij [de meeste gemeenten]{V1.1=ja} wel.") == "Bij de meeste gemeenten wel."
