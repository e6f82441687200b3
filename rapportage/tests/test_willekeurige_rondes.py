"""On random rounds: groups add up to the total, and every count equals a slow and obvious recount in plain Python.

The recount knows nothing of how the counting is done: it takes the description from which the round was built, dossier by dossier.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from rapportage import queries
from rapportage.indelingen import indelingen
from rapportage.models import Codering, Thema
from rapportage.queries import gesprekken as queries_gesprekken
from rapportage.queries import kruis as queries_kruis
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.tests.test_gesprekken import gesprek
from rapportage.uitkomst import Selectie
from regio.models import Lidmaatschap, Regio
from vragenlijst.models import Actorgroep, Vraag

pytestmark = pytest.mark.django_db

KEUZES = ["ja", "intentie", "nee", "weet-niet", "nvt", None]
OORDELEN = ["voldoet", "voldoet_deels", "voldoet_niet", "niet_te_beoordelen", None]
OUDERS = {"Werk": None, "Banen": "Werk", "Stages": "Banen", "Papier": None}  # the tree of themes


@dataclass(frozen=True)
class Beschrijving:
    """One dossier as it will be made."""

    rol: str
    klasse: int
    randstad: bool | None
    provincie: str | None
    hoofd: str | None  # P1.1
    vervolg: str | None  # P1.1a, asked after ja
    open: str | None  # P1.2
    vervallen: bool  # whether the finding on P1.2 lapsed
    oordeel: str | None  # N2
    themas: tuple[frozenset[str], frozenset[str]]  # on P1.2, by the one and the other coder
    gesprekken: tuple[tuple[str, str | None, str | None], ...]  # actor, P1.1, P1.1a

    def groep(self, indeling: str) -> str:
        match indeling:
            case "rol":
                return self.rol
            case "grootteklasse":
                return str(self.klasse)
            case "randstad":
                return {True: "ja", False: "nee", None: "onbekend"}[self.randstad]
            case "provincie":
                return (self.provincie or "onbekend").lower()
        return "alle"


beschrijvingen = st.builds(
    Beschrijving,
    rol=st.sampled_from(["voortrekker", "niet-voortrekker"]),
    klasse=st.sampled_from([0, 4, 8]),
    randstad=st.sampled_from([True, False, None]),
    provincie=st.sampled_from(["Zeeland", "Drenthe", None]),
    hoofd=st.sampled_from(KEUZES),
    vervolg=st.sampled_from(KEUZES),
    open=st.sampled_from(["tekst", "", None]),
    vervallen=st.booleans(),
    oordeel=st.sampled_from(OORDELEN),
    themas=st.tuples(*[st.frozensets(st.sampled_from(list(OUDERS)), max_size=2)] * 2),
    gesprekken=st.lists(
        st.tuples(st.sampled_from(["cwi", "uwv", "sz"]), st.sampled_from(KEUZES), st.sampled_from(KEUZES)), max_size=2
    ).map(tuple),
)
selecties = st.sampled_from(
    [(), (("rol", "voortrekker"),), (("randstad", "onbekend"), ("rol", "niet-voortrekker")), (("grootteklasse", "4"),)]
)
ZONDER_ROL = Beschrijving(
    rol="niet-voortrekker", klasse=4, randstad=None, provincie="Drenthe", hoofd="ja", vervolg="nee", open="tekst",
    vervallen=False, oordeel="voldoet", themas=(frozenset({"Banen"}), frozenset({"Werk"})), gesprekken=(("sz", "ja", "nee"),),
)  # fmt: skip


def bouw(alle: list[Beschrijving], codeurs):
    ronde = maak_ronde(maak_instrument())
    vraag = Vraag.objects.get(code="P1.2")
    themas = {naam: Thema.objects.create(ronde=ronde, vraag=vraag, naam=naam) for naam in OUDERS}
    for naam, ouder in OUDERS.items():
        Thema.objects.filter(pk=themas[naam].pk).update(ouder=themas.get(ouder))
    for plek, (code, domein) in enumerate([("cwi", "CWI/UWV"), ("uwv", "CWI/UWV"), ("sz", "Gemeente")]):
        Actorgroep.objects.create(instrument=ronde.instrument, code=code, naam=code, domein=domein, volgorde=plek)
    for een in alle:
        _bouw_dossier(ronde, een, themas, codeurs)
    return ronde


def _bouw_dossier(ronde, een: Beschrijving, themas, codeurs):
    dossier = maak_dossier(ronde, een.rol, grootteklasse_code=een.klasse, randstad=een.randstad)
    if een.provincie:
        regio, _ = Regio.objects.get_or_create(soort="provincie", code=een.provincie, naam=een.provincie)
        Lidmaatschap.objects.create(gemeente=dossier.gemeente, regio=regio, geldig_van=date(2000, 1, 1))
    for code, keuze, vervallen in (("P1.1", een.hoofd, False), ("P1.1a", een.vervolg, een.hoofd != "ja")):
        if keuze:
            vind(dossier, code, keuze, vervallen=vervallen)
    if een.open is not None:
        bevinding = vind(dossier, "P1.2", tekst=een.open, vervallen=een.vervallen)
        gegeven = [(codeur, naam) for codeur, namen in zip(codeurs, een.themas, strict=True) for naam in namen]
        Codering.objects.bulk_create(Codering(thema=themas[n], bevinding=bevinding, door=wie) for wie, n in gegeven)
    if een.oordeel:
        beoordeel(dossier, "N2", een.oordeel)
    for actor, hoofd, vervolg in een.gesprekken:
        antwoorden = {"P1_1": hoofd, "P1_1a": vervolg}
        gesprek(dossier, actor, **{code: keuze for code, keuze in antwoorden.items() if keuze})


def hertel(keuzes: list[str | None]) -> dict:
    """What these answers to a closed question come to; None is an answer that is not there."""
    telling = Counter(keuzes)
    inhoud = {keuze: telling[keuze] for keuze in ("ja", "intentie", "nee")}
    return {
        "gevraagd": len(keuzes),
        "beantwoord": sum(inhoud.values()),
        "weet_niet": telling["weet-niet"],
        "nvt": telling["nvt"],
        "niet_vastgelegd": telling[None],
        "per_keuze": inhoud,
    }


def gelijk(telling, verwacht: dict) -> None:
    assert {naam: getattr(telling, naam) for naam in verwacht} == verwacht, telling.groep


def met_ouders(namen) -> set[str]:
    uit = set()
    for naam in namen:
        while naam:
            uit.add(naam)
            naam = OUDERS[naam]
    return uit


def in_selectie(een: Beschrijving, selectie) -> bool:
    return all(een.groep(indeling) == groep for indeling, groep in selectie)


# Without looking for a smaller round that fails: building one costs too much to try hundreds.
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(alle=st.lists(beschrijvingen, min_size=4, max_size=8) | st.just([]), selectie=selecties)
@example(alle=[ZONDER_ROL] * 4, selectie=())
def test_elke_telling_is_een_hertelling(analist, beheerder, alle, selectie):
    with transaction.atomic():
        ronde = bouw(alle, (analist, beheerder))
        gekozen = [een for een in alle if in_selectie(een, selectie)]
        for indeling in indelingen(ronde).values():
            _dossiers(ronde, indeling, Selectie(selectie), gekozen)
        _kruistabellen(ronde, Selectie(selectie), gekozen)
        _gesprekken(ronde, Selectie(selectie), gekozen)
        transaction.set_rollback(True)


def _dossiers(ronde, indeling, selectie, gekozen):
    uitkomsten = queries.uitkomsten(ronde, indeling, selectie)
    assert uitkomsten.aantal == len(gekozen)
    # A whole round without a voortrekker knows no roles, and is not divided by them.
    ongedeeld = (
        indeling.code == "rol" and not selectie.groepen and all(een.rol == "niet-voortrekker" for een in gekozen)
    )
    hoort = {een.groep(indeling.code) for een in gekozen} if not ongedeeld else set()
    assert {groep.code for groep in uitkomsten.groepen[:-1]} == hoort
    for groep, aantal in uitkomsten.per_groep:
        hier = [een for een in gekozen if groep.code in ("alle", een.groep(indeling.code))]
        plek = uitkomsten.groepen.index(groep)
        assert aantal == len(hier)
        gelijk(uitkomsten.vraag("P1.1").tellingen[plek], hertel([een.hoofd for een in hier]))
        gelijk(uitkomsten.vraag("P1.1a").tellingen[plek], hertel([een.vervolg for een in hier if een.hoofd == "ja"]))
        beantwoord = [een for een in hier if een.open and not een.vervallen]
        open_ = uitkomsten.vraag("P1.2").tellingen[plek]
        assert (open_.gevraagd, open_.beantwoord) == (len(hier), len(beantwoord))
        oordelen = Counter(een.oordeel for een in hier)
        norm = uitkomsten.norm("N2").tellingen[plek]
        assert norm.per_oordeel == {oordeel: oordelen[oordeel] for oordeel in OORDELEN if oordeel}
        assert norm.nog_niet == oordelen[None]
        themas = Counter(naam for een in beantwoord for naam in met_ouders(een.themas[0] | een.themas[1]))
        getoond = {thema.naam: thema.aantallen[plek] for thema in uitkomsten.vraag("P1.2").themas}
        assert getoond == {naam: themas[naam] for naam in OUDERS}
    for onderdeel in uitkomsten.onderdelen:
        for vraag in onderdeel.vragen:
            for naam in ("gevraagd", "beantwoord", "weet_niet", "nvt", "niet_vastgelegd"):
                *delen, totaal = (getattr(telling, naam) for telling in vraag.tellingen)
                assert ongedeeld or sum(delen) == totaal, (vraag.code, naam)
            for thema in vraag.themas:
                assert ongedeeld or sum(thema.aantallen[:-1]) == thema.alle


def _kruistabellen(ronde, selectie, gekozen):
    """A question by its follow-up, a group by a norm, a norm by a question."""
    bekend = indelingen(ronde)
    assen = queries_kruis.assen(ronde, bekend)
    stand = {
        "P1.1": lambda een: een.hoofd if een.hoofd in ("ja", "intentie", "nee") else None,
        "P1.1a": lambda een: een.vervolg if een.hoofd == "ja" and een.vervolg in ("ja", "intentie", "nee") else None,
        "N2": lambda een: een.oordeel if een.oordeel != "niet_te_beoordelen" else None,
        "randstad": lambda een: een.groep("randstad"),
    }
    for rij, kolom in (("P1.1", "P1.1a"), ("randstad", "N2"), ("N2", "P1.1")):
        kruis = queries_kruis.kruistabel(ronde, assen[rij], assen[kolom], bekend, selectie)
        paren = Counter((stand[rij](een), stand[kolom](een)) for een in gekozen)
        assert {plek: n for plek, n in kruis.aantallen.items() if all(plek)} == {
            plek: n for plek, n in paren.items() if all(plek)
        }
        assert kruis.gekozen == len(gekozen)
        assert sum(kruis.n(rij=optie.code) for optie in kruis.rijen) == kruis.n()
        assert sum(kruis.n(kolom=optie.code) for optie in kruis.kolommen) == kruis.n()


def _gesprekken(ronde, selectie, gekozen):
    actoren = queries_gesprekken.gespreksindelingen(ronde)["actorgroep"]
    uit = queries_gesprekken.gesprekken(ronde, actoren, selectie)
    gehouden = [gevoerd for een in gekozen for gevoerd in een.gesprekken]
    for plek, (groep, aantal) in enumerate(uit.per_groep):
        hier = [gevoerd for gevoerd in gehouden if groep.code in ("alle", gevoerd[0])]
        assert aantal == len(hier)
        gelijk(uit.vraag("P1.1").tellingen[plek], hertel([hoofd for _, hoofd, _ in hier]))
        gelijk(uit.vraag("P1.1a").tellingen[plek], hertel([vervolg for _, hoofd, vervolg in hier if hoofd == "ja"]))
