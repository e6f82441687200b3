"""Importing in the browser: upload, look at the difference, confirm. Expected figures are those of CBS, and of the small files here."""

import io
import re
from datetime import date
from html import unescape
from unittest import mock

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from regio import inlezingen, queries
from regio.bestandsoorten import BESTANDSOORTEN
from regio.models import Gebeurtenis, Gemeente, Herindeling, Inlezing, Kenmerken, Lidmaatschap, Regio
from regio.referentie import GEGEVENS

D2008, D2011 = date(2008, 1, 1), date(2011, 1, 1)


@pytest.fixture
def deur(client, beheerder):
    client.force_login(beheerder)
    return client


def bied_aan(deur, soort: str, inhoud: bytes | str, peildatum: str = "", naam="lijst.csv"):
    bestand = SimpleUploadedFile(naam, inhoud.encode() if isinstance(inhoud, str) else inhoud)
    return deur.post(
        "/gemeenten/importeren/", {"soort": soort, "peildatum": peildatum, "bestand": bestand}, follow=True
    )


def stempel(antwoord) -> str:
    return re.search(r'name="stempel" value="([0-9a-f]{64})"', antwoord.content.decode())[1]


def lees_in(deur, *args, **velden):
    antwoord = bied_aan(deur, *args)
    return deur.post(antwoord.request["PATH_INFO"], {"stempel": stempel(antwoord), **velden}, follow=True)


def kaal(antwoord) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", antwoord.content.decode())).split())


def tabellen() -> list:
    """Every row of the reference tables."""
    return [list(m.objects.order_by("pk").values()) for m in (Gemeente, Kenmerken, Herindeling, Regio, Lidmaatschap)]


# --- The real lists ------------------------------------------------------------------------------------------------------


def test_de_jaarlijsten_na_elkaar_door_deze_deur(deur):
    """443, 441, 431 and 418 municipalities, and everyone of 2008 has a successor in 2011."""
    lees_in(deur, "regios", (GEGEVENS / "regios.csv").read_bytes())
    kop, *herindelingen = (GEGEVENS / "herindelingen.csv").read_text().splitlines()
    for jaar, aantal in ((2008, 443), (2009, 441), (2010, 431), (2011, 418)):
        lijst = (GEGEVENS / f"gemeenten_{jaar}-01-01.csv").read_bytes()
        assert "is ingelezen" in kaal(lees_in(deur, "gemeenten", lijst, f"01-01-{jaar}"))
        assert Gemeente.objects.op(date(jaar, 1, 1)).count() == aantal
        van_dit_jaar = [rij for rij in herindelingen if f"{jaar - 1}-01-01" < rij[:10] <= f"{jaar}-01-01"]
        if van_dit_jaar:
            lees_in(deur, "herindelingen", "\n".join([kop, *van_dit_jaar]))
    assert Herindeling.objects.count() == 36
    for datum, aantal in ((D2008, 443), (date(2009, 1, 1), 441), (date(2010, 1, 1), 431), (D2011, 418)):
        assert Gemeente.objects.op(datum).count() == aantal
        assert Kenmerken.objects.op(datum).count() == aantal
    assert Gemeente.objects.op(date(2010, 3, 17)).count() == 431
    assert Gemeente.objects.op(date(2010, 3, 18)).count() == 430  # Rozenburg went over into Rotterdam
    van_2008 = list(Gemeente.objects.op(D2008))
    assert all(queries.opvolgers_per_gemeente(van_2008, D2011).values())
    # Meerlo-Wanssum (0993) was divided: its designated successor is Horst aan de Maas, another part went to Venray.
    verdeeld = Gemeente.objects.get(code="0993")
    assert {g.naam for g in queries.opvolgers(verdeeld, D2011)} == {"Horst aan de Maas", "Venray"}
    # Again: nothing.
    voor = tabellen()
    nog_eens = bied_aan(deur, "gemeenten", lijst, "01-01-2011")
    assert "er valt niets in te lezen" in kaal(nog_eens)
    assert tabellen() == voor


# --- Looking, and confirming ---------------------------------------------------------------------------------------------


