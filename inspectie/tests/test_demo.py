"""The demo: three rounds of invented municipalities whose counts are those of V08/01, made by the road that people walk."""

import csv
import io
import re
import uuid
from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from inspectie.controle import controleer
from inspectie.demo import bron
from inspectie.demo.bouwer import maak_demo
from inspectie.tests.demo_fixture import demo, rijen  # noqa: F401
from rapportage import kwantoren
from regio.models import Gebeurtenis, Gebruiker, Gemeente, Herindeling, Lidmaatschap, Regio
from regio.regels import zonder_regels
from vragenlijst import queries, routing
from vragenlijst.actions import antwoord_opslaan
from vragenlijst.models import (
    Antwoord,
    Antwoordversie,
    Beoordeling,
    Bevinding,
    Dossier,
    Intentie,
    Interview,
    Opmerking,
    Opvolging,
    Ronde,
    Vraag,
)
from vragenlijst.queries import intenties as queries_intenties
from vragenlijst.werkvoorraad import leemten_van

REFERENTIE = Path(__file__).resolve().parents[2] / "regio" / "gegevens"


def uitspraken() -> list[dict]:
    """The table of what V08/01 states."""
    with (bron.MAP / "v08_01.csv").open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


# --- The counts of V08/01 -------------------------------------------------------------------------------------------
# A term of the table is looked up with the plainest query there is; a set of dossiers comes out.


def dossiers_met(**voorwaarden) -> set[int]:
    return set(Dossier.objects.filter(ronde__slug="juni-2008", **voorwaarden).values_list("pk", flat=True))


def met_vraag(code: str, waarde: str) -> set[int]:
    bevindingen = Bevinding.objects.filter(dossier__ronde__slug="juni-2008", vraag__code=code, vervallen=False)
    if waarde == "eigen":
        return {b.dossier_id for b in bevindingen.select_related("dossier") if b.gemeente_id == b.dossier.gemeente_id}
    return set(bevindingen.filter(keuze__code=waarde).values_list("dossier", flat=True))


def met_norm(code: str, oordeel: str) -> set[int]:
    beoordelingen = Beoordeling.objects.filter(dossier__ronde__slug="juni-2008", aandachtspunt__code=code)
    return set(beoordelingen.filter(oordeel=oordeel).values_list("dossier", flat=True))


def met_thema(vraag: str, naam: str) -> set[int]:
    ronde = Ronde.objects.get(slug="juni-2008")
    thema = ronde.themas.get(vraag__code=vraag, naam=naam)
    return set(thema.bevindingen.filter(vervallen=False).values_list("dossier", flat=True))


def met_verband(naam: str) -> set[int]:
    leden = Lidmaatschap.objects.filter(regio__soort=Regio.Soort.SAMENWERKING, regio__naam__startswith=f"{naam} ")
    return dossiers_met(gemeente__in=leden.values("gemeente"))


TERMEN: tuple[tuple[str, Callable[..., set[int]]], ...] = (
    (r"alle", lambda: dossiers_met()),
    (r"rol=(.+)", lambda rol: dossiers_met(rol=rol)),
    (r"randstad=(ja|nee)", lambda antwoord: dossiers_met(randstad=antwoord == "ja")),
    (
        r"gesproken=(.+)",
        lambda domein: dossiers_met(
            pk__in=Interview.objects.tellend().filter(actorgroep__domein=domein).values("dossier")
        ),
    ),
    (r"verband=(.+)", met_verband),
    (r"thema (V\S+)=(.+)", met_thema),
    (r"(V\S+)=(.+)", met_vraag),
    (r"(A\S+)=(.+)", met_norm),
)


def telling(uitdrukking: str) -> set[int]:
    """The dossiers of June 2008 for which every part (`… & …`, `niet …`) holds."""
    gevonden = dossiers_met()
    for deel in uitdrukking.split(" & "):
        kaal = deel.removeprefix("niet ")
        patroon, zoek = next((p, z) for p, z in TERMEN if re.fullmatch(p, kaal))
        deze = zoek(*re.fullmatch(patroon, kaal).groups())
        gevonden = gevonden - deze if kaal != deel else gevonden & deze
    return gevonden


