"""Two people at the same moment: each race is shown to happen with the locks off, and then not to happen with them on.

`tegelijk` stops the first at the worst place, between what they read and what they write, and lets the second do all of theirs
there. With the locks off the second always gets through; with them on the second has to wait until the first is done.
"""

import threading
import uuid

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import QuerySet
from django.urls import reverse

from regio.models import Gebeurtenis
from vragenlijst import queries
from vragenlijst.actions import (
    Conflict,
    Geweigerd,
    Opgeslagen,
    Toewijzing,
    antwoord_opslaan,
    antwoorden,
    bevinding_vastleggen,
    bevindingen,
    planning,
    ronde_vullen,
    rondes,
    status,
    zet_status,
)
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import Antwoord, Antwoordversie, Bevinding, Dossier, Interview, Ronde
from vragenlijst.tests.factories import maak_gemeente, maak_ronde
from vragenlijst.tests.test_zet_status import maak_compleet
from vragenlijst.views import planning as planning_view

HOOGSTENS = 20  # seconds before a race is called stuck
WACHTTIJD = 0.3  # seconds that the first gives the second to get through a lock that holds

op_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite kent geen rijsloten: elke transactie is daar al alleen (zie de laatste test)",
)


@pytest.fixture(params=["zonder slot", "met slot"])
def slot(request, monkeypatch):
    """False with every `select_for_update` taken away, True with the locks as they are."""
    if request.param == "zonder slot":
        monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
    return request.param == "met slot"


@pytest.fixture
def tegelijk(monkeypatch, slot):
    """`tegelijk(eerste, tweede, na=(module, name))`: what both returned or raised.

    The first runs until it has called `module.name` once; there the second is let loose, in a thread with its own connection.
    """

    def ren(eerste, tweede, na):
        uitkomst_van_tweede = []
        module, naam = na
        echt = getattr(module, naam)

        def loop():
            uitkomst_van_tweede.append(_probeer(tweede))
            connections.close_all()

        draad = threading.Thread(target=loop, daemon=True)

        def en_dan_de_tweede(*args, **kwargs):
            uitkomst = echt(*args, **kwargs)
            if threading.current_thread() is not draad and draad.ident is None:
                draad.start()
                draad.join(WACHTTIJD if slot else HOOGSTENS)
                assert draad.is_alive() == slot, "het slot hield niet" if slot else "de tweede kwam niet terug"
            return uitkomst

        monkeypatch.setattr(module, naam, en_dan_de_tweede)
        uitkomst = _probeer(eerste)
        assert draad.ident is not None, f"{naam} is niet aangeroepen"
        draad.join(HOOGSTENS)
        assert not draad.is_alive(), "de tweede kwam niet terug"
        return uitkomst, *uitkomst_van_tweede

    return ren


def _probeer(doe):
    try:
        return doe()
    except (Conflict, Geweigerd, ValidationError, IntegrityError, OperationalError) as fout:
        return fout


@op_postgresql
@pytest.mark.django_db(transaction=True)
class TestAntwoord:
    """Two saves of one answer. With the locks off both pass the checks, and only a unique index stops the second."""

    @pytest.fixture
    def schrijf(self, veldwerk):
        vraag = veldwerk.vraag("V3.1")

        def schrijf(tekst, versie, sleutel=None):
            sleutel = sleutel or uuid.uuid4()
            return lambda: antwoord_opslaan(
                veldwerk.interview, vraag, Inhoud(tekst=tekst), versie=versie, sleutel=sleutel, wie=veldwerk.inspecteur
            )

        return schrijf

    @pytest.mark.parametrize("stond_er", [[], ["eerst"]], ids=["nieuw", "bestaand"])
    def test_een_wint_en_de_ander_hoort_het(self, veldwerk, schrijf, slot, tegelijk, stond_er):
        for tekst in stond_er:
            veldwerk.antwoord("V3.1", tekst=tekst)
        versie = len(stond_er)

        ina, cor = tegelijk(schrijf("van Ina", versie), schrijf("van Cor", versie), na=(queries, "inhoud_van"))

        bewaard = [v.inhoud["tekst"] for v in Antwoordversie.objects.order_by("versie")]
        if not slot:
            assert isinstance(ina, IntegrityError)
            assert bewaard == [*stond_er, "van Cor"]
            return
        assert isinstance(ina, Opgeslagen)
        assert isinstance(cor, Conflict)
        assert cor.opgeslagen.tekst == "van Ina"  # beside what Cor still has in hand
        assert bewaard == [*stond_er, "van Ina"]
        assert Antwoord.objects.get().tekst == "van Ina"

    def test_dezelfde_sleutel_twee_keer_onderweg(self, schrijf, slot, tegelijk):
        sleutel = uuid.uuid4()

        een, ander = tegelijk(schrijf("eens", 0, sleutel), schrijf("eens", 0, sleutel), na=(queries, "inhoud_van"))

        assert Antwoordversie.objects.count() == Antwoord.objects.count() == 1
        if not slot:
            assert isinstance(een, IntegrityError)
            return
        assert (een.nieuw, ander.nieuw) == (True, False)
        assert een.antwoord == ander.antwoord


