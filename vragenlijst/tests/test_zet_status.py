"""The one door of status: who may take which step, what stands in the way, and what is left behind (design 4.6, 4.7)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from regio.models import Gebeurtenis
from vragenlijst.actions import Akkoord, Geweigerd, beoordelen, neem_eensluidende_over, zet_status
from vragenlijst.actions.instrumenten import nieuwe_versie
from vragenlijst.actions.uitzonderingen import zet_apart
from vragenlijst.bezwaren import bezwaren
from vragenlijst.models import Bevinding, Dossier, Interview, Ronde
from vragenlijst.overgangen import OVERGANGEN, Wie, overgangen
from vragenlijst.tests.factories import (
    maak_dossier,
    maak_gemeente,
    maak_instrument,
    maak_interview,
    maak_ronde,
    terug_naar_concept,
)
from vragenlijst.werkvoorraad import leemten_van

# Who each "wie" is among the personas of conftest.py; nobody else may.
WIE_MAG = {Wie.EIGEN: "inspecteur", Wie.TOETSER: "collega", Wie.BEHEERDER: "beheerder"}
HIER = {ding: stappen for ding, stappen in OVERGANGEN.items() if ding != "rapport"}  # that is `rapportage`'s
PERSONAS = ("inspecteur", "collega", "vreemde", "analist", "beheerder")


def akkoord_bij(stap: str) -> Akkoord | None:
    """What the step to geaccordeerd asks, and no other."""
    return Akkoord(timezone.localdate(), "P. de Boer") if stap == "geaccordeerd" else None


def maak_compleet(veldwerk):
    """Held, settled and judged: ready to be reviewed."""
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.antwoord("V2.4", rijen=(("CWI", "stages"),))
    veldwerk.antwoord("V2.5", keuze="nee")
    veldwerk.antwoord("V3.1", tekst="Via de bestaande overleggen.")
    veldwerk.houd()
    assert neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur) == 4
    for code in ("A1.2", "A2.4"):
        beoordelen(
            veldwerk.dossier,
            veldwerk.norm(code),
            "voldoet_niet",
            motivering="Daarvan is niets gebleken.",
            versie=0,
            wie=veldwerk.inspecteur,
        )
    zet_rest_apart(veldwerk)


def zet_rest_apart(veldwerk) -> None:
    """Give a reason for everything that is still missing."""
    open_ = [leemte.sleutel for leemte in leemten_van(veldwerk.dossier) if leemte.open]
    zet_apart(veldwerk.dossier, open_, "Bestaat hier niet.", wie=veldwerk.inspecteur)


def breng(veldwerk, ding: str, status: str):
    """Walk the real road to `status`, and return the thing that stands there."""
    eigen, toetser, beheerder = veldwerk.inspecteur, veldwerk.toetser, veldwerk.beheerder
    interview, dossier, ronde = veldwerk.interview, veldwerk.dossier, veldwerk.ronde
    if ding == "interview":
        veldwerk.antwoord("V1.3", keuze="nee")
        wegen = {
            "gepland": [],
            "gehouden": ["gehouden"],
            "ter_accordering": ["gehouden", "ter_accordering"],
            "geaccordeerd": ["gehouden", "ter_accordering", "geaccordeerd"],
            "vervallen": ["vervallen"],
        }
        for stap in wegen[status]:
            zet_status(interview, stap, eigen, reden="ziek" if stap == "vervallen" else "", akkoord=akkoord_bij(stap))
        return interview
    if ding == "dossier":
        maak_compleet(veldwerk)
        if status == "gepland":
            return maak_dossier(ronde, maak_gemeente("9902", "Tweedam"), eigen, toetser)
        if status in ("ter_toetsing", "vastgesteld"):
            zet_status(dossier, "ter_toetsing", eigen)
        if status == "vastgesteld":
            zet_status(dossier, "vastgesteld", toetser)
        return dossier
    if ding == "instrument":
        return breng_instrument(veldwerk, status)
    if status == "concept":
        nieuw = maak_ronde(veldwerk.instrument, "nieuwe-ronde")
        maak_dossier(nieuw, dossier.gemeente, eigen)
        return nieuw
    maak_compleet(veldwerk)
    zet_status(dossier, "ter_toetsing", eigen)
    zet_status(dossier, "vastgesteld", toetser)
    if status == "gesloten":
        zet_status(ronde, "gesloten", beheerder)
    return ronde


def breng_instrument(veldwerk, status: str):
    versie = nieuwe_versie(veldwerk.instrument, veldwerk.beheerder)
    for stap in {"concept": [], "vastgesteld": ["vastgesteld"]}.get(status, ["vastgesteld", "vervallen"]):
        zet_status(versie, stap, veldwerk.beheerder, reden="Er is een betere." if stap == "vervallen" else "")
    return versie


STAPPEN = [
    pytest.param(ding, stap, id=f"{ding}-{stap.van}-{stap.naar}-{stap.wie.name}")
    for ding, stappen in HIER.items()
    for stap in stappen
]


@pytest.mark.parametrize(("ding", "stap"), STAPPEN)
def test_elke_stap_door_elke_persoon(veldwerk, request, ding, stap):
    zaak = breng(veldwerk, ding, stap.van)
    assert zaak.status == stap.van
    ervoor = Gebeurtenis.objects.count()
    mogen = {WIE_MAG[weg.wie] for weg in overgangen(ding, stap.van, stap.naar)}

    for persona in set(PERSONAS) - mogen:
        wie = request.getfixturevalue(persona)
        with pytest.raises(PermissionDenied):
            zet_status(zaak, stap.naar, wie, reden="omdat het moet", akkoord=akkoord_bij(stap.naar))
        zaak.refresh_from_db()
        assert zaak.status == stap.van, persona
        assert Gebeurtenis.objects.count() == ervoor, persona

    wie = request.getfixturevalue(WIE_MAG[stap.wie])
    zet_status(zaak, stap.naar, wie, reden="  omdat het moet ", akkoord=akkoord_bij(stap.naar))

    assert zaak.status == stap.naar
    zaak.refresh_from_db()
    assert zaak.status == stap.naar
    rij = Gebeurtenis.objects.van(zaak).order_by("pk").last()
    assert (rij.soort, rij.van, rij.naar, rij.wie, rij.reden) == ("status", stap.van, stap.naar, wie, "omdat het moet")
    assert (
        rij.dossier_id
        == {"interview": veldwerk.dossier.pk, "dossier": zaak.pk, "ronde": None, "instrument": None}[ding]
    )


@pytest.mark.parametrize(
    ("ding", "stap"),
    [
        pytest.param(ding, stap, id=f"{ding}-{stap.van}-{stap.naar}-{stap.wie.name}")
        for ding, stappen in HIER.items()
        for stap in stappen
        if stap.met_reden
    ],
)
def test_terug_gaat_niet_zonder_reden(veldwerk, request, ding, stap):
    zaak = breng(veldwerk, ding, stap.van)
    wie = request.getfixturevalue(WIE_MAG[stap.wie])

    for reden in ("", "  \n "):
        with pytest.raises(Geweigerd) as fout:
            zet_status(zaak, stap.naar, wie, reden=reden)
        assert fout.value.redenen == ["Geef een reden op."]
    zaak.refresh_from_db()
    assert zaak.status == stap.van


def test_een_reden_met_een_onleesbaar_teken_wordt_geweigerd(veldwerk):
    with pytest.raises(Geweigerd) as fout:
        zet_status(veldwerk.interview, "vervallen", veldwerk.inspecteur, reden="zie\0bijlage")

    assert "U+0000" in str(fout.value)


@pytest.mark.parametrize("naar", ["geaccordeerd", "gepland", "bestaat_niet"])
def test_een_stap_die_niet_in_de_tabel_staat(veldwerk, naar):
    with pytest.raises(Geweigerd) as fout:
        zet_status(veldwerk.interview, naar, veldwerk.inspecteur)

    assert fout.value.redenen == ["Sociale zaken, Proefdam is nu 'gepland': deze stap kan niet (meer)."]


def test_een_oude_pagina_zet_niets_terug(veldwerk):
    """Someone whose page is behind presses a button that was right then: refused, and the object at hand is left alone."""
    oud = Interview.objects.get(pk=veldwerk.interview.pk)
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.houd()
    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)

    with pytest.raises(Geweigerd):
        zet_status(oud, "vervallen", veldwerk.inspecteur, reden="dubbel")

    veldwerk.interview.refresh_from_db()
    assert veldwerk.interview.status == "ter_accordering"


# --- Interview ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("datum", "zin"),
    [
        (None, "Het interview heeft nog geen datum."),
        (date(2999, 3, 1), "De datum van het interview (01-03-2999) ligt in de toekomst."),
    ],
)
def test_gehouden_vraagt_een_dag_die_geweest_is(veldwerk, datum, zin):
    interview = maak_interview(veldwerk.dossier, "cwi", datum=datum)

    assert bezwaren(interview, "gehouden") == [zin]
    with pytest.raises(Geweigerd, match="datum"):
        zet_status(interview, "gehouden", veldwerk.inspecteur)


def test_vandaag_is_geweest(veldwerk):
    interview = maak_interview(veldwerk.dossier, "cwi", datum=timezone.localdate())
    assert bezwaren(interview, "gehouden") == []

    interview.datum += timedelta(days=1)
    assert len(bezwaren(interview, "gehouden")) == 1


def test_ter_accordering_vraagt_iemand_en_iets(veldwerk):
    interview = maak_interview(veldwerk.dossier, "cwi")
    veldwerk.houd(interview)
    interview.gesprekspartners.all().delete()

    assert bezwaren(interview, "ter_accordering") == [
        "Er is nog geen gesprekspartner ingevuld die het verslag kan accorderen.",
        "Er is nog geen antwoord ingevuld.",
    ]


def test_een_interview_in_een_dossier_ter_toetsing_blijft_zoals_het_is(veldwerk):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    veldwerk.interview.refresh_from_db()

    assert bezwaren(veldwerk.interview, "gepland") == ["Het dossier ligt ter toetsing."]


def test_een_interview_dat_niet_meer_telt_laat_de_bevinding_herzien(veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.houd()
    neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)
    assert not veldwerk.bevinding("V1.3").te_herzien

    zet_status(veldwerk.interview, "gepland", veldwerk.inspecteur, reden="verkeerde knop")

    bevinding = veldwerk.bevinding("V1.3")
    assert bevinding.te_herzien
    assert bevinding.keuze.code == "nee"


def test_ter_accordering_leggen_laat_de_bevinding_met_rust(veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.houd()
    neem_eensluidende_over(veldwerk.dossier, veldwerk.inspecteur)

    zet_status(veldwerk.interview, "ter_accordering", veldwerk.inspecteur)

    assert not veldwerk.bevinding("V1.3").te_herzien


# --- Dossier ------------------------------------------------------------------------------------------------------


def test_wat_er_nog_ontbreekt_voor_de_toetsing(veldwerk):
    """Worked out by hand: one held interview that only spoke on V2.5, one still planned, nothing settled or judged."""
    veldwerk.antwoord("V2.5", keuze="ja")
    veldwerk.houd()
    maak_interview(veldwerk.dossier, "cwi")
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(toetser=None)
    veldwerk.dossier.refresh_from_db()

    assert bezwaren(veldwerk.dossier, "ter_toetsing") == [
        "Er is nog geen toetser aangewezen.",
        "Het interview met CWI is nog gepland: houd het of laat het vervallen.",
        "Met Scholing is niet gesproken.",
        "Sociale zaken heeft niets gezegd over ‘Voortrekkersrol gemeente’.",
        "Sociale zaken heeft niets gezegd over ‘Beleid en uitvoering’.",
        "Sociale zaken: 1 vraag zonder antwoord (V2.4).",
        "Het verslag van het interview met Sociale zaken is nog niet ter accordering gelegd.",
        "Vraag V1.3 heeft nog geen bevinding.",
        "Vraag V2.4 heeft nog geen bevinding.",
        "Vraag V2.5 heeft nog geen bevinding.",
        "Vraag V3.1 heeft nog geen bevinding.",
        "Aandachtspunt A1.2 is nog niet beoordeeld.",
        "Aandachtspunt A2.4 is nog niet beoordeeld.",
    ]


def test_zonder_gehouden_interview_is_er_niets_te_toetsen(veldwerk):
    zet_status(veldwerk.interview, "vervallen", veldwerk.inspecteur, reden="afgezegd")

    assert bezwaren(veldwerk.dossier, "ter_toetsing")[0] == "Er is nog geen interview gehouden."


def test_een_te_herziene_bevinding_houdt_de_toetsing_op(veldwerk):
    maak_compleet(veldwerk)
    assert bezwaren(veldwerk.dossier, "ter_toetsing") == []

    veldwerk.antwoord("V2.5", keuze="ja")

    assert bezwaren(veldwerk.dossier, "ter_toetsing") == [
        "De bevinding bij vraag V2.5 is te herzien: een antwoord is gewijzigd."
    ]
    with pytest.raises(Geweigerd, match=r"V2\.5"):
        zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)


def test_een_vervallen_bevinding_houdt_niets_op(veldwerk):
    """V1.4 was settled, then V1.3 became nee: V1.4 is not asked any more, to be looked at again or not."""
    veldwerk.antwoord("V1.4", keuze="ja")
    maak_compleet(veldwerk)
    Bevinding.objects.create(
        dossier=veldwerk.dossier,
        vraag=veldwerk.vraag("V1.4"),
        keuze=veldwerk.vraag("V1.4").keuzes.get(code="ja"),
        stand="een_bron",
        vervallen=True,
        te_herzien=True,
        gewijzigd_door=veldwerk.inspecteur,
    )

    assert bezwaren(veldwerk.dossier, "ter_toetsing") == []


def test_vastgesteld_krijgt_een_tijd_en_verliest_haar_bij_heropenen(veldwerk):
    dossier = breng(veldwerk, "dossier", "vastgesteld")
    assert abs(timezone.now() - dossier.vastgesteld_op) < timedelta(minutes=1)

    zet_status(dossier, "in_uitvoering", veldwerk.toetser, reden="nieuw bewijs")
    dossier.refresh_from_db()
    assert dossier.vastgesteld_op is None


# --- Four eyes ----------------------------------------------------------------------------------------------------


def test_wie_het_dossier_heeft_toetst_het_niet(veldwerk):
    breng(veldwerk, "dossier", "ter_toetsing")

    with pytest.raises(PermissionDenied):
        zet_status(veldwerk.dossier, "vastgesteld", veldwerk.inspecteur, reden="zelf maar even")


def test_wie_aanbood_neemt_terug_tot_de_toetser_heeft_besloten(client, veldwerk):
    """With a reason; then it is not "teruggekomen" on Mijn werk, and gone from the toetser's."""
    dossier = breng(veldwerk, "dossier", "ter_toetsing")
    adres = reverse("dossier_status", args=[dossier.pk])
    client.force_login(veldwerk.inspecteur)
    pagina = client.get(dossier.get_absolute_url()).content.decode()
    assert "Neem terug" in pagina
    assert "Geef terug" not in pagina
    assert client.post(adres, {"naar": "in_uitvoering", "reden": ""}).status_code == 422
    client.post(adres, {"naar": "in_uitvoering", "reden": "Er kwam nog een stuk binnen."})
    dossier.refresh_from_db()
    assert dossier.status == "in_uitvoering"
    werk = client.get(reverse("mijn_werk")).content.decode()
    assert "Teruggegeven" not in werk
    client.force_login(veldwerk.toetser)
    assert "Proefdam" not in client.get(reverse("mijn_werk")).content.decode()

    zet_status(dossier, "ter_toetsing", veldwerk.inspecteur)
    zet_status(dossier, "vastgesteld", veldwerk.toetser)
    with pytest.raises(PermissionDenied):
        zet_status(dossier, "in_uitvoering", veldwerk.inspecteur, reden="Toch nog iets.")