def eenheden(dossiers: set[int], eenheid: str) -> set:
    """What is counted: the municipalities themselves, or the RPA-gebieden or grootteklassen that they are in."""
    if eenheid == "regio":
        leden = Lidmaatschap.objects.filter(regio__soort=Regio.Soort.RPA, gemeente__dossiers__in=dossiers)
        return set(leden.values_list("regio", flat=True))
    if eenheid == "grootteklasse":
        return set(Dossier.objects.filter(pk__in=dossiers).values_list("grootteklasse_code", flat=True))
    assert eenheid == "gemeente"
    return dossiers


def tel(rij: dict) -> tuple[int, int]:
    """(teller, noemer) of one row, from the database."""
    if rij["eenheid"] == "interview":
        gehouden = Interview.objects.tellend().filter(dossier__ronde__slug="juni-2008")
        van, tot = (date.fromisoformat(d) for d in rij["maat"].removeprefix("periode=").split(".."))
        return gehouden.filter(datum__range=(van, tot)).count(), gehouden.count()
    groep, maat = telling(rij["groep"]), telling(rij["maat"])
    return len(eenheden(groep & maat, rij["eenheid"])), len(eenheden(groep, rij["eenheid"]))


def test_elke_uitspraak_van_v08_01_klopt_met_de_demo(demo):  # noqa: F811
    rijen_ = uitspraken()
    assert [int(rij["nr"]) for rij in rijen_] == list(range(1, 69))
    anders = {
        f"{rij['nr']} {rij['kern']}": (tel(rij), (int(rij["teller"]), int(rij["noemer"])))
        for rij in rijen_
        if tel(rij) != (int(rij["teller"]), int(rij["noemer"]))
    }
    assert not anders


def test_de_getallen_die_de_bron_zelf_noemt(demo):  # noqa: F811
    """Once more without the table, so that a mistake in reading the table cannot hide."""
    juni = Dossier.objects.filter(ronde__slug="juni-2008")
    assert juni.filter(rol="voortrekker").count() == 9
    assert juni.filter(rol="niet-voortrekker").count() == 4
    bevindingen = Bevinding.objects.filter(dossier__in=juni, vervallen=False)
    assert bevindingen.filter(vraag__code="V1.2", keuze__code="ja").count() == 6
    assert bevindingen.filter(vraag__code="V1.2", keuze__code="intentie").count() == 2
    assert bevindingen.filter(vraag__code="V2.5", keuze__code="ja").count() == 1


@pytest.mark.parametrize(
    ("begin", "woord"),
    [
        ("Bij ongeveer de helft", "ongeveer de helft"),
        ("Op een enkele uitzondering", "een enkele"),
        ("slechts enkele", "enkele"),
        ("In de meeste door IWI onderzochte regio's", "de meeste"),
        ("In de meeste gevallen", "de meeste"),
        ("in de meeste plannen", "de meeste"),
        ("Meestal is sprake van een gezamenlijke regie", "de meeste"),
        ("beschrijven meestal wel", "de meeste"),
    ],
)
def test_het_woord_van_de_bron_past_bij_het_aantal(begin, woord):
    rij = next(rij for rij in uitspraken() if rij["kern"].startswith(begin))
    assert kwantoren.woord(int(rij["teller"]), int(rij["noemer"])) == woord


# --- The data hold together ------------------------------------------------------------------------------------------


def test_drie_rondes_in_hun_stand(demo):  # noqa: F811
    assert dict(Ronde.objects.values_list("slug", "status")) == {
        "juni-2008": "gesloten",
        "december-2009": "open",
        "juni-2010": "concept",
    }
    stand = {
        status: Dossier.objects.filter(ronde__slug="december-2009", status=status).count()
        for status in Dossier.Status.values
    }
    assert stand == {"gepland": 1, "in_uitvoering": 6, "ter_toetsing": 1, "vastgesteld": 4}
    assert set(Interview.objects.filter(dossier__ronde__slug="december-2009").values_list("status", flat=True)) == set(
        Interview.Status.values
    )
    assert Dossier.objects.filter(ronde__slug="juni-2010", status="gepland").count() == 14
    assert Ronde.objects.get(slug="december-2009").vorige.slug == "juni-2008"


