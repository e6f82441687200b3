"""Every address for every persona, from the one table in `rechten_matrix.py`; and nothing opens for who is not logged in."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from conftest import maak_gebruiker
from inspectie.tests.rechten_matrix import MATRIX, PERSONAS, VOOR_IEDEREEN, Rij
from rapportage import drukkerij
from rapportage.actions import maak_rapport
from rapportage.drukpers import Drukwerk
from rapportage.models import Fotomoment, Rapport, Uitgave, Wederhoorreactie
from rapportage.views import drukken
from regio.inlezingen import neem_aan
from regio.models import Kenmerken, Lidmaatschap, Regio
from regio.rechten import Rol
from vragenlijst.actions import zet_status
from vragenlijst.actions.uitzonderingen import zet_apart
from vragenlijst.tests.factories import PDF, maak_bewijsstuk, maak_opmerking, maak_veldwerk

pytestmark = pytest.mark.pagina

ROLLEN = {"analist": Rol.ANALIST, "beheerder": Rol.BEHEERDER}
RIJEN = {rij.naam: rij for rij in MATRIX}
ZWAAR = {"rapport_pdf", "verslag_pdf"}  # renders with WeasyPrint
DODE_LINK = {"wachtwoord_kiezen"}  # Django's own view says that a link is dead before it looks at the method


def adressen(patronen=None) -> dict[str, URLPattern]:
    """Every address of the application by name; Django's admin, which is mounted in DEBUG only, is not ours."""
    gevonden = {}
    for patroon in get_resolver().url_patterns if patronen is None else patronen:
        if isinstance(patroon, URLResolver):
            if patroon.namespace != "admin":
                gevonden |= adressen(patroon.url_patterns)
        else:
            assert patroon.name, f"Het adres {patroon.pattern} heeft geen naam."
            assert patroon.name not in gevonden, f"Er zijn twee adressen met de naam {patroon.name}."
            gevonden[patroon.name] = patroon
    return gevonden


def als_parameters(rijen):
    return [pytest.param(rij, id=rij.naam, marks=[pytest.mark.pdf] if rij.naam in ZWAAR else []) for rij in rijen]


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker):
    """One real world for all rows: the personas by name, and what the addresses are about. Each test undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        mensen = {
            naam: maak_gebruiker(naam, ROLLEN.get(naam, Rol.INSPECTEUR), f"{naam.title()} de Vries")
            for naam in PERSONAS
        }
        veldwerk = maak_veldwerk(mensen["inspecteur"], mensen["collega"], mensen["beheerder"])
        besproken = veldwerk.gesprek("cwi", V1_3="ja", V2_5="nee", V3_1="Via het platform.")
        zet_status(besproken, "ter_accordering", mensen["inspecteur"])
        veldwerk.antwoord("V1.3", keuze="ja")
        zet_apart(veldwerk.dossier, ["groep:scholing"], "Bestaat hier niet.", wie=mensen["inspecteur"])
        intentie = veldwerk.intentie(veldwerk.in_vorige_ronde())
        gemeente = veldwerk.dossier.gemeente
        regio = Regio.objects.create(soort=Regio.Soort.RPA, code="RPA01", naam="RPA Proefstreek", fictief=True)
        rapport = maak_rapport(Rapport.voor(veldwerk.ronde), mensen["analist"])
        foto = Fotomoment.objects.create(
            ronde=veldwerk.ronde, versie=1, inhoud="{}", sha256="0" * 64, gemaakt_door=mensen["beheerder"]
        )
        Uitgave.objects.create(
            rapport=rapport, versie=1, fotomoment=foto, pdf=PDF, sha256="0" * 64, gegevens="{}", sjabloon="0" * 64,
            gemaakt_door=mensen["analist"],
        )  # fmt: skip
        vanaf = {"gemeente": gemeente, "geldig_van": date(2008, 1, 1)}
        yield SimpleNamespace(
            sessies={naam: _sessie(gebruiker) for naam, gebruiker in mensen.items()},
            uid="MQ",
            token="verlopen",
            dossier=veldwerk.dossier.pk,
            interview=veldwerk.interview.pk,
            besproken=besproken.pk,
            nummer=1,
            stuk=maak_bewijsstuk(veldwerk.dossier, inhoud=PDF).pk,
            opmerking=maak_opmerking(veldwerk.dossier).pk,
            uitzondering=veldwerk.dossier.uitzonderingen.get().pk,
            intentie=intentie.pk,
            vraag="V1.3",
            norm="A1.2",
            onderdeel="1",
            ronde=veldwerk.ronde.slug,
            instrument=veldwerk.instrument.code,
            versie=veldwerk.instrument.versie,
            deelsoort="vraag",
            deel=veldwerk.vraag("V1.3").pk,
            bestand="openbaar.csv",
            soort="csv",
            sleutel=_gedrukt(rapport),
            gemeente=gemeente.code,
            kenmerken=Kenmerken.objects.create(**vanaf, inwoners=50_000).pk,
            lidmaatschap=Lidmaatschap.objects.create(**vanaf, regio=regio).pk,
            regio=regio.pk,
            importsoort="gemeenten",
            inlezing=neem_aan(
                "regios", "regios.csv", b"soort,code,naam\nrpa,RP98,Proefstreek\n", None, mensen["beheerder"]
            ).pk,
            gebruiker=mensen["vreemde"].pk,
            passage=rapport.passages.first().pk,
            reactie=Wederhoorreactie.objects.create(
                rapport=rapport, partij="UWV", ontvangen_op=date(2008, 5, 1), soort="mening", tekst="Goed zo."
            ).pk,
        )
        transaction.set_rollback(True)


def _gedrukt(rapport: Rapport) -> str:
    """The key of an order that is ready: the printer found the PDF there and left."""
    drukwerk = Drukwerk("<p>Rapport.", rapport.datum, {})
    voor = drukken.voor_wie(rapport)
    map_ = Path(settings.MEDIA_ROOT) / drukkerij.MAP / drukkerij.sleutel_van(drukwerk.ingepakt() + voor.encode())
    map_.mkdir(parents=True, exist_ok=True)
    for naam, inhoud in (("voor", voor.encode()), ("pak", drukwerk.ingepakt()), ("rapport.pdf", b"%PDF-1.7")):
        (map_ / naam).write_bytes(inhoud)
    return map_.name


def _sessie(gebruiker) -> str:
    client = Client()
    client.force_login(gebruiker, "django.contrib.auth.backends.ModelBackend")
    return client.session.session_key


def adres(rij: Rij, wereld) -> str:
    return reverse(rij.naam, args=[getattr(wereld, woord) for woord in rij.wat.split()])


def ingelogd(wereld, persona: str) -> Client:
    """A client with the session of this persona, made once for all rows."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = wereld.sessies[persona]
    return client