@op_postgresql
@pytest.mark.django_db(transaction=True)
class TestAntwoordOnderDeBevinding:
    """An answer changes while it is being settled. With the locks off the finding rests on what nobody says any more."""

    def rust_op_wat_er_staat(self, veldwerk) -> bool:
        bevinding = veldwerk.bevinding("V2.5")
        zegt = {a.keuze.code for a in Antwoord.objects.filter(interview__in=Interview.objects.tellend())}
        return bevinding.te_herzien or zegt == {bevinding.keuze.code}

    @pytest.fixture
    def gehouden(self, veldwerk):
        veldwerk.antwoord("V2.5", keuze="ja")
        veldwerk.houd()
        return veldwerk

    @pytest.fixture
    def stel_vast(self, gehouden):
        return lambda: bevinding_vastleggen(
            gehouden.dossier, gehouden.vraag("V2.5"), Inhoud(keuze="ja"), versie=0, wie=gehouden.inspecteur
        )

    def test_het_antwoord_verandert_tijdens_het_vaststellen(self, gehouden, stel_vast, slot, tegelijk):
        tegelijk(stel_vast, lambda: gehouden.antwoord("V2.5", keuze="nee"), na=(queries, "driehoeken"))

        assert self.rust_op_wat_er_staat(gehouden) == slot

    def test_het_interview_telt_niet_meer_mee_tijdens_het_vaststellen(self, gehouden, stel_vast, slot, tegelijk):
        terug = lambda: zet_status(gehouden.interview, "gepland", gehouden.inspecteur, reden="toch niet")  # noqa: E731

        tegelijk(stel_vast, terug, na=(queries, "driehoeken"))

        assert self.rust_op_wat_er_staat(gehouden) == slot

    def test_twee_stellen_vast(self, gehouden, stel_vast, slot, tegelijk):
        """With the locks off the unique (dossier, question) stops one of them, without a word of explanation."""
        anders = lambda: bevinding_vastleggen(  # noqa: E731
            gehouden.dossier,
            gehouden.vraag("V2.5"),
            Inhoud(keuze="nee"),
            motivatie="De notulen zeggen nee.",
            versie=0,
            wie=gehouden.inspecteur,
        )

        een, ander = tegelijk(stel_vast, anders, na=(bevindingen, "controleer"))

        assert Bevinding.objects.count() == 1
        if not slot:
            assert isinstance(een, IntegrityError)
            return
        assert een.keuze.code == "ja"
        assert isinstance(ander, Conflict)
        assert ander.opgeslagen == een