@pytest.mark.parametrize("rol", ["inspecteur", "tweede_inspecteur"])
def test_de_database_laat_niemand_zichzelf_toetsen(veldwerk, vreemde, rol):
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(tweede_inspecteur=vreemde)
    zelfde = {"inspecteur": veldwerk.inspecteur, "tweede_inspecteur": vreemde}[rol]

    with pytest.raises(IntegrityError, match="dossier_toetser_is_een_ander"), transaction.atomic():
        Dossier.objects.filter(pk=veldwerk.dossier.pk).update(toetser=zelfde)


def test_het_formulier_zegt_het_in_gewone_taal(veldwerk):
    veldwerk.dossier.toetser = veldwerk.inspecteur

    with pytest.raises(ValidationError, match="De toetser kan niet de inspecteur van het dossier zijn"):
        veldwerk.dossier.full_clean()


def test_een_toetser_die_geen_inspecteur_meer_is_stelt_niet_vast(veldwerk):
    breng(veldwerk, "dossier", "ter_toetsing")
    veldwerk.toetser.rol = "analist"
    veldwerk.toetser.save()

    with pytest.raises(PermissionDenied):
        zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)


def test_wie_is_uitgeschreven_zet_niets(veldwerk):
    veldwerk.inspecteur.is_active = False

    with pytest.raises(PermissionDenied):
        zet_status(veldwerk.interview, "gehouden", veldwerk.inspecteur)


