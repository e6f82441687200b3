"""Writing history. The one module that makes a Gebeurtenis; called inside the transaction of the change itself."""

from dataclasses import dataclass

from django.db import models

from regio.models import Gebeurtenis, Gebruiker

BACKUP = "backup"
LOGBOEK = "logboek"
INZAGEVERZOEK = "inzageverzoek"


@dataclass(frozen=True)
class Geheel:
    """What history speaks of and is no row of a table: a backup, the logboek itself."""

    soort: str
    naam: str


def leg_vast(
    ding: models.Model | Geheel,
    soort: Gebeurtenis.Soort,
    wie: Gebruiker | None,
    *,
    van: str = "",
    naar: str = "",
    reden: str = "",
    wijzigingen: dict | None = None,
    dossier_id: int | None = None,
) -> Gebeurtenis:
    """Add one row of history. `wie` is None for what the system did by itself (a command)."""
    gebeurtenis = maak(
        ding, soort, wie, van=van, naar=naar, reden=reden, wijzigingen=wijzigingen, dossier_id=dossier_id
    )
    gebeurtenis.save(force_insert=True)
    return gebeurtenis


def maak(
    ding: models.Model | Geheel,
    soort: Gebeurtenis.Soort,
    wie: Gebruiker | None,
    *,
    van: str = "",
    naar: str = "",
    reden: str = "",
    wijzigingen: dict | None = None,
    dossier_id: int | None = None,
) -> Gebeurtenis:
    """The row without saving it, for who adds hundreds at once (`Gebeurtenis.objects.bulk_create`)."""
    if isinstance(ding, Geheel):
        soort_van_ding, nummer, naam = ding.soort, 0, ding.naam
    else:
        soort_van_ding, nummer, naam = ding._meta.model_name, ding.pk, str(ding)
    return Gebeurtenis(
        wie=wie,
        soort=soort,
        ding_soort=soort_van_ding,
        ding_id=nummer,
        ding_naam=naam[:200],
        dossier_id=dossier_id,
        van=van,
        naar=naar,
        reden=reden,
        wijzigingen=wijzigingen or {},
    )


def verschil(form) -> dict[str, list]:
    """What a bound ModelForm changes, as {field label: [old, new]}, readable years later without the code."""
    wijzigingen = {}
    for naam in form.changed_data:
        veld = form.fields[naam]
        if veld.widget.is_hidden:
            continue
        if naam.startswith("wachtwoord") or "password" in naam:
            wijzigingen[str(veld.label or naam)] = ["•••", "•••"]
            continue
        oud = form.get_initial_for_field(veld, naam)
        wijzigingen[str(veld.label or naam)] = [_leesbaar(oud), _leesbaar(form.cleaned_data.get(naam))]
    return wijzigingen


def _leesbaar(waarde) -> str | int | bool | None:
    if waarde is None or isinstance(waarde, (int, bool)):
        return waarde
    if hasattr(waarde, "strftime"):
        return waarde.isoformat()
    return str(waarde)