@op_postgresql
@pytest.mark.django_db(transaction=True)
class TestStatus:
    """What is sealed and what is written. With the locks off something is written behind the seal."""

    def test_een_antwoord_terwijl_het_dossier_ter_toetsing_gaat(self, veldwerk, slot, tegelijk):
        maak_compleet(veldwerk)
        wijzig = lambda: veldwerk.antwoord("V2.5", keuze="ja")  # noqa: E731
        bied_aan = lambda: zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)  # noqa: E731

        _, aangeboden = tegelijk(wijzig, bied_aan, na=(antwoorden, "controleer"))

        assert Antwoord.objects.get(vraag__code="V2.5").keuze.code == "ja"
        veldwerk.dossier.refresh_from_db()
        assert veldwerk.dossier.status == ("in_uitvoering" if slot else "ter_toetsing")
        if slot:
            assert aangeboden.redenen == ["De bevinding bij vraag V2.5 is te herzien: een antwoord is gewijzigd."]

    def test_het_dossier_gaat_ter_toetsing_terwijl_iemand_schrijft(self, veldwerk, slot, tegelijk):
        maak_compleet(veldwerk)
        wijzig = lambda: veldwerk.antwoord("V2.5", keuze="ja")  # noqa: E731
        bied_aan = lambda: zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)  # noqa: E731

        _, gewijzigd = tegelijk(bied_aan, wijzig, na=(status, "bezwaren"))

        assert isinstance(gewijzigd, Geweigerd) == slot
        assert Antwoord.objects.get(vraag__code="V2.5").keuze.code == ("nee" if slot else "ja")
        assert Dossier.objects.get().status == "ter_toetsing"

    def test_een_dossier_gaat_open_terwijl_de_ronde_sluit(self, veldwerk, slot, tegelijk):
        maak_compleet(veldwerk)
        zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
        zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)
        sluit = lambda: zet_status(veldwerk.ronde, "gesloten", veldwerk.beheerder)  # noqa: E731
        heropen = lambda: zet_status(veldwerk.dossier, "in_uitvoering", veldwerk.toetser, reden="nog iets")  # noqa: E731

        _, heropend = tegelijk(sluit, heropen, na=(status, "bezwaren"))

        assert Ronde.objects.get().status == "gesloten"
        assert Dossier.objects.get().status == ("vastgesteld" if slot else "in_uitvoering")
        assert isinstance(heropend, Geweigerd) == slot

    def test_twee_knoppen_op_hetzelfde_interview(self, veldwerk, slot, tegelijk):
        houd = lambda: zet_status(veldwerk.interview, "gehouden", veldwerk.inspecteur)  # noqa: E731
        laat_vervallen = lambda: zet_status(  # noqa: E731
            Interview.objects.get(), "vervallen", veldwerk.inspecteur, reden="afgezegd"
        )

        _, vervallen = tegelijk(houd, laat_vervallen, na=(status, "bezwaren"))

        assert Interview.objects.get().status == "gehouden"
        if slot:
            assert vervallen.redenen == ["Sociale zaken, Proefdam is nu 'gehouden': deze stap kan niet (meer)."]
        else:
            assert vervallen.status == "vervallen"  # and was overwritten without a trace of a step between the two

    def test_een_gemeente_twee_keer_in_dezelfde_ronde(self, veldwerk, slot, tegelijk):
        ronde = maak_ronde(veldwerk.instrument, "nieuw")
        erbij = [Toewijzing(maak_gemeente("9907", "Zevendam"), Dossier.Rol.VOORTREKKER)]
        vul = lambda: ronde_vullen(ronde, erbij, veldwerk.beheerder)  # noqa: E731

        een, ander = tegelijk(vul, vul, na=(rondes, "grootteklasse"))

        assert ronde.dossiers.count() == 1
        if slot:
            assert len(een) == 1
            assert ander.redenen == ["Zevendam heeft al een dossier in deze ronde."]
        else:
            assert isinstance(een, IntegrityError)


@pytest.fixture
def plan(veldwerk, client):
    """Send the form that plans an interview, or changes the one that is there."""
    client.force_login(veldwerk.inspecteur, "django.contrib.auth.backends.ModelBackend")
    formset = {"partner-TOTAL_FORMS": "0", "partner-INITIAL_FORMS": "0"}
    cwi = veldwerk.instrument.actorgroepen.get(code="cwi").pk

    def plan(interview=None, **velden):
        adres = (
            reverse("interview_wijzigen", args=[interview.pk])
            if interview
            else reverse("interview_nieuw", args=[veldwerk.dossier.pk])
        )
        velden = {
            "actorgroep": cwi,
            "datum": "12-02-2008",
            "duur": "90",
            "plaats": "stadskantoor",
            "inspecteur": veldwerk.inspecteur.pk,
            "gezien": 1,
        } | velden
        return client.post(adres, formset | velden)

    return plan


