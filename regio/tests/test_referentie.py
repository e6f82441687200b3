"""The reference data against what CBS published, and the three commands that load data."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from regio import queries
from regio.models import Gebeurtenis, Gemeente, Herindeling, Kenmerken, Lidmaatschap, Regio
from regio.referentie import lees_referentie
from regio.regels import zonder_regels

D2008, D2011 = date(2008, 1, 1), date(2011, 1, 1)


def roep(*args, **opties) -> str:
    uit = StringIO()
    call_command(*args, stdout=uit, **opties)
    return uit.getvalue()


def leden(datum, soort, code=None):
    gevonden = Lidmaatschap.objects.op(datum).filter(regio__soort=soort)
    return gevonden.filter(regio__code=code) if code else gevonden


# --- The facts -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("referentie")
class TestFeiten:
    @pytest.mark.parametrize(
        ("datum", "aantal"),
        [
            (date(2008, 1, 1), 443),
            (date(2009, 1, 1), 441),
            (date(2010, 1, 1), 431),
            (date(2010, 3, 17), 431),
            (date(2010, 3, 18), 430),  # Rozenburg went over into Rotterdam
            (date(2011, 1, 1), 418),
        ],
    )
    def test_aantal_gemeenten(self, db, datum, aantal):
        assert Gemeente.objects.op(datum).count() == aantal
        assert Kenmerken.objects.op(datum).count() == aantal
        assert leden(datum, Regio.Soort.PROVINCIE).count() == aantal

    def test_aantal_regios(self, db):
        per_soort = Counter(Regio.objects.values_list("soort", flat=True))
        assert per_soort == {"provincie": 12, "corop": 40, "rpa": 34, "plusregio": 7, "arbeidsmarktregio": 30}

    def test_elke_regio_heeft_gemeenten(self, db):
        for datum, soorten in ((D2008, ("provincie", "corop", "rpa", "plusregio")), (D2011, ("arbeidsmarktregio",))):
            for soort in soorten:
                gevuld = leden(datum, soort).values("regio").distinct().count()
                assert gevuld == Regio.objects.filter(soort=soort).count()

    def test_iedere_gemeente_van_2008_heeft_een_provincie_een_corop_en_een_rpa(self, db):
        for soort in ("provincie", "corop", "rpa"):
            assert Counter(leden(D2008, soort).values_list("gemeente", flat=True)).most_common(1)[0][1] == 1
            assert leden(D2008, soort).count() == 443

    def test_grootteklassen_2008(self, db):
        per_klasse = Counter(kenmerken.grootteklasse.code for kenmerken in Kenmerken.objects.op(D2008))
        assert per_klasse == {1: 7, 2: 46, 3: 135, 4: 188, 5: 42, 6: 13, 7: 8, 8: 4}

    def test_inwoners_2008(self, db):
        """CBS: 16.4 million, on average 37 thousand, 332 municipalities below the average."""
        aantallen = list(Kenmerken.objects.op(D2008).values_list("inwoners", flat=True))
        assert sum(aantallen) == 16_405_350
        assert sum(aantal < sum(aantallen) / 443 for aantal in aantallen) == 332
        assert set(Kenmerken.objects.exclude(inwoners=None).values_list("inwoners_peildatum", flat=True)) == {D2008}

    def test_randstad_2008(self, db):
        in_randstad = Kenmerken.objects.op(D2008).filter(randstad=True)
        assert in_randstad.count() == 139
        assert round(100 * sum(k.inwoners for k in in_randstad) / 16_405_350) == 41

    @pytest.mark.parametrize(
        ("code", "naam", "provincie", "corop", "rpa"),
        [
            ("0363", "Amsterdam", "Noord-Holland", "Groot-Amsterdam", "Zuidelijk Noord-Holland"),
            ("0518", "'s-Gravenhage", "Zuid-Holland", "Agglomeratie 's-Gravenhage", "Haaglanden"),
            ("0710", "Wûnseradiel", "Fryslân", "Zuidwest-Friesland", "Fryslân"),
            ("0329", "Loenen", "Utrecht", "Utrecht", "Gooi en Vechtstreek"),
        ],
    )
    def test_gemeenten_die_we_kennen(self, db, code, naam, provincie, corop, rpa):
        gemeente = Gemeente.objects.get(code=code)
        assert gemeente.naam == naam
        regios = dict(gemeente.lidmaatschappen.op(D2008).values_list("regio__soort", "regio__naam"))
        assert (regios["provincie"], regios["corop"], regios["rpa"]) == (provincie, corop, rpa)

    @pytest.mark.parametrize(
        ("zoek", "code"),
        [
            ("den haag", "0518"),
            ("gravenhage", "0518"),
            ("sudwest", "1900"),
            ("Súdwest", "1900"),
            ("wunsera", "0710"),
            ("GM0363", "0363"),
        ],
    )
    def test_zoeken(self, db, zoek, code):
        assert Gemeente.objects.zoek(zoek).values_list("code", flat=True).get() == code

    def test_iedere_gemeente_van_2008_heeft_een_opvolger_in_2011(self, db):
        for gemeente in Gemeente.objects.op(D2008):
            assert queries.opvolgers(gemeente, D2011), gemeente

    def test_opvolgers(self, db):
        def namen(code, datum=D2011):
            return sorted(g.naam for g in queries.opvolgers(Gemeente.objects.get(code=code), datum))

        assert namen("0363") == ["Amsterdam"]
        assert namen("0683") == ["Súdwest-Fryslân"]
        assert namen("0993") == ["Horst aan de Maas", "Venray"]
        assert namen("0600", date(2010, 3, 17)) == ["Rozenburg"]
        assert namen("0600") == ["Rotterdam"]
        assert namen("1900", D2008) == []

    def test_hoofdopvolgers(self, db):
        """443 of 2008 and the 10 that are new since, less the 418 of 2011: 35 ended, each with one designated successor."""
        kaart = queries.hoofdopvolgers(D2011)
        assert len(kaart) == 35
        codes = dict(Gemeente.objects.values_list("pk", "code"))
        assert {codes[oud]: codes[nieuw] for oud, nieuw in kaart.items()}["0993"] == "0984"

    def test_samengevoegd_is_opgeteld_en_gesplitst_is_onbekend(self, db):
        def inwoners(code, datum):
            return Kenmerken.objects.op(datum).get(gemeente__code=code).inwoners

        assert inwoners("0039", D2008) + inwoners("0052", D2008) + inwoners("1661", D2008) == inwoners("1895", D2011)
        assert inwoners("1900", D2011) == 81_930
        assert inwoners("0984", date(2009, 12, 31)) is not None
        assert inwoners("0984", D2011) is None  # Venray got a part of Meerlo-Wanssum
        assert inwoners("1507", D2011) is None

    def test_wat_voorgangers_niet_gemeen_hebben_blijft_leeg(self, db):
        def soorten(code):
            return set(
                Lidmaatschap.objects.op(D2011).filter(gemeente__code=code).values_list("regio__soort", flat=True)
            )

        assert "corop" not in soorten("1884")
        assert "corop" not in soorten("1892")
        assert "rpa" not in soorten("1904")
        assert {"corop", "rpa"} <= soorten("1900")

    def test_onzekere_plusregios_zijn_leeg(self, db):
        assert not leden(D2008, "plusregio").filter(
            gemeente__naam__in=["Montferland", "Berkelland", "Utrechtse Heuvelrug"]
        )

    def test_twee_keer_laden_is_een_keer(self, db):
        gebeurtenissen = Gebeurtenis.objects.count()
        assert "niets te doen" in roep("laad_referentie")
        assert Gebeurtenis.objects.count() == gebeurtenissen
        assert Herindeling.objects.count() == 36

    def test_wat_de_beheerder_wijzigde_blijft(self, client, beheerder):
        client.force_login(beheerder)
        gegevens = {"naam": "Bedum (Gr.)", "alias": "", "geldig_van": "01-01-2008", "geldig_tot": "", "versie": 2}
        assert client.post("/gemeenten/0005/wijzigen/", gegevens).status_code == 302
        uitvoer = roep("laad_referentie")
        assert "0005" in uitvoer
        assert Gemeente.objects.get(code="0005").naam == "Bedum (Gr.)"

    def test_fictieve_gemeenten_tellen_niet_mee(self, db):
        Gemeente.objects.create(code="F001", naam="Vlietmonde", fictief=True, geldig_van=D2008)
        assert Gemeente.objects.op(D2008).count() == 444
        assert Gemeente.objects.op(D2008).echt().count() == 443
        assert "niets te doen" in roep("laad_referentie")

    def test_laden_kost_weinig_queries(self, db, django_assert_max_num_queries):
        """Bulk: not one query per municipality."""
        for model in (Lidmaatschap, Kenmerken, Herindeling, Gemeente, Regio):
            model.objects.all().delete()
        with zonder_regels(connection):
            Gebeurtenis.objects.all().delete()
        with django_assert_max_num_queries(180):
            roep("laad_referentie")
        assert Gemeente.objects.op(D2011).count() == 418


def test_de_meegeleverde_bestanden_zijn_gaaf():
    regios, lijsten, herindelingen = lees_referentie()
    assert len(regios) == 123
    assert [len(lijst.regels) for lijst in lijsten] == [443, 441, 431, 418]
    assert len(herindelingen) == 36


def test_een_beschadigd_bestand_noemt_bestand_en_rij(tmp_path):
    for bestand in lees_referentie.__defaults__[0].glob("*.csv"):
        (tmp_path / bestand.name).write_bytes(bestand.read_bytes().replace(b"0009,Ten Boer", b"9x,Ten Boer"))
    with pytest.raises(ValueError, match=r"gemeenten_2008-01-01\.csv: Rij 5: code '9x' is geen CBS-code"):
        lees_referentie(tmp_path)


# --- The import commands -------------------------------------------------------------------------------------------------


def lijst(tmp_path, tekst: str) -> str:
    pad = tmp_path / "lijst.csv"
    pad.write_text(tekst, encoding="utf-8")
    return str(pad)


def test_importeer_gemeenten(tmp_path, gemeente):
    bestand = lijst(
        tmp_path, "code,naam,inwoners,provincie\n0363,Amsterdam,790110,Noord-Holland\n0384,Diemen,25010,PV27\n"
    )
    uitvoer = roep("importeer_gemeenten", bestand, "--peildatum=2012-01-01")
    assert "2 gemeenten per 01-01-2012: 1 nieuw, 1 gewijzigd, 0 opgeheven." in uitvoer
    assert (
        "gewijzigd  0363 Amsterdam: inwoners: 747090 → 790110; inwoners geteld op: 2008-01-01 → 2012-01-01" in uitvoer
    )
    periodes = gemeente.kenmerken.values_list("geldig_van", "geldig_tot", "inwoners", "randstad")
    assert list(periodes) == [
        (D2008, date(2012, 1, 1), 747_090, True),
        (date(2012, 1, 1), None, 790_110, True),
    ]
    gemeente.refresh_from_db()
    assert gemeente.versie == 2
    regel = Gebeurtenis.objects.van(gemeente).get()
    assert (regel.wie, regel.reden) == (None, "gemeentelijst per 01-01-2012")
    assert "0 nieuw, 0 gewijzigd, 0 opgeheven" in roep("importeer_gemeenten", bestand, "--peildatum=01-01-2012")


def test_een_proef_verandert_niets(tmp_path, gemeente):
    bestand = lijst(tmp_path, "code,naam\n0363,Groot-Amsterdam\n")
    assert "gewijzigd  0363 Amsterdam: naam: Amsterdam → Groot-Amsterdam" in roep(
        "importeer_gemeenten", bestand, "--peildatum=2012-01-01", proef=True
    )
    gemeente.refresh_from_db()
    assert gemeente.naam == "Amsterdam"


def test_een_naamswijziging_is_daarna_te_vinden(tmp_path, gemeente):
    roep("importeer_gemeenten", lijst(tmp_path, "code,naam\n0363,Mokum\n"), "--peildatum=2012-01-01")
    assert Gemeente.objects.zoek("mokum").get() == gemeente


def test_opheffen_sluit_ook_kenmerken_en_lidmaatschappen(tmp_path, gemeente):
    bestand = lijst(tmp_path, "code,naam\n0384,Diemen\n")
    with pytest.raises(CommandError, match="1 van de 1 gemeenten"):
        roep("importeer_gemeenten", bestand, "--peildatum=2012-01-01")
    assert "1 opgeheven" in roep("importeer_gemeenten", bestand, "--peildatum=2012-01-01", toch=True)
    gemeente.refresh_from_db()
    assert gemeente.geldig_tot == date(2012, 1, 1)
    assert gemeente.kenmerken.get().geldig_tot == date(2012, 1, 1)
    assert gemeente.lidmaatschappen.get().geldig_tot == date(2012, 1, 1)


def test_een_fout_bestand_verandert_niets(tmp_path, gemeente):
    bestand = lijst(tmp_path, "code,naam\n0384,Diemen\n363x,Mokum\n")
    with pytest.raises(CommandError) as fout:
        roep("importeer_gemeenten", bestand, "--peildatum=2012-01-01")
    assert "er is niets veranderd" in str(fout.value)
    assert "- Rij 3: code '363x' is geen CBS-code van vier cijfers." in str(fout.value)
    assert Gemeente.objects.count() == 1
    assert not Gebeurtenis.objects.exists()


def test_bestand_dat_er_niet_is(db):
    with pytest.raises(CommandError, match=r"Het bestand /bestaat/niet\.csv kan niet worden gelezen"):
        roep("importeer_gemeenten", "/bestaat/niet.csv", "--peildatum=2012-01-01")


def test_peildatum_die_geen_datum_is(db):
    with pytest.raises(CommandError, match="geen datum"):
        roep("importeer_gemeenten", "x.csv", "--peildatum=2012-02-30")


def test_importeer_herindelingen(tmp_path, gemeente):
    diemen = Gemeente.objects.create(code="0384", naam="Diemen", geldig_van=D2008)
    bestand = lijst(tmp_path, "datum,oud,nieuw,deel\n2012-01-01,0384,0363,geheel\n")
    assert "1 herindelingen gelezen, 1 nieuw, 1 gemeenten opgeheven." in roep("importeer_herindelingen", bestand)
    diemen.refresh_from_db()
    assert diemen.geldig_tot == date(2012, 1, 1)
    assert queries.opvolgers(diemen, date(2012, 1, 1)) == (gemeente,)
    assert "1 herindelingen gelezen, 0 nieuw, 0 gemeenten opgeheven." in roep("importeer_herindelingen", bestand)


def test_herindeling_met_een_onbekende_opvolger(tmp_path, gemeente):
    bestand = lijst(tmp_path, "datum,oud,nieuw\n2012-01-01,0363,1999\n")
    with pytest.raises(CommandError, match="Rij 2: de opvolger 1999 is niet bekend"):
        roep("importeer_herindelingen", bestand)
    assert not Herindeling.objects.exists()
