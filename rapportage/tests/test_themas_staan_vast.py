"""What a report that went out counts is kept with it: themes stand firm once it is vastgesteld, and are verified with it."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from rapportage import actions
from rapportage.controles import uitgave_uit_andere_gegevens
from rapportage.models import Codering, Rapport, Thema
from rapportage.tests.test_rapportstatus import breng, pers  # noqa: F401 (a fixture)
from regio.regels import zonder_regels
from vragenlijst.actions import Geweigerd, zet_status
from vragenlijst.models import Bevinding

pytestmark = pytest.mark.django_db


@pytest.fixture
def thema(gesloten, analist) -> Thema:
    """*Banen*, under *Werk*, found in what the one dossier says on V3.1; given after the round was closed."""
    bevinding = Bevinding.objects.get(dossier=gesloten.dossier, vraag__code="V3.1")
    werk = Thema.objects.create(ronde=gesloten.ronde, vraag=bevinding.vraag, naam="Werk")
    thema = Thema.objects.create(ronde=gesloten.ronde, vraag=bevinding.vraag, naam="Banen", ouder=werk)
    Codering.objects.create(thema=thema, bevinding=bevinding, door=analist)
    return thema


@pytest.fixture
def rapport(gesloten, thema, analist, pers) -> Rapport:  # noqa: F811
    rapport = actions.maak_rapport(Rapport.voor(gesloten.ronde), analist)
    rapport.passages.update(tekst="De cijfers staan in de tabel.")
    return breng(rapport, "vastgesteld", analist)


def verifieer(ronde, capsys) -> tuple[str, bool]:
    try:
        call_command("verifieer_fotomoment", ronde.slug)
    except CommandError:
        return capsys.readouterr().out, False
    return capsys.readouterr().out, True


def test_de_uitgave_houdt_de_themas(rapport, gesloten):
    gegevens = json.loads(rapport.uitgaven.get().gegevens)
    code = gesloten.dossier.gemeente.code
    assert gegevens["themas"] == {"V3.1": {"Werk": [], "Werk › Banen": [code]}}
    assert gegevens["formaat"] == 2


def test_na_vaststellen_verandert_geen_thema(rapport, thema, analist, client):
    bevinding = Bevinding.objects.get(dossier__ronde=rapport.ronde, vraag__code="V3.1")
    keuze = {
        "gezien": {bevinding.pk: (bevinding.versie, frozenset({thema.pk}))},
        "gekozen": {bevinding.pk: frozenset()},
    }
    for daad in (
        lambda: actions.themas_opslaan(rapport.ronde, thema.vraag, **keuze, nieuw="", wie=analist),
        lambda: actions.themas_opslaan(rapport.ronde, thema.vraag, gezien={}, gekozen={}, nieuw="Nog een", wie=analist),
        lambda: actions.thema_wijzigen(thema, was=("Banen", thema.ouder_id), naam="Werken", ouder=None, wie=analist),
        lambda: actions.thema_verwijderen(thema, analist),
    ):
        with pytest.raises(Geweigerd, match="staan vast"):
            daad()
    assert list(thema.coderingen.values_list("bevinding", flat=True)) == [bevinding.pk]
    client.force_login(analist)
    for naam in ("uitkomst_vraag", "themas"):
        pagina = client.get(reverse(naam, args=[rapport.ronde.slug, "V3.1"])).content.decode()
        assert "Het rapport is vastgesteld: de thema’s" in pagina
        assert "Opslaan" not in pagina


@pytest.mark.parametrize(
    ("regel", "opdracht"),
    [
        ("thema_staat_vast", "UPDATE rapportage_thema SET naam = 'Anders'"),
        ("codering_staat_vast", "DELETE FROM rapportage_codering"),
    ],
)
def test_ook_de_database_weigert_het(rapport, regel, opdracht):
    with pytest.raises(IntegrityError, match=regel), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)


def test_wie_er_langs_ging_wordt_genoemd(rapport, gesloten, thema, capsys):
    assert verifieer(gesloten.ronde, capsys)[1]
    assert list(uitgave_uit_andere_gegevens()) == []
    with zonder_regels(connection):
        thema.coderingen.all().delete()
    uit, klopt = verifieer(gesloten.ronde, capsys)
    assert not klopt
    code = gesloten.dossier.gemeente.code
    assert f'thema bij vraag V3.1, Werk › Banen: ["{code}"] → (leeg)' in uit
    (overtreding,) = uitgave_uit_andere_gegevens()
    assert "thema bij vraag V3.1, Werk › Banen" in str(overtreding)


def test_een_erratum_maakt_ze_weer_te_wijzigen(rapport, gesloten, thema, analist, capsys):
    """What the next edition will count is not held against the one before."""
    zet_status(rapport, "concept", analist, reden="Een thema was vergeten.")
    actions.thema_wijzigen(thema, was=("Banen", thema.ouder_id), naam="Werkplekken", ouder=thema.ouder_id, wie=analist)
    assert verifieer(gesloten.ronde, capsys)[1]
    rapport.refresh_from_db()
    rapport.erratum = "Een thema heet nu anders."
    rapport.save(update_fields=["erratum"])
    breng(rapport, "vastgesteld", analist)
    eerste, tweede = (json.loads(uitgave.gegevens)["themas"]["V3.1"] for uitgave in rapport.uitgaven.order_by("versie"))
    assert set(eerste) == {"Werk", "Werk › Banen"}
    assert set(tweede) == {"Werk", "Werk › Werkplekken"}
