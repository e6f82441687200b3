"""Whatever is imported later, an old round stays what it was: random lists and herindelingen, whole and partial, through the same
planning and writing that the page and the commands use. Also dated on or before its peildatum: then a closed round refuses them."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportage.queries.fotomoment import inhoud_van
from regio import queries
from regio.actions import Geweigerd, werk_gemeenten_bij, werk_herindelingen_bij
from regio.inlezen import lees_gemeenten, lees_herindelingen
from regio.models import Gemeente, Kenmerken, Lidmaatschap, Regio
from vragenlijst.models import Bevinding, Keuze, Ronde
from vragenlijst.tests.factories import maak_dossier, maak_instrument, maak_ronde

BEGIN, PEILDATUM = date(2005, 1, 1), date(2008, 1, 1)
CODES = ["0001", "0002", "0003", "0004", "0005"]


@pytest.fixture
def ronde(inspecteur, collega):
    """Five municipalities, four of them in a closed round, each with a finding; with kenmerken and a province since 2005."""
    regio = Regio.objects.create(soort=Regio.Soort.PROVINCIE, code="PV20", naam="Groningen")
    ronde = maak_ronde(maak_instrument(), peildatum=PEILDATUM)
    ja = Keuze.objects.get(vraag__code="V2.5", code="ja")
    for nummer, code in enumerate(CODES, start=1):
        gemeente = Gemeente.objects.create(code=code, naam=f"Plaats {code}", geldig_van=BEGIN)
        Kenmerken.objects.create(
            gemeente=gemeente, geldig_van=BEGIN, inwoners=nummer * 9_000, inwoners_peildatum=BEGIN, randstad=nummer < 3
        )
        Lidmaatschap.objects.create(gemeente=gemeente, regio=regio, geldig_van=BEGIN)
        if nummer < 5:
            dossier = maak_dossier(ronde, gemeente, inspecteur, collega)
            Bevinding.objects.create(
                dossier=dossier, vraag=ja.vraag, keuze=ja, stand=Bevinding.Stand.EEN_BRON, gewijzigd_door=inspecteur
            )
    Ronde.objects.filter(pk=ronde.pk).update(status=Ronde.Status.GESLOTEN)
    return Ronde.objects.get(pk=ronde.pk)


def toestand(ronde) -> list:
    """Every row of the rooms above, and what a fotomoment of the round would hold: its seal is over exactly that."""
    rijen = [
        list(model.objects.order_by("pk").values())
        for kamer in ("vragenlijst", "rapportage")
        for model in apps.get_app_config(kamer).get_models(include_auto_created=True)
    ]
    return [rijen, json.dumps(inhoud_van(ronde), sort_keys=True)]


# What happens to the municipality at this place of the list, so many days after the day before; with whom; and how it is then called.
stappen = st.lists(
    st.tuples(
        st.sampled_from(["opgegaan", "nieuw samen", "gedeeld", "hernoemd", "gegroeid", "verdwenen"]),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(1, 700),
    ),
    min_size=1,
    max_size=5,
)


def bestanden(soort: str, een: str, ander: str, nieuw: str, dag: date, namen: dict[str, str]) -> tuple[str, str]:
    """The list of that day and the herindelingen that belong to it; `namen` is changed along."""
    overgangen = []
    if soort == "opgegaan":
        overgangen, weg = [(een, ander, "geheel", "ja")], {een}
    elif soort == "nieuw samen":
        overgangen, weg = [(een, nieuw, "geheel", "ja"), (ander, nieuw, "geheel", "ja")], {een, ander}
    elif soort == "gedeeld":
        overgangen, weg = [(een, ander, "gedeeltelijk", "ja"), (een, nieuw, "gedeeltelijk", "nee")], {een}
    else:
        weg = {een} if soort == "verdwenen" else set()
    if soort in ("nieuw samen", "gedeeld"):
        namen[nieuw] = f"Nieuw {nieuw}"
    if soort == "hernoemd":
        namen[een] += " aan Zee"
    for code in weg:
        namen.pop(code, None)
    inwoners = 40_000 if soort == "gegroeid" else 20_000
    lijst = ["code,naam,inwoners,provincie,randstad"]
    lijst += [f"{code},{naam},{inwoners},{'PV20'},nee" for code, naam in sorted(namen.items())]
    herindelingen = ["datum,oud,nieuw,deel,hoofdopvolger", *(",".join((str(dag), *rij)) for rij in overgangen)]
    return "\n".join(lijst), "\n".join(herindelingen)


def lees_in(lijst: str, herindelingen: str, dag: date) -> list:
    """The plans that were carried out. Raises Geweigerd."""
    gedaan = []
    gelezen, problemen = lees_gemeenten(lijst.encode(), dag)
    assert problemen == []
    gedaan.append(werk_gemeenten_bij(gelezen, None, toch=True))
    if "\n" in herindelingen:
        gelezen, problemen = lees_herindelingen(herindelingen.encode())
        assert problemen == []
        gedaan.append(werk_herindelingen_bij(gelezen, None))
    return gedaan


def gelukt(*bestanden) -> bool:
    try:
        with transaction.atomic():
            lees_in(*bestanden)
    except Geweigerd:
        return False
    return True


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=st.sampled_from([PEILDATUM, date(2006, 1, 1)]), stappen=stappen)
def test_een_oude_ronde_blijft_wat_zij_was(ronde, begin, stappen):
    with transaction.atomic():
        voor = toestand(ronde)
        namen, dag = {code: f"Plaats {code}" for code in CODES}, begin
        for nummer, (soort, een, ander, dagen) in enumerate(stappen):
            dag += timedelta(days=dagen)
            bestaand = sorted(namen)
            if len(bestaand) < 2:
                break
            een, ander = bestaand[een % len(bestaand)], bestaand[ander % len(bestaand)]
            if een == ander:
                continue
            geprobeerd = dict(namen)
            lijst, herindelingen = bestanden(soort, een, ander, f"2{nummer:03}", dag, geprobeerd)
            if not gelukt(lijst, herindelingen, dag):
                assert dag <= PEILDATUM  # only the past of the closed round is a reason to refuse
                continue
            namen = geprobeerd
            assert set(Gemeente.objects.op(dag).values_list("code", flat=True)) == set(namen)
            assert all(plan.is_leeg for plan in lees_in(lijst, herindelingen, dag))
            if soort in ("opgegaan", "nieuw samen", "gedeeld"):
                assert queries.opvolgers(Gemeente.objects.get(code=een), dag)
        assert toestand(ronde) == voor
        transaction.set_rollback(True)
