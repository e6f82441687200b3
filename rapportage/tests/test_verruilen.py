"""What a text gives away of what the tables leave out: by hand, and for any round by solving text and tables together."""

from hypothesis import given
from hypothesis import strategies as st

from rapportage.onderdrukking import openbaar
from rapportage.tests.oplosser import kan_anders
from rapportage.tests.test_onderdrukking import BOOM, GROEPEN, ZONDER_HAAST, herleidbaar, stelsel, tel, wereld
from rapportage.uitspraken.claims import maten_in
from rapportage.uitspraken.lezen import BEVINDINGEN, Tekst
from rapportage.uitspraken.maat import THEMA
from rapportage.uitspraken.meten import Feiten, Vraagkennis
from rapportage.uitspraken.toetsen import Kennis, toets
from rapportage.uitspraken.verruilen import Geheim, _zeiden_hetzelfde

VRAGEN = BOOM[:3]
OORDELEN = ("voldoet", "voldoet_deels", "voldoet_niet", "niet_te_beoordelen")


def feiten_van(gemeenten) -> Feiten:
    """The same list of (group, answers, judgement) as `tel` counts, as sets."""
    antwoord: dict[tuple[str, str], set[int]] = {}
    gevuld: dict[str, set[int]] = {}
    for nr, (_, antwoorden, oordeel) in enumerate(gemeenten):
        for plan in VRAGEN:
            gegeven = antwoorden.get(plan.code)
            if gegeven and (plan.op is None or antwoorden.get(plan.op[0]) == plan.op[1]):
                antwoord.setdefault((plan.code, gegeven), set()).add(nr)
                gevuld.setdefault(plan.code, set()).add(nr)
        if antwoorden.get("V1") in ("ja", "nvt"):
            antwoord.setdefault(("V1", THEMA + "loket"), set()).add(nr)
        antwoord.setdefault(("N1", oordeel), set()).add(nr)
    leden = {g.code: frozenset(nr for nr, wie in enumerate(gemeenten) if wie[0] == g.code) for g in GROEPEN}
    return Feiten(
        alle=frozenset(range(len(gemeenten))),
        vragen={p.code: Vraagkennis(dict.fromkeys(p.keuzes, "inhoud") | {"weet_niet": "weet_niet"}, p.op) for p in VRAGEN},
        normen={"N1": OORDELEN},
        antwoord={sleutel: frozenset(wie) for sleutel, wie in antwoord.items()},
        gevuld={code: frozenset(wie) for code, wie in gevuld.items()},
        kenmerk={"rol": {code: wie for code, wie in leden.items() if wie}},
        gebied={},
        themas={plan.code: frozenset({"loket"}) for plan in VRAGEN},
    )  # fmt: skip


def verraden(gemeenten, tekst: str) -> list[str]:
    """The words in this text that give something away."""
    feiten = feiten_van(gemeenten)
    stuk = Tekst(tekst, BEVINDINGEN)
    metingen = {maat: feiten.meet(maat) for maat in maten_in([stuk])}
    geheim = Geheim(openbaar(tel(gemeenten, VRAGEN)), feiten)
    meldingen = toets([stuk], metingen, kennis=Kennis(geheim=geheim))
    return [m.fragment for m in meldingen if m.soort == "herleidbaar"]


# V1.6 of juni 2008: seven of a said ja to V2, and of the two of b one did. The tables give eight of nine.
ZEVEN = wereld(("a", 7, {"V1": "ja", "V2": "ja"}), ("a", 2, {"V1": "nee"}),
               ("b", 1, {"V1": "ja", "V2": "ja"}), ("b", 1, {"V1": "ja", "V2": "nee"}), ("b", 2, {"V1": "nee"}))  # fmt: skip


def test_het_deel_van_de_ene_groep_verraadt_de_andere():
    assert verraden(ZEVEN, "Bij [alle (7 van 7)]{V2=ja rol=a} is het zo.") == ["alle (7 van 7)"]