def test_vlierhove_ging_na_de_eerste_ronde_over_in_zilverdrecht(demo):  # noqa: F811
    """31.700 inhabitants in 2008, growing by 4 per thousand, come to the 187.400 that grow by 5: 31.830 + 188.340 in 2009."""
    herindeling = Herindeling.objects.get(oud__fictief=True)
    assert (herindeling.oud.naam, herindeling.nieuw.naam) == ("Vlierhove", "Zilverdrecht")
    assert set(herindeling.oud.dossiers.values_list("ronde__slug", flat=True)) == {"juni-2008"}
    klassen = {k.geldig_van.year: (k.inwoners, k.grootteklasse.code) for k in herindeling.nieuw.kenmerken.all()}
    assert klassen[2009] == (31_830 + 188_340, klassen[2008][1])
    assert list(herindeling.oud.kenmerken.values_list("geldig_tot", flat=True)) == [date(2009, 1, 1)]


def test_er_zijn_tegenspraken_die_nog_wachten(demo):  # noqa: F811
    open_ = [
        (dossier.gemeente.naam, regel.vraag.code)
        for dossier in Dossier.objects.filter(ronde__slug="december-2009", status="in_uitvoering")
        for regel in queries.driehoeken(dossier)
        if regel.open and regel.beeld.stand == "tegengesteld"
    ]
    assert open_ == [
        ("Klaverstede", "V1.4"),
        ("Klaverstede", "V2.5"),
        ("Oosterwaarden", "V1.6"),
        ("Oosterwaarden", "V2.2"),
    ]


def test_een_bevinding_en_een_oordeel_zijn_te_herzien(demo):  # noqa: F811
    """In Klaverstede the employers said otherwise afterwards; in Ravenmonde a finding changed under the judgement on it."""
    bevindingen = Bevinding.objects.filter(te_herzien=True).select_related("dossier__gemeente", "vraag")
    assert [(b.dossier.gemeente.naam, b.vraag.code) for b in bevindingen] == [("Klaverstede", "V2.5")]
    oordelen = Beoordeling.objects.filter(te_herzien=True).select_related("dossier__gemeente", "aandachtspunt")
    assert [(o.dossier.gemeente.naam, o.aandachtspunt.code) for o in oordelen] == [("Ravenmonde", "A2.1")]


def test_een_gesprekspartner_heeft_het_verslag_gecorrigeerd(demo):  # noqa: F811
    reden = "De gesprekspartner wijst erop dat de afspraken over het steunpunt mondeling zijn."
    rijen = Gebeurtenis.objects.filter(reden=reden).order_by("pk")
    assert list(rijen.values_list("ding_soort", "soort", "van", "naar")) == [
        ("interview", "status", "ter_accordering", "gehouden"),
        ("antwoord", "gewijzigd", "", ""),
    ]
    interview = Interview.objects.get(pk=rijen[0].ding_id)
    assert (interview.status, interview.verslagen.count()) == ("geaccordeerd", 2)
    antwoord = interview.antwoorden.get(vraag__code="V2.5")
    assert [v.inhoud["keuze"] for v in antwoord.versies.order_by("versie")] == ["ja", "nee"]


def test_wat_ontbreekt_heeft_een_reden(demo):  # noqa: F811
    """Every dossier that was handed in lacked something (nobody spoke to all eight groups and heard all), with a reason."""
    for dossier in Dossier.objects.filter(status__in=["vastgesteld", "ter_toetsing"]).select_related("ronde"):
        leemten = leemten_van(dossier)
        assert leemten
        assert all(leemte.uitzondering and len(leemte.uitzondering.reden) > 30 for leemte in leemten)


def test_tegenspraken_zijn_gemotiveerd_beslecht(demo):  # noqa: F811
    beslecht = Bevinding.objects.filter(dossier__ronde__slug="juni-2008", stand="tegengesteld")
    assert beslecht.count() >= 10
    assert all(len(b.motivatie) > 40 for b in beslecht)


