"""Reading files, and planning what they would do: pure, without a database."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regio.bijwerken import Gemeentestand, Kenmerkstand, Lidstand, Regiostand, Stand, plan_gemeenten, plan_herindelingen
from regio.inlezen import lees_gemeenten, lees_herindelingen, lees_regios
from regio.tabelbestand import lees_tabelbestand

D2008, D2009, D2010 = date(2008, 1, 1), date(2009, 1, 1), date(2010, 1, 1)


def gemeenten(tekst: str, peildatum=D2009):
    return lees_gemeenten(tekst.encode(), peildatum)


def zinnen(problemen) -> list[str]:
    return [str(probleem) for probleem in problemen]


# --- Reading -----------------------------------------------------------------------------------------------------------


def test_een_goede_lijst():
    lijst, problemen = gemeenten(
        "code,naam,alias,inwoners,randstad,provincie,arbeidsmarktregio\n"
        "0518,'s-Gravenhage,Den Haag,475680,ja,PV28,\n"
        "GM1876,Bronckhorst,,,nee,PV25,achterhoek|stedendriehoek\n"
    )
    assert problemen == []
    haag, bronckhorst = lijst.regels
    assert (haag.code, haag.naam, haag.alias, haag.inwoners, haag.randstad) == (
        "0518",
        "'s-Gravenhage",
        "Den Haag",
        475680,
        True,
    )
    assert haag.inwoners_peildatum == D2009  # without a column of its own: the date of the list
    assert haag.regios == {"provincie": ("PV28",), "arbeidsmarktregio": ()}
    assert (bronckhorst.code, bronckhorst.inwoners, bronckhorst.inwoners_peildatum) == ("1876", None, None)
    assert bronckhorst.regios["arbeidsmarktregio"] == ("achterhoek", "stedendriehoek")


def test_bom_regeleinden_en_lege_rijen_hinderen_niet():
    lijst, problemen = lees_gemeenten("\ufeffCode, Naam\r\n0003,Appingedam\r\n,\r\n\r\n0005,Bedum\r\n".encode(), D2009)
    assert problemen == []
    assert [(regel.rij, regel.code) for regel in lijst.regels] == [(2, "0003"), (5, "0005")]


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("", "Het bestand is leeg."),
        ("code,plaats\n0003,Appingedam\n", "Rij 1: Deze kolommen ontbreken: naam. Gevonden: code, plaats."),
        ("code,naam\n", "Het bestand heeft geen rijen onder de kolomnamen."),
        ("code,naam,naam\n0003,A,B\n", "Rij 1: Een kolomnaam komt twee keer voor."),
        ("code,naam\n0003,A,B\n", "Rij 2: 3 cellen, terwijl er 2 kolommen zijn."),
        (
            "code,naam\n0363a,Amsterdam\n",
            "Rij 2: code '0363a' is geen CBS-code van vier cijfers.",
        ),
        ("code,naam\n٠٣٦٣,Amsterdam\n", "Rij 2: code '٠٣٦٣' is geen CBS-code van vier cijfers."),
        ("code,naam\n0003,A\n0005,B\n0003,C\n", "Rij 4: de code 0003 staat ook op rij 2."),
        ("code,naam\n0003,A\n0005,A\n", "Rij 3: de naam A staat ook op rij 2."),
        ("code,naam\n0003,\n", "Rij 2: naam is leeg."),
        (f"code,naam\n0003,{'x' * 81}\n", "Rij 2: naam is te lang: 81 tekens, hoogstens 80."),
        (
            "code,naam,inwoners\n0003,A,12.130\n",
            "Rij 2: inwoners '12.130' is geen aantal inwoners; schrijf alleen cijfers, zonder punt.",
        ),
        (
            "code,naam,inwoners\n0003,A,-5\n",
            "Rij 2: inwoners '-5' is geen aantal inwoners; schrijf alleen cijfers, zonder punt.",
        ),
        ("code,naam,randstad\n0003,A,Misschien\n", "Rij 2: randstad 'Misschien' bestaat niet; kies uit: ja, nee."),
        (
            "code,naam,inwoners_peildatum\n0003,A,1 jan 2008\n",
            "Rij 2: inwoners_peildatum '1 jan 2008' is geen datum; schrijf jjjj-mm-dd, bijvoorbeeld 2011-01-01.",
        ),
        (
            "code,naam,inwoners_peildatum\n0003,A,2009-02-29\n",
            "Rij 2: inwoners_peildatum '2009-02-29' is geen datum; schrijf jjjj-mm-dd, bijvoorbeeld 2011-01-01.",
        ),
        (
            'code,naam\n0003,"A\n',
            "Het bestand is geen geldige CSV: er mist een aanhalingsteken, of er staat er een te veel.",
        ),
    ],
)
def test_wat_er_mis_is_staat_er_met_het_rijnummer(tekst, zin):
    assert zinnen(gemeenten(tekst)[1]) == [zin]


def test_een_onbekende_kolom_wordt_niet_stil_overgeslagen():
    [zin] = zinnen(gemeenten("code,naam,inwonres\n0003,A,5\n")[1])
    assert zin.startswith("Rij 1: Onbekende kolommen: inwonres. Mogelijk zijn: code, naam, alias, inwoners")


@pytest.mark.parametrize(
    ("codering", "herkend"),
    [
        ("utf-8", "CSV, UTF-8, kolommen gescheiden door komma's"),
        ("utf-8-sig", "CSV, UTF-8 met BOM, kolommen gescheiden door komma's"),
        ("cp1252", "CSV, Windows-1252, kolommen gescheiden door komma's"),
        ("utf-16", "CSV, UTF-16, kolommen gescheiden door komma's"),
    ],
)
def test_de_codering_wordt_herkend_en_genoemd(codering, herkend):
    inhoud = "code,naam\n0003,A\n0104,Wûnseradiel – W\n".encode(codering)
    lijst, problemen = lees_gemeenten(inhoud, D2009)
    assert problemen == []
    assert [regel.naam for regel in lijst.regels] == ["A", "Wûnseradiel – W"]
    assert lees_tabelbestand(inhoud).herkend == herkend


@pytest.mark.parametrize(
    ("teken", "naam"), [(",", "komma's"), (";", "puntkomma's"), ("\t", "tabs"), ("|", "verticale strepen")]
)
def test_de_scheiding_wordt_herkend(teken, naam):
    inhoud = teken.join(("code", "naam", "inwoners\n0518", "'s-Gravenhage", "475680\n")).encode()
    lijst, problemen = lees_gemeenten(inhoud, D2009)
    assert problemen == []
    assert (lijst.regels[0].code, lijst.regels[0].inwoners) == ("0518", 475_680)
    assert lees_tabelbestand(inhoud).herkend == f"CSV, UTF-8, kolommen gescheiden door {naam}"


def test_de_namen_van_het_cbs_en_weggevallen_nullen():
    """CBS gives the code in two forms and the province in three; the number of 0003 loses its zeros in a spreadsheet."""
    lijst, problemen = gemeenten(
        "Gemeentecode;GemeentecodeGM;Gemeentenaam;Provinciecode;ProvinciecodePV;Provincienaam;Inwoners\n"
        "3;GM0003;Appingedam;20;PV20;Groningen;12130\n"
    )
    assert problemen == []
    [regel] = lijst.regels
    assert (regel.code, regel.naam, regel.inwoners, regel.regios) == (
        "0003",
        "Appingedam",
        12_130,
        {"provincie": ("Groningen",)},
    )
    assert gemeenten("code,naam\n3,Appingedam\n")[0].regels[0].code == "0003"


def test_een_nederlandse_datum_en_hoofdletters():
    lijst, problemen = gemeenten("code,naam,inwoners,inwoners_peildatum,randstad\n0003,A,10,1-2-2008,Nee\n")
    assert problemen == []
    assert (lijst.regels[0].inwoners_peildatum, lijst.regels[0].randstad) == (date(2008, 2, 1), False)


def werkmap(*rijen, bladen=1) -> bytes:
    boek = openpyxl.Workbook()
    for nummer in range(bladen):
        blad = boek.active if not nummer else boek.create_sheet(f"Blad{nummer + 1}")
        for rij in rijen:
            blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def test_een_werkmap_met_getallen_en_datums():
    inhoud = werkmap(
        ("Gemeentecode", "Gemeentenaam", "Inwoners", "inwoners_peildatum", "randstad"),
        (3, "Appingedam", 12130, datetime(2008, 1, 1), False),  # noqa: DTZ001, a cell has no zone
    )
    lijst, problemen = lees_gemeenten(inhoud, D2009)
    assert problemen == []
    [regel] = lijst.regels
    assert (regel.code, regel.naam, regel.inwoners, regel.inwoners_peildatum, regel.randstad) == (
        "0003",
        "Appingedam",
        12_130,
        D2008,
        False,
    )
    assert lees_tabelbestand(inhoud).herkend == "Excel-werkmap, blad 'Sheet'"


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"%PDF-1.4\n1 0 obj", "Dit is een PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Dit is een oude Excel-werkmap (.xls)"),
        (b"PK\x03\x04 afgebroken", "Deze werkmap is beschadigd"),
        (b"   \n \n", "Het bestand is leeg."),
        (b"<html><body>", "Dit is een webpagina"),
        (b'{"type": "FeatureCollection"}', "Dit lijkt op GeoJSON"),
        (b"code,naam\n0003,\x81", "Rij 2 heeft een teken in een codering die niet wordt herkend."),
        (b"code,naam\n" + b"0003,A\n" * 100_000, "Het bestand heeft meer dan 20.000 rijen"),
        (b"a" * 200_000, "Het bestand is geen geldige CSV"),
        (b"x" * 5_000_001, "Het bestand is te groot: 5.000.001 bytes."),
        (werkmap(("code", "naam"), ("0003", "A"), bladen=2), "Deze werkmap heeft meer dan één gevuld blad"),
        (werkmap(), "Het bestand is leeg."),
    ],
    ids=lambda waarde: waarde[:20] if isinstance(waarde, str) else "",
)
def test_wat_geen_lijst_is(inhoud, zin):
    [gezegd] = zinnen(lees_gemeenten(inhoud, D2009)[1])
    assert gezegd.startswith(zin)


def test_een_zipbom_wordt_niet_uitgepakt():
    """Seventy megabytes of zeros in seventy kilobytes; and one with a macro."""
    for naam, inhoud in (("xl/worksheets/sheet1.xml", b"0" * 70_000_000), ("xl/vbaProject.bin", b"macro")):
        uit = io.BytesIO(werkmap(("code", "naam"), ("0003", "A")))
        with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as pakket:
            pakket.writestr(naam.replace("sheet1", "sheet9"), inhoud)
        [zin] = zinnen(lees_gemeenten(uit.getvalue(), D2009)[1])
        assert zin.startswith("Deze werkmap bevat"), naam


def test_regios_met_lidmaatschappen():
    regels, problemen = lees_regios(
        b"soort;code;naam;gemeente;vanaf;tot\nrpa;RP01;Groningen;0003;2008-01-01;\nrpa;RP01;Groningen;5;1-1-2009;1-1-2010\n"
        b"rpa;RP02;Drenthe;;;\n"
    )
    assert problemen == []
    assert [(r.code, r.gemeente, r.vanaf, r.tot) for r in regels] == [
        ("RP01", "0003", D2008, None),
        ("RP01", "0005", D2009, D2010),
        ("RP02", "", None, None),
    ]


@pytest.mark.parametrize(
    ("rijen", "zin"),
    [
        ("rpa,R,A,0003,,", "Rij 2: vanaf is leeg: sinds wanneer hoort de gemeente bij de regio?"),
        ("rpa,R,A,,2009-01-01,", "Rij 2: vanaf en tot horen bij een gemeente, maar de cel gemeente is leeg."),
        ("rpa,R,A,0003,2009-01-01,2009-01-01", "Rij 2: tot ligt niet na vanaf."),
        ("rpa,R,A,,,\nrpa,R,B,0003,2009-01-01,", "Rij 3: de regio rpa R heet op rij 2 anders: A."),
        (
            "rpa,R,A,0003,2009-01-01,\nrpa,R,A,0003,2009-01-01,2010-01-01",
            "Rij 3: het lidmaatschap van 0003 in rpa R vanaf 2009-01-01 staat ook op rij 2.",
        ),
    ],
)
def test_lidmaatschappen_die_niet_kloppen(rijen, zin):
    assert zinnen(lees_regios(f"soort,code,naam,gemeente,vanaf,tot\n{rijen}\n".encode())[1]) == [zin]


def test_nul_teken():
    [zin] = zinnen(gemeenten("code,naam\n0003,A\x00B\n")[1])
    assert zin.startswith("Rij 2: De tekst bevat op plaats 7 een onzichtbaar teken (U+0000)")


def test_alle_problemen_in_een_keer_op_volgorde():
    problemen = gemeenten("code,naam,inwoners\n3x,A,x\n0005,,7\n0005,B,8\n")[1]
    assert [probleem.rij for probleem in problemen] == [2, 2, 3, 4]


@given(st.binary(max_size=300))
def test_geen_enkel_bestand_doet_het_lezen_struikelen(inhoud):
    for lees in (lambda b: lees_gemeenten(b, D2009), lees_herindelingen, lees_regios):
        _, problemen = lees(inhoud)
        assert problemen


@given(st.text(max_size=60), st.text(max_size=20))
def test_vreemde_cellen_geven_hoogstens_problemen(naam, aantal):
    def cel(waarde):
        return '"' + waarde.replace('"', '""') + '"'

    bestand = f"code,naam,inwoners\n0003,{cel(naam)},{cel(aantal)}\n".encode("utf-8", "surrogatepass")
    lijst, problemen = lees_gemeenten(bestand, D2009)
    if not problemen:
        assert lijst.regels[0].naam == naam.strip()
        assert aantal.strip() == "" or lijst.regels[0].inwoners == int(aantal)


def test_herindelingen():
    regels, problemen = lees_herindelingen(
        b"datum,oud,nieuw,deel,hoofdopvolger,wet\n"
        b"2010-01-01,0993,0984,gedeeltelijk,ja,BWBR0026270\n"
        b"2010-01-01,0993,1507,gedeeltelijk,nee,BWBR0026270\n"
    )
    assert problemen == []
    assert [(r.oud, r.nieuw, r.deel, r.hoofdopvolger, r.soort) for r in regels] == [
        ("0993", "0984", "gedeeltelijk", True, "herindeling"),
        ("0993", "1507", "gedeeltelijk", False, "herindeling"),
    ]


@pytest.mark.parametrize(
    ("rijen", "zin"),
    [
        ("2010-01-01,0993,0993,geheel,ja", "Rij 2: gemeente 0993 kan niet in zichzelf opgaan."),
        (
            "2010-13-01,0993,0984,geheel,ja",
            "Rij 2: datum '2010-13-01' is geen datum; schrijf jjjj-mm-dd, bijvoorbeeld 2011-01-01.",
        ),
        ("2010-01-01,0993,0984,half,ja", "Rij 2: deel 'half' bestaat niet; kies uit: geheel, gedeeltelijk."),
        (
            "2010-01-01,0993,0984,geheel,nee",
            "Rij 2: gemeente 0993 heeft geen aangewezen opvolger (hoofdopvolger = ja).",
        ),
        (
            "2010-01-01,0993,0984,gedeeltelijk,ja\n2010-01-01,0993,1507,gedeeltelijk,ja",
            "Rij 3: gemeente 0993 heeft al een aangewezen opvolger op rij 2.",
        ),
        (
            "2010-01-01,0993,0984,geheel,ja\n2010-01-01,0993,1507,geheel,nee",
            "Rij 3: gemeente 0993 gaat al geheel over op rij 2.",
        ),
    ],
)
def test_herindelingen_die_niet_kunnen(rijen, zin):
    _, problemen = lees_herindelingen(f"datum,oud,nieuw,deel,hoofdopvolger\n{rijen}\n".encode())
    assert zinnen(problemen) == [zin]


def test_regio_van_een_soort_die_niet_bestaat():
    _, problemen = lees_regios(b"soort,code,naam\nprovincie,PV20,Groningen\nstadsdeel,x,Y\n")
    assert [probleem.rij for probleem in problemen] == [3]


# --- Planning ------------------------------------------------------------------------------------------------------------


def stad(pk, code, naam, *, van=D2008, tot=None, inwoners=1000, **meer) -> Gemeentestand:
    kenmerken = (Kenmerkstand(10 + pk, van, tot, inwoners, D2008, False, True),)
    leden = (Lidstand(20 + pk, "provincie", "PV20", van, tot),)
    return Gemeentestand(pk, code, naam, "", False, van, tot, kenmerken, leden, **meer)


def stand(*gemeenten, herindelingen=None) -> Stand:
    regios = {("provincie", code): Regiostand(i, "provincie", code, naam) for i, (code, naam) in enumerate(PROVINCIES)}
    return Stand({gemeente.code: gemeente for gemeente in gemeenten}, regios, herindelingen or {})


PROVINCIES = [("PV20", "Groningen"), ("PV21", "Fryslân")]


def plan(tekst: str, bestaand: Stand, peildatum=D2009, **opties):
    lijst, problemen = gemeenten(tekst, peildatum)
    assert problemen == []
    return plan_gemeenten(lijst, bestaand, **opties)


def test_een_lijst_die_klopt_verandert_niets():
    assert plan(
        "code,naam,inwoners,inwoners_peildatum,provincie\n0003,A,1000,2008-01-01,Groningen\n",
        stand(stad(1, "0003", "A")),
    ).is_leeg


def test_nieuw_gewijzigd_en_opgeheven():
    bestaand = stand(stad(1, "0003", "A"), stad(2, "0005", "B"))
    gepland = plan("code,naam\n0003,Aa\n1900,Nieuw\n", bestaand, toch=True)
    assert [(ingreep.soort, ingreep.code) for ingreep in gepland.ingrepen] == [
        ("gewijzigd", "0003"),
        ("nieuw", "1900"),
        ("opgeheven", "0005"),
    ]
    gewijzigd, nieuw, opgeheven = gepland.ingrepen
    assert gewijzigd.velden == {"naam": "Aa"}
    assert nieuw.velden["geldig_van"] == D2009
    assert opgeheven.velden == {"geldig_tot": D2009}
    assert opgeheven.kenmerken_anders == {12: {"geldig_tot": D2009}}
    assert opgeheven.leden_anders == {22: {"geldig_tot": D2009}}
    assert gepland.waarschuwingen == ["0005 B heeft nog geen opvolger: lees ook de herindelingen in."]


def test_een_ander_inwonertal_knipt_de_periode_en_houdt_de_rest():
    [ingreep] = plan("code,naam,inwoners\n0003,A,1500\n", stand(stad(1, "0003", "A"))).ingrepen
    assert ingreep.kenmerken_anders == {11: {"geldig_tot": D2009}}
    [nieuw] = ingreep.kenmerken_nieuw
    assert (nieuw["geldig_van"], nieuw["geldig_tot"], nieuw["inwoners"]) == (D2009, None, 1500)
    assert nieuw["voortrekker"] is True
    assert nieuw["randstad"] is False
    assert ingreep.wijzigingen["inwoners"] == [1000, 1500]


def test_een_tweede_lijst_van_dezelfde_dag_verbetert_de_eerste():
    [ingreep] = plan("code,naam,inwoners\n0003,A,1500\n", stand(stad(1, "0003", "A")), peildatum=D2008).ingrepen
    assert ingreep.kenmerken_anders == {11: {"inwoners": 1500}}
    assert ingreep.kenmerken_nieuw == []


def test_een_andere_regio_vanaf_de_lijst():
    [ingreep] = plan("code,naam,provincie\n0003,A,fryslan\n", stand(stad(1, "0003", "A"))).ingrepen
    assert ingreep.leden_anders == {21: {"geldig_tot": D2009}}
    assert ingreep.leden_nieuw == [("provincie", "PV21", D2009, None)]
    assert ingreep.wijzigingen == {"provincie": ["Groningen", "Fryslân"]}


def test_een_kolom_die_er_niet_is_zegt_niets_een_lege_cel_wel():
    assert plan("code,naam\n0003,A\n", stand(stad(1, "0003", "A"))).is_leeg
    [ingreep] = plan("code,naam,inwoners\n0003,A,\n", stand(stad(1, "0003", "A"))).ingrepen
    assert ingreep.wijzigingen == {"inwoners": [1000, None], "inwoners geteld op": ["2008-01-01", None]}


def test_een_oudere_lijst_herschrijft_niets():
    bestaand = stand(stad(1, "0003", "A"), stad(2, "0005", "B", tot=D2010), stad(3, "1900", "C", van=D2010))
    assert plan("code,naam\n0003,Oude naam\n0005,B\n", bestaand).is_leeg
    gepland = plan("code,naam\n0003,A\n0007,D\n", bestaand, toch=True)
    assert [probleem.rij for probleem in gepland.problemen] == [3, None]
    assert "een oudere lijst kan geen gemeenten toevoegen" in str(gepland.problemen[0])
    assert "een oudere lijst kan geen gemeenten opheffen" in str(gepland.problemen[1])


def test_een_half_bestand_heft_niet_alles_op():
    bestaand = stand(*(stad(i, f"{i:04}", f"Stad {i}") for i in range(1, 11)))
    helft = "code,naam\n" + "".join(f"{i:04},Stad {i}\n" for i in range(1, 6))
    gepland = plan(helft, bestaand)
    assert "5 van de 10 gemeenten" in str(gepland.problemen[0])
    assert gepland.aantal("opgeheven") == 0
    assert plan(helft, bestaand, toch=True).aantal("opgeheven") == 5


def test_onbekende_regio_en_bezette_code():
    fictief = Gemeentestand(9, "F001", "Vlietmonde", "", True, D2008, None)
    gepland = plan("code,naam,provincie\n0003,A,Atlantis\nF001,B,PV20\n", stand(stad(1, "0003", "A"), fictief))
    assert zinnen(gepland.problemen) == [
        "Rij 2: provincie 'Atlantis' is niet bekend.",
        "Rij 3: de code F001 is in gebruik voor de fictieve gemeente Vlietmonde.",
    ]


def test_handwerk_wordt_op_verzoek_ontzien():
    bestaand = stand(stad(1, "0003", "A", met_de_hand=True))
    assert plan("code,naam\n0003,B\n", bestaand).aantal("gewijzigd") == 1
    ontzien = plan("code,naam\n0003,B\n", bestaand, ontzie_handwerk=True)
    assert ontzien.is_leeg
    assert ontzien.ontzien == {"0003"}


def herindeling(tekst: str, bestaand: Stand):
    regels, problemen = lees_herindelingen(f"datum,oud,nieuw,deel,hoofdopvolger\n{tekst}\n".encode())
    assert problemen == []
    return plan_herindelingen(regels, bestaand)


def test_een_herindeling_weet_de_dag_beter_dan_de_lijst():
    """Rozenburg ended on 18 March 2010; the list of 2011 only says "before 2011"."""
    bestaand = stand(stad(1, "0600", "Rozenburg", tot=date(2011, 1, 1)), stad(2, "0599", "Rotterdam"))
    gepland = herindeling("2010-03-18,0600,0599,geheel,ja", bestaand)
    [ingreep] = gepland.ingrepen
    assert ingreep.velden == {"geldig_tot": date(2010, 3, 18)}
    assert ingreep.kenmerken_anders == {11: {"geldig_tot": date(2010, 3, 18)}}
    assert len(gepland.herindelingen) == 1


def test_gedeeltelijk_heft_niet_op():
    bestaand = stand(stad(1, "0003", "A"), stad(2, "0005", "B"))
    assert herindeling("2010-01-01,0003,0005,gedeeltelijk,ja", bestaand).ingrepen == []


@pytest.mark.parametrize(
    ("rij", "deel"),
    [
        (
            "2010-01-01,0003,9999,geheel,ja",
            "de opvolger 9999 is niet bekend. Lees eerst de gemeentelijst van na 01-01-2010 in.",
        ),
        ("2010-01-01,9999,0003,geheel,ja", "de oude gemeente 9999 is niet bekend."),
        ("2009-06-01,0003,1900,geheel,ja", "de opvolger 1900 C bestaat volgens de tabel niet op 01-06-2009."),
        ("2010-01-01,0005,0003,geheel,ja", "de oude gemeente 0005 B is volgens de tabel al opgeheven per 01-01-2009."),
        ("2008-01-01,0003,0005,geheel,ja", "de oude gemeente 0003 A bestaat volgens de tabel pas vanaf 01-01-2008."),
        ("2010-01-01,0007,0003,geheel,ja", "gemeente 0007 D heeft per 01-01-2010 al een aangewezen opvolger: 1900."),
    ],
)
def test_herindelingen_die_niet_op_de_tabel_passen(rij, deel):
    bestaand = stand(
        stad(1, "0003", "A"),
        stad(2, "0005", "B", tot=D2009),
        stad(3, "1900", "C", van=D2010),
        stad(4, "0007", "D", tot=D2010),
        herindelingen={(D2010, "0007", "1900"): True},
    )
    assert zinnen(herindeling(rij, bestaand).problemen) == [f"Rij 2: {deel}"]