def test_controleren_verandert_niets_en_toont_het_verschil(deur, gemeente):
    voor = tabellen()
    antwoord = bied_aan(
        deur, "gemeenten", "code;naam;inwoners\n363;Groot-Amsterdam;790110\n384;Diemen;25010\n", "01-01-2012"
    )
    assert tabellen() == voor
    tekst = kaal(antwoord)
    assert "gelezen als CSV, UTF-8, kolommen gescheiden door puntkomma's" in tekst
    assert "Diemen 0384 vanaf 01-01-2012 inwoners: 25.010" in tekst
    assert "Amsterdam 0363 naam: Amsterdam → Groot-Amsterdam" in tekst
    deur.post(antwoord.request["PATH_INFO"], {"stempel": stempel(antwoord)})
    gemeente.refresh_from_db()
    assert gemeente.naam == "Groot-Amsterdam"
    assert Gemeente.objects.get(code="0384").geldig_van == date(2012, 1, 1)
    inlezing = Inlezing.objects.get()
    assert [groep["titel"] for groep in inlezing.verschil] == ["Nieuw", "Hernoemd"]
    assert Gebeurtenis.objects.van(inlezing).count() == 2
    assert Gebeurtenis.objects.van(gemeente).get().wie.username == "beheerder"
    assert "Ingelezen op" in kaal(deur.get(inlezing.get_absolute_url()))
    # A second confirmation, from another tab, does nothing more.
    assert deur.post(inlezing.get_absolute_url(), {"stempel": stempel(antwoord)}).status_code == 409
    assert Gebeurtenis.objects.van(gemeente).count() == 1


def test_wat_intussen_veranderde_wordt_eerst_opnieuw_getoond(deur, gemeente):
    antwoord = bied_aan(deur, "gemeenten", "code,naam\n0363,Mokum\n", "01-01-2012")
    Gemeente.objects.filter(pk=gemeente.pk).update(naam="Amstelredam")
    opnieuw = deur.post(antwoord.request["PATH_INFO"], {"stempel": stempel(antwoord)})
    assert opnieuw.status_code == 409
    assert "naam: Amstelredam → Mokum" in kaal(opnieuw)
    assert Gemeente.objects.get().naam == "Amstelredam"
    assert deur.post(antwoord.request["PATH_INFO"], {"stempel": stempel(opnieuw)}).status_code == 302
    assert Gemeente.objects.get().naam == "Mokum"


def test_het_gebeurt_helemaal_of_niet(deur, gemeente):
    antwoord = bied_aan(deur, "gemeenten", "code,naam\n0363,Mokum\n0384,Diemen\n", "01-01-2012")
    voor = tabellen()
    with (
        mock.patch.object(inlezingen, "als_gegevens", side_effect=RuntimeError("stroom weg")),
        pytest.raises(RuntimeError),
    ):
        deur.post(antwoord.request["PATH_INFO"], {"stempel": stempel(antwoord)})
    assert tabellen() == voor
    assert Inlezing.objects.get().uitgevoerd_op is None


def test_een_halve_lijst_vraagt_een_bevestiging(deur, gemeente):
    antwoord = bied_aan(deur, "gemeenten", "code,naam\n0384,Diemen\n", "01-01-2012")
    assert "1 van de 1 gemeenten zijn opgeheven" in kaal(antwoord)
    pad = antwoord.request["PATH_INFO"]
    zonder = deur.post(pad, {"stempel": stempel(antwoord)})
    assert (zonder.status_code, Gemeente.objects.count()) == (422, 1)
    assert deur.post(pad, {"stempel": stempel(antwoord), "klopt": "on"}).status_code == 302
    gemeente.refresh_from_db()
    assert gemeente.geldig_tot == date(2012, 1, 1)


def test_weggooien(deur, gemeente):
    antwoord = bied_aan(deur, "gemeenten", "code,naam\n0363,Mokum\n", "01-01-2012")
    deur.post(antwoord.request["PATH_INFO"] + "weggooien/")
    assert not Inlezing.objects.exists()
    assert Gemeente.objects.get().naam == "Amsterdam"
    lees_in(deur, "gemeenten", "code,naam\n0363,Mokum\n", "01-01-2012")
    ingelezen = Inlezing.objects.get()
    deur.post(f"{ingelezen.get_absolute_url()}weggooien/")
    assert Inlezing.objects.filter(pk=ingelezen.pk).exists()


def test_het_bestand_blijft_zoals_het_kwam(deur, gemeente):
    inhoud = "code;naam\n0363;Môkum\n".encode("cp1252")
    antwoord = bied_aan(deur, "gemeenten", inhoud, "01-01-2012")
    assert "Windows-1252" in kaal(antwoord)
    terug = deur.get(antwoord.request["PATH_INFO"] + "bestand/")
    assert terug.content == inhoud
    assert terug["Content-Disposition"] == 'attachment; filename="lijst.csv"'


# --- Wrong files: nothing is kept, nothing changes -----------------------------------------------------------------------


def bom() -> bytes:
    """A workbook that says of itself that it has a million rows, and unpacks to seventy megabytes."""
    import zipfile

    boek, uit = openpyxl.Workbook(), io.BytesIO()
    boek.active.append(["code", "naam"])
    boek.save(uit)
    with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as pakket:
        pakket.writestr("xl/worksheets/sheet9.xml", b" " * 70_000_000)
    return uit.getvalue()