def test_de_tweede_inspecteur_doet_wat_de_eerste_doet(veldwerk, vreemde):
    Dossier.objects.filter(pk=veldwerk.dossier.pk).update(tweede_inspecteur=vreemde)
    veldwerk.interview.refresh_from_db()

    assert zet_status(veldwerk.interview, "gehouden", vreemde).status == "gehouden"


# --- Ronde --------------------------------------------------------------------------------------------------------


def test_wat_er_nog_ontbreekt_om_te_openen(veldwerk):
    instrument = maak_instrument(versie=2)
    terug_naar_concept(instrument)
    ronde = maak_ronde(instrument, "leeg")
    assert bezwaren(ronde, "open") == ["Het instrument is nog niet vastgesteld.", "De ronde heeft nog geen gemeenten."]

    maak_dossier(ronde, veldwerk.dossier.gemeente, None)
    assert bezwaren(ronde, "open")[1:] == ["Proefdam heeft nog geen inspecteur."]


def test_sluiten_noemt_elk_dossier_dat_nog_open_is(veldwerk):
    maak_dossier(veldwerk.ronde, maak_gemeente("9902", "Andersdam"), veldwerk.inspecteur)

    assert bezwaren(veldwerk.ronde, "gesloten") == [
        "Het dossier van Andersdam is nog niet vastgesteld (gepland).",
        "Het dossier van Proefdam is nog niet vastgesteld (in uitvoering).",
    ]