def test_geen_regel_van_de_controle_wordt_overtreden(demo):  # noqa: F811
    assert [u.overtredingen for u in controleer() if u.overtredingen] == []


def test_elk_vastgesteld_dossier_is_volledig(demo):  # noqa: F811
    vastgesteld = Dossier.objects.filter(status__in=["vastgesteld", "ter_toetsing"]).select_related("ronde")
    assert vastgesteld.count() == 13 + 5
    for dossier in vastgesteld:
        regels = queries.driehoeken(dossier)
        assert not [r.vraag.code for r in regels if r.gevraagd and (r.bevinding is None or r.bevinding.is_leeg)]
        assert dossier.beoordelingen.count() == 18
        assert not dossier.bevindingen.filter(te_herzien=True).exists()


def test_intenties_van_2008_zijn_in_2009_op_te_volgen(demo):  # noqa: F811
    assert Intentie.objects.filter(antwoord__interview__dossier__ronde__slug="juni-2008").count() == 12
    van_v12 = Intentie.objects.filter(antwoord__vraag__code="V1.2").values_list(
        "antwoord__interview__dossier__gemeente__naam", flat=True
    )
    assert sorted(van_v12) == ["Eikenwolde", "Klaverstede"]  # the two of V08/01 par. 2.1
    dossiers = Dossier.objects.filter(ronde__slug="december-2009").select_related("gemeente")
    open_ = queries_intenties.open_intenties_per_dossier(dossiers)
    assert {d.gemeente.naam: open_[d.pk] for d in dossiers if open_[d.pk]} == {
        "Eikenwolde": 2,
        "Grevelaar": 1,
        "Klaverstede": 1,
        "Oosterwaarden": 1,
    }
    assert set(Opvolging.objects.values_list("uitkomst", flat=True)) == {"nagekomen", "in_uitvoering", "vervangen"}


def test_de_toetser_gaf_twee_dossiers_terug(demo):  # noqa: F811
    opmerkingen = Opmerking.objects.select_related("dossier__gemeente")
    assert sorted((o.dossier.gemeente.naam, o.waarover) for o in opmerkingen if o.afgehandeld_op is None) == [
        ("Ravenmonde", "A2.1"),
        ("Ravenmonde", "A3.4"),
        ("Ravenmonde", "het dossier"),
    ]
    assert sorted((o.dossier.gemeente.naam, o.waarover) for o in opmerkingen if o.afgehandeld_op) == [
        ("Merenborg", "A2.6"),
        ("Merenborg", "V2.1"),
        ("Ravenmonde", "V1.2"),
    ]
    assert all(o.door_id == o.dossier.toetser_id for o in opmerkingen)
    merenborg = Dossier.objects.get(ronde__slug="december-2009", gemeente__naam="Merenborg")
    stappen = Gebeurtenis.objects.van(merenborg).order_by("wanneer", "pk").values_list("naar", flat=True)
    assert list(stappen) == ["", "in_uitvoering", "ter_toetsing", "in_uitvoering", "ter_toetsing", "vastgesteld"]


def test_wat_routing_niet_vraagt_telt_niet(demo):  # noqa: F811
    voorwaarden = queries.voorwaarden_van(Vraag.objects.select_related("voorwaarde__vraag"))
    vervallen = set()
    for dossier in Dossier.objects.filter(status="vastgesteld").select_related("gemeente"):
        bevindingen = list(dossier.bevindingen.select_related("vraag", "keuze"))
        keuzes = {b.vraag.code: b.keuze.code for b in bevindingen if b.keuze}
        gevraagd = routing.gevraagd(voorwaarden, keuzes)
        for bevinding in bevindingen:
            assert bevinding.vervallen == (bevinding.vraag.code not in gevraagd), str(bevinding)
            if bevinding.vervallen:
                vervallen.add((dossier.gemeente.naam, bevinding.vraag.code))
    assert vervallen == {("Grevelaar", "V1.4"), ("Grevelaar", "V1.6")}


