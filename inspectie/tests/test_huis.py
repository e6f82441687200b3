"""The house rules that a machine can keep. Each says, when it fails, what to do; rights per address are in `test_rechten.py`."""

import ast
import configparser
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.template.loader import get_template
from django.utils import translation

from inspectie.privacy import GEEN, PERSOONSGEGEVEN, TERMIJN, VELDEN
from vragenlijst.bewaartermijn import WISVELDEN
from vragenlijst.management.commands.statusdiagrammen import BESTAND, diagrammen

WORTEL = Path(settings.BASE_DIR)
KAMERS = ("regio", "vragenlijst", "rapportage", "inspectie")  # from low to high
HUIS = ("vragenlijst", "regio", "rapportage")  # rooms with models

CODE = [
    pad
    for kamer in KAMERS
    for pad in sorted((WORTEL / kamer).rglob("*.py"))
    if not {"migrations", "tests"} & set(pad.relative_to(WORTEL).parts)
]
SJABLONEN = sorted(pad for pad in (WORTEL / "templates").rglob("*") if pad.suffix in {".html", ".txt", ".svg"})


def naam_van(pad: Path) -> str:
    return pad.relative_to(WORTEL).as_posix()


def sjabloon(pad: Path) -> str:
    return pad.relative_to(WORTEL / "templates").as_posix()


@pytest.fixture(scope="module")
def bomen() -> dict[str, ast.Module]:
    return {naam_van(pad): ast.parse(pad.read_text(encoding="utf-8")) for pad in CODE}


# --- Direction ------------------------------------------------------------------------------------------------------


def test_imports_gaan_een_kant_op():
    """The contracts are in pyproject.toml; see them with `make lint`. In a process of its own: it silences every logger."""
    controle = Path(sysconfig.get_path("scripts"), "lint-imports")
    uitslag = subprocess.run([controle, "--no-logo"], cwd=WORTEL, capture_output=True, text=True, check=False)
    assert uitslag.returncode == 0, uitslag.stdout


def test_verwijzingen_gaan_omlaag():
    """Foreign keys too: a string reference is invisible to import-linter."""
    hoogte = {kamer: plaats for plaats, kamer in enumerate(KAMERS)}
    omhoog = [
        f"{model._meta.label}.{veld.name} → {veld.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in hoogte
        for veld in model._meta.get_fields()
        if veld.is_relation and not veld.auto_created and veld.related_model
        if hoogte.get(veld.related_model._meta.app_label, -1) > hoogte[model._meta.app_label]
    ]
    assert omhoog == []


# --- Migrations -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def migraties():
    return MigrationLoader(None, ignore_no_migrations=True)


def test_geen_migratie_ontbreekt(migraties):
    with translation.override(None):  # as makemigrations does: Django's own labels stay English in a migration
        nu = ProjectState.from_apps(apps)
        wijzigingen = MigrationAutodetector(migraties.project_state(), nu).changes(graph=migraties.graph)
    assert {kamer: len(lijst) for kamer, lijst in wijzigingen.items()} == {}, "maak ze met: manage.py makemigrations"


@pytest.mark.parametrize("kamer", HUIS)
def test_migraties_zijn_een_rij_met_namen(migraties, kamer):
    assert len(migraties.graph.leaf_nodes(kamer)) == 1, "twee migraties zonder opvolger: voeg ze samen"
    assert [naam for app, naam in migraties.disk_migrations if app == kamer and "_auto_" in naam] == []


def test_migraties_kunnen_terug(migraties):
    vast = [
        f"{kamer}.{naam}: {stap}"
        for (kamer, naam), migratie in migraties.disk_migrations.items()
        if kamer in HUIS
        for stap in migratie.operations
        if not stap.reversible
    ]
    assert vast == []


# --- Personal data --------------------------------------------------------------------------------------------------


def opgeslagen_velden(model) -> set[str]:
    """What this model stores of its own: columns and many-to-many, without the automatic key."""
    return {veld.name for veld in (*model._meta.fields, *model._meta.many_to_many) if not veld.auto_created}


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_elk_veld_is_ingedeeld(model):
    ingedeeld = VELDEN.get(model._meta.label, {})
    nieuw = opgeslagen_velden(model) - ingedeeld.keys()
    weg = ingedeeld.keys() - opgeslagen_velden(model)

    assert not nieuw, f"Zeg in inspectie/privacy.py van {model._meta.label}: {', '.join(sorted(nieuw))}"
    assert not weg, f"Deze velden bestaan niet meer bij {model._meta.label}: {', '.join(sorted(weg))}"
    assert set(ingedeeld.values()) <= {PERSOONSGEGEVEN, TERMIJN, GEEN}


def test_de_privacytabel_kent_geen_verdwenen_modellen():
    assert VELDEN.keys() == {model._meta.label for model in apps.get_models()}