def test_in_een_gesloten_ronde_staat_het_dossier_vast(veldwerk):
    breng(veldwerk, "ronde", "gesloten")
    veldwerk.dossier.refresh_from_db()

    with pytest.raises(Geweigerd) as fout:
        zet_status(veldwerk.dossier, "in_uitvoering", veldwerk.toetser, reden="toch nog iets")
    assert fout.value.redenen == ["De ronde Proefronde is niet open."]


# --- The database refuses half a status -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "velden", "regel"),
    [
        (Ronde, {"status": "halfopen"}, "ronde_status"),
        (Dossier, {"status": "bijna"}, "dossier_status"),
        (Dossier, {"status": "vastgesteld"}, "dossier_vastgesteld_door_iemand"),
        (Dossier, {"vastgesteld_op": timezone.now}, "dossier_vastgesteld_door_iemand"),
        (
            Dossier,
            {"status": "vastgesteld", "vastgesteld_op": timezone.now, "toetser": None},
            "dossier_vastgesteld_door_iemand",
        ),
        (Interview, {"status": "misschien"}, "interview_status"),
        (Interview, {"status": "gehouden", "datum": None}, "interview_gehouden_heeft_datum"),
        (Interview, {"status": "geaccordeerd"}, "interview_geaccordeerd_heeft_datum"),
        (Interview, {"geaccordeerd_op": date(2008, 3, 1)}, "interview_geaccordeerd_heeft_datum"),
    ],
    ids=lambda waarde: ",".join(waarde) if isinstance(waarde, dict) else None,
)
def test_de_database_weigert_een_halve_status(veldwerk, model, velden, regel):
    velden = {naam: waarde() if callable(waarde) else waarde for naam, waarde in velden.items()}

    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        model.objects.update(**velden)


def test_een_lege_ronde_sluit_niet(veldwerk):
    leeg = maak_ronde(veldwerk.instrument, "leeg", status=Ronde.Status.OPEN)
    assert bezwaren(leeg, "gesloten") == ["De ronde heeft geen gemeenten."]


def test_in_een_gesloten_ronde_wordt_niets_meer_geaccordeerd(veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee")
    interview = veldwerk.houd()
    zet_status(interview, "ter_accordering", veldwerk.inspecteur)
    Ronde.objects.update(status=Ronde.Status.GESLOTEN)
    interview.refresh_from_db()
    with pytest.raises(Geweigerd, match="is niet open"):
        zet_status(interview, "geaccordeerd", veldwerk.inspecteur, akkoord=akkoord_bij("geaccordeerd"))