FOUT = [
    ("gemeenten", "code;naam\n0363\n", "Rij 2: 1 cellen, terwijl er 2 kolommen zijn."),
    ("gemeenten", "code;plaats\n0363;A\n", "Rij 1: Deze kolommen ontbreken: naam."),
    ("gemeenten", "code;naam\n0363;A\n0363;B\n", "Rij 3: de code 0363 staat ook op rij 2."),
    ("gemeenten", "code;naam;inwoners\n0363;A;veel\n", "Rij 2: inwoners 'veel' is geen aantal inwoners"),
    ("gemeenten", "code;naam;provincie\n0363;A;Atlantis\n", "Rij 2: provincie 'Atlantis' is niet bekend."),
    ("gemeenten", "code;naam\n" + "0363;A\n" * 100_000, "Het bestand heeft meer dan 20.000 rijen"),
    ("gemeenten", b"%PDF-1.7 ...", "Dit is een PDF."),
    ("gemeenten", b"", "Het bestand is leeg."),
    ("gemeenten", bom(), "Deze werkmap bevat uitgepakt te veel om te lezen."),
    ("gemeenten", b"x" * 5_000_001, "'lijst.csv' is te groot: 5 MB, ten hoogste 5 MB mag."),
    ("herindelingen", "datum;oud;nieuw\n2012-01-01;0363;1999\n", "Rij 2: de opvolger 1999 is niet bekend."),
    ("herindelingen", "datum;oud;nieuw\n2012-01-01;0363;0363\n", "Rij 2: gemeente 0363 kan niet in zichzelf opgaan."),
    (
        "regios",
        "soort;code;naam;gemeente;vanaf\nrpa;R;Streek;1999;2009-01-01\n",
        "Rij 2: gemeente 1999 is niet bekend.",
    ),
    (
        "regios",
        "soort;code;naam;gemeente;vanaf\nprovincie;PV27;Noord-Holland;0363;2007-01-01\n",
        "Rij 2: gemeente 0363 Amsterdam bestaat volgens de tabel pas vanaf 01-01-2008.",
    ),
    (
        "regios",
        "soort;code;naam;gemeente;vanaf;tot\nprovincie;PV28;Zuid-Holland;0363;2009-01-01;2010-01-01\n",
        "Rij 2: gemeente 0363 Amsterdam is van 01-01-2008 tot nu al lid van Noord-Holland (provincie).",
    ),
]


@pytest.mark.parametrize(("soort", "inhoud", "zin"), FOUT, ids=[zin[:40] for *_, zin in FOUT])
def test_een_fout_bestand(deur, gemeente, soort, inhoud, zin):
    voor = tabellen()
    antwoord = bied_aan(deur, soort, inhoud, "01-01-2012")
    assert zin in kaal(antwoord)
    assert tabellen() == voor
    assert not Inlezing.objects.exists()


def test_de_peildatum_is_nodig_bij_een_lijst(deur):
    assert "Vul in op welke dag dit geldt." in kaal(bied_aan(deur, "gemeenten", "code,naam\n0363,A\n"))


def test_zonder_regios_staat_er_wat_eerst_moet(deur):
    """Two provinces in three rows and none in the table: one sentence says what to do, and the date is not called optional."""
    lijst = "code;naam;provincie\n0003;A;Groningen\n0005;B;Groningen\n0363;C;Utrecht\n"
    tekst = kaal(bied_aan(deur, "gemeenten", lijst, "01-01-2012"))
    assert "Rij 2: provincie 'Groningen' is niet bekend, en 1 andere ook niet. Lees eerst de regio's in (soort" in tekst
    assert tekst.count("is niet bekend") == 1
    assert "Peildatum Nodig bij gemeenten en grenzen" in tekst


def test_elk_voorbeeld_kan_worden_gelezen(deur):
    for soort in BESTANDSOORTEN:
        voorbeeld = deur.get(f"/gemeenten/importeren/voorbeeld/{soort}/").content
        _, problemen = inlezingen.LEZERS[soort](voorbeeld, D2008)
        assert problemen == [], soort
    assert deur.get("/gemeenten/importeren/voorbeeld/anders/").status_code == 404


# --- What is suspicious, and memberships ---------------------------------------------------------------------------------


def test_verdacht(deur, gemeente):
    Gemeente.objects.create(code="0384", naam="Diemen", geldig_van=D2008)
    Regio.objects.create(soort="provincie", code="PV28", naam="Zuid-Holland")
    tekst = kaal(
        bied_aan(
            deur,
            "gemeenten",
            "code,naam,inwoners,provincie\n0363,Diemen,74709,PV28\n0384,Amsterdam,,\n",
            "01-01-2012",
        )
    )
    assert "0363 heet voortaan Diemen, maar zo heet tot nu toe 0384." in tekst
    assert "Van 0363 Amsterdam gaan de inwoners van 747.090 naar 74.709, zonder bekende herindeling." in tekst
    assert "0363 Amsterdam gaat van provincie Noord-Holland naar Zuid-Holland." in tekst