@op_postgresql
@pytest.mark.django_db(transaction=True)
def test_een_dubbelklik_plant_een_interview(veldwerk, slot, tegelijk, plan):
    tegelijk(plan, plan, na=(planning, "_dubbel"))

    assert Interview.objects.filter(actorgroep__code="cwi").count() == (1 if slot else 2)


@op_postgresql
@pytest.mark.django_db(transaction=True)
def test_twee_verzetten_hetzelfde_interview(veldwerk, slot, tegelijk, plan):
    """With the locks off the plan of the second is overwritten without a word."""

    def verzet(plaats, wie):
        partners = {"partner-TOTAL_FORMS": "1", "partner-0-naam": wie}
        return lambda: plan(veldwerk.interview, plaats=plaats, **partners)

    ina, cor = tegelijk(verzet("raadhuis", "A. Bos"), verzet("stadskantoor", "B. Vos"), na=(planning, "_huidig"))

    assert (ina.status_code, cor.status_code) == (302, 409 if slot else 302)
    interview = Interview.objects.get()
    assert (interview.plaats, interview.versie) == ("raadhuis", 2)
    assert [partner.naam for partner in interview.gesprekspartners.all()] == ["A. Bos"]
    gewijzigd = Gebeurtenis.objects.van(interview).filter(soort="gewijzigd").count()
    assert gewijzigd == (1 if slot else 2)  # with the locks off Cor was told that theirs was stored
    if slot:
        assert "B. Vos" in cor.content.decode()  # what was typed stays


@op_postgresql
@pytest.mark.django_db(transaction=True)
def test_een_interview_erbij_terwijl_het_dossier_ter_toetsing_gaat(veldwerk, slot, tegelijk, plan):
    """With the locks off an interview is planned in a dossier that lies ter toetsing."""
    maak_compleet(veldwerk)
    bied_aan = lambda: zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)  # noqa: E731
    voor = Interview.objects.count()

    _, gepland = tegelijk(bied_aan, plan, na=(status, "bezwaren"))

    assert Dossier.objects.get().status == "ter_toetsing"
    assert Interview.objects.count() - voor == (0 if slot else 1)
    assert gepland.status_code == (422 if slot else 302)


@pytest.mark.django_db
def test_wie_een_interview_verzet_zet_de_status_niet_terug(veldwerk, plan, monkeypatch):
    """The interview is marked as held between reading it for the form and saving the form."""
    echt = planning_view.haal_eigen_interview

    def en_dan_is_het_gehouden(request, pk):
        gelezen = echt(request, pk)
        zet_status(Interview.objects.get(pk=pk), "gehouden", veldwerk.inspecteur)
        return gelezen

    monkeypatch.setattr(planning_view, "haal_eigen_interview", en_dan_is_het_gehouden)

    assert plan(veldwerk.interview, plaats="raadhuis").status_code == 302
    opgeslagen = Interview.objects.get()
    assert (opgeslagen.status, opgeslagen.plaats) == ("gehouden", "raadhuis")


@pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="gaat over SQLite")
@pytest.mark.django_db
def test_op_sqlite_schrijft_er_een_tegelijk(tmp_path):
    """With our settings a transaction on SQLite takes the write lock at its begin, so that what it reads stays so.

    A plain BEGIN would let both in, to read the same version and fail halfway; that is shown first.
    """
    for modus, tweede_mag_erin in ((None, True), ("IMMEDIATE", False)):
        opties = {**settings.DATABASES["default"]["OPTIONS"], "timeout": 0.1}
        assert opties["transaction_mode"] == "IMMEDIATE"
        opties["transaction_mode"] = modus
        een, ander = (
            DatabaseWrapper(
                {**settings.DATABASES["default"], "NAME": tmp_path / f"{modus}.sqlite3", "OPTIONS": opties}, alias=naam
            )
            for naam in ("een", "ander")
        )
        try:
            een.connect()
            ander.connect()
            een.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            begin = _probeer(
                lambda: ander.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)  # noqa: B023
            )
            assert (not isinstance(begin, OperationalError)) == tweede_mag_erin
        finally:
            een.close()
            ander.close()
