"""An inzageverzoek: everything that the system holds on one named person, wherever it stands (besluit 0050).

Names are looked for as people write them: without regard to capitals, diacritics, points and hyphens, as whole words. Every text
that is stored is read, also free text, where no names belong; what is left out (`NIET_DOORZOCHT`) holds none by its nature.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.db import models
from django.utils import timezone

from inspectie.privacy import GEEN, VELDEN
from regio.models import Gebeurtenis, Gebruiker
from regio.tekst import zoekvorm
from vragenlijst.models import Gesprekspartner

KAMERS = ("regio", "vragenlijst", "rapportage")
# What is asked and which municipalities there are, about nobody; and secrets, which are no text.
NIET_DOORZOCHT = {
    "regio.Gemeente", "regio.Kenmerken", "regio.Herindeling", "regio.Regio", "regio.Lidmaatschap", "vragenlijst.Instrument",
    "vragenlijst.Onderdeel", "vragenlijst.Actorgroep", "vragenlijst.Vraag", "vragenlijst.Keuze", "vragenlijst.Bewijssoort",
    "vragenlijst.Aandachtspunt", "rapportage.Kwantorband", "regio.Grens", "regio.TweedeStap", "regio.Herstelcode",
}  # fmt: skip
NIET_TONEN = {"password"}
TEKST = (models.CharField, models.TextField, models.JSONField, models.FileField)
RUIMTE = 120  # characters shown on either side of a name in a long text
BROK = 500  # rows read at a time


@dataclass(frozen=True)
class Vondst:
    """One place where the person is found: what kind of thing, which one, which field, and the words around the name."""

    soort: str
    ding: str
    nummer: int
    veld: str
    tekst: str


@dataclass(frozen=True)
class Account:
    """A user who is this person: their own data, what they did (counts), and their attempts to log in."""

    gebruiker: Gebruiker
    gegevens: list[tuple[str, str]]
    verwijzingen: list[tuple[str, int]]
    gebeurtenissen: list[tuple[str, int]]
    aanmeldingen: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Dossiervondst:
    accounts: list[Account] = field(default_factory=list)
    gesprekspartners: list[Gesprekspartner] = field(default_factory=list)
    vondsten: list[Vondst] = field(default_factory=list)

    @property
    def aantal(self) -> int:
        return len(self.accounts) + len(self.gesprekspartners) + len(self.vondsten)


def zoek(namen: Iterable[str]) -> Dossiervondst:
    """Everything on who is called so. Reads the whole database once: for a request now and then, not for a search box."""
    vormen = [vorm for vorm in map(zoekvorm, namen) if vorm]
    if not vormen:
        return Dossiervondst()
    patroon = re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, vormen))})(?!\S)")
    gevonden = list(_vondsten(patroon))
    accounts = {vondst.nummer for vondst in gevonden if vondst.soort == "regio.Gebruiker"}
    partners = {vondst.nummer for vondst in gevonden if vondst.soort == "vragenlijst.Gesprekspartner"}
    elders = [v for v in gevonden if v.soort not in ("regio.Gebruiker", "vragenlijst.Gesprekspartner")]
    return Dossiervondst(
        accounts=[_account(gebruiker) for gebruiker in Gebruiker.objects.filter(pk__in=accounts).order_by("naam")],
        gesprekspartners=list(
            Gesprekspartner.objects.filter(pk__in=partners).select_related(
                "interview__actorgroep", "interview__dossier__gemeente", "interview__dossier__ronde"
            )
        ),
        vondsten=_benoemd(elders),
    )


def _vondsten(patroon: re.Pattern) -> Iterator[Vondst]:
    """`soort` is still the label of the model here, and `ding` empty: only what is found is fetched to be named."""
    for label, velden in doorzocht().items():
        model = apps.get_model(label)
        for nummer, *waarden in model._default_manager.order_by("pk").values_list("pk", *velden).iterator(BROK):
            for veld, waarde in zip(velden, waarden, strict=True):
                tekst = "\n".join(_teksten(waarde))
                if tekst and patroon.search(zoekvorm(tekst)):
                    yield Vondst(label, "", nummer, _naam(model, veld), _rond(tekst, patroon))


def doorzocht() -> dict[str, list[str]]:
    """By model: the fields that are read. All that can hold text, and are not one of a few fixed words."""
    return {
        label: velden
        for label in VELDEN
        if label.split(".")[0] in KAMERS and label not in NIET_DOORZOCHT
        if (velden := [veld.name for veld in apps.get_model(label)._meta.fields if _kan_een_naam_hebben(veld)])
    }


def _kan_een_naam_hebben(veld: models.Field) -> bool:
    return isinstance(veld, TEKST) and not veld.choices and veld.name not in NIET_TONEN and veld.name != "sha256"


def _teksten(waarde) -> Iterator[str]:
    """The texts in a value; of JSON, every text in it at whatever depth."""
    if isinstance(waarde, dict):
        for sleutel, deel in waarde.items():
            yield from _teksten(sleutel)
            yield from _teksten(deel)
    elif isinstance(waarde, (list, tuple)):
        for deel in waarde:
            yield from _teksten(deel)
    elif isinstance(waarde, str) and waarde:
        yield waarde


def _rond(tekst: str, patroon: re.Pattern) -> str:
    """The words around the first place where the name stands."""
    if len(tekst) <= 2 * RUIMTE:
        return tekst
    woorden = [(m.start(), m.end()) for m in re.finditer(r"\S+", tekst)]
    for begin, _ in woorden:  # the first word from which on the folded text begins with the name
        if patroon.match(zoekvorm(tekst[begin : begin + RUIMTE])):
            van, tot = max(0, begin - RUIMTE), min(len(tekst), begin + RUIMTE)
            return f"{'… ' if van else ''}{tekst[van:tot].strip()}{' …' if tot < len(tekst) else ''}"
    return f"{tekst[: 2 * RUIMTE].strip()} …"


def _naam(model: type[models.Model], veld: str) -> str:
    return str(model._meta.get_field(veld).verbose_name)


def _benoemd(vondsten: list[Vondst]) -> list[Vondst]:
    """The same, with each thing by the name that people know it by."""
    nummers = defaultdict(set)
    for vondst in vondsten:
        nummers[vondst.soort].add(vondst.nummer)
    dingen = {label: apps.get_model(label)._default_manager.in_bulk(pks) for label, pks in nummers.items()}
    return [
        Vondst(
            str(apps.get_model(v.soort)._meta.verbose_name).capitalize(),
            str(dingen[v.soort].get(v.nummer, "")),
            v.nummer,
            v.veld,
            v.tekst,
        )
        for v in vondsten
    ]


# --- A person who works here -----------------------------------------------------------------------------------------


def _account(gebruiker: Gebruiker) -> Account:
    eigen = [veld for veld, aard in VELDEN["regio.Gebruiker"].items() if aard != GEEN and veld not in NIET_TONEN]
    gegevens = [(_naam(Gebruiker, veld).capitalize(), _leesbaar(getattr(gebruiker, veld))) for veld in eigen]
    gegevens.append(("Rol", gebruiker.get_rol_display()))
    return Account(
        gebruiker=gebruiker,
        gegevens=gegevens,
        verwijzingen=_verwijzingen(gebruiker),
        gebeurtenissen=[
            (str(Gebeurtenis.Soort(soort).label), aantal)
            for soort, aantal in gebruiker.gebeurtenissen.order_by("soort")
            .values_list("soort")
            .annotate(models.Count("pk"))
        ],
        aanmeldingen=_aanmeldingen(gebruiker),
    )


def _leesbaar(waarde) -> str:
    return f"{timezone.localtime(waarde):%d-%m-%Y %H:%M}" if isinstance(waarde, datetime) else str(waarde or "")


def _verwijzingen(gebruiker: Gebruiker) -> list[tuple[str, int]]:
    """How many things of each kind name this person, and as what."""
    gevonden = []
    for model in map(apps.get_model, VELDEN):
        for veld in model._meta.fields:
            if veld.related_model is not Gebruiker or model is Gebeurtenis:
                continue
            if aantal := model._default_manager.filter(**{veld.name: gebruiker}).count():
                gevonden.append((f"{model._meta.verbose_name}: {veld.verbose_name}".capitalize(), aantal))
    return gevonden


def _aanmeldingen(gebruiker: Gebruiker) -> list[tuple[str, str, str]]:
    """When, from where and with what this person (or somebody with their name) tried to log in."""
    soorten = ((AccessLog, "gelukt"), (AccessFailureLog, "mislukt"), (AccessAttempt, "mislukt, telt nog"))
    return [
        (
            _leesbaar(poging.attempt_time),
            wat,
            f"{poging.ip_address or ''} {poging.user_agent}",
        )
        for model, wat in soorten
        for poging in model.objects.filter(username=gebruiker.username).order_by("-attempt_time")
    ]