def test_een_nieuw_lidmaatschap_beeindigt_het_vorige(deur, gemeente):
    bestand = (
        "soort;code;naam;gemeente;vanaf\nprovincie;PV28;Zuid-Holland;363;01-01-2012\nplusregio;P1;Stad;363;01-01-2012\n"
    )
    lees_in(deur, "regios", bestand)
    leden = gemeente.lidmaatschappen.order_by("regio__code").values_list("regio__code", "geldig_van", "geldig_tot")
    assert list(leden) == [
        ("P1", date(2012, 1, 1), None),
        ("PV27", D2008, date(2012, 1, 1)),
        ("PV28", date(2012, 1, 1), None),
    ]
    assert "er valt niets in te lezen" in kaal(bied_aan(deur, "regios", bestand))


def test_een_einddatum_wordt_bijgewerkt(deur, gemeente):
    lees_in(
        deur,
        "regios",
        "soort;code;naam;gemeente;vanaf;tot\nprovincie;PV27;Noord-Holland;363;2008-01-01;2012-01-01\n",
    )
    assert gemeente.lidmaatschappen.get().geldig_tot == date(2012, 1, 1)


def test_regios_met_de_opdrachtregel(tmp_path, gemeente, capsys):
    bestand = tmp_path / "regios.csv"
    bestand.write_text("soort;code;naam;gemeente;vanaf\nrpa;R1;Streek;0363;2009-01-01\n")
    call_command("importeer_regios", str(bestand), proef=True)
    assert not Regio.objects.filter(code="R1").exists()
    call_command("importeer_regios", str(bestand))
    assert "1 nieuwe regio's, 0 hernoemd, lidmaatschappen van 1 gemeenten gewijzigd" in capsys.readouterr().out
    assert Lidmaatschap.objects.get(regio__code="R1").gemeente == gemeente
    bestand.write_text("soort;code;naam;gemeente;vanaf\nrpa;R1;Streek;1999;2009-01-01\n")
    with pytest.raises(CommandError, match="Rij 2: gemeente 1999 is niet bekend"):
        call_command("importeer_regios", str(bestand))


def test_de_lijn_van_een_gemeente(client, beheerder):
    """A went into B in 2009 and B with C into D in 2011: each page tells the whole line, a step that was over before it not."""
    a, b, c, d = (
        Gemeente.objects.create(code=f"000{nummer}", naam=naam, geldig_van=D2008) for nummer, naam in enumerate("ABCD")
    )
    for oud, nieuw, jaar in ((a, b, 2009), (b, d, 2011), (c, d, 2011)):
        Herindeling.objects.create(oud=oud, nieuw=nieuw, datum=date(jaar, 1, 1))

    def stappen(gemeente):
        return [[f"{h.oud}{h.nieuw}" for h in kant] for kant in queries.lijn(gemeente)]

    assert stappen(a) == [[], ["AB", "BD"]]
    assert stappen(b) == [["AB"], ["BD"]]
    assert stappen(d) == [["AB", "BD", "CD"], []]
    assert stappen(c) == [[], ["CD"]]
    client.force_login(beheerder)
    assert "1 januari 2009 · A naar B" in kaal(client.get("/gemeenten/0003/"))


def test_wat_er_gebeurde_staat_in_het_logboek_en_bij_de_gemeenten(deur, gemeente):
    """The file by name and kind, with a link to it; at both gemeenten what became of them, and when."""
    lees_in(deur, "gemeenten", "code;naam;inwoners\n363;Amsterdam;790110\n384;Diemen;25010\n", "01-01-2012", "twee.csv")
    bestand = "datum;oud;nieuw;deel\n01-01-2013;384;363;geheel\n"
    lees_in(deur, "herindelingen", bestand, "", "samen.csv")
    verhalen = {
        naam: [str(verhaal) for verhaal in queries.geschiedenis(Gemeente.objects.get(naam=naam))]
        for naam in ("Amsterdam", "Diemen")
    }
    assert any("opvolger per 01-01-2013 leeg → Amsterdam" in verhaal for verhaal in verhalen["Diemen"])
    assert any("voorganger per 01-01-2013 leeg → Diemen" in verhaal for verhaal in verhalen["Amsterdam"])
    logboek = deur.get("/logboek/")
    assert "controleerde inlezing samen.csv" in kaal(logboek)
    assert "voerde inlezing samen.csv uit" in kaal(logboek)
    assert Inlezing.objects.get(bestandsnaam="samen.csv").get_absolute_url() in logboek.content.decode()