def test_wat_met_de_termijn_weggaat_wordt_ook_gewist():
    """The table says that it goes, the action wipes it: neither without the other."""
    ingedeeld = {(model, veld) for model, velden in VELDEN.items() for veld, aard in velden.items() if aard == TERMIJN}
    assert ingedeeld == {(f"vragenlijst.{wis.model}", wis.veld) for wis in WISVELDEN}


def test_wie_iets_deed_is_een_persoonsgegeven():
    """Every reference to a user, by whatever name the field goes."""
    verwijzingen = {
        (model._meta.label, veld.name)
        for model in apps.get_models()
        for veld in model._meta.get_fields()
        if veld.concrete and veld.is_relation and veld.related_model is apps.get_model(settings.AUTH_USER_MODEL)
    }
    assert {(model, veld) for model, veld in verwijzingen if VELDEN[model][veld] != PERSOONSGEGEVEN} == set()
    assert len(verwijzingen) > 5


# --- Status ---------------------------------------------------------------------------------------------------------

# Where `.status` may be written, and why.
DEUREN = {
    ("vragenlijst/actions/status.py", "zet_status"),  # the one door
    ("vragenlijst/instrumentlader.py", "laad"),  # an instrument is loaded as its file says; it has no steps
}
MET_STATUS = {"Ronde", "Dossier", "Interview", "Rapport", "Instrument"}
SCHRIJVERS = {"create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}


def schrijft_status(knoop: ast.AST) -> bool:
    """Whether this node assigns a status, or stores one past the door; making a row with its default is no such thing."""
    if isinstance(knoop, ast.Attribute):
        return knoop.attr == "status" and isinstance(knoop.ctx, ast.Store)
    if not isinstance(knoop, ast.Call):
        return False
    naam = getattr(knoop.func, "attr", getattr(knoop.func, "id", ""))
    if naam == "setattr":
        return isinstance(knoop.args[1], ast.Constant) and knoop.args[1].value == "status"
    if naam in MET_STATUS:
        return any(deel.arg == "status" for deel in knoop.keywords)
    if naam not in SCHRIJVERS:
        return False
    genoemd = {sleutel.value for deel in ast.walk(knoop) if isinstance(deel, ast.Dict) for sleutel in deel.keys
               if isinstance(sleutel, ast.Constant)}  # fmt: skip
    return any(deel.arg == "status" for deel in knoop.keywords) or "status" in genoemd


def status_geschreven_in(boom: ast.Module) -> set[str]:
    """The functions of a module that write a status; "" for the module itself."""
    functies = [knoop for knoop in ast.walk(boom) if isinstance(knoop, ast.FunctionDef)]
    gevonden = set()
    for knoop in ast.walk(boom):
        if schrijft_status(knoop):
            binnen = [f for f in functies if f.lineno <= knoop.lineno <= f.end_lineno]
            gevonden.add(binnen[-1].name if binnen else "")
    return gevonden


def test_alleen_de_ene_deur_zet_een_status(bomen):
    gevonden = {(naam, functie) for naam, boom in bomen.items() for functie in status_geschreven_in(boom)}

    assert gevonden - DEUREN == set(), "gebruik vragenlijst.actions.zet_status"
    assert ("vragenlijst/actions/status.py", "zet_status") in gevonden


@pytest.mark.parametrize(
    ("regel", "fout"),
    [
        ("dossier.status = 'vastgesteld'", True),
        ("dossier.status, x = 1, 2", True),
        ("setattr(ding, 'status', naar)", True),
        ("Dossier.objects.filter(pk=1).update(status='open')", True),
        ("Dossier.objects.update(**{'status': 'open'})", True),
        ("Ronde.objects.update_or_create(slug='x', defaults={'status': 'open'})", True),
        ("Interview(dossier=d, status='gehouden')", True),
        ("Dossier.objects.filter(status='open')", False),
        ("Dossier.objects.create(ronde=r)", False),
        ("render(request, 'x.html', status=409)", False),
        ("x = dossier.status", False),
    ],
)
def test_de_controle_op_status_ziet_het(regel, fout):
    assert bool(status_geschreven_in(ast.parse(regel))) == fout


def test_het_statusdiagram_is_bij():
    assert (WORTEL / BESTAND).read_text(encoding="utf-8") == diagrammen(), "draai: manage.py statusdiagrammen"


# --- Docs -----------------------------------------------------------------------------------------------------------


def test_elk_model_staat_in_de_woordenlijst():
    lijst = (WORTEL / "docs" / "woordenlijst.md").read_text(encoding="utf-8")
    onbekend = [
        model._meta.object_name
        for kamer in HUIS
        for model in apps.get_app_config(kamer).get_models()
        if f"`{kamer}.models.{model._meta.object_name}`" not in lijst
    ]
    assert onbekend == []


def test_elk_besluit_staat_in_de_lijst():
    map_ = WORTEL / "docs" / "besluiten"
    genoemd = re.findall(r"\]\(([a-z0-9-]+\.md)\)", (map_ / "README.md").read_text(encoding="utf-8"))

    assert sorted(genoemd) == sorted(pad.name for pad in map_.glob("*.md") if pad.name != "README.md")


# --- Templates ------------------------------------------------------------------------------------------------------

VERBODEN_IN_SJABLOON = {
    r"\|\s*safe\b": "`|safe`: wat veilig is wordt in Python gezegd, naast wat het veilig maakt",
    r"\{%\s*autoescape\s+off": "autoescape uit",
    r"<[^>]*\son[a-z]+\s*=": "een inline handler: de CSP houdt hem tegen; schrijf een module in static/",
    r"javascript:": "een javascript:-adres",
    r"<script(?![^>]*\bsrc=)": "een inline script",
    r"<style\b": "een inline stylesheet",
    r"<[^>]*\sstyle\s*=": "een style-attribuut: gebruik een klasse",
    r"\.rol\s*(==|!=)": "een rol: vraag naar een recht, {% if mag.… %}",
}
# The PDF knows no CSP, and only an attribute can give a column the width that its table asks.
MAG_TOCH = {("rapportage/pdf/", r"<[^>]*\sstyle\s*=")}
# Found by Django or crispy by their name.
BIJ_NAAM = {"400.html", "403.html", "404.html", "500.html"}


@pytest.mark.parametrize("pad", SJABLONEN, ids=sjabloon)
def test_sjabloon_klopt(pad):
    get_template(sjabloon(pad))
    tekst = pad.read_text(encoding="utf-8") if pad.suffix != ".txt" else ""  # a mail is not HTML
    for patroon, uitleg in VERBODEN_IN_SJABLOON.items():
        if any(sjabloon(pad).startswith(map_) and patroon == mag for map_, mag in MAG_TOCH):
            continue
        gevonden = re.search(patroon, tekst)
        assert not gevonden, f"{sjabloon(pad)} heeft {uitleg}: {gevonden[0]!r}"


def test_elk_sjabloon_wordt_gebruikt():
    bronnen = "\n".join(pad.read_text(encoding="utf-8") for pad in (*CODE, *SJABLONEN))
    wees = [
        sjabloon(pad)
        for pad in SJABLONEN
        if sjabloon(pad) not in BIJ_NAAM and not sjabloon(pad).startswith("nlds/") and sjabloon(pad) not in bronnen
    ]
    assert wees == []


# --- Code -----------------------------------------------------------------------------------------------------------

# The only places that call something safe to show, each beside what makes it so.
MARK_SAFE = {
    "rapportage/pdf.py",
    "rapportage/scherm.py",
    "rapportage/templatetags/breekbaar.py",
    "rapportage/views/passage.py",
    "regio/kaarten.py",
}


def aanroepen(boom: ast.Module):
    return (knoop for knoop in ast.walk(boom) if isinstance(knoop, ast.Call))


def test_niemand_print(bomen):
    wie = [naam for naam, boom in bomen.items() for roep in aanroepen(boom) if getattr(roep.func, "id", "") == "print"]
    assert wie == [], "gebruik logging, of self.stdout in een opdracht"


def test_wat_een_bezoeker_stuurt_wordt_geen_zoekveld(bomen):
    """`filter(**request.GET)` lets a visitor choose the field (design 8.4)."""
    wie = [
        f"{naam}:{roep.lineno}"
        for naam, boom in bomen.items()
        for roep in aanroepen(boom)
        for deel in roep.keywords
        if deel.arg is None and re.search(r"\b(GET|POST|COOKIES|headers|META)\b", ast.unparse(deel.value))
    ]
    assert wie == []


def test_mark_safe_staat_alleen_waar_het_mag(bomen):
    wie = {
        naam
        for naam, boom in bomen.items()
        for roep in aanroepen(boom)
        if getattr(roep.func, "id", getattr(roep.func, "attr", "")) in ("mark_safe", "SafeString")
    }
    assert wie <= MARK_SAFE


def test_geen_bestand_groeit_uit_zijn_jas():
    lang = {naam_van(pad): len(pad.read_text(encoding="utf-8").splitlines()) for pad in (*CODE, *SJABLONEN)}
    assert {naam: regels for naam, regels in lang.items() if regels > 500} == {}, "maak er een map met bestanden van"


def test_een_waarschuwing_is_een_fout():
    ini = configparser.ConfigParser()
    ini.read(WORTEL / "pytest.ini")

    assert ini["pytest"]["filterwarnings"].split()[0] == "error"
    assert "--fail-on-template-vars" in ini["pytest"]["addopts"]