def test_een_teruggenomen_antwoord_blijft_bewaard_en_telt_niet(demo):  # noqa: F811
    antwoord = Antwoord.objects.get(
        interview__dossier__gemeente__code="F009",
        interview__dossier__ronde__slug="juni-2008",
        interview__actorgroep__code="gemeente-bestuur",
        vraag__code="V2.2a",
    )
    assert "coalitieprogramma" in antwoord.tekst
    regel = next(r for r in queries.driehoeken(antwoord.interview.dossier) if r.vraag.code == "V2.2a")
    assert not regel.gevraagd
    assert not regel.bronnen


def test_voldoet_heeft_het_bewijs_dat_de_norm_vraagt(demo):  # noqa: F811
    voldoet = Beoordeling.objects.filter(oordeel="voldoet", bewijs_vereist=True).select_related(
        "aandachtspunt", "bewijsstuk"
    )
    assert voldoet.count() >= 15
    for beoordeling in voldoet:
        stuk = beoordeling.bewijsstuk
        assert stuk.dossier_id == beoordeling.dossier_id
        assert beoordeling.aandachtspunt.bewijssoorten.filter(pk=stuk.soort_id).exists()
        assert stuk.akkoord_op or not beoordeling.aandachtspunt.akkoord_door


def test_niemand_stelt_het_eigen_dossier_vast(demo):  # noqa: F811
    for dossier in Dossier.objects.filter(status="vastgesteld"):
        stap = Gebeurtenis.objects.van(dossier).get(naar="vastgesteld")
        assert stap.wie_id == dossier.toetser_id != dossier.inspecteur_id
        assert stap.wanneer == dossier.vastgesteld_op
        assert stap.wanneer.date() > dossier.ronde.periode_van


def test_de_geschiedenis_staat_in_de_volgorde_waarin_het_ging(demo):  # noqa: F811
    for dossier in Dossier.objects.filter(ronde__slug="juni-2008"):
        stappen = Gebeurtenis.objects.filter(dossier_id=dossier.pk, ding_soort="dossier").order_by("wanneer", "pk")
        assert [s.naar for s in stappen] == ["", "in_uitvoering", "ter_toetsing", "vastgesteld"]
    gesloten = Gebeurtenis.objects.get(ding_soort="ronde", naar="gesloten")
    assert gesloten.wie.username == "beheerder"
    assert gesloten.wanneer.date() == date(2008, 5, 28)
    assert not Gebeurtenis.objects.filter(dossier_id__in=dossiers_met(), wanneer__gt=gesloten.wanneer).exists()


def test_antwoorden_staan_er_zoals_antwoord_opslaan_ze_maakt(demo):  # noqa: F811
    interview = Interview.objects.get(
        dossier__ronde__slug="december-2009", dossier__gemeente__code="F009", status="gehouden"
    )

    def stand() -> tuple[list, list]:
        velden = ("vraag", "keuze", "tekst", "gemeente", "rijen", "toelichting", "citaat", "versie", "gewijzigd_door")
        antwoorden = Antwoord.objects.filter(interview=interview).order_by("vraag")
        versies = Antwoordversie.objects.filter(antwoord__in=antwoorden).order_by("antwoord__vraag")
        return list(antwoorden.values(*velden)), list(versies.values("versie", "inhoud", "wie", "reden"))

    verwacht = stand()
    assert len(verwacht[0]) >= 15
    inhouden = {
        a.vraag: queries.inhoud_van(a)
        for a in interview.antwoorden.select_related("vraag", "keuze", "gemeente").order_by("pk")
    }
    with zonder_regels(connection):
        Antwoordversie.objects.filter(antwoord__interview=interview).delete()
    interview.antwoorden.all().delete()
    for vraag, inhoud in inhouden.items():
        antwoord_opslaan(interview, vraag, inhoud, versie=0, sleutel=uuid.uuid4(), wie=interview.dossier.inspecteur)
    assert stand() == verwacht


# --- Invented, and not copied ----------------------------------------------------------------------------------------