def test_ook_waar_velen_vooraan_nog_niets_hebben_geantwoord():
    """Exchanging what two have not said is no exchange: 60 of a and 30 of b would use up all that are tried."""
    leeg = wereld(("a", 60, {"V1": "ja"}), ("b", 30, {"V1": "ja"}))
    assert verraden([*leeg, *ZEVEN], "Bij [alle (7 van 7)]{V2=ja rol=a} is het zo.") == ["alle (7 van 7)"]


def test_het_totaal_mag_en_ruimere_woorden_ook():
    assert verraden(ZEVEN, "Bij [de meeste (8 van 9)]{V2=ja} is het zo.") == []
    assert verraden(ZEVEN, "Bij [ten minste zes van de zeven]{V2=ja rol=a} is het zo.") == []


def test_twee_zinnen_die_samen_iets_verraden():
    """At least six of a says nothing yet; that at most one of b did, leaves seven. The second one is pointed out."""
    een, ander = "[ten minste zes]{V2=ja rol=a}", "[ten minste zeven]{V2=ja rol=a}"
    assert verraden(ZEVEN, f"Bij {een} is het zo, bij {ander} ook.") == ["ten minste zeven"]


def test_een_kruising_met_een_andere_vraag_verraadt_het_ook():
    """Statement 18 of V08/01: the theme is only with three of a, so that all three said ja is said of three of a. Of the nine that
    were asked three said ja."""
    drie = wereld(("a", 3, {"V1": "ja", "V2": "ja"}), ("a", 4, {"V1": "nee"}), ("b", 1, {"V1": "ja", "V2": "nee"}),
                  ("b", 3, {"V1": "nee"}))  # fmt: skip
    assert verraden(drie, "Van allen zeiden [drie (3 van 4)]{V2=ja} ja.") == []
    assert verraden(drie, "Bij [alle drie]{V2=ja rol=a} is het zo.") == ["alle drie"]


def test_wat_volgt_op_een_weggelaten_antwoord():
    """How many of b were asked V3 is how many of them said ja to V2."""
    drie = wereld(("a", 4, {"V1": "ja", "V2": "ja", "V3": "ja"}), ("a", 2, {"V1": "ja", "V2": "nee"}),
                  ("b", 1, {"V1": "ja", "V2": "ja", "V3": "nee"}), ("b", 1, {"V1": "ja", "V2": "nee"}))  # fmt: skip
    assert verraden(drie, "Dat is gevraagd aan [4 van de 6]{V3=gevraagd rol=a van=V2=*}.") == ["4 van de 6"]


def test_een_vraag_die_maar_aan_een_groep_is_gesteld():
    """How many of a were asked V3 is left out. Three answered in all; that three of b did, leaves none of a."""
    drie = wereld(("a", 1, {"V1": "ja", "V2": "weet_niet"}), ("a", 2, {"V1": "ja", "V2": "nee"}),
                  ("b", 2, {"V1": "ja", "V2": "ja", "V3": "ja"}), ("b", 1, {"V1": "ja", "V2": "ja", "V3": "nee"}),
                  ("b", 1, {"V1": "ja", "V2": "ja", "V3": "weet_niet"}))  # fmt: skip
    assert verraden(drie, "Bij [2 van de 3]{V3=ja rol=b} is het zo.") == ["2 van de 3"]
    assert verraden(drie, "Bij [2 van de 3]{V3=ja} is het zo.") == []


def test_ook_het_totaal_is_weggelaten():
    """Two were asked V2 in all: any number of them gives it away, out of whomever it is counted."""
    twee = wereld(("a", 2, {"V1": "ja", "V2": "ja"}), ("a", 4, {"V1": "nee"}), ("b", 4, {"V1": "nee"}))
    assert verraden(twee, "Bij [twee van de tien]{V2=ja van=dossiers} is het zo.") == ["twee van de tien"]
    assert verraden(twee, "Bij [ten minste één gemeente]{V2=ja van=dossiers} is het zo.") == []