@pytest.mark.parametrize("naam", adressen())
def test_elk_adres_heeft_een_rij(naam):
    assert naam in RIJEN, (
        f"Het adres '{naam}' ({adressen()[naam].pattern}) heeft nog geen rij in inspectie/tests/rechten_matrix.py. Voeg toe:\n"
        f'    Rij("{naam}", "<argumenten>", <inspecteur>, <collega>, <vreemde>, <analist>, <beheerder>),'
    )


def test_elke_rij_heeft_een_adres():
    assert [rij.naam for rij in MATRIX if rij.naam not in adressen()] == []
    assert len(RIJEN) == len(MATRIX), "een adres heeft twee rijen"


@pytest.mark.parametrize("rij", als_parameters(MATRIX))
def test_wie_krijgt_wat(rij, wereld, db):
    url = adres(rij, wereld)

    gekregen = {}
    for persona in PERSONAS:
        client = ingelogd(wereld, persona)
        if rij.post:
            assert client.get(url).status_code in (405, 403)
        antwoord = client.post(url) if rij.post else client.get(url)
        gekregen[persona] = antwoord.status_code
        if antwoord.streaming:  # a download holds its file open; closing the answer itself would end the connection
            for sluit in antwoord._resource_closers:
                sluit()

    assert gekregen == {persona: getattr(rij, persona) for persona in PERSONAS}


@pytest.mark.parametrize("rij", als_parameters(rij for rij in MATRIX if not rij.post))
def test_wie_niet_mag_kijken_mag_ook_niets_zenden(rij, wereld, db):
    """Rights are decided before anything is validated: a stranger's POST gets no list of form errors (design 8.10)."""
    geweigerd = {persona: getattr(rij, persona) for persona in PERSONAS if getattr(rij, persona) in (403, 404)}

    for persona, status in geweigerd.items():
        antwoord = ingelogd(wereld, persona).post(adres(rij, wereld), {"onzin": "ja"})
        assert antwoord.status_code in (status, 405), f"{persona} kreeg {antwoord.status_code}"


@pytest.mark.parametrize("rij", als_parameters(rij for rij in MATRIX if rij.naam not in VOOR_IEDEREEN))
def test_zonder_inloggen_gaat_niets_open(rij, wereld, db):
    url = adres(rij, wereld)

    assert Client().get(url).headers["Location"] == f"{reverse('inloggen')}?next={url.replace('/', '%2F')}"
    gezonden = Client().post(url, {"tekst": "met zorg getypt"})
    assert gezonden.status_code == 401
    assert gezonden.templates[0].name == "inspectie/inloggen.html"
    als_json = Client().post(url, "{}", content_type="application/json", headers={"accept": "application/json"})
    assert (als_json.status_code, als_json.json()) == (401, {"fout": "Uw sessie is verlopen. Log opnieuw in."})


@pytest.mark.parametrize("rij", als_parameters(rij for rij in MATRIX if rij.naam in VOOR_IEDEREEN))
def test_wat_voor_iedereen_is_gaat_open(rij, wereld, db):
    assert Client().get(adres(rij, wereld)).status_code == 200


@pytest.mark.parametrize("rij", als_parameters(rij for rij in MATRIX if rij.naam not in DODE_LINK))
def test_elk_adres_zegt_welke_methoden_het_kent(rij, wereld, db):
    """PATCH by someone who may come here is 405: a view without `require_http_methods` would run as if it were a GET."""
    mag = next(persona for persona in PERSONAS if getattr(rij, persona) not in (403, 404))

    assert ingelogd(wereld, mag).patch(adres(rij, wereld)).status_code == 405