def echte_namen(bestand: str) -> set[str]:
    with (REFERENTIE / bestand).open(encoding="utf-8", newline="") as open_bestand:
        regels = [regel for regel in open_bestand if not regel.startswith("#")]
    return {rij["naam"] for rij in csv.DictReader(regels)}


def alle_gemeentenamen() -> set[str]:
    return set().union(*(echte_namen(f"gemeenten_{jaar}-01-01.csv") for jaar in range(2008, 2012)))


def test_geen_naam_bestaat_of_lijkt_op_een_bestaande():
    echt = alle_gemeentenamen() | echte_namen("regios.csv")
    assert len(echt) > 450
    gegevens = bron.lees("gemeenten")
    namen = [g["naam"] for g in gegevens["gemeente"]]
    namen += [regio["naam"] for lijst in ("provincies", "rpas", "plusregios") for regio in gegevens[lijst]]
    lijkend = {
        (naam, ander)
        for naam in namen
        for ander in echt
        if SequenceMatcher(None, naam.casefold(), ander.casefold()).ratio() >= 0.8
    }
    assert not lijkend


def teksten(ding) -> list[str]:
    if isinstance(ding, str):
        return [ding]
    if isinstance(ding, dict):
        return [tekst for waarde in ding.values() for tekst in teksten(waarde)]
    if isinstance(ding, list):
        return [tekst for waarde in ding for tekst in teksten(waarde)]
    return []


def test_geen_bestaande_gemeente_komt_in_een_tekst_voor():
    een_naam = re.compile(rf"\b({'|'.join(map(re.escape, alle_gemeentenamen()))})\b")
    assert een_naam.search("Het gesprek was in Den Helder.")
    for bestand in bron.MAP.rglob("*.toml"):
        for tekst in teksten(bron.lees(str(bestand.relative_to(bron.MAP).with_suffix("")))):
            assert not een_naam.search(tekst), tekst


def test_alle_gemeenten_van_de_demo_zijn_als_fictief_gemerkt(demo):  # noqa: F811
    assert not Gemeente.objects.filter(fictief=False).exists()
    assert not Regio.objects.filter(fictief=False).exists()


def test_geen_twee_gemeenten_lezen_als_een_kopie(demo):  # noqa: F811
    open_ = Bevinding.objects.filter(vraag__soort="open").exclude(tekst="").values_list("tekst", flat=True)
    assert len(open_) == len(set(open_)) > 180


# --- The command -----------------------------------------------------------------------------------------------------


def test_een_tweede_keer_wijzigt_niets(demo, settings, monkeypatch):  # noqa: F811
    settings.DEBUG = True
    monkeypatch.setenv("PORT", "8123")
    eerst = rijen()
    uitvoer = io.StringIO()
    call_command("demo", stdout=uitvoer)
    assert "De demo staat er al." in uitvoer.getvalue()
    assert "http://127.0.0.1:8123" in uitvoer.getvalue()
    assert "demo-wachtwoord-2008" in uitvoer.getvalue()
    assert rijen() == eerst


@pytest.mark.django_db
def test_zonder_debug_weigert_de_demo(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="alleen met DEBUG=1"):
        call_command("demo")
    assert not Gebruiker.objects.exists()


def test_een_eigen_wachtwoord_en_een_verwijderde_ronde(demo):  # noqa: F811
    """What someone changed in the demo stays; only what is missing is made again."""
    persona = Gebruiker.objects.get(username="analist")
    persona.set_password("iets-heel-anders-2026")
    persona.save()
    Dossier.objects.filter(ronde__slug="juni-2010").delete()
    Ronde.objects.filter(slug="juni-2010").delete()
    assert maak_demo()
    assert Ronde.objects.get(slug="juni-2010").dossiers.count() == 14
    assert Gebruiker.objects.get(username="analist").check_password("iets-heel-anders-2026")


@pytest.mark.parametrize("username", ["inspecteur", "inspecteur2", "analist", "beheerder"])
def test_inloggen_met_het_afgedrukte_wachtwoord(demo, client, username):  # noqa: F811
    antwoord = client.post("/inloggen/", {"username": username, "password": "demo-wachtwoord-2008"})
    assert antwoord.status_code == 302