def test_een_deel_van_twee_wordt_niet_precies_gezegd():
    assert verraden(ZEVEN, "Bij [beide]{V1=ja rol=b van=V1=ja} is het zo.") == ["beide"]
    assert verraden(ZEVEN, "Bij [ten minste één van hen]{V1=ja rol=b van=V1=ja} is het zo.") == []


def test_een_norm():
    norm = [("a", {}, "voldoet")] * 5 + [("a", {}, "voldoet_niet")] * 4 + [("b", {}, "voldoet_deels")] + \
        [("b", {}, "niet_te_beoordelen")] * 3  # fmt: skip
    assert verraden(norm, "Bij [5 van 10 gemeenten]{N1=voldoet} is het zo.") == []
    assert verraden(norm, "Bij [5 van de 9]{N1=voldoet rol=a} is het zo.") == ["5 van de 9"]


# --- For any round --------------------------------------------------------------------------------------------------


@st.composite
def rondes(draw):
    gemeenten = []
    for groep in ("a", "b"):
        for _ in range(draw(st.integers(1, 5))):
            antwoorden = {}
            for plan in VRAGEN:
                if plan.op is None or antwoorden.get(plan.op[0]) == plan.op[1]:
                    antwoorden[plan.code] = draw(st.sampled_from([*plan.keuzes, "ja", "ja", "weet_niet"]))
            gemeenten.append((groep, antwoorden, draw(st.sampled_from(OORDELEN))))
    return gemeenten


CELLEN = [(code, groep, rij) for code in ("V1", "V2", "V3", "N1") for groep in ("a", "b")
          for rij in (("voldoet", "voldoet_niet") if code == "N1" else ("ja", "nee"))]  # fmt: skip


@ZONDER_HAAST
@given(rondes(), st.lists(st.sampled_from(CELLEN), min_size=1, max_size=4, unique=True))
def test_tekst_en_tabellen_samen_verraden_niets(gemeenten, cellen):
    """Figures of groups in the text, and all the tables: with those pointed out taken away, the solver finds nothing left out."""
    feiten, uitkomsten = feiten_van(gemeenten), openbaar(tel(gemeenten, VRAGEN))
    uit, bekend_uit_tekst = set(), {}
    teksten = []
    for code, groep, rij in cellen:
        maat = f"{code}={rij} rol={groep}"
        meting = feiten.meet(next(iter(maten_in([Tekst(f"[x]{{{maat}}}")]))))
        if meting.n:
            woorden = f"{meting.x} van {meting.n} in {code} {groep} {rij}"
            teksten.append(Tekst(f"Bij [{woorden}]{{{maat}}}.", BEVINDINGEN))
            kring = "beoordeeld" if code == "N1" else "beantwoord"
            bekend_uit_tekst[woorden] = {(code, groep, rij), (code, groep, kring)}
    metingen = {maat: feiten.meet(maat) for maat in maten_in(teksten)}
    for melding in toets(teksten, metingen, kennis=Kennis(geheim=Geheim(uitkomsten, feiten))):
        if melding.soort == "herleidbaar":
            uit.add(melding.fragment)
    n, bekend, relaties = stelsel(uitkomsten)
    bekend = bekend.union(*(cel for woorden, cel in bekend_uit_tekst.items() if woorden not in uit))
    assert herleidbaar(uitkomsten) == []
    geheim = [naam for naam in n if naam not in bekend]
    assert [naam for naam in geheim if not kan_anders(naam, n, bekend, relaties)] == []


def test_een_antwoord_in_woorden_is_ook_een_antwoord():
    """Of an open question is kept who answered, not what: who did is another than who said nothing."""
    feiten = Feiten(
        alle=frozenset({1, 2, 3}),
        vragen={},
        normen={},
        antwoord={("V9", "weet_niet"): frozenset({3})},
        gevuld={"V9": frozenset({1, 3})},
        kenmerk={},
        gebied={},
        themas={},
    )
    assert not _zeiden_hetzelfde(feiten, {("V9", "weet_niet")}, 1, 2)
    assert _zeiden_hetzelfde(feiten, {("V9", "weet_niet")}, 2, 4)
